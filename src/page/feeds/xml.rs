//! XML by quick-xml's writer, with the characters that XML 1.0 forbids taken out.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// A document in the making.
pub type Xml = Writer<Vec<u8>>;

/// A document: its declaration and what `root` writes.
pub fn document(root: impl FnOnce(&mut Xml) -> io::Result<()>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    // Writing to memory does not fail.
    let _ = written.and_then(|()| root(&mut xml));
    xml.into_inner()
}

/// An element that holds text.
pub fn field(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&clean(text)))?;
    Ok(())
}

/// An element that holds nothing but attributes.
pub fn empty(xml: &mut Xml, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let mut element = xml.create_element(name);
    for (key, value) in attributes {
        element = element.with_attribute((*key, &*clean(value)));
    }
    element.write_empty()?;
    Ok(())
}

/// A text without the characters that XML 1.0 forbids even when escaped.
pub fn clean(text: &str) -> Cow<'_, str> {
    // Nearly every text is of bytes that cannot be part of a forbidden character: controls are below 0x20, and
    // U+FFFE and U+FFFF, in UTF-8, begin with 0xEF.
    let is_plain = |byte: u8| (byte >= b' ' && byte != 0xEF) || matches!(byte, b'\t' | b'\n' | b'\r');
    if text.bytes().all(is_plain) || text.chars().all(is_allowed) {
        text.into()
    } else {
        text.chars().filter(|&c| is_allowed(c)).collect()
    }
}

/// A text of which something is left to read: feeds may not have names and titles of nothing.
pub fn line(text: &str) -> Option<String> {
    let text = clean(text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_well_formed() {
        let bytes = document(|xml| field(xml, "t", "a<b>&\"'\u{0}\u{B}\u{FFFE}]]>é"));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("<t>a&lt;b&gt;&amp;&quot;&apos;]]&gt;é</t>"), "{text}");
    }

    #[test]
    fn a_line_has_something_to_read() {
        assert_eq!(line(" a\u{0} "), Some("a".to_owned()));
        assert_eq!(line(" \u{1}\u{FFFE} "), None);
    }

    #[test]
    fn attributes_end_where_they_should() {
        let bytes = document(|xml| empty(xml, "t", &[("a", "\" b=\"<\u{1}")]));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("<t a=\"&quot; b=&quot;&lt;\"/>"), "{text}");
    }
}
