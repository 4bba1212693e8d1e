//! Exchanges: one thing given for another, as the features of a character allow (SRD 5.2.1, Font of Magic, Arcane Recovery).

use std::collections::BTreeMap;

use sheet::{ExchangeEntry, ExchangeGain, ExchangePrice, ExchangeTime};

use super::action::MAX_USES;
use super::outcome::Refusal;
use super::price::{self, PACT};
use super::record::{Record, pointer, within};
use super::uses::{self, Counter};

/// Makes an exchange; `slots` names the spell slots it is about, by level: the one that is given, or those that come back.
pub(super) fn convert(
    it: &mut Record<'_>,
    id: &str,
    slots: &BTreeMap<String, i32>,
) -> Result<(), Refusal> {
    let exchanges = &it.character.sheet.actions.exchanges;
    let Some(exchange) = exchanges.iter().find(|own| own.id == id) else {
        return Err(Refusal::new(
            "The character has no such exchange.",
            "It comes with a feature; look at what there is.",
        ));
    };
    for count in slots.values() {
        within("number of spell slots", *count, 0, MAX_USES)?;
    }
    let about: Vec<(&String, i32)> = slots
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(level, count)| (level, *count))
        .collect();
    let by_slot = matches!(exchange.pays, ExchangePrice::Slot { .. })
        || matches!(exchange.gains, ExchangeGain::Slots { .. });
    if !by_slot && !about.is_empty() {
        return Err(Refusal::new(
            format!("{} leaves no spell slots to choose.", exchange.name),
            "Name none.",
        ));
    }
    let slot = match (&exchange.pays, &about[..]) {
        (ExchangePrice::Slot { .. }, [(level, 1)]) => Some(slot(it, level)?.1),
        _ => None,
    };
    let level = price::pay(it, &exchange.name, &exchange.pays, None, slot)?;
    gain(it, exchange, level, &about)?;
    if let Some(limit) = &exchange.limit {
        let counter = uses::find(it.character, limit)?;
        uses::take(it, &counter, 1, "")?;
    }
    it.title(exchange.name.clone());
    Ok(())
}

/// What comes back by itself when initiative is rolled; what is for the player to decide is told.
pub(super) fn at_initiative(it: &mut Record<'_>) {
    for exchange in &it.character.sheet.actions.exchanges {
        if exchange.on != ExchangeTime::Initiative || exchange.pays != ExchangePrice::Nothing {
            continue;
        }
        let (counter, least) = match &exchange.gains {
            ExchangeGain::UpTo { counter, least, .. } => (counter, Some(*least)),
            ExchangeGain::Uses { counter, .. } => (counter, None),
            _ => continue,
        };
        let Ok(counter) = uses::find(it.character, counter) else {
            continue;
        };
        let wanted = least.unwrap_or(counter.max).min(counter.max);
        let missing = wanted.saturating_sub(counter.left);
        if missing <= 0 {
            continue;
        }
        let limit = exchange.limit.as_deref();
        let limit = limit.and_then(|limit| uses::find(it.character, limit).ok());
        match limit {
            None => uses::give_back(it, &counter, missing, &exchange.name),
            Some(limit) if limit.left > 0 => {
                let what = format!("brings {} back", counter.name);
                it.tell(format!("{} can be used", exchange.name), what);
            }
            Some(_) => {}
        }
    }
    for own in &it.character.sheet.actions.uses {
        let left = match &own.cost {
            ExchangePrice::Uses {
                counter, amount, ..
            } => uses::find(it.character, counter).is_ok_and(|counter| counter.left >= *amount),
            _ => true,
        };
        if own.on == ExchangeTime::Initiative && left {
            it.tell(format!("{} can be used", own.name), own.when.clone());
        }
    }
}

fn gain(
    it: &mut Record<'_>,
    exchange: &ExchangeEntry,
    level: i32,
    about: &[(&String, i32)],
) -> Result<(), Refusal> {
    match &exchange.gains {
        ExchangeGain::Uses {
            counter,
            amount,
            by_level,
            ..
        } => {
            let counter = uses::find(it.character, counter)?;
            let times = if *by_level { level } else { 1 };
            let amount = amount.unwrap_or(counter.max).saturating_mul(times);
            give(it, &counter, amount, exchange)
        }
        ExchangeGain::UpTo { counter, least, .. } => {
            let counter = uses::find(it.character, counter)?;
            let amount = least.saturating_sub(counter.left);
            if amount <= 0 {
                return Err(Refusal::new(
                    format!("{}: {} are left already.", counter.name, counter.left),
                    format!("{} is for when fewer than {least} are left.", exchange.name),
                )
                .at(&counter.cell));
            }
            give(it, &counter, amount, exchange)
        }
        ExchangeGain::Slot { level } => {
            let level = level.to_string();
            let (counter, _) = slot(it, &level)?;
            uses::make_slot(it, &counter, &level, &exchange.name)
        }
        ExchangeGain::PactSlots { count } => {
            let counter = uses::find(it.character, PACT)?;
            give(it, &counter, *count, exchange)
        }
        ExchangeGain::Slots { levels, most } => {
            let mut sum = 0_i32;
            for (level, count) in about {
                let (counter, level) = slot(it, level)?;
                if level > *most {
                    return Err(Refusal::new(
                        format!("{} brings no level {level} slot back.", exchange.name),
                        format!("Choose slots of level {most} or lower."),
                    ));
                }
                if *count > counter.spent() {
                    return Err(Refusal::new(
                        format!("{}: {} are spent.", counter.name, counter.spent()),
                        "No more than that come back.",
                    )
                    .at(&counter.cell));
                }
                sum = sum.saturating_add(level.saturating_mul(*count));
                uses::give_back(it, &counter, *count, &exchange.name);
            }
            if sum == 0 || sum > *levels {
                return Err(Refusal::new(
                    format!(
                        "The slots that come back have {sum} levels together; {} allows {levels}.",
                        exchange.name
                    ),
                    "Choose spent slots whose levels add up to no more than that.",
                ));
            }
            Ok(())
        }
    }
}

/// Gives uses back, or refuses where none is spent.
fn give(
    it: &mut Record<'_>,
    counter: &Counter,
    amount: i32,
    exchange: &ExchangeEntry,
) -> Result<(), Refusal> {
    if counter.spent() == 0 {
        return Err(Refusal::new(
            format!("{}: none is spent.", counter.name),
            "There is nothing to bring back.",
        )
        .at(&counter.cell));
    }
    uses::give_back(it, counter, amount, &exchange.name);
    Ok(())
}

/// Finds the spell slots of a level.
fn slot(it: &Record<'_>, level: &str) -> Result<(Counter, i32), Refusal> {
    let number = level.parse().ok().filter(|_| uses::is_slot_level(level));
    let Some(number) = number else {
        return Err(Refusal::new(
            format!("`{level}` is no level of a spell slot."),
            "It is 1 to 9.",
        ));
    };
    let cell = pointer(&["spellcasting", "slots", level, "used"]);
    Ok((uses::find(it.character, &cell)?, number))
}
