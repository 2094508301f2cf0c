//! Atom, RFC 4287.

use std::io;

use quick_xml::events::BytesText;

use super::entry::{CORRECTION, Feed, Item};
use super::xml::{Xml, clean, document, empty, field};

/// The bytes of an Atom feed.
pub fn bytes(feed: &Feed) -> Vec<u8> {
    document(|xml| {
        let root = xml
            .create_element("feed")
            .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &*clean(&feed.lang))]);
        root.write_inner_content(|xml| inner(xml, feed)).map(|_| ())
    })
}

fn inner(xml: &mut Xml, feed: &Feed) -> io::Result<()> {
    let Feed { title, description, page, own, lang: _, site, license, updated, items } = feed;
    field(xml, "id", page)?;
    field(xml, "title", title)?;
    field(xml, "subtitle", description)?;
    field(xml, "updated", &updated.to_string())?;
    empty(xml, "link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", own)])?;
    empty(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", page)])?;
    person(xml, site)?;
    if let Some(license) = license {
        field(xml, "rights", license)?;
    }
    xml.create_element("generator")
        .with_attribute(("version", env!("CARGO_PKG_VERSION")))
        .write_text_content(BytesText::new("Dateline"))?;
    items.iter().try_for_each(|item| entry(xml, item, &feed.lang))
}

fn person(xml: &mut Xml, name: &str) -> io::Result<()> {
    xml.create_element("author").write_inner_content(|xml| field(xml, "name", name))?;
    Ok(())
}

fn entry(xml: &mut Xml, item: &Item, feed_lang: &str) -> io::Result<()> {
    let mut element = xml.create_element("entry");
    if item.lang != feed_lang {
        element = element.with_attribute(("xml:lang", &*clean(&item.lang)));
    }
    element.write_inner_content(|xml| entry_inner(xml, item))?;
    Ok(())
}

fn entry_inner(xml: &mut Xml, item: &Item) -> io::Result<()> {
    field(xml, "id", &item.id)?;
    field(xml, "title", &item.title)?;
    field(xml, "updated", &item.updated.to_string())?;
    field(xml, "published", &item.published.to_string())?;
    empty(xml, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)])?;
    item.authors.iter().try_for_each(|author| person(xml, author))?;
    item.topics.iter().try_for_each(|topic| empty(xml, "category", &[("term", topic)]))?;
    if item.corrected {
        empty(xml, "category", &[("term", CORRECTION)])?;
    }
    if !item.summary.is_empty() {
        field(xml, "summary", &item.summary)?;
    }
    let html = clean(&item.html);
    let content = xml.create_element("content").with_attribute(("type", "html"));
    content.write_text_content(BytesText::new(&html))?;
    Ok(())
}
