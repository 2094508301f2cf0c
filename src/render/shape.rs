//! Views to values of templates, with the maps of equal structs copied instead of hashed anew.
//!
//! In: anything that serializes. Out: the value that [`Value::from_serializable`] makes of it. Tera
//! hashes every key of every map; a page has thousands of keys and forty kinds of struct, so the
//! first struct of a kind teaches its [`Shapes`] the map, and every later one fills in a copy.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{self, Error as _, Impossible, SerializeStruct, Serializer};
use tera::value::Key;
use tera::{Map, Value};

/// The maps of structs that were seen: keys in place, values empty.
#[derive(Default)]
pub struct Shapes(BTreeMap<(usize, usize), Map>);

impl Shapes {
    /// A view as a value.
    pub fn value(&mut self, view: &(impl Serialize + ?Sized)) -> Value {
        // Tera makes the outermost value, so that it lets ready-made values within pass by reference.
        Value::from_serializable(&Guest { view, shapes: RefCell::new(self) })
    }
}

/// What goes through Tera's serializer and comes back as a ready-made value.
struct Guest<'g, T: ?Sized> {
    view: &'g T,
    /// Serde lends a value only to read; nobody else borrows it meanwhile.
    shapes: RefCell<&'g mut Shapes>,
}

impl<T: Serialize + ?Sized> Serialize for Guest<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shapes = self.shapes.try_borrow_mut().map_err(S::Error::custom)?;
        self.view.serialize(Maker(&mut shapes)).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// A ready-made value within a view, on its way to Tera, which recognizes it by `name`.
struct Passing<'p, T: ?Sized>(&'static str, &'p T);

impl<T: Serialize + ?Sized> Serialize for Passing<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(self.0, self.1)
    }
}

/// Why a view is no value.
#[derive(Debug)]
struct Unfit(String);

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: Display>(message: T) -> Unfit {
        Unfit(message.to_string())
    }
}

struct Maker<'m>(&'m mut Shapes);

/// A list in the making.
struct List<'m> {
    shapes: &'m mut Shapes,
    items: Vec<Value>,
}

/// A map in the making, whose keys are data.
struct Table<'m> {
    shapes: &'m mut Shapes,
    map: Map,
    key: Option<Key<'static>>,
}

/// A struct in the making.
struct Record<'m> {
    shapes: &'m mut Shapes,
    kind: (usize, usize),
    map: Map,
    /// The place of the next field in a map that was copied.
    next: usize,
    is_known: bool,
}

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {
        $(fn $method(self, value: $type) -> Result<Value, Unfit> {
            Ok(Value::from(value))
        })*
    };
}

impl<'m> Serializer for Maker<'m> {
    type Ok = Value;
    type Error = Unfit;
    type SerializeSeq = List<'m>;
    type SerializeTuple = List<'m>;
    type SerializeTupleStruct = List<'m>;
    type SerializeTupleVariant = Impossible<Value, Unfit>;
    type SerializeMap = Table<'m>;
    type SerializeStruct = Record<'m>;
    type SerializeStructVariant = Impossible<Value, Unfit>;

    plain! {
        serialize_bool bool,
        serialize_i8 i8,
        serialize_i16 i16,
        serialize_i32 i32,
        serialize_i64 i64,
        serialize_u8 u8,
        serialize_u16 u16,
        serialize_u32 u32,
        serialize_u64 u64,
        serialize_f32 f32,
        serialize_f64 f64,
        serialize_char char,
    }

    fn serialize_str(self, text: &str) -> Result<Value, Unfit> {
        Ok(Value::normal_string(text))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, Unfit> {
        Ok(Value::bytes(bytes))
    }

    fn serialize_none(self) -> Result<Value, Unfit> {
        Ok(Value::none())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, Unfit> {
        Ok(Value::none())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Unfit> {
        Ok(Value::none())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Value, Unfit> {
        Ok(Value::normal_string(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Value, Unfit> {
        Ok(Value::from_serializable(&Passing(name, value)))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, Unfit> {
        let mut map = Map::with_capacity(1);
        map.insert(Key::Str(variant), value.serialize(self)?);
        Ok(Value::from(map))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<List<'m>, Unfit> {
        Ok(List { shapes: self.0, items: Vec::with_capacity(length.unwrap_or(0)) })
    }

    fn serialize_tuple(self, length: usize) -> Result<List<'m>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<List<'m>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(Unfit::custom(format!("{name}: no view")))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Table<'m>, Unfit> {
        Ok(Table { shapes: self.0, map: Map::with_capacity(length.unwrap_or(0)), key: None })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Record<'m>, Unfit> {
        let kind = (name.as_ptr() as usize, length);
        let known = self.0.0.get(&kind).cloned();
        let is_known = known.is_some();
        let map = known.unwrap_or_else(|| Map::with_capacity(length));
        Ok(Record { shapes: self.0, kind, map, next: 0, is_known })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(Unfit::custom(format!("{name}: no view")))
    }
}

impl List<'_> {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
        self.items.push(item.serialize(Maker(self.shapes))?);
        Ok(())
    }
}

impl ser::SerializeSeq for List<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.items))
    }
}

impl ser::SerializeTuple for List<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.items))
    }
}

impl ser::SerializeTupleStruct for List<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), Unfit> {
        self.push(item)
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.items))
    }
}

impl ser::SerializeMap for Table<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        let value = key.serialize(Maker(self.shapes))?;
        self.key = Some(match (value.as_str(), value.as_u64(), value.as_i64(), value.as_bool()) {
            (Some(text), ..) => Key::from(text.to_owned()),
            (_, Some(number), ..) => Key::U64(number),
            (_, _, Some(number), _) => Key::I64(number),
            (.., Some(flag)) => Key::Bool(flag),
            (None, None, None, None) => return Err(Unfit::custom("a key of a map is no text")),
        });
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let key = self.key.take().ok_or_else(|| Unfit::custom("a value of a map has no key"))?;
        self.map.insert(key, value.serialize(Maker(self.shapes))?);
        Ok(())
    }

    fn end(self) -> Result<Value, Unfit> {
        Ok(Value::from(self.map))
    }
}

impl SerializeStruct for Record<'_> {
    type Ok = Value;
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Unfit> {
        let value = value.serialize(Maker(self.shapes))?;
        // A struct of the same name and number of fields may be another one after all.
        match self.map.get_index_mut(self.next) {
            Some((Key::Str(known), place)) if *known == key => *place = value,
            _ => {
                self.is_known = false;
                self.map.truncate(self.next);
                self.map.insert(Key::Str(key), value);
            }
        }
        self.next += 1;
        Ok(())
    }

    fn end(mut self) -> Result<Value, Unfit> {
        self.map.truncate(self.next);
        if !self.is_known {
            let empty = self.map.keys().map(|key| (key.clone(), Value::none())).collect();
            self.shapes.0.insert(self.kind, empty);
        }
        Ok(Value::from(self.map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Inner<'i> {
        name: &'i str,
        html: Value,
    }

    #[derive(Serialize)]
    struct View<'v> {
        n: u32,
        none: Option<u8>,
        list: Vec<Inner<'v>>,
        table: BTreeMap<&'v str, (i64, bool)>,
    }

    fn view(n: u32) -> View<'static> {
        let inner = |name| Inner { name, html: Value::safe_string("<b>") };
        View {
            n,
            none: (n > 1).then_some(7),
            list: vec![inner("a"), inner("b")],
            table: BTreeMap::from([("x", (1, true))]),
        }
    }

    #[test]
    fn values_are_those_that_tera_makes_and_safe_ones_stay_safe() {
        let mut shapes = Shapes::default();
        for n in [1, 2] {
            let value = shapes.value(&view(n));
            assert_eq!(value, Value::from_serializable(&view(n)));
            assert_eq!(value.to_string(), Value::from_serializable(&view(n)).to_string());
            let html = value.get_from_path("list").and_then(|list| list.as_array()?[1].get_from_path("html"));
            assert!(html.is_some_and(Value::is_safe));
        }
    }

    #[test]
    fn structs_of_one_name_and_number_of_fields_are_told_apart() {
        #[derive(Serialize)]
        struct A {
            x: u32,
            y: u32,
        }
        #[derive(Serialize)]
        #[serde(rename = "A")]
        struct B {
            x: u32,
            #[serde(skip_serializing_if = "Option::is_none")]
            z: Option<u32>,
        }
        let mut shapes = Shapes::default();
        for z in [Some(3), None, Some(4)] {
            let (a, b) = (A { x: 1, y: 2 }, B { x: 1, z });
            assert_eq!(shapes.value(&a), Value::from_serializable(&a));
            assert_eq!(shapes.value(&b), Value::from_serializable(&b));
        }
    }
}
