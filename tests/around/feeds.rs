//! Feeds: what they hold, that they are valid whatever the text, and that their ids stay.

use crate::built::{Built, of_folder, sample, site};
use crate::validity;

fn parsed(built: &Built, path: &str) -> feed_rs::model::Feed {
    let text = built.read(path);
    feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"))
}

/// Every element of an XML document is closed, and no character is forbidden.
fn well_formed(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error}\n{text}"),
        }
    }
    let is_bad =
        |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    assert!(!text.chars().any(is_bad));
}

const ALL: &str = "title = \"T\"\nbase_url = \"https://example.org/n/\"\n[outputs]\nfeeds = [\"site\", \"topics\", \"outlets\", \"blindspots\", \"editions\"]\n";

#[test]
fn the_feeds_of_the_sample_are_valid() {
    let built = sample(&[]);
    for path in ["atom.xml", "rss.xml", "topics/housing/atom.xml", "topics/housing/rss.xml", "outlets.opml"] {
        well_formed(&built.read(path));
    }
    for path in ["atom.xml", "rss.xml", "feed.json", "topics/housing/feed.json"] {
        let feed = parsed(&built, path);
        assert!(!feed.entries.is_empty(), "{path}");
        assert!(feed.title.is_some() && !feed.links.is_empty(), "{path}");
        for entry in &feed.entries {
            assert!(entry.id.starts_with("tag:"), "{path}: {}", entry.id);
            assert!(entry.title.is_some() && !entry.links.is_empty() && entry.published.is_some(), "{path}");
        }
    }
    assert!(!built.has("outlets/red-tram/atom.xml"), "only what [outputs] feeds names");
}

#[test]
fn every_kind_of_list_can_have_feeds() {
    let story = "+++\ntitle = \"S\"\ndate = 2026-01-02\ntopics = [\"A\"]\n[[sources]]\nurl = \"https://o.example/1\"\n+++\n";
    let files = [
        ("dateline.toml", ALL),
        ("content/stories/s.md", story),
        (
            "content/outlets/o.toml",
            "name = \"O & O\"\ndomains = [\"o.example\"]\nfeed = \"https://o.example/f?a=1&b=2\"\n",
        ),
        (
            "content/editions/e.md",
            "+++\ntitle = \"E\"\ndate = 2026-01-03\nstories = [\"s\"]\n+++\nHello [there](/about/).\n",
        ),
    ];
    let built = site(&files, &[]);
    for list in ["", "topics/a/", "outlets/o/", "blindspots/", "editions/"] {
        for file in ["atom.xml", "rss.xml", "feed.json"] {
            let feed = parsed(&built, &format!("{list}{file}"));
            assert_eq!(feed.entries.len(), usize::from(list != "blindspots/"), "{list}{file}");
        }
    }
    assert!(built.read("editions/feed.json").contains("https://example.org/n/about/"));
    assert!(built.read("outlets.opml").contains("xmlUrl=\"https://o.example/f?a=1&amp;b=2\""));
    assert!(built.read("editions/index.html").contains("/n/editions/atom.xml"));
}

fn ids(story: &str, name: &str, base: &str) -> String {
    let config = format!("base_url = \"{base}\"\n");
    let built = site(&[("dateline.toml", &config), (name, story)], &[]);
    let atom = parsed(&built, "atom.xml").entries[0].id.clone();
    assert_eq!(atom, parsed(&built, "rss.xml").entries[0].id);
    assert_eq!(atom, parsed(&built, "feed.json").entries[0].id);
    atom
}

#[test]
fn ids_outlive_slug_and_domain_where_a_story_sets_one() {
    let old = ids(
        "+++\ntitle = \"S\"\ndate = 2026-01-02\nid = \"k 7\"\n+++\n",
        "content/stories/a.md",
        "https://old.example/",
    );
    let new = ids(
        "+++\ntitle = \"N\"\ndate = 2026-01-02\nid = \"k 7\"\n+++\n",
        "content/stories/b.md",
        "https://new.example/x/",
    );
    assert_eq!(old, new);
    assert!(old.starts_with("tag:") && !old.contains(' '));
    let plain =
        ids("+++\ntitle = \"S\"\ndate = 2026-01-02\n+++\n", "content/stories/a.md", "https://old.example/");
    assert_eq!(plain, "tag:old.example,2026:a");
}

#[test]
fn a_named_identity_holds_for_every_story() {
    let config = "base_url = \"https://new.example/\"\nidentity = \"old.example,2024\"\n";
    let story = "+++\ntitle = \"S\"\ndate = 2026-01-02\n+++\n";
    let built = site(&[("dateline.toml", config), ("content/stories/a.md", story)], &[]);
    assert_eq!(parsed(&built, "atom.xml").entries[0].id, "tag:old.example,2024:a");
}

#[test]
fn updated_follows_revisions_and_a_correction_is_marked() {
    let story = "+++\ntitle = \"S\"\ndate = 2026-01-02\nupdated = 2026-01-03\nsummary = \"s\"\n\
                 [[revisions]]\ndate = 2026-01-05\nnote = \"It was *not* so\"\nkind = \"correction\"\n+++\n";
    let built = site(&[("dateline.toml", ALL), ("content/stories/a.md", story)], &[]);
    let feed = parsed(&built, "atom.xml");
    let entry = &feed.entries[0];
    assert_eq!(entry.updated.unwrap().to_rfc3339(), "2026-01-05T00:00:00+00:00");
    assert!(entry.categories.iter().any(|category| category.term == "correction"));
    let html = entry.content.as_ref().unwrap().body.clone().unwrap();
    assert!(html.contains("It was <em>not</em> so"), "{html}");
    assert!(parsed(&built, "rss.xml").entries[0].categories.iter().any(|one| one.term == "correction"));
    assert!(built.read("feed.json").contains("\"tags\":[\"correction\"]"));
}

#[test]
fn json_carries_the_numbers_of_story_json() {
    let built = sample(&[]);
    let feed: serde_json::Value = serde_json::from_str(&built.read("feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    for item in feed["items"].as_array().unwrap() {
        let path = item["url"].as_str().unwrap().strip_prefix("https://example.org/").unwrap();
        let story: serde_json::Value =
            serde_json::from_str(&built.read(&format!("{path}story.json"))).unwrap();
        assert_eq!(item["_dateline"]["coverage"], story["coverage"], "{path}");
    }
}

#[test]
fn withdrawn_stories_are_in_no_feed() {
    let gone = "+++\ntitle = \"Gone\"\ndate = 2026-01-02\nwithdrawn = \"wrong\"\n+++\n";
    let built = site(&[("dateline.toml", ALL), ("content/stories/gone.md", gone)], &[]);
    for path in ["atom.xml", "rss.xml", "feed.json"] {
        assert_eq!(parsed(&built, path).entries.len(), 0, "{path}");
    }
    assert!(!built.read("sitemap.xml").contains("gone"));
    assert!(!built.read("data/stories.csv").contains("Gone"));
}

/// Every text of it tries to break out.
fn hostile() -> Built {
    of_folder("tests/feeds/hostile", str::to_owned, &[])
}

/// The sample site with all feeds there are, and little else.
fn sample_with_all_feeds() -> Built {
    let config = |text: &str| {
        let lines = text.lines().map(|line| match line.split_once(" = ") {
            Some(("feeds", _)) => "feeds = [\"site\", \"topics\", \"outlets\", \"blindspots\", \"editions\"]",
            Some(("story", _)) => "story = [\"html\", \"json\"]",
            _ => line,
        });
        "search = false\n".to_owned() + &lines.collect::<Vec<_>>().join("\n")
    };
    of_folder("", config, &[])
}

/// Every feed of a site keeps the rules of its format; how many there are.
fn all_valid(built: &Built, base: &str) -> usize {
    let checked = built.files().into_iter().filter_map(|(path, bytes)| {
        let text = String::from_utf8(bytes).ok()?;
        let url = format!("{base}{path}");
        let wrong = match path.rsplit('/').next()? {
            "rss.xml" => validity::rss(&text, &url),
            "feed.json" => validity::json_feed(&text, &url),
            "outlets.opml" => validity::opml(&text),
            _ => return None,
        };
        assert!(wrong.is_empty(), "{path}: {wrong:#?}\n{text}");
        Some(())
    });
    checked.count()
}

#[test]
fn every_feed_of_the_sample_keeps_the_rules_of_its_format() {
    assert!(all_valid(&sample_with_all_feeds(), "https://example.org/") > 80);
}

#[test]
fn every_feed_of_a_hostile_site_keeps_the_rules_of_its_format() {
    // The site, three topics, ten outlets, blindspots and editions; the outlets' own.
    assert_eq!(all_valid(&hostile(), "https://example.org/a&c/"), 2 * (1 + 3 + 10 + 1 + 1) + 1);
}

#[test]
fn the_rules_notice_what_is_wrong() {
    let built = sample_with_all_feeds();
    let url = |path: &str| format!("https://example.org/{path}");
    let rss = built.read("rss.xml");
    let spoiled = [
        rss.replacen("<title>", "<title/><title>", 1),
        rss.replacen("</pubDate>", "Z</pubDate>", 1),
        rss.replace(" isPermaLink=\"false\"", ""),
        rss.replacen("<item>", "<item><b>x</b>", 1),
        rss.replacen("rel=\"self\"", "rel=\"alternate\"", 1),
        rss.replacen("<link>https://example.org/", "<link>/", 2),
        rss.replace("<language>en</language>", ""),
    ];
    for text in spoiled {
        assert!(text != rss && !validity::rss(&text, &url("rss.xml")).is_empty(), "{text}");
    }
    let json = built.read("feed.json");
    let spoiled = [
        json.replacen("version/1.1", "version/1", 1),
        json.replacen("\"items\":[", "\"items\":[7,", 1),
        json.replacen("\"id\":\"", "\"id\":7,\"x\":\"", 1),
        json.replacen("\"url\":\"https://example.org", "\"url\":\"", 1),
        json.replacen("\"date_published\":\"", "\"date_published\":\"about ", 1),
        json.replacen("\"content_html\":\"", "\"content_html\":\"<a href='/x'>x</a>", 1),
    ];
    for text in spoiled {
        assert!(text != json && !validity::json_feed(&text, &url("feed.json")).is_empty(), "{text}");
    }
    let opml = built.read("outlets.opml");
    let spoiled = [opml.replacen(" text=", " label=", 1), opml.replacen("xmlUrl=\"https://", "xmlUrl=\"", 1)];
    for text in spoiled {
        assert!(text != opml && !validity::opml(&text).is_empty(), "{text}");
    }
}

#[test]
fn hostile_text_stays_text() {
    let built = hostile();
    for (path, bytes) in built.files() {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with(".xml") || path.ends_with(".opml") {
            well_formed(&text);
            assert!(!text.contains("<script"), "{path}");
        }
        if path.ends_with(".html") {
            assert!(!text.contains("<script>alert"), "{path}");
        }
        if path.ends_with("feed.json") || path.ends_with("csl.json") {
            serde_json::from_str::<serde_json::Value>(&text).unwrap();
        }
    }
    for path in ["atom.xml", "rss.xml", "feed.json"] {
        let feed = parsed(&built, path);
        assert_eq!(feed.entries.len(), 2);
        for entry in &feed.entries {
            let content = entry.content.as_ref().and_then(|content| content.body.clone());
            let html =
                content.or(entry.summary.as_ref().map(|text| text.content.clone())).unwrap_or_default();
            assert!(!html.contains("<script") && !html.contains("href=\"javascript:"), "{path}: {html}");
        }
    }
}

#[test]
fn two_stories_cannot_have_one_identity() {
    let a = "+++\ntitle = \"A\"\ndate = 2026-01-02\nid = \"b\"\n+++\n";
    let b = "+++\ntitle = \"B\"\ndate = 2026-01-02\n+++\n";
    let said = crate::built::refused(&[("content/stories/a.md", a), ("content/stories/b.md", b)]);
    assert!(said.contains("error[duplicate-id]"), "{said}");
}
