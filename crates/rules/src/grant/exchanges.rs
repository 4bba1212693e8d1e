//! Exchanges that are open to a character: slots for points, uses for slots, what comes back with a rest or with initiative.

use sheet::{ExchangeEntry, ExchangeGain, ExchangePrice, Source};

use super::Granted;
use super::amounts::Known;
use super::owner::{Owner, Walked};
use super::rows::counter;
use crate::content::{Effect, Gain, Price};

/// Lists the exchanges; what pays with or gains something the character does not have is left out.
pub(super) fn apply(worked: &Source, walked: &Walked<'_>, known: &Known, granted: &mut Granted) {
    let mut found = Vec::new();
    for active in &walked.active {
        let Effect::Exchange {
            id,
            name,
            pays,
            gains,
            on,
            spends,
            ..
        } = active.effect
        else {
            continue;
        };
        let owner = &*active.owner;
        let limit = match spends {
            Some(spends) => match counted(worked, granted, owner, spends) {
                Some((cell, _)) => Some(cell),
                None => continue,
            },
            None => None,
        };
        let Some(pays) = cost(worked, granted, owner, None, 1, pays) else {
            continue;
        };
        let Some(gains) = gain(worked, known, granted, owner, gains) else {
            continue;
        };
        found.push(ExchangeEntry {
            id: format!("{}.{id}", owner.slot),
            name: name.as_ref().unwrap_or(&owner.label).clone(),
            source: owner.source.clone(),
            on: *on,
            limit,
            pays,
            gains,
        });
    }
    granted.exchanges = found;
}

/// Finds the cell that counts a resource, and its name: one of the owner itself, else one beside it, as a lineage spends
/// what the species' trait has.
pub(super) fn counted(
    worked: &Source,
    granted: &Granted,
    owner: &Owner<'_>,
    id: &str,
) -> Option<(String, String)> {
    let own = format!("/build/used/{}", counter(owner, id));
    let (first, last) = (format!("/build/used/{}.", owner.caster), format!(".{id}"));
    let beside = |cell: &str| cell.starts_with(&first) && cell.ends_with(&last);
    let find = |is: &dyn Fn(&str) -> bool| {
        let mut uses = granted.uses.iter();
        let (row, known) = uses.find(|(_, known)| is(&known.cell))?;
        let feature = worked.actions.features.get(row)?;
        Some((known.cell.clone(), feature.name.clone()))
    };
    find(&|cell| cell == own).or_else(|| find(&beside))
}

fn has_slots(worked: &Source, least: i32, most: i32) -> bool {
    let mut slots = worked.spellcasting.slots.iter();
    slots.any(|(level, slots)| {
        let level = level.parse().unwrap_or(0);
        slots.max > 0 && (least..=most).contains(&level)
    })
}

/// Works out what something costs: uses of a resource, else what the price says; nothing where the character has not got it.
pub(super) fn cost(
    worked: &Source,
    granted: &Granted,
    owner: &Owner<'_>,
    spends: Option<&str>,
    amount: i32,
    pays: &Price,
) -> Option<ExchangePrice> {
    let uses = |of: &str, amount: i32| {
        let (counter, name) = counted(worked, granted, owner, of)?;
        Some(ExchangePrice::Uses {
            counter,
            name,
            amount,
        })
    };
    if let Some(of) = spends {
        return uses(of, amount);
    }
    Some(match pays {
        Price::Nothing => ExchangePrice::Nothing,
        Price::HitDie => ExchangePrice::HitDie,
        Price::Uses { of, amount } => uses(of, *amount)?,
        Price::Slot { least, most } => {
            let (least, most) = (*least, *most);
            has_slots(worked, least, most).then_some(ExchangePrice::Slot { least, most })?
        }
        Price::PactSlot => (worked.spellcasting.pact.max > 0).then_some(ExchangePrice::PactSlot)?,
    })
}

fn gain(
    worked: &Source,
    known: &Known,
    granted: &mut Granted,
    owner: &Owner<'_>,
    gains: &Gain,
) -> Option<ExchangeGain> {
    Some(match gains {
        Gain::Uses {
            of,
            amount,
            by_level,
        } => {
            let (counter, name) = counted(worked, granted, owner, of)?;
            let amount = amount.as_ref();
            ExchangeGain::Uses {
                counter,
                name,
                amount: amount.map(|amount| known.value(amount, owner, granted)),
                by_level: *by_level,
            }
        }
        Gain::UpTo { of, least } => {
            let (counter, name) = counted(worked, granted, owner, of)?;
            ExchangeGain::UpTo {
                counter,
                name,
                least: known.value(least, owner, granted),
            }
        }
        Gain::Slot { level } => {
            has_slots(worked, *level, *level).then_some(ExchangeGain::Slot { level: *level })?
        }
        Gain::Slots { levels, most } => {
            let levels = known.value(levels, owner, granted);
            let open = levels > 0 && has_slots(worked, 1, *most);
            open.then_some(ExchangeGain::Slots {
                levels,
                most: *most,
            })?
        }
        Gain::PactSlots { count } => {
            let count = known.value(count, owner, granted);
            let open = count > 0 && worked.spellcasting.pact.max > 0;
            open.then_some(ExchangeGain::PactSlots { count })?
        }
    })
}
