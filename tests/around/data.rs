//! Tables and lists of sources.

use serde_json::Value;

use crate::built::{sample, site};

/// Rows of a CSV file.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty() && !quoted, "the last line is not ended");
    rows
}

#[test]
fn tables_are_whole_and_no_cell_is_a_formula() {
    let built = sample(&[]);
    let files = built.files();
    let tables = files.iter().filter(|(path, _)| path.ends_with(".csv"));
    let mut count = 0;
    for (path, bytes) in tables {
        let rows = rows(std::str::from_utf8(bytes).unwrap());
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{path}");
        assert!(
            rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])),
            "{path}"
        );
        count += 1;
    }
    assert!(count > 10, "{count} tables");
}

#[test]
fn outlets_name_their_raters_and_licences() {
    let config =
        "[axes.bias.raters.r]\nname = \"Rater\"\nlicense = \"CC-BY-4.0\"\nlabels = { \"L\" = \"left\" }\n";
    let outlet = "name = \"O\"\n[[ratings]]\naxis = \"bias\"\nrater = \"r\"\nlabel = \"L\"\n";
    let built = site(&[("dateline.toml", config), ("content/outlets/o.toml", outlet)], &[]);
    let rows = rows(&built.read("data/outlets.csv"));
    let cell = |name: &str| rows[1][rows[0].iter().position(|column| column == name).unwrap()].clone();
    assert_eq!(
        [cell("rater_name"), cell("license"), cell("level"), cell("label")],
        ["Rater", "CC-BY-4.0", "left", "L"]
    );
}

#[test]
fn tables_hold_what_the_pages_show() {
    let built = sample(&[]);
    let stories = rows(&built.read("data/stories.csv"));
    for row in &stories[1..] {
        let at = |name: &str| row[stories[0].iter().position(|column| column == name).unwrap()].clone();
        let path = at("url").strip_prefix("https://example.org/").unwrap().to_owned();
        let json: Value = serde_json::from_str(&built.read(&format!("{path}story.json"))).unwrap();
        assert_eq!(at("articles"), json["coverage"]["articles"].to_string());
        assert_eq!(at("reports"), json["coverage"]["reports"].to_string());
        let left = json["coverage"]["axes"]["bias"]["outlets"]["groups"][0]["count"].to_string();
        assert_eq!(at("bias_left"), left);
        let sources = rows(&built.read(&format!("{path}sources.csv")));
        assert_eq!(sources.len() - 1, json["sources"].as_array().unwrap().len());
    }
}

#[test]
fn sources_are_csl_json() {
    const KNOWN: [&str; 10] = [
        "id",
        "type",
        "title",
        "author",
        "container-title",
        "issued",
        "URL",
        "archive_location",
        "language",
        "abstract",
    ];
    let built = sample(&[]);
    let path = "stories/marenia-rent-cap/sources.csl.json";
    let items: Vec<Value> = serde_json::from_str(&built.read(path)).unwrap();
    assert_eq!(items.len(), 42);
    let mut ids = std::collections::BTreeSet::new();
    for item in &items {
        let item = item.as_object().unwrap();
        assert!(item.keys().all(|key| KNOWN.contains(&&**key)), "{item:?}");
        assert!(ids.insert(item["id"].as_str().unwrap()));
        assert_eq!(item["type"], "article-newspaper");
        if let Some(issued) = item.get("issued") {
            let parts = issued["date-parts"][0].as_array().unwrap();
            assert!(parts.len() == 3 && parts.iter().all(Value::is_i64));
        }
    }
}
