//! The whole site as tables: `/data/*.csv`, and `sources.csv` of a story.

use super::Sink;
use super::csv::Table;
use crate::content::axis::Axis;
use crate::content::outlet::{Outlet, Rating};
use crate::content::story::{RevisionKind, Source, SourceIx, Story};
use crate::coverage::{self, Coverage, OutletIx, Publisher, SourceFacts};
use crate::markdown;
use crate::page::cite::publisher_name;
use crate::page::story::{Counted, counted};
use crate::page::world::World;
use crate::site::{StoryIx, reads};

fn own(text: &Option<Box<str>>) -> String {
    text.as_deref().unwrap_or_default().to_owned()
}

fn yes(value: bool) -> String {
    if value { "yes".to_owned() } else { String::new() }
}

/// All stories but the withdrawn, newest first, with their numbers: of every axis the outlets in
/// each group, and those without a level.
pub fn stories(world: &World, sink: &mut Sink) {
    let mut columns: Vec<String> = [
        "id",
        "url",
        "title",
        "slug",
        "date",
        "updated",
        "place",
        "lang",
        "topics",
        "summary",
        "articles",
        "outlets",
        "reports",
        "blindspot",
        "rated_reports",
        "first",
        "corrections",
    ]
    .map(str::to_owned)
    .into();
    for axis in &world.site.rules.axes.list {
        columns.extend(axis.groups.iter().map(|group| format!("{}_{}", axis.id, group.id)));
        columns.push(format!("{}_unrated", axis.id));
    }
    sink(Table::new(&columns).so_far());
    let row = |&at: &StoryIx| {
        let mut table = Table::default();
        table.row(&story_row(world, at));
        table
    };
    rows(world, row, sink);
}

/// Rows of every listed story, some stories at a time.
fn rows(world: &World, of: impl Fn(&StoryIx) -> Table + Sync, sink: &mut Sink) {
    for stories in world.site.listed().chunks(AT_A_TIME) {
        reads::in_parallel(stories, &of).iter().for_each(|table| sink(table.so_far()));
    }
}

fn story_row(world: &World, at: StoryIx) -> Vec<String> {
    let Counted { entry, coverage, .. } = counted(world, at);
    let story = &entry.story;
    let zone = world.site.zone();
    let topics: Vec<&str> = entry.topics.iter().map(|&topic| &*world.site.topic(topic).name).collect();
    let blindspot = coverage.blindspot.as_ref().zip(world.site.rules.axes.main());
    let rated_reports = world.site.rules.axes.main.map(|main| coverage.axes[main].reports.rated);
    let corrections = story.revisions.iter().filter(|one| one.kind == RevisionKind::Correction).count();
    let mut row = vec![
        story.id.as_deref().unwrap_or(story.slug.as_str()).to_owned(),
        world.permalink(&entry.url),
        story.title.value.to_string(),
        story.slug.as_str().to_owned(),
        story.date.iso(zone),
        story.updated.map(|when| when.iso(zone)).unwrap_or_default(),
        own(&story.place),
        world.site.lang(story).to_owned(),
        topics.join("; "),
        story.summary.as_deref().map(markdown::plain).unwrap_or_default(),
        coverage.articles.to_string(),
        coverage.outlets.to_string(),
        coverage.reports.to_string(),
        blindspot.map_or_else(String::new, |(spot, axis)| axis.groups[spot.group as usize].id.to_string()),
        rated_reports.map_or_else(String::new, |rated| rated.to_string()),
        coverage.first.map_or_else(String::new, |first| publisher_id(world, &coverage, first.source)),
        corrections.to_string(),
    ];
    for axis in &coverage.axes {
        row.extend(axis.outlets.groups.iter().map(|share| share.count.to_string()));
        row.push(axis.outlets.unrated.to_string());
    }
    row
}

/// The id of the outlet of a source, or the host that names it.
fn publisher_id(world: &World, coverage: &Coverage, at: SourceIx) -> String {
    match &coverage.sources[at as usize].publisher {
        Publisher::Known(outlet) => world.site.registry.outlet(*outlet).id.as_str().to_owned(),
        Publisher::Host(host) => host.to_string(),
        Publisher::Unnamed(_) => String::new(),
    }
}

/// The columns of a table of sources, after that of the story.
fn source_columns(world: &World, first: &[&str]) -> Vec<String> {
    let fixed = [
        "id",
        "outlet_id",
        "outlet",
        "url",
        "title",
        "published",
        "author",
        "lang",
        "paywall",
        "copy_of",
        "wire",
        "report",
        "archive_url",
    ];
    let axes = world.site.rules.axes.list.iter().map(|axis| format!("level_{}", axis.id));
    first.iter().chain(&fixed).map(|name| (*name).to_owned()).chain(axes).collect()
}

/// Stories whose rows are made at a time.
const AT_A_TIME: usize = 256;

/// All sources of all stories but the withdrawn.
pub fn sources(world: &World, sink: &mut Sink) {
    sink(Table::new(&source_columns(world, &["story", "story_url"])).so_far());
    let of = |&at: &StoryIx| {
        let entry = world.site.story(at);
        let id = entry.story.id.as_deref().unwrap_or(entry.story.slug.as_str());
        let mut table = Table::default();
        source_rows(world, at, &[id, &world.permalink(&entry.url)], &mut table);
        table
    };
    rows(world, of, sink);
}

/// The sources of a story.
pub fn story_sources(world: &World, at: StoryIx) -> Vec<u8> {
    let mut table = Table::new(&source_columns(world, &[]));
    source_rows(world, at, &[], &mut table);
    table.bytes()
}

fn source_rows(world: &World, at: StoryIx, first: &[&str], table: &mut Table) {
    let site = &world.site;
    let story = &site.story(at).story;
    let facts = coverage::facts(story, &site.registry, &site.rules, site.zone());
    for (source, facts) in story.sources.iter().zip(&facts) {
        first.iter().for_each(|cell| table.cell(cell));
        source_row(world, story, (source, facts), table);
        table.end();
    }
}

fn source_row(world: &World, story: &Story, (source, facts): (&Source, &SourceFacts), row: &mut Table) {
    let more = source.more.as_deref();
    let words = world.words(world.site.lang(story));
    let known = match facts.publisher {
        Publisher::Known(outlet) => Some(world.site.registry.outlet(outlet)),
        Publisher::Host(_) | Publisher::Unnamed(_) => None,
    };
    let paywall = more.and_then(|more| more.paywall).or(known.map(|outlet| outlet.paywall));
    let id_of = |at: u32| story.sources[at as usize].id();
    row.cell(source.id());
    row.cell(known.map_or("", |outlet| outlet.id.as_str()));
    row.cell(publisher_name(world, words, &facts.publisher));
    row.cell(source.url().unwrap_or_default());
    row.cell(source.title().unwrap_or_default());
    row.cell(&source.published.map(|when| when.iso(world.site.zone())).unwrap_or_default());
    row.cell(more.and_then(|more| more.author.as_deref()).unwrap_or_default());
    row.cell(source.lang().unwrap_or(world.site.lang(story)));
    row.cell(if paywall.unwrap_or(false) { "yes" } else { "" });
    row.cell(source.copy_of.map_or("", id_of));
    row.cell(source.wire().map_or("", |wire| wire.value));
    row.cell(id_of(facts.report));
    row.cell(more.and_then(|more| more.archive.as_ref()).map_or("", |archive| &archive.url));
    for (axis, level) in world.site.rules.axes.list.iter().zip(&*facts.levels) {
        row.cell(level.map_or("", |level| &axis.levels[level as usize].id));
    }
}

fn level_id(axis: &Axis, level: Option<u8>) -> String {
    level.map(|level| axis.levels[level as usize].id.to_string()).unwrap_or_default()
}

/// All outlets, one row a rating (one without, where there is none), with the rater and the licence
/// of what it says.
pub fn outlets(world: &World) -> Vec<u8> {
    let fixed = [
        "id",
        "name",
        "domains",
        "url",
        "country",
        "language",
        "scope",
        "owner",
        "parent",
        "founded",
        "wire",
        "paywall",
        "stories",
        "axis",
        "level",
        "label",
        "rater",
        "rater_name",
        "rater_url",
        "license",
        "date",
        "until",
        "rating_url",
        "note",
    ];
    let axes = world.site.rules.axes.list.iter().map(|axis| format!("today_{}", axis.id));
    let columns: Vec<String> = fixed.map(str::to_owned).into_iter().chain(axes).collect();
    let mut table = Table::new(&columns);
    for (at, outlet) in world.site.registry.list.iter().enumerate() {
        let (facts, today) = outlet_facts(world, at as OutletIx, outlet);
        let ratings = outlet.ratings.iter().map(|rating| rating_cells(world, rating));
        let mut ratings: Vec<[String; 11]> = ratings.collect();
        if ratings.is_empty() {
            ratings.push(Default::default());
        }
        for rating in ratings {
            let row: Vec<&String> = facts.iter().chain(&rating).chain(&today).collect();
            table.row(&row);
        }
    }
    table.bytes()
}

/// What stands in every row of an outlet: before its rating and after it.
fn outlet_facts(world: &World, at: OutletIx, outlet: &Outlet) -> (Vec<String>, Vec<String>) {
    let domains: Vec<&str> = outlet.domains.iter().map(|(domain, _)| &**domain).collect();
    let facts = vec![
        outlet.id.as_str().to_owned(),
        outlet.name.to_string(),
        domains.join(" "),
        own(&outlet.url),
        own(&outlet.country),
        own(&outlet.language),
        outlet.scope.map_or("", |scope| scope.name()).to_owned(),
        own(&outlet.owner),
        own(&outlet.parent),
        outlet.founded.map(|year| year.to_string()).unwrap_or_default(),
        yes(outlet.wire),
        yes(outlet.paywall),
        world.site.of_outlet(at).len().to_string(),
    ];
    let levels = world.site.registry.levels(at, world.site.today());
    let axes = world.site.rules.axes.list.iter().enumerate();
    let today = axes.map(|(axis_at, axis)| level_id(axis, levels.get(axis_at).copied().flatten()));
    (facts, today.collect())
}

fn rating_cells(world: &World, rating: &Rating) -> [String; 11] {
    let axis = &world.site.rules.axes.list[rating.axis];
    let rater = rating.rater.map(|at| &axis.raters[at]);
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let of_rater = |text: Option<&Box<str>>| text.map(|text| text.to_string()).unwrap_or_default();
    let license = rating.license.as_ref().or(rater.and_then(|rater| rater.license.as_ref()));
    [
        axis.id.to_string(),
        level_id(axis, Some(rating.level)),
        own(&rating.label),
        of_rater(rater.map(|rater| &rater.id)),
        rater.map_or_else(|| world.own.text("this_site").to_owned(), |rater| rater.name.to_string()),
        of_rater(rater.and_then(|rater| rater.url.as_ref())),
        of_rater(license),
        date(rating.date),
        date(rating.until),
        own(&rating.url),
        own(&rating.note),
    ]
}
