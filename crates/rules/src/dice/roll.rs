//! A roll: every die, every term, and what they come to.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::DiceSource;
use super::expression::{Dice, Expression, Factor, Keep, Reroll, Term};
use super::odds::whole;

/// How often a die is rolled again before it is drawn from the faces that may stay, which comes to the same chances and
/// ends whatever the source gives.
const PATIENCE: usize = 10;

/// What was rolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Roll {
    /// The canonical notation of what was rolled.
    pub notation: String,
    /// The terms in their order; their subtotals add up to the total.
    pub terms: Vec<RollTerm>,
    /// What it comes to.
    pub total: i32,
    /// Whether the one d20 that counts shows a 1 or a 20; nothing where several count, or none.
    pub natural: Option<Natural>,
}

/// One term of a roll: dice, a number, or parentheses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RollTerm {
    /// Its notation without its sign and its label: `2d6`.
    pub notation: String,
    /// What it is for: `fire`; empty where the notation does not tell.
    pub label: String,
    /// What it adds, with its sign, multiplied or halved.
    pub subtotal: i32,
    /// Its dice, in the order in which they were rolled; empty for a number and for parentheses.
    pub dice: Vec<Die>,
    /// The terms in the parentheses, before they are multiplied or halved; empty for dice and numbers.
    pub parts: Vec<RollTerm>,
}

/// A die that was rolled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Die {
    /// How many sides it has.
    pub sides: u32,
    /// The face it shows.
    pub face: u32,
    /// What it counts: its face, or more where the notation names a least value.
    pub value: u32,
    /// The faces it showed before it was rolled again, first to last.
    pub rerolled: Vec<u32>,
    /// Whether it counts, or was dropped.
    pub kept: bool,
}

/// What a d20 shows when the face alone says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Natural {
    /// A 1: an attack misses.
    One,
    /// A 20: an attack is a critical hit.
    Twenty,
}

/// Rolls six ability scores, each four d6 of which the lowest is dropped (SRD 5.2.1, Character Creation).
pub fn ability_scores(source: &mut dyn DiceSource) -> [Roll; 6] {
    let score = Expression::of_dice(Dice {
        keep: Some(Keep::DropLowest(1)),
        ..Dice::new(4, 6)
    });
    [(); 6].map(|()| score.roll(source))
}

impl Roll {
    pub(super) fn of(expression: &Expression, source: &mut dyn DiceSource) -> Roll {
        let terms = rolled(expression, source);
        let mut roll = Roll {
            notation: expression.to_string(),
            total: sum(&terms),
            terms,
            natural: None,
        };
        let mut d20s = roll
            .dice()
            .into_iter()
            .filter(|die| die.kept && die.sides == 20);
        let only = d20s.next().filter(|_| d20s.next().is_none());
        roll.natural = match only.map(|die| die.face) {
            Some(1) => Some(Natural::One),
            Some(20) => Some(Natural::Twenty),
            _ => None,
        };
        roll
    }

    /// Gives all dice, those in parentheses too, in the order in which they were rolled.
    pub fn dice(&self) -> Vec<&Die> {
        let mut dice = Vec::new();
        self.terms.iter().for_each(|term| term.collect(&mut dice));
        dice
    }
}

impl RollTerm {
    fn collect<'a>(&'a self, dice: &mut Vec<&'a Die>) {
        dice.extend(&self.dice);
        self.parts.iter().for_each(|part| part.collect(dice));
    }
}

fn rolled(expression: &Expression, source: &mut dyn DiceSource) -> Vec<RollTerm> {
    expression
        .terms
        .iter()
        .map(|term| term.roll(source))
        .collect()
}

fn sum(terms: &[RollTerm]) -> i32 {
    whole(terms.iter().map(|term| i64::from(term.subtotal)).sum())
}

impl Term {
    fn roll(&self, source: &mut dyn DiceSource) -> RollTerm {
        let (mut dice, mut parts) = (Vec::new(), Vec::new());
        let value = match &self.factor {
            Factor::Number(number) => i64::from(*number),
            Factor::Dice(which) => {
                dice = which.roll(source);
                let kept = dice.iter().filter(|die| die.kept);
                kept.map(|die| i64::from(die.value)).sum()
            }
            Factor::Group(group) => {
                parts = rolled(group, source);
                i64::from(sum(&parts))
            }
        };
        let value = self
            .scales
            .iter()
            .fold(value, |value, scale| scale.of(value));
        RollTerm {
            notation: self.bare(),
            label: self.label.clone(),
            subtotal: whole(if self.negative { -value } else { value }),
            dice,
            parts,
        }
    }
}

impl Dice {
    fn roll(&self, source: &mut dyn DiceSource) -> Vec<Die> {
        let mut dice: Vec<Die> = (0..self.thrown()).map(|_| self.throw(source)).collect();
        if let Some(reroll) = self.reroll {
            let mut again: Vec<&mut Die> = dice
                .iter_mut()
                .filter(|die| reroll.faces.hold(die.face))
                .collect();
            if self.mode.is_double() {
                again.sort_by_key(|die| die.face);
                again.truncate(1);
            }
            for die in again {
                reroll.apply(die, source);
            }
        }
        for die in &mut dice {
            die.value = die.face.max(self.least.unwrap_or(1));
        }
        self.drop_some(&mut dice);
        dice
    }

    fn throw(&self, source: &mut dyn DiceSource) -> Die {
        let face = faced(source, self.sides);
        Die {
            sides: self.sides,
            face,
            value: face,
            rerolled: Vec::new(),
            kept: true,
        }
    }

    /// Marks the dice that do not count; of equal ones, those rolled later.
    fn drop_some(&self, dice: &mut [Die]) {
        let (kept, highest) = self.kept();
        let mut order: Vec<usize> = (0..dice.len()).collect();
        if highest {
            order.sort_by_key(|at| Reverse(dice[*at].value));
        } else {
            order.sort_by_key(|at| dice[*at].value);
        }
        for at in order.into_iter().skip(kept as usize) {
            dice[at].kept = false;
        }
    }
}

impl Reroll {
    /// Rolls a die again whose face calls for it.
    fn apply(self, die: &mut Die, source: &mut dyn DiceSource) {
        die.rerolled.push(die.face);
        die.face = faced(source, die.sides);
        if self.once {
            return;
        }
        while self.faces.hold(die.face) {
            die.rerolled.push(die.face);
            if die.rerolled.len() < PATIENCE {
                die.face = faced(source, die.sides);
                continue;
            }
            let stay: Vec<u32> = (1..=die.sides)
                .filter(|face| !self.faces.hold(*face))
                .collect();
            let drawn = faced(source, u32::try_from(stay.len()).unwrap_or(1));
            // There is one: a notation that rolls every face again is refused.
            die.face = stay.get(drawn as usize - 1).copied().unwrap_or(die.sides);
            return;
        }
    }
}

/// Rolls a die; a source that does not keep its promise is held to it.
fn faced(source: &mut dyn DiceSource, sides: u32) -> u32 {
    source.roll(sides).clamp(1, sides.max(1))
}
