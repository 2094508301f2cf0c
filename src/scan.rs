//! Looking through texts many bytes at a step.
//!
//! In: bytes and a question about one byte. Out: whether any byte is so. Nearly every text of a site
//! is without what is looked for, so all of it is looked at; without a branch for each byte the
//! processor takes sixteen or more at once.

/// How many bytes are asked about before the answer is looked at.
const STEP: usize = 64;

/// Whether any byte is so. `is_so` is quickest without branches: `|` and `&` rather than `||` and `&&`.
pub fn any(bytes: &[u8], is_so: impl Fn(u8) -> bool) -> bool {
    bytes.chunks(STEP).any(|chunk| chunk.iter().fold(false, |any, &byte| any | is_so(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for length in [0, 1, 63, 64, 65, 200] {
            let mut bytes = vec![b'a'; length];
            assert!(!any(&bytes, |byte| byte == b'x'));
            for at in 0..length {
                bytes[at] = b'x';
                assert!(any(&bytes, |byte| byte == b'x'), "{at} of {length}");
                bytes[at] = b'a';
            }
        }
    }
}
