//! From what others publish to drafts of stories and outlets.
//!
//! In: bytes of a page, feed, table or list. Out: [`draft::Draft`]s. Only [`fetch`] reaches out, and only
//! the importers know the formats.

pub mod archive;
pub mod charset;
pub mod draft;
pub mod fetch;
mod json_ld;
pub mod metadata;
pub mod private;
pub mod web;
