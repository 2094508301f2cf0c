//! The bell: tells that something about the site's files has changed, never what.
//!
//! Folders are watched, not files, for editors replace files. What a snapshot does not read
//! (temporary files, the output, a repository's own files) rings no bell.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::Signal;
use super::shown::Shown;
use crate::snapshot::{FOLDERS, is_passing_name};

/// The watched folders of a site.
pub struct Watch {
    place: Place,
    /// None where files are polled.
    inner: Option<RecommendedWatcher>,
    watched: BTreeMap<PathBuf, bool>,
    linked: Vec<PathBuf>,
}

/// Where the site stands.
#[derive(Debug, Clone)]
struct Place {
    root: PathBuf,
    config: PathBuf,
}

impl Watch {
    /// Watches a site; polls it if that was asked for or the system cannot watch.
    pub fn start(
        root: &Path,
        config: &str,
        poll: bool,
        bell: Sender<Signal>,
        shown: tokio::sync::watch::Sender<Shown>,
    ) -> Watch {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let place = Place { config: root.join(config), root };
        let own = place.clone();
        let ring = move |event: notify::Result<notify::Event>| {
            let signal = match event {
                Ok(event) => own.signal(&event),
                // The queue has overflowed or a folder is gone: look at everything.
                Err(_) => Some(Signal::Moved),
            };
            if let Some(signal) = signal {
                shown.send_modify(Shown::ring);
                // Nobody waits for signals any more once the preview ends.
                let _ = bell.send(signal);
            }
        };
        let inner = if poll { None } else { notify::recommended_watcher(ring).ok() };
        let mut watch = Watch { place, inner, watched: BTreeMap::new(), linked: Vec::new() };
        watch.update();
        watch
    }

    /// Whether files are looked at in intervals.
    pub fn is_polling(&self) -> bool {
        self.inner.is_none()
    }

    /// Looks at the files in intervals from now on.
    pub fn poll(&mut self) {
        self.inner = None;
    }

    /// Sets all watches anew: folders may have gone and come back under their names.
    pub fn renew(&mut self) {
        if let Some(inner) = &mut self.inner {
            for path in std::mem::take(&mut self.watched).into_keys() {
                // It fails for a folder that is gone, whose watch is gone too.
                let _ = inner.unwatch(&path);
            }
        }
        self.update();
    }

    /// Watches what links lead to.
    pub fn follow(&mut self, linked: &[PathBuf]) {
        if self.linked != linked {
            self.linked = linked.to_vec();
            self.update();
        }
    }

    fn update(&mut self) {
        let wanted = self.wanted();
        let Some(inner) = &mut self.inner else { return };
        let mut is_full = false;
        for (path, deep) in &wanted {
            if self.watched.get(path) != Some(deep) {
                let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
                let limit = |error: &notify::Error| matches!(error.kind, notify::ErrorKind::MaxFilesWatch);
                is_full |= inner.watch(path, mode).is_err_and(|error| limit(&error));
            }
        }
        for path in self.watched.keys().filter(|path| !wanted.contains_key(*path)) {
            let _ = inner.unwatch(path);
        }
        self.watched = wanted;
        if is_full {
            self.inner = None;
        }
    }

    /// Folders to watch, and whether with all below them.
    fn wanted(&self) -> BTreeMap<PathBuf, bool> {
        let mut wanted = BTreeMap::from([(self.place.root.clone(), false)]);
        let config = self.place.config.canonicalize();
        for folder in [self.place.config.parent(), config.as_ref().ok().and_then(|path| path.parent())] {
            wanted.extend(folder.map(|folder| (folder.to_owned(), false)));
        }
        let tops = FOLDERS.map(|name| self.place.root.join(name));
        for top in tops.iter().filter(|top| top.is_dir()) {
            wanted.insert(top.clone(), true);
        }
        for target in &self.linked {
            if tops.iter().any(|top| target.starts_with(top)) {
                continue;
            }
            if target.is_dir() {
                wanted.insert(target.clone(), true);
            } else if let Some(folder) = target.parent() {
                wanted.entry(folder.to_owned()).or_insert(false);
            }
        }
        wanted
    }
}

impl Place {
    fn signal(&self, event: &notify::Event) -> Option<Signal> {
        let is_write = !matches!(
            event.kind,
            EventKind::Access(
                AccessKind::Any
                    | AccessKind::Read
                    | AccessKind::Open(_)
                    | AccessKind::Other
                    | AccessKind::Close(
                        AccessMode::Any | AccessMode::Execute | AccessMode::Read | AccessMode::Other
                    )
            )
        );
        if event.need_rescan() || event.paths.is_empty() && is_write {
            return Some(Signal::Moved);
        }
        if !is_write || !event.paths.iter().any(|path| self.is_read(path)) {
            return None;
        }
        let is_top = |path: &PathBuf| {
            path.parent() == Some(&self.root)
                && FOLDERS.iter().any(|name| path.file_name() == Some(OsStr::new(name)))
        };
        let has_moved = matches!(event.kind, EventKind::Create(_) | EventKind::Remove(_))
            || matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Name(_)));
        Some(if has_moved && event.paths.iter().any(is_top) { Signal::Moved } else { Signal::Bell })
    }

    /// Whether a build may read this path.
    fn is_read(&self, path: &Path) -> bool {
        if path == self.config {
            return true;
        }
        let Ok(inner) = path.strip_prefix(&self.root) else {
            // Beside something that a link leads to.
            return true;
        };
        let mut parts = inner.iter().map(|part| part.to_string_lossy());
        match parts.next() {
            None => true,
            Some(top) => {
                let is_site = FOLDERS.contains(&&*top);
                (is_site || self.is_linked_top(&top)) && !parts.any(|part| is_passing_name(&part))
            }
        }
    }

    /// Whether a folder beside the site's may be the target of a link: any but the output and
    /// hidden ones, of which only watched ones ring at all.
    fn is_linked_top(&self, top: &str) -> bool {
        !is_passing_name(top) && top != "public" && self.root.join(top).is_dir()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, ModifyKind, RemoveKind};

    fn signal(kind: EventKind, path: &str) -> Option<&'static str> {
        let place = Place { root: "/site".into(), config: "/site/dateline.toml".into() };
        let event = notify::Event::new(kind).add_path(Path::new("/site").join(path));
        place.signal(&event).map(|signal| if matches!(signal, Signal::Moved) { "moved" } else { "bell" })
    }

    #[test]
    fn only_what_a_build_reads_rings() {
        let change = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        for path in ["content/stories/a.md", "dateline.toml", "themes/x/static/a.css", "static/.well-known/a"]
        {
            assert_eq!(signal(change, path), Some("bell"), "{path}");
        }
        for path in
            [".git/index", "public/index.html", "content/stories/.a.md.swp", "content/4913", "README.md"]
        {
            assert_eq!(signal(change, path), None, "{path}");
        }
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert_eq!(signal(read, "content/stories/a.md"), None);
    }

    #[test]
    fn folders_at_the_top_have_watches_set_anew() {
        assert_eq!(signal(EventKind::Create(CreateKind::Folder), "content"), Some("moved"));
        assert_eq!(signal(EventKind::Remove(RemoveKind::Folder), "themes"), Some("moved"));
        assert_eq!(signal(EventKind::Remove(RemoveKind::Folder), "content/stories"), Some("bell"));
    }
}
