//! Outlets: the list of all, and one page each with its ratings.

use serde::Serialize;
use tera::Value;

use super::across::{self, FirstReportsView, RankView};
use super::{Pager, page_path, pager, slice};
use crate::content::axis::{Axis, AxisKind, Combine, LevelIx};
use crate::content::date::When;
use crate::content::outlet::Rating;
use crate::coverage::OutletIx;
use crate::coverage::rating::{combined, current, deciding, spread};
use crate::locale::DateView;
use crate::page::card::cards;
use crate::page::feeds::opml;
use crate::page::head::Head;
use crate::page::numbers::RaterLink;
use crate::page::world::{Named, World};

/// What the template of an outlet sees.
#[derive(Debug, Serialize)]
pub struct OutletView {
    outlet: OutletPage,
}

#[derive(Debug, Serialize)]
struct OutletPage {
    id: String,
    name: String,
    url: String,
    homepage: Option<String>,
    domains: Vec<String>,
    country: Option<String>,
    language: Option<String>,
    scope: Option<&'static str>,
    owner: Option<String>,
    parent: Option<String>,
    founded: Option<i64>,
    wire: bool,
    paywall: bool,
    logo: Option<String>,
    feed: Option<String>,
    count: usize,
    stories: Vec<Value>,
    pager: Option<Pager>,
    axes: Vec<OutletAxis>,
    /// On the first page only, as they are about all stories.
    topics: Vec<RankView>,
    first_reports: u32,
    extra: tera::Value,
}

#[derive(Debug, Serialize)]
struct OutletAxis {
    id: String,
    name: String,
    main: bool,
    level: Option<Named>,
    how: Option<String>,
    /// How many levels there are.
    levels: usize,
    scale: bool,
    /// Whether the axis fits into a line: at most one rating, by the site itself, in one bare word.
    plain: bool,
    spread: u8,
    disagree: bool,
    ratings: Vec<RatingView>,
}

#[derive(Debug, Serialize)]
struct RatingView {
    rater: Option<RaterLink>,
    label: String,
    level: Named,
    number: u32,
    date: Option<DateView>,
    until: Option<DateView>,
    url: Option<String>,
    note: Option<String>,
    license: Option<String>,
    used: bool,
}

/// What the template of the list of outlets sees.
#[derive(Debug, Serialize)]
pub struct OutletsView {
    outlets: Vec<OutletEntry>,
    pager: Option<Pager>,
    groups: Vec<Named>,
    /// Stories of the site.
    stories: usize,
    /// Who was first, on the first page.
    first_reports: Option<FirstReportsView>,
    opml_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct OutletEntry {
    id: String,
    name: String,
    url: String,
    country: Option<String>,
    country_name: Option<String>,
    logo: Option<String>,
    count: usize,
    level: Option<Named>,
    scope: Option<&'static str>,
    wire: bool,
}

/// Raters that are this many levels apart or more disagree.
const DISAGREE: u8 = 2;
/// Outlets on one page of their list.
pub const PER_PAGE: usize = 100;

/// Pages that the list of outlets takes.
pub fn list_pages(world: &World) -> usize {
    super::page_count(world.site.registry.list.len(), PER_PAGE)
}

/// Page `n` of the list of outlets, by name.
pub fn all(world: &World, n: usize) -> (Head, OutletsView) {
    let words = &world.own;
    let site = &world.site;
    let mut order: Vec<OutletIx> = (0..site.registry.list.len() as OutletIx).collect();
    order.sort_by_cached_key(|&at| (site.registry.outlet(at).name.to_lowercase(), at));
    let entry = |&at: &OutletIx| {
        let outlet = site.registry.outlet(at);
        let locale = &words.language.locale;
        let level = site.rules.axes.main.and_then(|main| {
            let level = site.registry.levels(at, site.today())[main]?;
            Some(words.levels[main][level as usize].clone())
        });
        OutletEntry {
            id: outlet.id.as_str().to_owned(),
            name: outlet.name.to_string(),
            url: world.href(&world.outlet_path(at)),
            country: outlet.country.as_deref().map(str::to_owned),
            country_name: outlet.country.as_deref().map(|code| locale.territory(code).to_owned()),
            logo: outlet.logo.as_deref().map(|path| world.href(path)),
            count: site.of_outlet(at).len(),
            level,
            scope: outlet.scope.map(|scope| scope.name()),
            wire: outlet.wire,
        }
    };
    let shown = slice(&order, n, PER_PAGE);
    let paths: Vec<String> = shown.iter().map(|&at| world.outlet_path(at)).collect();
    let head = Head::new(world, "outlets", words.text("outlets"), &page_path("/outlets/", n))
        .page(world, n)
        .list_of_pages(world, &paths);
    let view = OutletsView {
        opml_url: opml::has_any(world).then(|| world.href(opml::PATH)),
        outlets: shown.iter().map(entry).collect(),
        pager: pager(world, "/outlets/", n, list_pages(world)),
        groups: site.rules.axes.main.map_or_else(Vec::new, |main| words.groups[main].clone()),
        stories: site.listed().len(),
        first_reports: if n == 1 { across::first_reports(world) } else { None },
    };
    (head, view)
}

/// Stories on one page of an outlet: five times as many as in other lists, for each is one line.
fn per_page(world: &World) -> usize {
    world.site.config.paginate.saturating_mul(5)
}

/// Pages that an outlet takes.
pub fn pages(world: &World, at: OutletIx) -> usize {
    super::page_count(world.site.of_outlet(at).len(), per_page(world))
}

/// Page `n` of an outlet; what is known of it stands on the first alone, so that a long list costs
/// as much a page as a short one.
pub fn view(world: &World, at: OutletIx, n: usize) -> (Head, OutletView) {
    let words = &world.own;
    let site = &world.site;
    let outlet = site.registry.outlet(at);
    let stories = site.of_outlet(at);
    let base = world.outlet_path(at);
    let shown = slice(stories, n, per_page(world));
    let is_first = n == 1;
    let mut head = Head::new(world, "outlet", &outlet.name, &page_path(&base, n))
        .page(world, n)
        .below(world, words.text("outlets"), "/outlets/")
        .list_of(world, shown);
    head.feeds.extend(crate::page::feeds::outlet_links(world, at));
    let own = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let locale = &words.language.locale;
    let axes = if is_first { site.rules.axes.list.len() } else { 0 };
    let page = OutletPage {
        id: outlet.id.as_str().to_owned(),
        name: outlet.name.to_string(),
        url: world.href(&base),
        homepage: own(&outlet.url),
        domains: outlet.domains.iter().map(|(name, _)| name.to_string()).collect(),
        country: outlet.country.as_deref().map(|code| locale.territory(code).to_owned()),
        language: outlet.language.as_deref().map(|tag| locale.language(tag).to_owned()),
        scope: outlet.scope.map(|scope| scope.name()),
        owner: own(&outlet.owner),
        parent: own(&outlet.parent),
        founded: outlet.founded,
        wire: outlet.wire,
        paywall: outlet.paywall,
        logo: outlet.logo.as_deref().map(|path| world.href(path)),
        feed: own(&outlet.feed),
        count: stories.len(),
        stories: cards(world, words, shown),
        pager: pager(world, &base, n, pages(world, at)),
        axes: (0..axes).map(|axis| axis_view(world, &outlet.ratings, axis)).collect(),
        topics: if is_first { across::topic_shares(world, stories) } else { Vec::new() },
        first_reports: across::first_of(world, at),
        extra: tera::Value::from_serializable(&outlet.extra),
    };
    (head, OutletView { outlet: page })
}

fn axis_view(world: &World, ratings: &[Rating], at: usize) -> OutletAxis {
    let words = &world.own;
    let site = &world.site;
    let axis = &site.rules.axes.list[at];
    let valid = current(ratings, at, site.today());
    let level = combined(&valid, axis);
    let apart = spread(&valid);
    let used = deciding(&valid, axis);
    let mut shown: Vec<&Rating> = ratings.iter().filter(|rating| rating.axis == at).collect();
    shown.sort_by_key(|rating| std::cmp::Reverse(rating.date));
    let view = |rating: &Rating| rating_view(world, axis, at, rating, &used);
    OutletAxis {
        id: axis.id.to_string(),
        name: words.axes[at].clone(),
        main: site.rules.axes.main == Some(at),
        level: level.map(|level| words.levels[at][level as usize].clone()),
        how: level.map(|level| how(world, axis, &valid, level)),
        levels: axis.levels.len(),
        scale: axis.kind == AxisKind::Scale,
        plain: axis_is_plain(&shown, &used),
        spread: apart,
        disagree: axis.kind == AxisKind::Scale && apart >= DISAGREE,
        ratings: shown.into_iter().map(view).collect(),
    }
}

fn rating_view(world: &World, axis: &Axis, at: usize, rating: &Rating, used: &[&Rating]) -> RatingView {
    let words = &world.own;
    let locale = &words.language.locale;
    let date = |day| locale.date(When::Day(day), world.site.zone());
    let level = words.levels[at][rating.level as usize].clone();
    let own = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let rater = rating.rater.map(|rater| &axis.raters[rater]);
    RatingView {
        rater: rater.map(RaterLink::of),
        label: own(&rating.label).unwrap_or_else(|| level.name.clone()),
        level,
        number: u32::from(rating.level) + 1,
        date: rating.date.map(date),
        until: rating.until.map(date),
        url: own(&rating.url),
        note: own(&rating.note),
        license: own(&rating.license).or_else(|| rater.and_then(|rater| own(&rater.license))),
        used: used.iter().any(|other| std::ptr::eq(*other, rating)),
    }
}

/// Whether nothing is lost when the axis is shown in one line.
fn axis_is_plain(shown: &[&Rating], used: &[&Rating]) -> bool {
    let is_bare = |rating: &&Rating| {
        rating.rater.is_none() && rating.note.is_none() && rating.url.is_none() && rating.until.is_none()
    };
    shown.len() <= 1 && shown.len() == used.len() && shown.iter().all(is_bare)
}

/// How the level came about, in words.
fn how(world: &World, axis: &Axis, valid: &[&Rating], level: LevelIx) -> String {
    let key = match axis.combine {
        Combine::Mean => "gen_how_mean",
        Combine::Median => "gen_how_median",
        Combine::Latest => "gen_how_latest",
    };
    let language = &world.own.language;
    let how = language.fill(key, Some(valid.len() as u64), &[]);
    if axis.kind != AxisKind::Scale || valid.len() < 2 {
        return how;
    }
    let number = |level: LevelIx| language.locale.number(u64::from(level) + 1);
    let numbers: Vec<String> = valid.iter().map(|rating| number(rating.level)).collect();
    let levels = language.locale.number(axis.levels.len() as u64);
    let values = [
        ("how", &*how),
        ("numbers", &*numbers.join(" · ")),
        ("levels", &*levels),
        ("level", &*number(level)),
    ];
    language.fill("gen_how_levels", None, &values)
}
