//! YAML text to a tree.
//!
//! In: a text. Out: the tree, or one diag: YAML's grammar gives no safe place to go on from.
//! Aliases are not expanded beyond the limits of the reader, so a small file cannot become a
//! large tree.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::tree::{Entry, Kind, Node, Origin, Table};
use super::unseen;
use crate::diag::{Code, Diags, Span};

/// Reads a YAML text; `offset` is where it begins in its file.
pub fn parse(text: &str, offset: usize, diags: &mut Diags) -> Table<'static> {
    if text.trim().is_empty() {
        return Table::default();
    }
    match serde_saphyr::from_str::<serde_saphyr::Spanned<Value>>(text) {
        Ok(value) => match (Place { text, offset }).node(value).kind {
            Kind::Table(table) => {
                unseen::check(&table, diags);
                table
            }
            other => {
                let span = Span::new(offset, offset + 1);
                diags.error(Code::Syntax, span, format!("expected keys, found {}", other.name()));
                Table::default()
            }
        },
        Err(error) => {
            let at = error.location().map_or(0, |at| byte_of(text, &at));
            let message = error.to_string();
            let first = message.lines().next().unwrap_or("this is not YAML").to_owned();
            diags.error(Code::Syntax, Span::new(offset + at, offset + at + 1), first);
            Table::default()
        }
    }
}

/// The byte that a place stands for: the reader counts bytes of a text as it goes, so that finding
/// one takes no time. At most the end of the text.
fn byte_of(text: &str, place: &serde_saphyr::Location) -> usize {
    let at = place.span().byte_offset().and_then(|at| usize::try_from(at).ok());
    text.floor_char_boundary(at.unwrap_or(0))
}

/// A YAML value with places.
enum Value {
    Kind(Kind<'static>),
    List(Vec<serde_saphyr::Spanned<Value>>),
    Table(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Value>)>),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Boolean(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Integer(value)))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        let value = i64::try_from(value).map_err(|_| E::custom("the number is too large"))?;
        Ok(Value::Kind(Kind::Integer(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Text(Cow::Owned(value.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Text(Cow::Borrowed(""))))
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Kind(Kind::Text(Cow::Borrowed(""))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Value::Table(table))
    }
}

/// Turns places into byte ranges of the file.
#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    offset: usize,
}

impl Place<'_> {
    fn span<T>(self, value: &serde_saphyr::Spanned<T>) -> Span {
        let start = byte_of(self.text, &value.referenced);
        let length = value.referenced.span().byte_len().and_then(|length| usize::try_from(length).ok());
        let end = self.text.len().min(start + length.unwrap_or(1));
        let line = self.text[start..self.text.floor_char_boundary(end)].lines().next().map_or(0, str::len);
        let end = start + line.max(1);
        Span::new(self.offset + start, self.offset + end)
    }

    fn node(self, value: serde_saphyr::Spanned<Value>) -> Node<'static> {
        let span = self.span(&value);
        let kind = match value.value {
            Value::Kind(Kind::Text(text)) if looks_like_date(&text) => Kind::Date(text),
            Value::Kind(kind) => kind,
            Value::List(items) => Kind::List(items.into_iter().map(|item| self.node(item)).collect()),
            Value::Table(entries) => Kind::Table(self.table(entries)),
        };
        Node { span, kind }
    }

    fn table(
        self,
        entries: Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Value>)>,
    ) -> Table<'static> {
        let mut table = Table::new(Origin::Defined);
        for (key, value) in entries {
            let key_span = self.span(&key);
            let entry = Entry { key: Cow::Owned(key.value), key_span, value: self.node(value) };
            table.insert(entry);
        }
        table
    }
}

/// YAML has no dates of its own: what begins like one is one, where a date is wanted.
fn looks_like_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10
        && bytes.len() <= 40
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].iter().all(|&at| bytes[at].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_place() {
        let text = "title: Überschrift\npoints:\n  - one\n  - text: two\n    id: p\n";
        let mut diags = Diags::new("a.md");
        let table = parse(text, 4, &mut diags);
        assert!(!diags.has_error());
        let title = table.get("title").unwrap();
        assert_eq!(title.kind, Kind::Text("Überschrift".into()));
        assert_eq!(title.span.start, 4 + 7);
        let Kind::List(points) = &table.get("points").unwrap().kind else { panic!() };
        assert_eq!(points.len(), 2);
    }

    #[test]
    fn a_mistake_is_one_diag_with_a_place() {
        let mut diags = Diags::new("a.md");
        parse("title: [a\nb: c", 0, &mut diags);
        assert!(diags.has_error());
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for n in 1..12 {
            let refs = vec![format!("*a{}", n - 1); 10].join(",");
            text.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
        }
        let mut diags = Diags::new("a.md");
        parse(&text, 0, &mut diags);
        assert!(diags.has_error());
    }
}
