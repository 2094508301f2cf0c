//! Looks at the files and builds the site if any has changed; keeps what the next look can use.

mod seen;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;

use super::answer::decoded;
use super::shown::{Good, State, Swap};
use super::{Report, Settings};
use crate::build::{self, Built, Memo, Timings, Trouble};
use crate::diag::{Diag, Error, Severity, has_error};
use crate::page::{Kind, Page};
use crate::snapshot::{self, Snapshot};
use seen::Seen;

/// Problems that browsers are shown; the terminal has all.
const PROBLEMS: usize = 20;
/// A file that goes between being listed and being read has the look begin anew.
const TRIES: usize = 5;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Builds the site, again and again.
pub struct Keeper {
    settings: Settings,
    memo: Memo,
    seen: Option<Seen>,
    is_forgetful: bool,
    was_good: bool,
    linked: Vec<PathBuf>,
    scan_took: Duration,
    home: String,
    run: u128,
    count: u64,
}

/// What a look has found. It counts for nothing until it is accepted: where files changed while it
/// was at work, the next look finds all that this one did.
pub struct Found {
    seen: Seen,
    linked: Vec<PathBuf>,
    home: Option<String>,
    look: Look,
}

/// What has become of the site.
pub enum Look {
    /// Nothing has changed.
    Same,
    /// It was built.
    Good {
        /// What to show.
        state: Box<State>,
        /// What to say.
        report: Report,
    },
    /// It has errors.
    Broken {
        /// What browsers are shown.
        problems: String,
        /// What to say.
        report: Report,
    },
}

impl Keeper {
    /// Nothing is built yet. `origin` is the scheme and host of the preview.
    pub fn new(mut settings: Settings, origin: String) -> Keeper {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let home = format!("{origin}/");
        settings.options.origin = Some(origin);
        Keeper {
            settings,
            memo: Memo::default(),
            seen: None,
            is_forgetful: false,
            was_good: false,
            linked: Vec::new(),
            scan_took: Duration::ZERO,
            home,
            run: since.map_or(0, |since| since.as_millis()),
            count: 0,
        }
    }

    /// The address of the home page.
    pub fn home(&self) -> String {
        self.home.clone()
    }

    /// Where links among the files lead.
    pub fn linked(&self) -> &[PathBuf] {
        &self.linked
    }

    /// How long listing the files took.
    pub fn scan_took(&self) -> Duration {
        self.scan_took
    }

    /// Has the next look read everything.
    pub fn forget(&mut self) {
        self.is_forgetful = true;
    }

    /// Looks at the files. `before` is what is shown, `tabs` the paths that browsers are at;
    /// `is_over` says that the files have changed since, so that nobody needs the result: `None`.
    pub fn look(
        &mut self,
        before: Option<&Good>,
        tabs: &[&str],
        is_over: &dyn Fn() -> bool,
    ) -> Result<Option<Found>, Error> {
        if std::mem::take(&mut self.is_forgetful) {
            self.memo = Memo::default();
            self.seen = None;
        }
        let mut tries = 1;
        loop {
            match self.look_once(before, tabs, is_over) {
                Err(Error::Read(..)) if is_over() => return Ok(None),
                Err(Error::Read(..)) if tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(BETWEEN_TRIES);
                }
                other => return other,
            }
        }
    }

    /// Takes what was found for what is so.
    pub fn accept(&mut self, found: Found) -> Look {
        let Found { seen, linked, home, look } = found;
        self.seen = Some(seen);
        self.linked = linked;
        self.home = home.unwrap_or_else(|| self.home());
        self.was_good = match look {
            Look::Same => self.was_good,
            Look::Good { .. } => true,
            Look::Broken { .. } => false,
        };
        look
    }

    fn look_once(
        &mut self,
        before: Option<&Good>,
        tabs: &[&str],
        is_over: &dyn Fn() -> bool,
    ) -> Result<Option<Found>, Error> {
        let started = Instant::now();
        let now = (self.settings.now)(self.settings.written_now.as_deref())?;
        let (snapshot, mut diags) = snapshot::take(&self.settings.root, &self.settings.config, now)?;
        self.scan_took = started.elapsed();
        if is_over() {
            return Ok(None);
        }
        let (seen, changed) = Seen::of(&snapshot, self.seen.as_ref())?;
        let linked = snapshot.linked.clone();
        if self.seen.is_some() && changed.is_empty() {
            return Ok(Some(Found { seen, linked, home: None, look: Look::Same }));
        }
        let mut timings = Timings::default();
        let outcome = build::run_again(&snapshot, &self.settings.options, &mut self.memo, &mut timings)?;
        if is_over() {
            return Ok(None);
        }
        diags.extend(outcome.diags);
        let home = outcome.config.base_url;
        let built = outcome.built.filter(|_| build::may_write(&diags, false));
        let good = built.map(|built| self.good(snapshot, built));
        let good = good.filter(|good| {
            diags.extend(trials(good, tabs, &changed));
            !has_error(&diags)
        });
        let report = Report {
            changed,
            is_good: good.is_some(),
            took: started.elapsed(),
            url: home.clone(),
            stories: 0,
            pages: 0,
            diags,
        };
        let look = self.judged(good, report, before, tabs);
        Ok(Some(Found { seen, linked, home: Some(home), look }))
    }

    fn good(&mut self, snapshot: Snapshot, built: Built) -> Good {
        self.count += 1;
        let version = format!("{:x}-{}", self.run, self.count);
        Good { snapshot, built, version, index: OnceLock::new() }
    }

    fn judged(&self, good: Option<Good>, mut report: Report, before: Option<&Good>, tabs: &[&str]) -> Look {
        let Some(good) = good else {
            return Look::Broken { problems: self.problems(&report.diags), report };
        };
        report.stories = good.built.world.site.stories().len();
        report.pages = good.built.pages.len();
        if let Some(url) = url_of(&good, &report.changed) {
            report.url = url;
        }
        let swap = before.filter(|_| self.was_good).and_then(|before| swap(before, &good, &report.changed));
        let moved = before.map(|before| moved(before, &good, tabs)).unwrap_or_default();
        Look::Good { state: Box::new(State { good, swap, moved }), report }
    }

    fn problems(&self, diags: &[Diag]) -> String {
        let errors = || diags.iter().filter(|diag| diag.severity == Severity::Error);
        let mut text: String =
            errors().take(PROBLEMS).map(|diag| (self.settings.describe)(diag) + "\n").collect();
        let more = errors().count().saturating_sub(PROBLEMS);
        if more > 0 {
            text.push_str(&format!("… and {more} more\n"));
        }
        text
    }
}

/// What is wrong with pages that browsers look at and, where a theme may have changed, with one
/// page of every kind: found by rendering them before they are shown.
fn trials(good: &Good, tabs: &[&str], changed: &[String]) -> Vec<Diag> {
    let looked_at = tabs.iter().filter_map(|tab| good.page_at(&decoded(tab)?));
    let mut pages: Vec<&Page> = looked_at.collect();
    let is_theme = |path: &String| path.starts_with("templates/") || path.starts_with("themes/");
    if changed.is_empty() || changed.iter().any(is_theme) {
        let mut seen = HashSet::new();
        let kinds = good.built.pages.iter().filter(|page| page.kind.has_template());
        pages.extend(kinds.filter(|page| seen.insert(std::mem::discriminant(&page.kind))));
    }
    let trial = |page: &&Page| match good.bytes(page) {
        Err(Trouble::Diag(diag)) => Some(*diag),
        Ok(_) | Err(Trouble::Error(_)) => None,
    };
    pages.par_iter().filter_map(trial).collect()
}

/// The address of the first changed file that has a page of its own.
fn url_of(good: &Good, changed: &[String]) -> Option<String> {
    let world = &good.built.world;
    let page = changed.iter().find_map(|path| good.built.pages.iter().find(|page| page.source == *path))?;
    let path = page.path.strip_suffix("index.html").unwrap_or(&page.path);
    Some(world.permalink(&format!("/{path}")))
}

/// The style sheets to swap, if nothing but style sheets has changed.
fn swap(before: &Good, good: &Good, changed: &[String]) -> Option<Swap> {
    let mut files = BTreeMap::new();
    let href = |good: &Good, url: &str| good.built.world.href(url);
    for path in changed {
        if !path.ends_with(".css") {
            return None;
        }
        if let Some(inner) = path.strip_prefix("static/") {
            let old = href(before, &format!("/{inner}"));
            good.find(inner)?;
            files.insert(old.clone(), format!("{old}?{}", good.version));
        } else if let Some((_, inner)) =
            path.strip_prefix("themes/").and_then(|path| path.split_once("/static/"))
        {
            let old = before.built.world.assets.get(inner)?;
            let new = good.built.world.assets.get(inner)?;
            files.insert(href(before, old), href(good, new));
        } else {
            return None;
        }
    }
    Some(Swap { from: before.version.clone(), files })
}

/// Where stories have gone that browsers look at: a renamed file has the same bytes.
fn moved(before: &Good, good: &Good, tabs: &[&str]) -> BTreeMap<String, String> {
    let target = |tab: &str| {
        let url = decoded(tab)?;
        let Kind::Story(at) = before.page_at(&url)?.kind else {
            return None;
        };
        if good.page_at(&url).is_some() {
            return None;
        }
        let digest = before.built.world.site.story(at).story.digest;
        let world = &good.built.world;
        let found = world.site.stories().iter().find(|entry| entry.story.digest == digest)?;
        Some(world.href(&found.url))
    };
    tabs.iter().filter_map(|tab| Some(((*tab).to_owned(), target(tab)?))).collect()
}
