//! JSON Schemas (draft 2020-12) of every file that a person writes, and of story.json.
//!
//! In: the lists of fields that also make the readers ([`Record`]). Out: JSON. An editor that
//! knows the schema completes and checks a file while it is written.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::content::axis::{Axes, RawAxis};
use crate::content::config;
use crate::content::config::RawConfig;
use crate::content::outlet::RawOutlet;
use crate::content::pages::{RawEdition, RawPage, RawTopic};
use crate::content::record::{Record, Shape};
use crate::content::story::raw::RawStory;
use crate::page::story_json::StoryJson;
use crate::theme::RawTheme;

/// The folder of a site in which its schemas are looked for.
pub const FOLDER: &str = "schemas";

/// The configuration of a new site.
const CONFIG: &str = "dateline.toml";

/// A kind of file that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Front matter of a story.
    Story,
    /// An outlet.
    Outlet,
    /// Front matter of an edition.
    Edition,
    /// Front matter of a topic.
    Topic,
    /// Front matter of a plain page.
    Page,
    /// dateline.toml.
    Config,
    /// theme.toml.
    Theme,
    /// story.json, which a build writes.
    StoryJson,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 8] = [
        Kind::Story,
        Kind::Outlet,
        Kind::Edition,
        Kind::Topic,
        Kind::Page,
        Kind::Config,
        Kind::Theme,
        Kind::StoryJson,
    ];

    /// The word on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Story => "story",
            Kind::Outlet => "outlet",
            Kind::Edition => "edition",
            Kind::Topic => "topic",
            Kind::Page => "page",
            Kind::Config => "config",
            Kind::Theme => "theme",
            Kind::StoryJson => "story-json",
        }
    }

    /// The record of its keys and those that must be there; `None` for story.json.
    pub fn record(self) -> Option<(&'static Record, &'static [&'static str])> {
        match self {
            Kind::Story => Some((RawStory::RECORD, &["title"])),
            Kind::Outlet => Some((RawOutlet::RECORD, &["name"])),
            Kind::Edition => Some((RawEdition::RECORD, &["title"])),
            Kind::Topic => Some((RawTopic::RECORD, &[])),
            Kind::Page => Some((RawPage::RECORD, &["title"])),
            Kind::Config => Some((RawConfig::RECORD, &[])),
            Kind::Theme => Some((RawTheme::RECORD, &[])),
            Kind::StoryJson => None,
        }
    }

    /// Whether a file of a site is of this kind, by its path.
    fn describes(self, file: &str) -> bool {
        match self {
            Kind::Story => file.starts_with("content/stories/"),
            Kind::Outlet => file.starts_with("content/outlets/"),
            Kind::Edition => file.starts_with("content/editions/"),
            Kind::Topic => file.starts_with("content/topics/"),
            Kind::Page => file.starts_with("content/pages/"),
            Kind::Config => file == CONFIG,
            Kind::Theme | Kind::StoryJson => false,
        }
    }

    /// Whether a file of this kind has a body: the key `body` where it is TOML alone.
    fn has_body(self) -> bool {
        matches!(self, Kind::Story | Kind::Edition | Kind::Topic | Kind::Page)
    }
}

/// Where the schema of a kind of file stands in a site that has one.
pub fn path(kind: &str) -> String {
    format!("{FOLDER}/{kind}.schema.json")
}

/// The schema of a kind of file; outlets take the names of the site's axes as keys.
pub fn schema(kind: Kind, axes: &Axes) -> Value {
    let Some((record, required)) = kind.record() else {
        return Value::from(schemars::schema_for!(StoryJson));
    };
    let mut definitions = BTreeMap::new();
    let mut schema = object(record, &mut definitions);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        if kind.has_body() {
            let doc = "The text, Markdown; only where the file is TOML alone.";
            properties.insert("body".to_owned(), json!({ "type": "string", "description": doc }));
        }
        if kind == Kind::Outlet {
            properties.extend(axes.list.iter().map(|axis| (axis.id.to_string(), axis_key(axis))));
        }
        if kind == Kind::Config {
            refine_axes(properties);
        }
    }
    let head = [
        ("$schema", json!("https://json-schema.org/draft/2020-12/schema")),
        ("title", json!(kind.name())),
        ("required", json!(required)),
    ];
    schema.extend(head.map(|(key, value)| (key.to_owned(), value)));
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), json!(definitions));
    }
    Value::Object(schema)
}

/// The short key of an axis: one rating by the site itself.
fn axis_key(axis: &crate::content::axis::Axis) -> Value {
    let levels: Vec<&str> = axis.levels.iter().map(|level| &*level.id).collect();
    let doc = format!("The level on the axis “{}”: one rating by this site itself.", axis.name);
    json!({ "type": "string", "enum": levels, "description": doc })
}

/// Says that `NAME = false` removes an axis, which the list of fields has as true or false.
fn refine_axes(properties: &mut Map<String, Value>) {
    if let Some(axes) = properties.get_mut("axes").and_then(Value::as_object_mut) {
        let axis = reference(RawAxis::RECORD.name);
        axes.insert("additionalProperties".to_owned(), json!({ "anyOf": [{ "const": false }, axis] }));
    }
}

fn object(record: &'static Record, definitions: &mut BTreeMap<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in record.fields {
        let mut value = of(&field.shape, definitions);
        if let Some(value) = value.as_object_mut() {
            value.insert("description".to_owned(), json!(field.doc.trim()));
        }
        properties.insert(key(field.name).to_owned(), value);
    }
    let mut map = Map::new();
    map.insert("type".to_owned(), json!("object"));
    map.insert("description".to_owned(), json!(record.doc.trim()));
    map.insert("properties".to_owned(), Value::Object(properties));
    map.insert("additionalProperties".to_owned(), json!(false));
    map
}

fn key(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn of(shape: &'static Shape, definitions: &mut BTreeMap<String, Value>) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?$" }),
        Shape::Any => json!({}),
        Shape::List(item) => json!({ "type": "array", "items": of(item, definitions) }),
        Shape::Map(value) => json!({ "type": "object", "additionalProperties": of(value, definitions) }),
        Shape::Either(short, full) => json!({ "anyOf": [of(short, definitions), of(full, definitions)] }),
        Shape::Record(record) => {
            let name = definition(record.name);
            if !definitions.contains_key(name) {
                definitions.insert(name.to_owned(), Value::Null);
                let schema = object(record, definitions);
                definitions.insert(name.to_owned(), Value::Object(schema));
            }
            reference(record.name)
        }
    }
}

fn definition(record: &str) -> &str {
    record.strip_prefix("Raw").unwrap_or(record)
}

fn reference(record: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{}", definition(record)) })
}

/// A new site with the schemas of its files beside them, and each file pointing to its own.
pub fn with_schemas(files: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let config = files.get(CONFIG).map_or("", String::as_str);
    let (config, _) = config::parse(CONFIG, config.as_bytes());
    let mut all: BTreeMap<String, String> = Kind::ALL
        .into_iter()
        .filter(|kind| kind.record().is_some())
        .map(|kind| (path(kind.name()), format!("{:#}\n", schema(kind, &config.axes))))
        .collect();
    for (file, text) in files {
        let text = with_line(&text, &file, |_| true);
        all.insert(file, text);
    }
    all
}

/// Points a new file to the site's schema of its kind, where `exists` finds one.
pub fn with_line(text: &str, file: &str, exists: impl Fn(&str) -> bool) -> String {
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.describes(file)) else {
        return text.to_owned();
    };
    let schema = path(kind.name());
    if text.contains("#:schema") || !exists(&schema) {
        return text.to_owned();
    }
    let up = "../".repeat(file.matches('/').count());
    let line = format!("#:schema {up}{schema}\n");
    match text.strip_prefix("+++\n") {
        Some(rest) => format!("+++\n{line}{rest}"),
        None if file.ends_with(".toml") => line + text,
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_kind(kind: Kind) -> Value {
        let (config, _) = config::parse(
            "dateline.toml",
            b"[axes.medium]\nkind = \"category\"\nlevels = [{ id = \"print\" }]\n",
        );
        schema(kind, &config.axes)
    }

    #[test]
    fn every_key_has_a_description_and_an_unknown_one_is_refused() {
        for kind in Kind::ALL {
            let schema = of_kind(kind);
            let properties = schema["properties"].as_object().unwrap();
            assert!(!properties.is_empty(), "{kind:?}");
            if kind != Kind::StoryJson {
                assert_eq!(schema["additionalProperties"], json!(false), "{kind:?}");
                assert!(properties.values().all(|key| key["description"].is_string()), "{kind:?}");
            }
        }
        let story = of_kind(Kind::Story);
        assert_eq!(story["properties"]["sources"]["items"]["$ref"], "#/$defs/Source");
        assert_eq!(story["$defs"]["Source"]["properties"]["copy_of"]["type"], "string");
        assert_eq!(story["required"], json!(["title"]));
    }

    #[test]
    fn an_outlet_takes_the_axes_of_the_site() {
        let outlet = of_kind(Kind::Outlet);
        assert_eq!(outlet["properties"]["medium"]["enum"], json!(["print"]));
        assert!(outlet["properties"]["bias"]["enum"].as_array().unwrap().contains(&json!("center")));
    }

    #[test]
    fn every_reference_leads_somewhere() {
        for kind in Kind::ALL {
            let schema = of_kind(kind);
            let text = schema.to_string();
            for part in text.split("\"#/$defs/").skip(1) {
                let name = part.split('"').next().unwrap();
                assert!(schema["$defs"][name].is_object(), "{kind:?} {name}");
            }
        }
    }

    #[test]
    fn a_new_file_points_to_a_schema_only_if_there_is_one() {
        let text = "+++\ntitle = \"x\"\n+++\n";
        assert_eq!(with_line(text, "content/stories/x.md", |_| false), text);
        let with = with_line(text, "content/stories/x.md", |path| path == "schemas/story.schema.json");
        assert_eq!(with, "+++\n#:schema ../../schemas/story.schema.json\ntitle = \"x\"\n+++\n");
    }
}
