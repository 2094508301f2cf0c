//! Axes: the ways in which outlets are classified (spec section 3).
//!
//! Three are built in; a site changes, removes or adds any in `[axes.NAME]`.

use std::borrow::Cow;

use super::record::{Either, Entries, record};
use crate::diag::{Code, Diags, Span, Spanned, nearest};

/// The place of an axis in the site's list.
pub type AxisIx = usize;
/// The place of a level on its axis; on a scale, from one end to the other.
pub type LevelIx = u8;
/// The place of a group on its axis.
pub type GroupIx = u8;

/// Levels and groups of an axis at most: their places are bytes, and some bytes mean that there is none.
const MOST: usize = 250;

type Text<'s> = Cow<'s, str>;
type OptText<'s> = Option<Spanned<Cow<'s, str>>>;

record! {
    /// One way in which outlets are classified.
    pub struct RawAxis<'s> {
        /// What it is called.
        name: OptText<'s>,
        /// `scale` (levels in order) or `category`.
        kind: OptText<'s>,
        /// Whether blindspots, perspectives and the matrix are about this axis.
        main: Option<Spanned<bool>>,
        /// How several raters are combined: `mean`, `median` or `latest`; a category takes the latest.
        combine: OptText<'s>,
        /// The levels, on a scale in order.
        levels: Option<Vec<Spanned<RawLevel<'s>>>>,
        /// Groups of levels; left out, every level is its own group.
        groups: Option<Vec<Spanned<RawGroup<'s>>>>,
        /// Raters whose ratings count, by id.
        raters: Entries<'s, RawRater<'s>>,
    }
}

record! {
    /// A level of an axis.
    pub struct RawLevel<'s> {
        /// What ratings write.
        id: OptText<'s>,
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// Id of the group it belongs to.
        group: OptText<'s>,
        /// A CSS colour `#rrggbb`.
        color: OptText<'s>,
    }
}

record! {
    /// A group of levels.
    pub struct RawGroup<'s> {
        /// What levels and perspectives write.
        id: OptText<'s>,
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// A CSS colour `#rrggbb`.
        color: OptText<'s>,
    }
}

record! {
    /// Somebody who rates outlets.
    pub struct RawRater<'s> {
        /// What readers see; left out, the id.
        name: OptText<'s>,
        /// Where their ratings stand.
        url: OptText<'s>,
        /// The licence of their ratings.
        license: OptText<'s>,
        /// Their labels, each with the id of a level.
        labels: Entries<'s, Spanned<Text<'s>>>,
    }
}

/// Whether levels stand in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AxisKind {
    /// From one end to the other.
    Scale,
    /// In no order.
    Category,
}

/// How the ratings of several raters become one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Combine {
    /// The mean of the level numbers; a half rounds towards the middle.
    Mean,
    /// The median of the level numbers; a half rounds towards the middle.
    Median,
    /// The rating with the latest date.
    Latest,
}

impl Combine {
    /// The word that the configuration uses.
    pub fn name(self) -> &'static str {
        match self {
            Combine::Mean => "mean",
            Combine::Median => "median",
            Combine::Latest => "latest",
        }
    }
}

/// A checked axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axis {
    /// What configuration and outlets write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// Scale or category.
    pub kind: AxisKind,
    /// How ratings are combined.
    pub combine: Combine,
    /// At least one level.
    pub levels: Vec<Level>,
    /// Groups; the levels themselves where the axis has none.
    pub groups: Vec<Group>,
    /// Whether the site (or the built-in axis) has groups of its own.
    pub has_groups: bool,
    /// Raters, in file order.
    pub raters: Vec<Rater>,
    /// Whether it is one of the built-in axes with its built-in levels, whose names the language
    /// files translate.
    pub builtin: bool,
}

/// A level of an axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Level {
    /// What ratings write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// The group it counts to.
    pub group: GroupIx,
    /// `#rrggbb`, if set.
    pub color: Option<Box<str>>,
}

/// A group of levels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// What perspectives and reported totals write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// `#rrggbb`, if set.
    pub color: Option<Box<str>>,
}

/// Somebody who rates outlets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rater {
    /// What ratings write.
    pub id: Box<str>,
    /// What readers see.
    pub name: Box<str>,
    /// Where their ratings stand.
    pub url: Option<Box<str>>,
    /// The licence of their ratings.
    pub license: Option<Box<str>>,
    /// Their labels and what level each means.
    pub labels: Vec<(Box<str>, LevelIx)>,
}

/// All axes of a site; the main one is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Axes {
    /// In the order of the page: built-in ones first.
    pub list: Vec<Axis>,
    /// The axis of blindspots, perspectives and the matrix; `None` if there is no axis.
    pub main: Option<AxisIx>,
}

impl Axis {
    /// The level of that id.
    pub fn level(&self, id: &str) -> Option<LevelIx> {
        self.levels.iter().position(|level| &*level.id == id).map(|at| at as LevelIx)
    }

    /// The group of that id.
    pub fn group(&self, id: &str) -> Option<GroupIx> {
        self.groups.iter().position(|group| &*group.id == id).map(|at| at as GroupIx)
    }

    /// The rater of that id.
    pub fn rater(&self, id: &str) -> Option<&Rater> {
        self.raters.iter().find(|rater| &*rater.id == id)
    }

    /// The group that a level counts to.
    pub fn group_of(&self, level: LevelIx) -> GroupIx {
        self.levels[level as usize].group
    }
}

impl Axes {
    /// The axis of that id.
    pub fn find(&self, id: &str) -> Option<AxisIx> {
        self.list.iter().position(|axis| &*axis.id == id)
    }

    /// The main axis.
    pub fn main(&self) -> Option<&Axis> {
        self.main.map(|at| &self.list[at])
    }

    /// The axes that Dateline ships.
    pub fn builtin() -> Axes {
        Axes { list: vec![bias(), factuality(), ownership()], main: Some(0) }
    }
}

fn builtin(id: &str, name: &str, kind: AxisKind, levels: &[(&str, &str, u8)]) -> Axis {
    let levels: Vec<Level> = levels
        .iter()
        .map(|&(id, name, group)| Level { id: id.into(), name: name.into(), group, color: None })
        .collect();
    let combine = match kind {
        AxisKind::Scale => Combine::Mean,
        AxisKind::Category => Combine::Latest,
    };
    let mut axis = Axis {
        id: id.into(),
        name: name.into(),
        kind,
        combine,
        levels,
        groups: Vec::new(),
        has_groups: false,
        raters: Vec::new(),
        builtin: true,
    };
    repeat_levels_as_groups(&mut axis);
    axis
}

fn repeat_levels_as_groups(axis: &mut Axis) {
    let group =
        |level: &Level| Group { id: level.id.clone(), name: level.name.clone(), color: level.color.clone() };
    axis.groups = axis.levels.iter().map(group).collect();
    for (at, level) in axis.levels.iter_mut().enumerate() {
        level.group = at as GroupIx;
    }
    axis.has_groups = false;
}

fn bias() -> Axis {
    let levels = [
        ("far-left", "Far left", 0),
        ("left", "Left", 0),
        ("lean-left", "Lean left", 0),
        ("center", "Center", 1),
        ("lean-right", "Lean right", 2),
        ("right", "Right", 2),
        ("far-right", "Far right", 2),
    ];
    let group = |id: &str, name: &str| Group { id: id.into(), name: name.into(), color: None };
    let mut axis = builtin("bias", "Bias", AxisKind::Scale, &levels);
    for (level, (_, _, group)) in axis.levels.iter_mut().zip(levels) {
        level.group = group;
    }
    axis.groups = vec![group("left", "Left"), group("center", "Center"), group("right", "Right")];
    axis.has_groups = true;
    axis
}

fn factuality() -> Axis {
    let levels = [
        ("very-high", "Very high", 0),
        ("high", "High", 1),
        ("mixed", "Mixed", 2),
        ("low", "Low", 3),
        ("very-low", "Very low", 4),
    ];
    builtin("factuality", "Factuality", AxisKind::Scale, &levels)
}

fn ownership() -> Axis {
    let levels = [
        ("independent", "Independent", 0),
        ("media-conglomerate", "Media conglomerate", 1),
        ("corporation", "Corporation", 2),
        ("private-equity", "Private equity", 3),
        ("telecom", "Telecom", 4),
        ("government", "Government", 5),
        ("individual", "Individual", 6),
        ("nonprofit", "Nonprofit", 7),
        ("other", "Other", 8),
    ];
    builtin("ownership", "Ownership", AxisKind::Category, &levels)
}

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

fn axis_from(
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

fn is_key(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn kind_from(kind: &Spanned<Text>, diags: &mut Diags) -> Option<AxisKind> {
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

fn combine_from(combine: &Spanned<Text>, kind: AxisKind, diags: &mut Diags) -> Option<Combine> {
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

fn set_levels(
    axis: &mut Axis,
    place: Span,
    levels: Option<Vec<Spanned<RawLevel>>>,
    groups: Option<Vec<Spanned<RawGroup>>>,
    diags: &mut Diags,
) {
    let groups_given = groups.is_some();
    let before: Vec<Box<str>> = axis.groups.iter().map(|group| group.id.clone()).collect();
    if let Some(groups) = groups {
        let mut list: Vec<Group> = Vec::new();
        refuse_more(&groups, "groups", diags);
        for group in groups.into_iter().take(MOST) {
            let RawGroup { id, name, color, marker: _ } = group.value;
            let Some((id, name)) = named(id, name, group.span, "a group", diags) else { continue };
            let color = color.and_then(|color| color_from(&color, diags));
            if list.iter().any(|known| known.id == id) {
                diags.error(Code::DuplicateId, group.span, format!("two groups are called `{id}`"));
                continue;
            }
            list.push(Group { id, name, color });
        }
        axis.groups = list;
        // Levels that stay belong to the group of the same name, wherever it now stands.
        for level in &mut axis.levels {
            let name = before.get(level.group as usize);
            let found = name.and_then(|name| axis.groups.iter().position(|group| group.id == *name));
            level.group = found.map_or(GroupIx::MAX, |at| at as GroupIx);
        }
        axis.has_groups = !axis.groups.is_empty();
        axis.builtin = false;
    }
    let Some(levels) = levels else {
        if groups_given && axis.has_groups {
            regroup(axis, place, diags);
        } else if groups_given {
            repeat_levels_as_groups(axis);
        }
        return;
    };
    axis.builtin = false;
    axis.levels.clear();
    let mut any_group = false;
    refuse_more(&levels, "levels", diags);
    for level in levels.into_iter().take(MOST) {
        let RawLevel { id, name, group, color, marker: _ } = level.value;
        let Some((id, name)) = named(id, name, level.span, "a level", diags) else { continue };
        if axis.level(&id).is_some() {
            diags.error(Code::DuplicateId, level.span, format!("two levels are called `{id}`"));
            continue;
        }
        let group = group.and_then(|group| {
            any_group = true;
            let found = axis.group(&group.value);
            if found.is_none() {
                unknown(&group, "group", axis.groups.iter().map(|group| &*group.id), diags);
            }
            found
        });
        let color = color.and_then(|color| color_from(&color, diags));
        axis.levels.push(Level { id, name, group: group.unwrap_or(GroupIx::MAX), color });
    }
    if !axis.has_groups || (!any_group && !groups_given) {
        repeat_levels_as_groups(axis);
    } else {
        regroup(axis, place, diags);
    }
}

/// Says which one is one too many.
fn refuse_more<T>(list: &[Spanned<T>], what: &str, diags: &mut Diags) {
    if let Some(one) = list.get(MOST) {
        let message = format!("an axis has at most {MOST} {what}, this one has {}", list.len());
        diags
            .error(Code::BadValue, one.span, message)
            .set_help(format!("join {what} that readers need not tell apart, or make two axes of this one"));
    }
}

/// Every level of an axis with groups needs one.
fn regroup(axis: &mut Axis, place: Span, diags: &mut Diags) {
    let groups = axis.groups.len();
    for level in &mut axis.levels {
        if level.group as usize >= groups {
            let message = format!("the level `{}` of `{}` is in no group", level.id, axis.id);
            diags
                .error(Code::MissingKey, place, message)
                .set_help("add `group = \"…\"` to the level, or leave the groups out");
            level.group = 0;
        }
    }
}

fn named(
    id: OptText,
    name: OptText,
    span: Span,
    what: &str,
    diags: &mut Diags,
) -> Option<(Box<str>, Box<str>)> {
    let Some(id) = id else {
        diags.error(Code::MissingKey, span, format!("{what} needs `id`")).set_help("add `id = \"…\"`");
        return None;
    };
    if !is_key(&id.value) {
        diags
            .error(Code::BadValue, id.span, format!("`{}` cannot be an id here", id.value))
            .set_help("use small letters, digits and `-`");
        return None;
    }
    let name = name.map_or_else(|| id.value.clone(), |name| name.value);
    Some((id.value.into(), name.into()))
}

fn color_from(color: &Spanned<Text>, diags: &mut Diags) -> Option<Box<str>> {
    let hex = color.value.strip_prefix('#').unwrap_or_default();
    let good = matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !good {
        diags
            .error(Code::BadValue, color.span, format!("`{}` is no colour", color.value))
            .set_help("write it as `#rrggbb`");
    }
    good.then(|| color.value.to_ascii_lowercase().into())
}

fn rater_info(id: &str, raw: &RawRater, base: Option<&Rater>) -> Rater {
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
fn drop_unsafe_url(raw: &RawRater, diags: &mut Diags) {
    let unsafe_url =
        raw.url.as_ref().filter(|url| crate::link::address(&url.value) != crate::link::Address::Web);
    if let Some(url) = unsafe_url {
        diags
            .warning(Code::UnsafeLink, url.span, format!("`{}` is no web address and was dropped", url.value))
            .set_help("write an address that begins with https://");
    }
}

fn rater_from(id: &str, raw: RawRater, shared: &[Rater], axis: &Axis, diags: &mut Diags) -> Rater {
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

fn unknown<'k>(
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
