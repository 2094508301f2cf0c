//! Where a link was written: in the story or page that shows it, in the configuration, or in a
//! template of the site.
//!
//! In: findings about links, as readers get them. Out: the same, each at a place if there is one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finding::{Finding, Place};
use crate::build::Built;
use crate::diag::{Code, Span};
use crate::snapshot::Snapshot;

/// Bytes at the beginning of a text that say whether it can be an address that is looked for.
const HEAD: usize = 8;

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

/// Where each address stands first as a whole, in the first of its forms that does. Wherever an address may begin,
/// what stands from there to each place where one may end is looked up.
fn find(text: &str, addresses: &[&[String]]) -> Vec<Option<Span>> {
    let forms: Vec<&str> =
        addresses.iter().copied().flatten().map(String::as_str).filter(|form| !form.is_empty()).collect();
    let mut places: HashMap<&str, Option<Span>> = forms.iter().map(|&form| (form, None)).collect();
    let longest = forms.iter().map(|form| form.len()).max().unwrap_or(0);
    // Few words of a text begin as an address does.
    let head = forms.iter().map(|form| form.len()).min().unwrap_or(0).min(HEAD);
    let heads: HashSet<&[u8]> = forms.iter().map(|form| &form.as_bytes()[..head]).collect();
    let starts = text.match_indices(begins).map(|(at, before)| at + before.len());
    for start in [0].into_iter().chain(starts) {
        let rest = &text[start..];
        if !rest.as_bytes().get(..head).is_some_and(|bytes| heads.contains(bytes)) {
            continue;
        }
        let ends = rest.match_indices(ends).map(|(at, _)| at).chain([rest.len()]);
        for end in ends.take_while(|&end| end <= longest) {
            if let Some(place @ None) = places.get_mut(&rest[..end]) {
                *place = Some(Span::new(start, start + end));
            }
        }
    }
    let place = |form: &String| places.get(form.as_str()).copied().flatten();
    addresses.iter().map(|forms| forms.iter().find_map(place)).collect()
}

/// Whether an address may begin after this.
fn begins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '[' | '<' | '=' | ':')
}

/// Whether an address may end before this.
fn ends(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | ')' | ']' | '>' | '<' | '}' | ',')
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
        // Brackets and quotation marks may be part of an address, and end one.
        let text = "[x](https://x.example/O'Neill_(a)) https://x.example/O'Neill_(a";
        assert_eq!(
            starts(text, &[&["https://x.example/O'Neill_(a)"], &["https://x.example/O"]]),
            [Some(4), Some(4)]
        );
        assert_eq!(starts("/a b", &[&["/a b"], &["b"], &[""]]), [Some(0), Some(3), None]);
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
