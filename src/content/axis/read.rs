//! `[axes]` and `[raters]` over the built-in axes.

use super::builtin::builtin;
use super::levels::set_levels;
use super::raw::{RawAxis, RawRater};
use super::{Axes, Axis, AxisKind, Combine, OptText, Rater, Text};
use crate::content::record::{Either, Entries};
use crate::diag::{Code, Diags, Spanned, nearest};

/// Reads `[axes]` and `[raters]` over the built-in axes.
pub fn read<'s>(
    axes: Entries<'s, Either<Spanned<bool>, RawAxis<'s>>>,
    raters: Entries<'s, RawRater<'s>>,
    outlet_keys: &[&str],
    diags: &mut Diags,
) -> Axes {
    let mut shared: Vec<Rater> = Vec::with_capacity(raters.0.len());
    for (id, rater) in &raters.0 {
        drop_unsafe_url(rater, diags);
        if let Some((label, _)) = rater.labels.0.first() {
            diags
                .error(Code::BadValue, label.span, "labels belong to an axis, whose levels they mean")
                .set_help(format!("move them to [axes.NAME.raters.{}]", id.value));
        }
        shared.push(rater_info(&id.value, rater, None));
    }
    let mut site = Axes::builtin();
    // By name, for an axis that is removed further down moves the places of those after it.
    let mut main: Option<Box<str>> = None;
    for (id, axis) in axes.0 {
        if outlet_keys.contains(&id.value.as_ref()) {
            let message = format!("`{}` is a key of outlets, so no axis can be called so", id.value);
            diags.error(Code::AxisName, id.span, message).set_help("choose another name");
            continue;
        }
        let raw = match axis {
            Either::Short(Spanned { value: true, .. }) => continue,
            Either::Short(Spanned { value: false, .. }) => {
                site.list.retain(|axis| *axis.id != *id.value);
                continue;
            }
            Either::Full(raw) => raw,
        };
        let is_main = raw.main;
        let known = site.find(&id.value).map(|at| site.list[at].clone());
        let Some(axis) = axis_from(&id, raw, known, &shared, diags) else { continue };
        let name = axis.id.clone();
        match site.find(&axis.id) {
            Some(at) => site.list[at] = axis,
            None => site.list.push(axis),
        }
        if let Some(Spanned { value: true, span }) = is_main {
            if main.as_ref().is_some_and(|other| *other != name) {
                diags
                    .error(Code::BadValue, span, "two axes claim to be the main one")
                    .set_help("keep `main = true` on one of them");
            }
            main = Some(name);
        }
    }
    let default = site.find("bias").or(if site.list.is_empty() { None } else { Some(0) });
    site.main = main.and_then(|name| site.find(&name)).or(default);
    site
}

pub(super) fn axis_from(
    id: &Spanned<Text>,
    raw: RawAxis,
    known: Option<Axis>,
    shared: &[Rater],
    diags: &mut Diags,
) -> Option<Axis> {
    let RawAxis { name, kind, main: _, combine, levels, groups, raters, marker: _ } = raw;
    if !is_key(&id.value) {
        diags
            .error(Code::BadValue, id.span, format!("`{}` cannot be the id of an axis", id.value))
            .set_help("use small letters, digits and `-`");
        return None;
    }
    let mut axis = known.unwrap_or_else(|| {
        let mut axis = builtin(&id.value, &id.value, AxisKind::Category, &[]);
        axis.builtin = false;
        axis
    });
    if let Some(name) = name {
        axis.name = name.value.into();
        axis.builtin = false;
    }
    if let Some(kind) = kind {
        axis.kind = kind_from(&kind, diags).unwrap_or(axis.kind);
        axis.combine = match axis.kind {
            AxisKind::Scale => Combine::Mean,
            AxisKind::Category => Combine::Latest,
        };
    }
    if let Some(combine) = combine {
        axis.combine = combine_from(&combine, axis.kind, diags).unwrap_or(axis.combine);
    }
    set_levels(&mut axis, id.span, levels, groups, diags);
    if axis.levels.is_empty() {
        diags
            .error(Code::MissingKey, id.span, format!("the axis `{}` needs levels", id.value))
            .set_help("add `levels = [{ id = \"…\", name = \"…\" }, …]`");
        return None;
    }
    for (rater, raw) in raters.0 {
        let rater = rater_from(&rater.value, raw, shared, &axis, diags);
        axis.raters.retain(|known| known.id != rater.id);
        axis.raters.push(rater);
    }
    Some(axis)
}

pub(super) fn is_key(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn kind_from(kind: &Spanned<Text>, diags: &mut Diags) -> Option<AxisKind> {
    match kind.value.as_ref() {
        "scale" => Some(AxisKind::Scale),
        "category" => Some(AxisKind::Category),
        other => {
            diags
                .error(Code::BadValue, kind.span, format!("`{other}` is no kind of axis"))
                .set_help("write `scale` or `category`");
            None
        }
    }
}

pub(super) fn combine_from(combine: &Spanned<Text>, kind: AxisKind, diags: &mut Diags) -> Option<Combine> {
    let found = match combine.value.as_ref() {
        "mean" => Combine::Mean,
        "median" => Combine::Median,
        "latest" => Combine::Latest,
        other => {
            diags
                .error(Code::BadValue, combine.span, format!("`{other}` is no way to combine ratings"))
                .set_help("write `mean`, `median` or `latest`");
            return None;
        }
    };
    if kind == AxisKind::Category && found != Combine::Latest {
        diags
            .error(Code::BadValue, combine.span, "the levels of a category have no order to average")
            .set_help("write `latest`, or make the axis a scale");
        return None;
    }
    Some(found)
}

pub(super) fn rater_info(id: &str, raw: &RawRater, base: Option<&Rater>) -> Rater {
    let text = |text: &OptText| text.as_ref().map(|text| text.value.as_ref().into());
    Rater {
        id: id.into(),
        name: text(&raw.name).or_else(|| base.map(|base| base.name.clone())).unwrap_or_else(|| id.into()),
        url: raw
            .url
            .as_ref()
            .filter(|url| crate::link::address(&url.value) == crate::link::Address::Web)
            .map(|url| url.value.as_ref().into())
            .or_else(|| base.and_then(|base| base.url.clone())),
        license: text(&raw.license).or_else(|| base.and_then(|base| base.license.clone())),
        labels: Vec::new(),
    }
}

/// Says that an address of a rater leads nowhere safe; [`rater_info`] leaves it out.
pub(super) fn drop_unsafe_url(raw: &RawRater, diags: &mut Diags) {
    let unsafe_url =
        raw.url.as_ref().filter(|url| crate::link::address(&url.value) != crate::link::Address::Web);
    if let Some(url) = unsafe_url {
        diags
            .warning(Code::UnsafeLink, url.span, format!("`{}` is no web address and was dropped", url.value))
            .set_help("write an address that begins with https://");
    }
}

pub(super) fn rater_from(id: &str, raw: RawRater, shared: &[Rater], axis: &Axis, diags: &mut Diags) -> Rater {
    let base = shared.iter().find(|rater| *rater.id == *id);
    let mut rater = rater_info(id, &raw, base);
    drop_unsafe_url(&raw, diags);
    for (label, level) in raw.labels.0 {
        match axis.level(&level.value) {
            Some(found) => rater.labels.push((label.value.into(), found)),
            None => unknown(&level, "level", axis.levels.iter().map(|level| &*level.id), diags),
        }
    }
    rater
}

pub(super) fn unknown<'k>(
    written: &Spanned<Text>,
    what: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    diags: &mut Diags,
) {
    let help = match nearest(&written.value, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the {what}s are {}", known.collect::<Vec<_>>().join(", ")),
    };
    diags
        .error(Code::UnknownId, written.span, format!("no {what} is called `{}`", written.value))
        .set_help(help);
}
