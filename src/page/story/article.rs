//! The articles of a story: cards with their copies folded under them.

mod copies;
mod groups;

use std::sync::Arc;

use serde::Serialize;
use tera::Value;

use crate::content::axis::LevelIx;
use crate::content::story::{SourceIx, Story};
use crate::coverage::rating::Levels;
use crate::coverage::{Coverage, OutletIx, Publisher};
use crate::locale::{DateView, direction};
use crate::page::cite::{Prose, publisher_name};
use crate::page::world::{Html, Link, Words, World};

pub use copies::{CopiesView, copies_list};
pub use groups::{FilterView, HeadlineGroup, by_group, filters, headlines};

/// One article. A template looks at each of these for every article, and finds a key of a small map
/// faster, so what not every article has stands in `more`.
#[derive(Debug, Serialize)]
pub struct SourceView {
    n: u32,
    anchor: String,
    url: Option<String>,
    pub(in crate::page) title: Option<String>,
    excerpt: Option<Html>,
    outlet: Value,
    /// The outlet with its group, rendered; the template's none where it is not one of the site's. One that
    /// failed is left out instead, so that a page which shows it fails too.
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<Value>,
    published: Option<DateView>,
    /// Where it is not that of the story.
    lang: Option<LangView>,
    /// Of the main axis, if there is one.
    group: Option<Value>,
    levels: Value,
    more: Option<MoreView>,
    #[serde(skip)]
    at: SourceIx,
    #[serde(skip)]
    pub(in crate::page) outlet_name: String,
}

impl SourceView {
    /// The articles with the same text.
    fn copies(&self) -> &[SourceView] {
        self.more.as_ref().map_or(&[], |more| &more.copies)
    }
}

/// What not every article has.
#[derive(Debug, Serialize)]
struct MoreView {
    /// Whether there is anything beside copies.
    notes: bool,
    cited_by: Vec<CitedBy>,
    first: bool,
    author: Option<String>,
    paywall: bool,
    archive: Option<ArchiveView>,
    wire: Option<Link>,
    copy_of: Option<u32>,
    /// Those with the same text, of which this stands for all.
    copies: Vec<SourceView>,
}

/// A publisher that is not among the site's outlets.
#[derive(Serialize)]
struct Unlisted<'n> {
    id: Option<&'n str>,
    name: &'n str,
    url: Option<&'n str>,
    country: Option<&'n str>,
    logo: Option<&'n str>,
}

#[derive(Debug, Serialize)]
struct LangView {
    tag: String,
    name: String,
    dir: &'static str,
}

#[derive(Debug, Serialize)]
struct ArchiveView {
    url: String,
    date: Option<DateView>,
}

#[derive(Debug, Serialize)]
struct LevelOf {
    axis: String,
    level: Value,
    name: Value,
    class: Value,
}

#[derive(Debug, Clone, Serialize)]
struct CitedBy {
    anchor: String,
    n: usize,
}

/// An article, named.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRef {
    pub(in crate::page) anchor: String,
    pub(in crate::page) n: u32,
    pub(in crate::page) outlet_name: String,
    pub(in crate::page) title: Option<String>,
}

/// All articles: each report's own first, its copies inside, in file order.
pub fn articles(
    world: &World,
    words: &Words,
    prose: &Prose,
    story: &Story,
    coverage: &Coverage,
) -> Vec<SourceView> {
    let cited = cited_by(story);
    let maker = Maker { world, words, prose, story, coverage, cited: &cited };
    let mut copies: Vec<Vec<SourceView>> = story.sources.iter().map(|_| Vec::new()).collect();
    let mut order: Vec<SourceIx> = Vec::new();
    let mut seen = vec![false; story.sources.len()];
    for (at, facts) in coverage.sources.iter().enumerate() {
        if !seen[facts.report as usize] {
            seen[facts.report as usize] = true;
            order.push(facts.report);
        }
        if facts.report as usize != at {
            copies[facts.report as usize].push(maker.view(at as SourceIx, Vec::new()));
        }
    }
    let own = |at: SourceIx| maker.view(at, std::mem::take(&mut copies[at as usize]));
    order.into_iter().map(own).collect()
}

/// The points that cite each source.
fn cited_by(story: &Story) -> Vec<Vec<CitedBy>> {
    let mut cited = vec![Vec::new(); story.sources.len()];
    for (at, point) in story.points.iter().enumerate() {
        for &source in point.cites.iter().chain(&point.denied_by) {
            cited[source as usize].push(CitedBy { anchor: format!("point-{}", point.id), n: at + 1 });
        }
    }
    cited
}

struct Maker<'m> {
    world: &'m World,
    words: &'m Words,
    prose: &'m Prose<'m>,
    story: &'m Story,
    coverage: &'m Coverage,
    cited: &'m [Vec<CitedBy>],
}

impl Maker<'_> {
    fn view(&self, at: SourceIx, copies: Vec<SourceView>) -> SourceView {
        let Maker { world, words, prose, story, coverage, .. } = self;
        let source = &story.sources[at as usize];
        let facts = &coverage.sources[at as usize];
        let locale = &words.language.locale;
        let zone = world.site.zone();
        let known = match facts.publisher {
            Publisher::Known(outlet) => Some(outlet),
            Publisher::Host(_) | Publisher::Unnamed(_) => None,
        };
        let main = world.site.rules.axes.main;
        let group = main.and_then(|main| {
            let level = facts.levels[main]?;
            Some(world.site.rules.axes.list[main].group_of(level) as usize)
        });
        let main_groups = main.map(|main| &words.named[main]);
        let name = publisher_name(world, words, &facts.publisher);
        SourceView {
            at,
            n: at + 1,
            anchor: format!("source-{}", source.id()),
            url: source.url().map(str::to_owned),
            title: source.title().map(str::to_owned),
            excerpt: source.excerpt().map(|text| prose.inline(text)),
            byline: known.map_or(Some(Value::none()), |outlet| world.byline(words, outlet, group)),
            outlet: match known {
                Some(outlet) => world.chips[outlet as usize].clone(),
                None => Value::from_serializable(&Unlisted {
                    name,
                    id: None,
                    url: None,
                    country: None,
                    logo: None,
                }),
            },
            outlet_name: name.to_owned(),
            published: source.published.map(|when| locale.date(when, zone)),
            lang: source.lang().filter(|lang| *lang != world.site.lang(story)).map(|tag| LangView {
                tag: tag.to_owned(),
                name: locale.language(tag).to_owned(),
                dir: direction(tag),
            }),
            group: main_groups.map(|names| match group {
                Some(group) => names.groups[group].all.clone(),
                None => names.unrated.clone(),
            }),
            levels: self.levels(at),
            more: self.more(at, known, copies),
        }
    }

    /// What not every article has; none where there is nothing of it.
    fn more(&self, at: SourceIx, known: Option<OutletIx>, copies: Vec<SourceView>) -> Option<MoreView> {
        let Maker { world, words, coverage, cited, .. } = self;
        let source = &self.story.sources[at as usize];
        let more = source.more.as_deref();
        let outlet_paywall = known.is_some_and(|outlet| world.site.registry.outlet(outlet).paywall);
        let date = |when| words.language.locale.date(when, world.site.zone());
        let archive = more.and_then(|more| more.archive.as_ref());
        let mut view = MoreView {
            notes: false,
            cited_by: cited[at as usize].clone(),
            first: coverage.first.is_some_and(|first| first.source == at),
            author: more.and_then(|more| more.author.as_deref()).map(str::to_owned),
            paywall: more.and_then(|more| more.paywall).unwrap_or(outlet_paywall),
            archive: archive
                .map(|archive| ArchiveView { url: archive.url.to_string(), date: archive.date.map(date) }),
            wire: source.wire().and_then(|wire| wire_link(world, wire.value)),
            copy_of: source.copy_of.map(|original| original + 1),
            copies,
        };
        let MoreView { cited_by, first, author, paywall, archive, wire, copy_of, .. } = &view;
        view.notes = !cited_by.is_empty()
            || *first
            || *paywall
            || author.is_some()
            || archive.is_some()
            || wire.is_some()
            || copy_of.is_some();
        (view.notes || !view.copies.is_empty()).then_some(view)
    }

    fn levels(&self, at: SourceIx) -> Value {
        let facts = &self.coverage.sources[at as usize];
        if let (Publisher::Known(outlet), true) =
            (&facts.publisher, std::ptr::eq(self.words, &*self.world.own))
            && let Some((known, value)) = self.world.levels.get(*outlet as usize)
            && Arc::ptr_eq(known, &facts.levels)
        {
            return value.clone();
        }
        levels(self.world, self.words, &facts.levels)
    }
}

/// The levels of a source on every axis that has one.
fn levels(world: &World, words: &Words, levels: &[Option<LevelIx>]) -> Value {
    let of = |(axis, level): (usize, &Option<LevelIx>)| {
        let named = &words.named[axis].levels[(*level)? as usize];
        Some(LevelOf {
            axis: world.site.rules.axes.list[axis].id.to_string(),
            level: named.id.clone(),
            name: named.name.clone(),
            class: named.class.clone(),
        })
    };
    Value::from_serializable(&levels.iter().enumerate().filter_map(of).collect::<Vec<_>>())
}

/// The levels that each outlet has today, in the site's own words: most sources have the same.
pub fn todays_levels(world: &World) -> Vec<(Levels, Value)> {
    let site = &world.site;
    let of = |at| {
        let known = site.registry.shared_levels(at, site.today()).unwrap_or_else(|| Arc::from([]));
        let value = levels(world, &world.own, &known);
        (known, value)
    };
    (0..site.registry.list.len() as OutletIx).map(of).collect()
}

fn wire_link(world: &World, id: &str) -> Option<Link> {
    let outlet = world.site.registry.find(id)?;
    let name = world.site.registry.outlet(outlet).name.to_string();
    Some(Link { name, url: world.href(&world.outlet_path(outlet)) })
}

/// An article, named.
pub fn source_ref(
    world: &World,
    words: &Words,
    story: &Story,
    coverage: &Coverage,
    at: SourceIx,
) -> SourceRef {
    let source = &story.sources[at as usize];
    SourceRef {
        anchor: format!("source-{}", source.id()),
        n: at + 1,
        outlet_name: publisher_name(world, words, &coverage.sources[at as usize].publisher).to_owned(),
        title: source.title().map(str::to_owned),
    }
}
