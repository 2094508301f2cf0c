//! `theme.toml`: what a theme says of itself, and the options that it takes.

use std::borrow::Cow;
use std::sync::Arc;

use super::layer::File;
use crate::content::front;
use crate::content::record::{Entries, record};
use crate::content::toml_tree;
use crate::content::tree::Node;
use crate::diag::{Code, Diag, Diags, Spanned};

type Text<'s> = Option<Spanned<Cow<'s, str>>>;

record! {
    /// `theme.toml`: what a theme says of itself.
    pub struct RawTheme<'s> {
        /// Its name.
        name: Text<'s>,
        /// What it looks like.
        description: Text<'s>,
        /// Its licence.
        license: Text<'s>,
        /// The oldest Dateline it works with.
        min_version: Text<'s>,
        /// The theme that it builds on; left out, the built-in default.
        parent: Text<'s>,
        /// Its options, which `[theme_options]` of a site sets.
        options: Entries<'s, Spanned<RawOption<'s>>>,
    }
}

record! {
    /// An option of a theme. Of an option that the parent declares, only `default` may be given.
    pub struct RawOption<'s> {
        /// What it takes: `text`, `boolean`, `integer`, `color`, `font`, `length`, `choice`, `list` or `image`.
        kind: Text<'s>,
        /// The value of sites that set none.
        default: Option<Node<'static>>,
        /// What it changes.
        description: Text<'s>,
        /// What a `choice` or the items of a `list` may be.
        choices: Vec<Spanned<Cow<'s, str>>>,
        /// The smallest `integer`.
        min: Option<i64>,
        /// The largest `integer`.
        max: Option<i64>,
        /// The custom property of style sheets that takes the value, such as `--accent`.
        css: Text<'s>,
        /// The `color` that this one is read on; a contrast below 4.5:1 is warned of.
        on: Text<'s>,
    }
}

/// A checked `theme.toml`.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// Where it stands.
    pub path: String,
    /// Its text, to show a place in it.
    pub text: Arc<str>,
    /// What the theme looks like.
    pub description: String,
    /// Its licence.
    pub license: String,
    /// The theme that it builds on.
    pub parent: Option<Spanned<String>>,
    /// Its options as written.
    pub(super) options: Vec<Declaration>,
}

/// An option as one theme.toml declares it.
#[derive(Debug, Clone)]
pub(super) struct Declaration {
    pub name: Spanned<String>,
    pub kind: Option<Spanned<String>>,
    pub default: Option<Node<'static>>,
    pub description: Option<String>,
    pub choices: Vec<String>,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub css: Option<Spanned<String>>,
    pub on: Option<Spanned<String>>,
}

/// Reads a theme.toml.
pub(super) fn read(file: &File) -> (Manifest, Vec<Diag>) {
    let mut diags = Diags::new(&file.path);
    // What is not UTF-8 is said; the rest is read all the same, for the theme's parent stands in it.
    let _ = front::text(&file.bytes, &mut diags);
    let text = String::from_utf8_lossy(&file.bytes);
    let table = toml_tree::parse(&text, 0, &mut diags);
    let RawTheme { name: _, description, license, min_version, parent, options, marker: _ } =
        RawTheme::from_table(table, &mut diags);
    if let Some(version) = min_version {
        check_version(&version, &mut diags);
    }
    let plain = |text: Text| text.map(|text| text.value.into_owned()).unwrap_or_default();
    let manifest = Manifest {
        path: file.path.clone(),
        text: text.as_ref().into(),
        description: plain(description),
        license: plain(license),
        parent: parent.map(|parent| parent.map(Cow::into_owned)),
        options: options.0.into_iter().map(|(name, option)| declaration(name, option.value)).collect(),
    };
    (manifest, diags.attach(&text))
}

fn declaration(name: Spanned<Cow<str>>, raw: RawOption) -> Declaration {
    let RawOption { kind, default, description, choices, min, max, css, on, marker: _ } = raw;
    let owned = |text: Text| text.map(|text| text.map(Cow::into_owned));
    Declaration {
        name: name.map(Cow::into_owned),
        kind: owned(kind),
        default,
        description: owned(description).map(|text| text.value),
        choices: choices.into_iter().map(|choice| choice.value.into_owned()).collect(),
        min,
        max,
        css: owned(css),
        on: owned(on),
    }
}

/// A theme that needs a newer Dateline than this one cannot be used.
fn check_version(version: &Spanned<Cow<str>>, diags: &mut Diags) {
    const OWN: &str = env!("CARGO_PKG_VERSION");
    match parts(&version.value) {
        None => {
            let message = format!("`{}` is no version", version.value);
            let help = format!("write numbers with dots, such as `min_version = \"{OWN}\"`");
            diags.error(Code::BadValue, version.span, message).set_help(help);
        }
        Some(needed) if Some(&needed) > parts(OWN).as_ref() => {
            let message = format!("the theme needs Dateline {} or newer", version.value);
            let help = format!("this is Dateline {OWN}; update it");
            diags.error(Code::UnknownTheme, version.span, message).set_help(help);
        }
        Some(_) => {}
    }
}

/// The numbers of a version: three, those left out being 0.
fn parts(version: &str) -> Option<[u32; 3]> {
    let mut parts = [0; 3];
    for (at, part) in version.split('.').enumerate() {
        *parts.get_mut(at)? = part.parse().ok()?;
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn versions_are_compared_by_numbers() {
        assert_eq!((parts("0.10"), parts("1.2.3")), (Some([0, 10, 0]), Some([1, 2, 3])));
        assert!(parts("0.10") > parts("0.9.9"));
        assert_eq!([parts("1.x"), parts("1.2.3.4"), parts("")], [None; 3]);
    }
}
