//! Pictures: which of the site's images are copied, and where to.

use std::collections::BTreeMap;

use super::list::edition;
use super::world::{Picture, World};
use crate::content::config::StoryOutput;
use crate::content::story::name_of;
use crate::diag::{Code, Diag};
use crate::site::{Entry, Site};
use crate::snapshot::Snapshot;

const ENDINGS: [&str; 8] = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg", ".ico"];

/// Whether a file is a picture by its name.
pub fn is_picture(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// The folder of a story that is a page bundle, with `/` at its end.
pub fn bundle_folder(path: &str) -> Option<&str> {
    name_of(path).bundle.then(|| path.rfind('/').map(|at| &path[..=at])).flatten()
}

/// The pictures of stories, editions and pages: source path to place in the output. Files of static/ stand
/// where they are, and are published as they are unless a story shows them as its picture.
pub fn collect(site: &Site, snapshot: &Snapshot) -> BTreeMap<String, Picture> {
    let mut pictures = BTreeMap::new();
    add_folder(&mut pictures, snapshot, "static/", "/", false);
    for doc in site.docs() {
        if let Some(folder) = bundle_folder(&doc.path) {
            add_folder(&mut pictures, snapshot, folder, &format!("/{}/", doc.url_path), true);
        }
    }
    for entry in site.editions() {
        if let Some(folder) = bundle_folder(&entry.edition.path) {
            add_folder(&mut pictures, snapshot, folder, &edition::path(&entry.edition), true);
        }
    }
    for entry in site.pictured() {
        match (bundle_folder(&entry.story.path), &entry.story.image) {
            (Some(folder), _) => add_folder(&mut pictures, snapshot, folder, &entry.url, true),
            (None, Some(image)) if !image.src.value.starts_with('/') => {
                let source = source_of(&entry.story.path, &image.src.value);
                if snapshot.find(&source).is_some() && is_picture(&source) {
                    let url = format!("{}{}", entry.url, image.src.value);
                    pictures.insert(source, Picture::at(url, true));
                }
            }
            (None, _) => {}
        }
        let rooted = entry.story.image.as_ref().filter(|image| image.src.value.starts_with('/'));
        if let Some(image) = rooted
            && let Some(picture) = pictures.get_mut(&source_of(&entry.story.path, &image.src.value))
        {
            picture.cleaned = true;
        }
    }
    pictures
}

fn add_folder(
    pictures: &mut BTreeMap<String, Picture>,
    snapshot: &Snapshot,
    folder: &str,
    url: &str,
    cleaned: bool,
) {
    for file in snapshot.below(folder).filter(|file| is_picture(&file.path)) {
        let url = format!("{url}{}", &file.path[folder.len()..]);
        pictures.insert(file.path.to_string(), Picture::at(url, cleaned));
    }
}

/// The path in the site of an image that a file names: beside it, or in static/ with `/` in front.
fn source_of(path: &str, src: &str) -> String {
    match src.strip_prefix('/') {
        Some(rooted) => format!("static/{rooted}"),
        None => format!("{}{src}", &path[..path.rfind('/').map_or(0, |at| at + 1)]),
    }
}

/// Images that stories name and that are not there, or have no text alternative.
pub fn check(site: &Site, pictures: &BTreeMap<String, Picture>) -> Vec<Diag> {
    let mut diags = Vec::new();
    for entry in site.pictured() {
        let Some(image) = &entry.story.image else { continue };
        let path = &entry.story.path;
        let source = source_of(path, &image.src.value);
        if image.src.value.contains("://") {
            let message = format!("the image `{}` stands on another server", image.src.value);
            let diag = Diag::warning(Code::RemoteImage, path, message).at(image.src.span);
            diags.push(diag.help("save the picture beside the story"));
        } else if !pictures.contains_key(&source) {
            let message = format!("there is no picture `{source}`");
            let diag = Diag::error(Code::MissingImage, path, message).at(image.src.span);
            diags.push(diag.help("put it beside the story, or name it from static/ with a `/` in front"));
        }
        if image.alt.is_none() {
            let message = "the image has no text alternative";
            let diag = Diag::warning(Code::MissingAlt, path, message).at(image.src.span);
            diags.push(diag.help("say what it shows: alt = \"…\""));
        }
    }
    diags
}

/// The absolute URL of the picture that represents a story elsewhere: its card where cards are
/// written, for that has the size that others ask for and says what it is; else its own picture.
pub fn share_picture(world: &World, entry: &Entry) -> Option<String> {
    if world.writes(StoryOutput::Card) && entry.story.withdrawn.is_none() {
        return Some(world.permalink(&super::embed::card_path(entry)));
    }
    let image = entry.story.image.as_ref()?;
    let source = source_of(&entry.story.path, &image.src.value);
    world.pictures.get(&source).map(|picture| world.permalink(&picture.url))
}
