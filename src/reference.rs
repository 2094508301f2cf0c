//! The reference part of the documentation, as Markdown made from what the program itself goes by:
//! lists of fields, commands, codes, built-in axes. `tests/reference.rs` keeps the pages of docs/ at it.
//!
//! In: records, a command line. Out: Markdown. Knows nothing of the disk.

mod commands;
mod components;
mod keys;
pub mod variables;

pub use commands::commands;
pub use components::{components, filters};
pub use keys::keys;
pub use variables::variables;

use crate::content::axis::{Axes, AxisKind};
use crate::content::config::{FeedOutput, HostOutput, StoryOutput};
use crate::diag::{Code, Example, Explanation, Finder};

/// Every code of a problem: what it means, an example, and how to mend it.
pub fn problems() -> String {
    let of = |finder: Finder| Code::ALL.iter().filter(move |code| code.finder() == finder);
    let mut out = String::from("## Found by every build {#build}\n\n");
    out.extend(of(Finder::Build).map(|code| problem(*code)));
    out.push_str("## Found by `dateline check` {#check}\n\n");
    out.extend(of(Finder::Check).map(|code| problem(*code)));
    out
}

fn problem(code: Code) -> String {
    let Explanation { meaning, examples, remedy } = code.explanation();
    let name = code.name();
    let mut out = format!("### {name} {{#{name}}}\n\n{meaning}\n\n");
    for Example { language, path, text } in examples {
        out.push_str(&match path {
            Some(path) => format!("For example, `{path}`:\n\n```{language} {path}\n{text}```\n\n"),
            None => format!("For example:\n\n```text\n{text}```\n\n"),
        });
    }
    out + remedy + "\n\n"
}

/// The built-in axes with their levels and groups.
pub fn axes() -> String {
    let mut out = String::new();
    for axis in Axes::builtin().list {
        let kind = match axis.kind {
            AxisKind::Scale => "a scale",
            AxisKind::Category => "a category",
        };
        out.push_str(&format!("### {} {{#axis-{}}}\n\n`{}` is {kind}.\n\n", axis.name, axis.id, axis.id));
        let row = |level: &crate::content::axis::Level| {
            let group = &axis.groups[level.group as usize];
            vec![code(&level.id), level.name.to_string(), code(&group.id)]
        };
        let rows: Vec<Vec<String>> = axis.levels.iter().map(row).collect();
        out.push_str(&if axis.has_groups {
            table(&["level", "name", "group"], rows)
        } else {
            table(&["level", "name"], rows.into_iter().map(|row| row[..2].to_vec()).collect())
        });
    }
    out
}

/// What `[outputs]` takes.
pub fn outputs() -> String {
    let words = |key: &str, words: Vec<&str>| {
        vec![code(key), words.into_iter().map(code).collect::<Vec<_>>().join(", ")]
    };
    table(
        &["key", "takes"],
        vec![
            words("story", StoryOutput::ALL.iter().map(|choice| choice.name()).collect()),
            words("feeds", FeedOutput::ALL.iter().map(|choice| choice.name()).collect()),
            words("hosts", HostOutput::ALL.iter().map(|choice| choice.name()).collect()),
        ],
    )
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A table of Markdown; a `|` of a cell is escaped, a line break becomes a space.
fn table(head: &[&str], rows: Vec<Vec<String>>) -> String {
    let line = |cells: &[String]| {
        let cells = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let mut out = line(&head);
    out.push_str(&format!("|{}\n", " --- |".repeat(head.len())));
    out.extend(rows.iter().map(|row| line(row)));
    out.push('\n');
    out
}
