//! Editions as mail.

use crate::built::{sample, site};

#[test]
fn mails_of_the_sample_survive_mail_programs() {
    let files = sample(&[]).files();
    let mails: Vec<_> = files.iter().filter(|(path, _)| path.ends_with("/email.html")).collect();
    assert_eq!(mails.len(), 3);
    for (path, bytes) in mails {
        let html = std::str::from_utf8(bytes).unwrap();
        assert!(bytes.len() < 102_000, "{path}: {}", bytes.len());
        assert!(!html.contains("<script") && !html.contains("<link rel=\"stylesheet\""), "{path}");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(html.contains("Read on the web"));
        let dom = tl::parse(html, tl::ParserOptions::default()).unwrap();
        for tag in dom.nodes().iter().filter_map(|node| node.as_tag()) {
            for key in ["href", "src"] {
                if let Some(Some(url)) = tag.attributes().get(key) {
                    let url = url.as_utf8_str();
                    assert!(url.starts_with("https://") || url.starts_with("mailto:"), "{path}: {url}");
                }
            }
            if tag.name().as_utf8_str() == "p" {
                assert!(tag.attributes().get("style").is_some(), "{path}: a paragraph without style");
            }
        }
    }
}

#[test]
fn every_mail_has_a_plain_twin() {
    let built = sample(&[]);
    let (html, text) =
        (built.read("editions/november-2026/email.html"), built.read("editions/november-2026/email.txt"));
    assert!(text.contains("https://example.org/editions/november-2026/"));
    assert!(!text.contains('<') && text.contains("https://example.org/stories/"));
    assert!(html.contains("https://example.org/stories/"));
    assert!(built.read("editions/november-2026/index.html").contains("/editions/november-2026/email.html"));
}

#[test]
fn a_mail_that_would_be_cut_is_a_warning() {
    let body = "word ".repeat(25_000);
    let edition = format!("+++\ntitle = \"E\"\ndate = 2026-01-02\n+++\n{body}\n");
    let built =
        site(&[("dateline.toml", ""), ("content/editions/e.md", &edition)], &["--message-format", "short"]);
    assert!(built.said.contains("warning[long-mail]"), "{}", built.said);
}

#[test]
fn a_withdrawn_story_leaves_its_editions() {
    let story =
        "+++\ntitle = \"Gone\"\ndate = 2026-01-02\nsummary = \"Secret\"\nwithdrawn = \"wrong\"\n+++\n";
    let edition = "+++\ntitle = \"E\"\ndate = 2026-01-02\nstories = [\"s\"]\n+++\nSee [about](/about/).\n";
    let files = [
        ("dateline.toml", "base_url = \"https://x.example/\"\n[outputs]\nfeeds = [\"editions\"]\n"),
        ("content/stories/s.md", story),
        ("content/editions/e.md", edition),
    ];
    let built = site(&files, &[]);
    for path in ["index.html", "email.html", "email.txt"] {
        let text = built.read(&format!("editions/e/{path}"));
        assert!(!text.contains("Gone") && !text.contains("Secret"), "{path}");
    }
    assert!(!built.read("editions/feed.json").contains("Gone"));
    assert!(built.read("editions/e/email.txt").contains("See about <https://x.example/about/>."));
}

#[test]
fn every_element_of_an_introduction_has_its_style_and_outlook_its_width() {
    let intro =
        "## Heading\n\n|a|b|\n|-|:-:|\n|1|2|\n\n> quoted\n\n1. one\n\n    code\n\n---\n\n[link](/about/)\n";
    let edition = format!("+++\ntitle = \"E\"\ndate = 2026-01-02\npreheader = \"In short\"\n+++\n{intro}");
    let built = site(&[("dateline.toml", "search = false\n"), ("content/editions/e.md", &edition)], &[]);
    let html = built.read("editions/e/email.html");
    let dom = tl::parse(&html, tl::ParserOptions::default()).unwrap();
    for tag in dom.nodes().iter().filter_map(|node| node.as_tag()) {
        let name = tag.name().as_utf8_str();
        if ["h1", "h2", "p", "ol", "li", "blockquote", "pre", "hr", "table", "th", "a"].contains(&&*name) {
            let is_layout = tag.attributes().get("role").is_some();
            assert!(is_layout || tag.attributes().get("style").is_some(), "{name} without a style");
        }
    }
    assert!(html.contains("<!--[if mso]><table role=\"presentation\" width=\"600\""));
    assert!(html.contains("mso-hide:all") && html.contains("In short"));
    assert!(html.contains("<table role=\"presentation\" class=\"bg\" lang=\"en\" dir=\"ltr\""));
}

#[test]
fn pictures_say_how_wide_they_are_because_outlook_knows_no_widest() {
    let picture =
        |wide: u32| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{wide}\"/>");
    let edition = "+++\ntitle = \"E\"\ndate = 2026-01-02\n+++\n![wide](wide.svg)\n\n![small](small.svg)\n";
    let files = [
        ("dateline.toml", "search = false\n[outputs]\nfeeds = [\"editions\"]\n"),
        ("content/editions/e/index.md", edition),
        ("content/editions/e/wide.svg", &picture(2000)),
        ("content/editions/e/small.svg", &picture(120)),
    ];
    let built = site(&files, &[]);
    let mail = built.read("editions/e/email.html");
    assert_eq!(mail.matches("<img style=\"max-width:100%;height:auto;border:0\" ").count(), 2, "{mail}");
    assert!(mail.contains("alt=\"wide\" width=\"552\">"), "{mail}");
    assert!(mail.contains("alt=\"small\" width=\"120\">"), "{mail}");
    assert!(!built.read("editions/feed.json").contains("552"), "feeds are read in columns of any width");
}
