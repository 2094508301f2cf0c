//! The archive: years, and one list a month whose pages never reshuffle.

use jiff::civil::Date;
use serde::Serialize;
use tera::Value;

use super::{Pager, page_path};
use crate::content::date::When;
use crate::locale::DateView;
use crate::page::card::card;
use crate::page::head::Head;
use crate::page::world::{Link, World};
use crate::site::StoryIx;

/// What the template of the archive sees.
#[derive(Debug, Serialize)]
pub struct ArchiveView {
    years: Vec<Year>,
}

#[derive(Debug, Serialize)]
struct Year {
    year: i16,
    months: Vec<MonthLink>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct MonthLink {
    name: String,
    url: String,
    count: usize,
}

/// What the template of a month sees.
#[derive(Debug, Serialize)]
pub struct MonthView {
    month: MonthPage,
}

#[derive(Debug, Serialize)]
struct MonthPage {
    name: String,
    url: String,
    count: usize,
    days: Vec<Day>,
    pager: Option<Pager>,
    previous: Option<Link>,
    next: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Day {
    date: DateView,
    stories: Vec<Value>,
}

/// The path of a month.
pub fn path(first: Date) -> String {
    format!("/archive/{:04}/{:02}/", first.year(), first.month())
}

/// All months by year, newest first.
pub fn all(world: &World) -> (Head, ArchiveView) {
    let mut years: Vec<Year> = Vec::new();
    for month in &world.site.months {
        let link = MonthLink {
            name: world.own.language.locale.month(month.first),
            url: world.href(&path(month.first)),
            count: month.stories.len(),
        };
        match years.last_mut().filter(|year| year.year == month.first.year()) {
            Some(year) => {
                year.count += link.count;
                year.months.push(link);
            }
            None => years.push(Year { year: month.first.year(), count: link.count, months: vec![link] }),
        }
    }
    let paths: Vec<String> = world.site.months.iter().map(|month| path(month.first)).collect();
    let head =
        Head::new(world, "archive", world.own.text("archive"), "/archive/").list_of_pages(world, &paths);
    (head, ArchiveView { years })
}

/// Pages that a month takes.
pub fn pages(world: &World, at: usize) -> usize {
    super::page_count(world.site.months[at].stories.len(), world.site.config.paginate)
}

/// Page `n` of a month, oldest first, so that a new story changes the last page alone.
pub fn view(world: &World, at: usize, n: usize) -> (Head, MonthView) {
    let month = &world.site.months[at];
    let locale = &world.own.language.locale;
    let name = locale.month(month.first);
    let base = path(month.first);
    let oldest_first: Vec<StoryIx> = month.stories.iter().rev().copied().collect();
    let shown = super::slice(&oldest_first, n, world.site.config.paginate);
    let mut days: Vec<Day> = Vec::new();
    let mut current: Option<Date> = None;
    for &story in shown {
        let day = world.site.story(story).day;
        let card = card(world, &world.own, story);
        match days.last_mut().filter(|_| current == Some(day)) {
            Some(day) => day.stories.push(card),
            None => {
                let date = locale.date(When::Day(day), world.site.zone());
                days.push(Day { date, stories: vec![card] });
            }
        }
        current = Some(day);
    }
    let months = &world.site.months;
    let link = |month: &crate::site::Month| Link {
        name: locale.month(month.first),
        url: world.href(&path(month.first)),
    };
    let head = Head::new(world, "month", &name, &page_path(&base, n))
        .below(world, world.own.text("archive"), "/archive/")
        .list_of(world, shown);
    let page = MonthPage {
        name,
        url: world.href(&base),
        count: month.stories.len(),
        days,
        pager: super::pager(world, &base, n, pages(world, at)),
        previous: months.get(at + 1).map(link),
        next: at.checked_sub(1).and_then(|newer| months.get(newer)).map(link),
    };
    (head, MonthView { month: page })
}
