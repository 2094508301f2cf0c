//! Appends a source to a story's front matter, leaving everything else byte for byte.

use std::fmt;
use std::ops::Range;

use toml_edit::{Document, Item, Table, Value};

use crate::content::front::{self, Region};
use crate::import::draft::Source;

/// Why a source cannot be appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The front matter is YAML.
    Yaml,
    /// There is no front matter, or it has no end.
    Missing,
    /// The front matter cannot be understood.
    Broken(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Yaml => {
                f.write_str("the front matter is YAML, which cannot be edited without losing its form")
            }
            Refusal::Missing => f.write_str("there is no front matter between `+++` lines"),
            Refusal::Broken(why) => write!(f, "the front matter has a mistake, mend it first: {why}"),
        }
    }
}

/// The story's text with one more source, after the last one that it has.
pub fn append_source(text: &str, is_toml: bool, source: &Source) -> Result<String, Refusal> {
    let region = match front::region(text, is_toml) {
        Region::Toml(region) => region,
        Region::Yaml => return Err(Refusal::Yaml),
        Region::Missing => return Err(Refusal::Missing),
    };
    let data = &text[region.clone()];
    let document = Document::parse(data).map_err(|error| Refusal::Broken(error.message().to_owned()))?;
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, block) = match document.get("sources") {
        Some(Item::Value(Value::Array(list))) => inline(data, list, source),
        Some(Item::ArrayOfTables(list)) => {
            let end = list.iter().last().and_then(end_of).unwrap_or(data.len());
            (line_end(data, end), spaced(&source.to_table(), &data[..line_end(data, end)]))
        }
        Some(_) => return Err(Refusal::Broken("`sources` is not a list".to_owned())),
        None => (data.len(), spaced(&source.to_table(), data)),
    };
    let at = region.start + at;
    let block = block.replace('\n', newline);
    Ok(format!("{}{block}{}", &text[..at], &text[at..]))
}

/// A block with an empty line before it.
fn spaced(block: &str, before: &str) -> String {
    match before {
        "" => block.to_owned(),
        _ if before.ends_with('\n') => format!("\n{block}"),
        _ => format!("\n\n{block}"),
    }
}

/// The end of the line in which a place stands.
fn line_end(data: &str, at: usize) -> usize {
    data[at..].find('\n').map_or(data.len(), |found| at + found + 1)
}

/// Where the last value of a table ends, tables below it included.
fn end_of(table: &Table) -> Option<usize> {
    let header = table.span().map(|span| span.end);
    let items = table.iter().filter_map(|(_, item)| match item {
        Item::Table(table) => end_of(table),
        Item::ArrayOfTables(list) => list.iter().filter_map(end_of).max(),
        item => item.span().map(|span| span.end),
    });
    items.chain(header).max()
}

/// Where and what to insert into `sources = [ … ]`.
fn inline(data: &str, list: &toml_edit::Array, source: &Source) -> (usize, String) {
    let Range { start, end } = list.span().unwrap_or(data.len()..data.len());
    let block = source.to_inline();
    let Some(last) = list.iter().filter_map(|value| value.span()).map(|span| span.end).max() else {
        return (start + 1, block);
    };
    // A comma may follow the last value, within white space but not within a comment.
    let rest = &data[last..end];
    let comma = rest.find(|c: char| !c.is_whitespace()).filter(|&at| rest[at..].starts_with(','));
    let indent = match data[start..last].contains('\n') {
        true => "\n  ",
        false => " ",
    };
    match comma {
        Some(comma) => (last + comma + 1, format!("{indent}{block},")),
        None => (last, format!(",{indent}{block}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::story;

    fn source() -> Source {
        Source {
            id: Some("new".to_owned()),
            url: Some("https://new.example/x".to_owned()),
            title: Some("A \"title\"".to_owned()),
            ..Source::default()
        }
    }

    /// The new source is in, and taking it out again gives the very bytes.
    fn check(text: &str, path: &str) -> String {
        let new = append_source(text, path.ends_with(".toml"), &source()).unwrap();
        let (before, _) = story::parse(path, text.as_bytes());
        let (after, diags) = story::parse(path, new.as_bytes());
        assert!(diags.iter().all(|diag| diag.severity == crate::diag::Severity::Warning), "{diags:?}\n{new}");
        let (before, after) = (before.unwrap(), after.unwrap());
        assert_eq!(after.sources.len(), before.sources.len() + 1, "{new}");
        assert_eq!(after.sources.last().unwrap().title(), Some("A \"title\""), "{new}");
        let kept = text.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        assert!(new.ends_with(&text[kept..]), "{new}");
        new
    }

    const HEAD: &str = "# top\ntitle  = 'x'   # odd   spacing\ndate=2026-01-01\n";

    #[test]
    fn everything_else_keeps_its_bytes() {
        check(&format!("+++\n{HEAD}+++\nBody\n+++\n[[sources]]\n"), "a.md");
        check(&format!("\u{FEFF}+++\n{HEAD}+++"), "a.md");
        check(&format!("{HEAD}body = \"\"\"\n[[sources]]\n\"\"\""), "a.toml");
        let full = format!(
            "+++\n{HEAD}\n[[sources]]\ntitle = \"\"\"\nlong\n\"\"\" # why\n\n  [sources.archive]\n  url = \"https://a.example/\"\n\n# About the points\n[[points]]\ntext = \"p\"\n+++\n"
        );
        let new = check(&full, "a.md");
        assert!(new.find("new.example").unwrap() < new.find("# About the points").unwrap(), "{new}");
        let windows = check(&full.replace('\n', "\r\n"), "a.md");
        assert!(!windows.replace("\r\n", "").contains('\n'));
    }

    #[test]
    fn lists_in_one_line_grow_too() {
        for list in
            ["[]", "[{ title = \"a\" }]", "[\n  { title = \"a\" }, # why\n]", "[\n  { title = \"a\" }\n]"]
        {
            check(&format!("+++\n{HEAD}sources = {list} # end\ntopics = [\"t\"]\n+++\n"), "a.md");
        }
    }

    #[test]
    fn yaml_and_mistakes_are_refused() {
        assert_eq!(append_source("---\ntitle: x\n---\n", false, &source()), Err(Refusal::Yaml));
        assert_eq!(append_source("Text", false, &source()), Err(Refusal::Missing));
        assert!(matches!(append_source("+++\na = \n+++\n", false, &source()), Err(Refusal::Broken(_))));
    }
}
