//! Command-line sessions of `dateline check`: sites with one weakness each; messages and exit codes
//! out. `tests/codes.rs` has an example of every kind; here stand the cases around them.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use common::{Said, TestSite, files};

/// A site whose one story has nothing to be said of.
fn sound() -> TestSite {
    let site = TestSite::new();
    for (id, level) in [("a", "left"), ("b", "center"), ("c", "right")] {
        site.write(
            &format!("content/outlets/{id}.toml"),
            &format!("name = \"Outlet {id}\"\ndomains = [\"{id}.example\"]\nbias = \"{level}\"\n"),
        );
    }
    site.story(
        "2025-06-01-bridge.md",
        "title = \"The bridge opens\"\nsummary = \"It opened [@s1].\"\npoints = [\"The toll is gone [@s1; @s2].\"]\n\
         [[sources]]\nurl = \"https://a.example/x\"\npublished = 2025-05-31\n[[sources]]\nurl = \"https://b.example/x\"",
    );
    site
}

fn check(site: &TestSite, args: &[&str]) -> Said {
    site.run(&[&["check", "--message-format", "short"], args].concat())
}

/// The messages about a story of this front matter, beside the sound one.
fn of_story(front: &str) -> Vec<String> {
    let site = sound();
    site.story("2025-07-01-other.md", &format!("title = \"Another story\"\n{front}"));
    let said = check(&site, &[]);
    said.err.lines().map(str::to_owned).collect()
}

/// Two sources of known outlets, both cited.
const SOURCES: &str = "[[sources]]\nid = \"x\"\nurl = \"https://a.example/1\"\n[[sources]]\nid = \"y\"\nurl = \"https://b.example/1\"\n";

#[test]
fn a_sound_site_has_nothing_to_be_said_of() {
    let said = check(&sound(), &[]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with("checked 1 story, 3 outlets, "), "{}", said.out);
    assert!(said.out.ends_with(": 0 errors, 0 warnings\n"), "{}", said.out);
}

#[test]
fn nothing_is_written() {
    let site = sound();
    let before = files(&site.path("."));
    check(&site, &[]);
    assert_eq!(files(&site.path(".")), before);
}

#[test]
fn warnings_leave_the_exit_code_alone_unless_they_are_denied() {
    let site = sound();
    site.story("2025-07-01-other.md", "title = \"Other\"\npoints = [\"So it is.\"]");
    let said = check(&site, &[]);
    assert_eq!(said.code, 0);
    assert_eq!(
        said.err,
        "content/stories/2025-07-01-other.md:3:11: warning[uncited-point]: the point `p1` names no source\n"
    );
    assert_eq!(check(&site, &["--deny-warnings"]).code, 1);
    let lint = "\n[lint]\nuncited-point = \"deny\"\n";
    site.write("dateline.toml", &format!("base_url = \"https://test.example/\"\nsearch = false\n{lint}"));
    let said = check(&site, &[]);
    assert!(said.code == 1 && said.err.contains("error[uncited-point]"), "{}", said.err);
    site.story(
        "2025-07-01-other.md",
        "title = \"Other\"\npoints = [\"So it is.\"]\nlint = { uncited-point = \"allow\" }",
    );
    assert_eq!(check(&site, &[]).code, 0);
}

#[test]
fn broken_links_have_an_exit_code_of_their_own() {
    let site = sound();
    site.write(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\n+++\n\n[x](/stories/brigde/) [y](/stories/bridge/#p)\n",
    );
    let said = check(&site, &[]);
    assert_eq!(said.code, 4, "{}", said.err);
    for line in [
        "content/pages/about.md:5:5: error[dead-link]: `/stories/brigde/` leads to no page or file (on about/index.html)",
        "content/pages/about.md:5:27: error[dead-anchor]: `/stories/bridge/#p` leads to a place that its page does not have",
    ] {
        assert!(said.err.contains(line), "{line}\nis not in\n{}", said.err);
    }
    let human = site.run(&["check"]).err;
    assert!(human.contains("help: did you mean `/stories/bridge/`?"), "{human}");
    let lint = "[lint]\ndead-link = \"allow\"\ndead-anchor = \"warn\"\n";
    site.write("dateline.toml", &format!("base_url = \"https://test.example/\"\nsearch = false\n{lint}"));
    let said = check(&site, &[]);
    assert!(said.code == 0 && !said.err.contains("dead-link"), "{}", said.err);
    assert!(said.err.contains("warning[dead-anchor]"), "{}", said.err);
}

#[test]
fn links_of_the_navigation_and_of_templates_are_found_where_they_are_written() {
    let site = sound();
    site.write(
        "dateline.toml",
        "base_url = \"https://test.example/news/\"\nsearch = false\n[[nav]]\nname = \"Gone\"\nurl = \"/gone/\"\n",
    );
    site.write(
        "templates/404.html",
        "{% extends \"base.html\" %}\n{% block main %}<h1>x</h1><a href=\"/news/lost/\">y</a>{% endblock main %}\n",
    );
    let said = check(&site, &[]);
    assert_eq!(said.code, 4, "{}", said.err);
    assert!(said.err.contains("dateline.toml:5:8: error[dead-link]: `/news/gone/` leads to"), "{}", said.err);
    assert!(said.err.contains("more pages)"), "{}", said.err);
    assert!(said.err.contains("templates/404.html:2:"), "{}", said.err);
    assert_eq!(said.err.lines().count(), 2, "one message a link: {}", said.err);
}

#[test]
fn links_to_files_pictures_and_the_sites_own_address_are_alive() {
    let site = sound();
    site.write("static/plan.pdf", "%PDF").write("static/a b.txt", "x");
    site.write(
        "content/pages/about.md",
        "+++\ntitle = \"About\"\n+++\n\n## Where to\n\n[a](/plan.pdf) [b](/a%20b.txt) [c](https://test.example/topics/)\n\
         [d](#where-to) [e](/stories/bridge/?x=1#source-s1) [f](story.json) [g](mailto:a@b.example) [h](https://else.example/)\n",
    );
    let said = check(&site, &[]);
    assert_eq!(said.err.lines().count(), 1, "{}", said.err);
    assert!(said.err.contains("`story.json` leads to no page"), "{}", said.err);
}

#[test]
fn a_mistake_comes_before_the_pages_and_has_its_own_exit_code() {
    let site = sound();
    site.story("2025-07-01-other.md", "titel = \"Other\"");
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\n[x](/stories/other/)\n");
    let said = check(&site, &[]);
    assert!(said.code == 1 && said.err.contains("error[unknown-key]"), "{}", said.err);
    assert!(!said.err.contains("dead-link"), "{}", said.err);
    assert!(said.out.contains("no page, for errors come first"), "{}", said.out);
    site.write("dateline.toml", "titel = 1\n");
    assert_eq!(check(&site, &[]).code, 3);
}

#[test]
fn points_rest_on_outlets_and_reports() {
    let points = "points = [\"One [@x].\", \"Two [@x; @y].\"]\n";
    let found = of_story(&format!("{points}{SOURCES}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains(":3:11: warning[single-source]: the point `p1` rests on one outlet, Outlet a"),
        "{found:?}"
    );
    let found = of_story(&format!("points = [\"Two [@x; @y].\"]\n{SOURCES}copy_of = \"x\"\n"));
    assert!(
        found[0].contains("the point `p1` cites 2 outlets, and all carry the text of one report"),
        "{found:?}"
    );
    let alone = "points = [\"One [@x].\"]\n[[sources]]\nid = \"x\"\nurl = \"https://a.example/1\"\n";
    assert_eq!(of_story(alone), Vec::<String>::new());
    let denied = format!("[[points]]\ntext = \"It fell.\"\ndenied_by = [\"x\", \"y\"]\n{SOURCES}");
    assert_eq!(of_story(&denied), Vec::<String>::new());
}

#[test]
fn a_quote_may_cite_in_its_text() {
    let used = "points = [\"Two [@x; @y].\"]\n";
    let quote = "[[quotes]]\ntext = \"It took forty years [@x].\"\n[[quotes]]\ntext = \"It did.\"\n";
    let found = of_story(&format!("{used}{SOURCES}{quote}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains(":13:8: warning[quote-without-source]"), "{found:?}");
}

#[test]
fn a_source_is_used_by_any_text_and_by_a_copy_of_it() {
    let third = "[[sources]]\nid = \"z\"\nurl = \"https://c.example/1\"\n";
    let two = "points = [\"Two [@x; @y].\"]\n";
    let found = of_story(&format!("{two}{SOURCES}{third}"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains(":10:1: warning[unused-source]: 1 of 3 sources is cited nowhere: `z`"),
        "{found:?}"
    );
    for citing in [
        "summary = \"See [@z].\"\n",
        "[[sections]]\ntitle = \"S\"\nitems = [\"See [@z].\"]\n",
        "[[questions]]\nquestion = \"Why?\"\nanswer = \"So.\"\ncites = [\"z\"]\n",
        "[[timeline]]\ndate = 2025-01-01\ntext = \"See [@z].\"\n",
    ] {
        let front = match citing.starts_with("summary") {
            true => format!("{citing}{two}{SOURCES}{third}"),
            false => format!("{two}{SOURCES}{third}{citing}"),
        };
        assert_eq!(of_story(&front), Vec::<String>::new(), "{citing}");
    }
    assert_eq!(of_story(&format!("{two}{SOURCES}{third}copy_of = \"x\"\n")), Vec::<String>::new());
}

#[test]
fn one_host_without_outlet_is_said_once() {
    let site = sound();
    let sources = "[[sources]]\nid = \"x\"\nurl = \"https://www.aa.example/1\"\n[[sources]]\nid = \"y\"\nurl = \"https://aa.example/2\"\n";
    for day in ["01", "02"] {
        site.story(
            &format!("2025-07-{day}-s.md"),
            &format!("slug = \"s{day}\"\ntitle = \"Story {day}\"\npoints = [\"T [@x; @y].\"]\n{sources}"),
        );
    }
    let said = check(&site, &[]);
    assert_eq!(said.err.matches("unknown-outlet").count(), 1, "{}", said.err);
    assert!(
        said.err.contains(
            "2025-07-02-s.md:7:7: warning[unknown-outlet]: no outlet has the domain `aa.example` (4 sources)"
        ),
        "{}",
        said.err
    );
    assert!(site.run(&["check"]).err.contains("did you mean `a.example`, of `a`?"));
}

#[test]
fn thresholds_are_the_sites() {
    let site = sound();
    site.story("2025-07-01-other.md", &format!("title = \"Other\"\nsummary = \"{}\"\n", "word ".repeat(130)));
    assert!(check(&site, &[]).err.contains("the summary has 649 characters, more than 600"));
    site.write("dateline.toml", "base_url = \"https://test.example/\"\nsearch = false\n[check]\nsummary_length = 700\nmax_unrated = 101\n");
    let said = check(&site, &[]);
    assert!(said.err.contains("dateline.toml:5:15: error[bad-value]: 101 is out of range"), "{}", said.err);
    assert!(!said.err.contains("long-summary"), "{}", said.err);
}

#[test]
fn coverage_may_be_unrated_up_to_the_threshold() {
    let story = |known: usize, unknown: usize| {
        let hosts =
            ["a", "b", "c"].into_iter().take(known).chain(["p", "q", "r", "s"].into_iter().take(unknown));
        let sources = hosts.map(|host| format!("[[sources]]\nurl = \"https://{host}.example/1\"\n"));
        let lint = "lint = { unknown-outlet = \"allow\", unused-source = \"allow\" }\n";
        of_story(&format!("{lint}{}", sources.collect::<String>()))
    };
    assert!(!story(3, 2).iter().any(|line| line.contains("unrated-coverage")));
    let found = story(2, 3);
    assert!(
        found.iter().any(|line| line.contains("3 of 5 outlets are unrated on Bias, more than 50 %")),
        "{found:?}"
    );
    assert!(!story(0, 4).iter().any(|line| line.contains("unrated-coverage")), "below min_rated");
}

#[test]
fn ratings_have_dates_links_and_an_end() {
    let site = sound();
    site.write("dateline.toml", "base_url = \"https://test.example/\"\nsearch = false\n[axes.bias]\nraters.desk = { name = \"Desk\" }\nraters.panel = { name = \"Panel\" }\n");
    let rating = |rest: &str| format!("[[ratings]]\naxis = \"bias\"\nlevel = \"left\"\n{rest}\n");
    let url = "url = \"https://desk.example/\"";
    let outlet = [
        "name = \"D\"\n".to_owned(),
        rating("rater = \"desk\"\ndate = 2019-01-01"),
        rating(&format!("rater = \"desk\"\ndate = 2020-01-01\n{url}")),
        rating(&format!("rater = \"panel\"\ndate = 2025-01-01\nuntil = 2025-02-01\n{url}")),
        rating(&format!("rater = \"panel\"\ndate = 2031-01-01\n{url}")),
    ];
    site.write("content/outlets/d.toml", &outlet.concat());
    let said = check(&site, &[]);
    let lines: Vec<&str> = said.err.lines().collect();
    assert_eq!(
        lines,
        [
            "content/outlets/d.toml:2:1: warning[unproven-rating]: the rating of `d` by Desk on Bias has no link",
            "content/outlets/d.toml:7:1: warning[stale-rating]: the rating of `d` by Desk on Bias is of 2020-01-01, older than 36 months",
            "content/outlets/d.toml:13:1: warning[stale-rating]: the rating of `d` by Panel on Bias ended on 2025-02-01",
            "content/outlets/d.toml:20:1: warning[future-date]: the rating of `d` by Panel on Bias is of 2031-01-01, which lies in the future",
        ]
    );
}

#[test]
fn copies_that_are_marked_or_short_are_not_suspected() {
    let lead = "The council has opened the new bridge after a quarrel of forty years over its toll.";
    let two = |first: &str, second: &str, mark: &str| {
        of_story(&format!(
            "points = [\"Two [@x; @y].\"]\n[[sources]]\nid = \"x\"\nurl = \"https://a.example/1\"\nexcerpt = \"{first}\"\n\
             [[sources]]\nid = \"y\"\nurl = \"https://b.example/1\"\npublished = 2025-06-30\nexcerpt = \"{second}\"\n{mark}lint = {{ single-source = \"allow\" }}\n"
        ))
    };
    let at_top = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| line.contains("suspected-copy")).collect()
    };
    let found = at_top(two(lead, &format!("PORT ANNA (Agency) — {}…", &lead[..60]), ""));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`x` begins with the words of `y`"), "the dated one came first: {found:?}");
    assert_eq!(at_top(two(lead, lead, "copy_of = \"x\"\n")), Vec::<String>::new());
    assert_eq!(at_top(two("The bridge is open.", "The bridge is open.", "")), Vec::<String>::new());
}

#[test]
fn a_story_may_be_brought_up_to_date_with_later_sources() {
    let with = |more: &str| {
        of_story(&format!(
            "date = 2025-06-01\n{more}points = [\"Two [@x; @y].\"]\n{SOURCES}published = 2025-06-20\n"
        ))
    };
    assert!(
        with("")[0].contains(
            "warning[published-later]: `y` was published on 2025-06-20, after the story (2025-06-01)"
        )
    );
    assert_eq!(with("updated = 2025-06-21\n"), Vec::<String>::new());
    let found = with("updated = 2031-06-21\n");
    assert!(
        found[0].contains(":4:11: warning[future-date]: the update of 2031-06-21 lies in the future"),
        "{found:?}"
    );
}

#[test]
fn every_date_of_what_was_done_is_looked_at_and_the_timeline_is_free() {
    let found = of_story(
        "points = [\"Two [@x; @y].\"]\n\
         [[sources]]\nid = \"x\"\nurl = \"https://a.example/1\"\npublished = 2031-01-01\n\
         [[sources]]\nid = \"y\"\nurl = \"https://b.example/1\"\narchive = { url = \"https://c.example/\", date = 2031-01-01 }\n\
         [[revisions]]\ndate = 2031-01-02\nnote = \"x\"\n[[timeline]]\ndate = 2040-01-01\ntext = \"It will be paid.\"\n\
         [reported]\nby = \"N\"\ndate = 2031-01-03\n",
    );
    let count = found.iter().filter(|line| line.contains("future-date")).count();
    assert_eq!(count, 4, "{found:?}");
    assert!(
        found.iter().any(|line| line.contains(":13:8: warning[future-date]: the revision of 2031-01-02")),
        "{found:?}"
    );
}

#[test]
fn titles_repeat_within_a_language_only() {
    let site = sound();
    site.story("2025-07-01-two.md", "title = \"The Bridge Opens!\"\nlang = \"de\"");
    assert!(!check(&site, &[]).err.contains("repeated-title"));
    site.story("2025-07-02-three.md", "title = \"The Bridge Opens!\"");
    let said = check(&site, &[]);
    assert!(said.err.contains("2025-06-01-bridge.md:2:9: warning[repeated-title]: content/stories/2025-07-02-three.md has the same title"), "{}", said.err);
}

#[test]
fn a_source_in_another_script_needs_its_language() {
    let source = |lang: &str| {
        format!("points = [\"Two [@x; @y].\"]\n{SOURCES}title = \"Мост открыт после сорока лет\"\n{lang}")
    };
    let found = of_story(&source(""));
    assert!(
        found[0].contains(":10:9: warning[language-script]: the title of `y` is written in Cyrillic"),
        "{found:?}"
    );
    assert_eq!(of_story(&source("lang = \"ru\"\n")), Vec::<String>::new());
}

#[test]
fn a_picture_is_shown_by_a_story_a_page_or_a_style() {
    let site = sound();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    for name in ["a.svg", "b.svg", "c.svg", "favicon.svg", "orphan.svg"] {
        site.write(&format!("static/{name}"), svg);
    }
    site.write("static/own.css", "p { background: url(b.svg) }");
    site.write("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\n![A](/a.svg) [c](/c.svg)\n");
    let said = check(&site, &[]);
    assert_eq!(said.err, "static/orphan.svg:1:1: warning[orphan-image]: no page shows this picture\n");
}

#[test]
fn yaml_and_plain_toml_have_places_too() {
    let site = sound();
    site.write("content/stories/2025-07-01-y.md", "---\ntitle: Yaml\npoints:\n  - text: So it is.\n---\n");
    site.write(
        "content/stories/2025-07-02-t.toml",
        "title = \"Toml\"\n[[points]]\ntext = \"So it is.\"\nbody = \"\"\n",
    );
    let said = check(&site, &[]);
    assert!(said.err.contains("2025-07-01-y.md:4:11: warning[uncited-point]"), "{}", said.err);
    assert!(said.err.contains("2025-07-02-t.toml:3:8: "), "{}", said.err);
}

#[test]
fn people_see_twenty_of_a_kind_and_a_count_and_tools_all() {
    let site = sound();
    let points = (0..25).map(|n| format!("\"Point {n}.\"")).collect::<Vec<_>>().join(", ");
    site.story("2025-07-01-other.md", &format!("title = \"Other\"\npoints = [{points}]"));
    let human = site.run(&["check"]);
    assert_eq!(human.err.matches("warning[uncited-point]").count(), 20);
    assert!(human.err.contains("… and 5 more of the kind `uncited-point`"), "{}", human.err);
    assert!(!human.err.contains('\u{1b}'), "no colour where nobody looks");
    let json = site.run(&["check", "--message-format", "json"]);
    assert_eq!((json.err.lines().count(), json.out.as_str()), (25, ""));
    for line in json.err.lines() {
        let diag: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(diag["start"].is_u64() && diag["end"].is_u64() && diag["code"] == "uncited-point", "{line}");
    }
    assert!(site.run(&["check", "--color", "always"]).err.contains('\u{1b}'));
}

#[test]
fn a_template_that_fails_names_its_line_and_the_story() {
    let site = sound();
    site.write(
        "templates/story.html",
        "{% extends \"base.html\" %}\n{% block main %}\n{{ story.titel }}\n{% endblock main %}\n",
    );
    let said = check(&site, &[]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("templates/story.html:3:"), "{}", said.err);
    assert!(said.err.contains("(on content/stories/2025-06-01-bridge.md)"), "{}", said.err);
}

#[test]
fn a_component_that_many_pages_share_names_its_line_when_it_fails() {
    let site = sound();
    site.story("2025-07-01-other.md", &format!("title = \"Another story\"\n{SOURCES}"));
    site.write(
        "templates/widgets/byline.html",
        "{% component widgets.byline(outlet: map, group = none, @ui) %}\n{{ outlet.nmae }}\n{% endcomponent widgets.byline %}\n",
    );
    let said = check(&site, &[]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("templates/widgets/byline.html:2:"), "{}", said.err);
    assert_eq!(said.err.matches("(on every page that lists an article)").count(), 1, "{}", said.err);
    let built = site.run(&["build", "--message-format", "short"]);
    assert_eq!((built.code, built.err.matches("byline.html:2:").count()), (1, 1), "{}", built.err);
}

#[test]
fn a_component_that_lacks_an_argument_is_shown_where_it_is_defined() {
    let site = sound();
    site.write(
        "templates/widgets/masthead.html",
        "{# Mine. #}\n{% component widgets.masthead(@ui) %}mine{% endcomponent widgets.masthead %}\n",
    );
    let built = site.run(&["build", "--message-format", "short"]);
    assert_eq!(
        (built.code, built.err.matches("templates/widgets/masthead.html:2:14:").count()),
        (1, 1),
        "{}",
        built.err
    );
}
