//! Commits and branches: who changed what when, named by hash.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{ChangeId, CommitId, DocumentId, Hash, SessionId, TreeId};

/// Names the person a commit is by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The name as the table knows it.
    pub name: String,
}

impl Author {
    /// Names an author.
    pub fn new(name: impl Into<String>) -> Author {
        Author { name: name.into() }
    }
}

/// Tells what kind of step a commit is; the history list words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CommitKind {
    /// The first commit of a document.
    Create,
    /// Cells a person set.
    Edit,
    /// A milestone without a change.
    Checkpoint,
    /// Two or more lines of history made one.
    Merge,
    /// The effect of one commit taken back.
    Undo {
        /// The commit whose effect is gone.
        of: CommitId,
    },
    /// An undo taken back.
    Redo {
        /// The undo whose effect is gone.
        of: CommitId,
    },
    /// The effect of any one commit taken back, while what came later stays; an action like others, which can be undone.
    Revert {
        /// The commit whose effect is gone.
        of: CommitId,
    },
    /// The document put back to how it stood at a commit.
    Rollback {
        /// The commit whose tree stands again.
        to: CommitId,
    },
    /// Content that came from a file.
    Import,
    /// Content that a factory made.
    Generated,
    /// A level gained or lost.
    LevelUp,
}

/// Names a branch of a document: `main`, or lower-case words joined by `-`, at most 60 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BranchName(String);

/// The branch that is canon.
pub const MAIN: &str = "main";

/// Says that a text cannot name a branch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a branch name is 1 to 60 lower-case letters, digits, `-` or `_`, beginning with a letter or digit"
)]
pub struct BranchNameError;

impl BranchName {
    /// Names the branch that is canon.
    pub fn main() -> BranchName {
        BranchName(MAIN.to_owned())
    }

    /// Gives the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BranchName {
    type Err = BranchNameError;

    fn from_str(text: &str) -> Result<Self, BranchNameError> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if (1..=60).contains(&text.len())
            && text.starts_with(fine)
            && text.chars().all(|c| fine(c) || c == '-' || c == '_')
        {
            Ok(BranchName(text.to_owned()))
        } else {
            Err(BranchNameError)
        }
    }
}

impl TryFrom<String> for BranchName {
    type Error = BranchNameError;

    fn try_from(text: String) -> Result<Self, BranchNameError> {
        text.parse()
    }
}

impl From<BranchName> for String {
    fn from(name: BranchName) -> String {
        name.0
    }
}

impl fmt::Display for BranchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Holds what a commit says, before it has a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewCommit {
    /// The document it is a version of.
    pub document: DocumentId,
    /// The commits it came from: none for the first, two or more for a merge; the first parent is the line it lies on.
    pub parents: Vec<CommitId>,
    /// The content.
    pub tree: TreeId,
    /// Who made it.
    pub author: Author,
    /// When, in UTC to the millisecond.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: DateTime<Utc>,
    /// What it does, in a person's words or ours; may be empty.
    pub message: String,
    /// What kind of step it is.
    #[serde(flatten)]
    pub kind: CommitKind,
    /// The play session it happened in, if one was open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Stays the same while the change is amended.
    pub change: ChangeId,
}

/// Holds a commit and its name, which is the hash of all it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The name.
    pub id: CommitId,
    /// What it says.
    pub says: NewCommit,
}

impl NewCommit {
    /// Gives the commit its name.
    pub fn seal(self) -> Commit {
        Commit {
            id: self.name(),
            says: self,
        }
    }

    /// Reckons the name: the digest of the canonical JSON.
    fn name(&self) -> CommitId {
        let bytes = serde_json::to_vec(&InOrder::of(self)).unwrap_or_default();
        CommitId(Hash::of(&bytes))
    }
}

impl Commit {
    /// Tells whether the commit has the name that its content gives.
    pub fn is_sealed(&self) -> bool {
        self.says.name() == self.id
    }
}

/// What a commit says with its keys in order, so that its JSON is canonical as it is written.
#[derive(Serialize)]
struct InOrder<'a> {
    author: &'a Author,
    change: ChangeId,
    document: DocumentId,
    kind: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<CommitId>,
    parents: &'a [CommitId],
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<SessionId>,
    time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<CommitId>,
    tree: TreeId,
}

impl<'a> InOrder<'a> {
    fn of(says: &'a NewCommit) -> InOrder<'a> {
        let (kind, of, to) = match says.kind {
            CommitKind::Create => ("create", None, None),
            CommitKind::Edit => ("edit", None, None),
            CommitKind::Checkpoint => ("checkpoint", None, None),
            CommitKind::Merge => ("merge", None, None),
            CommitKind::Undo { of } => ("undo", Some(of), None),
            CommitKind::Redo { of } => ("redo", Some(of), None),
            CommitKind::Revert { of } => ("revert", Some(of), None),
            CommitKind::Rollback { to } => ("rollback", None, Some(to)),
            CommitKind::Import => ("import", None, None),
            CommitKind::Generated => ("generated", None, None),
            CommitKind::LevelUp => ("level_up", None, None),
        };
        InOrder {
            author: &says.author,
            change: says.change,
            document: says.document,
            kind,
            message: &says.message,
            of,
            parents: &says.parents,
            session: says.session,
            time: says.time.timestamp_millis(),
            to,
            tree: says.tree,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;

    fn commit(message: &str) -> Commit {
        NewCommit {
            document: DocumentId(Uuid::nil()),
            parents: vec![],
            tree: TreeId(Hash::of(b"")),
            author: Author::new("Maren"),
            time: Utc.timestamp_millis_opt(1_700_000_000_123).unwrap(),
            message: message.to_owned(),
            kind: CommitKind::Create,
            session: None,
            change: ChangeId(Uuid::nil()),
        }
        .seal()
    }

    #[test]
    fn the_name_is_what_it_says() {
        assert_eq!(commit("a").id, commit("a").id);
        assert_ne!(commit("a").id, commit("b").id);
        let says = commit("a").says;
        let json = serde_json::to_string(&says).unwrap();
        assert_eq!(serde_json::from_str::<NewCommit>(&json).unwrap(), says);
    }

    #[test]
    fn the_name_is_the_digest_of_the_canonical_json() {
        let of = CommitId(Hash::of(b"before"));
        let kinds = [
            CommitKind::Create,
            CommitKind::Edit,
            CommitKind::Checkpoint,
            CommitKind::Merge,
            CommitKind::Undo { of },
            CommitKind::Redo { of },
            CommitKind::Revert { of },
            CommitKind::Rollback { to: of },
            CommitKind::Import,
            CommitKind::Generated,
            CommitKind::LevelUp,
        ];
        for (n, kind) in kinds.into_iter().enumerate() {
            let says = NewCommit {
                kind,
                parents: vec![of; n % 3],
                session: (n % 2 == 0).then(|| SessionId(Uuid::from_u128(7))),
                message: "HP 40 → 31, \"Ÿsoldé\"\n\u{1}".to_owned(),
                ..commit("").says
            };
            let value = serde_json::to_value(&says).unwrap();
            let canonical = crate::to_canonical_json(&value);
            let sealed = says.seal();
            assert_eq!(sealed.id, CommitId(Hash::of(&canonical)), "{value}");
            assert!(sealed.is_sealed());
            let mut renamed = sealed;
            renamed.says.message.push('!');
            assert!(!renamed.is_sealed());
        }
    }

    #[test]
    fn branch_names_are_plain() {
        for good in ["main", "twin-blades", "7th_level"] {
            assert_eq!(good.parse::<BranchName>().unwrap().as_str(), good);
        }
        for bad in ["", "-x", "Twin Blades", "a/b", "..", &"a".repeat(61)] {
            assert_eq!(bad.parse::<BranchName>(), Err(BranchNameError), "{bad}");
        }
    }
}
