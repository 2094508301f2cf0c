//! The style sheet: the theme's own, then the colours that the site gives to groups and levels.

use super::world::class;
use crate::content::axis::Axes;

/// The theme's style sheet with the site's colours after it.
pub fn stylesheet(own: &[u8], axes: &Axes) -> Vec<u8> {
    let mut css = own.to_vec();
    for axis in &axes.list {
        let groups = axis.groups.iter().map(|group| (&group.id, &group.color));
        let levels = axis.levels.iter().map(|level| {
            let group = &axis.groups[level.group as usize];
            (&level.id, if level.color.is_some() { &level.color } else { &group.color })
        });
        for (id, color) in groups.chain(levels) {
            if let Some(color) = color {
                css.extend(format!(".{}{{--tone:{color}}}\n", class(&axis.id, id)).bytes());
            }
        }
    }
    css
}
