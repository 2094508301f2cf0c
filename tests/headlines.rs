//! What readers see of a headline, and what programs read of it; who a story's head names.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::TestSite;

fn site() -> TestSite {
    let site = TestSite::new();
    let outlets: String = ["left", "left", "center", "right", "right"]
        .iter()
        .enumerate()
        .map(|(at, bias)| format!("[o{at}]\nname = \"Outlet {at}\"\nbias = \"{bias}\"\n"))
        .collect();
    site.write("content/outlets.toml", &outlets);
    let source = |at: usize| format!("[[sources]]\noutlet = \"o{at}\"\ntitle = \"The city's 'cap'\"\n");
    let sources: String = [3, 4, 2, 0, 1].into_iter().map(source).collect();
    let front = "title = \"The \\\"cap\\\": a city's answer...\"\ndate = 2025-05-02\nauthors = [\"A. B.\"]\n";
    site.write(
        "content/stories/cap.md",
        &format!("+++\n{front}{sources}[[sections]]\ntitle = \"What's next\"\n+++\n"),
    );
    let german = "title = \"Der \\\"Deckel\\\"\"\nlang = \"de\"\ndate = 2025-05-01\n";
    site.write("content/stories/deckel.md", &format!("+++\n{german}+++\n"));
    site
}

#[test]
fn readers_see_the_punctuation_of_the_language() {
    let site = site();
    site.build();
    let page = site.page("stories/cap/index.html");
    assert!(page.contains("<h1>The “cap”: a city’s answer…</h1>"), "{page}");
    assert!(page.contains("<title>The “cap”: a city’s answer… · "));
    assert!(page.contains("What’s next</h2>"));
    assert!(site.page("stories/deckel/index.html").contains("<h1>Der „Deckel“</h1>"));
    assert!(site.page("index.html").contains(">The “cap”: a city’s answer…</a>"));
    assert!(site.page("atom.xml").contains("<title>The “cap”: a city’s answer…</title>"));
}

#[test]
fn programs_and_quoted_headlines_keep_what_was_written() {
    let site = site();
    site.build();
    let page = site.page("stories/cap/index.html");
    assert!(page.contains("The city&#39;s &#39;cap&#39;"), "an article's own headline");
    assert!(page.contains(r#""headline":"The \"cap\": a city's answer...""#), "JSON-LD");
    assert!(page.contains("A. B.. The &quot;cap&quot;: a city&#39;s answer...."), "the citation: {page}");
    assert!(site.page("stories/cap/story.json").contains(r#""title":"The \"cap\": a city's answer...""#));
}

#[test]
fn the_head_of_a_story_names_an_outlet_of_each_group_and_counts_the_others() {
    let site = site();
    site.build();
    let page = site.page("stories/cap/index.html");
    let line = page.split("<p class=\"who\">").nth(1).and_then(|rest| rest.split("</p>").next()).unwrap();
    let names: Vec<&str> =
        line.split("</i>").skip(1).map(|part| part.split(" <small>").next().unwrap()).collect();
    assert_eq!(names, ["Outlet 0", "Outlet 2", "Outlet 3"], "{line}");
    assert!(line.ends_with("and 2 more outlets"), "{line}");
    assert!(!site.page("stories/deckel/index.html").contains("class=\"who\""), "nobody to name");
}
