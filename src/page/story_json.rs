//! `story.json`: a story as data (spec section 5). Every number that the page shows is in it.

use schemars::JsonSchema;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::story::Counted;
use super::world::World;
use crate::content::story::SourceIx;
use crate::coverage::{AxisCoverage, Blindspot, Distribution, Publisher};
use crate::markdown;

/// Keys and values in their own order.
#[derive(Debug)]
pub struct Ordered<V>(pub Vec<(String, V)>);

impl<V: Serialize> Serialize for Ordered<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

impl<V: JsonSchema> JsonSchema for Ordered<V> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("MapOf{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        <std::collections::BTreeMap<String, V>>::json_schema(generator)
    }
}

/// A story as data.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StoryJson {
    /// Version of this format.
    schema: u32,
    /// Stable identity: `id` of the story file, else the slug.
    id: String,
    /// Absolute URL of the story's page.
    url: String,
    /// Headline.
    title: String,
    /// The part of the URL that names the story.
    slug: String,
    /// RFC 3339 date, or date and time in UTC.
    date: String,
    /// RFC 3339, when the story was last brought up to date.
    updated: Option<String>,
    /// The place of the dateline.
    place: Option<String>,
    /// One paragraph, plain text.
    summary: Option<String>,
    /// Names of topics.
    topics: Vec<String>,
    /// BCP 47 tag.
    lang: String,
    /// Key points.
    points: Vec<PointJson>,
    /// Articles, in file order.
    sources: Vec<SourceJson>,
    /// All numbers.
    coverage: CoverageJson,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PointJson {
    /// Unique in the story.
    id: String,
    /// Plain text.
    text: String,
    /// Ids of the sources that say so.
    cites: Vec<String>,
    /// Ids of the sources that deny it.
    denied_by: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SourceJson {
    /// Unique in the story.
    id: String,
    /// The outlet, if the site knows it.
    outlet: Option<OutletJson>,
    /// Address of the article.
    url: Option<String>,
    /// Its headline.
    title: Option<String>,
    /// Its lead, plain text.
    excerpt: Option<String>,
    /// RFC 3339.
    published: Option<String>,
    /// BCP 47 tag, if it is not the story's.
    lang: Option<String>,
    /// Id of the source whose text it republishes.
    copy_of: Option<String>,
    /// Id of the agency whose text it is.
    wire: Option<String>,
    /// Id of the source that stands for its report.
    report: String,
    /// Level of its outlet on every axis at the date of the story.
    levels: Ordered<Option<String>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OutletJson {
    id: String,
    name: String,
}

/// The numbers of a story.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CoverageJson {
    /// Sources listed.
    articles: u32,
    /// Distinct outlets among them.
    outlets: u32,
    /// Independent reports.
    reports: u32,
    /// RFC 3339: the latest publication of all sources.
    updated: Option<String>,
    /// The earliest source that has a time.
    first: Option<FirstJson>,
    /// Every axis, by its id.
    axes: Ordered<AxisJson>,
    /// The group that under-reports, if there is one.
    blindspot: Option<BlindspotJson>,
    /// Key points × groups of the main axis, in outlets.
    matrix: Vec<MatrixJson>,
    /// Totals that somebody else counted.
    reported: Option<ReportedJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FirstJson {
    /// Id of the source.
    source: String,
    /// RFC 3339.
    published: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct AxisJson {
    outlets: DistributionJson,
    articles: DistributionJson,
    reports: DistributionJson,
}

#[derive(Debug, Serialize, JsonSchema)]
struct DistributionJson {
    /// How many have a level.
    rated: u32,
    /// How many have none.
    unrated: u32,
    /// Every level, in the axis's order.
    levels: Vec<LevelJson>,
    /// Every group; the levels where the axis has no groups.
    groups: Vec<GroupJson>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LevelJson {
    id: String,
    name: String,
    count: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct GroupJson {
    id: String,
    name: String,
    count: u32,
    /// Whole per cent of the rated; null where too few are rated.
    percent: Option<u32>,
    /// Least possible share of all, whole per cent.
    low: Option<u32>,
    /// Greatest possible share of all, whole per cent.
    high: Option<u32>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct BlindspotJson {
    /// The group that under-reports.
    group: String,
    /// Its share of rated reports, whole per cent.
    share: u32,
    /// The group at the other end.
    opposite: String,
    /// Its share, whole per cent.
    opposite_share: u32,
    /// Rated reports.
    rated: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MatrixJson {
    /// Id of the point.
    point: String,
    /// Cited outlets by group of the main axis.
    groups: Ordered<u32>,
    /// Cited outlets without a level.
    unrated: u32,
    /// Outlets that deny it.
    denied: u32,
    /// Cited outlets in all.
    outlets: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
struct ReportedJson {
    by: String,
    url: Option<String>,
    date: Option<String>,
    articles: Option<u64>,
    /// Axis, then group, then whole per cent.
    axes: Ordered<Ordered<u8>>,
}

/// A story as data.
pub fn view(world: &World, counted: &Counted) -> StoryJson {
    let story = &counted.entry.story;
    let zone = world.site.zone();
    let plain = |text: &Option<Box<str>>| text.as_deref().map(markdown::plain);
    let ids = |list: &[SourceIx]| list.iter().map(|&at| story.sources[at as usize].id().to_owned()).collect();
    let point = |point: &crate::content::story::Point| PointJson {
        id: point.id.to_string(),
        text: markdown::plain(&point.text),
        cites: ids(&point.cites),
        denied_by: ids(&point.denied_by),
    };
    let topic = |&topic: &u32| world.site.topic(topic).name.to_string();
    StoryJson {
        schema: 1,
        id: story.id.as_deref().unwrap_or(story.slug.as_str()).to_owned(),
        url: world.permalink(&counted.entry.url),
        title: story.title.value.to_string(),
        slug: story.slug.as_str().to_owned(),
        date: story.date.iso(zone),
        updated: story.updated.map(|when| when.iso(zone)),
        place: story.place.as_deref().map(str::to_owned),
        summary: plain(&story.summary),
        topics: counted.entry.topics.iter().map(topic).collect(),
        lang: world.site.lang(story).to_owned(),
        points: story.points.iter().map(point).collect(),
        sources: (0..story.sources.len()).map(|at| source(world, counted, at)).collect(),
        coverage: coverage(world, counted),
    }
}

fn source(world: &World, counted: &Counted, at: usize) -> SourceJson {
    let story = &counted.entry.story;
    let source = &story.sources[at];
    let facts = &counted.coverage.sources[at];
    let outlet = match facts.publisher {
        Publisher::Known(outlet) => {
            let outlet = world.site.registry.outlet(outlet);
            Some(OutletJson { id: outlet.id.as_str().to_owned(), name: outlet.name.to_string() })
        }
        Publisher::Host(_) | Publisher::Unnamed(_) => None,
    };
    let axes = &world.site.rules.axes.list;
    let level = |(axis, level): (&crate::content::axis::Axis, &Option<u8>)| {
        (axis.id.to_string(), level.map(|level| axis.levels[level as usize].id.to_string()))
    };
    SourceJson {
        id: source.id().to_owned(),
        outlet,
        url: source.url().map(str::to_owned),
        title: source.title().map(str::to_owned),
        excerpt: source.excerpt().map(markdown::plain),
        published: source.published.map(|when| when.iso(world.site.zone())),
        lang: source.lang().map(str::to_owned),
        copy_of: source.copy_of.map(|other| story.sources[other as usize].id().to_owned()),
        wire: source.wire().map(|wire| wire.value.to_owned()),
        report: story.sources[facts.report as usize].id().to_owned(),
        levels: Ordered(axes.iter().zip(&*facts.levels).map(level).collect()),
    }
}

/// The numbers of a story as data; feeds carry them too.
pub fn coverage(world: &World, counted: &Counted) -> CoverageJson {
    let story = &counted.entry.story;
    let coverage = &counted.coverage;
    let zone = world.site.zone();
    let axes = coverage.axes.iter().enumerate();
    let latest = coverage.latest.and_then(|at| story.sources[at as usize].published);
    CoverageJson {
        articles: coverage.articles,
        outlets: coverage.outlets,
        reports: coverage.reports,
        updated: latest.map(|when| when.iso(zone)),
        first: coverage.first.map(|first| FirstJson {
            source: story.sources[first.source as usize].id().to_owned(),
            published: crate::content::date::second(first.published).to_string(),
        }),
        axes: Ordered(axes.map(|(at, axis)| axis_json(world, at, axis)).collect()),
        blindspot: coverage.blindspot.as_ref().and_then(|spot| blindspot(world, spot)),
        matrix: matrix(world, counted),
        reported: reported(world, counted),
    }
}

fn axis_json(world: &World, at: usize, counted: &AxisCoverage) -> (String, AxisJson) {
    let json = AxisJson {
        outlets: distribution(world, at, &counted.outlets),
        articles: distribution(world, at, &counted.articles),
        reports: distribution(world, at, &counted.reports),
    };
    (world.site.rules.axes.list[at].id.to_string(), json)
}

fn distribution(world: &World, at: usize, counted: &Distribution) -> DistributionJson {
    let axis = &world.site.rules.axes.list[at];
    let level = |(level, &count): (&crate::content::axis::Level, &u32)| LevelJson {
        id: level.id.to_string(),
        name: level.name.to_string(),
        count,
    };
    let group = |(group, share): (&crate::content::axis::Group, &crate::coverage::Share)| GroupJson {
        id: group.id.to_string(),
        name: group.name.to_string(),
        count: share.count,
        percent: share.percent,
        low: share.bounds.map(|(low, _)| low),
        high: share.bounds.map(|(_, high)| high),
    };
    DistributionJson {
        rated: counted.rated,
        unrated: counted.unrated,
        levels: axis.levels.iter().zip(&counted.levels).map(level).collect(),
        groups: axis.groups.iter().zip(&counted.groups).map(group).collect(),
    }
}

fn blindspot(world: &World, spot: &Blindspot) -> Option<BlindspotJson> {
    let axis = world.site.rules.axes.main()?;
    Some(BlindspotJson {
        group: axis.groups[spot.group as usize].id.to_string(),
        share: spot.share,
        opposite: axis.groups[spot.opposite as usize].id.to_string(),
        opposite_share: spot.opposite_share,
        rated: spot.rated,
    })
}

fn matrix(world: &World, counted: &Counted) -> Vec<MatrixJson> {
    let Some(axis) = world.site.rules.axes.main() else {
        return Vec::new();
    };
    let points = counted.entry.story.points.iter();
    let row = |(point, row): (&crate::content::story::Point, &crate::coverage::MatrixRow)| {
        let groups = axis.groups.iter().zip(&row.groups);
        MatrixJson {
            point: point.id.to_string(),
            groups: Ordered(groups.map(|(group, count)| (group.id.to_string(), *count)).collect()),
            unrated: row.unrated,
            denied: row.denied,
            outlets: row.outlets,
        }
    };
    points.zip(&counted.coverage.matrix).map(row).collect()
}

fn reported(world: &World, counted: &Counted) -> Option<ReportedJson> {
    let reported = counted.entry.story.reported.as_deref()?;
    let share = |(group, percent): &(crate::diag::Spanned<Box<str>>, u8)| (group.value.to_string(), *percent);
    let axes = reported
        .axes
        .iter()
        .map(|(axis, shares)| (axis.value.to_string(), Ordered(shares.iter().map(share).collect())));
    Some(ReportedJson {
        by: reported.by.to_string(),
        url: reported.url.as_deref().map(str::to_owned),
        date: reported.date.map(|when| when.iso(world.site.zone())),
        articles: reported.articles,
        axes: Ordered(axes.collect()),
    })
}
