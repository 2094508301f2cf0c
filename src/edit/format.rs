//! The canonical form of front matter: keys in the order of the reference, one empty line before
//! each table, one space around `=`, long texts wrapped. No comment is lost, no value changes.

use toml_edit::{Decor, DocumentMut, Item, Table};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::append::Refusal;
use super::wrap::wrap;
use crate::content::front::{self, Region};
use crate::content::record::{Record, Shape};

/// The text in canonical form; the same text if it has it already.
pub fn format(text: &str, is_toml: bool, record: &'static Record) -> Result<String, Refusal> {
    let region = match front::region(text, is_toml) {
        Region::Toml(region) => region,
        Region::Yaml => return Err(Refusal::Yaml),
        Region::Missing => return Err(Refusal::Missing),
    };
    let data = &text[region.clone()];
    let is_windows = data.contains("\r\n");
    let new = canonical(&data.replace("\r\n", "\n"), record)?;
    let new = if is_windows { new.replace('\n', "\r\n") } else { new };
    Ok(format!("{}{new}{}", &text[..region.start], &text[region.end..]))
}

fn canonical(data: &str, record: &'static Record) -> Result<String, Refusal> {
    let broken = |error: toml_edit::TomlError| Refusal::Broken(error.message().to_owned());
    let mut document: DocumentMut = data.parse().map_err(broken)?;
    let preamble = take_preamble(document.as_table_mut());
    let mut next = 0;
    arrange(document.as_table_mut(), Some(record), &mut next);
    let trailing = tidy(document.trailing().as_str().unwrap_or_default(), Gap::Keep);
    document.set_trailing(
        trailing.trim_end_matches('\n').to_owned() + if trailing.is_empty() { "" } else { "\n" },
    );
    let new = format!("{preamble}{}", document.to_string().trim_start_matches('\n'));
    match same(data, &new) {
        true => Ok(new),
        // Better the old form than a lost word.
        false => {
            Err(Refusal::Broken("its comments or tables stand in an order that cannot be kept".to_owned()))
        }
    }
}

/// Comments at the very top, apart from the first key by an empty line, and `#:schema`: they stay at the top.
fn take_preamble(table: &mut Table) -> String {
    let Some(first) = table.iter().next().filter(|(_, item)| item.is_value()).map(|(key, _)| key.to_owned())
    else {
        return String::new();
    };
    let Some(mut key) = table.key_mut(&first) else { return String::new() };
    let prefix = key.leaf_decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    let after_gap =
        prefix.trim_start_matches('\n').find("\n\n").map(|_| prefix.rfind("\n\n").unwrap_or(0) + 2);
    let after_schema =
        prefix.find("#:schema").map(|at| prefix[at..].find('\n').map_or(prefix.len(), |end| at + end + 1));
    let Some(end) = after_gap.max(after_schema) else { return String::new() };
    key.leaf_decor_mut().set_prefix(&prefix[end..]);
    let gap = if after_gap == Some(end) { "\n" } else { "" };
    let top = tidy(&prefix[..end], Gap::None);
    format!("{}\n{gap}", top.trim_end_matches('\n')).trim_start_matches('\n').to_owned()
}

/// Sorts the values of a table and numbers the tables below it.
fn arrange(table: &mut Table, record: Option<&'static Record>, next: &mut isize) {
    let place = |key: &str| {
        record
            .and_then(|record| record.fields.iter().position(|field| field.name == key))
            .unwrap_or(usize::MAX)
    };
    table.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    let values: Vec<String> =
        table.iter().filter(|(_, item)| item.is_value()).map(|(key, _)| key.to_owned()).collect();
    for (at, key) in values.iter().enumerate() {
        if let Some((mut key, item)) = table.get_key_value_mut(key) {
            tidy_decor(key.leaf_decor_mut(), if at == 0 { Gap::None } else { Gap::Keep }, " ");
            if let Some(value) = item.as_value_mut() {
                tidy_value(value.decor_mut());
                wrap(value, key.get().chars().count() + " = ".len());
            }
        }
    }
    let mut tables: Vec<String> =
        table.iter().filter(|(_, item)| !item.is_value()).map(|(key, _)| key.to_owned()).collect();
    tables.sort_by_key(|key| place(key));
    for key in tables {
        let Some((key, item)) = table.get_key_value_mut(&key) else { continue };
        let below = record.and_then(|record| record.fields.iter().find(|field| field.name == key.get()));
        let below = below.and_then(|field| inner(&field.shape));
        match item {
            Item::Table(table) if !table.is_dotted() => one(table, below, next),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(|table| one(table, below, next)),
            _ => {}
        }
    }
}

fn one(table: &mut Table, record: Option<&'static Record>, next: &mut isize) {
    *next += 1;
    table.set_position(Some(*next));
    tidy_decor(table.decor_mut(), Gap::One, "");
    arrange(table, record, next);
}

/// The record within a list or a choice.
fn inner(shape: &'static Shape) -> Option<&'static Record> {
    match shape {
        Shape::Record(record) => Some(record),
        Shape::List(shape) => inner(shape),
        Shape::Either(_, full) => inner(full),
        _ => None,
    }
}

/// Empty lines at the beginning of what stands before a key or table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    One,
    /// One, if there was any.
    Keep,
}

fn tidy_decor(decor: &mut Decor, gap: Gap, suffix: &str) {
    let prefix = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
    let prefix = tidy(prefix, gap);
    decor.set_prefix(prefix);
    let after = decor.suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().trim();
    let after = if after.is_empty() { suffix.to_owned() } else { format!(" {after}{suffix}") };
    decor.set_suffix(after);
}

fn tidy_value(decor: &mut Decor) {
    decor.set_prefix(" ");
    let after = decor.suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().trim();
    let after = if after.is_empty() { String::new() } else { format!(" {after}") };
    decor.set_suffix(after);
}

/// Comments without white space around them, runs of empty lines as one.
fn tidy(prefix: &str, gap: Gap) -> String {
    let mut out = String::new();
    let mut had_gap = prefix.starts_with('\n');
    let mut lines: Vec<&str> = prefix.split('\n').map(str::trim).collect();
    // What stands after the last line break is indentation.
    lines.pop();
    for line in lines {
        if line.is_empty() {
            had_gap = true;
            continue;
        }
        if had_gap && !out.is_empty() {
            out.push('\n');
        }
        if out.is_empty() && (gap == Gap::One || (gap == Gap::Keep && had_gap)) {
            out.push('\n');
        }
        had_gap = false;
        out.push_str(line);
        out.push('\n');
    }
    let at_end = match out.is_empty() {
        true => gap == Gap::One || (gap == Gap::Keep && had_gap),
        false => had_gap,
    };
    if at_end {
        out.push('\n');
    }
    out
}

/// Whether two texts have the same values and the same comments.
fn same(old: &str, new: &str) -> bool {
    let values = |text: &str| text.parse::<toml::Table>().ok();
    values(old).is_some() && values(old) == values(new) && comments(old) == comments(new)
}

fn comments(text: &str) -> Vec<String> {
    let source = Source::new(text);
    let tokens = source.lex().filter(|token| token.kind() == TokenKind::Comment);
    let mut list: Vec<String> =
        tokens.filter_map(|token| source.get(token).map(|raw| raw.as_str().trim_end().to_owned())).collect();
    list.sort();
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::record_of;

    fn check(data: &str, wanted: &str) {
        let record = record_of("content/stories/x.md").unwrap();
        let text = format!("+++\n{data}+++\nBody  \n");
        let new = format(&text, false, record).unwrap();
        assert_eq!(new, format!("+++\n{wanted}+++\nBody  \n"));
        assert_eq!(format(&new, false, record).unwrap(), new, "twice");
        let windows = format(&text.replace('\n', "\r\n"), false, record).unwrap();
        assert_eq!(windows, new.replace('\n', "\r\n"));
    }

    #[test]
    fn keys_stand_in_the_order_of_the_reference() {
        check("date=2026-01-01\n\n\n\ntitle   = 'x'   # why\n", "title = 'x' # why\ndate = 2026-01-01\n");
    }

    #[test]
    fn comments_move_with_what_they_are_about() {
        check(
            "#:schema x.json\n# about this file\n\n# the day\ndate = 2026-01-01\n# the title\ntitle = \"x\"\n[[sources]] # first\n  url = \"https://a.example/\"\n  id = \"a\"\n# about points\n[[points]]\ntext = \"t\" # t\n\n# the end\n",
            "#:schema x.json\n# about this file\n\n# the title\ntitle = \"x\"\n# the day\ndate = 2026-01-01\n\n# about points\n[[points]]\ntext = \"t\" # t\n\n[[sources]] # first\nid = \"a\"\nurl = \"https://a.example/\"\n\n# the end\n",
        );
    }

    #[test]
    fn what_is_canonical_stays() {
        for text in [
            "title = \"x\"\ntopics = [\n  \"a\", # b\n]\n",
            "title = \"x\"\n\n[[points]]\ntext = \"\"\"\n  a\n\n\n# no comment\n\"\"\"\n\n[reported]\nby = \"x\"\n\n[reported.axes.bias]\ncenter = 57\n",
            "",
            "# only a comment\n",
        ] {
            check(text, text);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
        #[test]
        fn any_order_and_spacing_is_formatted_once(parts in proptest::collection::vec(0usize..PARTS.len(), 0..14)) {
            let mut seen = std::collections::BTreeSet::new();
            let (mut head, mut tables) = (String::new(), String::new());
            for at in parts {
                let part = PARTS[at];
                let is_table = part.trim_start().starts_with('[');
                let is_remark = part.trim_start().is_empty() || part.trim_start().starts_with('#');
                let is_list = part.contains("[[");
                if !is_remark && !is_list && !seen.insert(at) {
                    continue;
                }
                match (is_table, is_remark && !tables.is_empty()) {
                    (false, false) => head.push_str(part),
                    _ => tables.push_str(part),
                }
            }
            let record = record_of("content/stories/x.md").unwrap();
            let text = format!("+++\n{head}{tables}+++\n");
            let new = format(&text, false, record);
            proptest::prop_assert!(new.is_ok(), "{text}\n{new:?}");
            let new = new.unwrap();
            proptest::prop_assert_eq!(&format(&new, false, record).unwrap(), &new, "{}", text);
        }
    }

    const PARTS: [&str; 12] = [
        "title = 'x'   # t\n",
        "date=2026-01-01\n",
        "  topics = [ 'a', # why\n 'b' ]\n",
        "summary = \"\"\"\n# no comment\n\n\n\"\"\"\n",
        "place.x = 1\n",
        "# remark\n",
        "   # indented\n",
        "\n",
        "\n\n\n",
        "[[sources]] # s\n id = 'a'\n\n\n title='t'\n",
        "  [[points]]\ntext = 'p'\n# after\n",
        "[reported.axes.bias]\ncenter = 5 # c\n",
    ];

    #[test]
    fn tables_within_tables_follow_their_own() {
        check(
            "title = \"x\"\n[extra]\nz = 1\na = 2\n[[sources]]\nid = \"a\"\n[sources.archive]\nurl = \"https://a.example/\"\n[[sources]]\nid = \"b\"\n",
            "title = \"x\"\n\n[[sources]]\nid = \"a\"\n\n[sources.archive]\nurl = \"https://a.example/\"\n\n[[sources]]\nid = \"b\"\n\n[extra]\nz = 1\na = 2\n",
        );
    }
}
