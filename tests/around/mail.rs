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
