//! Where a link was written: in the story or page that shows it, in the configuration, or in a
//! template of the site.
//!
//! In: findings about links, as readers get them. Out: the same, each at a place if there is one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::finding::{Finding, Place};
use crate::build::Built;
use crate::diag::{Code, Span};
use crate::snapshot::Snapshot;

/// Addresses with brackets, quotation marks or blanks in them that are looked for in a file at most.
const BROKEN: usize = 32;

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

/// Where each address stands first as a whole, in the first of its forms that does: between a place where
/// one may begin and the next where one may end. A form that has such an end in it is searched for by
/// itself, and few of them are.
fn find(text: &str, addresses: &[&[String]]) -> Vec<Option<Span>> {
    let forms = addresses.iter().copied().flatten().map(String::as_str).filter(|form| !form.is_empty());
    let (broken, whole): (BTreeSet<&str>, BTreeSet<&str>) = forms.partition(|form| form.contains(ends));
    let mut places: HashMap<&str, Option<Span>> = whole.into_iter().map(|form| (form, None)).collect();
    // A token may be as long as the file, and begin at each of its bytes: none is hashed in vain.
    let lengths: HashSet<usize> = places.keys().map(|form| form.len()).collect();
    let mut end = 0;
    let starts = text.match_indices(begins).map(|(at, before)| at + before.len());
    for start in [0].into_iter().chain(starts) {
        if end <= start {
            end = text[start..].find(ends).map_or(text.len(), |at| start + at);
        }
        if lengths.contains(&(end - start))
            && let Some(place @ None) = places.get_mut(&text[start..end])
        {
            *place = Some(Span::new(start, end));
        }
    }
    places.extend(broken.into_iter().take(BROKEN).map(|form| (form, search(text, form))));
    let place = |form: &String| places.get(form.as_str()).copied().flatten();
    addresses.iter().map(|forms| forms.iter().find_map(place)).collect()
}

/// Where a form stands first as a whole.
fn search(text: &str, form: &str) -> Option<Span> {
    let mut places = text.match_indices(form).map(|(at, _)| (at, at + form.len()));
    let is_whole = |&(start, end): &(usize, usize)| {
        text[..start].chars().next_back().is_none_or(begins) && text[end..].chars().next().is_none_or(ends)
    };
    places.find(is_whole).map(|(start, end)| Span::new(start, end))
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
        assert_eq!(starts("/a x", &[&["/a"]]), [Some(0)]);
        assert_eq!(starts("/a b", &[&["/a b"], &["b"], &[""]]), [Some(0), Some(3), None]);
    }

    /// Each of these took minutes when every place where an address may end was tried.
    #[test]
    fn many_addresses_in_a_large_file_take_time_in_proportion() {
        let long = format!("/{}", "a".repeat(200_000));
        let many: Vec<String> = (0..20_000).map(|at| format!("/b{at}")).collect();
        let mut forms: Vec<Vec<String>> = many.iter().map(|form| vec![form.clone()]).collect();
        forms.push(vec![long.clone()]);
        let forms: Vec<&[String]> = forms.iter().map(Vec::as_slice).collect();
        let started = std::time::Instant::now();
        for between in [") (", "=", "'"] {
            let text = format!("({}{between}{long}) x", many.join(between));
            let found = find(&text, &forms);
            assert_eq!(found[0].map(|span| span.start), Some(1).filter(|_| between != "="), "{between}");
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
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
