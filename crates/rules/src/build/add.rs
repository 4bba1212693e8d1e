//! Things of the content put on a sheet: items with their price, magic items, spells, conditions.

use serde_json::json;
use sheet::Source;

use super::{CannotBuild, Thing, Write, inventory_item, magic_item, thing};
use crate::content::{Content, key};

/// Says what is to be put on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added<'a> {
    /// A mundane item.
    Item {
        /// Its name.
        name: &'a str,
        /// How many, 1 to 1,000.
        count: i32,
    },
    /// A magic item.
    MagicItem {
        /// Its name.
        name: &'a str,
        /// How many, 1 to 1,000.
        count: i32,
        /// The variant: `+1`.
        variant: Option<&'a str>,
        /// The mundane thing it is made of: `Longsword`.
        base: Option<&'a str>,
    },
    /// A spell.
    Spell {
        /// Its name.
        name: &'a str,
        /// The id of the caster it belongs to; none belongs to the first.
        caster: Option<&'a str>,
    },
    /// A condition.
    Condition {
        /// Its name.
        name: &'a str,
    },
}

/// The most of one thing that is added at once.
const MOST: i32 = 1_000;

/// Gives the writes that put a thing on a sheet, `id` being the id of an item or condition; none for a spell that is there.
///
/// # Errors
/// A name that no pack has, a count that is not 1 to 1,000.
pub fn add(
    source: &Source,
    content: &Content,
    added: Added<'_>,
    id: &str,
) -> Result<Vec<Write>, CannotBuild> {
    match added {
        Added::Item { name, count } => {
            let found = thing(content, name).ok_or_else(|| unknown("item", name))?;
            let mut item = inventory_item(found, lawful(count)?);
            let ranks = source.equipment.inventory.iter();
            item["rank"] = json!(history::rank_after(
                ranks.map(|(_, item)| item.rank.as_str())
            ));
            Ok(vec![Write::set(format!("/equipment/inventory/{id}"), item)])
        }
        Added::MagicItem {
            name,
            count,
            variant,
            base,
        } => {
            let found = content.magic_items.get(&key(name));
            let found = found.ok_or_else(|| unknown("magic item", name))?;
            let variant = variant.map(|wanted| {
                let mut variants = found.variants.iter();
                let known = variants.find(|variant| key(&variant.name) == key(wanted));
                known.ok_or_else(|| unknown("variant", wanted))
            });
            let mut item = magic_item(content, found, variant.transpose()?, base);
            let ranks = source.equipment.magical_items.iter();
            item["rank"] = json!(history::rank_after(
                ranks.map(|(_, item)| item.rank.as_str())
            ));
            item["quantity"] = json!(lawful(count)?);
            Ok(vec![Write::set(
                format!("/equipment/magical_items/{id}"),
                item,
            )])
        }
        Added::Spell { name, caster } => {
            let spell = content.spells.get(&key(name));
            let spell = spell.ok_or_else(|| unknown("spell", name))?;
            let built = source.build.is_active();
            // Named by what it is: two people who add the same spell have added one.
            let id = format!("{}-{}", caster.unwrap_or("spell"), key(&spell.name));
            if source.spellcasting.spells.get(&id).is_some() {
                // It stays as it is, with whatever was written of it since.
                return Ok(Vec::new());
            }
            let prepared = spell.level > 0 && built && has_room(source, content, caster);
            let mut cells = json!({
                "name": spell.name, "level": spell.level, "caster": caster, "prepared": prepared,
            });
            // What packs say of a spell is read from them as long as they hold for the character.
            if !built {
                cells["school"] = json!(spell.school);
                cells["casting_time"] = json!(spell.time);
                cells["range"] = json!(spell.range);
                cells["components"] = json!(spell.components);
                cells["duration"] = json!(spell.duration);
                cells["ritual"] = json!(spell.ritual);
                cells["concentration"] = json!(spell.concentration);
                cells["description"] = json!(spell.text);
            }
            let ranks = source.spellcasting.spells.iter();
            cells["rank"] = json!(history::rank_after(
                ranks.map(|(_, spell)| spell.rank.as_str())
            ));
            Ok(vec![Write::set(
                format!("/spellcasting/spells/{id}"),
                cells,
            )])
        }
        Added::Condition { name } => {
            let rule = content.conditions.get(&key(name));
            let rule = rule.ok_or_else(|| unknown("condition", name))?;
            let ranks = source.conditions.iter();
            let rank = history::rank_after(ranks.map(|(_, own)| own.rank.as_str()));
            Ok(vec![Write::set(
                format!("/conditions/{id}"),
                json!({ "name": rule.name, "rank": rank }),
            )])
        }
    }
}

/// Tells whether a caster, or the first, may prepare one more spell.
fn has_room(source: &Source, content: &Content, caster: Option<&str>) -> bool {
    let sheet = crate::derive(source, content).sheet;
    let mut casters = sheet.spellcasting.casters.iter();
    let caster = casters.find(|one| caster.is_none_or(|id| one.id == id));
    caster
        .and_then(|one| Some(one.prepared_count < one.prepared_limit?))
        .unwrap_or(true)
}

/// Gives the price of so many of a thing in copper pieces; a bundle is sold by the piece, rounded down.
pub fn price(thing: Thing<'_>, count: i32) -> i32 {
    let (cost, bundle) = match thing {
        Thing::Weapon(weapon) => (weapon.cost_cp, 1),
        Thing::Armor(armor) => (armor.cost_cp, 1),
        Thing::Gear(gear) => (gear.cost_cp, gear.bundle.max(1)),
    };
    let price = i64::from(cost) * i64::from(count) / i64::from(bundle);
    i32::try_from(price).unwrap_or(i32::MAX)
}

fn lawful(count: i32) -> Result<i32, CannotBuild> {
    if (1..=MOST).contains(&count) {
        return Ok(count);
    }
    Err(CannotBuild {
        message: format!("{count} of a thing cannot be added at once."),
        hint: "Give 1 to 1,000.".to_owned(),
    })
}

fn unknown(kind: &str, name: &str) -> CannotBuild {
    CannotBuild {
        message: format!("The compendium has no {kind} called `{name}`."),
        hint: "Look the name up in the compendium.".to_owned(),
    }
}
