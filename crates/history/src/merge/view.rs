//! A cell as the merge looks at it: a node and an inline object alike.

use serde_json::Value;

use crate::tree::{Cell, Node};

/// Shows a node and an inline object alike.
#[derive(Clone, Copy)]
pub(super) enum View<'a> {
    Node(&'a Node),
    Value(&'a Value),
}

impl<'a> View<'a> {
    pub(super) fn of(cell: &'a Cell) -> View<'a> {
        match cell {
            Cell::Node(node) => View::Node(node),
            Cell::Value(value) => View::Value(value),
        }
    }

    pub(super) fn same(self, other: View<'_>) -> bool {
        match (self, other) {
            (View::Node(a), View::Node(b)) => a.hash == b.hash,
            (View::Value(a), View::Value(b)) => a == b,
            _ => false,
        }
    }

    pub(super) fn is_map(self) -> bool {
        matches!(self, View::Node(_) | View::Value(Value::Object(_)))
    }

    pub(super) fn get(self, key: &str) -> Option<View<'a>> {
        match self {
            View::Node(node) => node.cells().get(key).map(View::of),
            View::Value(value) => value.as_object()?.get(key).map(View::Value),
        }
    }

    /// Goes down along some names.
    pub(super) fn find<S: AsRef<str>>(self, path: &[S]) -> Option<View<'a>> {
        path.iter().try_fold(self, |at, key| at.get(key.as_ref()))
    }

    /// Gives the names of a map's cells; nothing for what is no map.
    pub(super) fn keys(self) -> Vec<&'a str> {
        match self {
            View::Node(node) => node.cells().keys().map(String::as_str).collect(),
            View::Value(Value::Object(map)) => map.keys().map(String::as_str).collect(),
            View::Value(_) => Vec::new(),
        }
    }

    pub(super) fn to_value(self) -> Value {
        match self {
            View::Node(node) => node.to_value(),
            View::Value(value) => value.clone(),
        }
    }

    pub(super) fn value(self) -> Option<&'a Value> {
        match self {
            View::Value(value) => Some(value),
            View::Node(_) => None,
        }
    }

    pub(super) fn integer(self) -> Option<i64> {
        self.value()?.as_i64()
    }

    pub(super) fn number(self) -> Option<f64> {
        self.value()?.as_f64()
    }

    pub(super) fn text(self) -> Option<&'a str> {
        self.value()?.as_str()
    }
}

/// Tells whether two cells hold the same, or both nothing.
pub(super) fn same(a: Option<View<'_>>, b: Option<View<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => a.same(b),
        _ => false,
    }
}

/// Gives the names of several maps' cells in order, each once.
pub(super) fn union_keys<'a>(maps: impl IntoIterator<Item = Option<View<'a>>>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = maps.into_iter().flatten().flat_map(View::keys).collect();
    // Made of runs that are in order already, which a stable sort merges in one go.
    keys.sort();
    keys.dedup();
    keys
}
