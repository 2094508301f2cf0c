//! card.png: the picture of a story on other people's pages. Headline, bias bar with its counts,
//! whose digest it is; 1200 × 630 pixels.
//!
//! In: a counted story. Out: the bytes of a PNG, the same for the same story. Fonts are part of
//! the program; a text with a letter that they lack is left out, never printed as boxes. Pure.

mod font;
mod layout;
mod picture;

use std::io;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::embed::CARD;
use super::story::Counted;
use super::world::World;

/// The card of a story; no bytes if it cannot be drawn, which no story has brought about.
pub fn card(world: &World, counted: &Counted) -> Vec<u8> {
    layout::svg(world, counted).ok().and_then(|svg| raster(&svg)).unwrap_or_default()
}

fn raster(svg: &[u8]) -> Option<Vec<u8>> {
    let options = Options { fontdb: font::database(), ..Options::default() };
    let tree = Tree::from_data(svg, &options).ok()?;
    let mut pixmap = Pixmap::new(CARD.0, CARD.1)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    picture::png(&pixmap)
}

/// What can go wrong while the drawing is written: nothing, for a vector takes every byte.
type Written = io::Result<Vec<u8>>;
