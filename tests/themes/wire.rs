//! The second built-in theme: what the interface of themes makes possible in few lines.

use std::path::Path;

use crate::common::{TestSite, copy, files};

#[test]
fn wire_is_less_than_five_hundred_lines_of_templates_and_styles() {
    let theme = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/wire"));
    let is_counted = |path: &str| path.ends_with(".html") || path.ends_with(".css");
    let counted = theme.iter().filter(|(path, _)| is_counted(path));
    let lines: usize = counted.map(|(_, bytes)| bytes.split(|byte| *byte == b'\n').count()).sum();
    assert!((50..500).contains(&lines), "{lines} lines");
}

#[test]
fn wire_is_built_in_and_shows_a_story_as_one_row() {
    let site = TestSite::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/every-key"), &site.path(""));
    let config = std::fs::read_to_string(site.path("dateline.toml")).unwrap();
    site.write("dateline.toml", &format!("theme = \"wire\"\n{config}"));
    site.build();
    let home = site.page("index.html");
    assert!(home.contains("<article class=\"card row lead\">") && home.contains("<p class=\"when\"><time"));
    assert!(home.contains("class=\"k-home compact\""));
    let style = site.output().into_iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap().1;
    let style = String::from_utf8(style).unwrap();
    assert!(style.contains("--accent:#b3122b") && style.contains("--head:#14181d"));
}
