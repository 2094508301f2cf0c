//! Options of a theme: what its theme.toml declares, set by the site's `[theme_options]`.
//!
//! In: declarations of a theme and its parents, values of the site. Out: every option with its
//! value, for templates as data and for style sheets as custom properties. A mistake is located in
//! the file that made it.

use std::collections::BTreeMap;

use super::contrast;
use super::manifest::{Declaration, Manifest};
use super::value::{OptionKind, Place};
use crate::content::data::Data;
use crate::content::tree::Node;
use crate::diag::{Code, Diag, Diags, Span, Spanned, nearest};

/// An option that a theme takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeOption {
    /// The key in `[theme_options]`.
    pub name: String,
    /// What it takes.
    pub kind: OptionKind,
    /// What it changes.
    pub description: String,
    /// The value of sites that set none.
    pub default: Data,
    /// The custom property that takes the value.
    pub css: Option<String>,
    /// The colour that this one is read on.
    pub on: Option<String>,
}

/// A custom property of the style sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name, such as `--accent`.
    pub name: String,
    /// Its value on a light page.
    pub light: String,
    /// Its value on a dark page, if it is another one.
    pub dark: Option<String>,
}

/// The options of a theme with their values.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `site.options` of templates: every option in the order of its declaration.
    pub values: Data,
    /// What style sheets take.
    pub properties: Vec<Property>,
    /// Names of the options that hold the path of a picture.
    pub images: Vec<String>,
}

/// The options that these theme.toml declare together; `manifests` begins with the theme itself
/// and ends with the last of its parents.
pub(super) fn declared(manifests: &[Manifest]) -> (Vec<ThemeOption>, Vec<Diag>) {
    let mut options: Vec<ThemeOption> = Vec::new();
    let mut found = Vec::new();
    for manifest in manifests.iter().rev() {
        let mut diags = Diags::new(&manifest.path);
        for declaration in &manifest.options {
            match options.iter_mut().find(|option| option.name == declaration.name.value) {
                Some(option) => redeclare(option, declaration, &mut diags),
                None => options.extend(declare(declaration, &mut diags)),
            }
        }
        found.extend(diags.attach(&manifest.text));
    }
    (options, found)
}

fn declare(declaration: &Declaration, diags: &mut Diags) -> Option<ThemeOption> {
    let Declaration { name, kind, default, description, choices, min, max, css, on } = declaration;
    let is_name =
        |name: &str| name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if !is_name(&name.value) {
        let message = format!("`{}` cannot be the name of an option", name.value);
        diags.error(Code::BadValue, name.span, message).set_help("use small letters, digits and `_`");
        return None;
    }
    let kind = OptionKind::read(name, kind.as_ref(), (choices, *min, *max), diags)?;
    let css = css.as_ref().filter(|css| is_property(css, diags)).map(|css| css.value.clone());
    let default = match default {
        Some(node) => kind.value(node, Place::Theme, diags)?,
        None => match kind.empty() {
            Some(value) => value,
            None => {
                let message = format!("the option `{}` has no default", name.value);
                diags.error(Code::MissingKey, name.span, message).set_help("add `default = …`");
                return None;
            }
        },
    };
    Some(ThemeOption {
        name: name.value.clone(),
        kind,
        description: description.clone().unwrap_or_default(),
        default,
        css,
        on: on.as_ref().map(|on| on.value.clone()),
    })
}

/// An option that the parent declares may be given another default and nothing else: the parent's
/// templates rely on the rest.
fn redeclare(option: &mut ThemeOption, declaration: &Declaration, diags: &mut Diags) {
    let Declaration { name, kind, default, description, choices, min, max, css, on } = declaration;
    let is_more = kind.is_some() || !choices.is_empty() || min.is_some() || max.is_some();
    if is_more || css.is_some() || on.is_some() {
        let message = format!("the option `{}` is declared by the parent theme", name.value);
        diags
            .error(Code::BadValue, name.span, message)
            .set_help("only `default` and `description` may stand here");
        return;
    }
    if let Some(value) = default.as_ref().and_then(|node| option.kind.value(node, Place::Theme, diags)) {
        option.default = value;
    }
    if let Some(description) = description {
        option.description.clone_from(description);
    }
}

fn is_property(css: &Spanned<String>, diags: &mut Diags) -> bool {
    let is_name = css.value.strip_prefix("--").is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    });
    if !is_name {
        let message = format!("`{}` is no custom property", css.value);
        diags.error(Code::BadValue, css.span, message).set_help("write it as `--accent`");
    }
    is_name
}

/// The options with the values that a site sets. `is_file` tells whether a path stands in static/.
/// The diags are about the site's configuration.
pub(super) fn set(
    options: &[ThemeOption],
    site: &[(Spanned<String>, Node<'static>)],
    config_path: &str,
    is_file: &dyn Fn(&str) -> bool,
) -> (Options, Vec<Diag>) {
    let mut diags = Diags::new(config_path);
    let mut own: BTreeMap<&str, (Data, Span)> = BTreeMap::new();
    for (name, node) in site {
        match options.iter().find(|option| option.name == name.value) {
            Some(option) => {
                if let Some(value) = option.kind.value(node, Place::Site(is_file), &mut diags) {
                    own.insert(&option.name, (value, node.span));
                }
            }
            None => unknown(name, options, &mut diags),
        }
    }
    let value = |name: &str| {
        let option = options.iter().find(|option| option.name == name)?;
        Some(own.get(name).map_or(&option.default, |(value, _)| value))
    };
    for option in options {
        contrast::check(option, &own, value, &mut diags);
    }
    let entry = |option: &ThemeOption| {
        (option.name.as_str().into(), value(&option.name).cloned().unwrap_or_default())
    };
    let property = |option: &ThemeOption| property(option.css.as_deref()?, value(&option.name)?);
    let settled = Options {
        values: Data::Table(options.iter().map(entry).collect()),
        properties: options.iter().filter_map(property).collect(),
        images: options.iter().filter(|o| o.kind == OptionKind::Image).map(|o| o.name.clone()).collect(),
    };
    (settled, diags.without_text())
}

fn unknown(name: &Spanned<String>, options: &[ThemeOption], diags: &mut Diags) {
    let names = options.iter().map(|option| option.name.as_str());
    let help = match nearest(&name.value, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if options.is_empty() => {
            "the theme takes no options; data for own templates goes into [extra]".to_owned()
        }
        None => format!(
            "the options of this theme are {}; data for own templates goes into [extra]",
            names.collect::<Vec<_>>().join(", ")
        ),
    };
    diags
        .error(Code::UnknownKey, name.span, format!("the theme has no option `{}`", name.value))
        .set_help(help);
}

fn property(name: &str, value: &Data) -> Option<Property> {
    let one = |value: String| Some(Property { name: name.to_owned(), light: value, dark: None });
    match value {
        Data::Text(text) if text.is_empty() => None,
        Data::Text(text) => one(text.to_string()),
        Data::Integer(number) => one(number.to_string()),
        Data::Table(_) => {
            let color = |key| match value.get(key) {
                Some(Data::Text(text)) => Some(text.to_string()),
                _ => None,
            };
            let (light, dark) = (color("light")?, color("dark")?);
            let dark = (dark != light).then_some(dark);
            Some(Property { name: name.to_owned(), light, dark })
        }
        Data::Float(_) | Data::Boolean(_) | Data::List(_) => None,
    }
}
