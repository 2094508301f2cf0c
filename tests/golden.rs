//! Whole sites: what a reader can read of every page, and every data file, as one text each.
//!
//! `INSTA_UPDATE=always cargo test --test golden` accepts what changed.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

mod common;

use std::path::Path;

use common::{TestSite, copy};

/// The words of a page: no markup, one line a block.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let body = rest.find("<main").unwrap_or(0);
    let end = rest.find("</main").unwrap_or(rest.len());
    rest = &rest[body..end];
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let close = rest[open..].find('>').map_or(rest.len(), |at| open + at + 1);
        let tag = &rest[open..close];
        let inline = [
            "<a", "</a", "<em", "</em", "<b>", "</b", "<i", "</i", "<span", "</span", "<time", "</time",
            "<strong", "</strong", "<cite", "<code", "</code", "<sup", "</sup", "<small", "</small",
        ];
        if inline.iter().any(|name| tag.starts_with(name)) {
            out.push(' ')
        } else {
            out.push('\n')
        }
        rest = &rest[close..];
    }
    out.push_str(rest);
    let lines = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn read(site: &TestSite) -> String {
    let mut text = String::new();
    for (path, bytes) in site.output() {
        let shown = match (path.rsplit('.').next(), String::from_utf8(bytes)) {
            _ if path.starts_with("assets/") => continue,
            (Some("html"), Ok(html)) => words(&html),
            (Some("json"), Ok(json)) => {
                let value: serde_json::Value = serde_json::from_str(&json).unwrap();
                serde_json::to_string_pretty(&value).unwrap()
            }
            (_, Ok(other)) => other,
            (_, Err(_)) => "(no text)".to_owned(),
        };
        text.push_str(&format!("==== {path}\n{shown}\n"));
    }
    text
}

fn golden(name: &str) {
    let site = TestSite::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name), &site.path(""));
    site.build();
    insta::with_settings!({ snapshot_path => "golden", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, read(&site));
    });
}

#[test]
fn a_site_with_every_key_of_a_story() {
    golden("every-key");
}

#[test]
fn an_empty_site() {
    golden("empty");
}
