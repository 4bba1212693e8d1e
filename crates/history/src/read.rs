//! Reading a tree from JSON in one pass: parsed, held against the limits, brought into normal form and hashed as it comes.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::Tree;
use crate::canonical::normal_number;
use crate::scan::scan;
use crate::tree::{Cell, Limits, NODE_DEPTH, Node, TreeError, check_key, kind_name};

/// Reads a document within limits.
///
/// Gives what parsing the bytes to a value and [`Tree::within`] would give, without the value in between. Of a key that
/// stands twice the last counts; the limits count both.
pub(crate) fn read(bytes: &[u8], limits: Limits) -> Result<Tree, TreeError> {
    let text = std::str::from_utf8(bytes).ok();
    match text.and_then(|text| scan(text, limits)) {
        Some(tree) => Ok(tree),
        None => thoroughly(bytes, limits),
    }
}

/// Reads a document cell by cell, whether its JSON is canonical or not.
pub(crate) fn thoroughly(bytes: &[u8], limits: Limits) -> Result<Tree, TreeError> {
    let mut reading = Reading {
        limits,
        values: 0,
        bytes: 0,
        refused: None,
    };
    // Checked as UTF-8 once and whole, which is cheaper than text by text.
    let cell = match std::str::from_utf8(bytes) {
        Ok(text) => reading.whole(&mut serde_json::Deserializer::from_str(text)),
        Err(_) => reading.whole(&mut serde_json::Deserializer::from_slice(bytes)),
    };
    match (cell, reading.refused) {
        (_, Some(refused)) => Err(refused),
        (Err(error), None) => Err(TreeError::NotJson(error.to_string())),
        (Ok(Cell::Node(root)), None) => Ok(Tree::from_root(root)),
        (Ok(Cell::Value(other)), None) => Err(TreeError::NotAnObject(kind_name(&other))),
    }
}

/// Holds what was counted so far.
struct Reading {
    limits: Limits,
    values: usize,
    bytes: usize,
    /// Why the reading was given up, where it was not for the JSON.
    refused: Option<TreeError>,
}

impl Reading {
    fn whole<'de, R: serde_json::de::Read<'de>>(
        &mut self,
        json: &mut serde_json::Deserializer<R>,
    ) -> serde_json::Result<Cell> {
        let top = AsCell {
            reading: self,
            depth: 0,
        };
        let cell = top.deserialize(&mut *json)?;
        json.end()?;
        Ok(cell)
    }

    fn refuse<E: serde::de::Error>(&mut self, why: TreeError) -> E {
        let error = E::custom(&why);
        self.refused = Some(why);
        error
    }

    fn value<E: serde::de::Error>(&mut self, depth: usize) -> Result<(), E> {
        self.values += 1;
        if self.values > self.limits.values {
            return Err(self.refuse(TreeError::TooMany(self.limits.values)));
        }
        if depth > self.limits.depth {
            return Err(self.refuse(TreeError::TooDeep(self.limits.depth)));
        }
        Ok(())
    }

    fn text<E: serde::de::Error>(&mut self, text: &str) -> Result<(), E> {
        self.bytes += text.len();
        if self.bytes > self.limits.bytes {
            return Err(self.refuse(TreeError::TooLarge(self.limits.bytes)));
        }
        Ok(())
    }

    fn key<E: serde::de::Error>(&mut self, key: &str) -> Result<(), E> {
        match check_key(key) {
            Ok(()) => self.text(key),
            Err(why) => Err(self.refuse(why)),
        }
    }
}

/// Reads what is a node where it is an object, at a depth.
struct AsCell<'a> {
    reading: &'a mut Reading,
    depth: usize,
}

impl<'a> AsCell<'a> {
    fn plain(self) -> AsValue<'a> {
        AsValue {
            reading: self.reading,
            depth: self.depth,
        }
    }
}

impl<'de> DeserializeSeed<'de> for AsCell<'_> {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cell, D::Error> {
        if self.depth > NODE_DEPTH {
            return self.plain().deserialize(json).map(Cell::Value);
        }
        self.reading.value(self.depth)?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AsCell<'_> {
    type Value = Cell;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Value(Value::Null))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Cell, E> {
        Ok(Cell::Value(flag.into()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Value(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell::Value(number.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Cell, E> {
        self.plain().visit_f64(number).map(Cell::Value)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Cell, E> {
        self.plain().visit_str(text).map(Cell::Value)
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Cell, E> {
        self.plain().visit_string(text).map(Cell::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Cell, A::Error> {
        // In a list everything is a plain value, however shallow.
        self.plain().visit_seq(items).map(Cell::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Cell, A::Error> {
        // Collected first: in canonical JSON the keys come in order, from which a map is built in one go.
        let mut cells = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.reading.key(&key)?;
            let cell = entries.next_value_seed(AsCell {
                reading: self.reading,
                depth: self.depth + 1,
            })?;
            cells.push((key, cell));
        }
        let cells = BTreeMap::from_iter(cells);
        Ok(Cell::Node(Node::new(cells)))
    }
}

/// Reads a value that is inline whatever it is, at a depth.
struct AsValue<'a> {
    reading: &'a mut Reading,
    depth: usize,
}

impl AsValue<'_> {
    fn below(&mut self) -> AsValue<'_> {
        AsValue {
            reading: self.reading,
            depth: self.depth + 1,
        }
    }
}

impl<'de> DeserializeSeed<'de> for AsValue<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        self.reading.value(self.depth)?;
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AsValue<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(flag.into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        let number = Number::from_f64(number).ok_or_else(|| E::custom("not a number"))?;
        Ok(Value::Number(normal_number(&number)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.reading.text(text)?;
        Ok(text.into())
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Value, E> {
        self.reading.text(&text)?;
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.below())? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.reading.key(&key)?;
            let value = entries.next_value_seed(self.below())?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
