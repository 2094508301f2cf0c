//! `dateline new`: a filled-in file.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, ValueEnum};

use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::content::date::When;
use crate::content::story;
use crate::diag::Error;
use crate::slug::Slug;
use crate::starter::{self, Filling, Kind};

/// Flags of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// What to write
    kind: NewKind,
    /// Its title, or an outlet's name
    title: String,
    /// The part of the URL, and the file's name [default: made from the title]
    #[arg(long)]
    slug: Option<String>,
    /// Its date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// An edition: gather the stories since this date
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Open the file in $VISUAL or $EDITOR
    #[arg(short, long)]
    edit: bool,
}

/// What can be written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum NewKind {
    Story,
    Outlet,
    Edition,
    Page,
}

impl From<NewKind> for Kind {
    fn from(kind: NewKind) -> Kind {
        match kind {
            NewKind::Story => Kind::Story,
            NewKind::Outlet => Kind::Outlet,
            NewKind::Edition => Kind::Edition,
            NewKind::Page => Kind::Page,
        }
    }
}

/// Writes the new file.
pub fn run(global: &Global, args: &NewArgs) -> Result<Exit, Error> {
    let site = OpenSite::open(global)?;
    let kind = Kind::from(args.kind);
    if args.title.trim().is_empty() {
        return Err(Error::Usage("the title is empty; write it between quotation marks".to_owned()));
    }
    let slug = match &args.slug {
        Some(slug) => site::file_slug(slug, "--slug")?,
        None => Slug::from_title(&args.title),
    };
    let date = date(args.date.as_deref(), "--date")?
        .map_or_else(|| site.today(), |when| when.day(&site.config.timezone));
    let stories = match (kind, date_of_since(args)?) {
        (Kind::Edition, Some(since)) => gathered(&site, since)?,
        (Kind::Edition, None) => Vec::new(),
        (_, None) => Vec::new(),
        (_, Some(_)) => return Err(Error::Usage("--since gathers stories for an edition only".to_owned())),
    };
    let (ending, archetype) = archetype(&site, kind)?;
    let date = date.to_string();
    let text = starter::fill(
        &archetype,
        &Filling { title: &args.title, slug: slug.as_str(), date: &date, stories: &stories },
    );
    let name = match kind {
        Kind::Story | Kind::Edition => format!("{}/{date}-{slug}.{ending}", kind.folder()),
        Kind::Outlet | Kind::Page => format!("{}/{slug}.{ending}", kind.folder()),
    };
    taken(&site, kind, &slug)?;
    let path = site.root.join(&name);
    if !site.write_new(&name, &text)? {
        return Err(Error::Usage(format!("{} is there already and was left as it is", path.display())));
    }
    if !global.quiet {
        println!("{}", path.display());
        if text.contains("\ndraft = true") {
            eprintln!(
                "It is a draft: `dateline build --drafts` shows it; take `draft = true` out to publish it."
            );
        }
    }
    if args.edit { open(&path) } else { Ok(Exit::Good) }
}

fn date(text: Option<&str>, flag: &str) -> Result<Option<When>, Error> {
    let Some(text) = text else { return Ok(None) };
    let when = When::parse(text);
    when.map(Some)
        .ok_or_else(|| Error::Usage(format!("{flag}: `{text}` is not a date; write it as 2025-07-31")))
}

fn date_of_since(args: &NewArgs) -> Result<Option<When>, Error> {
    date(args.since.as_deref(), "--since")
}

/// Slugs of the stories that readers see in lists, since a date, newest first; of a story and its
/// translations the one in the site's language.
fn gathered(site: &OpenSite, since: When) -> Result<Vec<String>, Error> {
    let (linked, unread) = site.linked()?;
    if unread > 0 {
        let files = site::files(unread);
        eprintln!("{files} with mistakes may be missing: `dateline check` tells them");
    }
    let zone = &site.config.timezone;
    let since = since.day(zone);
    let found: Vec<_> = linked.listed().iter().copied().filter(|&at| linked.story(at).day >= since).collect();
    if found.is_empty() {
        eprintln!("no story was published since {since}: the list of stories is empty");
    }
    let rank = |at| (linked.lang(&linked.story(at).story) != site.config.lang, at);
    let leads = |at: &u32| {
        let others = linked.story(*at).translations.iter().filter(|other| found.contains(other));
        others.copied().all(|other| rank(*at) < rank(other))
    };
    let leading = found.iter().copied().filter(leads);
    Ok(leading.map(|at| linked.story(at).story.slug.to_string()).collect())
}

/// The site's archetype of a kind, or the built-in one.
fn archetype(site: &OpenSite, kind: Kind) -> Result<(&'static str, String), Error> {
    for ending in ["md", "toml"] {
        let path = format!("archetypes/{}.{ending}", kind.name());
        if site.snapshot.find(&path).is_some() && !(kind == Kind::Outlet && ending == "md") {
            return Ok((ending, site.text(&path)?));
        }
    }
    let (ending, text) = kind.archetype();
    Ok((ending, text.to_owned()))
}

/// An error if another file has the slug already.
fn taken(site: &OpenSite, kind: Kind, slug: &Slug) -> Result<(), Error> {
    let hint = "give another title, or --slug";
    if kind == Kind::Story {
        let stories = site.stories()?;
        if let Some(other) = stories.iter().find(|story| story.slug == *slug) {
            return Err(Error::Usage(format!("the slug `{slug}` is taken by {}; {hint}", other.path)));
        }
    }
    if kind == Kind::Outlet && site.registry()?.find(slug.as_str()).is_some() {
        return Err(Error::Usage(format!("an outlet `{slug}` is there already; {hint}")));
    }
    let folder = format!("{}/", kind.folder());
    let same = site.snapshot.below(&folder).find(|file| story::name_of(&file.path).stem == slug.as_str());
    match same {
        Some(file) if kind == Kind::Edition => {
            Err(Error::Usage(format!("the slug `{slug}` is taken by {}; {hint}", file.path)))
        }
        _ => Ok(()),
    }
}

/// Opens a file in the editor that the environment names.
fn open(path: &Path) -> Result<Exit, Error> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let Some(editor) = editor else {
        return Err(Error::Usage(
            "--edit: set $EDITOR to the editor to open; the file is written".to_owned(),
        ));
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    match Command::new(program).args(words).arg(path).status() {
        Ok(status) if status.success() => Ok(Exit::Good),
        Ok(_) => Ok(Exit::Problems),
        Err(error) => Err(Error::Read(PathBuf::from(program), error)),
    }
}
