//! Addresses of articles: what makes two of them the same, and texts that are copies.

use url::Url;

use crate::link::normal_host;

/// Parameters that follow readers and say nothing about the page.
const TRACKING: [&str; 10] =
    ["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "ref_src", "cmpid"];

/// Words that two texts must share at their beginning to look like copies.
const LEAD_WORDS: usize = 10;

/// The address without fragment, tracking, user and password; as it was if it cannot be read.
pub fn clean(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url.trim()) else { return url.trim().to_owned() };
    parsed.set_fragment(None);
    // Fails only for addresses that cannot have a user.
    let _ = parsed.set_username("").and_then(|()| parsed.set_password(None));
    let kept: Vec<&str> = parsed
        .query()
        .map(|query| query.split('&').filter(|pair| !is_tracking(pair)).collect())
        .unwrap_or_default();
    let query = (!kept.is_empty()).then(|| kept.join("&"));
    parsed.set_query(query.as_deref());
    parsed.into()
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    name.is_empty() || name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

/// What two addresses of one page have in common: no scheme, `www.`, tracking, or `/` at the end.
pub fn identity(url: &str) -> String {
    let clean = clean(url);
    let Ok(parsed) = Url::parse(&clean) else { return clean };
    let host = parsed.host_str().map(normal_host).unwrap_or_default();
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = parsed.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{port}{}{query}", parsed.path().trim_end_matches('/'))
}

/// The words of a text in lower case, without marks; for comparing texts.
pub fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_alphanumeric());
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Whether two texts begin alike, enough to be one text.
pub fn same_lead(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    a.len() >= LEAD_WORDS && b.len() >= LEAD_WORDS && a[..LEAD_WORDS] == b[..LEAD_WORDS]
}

/// Whether two headlines are the same but for case and marks.
pub fn same_title(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    a.len() >= 4 && a == b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_are_one() {
        let wanted = identity("https://www.News.example/a/?id=1");
        for same in [
            "http://news.example/a?id=1",
            "https://news.example/a/?utm_source=x&id=1&fbclid=y#top",
            "https://news.example:443/a?id=1",
        ] {
            let same = identity(same);
            assert!(same == wanted || same == "news.example/a?id=1", "{same} {wanted}");
        }
        assert_ne!(identity("https://news.example/a?id=2"), identity("https://news.example/a?id=1"));
        assert_eq!(clean("https://a.example/x?utm_medium=y"), "https://a.example/x");
        assert_eq!(clean("https://me:secret@a.example/x"), "https://a.example/x");
    }

    #[test]
    fn copies_are_told_by_their_lead() {
        let text = "The council has settled a quarrel of two years: the old bridge stays.";
        assert!(same_lead(text, &text.to_uppercase()));
        assert!(!same_lead(text, "The council"));
        assert!(same_title("Bridge to be repaired!", "bridge to be repaired"));
    }
}
