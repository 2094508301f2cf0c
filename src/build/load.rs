//! Reads and parses the files of a snapshot, story by story: bytes are dropped as soon as they
//! are parsed.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::config::{self, Config};
use crate::content::{outlet, pages, story};
use crate::coverage::{self, Registry, Rules, Summary};
use crate::diag::{Code, Diag, Error};
use crate::site::Parts;
use crate::snapshot::{FileEntry, Snapshot};
use crate::theme::Files;

/// The configuration of a site.
pub fn config(snapshot: &Snapshot) -> Result<(Config, Vec<Diag>), Error> {
    let bytes = snapshot.read_config()?;
    Ok(config::parse(&snapshot.config, &bytes))
}

/// The site's files, for themes.
pub struct SnapshotFiles<'s> {
    /// Where they are read from.
    pub snapshot: &'s Snapshot,
}

impl Files for SnapshotFiles<'_> {
    fn below(&self, folder: &str) -> Vec<String> {
        self.snapshot.below(folder).map(|file| file.path.to_string()).collect()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.snapshot.read(path)
    }
}

/// Everything below content/, parsed and counted.
pub struct Parsed {
    /// Outlets.
    pub registry: Registry,
    /// The rest.
    pub parts: Parts,
}

/// Parses everything below content/.
pub fn content(snapshot: &Snapshot, config: &Config) -> Result<(Parsed, Vec<Diag>), Error> {
    let mut diags = Vec::new();
    let outlets = outlets(snapshot, config, &mut diags)?;
    let (registry, found) = Registry::new(outlets, &config.axes);
    diags.extend(found);
    let stories = stories(snapshot, config, &registry, &mut diags)?;
    let editions = each(snapshot, "content/editions/", pages::edition, &mut diags)?;
    let topics = each(snapshot, "content/topics/", pages::topic, &mut diags)?;
    let docs = each(snapshot, "content/pages/", pages::doc, &mut diags)?;
    diags.extend(strays(snapshot));
    Ok((Parsed { registry, parts: Parts { stories, editions, topics, docs } }, diags))
}

fn is_content(file: &FileEntry) -> bool {
    file.path.ends_with(".md") || file.path.ends_with(".toml")
}

/// The outlets of all files.
pub fn outlets(
    snapshot: &Snapshot,
    config: &Config,
    diags: &mut Vec<Diag>,
) -> Result<Vec<outlet::Outlet>, Error> {
    let mut list = Vec::new();
    if let Some(file) = snapshot.find("content/outlets.toml") {
        let bytes = snapshot.read(&file.path)?;
        let (outlets, found) = outlet::parse_many(&file.path, &bytes, &config.axes);
        list.extend(outlets);
        diags.extend(found);
    }
    for file in snapshot.below("content/outlets/").filter(|file| file.path.ends_with(".toml")) {
        let bytes = snapshot.read(&file.path)?;
        let id = story::name_of_file(&file.path);
        let (outlets, found) = outlet::parse(&file.path, id, &bytes, &config.axes);
        list.extend(outlets);
        diags.extend(found);
    }
    Ok(list)
}

fn stories(
    snapshot: &Snapshot,
    config: &Config,
    registry: &Registry,
    diags: &mut Vec<Diag>,
) -> Result<Vec<(story::Story, Summary)>, Error> {
    let rules = Rules::of(config);
    let files: Vec<&FileEntry> = snapshot.below("content/stories/").filter(|file| is_content(file)).collect();
    let parsed: Result<Vec<_>, Error> = files
        .par_iter()
        .map(|file| {
            let bytes = snapshot.read(&file.path)?;
            let (story, found) = story::parse(&file.path, &bytes);
            let counted = story.map(|story| {
                let coverage = coverage::count(&story, registry, &rules, &config.timezone);
                let summary = Summary::of(&coverage, &rules);
                (story, summary)
            });
            Ok((counted, found))
        })
        .collect();
    let mut list = Vec::with_capacity(files.len());
    for (story, found) in parsed? {
        list.extend(story);
        diags.extend(found);
    }
    Ok(list)
}

fn each<T>(
    snapshot: &Snapshot,
    folder: &str,
    parse: impl Fn(&str, &[u8]) -> (Option<T>, Vec<Diag>),
    diags: &mut Vec<Diag>,
) -> Result<Vec<T>, Error> {
    let mut list = Vec::new();
    for file in snapshot.below(folder).filter(|file| is_content(file)) {
        let bytes = snapshot.read(&file.path)?;
        let (value, found) = parse(&file.path, &bytes);
        list.extend(value);
        diags.extend(found);
    }
    Ok(list)
}

/// Files below content/ that nothing reads.
fn strays(snapshot: &Snapshot) -> Vec<Diag> {
    const KNOWN: [&str; 6] = [
        "content/stories/",
        "content/outlets/",
        "content/editions/",
        "content/topics/",
        "content/pages/",
        "content/outlets.toml",
    ];
    let strays = snapshot
        .below("content/")
        .filter(|file| is_content(file) && !KNOWN.iter().any(|known| file.path.starts_with(known)));
    strays
        .map(|file| {
            Diag::warning(Code::Stray, &file.path, "nothing reads this file")
                .help("stories stand in content/stories/, plain pages in content/pages/")
        })
        .collect()
}

/// Gives diags that have a place but no text the text of their file.
pub fn with_texts(mut diags: Vec<Diag>, snapshot: &Snapshot) -> Vec<Diag> {
    let mut texts: HashMap<Arc<str>, Arc<str>> = HashMap::new();
    for diag in diags.iter_mut().filter(|diag| diag.span.is_some() && diag.text.is_none()) {
        let text = texts.entry(diag.path.clone()).or_insert_with(|| {
            let bytes = snapshot.read(&diag.path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into()
        });
        diag.text = Some(text.clone());
    }
    diags
}
