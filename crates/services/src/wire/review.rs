//! What crosses when changes are proposed, reviewed and merged.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::{
    CellChange, CellOwner, CharacterRow, ConflictLine, Consequence, Decision, SideName, Violation,
};

/// How a change request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// Being written; only its author sees it among their own.
    Draft,
    /// Waits for the DM.
    Open,
    /// The DM asked for changes; waits for the player.
    ChangesRequested,
    /// The DM said yes; waits for the merge.
    Approved,
    /// It is in `main`, in whole or in part.
    Merged,
    /// The DM said no.
    Rejected,
    /// Its author took it back.
    Withdrawn,
}

/// Shows one change request in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RequestRow {
    /// The request.
    pub id: String,
    /// Its number in this library, from 1.
    pub number: u32,
    /// What it is called.
    pub title: String,
    /// The character.
    pub character: CharacterRow,
    /// The branch it proposes.
    pub branch: String,
    /// The branch's title.
    pub branch_title: String,
    /// Who proposes.
    pub author: String,
    /// How it stands.
    pub state: RequestState,
    /// Whether its approval still holds: `false` where what was approved has changed since.
    pub fresh: bool,
    /// How many cells it changes.
    pub changes: u32,
    /// How many conflicts it has with where `main` stands.
    pub conflicts: u32,
    /// How many objections the rules have to the result and nobody allowed.
    pub violations: u32,
    /// How many threads are not settled.
    pub open_threads: u32,
    /// Whether every change of it is accepted by rule.
    pub by_rule: bool,
    /// When it was opened.
    pub opened: DateTime<Utc>,
    /// When something last happened to it.
    pub updated: DateTime<Utc>,
}

/// Shows the requests of the library as they concern whoever sits here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Inbox {
    /// Those that wait for whoever sits here, oldest first.
    pub waiting: Vec<RequestRow>,
    /// Those that wait for somebody else.
    pub others: Vec<RequestRow>,
    /// Approved ones, in the order in which they would be merged.
    pub queue: Vec<RequestRow>,
    /// Those that are over, newest first; at most 100.
    pub over: Vec<RequestRow>,
}

/// What was said of one change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It shall come in.
    Accept,
    /// It shall not.
    Reject,
    /// It shall come in with another value.
    Edit {
        /// The value; `None` removes the cell.
        #[specta(type = specta_typescript::Unknown)]
        value: Option<Value>,
    },
}

/// Shows one change under review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ReviewChange {
    /// The change, against where the target stands.
    pub change: CellChange,
    /// Who decides about this cell.
    pub owner: CellOwner,
    /// The rule by which it is accepted without a verdict.
    pub by_rule: Option<String>,
    /// What was said of it.
    pub verdict: Option<Verdict>,
    /// Who said so.
    pub verdict_by: Option<String>,
    /// What else has to come in for it to be lawful, by path, where that is among the changes.
    pub needs: Vec<String>,
    /// The conflict, where the target has another value meanwhile.
    pub conflict: Option<ConflictLine>,
    /// What was decided of the conflict.
    pub decision: Option<Decision>,
    /// What both sides did and how it was settled, in words; empty where only one did anything.
    pub settled: String,
}

/// One section of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct ReviewSection {
    /// The section of the sheet.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The changes.
    pub changes: Vec<ReviewChange>,
    /// What the rules make of what is accepted as it stands.
    pub consequences: Vec<Consequence>,
}

/// Something that has to hold before a request is merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Check {
    /// What was looked at, in words, with its outcome: `Prepared spells 8 of 8`.
    pub text: String,
    /// Whether it holds.
    pub passed: bool,
    /// The objection behind it, if the rules have one.
    pub violation: Option<Violation>,
}

/// A talk about a request or one of its changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Thread {
    /// Its id.
    pub id: String,
    /// The cell it is about; of the whole request where absent.
    pub path: Option<String>,
    /// What the cell is called.
    pub label: Option<String>,
    /// Whether it is settled.
    pub settled: bool,
    /// What was said, oldest first.
    pub remarks: Vec<Remark>,
}

/// One thing said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Remark {
    /// Its id.
    pub id: String,
    /// Who.
    pub author: String,
    /// When.
    pub time: DateTime<Utc>,
    /// The words, Markdown.
    pub text: String,
    /// A value that is suggested for the thread's cell.
    pub suggestion: Option<Suggestion>,
}

/// A suggested value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Suggestion {
    /// The value; `None` removes the cell.
    #[specta(type = specta_typescript::Unknown)]
    pub value: Option<Value>,
    /// The same, short enough for a line.
    pub text: String,
    /// Who took it, if somebody did.
    pub taken_by: Option<String>,
}

/// One step in the life of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RequestStep {
    /// When.
    pub time: DateTime<Utc>,
    /// Who.
    pub author: String,
    /// What, in words.
    pub text: String,
}

/// What whoever sits here may do with a request now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
pub struct RequestRights {
    /// Give verdicts, approve, reject, ask for changes, allow what the rules object to.
    pub review: bool,
    /// Open a draft, take back, take suggestions, change title and text.
    pub write: bool,
    /// Merge now.
    pub merge: bool,
}

/// Shows a request whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct RequestView {
    /// Its row.
    pub row: RequestRow,
    /// What its author says of it, Markdown.
    pub about: String,
    /// Where the target stands.
    pub target: SideName,
    /// What is proposed.
    pub source: SideName,
    /// The numbers that everybody asks for: label, now, and after the merge.
    pub vitals: Vec<Vital>,
    /// The changes.
    pub sections: Vec<ReviewSection>,
    /// How many are accepted, by verdict or by rule.
    pub accepted: u32,
    /// How many are rejected.
    pub rejected: u32,
    /// How many have no verdict.
    pub undecided: u32,
    /// The checks on the result.
    pub checks: Vec<Check>,
    /// The talk.
    pub threads: Vec<Thread>,
    /// What happened to it, oldest first.
    pub steps: Vec<RequestStep>,
    /// What may be done.
    pub rights: RequestRights,
    /// Why it cannot be merged now, in words; empty where it can.
    pub hindrances: Vec<String>,
    /// What happens next, in words.
    pub next: String,
    /// The commit it became.
    pub merged: Option<String>,
}

/// A number before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Vital {
    /// The cell.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// The number where the target stands.
    pub now: String,
    /// The number after the merge of what is accepted.
    pub then: String,
}

/// Asks for a new request.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
#[serde(default)]
pub struct NewRequest {
    /// The character.
    pub character: String,
    /// The branch to propose.
    pub branch: String,
    /// What it is called, 1 to 120 characters.
    pub title: String,
    /// What its author says of it, Markdown; may be empty.
    pub about: String,
    /// Whether to keep it as a draft.
    pub draft: bool,
}

/// What somebody does with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RequestAct {
    /// Opens a draft, or again what changes were requested of, was rejected or withdrawn.
    Open,
    /// Takes it back.
    Withdraw,
    /// Changes title and text.
    Describe {
        /// The title.
        title: String,
        /// The text.
        about: String,
    },
    /// Says what shall become of changes, by path; `None` takes the verdict back.
    Verdicts {
        /// The verdicts.
        verdicts: BTreeMap<String, Option<Verdict>>,
    },
    /// Decides conflicts, by path; `None` takes the decision back.
    Decide {
        /// The decisions.
        decisions: BTreeMap<String, Option<Decision>>,
    },
    /// Says something: in a thread, or a new one about a cell or the whole.
    Say {
        /// The thread; a new one where absent.
        thread: Option<String>,
        /// The cell of a new thread.
        path: Option<String>,
        /// The words, 1 to 10,000 characters.
        text: String,
        /// A value to suggest for the cell: present for a suggestion, and `null` within for removing it.
        suggest: Option<Suggest>,
    },
    /// Settles a thread, or opens it again.
    Settle {
        /// The thread.
        thread: String,
        /// Whether it is settled.
        settled: bool,
    },
    /// Takes a suggestion over into the branch, as a commit of whoever takes it with the name of whoever suggested it.
    TakeSuggestion {
        /// The thread.
        thread: String,
        /// The remark.
        remark: String,
    },
    /// Allows what the rules object to.
    Allow {
        /// The violation.
        key: String,
        /// Why; empty takes it back.
        reason: String,
    },
    /// Says yes to what is accepted as it stands.
    Approve,
    /// Asks the author for changes.
    AskForChanges {
        /// Which, in words; may be empty where threads are open.
        text: String,
    },
    /// Says no.
    Reject {
        /// Why; may be empty.
        text: String,
    },
    /// Merges what is accepted; what is rejected is settled by it and not proposed again.
    Merge,
}

/// The value of a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Suggest {
    /// The value; `None` removes the cell.
    #[specta(type = specta_typescript::Unknown)]
    pub value: Option<Value>,
}

/// Tells what became of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct QueueDone {
    /// Each request in its order.
    pub requests: Vec<QueueLine>,
}

/// One request of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct QueueLine {
    /// The request as it stands now.
    pub row: RequestRow,
    /// Whether it was merged.
    pub merged: bool,
    /// Why not, in words; empty where it was.
    pub why: String,
}
