//! `dateline add`: adds articles to a story by their addresses.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::report::printable;
use super::site::{self, OpenSite};
use super::{Exit, Global};
use crate::add::Gathering;
use crate::content::story;
use crate::diag::Error;
use crate::edit::{self, Refusal};
use crate::import::draft::Source;
use crate::import::fetch::{self, Fetched, Limits};
use crate::import::metadata::{self, Metadata};
use crate::import::{archive, charset};
use crate::link::host;

/// Servers that are asked at one time; each of them gets one question after the other.
const AT_ONCE: usize = 8;
/// Bytes of a page.
const LARGEST: u64 = 5_000_000;

/// Flags of `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The story: its file, its slug, or its file's name
    story: String,
    /// Addresses of articles
    #[arg(required = true, value_name = "URL")]
    urls: Vec<String>,
    /// Read this saved page instead of fetching the (one) address
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Also ask archive.org for an archived copy
    #[arg(long)]
    archive: bool,
    #[command(flatten)]
    network: Network,
}

/// Flags of commands that fetch.
#[derive(Debug, Args)]
pub struct Network {
    /// Also fetch from addresses of private networks and this machine
    #[arg(long)]
    allow_private: bool,
    /// Seconds that a server may take
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,
}

impl Network {
    /// The limits of a fetch, in the name of a site.
    pub fn limits(&self, home: Option<&str>, bytes: u64) -> Limits {
        let home = home.filter(|home| !home.contains("://example.") && home.starts_with("http"));
        Limits {
            timeout: Duration::from_secs(self.timeout),
            bytes,
            allow_private: self.allow_private,
            agent: fetch::agent_name(home),
        }
    }
}

/// What was learnt of one address.
type Found = Result<(Metadata, Option<(String, Option<String>)>), String>;

/// Adds the sources.
pub fn run(global: &Global, args: &AddArgs) -> Result<Exit, Error> {
    if args.html.is_some() && args.urls.len() != 1 {
        return Err(Error::Usage("--html reads one page; name its one address".to_owned()));
    }
    let site = OpenSite::open(global)?;
    let path = site.find_story(&args.story)?;
    let text = site.text(&path)?;
    let (Some(story), _) = story::parse(&path, text.as_bytes()) else {
        return Err(Error::Usage(format!(
            "{path} has mistakes; `dateline build` shows them. Mend them first"
        )));
    };
    let registry = site.registry()?;
    let mut gathering = Gathering::new(&story, &registry);
    let limits = args.network.limits(Some(&site.config.base_url), LARGEST);
    let pages = match &args.html {
        Some(file) => vec![saved(file, &args.urls[0], args.archive, &limits)?],
        None => fetched(global, &gathering, args, &limits),
    };
    let lang = story.lang.as_deref().unwrap_or(&site.config.lang);
    let mut sources = Vec::new();
    let mut failed = false;
    for (url, page) in args.urls.iter().zip(pages) {
        match page.and_then(|(page, archive)| gathering.add(page, lang, archive)) {
            Ok(source) => sources.push(source),
            Err(reason) => {
                failed = true;
                eprintln!("error: {}: {}", printable(url), printable(&reason));
            }
        }
    }
    let done = write(global, &site, &path, text, &sources, &gathering)?;
    Ok(if failed || !done { Exit::Problems } else { Exit::Good })
}

/// Writes the story and new outlets; false if the story cannot be edited.
fn write(
    global: &Global,
    site: &OpenSite,
    path: &str,
    mut text: String,
    sources: &[Source],
    gathering: &Gathering,
) -> Result<bool, Error> {
    if sources.is_empty() {
        return Ok(true);
    }
    for source in sources {
        text = match edit::append_source(&text, path.ends_with(".toml"), source) {
            Ok(text) => text,
            Err(refusal) => return by_hand(path, &refusal, sources),
        };
    }
    let (before, after) = (site.text(path)?, story::parse(path, text.as_bytes()).0);
    let count = story::parse(path, before.as_bytes()).0.map_or(0, |story| story.sources.len());
    if after.is_none_or(|story| story.sources.len() != count + sources.len()) {
        return by_hand(
            path,
            &Refusal::Broken("the new text would not be read as it should".to_owned()),
            sources,
        );
    }
    for stub in &gathering.stubs {
        let file = format!("content/outlets/{}.toml", stub.id);
        if site.write_new(&file, &stub.to_toml())? && !global.quiet {
            println!("new outlet {}: {file}", printable(&stub.name));
        }
    }
    site::replace(&site.root.join(path), &text)?;
    if !global.quiet {
        for source in sources {
            let [id, title] = [&source.id, &source.title].map(|text| text.as_deref().unwrap_or("(no title)"));
            println!("added {id}: {}", printable(title));
            source.comments.iter().for_each(|comment| println!("  note: {}", printable(comment)));
        }
    }
    Ok(true)
}

/// Prints what the author has to paste, where the file cannot be edited.
fn by_hand(path: &str, refusal: &Refusal, sources: &[Source]) -> Result<bool, Error> {
    eprintln!("error: {path}: {refusal}. Nothing was written; put this into the story by hand:");
    let blocks: Vec<String> = sources.iter().map(Source::to_table).collect();
    super::print(blocks.join("\n").as_bytes())?;
    Ok(false)
}

/// Reads a saved page.
fn saved(file: &std::path::Path, url: &str, ask_archive: bool, limits: &Limits) -> Result<Found, Error> {
    let bytes = fs::read(file).map_err(Error::read(file))?;
    let Ok(parsed) = url::Url::parse(url) else {
        return Err(Error::Usage(format!(
            "`{url}` is no web address; give the one that the page was saved from"
        )));
    };
    let page = Fetched { url: parsed.into(), content_type: None, bytes };
    Ok(understood(page).map(|page| with_archive(page, ask_archive, limits)))
}

/// Fetches all addresses: servers side by side, the pages of one server one after the other.
fn fetched(global: &Global, gathering: &Gathering, args: &AddArgs, limits: &Limits) -> Vec<Found> {
    let mut servers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut found: Vec<Option<Found>> = vec![None; args.urls.len()];
    for (at, url) in args.urls.iter().enumerate() {
        match gathering.holds(url) {
            Some(id) => found[at] = Some(Err(format!("the story has it already, as `{id}`"))),
            None => servers.entry(host(url).unwrap_or_default().to_lowercase()).or_default().push(at),
        }
    }
    let bar = progress(global, args.urls.len(), "pages");
    let work = Mutex::new(servers.into_values());
    let results = Mutex::new(found);
    // A panic in one thread poisons the lock; what the others found is still good.
    let next = || work.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).next();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(args.urls.len()) {
            scope.spawn(|| {
                while let Some(pages) = next() {
                    for at in pages {
                        let page = fetch::get(&args.urls[at], limits).and_then(understood);
                        let page = page.map(|page| with_archive(page, args.archive, limits));
                        results.lock().unwrap_or_else(|poisoned| poisoned.into_inner())[at] = Some(page);
                        bar.inc(1);
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let results = results.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    results.into_iter().map(|found| found.unwrap_or_else(|| Err("it was not fetched".to_owned()))).collect()
}

/// A bar on terminals, for more than one thing of that name.
pub fn progress(global: &Global, count: usize, what: &str) -> ProgressBar {
    if global.quiet || count < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(&format!("{{bar:30}} {{pos}} of {{len}} {what}"));
    ProgressBar::new(count as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What a page says of itself, if it is a page.
fn understood(page: Fetched) -> Result<Metadata, String> {
    let kind = page.content_type.as_deref().unwrap_or("text/html").to_ascii_lowercase();
    if !["html", "xml", "text/plain"].iter().any(|good| kind.contains(good)) {
        let kind = kind.split(';').next().unwrap_or_default().to_owned();
        return Err(format!("this is {kind}, not a web page; write the source into the story by hand"));
    }
    let text = charset::decode(&page.bytes, page.content_type.as_deref());
    Ok(metadata::read(&text, &page.url))
}

fn with_archive(page: Metadata, ask: bool, limits: &Limits) -> (Metadata, Option<(String, Option<String>)>) {
    let copy = if ask { archive::find(archive::ARCHIVE, &page.url, limits) } else { None };
    (page, copy)
}
