//! Dice: a notation, what it can come to, and the roll of it with every die.
//!
//! ```
//! use rules::dice::{Expression, Mode, SeededDice};
//!
//! let attack = Expression::parse("d20+5[Strength]")?.with_mode(Mode::Advantage)?;
//! assert_eq!(attack.to_string(), "1d20adv+5[Strength]");
//! let roll = attack.roll(&mut SeededDice::new(7));
//! assert_eq!(roll.dice().len(), 2);
//! assert_eq!(roll.total, roll.terms.iter().map(|term| term.subtotal).sum::<i32>());
//! # Ok::<(), rules::dice::DiceError>(())
//! ```
//!
//! # Notation
//!
//! Case and spaces do not matter. What [`Expression`] displays is the one canonical way to write it.
//!
//! | written | means |
//! |---|---|
//! | `d20`, `2d6`, `d%` | dice; `d%` is `d100` |
//! | `4d6kh3`, `kl1`, `dh1`, `dl1` | keep or drop that many of the highest or lowest; 1 where no number stands |
//! | `1d20adv`, `1d20dis` | advantage, disadvantage: two dice, the higher or the lower kept; both cancel each other |
//! | `d20+5 advantage` | the same for the one d20 of the whole notation; `adv`, `dis` and `disadvantage` too |
//! | `2d6r1`, `2d6r<3` | roll these faces again until others come; `=`, `<`, `<=`, `>`, `>=` |
//! | `d20ro1` | roll them again once, and take what comes |
//! | `2d6mi3` | each die counts at least 3 |
//! | `+ -` | several terms; `+3`, `-1d4` |
//! | `2d6*2`, `2*2d6`, `(2d6+3)/2` | multiplied by a whole number; halved and rounded down, also below zero |
//! | `1d8[slashing]+2d6[fire]` | labels |
//!
//! A die is first rolled again, then raised to its least value, then kept or dropped. With advantage or disadvantage at
//! most one of the two dice is rolled again, the lower of those that may (SRD 5.2.1, D20 Tests).
//!
//! Exploding dice and pools that count successes are no part of the game's rules and of this notation.
//!
//! The parser is written by hand: of the published crates `tyche` and `dice_expression` come nearest but are LGPL, and
//! `caith`, the largest grammar under a free licence, speaks another notation (its `k` keeps the lowest) without labels.
//!
//! Randomness comes from outside, as a [`DiceSource`].

mod error;
mod expression;
mod notation;
mod odds;
mod roll;
mod source;

pub use error::{DiceError, DiceFault};
pub use expression::{Expression, Mode};
pub use roll::{Die, Natural, Roll, RollTerm, ability_scores};
pub use source::{DiceSource, SeededDice};

/// How many characters a notation has at the most.
pub const MAX_NOTATION: usize = 200;
/// How many characters a label has at the most.
pub const MAX_LABEL: usize = 60;
/// How many dice one term rolls at the most.
pub const MAX_DICE_IN_TERM: u32 = 100;
/// How many dice a notation rolls at the most; a die with advantage counts as two, one that is rolled again as one.
pub const MAX_DICE: u32 = 200;
/// How many sides a die has at the most.
pub const MAX_SIDES: u32 = 1_000;
/// The largest number that can stand in a notation.
pub const MAX_NUMBER: u32 = 1_000_000;
/// How far from zero a total, or any part of it, can lie.
pub const MAX_TOTAL: i32 = 1_000_000_000;
/// How deep parentheses can stand within each other.
pub const MAX_DEPTH: usize = 16;
/// How many times a value can be halved.
pub const MAX_HALVINGS: usize = 3;
