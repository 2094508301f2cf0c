//! Reads and parses the files of a snapshot, story by story: bytes are dropped as soon as they
//! are parsed.

use std::collections::HashMap;
use std::sync::Arc;

use super::memo::{KeptTheme, Memo, Shelf};
use crate::content::config::{self, Config};
use crate::content::{digest, outlet, pages, story};
use crate::coverage::{Registry, Rules};
use crate::diag::{Code, Diag, Error, FileText};
use crate::site::{CountedStory, Parts};
use crate::snapshot::{FileEntry, Snapshot};
use crate::theme::{self, Files, Theme};

/// The configuration of a site, with the digest of its bytes.
pub fn config(snapshot: &Snapshot) -> Result<(Config, u128, Vec<Diag>), Error> {
    let bytes = snapshot.read_config()?;
    let (config, diags) = config::parse(&snapshot.config, &bytes);
    Ok((config, digest::of(&bytes), diags))
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

/// The theme of a site: the one that is kept, if no file that goes into it has changed.
pub fn theme(
    snapshot: &Snapshot,
    (config, digest): (&Config, u128),
    memo: &mut Memo,
) -> Result<(Arc<Theme>, Vec<Diag>), Error> {
    let folders = ["i18n/", "static/", "templates/", "themes/"];
    let files: Vec<&FileEntry> = folders.iter().flat_map(|folder| snapshot.below(folder)).collect();
    if let Some(kept) = memo.theme.as_ref().filter(|kept| kept.holds(digest, &files)) {
        return Ok((kept.theme.clone(), kept.diags.clone()));
    }
    let wanted =
        theme::Wanted { name: &config.theme, config_path: &snapshot.config, options: &config.theme_options };
    let (theme, diags) = theme::load(&wanted, &SnapshotFiles { snapshot })?;
    let theme = Arc::new(theme);
    let is_settled = files.iter().all(|file| snapshot.is_settled(file));
    memo.theme = is_settled.then(|| KeptTheme {
        theme: theme.clone(),
        diags: diags.clone(),
        config: digest,
        files: files.into_iter().cloned().collect(),
    });
    Ok((theme, diags))
}

/// Everything below content/, parsed and counted.
pub struct Parsed {
    /// Outlets.
    pub registry: Registry,
    /// The rest.
    pub parts: Parts,
}

/// Parses everything below content/ that the memo does not hold.
pub fn content(snapshot: &Snapshot, config: &Config, memo: &mut Memo) -> Result<(Parsed, Vec<Diag>), Error> {
    let mut diags = Vec::new();
    let outlets = outlets(snapshot, config, memo, &mut diags)?;
    let (registry, found) = Registry::new(outlets, &config.axes);
    diags.extend(found);
    let stories = stories(snapshot, config, &registry, memo, &mut diags)?;
    let editions = each(snapshot, "content/editions/", pages::edition, &mut memo.editions, &mut diags)?;
    let topics = each(snapshot, "content/topics/", pages::topic, &mut memo.topics, &mut diags)?;
    let docs = each(snapshot, "content/pages/", pages::doc, &mut memo.docs, &mut diags)?;
    diags.extend(strays(snapshot));
    Ok((Parsed { registry, parts: Parts { stories, editions, topics, docs } }, diags))
}

fn is_content(file: &FileEntry) -> bool {
    file.path.ends_with(".md") || file.path.ends_with(".toml")
}

/// The one file that holds many outlets.
const OUTLETS: &str = "content/outlets.toml";

/// The outlets of all files.
pub fn outlets(
    snapshot: &Snapshot,
    config: &Config,
    memo: &mut Memo,
    diags: &mut Vec<Diag>,
) -> Result<Vec<outlet::Outlet>, Error> {
    let own = snapshot.below("content/outlets/").filter(|file| file.path.ends_with(".toml"));
    let mut files: Vec<&FileEntry> = snapshot.find(OUTLETS).into_iter().chain(own).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let parse = |path: &str, bytes: &[u8]| match path {
        OUTLETS => outlet::parse_many(path, bytes, &config.axes),
        _ => {
            let (outlet, found) = outlet::parse(path, story::name_of_file(path), bytes, &config.axes);
            (outlet.into_iter().collect(), found)
        }
    };
    let mut list = Vec::new();
    for kept in memo.outlets(&config.axes).parsed(snapshot, &files, parse)? {
        list.extend_from_slice(&kept.value);
        diags.extend_from_slice(&kept.diags);
    }
    Ok(list)
}

fn stories(
    snapshot: &Snapshot,
    config: &Config,
    registry: &Registry,
    memo: &mut Memo,
    diags: &mut Vec<Diag>,
) -> Result<Vec<CountedStory>, Error> {
    let files: Vec<&FileEntry> = snapshot.below("content/stories/").filter(|file| is_content(file)).collect();
    let parse = |path: &str, bytes: &[u8]| {
        let (story, found) = story::parse(path, bytes);
        (story.map(Arc::new), found)
    };
    let mut list = Vec::with_capacity(files.len());
    for kept in memo.stories.parsed(snapshot, &files, parse)? {
        list.extend(kept.value.clone());
        diags.extend_from_slice(&kept.diags);
    }
    Ok(memo.counts.counted(list, registry, &Rules::of(config), &config.timezone))
}

fn each<T: Clone + Send + Sync>(
    snapshot: &Snapshot,
    folder: &str,
    parse: impl Fn(&str, &[u8]) -> (Option<T>, Vec<Diag>) + Sync,
    shelf: &mut Shelf<Option<T>>,
    diags: &mut Vec<Diag>,
) -> Result<Vec<T>, Error> {
    let files: Vec<&FileEntry> = snapshot.below(folder).filter(|file| is_content(file)).collect();
    let mut list = Vec::new();
    for kept in shelf.parsed(snapshot, &files, parse)? {
        list.extend(kept.value.clone());
        diags.extend_from_slice(&kept.diags);
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
    let mut texts: HashMap<Arc<str>, FileText> = HashMap::new();
    for diag in diags.iter_mut().filter(|diag| diag.span.is_some() && diag.text.is_none()) {
        let text = texts.entry(diag.path.clone()).or_insert_with(|| {
            let bytes = snapshot.read(&diag.path).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned().into()
        });
        diag.text = Some(text.clone());
    }
    diags
}
