//! Bytes of a page to text: byte order mark, then the header, then `<meta>`, then UTF-8, then
//! Windows-1252, as browsers do.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Bytes of a page in which its charset must be named.
const HEAD: usize = 2048;

/// The text of a page. What the encoding does not have becomes U+FFFD.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0.into_owned();
    }
    let named = content_type.and_then(charset).or_else(|| in_meta(bytes));
    let encoding = named.unwrap_or(match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        Err(_) => WINDOWS_1252,
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn in_meta(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let found = head.split("<meta").skip(1).find_map(|rest| charset(rest.split('>').next()?))?;
    // What could be read as ASCII to get here cannot be UTF-16.
    Some(if found.is_ascii_compatible() { found } else { UTF_8 })
}

/// The encoding after `charset=`.
fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let label = lower.split_once("charset")?.1.trim_start().strip_prefix('=')?;
    let label = label.trim_start_matches([' ', '"', '\'']);
    let end = label.find(|c: char| matches!(c, '"' | '\'' | ';' | '/' | '>') || c.is_whitespace());
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_in_the_charset_that_they_name() {
        assert_eq!(decode(b"caf\xe9", Some("text/html; charset=ISO-8859-1")), "café");
        assert_eq!(decode(b"<meta charset='latin1'>caf\xe9", None), "<meta charset='latin1'>café");
        assert_eq!(decode("café".as_bytes(), None), "café");
        assert_eq!(decode(b"caf\xe9", None), "café");
        assert_eq!(decode("\u{FEFF}café".as_bytes(), Some("text/html; charset=latin1")), "café");
        assert!(
            decode(b"<meta http-equiv=x content=\"text/html; charset=windows-1251\">\xcc", None)
                .ends_with('М')
        );
    }
}
