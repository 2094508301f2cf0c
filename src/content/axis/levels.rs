//! Levels and groups of an axis as a configuration changes them.

use super::builtin::repeat_levels_as_groups;
use super::raw::{RawGroup, RawLevel};
use super::read::{is_key, unknown};
use super::{Axis, Group, GroupIx, Level, MOST, OptText, Text};
use crate::diag::{Code, Diags, Span, Spanned};

pub(super) fn set_levels(
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
pub(super) fn refuse_more<T>(list: &[Spanned<T>], what: &str, diags: &mut Diags) {
    if let Some(one) = list.get(MOST) {
        let message = format!("an axis has at most {MOST} {what}, this one has {}", list.len());
        diags
            .error(Code::BadValue, one.span, message)
            .set_help(format!("join {what} that readers need not tell apart, or make two axes of this one"));
    }
}

/// Every level of an axis with groups needs one.
pub(super) fn regroup(axis: &mut Axis, place: Span, diags: &mut Diags) {
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

pub(super) fn named(
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

pub(super) fn color_from(color: &Spanned<Text>, diags: &mut Diags) -> Option<Box<str>> {
    let hex = color.value.strip_prefix('#').unwrap_or_default();
    let good = matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !good {
        diags
            .error(Code::BadValue, color.span, format!("`{}` is no colour", color.value))
            .set_help("write it as `#rrggbb`");
    }
    good.then(|| color.value.to_ascii_lowercase().into())
}
