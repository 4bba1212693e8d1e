//! Files and pictures as they cross: looked at, taken in, told of.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Failure;

/// Tells of a stored picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AssetInfo {
    /// The content hash, which names it.
    pub hash: String,
    /// Its format: `image/png`, `image/jpeg`, `image/webp` or `image/gif`.
    pub mime: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Size in bytes.
    pub bytes: u32,
}

/// Says what to do with a character whose handle the library already has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OnDuplicate {
    /// Bring it in beside the other, under a new handle.
    #[default]
    Copy,
    /// Make it the next version of the other; the old one stays in its history.
    Update,
    /// Leave it out.
    Skip,
}

/// Tells what became of one character of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum ImportedAs {
    /// It is new in the library.
    New,
    /// It is new beside one that had its handle.
    Copy,
    /// It is the next version of what was there.
    Updated,
    /// The library had exactly this, or was told to leave it out.
    Skipped,
    /// It could not be read; nothing of it was kept.
    Refused {
        /// Why.
        failure: Failure,
    },
}

/// Tells of one character of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Imported {
    /// The name in the file.
    pub name: String,
    /// The document it became, if any.
    pub id: Option<String>,
    /// Its handle now, if it is in the library.
    pub handle: Option<String>,
    /// What became of it.
    pub result: ImportedAs,
}

/// Tells what an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ImportReport {
    /// Each character of the file, in its order.
    pub characters: Vec<Imported>,
    /// What else there is to say, each a sentence: pictures that were left out.
    pub notices: Vec<String>,
}

/// Says how a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// As what it looks like.
    #[default]
    Auto,
    /// As Forkbeard's own JSON.
    Forkbeard,
    /// As an actor of Foundry VTT's system dnd5e.
    Foundry,
}

/// Tells what a file would become, before anything is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FilePreview {
    /// The name of the file; may be empty.
    pub file: String,
    /// What it is.
    pub format: exchange::Format,
    /// The names of the characters in it.
    pub characters: Vec<String>,
    /// What becomes of each part of it; nothing for Forkbeard's own files, which are taken in whole.
    pub report: Option<exchange::Report>,
    /// Where it says that pictures lie; they are not fetched.
    pub portraits: Vec<String>,
}

/// Tells of one file that is about to come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum FileLook {
    /// It can be taken in.
    Readable {
        /// What it would become.
        preview: FilePreview,
    },
    /// It cannot be read.
    Refused {
        /// The name of the file; may be empty.
        file: String,
        /// Why.
        failure: Failure,
    },
}
