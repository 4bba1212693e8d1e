//! One row of the compendium for everything that content holds.

use std::collections::BTreeSet;

use rules::Content;
use rules::content::{Feature, KINDS, MagicThing, Spell, Weapon, key};
use serde::Serialize;
use serde_json::Value;

use super::shelf_of;
use crate::wire::CompendiumRow;

/// Gives a row of everything that content holds.
pub(super) fn all(content: &Content, give: &mut dyn FnMut(CompendiumRow)) {
    features(content, give);
    let put = &mut |kind: &str, name: &str, detail: String, text: &str, tags: Vec<String>| {
        let id = key(name);
        give(CompendiumRow {
            pack: origin(content, kind, &id),
            kind: kind.to_owned(),
            id,
            name: name.to_owned(),
            detail,
            text: text.to_owned(),
            tags,
        });
    };
    for class in content.classes.values() {
        put(
            "class",
            &class.name,
            format!("class, d{}", class.hit_die),
            &class.text,
            Vec::new(),
        );
    }
    for subclass in content.subclasses.values() {
        put(
            "subclass",
            &subclass.name,
            format!("{} subclass", subclass.class),
            &subclass.text,
            vec![subclass.class.to_lowercase()],
        );
    }
    for species in content.species.values() {
        put(
            "species",
            &species.name,
            format!("species, {} ft", species.speed),
            &species.text,
            Vec::new(),
        );
    }
    for background in content.backgrounds.values() {
        put(
            "background",
            &background.name,
            format!("background, {}", background.feat),
            &background.text,
            Vec::new(),
        );
    }
    for feat in content.feats.values() {
        let category = feat.category.replace('_', " ");
        put(
            "feat",
            &feat.name,
            format!("{category} feat"),
            &feat.text,
            vec![category],
        );
    }
    for option in content.options.values() {
        let group = option.group.replace('_', " ");
        put(
            "option",
            &option.name,
            group.clone(),
            &option.text,
            vec![group],
        );
    }
    for spell in content.spells.values() {
        put(
            "spell",
            &spell.name,
            spell_line(spell),
            &spell.text,
            spell_tags(spell),
        );
    }
    for weapon in content.weapons.values() {
        let text = content
            .masteries
            .get(&key(&weapon.mastery))
            .map_or(String::new(), |mastery| {
                format!("{}: {}", mastery.name, mastery.text)
            });
        let kind = weapon_kind(weapon);
        let mut tags = vec![kind.clone(), weapon.mastery.to_lowercase()];
        tags.extend(weapon.properties.iter().map(|name| name.replace('_', " ")));
        put(
            "item",
            &weapon.name,
            format!("{kind}, {} {}", weapon.damage, weapon.damage_type),
            &text,
            tags,
        );
    }
    for armor in content.armor.values() {
        let category = serde_name(&armor.category);
        put(
            "item",
            &armor.name,
            format!("{category} armor, AC {}", armor.base),
            "",
            vec![format!("{category} armor")],
        );
    }
    for gear in content.gear.values() {
        let category = gear.category.replace('_', " ");
        put(
            "item",
            &gear.name,
            category.clone(),
            &gear.text,
            vec![category],
        );
    }
    for item in content.magic_items.values() {
        let category = item.category.replace('_', " ");
        let rarity = rarity_of(item);
        let mut tags = vec![category.clone(), rarity.clone()];
        tags.push(if item.attunement {
            "attunement".to_owned()
        } else {
            "no attunement".to_owned()
        });
        put(
            "magic_item",
            &item.name,
            format!("{rarity} {category}"),
            &item.text,
            tags,
        );
    }
    for creature in content.creatures.values() {
        let size = creature.size.name().to_lowercase();
        let kind = creature
            .r#type
            .split(" (")
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let tags = vec![
            format!("CR {}", creature.challenge_rating),
            kind.clone(),
            size.clone(),
        ];
        put(
            "creature",
            &creature.name,
            format!("CR {} {size} {kind}", creature.challenge_rating),
            &creature.notes,
            tags,
        );
    }
    for condition in content.conditions.values() {
        put(
            "condition",
            &condition.name,
            "condition".to_owned(),
            &condition.text,
            Vec::new(),
        );
    }
    for (kind, entries) in [
        ("language", &content.languages),
        ("property", &content.properties),
        ("mastery", &content.masteries),
        ("skill", &content.skills),
    ] {
        for entry in entries.values() {
            put(kind, &entry.name, kind.to_owned(), &entry.text, Vec::new());
        }
    }
}

/// Gives a row of each feature of classes, subclasses and species. One that comes at several levels is one row.
fn features(content: &Content, give: &mut dyn FnMut(CompendiumRow)) {
    let mut seen = BTreeSet::new();
    owners(content, &mut |owner, features| {
        for feature in features {
            let id = feature_id(owner.name, &feature.name);
            if !seen.insert(id.clone()) {
                continue;
            }
            give(CompendiumRow {
                pack: origin(content, owner.kind, &key(owner.name)),
                kind: "feature".to_owned(),
                id,
                name: feature.name.clone(),
                detail: level_of(owner.kind, owner.name, feature),
                text: feature.text.clone(),
                tags: vec![owner.name.to_lowercase()],
            });
        }
    });
}

/// What has features: its kind and name.
pub(super) struct Owner<'c> {
    pub(super) kind: &'static str,
    pub(super) name: &'c str,
}

/// Goes through everything that has features.
pub(super) fn owners<'c>(content: &'c Content, each: &mut dyn FnMut(Owner<'c>, &'c [Feature])) {
    let owner = |kind, name| Owner { kind, name };
    for class in content.classes.values() {
        each(owner("class", &class.name), &class.features);
    }
    for subclass in content.subclasses.values() {
        each(owner("subclass", &subclass.name), &subclass.features);
    }
    for species in content.species.values() {
        each(owner("species", &species.name), &species.traits);
    }
}

/// Gives the id of a feature: `rogue-sneak-attack`.
pub(super) fn feature_id(owner: &str, name: &str) -> String {
    key(&format!("{owner} {name}"))
}

/// Says where a feature comes from: `Rogue 1`, `Elf trait`.
pub(super) fn level_of(kind: &str, owner: &str, feature: &Feature) -> String {
    match (kind, feature.level) {
        ("species", ..=1) => format!("{owner} trait"),
        ("species", level) => format!("{owner} trait from level {level}"),
        (_, level) => format!("{owner} {level}"),
    }
}

/// Names the pack a thing comes from, where that is not the first.
fn origin(content: &Content, kind: &str, id: &str) -> Option<String> {
    if content.origins.is_empty() {
        return None;
    }
    let mut tables = KINDS.into_iter().filter(|table| shelf_of(table) == kind);
    let name = tables.find_map(|table| content.origins.get(&(table, id.to_owned())))?;
    Some(name.to_string())
}

fn spell_line(spell: &Spell) -> String {
    if spell.level == 0 {
        format!("{} cantrip", spell.school)
    } else {
        format!("level {} {}", spell.level, spell.school)
    }
}

fn spell_tags(spell: &Spell) -> Vec<String> {
    let mut tags: Vec<String> = spell
        .classes
        .iter()
        .map(|class| class.to_lowercase())
        .collect();
    tags.push(if spell.level == 0 {
        "cantrip".to_owned()
    } else {
        format!("level {}", spell.level)
    });
    tags.push(spell.school.clone());
    if spell.ritual {
        tags.push("ritual".to_owned());
    }
    if spell.concentration {
        tags.push("concentration".to_owned());
    }
    tags.extend(
        spell
            .damage
            .iter()
            .flat_map(|damage| damage.r#type.split('/').map(str::to_owned)),
    );
    tags.extend(
        spell
            .saves
            .iter()
            .map(|save| format!("{} save", save.key())),
    );
    tags.dedup();
    tags
}

pub(super) fn weapon_kind(weapon: &Weapon) -> String {
    let kind = if weapon.martial { "martial" } else { "simple" };
    let reach = if weapon.ranged { "ranged" } else { "melee" };
    format!("{kind} {reach} weapon")
}

pub(super) fn rarity_of(item: &MagicThing) -> String {
    item.rarity.map_or_else(
        || "rarity varies".to_owned(),
        |rarity| serde_name(&rarity).replace('_', " "),
    )
}

/// Gives the name by which a value is written.
pub(super) fn serde_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
