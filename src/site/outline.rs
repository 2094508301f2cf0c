//! The outline of the plain pages: which stands below which, and in what order they are read.
//!
//! In: pages. Out: an [`Outline`]. A page with a `weight` is in it; it stands below the page whose
//! path begins its own (`guide/themes` below `guide`), among others by weight, then by path. Pages
//! of another language have an outline of their own.

use std::collections::{BTreeMap, HashMap};

use crate::content::pages::Doc;

/// The place of a plain page in [`super::Site::docs`].
pub type DocIx = usize;

/// Pages in the order of reading, each before those below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// From the first to the last, all languages one after another.
    pub places: Vec<Place>,
}

/// A page in the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub doc: DocIx,
    /// The pages above it, outermost first.
    pub above: Vec<DocIx>,
}

impl Outline {
    /// The outline of pages in the order of their paths; `lang` is the site's language.
    pub fn of(docs: &[Doc], lang: &str) -> Outline {
        let lang_of = |at: DocIx| docs[at].lang.as_deref().unwrap_or(lang);
        let mut below: BTreeMap<(&str, Option<DocIx>), Vec<DocIx>> = BTreeMap::new();
        let listed: Vec<DocIx> = (0..docs.len()).filter(|&at| docs[at].weight.is_some()).collect();
        let by_path: HashMap<(&str, &str), DocIx> =
            listed.iter().map(|&at| ((lang_of(at), &*docs[at].url_path), at)).collect();
        for &at in &listed {
            let above = folders(&docs[at].url_path).find_map(|path| by_path.get(&(lang_of(at), path)));
            below.entry((lang_of(at), above.copied())).or_default().push(at);
        }
        for list in below.values_mut() {
            list.sort_by_key(|&at| (docs[at].weight, at));
        }
        let mut outline = Outline::default();
        let tops: Vec<&str> = below.keys().filter(|(_, above)| above.is_none()).map(|key| key.0).collect();
        for lang in tops {
            outline.add(lang, &[], &below);
        }
        outline
    }

    fn add(&mut self, lang: &str, above: &[DocIx], below: &BTreeMap<(&str, Option<DocIx>), Vec<DocIx>>) {
        for &doc in below.get(&(lang, above.last().copied())).into_iter().flatten() {
            self.places.push(Place { doc, above: above.to_vec() });
            self.add(lang, &[above, &[doc]].concat(), below);
        }
    }

    /// Where a page stands in the order; `None` for a page without weight.
    pub fn find(&self, doc: DocIx) -> Option<usize> {
        self.places.iter().position(|place| place.doc == doc)
    }

    /// The pages right below one, or at the top for `None`.
    pub fn below(&self, doc: Option<DocIx>) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.above.last().copied() == doc)
    }
}

/// The paths above `a/b/c`, nearest first: `a/b`, `a`.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(above, _)| above.rsplit_once('/')).map(|(above, _)| above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::pages::doc;

    fn docs(files: &[(&str, &str)]) -> Vec<Doc> {
        let page = |(path, front): &(&str, &str)| {
            let text = format!("+++\ntitle = \"x\"\n{front}\n+++\n");
            doc(&format!("content/pages/{path}"), text.as_bytes()).0.unwrap()
        };
        let mut docs: Vec<Doc> = files.iter().map(page).collect();
        docs.sort_by(|a, b| a.url_path.cmp(&b.url_path));
        docs
    }

    fn order(docs: &[Doc]) -> Vec<String> {
        let places = Outline::of(docs, "en").places.into_iter();
        places
            .map(|place| format!("{}{}", "  ".repeat(place.above.len()), docs[place.doc].url_path))
            .collect()
    }

    #[test]
    fn pages_stand_below_their_folder_by_weight_then_path() {
        let docs = docs(&[
            ("start.md", "weight = 1"),
            ("guide/index.md", "weight = 2"),
            ("guide/themes.md", "weight = 9"),
            ("guide/axes.md", "weight = 3"),
            ("guide/raters.md", "weight = 3"),
            ("guide-old.md", "weight = 0"),
            ("contact.md", ""),
        ]);
        assert_eq!(
            order(&docs),
            ["guide-old", "start", "guide", "  guide/axes", "  guide/raters", "  guide/themes"]
        );
    }

    #[test]
    fn a_page_without_one_above_it_stands_at_the_top() {
        let docs =
            docs(&[("a/b/c.md", "weight = 1"), ("a/index.md", "weight = 2"), ("x/y.md", "weight = 3")]);
        assert_eq!(order(&docs), ["a", "  a/b/c", "x/y"]);
    }

    #[test]
    fn languages_do_not_mix() {
        let docs = docs(&[
            ("guide/index.md", "weight = 1"),
            ("guide/deutsch.md", "weight = 1\nlang = \"de\""),
            ("guide/english.md", "weight = 2"),
        ]);
        assert_eq!(order(&docs), ["guide/deutsch", "guide", "  guide/english"]);
    }
}
