//! What is wrong with a notation, where, and what would be right.

use super::{
    MAX_DEPTH, MAX_DICE, MAX_DICE_IN_TERM, MAX_HALVINGS, MAX_LABEL, MAX_NOTATION, MAX_SIDES,
};

/// Says what is wrong with a notation and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("At character {position}: {fault}.")]
pub struct DiceError {
    /// The character it is about, counted from 1; one more than there are where something is missing at the end.
    ///
    /// After a change of an expression, such as [`super::Expression::critical`], it counts in the changed notation.
    pub position: usize,
    /// What is wrong there.
    pub fault: DiceFault,
}

/// What can be wrong with a notation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiceFault {
    /// It is empty.
    #[error("there is nothing to roll")]
    Empty,
    /// It has more than [`MAX_NOTATION`] characters, as written or written out in full.
    #[error("a notation has at most {MAX_NOTATION} characters")]
    TooLong,
    /// A character that cannot stand there.
    #[error("`{}` cannot stand here", .found.escape_debug())]
    Unexpected {
        /// The character.
        found: char,
        /// What can stand there.
        wanted: &'static str,
    },
    /// It stops before it is complete.
    #[error("the notation breaks off")]
    BreaksOff {
        /// What would have to follow.
        wanted: &'static str,
    },
    /// A `(` without its `)`.
    #[error("this `(` is never closed")]
    OpenParenthesis,
    /// A `[` without its `]`.
    #[error("this `[` is never closed")]
    OpenLabel,
    /// A number beyond [`super::MAX_NUMBER`].
    #[error("a number is at most 1,000,000")]
    Number,
    /// No dice in a term, or more than [`MAX_DICE_IN_TERM`].
    #[error("a term rolls 1 to {MAX_DICE_IN_TERM} dice")]
    DiceInTerm,
    /// More than [`MAX_DICE`] in all, those of advantage counted twice.
    #[error("a notation rolls at most {MAX_DICE} dice")]
    DiceInAll,
    /// No sides, or more than [`MAX_SIDES`].
    #[error("a die has 1 to {MAX_SIDES} sides")]
    Sides,
    /// None kept, or more than there are.
    #[error("1 to {dice} of {dice} dice can be kept")]
    Keep {
        /// How many are rolled.
        dice: u32,
    },
    /// None dropped, or all.
    #[error("of {dice} dice at least one must be dropped and one must stay")]
    Drop {
        /// How many are rolled.
        dice: u32,
    },
    /// A reroll that no face calls for.
    #[error("no face of a d{sides} would be rolled again")]
    RerollsNone {
        /// The sides of the die.
        sides: u32,
    },
    /// A reroll that every face calls for.
    #[error("every face of a d{sides} would be rolled again")]
    RerollsAll {
        /// The sides of the die.
        sides: u32,
    },
    /// A least value beyond the die's faces.
    #[error("the least that a d{sides} counts lies from 1 to {sides}")]
    Least {
        /// The sides of the die.
        sides: u32,
    },
    /// The same thing said twice of one term.
    #[error("one term has {what} twice")]
    Twice {
        /// What it is.
        what: &'static str,
    },
    /// Advantage or disadvantage on something else than a single d20, or on one with what is kept named as well.
    #[error("advantage and disadvantage are for a single d20")]
    AdvantageOfOther,
    /// Advantage or disadvantage for a whole notation that has no single d20.
    #[error("there is no single d20 that could have advantage or disadvantage")]
    NoD20,
    /// Advantage or disadvantage for a whole notation that has several single d20.
    #[error("more than one d20 could have advantage or disadvantage")]
    SeveralD20,
    /// A critical hit on a die with advantage or disadvantage.
    #[error("a die with advantage or disadvantage is a test, and a critical hit doubles damage")]
    CriticalOfTest,
    /// Divided by zero.
    #[error("nothing can be divided by zero")]
    DividedByZero,
    /// Divided by what is not two.
    #[error("only halves are known to the dice")]
    DividedByOther,
    /// Multiplied by what is not a whole number.
    #[error("only a whole number can multiply")]
    Multiplier,
    /// Parentheses within each other beyond [`MAX_DEPTH`].
    #[error("parentheses stand at most {MAX_DEPTH} deep")]
    TooDeep,
    /// Halves of halves beyond [`MAX_HALVINGS`].
    #[error("a value is halved at most {MAX_HALVINGS} times")]
    Halvings,
    /// A total, or a part of it, beyond [`super::MAX_TOTAL`].
    #[error("the total could lie beyond 1,000,000,000")]
    Total,
    /// A label of nothing, or of more than [`MAX_LABEL`] characters.
    #[error(
        "a label has 1 to {MAX_LABEL} characters, none of them a bracket or a control character"
    )]
    Label,
}

impl DiceError {
    pub(super) fn at(position: usize, fault: DiceFault) -> DiceError {
        DiceError { position, fault }
    }

    /// Says what would be right, one sentence for a person.
    pub fn hint(&self) -> &'static str {
        match &self.fault {
            DiceFault::Empty => "Write dice as `2d6+3` or `d20`.",
            DiceFault::TooLong => "Roll it in several parts.",
            DiceFault::Unexpected { wanted, .. } | DiceFault::BreaksOff { wanted } => wanted,
            DiceFault::OpenParenthesis => "Close it with `)`, as in `(2d6+3)/2`.",
            DiceFault::OpenLabel => "Close it with `]`, as in `2d6[fire]`.",
            DiceFault::Number | DiceFault::Total => "Use smaller numbers.",
            DiceFault::DiceInTerm => "Write the number of dice before the `d`, as in `8d6`.",
            DiceFault::DiceInAll => "Roll fewer dice at once.",
            DiceFault::Sides => "Write the number of sides after the `d`, as in `d20`.",
            DiceFault::Keep { .. } => "Keep some of them, as in `4d6kh3`.",
            DiceFault::Drop { .. } => "Drop some of them, as in `4d6dl1`.",
            DiceFault::RerollsNone { .. } | DiceFault::RerollsAll { .. } => {
                "Name the faces to roll again, as in `d20ro1` or `2d6r<3`."
            }
            DiceFault::Least { .. } => "Name a face, as in `2d6mi3`.",
            DiceFault::Twice { .. } => "Say it once.",
            DiceFault::AdvantageOfOther => {
                "Write `1d20adv`; the highest of several dice is `2d20kh1`."
            }
            DiceFault::NoD20 => "Write it of one d20, as in `d20+5 advantage`.",
            DiceFault::SeveralD20 => "Say which one by writing `adv` or `dis` behind it.",
            DiceFault::CriticalOfTest => "Leave one of the two away.",
            DiceFault::DividedByZero | DiceFault::DividedByOther => {
                "Write `/2`, which halves and rounds down."
            }
            DiceFault::Multiplier => "Write the number itself, as in `2d6*3`.",
            DiceFault::TooDeep => "Use fewer parentheses.",
            DiceFault::Halvings => "Halve fewer times.",
            DiceFault::Label => "Write a short label, as in `2d6[fire]`.",
        }
    }
}
