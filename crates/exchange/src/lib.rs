//! Files of other programs: bytes in, character documents and a report out.
//!
//! [`detect`] says what a file looks like, [`read`] turns it into documents of the sheet's schema. Everything in the file
//! ends in one of four ways, and the [`Report`] says which: it was understood, mapped to content of the rules, kept as
//! text, or not used. Nothing is dropped silently.
//!
//! Whatever the bytes hold, the answer is a [`Refusal`] or an import whose documents pass [`sheet::check_document`].
//! Formulas are worked out by a small bounded reader of its own; markup becomes Markdown without any markup left;
//! addresses and paths found in a file are named and never opened.
//!
//! The crate knows no storage, clock, network or randomness; ids are passed in. Whether a handle is free, and where the
//! original is kept, is the caller's to know.

mod cells;
mod detect;
mod formula;
mod foundry;
mod html;
mod json;
mod report;

pub use detect::{Format, detect};
pub use html::to_markdown;
pub use report::{Fate, Part, Report};

use rules::Content;
use serde_json::Value;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 20 << 20;
/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 64;
/// The most items one actor may have.
pub const MAX_ITEMS: usize = 5_000;

/// Holds what a file became.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What the file is.
    pub format: Format,
    /// Character documents; each handle is a proposal that the library may have to change.
    pub documents: Vec<Value>,
    /// What became of each part of the file.
    pub report: Report,
    /// Where the file says pictures lie, as it writes them; never opened here.
    pub portraits: Vec<String>,
}

/// Says why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Refusal {
        Refusal {
            message: message.into(),
            hint: hint.into(),
        }
    }
}

/// Reads a file of another program into character documents.
///
/// `ids` makes ids for things whose own cannot be kept; `content` is what names are looked up in.
///
/// # Errors
/// A file that is too large, no JSON, too deeply nested, or of no kind that is read here.
pub fn read(
    bytes: &[u8],
    content: &Content,
    ids: &mut dyn FnMut() -> String,
) -> Result<Import, Refusal> {
    let value = json::parse(bytes)?;
    foundry::read(value, content, ids)
}
