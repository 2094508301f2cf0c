//! Events of Markdown made safe: links, pictures, citations and raw HTML as [`Context`] allows them.

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::{Context, cited_ids, escaped, is_comment};
use crate::link::{Address, address};

/// The events of a text with everything harmful taken out.
pub(super) struct Safe<'c, I, C> {
    inner: I,
    context: &'c C,
    /// What ends a link or image that was changed at its start, innermost last.
    held: Vec<Close>,
}

enum Close {
    /// As it stands.
    Keep,
    /// Drop the end, keep what is inside.
    Drop,
}

impl<'e, I: Iterator<Item = Event<'e>>, C: Context> Iterator for Safe<'_, I, C> {
    type Item = Event<'e>;

    fn next(&mut self) -> Option<Event<'e>> {
        loop {
            let event = self.inner.next()?;
            match event {
                Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                    if let Some(event) = self.open_link(link_type, dest_url, title, id) {
                        return Some(event);
                    }
                }
                Event::End(TagEnd::Link) => match self.held.pop() {
                    Some(Close::Drop) => {}
                    Some(Close::Keep) | None => return Some(Event::End(TagEnd::Link)),
                },
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    return Some(self.image(&dest_url, &title));
                }
                Event::Html(raw) | Event::InlineHtml(raw) if !self.context.unsafe_html() => {
                    if !is_comment(&raw) {
                        return Some(Event::Text(raw));
                    }
                }
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)
                    if !self.context.unsafe_html() => {}
                Event::Start(Tag::BlockQuote(Some(kind))) => return Some(self.alert(kind)),
                Event::End(TagEnd::BlockQuote(Some(_))) => {
                    return Some(Event::Html(CowStr::Borrowed("</div>\n")));
                }
                Event::Text(text) => return Some(Event::Text(self.quotation(text))),
                event => return Some(event),
            }
        }
    }
}

impl<'c, I, C> Safe<'c, I, C> {
    /// These events, as the context allows them.
    pub(super) fn new(inner: I, context: &'c C) -> Self {
        Safe { inner, context, held: Vec::new() }
    }
}

impl<'e, I: Iterator<Item = Event<'e>>, C: Context> Safe<'_, I, C> {
    fn open_link(
        &mut self,
        link_type: LinkType,
        dest_url: CowStr<'e>,
        title: CowStr<'e>,
        id: CowStr<'e>,
    ) -> Option<Event<'e>> {
        if link_type == LinkType::ShortcutUnknown {
            let ids = cited_ids(&dest_url).unwrap_or_default();
            let html = self.context.cite(&ids);
            self.skip_to_end(TagEnd::Link);
            // An unknown id is an error of its own; the page shows what was written.
            return Some(match html {
                Some(html) => Event::InlineHtml(CowStr::from(html)),
                None => Event::Text(CowStr::from(format!("[{dest_url}]"))),
            });
        }
        if link_type == LinkType::Email {
            self.held.push(Close::Keep);
            return Some(Event::Start(Tag::Link { link_type, dest_url, title, id }));
        }
        match address(&dest_url) {
            Address::Unsafe => {
                self.held.push(Close::Drop);
                None
            }
            Address::Web | Address::Contact | Address::Local => {
                let url = CowStr::from(self.context.link(&dest_url).into_owned());
                self.held.push(Close::Keep);
                Some(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: url, title, id }))
            }
        }
    }

    /// The text inside, up to the end of this link or image.
    fn skip_to_end(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        let mut depth = 0;
        for event in self.inner.by_ref() {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => depth += 1,
                Event::End(this) if depth == 0 && this == end => break,
                Event::End(TagEnd::Link | TagEnd::Image) => depth -= 1,
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    fn image(&mut self, src: &str, title: &str) -> Event<'e> {
        let alt = self.skip_to_end(TagEnd::Image);
        let html = match address(src) {
            Address::Local => self.context.image(src, &alt, title),
            Address::Web => Some(link_html(src, &alt)),
            Address::Contact | Address::Unsafe => None,
        };
        match html {
            Some(html) => Event::InlineHtml(CowStr::from(html)),
            None => Event::Text(CowStr::from(alt)),
        }
    }

    fn alert(&self, kind: BlockQuoteKind) -> Event<'e> {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = escaped(&self.context.alert(name));
        Event::Html(CowStr::from(format!(
            "<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        )))
    }

    /// Smart quotes come as texts of their own: give them the language's shape.
    fn quotation(&self, text: CowStr<'e>) -> CowStr<'e> {
        let [double_open, double_close, single_open, single_close] = self.context.quotes();
        let mark = match &*text {
            "“" => double_open,
            "”" => double_close,
            "‘" => single_open,
            // An apostrophe looks the same as a closing mark in English; keep it elsewhere.
            "’" if single_close == "’" => single_close,
            _ => return text,
        };
        CowStr::from(mark.to_owned())
    }
}

pub(super) fn link_html(url: &str, text: &str) -> String {
    let mut html = String::from("<a href=\"");
    let _ = pulldown_cmark_escape::escape_href(&mut html, url);
    html.push_str("\">");
    html.push_str(&escaped(if text.is_empty() { url } else { text }));
    html.push_str("</a>");
    html
}
