//! What browsers are told.

use std::fs;

use crate::browser::Tab;
use crate::preview::{Preview, preview, put, site, story};

const ALPHA: &str = "content/stories/2025-01-01-alpha.md";

#[test]
fn a_page_knows_its_version_and_hears_of_the_next() {
    let preview = preview();
    let page = preview.get("/").text();
    let mut tab = Tab::open(preview.port, "%2F");
    let first = tab.until(|_| true)["version"].as_str().unwrap().to_owned();
    let tag = format!("<script src=\"/.dateline/reload.js\" data-version=\"{first}\"></script></body>");
    assert!(page.contains(&tag), "{page}");
    preview.put(ALPHA, &story("Alpha", "New words"));
    let next = tab.until(|message| message["version"] != *first);
    assert!(next["swap"].is_null());
    // The message comes after the site: what it asks for is there.
    assert!(preview.get("/stories/alpha/").text().contains("New words"));
    let late = Tab::open(preview.port, "%2F").until(|_| true);
    assert_eq!(late["version"], next["version"], "a tab that comes back asks for the version");
}

#[test]
fn a_changed_style_sheet_is_swapped_in() {
    let preview = preview();
    preview.put("themes/default/static/style.css", "a { color: blue }");
    preview.event("built", |event| event["changed"][0] == "themes/default/static/style.css");
    let mut tab = Tab::open(preview.port, "%2F");
    let first = tab.until(|_| true)["version"].as_str().unwrap().to_owned();
    preview.put("static/own.css", "a { color: green }");
    let second = tab.until(|message| message["version"] != *first);
    assert_eq!(second["swap"]["from"], *first);
    let to = second["swap"]["files"]["/own.css"].as_str().expect("the new address");
    assert!(preview.get(to).text().contains("green"));
    preview.put("themes/default/static/style.css", "a { color: black }");
    let third = tab.until(|message| message["version"] != second["version"]);
    let files = third["swap"]["files"].as_object().unwrap();
    let (from, to) = files.iter().next().unwrap();
    assert!(from.starts_with("/assets/style.") && from != to, "{files:?}");
    assert_eq!(preview.get(from).status, 404);
    assert!(preview.get(to.as_str().unwrap()).text().contains("black"));
    preview.put("static/own.css", "a { color: white }");
    preview.put(ALPHA, &story("Alpha", "New words"));
    let fourth = tab.until(|message| message["version"] != third["version"]);
    assert!(fourth["swap"].is_null(), "more than a style sheet has changed");
}

#[test]
fn problems_are_told_as_build_tells_them_and_taken_back() {
    let preview = preview();
    let mut tab = Tab::open(preview.port, "%2Fstories%2Falpha%2F");
    let good = tab.until(|message| message["problems"].is_null());
    preview.put(ALPHA, "+++\ntitel = \"<img src=x onerror=alert(1)>\"\n+++\n");
    let broken = tab.until(|message| !message["problems"].is_null());
    let text = broken["problems"].as_str().unwrap();
    assert!(text.contains("unknown key `titel`") && text.contains("did you mean `title`?"), "{text}");
    assert!(text.contains(&format!("{ALPHA}:2:1")) && text.contains("^^^^^"), "{text}");
    assert_eq!(broken["version"], good["version"], "the last good site stays");
    assert!(preview.get("/stories/alpha/").text().contains("Old words"));
    let build = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["build", "--root"])
        .arg(preview.dir.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&build.stderr);
    assert!(said.contains(text.trim_end()), "{said}\n---\n{text}");
    preview.put(ALPHA, &story("Alpha", "Mended"));
    let mended = tab.until(|message| message["problems"].is_null());
    assert_ne!(mended["version"], good["version"]);
    assert!(preview.get("/stories/alpha/").text().contains("Mended"));
}

#[test]
fn a_template_that_breaks_a_page_in_view_keeps_the_last_good_one() {
    let preview = preview();
    let mut tab = Tab::open(preview.port, "%2Fabout%2F");
    tab.until(|message| message["problems"].is_null());
    // Compiles, but cannot be rendered.
    preview.put("templates/page.html", "<body>{{ page.nothing.here }}</body>");
    let broken = tab.until(|message| !message["problems"].is_null());
    assert!(broken["problems"].as_str().unwrap().contains("templates/page.html"));
    assert!(preview.get("/about/").text().contains("Who we are"));
    preview.put("templates/page.html", "<body>{% if %}</body>");
    tab.until(|message| message["problems"].as_str().is_some_and(|text| text.contains("{% if %}")));
    assert!(preview.get("/about/").text().contains("Who we are"));
    preview.put("templates/page.html", "<body>own {{ doc.title }}</body>");
    tab.until(|message| message["problems"].is_null());
    assert!(preview.get("/about/").text().contains("own About"));
}

#[test]
fn a_template_that_breaks_a_page_out_of_view_is_told_too() {
    let preview = preview();
    let mut tab = Tab::open(preview.port, "%2Fabout%2F");
    tab.until(|message| message["problems"].is_null());
    preview.put("templates/story.html", "<body>{{ story.nothing.here }}</body>");
    let broken = tab.until(|message| !message["problems"].is_null());
    let text = broken["problems"].as_str().unwrap();
    assert!(text.contains("templates/story.html:1") && text.contains("content/stories/"), "{text}");
    preview.put("templates/story.html", "<body>own {{ story.title }}</body>");
    tab.until(|message| message["problems"].is_null());
    assert!(preview.get("/stories/alpha/").text().contains("own Alpha"));
}

#[test]
fn a_site_that_is_broken_from_the_start_appears_once_mended() {
    let dir = site();
    put(dir.path(), ALPHA, "+++\ntitel = \"<b>\"\n+++\n");
    let preview = Preview::of(dir, &[]);
    let answer = preview.get("/");
    assert_eq!(answer.status, 503);
    let text = answer.text();
    assert!(text.contains("unknown key") && text.contains("reload.js") && !text.contains("<b>"), "{text}");
    preview.put(ALPHA, &story("Alpha", "Mended"));
    preview.shows("/stories/alpha/", 200, "Mended");
}

#[test]
fn a_tab_follows_the_story_that_it_shows() {
    let preview = preview();
    let mut tab = Tab::open(preview.port, "%2Fstories%2Falpha%2F");
    let first = tab.until(|_| true)["version"].as_str().unwrap().to_owned();
    fs::rename(preview.path(ALPHA), preview.path("content/stories/2025-01-01-omega.md")).unwrap();
    let moved = tab.until(|message| message["version"] != *first);
    assert_eq!(moved["moved"]["/stories/alpha/"], "/stories/omega/");
}

#[test]
fn ten_tabs_hear_the_same() {
    let preview = preview();
    let mut tabs: Vec<Tab> = (0..10).map(|_| Tab::open(preview.port, "%2F")).collect();
    let first = tabs[0].until(|_| true)["version"].as_str().unwrap().to_owned();
    preview.put(ALPHA, &story("Alpha", "New words"));
    for tab in &mut tabs {
        tab.until(|message| message["version"] != *first);
    }
    assert_eq!(preview.get("/").status, 200);
}
