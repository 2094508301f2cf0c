//! The keys of a site's own texts: one that nothing reads is mistyped, most likely.
//!
//! In: the site's i18n files, the keys that its themes have in any language, and all templates.
//! Out: a warning for each key that none of them knows.

use std::collections::BTreeSet;

use super::{DEFAULT, Template};
use crate::diag::{Code, Diag, FileText, Spanned, nearest};
use crate::text::{self, Texts};

/// The keys of texts: those that a site writes, and those that its themes have.
#[derive(Debug, Default)]
pub(super) struct TextKeys {
    /// Path and text of the site's own files.
    own: Vec<(String, FileText)>,
    /// Of every language of every theme.
    known: BTreeSet<String>,
}

impl TextKeys {
    /// Adds a file of the site.
    pub fn add_own(&mut self, path: &str, text: &str) {
        self.own.push((path.to_owned(), text.into()));
    }

    /// Adds the texts of a theme.
    pub fn add_of_theme(&mut self, texts: &Texts) {
        self.known.extend(texts.entries().map(|(key, _)| key.to_owned()));
    }

    /// Keys of the site's texts that are in no theme and that no template asks for.
    pub fn unknown(&self, templates: &[Template]) -> Vec<Diag> {
        // The texts of the built-in theme are all that its own templates ask for.
        let built_in = format!("{DEFAULT}/");
        let others = templates.iter().filter(|template| !template.name.starts_with(&built_in));
        let others: Vec<&str> = others.map(|template| template.text.as_str()).collect();
        let is_known = |key: &str| self.known.contains(key) || others.iter().any(|text| asks_for(text, key));
        let mut diags = Vec::new();
        for (path, text) in &self.own {
            let keys = text::keys(path, text).into_iter().filter(|key| !is_known(&key.value));
            diags.extend(keys.map(|key| warning(path, &key, &self.known).text(text.clone())));
        }
        diags
    }
}

fn warning(path: &str, key: &Spanned<String>, known: &BTreeSet<String>) -> Diag {
    let message = format!("no template reads the text `{}`", key.value);
    let help = match nearest(&key.value, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`dateline theme texts en` shows all; remove this one".to_owned(),
    };
    Diag::warning(Code::UnknownText, path, message).at(key.span).help(help)
}

/// Whether a template names a key, or makes names that begin like it: `ui["scope_" ~ level]`.
fn asks_for(template: &str, key: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let is_whole =
        |at: usize| !template[..at].ends_with(is_word) && !template[at + key.len()..].starts_with(is_word);
    let begins = |quoted: &str| quoted.ends_with('_') && key.starts_with(quoted);
    template.match_indices(key).any(|(at, _)| is_whole(at)) || template.split(['"', '\'']).any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, template: (&str, &str)) -> Vec<String> {
        let mut keys = TextKeys::default();
        keys.add_own("i18n/de.toml", text);
        keys.add_of_theme(&text::parse("en.toml", "en", "key_points = \"x\"\nby = \"x\"").0);
        let (name, body) = template;
        let template = Template { name: name.to_owned(), path: String::new(), text: body.to_owned() };
        let said = |diag: Diag| {
            let at = diag.position();
            format!("{}:{} {} {}", at.line, at.column, diag.message, diag.help.unwrap_or_default())
        };
        keys.unknown(&[template]).into_iter().map(said).collect()
    }

    #[test]
    fn a_mistyped_key_is_located_with_what_was_meant() {
        assert_eq!(
            found("by = \"x\"\nkey_poinst = \"y\"\n", ("story.html", "")),
            ["2:1 no template reads the text `key_poinst` did you mean `key_points`?"]
        );
        assert_eq!(found("zebra = \"x\"", ("story.html", "zebras {{ ui.zebra_ }}")).len(), 1);
    }

    #[test]
    fn keys_of_own_templates_are_known() {
        assert!(found("zebra = \"x\"", ("story.html", "{{ ui.zebra }}")).is_empty());
        assert!(found("zoo_zebra = \"x\"", ("mine/story.html", "{{ ui['zoo_' ~ animal] }}")).is_empty());
        // The built-in theme's own texts are the whole list of what it makes.
        assert_eq!(found("unit_zebra = \"x\"", ("default/a.html", "{{ ui[\"unit_\" ~ unit] }}")).len(), 1);
    }
}
