//! The style sheet: the theme's own, then the colours and patterns of the site's own axes.
//!
//! A theme defines the tones `--o1` to `--o9` and the patterns `--p-a` to `--p-e`, so that groups
//! of any axis can be told apart without colour too.

use std::collections::BTreeSet;

use super::world::class;
use crate::content::axis::{Axes, Axis};

const TONES: usize = 9;
const PATTERNS: [&str; 6] = ["none", "var(--p-a)", "var(--p-b)", "var(--p-c)", "var(--p-d)", "var(--p-e)"];

/// The theme's style sheet with the site's own after it.
pub fn stylesheet(own: &[u8], axes: &Axes) -> Vec<u8> {
    let mut css = own.to_vec();
    for axis in &axes.list {
        css.extend(axis_rules(axis).bytes());
    }
    css
}

/// One rule for every class of an axis that the theme cannot know.
fn axis_rules(axis: &Axis) -> String {
    let groups = axis.groups.iter().enumerate().map(|(at, group)| (at, &group.id, &group.color));
    let levels = axis.levels.iter().map(|level| {
        let group = level.group as usize;
        (group, &level.id, if level.color.is_some() { &level.color } else { &axis.groups[group].color })
    });
    let mut seen = BTreeSet::new();
    let mut css = String::new();
    for (at, id, color) in groups.chain(levels) {
        if !seen.insert(id) || (axis.builtin && color.is_none()) {
            continue;
        }
        let tone = match color {
            Some(color) => color.to_string(),
            None => format!("var(--o{})", at % TONES + 1),
        };
        let pattern = PATTERNS[at % PATTERNS.len()];
        css.push_str(&format!(".{}{{--tone:{tone};--pat:{pattern}}}\n", class(&axis.id, id)));
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::config;

    #[test]
    fn own_axes_get_tones_and_patterns_and_built_in_ones_only_what_is_configured() {
        let text = "[axes.m]\nlevels=[{id=\"a\"},{id=\"b\",color=\"#ABCDEF\"}]";
        let axes = config::parse("c", text.as_bytes()).0.axes;
        let css = String::from_utf8(stylesheet(b"x\n", &axes)).unwrap();
        assert_eq!(
            css,
            "x\n.ax-m-a{--tone:var(--o1);--pat:none}\n.ax-m-b{--tone:#abcdef;--pat:var(--p-a)}\n"
        );
    }
}
