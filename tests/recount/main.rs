//! An independent recount: every number that the sample site shows is counted again from its
//! files and the list of sources in `story.json`, by code that shares nothing with `src/coverage`.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod across;
mod beside;
mod charts;
#[path = "../common/mod.rs"]
mod common;
mod counted;
mod data;
mod drawn;
mod page;
mod picture;
mod rated;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use counted::Story;
use rated::Rated;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

/// The sample site as built, and as counted here.
pub struct Sample {
    pub files: BTreeMap<String, Vec<u8>>,
    /// Newest first, as in lists.
    pub stories: Vec<Story>,
    pub rated: Rated,
}

impl Sample {
    pub fn page(&self, path: &str) -> Html {
        Html::parse_document(self.text(path))
    }

    pub fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no file {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    pub fn story(&self, slug: &str) -> &Story {
        self.stories.iter().find(|story| story.slug == slug).unwrap_or_else(|| panic!("no story {slug}"))
    }
}

/// The sample site, built once for all tests.
fn sample() -> &'static Sample {
    static SAMPLE: OnceLock<Sample> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = tempfile::TempDir::new().unwrap();
        let mut command = common::program();
        command.env("SOURCE_DATE_EPOCH", "1795392000").current_dir(root);
        command.args(["build", "-q", "-o"]).arg(output.path().join("site"));
        let said: common::Said = command.output().unwrap().into();
        assert_eq!(said.code, 0, "{}", said.err);
        let files = common::files(&output.path().join("site"));
        let stories = files.iter().filter(|(path, _)| path.ends_with("/story.json"));
        let stories: Vec<Value> = stories.map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect();
        assert!(stories.len() >= 13, "the sample site has {} stories", stories.len());
        let rated = Rated::read(root, levels(&stories[0]));
        let mut stories: Vec<Story> = stories.into_iter().map(|json| Story::count(json, &rated)).collect();
        stories.sort_by(|a, b| b.day.cmp(&a.day));
        Sample { files, stories, rated }
    })
}

/// The ids of the levels of every axis.
fn levels(story: &Value) -> BTreeMap<String, Vec<String>> {
    let ids = |axis: &Value| -> Vec<String> {
        let levels = axis["outlets"]["levels"].as_array().unwrap().iter();
        levels.map(|level| level["id"].as_str().unwrap().to_owned()).collect()
    };
    let axes = story["coverage"]["axes"].as_object().unwrap();
    axes.iter().map(|(axis, counts)| (axis.clone(), ids(counts))).collect()
}

/// The elements that a selector finds below another.
pub fn all<'a>(below: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    below.select(&Selector::parse(selector).unwrap()).collect()
}

/// The first of them.
pub fn one<'a>(below: ElementRef<'a>, selector: &str) -> Option<ElementRef<'a>> {
    all(below, selector).into_iter().next()
}

/// The words of an element.
pub fn words(element: ElementRef) -> String {
    element.text().collect::<Vec<_>>().join(" ")
}

/// The whole numbers in a text, in order.
pub fn numbers(text: &str) -> Vec<usize> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    digits.map(|part| part.parse().unwrap()).collect()
}

#[test]
fn every_number_of_every_story_as_data() {
    sample().stories.iter().for_each(|story| data::check(story, &sample().rated));
}

#[test]
fn every_story_is_as_its_published_schema_says() {
    data::check_schema(sample());
}

#[test]
fn every_number_of_every_story_page() {
    sample().stories.iter().for_each(|story| page::check(sample(), story));
}

#[test]
fn every_number_of_every_widget_to_embed() {
    sample().stories.iter().for_each(|story| page::check_embeds(sample(), story));
}

#[test]
fn every_number_of_every_picture() {
    sample().stories.iter().for_each(|story| picture::check(sample(), story));
    sample().stories.iter().for_each(|story| drawn::check(sample(), story));
}

#[test]
fn every_number_of_every_card_in_a_list() {
    across::check_cards(sample());
}

#[test]
fn every_number_of_topics_outlets_and_blindspots() {
    across::check_topics(sample());
    across::check_outlets(sample());
    across::check_leaders(sample());
    across::check_blindspots(sample());
}

#[test]
fn every_share_has_its_count_and_its_whole_beside_it() {
    beside::check(sample());
}
