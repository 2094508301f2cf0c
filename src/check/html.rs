//! What a page links to, and what can be linked in it.
//!
//! In: HTML. Out: addresses as written (entities resolved) and ids: what a browser finds.

use std::collections::BTreeSet;

use crate::html::{self, Piece};

/// What a page has.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Addresses that a reader or browser may follow.
    pub links: BTreeSet<String>,
    /// Addresses that only other programs are told, such as previews.
    pub mentions: BTreeSet<String>,
    /// What can stand after `#`.
    pub ids: BTreeSet<Box<str>>,
}

/// Reads a page.
pub fn read(bytes: &[u8]) -> Page {
    let mut page = Page::default();
    let mut tag = String::new();
    html::read(bytes, &mut |piece| match piece {
        Piece::Start(name) => name.clone_into(&mut tag),
        Piece::Attribute(name, value) if !value.is_empty() => attribute(&mut page, &tag, name, value),
        Piece::Attribute(..) | Piece::Text(_) | Piece::End(_) => {}
    });
    page
}

fn attribute(page: &mut Page, tag: &str, name: &str, value: &str) {
    match (tag, name) {
        (_, "id") | ("a", "name") => {
            page.ids.insert(value.into());
        }
        (_, "href" | "src" | "poster" | "cite" | "data") => {
            page.links.insert(value.trim().to_owned());
        }
        (_, "srcset" | "imagesrcset") => {
            let urls = value.split(", ").filter_map(|part| part.split_whitespace().next());
            page.links.extend(urls.map(str::to_owned));
        }
        ("meta", "content") => {
            if let Some((_, url)) = value.split_once("url=") {
                page.links.insert(url.trim().to_owned());
            } else if value.starts_with("http://") || value.starts_with("https://") {
                page.mentions.insert(value.to_owned());
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_are_what_a_browser_finds() {
        let page = read(
            b"<!doctype html><meta property=og:image content=https://a.example/card.png>\
              <meta http-equiv=refresh content='0; url=/new/'><!-- <a href=/comment> -->\
              <h2 id=top>x</h2><a name=old href='/a?b&amp;c#d'>x</a><a id=\"&#233;\">y</a>\
              <img src=/p.jpg srcset=\"/p-1.webp 480w, /p-2.webp 960w\"><script>'<a href=/script>'</script>",
        );
        let links: Vec<&str> = page.links.iter().map(String::as_str).collect();
        assert_eq!(links, ["/a?b&c#d", "/new/", "/p-1.webp", "/p-2.webp", "/p.jpg"]);
        let ids: Vec<&str> = page.ids.iter().map(|id| &**id).collect();
        assert_eq!(ids, ["old", "top", "é"]);
        assert_eq!(page.mentions.len(), 1);
    }
}
