//! Renames a story: its own file keeps its identity and old address, others get the new slug.
//! Every other byte stays.

use toml_edit::{Document, Item, Value};

use super::append::Refusal;
use super::links::moved_links;
use super::replace_all;
use crate::content::front::{self, Region};
use crate::starter::quoted;

/// What a story is called after a renaming.
#[derive(Debug, Clone)]
pub struct NewName<'n> {
    /// The slug so far, for references and for the identity in feeds.
    pub old: &'n str,
    /// The new slug.
    pub new: &'n str,
    /// The path so far, which becomes an alias.
    pub old_path: &'n str,
    /// The path from now on, which cannot be an alias.
    pub new_path: &'n str,
    /// Whether the file's new name says the slug by itself.
    pub by_file_name: bool,
}

/// Keys of a story that name other stories.
const STORY_KEYS: [&str; 3] = ["related", "translations", "follows"];
/// Keys of an edition that name stories.
const EDITION_KEYS: [&str; 1] = ["stories"];

/// The data of a file: where it begins, and its text.
fn data(text: &str, is_toml: bool) -> Result<(usize, &str), Refusal> {
    match front::region(text, is_toml) {
        Region::Toml(region) => Ok((region.start, &text[region])),
        Region::Yaml => Err(Refusal::Yaml),
        Region::Missing => Err(Refusal::Missing),
    }
}

fn parse(data: &str) -> Result<Document<&str>, Refusal> {
    Document::parse(data).map_err(|error| Refusal::Broken(error.message().to_owned()))
}

/// The text of another file with its references to the story changed; the same text if it has none.
pub fn references(text: &str, is_toml: bool, old: &str, new: &str) -> Result<String, Refusal> {
    let (start, data) = data(text, is_toml)?;
    let document = parse(data)?;
    let mut edits = Vec::new();
    for key in STORY_KEYS.iter().chain(&EDITION_KEYS) {
        let values: Vec<&Value> = match document.get(key) {
            Some(Item::Value(Value::Array(list))) => list.iter().collect(),
            Some(Item::Value(value)) => vec![value],
            _ => Vec::new(),
        };
        for value in values.into_iter().filter(|value| value.as_str() == Some(old)) {
            edits.extend(value.span().map(|span| (start + span.start..start + span.end, quoted(new))));
        }
    }
    Ok(replace_all(text, edits))
}

/// The text of the story itself under its new name: alias, identity, and its links to itself.
pub fn renamed(text: &str, is_toml: bool, name: &NewName) -> Result<String, Refusal> {
    let text = &moved_links(text, name.old_path, name.new_path);
    let (start, data) = data(text, is_toml)?;
    let document = parse(data)?;
    let newline = if data.contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    let mut lines = Vec::new();
    match document.get("slug").and_then(Item::span) {
        Some(span) => edits.push((span, quoted(name.new))),
        None if !name.by_file_name => lines.push(format!("slug = {}", quoted(name.new))),
        None => {}
    }
    if document.get("id").is_none() {
        lines.push(format!("id = {}", quoted(name.old)));
    }
    let mut aliases: Vec<String> = Vec::new();
    let list = document.get("aliases").and_then(Item::as_array);
    for alias in list.into_iter().flatten().filter_map(Value::as_str) {
        if alias.trim_matches('/') != name.new_path.trim_matches('/') {
            aliases.push(alias.to_owned());
        }
    }
    if !aliases.iter().any(|alias| alias.trim_matches('/') == name.old_path.trim_matches('/')) {
        aliases.push(name.old_path.to_owned());
    }
    let aliases: Vec<String> = aliases.iter().map(|alias| quoted(alias)).collect();
    let aliases = format!("[{}]", aliases.join(", "));
    match document.get("aliases").and_then(Item::span) {
        Some(span) => edits.push((span, aliases)),
        None => lines.push(format!("aliases = {aliases}")),
    }
    if !lines.is_empty() {
        let title = document.get("title").and_then(Item::span).map_or(0, |span| span.end);
        let end = data[title..].find('\n').map_or(data.len(), |at| title + at + 1);
        let before = if data[..end].ends_with('\n') || end == 0 { "" } else { newline };
        edits.push((end..end, format!("{before}{}{newline}", lines.join(newline))));
    }
    let edits = edits.into_iter().map(|(range, new)| (start + range.start..start + range.end, new)).collect();
    Ok(replace_all(text, edits))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: NewName =
        NewName { old: "a", new: "b", old_path: "/stories/a/", new_path: "/stories/b/", by_file_name: true };

    #[test]
    fn only_the_references_change() {
        let text = "+++\ntitle = 'a'  # a\nrelated = [ 'x', 'a', ] # a\nfollows = \"a\"\n+++\n[a](a)\n";
        let wanted = text.replace("'a', ]", "\"b\", ]").replace("follows = \"a\"", "follows = \"b\"");
        assert_eq!(references(text, false, "a", "b").unwrap(), wanted);
        assert_eq!(references(text, false, "y", "b").unwrap(), text);
    }

    #[test]
    fn a_story_keeps_its_identity_and_address() {
        let text = "+++\ntitle = 'A'  # a\ndate = 2026-01-01\n+++\nBody\n";
        let wanted =
            "+++\ntitle = 'A'  # a\nid = \"a\"\naliases = [\"/stories/a/\"]\ndate = 2026-01-01\n+++\nBody\n";
        assert_eq!(renamed(text, false, &NAME).unwrap(), wanted);
        let text = "slug = 'a'\ntitle = 'A'\nid = 'z'\naliases = ['/old/', '/stories/b/']";
        let wanted = "slug = \"b\"\ntitle = 'A'\nid = 'z'\naliases = [\"/old/\", \"/stories/a/\"]";
        assert_eq!(renamed(text, true, &NAME).unwrap(), wanted);
    }
}
