//! The tree: a document as immutable, shared, content-addressed nodes.
//!
//! An object at depth 0 to 3 is a **node**: the root, a section (`equipment`), a collection (`inventory`), an entry (one item).
//! What lies deeper stands inline in its node. A node's hash is the blake3 of its cells in canonical order with child
//! nodes named by their hash; so equal content has equal hashes whatever the order of keys, an edit copies only the nodes
//! on its path, and a comparison skips whatever is shared.

mod node;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use crate::canonical::{normalise, to_canonical_json, write_value};
use crate::{CellPath, Hash, TreeId};
use node::write_cells;
pub(crate) use node::{Cell, Node};

/// How deep objects are nodes of their own; deeper ones are inline.
pub(crate) const NODE_DEPTH: usize = 3;

/// How many buffers for JSON are kept, and of what size at most.
const BUFFERS_KEPT: usize = 8;
const LARGEST_KEPT: usize = 1 << 20;

/// Bounds what a document may hold; everything from outside is held against it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The deepest nesting of objects and lists.
    pub depth: usize,
    /// The most values (cells, list items, objects) in all.
    pub values: usize,
    /// The most bytes of text (keys and strings) in all.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: 12,
            values: 100_000,
            bytes: 8 << 20,
        }
    }
}

/// Says why a value cannot be a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The top is not an object.
    #[error("a document is a JSON object, this is {0}")]
    NotAnObject(&'static str),
    /// Nested deeper than the limit.
    #[error("the document is nested deeper than {0} levels")]
    TooDeep(usize),
    /// More values than the limit.
    #[error("the document holds more than {0} values")]
    TooMany(usize),
    /// More text than the limit.
    #[error("the document holds more than {0} bytes of text")]
    TooLarge(usize),
    /// A key that could not be addressed.
    #[error("`{0}` cannot be the name of a cell: it is empty, too long or has control characters")]
    BadKey(String),
    /// The bytes are not JSON.
    #[error("not JSON: {0}")]
    NotJson(String),
}

/// Holds one version of a document; cheap to clone, never changed.
#[derive(Clone)]
pub struct Tree {
    root: Arc<Node>,
}

impl Tree {
    /// Builds the tree of a document within the default [`Limits`].
    ///
    /// # Errors
    /// What is not an object, too large, too deep, or has a key that no path could name.
    pub fn from_value(value: Value) -> Result<Tree, TreeError> {
        Tree::within(value, Limits::default())
    }

    /// Builds the tree of a document within given limits.
    ///
    /// # Errors
    /// See [`Tree::from_value`].
    pub fn within(mut value: Value, limits: Limits) -> Result<Tree, TreeError> {
        check_limits(&value, limits)?;
        normalise(&mut value);
        match Cell::from_value(value, 0) {
            Cell::Node(root) => Ok(Tree { root }),
            Cell::Value(other) => Err(TreeError::NotAnObject(kind_name(&other))),
        }
    }

    /// Reads a tree from JSON bytes, canonical or not.
    ///
    /// # Errors
    /// See [`Tree::from_value`]; also bytes that are not JSON.
    pub fn from_json(bytes: &[u8]) -> Result<Tree, TreeError> {
        let limits = Limits::default();
        if bytes.len() > limits.bytes * 2 {
            return Err(TreeError::TooLarge(limits.bytes));
        }
        crate::read::read(bytes, limits)
    }

    /// Gives the document with no cells.
    pub fn empty() -> Tree {
        Tree {
            root: Node::new(BTreeMap::new()),
        }
    }

    /// Names the content.
    pub fn id(&self) -> TreeId {
        TreeId(self.root.hash)
    }

    /// Writes the whole document as canonical JSON.
    pub fn to_json(&self) -> Vec<u8> {
        self.root.to_json()
    }

    /// Lends the whole document as canonical JSON for a moment.
    ///
    /// The memory is kept for the next call: a document is large enough that getting it anew from the system can take longer than
    /// writing and reading it.
    pub fn with_json<T>(&self, read: impl FnOnce(&[u8]) -> T) -> T {
        static KEPT: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
        let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = kept().pop().unwrap_or_default();
        out.reserve(self.root.weight);
        self.root.write_json(&mut out);
        let answer = read(&out);
        out.clear();
        let mut kept = kept();
        if kept.len() < BUFFERS_KEPT && out.capacity() <= LARGEST_KEPT {
            kept.push(out);
        }
        answer
    }

    /// Gives the whole document as a value.
    pub fn to_value(&self) -> Value {
        self.root.to_value()
    }

    /// Reads one cell: a value, or the object of a whole section or entry; `None` where nothing stands.
    pub fn get(&self, path: &CellPath) -> Option<Value> {
        let mut node = &self.root;
        let mut segments = path.segments().iter();
        while let Some(segment) = segments.next() {
            match node.cells().get(segment)? {
                Cell::Node(child) => node = child,
                Cell::Value(value) => {
                    let mut value = value;
                    for segment in segments {
                        value = value.as_object()?.get(segment)?;
                    }
                    return Some(value.clone());
                }
            }
        }
        Some(node.to_value())
    }

    /// Writes one cell as canonical JSON: a value, or the object of a section or entry; `None` where nothing stands.
    pub fn json_at(&self, path: &CellPath) -> Option<Cow<'_, [u8]>> {
        let mut node = &self.root;
        let mut segments = path.segments().iter();
        while let Some(segment) = segments.next() {
            match node.cells().get(segment)? {
                Cell::Node(child) => node = child,
                Cell::Value(value) => {
                    let mut value = value;
                    for segment in segments {
                        value = value.as_object()?.get(segment)?;
                    }
                    return Some(Cow::Owned(to_canonical_json(value)));
                }
            }
        }
        Some(match &node.leaf_json {
            Some(json) => Cow::Borrowed(json),
            None => Cow::Owned(node.to_json()),
        })
    }

    /// Writes one top-level section as canonical JSON, without some of its cells; `None` where there is no such section.
    ///
    /// A section that is a single value has no cells to leave out.
    pub fn section_json_without(&self, name: &str, left_out: &[&str]) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        match self.root.cells().get(name)? {
            Cell::Node(node) if left_out.is_empty() => return Some(node.to_json()),
            Cell::Node(node) => {
                let cells = node.cells().iter();
                let kept = cells.filter(|(key, _)| !left_out.contains(&key.as_str()));
                write_cells(kept, &mut out);
            }
            Cell::Value(value) => write_value(value, &mut out),
        }
        Some(out)
    }

    /// Names the content of one cell, a section or an entry; `None` where nothing stands.
    pub fn hash_at(&self, path: &CellPath) -> Option<Hash> {
        let mut node = &self.root;
        for (depth, segment) in path.segments().iter().enumerate() {
            match node.cells().get(segment)? {
                Cell::Node(child) => node = child,
                Cell::Value(value) => {
                    let mut value = value;
                    for segment in &path.segments()[depth + 1..] {
                        value = value.as_object()?.get(segment)?;
                    }
                    return Some(Hash::of(&to_canonical_json(value)));
                }
            }
        }
        Some(node.hash)
    }

    pub(crate) fn root(&self) -> &Arc<Node> {
        &self.root
    }

    pub(crate) fn from_root(root: Arc<Node>) -> Tree {
        Tree { root }
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Tree) -> bool {
        self.root.hash == other.root.hash
    }
}

impl Eq for Tree {}

impl std::fmt::Debug for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.to_json()))
    }
}

pub(crate) fn kind_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Refuses a key that no path could name.
pub(crate) fn check_key(key: &str) -> Result<(), TreeError> {
    if key.is_empty() || key.len() > CellPath::MAX_SEGMENT || key.chars().any(char::is_control) {
        return Err(TreeError::BadKey(key.chars().take(40).collect()));
    }
    Ok(())
}

/// Holds a value against limits; the walk itself is bounded, as the parser bounds nesting at 128.
pub(crate) fn check_limits(value: &Value, limits: Limits) -> Result<(), TreeError> {
    fn walk(
        value: &Value,
        depth: usize,
        values: &mut usize,
        bytes: &mut usize,
        limits: Limits,
    ) -> Result<(), TreeError> {
        *values += 1;
        if *values > limits.values {
            return Err(TreeError::TooMany(limits.values));
        }
        if depth > limits.depth {
            return Err(TreeError::TooDeep(limits.depth));
        }
        match value {
            Value::String(text) => *bytes += text.len(),
            Value::Array(items) => {
                for item in items {
                    walk(item, depth + 1, values, bytes, limits)?;
                }
            }
            Value::Object(map) => {
                for (key, item) in map {
                    check_key(key)?;
                    *bytes += key.len();
                    walk(item, depth + 1, values, bytes, limits)?;
                }
            }
            _ => {}
        }
        if *bytes > limits.bytes {
            return Err(TreeError::TooLarge(limits.bytes));
        }
        Ok(())
    }
    walk(value, 0, &mut 0, &mut 0, limits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_cells_at_every_depth() {
        let tree = Tree::from_value(json!({
            "equipment": {"inventory": {"a1": {"name": "Rope", "armor": {"base": 12}}}},
            "notes": "hi",
        }))
        .unwrap();
        let get = |path: &str| tree.get(&path.parse().unwrap());
        assert_eq!(get("/equipment/inventory/a1/armor/base"), Some(json!(12)));
        assert_eq!(
            get("/equipment/inventory/a1/armor"),
            Some(json!({"base": 12}))
        );
        assert_eq!(get("/notes"), Some(json!("hi")));
        assert_eq!(get("/notes/deeper"), None);
        assert_eq!(get("/equipment/nothing"), None);
        assert_eq!(get(""), Some(tree.to_value()));
    }

    #[test]
    fn lent_json_is_the_trees_own_each_time_and_within_another() {
        let tree = |name: &str| Tree::from_value(json!({"identity": {"name": name}})).unwrap();
        let (long, short) = (tree(&"long ".repeat(500)), tree("short"));
        for tree in [&long, &short, &long] {
            tree.with_json(|outer| {
                assert_eq!(outer, tree.to_json());
                short.with_json(|inner| assert_eq!(inner, short.to_json()));
                assert_eq!(outer, tree.to_json());
            });
        }
    }

    #[test]
    fn a_hash_names_what_stands_at_a_cell() {
        let tree = |value| Tree::from_value(value).unwrap();
        let a = tree(json!({"i": {"x": {"1": {"in": {"q": 1}}}}, "n": "{}"}));
        let b = tree(json!({"i": {"x": {"1": {"in": {"q": 1}}}, "y": 2}, "n": {}}));
        let hashes = |path: &str| {
            let path = path.parse().unwrap();
            (a.hash_at(&path), b.hash_at(&path))
        };
        for same in ["/i/x", "/i/x/1", "/i/x/1/in", "/i/x/1/in/q"] {
            let (a, b) = hashes(same);
            assert!(a.is_some() && a == b, "{same}");
        }
        for other in ["", "/i", "/n", "/i/y"] {
            let (a, b) = hashes(other);
            assert_ne!(a, b, "{other}");
        }
        assert_eq!(hashes("/i/x/2"), (None, None));
        assert_eq!(hashes("/i/x/1/in/q/r"), (None, None));
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_counts() {
        for (twice, once) in [
            (
                r#"{"a":1,"b":2,"a":{"c":3}}"#,
                json!({"a": {"c": 3}, "b": 2}),
            ),
            (
                r#"{"a":{"b":{"c":{"d":{"e":1,"e":2}}}}}"#,
                json!({"a": {"b": {"c": {"d": {"e": 2}}}}}),
            ),
        ] {
            let read = Tree::from_json(twice.as_bytes()).unwrap();
            assert_eq!(read, Tree::from_value(once).unwrap());
        }
    }

    #[test]
    fn what_is_not_one_document_is_refused() {
        for text in [
            "",
            "{",
            "{\"a\":1}{",
            "{\"a\":1} x",
            "{\"a\":1e999}",
            "{\"a\":\"\u{1}\"}",
        ] {
            let read = Tree::from_json(text.as_bytes());
            assert!(
                matches!(read, Err(TreeError::NotJson(_))),
                "{text}: {read:?}"
            );
        }
        let broken = Tree::from_json(b"{\"a\":\"\xff\"}");
        assert!(matches!(broken, Err(TreeError::NotJson(_))), "{broken:?}");
        assert_eq!(
            Tree::from_json(b"7"),
            Err(TreeError::NotAnObject("a number"))
        );
    }

    #[test]
    fn limits_are_told() {
        let limits = Limits {
            depth: 2,
            values: 5,
            bytes: 20,
        };
        let error = |value: Value| {
            let read = crate::read::read(value.to_string().as_bytes(), limits);
            let built = Tree::within(value, limits).unwrap_err();
            assert_eq!(read, Err(built.clone()));
            built
        };
        assert_eq!(error(json!([])), TreeError::NotAnObject("a list"));
        assert_eq!(error(json!({"a": {"b": {"c": 1}}})), TreeError::TooDeep(2));
        assert_eq!(error(json!({"a": [1, 2, 3, 4]})), TreeError::TooMany(5));
        assert_eq!(
            error(json!({"a": "123456789012345678901"})),
            TreeError::TooLarge(20)
        );
        assert_eq!(error(json!({"": 1})), TreeError::BadKey(String::new()));
        let deep = format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
        assert_eq!(
            Tree::from_json(deep.as_bytes()),
            Err(TreeError::TooDeep(Limits::default().depth))
        );
        let broad = format!("{{\"a\":[{}1]}}", "1,".repeat(200_000));
        assert_eq!(
            Tree::from_json(broad.as_bytes()),
            Err(TreeError::TooMany(Limits::default().values))
        );
    }
}
