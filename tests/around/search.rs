//! The index of the search.

use std::io::Read;

use crate::built::{Built, sample, site};

/// All fragments of the index: what Pagefind knows of each story.
fn fragments(built: &Built) -> Vec<serde_json::Value> {
    let files = built.files();
    let packed = files.iter().filter(|(path, _)| path.starts_with("pagefind/fragment/"));
    packed
        .map(|(_, bytes)| {
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
            serde_json::from_str(text.strip_prefix("pagefind_dcd").unwrap()).unwrap()
        })
        .collect()
}

const STORY: &str = "+++\ntitle = \"Bridge closed\"\ndate = 2025-03-04\ntopics = [\"Roads\"]\nsummary = \"All *cars* wait.\"\npoints = [\"Nobody was hurt\"]\n\
    [[sources]]\ntitle = \"One\"\n[[sources]]\ntitle = \"Two\"\n[[sources]]\ntitle = \"Xylophone found\"\nurl = \"https://o.example/3\"\n+++\n";

#[test]
fn a_story_is_found_by_all_of_its_words() {
    let outlet =
        ("content/outlets/o.toml", "name = \"The Owl\"\ndomains = [\"o.example\"]\nbias = \"left\"\n");
    let config = ("dateline.toml", "base_url = \"https://example.org/a/\"\n");
    let built = site(&[config, ("content/stories/b.md", STORY), outlet], &[]);
    let all = fragments(&built);
    assert_eq!(all.len(), 1);
    let content = all[0]["content"].as_str().unwrap();
    for word in ["Bridge closed", "All cars wait", "Nobody was hurt", "Xylophone", "The Owl"] {
        assert!(content.contains(word), "{word}: {content}");
    }
    let filters = &all[0]["filters"];
    assert_eq!(filters["topic"][0], "Roads");
    assert_eq!(filters["outlet"][0], "The Owl");
    assert_eq!(filters["group"][0], "Left");
    assert_eq!(filters["year"][0], "2025");
    assert_eq!(all[0]["url"], "stories/b/");
    assert!(built.read("search/index.html").contains("data-pagefind=\"/a/pagefind/\""));
}

#[test]
fn a_site_may_have_no_search() {
    let built = site(&[("dateline.toml", "search = false\n"), ("content/stories/b.md", STORY)], &[]);
    assert!(!built.has("search/index.html"));
    assert!(!built.files().keys().any(|path| path.starts_with("pagefind/")));
    assert!(!built.read("index.html").contains("/search/"));
}

#[test]
fn languages_have_indexes_of_their_own() {
    let built = sample(&[]);
    let entry: serde_json::Value = serde_json::from_str(&built.read("pagefind/pagefind-entry.json")).unwrap();
    for lang in ["en", "de", "ar", "ja"] {
        assert!(entry["languages"][lang]["page_count"].as_u64() > Some(0), "{lang}");
    }
}

#[test]
fn two_builds_are_the_same_byte_for_byte() {
    let (one, two) = (sample(&["--jobs", "1"]).files(), sample(&["--jobs", "4"]).files());
    let differ: Vec<&String> = one.keys().filter(|path| one.get(*path) != two.get(*path)).collect();
    assert!(differ.is_empty() && one.len() == two.len(), "{differ:?}");
}

#[test]
fn where_there_is_no_server_the_search_knows_its_program() {
    let built = site(&[("dateline.toml", ""), ("content/stories/b.md", STORY)], &["--relative"]);
    assert!(built.read("search/index.html").contains("data-pagefind=\"../pagefind/pagefind.js\""));
}

#[test]
fn the_folder_of_the_index_is_reserved() {
    let files = [("dateline.toml", ""), ("static/Pagefind/x.txt", "x")];
    assert!(crate::built::refused(&files).contains("error[duplicate-path]"));
}
