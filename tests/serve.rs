//! The preview, driven as people drive it: the real program on a site of its own, files changed
//! the way editors and tools change them, pages asked for over HTTP, waits that end.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

#[path = "serve/browser.rs"]
mod browser;
#[path = "serve/preview.rs"]
mod preview;

#[path = "serve/files.rs"]
mod files;
#[path = "serve/http.rs"]
mod http;
#[path = "serve/messages.rs"]
mod messages;
#[path = "serve/same.rs"]
mod same;
