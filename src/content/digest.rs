//! The digest that stands for the bytes of an input: equal digests, equal bytes.

use xxhash_rust::xxh3::xxh3_128;

/// XXH3-128 of some bytes.
pub fn of(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}
