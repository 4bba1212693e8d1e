//! The record of an action while it is done: what it meets, and what came of it so far.

use history::CellPath;
use serde_json::Value;

use super::outcome::{Line, LineKind, Outcome, Prompt, Refusal};
use super::{Action, Character};
use crate::build::Write;
use crate::dice::{DiceError, DiceSource, Expression, Roll};

/// Holds what an action meets and what came of it so far.
pub(super) struct Record<'a> {
    pub(super) character: Character<'a>,
    dice: &'a mut dyn DiceSource,
    pub(super) outcome: Outcome,
}

impl<'a> Record<'a> {
    pub(super) fn new(character: Character<'a>, dice: &'a mut dyn DiceSource) -> Record<'a> {
        Record {
            character,
            dice,
            outcome: Outcome::default(),
        }
    }

    /// Says what happened, as the history will tell it.
    pub(super) fn title(&mut self, title: impl Into<String>) {
        self.outcome.title = title.into();
    }

    /// Tells a change from one value to another.
    pub(super) fn line(
        &mut self,
        what: impl Into<String>,
        before: impl ToString,
        after: impl ToString,
        why: impl Into<String>,
    ) {
        self.line_of(LineKind::Change, what, before, after, why);
    }

    /// Tells an item of a sort, with what was and what is.
    pub(super) fn line_of(
        &mut self,
        kind: LineKind,
        what: impl Into<String>,
        before: impl ToString,
        after: impl ToString,
        why: impl Into<String>,
    ) {
        self.outcome.lines.push(Line {
            kind,
            what: what.into(),
            before: before.to_string(),
            after: after.to_string(),
            why: why.into(),
        });
    }

    /// Tells something that is no change of a value.
    pub(super) fn tell(&mut self, what: impl Into<String>, why: impl Into<String>) {
        self.line_of(LineKind::Note, what, "", "", why);
    }

    /// Tells how something came out, under the name of its sort.
    pub(super) fn verdict(&mut self, kind: LineKind, why: impl Into<String>) {
        self.line_of(kind, kind.name(), "", "", why);
    }

    /// Puts a value into a cell; a later one replaces an earlier.
    pub(super) fn set(&mut self, cell: impl Into<String>, value: impl Into<Value>) {
        self.write(Write::set(cell, value));
    }

    /// Takes a cell away.
    pub(super) fn remove(&mut self, cell: impl Into<String>) {
        self.write(Write::Remove { cell: cell.into() });
    }

    fn write(&mut self, write: Write) {
        self.outcome
            .writes
            .retain(|earlier| earlier.cell() != write.cell());
        self.outcome.writes.push(write);
    }

    /// Tells whether the action changes a cell.
    pub(super) fn writes(&self, cell: &str) -> bool {
        self.outcome.writes.iter().any(|write| write.cell() == cell)
    }

    /// Gives the number that the action has put into a cell so far.
    pub(super) fn pending(&self, cell: &str) -> Option<i32> {
        let write = self
            .outcome
            .writes
            .iter()
            .find(|write| write.cell() == cell);
        match write? {
            Write::Set { value, .. } => i32::try_from(value.as_i64()?).ok(),
            Write::Remove { .. } => None,
        }
    }

    /// Asks for something that the rules want next.
    pub(super) fn prompt(
        &mut self,
        title: impl Into<String>,
        dc: i32,
        cell: Option<String>,
        action: Action,
    ) {
        self.outcome.prompts.push(Prompt {
            title: title.into(),
            dc,
            cell,
            action,
        });
    }

    /// Rolls dice and keeps the roll.
    pub(super) fn roll(&mut self, expression: &Expression) -> Roll {
        let roll = expression.roll(self.dice);
        self.outcome.rolls.push(roll.clone());
        roll
    }
}

/// Refuses a number that lies outside of its range.
pub(super) fn within(what: &str, number: i32, least: i32, most: i32) -> Result<(), Refusal> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    Err(Refusal::new(
        format!("{number} is no possible {what}."),
        format!("It lies from {least} to {most}."),
    ))
}

/// Writes the path of a cell, escaped as a JSON Pointer wants it.
pub(super) fn pointer(segments: &[&str]) -> String {
    CellPath::from_segments(segments.iter().copied()).to_string()
}

/// Refuses a notation that cannot be rolled.
pub(super) fn unreadable(notation: &str, error: &DiceError) -> Refusal {
    Refusal::new(
        format!("`{notation}` cannot be rolled: {error}"),
        error.hint(),
    )
}

/// Counts things in words: `1 hit die`, `3 hit dice`.
pub(super) fn counted(number: i32, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// Gives a name, or another where it is empty.
pub(super) fn name_or<'t>(name: &'t str, other: &'t str) -> &'t str {
    crate::desk::name_or(name, other)
}
