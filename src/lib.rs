//! Dateline: a static site generator for story digests.
//!
//! The pipeline runs one way: a [`snapshot`] of the files is parsed ([`content`]), counted
//! ([`coverage`]), linked ([`site`]), planned ([`page`]), rendered ([`render`]) and written
//! ([`output`]). See ARCHITECTURE.md for the map.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests read and write files of their own"))]

pub mod add;
pub mod build;
pub mod check;
#[allow(clippy::disallowed_methods, reason = "commands read the environment and the clock")]
pub mod cmd;
pub mod content;
pub mod coverage;
pub mod diag;
pub mod edit;
pub mod html;
pub mod import;
pub mod link;
pub mod locale;
pub mod markdown;
#[allow(clippy::disallowed_methods, reason = "writes the site")]
pub mod output;
pub mod page;
pub mod picture;
#[allow(clippy::disallowed_methods, reason = "remembers what other servers said")]
pub mod probe;
pub mod reference;
pub mod render;
pub mod scan;
pub mod schema;
#[allow(clippy::disallowed_methods, reason = "names its runs by the clock")]
pub mod serve;
pub mod site;
pub mod slug;
#[allow(clippy::disallowed_methods, reason = "reads the site")]
pub mod snapshot;
pub mod starter;
pub mod text;
pub mod theme;
