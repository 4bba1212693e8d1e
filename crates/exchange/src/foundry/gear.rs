//! What the actor carries: items one by one, containers, coins, attacks with weapons.

use std::sync::Arc;

use std::collections::BTreeMap;

use serde_json::Value;

use super::actor::Thing;
use super::draft::Draft;
use super::{things, weapons};
use crate::cells;
use crate::json::{at, text, truth, whole};

/// The kinds of item that are carried.
pub(super) const CARRIED: [&str; 6] = [
    "weapon",
    "equipment",
    "consumable",
    "tool",
    "loot",
    "container",
];
/// The coins.
const COINS: [&str; 5] = ["pp", "gp", "ep", "sp", "cp"];

pub(super) fn read(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    coins(draft, &actor.get("currency").clone(), "", "currency");
    let carried: Vec<&Thing> = actor
        .items
        .iter()
        .filter(|thing| CARRIED.contains(&thing.kind.as_str()))
        .collect();
    let containers = containers(draft, &carried);
    for thing in carried {
        one(draft, thing, containers.get(thing.id.as_str()).cloned());
    }
    if actor.kind == "npc" {
        for thing in actor.of_kind("feat") {
            attack(draft, thing, None);
        }
    }
}

/// Tells in which container each thing lies; what lies in nothing, in no container or in itself lies loose.
fn containers(draft: &mut Draft<'_>, carried: &[&Thing]) -> BTreeMap<String, String> {
    let mut by_old: BTreeMap<&str, &Thing> = BTreeMap::new();
    for thing in carried {
        by_old.entry(&thing.old_id).or_insert(thing);
    }
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for thing in carried {
        let wanted = crate::json::written(thing.get("container"));
        if wanted.is_empty() {
            continue;
        }
        match by_old.get(wanted.as_str()) {
            Some(container) if container.kind == "container" => {
                found.insert(thing.id.clone(), container.id.clone());
            }
            _ => draft.unused(
                "Items",
                &format!("{}: container", thing.name),
                &thing.path,
                "It names a container that is not in the file; it is carried loose.",
            ),
        }
    }
    for thing in carried {
        let mut at_id = thing.id.clone();
        for step in 0.. {
            match found.get(&at_id) {
                Some(next) if *next == thing.id || step >= sheet::MAX_NESTING => {
                    found.remove(&thing.id);
                    draft.unused("Items", &format!("{}: container", thing.name), &thing.path, "It lies, through other things, in itself, or too deep; it is carried loose.");
                    break;
                }
                Some(next) => at_id.clone_from(next),
                None => break,
            }
        }
    }
    found
}

fn one(draft: &mut Draft<'_>, thing: &Thing, container: Option<String>) {
    let kind = things::armor_kind(thing).to_owned();
    let natural = thing.kind == "weapon"
        && (text(thing.get("type.value")) == "natural"
            || text(thing.get("weaponType")) == "natural");
    if natural {
        let to = attack(draft, thing, None);
        draft.understood(
            "Items",
            &thing.name,
            &thing.path,
            to.unwrap_or_default(),
            "It is an attack of the body and nothing that is carried.",
        );
        return;
    }
    if thing.kind == "equipment" && kind == "natural" {
        natural_armor(draft, thing);
        return;
    }
    if draft.actor.kind == "npc" && thing.kind == "weapon" && !is_gear(thing) {
        let to = attack(draft, thing, None);
        draft.understood(
            "Items",
            &thing.name,
            &thing.path,
            to.unwrap_or_default(),
            "It is an attack of the stat block.",
        );
        return;
    }
    if thing.get("identified") == &Value::Bool(false) {
        draft.unused(
            "Items",
            &format!("{}: not identified", thing.name),
            &thing.path,
            "There it was not identified; here it stands with its true name.",
        );
    }
    coins(
        draft,
        &thing.get("currency").clone(),
        &thing.name,
        &thing.path,
    );
    let mut common = things::common(draft, thing);
    if is_stowed(draft.actor.kind == "npc", thing) {
        common.equipped = false;
    }
    let (_, rank) = draft.next();
    let known = common.known.clone();
    let is_magic = things::is_magic(draft, thing);
    let cell = if is_magic {
        let known_magic =
            things::known_magic(draft, &thing.name).map(|(known, _)| known.name.clone());
        let kin = things::kin(draft, thing).map(|known| known.name.clone());
        let mut item = things::magic(draft, thing, common);
        item.rank = rank;
        item.container = container;
        draft
            .source
            .equipment
            .magical_items
            .0
            .insert(thing.id.clone(), Arc::new(item));
        let cell = format!("/equipment/magical_items/{}", thing.id);
        match known_magic {
            Some(name) => draft.mapped("Items", &thing.name, &thing.path, format!("magic item {name}"), "The rules know this magic item."),
            None if kin.is_some() => draft.mapped("Items", &thing.name, &thing.path, format!("magic item {}", kin.unwrap_or_default()), "The rules know items of this kind; its numbers are those of the file."),
            None => draft.as_text("Items", &thing.name, &thing.path, cell.clone(), "A magic item the rules do not have by this name: text, charges and numbers are kept."),
        }
        cell
    } else {
        let mut item = things::mundane(draft, thing, common);
        item.rank = rank;
        item.container = container;
        draft
            .source
            .equipment
            .inventory
            .0
            .insert(thing.id.clone(), Arc::new(item));
        let cell = format!("/equipment/inventory/{}", thing.id);
        match known {
            Some(name) => draft.mapped(
                "Items",
                &thing.name,
                &thing.path,
                name,
                "The rules know this item.",
            ),
            None => draft.as_text(
                "Items",
                &thing.name,
                &thing.path,
                cell.clone(),
                "The rules do not have it: weight, price and text are kept.",
            ),
        }
        cell
    };
    let proficient_twice = thing.kind == "tool" && whole(thing.get("proficient"), 0, 2) == Some(2);
    if proficient_twice {
        draft.unused(
            "Items",
            &format!("{}: expertise", thing.name),
            &thing.path,
            "Trainings with tools have no expertise here.",
        );
    }
    if thing.kind == "weapon" && wants_attack(draft, thing, is_magic) {
        let id = thing.id.clone();
        attack(draft, thing, Some(&id));
        draft.understood(
            "Items",
            &format!("{}: attack", thing.name),
            &thing.path,
            cell,
            "The attack with it is written out.",
        );
    }
}

/// An attack is written out where the rules would not reckon the same by themselves.
fn wants_attack(draft: &Draft<'_>, thing: &Thing, is_magic: bool) -> bool {
    let adds = draft
        .actor
        .amount(thing.get("magicalBonus"))
        .is_some_and(|bonus| bonus != 0.0);
    !draft.built
        || weapons::is_special(draft, thing) && truth(thing.get("equipped"))
        || is_magic && adds && things::acts(draft, &thing.name)
}

/// Packs and bags say `equipped: false` whatever they are, and loot says nothing.
fn is_stowed(is_npc: bool, thing: &Thing) -> bool {
    !is_npc && thing.kind == "loot"
}

fn is_gear(thing: &Thing) -> bool {
    thing.has("gear") || whole(thing.get("price.value"), 0, 1_000_000).unwrap_or(0) > 0
}

/// Writes the attack with a thing; gives its cell.
fn attack(draft: &mut Draft<'_>, thing: &Thing, item: Option<&str>) -> Option<String> {
    let (mut attack, fixed) = weapons::attack(draft, thing, item)?;
    let (place, rank) = draft.next();
    attack.rank = rank;
    if item.is_none() && thing.kind == "weapon" {
        let text = cells::prose(&thing.description()).0;
        let numbers = super::features::numbers(draft, thing);
        cells::append(&mut attack.notes, &text);
        cells::append(&mut attack.notes, &numbers);
    }
    let id = if draft.source.actions.weapons.get(&thing.id).is_some() {
        format!("attack-{place}")
    } else {
        thing.id.clone()
    };
    let cell = format!("/actions/weapons/{id}");
    if let Some(fixed) = fixed {
        draft.set_by_hand(&format!("{cell}/attack_bonus"), fixed.bonus, fixed.why);
    }
    draft.source.actions.weapons.0.insert(id, Arc::new(attack));
    Some(cell)
}

fn natural_armor(draft: &mut Draft<'_>, thing: &Thing) {
    if !truth(thing.get("equipped")) {
        draft.unused(
            "Items",
            &thing.name,
            &thing.path,
            "It is natural armor that is not in force.",
        );
        return;
    }
    let base = whole(thing.get("armor.value"), 0, 40).unwrap_or(10);
    let capped = whole(thing.get("armor.dex"), 0, 20) == Some(0);
    let dexterity = [sheet::vocabulary::Ability::Dexterity];
    let abilities: &[_] = if capped { &[] } else { &dexterity };
    draft.armor_formula(&thing.name, base, abilities, true);
    draft.understood(
        "Items",
        &thing.name,
        &thing.path,
        "/combat/armor_formulas",
        "Natural armor is a way to reckon armor class.",
    );
}

fn coins(draft: &mut Draft<'_>, from: &Value, container: &str, path: &str) {
    let mut any = false;
    for coin in COINS {
        let amount = whole(at(from, coin), 0, 1_000_000_000).unwrap_or(0);
        if amount == 0 {
            continue;
        }
        any = true;
        let purse = &mut draft.source.equipment.currency;
        let cell = match coin {
            "pp" => &mut purse.pp,
            "gp" => &mut purse.gp,
            "ep" => &mut purse.ep,
            "sp" => &mut purse.sp,
            _ => &mut purse.cp,
        };
        *cell = cell.saturating_add(amount).min(1_000_000_000);
    }
    if any {
        let why = if container.is_empty() {
            "The purse.".to_owned()
        } else {
            format!("Coins in {container} went into the purse.")
        };
        draft.understood("Items", "Coins", path, "/equipment/currency", why);
    }
}
