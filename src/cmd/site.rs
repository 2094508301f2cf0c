//! What the commands that write files share: the site on disk, and how a file is written.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{Global, now};
use crate::build::{Memo, load};
use crate::content::config::Config;
use crate::content::story::{self, Story};
use crate::coverage::Registry;
use crate::diag::{Error, Severity, counted, nearest};
use crate::schema;
use crate::site::{Filter, Selection, Site};
use crate::slug::Slug;
use crate::snapshot::{self, Snapshot};

/// A site as far as the commands that write files need it.
pub struct OpenSite {
    /// Its folder.
    pub root: PathBuf,
    /// Its files.
    pub snapshot: Snapshot,
    /// Its configuration; defaults where it has mistakes.
    pub config: Config,
}

impl OpenSite {
    /// Opens the site that the command line names.
    pub fn open(global: &Global) -> Result<OpenSite, Error> {
        let root = super::root(global)?;
        let (snapshot, _) = snapshot::take(&root, &global.config, now(None)?)?;
        let (config, ..) = load::config(&snapshot)?;
        Ok(OpenSite { root, snapshot, config })
    }

    /// Today, on the site's calendar.
    pub fn today(&self) -> Date {
        self.config.timezone.to_datetime(self.snapshot.now).date()
    }

    /// The outlets that it has.
    pub fn registry(&self) -> Result<Registry, Error> {
        let outlets = load::outlets(&self.snapshot, &self.config, &mut Memo::default(), &mut Vec::new())?;
        Ok(Registry::new(outlets, &self.config.axes).0)
    }

    /// Every story that can be read, in the order of paths.
    pub fn stories(&self) -> Result<Vec<Story>, Error> {
        let mut list = Vec::new();
        for path in self.story_files() {
            list.extend(story::parse(path, &self.snapshot.read(path)?).0);
        }
        Ok(list)
    }

    /// The site as readers would see it, and the number of files with mistakes.
    pub fn linked(&self) -> Result<(Site, usize), Error> {
        let (parsed, diags) = load::content(&self.snapshot, &self.config, &mut Memo::default())?;
        let wrong = diags.iter().filter(|diag| diag.severity == Severity::Error).map(|diag| &diag.path);
        let wrong: BTreeSet<_> = wrong.collect();
        let selection = Selection { filter: Filter::default(), now: self.snapshot.now };
        let (site, _) = crate::site::link(self.config.clone(), parsed.registry, parsed.parts, selection);
        Ok((site, wrong.len()))
    }

    /// The paths of all story files.
    pub fn story_files(&self) -> impl Iterator<Item = &str> {
        let files = self.snapshot.below("content/stories/").map(|file| &*file.path);
        files.filter(|path| path.ends_with(".md") || path.ends_with(".toml"))
    }

    /// The file of a story, named by its path, its slug or its file's name.
    pub fn find_story(&self, name: &str) -> Result<String, Error> {
        let wanted = self.inside(Path::new(name)).unwrap_or_else(|_| name.to_owned());
        if let Some(path) = self.story_files().find(|path| *path == wanted) {
            return Ok(path.to_owned());
        }
        let mut slugs = Vec::new();
        for path in self.story_files() {
            let slug = match story::parse(path, &self.snapshot.read(path)?).0 {
                Some(story) => story.slug.to_string(),
                None => story::name_of(path).stem.to_owned(),
            };
            if slug == name {
                return Ok(path.to_owned());
            }
            slugs.push(slug);
        }
        let hint = match nearest(name, slugs.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("`dateline new story \"…\"` makes one (looked in {})", self.root.display()),
        };
        Err(Error::Usage(format!("no story is called `{name}`; {hint}")))
    }

    /// The path of a file within the site, from a path relative to where one stands or to the site.
    pub fn inside(&self, file: &Path) -> Result<String, Error> {
        let outside = || Error::Usage(format!("{} is no file of this site", file.display()));
        let root = self.root.canonicalize().map_err(Error::read(&self.root))?;
        let found = if file.is_file() { file.to_owned() } else { self.root.join(file) };
        let found = found.canonicalize().map_err(|_| outside())?;
        let path = found.strip_prefix(&root).map_err(|_| outside())?;
        let path = path.to_string_lossy().replace('\\', "/");
        self.snapshot.find(&path).map(|_| path).ok_or_else(outside)
    }

    /// Writes a new file of the site, with a line that points editors to its schema if the site
    /// has one; false if the file is there already.
    pub fn write_new(&self, path: &str, text: &str) -> Result<bool, Error> {
        let text = schema::with_line(text, path, |schema| self.root.join(schema).is_file());
        write_new(&self.root.join(path), &text)
    }

    /// The text of one of its files.
    pub fn text(&self, path: &str) -> Result<String, Error> {
        let bytes = self.snapshot.read(path)?;
        String::from_utf8(bytes)
            .map_err(|_| Error::Usage(format!("{path} is not UTF-8; save it as UTF-8 first")))
    }
}

/// Writes a file that must not be there yet; false if one is.
pub fn write_new(path: &Path, text: &str) -> Result<bool, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::write(folder))?;
    }
    match fs::File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(Error::write(path)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(Error::Write(path.to_owned(), error)),
    }
}

/// Replaces a file at one stroke, so that a crash leaves the old one or the new one. A link stays a link.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let target = path.canonicalize().map_err(Error::read(path))?;
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let temporary = target.with_file_name(format!(".dateline-{}-{name}.tmp", std::process::id()));
    let permissions = fs::metadata(&target).map_err(Error::read(path))?.permissions();
    let written = fs::write(&temporary, text)
        .and_then(|()| fs::set_permissions(&temporary, permissions))
        .and_then(|()| fs::rename(&temporary, &target));
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        Error::Write(path.to_owned(), error)
    })
}

/// A number of files, as a person says it.
pub fn files(count: usize) -> String {
    counted(count, "file", "files")
}

/// A slug that can also be a file's name: after a dot, a language would be read.
pub fn file_slug(text: &str, what: &str) -> Result<Slug, Error> {
    let slug = Slug::new(text).map_err(|reason| Error::Usage(format!("{what}: {reason}")))?;
    match text.contains('.') {
        true => Err(Error::Usage(format!(
            "{what}: write `{}`; a dot in a file's name would be read as a language",
            text.replace('.', "-")
        ))),
        false => Ok(slug),
    }
}
