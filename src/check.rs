//! `dateline check`: what is weak in a site that builds.
//!
//! In: a built site and its snapshot. Out: diags, severities not yet settled. Pure but for reading
//! the files that the diags are about. [`RULES`] is the one list; a rule looks at a story, an
//! outlet, the linked site, or at the pages as readers get them, and gives [`Finding`]s. What
//! reaches out to other servers is `probe`'s.

pub mod addresses;
mod copies;
mod crawl;
mod dates;
mod finding;
mod html;
mod links;
mod points;
mod ratings;
mod script;
mod sources;
mod wording;
mod written;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::build::{Built, Trouble};
use crate::content::outlet::Outlet;
use crate::content::story::Story;
use crate::coverage::{self, Coverage};
use crate::diag::{Code, Diag, Error};
use crate::site::{Entry, Site, StoryIx};
use crate::snapshot::Snapshot;
use crate::theme::{Theme, eject};

pub use crawl::Crawl;
pub use finding::{Finding, Place, located};

/// A rule: its code, and what it looks at.
pub struct Rule {
    /// The kind of problem that it finds.
    pub code: Code,
    look: Look,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
enum Look {
    Story(fn(&Case) -> Vec<Finding>),
    Outlet(fn(&Site, &Outlet) -> Vec<Finding>),
    Site(fn(&Site) -> Vec<Finding>),
    Theme(fn(&Theme) -> Vec<Diag>),
    Pages(fn(&Built, &Crawl) -> Vec<Finding>),
}

const fn rule(code: Code, look: Look) -> Rule {
    Rule { code, look }
}

/// Every rule.
pub const RULES: &[Rule] = &[
    rule(Code::UncitedPoint, Look::Story(points::uncited)),
    rule(Code::SingleSource, Look::Story(points::single_source)),
    rule(Code::QuoteWithoutSource, Look::Story(points::quote_without_source)),
    rule(Code::UnusedSource, Look::Story(sources::unused)),
    rule(Code::RepeatedUrl, Look::Story(sources::repeated_url)),
    rule(Code::UnknownOutlet, Look::Site(sources::unknown_outlet)),
    rule(Code::UnratedCoverage, Look::Story(sources::unrated)),
    rule(Code::UnprovenRating, Look::Outlet(ratings::unproven)),
    rule(Code::StaleRating, Look::Outlet(ratings::stale)),
    rule(Code::SuspectedCopy, Look::Story(copies::suspected)),
    rule(Code::PublishedLater, Look::Story(dates::published_later)),
    rule(Code::FutureDate, Look::Story(dates::in_future)),
    rule(Code::FutureDate, Look::Outlet(ratings::in_future)),
    rule(Code::LongSummary, Look::Story(wording::long_summary)),
    rule(Code::RepeatedTitle, Look::Site(wording::repeated_title)),
    rule(Code::LanguageScript, Look::Story(script::contradiction)),
    rule(Code::StaleTemplate, Look::Theme(eject::stale)),
    rule(Code::OrphanImage, Look::Pages(links::orphan_image)),
    rule(Code::DeadLink, Look::Pages(links::dead_link)),
    rule(Code::DeadAnchor, Look::Pages(links::dead_anchor)),
];

/// A story that a rule looks at.
pub struct Case<'s> {
    /// The site.
    pub site: &'s Site,
    /// Where it stands.
    pub entry: &'s Entry,
    /// The parsed file.
    pub story: &'s Story,
    /// Its numbers.
    pub coverage: Coverage,
}

impl<'s> Case<'s> {
    fn new(site: &'s Site, at: StoryIx) -> Case<'s> {
        let entry = site.story(at);
        let coverage = coverage::count(&entry.story, &site.registry, &site.rules, site.zone());
        Case { site, entry, story: &entry.story, coverage }
    }

    fn finding(&self, message: impl Into<String>) -> Finding {
        Finding::new(&self.story.path, message)
    }
}

/// What the rules find in what people wrote, before any page is made.
pub fn content(site: &Site) -> Vec<(Code, Finding)> {
    let of_story = |&at: &StoryIx| {
        let case = Case::new(site, at);
        let each = RULES.iter().filter_map(|rule| match rule.look {
            Look::Story(look) => Some((rule.code, look(&case))),
            Look::Outlet(_) | Look::Site(_) | Look::Theme(_) | Look::Pages(_) => None,
        });
        each.flat_map(coded).collect::<Vec<_>>()
    };
    let mut found: Vec<(Code, Finding)> = site.listed().par_iter().flat_map_iter(of_story).collect();
    for rule in RULES {
        match rule.look {
            Look::Outlet(look) => {
                let outlets = site.registry.list.iter();
                found.extend(coded((rule.code, outlets.flat_map(|outlet| look(site, outlet)).collect())));
            }
            Look::Site(look) => found.extend(coded((rule.code, look(site)))),
            Look::Story(_) | Look::Theme(_) | Look::Pages(_) => {}
        }
    }
    found
}

fn coded((code, found): (Code, Vec<Finding>)) -> impl Iterator<Item = (Code, Finding)> {
    found.into_iter().map(move |finding| (code, finding))
}

/// What the rules find in the site's own templates.
pub fn theme(theme: &Theme) -> Vec<Diag> {
    let found = RULES.iter().filter_map(|rule| match rule.look {
        Look::Theme(look) => Some(look(theme)),
        Look::Story(_) | Look::Outlet(_) | Look::Site(_) | Look::Pages(_) => None,
    });
    found.flatten().collect()
}

/// What the pages of a site have.
pub struct Looked {
    /// Where their links lead.
    pub crawl: Crawl,
    /// What the rules found in them.
    pub found: Vec<(Code, Finding)>,
    /// Templates that fail.
    pub troubles: Vec<Diag>,
}

/// Makes every page and lets the rules look at them.
pub fn pages(built: &Built, snapshot: &Snapshot) -> Result<Looked, Error> {
    let (crawl, failed) = crawl::crawl(built, snapshot);
    let mut troubles = Vec::new();
    for trouble in failed {
        match trouble {
            Trouble::Error(error) => return Err(error),
            Trouble::Diag(diag) => troubles.push(*diag),
        }
    }
    let found = RULES.iter().filter_map(|rule| match rule.look {
        Look::Pages(look) => Some((rule.code, look(built, &crawl))),
        Look::Story(_) | Look::Outlet(_) | Look::Site(_) | Look::Theme(_) => None,
    });
    let found = written::placed(found.flat_map(coded).collect(), built, snapshot);
    Ok(Looked { crawl, found, troubles })
}

/// Findings as diags, each at its place in its file.
pub fn diags(found: Vec<(Code, Finding)>, snapshot: &Snapshot) -> Vec<Diag> {
    let mut by_file: BTreeMap<String, Vec<(Code, Finding)>> = BTreeMap::new();
    for (code, finding) in found {
        by_file.entry(finding.path.clone()).or_default().push((code, finding));
    }
    let of_file = |(path, found): (String, Vec<(Code, Finding)>)| {
        // A file that cannot be read again has no places; what was found still holds.
        let bytes = snapshot.read(&path).unwrap_or_default();
        located(&path, &String::from_utf8_lossy(&bytes), found)
    };
    by_file.into_iter().flat_map(of_file).collect()
}
