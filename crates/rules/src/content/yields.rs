//! Yields: what the use of a feature rolls or brings, as a pack writes it.

use serde::{Deserialize, Serialize};
use sheet::vocabulary::Ability;
use sheet::{YieldKind, YieldTo};

use super::formula::Formula;
use crate::dice::Expression;

/// Holds one thing that a use rolls or yields: `{ of = "healing", dice = "1d10", amount = "class_level" }`.
///
/// Formulas also know `spell_dc`, the spell save DC of the class, and `used`, how often a use with a tally was used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Yield {
    /// What sort of thing.
    pub of: YieldKind,
    /// What it is called, where the sort does not say enough; of a state its name, of uses the id of their resource.
    #[serde(default)]
    pub name: String,
    /// Dice, a table of dice of the class, or a formula before the die: `max(1, wisdom)d8`.
    #[serde(default)]
    pub dice: String,
    /// A number that adds to the dice, or the DC of a save; of uses how many come back, all if left out.
    #[serde(default)]
    pub amount: Option<Formula>,
    /// Types of damage, lower-case; of several one is chosen.
    #[serde(default)]
    pub types: Vec<String>,
    /// The ability of a save.
    #[serde(default)]
    pub ability: Option<Ability>,
    /// Whether a successful save halves the damage.
    #[serde(default)]
    pub half: bool,
    /// Whom it is for; its user if left out.
    #[serde(default)]
    pub to: YieldTo,
    /// Whether it counts once for each use, point or slot level that is spent.
    #[serde(default)]
    pub each: bool,
    /// From which level.
    #[serde(default)]
    pub level: i32,
}

/// Dice as a pack writes them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Dice<'t> {
    /// None.
    None,
    /// As they are rolled.
    Plain(&'t str),
    /// So many of a die: a formula, and the die's sides.
    Counted(Formula, &'t str),
}

/// Reads dice; a table of dice is looked up before.
///
/// # Errors
/// Says what is wrong.
pub(crate) fn dice(text: &str) -> Result<Dice<'_>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Dice::None);
    }
    if Expression::parse(text).is_ok() {
        return Ok(Dice::Plain(text));
    }
    let sides = |sides: &str| matches!(sides, "4" | "6" | "8" | "10" | "12" | "20");
    match text.rsplit_once('d') {
        Some((count, die)) if sides(die) => Ok(Dice::Counted(Formula::parse(count)?, die)),
        _ => Err(format!(
            "`{text}` is neither dice, nor a table of the class, nor a formula before a die"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_are_plain_or_counted() {
        assert_eq!(dice(" "), Ok(Dice::None));
        assert_eq!(dice("2d6"), Ok(Dice::Plain("2d6")));
        let Ok(Dice::Counted(count, "8")) = dice("max(1, wisdom)d8") else {
            panic!("not counted");
        };
        assert_eq!(count.value(&|_| Some(-2)), Ok(1));
        for wrong in ["sneak_attack_dice", "max(1, wisdom)d7", "max(d6"] {
            assert!(dice(wrong).is_err(), "{wrong}");
        }
    }
}
