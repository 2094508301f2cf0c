//! The style sheet: the theme's own, then options of the theme and the colours and patterns of the
//! site's own axes, then the site's own rules. So no page needs a style in place, which the
//! content security policy `default-src 'self'` would refuse.
//!
//! A theme defines the tones `--o1` to `--o9` and the patterns `--p-a` to `--p-e`, so that groups
//! of any axis can be told apart without colour too.

use std::collections::BTreeSet;

use super::world::class;
use crate::content::axis::{Axes, Axis};
use crate::theme::{Property, Theme};

const TONES: usize = 9;
const PATTERNS: [&str; 6] = ["none", "var(--p-a)", "var(--p-b)", "var(--p-c)", "var(--p-d)", "var(--p-e)"];

/// The theme's style sheet with what the site sets.
pub fn stylesheet(theme: &Theme, axes: &Axes) -> Vec<u8> {
    let mut css = theme.assets.get(crate::theme::STYLE).cloned().unwrap_or_default();
    css.extend(properties(&theme.options.properties).bytes());
    for axis in &axes.list {
        css.extend(axis_rules(axis).bytes());
    }
    css.extend(&theme.last_style);
    css
}

/// Custom properties; dark pages are those of readers whose system is dark, unless `data-theme` of
/// the root element says otherwise. Print is always light.
fn properties(list: &[Property]) -> String {
    let rule = |all: &[(&str, &str)]| -> String {
        all.iter().map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join(";")
    };
    let light: Vec<(&str, &str)> = list.iter().map(|p| (p.name.as_str(), p.light.as_str())).collect();
    let dark = list.iter().filter_map(|p| Some((p.name.as_str(), p.dark.as_deref()?)));
    let dark: Vec<(&str, &str)> = dark.collect();
    let mut css = String::new();
    if !light.is_empty() {
        css.push_str(&format!(":root{{{}}}\n", rule(&light)));
    }
    if !dark.is_empty() {
        let dark = rule(&dark);
        css.push_str(&format!(
            "@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
             @media screen{{:root[data-theme=dark]{{{dark}}}}}\n"
        ));
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

    fn css(style: &str, properties: Vec<Property>, config: &str) -> String {
        let axes = config::parse("c", config.as_bytes()).0.axes;
        let mut theme = Theme { last_style: b"/* own */".to_vec(), ..Theme::default() };
        theme.assets.insert("style.css".to_owned(), style.as_bytes().to_vec());
        theme.options.properties = properties;
        String::from_utf8(stylesheet(&theme, &axes)).unwrap()
    }

    #[test]
    fn own_axes_get_tones_and_patterns_and_built_in_ones_only_what_is_configured() {
        assert_eq!(
            css("x\n", Vec::new(), "[axes.m]\nlevels=[{id=\"a\"},{id=\"b\",color=\"#ABCDEF\"}]"),
            "x\n.ax-m-a{--tone:var(--o1);--pat:none}\n.ax-m-b{--tone:#abcdef;--pat:var(--p-a)}\n/* own */"
        );
    }

    #[test]
    fn options_are_custom_properties_with_another_value_in_the_dark() {
        let property = |name: &str, light: &str, dark: Option<&str>| Property {
            name: name.to_owned(),
            light: light.to_owned(),
            dark: dark.map(str::to_owned),
        };
        let list = vec![property("--a", "#000000", Some("#ffffff")), property("--serif", "Georgia", None)];
        assert_eq!(
            css("", list, ""),
            ":root{--a:#000000;--serif:Georgia}\n\
             @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){--a:#ffffff}}\n\
             @media screen{:root[data-theme=dark]{--a:#ffffff}}\n/* own */"
        );
    }
}
