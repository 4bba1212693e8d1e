//! The rules of the game as pure functions: from choices to numbers that explain themselves.
//!
//! The one door is [`derive()`]: a source and rules content in, the complete sheet, the explanation of each number and
//! findings out; [`derive_after()`] is the same door for who has an earlier version at hand. It cannot fail: a half-built or contradictory character is normal input, and what is wrong with it is
//! told as findings. Every number is a [`Stat`] whose terms add up to it; a number set by hand keeps beside it what the
//! rules say.
//!
//! Beside it stand the [`dice`]: a notation, what it can come to, and rolls that show every die; and [`play`]: what happens
//! to a character at the table, as the cells that change.
//!
//! This crate knows no storage and no clock; randomness is passed in. Formulas are those of SRD 5.2.1.

mod abilities;
mod armor_class;
mod attacks;
pub mod build;
mod carrying;
mod casting;
pub mod content;
mod derive;
mod desk;
pub mod dice;
mod grant;
mod health;
mod initiative;
mod kept;
mod movement;
pub mod play;
mod proficiency;
pub mod scores;
mod shown;
mod spell_rolls;
mod usable;

pub use content::Content;
pub use derive::{Derived, derive, derive_after};
pub use grant::{pact_of, slots_of};
pub use kept::Earlier;
pub use proficiency::{bonus_of_challenge_rating, bonus_of_level};
pub use sheet::{Alternative, Stat, Term};

use sheet::{ChoiceOption, Source};

/// Lists what may be written into a cell that holds a choice: a slot of `/build/choices`, species, background, class and
/// subclass by name, or with `/spellcasting/casters/<id>` the spells of a casting class.
///
/// What may not be picked is listed with the reason. `None` for a cell that offers no choice now.
pub fn options(source: &Source, content: &Content, cell: &str) -> Option<Vec<ChoiceOption>> {
    grant::options(source, content, cell)
}

/// Gives the modifier of an ability score: half of what is above 10, rounded down.
pub fn modifier(score: i32) -> i32 {
    score.saturating_sub(10).div_euclid(2)
}
