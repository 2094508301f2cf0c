//! What a page links to, and what can be linked in it.
//!
//! In: HTML. Out: addresses as written (entities resolved) and ids. The tokenizer is that of the
//! HTML standard (html5gum), so what is found is what a browser finds.

use std::collections::BTreeSet;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

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
pub fn read(html: &[u8]) -> Page {
    let mut page = Page::default();
    let mut tag: Vec<u8> = Vec::new();
    let mut name: Vec<u8> = Vec::new();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag = name.to_vec(),
            CallbackEvent::AttributeName { name: written } => name = written.to_vec(),
            CallbackEvent::AttributeValue { value } => {
                attribute(&mut page, &tag, &name, &String::from_utf8_lossy(value));
            }
            CallbackEvent::EndTag { .. } => tag.clear(),
            _ => {}
        }
        None
    });
    // As in a browser, what stands in a script or style is no tag.
    emitter.naively_switch_states(true);
    let mut tokenizer = Tokenizer::new_with_emitter(html, emitter);
    // Nothing is emitted and nothing can fail; the loop reads to the end.
    while tokenizer.next().is_some() {}
    drop(tokenizer);
    page
}

fn attribute(page: &mut Page, tag: &[u8], name: &[u8], value: &str) {
    match (tag, name) {
        (b"", _) => {}
        (_, b"id") | (b"a", b"name") => {
            page.ids.insert(value.into());
        }
        (_, b"href" | b"src" | b"poster" | b"cite" | b"data") => {
            page.links.insert(value.trim().to_owned());
        }
        (_, b"srcset" | b"imagesrcset") => {
            let urls = value.split(", ").filter_map(|part| part.split_whitespace().next());
            page.links.extend(urls.map(str::to_owned));
        }
        (b"meta", b"content") => {
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
