//! A table of outlets: a row an outlet, or a row a rating (rows of one name are joined). Rater,
//! label, date and licence stay with each rating.

use std::collections::{BTreeMap, HashMap};

use super::outlet::{OutletDraft, RatingDraft, domains};
use super::table::{Row, Table, is_true};
use super::text::{date, quoted};
use super::{Fault, Imported, table};
use crate::slug::Slug;

/// Columns of texts that an outlet takes as they are.
const TEXTS: [&str; 8] = ["url", "country", "language", "scope", "owner", "parent", "feed", "logo"];
/// Columns of the built-in axes: a rating by the site itself.
const AXES: [&str; 3] = ["bias", "factuality", "ownership"];
/// Columns of a rating.
const RATING: [&str; 9] =
    ["axis", "rater", "label", "level", "date", "until", "rating_url", "note", "license"];

/// Reads a table.
pub fn read(bytes: &[u8]) -> Result<Imported, Fault> {
    from_table(&table::parse(bytes)?)
}

/// Makes outlets of a table that is read already.
pub fn from_table(table: &Table) -> Result<Imported, Fault> {
    if !table.columns.iter().any(|column| column == "name") {
        return Err(Fault::of_columns("the table needs a column `name`".to_owned()));
    }
    let mut imported = Imported::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    let own = ["id", "name", "domain", "domains", "founded", "paywall", "wire", "licence"];
    for column in &table.columns {
        let column = column.as_str();
        let known = own.contains(&column) || [&TEXTS[..], &AXES, &RATING].concat().contains(&column);
        if !known {
            imported.notes.insert(format!("the column `{column}` was kept in [extra]"));
        }
    }
    for Row { line, cells: row } in &table.rows {
        let Some(name) = row.get("name") else {
            imported.notes.insert(format!("line {line}: a row without a name was left out"));
            continue;
        };
        let id = row.get("id").and_then(|id| Slug::new(id).ok()).unwrap_or_else(|| Slug::from_title(name));
        let at = *places.entry(id.to_string()).or_insert_with(|| {
            imported.notes.extend(misfits(*line, row));
            imported.outlets.push(outlet(row, &id, name, &own));
            imported.outlets.len() - 1
        });
        if let Some(rating) = rating(row) {
            imported.notes.extend(rater_note(row));
            imported.outlets[at].ratings.push(rating);
        }
    }
    Ok(imported)
}

fn outlet(row: &BTreeMap<String, String>, id: &Slug, name: &str, own: &[&str]) -> OutletDraft {
    let get = |key: &str| row.get(key).map(String::as_str);
    let mut outlet = OutletDraft { id: id.to_string(), ..OutletDraft::named(name) };
    outlet.domains = domains(get("domains").or(get("domain")).unwrap_or_default());
    for key in TEXTS.iter().copied().filter(|key| get(key).is_none_or(|value| fits(key, value))) {
        outlet.pairs.extend(get(key).map(|value| (key.to_owned(), quoted(&tidy(key, value)))));
    }
    let founded = get("founded").and_then(|year| year.parse::<i32>().ok());
    outlet.pairs.extend(founded.map(|year| ("founded".to_owned(), year.to_string())));
    for key in ["paywall", "wire"] {
        outlet.pairs.extend(get(key).map(|value| (key.to_owned(), is_true(value).to_string())));
    }
    for key in AXES {
        outlet.pairs.extend(get(key).map(|value| (key.to_owned(), quoted(&level(value)))));
    }
    let known = [own, &TEXTS[..], &AXES, &RATING].concat();
    let extra = row.iter().filter(|(key, _)| !known.contains(&key.as_str()));
    outlet.extra =
        extra.filter(|(key, _)| is_bare(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    outlet
}

/// What is said of values that an outlet cannot have.
fn misfits(line: u64, row: &BTreeMap<String, String>) -> Vec<String> {
    let values = TEXTS.iter().filter_map(|key| Some((*key, row.get(*key)?)));
    let wrong = values.filter(|(key, value)| !fits(key, value));
    wrong.map(|(key, value)| format!("line {line}: `{value}` is no {key} and was left out")).collect()
}

/// Whether a column can hold a value.
fn fits(key: &str, value: &str) -> bool {
    match key {
        "country" => value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()),
        "scope" => ["local", "national", "international"].contains(&value.to_lowercase().as_str()),
        _ => true,
    }
}

fn tidy(key: &str, value: &str) -> String {
    match key {
        "country" => value.to_uppercase(),
        "scope" => value.to_lowercase(),
        _ => value.to_owned(),
    }
}

/// `Lean Left` as `lean-left`.
fn level(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '_'], "-")
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn rating(row: &BTreeMap<String, String>) -> Option<RatingDraft> {
    let get = |key: &str| row.get(key).map(|value| value.trim());
    get("label").or(get("level"))?;
    let mut rating: RatingDraft = vec![("axis", quoted(get("axis").unwrap_or("bias")))];
    rating.extend(get("rater").map(|rater| ("rater", quoted(Slug::from_title(rater).as_str()))));
    rating.extend(get("label").map(|label| ("label", quoted(label))));
    if get("label").is_none() {
        rating.extend(get("level").map(|text| ("level", quoted(&level(text)))));
    }
    let day = |key: &str| get(key).and_then(date);
    // Days written alike sort as they follow one another.
    let until = day("until").filter(|until| day("date").is_none_or(|from| from.get(..10) <= until.get(..10)));
    rating.extend(day("date").map(|day| ("date", day)));
    rating.extend(until.map(|day| ("until", day)));
    rating.extend(get("rating_url").map(|url| ("url", quoted(url))));
    rating.extend(get("note").map(|note| ("note", quoted(note))));
    rating.extend(get("license").or(get("licence")).map(|license| ("license", quoted(license))));
    Some(rating)
}

/// What the configuration must say of a rater.
fn rater_note(row: &BTreeMap<String, String>) -> Option<String> {
    let rater = Slug::from_title(row.get("rater")?);
    let axis = row.get("axis").map_or("bias", String::as_str);
    row.get("label")?;
    Some(format!(
        "dateline.toml has to say what the labels of `{rater}` mean, if it does not yet: [axes.{axis}.raters.{rater}] labels = {{ … }}"
    ))
}
