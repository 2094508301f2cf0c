//! The charts of a story beside its distributions: first report, matrix, reported totals,
//! coverage over time, places.

use std::fmt::Write;

use jiff::tz::TimeZone;
use serde::Serialize;
use tera::Value;

use super::article::{SourceRef, source_ref};
use crate::content::date::When;
use crate::content::story::Story;
use crate::coverage::distribution::percentages;
use crate::coverage::places::{self, Place, Property};
use crate::coverage::{Coverage, over_time};
use crate::locale::DateView;
use crate::markdown;
use crate::page::cite::Prose;
use crate::page::world::{Html, Words, World};

/// The earliest article in the list.
#[derive(Debug, Serialize)]
pub struct FirstView {
    pub(in crate::page) source: SourceRef,
    pub(in crate::page) published: DateView,
}

/// Key points × groups.
#[derive(Debug, Serialize)]
pub struct MatrixView {
    groups: Vec<Value>,
    rows: Vec<RowView>,
}

#[derive(Debug, Serialize)]
struct RowView {
    point: PointRef,
    cells: Vec<u32>,
    unrated: u32,
    denied: u32,
    outlets: u32,
    single: bool,
}

#[derive(Debug, Serialize)]
struct PointRef {
    anchor: String,
    n: usize,
    html: Html,
}

/// Somebody else's totals.
#[derive(Debug, Serialize)]
pub struct ReportedView {
    pub(in crate::page) by: String,
    pub(in crate::page) url: Option<String>,
    pub(in crate::page) date: Option<DateView>,
    pub(in crate::page) articles: Option<u64>,
    pub(in crate::page) axes: Vec<ReportedAxis>,
}

/// Their shares on one axis.
#[derive(Debug, Serialize)]
pub struct ReportedAxis {
    pub(in crate::page) id: String,
    pub(in crate::page) name: String,
    pub(in crate::page) rows: Vec<ReportedShare>,
}

/// One share.
#[derive(Debug, Serialize)]
pub struct ReportedShare {
    pub(in crate::page) id: String,
    pub(in crate::page) name: String,
    pub(in crate::page) class: String,
    pub(in crate::page) percent: u8,
}

/// Articles by hour or day of publication.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// How many hours, days or longer stretches there are, with articles or without.
    pub(in crate::page) stretches: u32,
    /// The bars as the data of an SVG path: ten units a stretch, a hundred high.
    pub(in crate::page) path: String,
    /// Those with articles.
    pub(in crate::page) days: Vec<DayView>,
    pub(in crate::page) from: DateView,
    pub(in crate::page) to: DateView,
    pub(in crate::page) dated: u32,
    pub(in crate::page) untimed: u32,
}

/// One hour or day, or a stretch of them, in which there are articles.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// Which stretch, from 0.
    pub(in crate::page) at: u32,
    pub(in crate::page) date: DateView,
    pub(in crate::page) count: u32,
    pub(in crate::page) cumulative: u32,
    pub(in crate::page) height: u32,
}

/// Outlets by one property.
#[derive(Debug, Serialize)]
pub struct PlaceView {
    pub(in crate::page) id: &'static str,
    pub(in crate::page) name: String,
    pub(in crate::page) rows: Vec<PlaceRow>,
    pub(in crate::page) known: u32,
    pub(in crate::page) unknown: u32,
}

/// One value of the property.
#[derive(Debug, Serialize)]
pub struct PlaceRow {
    pub(in crate::page) id: String,
    pub(in crate::page) name: String,
    pub(in crate::page) count: u32,
    pub(in crate::page) width: u32,
}

/// The earliest article, if one has a time.
pub fn first(world: &World, words: &Words, story: &Story, coverage: &Coverage) -> Option<FirstView> {
    let first = coverage.first?;
    let when = When::Moment(first.published);
    Some(FirstView {
        source: source_ref(world, words, story, coverage, first.source),
        published: words.language.locale.date(when, world.site.zone()),
    })
}

/// The matrix, if there are points that cite or are denied.
pub fn matrix(world: &World, words: &Words, story: &Story, coverage: &Coverage) -> Option<MatrixView> {
    let main = world.site.rules.axes.main?;
    if coverage.matrix.iter().all(|row| row.outlets == 0 && row.denied == 0) {
        return None;
    }
    let prose = Prose::of_page(world, words, &story.path, "");
    let row = |(at, row): (usize, &crate::coverage::MatrixRow)| {
        let point = &story.points[at];
        RowView {
            point: PointRef {
                anchor: format!("point-{}", point.id),
                n: at + 1,
                html: prose.inline(&markdown::without_citations(&point.text)),
            },
            cells: row.groups.clone(),
            unrated: row.unrated,
            denied: row.denied,
            outlets: row.outlets,
            single: row.is_single(),
        }
    };
    Some(MatrixView {
        groups: words.named[main].groups.iter().map(|group| group.all.clone()).collect(),
        rows: coverage.matrix.iter().enumerate().map(row).collect(),
    })
}

/// Somebody else's totals, if the story has any.
pub fn reported(world: &World, words: &Words, story: &Story) -> Option<ReportedView> {
    let reported = story.reported.as_deref()?;
    let axes = reported.axes.iter().filter_map(|(axis, shares)| {
        let at = world.site.rules.axes.find(&axis.value)?;
        let rows = shares.iter().filter_map(|(group, percent)| {
            let group = world.site.rules.axes.list[at].group(&group.value)?;
            let named = words.groups[at][group as usize].clone();
            Some(ReportedShare { id: named.id, name: named.name, class: named.class, percent: *percent })
        });
        Some(ReportedAxis { id: axis.value.to_string(), name: words.axes[at].clone(), rows: rows.collect() })
    });
    Some(ReportedView {
        by: reported.by.to_string(),
        url: reported.url.as_deref().map(str::to_owned),
        date: reported.date.map(|when| words.language.locale.date(when, world.site.zone())),
        articles: reported.articles,
        axes: axes.collect(),
    })
}

/// Articles by hour or day, if there is a course to show.
pub fn timeline(words: &Words, zone: &TimeZone, story: &Story) -> Option<TimelineView> {
    let counted = over_time::count(&story.sources, zone)?;
    let most = counted.stretches.iter().map(|stretch| stretch.count).max().unwrap_or(1).max(1);
    let date = |when: When| words.language.locale.date(when, zone);
    let mut cumulative = 0;
    let with_articles = counted.stretches.iter().zip(0..).filter(|(stretch, _)| stretch.count > 0);
    let view = |(stretch, at): (&over_time::Stretch, u32)| {
        cumulative += stretch.count;
        let height = (stretch.count * 100).div_ceil(most);
        DayView { at, date: date(stretch.from), count: stretch.count, cumulative, height }
    };
    let days: Vec<DayView> = with_articles.map(view).collect();
    Some(TimelineView {
        stretches: counted.stretches.len() as u32,
        path: bars(&days),
        days,
        from: date(counted.stretches.first()?.from),
        to: date(counted.stretches.last()?.from),
        dated: counted.dated(),
        untimed: counted.untimed,
    })
}

/// A bar a stretch with articles, as the data of an SVG path.
fn bars(days: &[DayView]) -> String {
    let mut path = String::with_capacity(days.len() * 20);
    for DayView { at, height, .. } in days {
        // Writing to a text cannot fail.
        let _ = write!(path, "M{} {}h8v{height}h-8z", at * 10 + 1, 100 - height);
    }
    path
}

/// Distinct outlets by country, language and scope; those without any known value are left out.
pub fn places(world: &World, words: &Words, coverage: &Coverage) -> Vec<PlaceView> {
    let counted = places::count(coverage, &world.site.registry);
    counted.iter().map(|place| place_view(words, place)).collect()
}

fn place_view(words: &Words, place: &Place) -> PlaceView {
    let locale = &words.language.locale;
    let name = |value: &str| match place.by {
        Property::Country => locale.territory(value).to_owned(),
        Property::Language => locale.language(value).to_owned(),
        Property::Scope => words.text(&format!("scope_{value}")).to_owned(),
    };
    let counts: Vec<u32> = place.values.iter().map(|(_, count)| *count).collect();
    let rows = place.values.iter().zip(percentages(&counts)).map(|((value, count), width)| PlaceRow {
        name: name(value),
        id: value.to_string(),
        count: *count,
        width,
    });
    let id = place.by.name();
    PlaceView {
        id,
        name: words.text(id).to_owned(),
        rows: rows.collect(),
        known: place.known(),
        unknown: place.unknown,
    }
}
