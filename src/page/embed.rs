//! Widgets to embed elsewhere: which there are, and where they stand.

use super::story::Embed;
use super::world::{Words, World};
use crate::coverage::Coverage;
use crate::site::Entry;

/// The widgets of a story that can be embedded, with their addresses.
pub fn links(_world: &World, _words: &Words, _entry: &Entry, _coverage: &Coverage) -> Vec<Embed> {
    Vec::new()
}

/// Where the oEmbed data of a story stand.
pub fn oembed_url(_world: &World, _entry: &Entry) -> Option<String> {
    None
}
