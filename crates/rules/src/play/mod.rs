//! Play: what happens to a character at the table, as pure rules.
//!
//! The one door is [`act()`]: a character and an [`Action`] in, an [`Outcome`] out, or a [`Refusal`] that says what is in
//! the way. Nothing is stored here: an outcome lists the cells of the source that make it so ([`Write`]), which whoever
//! called puts on record as one step of the history. Dice come from outside; where the table has rolled by hand, the face
//! is part of the action.
//!
//! Play state is counters and conditions and nothing else. Three states have no cell of their own:
//!
//! - **dying**: 0 hit points, fewer than three saves of either kind;
//! - **stable**: 0 hit points and three successes;
//! - **dead**: three failures, or six levels of exhaustion. A monster dies at 0 hit points and is marked the same way.
//!
//! ```
//! use rules::dice::SeededDice;
//! use rules::play::{Action, Character, act};
//! use rules::{Content, derive};
//! use sheet::Source;
//!
//! let document = r#"{"format": "forkbeard.character/1", "levels": {"one": {"rank": "V", "class": "Fighter"}}}"#;
//! let source = Source::from_json(document.as_bytes())?;
//! let derived = derive(&source, &Content::none());
//! let action = Action::Damage { amount: 9, kind: None, critical: false, half: false };
//! let outcome = act(Character::of(&source, &derived), &action, &mut SeededDice::new(7))?;
//! assert_eq!(outcome.title, "Took 9 damage");
//! assert_eq!(outcome.writes[0].cell(), "/combat/damage_taken");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod action;
mod attack;
mod casting;
mod conditions;
mod convert;
mod d20;
mod death;
mod health;
mod items;
mod money;
mod outcome;
mod price;
mod recharge;
mod record;
mod rest;
mod spell;
mod usable;
mod uses;

use std::collections::BTreeMap;

use sheet::{CompleteSheet, Source, Stat};

pub use action::{Action, CastWith, Coin};
pub use outcome::{Line, LineKind, Outcome, Prompt, Refusal};

use crate::Derived;
#[cfg(doc)]
use crate::build::Write;
use crate::dice::DiceSource;
use record::Record;

/// A character as an action meets it: what was written, and what follows from it.
#[derive(Debug, Clone, Copy)]
pub struct Character<'a> {
    /// What was written.
    pub source: &'a Source,
    /// The sheet that was derived from it.
    pub sheet: &'a CompleteSheet,
    /// The explanations of its numbers, by cell.
    pub stats: &'a BTreeMap<String, Stat>,
}

impl<'a> Character<'a> {
    /// Puts a source and what was derived from it together.
    pub fn of(source: &'a Source, derived: &'a Derived) -> Character<'a> {
        Character {
            source,
            sheet: &derived.sheet,
            stats: &derived.stats,
        }
    }
}

/// Does one thing at the table.
///
/// # Errors
/// What the rules do not allow, what is not there, and numbers out of range; nothing has happened then.
pub fn act(
    character: Character<'_>,
    action: &Action,
    dice: &mut dyn DiceSource,
) -> Result<Outcome, Refusal> {
    let mut record = Record::new(character, dice);
    let it = &mut record;
    match action {
        Action::Damage {
            amount,
            kind,
            critical,
            half,
        } => health::damage(it, *amount, kind.as_deref(), *critical, *half),
        Action::Heal { amount } => health::heal(it, *amount),
        Action::TemporaryHitPoints { amount } => health::temporary(it, *amount),
        Action::DeathSave { face, mode, bonus } => {
            death::save(it, *face, *mode, bonus.as_deref(), None)
        }
        Action::Stabilize => death::stabilize(it),
        Action::Revive { hit_points } => death::revive(it, *hit_points),
        Action::AddCondition {
            name,
            source,
            duration,
            level,
        } => conditions::add(it, name, source, duration, *level),
        Action::RemoveCondition { id } => conditions::remove(it, id),
        Action::Exhaustion { delta } => conditions::exhaustion(it, *delta),
        Action::Concentrate { on } => conditions::concentrate(it, on),
        Action::EndConcentration => conditions::end_concentration(it),
        Action::ConcentrationSave {
            dc,
            face,
            mode,
            bonus,
        } => conditions::concentration_save(it, *dc, *face, *mode, bonus.as_deref()),
        Action::GainInspiration => uses::gain_inspiration(it),
        Action::SpendInspiration => uses::spend_inspiration(it),
        Action::Spend { counter, amount } => uses::spend(it, counter, *amount),
        Action::Regain { counter, amount } => uses::regain(it, counter, *amount),
        Action::Convert { exchange, slots } => convert::convert(it, exchange, slots),
        Action::Use {
            id,
            amount,
            slot,
            other,
        } => usable::make_use(it, id, *amount, *slot, *other),
        Action::ShortRest { hit_dice } => rest::short(it, hit_dice),
        Action::LongRest { dawn } => rest::long(it, *dawn),
        Action::Dawn => rest::dawn(it),
        Action::StartTurn => rest::start_turn(it),
        Action::Cast {
            spell,
            with,
            attack,
            roll,
        } => casting::cast(it, spell, with, *attack, *roll),
        Action::RollSpell {
            spell,
            level,
            roll,
            attack,
            mode,
            bonus,
            against,
            critical,
        } => {
            let with = spell::With {
                level: level.unwrap_or(0),
                roll: roll.and_then(|place| usize::try_from(place).ok()),
                attack: attack.then_some(*mode),
                bonus: bonus.as_deref(),
                against: *against,
                critical: *critical,
            };
            spell::again(it, spell, &with)
        }
        Action::Prepare { spell } => casting::prepare(it, spell),
        Action::Unprepare { spell } => casting::unprepare(it, spell),
        Action::Attack {
            weapon,
            mode,
            bonus,
            two_handed,
            against,
            critical_hits,
            ammunition,
            riders,
        } => {
            let with = attack::With {
                mode: *mode,
                bonus: bonus.as_deref(),
                two_handed: *two_handed,
                against: *against,
                critical_hits: *critical_hits,
                ammunition: ammunition.as_deref(),
                riders,
            };
            attack::attack(it, weapon, &with)
        }
        Action::WeaponDamage {
            weapon,
            two_handed,
            critical,
            riders,
        } => attack::damage(it, weapon, *two_handed, *critical, riders),
        Action::RecoverAmmunition { item, spent } => attack::recover(it, item, *spent),
        Action::Roll {
            cell,
            mode,
            bonus,
            against,
        } => d20::roll(it, cell, *mode, bonus.as_deref(), *against),
        Action::Pay { price_cp } => money::pay(it, *price_cp),
        Action::PayCoins { coins } => money::pay_coins(it, coins),
        Action::Receive { coins } => money::receive(it, coins),
        Action::Exchange { from, to, count } => money::exchange(it, *from, *to, *count),
        Action::Equip { item } => items::equip(it, item),
        Action::Unequip { item } => items::unequip(it, item),
        Action::Attune { item } => items::attune(it, item),
        Action::Unattune { item } => items::unattune(it, item),
        Action::Move { item, container } => items::put(it, item, container.as_deref()),
        Action::UseItem { item, amount } => items::use_up(it, item, *amount),
    }?;
    Ok(record.outcome)
}
