//! RSS 2.0.

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::events::BytesText;

use super::entry::{CORRECTION, Feed, Item};
use super::xml::{Xml, clean, document, empty, field};

/// The bytes of an RSS feed.
pub fn bytes(feed: &Feed) -> Vec<u8> {
    document(|xml| {
        let root = xml.create_element("rss").with_attributes([
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ]);
        root.write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| channel(xml, feed))?;
            Ok(())
        })
        .map(|_| ())
    })
}

fn channel(xml: &mut Xml, feed: &Feed) -> io::Result<()> {
    let Feed { title, description, page, own, lang, site: _, license, updated, items } = feed;
    field(xml, "title", title)?;
    field(xml, "link", page)?;
    field(xml, "description", description)?;
    field(xml, "language", lang)?;
    if let Some(license) = license {
        field(xml, "copyright", license)?;
    }
    field(xml, "lastBuildDate", &rfc822(*updated))?;
    field(xml, "generator", concat!("Dateline ", env!("CARGO_PKG_VERSION")))?;
    field(xml, "docs", "https://www.rssboard.org/rss-specification")?;
    empty(xml, "atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", own)])?;
    items.iter().try_for_each(|item| {
        xml.create_element("item").write_inner_content(|xml| entry(xml, item))?;
        Ok(())
    })
}

fn entry(xml: &mut Xml, item: &Item) -> io::Result<()> {
    field(xml, "title", &item.title)?;
    field(xml, "link", &item.url)?;
    let guid = xml.create_element("guid").with_attribute(("isPermaLink", "false"));
    guid.write_text_content(BytesText::new(&clean(&item.id)))?;
    field(xml, "pubDate", &rfc822(item.published))?;
    field(xml, "atom:updated", &item.updated.to_string())?;
    item.authors.iter().try_for_each(|author| field(xml, "dc:creator", author))?;
    item.topics.iter().try_for_each(|topic| field(xml, "category", topic))?;
    if item.corrected {
        field(xml, "category", CORRECTION)?;
    }
    field(xml, "description", &item.html)
}

/// `Thu, 31 Jul 2025 10:00:00 +0000`, in English as RFC 822 has it.
fn rfc822(moment: Timestamp) -> String {
    TimeZone::UTC.to_datetime(moment).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_those_of_rfc_822() {
        let moment = "2025-07-03T08:05:00Z".parse().unwrap();
        assert_eq!(super::rfc822(moment), "Thu, 03 Jul 2025 08:05:00 +0000");
    }
}
