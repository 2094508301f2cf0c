//! Command-line sessions of `dateline build`: text in; pages, messages and exit codes out.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::{TestSite, files, program};

fn small() -> TestSite {
    let site = TestSite::new();
    site.write("content/outlets/a.toml", "name = \"Outlet A\"\ndomains = [\"a.example\"]\nbias = \"left\"\n");
    site.story(
        "2025-07-31-iss.md",
        "title = \"Space <chiefs> meet\"\nplace = \"Russia\"\nsummary = \"They *met* [@s1].\"\ntopics = [\"Space\"]\n\
         points = [\"One [@s1]\"]\n[[sources]]\nurl = \"https://a.example/x\"\ntitle = \"Chiefs & co\"",
    );
    site
}

#[test]
fn a_story_becomes_a_page_with_its_coverage() {
    let site = small();
    let said = site.build();
    assert!(said.out.starts_with("1 story, 1 outlet, 1 topic: "), "{}", said.out);
    let page = site.page("stories/iss/index.html");
    assert!(page.contains("<h1>Space &lt;chiefs&gt; meet</h1>"));
    assert!(page.contains("RUSSIA, JUL 31 –"));
    assert!(page.contains("They <em>met</em> <a class=\"c\" href=\"#source-s1\""));
    assert!(page.contains("Chiefs &amp; co"));
    let json: serde_json::Value = serde_json::from_str(&site.page("stories/iss/story.json")).unwrap();
    assert_eq!(json["coverage"]["axes"]["bias"]["outlets"]["groups"][0]["count"], 1);
    assert_eq!(json["points"][0]["cites"][0], "s1");
    assert!(site.page("index.html").contains("/stories/iss/"));
    assert!(site.page("topics/space/index.html").contains("/stories/iss/"));
    assert!(site.page("outlets/a/index.html").contains("/stories/iss/"));
    assert!(site.page("archive/2025/07/index.html").contains("/stories/iss/"));
}

#[test]
fn every_mistake_of_every_file_is_reported_in_one_run_and_nothing_is_written() {
    let site = small();
    site.build();
    let before = site.output();
    site.story("2025-08-01-b.md", "titel = \"B\"\n[[points]]\ntext = \"x [@nobody]\"\n");
    site.write("content/outlets/b.toml", "name = \"B\"\ndomains = [\"a.example\"]\nbias = \"centre\"\n");
    site.write("content/pages/p.md", "+++\ntitle = 5\n+++\n");
    let said = site.run(&["build", "--message-format", "short"]);
    assert_eq!(said.code, 1);
    for line in [
        "content/outlets/b.toml:2:12: error[duplicate-domain]: the domain `a.example` belongs to `a` already",
        "content/outlets/b.toml:3:8: error[unknown-id]: `centre` is no level of `bias`",
        "content/pages/p.md:2:9: error[wrong-type]: expected a text, found a whole number",
        "content/stories/2025-08-01-b.md:2:1: error[unknown-key]: unknown key `titel`",
        "content/stories/2025-08-01-b.md:1:1: error[missing-key]: a story needs `title`",
        "content/stories/2025-08-01-b.md:4:12: error[unknown-id]: no source has the id `nobody`",
    ] {
        assert!(said.err.contains(line), "{line}\nis not in\n{}", said.err);
    }
    assert_eq!(site.output(), before, "the last good site stays as it was");
}

#[test]
fn a_mistake_is_shown_with_its_line_a_caret_and_help() {
    let site = small();
    site.story("2025-08-01-b.md", "title = \"B\"\nsumary = \"x\"");
    let said = site.run(&["build"]);
    assert!(said.err.contains("content/stories/2025-08-01-b.md:3:1"), "{}", said.err);
    assert!(said.err.contains("sumary = \"x\""), "{}", said.err);
    assert!(said.err.contains("^^^^^^"), "{}", said.err);
    assert!(said.err.contains("help: did you mean `summary`?"), "{}", said.err);
}

#[test]
fn exit_codes_tell_content_usage_and_configuration_apart() {
    let site = small();
    assert_eq!(site.run(&["build", "--jobs", "x"]).code, 2);
    assert_eq!(site.run(&["build", "--now", "yesterday"]).code, 2);
    assert_eq!(site.run(&["-r", "nowhere", "build"]).code, 2);
    site.write("dateline.toml", "min_rated = \"five\"\n");
    assert_eq!(site.run(&["build"]).code, 3);
    site.write("dateline.toml", "theme = \"wyre\"\n");
    let said = site.run(&["build"]);
    assert_eq!(said.code, 3, "{}", said.err);
    assert!(said.err.contains("there is no theme `wyre`"), "{}", said.err);
}

#[test]
fn a_second_build_changes_nothing_and_a_deleted_story_takes_its_pages_along() {
    let site = small();
    site.story("2025-08-02-c.md", "title = \"C\"");
    site.build();
    let first = site.output();
    let said = site.build();
    assert!(said.out.contains("(0 new, 0 changed, 0 deleted)"), "{}", said.out);
    site.remove("content/stories/2025-08-02-c.md").build();
    let second = site.output();
    assert!(first.contains_key("stories/c/index.html") && !second.contains_key("stories/c/index.html"));
    assert!(!site.path("public/stories/c").exists());
}

#[test]
fn foreign_files_are_neither_overwritten_nor_deleted() {
    let site = small();
    site.write("public/mine.txt", "mine").write("public/index.html", "also mine");
    let said = site.run(&["build"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("index.html"), "{}", said.err);
    assert_eq!(site.page("index.html"), "also mine");
    site.remove("public/index.html").build();
    assert_eq!(site.page("mine.txt"), "mine");
}

#[test]
fn drafts_future_and_expired_stories_are_built_when_asked_for() {
    let site = small();
    site.story("2025-08-01-d.md", "title = \"D\"\ndraft = true");
    site.story("2030-08-01-f.md", "title = \"F\"");
    site.story("2025-08-01-e.md", "title = \"E\"\nexpires = 2025-08-02");
    site.build();
    let has = |site: &TestSite, slug: &str| site.path(&format!("public/stories/{slug}")).exists();
    assert!(!has(&site, "d") && !has(&site, "f") && !has(&site, "e"));
    assert_eq!(site.run(&["build", "--drafts", "--future", "--expired"]).code, 0);
    assert!(has(&site, "d") && has(&site, "f") && has(&site, "e"));
    assert_eq!(site.run(&["build", "--now", "2031-01-01"]).code, 0);
    assert!(!has(&site, "d") && has(&site, "f") && !has(&site, "e"));
}

#[test]
fn the_output_does_not_depend_on_threads_time_zone_locale_or_folder() {
    let site = small();
    for n in 0..30 {
        site.story(
            &format!("2025-09-{:02}-s{n}.md", n % 28 + 1),
            &format!("title = \"S{n}\"\ntopics = [\"T{}\"]", n % 3),
        );
    }
    site.build();
    let one = site.output();
    let other = TestSite::new();
    common::copy(&site.path("content"), &other.path("content"));
    let mut command = program();
    command.current_dir(other.path("")).args(["build", "--jobs", "1", "-o", "elsewhere"]);
    command.env("TZ", "Pacific/Auckland").env("LC_ALL", "ar_EG.UTF-8");
    assert!(command.output().unwrap().status.success());
    assert_eq!(one, files(&other.path("elsewhere")));
}

#[test]
fn a_template_error_names_template_line_and_story() {
    let site = small();
    site.write(
        "templates/story.html",
        "{% extends \"default/story.html\" %}\n{% block main %}{{ story.nothing.at }}{% endblock main %}",
    );
    let said = site.run(&["build", "--message-format", "short"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("templates/story.html:2:"), "{}", said.err);
    assert!(said.err.contains("content/stories/2025-07-31-iss.md"), "{}", said.err);
}

#[test]
fn a_site_overrides_a_template_and_extends_the_one_of_the_theme() {
    let site = small();
    site.write("templates/hooks/foot.html", "<p>own foot</p>");
    site.write(
        "templates/404.html",
        "{% extends \"default/404.html\" %}{% block head_extra %}<meta name=\"x\">{% endblock head_extra %}",
    );
    site.build();
    assert!(site.page("index.html").contains("<p>own foot</p>"));
    assert!(site.page("404.html").contains("<meta name=\"x\">"));
}

#[test]
fn links_work_below_a_path_and_from_files() {
    let site = small();
    assert_eq!(site.run(&["build", "-u", "https://x.example/a/b"]).code, 0);
    assert!(site.page("index.html").contains("href=\"/a/b/stories/iss/\""));
    assert!(site.page("index.html").contains("<link rel=\"canonical\" href=\"https://x.example/a/b/\">"));
    assert_eq!(site.run(&["build", "--relative"]).code, 0);
    let page = site.page("stories/iss/index.html");
    assert!(page.contains("href=\"../../index.html\"") && !page.contains("dateline-root"), "{page}");
}

#[test]
fn explain_tells_what_a_code_means() {
    let site = small();
    assert!(site.run(&["explain", "unknown-key"]).out.contains("[extra]"));
    let said = site.run(&["explain", "unknown-kye"]);
    assert_eq!((said.code, said.err.contains("did you mean `unknown-key`?")), (2, true));
}

#[test]
fn aliases_redirect_and_a_withdrawn_story_leaves_a_tombstone() {
    let site = small();
    site.story("2025-08-01-w.md", "title = \"W\"\nwithdrawn = \"It was *wrong*.\"\naliases = [\"/old/w/\"]");
    site.build();
    assert!(site.page("old/w/index.html").contains("url=/stories/w/"));
    assert!(site.page("stories/w/index.html").contains("It was <em>wrong</em>."));
    assert!(!site.page("index.html").contains("/stories/w/"));
    assert!(!site.path("public/stories/w/story.json").exists());
}

#[test]
fn two_pages_at_one_place_are_an_error() {
    let site = small();
    site.story("2025-08-01-x.md", "title = \"X\"\naliases = [\"/topics/SPACE/\"]");
    let said = site.run(&["build"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("duplicate-path"), "{}", said.err);
}
