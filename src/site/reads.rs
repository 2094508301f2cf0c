//! What a page is made from: while somebody watches, every look at a story, at a list of stories or
//! at anything else of a [`Site`](super::Site) that changes from day to day is noted.
//!
//! In: looks, noted by the accessors of `Site` alone, so that none can be forgotten. Out: the set
//! of them. What is not noted (configuration, outlets, theme) counts as read by every page.
//!
//! A watch belongs to its thread. A page hands work to other threads by [`in_parallel`] alone.

mod recent;
mod repeated;

use std::cell::{Cell, RefCell};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::{StoryIx, TopicIx};
use crate::coverage::OutletIx;

pub use recent::Recent;
pub use repeated::Repeated;

/// One thing that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Read {
    /// All stories, in their order.
    Stories,
    /// Which stories stand in lists, and in which order.
    Listed,
    /// All topics, without their stories.
    Topics,
    /// All months, with their stories.
    Months,
    /// All editions, with their stories.
    Editions,
    /// All plain pages and their outline.
    Docs,
    /// Which day it is.
    Today,
    /// A story with its numbers and what it leads to, but for its body.
    Story(StoryIx),
    /// The body of a story.
    Body(StoryIx),
    /// Which stories are related to one.
    Related(StoryIx),
    /// Which stories stand before and after one.
    Neighbours(StoryIx),
    /// A topic without its stories.
    Topic(TopicIx),
    /// Which stories a topic has.
    OfTopic(TopicIx),
    /// Which stories list an outlet.
    OfOutlet(OutletIx),
    /// A template, with all that it uses.
    Template(&'static str),
}

/// Kinds of things of which there are many.
const KINDS: usize = 8;

impl Read {
    /// Its kind and its number among those of the kind; `None` for a template.
    fn place(self) -> Option<(usize, u32)> {
        Some(match self {
            Read::Stories => (0, 0),
            Read::Listed => (0, 1),
            Read::Topics => (0, 2),
            Read::Months => (0, 3),
            Read::Editions => (0, 4),
            Read::Docs => (0, 5),
            Read::Today => (0, 6),
            Read::Story(at) => (1, at),
            Read::Related(at) => (2, at),
            Read::Neighbours(at) => (3, at),
            Read::Topic(at) => (4, at),
            Read::OfTopic(at) => (5, at),
            Read::OfOutlet(at) => (6, at),
            Read::Body(at) => (7, at),
            Read::Template(_) => return None,
        })
    }
}

/// What was noted during one watch, each thing once.
#[derive(Default)]
struct Watch {
    seen: [Vec<u64>; KINDS],
    list: Vec<Read>,
    /// Templates, of which a page has few.
    templates: Vec<&'static str>,
}

impl Watch {
    fn note(&mut self, read: Read) {
        match (read, read.place()) {
            (Read::Template(name), _) => {
                let is_same = |known: &&str| std::ptr::eq(*known, name) || *known == name;
                if !self.templates.iter().any(is_same) {
                    self.templates.push(name);
                }
            }
            (_, Some((kind, at))) if self.mark(kind, at) => self.list.push(read),
            _ => {}
        }
    }

    /// Whether it was not marked before.
    fn mark(&mut self, kind: usize, at: u32) -> bool {
        let (word, bit) = (at as usize / 64, 1u64 << (at % 64));
        let bits = &mut self.seen[kind];
        if bits.len() <= word {
            bits.resize(word + 1, 0);
        }
        let is_new = bits[word] & bit == 0;
        bits[word] |= bit;
        is_new
    }

    /// Takes what was noted and is ready for another watch.
    fn take(&mut self) -> Vec<Read> {
        for (kind, at) in self.list.iter().filter_map(|read| read.place()) {
            self.seen[kind][at as usize / 64] = 0;
        }
        self.list.extend(self.templates.drain(..).map(Read::Template));
        std::mem::take(&mut self.list)
    }
}

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// Watches, the innermost one at `DEPTH - 1`; those behind it are kept for reuse.
    static WATCHES: RefCell<Vec<Watch>> = const { RefCell::new(Vec::new()) };
}

/// Does some work and tells what it looked at. Watches nest; each knows only of its own work.
pub fn watch<T>(work: impl FnOnce() -> T) -> (T, Vec<Read>) {
    let depth = DEPTH.get();
    WATCHES.with_borrow_mut(|watches| {
        if watches.len() == depth {
            watches.push(Watch::default());
        }
    });
    DEPTH.set(depth + 1);
    let result = work();
    DEPTH.set(depth);
    (result, WATCHES.with_borrow_mut(|watches| watches[depth].take()))
}

/// Notes a look for whoever watches this thread.
pub fn note(read: Read) {
    if let Some(at) = DEPTH.get().checked_sub(1) {
        WATCHES.with_borrow_mut(|watches| watches[at].note(read));
    }
}

/// Notes the looks of an earlier watch, whose result is used again.
pub fn note_all(reads: &[Read]) {
    if let Some(at) = DEPTH.get().checked_sub(1) {
        WATCHES.with_borrow_mut(|watches| reads.iter().for_each(|&read| watches[at].note(read)));
    }
}

/// A result that is made when it is first asked for, with what it was made from: every page that
/// takes it has read that too.
pub struct Once<T>(OnceLock<(T, Box<[Read]>)>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Once(OnceLock::new())
    }
}

impl<T> Once<T> {
    /// Room for the results of so many.
    pub fn many(count: usize) -> Vec<Once<T>> {
        (0..count).map(|_| Once::default()).collect()
    }

    /// The result, if it has been asked for; this is no look at it.
    pub fn made(&self) -> Option<&T> {
        self.0.get().map(|(result, _)| result)
    }

    /// The result.
    pub fn get(&self, make: impl FnOnce() -> T) -> &T {
        let (result, reads) = self.0.get_or_init(|| {
            let (result, reads) = watch(make);
            (result, reads.into_boxed_slice())
        });
        note_all(reads);
        result
    }
}

/// Work on every item by all threads, in order, whose looks count as this thread's own.
pub fn in_parallel<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let done: Vec<(T, Vec<Read>)> = items.par_iter().map(|item| watch(|| work(item))).collect();
    let result = |(result, reads): (T, Vec<Read>)| {
        note_all(&reads);
        result
    };
    done.into_iter().map(result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_threads_look_at_counts_too() {
        let items: Vec<u32> = (0..1000).collect();
        let work = |&at: &u32| {
            note(Read::Story(at));
            at
        };
        let (result, reads) = watch(|| in_parallel(&items, work));
        assert_eq!(result, items);
        assert_eq!(reads, items.into_iter().map(Read::Story).collect::<Vec<_>>());
    }

    #[test]
    fn who_takes_a_result_has_read_what_it_was_made_from() {
        let once = Once::default();
        let make = || {
            note(Read::Story(7));
            "made"
        };
        for _ in 0..2 {
            assert_eq!(watch(|| *once.get(make)), ("made", vec![Read::Story(7)]));
        }
    }

    #[test]
    fn a_watch_knows_its_own_looks_each_once() {
        note(Read::Today);
        let (inner, outer) = watch(|| {
            note(Read::Story(70));
            let (_, inner) = watch(|| note(Read::Story(3)));
            note(Read::Story(70));
            note(Read::Template("story.html"));
            note(Read::Template("story.html"));
            inner
        });
        assert_eq!(inner, [Read::Story(3)]);
        assert_eq!(outer, [Read::Story(70), Read::Template("story.html")]);
        assert_eq!(watch(|| note_all(&[Read::Story(70), Read::Story(70)])).1, [Read::Story(70)]);
    }
}
