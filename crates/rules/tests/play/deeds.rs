//! Actions made at random, about what is on a sheet and about what is not.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;
use rules::dice::Mode;
use rules::play::{Action, CastWith, Coin};
use sheet::source::Currency;

use crate::Table;

/// What an action is made of: which, about what, how much.
pub(crate) type Seed = (u8, Index, Index, i32, bool);

pub(crate) fn seeds(most: usize) -> impl Strategy<Value = Vec<Seed>> {
    let amount = prop_oneof![
        8 => 1_i32..12,
        4 => 1_i32..80,
        1 => any::<i32>(),
        1 => prop::sample::select(vec![0, -1, i32::MIN, i32::MAX, 100_000, 1_000_000_000]),
    ];
    let seed = (
        0_u8..44,
        any::<Index>(),
        any::<Index>(),
        amount,
        any::<bool>(),
    );
    prop::collection::vec(seed, 1..most)
}

/// Makes an action about what is on the sheet now, or about something that is not.
pub(crate) fn action(table: &Table, (which, one, other, amount, flag): Seed) -> Action {
    let sheet = &table.derived.sheet;
    let among = |of: Vec<String>, at: Index| -> String {
        let mut of = of;
        of.push("none".to_owned());
        of.swap_remove(at.index(of.len()))
    };
    let mut items: Vec<String> = sheet
        .equipment
        .inventory
        .iter()
        .map(|item| item.id.clone())
        .collect();
    items.extend(
        sheet
            .equipment
            .magical_items
            .iter()
            .map(|item| item.id.clone()),
    );
    let item = || among(items.clone(), one);
    let spells = sheet
        .spellcasting
        .casters
        .iter()
        .flat_map(|caster| caster.spells.iter());
    let spell = among(spells.map(|spell| spell.id.clone()).collect(), one);
    let weapons: Vec<String> = sheet
        .actions
        .weapons
        .iter()
        .map(|weapon| weapon.id.clone())
        .collect();
    let weapon = among(weapons, one);
    let offered = sheet.actions.weapons.iter().find(|own| own.id == weapon);
    let offered = offered.iter().flat_map(|own| &own.riders);
    let riders: Vec<String> = offered.map(|rider| rider.id.clone()).collect();
    let counter = among(counters(table).into_keys().collect(), other);
    let names = [
        "Poisoned",
        "Stunned",
        "Rage",
        "Unconscious",
        "Prone",
        "Charmed",
        "Exhaustion",
        "Petrified",
        "Hex",
    ];
    let name = names[one.index(names.len())].to_owned();
    let kinds = [
        None,
        Some("fire"),
        Some("cold"),
        Some("poison"),
        Some("force"),
    ];
    let mode = if flag { Mode::Advantage } else { Mode::Normal };
    let bonus = flag.then(|| "1d4".to_owned());
    let coin = |at: Index| [Coin::Cp, Coin::Sp, Coin::Ep, Coin::Gp, Coin::Pp][at.index(5)];
    match which {
        0..4 => Action::Damage {
            amount,
            kind: kinds[one.index(kinds.len())].map(str::to_owned),
            critical: flag,
            half: other.index(2) == 0,
        },
        4..6 => Action::Heal { amount },
        6 => Action::TemporaryHitPoints { amount },
        7..9 => Action::DeathSave {
            face: None,
            mode,
            bonus,
        },
        9 => Action::Stabilize,
        10 => Action::Revive { hit_points: amount },
        11 | 12 => Action::AddCondition {
            name,
            source: if flag {
                String::new()
            } else {
                "0 hit points".to_owned()
            },
            duration: String::new(),
            level: flag.then_some(amount.clamp(-1, 21)),
        },
        13 => Action::RemoveCondition {
            id: among(
                sheet.conditions.iter().map(|own| own.id.clone()).collect(),
                one,
            ),
        },
        14 => Action::Exhaustion {
            delta: if flag { -1 } else { amount.min(2) },
        },
        15 => Action::Concentrate { on: name },
        16 => Action::EndConcentration,
        17 => Action::ConcentrationSave {
            dc: amount,
            face: None,
            mode,
            bonus,
        },
        18 if flag => Action::GainInspiration,
        18 => Action::SpendInspiration,
        19 | 20 => Action::Spend { counter, amount },
        21 => Action::Regain {
            counter,
            amount: flag.then_some(amount),
        },
        22 => {
            let dice = sheet.combat.hit_dice_total.keys().cloned().collect();
            Action::ShortRest {
                hit_dice: BTreeMap::from([(among(dice, one), amount.min(4))]),
            }
        }
        23 => Action::LongRest { dawn: flag },
        24 => Action::Dawn,
        25 => Action::StartTurn,
        28 if flag => Action::RollSpell {
            spell,
            level: Some(amount.min(10)),
            roll: u32::try_from(amount).ok().filter(|_| other.index(2) == 0),
            attack: other.index(2) == 0,
            mode,
            bonus,
            against: Some(amount),
            critical: other.index(3) == 0,
        },
        26..29 => {
            let with = match other.index(5) {
                0 | 1 => CastWith::Slot {
                    level: amount.min(10),
                },
                2 => CastWith::Pact,
                3 => CastWith::Ritual,
                _ if flag => CastWith::Free,
                _ => CastWith::Uses {
                    counter,
                    amount: amount.min(3),
                    level: None,
                },
            };
            Action::Cast {
                spell,
                with,
                attack: flag.then_some(mode),
                roll: other.index(2) == 0,
            }
        }
        29 => Action::Prepare { spell },
        30 => Action::Unprepare { spell },
        31 => Action::Attack {
            weapon,
            mode,
            bonus,
            two_handed: other.index(3) == 0,
            against: flag.then_some(amount),
            critical_hits: flag,
            ammunition: flag.then(|| "arrows".to_owned()),
            riders,
        },
        41 | 42 => {
            let uses = &sheet.actions.uses;
            Action::Use {
                id: among(uses.iter().map(|own| own.id.clone()).collect(), one),
                amount: (other.index(3) == 0).then_some(amount),
                slot: (other.index(4) == 0).then_some(amount % 10),
                other: flag,
            }
        }
        32 => Action::RecoverAmmunition {
            item: item(),
            spent: amount,
        },
        33 => {
            let cells = table.derived.stats.keys().cloned().collect();
            Action::Roll {
                cell: among(cells, one),
                mode,
                bonus,
                against: None,
            }
        }
        34 if flag => Action::Pay { price_cp: amount },
        34 => Action::PayCoins {
            coins: Currency {
                gp: amount,
                sp: 7,
                ..Currency::default()
            },
        },
        35 => Action::Receive {
            coins: Currency {
                gp: amount,
                cp: 3,
                ..Currency::default()
            },
        },
        36 => Action::Exchange {
            from: coin(one),
            to: coin(other),
            count: amount,
        },
        37 => Action::Equip { item: item() },
        38 if flag => Action::Unequip { item: item() },
        38 => Action::Unattune { item: item() },
        39 => Action::Attune { item: item() },
        40 => Action::Move {
            item: item(),
            container: flag.then(|| among(items.clone(), other)),
        },
        _ => Action::UseItem {
            item: item(),
            amount,
        },
    }
}

/// Gives each counter of the sheet with its maximum.
pub(crate) fn counters(table: &Table) -> BTreeMap<String, i32> {
    let sheet = &table.derived.sheet;
    let mut found = BTreeMap::new();
    for uses in sheet
        .actions
        .features
        .iter()
        .filter_map(|feature| feature.uses.as_ref())
    {
        found.insert(uses.cell.clone(), uses.max);
    }
    for item in &sheet.equipment.magical_items {
        if let Some(charges) = &item.charges {
            let cell = format!("/equipment/magical_items/{}/charges/used", item.id);
            found.insert(cell, charges.max);
        }
    }
    for (level, slots) in &sheet.spellcasting.spell_slots {
        found.insert(format!("/spellcasting/slots/{level}/used"), slots.max);
    }
    if let Some(pact) = &sheet.spellcasting.pact_slots {
        found.insert("/spellcasting/pact/used".to_owned(), pact.max);
    }
    for tally in sheet
        .actions
        .uses
        .iter()
        .filter_map(|own| own.tally.as_ref())
    {
        found.insert(tally.cell.clone(), 1_000);
    }
    for (die, total) in &sheet.combat.hit_dice_total {
        found.insert(format!("/combat/hit_dice_used/{die}"), *total);
    }
    found
}
