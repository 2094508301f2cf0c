//! What a site can change of its theme, and what a theme can be.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

#[path = "../common/mod.rs"]
mod common;

mod eject;
mod languages;
mod lookup;
mod options;
mod wire;

/// What a build says of one file: line, column, severity, code, message and what to do.
fn said(site: &common::TestSite, path: &str) -> Vec<String> {
    let said = site.run(&["build", "--message-format", "json"]);
    let lines = said.err.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .filter(|line| line["path"] == path)
        .map(|l| {
            let (kind, code) = (text(&l["severity"]), text(&l["code"]));
            format!(
                "{}:{} {kind}[{code}] {}; {}",
                l["line"],
                l["column"],
                text(&l["message"]),
                text(&l["help"])
            )
        })
        .collect()
}
