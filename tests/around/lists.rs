//! Lists: pages that stay, breadcrumbs, and what search engines read of them.

use serde_json::Value;

use crate::built::{Built, sample, site};

/// Stories as files: name, front matter.
fn stories(fronts: &[(String, String)], config: &str) -> Built {
    let files: Vec<(String, String)> = fronts
        .iter()
        .map(|(name, front)| (format!("content/stories/{name}.md"), format!("+++\n{front}\n+++\n")))
        .collect();
    let mut all = vec![("dateline.toml", config)];
    all.extend(files.iter().map(|(path, text)| (&**path, &**text)));
    site(&all, &[])
}

fn numbered(days: &[(u8, char)]) -> Vec<(String, String)> {
    days.iter()
        .map(|(day, name)| (format!("2026-05-{day:02}-{name}"), format!("title = \"Story {name}\"")))
        .collect()
}

/// The stories of every page of May 2026, by the last letter of their titles.
fn may(built: &Built) -> Vec<String> {
    let page = |n: usize| match n {
        1 => "archive/2026/05/index.html".to_owned(),
        n => format!("archive/2026/05/page/{n}/index.html"),
    };
    let letters = |html: String| {
        html.match_indices("/\">Story ")
            .filter_map(|(at, found)| html[at + found.len()..].chars().next())
            .collect()
    };
    (1..).map(page).take_while(|path| built.has(path)).map(|path| letters(built.read(&path))).collect()
}

const CONFIG: &str = "paginate = 2\nsearch = false\n";

#[test]
fn a_page_of_a_month_never_reshuffles() {
    let days = [(1, 'm'), (2, 'k'), (3, 'p'), (3, 'q'), (4, 'n')];
    assert_eq!(may(&stories(&numbered(&days), CONFIG)), ["mk", "pq", "n"]);
    // The next day's story, and one more of the last day whatever its name: the last page changes alone.
    let later = [&days[..], &[(4, 'a'), (5, 'b')]].concat();
    assert_eq!(may(&stories(&numbered(&later), CONFIG)), ["mk", "pq", "an", "b"]);
}

#[test]
fn a_weight_moves_nothing_between_pages_of_a_month() {
    let mut fronts = numbered(&[(1, 'a'), (1, 'b'), (1, 'c'), (2, 'd')]);
    let before = may(&stories(&fronts, CONFIG));
    fronts[2].1.push_str("\nweight = 9");
    assert_eq!(may(&stories(&fronts, CONFIG)), before);
}

/// The JSON-LD of a page.
fn graph(built: &Built, path: &str) -> Vec<Value> {
    let html = built.read(path);
    let (_, rest) =
        html.split_once("<script type=\"application/ld+json\">").unwrap_or_else(|| panic!("{path}: none"));
    let (json, _) = rest.split_once("</script>").unwrap();
    let data: Value = serde_json::from_str(json).unwrap();
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn every_page_of_a_reader_says_where_it_stands_and_every_list_what_it_lists() {
    let built = sample(&[]);
    for (path, is_list) in [
        ("index.html", true),
        ("topics/index.html", true),
        ("topics/housing/index.html", true),
        ("outlets/index.html", true),
        ("outlets/red-tram/index.html", true),
        ("blindspots/index.html", true),
        ("editions/index.html", true),
        ("editions/november-2026/index.html", true),
        ("archive/index.html", true),
        ("archive/2026/11/index.html", true),
        ("methodology/index.html", false),
        ("about/index.html", false),
        ("search/index.html", false),
    ] {
        let graph = graph(&built, path);
        let trail =
            graph.iter().find(|node| node["@type"] == "BreadcrumbList").unwrap_or_else(|| panic!("{path}"));
        let crumbs = trail["itemListElement"].as_array().unwrap();
        assert_eq!(crumbs[0]["item"], "https://example.org/", "{path}");
        let list = graph.iter().find(|node| node["@type"] == "ItemList");
        assert_eq!(list.is_some(), is_list, "{path}");
        for item in list.map_or(&[][..], |list| list["itemListElement"].as_array().unwrap()) {
            let file = item["url"].as_str().unwrap().strip_prefix("https://example.org/").unwrap().to_owned();
            assert!(built.has(&format!("{file}index.html")), "{path}: {file}");
        }
    }
}

#[test]
fn a_story_says_what_it_cites() {
    let graph = graph(&sample(&[]), "stories/marenia-rent-cap/index.html");
    let article = graph.iter().find(|node| node["@type"] == "NewsArticle").unwrap();
    assert_eq!(article["citation"].as_array().unwrap().len(), 42);
    assert!(!article["isBasedOn"].as_array().unwrap().is_empty());
    for key in
        ["headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "inLanguage"]
    {
        assert!(!article[key].is_null(), "{key}");
    }
}

#[test]
fn a_topic_stands_below_its_parents() {
    let files = [
        ("dateline.toml", "search = false\n"),
        ("content/stories/a.md", "+++\ntitle = \"A\"\ndate = 2026-01-02\ntopics = [\"Mars\"]\n+++\n"),
        ("content/topics/mars.md", "+++\nname = \"Mars\"\nparent = \"Space\"\n+++\n"),
        ("content/topics/space.md", "+++\nname = \"Space\"\nparent = \"Science\"\n+++\n"),
        ("content/topics/science.md", "+++\nname = \"Science\"\n+++\n"),
    ];
    let built = site(&files, &[]);
    let names: Vec<Value> = graph(&built, "topics/mars/index.html")
        .iter()
        .filter(|node| node["@type"] == "BreadcrumbList")
        .flat_map(|trail| trail["itemListElement"].as_array().unwrap().clone())
        .map(|crumb| crumb["name"].clone())
        .collect();
    assert_eq!(names, ["Home", "Topics", "Science", "Space", "Mars"]);
    assert!(
        built.read("topics/science/index.html").contains("/stories/a/"),
        "stories of topics below are its own"
    );
}

#[test]
fn later_pages_of_a_list_have_titles_and_addresses_of_their_own() {
    let days: Vec<(u8, char)> = (1..=9).zip('a'..).collect();
    let mut fronts = numbered(&days);
    fronts.iter_mut().for_each(|(_, front)| front.push_str("\ntopics = [\"T\"]"));
    let built =
        stories(&fronts, "title = \"S\"\npaginate = 3\nsearch = false\nbase_url = \"https://x.example/\"\n");
    let page = built.read("topics/t/page/2/index.html");
    assert!(page.contains("<title>T · Page 2 · S</title>"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://x.example/topics/t/page/2/\">"));
    assert!(built.has("topics/t/page/3/index.html") && !built.has("topics/t/page/4/index.html"));
}

#[test]
fn more_than_a_page_of_topics_and_blindspots_is_spread_over_pages() {
    let outlets: String = (0..10).map(|n| format!("[o{n}]\nname = \"O{n}\"\nbias = \"left\"\n")).collect();
    let sources: String =
        (0..10).map(|n| format!("\n[[sources]]\noutlet = \"o{n}\"\ntitle = \"t\"")).collect();
    let story = |n: usize| {
        let front =
            format!("+++\ntitle = \"Story {n}\"\ndate = 2026-01-02\ntopics = [\"T{n}\"]{sources}\n+++\n");
        (format!("content/stories/s{n}.md"), front)
    };
    let files: Vec<(String, String)> = (0..101).map(story).collect();
    let mut all =
        vec![("dateline.toml", "search = false\npaginate = 60\n"), ("content/outlets.toml", &*outlets)];
    all.extend(files.iter().map(|(path, text)| (&**path, &**text)));
    let built = site(&all, &[]);
    assert!(built.has("topics/page/2/index.html") && !built.has("topics/page/3/index.html"));
    assert!(built.read("topics/index.html").contains("href=\"/topics/page/2/\""));
    let shown = |path: &str| built.read(path).matches("<article").count();
    assert_eq!(shown("blindspots/index.html") + shown("blindspots/page/2/index.html"), 101);
}

#[test]
fn translations_point_to_each_other_and_to_themselves() {
    let files = [
        ("dateline.toml", "search = false\nbase_url = \"https://x.example/\"\n"),
        ("content/stories/2026-01-02-a.md", "+++\ntitle = \"A\"\n+++\n"),
        ("content/stories/2026-01-02-a.de.md", "+++\ntitle = \"A auf Deutsch\"\n+++\n"),
        (
            "content/stories/2026-01-02-c.md",
            "+++\ntitle = \"C\"\nlang = \"fr\"\ntranslations = [\"a\"]\n+++\n",
        ),
    ];
    let built = site(&files, &[]);
    for path in ["a", "a-de", "c"] {
        let html = built.read(&format!("stories/{path}/index.html"));
        for (lang, other) in [("en", "a"), ("de", "a-de"), ("fr", "c")] {
            let link = format!("hreflang=\"{lang}\" href=\"https://x.example/stories/{other}/\"");
            assert_eq!(html.matches(&link).count(), 1, "{path}: {link}");
        }
    }
}

#[test]
fn an_alias_leads_on() {
    let story = "+++\ntitle = \"A\"\ndate = 2026-01-02\naliases = [\"/old/\", \"/older/page.html\"]\n+++\n";
    let built = site(
        &[
            ("dateline.toml", "search = false\nbase_url = \"https://x.example/n/\"\n"),
            ("content/stories/a.md", story),
        ],
        &[],
    );
    for path in ["old/index.html", "older/page.html"] {
        let html = built.read(path);
        assert!(html.contains("content=\"0; url=/n/stories/a/\"") && html.contains("noindex"), "{path}");
        assert!(html.contains("<link rel=\"canonical\" href=\"https://x.example/n/stories/a/\">"), "{path}");
    }
}
