//! What is wrong with a cell: errors that refuse, findings that inform.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Refuses a cell: says which, what is wrong, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{cell}: {message}")]
pub struct CellError {
    /// The path of the cell; empty is the whole document.
    pub cell: String,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub hint: String,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Against the rules as written, or half done.
    Warning,
    /// Points to something that is not there, or cannot be.
    Error,
}

/// Informs about a cell without refusing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Finding {
    /// The path of the cell.
    pub cell: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub message: String,
    /// What can be done.
    pub hint: String,
}

impl Finding {
    /// Names the finding as long as it is the same objection about the same cell: 16 hexadecimal digits.
    pub fn key(&self) -> String {
        let text = format!("{}\n{}", self.cell, self.message);
        let mut key = history::Hash::of(text.as_bytes()).to_string();
        key.truncate(16);
        key
    }
}

/// Names the cell at which bytes fail to decode.
pub(crate) fn decode_error<T: DeserializeOwned>(bytes: &[u8]) -> CellError {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let error = match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(error) => error,
        Ok(_) => {
            return CellError {
                cell: String::new(),
                message: "something follows the end of the document".to_owned(),
                hint: "A document is one JSON object.".to_owned(),
            };
        }
    };
    let cell = pointer(error.path());
    let text = error.inner().to_string();
    // serde_json appends where in the bytes it was; the cell says it better.
    let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
    let hint = if error.inner().is_data() {
        "Correct this cell, or remove it to have its default."
    } else {
        "The document is not whole JSON: a file cut short, or not a Forkbeard file."
    };
    CellError {
        cell,
        message,
        hint: hint.to_owned(),
    }
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut out = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.clone(),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        out.push('/');
        out.push_str(&name.replace('~', "~0").replace('/', "~1"));
    }
    out
}

/// Cuts a text for quoting in a message, and takes out what would disturb a terminal.
pub(crate) fn shorten(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut out: String = text.chars().take(40).map(clean).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}
