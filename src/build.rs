//! The pipeline: read, parse, link, plan; then bytes of any page on demand.
//!
//! In: a snapshot and options. Out: a [`Site`] that is ready to be asked for pages, or diags.
//! Build and preview share it: the one asks for every page, the other for one.

mod limits;
mod lints;
pub mod load;
mod memo;
mod pictures;
pub mod search;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tera::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::content::config::Config;
use crate::content::data::Data;
use crate::diag::{Diag, Error, Severity, has_error};
use crate::locale::Locale;
use crate::page::card::Cards;
use crate::page::world::{Picture, TopicLinks, World, href};
use crate::page::{self, Page, Press, images};
use crate::render::{Locales, Renderer};
use crate::site::{self, Filter, Selection, Site};
use crate::snapshot::Snapshot;
use crate::theme::{self, Theme};

pub use limits::large_page;
pub use lints::Lints;
pub use memo::Memo;
use memo::RendererKey;

/// What the command line says about a build.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Drafts, future and expired stories.
    pub filter: Filter,
    /// In place of the configuration's base URL.
    pub base_url: Option<String>,
    /// Links that work from file://.
    pub relative: bool,
    /// Remember nothing between builds.
    pub no_cache: bool,
    /// In place of scheme and host of the base URL, whose path is kept: where a preview listens.
    pub origin: Option<String>,
}

/// How long each stage took.
#[derive(Debug, Clone, Default)]
pub struct Timings(pub Vec<(&'static str, Duration)>);

impl Timings {
    /// Runs a stage and notes how long it took.
    pub fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.0.push((name, started.elapsed()));
        result
    }
}

/// A site that is ready to be asked for pages.
pub struct Built {
    /// The site and what repeats on its pages.
    pub world: World,
    /// Every file of the output.
    pub pages: Vec<Page>,
    assets: BTreeMap<String, Vec<u8>>,
    site_values: Vec<Value>,
    relative: bool,
    no_cache: bool,
}

/// A built site, unless something is wrong with it, and everything that is.
pub struct Outcome {
    /// The site; there even where diags hold errors, if it could be linked at all.
    pub built: Option<Built>,
    /// Problems, in the order of files and places, severities as the site sets them.
    pub diags: Vec<Diag>,
    /// The configuration.
    pub config: Config,
    /// The theme, with the site's own templates.
    pub theme: Arc<Theme>,
    /// What the site and its files say about kinds of problems.
    pub lints: Lints,
    /// Until when the same files make the same site.
    pub until: jiff::Timestamp,
}

/// Runs the pipeline up to the plan of pages.
pub fn run(snapshot: &Snapshot, options: &Options, timings: &mut Timings) -> Result<Outcome, Error> {
    run_again(snapshot, options, &mut Memo::default(), timings)
}

/// The same, with what an earlier run has kept: only what changed since is read and parsed.
pub fn run_again(
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
    timings: &mut Timings,
) -> Result<Outcome, Error> {
    let (mut config, mut diags) = timings.stage("configuration", || load::config(snapshot))?;
    if let Some(base) = &options.base_url {
        config.base_url = crate::content::config::normal_base_url(base)
            .map_err(|reason| Error::Usage(format!("--base-url: `{base}` {reason}")))?;
    }
    if let Some(origin) = &options.origin {
        config.base_url = format!("{origin}{}", config.base_path());
    }
    let (theme, found) = timings.stage("theme", || load::theme(snapshot, &config, memo))?;
    diags.extend(found);
    let selection = Selection { filter: options.filter, now: snapshot.now };
    let (parsed, found) = timings.stage("parse", || load::content(snapshot, &config, memo))?;
    diags.extend(found);
    let lints = Lints::of(&config, &parsed);
    let until = site::until(&parsed.parts, &selection, &config.timezone);
    let (site, found) =
        timings.stage("link", || site::link(config.clone(), parsed.registry, parsed.parts, selection));
    diags.extend(found);
    let (built, found) = timings.stage("plan", || plan(site, &theme, snapshot, options, memo));
    diags.extend(found);
    diags.extend(timings.stage("mail", || limits::long_mails(&built, snapshot)));
    diags.extend(limits::large_output(&built, snapshot));
    let diags = load::with_texts(lints.settled(diags), snapshot);
    Ok(Outcome { built: Some(built), diags, config, theme, lints, until })
}

fn plan(
    site: Site,
    theme: &Theme,
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
) -> (Built, Vec<Diag>) {
    let mut diags = Vec::new();
    let words = words::of(&site, theme, memo);
    diags.extend(words::lacking(&site, theme, &snapshot.config));
    let mut pictures = images::collect(&site, snapshot);
    diags.extend(images::check(&site, &pictures));
    diags.extend(pictures::measure(&mut pictures, snapshot));
    let mut assets = theme.assets.clone();
    if let Some(css) = assets.get_mut(theme::STYLE) {
        *css = page::stylesheet(theme, &site.rules.axes);
    }
    let base = if options.relative { RELATIVE.to_owned() } else { site.config.base_path().to_owned() };
    let copies = copies(snapshot, &pictures);
    let urls: BTreeMap<String, String> =
        assets.iter().map(|(name, bytes)| (name.clone(), fingerprinted(name, bytes))).collect();
    let hrefs = urls.iter().map(|(name, url)| (name.clone(), href(&base, url))).collect();
    let key = RendererKey { digest: theme.digest, languages: words.keys().cloned().collect(), hrefs };
    let (renderer, found) = renderer(theme, key, memo);
    diags.extend(found);
    let world = world(site, words, urls, (pictures, renderer), base);
    let (pages, found) = page::plan(&world, &copies);
    diags.extend(found);
    let site_values = site_values(&world, &theme.options);
    let Options { relative, no_cache, .. } = *options;
    (Built { world, pages, assets, site_values, relative, no_cache }, diags)
}

/// The compiled templates: those that are kept, if nothing that goes into them has changed.
fn renderer(theme: &Theme, key: RendererKey, memo: &mut Memo) -> (Arc<Renderer>, Vec<Diag>) {
    if let Some((_, kept)) = memo.renderer.as_ref().filter(|(known, _)| *known == key) {
        return (kept.clone(), Vec::new());
    }
    let locales: Locales =
        Arc::new(key.languages.iter().map(|tag| (tag.clone(), Locale::new(tag))).collect());
    let (mut renderer, diags) = Renderer::new(theme, locales);
    renderer.set_global("assets", Value::from_serializable(&key.hrefs));
    let renderer = Arc::new(renderer);
    memo.renderer = diags.is_empty().then(|| (key, renderer.clone()));
    (renderer, diags)
}

/// Stands for the site's root until a page's own place is known; see [`relative_links`].
const RELATIVE: &str = "dateline-root:/";

fn world(
    site: Site,
    mut words: words::ByTag,
    assets: BTreeMap<String, String>,
    (pictures, renderer): (BTreeMap<String, Picture>, Arc<Renderer>),
    base: String,
) -> World {
    let own = words.remove(&site.config.lang);
    let own = own.unwrap_or_else(|| Arc::new(words::none(&site.config.lang, &site.rules.axes.list)));
    let mut world = World {
        cards: Cards::of(&site),
        chips: Vec::new(),
        levels: Vec::new(),
        topics: TopicLinks::of(&site, &base),
        others: words,
        site,
        own,
        assets,
        pictures,
        base,
        renderer,
    };
    world.chips = (0..world.site.registry.list.len() as u32).map(|at| chip(&world, at)).collect();
    world.levels = page::story::todays_levels(&world);
    world
}

#[derive(serde::Serialize)]
struct Chip {
    id: String,
    name: String,
    url: String,
    country: Option<String>,
    logo: Option<String>,
}

fn chip(world: &World, at: u32) -> Value {
    let outlet = world.site.registry.outlet(at);
    Value::from_serializable(&Chip {
        id: outlet.id.as_str().to_owned(),
        name: outlet.name.to_string(),
        url: world.href(&world.outlet_path(at)),
        country: outlet.country.as_deref().map(str::to_owned),
        logo: outlet.logo.as_deref().map(|path| world.href(path)),
    })
}

/// `/assets/style.1a2b3c4d.css`: the name changes with the bytes, so hosts may let it be cached
/// for ever.
fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let digest = xxh3_64(bytes) >> 32;
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("/assets/{stem}.{digest:08x}.{ending}"),
        None => format!("/assets/{name}.{digest:08x}"),
    }
}

/// Files that are copied as they are: static/, but for pictures that are published cleaned.
fn copies(snapshot: &Snapshot, pictures: &BTreeMap<String, Picture>) -> Vec<(String, String)> {
    let as_is = |path: &str| pictures.get(path).is_none_or(|picture| !picture.cleaned);
    let statics = snapshot
        .below("static/")
        .filter(|file| as_is(&file.path))
        .map(|file| (file.path.to_string(), format!("/{}", &file.path["static/".len()..])));
    statics.collect()
}

#[derive(serde::Serialize)]
struct SiteView<'v> {
    title: &'v str,
    description: &'v str,
    url: String,
    permalink: String,
    lang: &'v str,
    nav: Vec<NavLink>,
    pages: Value,
    generator: String,
    license: Option<&'v str>,
    options: Value,
    extra: Value,
    search: bool,
    search_url: Option<String>,
    pagefind_url: Option<String>,
    topics_url: String,
    outlets_url: Option<String>,
    blindspots_url: String,
    editions_url: Option<String>,
    archive_url: Option<String>,
    methodology_url: String,
    data_url: String,
    atom_url: Option<String>,
    rss_url: Option<String>,
    json_url: Option<String>,
}

#[derive(serde::Serialize)]
struct NavLink {
    name: String,
    url: String,
    current: bool,
}

/// `site` of templates: once for each entry of the navigation being current, then for none.
fn site_values(world: &World, options: &theme::Options) -> Vec<Value> {
    let options = option_values(world, options);
    let config = &world.site.config;
    let feed = |file: &str| {
        let has_feeds = config.feeds(crate::content::config::FeedOutput::Site);
        has_feeds.then(|| world.href(file))
    };
    let pages = Value::from_serializable(&page::doc::below(world, None));
    let value = |current: usize| {
        let nav = config.nav.iter().enumerate().map(|(at, (name, url))| NavLink {
            name: name.clone(),
            url: world.link(url).into_owned(),
            current: at == current,
        });
        Value::from_serializable(&SiteView {
            title: &config.title,
            description: &config.description,
            url: world.href("/"),
            permalink: world.permalink("/"),
            lang: &config.lang,
            nav: nav.collect(),
            pages: pages.clone(),
            generator: concat!("Dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            license: config.license.as_deref(),
            options: options.clone(),
            extra: Value::from_serializable(&config.extra),
            search: config.search,
            search_url: config.search.then(|| world.href(page::search::PATH)),
            pagefind_url: config.search.then(|| pagefind_url(world)),
            topics_url: world.href("/topics/"),
            outlets_url: config.outlets.then(|| world.href("/outlets/")),
            blindspots_url: world.href("/blindspots/"),
            editions_url: (!world.site.editions().is_empty()).then(|| world.href("/editions/")),
            archive_url: config.archive.then(|| world.href("/archive/")),
            methodology_url: world.href("/methodology/"),
            data_url: world.href("/data/"),
            atom_url: feed("/atom.xml"),
            rss_url: feed("/rss.xml"),
            json_url: feed("/feed.json"),
        })
    };
    (0..=config.nav.len()).map(value).collect()
}

/// `site.options`; a picture is its href there.
fn option_values(world: &World, options: &theme::Options) -> Value {
    let Data::Table(entries) = &options.values else {
        return Value::none();
    };
    let value = |(name, data): &(Box<str>, Data)| match data {
        Data::Text(path) if !path.is_empty() && options.images.iter().any(|image| **image == **name) => {
            (name.clone(), Data::Text(world.href(path).into()))
        }
        _ => (name.clone(), data.clone()),
    };
    Value::from_serializable(&Data::Table(entries.iter().map(value).collect()))
}

/// Where the index of the search stands; its program, where folders lead to their index.html.
fn pagefind_url(world: &World) -> String {
    let file = if world.base == RELATIVE { "pagefind.js" } else { "" };
    world.href(&format!("/{}{file}", page::search::FOLDER))
}

impl Built {
    /// What the search knows of every story; `None` where there is no search. [`search::files`]
    /// makes the index of it, apart from the pages, so that a preview can show them before.
    pub fn search_records(&self) -> Option<Vec<page::search::Record>> {
        self.world.site.config.search.then(|| search::records(&self.world))
    }

    /// The bytes of a page.
    pub fn bytes(&self, page: &Page, snapshot: &Snapshot) -> Result<Vec<u8>, Trouble> {
        let press = Press { world: &self.world, site_values: &self.site_values, assets: &self.assets };
        let bytes = match press.body(page).map_err(Trouble::Diag)? {
            page::Body::File(path) => return snapshot.read(&path).map_err(Trouble::Error),
            page::Body::Picture(path, width) => {
                return pictures::bytes(snapshot, &path, width, !self.no_cache);
            }
            page::Body::Bytes(bytes) => bytes,
        };
        Ok(if self.relative { relative_links(bytes, &page.path) } else { bytes })
    }
}

/// Why a page could not be made.
#[derive(Debug)]
pub enum Trouble {
    /// The author or the theme can mend it.
    Diag(Box<Diag>),
    /// The machine failed.
    Error(Error),
}

/// Replaces the stand-in for the site's root by the way there from a page, so that links work
/// from file://, where folders have no index.
fn relative_links(bytes: Vec<u8>, path: &str) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return bytes;
    };
    if !text.contains(RELATIVE) {
        return bytes;
    }
    let up = "../".repeat(path.matches('/').count());
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(RELATIVE);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| {
            matches!(c, '"' | '\'' | '#' | '?' | '<' | '>' | '&' | ')' | ',') || c.is_whitespace()
        });
        let (target, rest) = part.split_at(end.unwrap_or(part.len()));
        out.push_str(&up);
        out.push_str(target);
        if target.is_empty() || target.ends_with('/') {
            out.push_str("index.html");
        }
        out.push_str(rest);
    }
    out.into_bytes()
}

/// Whether a site may be written with these diags.
pub fn may_write(diags: &[Diag], deny_warnings: bool) -> bool {
    let is_denied = |diag: &Diag| deny_warnings && diag.severity == Severity::Warning;
    !has_error(diags) && !diags.iter().any(is_denied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_lead_to_files() {
        let page = format!("<a href=\"{RELATIVE}\">x</a> {RELATIVE}topics/a/#b {RELATIVE}x.css?y");
        let found = relative_links(page.into_bytes(), "stories/a/index.html");
        assert_eq!(
            String::from_utf8(found).unwrap(),
            "<a href=\"../../index.html\">x</a> ../../topics/a/index.html#b ../../x.css?y"
        );
    }

    #[test]
    fn fingerprints_change_with_the_bytes() {
        assert_ne!(fingerprinted("a.css", b"1"), fingerprinted("a.css", b"2"));
        assert!(fingerprinted("a.css", b"1").starts_with("/assets/a."));
    }
}
