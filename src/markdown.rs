//! Markdown to HTML that is safe to show, with citations.
//!
//! In: a text and a [`Context`] that says what citations, links and images lead to. Out: HTML.
//! Whatever the text holds, the HTML holds no script: raw HTML becomes text, links keep only
//! harmless schemes, images only files of the site. [`inspect`] finds what an author should know
//! about, so that rendering itself needs no diags and may be skipped for what is unchanged.
//!
//! Knows nothing of stories; ids in `[@id]` are resolved by the context.

mod anchors;
mod footnote;
mod readable;
mod safe;

pub use readable::readable;

use std::borrow::Cow;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};

use crate::link::{Address, address};
use crate::scan;
use anchors::with_anchors;
use safe::Safe;

/// What a text refers to, and the words that the page's language has for alerts and quotes.
pub trait Context {
    /// HTML of the citation of these source ids (without `@`), or `None` if one is unknown.
    fn cite(&self, ids: &[&str]) -> Option<String>;
    /// Where a link within the site leads.
    fn link<'u>(&self, url: &'u str) -> Cow<'u, str>;
    /// HTML of an image of the site, or `None` if there is no such file.
    fn image(&self, src: &str, alt: &str, title: &str) -> Option<String>;
    /// The title of an alert: note, tip, important, warning, caution.
    fn alert(&self, kind: &str) -> String;
    /// Quotation marks: double open and close, single open and close.
    fn quotes(&self) -> [&str; 4];
    /// Whether raw HTML is passed through.
    fn unsafe_html(&self) -> bool;
}

/// A rendered block of text.
#[derive(Debug, Default, PartialEq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Its headings, for a table of contents.
    pub headings: Vec<Heading>,
}

/// A heading of a rendered text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Heading {
    /// Level in the page, 2 to 6.
    pub level: u8,
    /// Its id.
    pub anchor: String,
    /// Its text without markup.
    pub text: String,
}

/// Something in a text that its author should know about.
#[derive(Debug, PartialEq, Eq)]
pub enum Finding {
    /// A source is cited.
    Citation(String),
    /// A link with another scheme was dropped.
    UnsafeLink(String),
    /// An image of another server.
    RemoteImage(String),
    /// An image without text alternative.
    MissingAlt(String),
    /// Raw HTML.
    RawHtml(String),
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_GFM
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Turns `[@a; @b]` into a link that carries the ids.
fn citation_link<'i>(link: BrokenLink<'i>) -> Option<(CowStr<'i>, CowStr<'i>)> {
    let is_citation = link.link_type == LinkType::Shortcut && cited_ids(&link.reference).is_some();
    is_citation.then(|| (CowStr::from(link.reference.to_string()), CowStr::Borrowed("")))
}

/// The ids of `@a; @b`, or `None` if it is something else.
fn cited_ids(reference: &str) -> Option<Vec<&str>> {
    if !reference.starts_with('@') {
        return None;
    }
    reference.split(';').map(|part| part.trim().strip_prefix('@').filter(|id| is_id(id))).collect()
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// Whether [`inspect`] could find anything at all; cheap.
pub fn may_have_findings(text: &str) -> bool {
    memchr::memchr2(b'[', b'<', text.as_bytes()).is_some()
}

/// The ids that a text cites, in order, with repeats.
pub fn citations(text: &str) -> Vec<String> {
    if !text.contains("[@") {
        return Vec::new();
    }
    let found = inspect(text).into_iter();
    found
        .filter_map(|finding| match finding {
            Finding::Citation(id) => Some(id),
            _ => None,
        })
        .collect()
}

/// Everything in a text that its author should know about.
pub fn inspect(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let mut image: Option<(String, bool)> = None;
    for event in parser {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, dest_url, .. }) => {
                let ids = cited_ids(&dest_url).unwrap_or_default();
                found.extend(ids.into_iter().map(|id| Finding::Citation(id.to_owned())));
            }
            Event::Start(Tag::Link { link_type, dest_url, .. })
                if link_type != LinkType::Email && address(&dest_url) == Address::Unsafe =>
            {
                found.push(Finding::UnsafeLink(dest_url.to_string()));
            }
            Event::Start(Tag::Image { dest_url, .. }) => image = Some((dest_url.to_string(), false)),
            Event::End(TagEnd::Image) => {
                if let Some((url, has_alt)) = image.take() {
                    match address(&url) {
                        Address::Local if has_alt => {}
                        Address::Local => found.push(Finding::MissingAlt(url)),
                        Address::Web => found.push(Finding::RemoteImage(url)),
                        Address::Contact | Address::Unsafe => found.push(Finding::UnsafeLink(url)),
                    }
                }
            }
            Event::Text(_) | Event::Code(_) => {
                if let Some((_, has_alt)) = &mut image {
                    *has_alt = true;
                }
            }
            Event::Html(raw) | Event::InlineHtml(raw) if !is_comment(&raw) => {
                found.push(Finding::RawHtml(raw.to_string()));
            }
            _ => {}
        }
    }
    found
}

fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// Renders one paragraph of text without `<p>`: for titles, points, excerpts.
pub fn inline(text: &str, context: &impl Context) -> String {
    if !scan::any(text.as_bytes(), is_special) {
        return text.trim().to_owned();
    }
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let events = Safe::new(parser, context);
    let inline = events.filter_map(|event| match event {
        // Blocks have no place in a line of text; their words have.
        Event::Start(tag) if !is_inline(&tag) => None,
        Event::End(end) if !is_inline_end(&end) => Some(Event::Text(CowStr::Borrowed(" "))),
        Event::Rule => None,
        Event::HardBreak => Some(Event::SoftBreak),
        event => Some(event),
    });
    let mut out = String::with_capacity(text.len() + 32);
    html::push_html(&mut out, inline);
    out.truncate(out.trim_end().len());
    out
}

/// Bytes that may mean something in Markdown or HTML.
fn is_special(byte: u8) -> bool {
    let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
    let is_digit = byte.wrapping_sub(b'0') < 10;
    let is_mark = PLAIN_MARKS.iter().fold(false, |any, &mark| any | (byte == mark));
    !(is_letter | is_digit | is_mark | (byte >= 0x80))
}

/// Marks that mean nothing in a line of text.
const PLAIN_MARKS: [u8; 10] = *b" ,;/%?().:";

fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
}

fn is_inline_end(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
}

/// Renders a text of blocks. `prefix` keeps its ids apart from those of other texts on the page;
/// its highest heading becomes `top` (2 to 6).
pub fn block(text: &str, prefix: &str, top: u8, context: &impl Context) -> Rendered {
    if text.trim().is_empty() {
        return Rendered::default();
    }
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let events: Vec<Event> = Safe::new(parser, context).collect();
    let (events, headings) = with_anchors(events, prefix, top);
    let mut html = String::with_capacity(text.len() * 3 / 2);
    footnote::push(&mut html, events, prefix);
    Rendered { html: without_styles(html), headings }
}

/// Tables with classes in place of styles, which a content security policy would block. Quotation
/// marks of a text are escaped, so only what the writer of tables wrote is found.
fn without_styles(html: String) -> String {
    if !html.contains(" style=\"text-align: ") {
        return html;
    }
    ["left", "center", "right"].iter().fold(html, |html, side| {
        html.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"ta-{side}\""))
    })
}

/// A text with the five characters that mean something in HTML replaced.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
}

/// A text without its citations, its markup kept.
pub fn without_citations(text: &str) -> Cow<'_, str> {
    if !text.contains("[@") {
        return Cow::Borrowed(text);
    }
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (event, range) in parser.into_offset_iter() {
        if let Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }) = event {
            out.push_str(text[from..range.start].trim_end());
            from = range.end;
        }
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// The words of a text without its markup and citations: for meta tags, feeds and JSON-LD.
pub fn plain(text: &str) -> String {
    if !scan::any(text.as_bytes(), is_special) {
        return text.trim().to_owned();
    }
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(citation_link));
    let mut out = String::with_capacity(text.len());
    let mut in_citation = 0usize;
    for event in parser {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::ShortcutUnknown, .. }) => {
                in_citation += 1;
                out.truncate(out.trim_end().len());
            }
            Event::End(TagEnd::Link) => in_citation = in_citation.saturating_sub(1),
            Event::Text(part) | Event::Code(part) if in_citation == 0 => out.push_str(&part),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock,
            ) => out.push(' '),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests;
