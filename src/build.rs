//! The pipeline: read, parse, link, plan; then bytes of any page on demand.
//!
//! In: a snapshot and options. Out: a [`Site`] that is ready to be asked for pages, or diags.
//! Build and preview share it: the one asks for every page, the other for one.

pub mod ledger;
mod limits;
mod lints;
pub mod load;
mod memo;
mod pictures;
mod relative;
pub mod search;
mod site_view;
mod words;
mod world;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tera::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::content::config::Config;
use crate::diag::{Diag, Error, Severity, has_error};
use crate::locale::Locale;
use crate::page::world::{Picture, World, href};
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
    pub pages: Arc<Vec<Page>>,
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
    let (mut config, digest, mut diags) = timings.stage("configuration", || load::config(snapshot))?;
    if let Some(base) = &options.base_url {
        config.base_url = crate::content::config::normal_base_url(base)
            .map_err(|reason| Error::Usage(format!("--base-url: `{base}` {reason}")))?;
    }
    if let Some(origin) = &options.origin {
        config.base_url = format!("{origin}{}", config.base_path());
    }
    let (theme, found) = timings.stage("theme", || load::theme(snapshot, (&config, digest), memo))?;
    diags.extend(found);
    let selection = Selection { filter: options.filter, now: snapshot.now };
    let (parsed, found) = timings.stage("parse", || load::content(snapshot, &config, memo))?;
    diags.extend(found);
    let lints = Lints::of(&config, &parsed);
    let (site, found, until) = timings.stage("link", || {
        site::link_again(config.clone(), parsed.registry, parsed.parts, selection, &mut memo.links)
    });
    diags.extend(found);
    let (built, found) = timings.stage("plan", || plan((site, digest), &theme, snapshot, options, memo));
    diags.extend(found);
    diags.extend(timings.stage("mail", || limits::long_mails(&built, snapshot)));
    diags.extend(limits::large_output(&built, snapshot));
    let diags = load::with_texts(lints.settled(diags), snapshot);
    Ok(Outcome { built: Some(built), diags, config, theme, lints, until })
}

fn plan(
    (site, config): (Site, u128),
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
    let base = if options.relative { relative::ROOT.to_owned() } else { site.config.base_path().to_owned() };
    let copies = copies(snapshot, &pictures);
    let urls: BTreeMap<String, String> =
        assets.iter().map(|(name, bytes)| (name.clone(), fingerprinted(name, bytes))).collect();
    let hrefs = urls.iter().map(|(name, url)| (name.clone(), href(&base, url))).collect();
    let key = RendererKey { digest: theme.digest, languages: words.keys().cloned().collect(), hrefs };
    let (renderer, found) = renderer(theme, key, memo);
    diags.extend(found);
    let world = world::of(site, words, urls, (pictures, renderer), base);
    let (pages, found) = page::plan(&world, &copies, config, &mut memo.pages);
    diags.extend(found);
    let site_values = site_view::values(&world, &theme.options);
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

impl Built {
    /// What the search knows of every story; `None` where there is no search. [`search::files`]
    /// makes the index of it, apart from the pages, so that a preview can show them before.
    pub fn search_records(&self) -> Option<Vec<page::search::Record>> {
        self.world.site.config.search.then(|| search::records(&self.world))
    }

    /// Makes a page that is large piece by piece. Of any other page there is none, nor where links have to be
    /// made relative, for which a page must be whole; it is to be had by [`Built::bytes`].
    pub fn pieces(&self, page: &Page, sink: &mut page::Sink) {
        if let page::Kind::Machine(file) = &page.kind
            && !self.relative
        {
            page::pieces(&self.world, file, sink);
        }
    }

    /// The bytes of a page.
    pub fn bytes(&self, page: &Page, snapshot: &Snapshot) -> Result<Vec<u8>, Trouble> {
        let press = Press { world: &self.world, site_values: &self.site_values, assets: &self.assets };
        let bytes = match press.body(page).map_err(Trouble::Diag)? {
            page::Body::File(path) => return snapshot.read(&path).map_err(Trouble::Error),
            page::Body::Picture(path, width) => {
                return pictures::bytes(snapshot, &path, width, !self.no_cache);
            }
            page::Body::Card(drawing) => return Ok(pictures::card(snapshot, &drawing, !self.no_cache)),
            page::Body::Bytes(bytes) => bytes,
        };
        Ok(if self.relative { relative::links(bytes, &page.path) } else { bytes })
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

/// Whether a site may be written with these diags.
pub fn may_write(diags: &[Diag], deny_warnings: bool) -> bool {
    let is_denied = |diag: &Diag| deny_warnings && diag.severity == Severity::Warning;
    !has_error(diags) && !diags.iter().any(is_denied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_change_with_the_bytes() {
        assert_ne!(fingerprinted("a.css", b"1"), fingerprinted("a.css", b"2"));
        assert!(fingerprinted("a.css", b"1").starts_with("/assets/a."));
    }
}
