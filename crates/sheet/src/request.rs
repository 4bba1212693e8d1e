//! The document of a change request: what is proposed of a character, what was said of it, and how it stands.
//!
//! ```text
//! record/{kind: "request", handle, display_name, active}        active until it is over
//! request/{number, character, branch, target, author, state, about, opened, changes, source, base}
//! verdicts/<cell>/{verdict, value, by, time}                    the cell's path as one segment
//! decisions/<cell>/{take, side, value, by, time}
//! threads/<id>/{path, settled, time}   threads/<id>/remarks/<id>/{by, time, text, suggestion, taken_by}
//! allowances/<violation>/{reason, by, time}
//! approval/{by, hash, time}     merged/{commit, by, time}
//! ```
//!
//! Who did what when is the document's own history.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use history::{CellPath, Policies, Policy, Tree};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::{Record, entries, read};

/// A change request as it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestSource {
    /// What every document has; the name is the request's title.
    pub record: Record,
    /// What it proposes, and how it stands.
    pub request: RequestCells,
    /// What was said of each change, by the cell's path.
    pub verdicts: BTreeMap<String, VerdictCells>,
    /// What was decided of each conflict, by the cell's path.
    pub decisions: BTreeMap<String, DecisionCells>,
    /// The talk.
    pub threads: BTreeMap<String, ThreadCells>,
    /// Objections of the rules that were allowed, by their keys.
    pub allowances: BTreeMap<String, AllowanceCells>,
    /// The approval, while it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalCells>,
    /// What it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged: Option<MergedCells>,
}

/// What a request proposes, and how it stands.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestCells {
    /// Its number in the library where it was made, from 1.
    pub number: u32,
    /// The character's document.
    pub character: String,
    /// The branch that is proposed.
    pub branch: String,
    /// The branch it is proposed for.
    pub target: String,
    /// Who proposes.
    pub author: String,
    /// `draft`, `open`, `changes_requested`, `approved`, `merged`, `rejected` or `withdrawn`.
    pub state: String,
    /// What its author says of it, Markdown.
    pub about: String,
    /// When it was opened, in milliseconds since 1970.
    pub opened: i64,
    /// When it is over: how many cells it changed.
    pub changes: u32,
    /// When it is over: where the branch stood.
    pub source: String,
    /// When it is over: where the target stood before.
    pub base: String,
}

/// What was said of one change.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VerdictCells {
    /// `accept`, `reject` or `edit`.
    pub verdict: String,
    /// The value of an edit; none removes the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Who.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// What was decided of one conflict.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionCells {
    /// `side`, `base`, `both` or `value`.
    pub take: String,
    /// Which side, from 0.
    pub side: u32,
    /// The value; none removes the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Who.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// A talk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadCells {
    /// The cell it is about; empty for the whole request.
    pub path: String,
    /// Whether it is settled.
    pub settled: bool,
    /// When it began, in milliseconds since 1970.
    pub time: i64,
    /// What was said.
    pub remarks: BTreeMap<String, RemarkCells>,
}

/// One thing said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemarkCells {
    /// Who.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
    /// The words, Markdown.
    pub text: String,
    /// A value that is suggested for the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<SuggestionCells>,
    /// Who took the suggestion; empty while nobody did.
    pub taken_by: String,
}

/// A suggested value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuggestionCells {
    /// The value; none removes the cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// An objection that was allowed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllowanceCells {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// An approval.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApprovalCells {
    /// Who.
    pub by: String,
    /// What was approved: the digest of the changes on top of the target, as they meant when they were approved.
    pub hash: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

/// What a request became.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MergedCells {
    /// The commit on the target.
    pub commit: String,
    /// Who merged it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub time: i64,
}

impl RequestSource {
    /// Reads a version of a request; what is of the wrong type is left out, so that whatever can be shown is.
    pub fn of_tree(tree: &Tree) -> RequestSource {
        let cells = |name: &str| tree.get(&CellPath::from_segments([name]));
        RequestSource {
            record: cells("record").and_then(read).unwrap_or_default(),
            request: cells("request").and_then(read).unwrap_or_default(),
            verdicts: entries(cells("verdicts")),
            decisions: entries(cells("decisions")),
            threads: entries(cells("threads")),
            allowances: entries(cells("allowances")),
            approval: cells("approval").and_then(read),
            merged: cells("merged").and_then(read),
        }
    }
}

/// Declares how two changes of a request become one: what was said by its id, one verdict a cell.
pub fn request_policies() -> &'static Policies {
    static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
        Policies::new([
            ("/request/about", Policy::Prose),
            ("/verdicts", Policy::Keyed),
            ("/decisions", Policy::Keyed),
            ("/allowances", Policy::Keyed),
            ("/threads", Policy::Keyed),
            ("/threads/*/remarks", Policy::Keyed),
        ])
    });
    &POLICIES
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_reads_back_as_it_was_written() {
        let mut request = RequestSource::default();
        request.request.state = "open".to_owned();
        let verdict = VerdictCells {
            verdict: "edit".to_owned(),
            value: Some(json!(212)),
            by: "Iris".to_owned(),
            time: 5,
        };
        request
            .verdicts
            .insert("/equipment/currency/gp".to_owned(), verdict);
        let mut thread = ThreadCells::default();
        let remark = RemarkCells {
            suggestion: Some(SuggestionCells { value: None }),
            ..RemarkCells::default()
        };
        thread.remarks.insert("r".to_owned(), remark);
        request.threads.insert("t".to_owned(), thread);
        let tree = Tree::from_value(serde_json::to_value(&request).unwrap()).unwrap();
        assert_eq!(RequestSource::of_tree(&tree), request);
        assert!(
            tree.get(&"/verdicts/~1equipment~1currency~1gp/by".parse().unwrap())
                .is_some()
        );
    }

    #[test]
    fn what_cannot_be_read_takes_nothing_else_with_it() {
        let tree = Tree::from_value(json!({
            "request": {"number": "one"},
            "verdicts": {"/a": {"verdict": "accept"}, "/b": 7},
            "approval": 7,
        }))
        .unwrap();
        let request = RequestSource::of_tree(&tree);
        assert_eq!(request.verdicts.len(), 1);
        assert_eq!(request.approval, None);
    }
}
