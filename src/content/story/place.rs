//! Where a finding of a text stands in the file, which holds the text as it was written.
//!
//! The text was decoded, so each finding is looked up. Findings come in the order of the text, so
//! looking goes on from the last one: a text of many findings takes no longer than it is.

use crate::diag::Span;

/// Findings that are not where they should be, after which no more are looked for.
const MISSES: usize = 100;

/// Looks findings up in the place of a text.
pub(super) struct Places<'t> {
    written: &'t str,
    whole: Span,
    from: usize,
    misses: usize,
}

impl<'t> Places<'t> {
    /// The part of a file in which a text was written.
    pub(super) fn new(file: &'t str, whole: Span) -> Places<'t> {
        let written = file.get(whole.range(file.len())).unwrap_or_default();
        Places { written, whole, from: 0, misses: 0 }
    }

    /// Where the next finding stands; the whole text if it is written in another way.
    pub(super) fn next(&mut self, what: &str) -> Span {
        if self.misses == MISSES || what.is_empty() {
            return self.whole;
        }
        let ahead = self.written[self.from..].find(what).map(|at| self.from + at);
        let Some(at) = ahead.or_else(|| self.missed(what)) else { return self.whole };
        self.from = at + what.len();
        Span::new(at, at + what.len()).shifted(self.whole.start as usize)
    }

    /// A finding that does not come after the last one: a link around an image comes before it.
    fn missed(&mut self, what: &str) -> Option<usize> {
        self.misses += 1;
        self.written[..self.from].find(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_found_in_order_and_repeats_after_each_other() {
        let file = "xx a b a";
        let mut places = Places::new(file, Span::new(3, 8));
        assert_eq!(places.next("a"), Span::new(3, 4));
        assert_eq!(places.next("a"), Span::new(7, 8));
        assert_eq!(places.next("b"), Span::new(5, 6));
        assert_eq!(places.next("c"), Span::new(3, 8));
    }
}
