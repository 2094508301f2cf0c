//! What TOML and YAML have in common: a tree of values, each with its place in the file.
//!
//! In: nothing. Out: [`Node`]. The readers of the two formats ([`super::toml_tree`] and
//! [`super::yaml_tree`]) build it; [`super::record`] reads typed records from it.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::diag::Span;

/// One value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'s> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'s>,
}

/// The kinds of value. Numbers and dates keep their text until somebody wants them.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'s> {
    /// A text.
    Text(Cow<'s, str>),
    /// A whole number.
    Integer(i64),
    /// Another number, as written.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date, time or both, as written.
    Date(Cow<'s, str>),
    /// A list.
    List(Vec<Node<'s>>),
    /// Keys and values.
    Table(Table<'s>),
}

impl Node<'_> {
    /// The same, independent of the text that it was read from.
    pub fn into_owned(self) -> Node<'static> {
        Node { span: self.span, kind: self.kind.into_owned() }
    }
}

impl Kind<'_> {
    /// The same, independent of the text that it was read from.
    pub fn into_owned(self) -> Kind<'static> {
        let owned = |text: Cow<str>| Cow::Owned(text.into_owned());
        match self {
            Kind::Text(text) => Kind::Text(owned(text)),
            Kind::Date(text) => Kind::Date(owned(text)),
            Kind::Integer(value) => Kind::Integer(value),
            Kind::Float(value) => Kind::Float(value),
            Kind::Boolean(value) => Kind::Boolean(value),
            Kind::List(items) => Kind::List(items.into_iter().map(Node::into_owned).collect()),
            Kind::Table(table) => Kind::Table(table.into_owned()),
        }
    }

    /// The kind's name in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text(_) => "a text",
            Kind::Integer(_) => "a whole number",
            Kind::Float(_) => "a number",
            Kind::Boolean(_) => "true or false",
            Kind::Date(_) => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
        }
    }
}

/// One key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'s> {
    /// The key, decoded.
    pub key: Cow<'s, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

/// How a table came to be; TOML lets some be added to later and others not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// Only mentioned on the way to another one, as `a` in `[a.b]`.
    #[default]
    Implied,
    /// Made by a dotted key, as `a` in `a.b = 1`.
    Dotted,
    /// Has a header of its own, or is written in one line.
    Defined,
}

/// Keys and values in file order; a lookup is linear for few keys, hashed for many.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table<'s> {
    entries: Vec<Entry<'s>>,
    index: HashMap<Cow<'s, str>, usize>,
    /// How it came to be.
    pub origin: Origin,
}

const INDEXED_FROM: usize = 24;

impl<'s> Table<'s> {
    /// An empty table.
    pub fn new(origin: Origin) -> Table<'s> {
        Table { origin, ..Table::default() }
    }

    /// The same, independent of the text that it was read from.
    pub fn into_owned(self) -> Table<'static> {
        let mut owned = Table::new(self.origin);
        for Entry { key, key_span, value } in self.entries {
            owned.insert(Entry { key: Cow::Owned(key.into_owned()), key_span, value: value.into_owned() });
        }
        owned
    }

    /// The entries in file order.
    pub fn entries(&self) -> &[Entry<'s>] {
        &self.entries
    }

    /// The entries in file order, to be taken over.
    pub fn into_entries(self) -> Vec<Entry<'s>> {
        self.entries
    }

    /// The place of a key among the entries.
    pub fn find(&self, key: &str) -> Option<usize> {
        if self.entries.len() < INDEXED_FROM {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        self.index.get(key).copied()
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.find(key).map(|at| &self.entries[at].value)
    }

    /// The value at a place that [`Table::find`] or [`Table::insert`] gave.
    pub fn at_mut(&mut self, at: usize) -> &mut Node<'s> {
        &mut self.entries[at].value
    }

    /// Adds an entry; its key must not be there yet.
    pub fn insert(&mut self, entry: Entry<'s>) -> usize {
        let at = self.entries.len();
        if at + 1 == INDEXED_FROM {
            let known = self.entries.iter().enumerate();
            self.index = known.map(|(at, entry)| (entry.key.clone(), at)).collect();
        }
        if at + 1 >= INDEXED_FROM {
            self.index.insert(entry.key.clone(), at);
        }
        self.entries.push(entry);
        at
    }
}
