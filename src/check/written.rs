//! Where a link was written: in the story or page that shows it, in the configuration, or in a
//! template of the site.
//!
//! In: findings about links, as readers get them. Out: the same, each at a place if there is one.

use std::collections::HashMap;

use super::finding::{Finding, Place};
use crate::build::Built;
use crate::diag::{Code, Span};
use crate::snapshot::Snapshot;

/// Gives findings about links their files and places.
pub fn placed(found: Vec<(Code, Finding)>, built: &Built, snapshot: &Snapshot) -> Vec<(Code, Finding)> {
    let templates = snapshot.below("templates/").chain(snapshot.below("themes/"));
    let templates: Vec<&str> = templates.map(|file| &*file.path).collect();
    let mut texts: HashMap<String, String> = HashMap::new();
    let mut place = |finding: Finding| {
        let Place::Link(url) = &finding.place else { return finding };
        let forms = forms(url, built);
        let own = [finding.path.as_str(), &*snapshot.config];
        let files = own.into_iter().chain(templates.iter().copied());
        for path in files.filter(|path| snapshot.find(path).is_some() || **path == *snapshot.config) {
            let text = texts.entry(path.to_owned()).or_insert_with(|| {
                // A file that has gone since holds no link.
                String::from_utf8_lossy(&snapshot.read(path).unwrap_or_default()).into_owned()
            });
            if let Some(span) = forms.iter().find_map(|form| find(text, form)) {
                return Finding { path: path.to_owned(), place: Place::At(span), ..finding };
            }
        }
        let is_file = snapshot.find(&finding.path).is_some();
        let path = if is_file { finding.path.clone() } else { snapshot.config.to_string() };
        Finding { path, place: Place::File, ..finding }
    };
    found.into_iter().map(|(code, finding)| (code, place(finding))).collect()
}

/// An address as it may have been written: as it stands on the page, or as a path of the site.
fn forms(url: &str, built: &Built) -> Vec<String> {
    let world = &built.world;
    let inner = url
        .strip_prefix(world.site.config.base_url.as_str())
        .or_else(|| url.strip_prefix(world.base.as_str()));
    let rooted = inner.map(|inner| format!("/{inner}"));
    [Some(url.to_owned()), rooted].into_iter().flatten().collect()
}

/// Where an address stands and ends.
fn find(text: &str, address: &str) -> Option<Span> {
    let ends = |at: usize| {
        let next = text[at + address.len()..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ']' | '>' | '<' | '}' | ','))
    };
    let begins = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '[' | '<' | '=' | ':'))
    };
    let mut places = text.match_indices(address).map(|(at, _)| at);
    places.find(|&at| ends(at) && begins(at)).map(|at| Span::new(at, at + address.len()))
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn an_address_is_found_whole() {
        assert!(find("[x](/a/b)", "/a").is_none());
        assert_eq!(find("[x](/a/b) [y](/a)", "/a").map(|span| span.start), Some(14));
        assert!(find("url = \"/a\"", "/a").is_some());
    }
}
