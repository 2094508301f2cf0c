//! Several texts in one block of memory: a site has millions of short ones, and every block of its own costs
//! a pointer, a length and what the allocator leaves unused behind it.

use super::keep::{Keep, keep_text, recall_text};

/// `N` texts, each of which may be missing; known by their places.
#[derive(Clone, PartialEq, Eq)]
pub struct Texts<const N: usize> {
    /// All of them, one after another.
    block: Box<str>,
    /// Their lengths in bytes.
    lengths: [u32; N],
}

/// The length of a text that is missing. A file is shorter; see [`crate::diag::Span`].
const MISSING: u32 = u32::MAX;

impl<const N: usize> Texts<N> {
    /// Puts texts together.
    pub fn of(texts: [Option<&str>; N]) -> Texts<N> {
        let block = texts.map(Option::unwrap_or_default).concat().into();
        Texts { block, lengths: texts.map(|text| text.map_or(MISSING, |text| text.len() as u32)) }
    }

    /// The text at a place.
    pub fn get(&self, at: usize) -> Option<&str> {
        let length = |length: u32| if length == MISSING { 0 } else { length as usize };
        let here = *self.lengths.get(at)?;
        let start: usize = self.lengths[..at].iter().map(|&before| length(before)).sum();
        (here != MISSING).then(|| &self.block[start..start + length(here)])
    }
}

impl<const N: usize> std::fmt::Debug for Texts<N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries((0..N).map(|at| self.get(at))).finish()
    }
}

impl<const N: usize> Keep for Texts<N> {
    fn keep(&self, to: &mut Vec<u8>) {
        for text in (0..N).map(|at| self.get(at)) {
            text.is_some().keep(to);
            text.inspect(|text| keep_text(text, to));
        }
    }

    fn recall(from: &mut &[u8]) -> Option<Self> {
        let mut texts = [None; N];
        for text in &mut texts {
            *text = if bool::recall(from)? { Some(recall_text(from)?) } else { None };
        }
        Some(Texts::of(texts))
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;
    use crate::content::keep::Keep;

    #[test]
    fn texts_come_back_as_they_were_and_an_empty_one_is_not_a_missing_one() {
        let written = [Some("één"), None, Some(""), Some("日本"), None];
        let texts = Texts::of(written);
        assert_eq!([0, 1, 2, 3, 4].map(|at| texts.get(at)), written);
        assert_eq!(texts.get(5), None);
        assert_ne!(texts, Texts::of([Some("één"), Some(""), None, Some("日本"), None]));
        assert_eq!(format!("{texts:?}"), format!("{written:?}"));
        let mut bytes = Vec::new();
        texts.keep(&mut bytes);
        assert_eq!(Texts::recall(&mut &bytes[..]), Some(texts));
        assert_eq!(Texts::<5>::recall(&mut &bytes[1..]), None);
    }
}
