//! The schema: every cell of the source, what it may hold, and how two changes of it become one.
//!
//! One table says it all ([`cells`]): the hard limits that [`crate::check_cell`] enforces, the merge policies, and what a
//! form needs to know to ask for the right thing. A test holds the table and the types together.

mod cells;
mod check;
mod list;

use history::{Policies, Policy};
use std::sync::LazyLock;

pub use check::{check_cell, check_document};
pub use list::{CellKind, CellSpec, cell_spec, cell_specs};

/// The most characters of a name, a label or any other single line.
pub const MAX_NAME: usize = 120;
/// The most characters of a longer single line.
pub const MAX_LINE: usize = 300;
/// The most characters of the picks of one slot.
pub(crate) const MAX_PICKS: usize = 1_000;
/// The most bytes of a text of several lines.
pub const MAX_PROSE: usize = 100 * 1024;
/// The most characters of an id of a thing in a collection.
pub const MAX_ID: usize = 64;

/// A named cell of a record.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) policy: Policy,
}

/// What a cell may hold.
pub(crate) enum Shape {
    /// The `format` cell, which has one value.
    Format,
    /// The unique handle.
    Handle,
    /// One line of at most so many characters.
    Line(usize),
    /// Several lines, Markdown.
    Prose,
    /// A whole number within a range.
    Integer(i64, i64),
    /// A number within a range.
    Number(f64, f64),
    /// `true` or `false`.
    Flag,
    /// One of some names.
    OneOf(&'static [&'static str]),
    /// The content hash of an asset.
    Asset,
    /// The id of another thing in the document.
    Reference,
    /// Another shape, or `null`.
    Optional(&'static Shape),
    /// Named cells.
    Record(&'static [Field]),
    /// Records by id.
    Keyed(&'static Shape),
    /// Values by a name.
    Map(Keys, &'static Shape),
    /// Names mapped to `true`.
    Set(Keys),
    /// A conflict of a merge that waits to be decided.
    Conflict,
    /// Anything.
    Free,
}

/// What the keys of a map may be.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    /// One of some names.
    OneOf(&'static [&'static str]),
    /// Any name of one line.
    Name,
    /// The path of a cell.
    Path,
    /// The path of a cell in conflict, or its hash where it is too long.
    Conflict,
}

/// Gives the merge policies of a character.
pub fn policies() -> &'static Policies {
    static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
        let mut found = Vec::new();
        collect(cells::SOURCE, &mut String::new(), &mut found);
        // Patterns are `'static` texts; these few are made once and live as long as the program.
        Policies::new(
            found
                .into_iter()
                .map(|(path, policy)| (&*path.leak(), policy)),
        )
    });
    &POLICIES
}

fn collect(fields: &'static [Field], path: &mut String, found: &mut Vec<(String, Policy)>) {
    for field in fields {
        let length = path.len();
        path.push('/');
        path.push_str(field.name);
        if field.policy != Policy::Atomic {
            found.push((path.clone(), field.policy));
        }
        collect_shape(&field.shape, path, found, field.policy);
        path.truncate(length);
    }
}

fn collect_shape(
    shape: &'static Shape,
    path: &mut String,
    found: &mut Vec<(String, Policy)>,
    policy: Policy,
) {
    match shape {
        Shape::Record(fields) => collect(fields, path, found),
        Shape::Optional(inner) => collect_shape(inner, path, found, policy),
        Shape::Keyed(inner) => {
            let length = path.len();
            path.push_str("/*");
            collect_shape(inner, path, found, Policy::Atomic);
            path.truncate(length);
        }
        Shape::Map(_, inner) => {
            let length = path.len();
            path.push_str("/*");
            // What a map of numbers declares holds for each number in it.
            if let Policy::Counter { .. } | Policy::Maximum | Policy::Choice = policy {
                found.push((path.clone(), policy));
            }
            collect_shape(inner, path, found, Policy::Atomic);
            path.truncate(length);
        }
        _ => {}
    }
}
