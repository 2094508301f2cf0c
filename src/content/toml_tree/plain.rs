//! The short way through TOML: the few forms that nearly every line of a story is written in.
//!
//! In: a text. Out: the tree that the whole grammar makes of it, at an eighth of its cost, or `None`
//! for a text with anything else in it or with any mistake; the whole grammar reads that one and
//! says what is wrong. So nothing here needs a message. A property holds the two together.
//!
//! The forms: `key = value` and `[[table]]` with bare keys; values are texts between double quotes,
//! lists of them on one line, days, moments in UTC, whole numbers, true and false.

use std::borrow::Cow;

use memchr::{memchr, memchr2};
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ParseError, Raw};

use super::super::tree::{Entry, Kind, Node, Origin, Table};
use crate::diag::Span;

/// Reads a text of these forms.
pub(super) fn parse(text: &str, offset: usize) -> Option<Table<'_>> {
    if has_controls(text.as_bytes()) {
        return None;
    }
    let mut reader = Reader { text, offset, at: 0, root: Table::default(), list: None };
    while reader.at < text.len() {
        reader.line()?;
    }
    reader.close_table()?;
    Some(reader.root)
}

/// Whether there is any control character but tab and line feed. Without a branch in the loop, so
/// that it takes many bytes at a time.
fn has_controls(bytes: &[u8]) -> bool {
    bytes.iter().fold(false, |found, &byte| {
        found | ((byte < b' ') & (byte != b'\t') & (byte != b'\n')) | (byte == 0x7f)
    })
}

struct Reader<'s> {
    text: &'s str,
    offset: usize,
    at: usize,
    root: Table<'s>,
    /// The table of `[[…]]` that is being filled: its key, the place of the header, the table.
    list: Option<(&'s str, Span, Span, Table<'s>)>,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(from + self.offset, to + self.offset)
    }

    fn line(&mut self) -> Option<()> {
        self.blanks();
        match self.rest().first() {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'#') => self.at += memchr(b'\n', self.rest()).map_or(self.rest().len(), |end| end + 1),
            Some(b'[') => self.header()?,
            Some(_) => self.pair()?,
        }
        Some(())
    }

    fn blanks(&mut self) {
        let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t');
        self.at += self.rest().iter().take_while(is_blank).count();
    }

    fn end_of_line(&mut self) -> Option<()> {
        self.blanks();
        match self.rest().first() {
            None => Some(()),
            Some(b'\n') => {
                self.at += 1;
                Some(())
            }
            Some(_) => None,
        }
    }

    fn take(&mut self, wanted: &[u8]) -> Option<()> {
        self.rest().starts_with(wanted).then(|| self.at += wanted.len())
    }

    fn key(&mut self) -> Option<(&'s str, Span)> {
        let is_bare = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'_' | b'-');
        let length = self.rest().iter().take_while(is_bare).count();
        let from = self.at;
        self.at += length;
        (length > 0).then(|| (&self.text[from..self.at], self.span(from, self.at)))
    }

    /// `[[key]]`
    fn header(&mut self) -> Option<()> {
        self.close_table()?;
        let open = self.span(self.at, self.at + 2);
        self.take(b"[[")?;
        let (key, key_span) = self.key()?;
        self.take(b"]]")?;
        self.list = Some((key, key_span, open, Table::new(Origin::Defined)));
        self.end_of_line()
    }

    /// Puts the table that was being filled into its list.
    fn close_table(&mut self) -> Option<()> {
        let Some((key, key_span, span, table)) = self.list.take() else {
            return Some(());
        };
        let item = Node { span, kind: Kind::Table(table) };
        let Some(at) = self.root.find(key) else {
            let value = Node { span, kind: Kind::List(vec![item]) };
            self.root.insert(Entry { key: Cow::Borrowed(key), key_span, value });
            return Some(());
        };
        match &mut self.root.at_mut(at).kind {
            // A list that is written between brackets cannot be added to.
            Kind::List(items) if matches!(items.last()?.kind, Kind::Table(_)) => items.push(item),
            _ => return None,
        }
        Some(())
    }

    /// `key = value`
    fn pair(&mut self) -> Option<()> {
        let (key, key_span) = self.key()?;
        self.blanks();
        self.take(b"=")?;
        self.blanks();
        let value = self.value()?;
        let table = self.list.as_mut().map_or(&mut self.root, |(.., table)| table);
        if table.find(key).is_some() {
            return None;
        }
        table.insert(Entry { key: Cow::Borrowed(key), key_span, value });
        self.end_of_line()
    }

    fn value(&mut self) -> Option<Node<'s>> {
        match self.rest().first()? {
            b'"' => self.string(),
            b'[' => self.texts(),
            _ => self.word(),
        }
    }

    /// `"text"`
    fn string(&mut self) -> Option<Node<'s>> {
        let from = self.at;
        let bytes = self.text.as_bytes();
        self.take(b"\"")?;
        let mut at = self.at;
        let mut is_escaped = false;
        loop {
            at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                break;
            }
            is_escaped = true;
            at += 2;
        }
        // Three quotes begin a text of many lines.
        if bytes.get(at + 1) == Some(&b'"') {
            return None;
        }
        self.at = at + 1;
        let written = &self.text[from + 1..at];
        if memchr(b'\n', written.as_bytes()).is_some() {
            return None;
        }
        let text = match is_escaped {
            true => self.decoded(from)?,
            false => Cow::Borrowed(written),
        };
        Some(Node { span: self.span(from, self.at), kind: Kind::Text(text) })
    }

    /// The text from `from`, a quote, to here; `None` if an escape is none.
    fn decoded(&self, from: usize) -> Option<Cow<'s, str>> {
        let span = toml_parser::Span::new_unchecked(from, self.at);
        let raw = Raw::new_unchecked(&self.text[from..self.at], Some(Encoding::BasicString), span);
        let mut text = Cow::Borrowed("");
        let mut error: Option<ParseError> = None;
        let kind = raw.decode_scalar(&mut text, &mut error);
        (error.is_none() && matches!(kind, ScalarKind::String)).then_some(text)
    }

    /// `["a", "b"]`
    fn texts(&mut self) -> Option<Node<'s>> {
        let from = self.at;
        let mut items = Vec::new();
        self.take(b"[")?;
        self.blanks();
        while self.take(b"]").is_none() {
            items.push(self.string()?);
            self.blanks();
            if self.take(b",").is_some() {
                self.blanks();
            } else if self.rest().first() != Some(&b']') {
                return None;
            }
        }
        Some(Node { span: self.span(from, self.at), kind: Kind::List(items) })
    }

    /// A day, a moment, a whole number, true or false.
    fn word(&mut self) -> Option<Node<'s>> {
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b':');
        let from = self.at;
        self.at += self.rest().iter().take_while(is_part).count();
        let word = &self.text[from..self.at];
        let kind = match word {
            "true" => Kind::Boolean(true),
            "false" => Kind::Boolean(false),
            _ if has_form(word, b"dddd-dd-dd") || has_form(word, b"dddd-dd-ddTdd:dd:ddZ") => {
                Kind::Date(Cow::Borrowed(word))
            }
            _ => Kind::Integer(whole_number(word)?),
        };
        Some(Node { span: self.span(from, self.at), kind })
    }
}

/// Whether a word is written so; `d` is any digit.
fn has_form(word: &str, form: &[u8]) -> bool {
    let fits = |(byte, form): (u8, &u8)| if *form == b'd' { byte.is_ascii_digit() } else { byte == *form };
    word.len() == form.len() && word.bytes().zip(form).all(fits)
}

/// A number without sign and leading zeros that surely fits.
fn whole_number(word: &str) -> Option<i64> {
    let is_plain = !word.is_empty()
        && word.len() <= 18
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && (word.len() == 1 || !word.starts_with('0'));
    is_plain.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::by_grammar;
    use super::*;
    use crate::diag::Diags;

    /// What the short way reads, the whole grammar reads alike, and without a mistake.
    fn check(text: &str) -> bool {
        let Some(table) = parse(text, 7) else { return false };
        let mut diags = Diags::new("x.toml");
        assert_eq!(table, by_grammar(text, 7, &mut diags), "in {text:?}");
        assert!(!diags.has_error(), "in {text:?}");
        true
    }

    #[test]
    fn a_story_as_most_are_goes_the_short_way() {
        assert!(check(
            "title = \"A \\\"b\\\" ü\\n\"\ndate = 2025-07-31\n\n# x\ntopics = [\"a\", \"b\" ]\npoints=[]\nweight = 3\n\
             draft = true\n\n[[sources]]\nurl = \"https://a.example\"\npublished = 2025-07-31T10:00:00Z\n\n\
             [[sources]]\nid = \"\"\n[[quotes]]\ntext = \"x\"  \n[[sources]]"
        ));
    }

    #[test]
    fn all_else_goes_the_long_way() {
        for text in [
            "a.b = 1",
            "[a]\nb = 1",
            "a = 1 # x",
            "a = 'x'",
            "a = \"\"\"x\"\"\"",
            "a = \"\"\"\n\"\"\"",
            "a = 1.5",
            "a = -1",
            "a = 007",
            "a = {}",
            "a = [1]",
            "a = [\"x\",,]",
            "a = [x\"]",
            "a = [ü\"]",
            "a = [\"x\", ü\"]",
            "a = [\n]",
            "a = 1\na = 2",
            "a = \"x\ny\"",
            "a = \"\\q\"",
            "a = \"x",
            "a = \"x\\",
            "a = 1\r\n",
            "a = 1 b = 2",
            "[[a]]\n[[a.b]]",
            "a = []\n[[a]]",
            "a = [\"x\"]\n[[a]]",
            "= 1",
            "a =",
            "a = \"\u{1}\"",
            "[[a]",
            "[ [a]]",
        ] {
            assert!(!check(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn short_and_long_way_lead_to_the_same(lines in prop::collection::vec(
            prop::sample::select(vec![
                "a = 1", "b = \"x\"", "c = \"ü \\u00e9 \\\\\"", "d = [\"x\", \"y\"]", "e = 2025-07-31", "[[s]]", "[[t]]",
                "f = 2025-07-31T10:00:00Z", "f = 2025-02-31", "g = true", "h = \"\"", "# note", "", "  ", "[s.x]", "a.b = 2",
                "i = [\"x\",]", "[s]", "j = \"a\tb\"", "e = 2025-7-31", "k = 1_000", "l = 12345678901234567890",
            ]), 0..12),
            cut in 0usize..200,
        ) {
            let text = lines.join("\n");
            check(&text);
            let end = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= cut).last().unwrap_or(0);
            check(&text[..end]);
        }
    }
}
