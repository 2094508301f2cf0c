//! The site around the stories, from outside: sites built by the program itself.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod built;
mod crawl;
mod data;
mod feeds;
mod hosting;
mod lists;
mod mail;
mod search;
mod validity;
