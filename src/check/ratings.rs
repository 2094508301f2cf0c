//! Ratings of outlets: dated, linked and not too old.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Finding;
use crate::content::axis::Axis;
use crate::content::outlet::{Outlet, Rating};
use crate::coverage::rating::current;
use crate::site::Site;

/// Ratings by raters that have no date or no link.
pub fn unproven(site: &Site, outlet: &Outlet) -> Vec<Finding> {
    let by_raters = outlet.ratings.iter().filter(|rating| rating.rater.is_some());
    by_raters
        .filter_map(|rating| {
            let (lacks, help) = match (rating.date, &rating.url) {
                (None, None) => ("neither a date nor a link", "add `date` and `url`"),
                (None, Some(_)) => ("no date", "add `date`"),
                (Some(_), None) => ("no link", "add `url`"),
                (Some(_), Some(_)) => return None,
            };
            let message = format!("the rating of `{}` {} has {lacks}", outlet.id, said_by(site, rating));
            Some(Finding::new(&outlet.path, message).at(rating.span.0).help(help))
        })
        .collect()
}

/// Raters whose newest rating is old, or has ended.
pub fn stale(site: &Site, outlet: &Outlet) -> Vec<Finding> {
    let today = site.today();
    let age = site.config.checks.rating_age;
    let oldest = today.checked_sub(i64::from(age).months()).unwrap_or(Date::MIN);
    let mut found = Vec::new();
    for axis in 0..site.rules.axes.list.len() {
        let counting = current(&outlet.ratings, axis, today);
        for rating in &counting {
            if let Some(date) = rating.date.filter(|date| *date < oldest) {
                let message = format!(
                    "the rating of `{}` {} is of {date}, older than {age} months",
                    outlet.id,
                    said_by(site, rating)
                );
                found.push(renewed(Finding::new(&outlet.path, message), rating));
            }
        }
        for (rating, until) in ended(&outlet.ratings, axis, &counting, today) {
            let message = format!("the rating of `{}` {} ended on {until}", outlet.id, said_by(site, rating));
            found.push(renewed(Finding::new(&outlet.path, message), rating));
        }
    }
    found
}

fn renewed(finding: Finding, rating: &Rating) -> Finding {
    finding.at(rating.span.0).help("look it up again and add what you find as another `[[ratings]]`")
}

/// The last rating of every rater of whom none counts any more.
fn ended<'o>(
    ratings: &'o [Rating],
    axis: usize,
    counting: &[&Rating],
    today: Date,
) -> Vec<(&'o Rating, Date)> {
    let mut last: Vec<(&Rating, Date)> = Vec::new();
    for rating in ratings.iter().filter(|rating| rating.axis == axis) {
        let is_counted = counting.iter().any(|other| other.rater == rating.rater);
        let Some(until) = rating.until.filter(|until| *until < today && !is_counted) else { continue };
        match last.iter_mut().find(|(other, _)| other.rater == rating.rater) {
            Some(known) if until > known.1 => *known = (rating, until),
            Some(_) => {}
            None => last.push((rating, until)),
        }
    }
    last
}

/// Ratings that begin in the future.
pub fn in_future(site: &Site, outlet: &Outlet) -> Vec<Finding> {
    let today = site.today();
    let later =
        outlet.ratings.iter().filter_map(|rating| Some((rating, rating.date.filter(|date| *date > today)?)));
    later
        .map(|(rating, date)| {
            let message = format!(
                "the rating of `{}` {} is of {date}, which lies in the future",
                outlet.id,
                said_by(site, rating)
            );
            Finding::new(&outlet.path, message).at(rating.span.0).help("correct the date")
        })
        .collect()
}

/// `by RATER on AXIS`.
fn said_by(site: &Site, rating: &Rating) -> String {
    let axis: &Axis = &site.rules.axes.list[rating.axis];
    match rating.rater.and_then(|at| axis.raters.get(at)) {
        Some(rater) => format!("by {} on {}", rater.name, axis.name),
        None => format!("on {}", axis.name),
    }
}
