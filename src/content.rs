//! What people write: stories, outlets, editions, topics, pages and the configuration.
//!
//! In: bytes of one file. Out: one checked value and every mistake of that file. Nothing here
//! knows another file, the disk or the clock. [`tree`] and [`record`] are the common ground: one
//! list of fields makes the reader, its messages and the schema.

pub mod axis;
pub mod checks;
pub mod config;
pub mod data;
pub mod date;
pub mod digest;
pub mod front;
pub mod keep;
pub mod lint;
pub mod outlet;
pub mod pages;
pub mod record;
pub mod story;
pub mod texts;
pub mod toml_tree;
pub mod tree;
pub mod unseen;
pub mod yaml_tree;
