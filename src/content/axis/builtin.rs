//! The built-in axes: bias, factuality, ownership.

use super::{Axis, AxisKind, Combine, Group, GroupIx, Level};

pub(super) fn builtin(id: &str, name: &str, kind: AxisKind, levels: &[(&str, &str, u8)]) -> Axis {
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

pub(super) fn repeat_levels_as_groups(axis: &mut Axis) {
    let group =
        |level: &Level| Group { id: level.id.clone(), name: level.name.clone(), color: level.color.clone() };
    axis.groups = axis.levels.iter().map(group).collect();
    for (at, level) in axis.levels.iter_mut().enumerate() {
        level.group = at as GroupIx;
    }
    axis.has_groups = false;
}

pub(super) fn bias() -> Axis {
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

pub(super) fn factuality() -> Axis {
    let levels = [
        ("very-high", "Very high", 0),
        ("high", "High", 1),
        ("mixed", "Mixed", 2),
        ("low", "Low", 3),
        ("very-low", "Very low", 4),
    ];
    builtin("factuality", "Factuality", AxisKind::Scale, &levels)
}

pub(super) fn ownership() -> Axis {
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
