//! Articles that share one text.

use serde::Serialize;

use super::{SourceRef, SourceView, source_ref, wire_link};
use crate::content::story::{SourceIx, Story};
use crate::coverage::Coverage;
use crate::page::world::{Link, Words, World};

/// Articles that share one text.
#[derive(Debug, Serialize)]
pub struct CopiesView {
    pub(in crate::page) original: Option<SourceRef>,
    pub(in crate::page) wire: Option<Link>,
    pub(in crate::page) count: usize,
    pub(in crate::page) copies: Vec<SourceRef>,
}

/// Articles that share one text, largest number first, then in file order.
pub fn copies_list(
    world: &World,
    words: &Words,
    story: &Story,
    coverage: &Coverage,
    articles: &[SourceView],
) -> Vec<CopiesView> {
    let mut list: Vec<CopiesView> = Vec::new();
    for article in articles.iter().filter(|article| !article.copies().is_empty()) {
        let source = &story.sources[article.at as usize];
        let is_original = source.copy_of.is_none() && source.wire().is_none();
        let members = article.copies().iter().map(|copy| copy.at);
        let members: Vec<SourceIx> = match is_original {
            true => members.collect(),
            false => std::iter::once(article.at).chain(members).collect(),
        };
        let wire = std::iter::once(article.at)
            .chain(article.copies().iter().map(|copy| copy.at))
            .find_map(|at| story.sources[at as usize].wire());
        let name = |at: SourceIx| source_ref(world, words, story, coverage, at);
        list.push(CopiesView {
            original: is_original.then(|| name(article.at)),
            wire: wire.and_then(|wire| wire_link(world, wire.value)),
            count: article.copies().len() + 1,
            copies: members.into_iter().map(name).collect(),
        });
    }
    list.sort_by_key(|group| std::cmp::Reverse(group.count));
    list
}
