//! Dateline: a static site generator for story digests.
//!
//! The pipeline runs one way: a [`snapshot`] of the files is parsed ([`content`]), counted
//! ([`coverage`]), linked ([`site`]), planned ([`page`]), rendered ([`render`]) and written
//! ([`output`]). See ARCHITECTURE.md for the map.

#![forbid(unsafe_code)]

pub mod build;
pub mod cmd;
pub mod content;
pub mod coverage;
pub mod diag;
pub mod link;
pub mod locale;
pub mod markdown;
pub mod output;
pub mod page;
pub mod render;
pub mod serve;
pub mod site;
pub mod slug;
pub mod snapshot;
pub mod text;
pub mod theme;
