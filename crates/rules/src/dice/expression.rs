//! What is rolled: terms of dice and numbers, and how they are written.

use std::fmt::{self, Display, Formatter, Write as _};

use serde::{Deserialize, Serialize};
use specta::Type;

use super::error::{DiceError, DiceFault};
use super::{DiceSource, MAX_LABEL, MAX_NUMBER, Roll};

/// Dice and numbers that add up; what holds for every one of them is that its canonical notation can be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    pub(super) terms: Vec<Term>,
}

/// One summand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) negative: bool,
    pub(super) factor: Factor,
    /// What is done to the factor, in turn.
    pub(super) scales: Vec<Scale>,
    pub(super) label: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Factor {
    Number(u32),
    Dice(Dice),
    Group(Expression),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    Times(u32),
    /// Rounded down.
    Half,
}

/// Equal dice and what becomes of their faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dice {
    pub(super) count: u32,
    pub(super) sides: u32,
    pub(super) reroll: Option<Reroll>,
    /// What each die counts at least.
    pub(super) least: Option<u32>,
    pub(super) keep: Option<Keep>,
    /// For a single d20 only.
    pub(super) mode: Mode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reroll {
    pub(super) once: bool,
    pub(super) faces: Faces,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Faces {
    Is(u32),
    Below(u32),
    Above(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Highest(u32),
    Lowest(u32),
    DropHighest(u32),
    DropLowest(u32),
}

/// Advantage and disadvantage of a d20.
///
/// However many there are of each, one of both makes it an ordinary roll (SRD 5.2.1, D20 Tests).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Neither.
    #[default]
    Normal,
    /// Two dice, the higher counts.
    Advantage,
    /// Two dice, the lower counts.
    Disadvantage,
    /// Both, which is one die; whatever comes to it stays so.
    Cancelled,
}

impl Mode {
    /// Gives what becomes of it when more comes to it.
    #[must_use]
    pub fn and(self, more: Mode) -> Mode {
        match (self, more) {
            (Mode::Normal, other) | (other, Mode::Normal) => other,
            (one, other) if one == other => one,
            _ => Mode::Cancelled,
        }
    }

    /// Tells whether two dice are rolled.
    pub(super) fn is_double(self) -> bool {
        matches!(self, Mode::Advantage | Mode::Disadvantage)
    }
}

impl Expression {
    /// Makes the roll of a d20 Test, to which bonuses can be added.
    pub fn d20() -> Expression {
        Expression::of_dice(Dice::new(1, 20))
    }

    pub(super) fn of_dice(dice: Dice) -> Expression {
        Expression {
            terms: vec![Term::of(Factor::Dice(dice))],
        }
    }

    /// Adds an amount with its label, as a sheet explains it: `plus(-1, "Exhaustion")`.
    ///
    /// Of the label stays what a notation can hold: no brackets, no control characters, at most [`MAX_LABEL`] characters.
    ///
    /// # Errors
    /// An amount beyond [`MAX_NUMBER`], or a notation that would become too long.
    pub fn plus(&self, amount: i32, label: &str) -> Result<Expression, DiceError> {
        let number = amount.unsigned_abs();
        if number > MAX_NUMBER {
            let position = self.to_string().chars().count() + 2;
            return Err(DiceError::at(position, DiceFault::Number));
        }
        let label: String = label
            .chars()
            .map(|c| match c {
                '[' => '(',
                ']' => ')',
                other => other,
            })
            .filter(|c| !c.is_control())
            .collect();
        let mut sum = self.clone();
        sum.terms.push(Term {
            negative: amount < 0,
            label: label
                .trim()
                .chars()
                .take(MAX_LABEL)
                .collect::<String>()
                .trim()
                .to_owned(),
            ..Term::of(Factor::Number(number))
        });
        sum.checked()
    }

    /// Makes a critical hit of it: twice the dice, the same numbers (SRD 5.2.1, Critical Hits).
    ///
    /// Where some of the dice are kept or dropped, so are twice as many.
    ///
    /// # Errors
    /// More dice than can be rolled at once, or a die with advantage or disadvantage, which is no damage.
    pub fn critical(&self) -> Result<Expression, DiceError> {
        let mut double = self.clone();
        let mut test = false;
        double.each_dice(&mut |dice| {
            test |= dice.mode != Mode::Normal;
            dice.count *= 2;
            dice.keep = dice.keep.map(|keep| match keep {
                Keep::Highest(n) => Keep::Highest(2 * n),
                Keep::Lowest(n) => Keep::Lowest(2 * n),
                Keep::DropHighest(n) => Keep::DropHighest(2 * n),
                Keep::DropLowest(n) => Keep::DropLowest(2 * n),
            });
        });
        if test {
            return Err(DiceError::at(1, DiceFault::CriticalOfTest));
        }
        double.checked()
    }

    /// Gives its one d20 advantage or disadvantage.
    ///
    /// # Errors
    /// No single d20, or several.
    pub fn with_mode(&self, mode: Mode) -> Result<Expression, DiceError> {
        let mut changed = self.clone();
        changed
            .apply(mode)
            .map_err(|fault| DiceError::at(1, fault))?;
        changed.checked()
    }

    pub(super) fn apply(&mut self, mode: Mode) -> Result<(), DiceFault> {
        if mode == Mode::Normal {
            return Ok(());
        }
        let mut found = 0;
        self.each_dice(&mut |dice| {
            if dice.can_have_mode() {
                found += 1;
                dice.mode = dice.mode.and(mode);
            }
        });
        match found {
            0 => Err(DiceFault::NoD20),
            1 => Ok(()),
            _ => Err(DiceFault::SeveralD20),
        }
    }

    /// Rolls it.
    pub fn roll(&self, source: &mut dyn DiceSource) -> Roll {
        Roll::of(self, source)
    }

    /// Gives it back if its notation can be read again.
    fn checked(self) -> Result<Expression, DiceError> {
        Expression::parse(&self.to_string())
    }

    fn each_dice(&mut self, change: &mut dyn FnMut(&mut Dice)) {
        for term in &mut self.terms {
            match &mut term.factor {
                Factor::Number(_) => {}
                Factor::Dice(dice) => change(dice),
                Factor::Group(group) => group.each_dice(change),
            }
        }
    }

    /// Counts the dice that a roll throws, those that are rolled again once.
    pub(super) fn dice_thrown(&self) -> u32 {
        let of = |term: &Term| match &term.factor {
            Factor::Number(_) => 0,
            Factor::Dice(dice) => dice.thrown(),
            Factor::Group(group) => group.dice_thrown(),
        };
        self.terms.iter().map(of).sum()
    }
}

impl Term {
    pub(super) fn of(factor: Factor) -> Term {
        Term {
            negative: false,
            factor,
            scales: Vec::new(),
            label: String::new(),
        }
    }

    /// Counts how often a part of it is halved at the most.
    pub(super) fn halvings(&self) -> usize {
        let inner = match &self.factor {
            Factor::Group(group) => group.terms.iter().map(Term::halvings).max().unwrap_or(0),
            Factor::Number(_) | Factor::Dice(_) => 0,
        };
        inner
            + self
                .scales
                .iter()
                .filter(|scale| **scale == Scale::Half)
                .count()
    }

    /// Writes it without its sign and its label.
    pub(super) fn bare(&self) -> String {
        let mut text = match &self.factor {
            Factor::Number(number) => number.to_string(),
            Factor::Dice(dice) => dice.to_string(),
            Factor::Group(group) => format!("({group})"),
        };
        for scale in &self.scales {
            // Writing to a text cannot fail.
            let _ = match scale {
                Scale::Times(by) => write!(text, "*{by}"),
                Scale::Half => write!(text, "/2"),
            };
        }
        text
    }
}

impl Dice {
    pub(super) fn new(count: u32, sides: u32) -> Dice {
        Dice {
            count,
            sides,
            reroll: None,
            least: None,
            keep: None,
            mode: Mode::Normal,
        }
    }

    /// Tells whether it is the die of a d20 Test.
    pub(super) fn can_have_mode(&self) -> bool {
        (self.count, self.sides, self.keep) == (1, 20, None)
    }

    /// Counts the dice that are thrown.
    pub(super) fn thrown(&self) -> u32 {
        if self.mode.is_double() { 2 } else { self.count }
    }

    /// Counts the dice that are kept, and says whether they are the highest.
    pub(super) fn kept(&self) -> (u32, bool) {
        match (self.mode, self.keep) {
            (Mode::Advantage, _) => (1, true),
            (Mode::Disadvantage, _) => (1, false),
            (_, None) => (self.count, true),
            (_, Some(Keep::Highest(n))) => (n, true),
            (_, Some(Keep::Lowest(n))) => (n, false),
            (_, Some(Keep::DropHighest(n))) => (self.count.saturating_sub(n), false),
            (_, Some(Keep::DropLowest(n))) => (self.count.saturating_sub(n), true),
        }
    }
}

impl Faces {
    /// Tells whether a face is one of them.
    pub(super) fn hold(self, face: u32) -> bool {
        match self {
            Faces::Is(n) => face == n,
            Faces::Below(n) => face < n,
            Faces::Above(n) => face > n,
        }
    }
}

impl Display for Expression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (n, term) in self.terms.iter().enumerate() {
            match (n, term.negative) {
                (_, true) => out.write_char('-')?,
                (0, false) => {}
                (_, false) => out.write_char('+')?,
            }
            out.write_str(&term.bare())?;
            if !term.label.is_empty() {
                write!(out, "[{}]", term.label)?;
            }
        }
        Ok(())
    }
}

impl Display for Dice {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}d{}", self.count, self.sides)?;
        if let Some(Reroll { once, faces }) = self.reroll {
            out.write_str(if once { "ro" } else { "r" })?;
            match faces {
                Faces::Is(n) => write!(out, "{n}")?,
                Faces::Below(n) => write!(out, "<{n}")?,
                Faces::Above(n) => write!(out, ">{n}")?,
            }
        }
        if let Some(least) = self.least {
            write!(out, "mi{least}")?;
        }
        match self.keep {
            None => {}
            Some(Keep::Highest(n)) => write!(out, "kh{n}")?,
            Some(Keep::Lowest(n)) => write!(out, "kl{n}")?,
            Some(Keep::DropHighest(n)) => write!(out, "dh{n}")?,
            Some(Keep::DropLowest(n)) => write!(out, "dl{n}")?,
        }
        out.write_str(match self.mode {
            Mode::Normal => "",
            Mode::Advantage => "adv",
            Mode::Disadvantage => "dis",
            Mode::Cancelled => "advdis",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_add_up_as_the_rules_say() {
        use Mode::{Advantage, Cancelled, Disadvantage, Normal};
        for (one, other, both) in [
            (Normal, Normal, Normal),
            (Normal, Advantage, Advantage),
            (Advantage, Advantage, Advantage),
            (Disadvantage, Disadvantage, Disadvantage),
            (Advantage, Disadvantage, Cancelled),
            (Cancelled, Advantage, Cancelled),
            (Cancelled, Normal, Cancelled),
        ] {
            assert_eq!((one.and(other), other.and(one)), (both, both));
        }
    }
}
