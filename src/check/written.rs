//! Where a link was written: in the story or page that shows it, in the configuration, or in a
//! template of the site.
//!
//! In: findings about links, as readers get them. Out: the same, each at a place if there is one.

use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::finding::{Finding, Place};
use crate::build::Built;
use crate::diag::{Code, Span};
use crate::snapshot::Snapshot;

/// Gives findings about links their files and places. Every file is walked through once, for all
/// links that may stand in it.
pub fn placed(mut found: Vec<(Code, Finding)>, built: &Built, snapshot: &Snapshot) -> Vec<(Code, Finding)> {
    let config = &*snapshot.config;
    let forms: Vec<Vec<String>> = found
        .iter()
        .map(|(_, finding)| match &finding.place {
            Place::Link(url) => forms(url, built),
            _ => Vec::new(),
        })
        .collect();
    let mut open: Vec<usize> = (0..found.len()).filter(|&at| !forms[at].is_empty()).collect();
    // First where the page comes from, then in what all pages share.
    let mut own: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for &at in &open {
        own.entry(found[at].1.path.clone()).or_default().push(at);
    }
    let look = |path: &str, wanted: &[usize], found: &mut Vec<(Code, Finding)>| {
        if wanted.is_empty() || (snapshot.find(path).is_none() && path != config) {
            return;
        }
        // A file that has gone since holds no link.
        let bytes = snapshot.read(path).unwrap_or_default();
        let written: Vec<&[String]> = wanted.iter().map(|&at| &*forms[at]).collect();
        for (&at, span) in wanted.iter().zip(find(&String::from_utf8_lossy(&bytes), &written)) {
            if let Some(span) = span {
                found[at].1.path = path.to_owned();
                found[at].1.place = Place::At(span);
            }
        }
    };
    for (path, wanted) in &own {
        look(path, wanted, &mut found);
    }
    let templates = snapshot.below("templates/").chain(snapshot.below("themes/"));
    for path in [config].into_iter().chain(templates.map(|file| &*file.path)) {
        open.retain(|&at| matches!(found[at].1.place, Place::Link(_)));
        look(path, &open, &mut found);
    }
    for (_, finding) in &mut found {
        if let Place::Link(_) = finding.place {
            finding.place = Place::File;
            if snapshot.find(&finding.path).is_none() {
                config.clone_into(&mut finding.path);
            }
        }
    }
    found
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

/// Where each address stands first as a whole, in the first of its forms that does.
fn find(text: &str, addresses: &[&[String]]) -> Vec<Option<Span>> {
    let ends = |at: usize| {
        let next = text[at..].chars().next();
        next.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ']' | '>' | '<' | '}' | ','))
    };
    let begins = |at: usize| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '[' | '<' | '=' | ':'))
    };
    let forms: Vec<&String> = addresses.iter().copied().flatten().collect();
    let mut places: Vec<Option<Span>> = vec![None; forms.len()];
    // No more forms than an automaton can have; otherwise no place is told, and nothing else is lost.
    if let Ok(automaton) = AhoCorasick::new(&forms) {
        for hit in automaton.find_overlapping_iter(text) {
            let place = &mut places[hit.pattern().as_usize()];
            if place.is_none() && begins(hit.start()) && ends(hit.end()) {
                *place = Some(Span::new(hit.start(), hit.end()));
            }
        }
    }
    let mut places = places.into_iter();
    addresses.iter().map(|forms| places.by_ref().take(forms.len()).fold(None, Option::or)).collect()
}

#[cfg(test)]
mod tests {
    use super::find;

    fn starts(text: &str, addresses: &[&[&str]]) -> Vec<Option<u32>> {
        let owned: Vec<Vec<String>> =
            addresses.iter().map(|forms| forms.iter().map(|&form| form.to_owned()).collect()).collect();
        let forms: Vec<&[String]> = owned.iter().map(Vec::as_slice).collect();
        find(text, &forms).into_iter().map(|span| span.map(|span| span.start)).collect()
    }

    #[test]
    fn addresses_are_found_whole() {
        assert_eq!(starts("[x](/a/b)", &[&["/a"]]), [None]);
        assert_eq!(starts("[x](/a/b) [y](/a)", &[&["/a"], &["/a/b"]]), [Some(14), Some(4)]);
        assert_eq!(starts("url = \"/a\"", &[&["/a"]]), [Some(7)]);
        assert_eq!(starts("é</é>", &[&["/é"]]), [Some(3)]);
    }

    #[test]
    fn the_first_place_of_the_first_form_counts() {
        let text = "(/a) (https://x.example/a) (https://x.example/a)";
        assert_eq!(
            starts(text, &[&["https://x.example/a", "/a"], &["https://x.example/c", "/a"]]),
            [Some(6), Some(1)]
        );
        assert_eq!(starts(text, &[&["/b"], &["/a"], &["/a"]]), [None, Some(1), Some(1)]);
    }
}
