//! Templates copied into a site: the note of where a copy comes from, and whether that has
//! changed since.
//!
//! In: a loaded [`Theme`]. Out: texts of copies, and diags. Pure; `cmd` writes the files.

use xxhash_rust::xxh3::xxh3_64;

use super::{Template, Theme};
use crate::diag::{Code, Diag, Span};

/// A template of a theme that a site may copy.
#[derive(Debug, Clone, Copy)]
pub struct Original<'t> {
    /// The theme that it comes from.
    pub theme: &'t str,
    /// Its name without the theme's, such as `widgets/card.html`.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What the first line of a copy says of its original.
#[derive(Debug, PartialEq, Eq)]
struct Note<'n> {
    /// `default/story.html`.
    name: &'n str,
    version: &'n str,
    digest: &'n str,
}

/// The templates that pages would be made of without the site's own, by name.
pub fn originals(theme: &Theme) -> Vec<Original<'_>> {
    let mut list: Vec<Original> = Vec::new();
    for prefix in &theme.prefixes {
        for template in &theme.templates {
            if let Some(name) = template.name.strip_prefix(prefix.as_str())
                && list.iter().all(|known| known.name != name)
            {
                list.push(Original { theme: prefix.trim_end_matches('/'), name, text: &template.text });
            }
        }
    }
    list.sort_by_key(|original| original.name);
    list
}

/// The text of a copy: a note of theme, version and digest, then the original.
pub fn copy(original: &Original) -> String {
    let Original { theme, name, text } = original;
    let (version, digest) = (env!("CARGO_PKG_VERSION"), digest(text));
    format!("{{#- Copied from {theme}/{name} of Dateline {version}, digest {digest} -#}}\n{text}")
}

/// Copies whose original has changed, or is there no more. Originals of themes that the site does
/// not use are left alone.
pub fn stale(theme: &Theme) -> Vec<Diag> {
    theme.templates.iter().filter_map(|copy| stale_copy(theme, copy)).collect()
}

fn stale_copy(theme: &Theme, copy: &Template) -> Option<Diag> {
    let first = copy.text.lines().next()?;
    let Note { name, version, digest: noted } = note(first)?;
    if !theme.prefixes.iter().any(|prefix| name.starts_with(prefix.as_str())) {
        return None;
    }
    let original = theme.templates.iter().find(|template| template.name == name);
    let (message, help) = match original {
        Some(original) if digest(&original.text) == noted => return None,
        Some(original) => {
            let short = name.split_once('/').map_or(name, |(_, short)| short);
            let help = format!(
                "`dateline theme eject {short} --print` shows it; take over what you want, then write its digest {} here",
                digest(&original.text)
            );
            (format!("`{name}` has changed since it was copied from Dateline {version}"), help)
        }
        None => {
            let help =
                "nothing uses the copy any more unless your templates name it; remove it or its first line";
            (format!("the theme no longer has `{name}`"), help.to_owned())
        }
    };
    let diag = Diag::warning(Code::StaleTemplate, &copy.path, message).at(Span::new(0, first.len()));
    Some(diag.help(help).text(copy.text.as_str()))
}

fn note(line: &str) -> Option<Note<'_>> {
    let rest = line.trim_start_matches('\u{FEFF}').strip_prefix("{#- Copied from ")?;
    let (name, rest) = rest.split_once(" of Dateline ")?;
    let (version, rest) = rest.split_once(", digest ")?;
    Some(Note { name, version, digest: rest.split_whitespace().next()? })
}

/// 16 hexadecimal digits; ends of lines count alike, since editors and git change them.
fn digest(text: &str) -> String {
    format!("{:016x}", xxh3_64(text.replace("\r\n", "\n").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(templates: &[(&str, &str)]) -> Theme {
        let template = |(name, text): &(&str, &str)| Template {
            name: (*name).to_owned(),
            path: format!("x/{name}"),
            text: (*text).to_owned(),
        };
        Theme {
            templates: templates.iter().map(template).collect(),
            prefixes: vec!["wire/".to_owned(), "default/".to_owned()],
            ..Theme::default()
        }
    }

    #[test]
    fn the_nearest_layer_below_the_site_is_copied_and_notes_itself() {
        let theme =
            theme(&[("a.html", "S"), ("default/a.html", "D"), ("wire/a.html", "W"), ("default/b.html", "B")]);
        let found: Vec<_> = originals(&theme).iter().map(|o| (o.theme, o.name, o.text)).collect();
        assert_eq!(found, [("wire", "a.html", "W"), ("default", "b.html", "B")]);
        let text = copy(&originals(&theme)[0]);
        let (first, rest) = text.split_once('\n').unwrap();
        assert_eq!(rest, "W");
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(note(first), Some(Note { name: "wire/a.html", version, digest: &digest("W") }));
    }

    #[test]
    fn a_copy_is_stale_when_its_original_has_changed_or_gone() {
        let original = Original { theme: "default", name: "a.html", text: "old\n" };
        let of = |now: &[(&str, &str)]| -> Vec<String> {
            let copied = copy(&original).replace('\n', "\r\n");
            let mut all = now.to_vec();
            all.push(("a.html", copied.as_str()));
            stale(&theme(&all)).into_iter().map(|diag| format!("{}: {}", diag.path, diag.message)).collect()
        };
        assert_eq!(of(&[("default/a.html", "old\r\n")]), Vec::<String>::new());
        let version = env!("CARGO_PKG_VERSION");
        let changed =
            format!("x/a.html: `default/a.html` has changed since it was copied from Dateline {version}");
        assert_eq!(of(&[("default/a.html", "new\n")]), [changed]);
        assert_eq!(of(&[]), ["x/a.html: the theme no longer has `default/a.html`"]);
    }
}
