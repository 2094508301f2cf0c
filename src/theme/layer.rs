//! Layers: where the files of a theme come from.
//!
//! In: files of the snapshot and those in the program. Out: one [`Layer`] for the site and one for
//! each theme in the chain of parents.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use super::Template;
use crate::diag::Error;

static BUILT_IN: Dir = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// A source of files: paths in the site with their bytes.
pub trait Files {
    /// The paths below a folder of the site.
    fn below(&self, folder: &str) -> Vec<String>;
    /// The bytes of a file.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Error>;
}

/// One place that a theme's files come from.
#[derive(Debug, Clone)]
pub(super) struct Layer {
    /// What stands before its templates' names: empty for the site, `NAME/` for a theme.
    pub prefix: String,
    /// Its files, by path within the theme (`templates/story.html`), with where each stands.
    pub files: BTreeMap<String, File>,
}

#[derive(Debug, Clone)]
pub(super) struct File {
    /// For messages.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
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

/// The site's own templates and texts. Of its static files only those that stand in for one of the
/// theme's are of interest here; see [`super::assemble`].
pub(super) fn of_site(files: &impl Files) -> Result<Layer, Error> {
    let mut layer = Layer { prefix: String::new(), files: BTreeMap::new() };
    for folder in ["templates/", "i18n/"] {
        for path in files.below(folder) {
            let bytes = files.bytes(&path)?;
            layer.files.insert(path.clone(), File { path, bytes });
        }
    }
    Ok(layer)
}

/// The files of a theme: those in themes/NAME/ over the built-in ones of that name.
pub(super) fn of_theme(name: &str, files: &impl Files) -> Result<Option<Layer>, Error> {
    let mut found = built_in(name);
    let folder = format!("themes/{name}/");
    for path in files.below(&folder) {
        let bytes = files.bytes(&path)?;
        found.insert(path[folder.len()..].to_owned(), File { path, bytes });
    }
    Ok((!found.is_empty()).then(|| Layer { prefix: format!("{name}/"), files: found }))
}

/// The files of texts of the built-in default theme, by language.
pub fn built_in_texts() -> BTreeMap<String, Vec<u8>> {
    let files = built_in(super::DEFAULT).into_iter();
    let texts = files.filter_map(|(inner, file)| {
        let lang = inner.strip_prefix("i18n/")?.strip_suffix(".toml")?.to_owned();
        Some((lang, file.bytes))
    });
    texts.collect()
}

/// The files of a built-in theme; none if there is no such theme.
pub(super) fn built_in(name: &str) -> BTreeMap<String, File> {
    let mut found = BTreeMap::new();
    if let Some(dir) = BUILT_IN.get_dir(name) {
        add_built_in(dir, name, &mut found);
    }
    found
}

/// Whether a template is one of the default theme, as the program brings it.
pub fn is_default(template: &Template) -> bool {
    let inner = template.path.strip_prefix("themes/").filter(|inner| inner.starts_with("default/"));
    inner
        .and_then(|inner| BUILT_IN.get_file(inner))
        .is_some_and(|file| file.contents() == template.text.as_bytes())
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
