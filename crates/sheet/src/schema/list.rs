//! The schema as a list: what a form or a command line needs to know to ask for the right thing.

use history::CellPath;
use serde::Serialize;
use specta::Type;

use super::{Field, Keys, MAX_NAME, MAX_PROSE, Shape, cells};
use crate::WireNumber;

/// What sort of value a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// One line of text.
    Line,
    /// Several lines of text, Markdown.
    Prose,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Flag,
    /// One of the options.
    Choice,
    /// The content hash of a picture.
    Asset,
    /// The id of another thing in the document.
    Reference,
    /// An object of named cells.
    Record,
    /// An object of records by id.
    Keyed,
    /// An object of values by name.
    Map,
    /// An object of names mapped to true.
    Set,
    /// Anything.
    Free,
}

/// Says what one cell, or each cell of a pattern, may hold.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct CellSpec {
    /// The path, with `*` where an id or a free name stands: `/equipment/inventory/*/quantity`.
    pub pattern: String,
    /// What sort of value.
    pub kind: CellKind,
    /// The least number, where it is one.
    #[specta(type = Option<WireNumber>)]
    pub min: Option<f64>,
    /// The greatest number; for a line the most characters, for prose the most bytes.
    #[specta(type = Option<WireNumber>)]
    pub max: Option<f64>,
    /// The values it chooses from, or the names a set or map may have; empty where they are free.
    pub options: Vec<&'static str>,
    /// Whether `null` leaves it open.
    pub optional: bool,
}

/// Lists all cells of the source, outer before inner.
pub fn cell_specs() -> Vec<CellSpec> {
    let mut found = Vec::new();
    fields(cells::SOURCE, "", &mut found);
    found
}

/// Says what the cell of a path may hold; `None` where there is no such cell.
pub fn cell_spec(path: &CellPath) -> Option<CellSpec> {
    let mut shape = &Shape::Record(cells::SOURCE);
    for segment in path.segments() {
        while let Shape::Optional(inner) = shape {
            shape = inner;
        }
        shape = match shape {
            Shape::Record(fields) => &fields.iter().find(|field| field.name == segment)?.shape,
            Shape::Keyed(inner) => inner,
            Shape::Map(Keys::OneOf(names), _) | Shape::Set(Keys::OneOf(names))
                if !names.contains(&segment.as_str()) =>
            {
                return None;
            }
            Shape::Map(_, inner) => inner,
            Shape::Set(_) => &Shape::Flag,
            Shape::Free => &Shape::Free,
            _ => return None,
        };
    }
    Some(spec(path.to_string(), shape, false))
}

fn fields(list: &'static [Field], at: &str, found: &mut Vec<CellSpec>) {
    for field in list {
        walk(&field.shape, format!("{at}/{}", field.name), found);
    }
}

fn walk(shape: &'static Shape, at: String, found: &mut Vec<CellSpec>) {
    found.push(spec(at.clone(), shape, false));
    let mut inner = shape;
    while let Shape::Optional(next) = inner {
        inner = next;
    }
    match inner {
        Shape::Record(list) => fields(list, &at, found),
        Shape::Keyed(inner) | Shape::Map(_, inner) => walk(inner, format!("{at}/*"), found),
        _ => {}
    }
}

#[allow(clippy::cast_precision_loss, reason = "ranges lie far below 2^53")]
fn spec(pattern: String, shape: &Shape, optional: bool) -> CellSpec {
    let (kind, min, max, options) = match shape {
        Shape::Optional(inner) => return spec(pattern, inner, true),
        Shape::Format | Shape::Handle => (CellKind::Line, None, Some(60.0), Vec::new()),
        Shape::Line(max) => (CellKind::Line, None, Some(*max as f64), Vec::new()),
        Shape::Prose => (CellKind::Prose, None, Some(MAX_PROSE as f64), Vec::new()),
        Shape::Integer(min, max) => (
            CellKind::Integer,
            Some(*min as f64),
            Some(*max as f64),
            Vec::new(),
        ),
        Shape::Number(min, max) => (CellKind::Number, Some(*min), Some(*max), Vec::new()),
        Shape::Flag => (CellKind::Flag, None, None, Vec::new()),
        Shape::OneOf(names) => (CellKind::Choice, None, None, names.to_vec()),
        Shape::Asset => (CellKind::Asset, None, None, Vec::new()),
        Shape::Reference => (CellKind::Reference, None, None, Vec::new()),
        Shape::Record(_) => (CellKind::Record, None, None, Vec::new()),
        Shape::Keyed(_) => (CellKind::Keyed, None, None, Vec::new()),
        Shape::Map(keys, _) => (CellKind::Map, None, None, names(*keys)),
        Shape::Set(keys) => (CellKind::Set, None, Some(MAX_NAME as f64), names(*keys)),
        Shape::Conflict | Shape::Free => (CellKind::Free, None, None, Vec::new()),
    };
    CellSpec {
        pattern,
        kind,
        min,
        max,
        options,
        optional,
    }
}

fn names(keys: Keys) -> Vec<&'static str> {
    match keys {
        Keys::OneOf(names) => names.to_vec(),
        Keys::Name | Keys::Path | Keys::Conflict => Vec::new(),
    }
}
