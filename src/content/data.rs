//! Own data of a site's author: what stands in `[extra]` and `[theme_options]`.

use std::hash::{Hash, Hasher};

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::record::{Read, Shape};
use super::tree::{Kind, Node};
use crate::diag::Diags;

/// A value without a place, as templates see it.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A text, or a date as it was written.
    Text(Box<str>),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A list.
    List(Vec<Data>),
    /// Keys and values in file order.
    Table(Vec<(Box<str>, Data)>),
}

impl Default for Data {
    fn default() -> Self {
        Data::Table(Vec::new())
    }
}

impl Data {
    /// The value of a key, if this is a table that has it.
    pub fn get(&self, key: &str) -> Option<&Data> {
        match self {
            Data::Table(entries) => entries.iter().find(|(name, _)| &**name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl From<Node<'_>> for Data {
    fn from(node: Node) -> Data {
        match node.kind {
            Kind::Text(text) | Kind::Date(text) => Data::Text(text.into()),
            Kind::Integer(value) => Data::Integer(value),
            Kind::Float(value) => Data::Float(value),
            Kind::Boolean(value) => Data::Boolean(value),
            Kind::List(items) => Data::List(items.into_iter().map(Data::from).collect()),
            Kind::Table(table) => Data::Table(
                table.into_entries().into_iter().map(|e| (e.key.into(), e.value.into())).collect(),
            ),
        }
    }
}

impl<'s> Read<'s> for Data {
    const SHAPE: Shape = Shape::Any;

    fn read(node: Node<'s>, _: &mut Diags) -> Option<Self> {
        Some(Data::from(node))
    }
}

impl Hash for Data {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Data::Text(text) => text.hash(state),
            Data::Integer(value) => value.hash(state),
            Data::Float(value) => value.to_bits().hash(state),
            Data::Boolean(value) => value.hash(state),
            Data::List(items) => items.hash(state),
            Data::Table(entries) => entries.hash(state),
        }
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Data::Text(text) => serializer.serialize_str(text),
            Data::Integer(value) => serializer.serialize_i64(*value),
            Data::Float(value) => serializer.serialize_f64(*value),
            Data::Boolean(value) => serializer.serialize_bool(*value),
            Data::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Data::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}
