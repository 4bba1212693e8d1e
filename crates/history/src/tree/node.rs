//! The nodes of a tree: objects addressed by their hash, and what stands in them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde_json::{Map, Value};

use super::NODE_DEPTH;
use crate::Hash;
use crate::canonical::{write_string, write_value};
use crate::scan::leaf_cells;

/// An object that is addressed by its hash.
pub(crate) struct Node {
    pub(crate) hash: Hash,
    /// The cells; of a leaf that was read from canonical JSON only once somebody asks.
    cells: OnceLock<BTreeMap<String, Cell>>,
    /// Bytes of canonical JSON of this node and all below, near enough to hold against a limit.
    pub(crate) weight: usize,
    /// The canonical JSON of a node that has no nodes below it, kept because the hash needed it anyway.
    pub(super) leaf_json: Option<Box<[u8]>>,
}

/// What stands under a name in a node.
#[derive(Clone)]
pub(crate) enum Cell {
    Node(Arc<Node>),
    Value(Value),
}

impl Cell {
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Cell::Node(node) => node.to_value(),
            Cell::Value(value) => value.clone(),
        }
    }

    /// Builds the cell that a value is at some depth; the value must already be normalised.
    pub(crate) fn from_value(value: Value, depth: usize) -> Cell {
        match value {
            Value::Object(map) if depth <= NODE_DEPTH => {
                let cells = map
                    .into_iter()
                    .map(|(k, v)| (k, Cell::from_value(v, depth + 1)))
                    .collect();
                Cell::Node(Node::new(cells))
            }
            other => Cell::Value(other),
        }
    }
}

impl Node {
    pub(crate) fn new(cells: BTreeMap<String, Cell>) -> Arc<Node> {
        let size = |(key, cell): (&String, &Cell)| match cell {
            Cell::Node(_) => key.len() + 37,
            Cell::Value(_) => key.len() + 24,
        };
        let mut bytes = Vec::with_capacity(2 + cells.iter().map(size).sum::<usize>());
        let mut leaf = true;
        let mut below = 0;
        bytes.push(b'{');
        for (i, (key, cell)) in cells.iter().enumerate() {
            if i > 0 {
                bytes.push(b',');
            }
            write_string(key, &mut bytes);
            bytes.push(b':');
            match cell {
                Cell::Value(value) => write_value(value, &mut bytes),
                Cell::Node(node) => {
                    // No JSON value begins with `#`, so a reference is never mistaken for content.
                    leaf = false;
                    below += node.weight;
                    bytes.push(b'#');
                    bytes.extend_from_slice(&node.hash.0);
                }
            }
        }
        bytes.push(b'}');
        let hash = Hash::of(&bytes);
        let weight = bytes.len() + below;
        Arc::new(Node {
            hash,
            cells: OnceLock::from(cells),
            weight,
            leaf_json: leaf.then(|| bytes.into_boxed_slice()),
        })
    }

    /// Makes a node that has no nodes below it of its canonical JSON, which must be that.
    pub(crate) fn leaf(json: &[u8]) -> Arc<Node> {
        Arc::new(Node {
            hash: Hash::of(json),
            cells: OnceLock::new(),
            weight: json.len(),
            leaf_json: Some(json.into()),
        })
    }

    pub(crate) fn cells(&self) -> &BTreeMap<String, Cell> {
        self.cells.get_or_init(|| {
            let json = self.leaf_json.as_deref();
            json.and_then(leaf_cells).unwrap_or_default()
        })
    }

    pub(super) fn write_json(&self, out: &mut Vec<u8>) {
        if let Some(json) = &self.leaf_json {
            out.extend_from_slice(json);
            return;
        }
        write_cells(self.cells().iter(), out);
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        // The weight counts all that is written, and the names of nodes besides.
        let mut out = Vec::with_capacity(self.weight);
        self.write_json(&mut out);
        out
    }

    pub(crate) fn to_value(&self) -> Value {
        let cells = self.cells().iter().map(|(k, c)| (k.clone(), c.to_value()));
        Value::Object(cells.collect::<Map<_, _>>())
    }
}

pub(super) fn write_cells<'a>(
    cells: impl Iterator<Item = (&'a String, &'a Cell)>,
    out: &mut Vec<u8>,
) {
    out.push(b'{');
    for (i, (key, cell)) in cells.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        match cell {
            Cell::Value(value) => write_value(value, out),
            Cell::Node(node) => node.write_json(out),
        }
    }
    out.push(b'}');
}
