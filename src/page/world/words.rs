//! What a language calls things: texts of the interface, names of axes, groups and levels.

use serde::Serialize;
use tera::Value;

use crate::content::axis::Axis;
use crate::text::Language;

/// Names of a group or level for templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The id of configuration and data.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// A CSS class.
    pub class: String,
}

/// The names of an axis as values.
pub struct AxisNames {
    /// Of its groups.
    pub groups: Vec<NamedValue>,
    /// Of its levels.
    pub levels: Vec<NamedValue>,
    /// Of what has no level, as if it were one more group.
    pub unrated: Value,
}

/// [`Named`] as values that templates share instead of copying.
pub struct NamedValue {
    /// The id.
    pub id: Value,
    /// What readers see.
    pub name: Value,
    /// A CSS class.
    pub class: Value,
    /// All three in a map, with the place among the others.
    pub all: Value,
}

impl NamedValue {
    fn of((index, named): (usize, &Named)) -> NamedValue {
        NamedValue {
            id: Value::normal_string(&named.id),
            name: Value::normal_string(&named.name),
            class: Value::normal_string(&named.class),
            all: indexed(named, index),
        }
    }
}

#[derive(Serialize)]
struct Indexed<'n> {
    id: &'n str,
    name: &'n str,
    class: &'n str,
    index: usize,
}

fn indexed(Named { id, name, class }: &Named, index: usize) -> Value {
    Value::from_serializable(&Indexed { id, name, class, index })
}

/// What repeats in one language.
pub struct Words {
    /// The language.
    pub language: Language,
    /// `ui` of templates.
    pub ui: Value,
    /// Groups of every axis.
    pub groups: Vec<Vec<Named>>,
    /// Levels of every axis.
    pub levels: Vec<Vec<Named>>,
    /// The same as values of templates, which share them.
    pub named: Vec<AxisNames>,
    /// Names of axes.
    pub axes: Vec<String>,
}

impl Words {
    /// The words of a language for these axes.
    pub fn new(language: Language, axes: &[Axis], ui: Value) -> Words {
        let group = |axis: &Axis| -> Vec<Named> {
            let named = |group: &crate::content::axis::Group| Named {
                id: group.id.to_string(),
                name: translated(&language, axis, &group.id, &group.name),
                class: class(&axis.id, &group.id),
            };
            axis.groups.iter().map(named).collect()
        };
        let level = |axis: &Axis| -> Vec<Named> {
            let named = |level: &crate::content::axis::Level| Named {
                id: level.id.to_string(),
                name: translated(&language, axis, &level.id, &level.name),
                class: class(&axis.id, &level.id),
            };
            axis.levels.iter().map(named).collect()
        };
        let groups: Vec<Vec<Named>> = axes.iter().map(group).collect();
        let levels: Vec<Vec<Named>> = axes.iter().map(level).collect();
        let names = axes.iter().map(|axis| axis_name(&language, axis)).collect();
        let unrated = Named {
            id: "unrated".to_owned(),
            name: language.text("unrated").to_owned(),
            class: "unrated".to_owned(),
        };
        let named = groups.iter().zip(&levels).map(|(groups, levels)| AxisNames {
            groups: groups.iter().enumerate().map(NamedValue::of).collect(),
            levels: levels.iter().enumerate().map(NamedValue::of).collect(),
            unrated: indexed(&unrated, groups.len()),
        });
        let named = named.collect();
        Words { language, ui, groups, levels, named, axes: names }
    }

    /// A plain text of the user interface.
    pub fn text<'w>(&'w self, key: &'w str) -> &'w str {
        self.language.text(key)
    }
}

/// The CSS class of a level or group.
pub fn class(axis: &str, id: &str) -> String {
    format!("ax-{axis}-{id}")
}

fn translated(language: &Language, axis: &Axis, id: &str, name: &str) -> String {
    if !axis.builtin {
        return name.to_owned();
    }
    let key = format!("gen_{}_{id}", axis.id);
    match language.texts.find(&key) {
        Some(entry) => entry.form(None, &language.locale).to_owned(),
        None => name.to_owned(),
    }
}

fn axis_name(language: &Language, axis: &Axis) -> String {
    let key = format!("gen_axis_{}", axis.id);
    match language.texts.find(&key).filter(|_| axis.builtin) {
        Some(entry) => entry.form(None, &language.locale).to_owned(),
        None => axis.name.to_string(),
    }
}
