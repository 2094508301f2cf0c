//! `dateline rename`: another slug for a story; its old address and all references follow.

use std::fs;
use std::path::Path;

use clap::Args;

use super::report::printable;
use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::content::story::{self, Story, name_of};
use crate::diag::Error;
use crate::edit::{self, NewName};
use crate::site::permalink;

/// Flags of `rename`.
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// The story: its file, its slug, or its file's name
    old: String,
    /// Its new slug
    new: String,
}

/// Renames.
pub fn run(global: &Global, args: &RenameArgs) -> Result<Exit, Error> {
    let site = OpenSite::open(global)?;
    let new = site::file_slug(&args.new, "the new slug")?;
    let path = site.find_story(&args.old)?;
    let text = site.text(&path)?;
    let (Some(old), _) = story::parse(&path, text.as_bytes()) else {
        return Err(Error::Usage(format!(
            "{path} has mistakes; `dateline build` shows them. Mend them first"
        )));
    };
    let stories = site.stories()?;
    if let Some(other) = stories.iter().find(|story| story.slug == new) {
        return Err(Error::Usage(match *other.path == *path {
            true => format!("{path} has the slug `{new}` already; choose another"),
            false => format!("the slug `{new}` is taken by {}; choose another", other.path),
        }));
    }
    let (from, to, file) = places(&path, new.as_str());
    let target = site.root.join(&to);
    if target.exists() {
        return Err(Error::Usage(format!("{} is there already; choose another slug", target.display())));
    }
    let zone = &site.config.timezone;
    let after = Story { slug: new.clone(), ..old.clone() };
    let name = NewName {
        old: old.slug.as_str(),
        new: new.as_str(),
        old_path: &permalink(&site.config.permalink, &old, zone),
        new_path: &permalink(&site.config.permalink, &after, zone),
        by_file_name: slug_by_name(&file) == new.as_str(),
    };
    let renamed = edit::renamed(&text, file.ends_with(".toml"), &name)
        .map_err(|refusal| Error::Usage(format!("{path}: {refusal}. Nothing was changed")))?;
    let exit = references(global, &site, &path, &name)?;
    site::replace(&site.root.join(&path), &renamed)?;
    fs::rename(site.root.join(&from), &target).map_err(Error::write(&target))?;
    if !global.quiet {
        println!("{} is now {}", printable(&path), printable(&file));
        siblings(&stories, &path);
    }
    Ok(exit)
}

/// What is moved, where to, and the story's file there: a file, or a folder with its index.
fn places(path: &str, new: &str) -> (String, String, String) {
    let name = name_of(path);
    let moved = if name.bundle { path.rsplit_once('/').map_or(path, |(folder, _)| folder) } else { path };
    let (folder, file) = moved.rsplit_once('/').unwrap_or(("content/stories", moved));
    let date = name.date.map(|date| format!("{date}-")).unwrap_or_default();
    if name.bundle {
        let to = format!("{folder}/{date}{new}");
        let index = path.rsplit('/').next().unwrap_or("index.md");
        let file = format!("{to}/{index}");
        return (moved.to_owned(), to, file);
    }
    let ending = file.rsplit_once('.').map_or("md", |(_, ending)| ending);
    let lang = name.lang.map(|lang| format!(".{lang}")).unwrap_or_default();
    let stem = name.lang.and_then(|lang| new.strip_suffix(&format!("-{lang}"))).unwrap_or(new);
    let to = format!("{folder}/{date}{stem}{lang}.{ending}");
    (moved.to_owned(), to.clone(), to)
}

/// The slug that a file's name gives by itself.
fn slug_by_name(file: &str) -> String {
    let name = name_of(file);
    match name.lang {
        Some(lang) => format!("{}-{lang}", name.stem),
        None => name.stem.to_owned(),
    }
}

/// Changes the references and links in every other file below content/, and the menu.
fn references(global: &Global, site: &OpenSite, path: &str, name: &NewName) -> Result<Exit, Error> {
    let mut exit = Exit::Good;
    let content = site.snapshot.below("content/").map(|file| &*file.path);
    let content = content.filter(|other| other.ends_with(".md") || other.ends_with(".toml"));
    for other in content.filter(|other| *other != path) {
        let text = site.text(other)?;
        if !text.contains(name.old) {
            continue;
        }
        let changed = match edit::references(&text, other.ends_with(".toml"), name.old, name.new) {
            Ok(changed) => changed,
            Err(edit::Refusal::Missing) => text.clone(),
            Err(refusal) => {
                exit = Exit::Problems;
                eprintln!("error: {}: {refusal}; look for `{}` by hand", printable(other), name.old);
                text.clone()
            }
        };
        let changed = edit::moved_links(&changed, name.old_path, name.new_path);
        written(global, site, other, &text, &changed)?;
    }
    if let Ok(config) = String::from_utf8(site.snapshot.read_config()?) {
        let changed = edit::moved_urls(&config, name.old_path, name.new_path);
        written(global, site, &site.snapshot.config, &config, &changed)?;
    }
    Ok(exit)
}

/// Writes a file if its text has changed.
fn written(global: &Global, site: &OpenSite, path: &str, old: &str, new: &str) -> Result<(), Error> {
    if old == new {
        return Ok(());
    }
    site::replace(&site.root.join(path), new)?;
    if !global.quiet {
        println!("reference changed in {}", printable(path));
    }
    Ok(())
}

/// Points to files that were translations by their names.
fn siblings(stories: &[Story], path: &str) {
    let (folder, name) = (Path::new(path).parent(), name_of(path));
    for story in stories.iter().filter(|story| *story.path != *path) {
        let other = name_of(&story.path);
        let is_sibling = Path::new(&*story.path).parent() == folder && other.stem == name.stem;
        if is_sibling && !name.bundle && (other.lang.is_some() || name.lang.is_some()) {
            println!(
                "{} bears the old name; rename it too, to keep the two translations",
                printable(&story.path)
            );
        }
    }
}
