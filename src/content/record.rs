//! Typed records from a tree: one list of fields makes the reader, the "did you mean", the JSON
//! Schema and the reference table.
//!
//! In: a [`Node`]. Out: a value and diags. Every unknown key and every wrong type of a table is
//! reported, not only the first.

use std::borrow::Cow;

use super::date::When;
use super::tree::{Kind, Node, Table};
use crate::diag::{Code, Diags, Spanned, nearest};

/// What a field takes, for schemas and reference tables.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// A date, or a date and time with offset.
    Date,
    /// Anything (own data).
    Any,
    /// A list of one shape.
    List(&'static Shape),
    /// A table with any keys, each of one shape.
    Map(&'static Shape),
    /// A record.
    Record(&'static Record),
    /// One of two.
    Either(&'static Shape, &'static Shape),
}

/// One field of a record.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What it takes.
    pub shape: Shape,
}

/// The fields of a record.
#[derive(Debug)]
pub struct Record {
    /// The name of the type.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// All keys it takes.
    pub fields: &'static [Field],
}

/// A value that can be read from a tree.
pub trait Read<'s>: Sized {
    /// What it takes.
    const SHAPE: Shape;

    /// Reads it; `None` after a diag.
    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self>;
}

/// Says that a value has the wrong type.
pub fn wrong_type(node: &Node, wanted: &str, diags: &mut Diags) {
    let found = node.kind.name();
    diags.error(Code::WrongType, node.span, format!("expected {wanted}, found {found}")).set_help(
        match (wanted, &node.kind) {
            ("a text", Kind::Integer(_) | Kind::Float(_) | Kind::Boolean(_) | Kind::Date(_)) => {
                "put the value between quotation marks".to_owned()
            }
            ("a list", _) => "put the value between square brackets".to_owned(),
            _ => format!("write {wanted}"),
        },
    );
}

/// Says that a key is unknown, with the nearest known one.
pub fn unknown_key(key: &str, span: crate::diag::Span, known: &'static [Field], diags: &mut Diags) {
    let names = known.iter().map(|field| field.name);
    let help = match nearest(key, names.clone()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the keys here are {}", names.collect::<Vec<_>>().join(", ")),
    };
    diags.error(Code::UnknownKey, span, format!("unknown key `{key}`")).set_help(help);
}

/// Declares a record: a struct, how it is read, and its list of fields.
///
/// Every field's type implements [`Read`] and `Default`; a key that is not written keeps the
/// default. A field named `r#type` or alike is read from the key without `r#`.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident<$life:lifetime> {
            $( $(#[doc = $field_doc:literal])* $field:ident : $type:ty, )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Default)]
        pub struct $name<$life> {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
            #[doc(hidden)]
            pub marker: std::marker::PhantomData<&$life ()>,
        }

        impl<$life> $name<$life> {
            /// The keys that this record takes.
            pub const RECORD: &'static $crate::content::record::Record =
                &$crate::content::record::Record {
                    name: stringify!($name),
                    doc: concat!($($doc),*),
                    fields: &[$(
                        $crate::content::record::Field {
                            name: stringify!($field),
                            doc: concat!($($field_doc),*),
                            shape: <$type as $crate::content::record::Read<$life>>::SHAPE,
                        },
                    )*],
                };

            /// Reads the record from a table.
            pub fn from_table(
                table: $crate::content::tree::Table<$life>,
                diags: &mut $crate::diag::Diags,
            ) -> Self {
                let mut record = Self::default();
                for entry in table.into_entries() {
                    match entry.key.as_ref() {
                        $(
                            stringify!($field) => {
                                let value = $crate::content::record::Read::read(entry.value, diags);
                                if let Some(value) = value {
                                    record.$field = value;
                                }
                            }
                        )*
                        key => $crate::content::record::unknown_key(
                            key, entry.key_span, Self::RECORD.fields, diags,
                        ),
                    }
                }
                record
            }
        }

        impl<$life> $crate::content::record::Read<$life> for $name<$life> {
            const SHAPE: $crate::content::record::Shape =
                $crate::content::record::Shape::Record(Self::RECORD);

            fn read(
                node: $crate::content::tree::Node<$life>,
                diags: &mut $crate::diag::Diags,
            ) -> Option<Self> {
                match node.kind {
                    $crate::content::tree::Kind::Table(table) => Some(Self::from_table(table, diags)),
                    _ => {
                        $crate::content::record::wrong_type(&node, "a table", diags);
                        None
                    }
                }
            }
        }
    };
}

pub(crate) use record;

impl<'s> Read<'s> for Cow<'s, str> {
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            // A date in YAML is a text in another place.
            Kind::Text(text) | Kind::Date(text) => Some(text),
            _ => {
                wrong_type(&node, "a text", diags);
                None
            }
        }
    }
}

impl<'s> Read<'s> for Node<'static> {
    const SHAPE: Shape = Shape::Any;

    fn read(node: Node<'s>, _: &mut Diags) -> Option<Self> {
        Some(node.into_owned())
    }
}

impl<'s> Read<'s> for bool {
    const SHAPE: Shape = Shape::Boolean;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            Kind::Boolean(value) => Some(value),
            _ => {
                wrong_type(&node, "true or false", diags);
                None
            }
        }
    }
}

impl<'s> Read<'s> for i64 {
    const SHAPE: Shape = Shape::Integer;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            Kind::Integer(value) => Some(value),
            _ => {
                wrong_type(&node, "a whole number", diags);
                None
            }
        }
    }
}

impl<'s> Read<'s> for When {
    const SHAPE: Shape = Shape::Date;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        let (Kind::Date(text) | Kind::Text(text)) = &node.kind else {
            wrong_type(&node, "a date", diags);
            return None;
        };
        let when = When::parse(text);
        if when.is_none() {
            diags
                .error(Code::BadValue, node.span, format!("`{text}` is not a date"))
                .set_help("write a date such as 2025-07-31 or 2025-07-31T10:00:00+02:00");
        }
        when
    }
}

impl<'s, T: Read<'s>> Read<'s> for Spanned<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        let span = node.span;
        T::read(node, diags).map(|value| Spanned { value, span })
    }
}

impl<'s, T: Read<'s>> Read<'s> for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        T::read(node, diags).map(Some)
    }
}

impl<'s, T: Read<'s>> Read<'s> for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        T::read(node, diags).map(Box::new)
    }
}

impl<'s, T: Read<'s>> Read<'s> for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            Kind::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                list.extend(items.into_iter().filter_map(|item| T::read(item, diags)));
                Some(list)
            }
            _ => {
                wrong_type(&node, "a list", diags);
                None
            }
        }
    }
}

/// The entries of a table with free keys, in file order.
#[derive(Debug, PartialEq)]
pub struct Entries<'s, T>(pub Vec<(Spanned<Cow<'s, str>>, T)>);

impl<T> Default for Entries<'_, T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<'s, T: Read<'s>> Read<'s> for Entries<'s, T> {
    const SHAPE: Shape = Shape::Map(&T::SHAPE);

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            Kind::Table(table) => Some(Entries::from_table(table, diags)),
            _ => {
                wrong_type(&node, "a table", diags);
                None
            }
        }
    }
}

impl<'s, T: Read<'s>> Entries<'s, T> {
    /// Reads every value of a table.
    pub fn from_table(table: Table<'s>, diags: &mut Diags) -> Self {
        let entries = table.into_entries().into_iter();
        Entries(
            entries
                .filter_map(|entry| {
                    let value = T::read(entry.value, diags)?;
                    Some((Spanned::new(entry.key, entry.key_span), value))
                })
                .collect(),
        )
    }
}

/// A value that may be written in one of two ways.
#[derive(Debug, PartialEq)]
pub enum Either<A, B> {
    /// The short way.
    Short(A),
    /// The full way: a table.
    Full(B),
}

impl<'s, A: Read<'s>, B: Read<'s>> Read<'s> for Either<A, B> {
    const SHAPE: Shape = Shape::Either(&A::SHAPE, &B::SHAPE);

    fn read(node: Node<'s>, diags: &mut Diags) -> Option<Self> {
        match node.kind {
            Kind::Table(_) => B::read(node, diags).map(Either::Full),
            _ => A::read(node, diags).map(Either::Short),
        }
    }
}
