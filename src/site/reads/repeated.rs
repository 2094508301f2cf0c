//! What repeats on many pages and is known by what it is made of: the cell of a group that has 3 of 12.
//!
//! In: a key and how to make its result. Out: the result, made once; who takes it has read what it
//! was made from.

use std::hash::{BuildHasher, Hash};
use std::sync::{PoisonError, RwLock};

use foldhash::HashMap;
use foldhash::fast::FixedState;

use super::{Read, note_all, watch};

/// Results by what they are made of, each made once, with what it was made from. The first that are
/// asked for are kept, as many as there is room for: what repeats is met early.
pub struct Repeated<K, V> {
    shards: [RwLock<Shard<K, V>>; SHARDS],
    room: usize,
}

/// Results, each with what it was made from.
type Shard<K, V> = HashMap<K, (V, Box<[Read]>)>;

/// Threads seldom wait for each other where there are several times as many as threads.
const SHARDS: usize = 16;

impl<K: Hash + Eq, V: Clone> Repeated<K, V> {
    /// Room for about so many results.
    pub fn with_room(room: usize) -> Repeated<K, V> {
        Repeated { shards: std::array::from_fn(|_| RwLock::default()), room: room / SHARDS }
    }

    /// The result for this key, which is all that `make` may make it of.
    pub fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> V {
        let hash = FixedState::default().hash_one(&key);
        let shard = &self.shards[(hash >> 32) as usize % SHARDS];
        if let Some((result, reads)) = shard.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            note_all(reads);
            return result.clone();
        }
        let (result, reads) = watch(|| make(&key));
        note_all(&reads);
        let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
        if shard.len() < self.room {
            shard.insert(key, (result.clone(), reads.into_boxed_slice()));
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::super::note;
    use super::*;

    #[test]
    fn each_result_is_made_once_and_as_many_kept_as_there_is_room_for() {
        let repeated = Repeated::with_room(SHARDS);
        let made = Cell::new(0);
        let ask = |key: u32| {
            watch(|| {
                repeated.get(key, |&key| {
                    made.set(made.get() + 1);
                    note(Read::Story(key));
                    key * 2
                })
            })
        };
        for _ in 0..3 {
            assert_eq!(ask(4), (8, vec![Read::Story(4)]));
        }
        assert_eq!(made.get(), 1);
        for key in (100..1000).chain(100..1000) {
            assert_eq!(ask(key), (key * 2, vec![Read::Story(key)]));
        }
        assert!((900..=1801).contains(&made.get()), "{}", made.get());
        let kept: usize = repeated.shards.iter().map(|shard| shard.read().unwrap().len()).sum();
        assert!(kept <= SHARDS, "{kept}");
    }
}
