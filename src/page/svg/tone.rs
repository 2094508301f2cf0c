//! Colours and patterns of groups in pictures: those of the default theme, light and dark. Colour
//! never speaks alone: neighbours differ in pattern, and every swatch stands beside its name.

use crate::content::axis::{Axis, AxisIx};
use crate::page::world::World;

/// A surface that means a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tone {
    /// A CSS colour on a light ground.
    pub light: String,
    /// A CSS colour on a dark ground.
    pub dark: String,
    /// The pattern over it.
    pub pattern: Option<Pattern>,
}

/// A pattern over a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pattern {
    /// Stripes that rise.
    Rising,
    /// Stripes that fall.
    Falling,
    /// Upright stripes.
    Upright,
    /// Level stripes.
    Level,
    /// Dots.
    Dots,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Pattern; 5] =
        [Pattern::Rising, Pattern::Falling, Pattern::Upright, Pattern::Level, Pattern::Dots];

    /// The id in a picture.
    pub fn id(self) -> &'static str {
        match self {
            Pattern::Rising => "pa",
            Pattern::Falling => "pb",
            Pattern::Upright => "pc",
            Pattern::Level => "pd",
            Pattern::Dots => "pe",
        }
    }
}

use Pattern::{Dots, Falling, Level, Rising, Upright};

type Entry = (&'static str, &'static str, &'static str, Option<Pattern>);

/// Group or level of a built-in axis, colour on light and on dark ground, pattern.
const BUILT_IN: [Entry; 21] = [
    ("bias-far-left", "#17406f", "#4f86c6", Some(Upright)),
    ("bias-left", "#2c66a6", "#6fa6e2", Some(Falling)),
    ("bias-lean-left", "#7aa7d8", "#a5cbf3", Some(Falling)),
    ("bias-center", "#8f897c", "#9c968a", None),
    ("bias-lean-right", "#e59a77", "#f6b898", Some(Rising)),
    ("bias-right", "#bf4b22", "#ec8a60", Some(Rising)),
    ("bias-far-right", "#812a0c", "#d4683c", Some(Level)),
    ("factuality-very-high", "#10514b", "#2f9187", None),
    ("factuality-high", "#4d978d", "#7cc4ba", Some(Level)),
    ("factuality-mixed", "#cbb66f", "#d9c98e", Some(Dots)),
    ("factuality-low", "#bf7628", "#d9944c", Some(Rising)),
    ("factuality-very-low", "#86330f", "#c05a34", Some(Falling)),
    ("ownership-independent", "#17645c", "#58b3a8", None),
    ("ownership-media-conglomerate", "#6a5a97", "#a493d6", Some(Falling)),
    ("ownership-corporation", "#3b7da8", "#69aad2", Some(Level)),
    ("ownership-private-equity", "#a4503b", "#d9836d", Some(Rising)),
    ("ownership-telecom", "#b3952a", "#d8c062", Some(Upright)),
    ("ownership-government", "#5a6771", "#8f9ca6", Some(Dots)),
    ("ownership-individual", "#ae6d8d", "#d99bb8", None),
    ("ownership-nonprofit", "#64903f", "#9cc57a", Some(Upright)),
    ("ownership-other", "#948e82", "#b8b2a5", Some(Falling)),
];

/// For the groups of a site's own axes, in turn.
const OTHERS: [(&str, &str); 9] = [
    ("#17645c", "#58b3a8"),
    ("#6a5a97", "#a493d6"),
    ("#3b7da8", "#69aad2"),
    ("#a4503b", "#d9836d"),
    ("#b3952a", "#d8c062"),
    ("#5a6771", "#8f9ca6"),
    ("#ae6d8d", "#d99bb8"),
    ("#64903f", "#9cc57a"),
    ("#948e82", "#b8b2a5"),
];

/// The tones of the groups of an axis, in order.
pub fn of_axis(world: &World, at: AxisIx) -> Vec<Tone> {
    let axis = &world.site.rules.axes.list[at];
    (0..axis.groups.len()).map(|group| of_group(axis, group)).collect()
}

fn of_group(axis: &Axis, at: usize) -> Tone {
    let group = &axis.groups[at];
    let key = format!("{}-{}", axis.id, group.id);
    let known = BUILT_IN.iter().find(|(name, ..)| *name == key);
    let (light, dark) = known.map_or(OTHERS[at % OTHERS.len()], |(_, light, dark, _)| (light, dark));
    let turn = [None, Some(Falling), Some(Level), Some(Rising), Some(Upright), Some(Dots)];
    let pattern = known.map_or(turn[at % turn.len()], |(.., pattern)| *pattern);
    match group.color.as_deref().filter(|color| is_plain_color(color)) {
        Some(own) => Tone { light: own.to_owned(), dark: own.to_owned(), pattern },
        None => Tone { light: light.to_owned(), dark: dark.to_owned(), pattern },
    }
}

/// Whether a colour of the configuration is a name or a hexadecimal number: what stands in a
/// style sheet may hold nothing else.
fn is_plain_color(color: &str) -> bool {
    let digits = color.strip_prefix('#').unwrap_or(color);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::is_plain_color;

    #[test]
    fn a_colour_cannot_leave_its_place() {
        assert!(is_plain_color("#a1b2c3"));
        assert!(is_plain_color("teal"));
        assert!(!is_plain_color("red}*{fill:url(https://x.example/)"));
        assert!(!is_plain_color(""));
    }
}
