//! Changes: what an edit asks for, what a comparison finds, and how either is applied.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::canonical::normalise;
use crate::tree::{Cell, NODE_DEPTH, Node, check_limits, kind_name};
use crate::{CellPath, Limits, Tree, TreeError};

/// Asks for one cell to be set or removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case")]
pub enum Edit {
    /// Puts a value, or the object of a whole entry, at a path; objects on the way are made.
    Set {
        /// Where.
        path: CellPath,
        /// What.
        value: Value,
    },
    /// Takes away what stands at a path; nothing there is fine.
    Remove {
        /// Where.
        path: CellPath,
    },
}

impl Edit {
    /// Tells which cell the edit is about.
    pub fn path(&self) -> &CellPath {
        match self {
            Edit::Set { path, .. } | Edit::Remove { path } => path,
        }
    }
}

/// Says why an edit cannot be applied; nothing of it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The edit names the document as a whole.
    #[error("an edit names a cell, not the whole document")]
    WholeDocument,
    /// The path leads through a value that holds no cells.
    #[error("`{at}` is {found} and holds no cells")]
    NotAContainer {
        /// The cell in the way.
        at: CellPath,
        /// What it is.
        found: &'static str,
    },
    /// The value, or the document with it, breaks a limit.
    #[error("`{at}`: {error}")]
    Limit {
        /// The cell that was to be set.
        at: CellPath,
        /// Which limit.
        error: TreeError,
    },
}

/// Tells what became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It, and all in it, is new.
    Added,
    /// It, and all in it, is gone.
    Removed,
    /// Its value is another.
    Changed,
    /// Only its place among its siblings is another: the cell is a `rank`.
    Moved,
}

/// Reports one cell that differs between two trees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which cell; for something added or removed whole, its outermost cell.
    pub path: CellPath,
    /// What became of it.
    pub kind: ChangeKind,
    /// Its value before; `None` where it was not there.
    pub before: Option<Value>,
    /// Its value after; `None` where it is not there.
    pub after: Option<Value>,
}

impl Change {
    /// Gives the edit that brings the change about.
    pub fn to_edit(&self) -> Edit {
        match &self.after {
            Some(value) => Edit::Set {
                path: self.path.clone(),
                value: value.clone(),
            },
            None => Edit::Remove {
                path: self.path.clone(),
            },
        }
    }

    /// Gives the change the other way round.
    pub fn inverse(&self) -> Change {
        let kind = match self.kind {
            ChangeKind::Added => ChangeKind::Removed,
            ChangeKind::Removed => ChangeKind::Added,
            same => same,
        };
        Change {
            path: self.path.clone(),
            kind,
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// Compares two trees cell by cell, skipping whatever they share.
///
/// Reports are in the order of the paths. `apply(&diff(a, b), a)` is `b`.
pub fn diff(a: &Tree, b: &Tree) -> Vec<Change> {
    let mut walk = DiffWalk {
        path: Vec::new(),
        changes: Vec::new(),
    };
    walk.nodes(a.root(), b.root());
    walk.changes
}

struct DiffWalk<'a> {
    path: Vec<&'a str>,
    changes: Vec<Change>,
}

impl<'a> DiffWalk<'a> {
    fn nodes(&mut self, a: &'a Node, b: &'a Node) {
        if a.hash == b.hash {
            return;
        }
        both(a.cells(), b.cells(), |key, left, right| {
            self.path.push(key);
            match (left, right) {
                (Some(Cell::Node(x)), Some(Cell::Node(y))) => self.nodes(x, y),
                (Some(Cell::Value(x)), Some(Cell::Value(y))) => self.values(x, y),
                (x, y) => self.report(x.map(Cell::to_value), y.map(Cell::to_value)),
            }
            self.path.pop();
        });
    }

    fn values(&mut self, a: &'a Value, b: &'a Value) {
        match (a, b) {
            (a, b) if a == b => {}
            (Value::Object(x), Value::Object(y)) => {
                both(x, y, |key, left, right| {
                    self.path.push(key);
                    match (left, right) {
                        (Some(x), Some(y)) => self.values(x, y),
                        (x, y) => self.report(x.cloned(), y.cloned()),
                    }
                    self.path.pop();
                });
            }
            (a, b) => self.report(Some(a.clone()), Some(b.clone())),
        }
    }

    fn report(&mut self, before: Option<Value>, after: Option<Value>) {
        let path = CellPath::from_segments(self.path.iter().copied());
        let kind = match (&before, &after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            _ if path.last() == Some("rank") => ChangeKind::Moved,
            _ => ChangeKind::Changed,
        };
        self.changes.push(Change {
            path,
            kind,
            before,
            after,
        });
    }
}

/// Walks two sorted maps side by side.
fn both<'a, M, V>(a: M, b: M, mut visit: impl FnMut(&'a str, Option<&'a V>, Option<&'a V>))
where
    M: IntoIterator<Item = (&'a String, &'a V)>,
    V: 'a,
{
    let mut a = a.into_iter().peekable();
    let mut b = b.into_iter().peekable();
    loop {
        match (a.peek(), b.peek()) {
            (Some((x, _)), Some((y, _))) if x == y => {
                if let (Some((key, left)), Some((_, right))) = (a.next(), b.next()) {
                    visit(key, Some(left), Some(right));
                }
            }
            (Some((x, _)), other) if other.is_none_or(|(y, _)| x < y) => {
                if let Some((key, left)) = a.next() {
                    visit(key, Some(left), None);
                }
            }
            (_, Some(_)) => {
                if let Some((key, right)) = b.next() {
                    visit(key, None, Some(right));
                }
            }
            _ => return,
        }
    }
}

/// Applies changes to a tree: each cell becomes what it is `after`.
///
/// # Errors
/// Changes that were not made for a tree of this shape.
pub fn apply(changes: &[Change], tree: &Tree) -> Result<Tree, EditError> {
    edit(tree, changes.iter().map(Change::to_edit))
}

/// Applies edits in their order; all of them or, on an error, none.
///
/// # Errors
/// The first edit that names no cell, leads through a plain value, or breaks a limit.
pub fn edit(tree: &Tree, edits: impl IntoIterator<Item = Edit>) -> Result<Tree, EditError> {
    let limits = Limits::default();
    let mut draft = Draft::open(tree.root());
    let mut last = CellPath::root();
    for edit in edits {
        if edit.path().is_root() {
            return Err(EditError::WholeDocument);
        }
        match edit {
            Edit::Set { path, mut value } => {
                let limit = |error| EditError::Limit {
                    at: path.clone(),
                    error,
                };
                let depth = limits.depth.saturating_sub(path.segments().len());
                check_limits(&value, Limits { depth, ..limits }).map_err(limit)?;
                normalise(&mut value);
                draft.set(&path, 0, value)?;
                last = path;
            }
            Edit::Remove { path } => {
                draft.remove(path.segments());
                last = path;
            }
        }
    }
    let root = draft.close();
    if root.weight > limits.bytes {
        return Err(EditError::Limit {
            at: last,
            error: TreeError::TooLarge(limits.bytes),
        });
    }
    Ok(Tree::from_root(root))
}

/// A node opened for editing: only the nodes on edited paths are, and each is hashed once, on closing.
#[derive(Default)]
struct Draft {
    cells: BTreeMap<String, Cell>,
    /// The nodes below that are open too; they take the place of the cells of their names.
    open: BTreeMap<String, Draft>,
}

impl Draft {
    fn open(node: &Node) -> Draft {
        Draft {
            cells: node.cells().clone(),
            open: BTreeMap::new(),
        }
    }

    fn close(self) -> Arc<Node> {
        let Draft { mut cells, open } = self;
        for (name, draft) in open {
            cells.insert(name, Cell::Node(draft.close()));
        }
        Node::new(cells)
    }

    fn set(&mut self, path: &CellPath, at: usize, value: Value) -> Result<(), EditError> {
        let name = &path.segments()[at];
        let depth = at + 1;
        if depth == path.segments().len() {
            self.open.remove(name);
            self.cells
                .insert(name.clone(), Cell::from_value(value, depth));
            return Ok(());
        }
        if let Some(draft) = self.open.get_mut(name) {
            return draft.set(path, depth, value);
        }
        let mut draft = match self.cells.get_mut(name) {
            Some(Cell::Node(node)) => Draft::open(node),
            Some(Cell::Value(inline)) => return set_inline(inline, path, depth, value),
            None if depth <= NODE_DEPTH => Draft::default(),
            None => {
                let mut inline = Value::Object(Map::new());
                set_inline(&mut inline, path, depth, value)?;
                self.cells.insert(name.clone(), Cell::Value(inline));
                return Ok(());
            }
        };
        draft.set(path, depth, value)?;
        self.open.insert(name.clone(), draft);
        Ok(())
    }

    fn remove(&mut self, segments: &[String]) {
        let Some((name, rest)) = segments.split_first() else {
            return;
        };
        if rest.is_empty() {
            self.cells.remove(name);
            self.open.remove(name);
            return;
        }
        if let Some(draft) = self.open.get_mut(name) {
            draft.remove(rest);
            return;
        }
        match self.cells.get_mut(name) {
            Some(Cell::Node(node)) => {
                let mut draft = Draft::open(node);
                draft.remove(rest);
                self.open.insert(name.clone(), draft);
            }
            Some(Cell::Value(inline)) => remove_inline(inline, rest),
            None => {}
        }
    }
}

fn set_inline(
    inline: &mut Value,
    path: &CellPath,
    depth: usize,
    value: Value,
) -> Result<(), EditError> {
    let mut here = inline;
    for (i, segment) in path.segments().iter().enumerate().skip(depth) {
        let found = kind_name(here);
        let Value::Object(map) = here else {
            let at = CellPath::from_segments(path.segments()[..i].to_vec());
            return Err(EditError::NotAContainer { at, found });
        };
        here = map
            .entry(segment.clone())
            .or_insert_with(|| Value::Object(Map::new()));
    }
    *here = value;
    Ok(())
}

fn remove_inline(inline: &mut Value, segments: &[String]) {
    let Some((name, way)) = segments.split_last() else {
        return;
    };
    let mut here = inline;
    for segment in way {
        match here.as_object_mut().and_then(|map| map.get_mut(segment)) {
            Some(next) => here = next,
            None => return,
        }
    }
    if let Some(map) = here.as_object_mut() {
        map.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(value: Value) -> Tree {
        Tree::from_value(value).unwrap()
    }

    fn set(path: &str, value: Value) -> Edit {
        Edit::Set {
            path: path.parse().unwrap(),
            value,
        }
    }

    fn remove(path: &str) -> Edit {
        Edit::Remove {
            path: path.parse().unwrap(),
        }
    }

    #[test]
    fn edits_reach_every_depth_and_make_the_way() {
        let before = tree(json!({"identity": {"name": "Sorrel"}}));
        let after = edit(
            &before,
            [
                set("/identity/name", json!("Sorrel Quickfen")),
                set(
                    "/equipment/inventory/a1",
                    json!({"name": "Rope", "armor": {"base": 10.0}}),
                ),
                set("/equipment/inventory/a1/armor/cap/dex", json!(2)),
                remove("/equipment/inventory/a1/armor/base"),
                remove("/nothing/there"),
            ],
        )
        .unwrap();
        assert_eq!(
            after,
            tree(json!({
                "identity": {"name": "Sorrel Quickfen"},
                "equipment": {"inventory": {"a1": {"name": "Rope", "armor": {"cap": {"dex": 2}}}}},
            }))
        );
        assert_eq!(before, tree(json!({"identity": {"name": "Sorrel"}})));
    }

    #[test]
    fn bad_edits_name_the_cell() {
        let base = tree(json!({"identity": {"name": "Sorrel"}}));
        let error = |e: Edit| edit(&base, [e]).unwrap_err().to_string();
        assert_eq!(
            error(set("/identity/name/first", json!(1))),
            "`/identity/name` is text and holds no cells"
        );
        assert_eq!(
            error(set("", json!({}))),
            "an edit names a cell, not the whole document"
        );
        assert!(error(set("/notes", json!("x".repeat(9 << 20)))).starts_with("`/notes`: "));
        assert!(error(set("/a/b/c/d/e/f/g/h/i/j/k/l", json!({"m": {"n": {}}}))).contains("deeper"));
    }

    #[test]
    fn a_difference_names_the_outermost_cell_that_is_new_or_gone() {
        let a = tree(json!({"i": {"x": {"1": {"q": 1, "rank": "a"}, "2": {"q": 2}}}}));
        let b = tree(json!({"i": {"x": {"1": {"q": 5, "rank": "b"}, "3": {"q": 3}}}}));
        let changes: Vec<_> = diff(&a, &b)
            .into_iter()
            .map(|c| (c.path.to_string(), c.kind))
            .collect();
        assert_eq!(
            changes,
            [
                ("/i/x/1/q".to_owned(), ChangeKind::Changed),
                ("/i/x/1/rank".to_owned(), ChangeKind::Moved),
                ("/i/x/2".to_owned(), ChangeKind::Removed),
                ("/i/x/3".to_owned(), ChangeKind::Added),
            ]
        );
    }
}
