//! What was made last, for what asks for the same thing several times in a row: the pages of one story.
//!
//! In: a key and how to make its result. Out: the result, most often the one that is still there; who takes it
//! has read what it was made from.

use std::sync::{Mutex, PoisonError};

use super::{Read, StoryIx, note_all, watch};

/// Results of the stories that were asked for last, a few of them.
pub struct Recent<V> {
    slots: [Mutex<Slot<V>>; SLOTS],
}

/// A story, its result and what that was made from.
type Slot<V> = Option<(StoryIx, V, Box<[Read]>)>;

/// Threads are seldom at stories that share a slot.
const SLOTS: usize = 16;

impl<V> Default for Recent<V> {
    fn default() -> Self {
        Recent { slots: std::array::from_fn(|_| Mutex::default()) }
    }
}

impl<V: Clone> Recent<V> {
    /// The result for this story, which is all that `make` may make it of.
    pub fn get(&self, story: StoryIx, make: impl FnOnce() -> V) -> V {
        let slot = &self.slots[story as usize % SLOTS];
        if let Some((known, result, reads)) = &*slot.lock().unwrap_or_else(PoisonError::into_inner)
            && *known == story
        {
            note_all(reads);
            return result.clone();
        }
        let (result, reads) = watch(make);
        note_all(&reads);
        let kept = (story, result.clone(), reads.into_boxed_slice());
        *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        result
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::note;
    use super::*;

    #[test]
    fn what_is_asked_for_in_a_row_is_made_once_and_read_each_time() {
        let (recent, made) = (Recent::default(), Cell::new(0));
        let ask = |story| {
            watch(|| {
                recent.get(story, || {
                    made.set(made.get() + 1);
                    note(Read::Story(story));
                    story * 2
                })
            })
        };
        for story in [4, 4, 5, 4, 5] {
            assert_eq!(ask(story), (story * 2, vec![Read::Story(story)]));
        }
        assert_eq!(made.get(), 2);
        let other = 4 + SLOTS as StoryIx;
        assert_eq!([other, 4, other].map(|story| ask(story).0), [other * 2, 8, other * 2]);
        assert_eq!(made.get(), 5);
    }
}
