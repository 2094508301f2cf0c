//! What every fuzz target tries, as ordinary functions, so that the kept inputs run as tests too.
//!
//! Each takes bytes that anybody might write or publish, and panics where a promise is broken.

pub mod content;
pub mod imports;
pub mod markdown;
pub mod pages;

#[path = "../../tests/inert/mod.rs"]
mod inert;
