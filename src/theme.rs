//! Themes: templates, static files and texts, looked up in the site, its theme, the theme's
//! parent and the built-in theme, in this order (spec section 1).
//!
//! In: files of the snapshot, read by the caller. Out: a [`Theme`] and diags. Knows nothing of
//! stories.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::content::data::Data;
use crate::content::record::record;
use crate::content::toml_tree;
use crate::diag::{Code, Diag, Diags, Spanned, nearest};
use crate::text::{self, Texts};

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The theme that all others build on.
pub const DEFAULT: &str = "default";

record! {
    /// `theme.toml`: what a theme says of itself.
    pub struct RawTheme<'s> {
        /// Its name.
        name: Option<Spanned<std::borrow::Cow<'s, str>>>,
        /// What it looks like.
        description: Option<Spanned<std::borrow::Cow<'s, str>>>,
        /// Its licence.
        license: Option<Spanned<std::borrow::Cow<'s, str>>>,
        /// The oldest Dateline it works with.
        min_version: Option<Spanned<std::borrow::Cow<'s, str>>>,
        /// The theme that it builds on; left out, the built-in default.
        parent: Option<Spanned<std::borrow::Cow<'s, str>>>,
        /// Its options with their defaults.
        options: Option<Data>,
    }
}

/// One place that a theme's files come from.
#[derive(Debug, Clone)]
struct Layer {
    /// What stands before its templates' names: empty for the site, `NAME/` for a theme.
    prefix: String,
    /// Its files, by path within the theme (`templates/story.html`), with where each stands.
    files: BTreeMap<String, File>,
}

#[derive(Debug, Clone)]
struct File {
    /// For messages.
    path: String,
    bytes: Vec<u8>,
}

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
#[derive(Debug, Clone)]
pub struct Theme {
    /// Templates of all layers.
    pub templates: Vec<Template>,
    /// Prefixes of the layers below the site, in order.
    pub prefixes: Vec<String>,
    /// Static files by their path below static/.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// Texts by language.
    pub texts: BTreeMap<String, Texts>,
    /// Options: the site's over the theme's defaults.
    pub options: Data,
    /// Digest of everything above.
    pub digest: u128,
}

/// A source of files: paths in the site with their bytes.
pub trait Files {
    /// The paths below a folder of the site.
    fn below(&self, folder: &str) -> Vec<String>;
    /// The bytes of a file.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, crate::diag::Error>;
}

/// Loads the theme of a site. `options` are those of dateline.toml.
pub fn load(
    name: &Spanned<String>,
    config_path: &str,
    options: &Data,
    files: &impl Files,
) -> Result<(Theme, Vec<Diag>), crate::diag::Error> {
    let mut diags = Vec::new();
    let mut layers = vec![site_layer(files)?];
    let mut wanted = Some((name.value.clone(), name.span, config_path.to_owned()));
    let mut defaults: Vec<Data> = Vec::new();
    while let Some((theme, span, at)) = wanted.take() {
        if layers.iter().any(|layer| layer.prefix == format!("{theme}/")) {
            break;
        }
        let Some(layer) = theme_layer(&theme, files)? else {
            let diag = Diag::error(Code::UnknownTheme, &at, format!("there is no theme `{theme}`")).at(span);
            let names = names(files);
            diags.push(match nearest(&theme, names.iter().map(String::as_str)) {
                Some(near) => diag.help(format!("did you mean `{near}`?")),
                None => diag.help(format!("the themes are {}", names.join(", "))),
            });
            break;
        };
        if let Some(file) = layer.files.get("theme.toml") {
            let (parent, own) = read_manifest(file, &mut diags);
            defaults.extend(own);
            wanted = parent.map(|parent| (parent.value, parent.span, file.path.clone()));
        }
        layers.push(layer);
    }
    if !layers.iter().any(|layer| layer.prefix == "default/") {
        layers.extend(theme_layer(DEFAULT, files)?);
    }
    Ok((assemble(layers, options, defaults, &mut diags), diags))
}

/// All themes: built-in ones and those in themes/.
pub fn names(files: &impl Files) -> Vec<String> {
    let built_in = BUILT_IN.dirs().filter_map(|dir| dir.path().to_str().map(str::to_owned));
    let own = files.below("themes/").into_iter().filter_map(|path| {
        let (name, _) = path.strip_prefix("themes/")?.split_once('/')?;
        Some(name.to_owned())
    });
    let mut names: Vec<String> = built_in.chain(own).collect();
    names.sort();
    names.dedup();
    names
}

fn site_layer(files: &impl Files) -> Result<Layer, crate::diag::Error> {
    let mut layer = Layer { prefix: String::new(), files: BTreeMap::new() };
    for path in files.below("templates/") {
        let bytes = files.bytes(&path)?;
        layer.files.insert(path.clone(), File { path, bytes });
    }
    Ok(layer)
}

/// The files of a theme: those in themes/NAME/ over the built-in ones of that name.
fn theme_layer(name: &str, files: &impl Files) -> Result<Option<Layer>, crate::diag::Error> {
    let mut found = BTreeMap::new();
    if let Some(dir) = BUILT_IN.get_dir(name) {
        add_built_in(dir, name, &mut found);
    }
    let folder = format!("themes/{name}/");
    for path in files.below(&folder) {
        let bytes = files.bytes(&path)?;
        found.insert(path[folder.len()..].to_owned(), File { path, bytes });
    }
    Ok((!found.is_empty()).then(|| Layer { prefix: format!("{name}/"), files: found }))
}

fn add_built_in(dir: &Dir, name: &str, found: &mut BTreeMap<String, File>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            let path = path.replace('\\', "/");
            let inner = path.strip_prefix(&format!("{name}/")).unwrap_or(&path).to_owned();
            let path = format!("themes/{path}");
            found.insert(inner, File { path, bytes: file.contents().to_vec() });
        }
    }
    dir.dirs().for_each(|dir| add_built_in(dir, name, found));
}

fn read_manifest(file: &File, diags: &mut Vec<Diag>) -> (Option<Spanned<String>>, Option<Data>) {
    let text = String::from_utf8_lossy(&file.bytes);
    let mut found = Diags::new(&file.path);
    let table = toml_tree::parse(&text, 0, &mut found);
    let RawTheme { name: _, description: _, license: _, min_version, parent, options, marker: _ } =
        RawTheme::from_table(table, &mut found);
    if let Some(version) = min_version.filter(|version| is_newer(&version.value)) {
        let message = format!("the theme needs Dateline {} or newer", version.value);
        found
            .error(Code::UnknownTheme, version.span, message)
            .set_help(format!("this is Dateline {}; update it", env!("CARGO_PKG_VERSION")));
    }
    let parent = parent.map(|parent| parent.map(|name| name.into_owned()));
    diags.extend(found.attach(&text));
    (parent, options)
}

/// Whether a version is newer than this program's.
fn is_newer(version: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap_or(0)).collect() };
    parts(version) > parts(env!("CARGO_PKG_VERSION"))
}

fn assemble(layers: Vec<Layer>, options: &Data, defaults: Vec<Data>, diags: &mut Vec<Diag>) -> Theme {
    let mut theme = Theme {
        templates: Vec::new(),
        prefixes: layers.iter().map(|layer| layer.prefix.clone()).filter(|p| !p.is_empty()).collect(),
        assets: BTreeMap::new(),
        texts: BTreeMap::new(),
        options: merged(options, &defaults),
        digest: 0,
    };
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    for layer in layers {
        for (inner, file) in layer.files {
            hasher.update(layer.prefix.as_bytes());
            hasher.update(inner.as_bytes());
            hasher.update(&file.bytes);
            if let Some(name) = inner.strip_prefix("templates/") {
                theme.templates.extend(template(&layer.prefix, name, file, diags));
            } else if let Some(name) = inner.strip_prefix("static/") {
                theme.assets.entry(name.to_owned()).or_insert(file.bytes);
            } else if let Some(lang) = inner.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"))
            {
                let (texts, found) = text::parse(&file.path, &String::from_utf8_lossy(&file.bytes));
                diags.extend(found);
                let upper = theme.texts.remove(lang).unwrap_or_default();
                theme.texts.insert(lang.to_owned(), upper.over(&texts));
            }
        }
    }
    theme.digest = hasher.digest128();
    theme
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

/// The site's options, then what they leave out from the theme's defaults.
fn merged(options: &Data, defaults: &[Data]) -> Data {
    let mut entries = match options {
        Data::Table(entries) => entries.clone(),
        _ => Vec::new(),
    };
    for default in defaults {
        if let Data::Table(more) = default {
            for (key, value) in more {
                if !entries.iter().any(|(known, _)| known == key) {
                    entries.push((key.clone(), value.clone()));
                }
            }
        }
    }
    Data::Table(entries)
}
