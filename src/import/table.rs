//! A table of sources: a row an article, a draft for each value of the column `story`. A table
//! with domains and names is one of outlets.

use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, Source};
use super::settle::settle;
use super::text::{date, lang_tag};
use super::{Context, Fault, Imported, name_all, outlets_csv};

/// A table read whole: names of columns in lower case, and rows.
pub struct Table {
    /// Names of columns.
    pub columns: Vec<String>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
pub struct Row {
    /// Its line in the text, from 1.
    pub line: u64,
    /// Its cells by column; empty ones are left out.
    pub cells: BTreeMap<String, String>,
}

/// Columns that a source takes.
const COLUMNS: [&str; 13] = [
    "story",
    "date",
    "id",
    "outlet",
    "url",
    "title",
    "excerpt",
    "published",
    "author",
    "lang",
    "paywall",
    "copy_of",
    "wire",
];

/// Reads comma-, semicolon- or tab-separated text.
pub fn parse(bytes: &[u8]) -> Result<Table, Fault> {
    let text = super::charset::decode(bytes, None);
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: char| first.matches(mark).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(',');
    // With equal counts the last would win; a comma is what is meant then.
    let delimiter = if count(delimiter) == count(',') { ',' } else { delimiter };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| fault(&error))?;
    let name = |name: &str| name.to_lowercase().replace([' ', '-'], "_");
    let columns: Vec<String> = headers.iter().map(name).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = columns.iter().cloned().zip(record.iter().map(str::to_owned));
        rows.push(Row { line, cells: cells.filter(|(_, cell)| !cell.is_empty()).collect() });
    }
    Ok(Table { columns, rows })
}

fn fault(error: &csv::Error) -> Fault {
    let at = error.position().and_then(|position| usize::try_from(position.byte()).ok());
    Fault { message: error.to_string(), at }
}

/// Reads a table of sources or of outlets.
pub fn read(bytes: &[u8], context: &Context) -> Result<Imported, Fault> {
    let table = parse(bytes)?;
    let has = |name: &str| table.columns.iter().any(|column| column == name);
    if (has("domains") || has("domain")) && has("name") {
        return outlets_csv::from_table(&table);
    }
    if !has("url") && !has("title") {
        let columns = COLUMNS.join(", ");
        let message = format!("the table needs a column `url` or `title`; it may have {columns}");
        return Err(Fault::of_columns(message));
    }
    let mut imported = Imported::default();
    for column in table.columns.iter().filter(|column| !COLUMNS.contains(&column.as_str())) {
        imported.notes.insert(format!("the column `{column}` has no place in a source and was left out"));
    }
    let mut stories: Vec<Draft> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for Row { line, cells: row } in &table.rows {
        let title = row.get("story").cloned().unwrap_or_else(|| file_title(&context.name));
        let at = *places.entry(title.clone()).or_insert_with(|| {
            stories.push(story(title));
            stories.len() - 1
        });
        if stories[at].date.is_none() {
            stories[at].date = row.get("date").and_then(|text| date(text));
        }
        if let Some(text) = row.get("published").filter(|text| date(text).is_none()) {
            imported.notes.insert(format!("line {line}: `{text}` is not a date and was left out"));
        }
        stories[at].sources.push(source(row));
    }
    for story in &mut stories {
        settle(&mut story.sources, &mut imported.notes);
    }
    imported.stories = stories;
    name_all(&mut imported.stories, context.today);
    Ok(imported)
}

fn story(title: String) -> Draft {
    Draft {
        title,
        comments: vec!["Imported from a table.".to_owned()],
        disclosure: Some("Imported from a table and not yet checked by a person.".to_owned()),
        ..Draft::default()
    }
}

fn source(row: &BTreeMap<String, String>) -> Source {
    let get = |key: &str| row.get(key).cloned();
    Source {
        id: get("id"),
        outlet: get("outlet"),
        url: get("url"),
        title: get("title"),
        excerpt: get("excerpt"),
        published: get("published").and_then(|text| date(&text)),
        author: get("author"),
        lang: get("lang").and_then(|tag| lang_tag(&tag)),
        paywall: get("paywall").map(|text| is_true(&text)),
        copy_of: get("copy_of"),
        wire: get("wire"),
        ..Source::default()
    }
}

/// Whether a cell says yes.
pub fn is_true(text: &str) -> bool {
    matches!(text.to_lowercase().as_str(), "true" | "yes" | "1" | "x" | "y")
}

/// `my-links.csv` as a title.
fn file_title(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(|| "Imported".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}
