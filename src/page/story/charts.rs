//! The charts of a story beside its distributions: first report, matrix, reported totals,
//! coverage over time, places.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use tera::Value;

use super::article::{SourceRef, source_ref};
use crate::content::date::When;
use crate::content::story::Story;
use crate::coverage::distribution::percentages;
use crate::coverage::{Coverage, OutletIx, Publisher};
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

/// Articles by day of publication.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    pub(in crate::page) days: Vec<DayView>,
    pub(in crate::page) from: DateView,
    pub(in crate::page) to: DateView,
    pub(in crate::page) untimed: u32,
}

/// One day, or a stretch of days.
#[derive(Debug, Serialize)]
pub struct DayView {
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

/// Days (or stretches of days) shown at most.
const BUCKETS: i64 = 40;

/// Articles by day, if they were published on two days or more.
pub fn timeline(words: &Words, zone: &TimeZone, story: &Story) -> Option<TimelineView> {
    let days: Vec<Date> =
        story.sources.iter().filter_map(|source| Some(source.published?.day(zone))).collect();
    let (from, to) = (*days.iter().min()?, *days.iter().max()?);
    if from == to {
        return None;
    }
    let since = |day: Date| i64::from(from.until(day).map_or(0, |span| span.get_days()));
    let step = (since(to) + BUCKETS) / BUCKETS;
    let mut counts = vec![0u32; (since(to) / step) as usize + 1];
    for &day in &days {
        counts[(since(day) / step) as usize] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    let date = |day: Date| words.language.locale.date(When::Day(day), zone);
    let mut cumulative = 0;
    let mut views = Vec::with_capacity(counts.len());
    for (at, &count) in counts.iter().enumerate() {
        cumulative += count;
        let days = jiff::Span::new().days(at as i64 * step);
        let height = (count * 100).div_ceil(most);
        views.push(DayView { date: date(from.saturating_add(days)), count, cumulative, height });
    }
    Some(TimelineView {
        days: views,
        from: date(from),
        to: date(to),
        untimed: story.sources.len() as u32 - days.len() as u32,
    })
}

/// Distinct outlets by country, language and scope; those without any known value are left out.
pub fn places(world: &World, words: &Words, coverage: &Coverage) -> Vec<PlaceView> {
    let mut outlets: Vec<OutletIx> = Vec::new();
    for source in &coverage.sources {
        if let Publisher::Known(outlet) = source.publisher {
            outlets.push(outlet);
        }
    }
    outlets.sort_unstable();
    outlets.dedup();
    let others = coverage.outlets - outlets.len() as u32;
    let registry = &world.site.registry;
    let locale = &words.language.locale;
    let mut list = Vec::new();
    let country = |outlet: OutletIx| registry.outlet(outlet).country.as_deref().map(str::to_owned);
    list.extend(place("country", words, &outlets, others, &country, &|code| {
        locale.territory(code).to_owned()
    }));
    let language = |outlet: OutletIx| registry.outlet(outlet).language.as_deref().map(str::to_owned);
    list.extend(place("language", words, &outlets, others, &language, &|tag| {
        locale.language(tag).to_owned()
    }));
    let scope = |outlet: OutletIx| registry.outlet(outlet).scope.map(|scope| scope.name().to_owned());
    let scope_name = |scope: &str| words.text(&format!("scope_{scope}")).to_owned();
    list.extend(place("scope", words, &outlets, others, &scope, &scope_name));
    list
}

fn place(
    id: &'static str,
    words: &Words,
    outlets: &[OutletIx],
    others: u32,
    value: &dyn Fn(OutletIx) -> Option<String>,
    name: &dyn Fn(&str) -> String,
) -> Option<PlaceView> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut unknown = others;
    for &outlet in outlets {
        match value(outlet) {
            Some(value) => *counts.entry(value).or_default() += 1,
            None => unknown += 1,
        }
    }
    if counts.is_empty() {
        return None;
    }
    let mut sorted: Vec<(String, u32)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let widths = percentages(&sorted.iter().map(|(_, count)| *count).collect::<Vec<_>>());
    let rows = sorted.into_iter().zip(widths);
    let row = |((id, count), width): ((String, u32), u32)| PlaceRow { name: name(&id), id, count, width };
    Some(PlaceView { id, name: words.text(id).to_owned(), rows: rows.map(row).collect(), unknown })
}
