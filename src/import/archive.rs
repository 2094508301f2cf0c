//! Archived copies of pages, as archive.org knows them.

use super::fetch::{self, Limits};

/// The archive that is asked, unless a person names another one that answers alike.
pub const ARCHIVE: &str = "https://archive.org";

/// Asks an archive for its newest copy of a page: its address and day. Best effort: `None` if there
/// is none or the archive cannot be asked.
pub fn find(archive: &str, url: &str, limits: &Limits) -> Option<(String, Option<String>)> {
    let query: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    let asked = format!("{}/wayback/available?url={query}", archive.trim_end_matches('/'));
    answer(&fetch::get(&asked, limits).ok()?.bytes)
}

fn answer(bytes: &[u8]) -> Option<(String, Option<String>)> {
    let json: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let closest = &json["archived_snapshots"]["closest"];
    if closest["available"] != true {
        return None;
    }
    let url = closest["url"].as_str()?;
    let url = url.replacen("http://", "https://", 1);
    let day = closest["timestamp"]
        .as_str()
        .and_then(|time| Some(format!("{}-{}-{}", time.get(..4)?, time.get(4..6)?, time.get(6..8)?)));
    Some((url, day.filter(|day| day.parse::<jiff::civil::Date>().is_ok())))
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn an_answer_gives_address_and_day_or_nothing() {
        let text = br#"{"archived_snapshots":{"closest":{"available":true,
            "url":"http://web.archive.org/web/20250731101112/https://a.example/","timestamp":"20250731101112"}}}"#;
        let (url, day) = answer(text).unwrap();
        assert_eq!(url, "https://web.archive.org/web/20250731101112/https://a.example/");
        assert_eq!(day.as_deref(), Some("2025-07-31"));
        assert_eq!(answer(br#"{"archived_snapshots":{}}"#), None);
        assert_eq!(answer(b"<html>"), None);
    }
}
