//! Links to a page that has moved, wherever Markdown writes one.

use std::ops::Range;

use super::replace_all;

/// What stands before an address in Markdown, and in HTML where a site allows it.
const BEFORE: [&str; 7] = ["](", "](<", "]: ", "]:", "]: <", "href=\"", "href='"];

/// The text with its links to the path `old` (`/stories/a/`) leading to `new`; query and fragment
/// stay. A path with the base of the site before it, or of another site, is not taken for it.
pub fn moved_links(text: &str, old: &str, new: &str) -> String {
    moved(text, &BEFORE, (old, new))
}

/// The text of dateline.toml with the addresses of its menu that are `old` being `new`.
pub fn moved_urls(text: &str, old: &str, new: &str) -> String {
    moved(text, &["url = \"", "url=\"", "url = '", "url='"], (old, new))
}

fn moved(text: &str, before: &[&str], (old, new): (&str, &str)) -> String {
    let bare = old.trim_end_matches('/');
    let edits = text.match_indices(bare).filter_map(|(at, _)| {
        let end = at + bare.len();
        let end = if text[end..].starts_with('/') { end + 1 } else { end };
        is_address(text, &(at..end), before).then(|| (at..end, new.to_owned()))
    });
    replace_all(text, edits.collect())
}

fn is_address(text: &str, place: &Range<usize>, before: &[&str]) -> bool {
    let begins = before.iter().any(|before| text[..place.start].ends_with(before));
    let after = text[place.end..].chars().next();
    let ends =
        after.is_none_or(|c| c.is_whitespace() || matches!(c, ')' | '>' | '#' | '?' | '"' | '\'' | '\\'));
    begins && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> String {
        moved_links(text, "/stories/a/", "/stories/b/")
    }

    #[test]
    fn links_follow_with_query_and_fragment() {
        assert_eq!(
            links("[x](/stories/a/) [y](/stories/a#top) [z](</stories/a/?q> \"t\")\n\n[r]: /stories/a/\n"),
            "[x](/stories/b/) [y](/stories/b/#top) [z](</stories/b/?q> \"t\")\n\n[r]: /stories/b/\n"
        );
    }

    #[test]
    fn the_menu_follows() {
        let text = "[[nav]]\nname = \"/stories/a/\"\nurl = \"/stories/a/\"\n";
        assert_eq!(
            moved_urls(text, "/stories/a/", "/stories/b/"),
            "[[nav]]\nname = \"/stories/a/\"\nurl = \"/stories/b/\"\n"
        );
    }

    #[test]
    fn other_addresses_stay() {
        for text in [
            "[x](/stories/ab/) [y](/stories/a/data.csv) /stories/a/",
            "[x](https://example.org/stories/a/)",
            "aliases = [\"/stories/a/\"]",
        ] {
            assert_eq!(links(text), text);
        }
    }
}
