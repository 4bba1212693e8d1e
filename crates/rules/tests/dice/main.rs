//! Dice: what is understood, what is refused and where, what a notation can come to, and what a roll tells.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod laws;
mod notation;
mod odds;
mod rolls;
mod sources;

use rules::dice::Expression;

fn parse(notation: &str) -> Expression {
    Expression::parse(notation).unwrap_or_else(|error| panic!("`{notation}`: {error}"))
}
