//! HTML as a browser's tokenizer reads it (html5gum): start tags, their attributes, texts and end tags, in order.
//!
//! In: bytes. Out: one piece after the other. There is no tree: who must know what stands in what, counts.

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

/// One piece of a page. Names of tags and attributes are in lower case, entities are resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A start tag begins; its attributes follow.
    Start(&'a str),
    /// Name and value of an attribute.
    Attribute(&'a str, &'a str),
    /// All text up to the next tag or comment. What stands in a script or style is text.
    Text(&'a str),
    /// An end tag.
    End(&'a str),
}

/// Reads a page to its end; nothing in it is an error.
///
/// The function is a `dyn` one so that the tokenizer stands in the program once.
pub fn read(html: &[u8], see: &mut dyn FnMut(Piece<'_>)) {
    let text = String::from_utf8_lossy;
    // The attribute whose value may follow.
    let mut name: Vec<u8> = Vec::new();
    // An end tag can have attributes, too, which mean nothing.
    let mut is_start = false;
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        let value = if let CallbackEvent::AttributeValue { value } = event { value } else { b"" };
        if !name.is_empty() {
            if is_start {
                see(Piece::Attribute(&text(&name), &text(value)));
            }
            name.clear();
        }
        match event {
            CallbackEvent::OpenStartTag { name } => {
                is_start = true;
                see(Piece::Start(&text(name)));
            }
            CallbackEvent::AttributeName { name: written } => name.extend_from_slice(written),
            CallbackEvent::CloseStartTag { .. } => is_start = false,
            CallbackEvent::String { value } => see(Piece::Text(&text(value))),
            CallbackEvent::EndTag { name } => see(Piece::End(&text(name))),
            _ => {}
        }
        None
    });
    // As in a browser, what stands in a script or style is no tag.
    emitter.naively_switch_states(true);
    // Nothing is emitted and nothing can fail; the loop reads to the end.
    for _ in Tokenizer::new_with_emitter(html, emitter) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        read(html.as_bytes(), &mut |piece| found.push(format!("{piece:?}")));
        found
    }

    #[test]
    fn pieces_come_in_order_with_entities_resolved() {
        assert_eq!(
            pieces("<P Class='a &amp; b' class=c hidden>T&eacute;<!-- <b> -->x &lt; y<br/></P id=no>"),
            [
                r#"Start("p")"#,
                r#"Attribute("class", "a & b")"#,
                r#"Attribute("class", "c")"#,
                r#"Attribute("hidden", "")"#,
                r#"Text("Té")"#,
                r#"Text("x < y")"#,
                r#"Start("br")"#,
                r#"End("p")"#,
            ]
        );
    }

    #[test]
    fn a_script_is_text_and_what_is_not_closed_ends_with_the_page() {
        assert_eq!(
            pieces("<script>'<a href=/x>'</script>"),
            [r#"Start("script")"#, r#"Text("'<a href=/x>'")"#, r#"End("script")"#]
        );
        assert_eq!(pieces("<title>a <b"), [r#"Start("title")"#, r#"Text("a <b")"#]);
        assert_eq!(pieces("a <b c='"), [r#"Text("a ")"#, r#"Start("b")"#]);
    }
}
