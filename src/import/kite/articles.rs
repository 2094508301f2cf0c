//! The articles of a Kagi News story, and the marks by which its texts cite them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{list, text};
use crate::import::draft::{Cited, Source};
use crate::import::text::{date, prose};
use crate::import::web;
use crate::slug::numbered;

/// The articles with their ids, found by domain and number or by address.
pub struct Articles {
    /// In the order of the file.
    pub sources: Vec<Source>,
    by_mark: BTreeMap<String, String>,
    by_url: BTreeMap<String, String>,
}

impl Articles {
    /// Reads the list of articles.
    pub fn of(value: &Value) -> Articles {
        let mut articles =
            Articles { sources: Vec::new(), by_mark: BTreeMap::new(), by_url: BTreeMap::new() };
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for article in list(value) {
            let url = text(&article["link"]).or_else(|| text(&article["url"]));
            let host = url.as_deref().and_then(crate::link::host).map(str::to_owned);
            let domain = text(&article["domain"]).or(host).unwrap_or_else(|| "source".to_owned());
            let domain = crate::link::normal_host(&domain);
            let count = counts.entry(domain.clone()).or_default();
            *count += 1;
            let plain: String = domain.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
            // Two domains may have one form.
            let id = numbered(&format!("{plain}-{count}"), |id| taken.contains(id));
            taken.insert(id.clone());
            articles.by_mark.insert(format!("{domain}#{count}"), id.clone());
            if let Some(url) = &url {
                articles.by_url.entry(web::identity(url)).or_insert_with(|| id.clone());
            }
            articles.sources.push(Source {
                id: Some(id),
                url,
                title: text(&article["title"]),
                published: text(&article["date"]).and_then(|text| date(&text)),
                ..Source::default()
            });
        }
        articles
    }

    /// The id of the article that has this address.
    pub fn by_url(&self, url: &Value) -> Option<String> {
        self.by_url.get(&web::identity(url.as_str()?)).cloned()
    }

    /// A text as Markdown, its marks turned into citations.
    pub fn cited(&self, text: &str, title: &str, notes: &mut BTreeSet<String>) -> Cited {
        let mut cited = Cited::default();
        let mut out = String::new();
        let mut rest = text;
        while let Some((at, end)) = next_mark(rest) {
            push(&mut out, &rest[..at]);
            let mark = &rest[at + 1..end - 1];
            let normal = mark.rsplit_once('#').map(|(domain, number)| {
                format!("{}#{}", crate::link::normal_host(domain.trim()), number.trim())
            });
            match normal.and_then(|normal| self.by_mark.get(&normal)) {
                Some(id) => {
                    out.push_str(&format!(" [@{id}]"));
                    if !cited.cites.contains(id) {
                        cited.cites.push(id.clone());
                    }
                }
                // Kagi marks what everybody knows.
                None if mark == "common" => {}
                None => {
                    notes.insert(format!(
                        "“{title}”: [{mark}] cites no article of the story and was left out"
                    ));
                }
            }
            rest = &rest[end..];
        }
        push(&mut out, rest);
        // The text cites by itself; a list of ids beside it would say it twice.
        cited.text = out.trim().to_owned();
        cited.cites.clear();
        cited
    }
}

/// Appends plain text, without the white space before a citation.
fn push(out: &mut String, text: &str) {
    let plain = prose(text);
    if plain.is_empty() {
        return;
    }
    let glued = plain.starts_with(['.', ',', ';', ':', '!', '?', ')']);
    if !out.is_empty() && !glued {
        out.push(' ');
    }
    out.push_str(&plain);
}

/// The next `[domain#n]` or `[common]`.
fn next_mark(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(end) = text[from..].find(']').map(|at| from + at + 1) {
        if let Some(at) = text[from..end].rfind('[').map(|at| from + at) {
            let inner = &text[at + 1..end - 1];
            let is_numbered = inner
                .rsplit_once('#')
                .is_some_and(|(domain, number)| !domain.is_empty() && number.trim().parse::<u32>().is_ok());
            if is_numbered || inner == "common" {
                return Some((at, end));
            }
        }
        from = end;
    }
    None
}
