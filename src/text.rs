//! Texts of the user interface, from the i18n files of theme and site.
//!
//! In: files in order of precedence. Out: [`Texts`] of one language. A text is plain, or has a
//! form for each plural category; `{name}` stands for a value.

use std::collections::BTreeMap;

use crate::content::toml_tree;
use crate::content::tree::{Kind, Node};
use crate::diag::{Code, Diag, Diags, Span, Spanned, nearest};
use crate::locale::{Locale, plural_categories};

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// The same for every number.
    Plain(String),
    /// By plural category; `other` is always there.
    Plural(BTreeMap<String, String>),
}

impl Entry {
    /// The form for a number, or the only one.
    pub fn form(&self, count: Option<u64>, locale: &Locale) -> &str {
        match self {
            Entry::Plain(text) => text,
            Entry::Plural(forms) => {
                let category = count.map_or("other", |count| locale.plural(count));
                forms.get(category).or(forms.get("other")).map_or("", String::as_str)
            }
        }
    }
}

/// All texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Texts {
    entries: BTreeMap<String, Entry>,
}

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Reads the i18n file of a language. A form that its plural rules want and that is not there is a
/// warning; `other` stands in for it.
pub fn parse(path: &str, lang: &str, text: &str) -> (Texts, Vec<Diag>) {
    let mut diags = Diags::new(path);
    let table = toml_tree::parse(text, 0, &mut diags);
    let mut texts = Texts::default();
    let wanted = plural_categories(lang);
    for entry in table.into_entries() {
        let span = entry.key_span;
        if let Some(value) = value(entry.value, (lang, &wanted), &mut diags) {
            lacking_forms(&entry.key, &value, span, &wanted, lang, &mut diags);
            texts.entries.insert(entry.key.into_owned(), value);
        }
    }
    (texts, diags.attach(text))
}

/// The keys of an i18n file, each with its place. What is wrong with the file is what [`parse`] says.
pub fn keys(path: &str, text: &str) -> Vec<Spanned<String>> {
    let table = toml_tree::parse(text, 0, &mut Diags::new(path));
    let entries = table.into_entries().into_iter();
    entries.map(|entry| Spanned::new(entry.key.into_owned(), entry.key_span)).collect()
}

fn lacking_forms(key: &str, entry: &Entry, span: Span, wanted: &[&str], lang: &str, diags: &mut Diags) {
    // `other` alone means the same text for every number, as in "of {n}".
    let Entry::Plural(forms) = entry else {
        return;
    };
    if forms.len() == 1 {
        return;
    }
    for form in wanted.iter().filter(|form| !forms.contains_key(**form)) {
        diags
            .warning(Code::Text, span, format!("`{key}` lacks the form `{form}`, which `{lang}` has"))
            .set_help(format!("add `{form} = \"…\"`; until then `other` stands there"));
    }
}

/// A form that the plural rules of the language never ask for is not read by anybody.
fn needless_form(form: &str, span: Span, (lang, wanted): (&str, &[&str]), diags: &mut Diags) {
    if form == "other" || wanted.contains(&form) {
        return;
    }
    let help = match nearest(form, wanted.iter().copied().filter(|wanted| *wanted != "other")) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the forms of `{lang}` are {}; remove this one", wanted.join(", ")),
    };
    diags
        .warning(Code::Text, span, format!("`{lang}` has no plural form `{form}`: nobody reads this text"))
        .set_help(help);
}

fn value(node: Node, language: (&str, &[&str]), diags: &mut Diags) -> Option<Entry> {
    let span = node.span;
    match node.kind {
        Kind::Text(text) => Some(Entry::Plain(text.into_owned())),
        Kind::Table(table) => {
            let mut forms = BTreeMap::new();
            for entry in table.into_entries() {
                match (CATEGORIES.contains(&entry.key.as_ref()), entry.value.kind) {
                    (true, Kind::Text(text)) => {
                        needless_form(&entry.key, entry.key_span, language, diags);
                        forms.insert(entry.key.into_owned(), text.into_owned());
                    }
                    _ => {
                        let message = format!("`{}` is no plural form with a text", entry.key);
                        diags
                            .error(Code::Text, entry.key_span, message)
                            .set_help(format!("the forms are {}", CATEGORIES.join(", ")));
                    }
                }
            }
            if !forms.contains_key("other") {
                diags.error(Code::Text, span, "the form `other` is missing").set_help("add `other = \"…\"`");
                return None;
            }
            Some(Entry::Plural(forms))
        }
        other => {
            let message = format!("expected a text or its plural forms, found {}", other.name());
            diags.error(Code::Text, span, message).set_help("write `key = \"text\"`");
            None
        }
    }
}

impl Texts {
    /// These texts, with what they lack taken from others.
    pub fn over(mut self, others: &Texts) -> Texts {
        for (key, entry) in &others.entries {
            if !self.entries.contains_key(key) {
                self.entries.insert(key.clone(), entry.clone());
            }
        }
        self
    }

    /// The keys of others that these lack.
    pub fn lacking<'o>(&self, others: &'o Texts) -> Vec<&'o str> {
        let keys = others.entries.keys().filter(|key| !self.entries.contains_key(*key));
        keys.map(String::as_str).collect()
    }

    /// Every key with its text, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(key, entry)| (key.as_str(), entry))
    }

    /// A text if there is one.
    pub fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.get(key)
    }
}

/// A language with its texts: all that a page needs to speak.
pub struct Language {
    /// Dates, numbers, plurals.
    pub locale: Locale,
    /// Texts.
    pub texts: Texts,
}

impl Language {
    /// A plain text; the key itself where a theme lacks it, so that the lack is seen.
    pub fn text<'l>(&'l self, key: &'l str) -> &'l str {
        self.texts.find(key).map_or(key, |entry| entry.form(None, &self.locale))
    }

    /// A text with values in place of `{name}`; the value of `n` chooses the plural form.
    pub fn fill(&self, key: &str, count: Option<u64>, values: &[(&str, &str)]) -> String {
        let form = match self.texts.find(key) {
            Some(entry) => entry.form(count, &self.locale),
            None => key,
        };
        let number = count.map(|count| self.locale.number(count));
        fill(form, |name, out| {
            let value = match (name, &number) {
                ("n", Some(number)) => Some(number.as_str()),
                _ => values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value),
            };
            value.inspect(|value| out.push_str(value)).is_some()
        })
    }
}

/// Puts values in place of `{name}`: `value` appends one and says whether there is one; names
/// without a value stay as they are.
pub fn fill(text: &str, mut value: impl FnMut(&str, &mut String) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}').map(|at| open + at) else {
            rest = &rest[open..];
            break;
        };
        if !value(&rest[open + 1..close], &mut out) {
            out.push_str(&rest[open..=close]);
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_by_plural_form() {
        let (texts, diags) =
            parse("en.toml", "en", "a = \"by {name}\"\nb = {one = \"{n} story\", other = \"{n} stories\"}");
        assert_eq!(diags, []);
        let language = Language { locale: Locale::new("en"), texts };
        assert_eq!(language.fill("b", Some(1), &[]), "1 story");
        assert_eq!(language.fill("b", Some(12345), &[]), "12,345 stories");
        assert_eq!(language.fill("a", None, &[("name", "{n}")]), "by {n}");
        assert_eq!(language.text("missing"), "missing");
    }

    #[test]
    fn a_form_that_no_language_has_is_located() {
        let (_, diags) = parse("en.toml", "en", "a = {several = \"x\"}");
        assert_eq!(diags.len(), 2, "{diags:?}");
        assert_eq!(diags[0].position().column, 6);
    }

    #[test]
    fn a_form_that_the_language_lacks_is_a_warning_at_its_place() {
        let (texts, diags) = parse("de.toml", "de", "a = {one = \"1\",\n few = \"2\", other = \"x\"}");
        let at = diags[0].position();
        assert_eq!((diags.len(), at.line, at.column), (1, 2, 2), "{diags:?}");
        assert_eq!(diags[0].message, "`de` has no plural form `few`: nobody reads this text");
        assert_eq!(diags[0].help.as_deref(), Some("the forms of `de` are one, other; remove this one"));
        assert!(texts.find("a").is_some());
        assert_eq!(
            parse("pl.toml", "pl", "a = {one = \"1\", few = \"2\", many = \"3\", other = \"x\"}").1,
            []
        );
    }

    #[test]
    fn a_form_that_the_language_needs_and_lacks_is_a_warning() {
        let (_, diags) =
            parse("ar.toml", "ar", "a = {zero = \"0\", one = \"1\", two = \"2\", other = \"x\"}");
        let messages: Vec<&str> = diags.iter().map(|diag| diag.message.as_str()).collect();
        assert_eq!(
            messages,
            ["`a` lacks the form `few`, which `ar` has", "`a` lacks the form `many`, which `ar` has"]
        );
    }
}
