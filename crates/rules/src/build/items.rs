//! Things of the content as items of a sheet.

use serde_json::{Map, Value, json};
use sheet::source::ItemKind;

use super::Write;
use crate::content::{
    ArmorPiece, Content, Gear, MagicThing, MagicVariant, StartingItem, Weapon, key,
};

/// A thing that can be carried.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Thing<'c> {
    /// A weapon.
    Weapon(&'c Weapon),
    /// Armor or a shield.
    Armor(&'c ArmorPiece),
    /// Gear.
    Gear(&'c Gear),
}

/// Finds a mundane thing by its name.
pub fn thing<'c>(content: &'c Content, name: &str) -> Option<Thing<'c>> {
    let id = key(name);
    let weapon = content.weapons.get(&id).map(|weapon| Thing::Weapon(weapon));
    let armor = || content.armor.get(&id).map(|armor| Thing::Armor(armor));
    let gear = || content.gear.get(&id).map(|gear| Thing::Gear(gear));
    weapon.or_else(armor).or_else(gear)
}

/// Makes the inventory item of a thing: the object for `/equipment/inventory/<id>`, without a rank.
pub fn inventory_item(thing: Thing<'_>, count: i32) -> Value {
    let mut item = json!({ "quantity": count.max(1) });
    match thing {
        Thing::Weapon(weapon) => {
            item["name"] = json!(weapon.name);
            item["kind"] = json!(ItemKind::Weapon);
            item["weight_lb"] = json!(weapon.weight_lb);
            item["cost_cp"] = json!(weapon.cost_cp);
        }
        Thing::Armor(armor) => {
            let shield = armor.category == sheet::source::ArmorCategory::Shield;
            item["name"] = json!(armor.name);
            item["kind"] = json!(if shield {
                ItemKind::Shield
            } else {
                ItemKind::Armor
            });
            item["weight_lb"] = json!(armor.weight_lb);
            item["cost_cp"] = json!(armor.cost_cp);
            item["armor"] = armor_cells(armor, 0);
        }
        Thing::Gear(gear) => {
            let bundle = f64::from(gear.bundle.max(1));
            item["name"] = json!(gear.name);
            item["kind"] = json!(gear.kind);
            item["weight_lb"] = json!((gear.weight_lb / bundle * 1000.0).round() / 1000.0);
            item["cost_cp"] = json!(gear.cost_cp / gear.bundle.max(1));
            item["notes"] = json!(gear.text);
            if let Some(capacity) = gear.capacity_lb {
                item["capacity_lb"] = json!(capacity);
            }
        }
    }
    item
}

fn armor_cells(armor: &ArmorPiece, bonus: i32) -> Value {
    let mut cells = json!({
        "category": armor.category,
        "base": armor.base,
        "stealth_disadvantage": armor.stealth_disadvantage,
    });
    if let Some(strength) = armor.strength {
        cells["strength_required"] = json!(strength);
    }
    if bonus != 0 {
        cells["bonus"] = json!(bonus);
    }
    cells
}

/// Makes the magic item of a thing: the object for `/equipment/magical_items/<id>`, without a rank.
///
/// `base` names the mundane weapon or armor it is made of, where the item leaves that open; the item then is called after
/// it (`Longsword, +1`).
pub fn magic_item(
    content: &Content,
    item: &MagicThing,
    variant: Option<&MagicVariant>,
    base: Option<&str>,
) -> Value {
    let base = base.filter(|base| !base.trim().is_empty());
    let plus = variant
        .and_then(|variant| variant.name.strip_prefix('+'))
        .and_then(|plus| plus.parse::<i32>().ok());
    let mut cells = Map::new();
    let name = match (variant, base) {
        (Some(variant), Some(base)) if plus.is_some() => format!("{base}, {}", variant.name),
        (Some(variant), _) => format!("{}, {}", plain(&item.name), variant.name),
        (None, _) => item.name.clone(),
    };
    cells.insert("name".to_owned(), json!(name));
    cells.insert("kind".to_owned(), json!(item.category.replace('_', " ")));
    let rarity = variant
        .map(|variant| variant.rarity)
        .or(item.rarity)
        .unwrap_or_default();
    cells.insert("rarity".to_owned(), json!(rarity));
    cells.insert("requires_attunement".to_owned(), json!(item.attunement));
    let mut text = item.text.clone();
    if let Some(variant) = variant.filter(|variant| !variant.text.is_empty()) {
        text.push_str("\n\n");
        text.push_str(&variant.text);
    }
    if !item.spells.is_empty() {
        text.push_str("\n\nSpells: ");
        text.push_str(&item.spells.join(", "));
    }
    cells.insert("description".to_owned(), json!(text));
    if let Some(charges) = item.charges {
        cells.insert(
            "charges".to_owned(),
            json!({ "max": charges, "recharge": item.recharge }),
        );
    }
    if let Some(base) = base {
        match thing(content, base) {
            Some(Thing::Weapon(weapon)) => {
                cells.insert("base".to_owned(), json!(weapon.name));
                cells.insert("weight_lb".to_owned(), json!(weapon.weight_lb));
                if let Some(plus) = plus {
                    cells.insert("bonuses".to_owned(), json!({ "weapon": plus }));
                }
            }
            Some(Thing::Armor(armor)) => {
                cells.insert("base".to_owned(), json!(armor.name));
                cells.insert("weight_lb".to_owned(), json!(armor.weight_lb));
                cells.insert("armor".to_owned(), armor_cells(armor, plus.unwrap_or(0)));
            }
            _ => {}
        }
    }
    Value::Object(cells)
}

/// Gives a name without the list of its versions: `Weapon` of `Weapon, +1, +2, or +3`.
fn plain(name: &str) -> &str {
    name.split(", +").next().unwrap_or(name)
}

/// Gives the writes that put starting equipment into the inventory, packs unpacked, gold added.
///
/// `picks` answer the things that are left open, in their order: a musical instrument, a holy symbol. Armor, shields and
/// weapons are put on. `ids` makes ids of the new items.
pub fn equipment(
    source: &sheet::Source,
    content: &Content,
    items: &[StartingItem],
    gold: i32,
    picks: &[String],
    ids: &mut dyn FnMut() -> String,
) -> Vec<Write> {
    let mut writes = Vec::new();
    let mut picks = picks.iter();
    let inventory = source.equipment.inventory.ordered();
    let mut rank = inventory.last().map(|(_, item)| item.rank.clone());
    let mut add = |writes: &mut Vec<Write>,
                   name: &str,
                   count: i32,
                   container: Option<&str>|
     -> Option<String> {
        let found = thing(content, name)?;
        let mut item = inventory_item(found, count);
        let next = history::rank_after(rank.as_deref());
        item["rank"] = json!(next);
        rank = Some(next);
        if matches!(found, Thing::Weapon(_) | Thing::Armor(_)) {
            item["equipped"] = json!(true);
        }
        if let Some(container) = container {
            item["container"] = json!(container);
        }
        let id = ids();
        writes.push(Write::set(format!("/equipment/inventory/{id}"), item));
        Some(id)
    };
    for item in items {
        let named = item.item.clone().or_else(|| {
            let pick = picks.next().cloned();
            pick.or_else(|| first_of(content, &item.any))
        });
        let Some(name) = named else { continue };
        match content
            .gear
            .get(&key(&name))
            .filter(|gear| gear.category == "pack")
        {
            // A pack is what lies in it: the first container holds the rest.
            Some(pack) => {
                let mut container = None;
                for part in &pack.contents {
                    let Some(part_name) = &part.item else {
                        continue;
                    };
                    let holds = matches!(thing(content, part_name), Some(Thing::Gear(gear)) if gear.capacity_lb.is_some());
                    let id = add(&mut writes, part_name, part.count, container.as_deref());
                    if container.is_none() && holds {
                        container = id;
                    }
                }
            }
            None => {
                add(&mut writes, &name, item.count, None);
            }
        }
    }
    if gold != 0 {
        let has = source.equipment.currency.gp;
        writes.push(Write::set(
            "/equipment/currency/gp",
            has.saturating_add(gold),
        ));
    }
    writes
}

/// Finds the first thing of one of some categories.
fn first_of(content: &Content, categories: &[String]) -> Option<String> {
    let of = |gear: &Gear| {
        categories
            .iter()
            .any(|category| *category == gear.category || *category == gear.subcategory)
    };
    content
        .gear
        .values()
        .find(|gear| of(gear))
        .map(|gear| gear.name.clone())
}
