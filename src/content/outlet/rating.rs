//! Ratings of an outlet: a level alone, or one with rater, label and dates.

use super::fields::{text, web};
use super::{OptText, Rating, RawRating, SpanKey, Text};
use crate::content::axis::{Axes, AxisIx, LevelIx};
use crate::content::date::When;
use crate::diag::{Code, Diags, Span, Spanned, nearest};

pub(super) fn short_rating(
    axis: AxisIx,
    level: &str,
    span: Span,
    axes: &Axes,
    diags: &mut Diags,
) -> Option<Rating> {
    Some(Rating {
        axis,
        rater: None,
        label: None,
        level: level_from(&Spanned::new(level, span), axis, axes, diags)?,
        date: None,
        until: None,
        url: None,
        note: None,
        license: None,
        span: SpanKey(span),
    })
}

pub(super) fn level_from(
    level: &Spanned<&str>,
    axis: AxisIx,
    axes: &Axes,
    diags: &mut Diags,
) -> Option<LevelIx> {
    let axis = &axes.list[axis];
    let found = axis.level(level.value);
    if found.is_none() {
        let names = axis.levels.iter().map(|level| &*level.id);
        let help = match nearest(level.value, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the levels of `{}` are {}", axis.id, names.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("`{}` is no level of `{}`", level.value, axis.id);
        diags.error(Code::UnknownId, level.span, message).set_help(help);
    }
    found
}

pub(super) fn rating(raw: Spanned<RawRating>, axes: &Axes, diags: &mut Diags) -> Option<Rating> {
    let span = raw.span;
    let RawRating { axis, rater, label, level, date, until, url, note, license, marker: _ } = raw.value;
    let Some(axis) = axis else {
        diags.error(Code::MissingKey, span, "a rating needs `axis`").set_help("add `axis = \"bias\"`");
        return None;
    };
    let Some(axis_ix) = axes.find(&axis.value) else {
        let names = axes.list.iter().map(|axis| &*axis.id);
        let help = match nearest(&axis.value, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the axes are {}", names.collect::<Vec<_>>().join(", ")),
        };
        diags.error(Code::UnknownId, axis.span, format!("no axis is called `{}`", axis.value)).set_help(help);
        return None;
    };
    let rater_ix = match &rater {
        None => None,
        Some(rater) => Some(rater_from(rater, axis_ix, axes, diags)?),
    };
    let day = |when: Option<Spanned<When>>| when.map(|when| when.value.day(&jiff::tz::TimeZone::UTC));
    let (from, to) = (day(date), day(until));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        diags
            .error(Code::BadValue, until.map_or(span, |until| until.span), "the rating ends before it begins")
            .set_help("`until` is the last day on which the rating is valid");
    }
    let level = match (&label, level) {
        (Some(label), None) => label_level(label, &rater, rater_ix, axis_ix, axes, diags)?,
        (_, Some(level)) => level_from(&Spanned::new(&*level.value, level.span), axis_ix, axes, diags)?,
        (None, None) => {
            diags
                .error(Code::MissingKey, span, "a rating needs `label` or `level`")
                .set_help("add `level = \"…\"`, or the rater's own `label = \"…\"`");
            return None;
        }
    };
    Some(Rating {
        axis: axis_ix,
        rater: rater_ix,
        label: text(label),
        level,
        date: from,
        until: to,
        url: web(url, diags),
        note: text(note),
        license: text(license),
        span: SpanKey(span),
    })
}

pub(super) fn rater_from(
    rater: &Spanned<Text>,
    axis: AxisIx,
    axes: &Axes,
    diags: &mut Diags,
) -> Option<usize> {
    let axis = &axes.list[axis];
    let found = axis.raters.iter().position(|known| *known.id == *rater.value);
    if found.is_none() {
        let help = match nearest(&rater.value, axis.raters.iter().map(|rater| &*rater.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `raters.{} = {{ … }}` to [axes.{}]", rater.value, axis.id),
        };
        let message = format!("`{}` has no rater `{}`", axis.id, rater.value);
        diags.error(Code::UnknownId, rater.span, message).set_help(help);
    }
    found
}

/// The level that a rater's label means; one without mapping is an error (spec section 3).
pub(super) fn label_level(
    label: &Spanned<Text>,
    rater: &OptText,
    rater_ix: Option<usize>,
    axis: AxisIx,
    axes: &Axes,
    diags: &mut Diags,
) -> Option<LevelIx> {
    let axis = &axes.list[axis];
    let Some(known) = rater_ix.map(|at| &axis.raters[at]) else {
        diags
            .error(Code::UnmappedLabel, label.span, "a label belongs to a rater")
            .set_help("add `rater = \"…\"`, or write `level` instead of `label`");
        return None;
    };
    if let Some((_, level)) = known.labels.iter().find(|(text, _)| **text == *label.value) {
        return Some(*level);
    }
    let rater = rater.as_ref().map_or("", |rater| &rater.value);
    let help = match nearest(&label.value, known.labels.iter().map(|(text, _)| &**text)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "map it in dateline.toml: [axes.{}] raters.{rater}.labels = {{ \"{}\" = \"…\" }}",
            axis.id, label.value
        ),
    };
    let message = format!("the label `{}` of `{rater}` is not mapped to a level", label.value);
    diags.error(Code::UnmappedLabel, label.span, message).set_help(help);
    None
}
