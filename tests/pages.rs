//! Plain pages that stand below each other: navigation, what comes before and after, the search.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::TestSite;

fn page(title: &str, weight: u32) -> String {
    format!("+++\ntitle = \"{title}\"\nweight = {weight}\n+++\n\n## First\n\nWords.\n\n## Second\n\nMore.\n")
}

fn handbook() -> TestSite {
    let site = TestSite::new();
    site.write("content/pages/start.md", &page("Start", 1));
    site.write("content/pages/guide/index.md", &page("Guide", 2));
    site.write("content/pages/guide/themes.md", &page("Themes", 2));
    site.write("content/pages/guide/axes.md", &page("Axes", 1));
    site.write("content/pages/imprint.md", "+++\ntitle = \"Imprint\"\n+++\n\nWho we are.\n");
    site
}

/// The texts of links in a part of a page that begins and ends with these words.
fn links(html: &str, from: &str, to: &str) -> Vec<String> {
    let part = html.split(from).nth(1).unwrap_or_else(|| panic!("no {from}"));
    let part = part.split(to).next().unwrap();
    let texts = part.split("<a ").skip(1).map(|link| link.split_once('>').unwrap().1);
    texts.map(|text| text.split("</a>").next().unwrap().to_owned()).collect()
}

#[test]
fn every_page_of_the_outline_shows_it_and_its_neighbours() {
    let site = handbook();
    site.build();
    let axes = site.page("guide/axes/index.html");
    assert_eq!(links(&axes, "<nav class=\"pages\"", "</nav>"), ["Start", "Guide", "Axes", "Themes"]);
    assert!(axes.contains("<a href=\"/guide/axes/\" aria-current=\"page\">Axes</a>"));
    assert_eq!(links(&axes, "<nav class=\"toc\"", "</nav>"), ["First", "Second"]);
    assert!(axes.contains("rel=\"prev\" href=\"/guide/\""), "{axes}");
    assert!(axes.contains("rel=\"next\" href=\"/guide/themes/\""), "{axes}");
    assert_eq!(links(&axes, "<nav class=\"crumbs\"", "</nav>"), ["Home", "Guide"]);
    assert_eq!(
        links(&site.page("guide/index.html"), "<ul class=\"index\">", "</ul>"),
        ["Axes", "Themes"],
        "a page lists those right below it"
    );
}

#[test]
fn a_page_without_weight_stands_apart() {
    let site = handbook();
    site.build();
    let imprint = site.page("imprint/index.html");
    assert!(!imprint.contains("<nav class=\"pages\"") && !imprint.contains("rel=\"next\""), "{imprint}");
}

#[test]
fn a_site_whose_pages_stand_side_by_side_needs_no_outline() {
    let site = TestSite::new();
    site.write("content/pages/about.md", &page("About", 1))
        .write("content/pages/contact.md", &page("Contact", 2));
    site.build();
    assert!(!site.page("about/index.html").contains("<nav class=\"pages\""));
}

#[test]
fn the_text_of_pages_is_found() {
    let site = handbook();
    site.write("dateline.toml", "title = \"Test\"\nbase_url = \"https://test.example/\"\n");
    site.build();
    let entry = site.page("pagefind/pagefind-entry.json");
    assert!(entry.contains("\"page_count\":5"), "{entry}");
}
