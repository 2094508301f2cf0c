//! Variables of templates: one list, from which the reference is made and by which the tests judge
//! what templates see.

use serde::Deserialize;

use super::{code, table};

/// Every variable of templates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variables {
    /// Templates with what they see; the first one stands for all of them.
    pub templates: Vec<Template>,
    /// What the variables are made of.
    pub types: Vec<Type>,
}

/// What a template sees.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its file.
    pub name: String,
    /// What it shows.
    pub about: String,
    /// Its variables.
    pub sees: Vec<Field>,
}

/// A map with named fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Type {
    /// The word that fields name it by.
    pub name: String,
    /// What it is.
    pub about: String,
    /// Its fields, all of which are always there.
    pub has: Vec<Field>,
}

/// A variable of a template or a field of a type, in the order of its row.
#[derive(Debug, Deserialize)]
pub struct Field {
    /// What templates write.
    pub name: String,
    /// What it is, such as `list of Card` or `text?`.
    pub is: String,
    /// What it means.
    pub about: String,
    /// A value that it has on a site of the repository; empty for what is no text, number or boolean.
    pub example: String,
}

/// The list. It stands in the program, so a test of it is a test of the list that readers get.
pub fn list() -> Result<Variables, toml::de::Error> {
    toml::from_str(include_str!("variables.toml"))
}

/// Every template with what it sees, then every type with its fields.
pub fn variables() -> String {
    let Ok(Variables { templates, types }) = list() else {
        return String::new();
    };
    let mut out = String::new();
    for Template { name, about, sees } in &templates {
        out.push_str(&format!("### {name} {{#{}}}\n\n{about}\n\n", name.replace([' ', '.'], "-")));
        out.push_str(&if sees.is_empty() { String::new() } else { rows("variable", sees, &types) });
    }
    out.push_str("## Types {#types}\n\n");
    for Type { name, about, has } in &types {
        out.push_str(&format!(
            "### {name} {{#{}}}\n\n{about}\n\n{}",
            anchor(name),
            rows("field", has, &types)
        ));
    }
    out
}

fn rows(head: &str, fields: &[Field], types: &[Type]) -> String {
    let has_examples = fields.iter().any(|field| !field.example.is_empty());
    let row = |Field { name, is, about, example }: &Field| {
        let example = if example.is_empty() { String::new() } else { code(example) };
        let mut row = vec![code(name), linked(is, types), about.clone()];
        row.extend(has_examples.then_some(example));
        row
    };
    let heads = [head, "is", "meaning", "example"];
    table(&heads[..3 + usize::from(has_examples)], fields.iter().map(row).collect())
}

/// `list of Card?` with a link to what a `Card` is, and the `?` in words.
fn linked(is: &str, types: &[Type]) -> String {
    let (bare, or_none) = is.strip_suffix('?').map_or((is, ""), |bare| (bare, " or none"));
    let (list, item) = bare.strip_prefix("list of ").map_or(("", bare), |item| ("list of ", item));
    match types.iter().any(|known| known.name == item) {
        true => format!("{list}[{item}](#{}){or_none}", anchor(item)),
        false => format!("{bare}{or_none}"),
    }
}

fn anchor(name: &str) -> String {
    format!("type-{}", name.to_lowercase())
}
