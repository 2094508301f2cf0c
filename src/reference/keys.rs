//! Tables of the keys of a kind of file, from its list of fields.

use super::{code, table};
use crate::content::record::{Field, Record, Shape};
use crate::schema::Kind;

/// The keys of a kind of file: those of the file itself, then those of every table in it. Nothing
/// for story.json, which has a JSON Schema.
pub fn keys(kind: Kind) -> String {
    let Some((record, required)) = kind.record() else {
        return String::new();
    };
    let mut out = rows(record, required);
    let mut seen = vec![record.name];
    inner(record, "", &format!("{}-", kind.name()), &mut seen, &mut out);
    out
}

fn rows(record: &Record, required: &[&str]) -> String {
    let row = |field: &Field| {
        let name = key(field.name);
        let must = if required.contains(&name) { " (required)" } else { "" };
        vec![code(name) + must, takes(&field.shape), field.doc.trim().to_owned()]
    };
    table(&["key", "takes", "meaning"], record.fields.iter().map(row).collect())
}

/// The tables in a record, each with its path from the top of the file.
fn inner(record: &'static Record, above: &str, anchor: &str, seen: &mut Vec<&'static str>, out: &mut String) {
    for field in record.fields {
        let path = format!("{above}{}", key(field.name));
        let Some((inside, path)) = table_in(&field.shape, path, false) else { continue };
        if seen.contains(&inside.name) {
            continue;
        }
        seen.push(inside.name);
        let dotted = path.trim_matches(['[', ']']);
        let id = dotted.to_lowercase().replace(['.', '_'], "-");
        out.push_str(&format!("### `{path}` {{#{anchor}{id}}}\n\n{}\n\n", inside.doc.trim()));
        out.push_str(&rows(inside, &[]));
        inner(inside, &format!("{dotted}."), anchor, seen, out);
    }
}

/// The record in a shape, and how its table is headed: `[image]`, `[[sources]]`, `[axes.NAME]`.
fn table_in(shape: &'static Shape, path: String, in_list: bool) -> Option<(&'static Record, String)> {
    match shape {
        Shape::Record(record) if in_list => Some((record, format!("[[{path}]]"))),
        Shape::Record(record) => Some((record, format!("[{path}]"))),
        Shape::List(item) => table_in(item, path, true),
        Shape::Map(value) => table_in(value, format!("{path}.NAME"), in_list),
        Shape::Either(short, full) => {
            table_in(full, path.clone(), in_list).or_else(|| table_in(short, path, in_list))
        }
        Shape::Text | Shape::Integer | Shape::Boolean | Shape::Date | Shape::Any => None,
    }
}

fn takes(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Integer => "whole number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Any => "anything".to_owned(),
        Shape::List(item) => format!("list of {}", many(item)),
        Shape::Map(value) => format!("{} by name", many(value)),
        Shape::Record(_) => "table".to_owned(),
        Shape::Either(short, full) => format!("{} or {}", takes(short), takes(full)),
    }
}

fn many(shape: &Shape) -> String {
    match shape {
        Shape::Text => "texts".to_owned(),
        Shape::Integer => "whole numbers".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Date => "dates".to_owned(),
        Shape::Any => "anything".to_owned(),
        Shape::List(item) => format!("lists of {}", many(item)),
        Shape::Map(value) => format!("tables of {} by name", many(value)),
        Shape::Record(_) => "tables".to_owned(),
        Shape::Either(short, full) => format!("{} or {}", many(short), many(full)),
    }
}

fn key(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
