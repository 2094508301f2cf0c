//! The site around the stories, from outside: sites built by the program itself.

mod built;
mod crawl;
mod data;
mod feeds;
mod hosting;
mod mail;
mod search;
