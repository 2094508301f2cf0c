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
    for month in world.site.months() {
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
    let paths: Vec<String> = world.site.months().iter().map(|month| path(month.first)).collect();
    let head =
        Head::new(world, "archive", world.own.text("archive"), "/archive/").list_of_pages(world, &paths);
    (head, ArchiveView { years })
}

/// A month's stories as they came, and where its pages end. Pages never reshuffle: a story that comes
/// after the others, or on the same day as the last of them, changes the last page alone.
fn chronicle(world: &World, at: usize) -> (Vec<StoryIx>, Vec<usize>) {
    let site = &world.site;
    let (stories, days): (Vec<StoryIx>, Vec<Date>) = site.as_they_came(at).into_iter().unzip();
    let ends = page_ends(&days, site.config.paginate);
    (stories, ends)
}

/// Where the pages of a list in the order of days end. A page ends with the day on which it is full,
/// because within a day nobody knows which story came last; a day that takes more than another full page
/// is cut.
fn page_ends(days: &[Date], per_page: usize) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    for at in 1..=days.len() {
        let is_full = at - start >= per_page;
        let is_cut = at - start >= per_page * 2;
        let day_ends = days.get(at).is_none_or(|day| *day != days[at - 1]);
        if (is_full && day_ends) || is_cut || at == days.len() {
            ends.push(at);
            start = at;
        }
    }
    ends
}

/// Pages that a month takes.
pub fn pages(world: &World, at: usize) -> usize {
    chronicle(world, at).1.len()
}

/// Page `n` of a month, oldest first.
pub fn view(world: &World, at: usize, n: usize) -> (Head, MonthView) {
    let month = &world.site.months()[at];
    let locale = &world.own.language.locale;
    let name = locale.month(month.first);
    let base = path(month.first);
    let (stories, ends) = chronicle(world, at);
    let start = n.checked_sub(2).map_or(0, |before| ends[before]);
    let shown = &stories[start..ends[n - 1]];
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
    let months = world.site.months();
    let link = |month: &crate::site::Month| Link {
        name: locale.month(month.first),
        url: world.href(&path(month.first)),
    };
    let head = Head::new(world, "month", &name, &page_path(&base, n))
        .page(world, n)
        .below(world, world.own.text("archive"), "/archive/")
        .list_of(world, shown);
    let page = MonthPage {
        name,
        url: world.href(&base),
        count: month.stories.len(),
        days,
        pager: super::pager(world, &base, n, ends.len()),
        previous: months.get(at + 1).map(link),
        next: at.checked_sub(1).and_then(|newer| months.get(newer)).map(link),
    };
    (head, MonthView { month: page })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(days: &[i8], per_page: usize) -> Vec<usize> {
        let days: Vec<Date> = days.iter().map(|&day| jiff::civil::date(2026, 5, day)).collect();
        page_ends(&days, per_page)
    }

    #[test]
    fn a_page_ends_with_the_day_on_which_it_is_full() {
        assert_eq!(ends(&[1, 2, 3, 4, 5], 2), [2, 4, 5]);
        assert_eq!(ends(&[1, 2, 2, 2, 3], 2), [4, 5]);
        assert_eq!(ends(&[1, 1, 1, 1, 1, 1, 2], 2), [4, 6, 7]);
        assert_eq!(ends(&[1], 2), [1]);
    }

    #[test]
    fn what_comes_later_leaves_all_pages_but_the_last() {
        let days = [1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 6, 6, 6, 6, 6, 6, 6, 9];
        for count in 1..days.len() {
            let (before, after) = (ends(&days[..count], 3), ends(&days[..=count], 3));
            let settled = before.len() - 1;
            assert_eq!(before[..settled], after[..settled], "{count}");
        }
    }
}
