//! Themes: templates, static files, texts and options, looked up in the site, its theme, the
//! theme's parents and the built-in theme, in this order (spec section 1).
//!
//! In: files of the snapshot, read by the caller, and `[theme_options]`. Out: a [`Theme`] and
//! diags. Knows nothing of stories.

mod contrast;
pub mod eject;
mod layer;
mod manifest;
mod options;
mod texts;
mod value;

use std::collections::BTreeMap;
use std::hash::Hash;

use xxhash_rust::xxh3::Xxh3;

use crate::content::front;
use crate::content::tree::Node;
use crate::diag::{Code, Diag, Diags, Error, FileText, Spanned, nearest};
use crate::text::{self, Texts};

use layer::{File, Layer};
pub use layer::{Files, built_in_texts, is_default, names};
pub use manifest::{Manifest, RawTheme};
pub use options::{Options, Property, ThemeOption};
use texts::TextKeys;
pub use value::OptionKind;

/// The theme that all others build on.
pub const DEFAULT: &str = "default";

/// The language that stands in for texts which others lack.
pub const ENGLISH: &str = "en";

/// The style sheet of a theme; the first one that is found counts.
pub const STYLE: &str = "style.css";

/// More style rules: those of every layer follow the style sheet, the parent's first, the site's
/// last.
pub const EXTRA: &str = "extra.css";

/// A template with its name for Tera and its place for messages.
#[derive(Debug, Clone)]
pub struct Template {
    /// `story.html` of the site, `NAME/story.html` of a theme.
    pub name: String,
    /// Where it stands.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A theme with all that it builds on.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// Templates of all layers.
    pub templates: Vec<Template>,
    /// Prefixes of the layers below the site, in order.
    pub prefixes: Vec<String>,
    /// Static files by their path below static/.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The site's own style rules, which follow all others.
    pub last_style: Vec<u8>,
    /// Texts by language.
    pub texts: BTreeMap<String, Texts>,
    /// Where the nearest file of a language stands, for messages.
    pub text_files: BTreeMap<String, String>,
    /// Path and text of the English files above the built-in theme, the site's first.
    pub english_files: Vec<(String, FileText)>,
    /// Options that can be set, in the order of their declaration.
    pub declared: Vec<ThemeOption>,
    /// Their values.
    pub options: Options,
    /// Digest of all files above.
    pub digest: u128,
}

/// What a site says of its theme.
pub struct Wanted<'w> {
    /// Name of the theme, as the configuration has it.
    pub name: &'w Spanned<String>,
    /// The path of the configuration, for messages.
    pub config_path: &'w str,
    /// `[theme_options]`.
    pub options: &'w [(Spanned<String>, Node<'static>)],
}

/// Loads the theme of a site.
pub fn load(wanted: &Wanted, files: &impl Files) -> Result<(Theme, Vec<Diag>), Error> {
    let (chain, mut diags) = chain(wanted, files)?;
    let Chain { layers, manifests } = chain;
    let mut theme = assemble(layers, files, &mut diags)?;
    let (declared, found) = options::declared(&manifests);
    diags.extend(found);
    let pictures = files.below("static/");
    let is_file = |path: &str| pictures.binary_search(&format!("static/{path}")).is_ok();
    let (options, found) = options::set(&declared, wanted.options, wanted.config_path, &is_file);
    diags.extend(found);
    theme.digest = digest(theme.digest, &options, &theme.last_style);
    (theme.declared, theme.options) = (declared, options);
    Ok((theme, diags))
}

/// The digest of a theme's files together with what the site makes of it.
fn digest(files: u128, options: &Options, last_style: &[u8]) -> u128 {
    let mut hasher = Xxh3::new();
    hasher.update(&files.to_le_bytes());
    options.values.hash(&mut hasher);
    hasher.update(last_style);
    hasher.digest128()
}

/// A theme's own theme.toml; `None` if there is no such theme.
pub fn manifest(name: &str, files: &impl Files) -> Result<Option<Manifest>, Error> {
    let layer = layer::of_theme(name, files)?;
    Ok(layer
        .map(|layer| layer.files.get("theme.toml").map(|file| manifest::read(file).0).unwrap_or_default()))
}

/// The site, its theme, and the theme's parents down to the built-in one.
struct Chain {
    layers: Vec<Layer>,
    manifests: Vec<Manifest>,
}

fn chain(wanted: &Wanted, files: &impl Files) -> Result<(Chain, Vec<Diag>), Error> {
    let mut diags = Vec::new();
    let mut chain = Chain { layers: vec![layer::of_site(files)?], manifests: Vec::new() };
    let mut next = Some((wanted.name.clone(), wanted.config_path.to_owned()));
    while let Some((name, at)) = next.take() {
        let is_known = chain.layers.iter().any(|layer| layer.prefix == format!("{}/", name.value));
        match layer::of_theme(&name.value, files)? {
            Some(layer) if !is_known => next = chain.add(layer, &mut diags),
            Some(_) => diags.push(circle(&name, &at)),
            None => diags.push(unknown(&name, &at, files)),
        }
    }
    if !chain.layers.iter().any(|layer| layer.prefix == "default/")
        && let Some(layer) = layer::of_theme(DEFAULT, files)?
    {
        chain.add(layer, &mut diags);
    }
    // A mistake in a chosen theme is one of the theme's author; its text is in the diag.
    Ok((chain, diags))
}

impl Chain {
    /// Adds a layer; gives the parent that it names, with the file that names it.
    fn add(&mut self, layer: Layer, diags: &mut Vec<Diag>) -> Option<(Spanned<String>, String)> {
        let mut parent = None;
        if let Some(file) = layer.files.get("theme.toml") {
            let (manifest, found) = manifest::read(file);
            diags.extend(found);
            parent = manifest.parent.clone().map(|parent| (parent, file.path.clone()));
            self.manifests.push(manifest);
        }
        self.layers.push(layer);
        parent
    }
}

fn circle(name: &Spanned<String>, at: &str) -> Diag {
    let message = format!("the theme `{}` would be its own parent", name.value);
    Diag::error(Code::UnknownTheme, at, message).at(name.span).help("remove `parent`; it is `default` then")
}

fn unknown(name: &Spanned<String>, at: &str, files: &impl Files) -> Diag {
    let message = format!("there is no theme `{}`", name.value);
    let diag = Diag::error(Code::UnknownTheme, at, message).at(name.span);
    let names = names(files);
    match nearest(&name.value, names.iter().map(String::as_str)) {
        Some(near) => diag.help(format!("did you mean `{near}`?")),
        None => diag.help(format!("the themes are {}", names.join(", "))),
    }
}

fn assemble(layers: Vec<Layer>, files: &impl Files, diags: &mut Vec<Diag>) -> Result<Theme, Error> {
    let prefixes = layers.iter().map(|layer| layer.prefix.clone()).filter(|prefix| !prefix.is_empty());
    let mut theme = Theme { prefixes: prefixes.collect(), ..Theme::default() };
    let mut extra: Vec<Vec<u8>> = Vec::new();
    let mut hasher = Xxh3::new();
    let mut keys = TextKeys::default();
    for layer in layers {
        for (inner, file) in layer.files {
            hasher.update(layer.prefix.as_bytes());
            hasher.update(inner.as_bytes());
            hasher.update(&file.bytes);
            if let Some(name) = inner.strip_prefix("templates/") {
                theme.templates.extend(template(&layer.prefix, name, file, diags));
            } else if let Some(name) = inner.strip_prefix("static/") {
                match name {
                    EXTRA => extra.push(file.bytes),
                    _ => drop(theme.assets.entry(name.to_owned()).or_insert(file.bytes)),
                }
            } else if let Some(lang) = inner.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"))
            {
                add_texts(&mut theme, lang, file, (&layer.prefix, &mut keys), diags);
            }
        }
    }
    diags.extend(keys.unknown(&theme.templates));
    own_files(&mut theme, files, &mut hasher)?;
    if let Some(style) = theme.assets.get_mut(STYLE) {
        style.extend(extra.into_iter().rev().flatten());
    }
    theme.digest = hasher.digest128();
    Ok(theme)
}

/// Puts the site's static files in the place of the theme's that bear the same names.
fn own_files(theme: &mut Theme, files: &impl Files, hasher: &mut Xxh3) -> Result<(), Error> {
    for path in files.below("static/") {
        let name = &path["static/".len()..];
        if name == EXTRA {
            theme.last_style = files.bytes(&path)?;
        } else if let Some(bytes) = theme.assets.get_mut(name) {
            *bytes = files.bytes(&path)?;
            hasher.update(bytes);
        }
    }
    Ok(())
}

fn add_texts(
    theme: &mut Theme,
    lang: &str,
    file: File,
    (prefix, keys): (&str, &mut TextKeys),
    diags: &mut Vec<Diag>,
) {
    let mut encoding = Diags::new(&file.path);
    let Some(text) = front::text(&file.bytes, &mut encoding) else {
        diags.extend(encoding.attach(&String::from_utf8_lossy(&file.bytes)));
        return;
    };
    let (texts, found) = text::parse(&file.path, lang, text);
    diags.extend(found);
    if lang == ENGLISH && prefix.strip_suffix('/') != Some(DEFAULT) {
        theme.english_files.push((file.path.clone(), text.into()));
    }
    match prefix {
        "" => keys.add_own(&file.path, text),
        _ => keys.add_of_theme(&texts),
    }
    let upper = theme.texts.remove(lang).unwrap_or_default();
    theme.texts.insert(lang.to_owned(), upper.over(&texts));
    theme.text_files.entry(lang.to_owned()).or_insert(file.path);
}

fn template(prefix: &str, name: &str, file: File, diags: &mut Vec<Diag>) -> Option<Template> {
    match String::from_utf8(file.bytes) {
        Ok(text) => Some(Template { name: format!("{prefix}{name}"), path: file.path, text }),
        Err(_) => {
            let diag = Diag::error(Code::Encoding, &file.path, "the template is not UTF-8");
            diags.push(diag.help("save the file as UTF-8"));
            None
        }
    }
}
