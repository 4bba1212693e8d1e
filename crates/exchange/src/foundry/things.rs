//! One thing that is carried, as a mundane or a magic item of the sheet.

use rules::content::{Effect, MagicThing, key};
use sheet::source::{Armor, ArmorCategory, Charges, Item, ItemKind, MagicItem, Rarity};

use super::actor::Thing;
use super::draft::Draft;
use super::{uses, words};
use crate::cells;
use crate::json::{at, bounded, number, text, truth, whole};

/// Tells whether an item is magic.
pub(super) fn is_magic(draft: &Draft<'_>, thing: &Thing) -> bool {
    let rarity = text(thing.get("rarity")).to_lowercase();
    let plain = rarity.is_empty() || rarity == "common" && !thing.has("mgc");
    thing.has("mgc")
        || !plain
        || thing.asks_attunement()
        || ["optional", "required"].contains(&text(thing.get("attunement")))
        || draft
            .actor
            .amount(thing.get("magicalBonus"))
            .is_some_and(|bonus| bonus != 0.0)
        || draft
            .actor
            .amount(thing.get("armor.magicalBonus"))
            .is_some_and(|bonus| bonus != 0.0)
}

/// Finds a magic item of the content by its name, with the effects it has there.
pub(super) fn known_magic<'c>(
    draft: &Draft<'c>,
    name: &str,
) -> Option<(&'c MagicThing, Vec<&'c Effect>)> {
    let of = |name: &str| {
        draft
            .content
            .magic_items
            .get(&key(name))
            .map(|thing| &**thing)
    };
    let (before, variant) = match name.rsplit_once(", ") {
        Some((before, variant)) => (before, variant),
        None => (name, ""),
    };
    let thing = of(name).or_else(|| of(before))?;
    let variants = thing
        .variants
        .iter()
        .filter(|own| !variant.is_empty() && key(&own.name) == key(variant));
    let effects = thing
        .effects
        .iter()
        .chain(variants.flat_map(|own| own.effects.iter()))
        .collect();
    Some((thing, effects))
}

/// Finds the magic item of the content that another name belongs to: `Shield +2`, `Potion of Healing (Greater)`.
///
/// Its numbers are the file's own, as the name does not say to the rules which version it is.
pub(super) fn kin<'c>(draft: &Draft<'c>, thing: &Thing) -> Option<&'c MagicThing> {
    let of = |name: &str| {
        draft
            .content
            .magic_items
            .get(&key(name))
            .map(|thing| &**thing)
    };
    let name = thing.name.as_str();
    let plain = name.split(" (").next().unwrap_or_default();
    let series = |start: &str| of(&format!("{start}, +1, +2, or +3"));
    let raised = name
        .rsplit_once(" +")
        .is_some_and(|(_, bonus)| bonus.parse::<i32>().is_ok());
    let start = |word: &str| name.starts_with(word);
    let found = if let Some((before, _)) = name.split_once(": ") {
        of(before)
    } else if let Some((before, _)) = name.split_once(", +") {
        series(before)
    } else if raised {
        match (thing.kind.as_str(), armor_kind(thing)) {
            ("weapon", _) => series("Weapon"),
            ("consumable", _) => series("Ammunition"),
            (_, "shield") => series("Shield"),
            _ => series("Armor"),
        }
    } else if start("Adamantine ") {
        of("Adamantine Armor")
    } else if start("Mithral ") {
        of("Mithral Armor")
    } else if start("Elven Chain") {
        of("Elven Chain")
    } else if start("Vicious ") {
        of("Vicious Weapon")
    } else if start("Ioun Stone") {
        of("Ioun Stone")
    } else if start("Potion of") && name.ends_with("Resistance") {
        of("Potion of Resistance")
    } else if start("Ring of") && name.ends_with("Resistance") {
        of("Ring of Resistance")
    } else if start("Potion of Healing") {
        of("Potions of Healing")
    } else if name.ends_with("Giant Strength") {
        of(if start("Potion") {
            "Potion of Giant Strength"
        } else {
            "Belt of Giant Strength"
        })
    } else {
        None
    };
    found.or_else(|| of(plain))
}

/// Tells whether the rules act by themselves on an item of this name.
pub(super) fn acts(draft: &Draft<'_>, name: &str) -> bool {
    draft.built && known_magic(draft, name).is_some_and(|(_, effects)| !effects.is_empty())
}

/// What both kinds of item have.
pub(super) struct Common {
    pub(super) quantity: i32,
    pub(super) weight_lb: f64,
    pub(super) cost_cp: i32,
    pub(super) equipped: bool,
    pub(super) capacity_lb: Option<f64>,
    pub(super) weightless: bool,
    pub(super) armor: Option<Armor>,
    pub(super) base: String,
    /// What the content calls it, where it knows it.
    pub(super) known: Option<String>,
    pub(super) text: String,
}

/// Reads what both kinds of item have.
pub(super) fn common(draft: &Draft<'_>, thing: &Thing) -> Common {
    let armor = armor(draft, thing);
    let content = draft.content;
    let id = key(&thing.name);
    let weapon = (thing.kind == "weapon")
        .then(|| super::weapons::base(draft, thing))
        .flatten();
    let suit = words::armor_piece(text(thing.get("type.baseItem")))
        .or_else(|| words::armor_piece(text(thing.get("baseItem"))));
    let base = weapon
        .map(|weapon| weapon.name.clone())
        .or_else(|| suit.map(str::to_owned))
        .unwrap_or_default();
    let plural = format!("{id}s");
    let gear = content
        .gear
        .get(&id)
        .or_else(|| content.gear.get(&plural))
        .map(|gear| gear.name.clone());
    let named = content.weapons.get(&id).map(|weapon| weapon.name.clone());
    let worn = content.armor.get(&id).map(|armor| armor.name.clone());
    let known = named
        .or(worn)
        .or(gear)
        .or_else(|| (!base.is_empty()).then(|| base.clone()));
    let mut text_of = thing.description();
    let numbers = super::features::numbers(draft, thing);
    cells::append(&mut text_of, &numbers);
    if !thing.enchanted.is_empty() {
        cells::append(
            &mut text_of,
            &format!("Enchanted: {}", thing.enchanted.join(", ")),
        );
    }
    Common {
        quantity: whole(thing.get("quantity"), 0, 1_000_000).unwrap_or(1),
        weight_lb: weight(thing),
        cost_cp: price(thing),
        equipped: truth(thing.get("equipped")),
        capacity_lb: capacity(thing),
        weightless: thing.has("weightlessContents") || truth(thing.get("capacity.weightless")),
        armor,
        base: if key(&base) == id {
            String::new()
        } else {
            base
        },
        known,
        text: text_of,
    }
}

fn pounds(value: f64, units: &str) -> f64 {
    let pounds = match units {
        "kg" => value * 2.5,
        "tn" => value * 2_000.0,
        "Mg" => value * 2_500.0,
        _ => value,
    };
    (pounds.clamp(0.0, 100_000.0) * 1_000.0).round() / 1_000.0
}

fn weight(thing: &Thing) -> f64 {
    let weight = thing.get("weight");
    match number(weight) {
        Some(pounds_each) => pounds(pounds_each, "lb"),
        None => pounds(
            number(at(weight, "value")).unwrap_or(0.0),
            text(at(weight, "units")),
        ),
    }
}

fn price(thing: &Thing) -> i32 {
    let price = thing.get("price");
    let (value, coin) = match number(price) {
        Some(gold) => (gold, "gp"),
        None => (
            number(at(price, "value")).unwrap_or(0.0),
            text(at(price, "denomination")),
        ),
    };
    let each = match coin {
        "pp" => 1_000.0,
        "ep" => 50.0,
        "sp" => 10.0,
        "cp" => 1.0,
        _ => 100.0,
    };
    bounded(value * each, 0, 1_000_000_000)
}

fn capacity(thing: &Thing) -> Option<f64> {
    let capacity = thing.get("capacity");
    let (value, units) = match at(capacity, "weight") {
        serde_json::Value::Null if text(at(capacity, "type")) == "weight" => {
            (at(capacity, "value"), "lb")
        }
        weight => (at(weight, "value"), text(at(weight, "units"))),
    };
    number(value)
        .filter(|value| *value > 0.0)
        .map(|value| pounds(value, units))
}

fn armor(draft: &Draft<'_>, thing: &Thing) -> Option<Armor> {
    if thing.kind != "equipment" {
        return None;
    }
    let category = match armor_kind(thing) {
        "light" => ArmorCategory::Light,
        "medium" => ArmorCategory::Medium,
        "heavy" => ArmorCategory::Heavy,
        "shield" => ArmorCategory::Shield,
        _ => return None,
    };
    let cap = whole(thing.get("armor.dex"), 0, 20);
    let own = match category {
        ArmorCategory::Medium => cap.is_none() || cap == Some(2),
        ArmorCategory::Heavy => cap.is_none() || cap == Some(0),
        _ => false,
    };
    Some(Armor {
        category,
        base: whole(thing.get("armor.value"), 0, 40).unwrap_or(0),
        dex_cap: cap.filter(|_| !own && category != ArmorCategory::Shield),
        bonus: draft
            .actor
            .amount(thing.get("armor.magicalBonus"))
            .map_or(0, |bonus| bounded(bonus, -10, 10)),
        strength_required: whole(thing.get("strength"), 0, 30).filter(|strength| *strength > 0),
        stealth_disadvantage: thing.has("stealthDisadvantage") || truth(thing.get("stealth")),
    })
}

/// Gives the kind of a piece of equipment: `heavy`, `shield`, `ring`.
pub(super) fn armor_kind(thing: &Thing) -> &str {
    match text(thing.get("type.value")) {
        "" => text(thing.get("armor.type")),
        kind => kind,
    }
}

/// Makes a mundane item.
pub(super) fn mundane(draft: &Draft<'_>, thing: &Thing, common: Common) -> Item {
    let subtype = text(thing.get("type.value"));
    let content = draft.content;
    let of_gear = content.gear.get(&key(&thing.name)).map(|gear| gear.kind);
    let kind = match thing.kind.as_str() {
        "weapon" => ItemKind::Weapon,
        "equipment" => match common.armor.as_ref().map(|armor| armor.category) {
            Some(ArmorCategory::Shield) => ItemKind::Shield,
            Some(_) => ItemKind::Armor,
            None => of_gear.unwrap_or(ItemKind::Gear),
        },
        "tool" => ItemKind::Tool,
        "container" => ItemKind::Container,
        "consumable"
            if subtype == "ammo"
                || subtype.is_empty() && text(thing.get("consumableType")) == "ammo" =>
        {
            ItemKind::Ammunition
        }
        "consumable" => of_gear.unwrap_or(match subtype {
            "trinket" | "food" => ItemKind::Gear,
            _ => ItemKind::Consumable,
        }),
        "loot" if ["art", "gem", "treasure", "trade"].contains(&subtype) => ItemKind::Treasure,
        _ => of_gear.unwrap_or(ItemKind::Gear),
    };
    // What the rules know needs no text of another's.
    let notes = if common.known.is_some() && thing.enchanted.is_empty() {
        String::new()
    } else {
        common.text
    };
    Item {
        name: thing.name.clone(),
        base: common.base,
        kind,
        quantity: common.quantity,
        weight_lb: common.weight_lb,
        cost_cp: common.cost_cp,
        equipped: common.equipped,
        attuned: false,
        capacity_lb: common.capacity_lb,
        armor: common.armor,
        notes,
        ..Item::default()
    }
}

/// Makes a magic item.
pub(super) fn magic(draft: &Draft<'_>, thing: &Thing, common: Common) -> MagicItem {
    let known = known_magic(draft, &thing.name).map(|(known, _)| known);
    let read = uses::read(draft.actor, thing);
    let single =
        truth(thing.get("uses.autoDestroy")) && read.as_ref().is_none_or(|read| read.uses.max <= 1);
    let mut description = common.text;
    let charges = match read.filter(|_| !single) {
        Some(read) => {
            cells::append(&mut description, &read.words);
            Charges {
                max: read.uses.max,
                used: read.uses.used.min(read.uses.max.max(0)),
                recharge: cells::name(&read.recharge),
            }
        }
        None => Charges::default(),
    };
    let mut item = MagicItem {
        name: thing.name.clone(),
        base: common.base,
        kind: cells::name(&kind_of(thing)),
        rarity: rarity(thing, known),
        requires_attunement: thing.asks_attunement(),
        attuned: thing.is_attuned(),
        equipped: common.equipped,
        charges,
        armor: common.armor,
        quantity: common.quantity,
        weight_lb: common.weight_lb,
        cost_cp: common.cost_cp,
        capacity_lb: common.capacity_lb,
        weightless_contents: common.weightless,
        description,
        ..MagicItem::default()
    };
    if let Some(known) = known {
        known.text.clone_into(&mut item.description);
    }
    let acts = acts(draft, &thing.name);
    let bonus = draft
        .actor
        .amount(thing.get("magicalBonus"))
        .map_or(0, |bonus| bounded(bonus, -20, 20));
    if thing.kind == "weapon" && !acts {
        item.bonuses.weapon = bonus;
    }
    // The content's own effect of `Armor, +1` adds what the file adds to the armor itself.
    if let Some(armor) = item.armor.as_mut()
        && acts
        && known_magic(draft, &thing.name).is_some_and(|(_, effects)| {
            effects.iter().any(|effect| {
                matches!(
                    effect,
                    Effect::Bonus {
                        to: rules::content::Target::ArmorClass,
                        only: None,
                        ..
                    }
                )
            })
        })
    {
        armor.bonus = 0;
    }
    item
}

fn rarity(thing: &Thing, known: Option<&MagicThing>) -> Rarity {
    let word: String = text(thing.get("rarity"))
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect();
    match word.as_str() {
        "uncommon" => Rarity::Uncommon,
        "rare" => Rarity::Rare,
        "veryrare" => Rarity::VeryRare,
        "legendary" => Rarity::Legendary,
        "artifact" => Rarity::Artifact,
        "common" => Rarity::Common,
        _ => known.and_then(|known| known.rarity).unwrap_or_default(),
    }
}

fn kind_of(thing: &Thing) -> String {
    let subtype = match text(thing.get("type.value")) {
        "" => text(thing.get("consumableType")),
        subtype => subtype,
    };
    match (thing.kind.as_str(), subtype) {
        ("weapon", _) => "weapon".to_owned(),
        ("equipment", "light" | "medium" | "heavy") => "armor".to_owned(),
        ("equipment", "wondrous" | "trinket" | "clothing" | "") => "wondrous item".to_owned(),
        ("container", _) => "wondrous item".to_owned(),
        ("consumable", "ammo") => "ammunition".to_owned(),
        ("consumable" | "equipment", subtype) if !subtype.is_empty() => {
            words::title(subtype).to_lowercase()
        }
        (kind, _) => kind.to_owned(),
    }
}
