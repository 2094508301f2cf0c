//! The distribution over one axis: a bar, and every group with its count and share.

use super::sheet::{EDGE, Fill, ROOM, Sheet, Style};
use super::{Subject, tone};
use crate::content::axis::{AxisIx, AxisKind};
use crate::content::config::Unit;
use crate::coverage::Distribution;
use crate::coverage::distribution::percentages;

/// Where columns of numbers end.
const COLUMNS: [u32; 2] = [EDGE + ROOM - 130, EDGE + ROOM];

/// Draws the distribution in the unit that the site counts by.
pub fn draw(sheet: &mut Sheet, subject: &Subject, at: AxisIx) {
    let unit = subject.world.site.config.count;
    let counted = of_unit(subject, at, unit);
    if counted.rated == 0 {
        sheet.note(Style::Plain, subject.words.text("none_rated"));
        if counted.unrated > 0 {
            unrated(sheet, subject, counted);
        }
        return;
    }
    finding(sheet, subject, at, unit, counted);
    sheet.skip(14);
    let first = sheet.tones(tone::of_axis(subject.world, at));
    let counts: Vec<u32> = counted.groups.iter().map(|share| share.count).collect();
    let parts: Vec<(usize, u32)> =
        percentages(&counts).into_iter().enumerate().map(|(group, width)| (first + group, width)).collect();
    sheet.bar(34, &parts);
    sheet.skip(8);
    legend(sheet, subject, at, unit, first);
}

/// The numbers of an axis in a unit.
pub fn of_unit<'s>(subject: &Subject<'s>, at: AxisIx, unit: Unit) -> &'s Distribution {
    let axis = &subject.coverage.axes[at];
    match unit {
        Unit::Outlets => &axis.outlets,
        Unit::Articles => &axis.articles,
        Unit::Reports => &axis.reports,
    }
}

/// The largest group, or that too few are rated to name one.
fn finding(sheet: &mut Sheet, subject: &Subject, at: AxisIx, unit: Unit, counted: &Distribution) {
    let words = subject.words;
    let largest = counted.groups.iter().map(|share| share.count).max().unwrap_or(0);
    let leading = counted.groups.iter().position(|share| share.count == largest);
    match leading.and_then(|group| Some((group, counted.groups[group].percent?))) {
        Some((group, percent)) => {
            let of = format!("of_rated_{}", unit.name());
            let count = subject.number(largest);
            let name = &words.groups[at][group].name;
            sheet.line(Style::Find, &format!("{} {name}", subject.percent(percent)));
            sheet.line(Style::Plain, &subject.count(&of, counted.rated, &[("count", &count)]));
        }
        None => {
            let too_few = format!("too_few_{}", unit.name());
            sheet.note(Style::Bold, &subject.count(&too_few, counted.rated, &[]));
        }
    }
}

fn legend(sheet: &mut Sheet, subject: &Subject, at: AxisIx, unit: Unit, first: usize) {
    let words = subject.words;
    let counted = of_unit(subject, at, unit);
    let scale = subject.world.site.rules.axes.list[at].kind == AxisKind::Scale;
    // Five, because a language may have a form of its own for two.
    let unit_name = subject.count(&format!("unit_{}", unit.name()), 5, &[]);
    let of_rated = subject.count("of_n_rated", counted.rated, &[]);
    let mut heads = vec![(COLUMNS[0], unit_name.clone())];
    if counted.enough {
        heads.push((COLUMNS[1], of_rated.clone()));
    }
    sheet.row("", None, &heads, Style::Note);
    for (group, share) in counted.groups.iter().enumerate() {
        if share.count == 0 && !scale {
            continue;
        }
        let name = &words.groups[at][group].name;
        let count = subject.number(share.count);
        let mut values = vec![(COLUMNS[0], count.clone())];
        let mut said = format!("{name}: {count} {unit_name}");
        if let Some(percent) = share.percent {
            let percent = subject.percent(percent);
            said.push_str(&format!(", {percent} {of_rated}"));
            values.push((COLUMNS[1], percent));
        }
        sheet.row(name, Some(Fill::Tone(first + group)), &values, Style::Plain);
        sheet.say(format!("{said}."));
    }
    if counted.unrated > 0 {
        unrated(sheet, subject, counted);
    }
    total(sheet, subject, unit, counted);
}

fn unrated(sheet: &mut Sheet, subject: &Subject, counted: &Distribution) {
    let name = subject.words.text("unrated");
    let count = subject.number(counted.unrated);
    sheet.say(format!("{name}: {count}."));
    sheet.row(name, Some(Fill::Unrated), &[(COLUMNS[0], count)], Style::Plain);
}

/// What the percentages are shares of.
fn total(sheet: &mut Sheet, subject: &Subject, unit: Unit, counted: &Distribution) {
    let count = subject.number(counted.rated);
    let values = [("count", &*count)];
    let all = subject.number(counted.total());
    let of = format!("of_rated_{}", unit.name());
    sheet.say(format!("{}.", subject.count(&of, counted.rated, &values)));
    sheet.row(subject.words.text("all"), None, &[(COLUMNS[0], all)], Style::Bold);
}
