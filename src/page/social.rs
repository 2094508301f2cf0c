//! card.png: the picture of a story on other people's pages. Headline, bias bar with its counts,
//! whose digest it is; 1200 × 630 pixels.
//!
//! In: a counted story. Out: a drawing (SVG), and of that the bytes of a PNG, the same for the same story. Fonts are
//! part of the program; a text with a letter that they lack is left out, never printed as boxes. Pure.

mod font;
mod layout;
mod picture;

use std::io;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::embed::CARD;
use super::story::Counted;
use super::world::World;

/// Changes whenever the same drawing would become other bytes, so that nobody keeps old ones.
pub const VERSION: u32 = 1;

/// The drawing of a story's card.
pub fn drawing(world: &World, counted: &Counted) -> Vec<u8> {
    layout::svg(world, counted).unwrap_or_default()
}

/// A card as PNG; none if it cannot be drawn, which no story has brought about.
pub fn raster(svg: &[u8]) -> Option<Vec<u8>> {
    let options = Options { fontdb: font::database(), ..Options::default() };
    let tree = Tree::from_data(svg, &options).ok()?;
    let mut pixmap = Pixmap::new(CARD.0, CARD.1)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    picture::png(&pixmap)
}

/// What can go wrong while the drawing is written: nothing, for a vector takes every byte.
type Written = io::Result<Vec<u8>>;
