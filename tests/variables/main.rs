//! The list of the variables of templates says what templates see, and all of it: nothing that is
//! not in the list, nothing in the list that is not there, and of every field what it is.

#![allow(clippy::disallowed_methods, reason = "tests read and write files of their own")]

#[path = "../common/mod.rs"]
mod common;

mod dump;
mod sites;

use std::collections::{BTreeMap, BTreeSet};

use dateline::reference::variables::{Field, Variables, list};
use dump::{Dump, Seen};

/// What was seen of one field of the list.
#[derive(Default)]
struct Sightings {
    none: bool,
    value: bool,
    /// A text whose escaped form differs from itself.
    telling: bool,
    /// What texts, numbers and booleans were.
    values: BTreeSet<String>,
}

/// What was seen, and what does not go with the list.
#[derive(Default)]
struct Witness {
    fields: BTreeMap<String, Sightings>,
    wrong: BTreeSet<String>,
}

impl Witness {
    fn page(&mut self, list: &Variables, dump: &Dump) {
        let fields = |name: &str| list.templates.iter().find(|template| template.name == name);
        let Some(own) = fields(&dump.template) else {
            self.wrong.insert(format!("{} is not in the list", dump.template));
            return;
        };
        let fields: Vec<&Field> = list.templates[0].sees.iter().chain(&own.sees).collect();
        self.fields(list, &dump.template, &fields, dump.variables.iter());
    }

    fn fields<'s>(
        &mut self,
        list: &Variables,
        of: &str,
        fields: &[&Field],
        seen: impl Iterator<Item = (&'s String, &'s Seen)>,
    ) {
        let seen: BTreeMap<&String, &Seen> = seen.collect();
        for name in seen.keys().filter(|name| fields.iter().all(|field| field.name != ***name)) {
            self.wrong.insert(format!("{of} has {name}, which is not in the list"));
        }
        for field in fields {
            // What every template sees is one list, whatever template sees it.
            let of = if COMMON.contains(&field.name.as_str()) { EVERY } else { of };
            match seen.get(&field.name) {
                Some(value) => self.value(list, &format!("{of}: {}", field.name), &field.is, value),
                None => _ = self.wrong.insert(format!("{of} has no {}, which is in the list", field.name)),
            }
        }
    }

    fn value(&mut self, list: &Variables, at: &str, is: &str, seen: &Seen) {
        let sightings = self.fields.entry(at.to_owned()).or_default();
        let bare = is.strip_suffix('?').unwrap_or(is);
        if *seen == Seen::None {
            sightings.none = true;
            if bare == is {
                self.wrong.insert(format!("{at} is none, and the list has `{is}`"));
            }
            return;
        }
        match (bare.strip_prefix("list of "), seen) {
            (Some(item), Seen::List(items)) => {
                items.iter().for_each(|value| self.value(list, at, item, value));
                return;
            }
            (None, _) => sightings.value = true,
            (Some(_), _) => _ = self.wrong.insert(format!("{at} is no list: {seen:?}")),
        }
        match (bare, seen) {
            ("text", Seen::Text { text, is_safe }) => {
                sightings.values.insert(text.clone());
                if *is_safe && text.contains(TELLING) {
                    self.wrong.insert(format!("{at} is not escaped, and the list has `{is}`"));
                }
            }
            ("html", Seen::Text { text, is_safe }) => {
                sightings.values.insert(text.clone());
                sightings.telling |= text.contains(TELLING);
                if !is_safe {
                    self.wrong.insert(format!("{at} is escaped, and the list has `{is}`"));
                }
            }
            ("json", Seen::Text { text, is_safe: true }) => {
                if serde_json::from_str::<serde_json::Value>(text).is_err() || text.contains('<') {
                    self.wrong.insert(format!("{at} is no JSON for a script element: {text}"));
                }
            }
            ("integer", Seen::Integer(value)) | ("boolean", Seen::Boolean(value)) => {
                sightings.values.insert(value.clone());
            }
            ("table of anything", Seen::Map(_)) => {}
            (name, Seen::Map(seen)) => match list.types.iter().find(|known| known.name == name) {
                Some(known) => {
                    let fields: Vec<&Field> = known.has.iter().collect();
                    self.fields(list, name, &fields, seen.iter().map(|(name, value)| (name, value)));
                }
                None => _ = self.wrong.insert(format!("{at} is a map, and the list has `{is}`")),
            },
            _ => _ = self.wrong.insert(format!("{at} is no `{is}`: {seen:?}")),
        }
    }

    /// What the list promises of a field, and no page shows.
    fn unproven(&self, of: &str, field: &Field) -> Vec<String> {
        let at = format!("{of}: {}", field.name);
        let none = Sightings::default();
        let seen = self.fields.get(&at).unwrap_or(&none);
        let is = &field.is;
        let mut missing = Vec::new();
        let mut must = |holds: bool, what: String| {
            if !holds {
                missing.push(format!("{at} ({is}) {what}"))
            }
        };
        must(seen.value, "never has a value".to_owned());
        must(!is.ends_with('?') || seen.none, "is never none".to_owned());
        must(!is.contains("html") || seen.telling, "never has any markup".to_owned());
        must(is != "boolean" || seen.values.len() == 2, format!("is always {:?}", seen.values));
        let has_example = ["text", "html", "integer", "boolean"].iter().any(|kind| is.contains(kind));
        must(has_example != field.example.is_empty(), "has no example, or one that cannot be".to_owned());
        let example = &field.example;
        must(
            example.is_empty() || is_true(example, &seen.values),
            format!("is never `{example}`, its example"),
        );
        missing
    }
}

/// Whether an example could stand on a site: a text that was seen (one that ends in `…` is how one
/// begins), or a number no smaller and no larger than those that were.
fn is_true(example: &str, values: &BTreeSet<String>) -> bool {
    if let Ok(number) = example.parse::<i64>() {
        let seen: Vec<i64> = values.iter().filter_map(|value| value.parse().ok()).collect();
        return seen.iter().any(|&least| least <= number) && seen.iter().any(|&most| most >= number);
    }
    match example.strip_suffix('…') {
        Some(start) => values.iter().any(|value| value.starts_with(start)),
        None => values.iter().any(|value| value.trim() == example),
    }
}

/// The template of the list that stands for all.
const EVERY: &str = "every template";
/// What all templates see.
const COMMON: [&str; 5] = ["page", "frame", "site", "ui", "assets"];
/// What escaping changes.
const TELLING: [char; 3] = ['<', '&', '"'];

#[test]
fn templates_see_what_the_list_has_and_nothing_else() {
    let list = list().unwrap();
    assert_eq!(list.templates[0].name, EVERY);
    let names: Vec<&str> = list.templates[1..].iter().map(|template| template.name.as_str()).collect();
    let mut witness = Witness::default();
    let mut rendered = BTreeSet::new();
    for site in sites::all() {
        for dump in dump::dumps(&site, &names) {
            witness.page(&list, &dump);
            rendered.insert(dump.template);
        }
    }
    assert_eq!(rendered, names.iter().map(|name| (*name).to_owned()).collect(), "every template is seen");
    let templates = list.templates.iter().map(|template| (&template.name, &template.sees));
    let fields = templates.chain(list.types.iter().map(|known| (&known.name, &known.has)));
    let fields = fields.flat_map(|(of, fields)| fields.iter().map(move |field| (of, field)));
    let unproven: Vec<String> = fields.flat_map(|(of, field)| witness.unproven(of, field)).collect();
    let wrong: Vec<String> = witness.wrong.into_iter().chain(unproven).collect();
    assert!(wrong.is_empty(), "src/reference/variables.toml and what templates see:\n{}", wrong.join("\n"));
}

#[test]
fn every_template_of_the_default_theme_that_makes_pages_is_in_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".html"));
    let pages: BTreeSet<String> = files.filter(|name| name != "base.html").collect();
    let listed = list().unwrap().templates.into_iter().skip(1).map(|template| template.name);
    assert_eq!(listed.collect::<BTreeSet<_>>(), pages);
}

#[test]
fn every_type_is_something_that_a_field_is() {
    let list = list().unwrap();
    let fields = list.templates.iter().flat_map(|template| &template.sees);
    let fields: Vec<&Field> = fields.chain(list.types.iter().flat_map(|known| &known.has)).collect();
    let item = |field: &&Field| field.is.trim_end_matches('?').trim_start_matches("list of ").to_owned();
    let used: BTreeSet<String> = fields.iter().map(item).collect();
    let plain = ["text", "html", "json", "integer", "boolean", "table of anything"].map(str::to_owned);
    let known: BTreeSet<String> = list.types.iter().map(|known| known.name.clone()).chain(plain).collect();
    assert_eq!(used, known);
}
