//! Templates, components, static files and texts: site, then theme, then parent, then built-in.

use std::path::Path;

use crate::common::{TestSite, files};

/// A site with one story that has the theme `child`, whose parent is `mother`.
fn family() -> TestSite {
    let site = TestSite::new();
    site.write(
        "dateline.toml",
        "title = \"Test\"\nbase_url = \"https://test.example/\"\nsearch = false\ntheme = \"child\"\n",
    );
    site.story("one.md", "title = \"One\"\ndate = 2025-01-01");
    site.write("themes/mother/theme.toml", "name = \"mother\"\n");
    site.write("themes/child/theme.toml", "name = \"child\"\nparent = \"mother\"\n");
    site
}

const PAGE: &str = "{% extends \"base.html\" %}{% block main %}BY{% endblock main %}";

#[test]
fn a_template_is_taken_from_the_nearest_layer() {
    let site = family();
    let write = |folder: &str, by: &str| site.write(&format!("{folder}/404.html"), &PAGE.replace("BY", by));
    site.build();
    assert!(site.page("404.html").contains("Page not found"));
    write("themes/mother/templates", "the mother");
    site.build();
    assert!(site.page("404.html").contains("the mother"));
    write("themes/child/templates", "the child");
    site.build();
    assert!(site.page("404.html").contains("the child"));
    write("templates", "the site");
    site.build();
    assert!(site.page("404.html").contains("the site"));
}

#[test]
fn a_component_is_taken_from_the_nearest_layer_even_in_templates_further_down() {
    let site = family();
    let card = |by: &str| {
        format!(
            "{{%- component widgets.card(card: map, h: integer = 3, summary = true, image = false, cls = \"\", @page, @ui) -%}}{by}{{%- endcomponent widgets.card -%}}"
        )
    };
    site.write("themes/mother/templates/widgets/card.html", &card("a card of the mother"));
    site.build();
    assert!(site.page("index.html").contains("a card of the mother"));
    site.write("templates/widgets/card.html", &card("a card of the site"));
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("a card of the site") && !home.contains("a card of the mother"));
}

#[test]
fn a_text_is_taken_from_the_nearest_layer_and_the_rest_from_below() {
    let site = family();
    site.write("themes/mother/i18n/en.toml", "not_found = \"Lost\"\nhome = \"Front\"\n");
    site.write("themes/child/i18n/en.toml", "not_found = \"Gone\"\n");
    site.write("i18n/en.toml", "not_found_text = \"So sorry.\"\n");
    site.build();
    let page = site.page("404.html");
    for text in ["Gone", "Front", "So sorry.", "Topics"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn static_files_are_taken_from_the_nearest_layer_and_extra_rules_follow_in_order() {
    let site = family();
    let css = |site: &TestSite| {
        let output = site.output();
        let (_, bytes) = output.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    site.write("themes/mother/static/style.css", "/* mother */");
    site.write("themes/mother/static/extra.css", "/* more of the mother */");
    site.write("themes/child/static/extra.css", "/* more of the child */");
    site.write("static/extra.css", "/* more of the site */");
    site.write("static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.build();
    let style = css(&site);
    let places = ["/* mother */", "more of the mother", "more of the child", ":root{", "more of the site"];
    let places: Vec<usize> = places.iter().map(|text| style.find(text).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    let icons: Vec<_> = site.output().into_iter().filter(|(path, _)| path.contains("favicon")).collect();
    assert!(icons.iter().all(|(_, bytes)| bytes == b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
    site.write("static/style.css", "/* the site's */");
    site.build();
    assert!(css(&site).starts_with("/* the site's */"));
}

#[test]
fn a_theme_that_is_its_own_ancestor_or_is_not_there_is_located() {
    let site = family();
    site.write("themes/mother/theme.toml", "parent = \"child\"\n");
    let said = site.run(&["build", "--message-format", "short"]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("themes/mother/theme.toml:1:10: error[unknown-theme]"), "{}", said.err);
    site.write("themes/mother/theme.toml", "parent = \"defualt\"\n");
    let said = site.run(&["build"]);
    assert!(said.err.contains("did you mean `default`?"), "{}", said.err);
}

#[test]
fn a_theme_that_needs_a_newer_dateline_is_refused_where_it_says_so() {
    let site = TestSite::new();
    site.write("dateline.toml", "title = \"Test\"\nsearch = false\ntheme = \"mine\"\n");
    let with = |version: &str| {
        site.write("themes/mine/theme.toml", &format!("name = \"mine\"\nmin_version = \"{version}\"\n"));
        (crate::said(&site, "themes/mine/theme.toml"), site.run(&["build"]).code)
    };
    let own = env!("CARGO_PKG_VERSION");
    let (said, code) = with("99.1");
    let needs = format!(
        "2:15 error[unknown-theme] the theme needs Dateline 99.1 or newer; this is Dateline {own}; update it"
    );
    assert_eq!((said, code), (vec![needs], 1));
    let (said, _) = with("newest");
    assert!(said[0].starts_with("2:15 error[bad-value] `newest` is no version; write numbers"), "{said:?}");
    assert_eq!(with(own), (Vec::new(), 0), "the version itself is enough");
    assert_eq!(with("0.0"), (Vec::new(), 0));
    assert!(site.path("public/index.html").exists());
}

#[test]
fn a_template_of_the_sites_own_sees_all_of_a_card_and_changes_no_page_but_its_own() {
    let site = TestSite::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in files(&example.join("content")) {
        site.put(&format!("content/{path}"), &bytes);
    }
    site.put("dateline.toml", &std::fs::read(example.join("dateline.toml")).unwrap());
    site.build();
    let before = site.output();
    assert!(site.page("index.html").contains("class=\"card lead\""));
    site.write("templates/unused.html", "");
    assert_eq!(site.run(&["build", "--no-cache"]).code, 0);
    let after = site.output();
    let changed: Vec<&String> = before.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{changed:?}");

    let list = "{% for c in topic.stories %}{{ c.title }} in {{ c.date.iso }}: {{ c.bar | length }}, {{ c.html }}{% endfor %}";
    site.write("templates/topic.html", list);
    site.write("content/topics/own.toml", "name = \"Own\"\n");
    site.story("own.md", "title = \"Seen\"\ndate = 2025-01-02\ntopics = [\"Own\"]");
    site.build();
    let page = site.page("topics/own/index.html");
    assert!(page.starts_with("Seen in 2025-01-02: 0, <article class=\"card\">"), "{page}");
}
