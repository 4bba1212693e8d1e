//! What exchanges, uses of features and dice added to a hit cost, and how it is paid.

use sheet::ExchangePrice;

use super::outcome::Refusal;
use super::record::{Record, pointer};
use super::uses;

/// The cell that counts spent pact slots.
pub(super) const PACT: &str = "/spellcasting/pact/used";

/// Pays a price for something called `what`: `amount` of the uses where that is chosen, or the slot of a level.
///
/// Gives how many uses, points or slot levels were spent; 0 for what costs nothing.
///
/// # Errors
/// What is not there, or not enough, or not named.
pub(super) fn pay(
    it: &mut Record<'_>,
    what: &str,
    price: &ExchangePrice,
    amount: Option<i32>,
    slot: Option<i32>,
) -> Result<i32, Refusal> {
    if slot.is_some() && !matches!(price, ExchangePrice::Slot { .. }) {
        return Err(Refusal::new(
            format!("{what} takes no spell slot of a level to choose."),
            "Name none.",
        ));
    }
    match price {
        ExchangePrice::Nothing => Ok(0),
        ExchangePrice::Uses {
            counter,
            amount: least,
            ..
        } => {
            let counter = uses::find_now(it, counter)?;
            let amount = amount.unwrap_or(*least);
            uses::take(it, &counter, amount, what)?;
            Ok(amount)
        }
        ExchangePrice::PactSlot => {
            let counter = uses::find_now(it, PACT)?;
            uses::take(it, &counter, 1, what)?;
            let pact = it.character.sheet.spellcasting.pact_slots.as_ref();
            Ok(pact.map_or(0, |pact| pact.level))
        }
        ExchangePrice::Slot { least, most } => {
            let Some(level) = slot else {
                return Err(Refusal::new(
                    format!("{what} takes one spell slot."),
                    "Name its level.",
                ));
            };
            if !(*least..=*most).contains(&level) {
                return Err(Refusal::new(
                    format!("{what} does not take a level {level} slot."),
                    format!("Name one of level {least} to {most}."),
                ));
            }
            let cell = pointer(&["spellcasting", "slots", &level.to_string(), "used"]);
            let counter = uses::find_now(it, &cell)?;
            uses::take(it, &counter, 1, what)?;
            Ok(level)
        }
        ExchangePrice::HitDie => {
            let dice = uses::hit_dice(it.character).into_iter();
            let sides = |cell: &str| {
                let sides = cell.rsplit_once('d').map_or("", |(_, sides)| sides);
                sides.parse::<i32>().unwrap_or(0)
            };
            let largest = dice
                .filter(|counter| counter.left > 0)
                .max_by_key(|counter| sides(&counter.cell));
            let Some(counter) = largest else {
                return Err(Refusal::new(
                    "No hit die is left.",
                    "A long rest brings hit dice back.",
                ));
            };
            uses::take(it, &counter, 1, what)?;
            Ok(1)
        }
    }
}
