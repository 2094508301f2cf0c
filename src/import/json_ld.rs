//! The article in a page's JSON-LD: alone, in a list, in `@graph`, or broken.

use serde_json::{Map, Value};

use super::text::line;

/// Levels of nesting that are looked through.
const DEPTH: usize = 6;

/// Keys that are looked for in a script that is no JSON.
const LOOSE: [&str; 6] =
    ["headline", "datePublished", "description", "inLanguage", "name", "isAccessibleForFree"];

/// The first article in the scripts of a page.
pub fn article(scripts: &[String]) -> Option<Value> {
    let whole: Vec<Value> = scripts.iter().filter_map(|script| parse(script)).collect();
    let found = whole.iter().find_map(|value| find(value, DEPTH)).cloned();
    found.or_else(|| scripts.iter().filter(|script| parse(script).is_none()).find_map(|script| loose(script)))
}

/// Reads a script, forgiving what pages often get wrong around and within it.
fn parse(script: &str) -> Option<Value> {
    let text = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text = text.trim_end_matches("]]>").trim_end_matches("//").trim().trim_end_matches(';');
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    // Line breaks inside of texts are the most common mistake.
    let folded: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    serde_json::from_str(&folded).ok()
}

fn find(value: &Value, depth: usize) -> Option<&Value> {
    if depth == 0 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find(item, depth - 1)),
        Value::Object(map) if is_article(&map.get("@type").cloned().unwrap_or_default()) => Some(value),
        Value::Object(map) => {
            ["@graph", "mainEntity", "itemListElement"].iter().find_map(|key| find(map.get(*key)?, depth - 1))
        }
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => kind.ends_with("Article") || kind.ends_with("Posting"),
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

/// What can be found in a script that is no JSON: the first text after each key.
fn loose(script: &str) -> Option<Value> {
    if !script.contains("Article") {
        return None;
    }
    let mut map = Map::new();
    for key in LOOSE {
        let marker = format!("\"{key}\"");
        let Some((_, rest)) = script.split_once(marker.as_str()) else { continue };
        let Some(rest) = rest.trim_start().strip_prefix(':') else { continue };
        let value = serde_json::Deserializer::from_str(rest.trim_start()).into_iter::<Value>().next();
        if let Some(Ok(value @ (Value::String(_) | Value::Bool(_)))) = value {
            map.insert(key.to_owned(), value);
        }
    }
    map.contains_key("headline").then_some(Value::Object(map))
}

/// A value as text: a text, the first of a list, the name of a thing.
pub fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(line(text)).filter(|text| !text.is_empty()),
        Value::Array(items) => items.iter().find_map(text),
        Value::Object(map) => ["name", "@value", "alternateName"].iter().find_map(|key| text(map.get(*key)?)),
        _ => None,
    }
}

/// The names of all authors.
pub fn names(value: &Value) -> Option<String> {
    let names: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        value => text(value).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}

/// Whether a page says that it is not free; `None` if it does not say.
pub fn is_paid(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(free) => Some(!free),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(script: &str) -> Option<String> {
        text(&article(&[script.to_owned()])?["headline"])
    }

    #[test]
    fn the_article_is_found_wherever_it_stands() {
        for script in [
            r#"{"@type":"NewsArticle","headline":"H"}"#,
            r#"[{"@type":"WebPage"},{"@type":["Article","ReportageNewsArticle"],"headline":"H"}]"#,
            r#"{"@graph":[{"@type":"Organization","name":"O"},{"@type":"NewsArticle","headline":"H"}]}"#,
            "<!-- {\"@type\":\"BlogPosting\",\n\"headline\":\"H\"}; -->",
            r#"{"@type":"NewsArticle","headline":"H","description":"broken" "x",}"#,
        ] {
            assert_eq!(headline(script).as_deref(), Some("H"), "{script}");
        }
        assert_eq!(headline(r#"{"@type":"Recipe","headline":"H"}"#), None);
        assert_eq!(headline("{\"@type\":\"NewsArticle\", oh no"), None);
    }

    #[test]
    fn authors_and_paywalls_come_in_many_forms() {
        let value: Value = serde_json::from_str(r#"[{"name":"A"},"B"]"#).unwrap();
        assert_eq!(names(&value).as_deref(), Some("A, B"));
        assert_eq!(is_paid(&Value::String("False".into())), Some(true));
        assert_eq!(is_paid(&Value::Null), None);
    }
}
