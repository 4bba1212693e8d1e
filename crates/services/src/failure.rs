//! The one shape in which anything that went wrong reaches a person: code, message, hint, cell.
//!
//! Errors are typed below; here, and only here, they get their words. A [`Code`] exists only while somebody branches on it.

use serde::{Deserialize, Serialize};

/// Tells callers apart what they may want to act on; everything else is read by a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// What was asked for is not there.
    NotFound,
    /// A value, a path or a file is not what it should be; `cell` names where, if it is in a sheet.
    Invalid,
    /// The unique handle belongs to another character.
    HandleTaken,
    /// More than a limit allows.
    TooLarge,
    /// There is nothing to undo or to redo.
    NothingToUndo,
    /// The change cannot be made without deciding between two values.
    Conflict,
    /// At this table the DM reviews such a change; it can be proposed.
    NeedsReview,
    /// Somebody else has to do it; another seat could.
    NotAllowed,
    /// The library can be read but not written.
    ReadOnly,
    /// The disk is full; nothing acknowledged is lost.
    DiskFull,
    /// Another process has the library open.
    Locked,
    /// The library was written by a newer Forkbeard.
    NewerSchema,
    /// The folder holds something, but not a library.
    NotALibrary,
    /// Part of the library cannot be read.
    Damaged,
    /// Too many requests wait.
    Busy,
    /// A fault of ours or of the machine; the log has the details.
    Internal,
}

/// Says what went wrong and what to do; crosses every boundary in this shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What a program may branch on.
    pub code: Code,
    /// What happened, one sentence for a person.
    pub message: String,
    /// What to do about it; empty where there is nothing.
    pub hint: String,
    /// The cell it is about, as a path, if it is about one.
    pub cell: Option<String>,
}

impl Failure {
    /// Makes a failure about no cell in particular.
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure {
            code,
            message: message.into(),
            hint: hint.into(),
            cell: None,
        }
    }

    /// Makes a failure of what was asked: not there, and how to find what is.
    pub fn not_found(what: &str, name: &str) -> Failure {
        let name: String = name.chars().take(80).collect();
        let hint = match what {
            "character" | "pack" => {
                "Look through the library; it may have been archived or renamed."
            }
            "version" => {
                "A version is its number, the beginning of its id, or the name of a branch or milestone."
            }
            _ => "Look anew; it may have been renamed or taken away meanwhile.",
        };
        Failure::new(
            Code::NotFound,
            format!("There is no {what} `{name}`."),
            hint,
        )
    }

    /// Makes a failure about a cell.
    pub fn invalid(
        cell: impl Into<String>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Failure {
        let cell = Some(cell.into());
        Failure {
            code: Code::Invalid,
            message: message.into(),
            hint: hint.into(),
            cell,
        }
    }

    /// Makes a failure of a fault: the details go to the log, a person gets a sentence.
    pub fn internal(detail: impl std::fmt::Display) -> Failure {
        tracing::error!(%detail, "internal failure");
        Failure::new(
            Code::Internal,
            format!("Something went wrong inside Forkbeard: {detail}"),
            "Nothing that was saved is lost. Try again; if it stays, the log file tells more.",
        )
    }
}

impl From<history::PathError> for Failure {
    fn from(error: history::PathError) -> Failure {
        Failure::new(
            Code::Invalid,
            format!("{}.", capital(&error.to_string())),
            "",
        )
    }
}

impl From<history::IdError> for Failure {
    fn from(error: history::IdError) -> Failure {
        Failure::new(
            Code::Invalid,
            format!("{}.", capital(&error.to_string())),
            "",
        )
    }
}

impl From<history::BranchNameError> for Failure {
    fn from(error: history::BranchNameError) -> Failure {
        Failure::new(
            Code::Invalid,
            format!("{}.", capital(&error.to_string())),
            "",
        )
    }
}

impl From<history::EditError> for Failure {
    fn from(error: history::EditError) -> Failure {
        use history::EditError as E;
        let message = format!("{}.", capital(&error.to_string()));
        match error {
            E::WholeDocument => Failure::new(
                Code::Invalid,
                message,
                "Name a cell, like `/identity/name`.",
            ),
            E::NotAContainer { at, .. } => Failure::invalid(
                at.to_string(),
                message,
                "Set that cell itself, or name one beside it.",
            ),
            E::Limit { at, error } => Failure {
                code: match error {
                    history::TreeError::TooLarge(_) | history::TreeError::TooMany(_) => {
                        Code::TooLarge
                    }
                    _ => Code::Invalid,
                },
                message,
                hint: "Shorten it; very long texts belong into the journal.".to_owned(),
                cell: Some(at.to_string()),
            },
        }
    }
}

impl From<history::TreeError> for Failure {
    fn from(error: history::TreeError) -> Failure {
        use history::TreeError as E;
        let code = match error {
            E::TooLarge(_) | E::TooMany(_) => Code::TooLarge,
            _ => Code::Invalid,
        };
        Failure::new(code, format!("{}.", capital(&error.to_string())), "")
    }
}

impl From<vault::OpenError> for Failure {
    fn from(error: vault::OpenError) -> Failure {
        use vault::OpenError as E;
        let (code, hint) = match &error {
            E::Locked { .. } => (
                Code::Locked,
                "Close the other window or program that uses it, then try again.",
            ),
            E::NewerSchema { .. } => (
                Code::NewerSchema,
                "Nothing was changed. Install that version of Forkbeard, or choose another folder.",
            ),
            E::NotALibrary { .. } => (
                Code::NotALibrary,
                "Choose an empty folder, or one that holds a library.",
            ),
            E::DiskFull { .. } => (Code::DiskFull, "Make room on the disk, then try again."),
            E::BadBackup { .. } => (Code::Damaged, "Choose another backup."),
            E::Io { .. } => (
                Code::Internal,
                "Check that the folder is there and that you may read and write it, then try again.",
            ),
        };
        tracing::warn!(%error, "the library did not open");
        Failure::new(code, format!("{}.", capital(&error.to_string())), hint)
    }
}

impl From<vault::VaultError> for Failure {
    fn from(error: vault::VaultError) -> Failure {
        use vault::VaultError as E;
        let message = format!("{}.", capital(&error.to_string()));
        match &error {
            E::Moved { .. } => crate::writing::too_busy(),
            E::UnknownCommit(commit) => Failure::not_found("version", &commit.to_string()),
            E::TooLarge { .. } => {
                Failure::new(Code::TooLarge, message, "Split it into smaller steps.")
            }
            E::DiskFull => Failure::new(
                Code::DiskFull,
                message,
                "Make room on the disk and try again; what was saved before is safe.",
            ),
            E::ReadOnly(_) => Failure::new(
                Code::ReadOnly,
                message,
                "Reading goes on. Mend the cause, then open the library again.",
            ),
            E::Damaged { .. } => Failure::new(
                Code::Damaged,
                message,
                "Everything else is kept. Restore the newest backup to have it again.",
            ),
            E::Io { source, .. }
                if matches!(
                    source.kind(),
                    std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
                ) =>
            {
                Failure::new(
                    Code::ReadOnly,
                    message,
                    "Check that you may write in the library's folder, then try again.",
                )
            }
            _ => {
                tracing::error!(%error, "the vault failed");
                Failure::new(
                    Code::Internal,
                    message,
                    "Nothing that was saved is lost. Try again; if it stays, the log file tells more.",
                )
            }
        }
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
