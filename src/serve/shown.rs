//! What the builder, the watcher and the server share: the site as it is shown now.

use std::collections::BTreeMap;
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use serde::Serialize;
use tokio::sync::watch;

use super::Signal;
use super::host::Hosts;
use crate::build::{Built, Trouble, search};
use crate::page::Page;
use crate::page::search::FOLDER;
use crate::snapshot::Snapshot;

/// A site that built without an error.
pub struct Good {
    /// The files it was built from.
    pub snapshot: Snapshot,
    /// The site.
    pub built: Built,
    /// Names this build, in this run and any other.
    pub version: String,
    /// The index of the search, made when a search first asks for it, so that no page waits.
    pub index: OnceLock<Vec<(String, Vec<u8>)>>,
}

impl Good {
    /// The page of a path of the output. Nothing else is ever served.
    pub fn find(&self, path: &str) -> Option<&Page> {
        self.built.pages.iter().find(|page| page.path == path)
    }

    /// The page of a URL path, below the base path.
    pub fn page_at(&self, url: &str) -> Option<&Page> {
        let base = &self.built.world.base;
        // A second slash would make the address of another server out of a redirect.
        let inner = url.strip_prefix(base.as_str()).filter(|inner| !inner.starts_with('/'))?;
        self.find(&crate::page::file_of(inner))
    }

    /// A file of the index of the search, at a URL path below the base path.
    pub fn index_file(&self, url: &str) -> Option<&(String, Vec<u8>)> {
        let inner = url.strip_prefix(self.built.world.base.as_str())?;
        if !inner.starts_with(FOLDER) {
            return None;
        }
        // A site that cannot be indexed has no search; `build` says why.
        let made = || self.built.search_records().and_then(|records| search::files(records).ok());
        let index = self.index.get_or_init(|| made().unwrap_or_default());
        index.iter().find(|(path, _)| path == inner)
    }

    /// The bytes of a page, as a build writes them.
    pub fn bytes(&self, page: &Page) -> Result<Vec<u8>, Trouble> {
        self.built.bytes(page, &self.snapshot)
    }
}

/// A change of style sheets alone, which browsers take in without reloading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Swap {
    /// The version that it leads away from.
    pub from: String,
    /// New address of each changed style sheet by its old one.
    pub files: BTreeMap<String, String>,
}

/// A good build and what browsers should know about it.
pub struct State {
    /// The site.
    pub good: Good,
    /// Style sheets to swap, if nothing else has changed.
    pub swap: Option<Swap>,
    /// New address by old one, of pages that browsers look at.
    pub moved: BTreeMap<String, String>,
}

/// What is shown.
#[derive(Clone)]
pub struct Shown {
    /// The last good site.
    pub good: Option<Arc<Good>>,
    /// What is wrong with the files of now, as text.
    pub problems: Option<Arc<str>>,
    /// What browsers are told, as JSON.
    pub message: Arc<str>,
    /// How often the bell has rung.
    pub rung: u64,
    /// When it rang last.
    pub rung_at: Instant,
    /// How many of these rings the site takes account of.
    pub heard: u64,
    swap: Option<Swap>,
    moved: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Message<'m> {
    version: &'m str,
    problems: Option<&'m str>,
    swap: Option<&'m Swap>,
    moved: &'m BTreeMap<String, String>,
}

impl Shown {
    /// Nothing yet; the first look is awaited.
    pub fn nothing() -> Shown {
        Shown {
            good: None,
            problems: None,
            message: "".into(),
            rung: 1,
            rung_at: Instant::now(),
            heard: 0,
            swap: None,
            moved: BTreeMap::new(),
        }
    }

    /// Something about the files has changed.
    pub fn ring(&mut self) {
        self.rung += 1;
        self.rung_at = Instant::now();
    }

    /// The version of the last good site.
    pub fn version(&self) -> &str {
        self.good.as_ref().map_or("none", |good| &good.version)
    }

    /// Shows a new site.
    pub fn replace(&mut self, state: State) {
        let State { good, swap, moved } = state;
        self.good = Some(Arc::new(good));
        self.problems = None;
        self.swap = swap;
        self.moved = moved;
        self.speak();
    }

    /// Keeps the site and says what is wrong.
    pub fn broken(&mut self, problems: String) {
        self.problems = Some(problems.into());
        self.speak();
    }

    fn speak(&mut self) {
        let message = Message {
            version: self.version(),
            problems: self.problems.as_deref(),
            swap: self.swap.as_ref(),
            moved: &self.moved,
        };
        // Texts and maps of texts always serialize.
        self.message = serde_json::to_string(&message).unwrap_or_default().into();
    }
}

/// What answers to browsers are made from.
#[derive(Clone)]
pub struct Desk {
    /// What is shown.
    pub shown: watch::Receiver<Shown>,
    /// The way to the builder.
    pub signals: Sender<Signal>,
    /// Names that requests may use.
    pub hosts: Hosts,
}
