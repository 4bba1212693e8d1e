//! Play: what is done at the table, each action one change in the history, and the rolls of this session.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use ::history::CommitKind;
use rules::dice::{Expression, Roll, SeededDice};
use rules::play::{Action, Character, Refusal, act};

use super::Sheets;
use crate::wire::{ActOutcome, RollLine, RollRequest};
use crate::worked::Worked;
use crate::{Code, Failure};

/// How many rolls the log of a session keeps.
const KEPT: usize = 500;

/// Remembers what was rolled since the library was opened.
#[derive(Debug, Default)]
pub(crate) struct RollLog(Mutex<VecDeque<RollLine>>);

impl RollLog {
    fn add(&self, line: RollLine) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == KEPT {
            lines.pop_back();
        }
        lines.push_front(line);
    }

    fn all(&self) -> Vec<RollLine> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().cloned().collect()
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure {
            code: Code::Invalid,
            message: refusal.message,
            hint: refusal.hint,
            cell: refusal.cell,
        }
    }
}

impl Sheets<'_> {
    /// Does one thing at the table: rolls its dice, writes its cells as one change, remembers its rolls.
    ///
    /// # Errors
    /// What the rules refuse, with what can be done; nothing has happened then.
    pub fn act(&self, id: &str, action: &Action) -> Result<ActOutcome, Failure> {
        self.library.timed("sheet.act", || {
            let mut dice = self.library.dice();
            let character = |worked: &Worked, dice: &mut SeededDice| {
                act(
                    Character {
                        source: &worked.source,
                        sheet: &worked.sheet,
                        stats: &worked.stats,
                    },
                    action,
                    dice,
                )
            };
            // What is written follows from the version it is written on, so that two hits at once both count.
            let mut done = None;
            let worked = self.newest(id)?;
            let first = character(&worked, &mut dice)?;
            let title = first.title.clone();
            let edit = if first.writes.is_empty() {
                done = Some(first);
                None
            } else {
                // The same dice again on the version that is changed.
                let landed = self.change_at(id, CommitKind::Edit, &title, &mut |at| {
                    let mut outcome = if Arc::ptr_eq(at, &worked) {
                        first.clone()
                    } else {
                        character(at, &mut dice)?
                    };
                    let writes = std::mem::take(&mut outcome.writes);
                    done = Some(outcome);
                    Ok(writes)
                })?;
                Some(landed)
            };
            let outcome = done.unwrap_or_default();
            for roll in &outcome.rolls {
                self.remember(id, &outcome.title, roll);
            }
            Ok(ActOutcome { outcome, edit })
        })
    }

    /// Rolls dice that are no number of the sheet.
    ///
    /// # Errors
    /// A notation that cannot be read, which says where and what would be right.
    pub fn roll(&self, id: Option<&str>, asked: &RollRequest) -> Result<RollLine, Failure> {
        self.library.timed("sheet.roll", || {
            let wrong = |error: rules::dice::DiceError| {
                Failure::new(Code::Invalid, error.to_string(), error.hint())
            };
            let mut expression = Expression::parse(&asked.notation).map_err(wrong)?;
            if asked.mode != rules::dice::Mode::Normal {
                expression = expression.with_mode(asked.mode).map_err(wrong)?;
            }
            if asked.critical {
                expression = expression.critical().map_err(wrong)?;
            }
            let roll = expression.roll(&mut self.library.dice());
            Ok(self.remember(id.unwrap_or_default(), &asked.label, &roll))
        })
    }

    /// Lists what was rolled since the library was opened, newest first.
    ///
    /// # Errors
    /// None today.
    pub fn rolls(&self) -> Result<Vec<RollLine>, Failure> {
        Ok(self.library.rolls.all())
    }

    fn remember(&self, id: &str, label: &str, roll: &Roll) -> RollLine {
        let who = id
            .parse()
            .ok()
            .and_then(|document| self.library.row(document).ok());
        let clock = &self.library.settings.clock;
        let line = RollLine {
            id: clock.new_id().to_string(),
            time: clock.now(),
            who: who.map(|row| row.display_name).unwrap_or_default(),
            label: label.chars().take(200).collect(),
            roll: roll.clone(),
        };
        self.library.rolls.add(line.clone());
        line
    }
}
