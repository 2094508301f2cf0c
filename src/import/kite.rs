//! Kagi News: the JSON of a category (`clusters` or `stories`) or of one story.
//!
//! Talking points, perspectives, quote, timeline and questions have their own places; what is
//! left becomes sections. `[domain#n]`, the n-th article of a domain, becomes `[@id]`.

mod articles;

use std::collections::BTreeSet;

use serde_json::Value;

use super::draft::{Cited, Draft, Reported};
use super::text::{date, prose};
use super::{Context, Fault, Imported, name_all};
use articles::Articles;

/// Free blocks, each with the title of its section.
const SECTIONS: [(&str, &str); 26] = [
    ("historical_background", "Historical background"),
    ("geopolitical_context", "Geopolitical context"),
    ("international_reactions", "International reactions"),
    ("humanitarian_impact", "Humanitarian impact"),
    ("economic_implications", "Economic implications"),
    ("key_players", "Key players"),
    ("technical_details", "Technical details"),
    ("technical_specifications", "Technical specifications"),
    ("business_angle_text", "Business angle"),
    ("business_angle_points", "Business angle: points"),
    ("scientific_significance", "Scientific significance"),
    ("industry_impact", "Industry impact"),
    ("gaming_industry_impact", "Impact on the games industry"),
    ("gameplay_mechanics", "Gameplay mechanics"),
    ("user_experience_impact", "Impact on users"),
    ("user_action_items", "What readers can do"),
    ("design_principles", "Design principles"),
    ("diy_tips", "Tips"),
    ("culinary_significance", "Culinary significance"),
    ("destination_highlights", "Destination highlights"),
    ("travel_advisory", "Travel advisory"),
    ("performance_statistics", "Performance statistics"),
    ("league_standings", "League standings"),
    ("future_outlook", "Outlook"),
    ("did_you_know", "Did you know"),
    ("on_the_ground", "On the ground"),
];

/// Keys that have a place of their own, or nothing to say in a story.
const PLACED: [&str; 24] = [
    "id",
    "title",
    "short_summary",
    "category",
    "location",
    "talking_points",
    "perspectives",
    "quote",
    "quote_author",
    "quote_attribution",
    "quote_source_url",
    "quote_source_domain",
    "timeline",
    "suggested_qna",
    "articles",
    "number_of_titles",
    "primary_image",
    "secondary_image",
    "sourceLanguage",
    "cluster_number",
    "unique_domains",
    "domains",
    "expanded",
    "read",
];

/// Reads a category or a story.
pub fn read(bytes: &[u8], context: &Context) -> Result<Imported, Fault> {
    let json: Value = serde_json::from_slice(bytes).map_err(|error| Fault::of_json(bytes, &error))?;
    let list = ["clusters", "stories"].iter().find_map(|key| json[*key].as_array());
    let clusters: Vec<&Value> = match (list, json.as_array()) {
        (Some(list), _) | (None, Some(list)) => list.iter().collect(),
        (None, None) if json["title"].is_string() => vec![&json],
        (None, None) => return Err("there are neither `clusters` nor `stories` in this file".into()),
    };
    let when = json["timestamp"].as_i64().and_then(|second| jiff::Timestamp::from_second(second).ok());
    let day = when.map_or(context.today, |when| jiff::tz::TimeZone::UTC.to_datetime(when).date());
    let mut imported = Imported::default();
    for cluster in clusters {
        if let Some(mut draft) = story(cluster, &mut imported.notes) {
            draft.date = Some(day.to_string());
            imported.stories.push(draft);
        }
    }
    name_all(&mut imported.stories, context.today);
    Ok(imported)
}

fn story(cluster: &Value, notes: &mut BTreeSet<String>) -> Option<Draft> {
    let Some(title) = text(&cluster["title"]) else {
        notes.insert("a story without a title was left out".to_owned());
        return None;
    };
    let articles = Articles::of(&cluster["articles"]);
    let mut cite = |text: &str| articles.cited(text, &title, notes);
    let mut draft = Draft {
        title: title.clone(),
        place: text(&cluster["location"]),
        topics: text(&cluster["category"]).into_iter().collect(),
        summary: text(&cluster["short_summary"]).map(|summary| cite(&summary).text),
        disclosure: Some("Imported from a Kagi News file and not yet checked by a person.".to_owned()),
        points: texts(&cluster["talking_points"]).iter().map(|point| cite(point)).collect(),
        sections: SECTIONS
            .iter()
            .filter_map(|(key, name)| section(&cluster[*key], name, &mut cite))
            .collect(),
        questions: list(&cluster["suggested_qna"]).filter_map(|pair| question(pair, &mut cite)).collect(),
        ..Draft::default()
    };
    let (dated, undated) = timeline(&cluster["timeline"], &mut cite);
    draft.timeline = dated;
    draft.sections.extend(undated);
    draft.perspectives =
        list(&cluster["perspectives"]).filter_map(|side| perspective(side, &articles, &mut cite)).collect();
    draft.quotes = quote(cluster, &articles).into_iter().collect();
    draft.reported = reported(cluster, articles.sources.len());
    draft.comments = comments(cluster);
    notes.extend(unmapped(cluster));
    draft.sources = articles.sources;
    Some(draft)
}

fn section(value: &Value, name: &str, cite: &mut impl FnMut(&str) -> Cited) -> Option<Cited> {
    let texts = texts(value);
    if texts.is_empty() {
        return None;
    }
    let mut section = Cited { name: Some(name.to_owned()), ..Cited::default() };
    match value {
        Value::Array(_) => section.items = texts.iter().map(|text| cite(text).text).collect(),
        _ => section.text = cite(&texts[0]).text,
    }
    Some(section)
}

fn question(pair: &Value, cite: &mut impl FnMut(&str) -> Cited) -> Option<Cited> {
    let question = cite(&text(&pair["question"])?).text;
    Some(Cited { name: Some(question), ..cite(&text(&pair["answer"])?) })
}

/// Events with a date, and a section for those whose date is words.
fn timeline(value: &Value, cite: &mut impl FnMut(&str) -> Cited) -> (Vec<Cited>, Option<Cited>) {
    let mut dated = Vec::new();
    let mut items = Vec::new();
    for event in list(value) {
        let written = text(&event["date"]);
        let what = text(&event["content"]).or_else(|| text(&event["description"])).or_else(|| text(event));
        let Some(what) = what else { continue };
        match written.as_deref().and_then(day) {
            Some(day) => dated.push(Cited { name: Some(day), ..cite(&what) }),
            None => items.push(cite(&written.map_or(what.clone(), |date| format!("{date}: {what}"))).text),
        }
    }
    let section = Cited { name: Some("Timeline".to_owned()), items, ..Cited::default() };
    (dated, Some(section).filter(|section| !section.items.is_empty()))
}

/// A day as people write it in English, or as ISO does.
fn day(text: &str) -> Option<String> {
    let formats = ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y"];
    let parsed = formats.iter().find_map(|format| jiff::civil::Date::strptime(format, text.trim()).ok());
    parsed.map(|day| day.to_string()).or_else(|| date(text))
}

fn perspective(side: &Value, articles: &Articles, cite: &mut impl FnMut(&str) -> Cited) -> Option<Cited> {
    let whole = text(&side["text"])?;
    let (name, said) = match whole.split_once(": ") {
        Some((name, said)) if name.chars().count() <= 80 => (name.to_owned(), said),
        _ => ("A view".to_owned(), whole.as_str()),
    };
    let mut cites: Vec<String> =
        list(&side["sources"]).filter_map(|source| articles.by_url(&source["url"])).collect();
    cites.dedup();
    Some(Cited { name: Some(name), cites, ..cite(said) })
}

fn quote(cluster: &Value, articles: &Articles) -> Option<Cited> {
    let words = text(&cluster["quote"])?;
    let speaker = text(&cluster["quote_author"]).or_else(|| text(&cluster["quote_attribution"]));
    let cites = articles.by_url(&cluster["quote_source_url"]).into_iter().collect();
    Some(Cited {
        name: speaker, text: prose(words.trim_matches(['"', '“', '”'])), cites, ..Cited::default()
    })
}

/// The number of articles that the file counts, where it lists fewer.
fn reported(cluster: &Value, listed: usize) -> Option<Reported> {
    let articles = cluster["number_of_titles"].as_u64().filter(|&count| count > listed as u64)?;
    Some(Reported { by: "Kagi News".to_owned(), articles: Some(articles), axes: Vec::new() })
}

fn comments(cluster: &Value) -> Vec<String> {
    let mut comments =
        vec!["Imported from Kagi News. Check the licence of the data, and every point.".to_owned()];
    for key in ["primary_image", "secondary_image"] {
        if let Some(url) = text(&cluster[key]["url"]) {
            let credit = text(&cluster[key]["credit"]).unwrap_or_else(|| "no credit given".to_owned());
            comments.push(format!("Its picture, not copied: {url} ({credit})"));
        }
    }
    if let Some(url) = text(&cluster["quote_source_url"]) {
        comments.push(format!("The quote stands at {url}"));
    }
    comments
}

fn unmapped(cluster: &Value) -> Vec<String> {
    let Some(map) = cluster.as_object() else { return Vec::new() };
    let known = |key: &str| PLACED.contains(&key) || SECTIONS.iter().any(|(name, _)| *name == key);
    let is_filled = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let left = map.iter().filter(|(key, value)| !known(key) && is_filled(value));
    left.map(|(key, _)| format!("`{key}` has no place in a story and was left out")).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(super::text::line).filter(|text| !text.is_empty())
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    }
}
