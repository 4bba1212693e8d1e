//! What came of an action: what happened, item by item, and the cells that make it so.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Action;
use crate::build::Write;
use crate::dice::Roll;

/// What came of an action; its writes, all together, are one step of the history.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Outcome {
    /// What happened, for the history: `Took 9 damage`.
    pub title: String,
    /// The same item by item.
    pub lines: Vec<Line>,
    /// The cells to change, each once; none where nothing is stored, as after a roll.
    pub writes: Vec<Write>,
    /// What was rolled, in the order in which it was.
    pub rolls: Vec<Roll>,
    /// What the rules ask for next.
    pub prompts: Vec<Prompt>,
}

/// What sort of item a [`Line`] is, so that nobody has to read it from its words.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Something is other than it was: a supply, a condition, a purse.
    #[default]
    Change,
    /// Something to know, by which nothing changes.
    Note,
    /// What a d20 or a hit die came to.
    Roll,
    /// The attack hits.
    Hit,
    /// The attack misses.
    Miss,
    /// The attack is a critical hit.
    Critical,
    /// The test, save or check succeeds.
    Success,
    /// The test, save or check fails.
    Failure,
    /// Damage that was rolled, or what resistances and the like make of it.
    Damage,
    /// Hit points are lost.
    Hurt,
    /// Hit points are regained.
    Healed,
    /// The character is dying.
    Dying,
    /// The character has 0 hit points and is stable.
    Stable,
    /// The character is dead.
    Dead,
}

impl LineKind {
    /// Gives its name, for a person.
    pub fn name(self) -> &'static str {
        match self {
            LineKind::Change => "Change",
            LineKind::Note => "Note",
            LineKind::Roll => "Roll",
            LineKind::Hit => "Hit",
            LineKind::Miss => "Miss",
            LineKind::Critical => "Critical hit",
            LineKind::Success => "Success",
            LineKind::Failure => "Failure",
            LineKind::Damage => "Damage",
            LineKind::Hurt => "Hurt",
            LineKind::Healed => "Healed",
            LineKind::Dying => "Dying",
            LineKind::Stable => "Stable",
            LineKind::Dead => "Dead",
        }
    }
}

/// One item of an outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Line {
    /// What sort of item it is.
    pub kind: LineKind,
    /// What it is about: `Hit points`.
    pub what: String,
    /// What it was; empty where there was nothing.
    pub before: String,
    /// What it is now; empty where the reason says all.
    pub after: String,
    /// Why; empty where it needs no reason.
    pub why: String,
}

/// What the rules ask for after an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Prompt {
    /// What is asked for: `Constitution save to keep concentrating on Bless`.
    pub title: String,
    /// The DC.
    pub dc: i32,
    /// The number that is rolled with, where the sheet has one.
    pub cell: Option<String>,
    /// What to do to answer it; as it stands, the dice are rolled.
    pub action: Action,
}

/// Says why an action cannot be done, and what can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is in the way, one sentence for a person.
    pub message: String,
    /// What to do about it; empty where there is nothing.
    pub hint: String,
    /// The cell it is about, where it is about one.
    pub cell: Option<String>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Refusal {
        Refusal {
            message: message.into(),
            hint: hint.into(),
            cell: None,
        }
    }

    pub(super) fn at(self, cell: impl Into<String>) -> Refusal {
        Refusal {
            cell: Some(cell.into()),
            ..self
        }
    }
}
