//! Edits of files that a person wrote: what is not meant to change keeps every byte.
//!
//! In: a text and what to change. Out: the new text. Knows nothing of the disk.

mod append;

pub use append::{Refusal, append_source};
