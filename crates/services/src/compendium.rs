//! The compendium: everything that packs hold, searched and shown.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rules::Content;
use rules::content::{Creature, CreatureAction, Feature, MagicThing, Spell, Weapon, key};
use serde::Serialize;
use serde_json::Value;

use crate::library::Library;
use crate::text::fold;
use crate::wire::{
    CompendiumEntry, CompendiumPage, CompendiumQuery, CompendiumRow, Facet, Fact, Gain,
};
use crate::{Code, Failure};

/// How many tags a page lists.
const TAGS: usize = 60;

/// Serves the compendium; made by [`Library::compendium`].
#[derive(Clone, Copy)]
pub struct Compendium<'a> {
    library: &'a Library,
}

impl Library {
    /// Gives the use cases of the compendium.
    pub fn compendium(&self) -> Compendium<'_> {
        Compendium { library: self }
    }
}

/// One thing, with its words made ready for search.
struct Indexed {
    row: CompendiumRow,
    name: String,
    words: String,
}

impl Compendium<'_> {
    /// Searches things by words, kinds and tags; names that begin with the words stand first.
    ///
    /// # Errors
    /// Search words of more than 200 characters.
    pub fn search(&self, query: &CompendiumQuery) -> Result<CompendiumPage, Failure> {
        self.library.timed("compendium.search", || search(query))
    }

    /// Shows one thing whole.
    ///
    /// # Errors
    /// A kind or id that no pack has.
    pub fn show(&self, kind: &str, id: &str) -> Result<CompendiumEntry, Failure> {
        self.library.timed("compendium.show", || show(kind, id))
    }
}

/// Searches the compendium; needs no library.
///
/// # Errors
/// See [`Compendium::search`].
pub fn search(query: &CompendiumQuery) -> Result<CompendiumPage, Failure> {
    if query.text.chars().count() > 200 {
        return Err(Failure::new(
            Code::Invalid,
            "Search words of more than 200 characters find nothing.",
            "Give a few words.",
        ));
    }
    let words: Vec<String> = query.text.split_whitespace().map(fold).collect();
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut tags: BTreeMap<&str, u32> = BTreeMap::new();
    let mut found: Vec<(u8, &Indexed)> = Vec::new();
    for thing in index() {
        let Some(rank) = rank(thing, &words) else {
            continue;
        };
        let tagged = query.tags.iter().all(|tag| thing.row.tags.contains(tag));
        if !tagged {
            continue;
        }
        *kinds.entry(&thing.row.kind).or_default() += 1;
        if !query.kinds.is_empty() && !query.kinds.contains(&thing.row.kind) {
            continue;
        }
        for tag in &thing.row.tags {
            *tags.entry(tag).or_default() += 1;
        }
        found.push((rank, thing));
    }
    found.sort_by(|(a_rank, a), (b_rank, b)| (a_rank, &a.name).cmp(&(b_rank, &b.name)));
    let limit = match query.limit {
        0 => 100,
        limit => usize::try_from(limit.min(500)).unwrap_or(500),
    };
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let mut tags: Vec<Facet> = facets(tags);
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    tags.truncate(TAGS);
    Ok(CompendiumPage {
        rows: found
            .into_iter()
            .skip(offset)
            .take(limit)
            .map(|(_, thing)| thing.row.clone())
            .collect(),
        total,
        kinds: facets(kinds),
        tags,
    })
}

fn facets(counts: BTreeMap<&str, u32>) -> Vec<Facet> {
    let facet = |(name, count): (&str, u32)| Facet {
        name: name.to_owned(),
        count,
    };
    counts.into_iter().map(facet).collect()
}

/// Ranks a match: 0 is the name itself, 1 a name that begins so, 2 a name that has the words, 3 anything else.
fn rank(thing: &Indexed, words: &[String]) -> Option<u8> {
    if words.is_empty() {
        return Some(3);
    }
    let whole = words.join(" ");
    if thing.name == whole {
        Some(0)
    } else if thing.name.starts_with(&whole) {
        Some(1)
    } else if words.iter().all(|word| thing.name.contains(word)) {
        Some(2)
    } else {
        words
            .iter()
            .all(|word| thing.words.contains(word))
            .then_some(3)
    }
}

/// Shows one thing of the compendium; needs no library.
///
/// # Errors
/// See [`Compendium::show`].
pub fn show(kind: &str, id: &str) -> Result<CompendiumEntry, Failure> {
    let found = index()
        .iter()
        .find(|thing| thing.row.kind == kind && thing.row.id == id);
    let Some(found) = found else {
        return Err(Failure::new(
            Code::NotFound,
            format!("The compendium has no {kind} `{id}`."),
            "Search for it by name.",
        ));
    };
    let (facts, parts, raw) = details(kind, id);
    Ok(CompendiumEntry {
        row: found.row.clone(),
        facts,
        parts,
        raw,
    })
}

fn index() -> &'static [Indexed] {
    static INDEX: OnceLock<Vec<Indexed>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut rows = Vec::new();
        all(Content::srd(), &mut |kind, name, detail, text, tags| {
            let name_folded = fold(name);
            let words = fold(&format!("{name} {detail} {text} {}", tags.join(" ")));
            rows.push(Indexed {
                row: CompendiumRow {
                    kind: kind.to_owned(),
                    id: key(name),
                    name: name.to_owned(),
                    detail,
                    text: text.to_owned(),
                    tags,
                },
                name: name_folded,
                words,
            });
        });
        rows
    })
}

type Put<'p> = dyn FnMut(&str, &str, String, &str, Vec<String>) + 'p;

fn all(content: &Content, put: &mut Put<'_>) {
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

fn weapon_kind(weapon: &Weapon) -> String {
    let kind = if weapon.martial { "martial" } else { "simple" };
    let reach = if weapon.ranged { "ranged" } else { "melee" };
    format!("{kind} {reach} weapon")
}

fn rarity_of(item: &MagicThing) -> String {
    item.rarity.map_or_else(
        || "rarity varies".to_owned(),
        |rarity| serde_name(&rarity).replace('_', " "),
    )
}

/// Gives the name by which a value is written.
fn serde_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn details(kind: &str, id: &str) -> (Vec<Fact>, Vec<Gain>, Value) {
    let content = Content::srd();
    let mut facts = Facts(Vec::new());
    let mut parts = Vec::new();
    let raw = match kind {
        "class" => content.classes.get(id).map(|class| {
            let names = |abilities: &[sheet::vocabulary::Ability]| {
                abilities
                    .iter()
                    .map(|ability| ability.name())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            facts.put("Hit die", format!("d{}", class.hit_die));
            facts.put("Primary ability", names(&class.primary));
            facts.put("Saving throws", names(&class.saves));
            if let Some(casting) = &class.casting {
                facts.put("Spellcasting", casting.ability.name().to_owned());
            }
            parts = gains(&class.features, &class.name);
            raw(&**class)
        }),
        "subclass" => content.subclasses.get(id).map(|subclass| {
            facts.put("Class", subclass.class.clone());
            parts = gains(&subclass.features, &subclass.class);
            raw(&**subclass)
        }),
        "species" => content.species.get(id).map(|species| {
            facts.put("Type", species.creature_type.clone());
            facts.put(
                "Size",
                species
                    .sizes
                    .iter()
                    .map(|size| size.name())
                    .collect::<Vec<_>>()
                    .join(" or "),
            );
            facts.put("Speed", format!("{} ft", species.speed));
            parts = gains(&species.traits, &species.name);
            raw(&**species)
        }),
        "background" => content.backgrounds.get(id).map(|background| {
            facts.put(
                "Abilities",
                background
                    .abilities
                    .iter()
                    .map(|ability| ability.name())
                    .collect::<Vec<_>>()
                    .join(", "),
            );
            facts.put("Feat", background.feat.clone());
            raw(&**background)
        }),
        "feat" => content.feats.get(id).map(|feat| {
            facts.put("Category", feat.category.replace('_', " "));
            if feat.repeatable {
                facts.put("Repeatable", "yes".to_owned());
            }
            raw(&**feat)
        }),
        "option" => content.options.get(id).map(|option| raw(&**option)),
        "spell" => content.spells.get(id).map(|spell| {
            facts.put(
                "Casting time",
                if spell.ritual {
                    format!("{} or ritual", spell.time)
                } else {
                    spell.time.clone()
                },
            );
            facts.put("Range", spell.range.clone());
            facts.put("Area", spell.area.clone());
            facts.put("Components", spell.components.clone());
            facts.put(
                "Duration",
                if spell.concentration {
                    format!("concentration, {}", spell.duration)
                } else {
                    spell.duration.clone()
                },
            );
            facts.put(
                "Saves",
                spell
                    .saves
                    .iter()
                    .map(|save| save.name())
                    .collect::<Vec<_>>()
                    .join(", "),
            );
            facts.put(
                "Damage",
                spell
                    .damage
                    .iter()
                    .map(|damage| format!("{} {}", damage.dice, damage.r#type))
                    .collect::<Vec<_>>()
                    .join(", "),
            );
            facts.put("Healing", spell.healing.clone().unwrap_or_default());
            facts.put("Classes", spell.classes.join(", "));
            facts.put("Higher", spell.higher.clone());
            raw(&**spell)
        }),
        "item" => item_details(content, id, &mut facts),
        "magic_item" => content.magic_items.get(id).map(|item| {
            facts.put("Kind", item.category.replace('_', " "));
            facts.put("Made of", item.base.clone());
            facts.put("Rarity", rarity_of(item));
            let by = if item.attunement_by.is_empty() {
                "required".to_owned()
            } else {
                format!("by {}", item.attunement_by)
            };
            facts.put(
                "Attunement",
                if item.attunement {
                    by
                } else {
                    "none".to_owned()
                },
            );
            facts.put(
                "Charges",
                item.charges
                    .map(|charges| charges.to_string())
                    .unwrap_or_default(),
            );
            facts.put("Recharge", item.recharge.clone());
            facts.put("Spells", item.spells.join(", "));
            facts.put(
                "Variants",
                item.variants
                    .iter()
                    .map(|variant| variant.name.clone())
                    .collect::<Vec<_>>()
                    .join(", "),
            );
            raw(&**item)
        }),
        "creature" => content.creatures.get(id).map(|creature| {
            creature_facts(creature, &mut facts);
            parts = creature.actions.iter().map(action).collect();
            raw(&**creature)
        }),
        "condition" => content.conditions.get(id).map(|condition| {
            facts.put("Brings", condition.implies.join(", "));
            raw(&**condition)
        }),
        "language" => content.languages.get(id).map(|entry| raw(&**entry)),
        "property" => content.properties.get(id).map(|entry| raw(&**entry)),
        "mastery" => content.masteries.get(id).map(|entry| raw(&**entry)),
        "skill" => content.skills.get(id).map(|entry| raw(&**entry)),
        _ => None,
    };
    (facts.0, parts, raw.unwrap_or(Value::Null))
}

fn item_details(content: &Content, id: &str, facts: &mut Facts) -> Option<Value> {
    let price = |cost: i32| {
        if cost % 100 == 0 {
            format!("{} gp", cost / 100)
        } else if cost % 10 == 0 {
            format!("{} sp", cost / 10)
        } else {
            format!("{cost} cp")
        }
    };
    if let Some(weapon) = content.weapons.get(id) {
        facts.put("Kind", weapon_kind(weapon));
        facts.put(
            "Damage",
            format!("{} {}", weapon.damage, weapon.damage_type),
        );
        facts.put("Two hands", weapon.versatile.clone());
        facts.put(
            "Properties",
            weapon
                .properties
                .iter()
                .map(|name| name.replace('_', " "))
                .collect::<Vec<_>>()
                .join(", "),
        );
        facts.put("Mastery", weapon.mastery.clone());
        if let (Some(near), Some(far)) = (weapon.range_ft, weapon.long_range_ft) {
            facts.put("Range", format!("{near}/{far} ft"));
        }
        facts.put("Weight", format!("{} lb", weapon.weight_lb));
        facts.put("Price", price(weapon.cost_cp));
        return Some(raw(&**weapon));
    }
    if let Some(armor) = content.armor.get(id) {
        facts.put("Kind", format!("{} armor", serde_name(&armor.category)));
        facts.put("Armor class", armor.base.to_string());
        facts.put(
            "Strength",
            armor
                .strength
                .map(|strength| strength.to_string())
                .unwrap_or_default(),
        );
        facts.put(
            "Stealth",
            if armor.stealth_disadvantage {
                "disadvantage".to_owned()
            } else {
                String::new()
            },
        );
        facts.put("Weight", format!("{} lb", armor.weight_lb));
        facts.put("Price", price(armor.cost_cp));
        return Some(raw(&**armor));
    }
    let gear = content.gear.get(id)?;
    facts.put("Kind", gear.category.replace('_', " "));
    facts.put(
        "Sold by",
        if gear.bundle > 1 {
            format!("{} pieces", gear.bundle)
        } else {
            String::new()
        },
    );
    facts.put(
        "Holds",
        gear.capacity_lb
            .map(|pounds| format!("{pounds} lb"))
            .unwrap_or_default(),
    );
    facts.put(
        "Ability",
        gear.ability
            .map(|ability| ability.name().to_owned())
            .unwrap_or_default(),
    );
    facts.put("Crafts", gear.crafts.join(", "));
    facts.put("Weight", format!("{} lb", gear.weight_lb));
    facts.put("Price", price(gear.cost_cp));
    Some(raw(&**gear))
}

fn creature_facts(creature: &Creature, facts: &mut Facts) {
    let numbers = |map: &BTreeMap<String, i32>, unit: &str| {
        let parts = map
            .iter()
            .map(|(name, value)| format!("{} {value}{unit}", name.replace('_', " ")));
        parts.collect::<Vec<_>>().join(", ")
    };
    facts.put("Armor class", creature.armor_class.to_string());
    facts.put(
        "Hit points",
        format!("{} ({})", creature.hit_points, creature.hit_dice),
    );
    facts.put("Speed", numbers(&creature.speeds, " ft"));
    facts.put("Initiative", format!("{:+}", creature.initiative));
    let scores = sheet::vocabulary::Ability::ALL
        .iter()
        .zip(creature.scores.iter().zip(creature.saves));
    let scores = scores
        .map(|(ability, (score, save))| format!("{} {score} (save {save:+})", ability.name()));
    facts.put("Abilities", scores.collect::<Vec<_>>().join(", "));
    let skills = creature
        .skills
        .iter()
        .map(|(name, bonus)| format!("{} {bonus:+}", name.replace('_', " ")));
    facts.put("Skills", skills.collect::<Vec<_>>().join(", "));
    facts.put("Senses", numbers(&creature.senses, " ft"));
    facts.put(
        "Passive Perception",
        creature.passive_perception.to_string(),
    );
    facts.put("Languages", creature.languages.join(", "));
    facts.put("Resistances", creature.resistances.join(", "));
    facts.put("Immunities", creature.immunities.join(", "));
    facts.put("Vulnerabilities", creature.vulnerabilities.join(", "));
    facts.put(
        "Condition immunities",
        creature.condition_immunities.join(", "),
    );
    facts.put("Gear", creature.gear.join(", "));
    facts.put(
        "Challenge",
        format!(
            "{} ({} XP, proficiency bonus {:+})",
            creature.challenge_rating, creature.xp, creature.proficiency_bonus
        ),
    );
    facts.put("Alignment", creature.alignment.clone());
}

/// Writes an action of a creature as a sentence of its numbers, then its text.
fn action(action: &CreatureAction) -> Gain {
    let mut text = Vec::new();
    if let (Some(attack), Some(bonus)) = (&action.attack, action.attack_bonus) {
        let mut line = format!("{} attack, {bonus:+} to hit", attack.replace('_', " "));
        if let Some(reach) = action.reach_ft {
            line.push_str(&format!(", reach {reach} ft"));
        }
        if let Some(range) = action.range_ft {
            let far = action
                .long_range_ft
                .map(|far| format!("/{far}"))
                .unwrap_or_default();
            line.push_str(&format!(", range {range}{far} ft"));
        }
        text.push(line);
    }
    if let (Some(save), Some(dc)) = (action.save, action.save_dc) {
        text.push(format!("{} save, DC {dc}", save.name()));
    }
    if !action.damage.is_empty() {
        let damage = action
            .damage
            .iter()
            .map(|damage| format!("{} {}", damage.dice, damage.r#type));
        let half = if action.half_on_save {
            ", half on a save"
        } else {
            ""
        };
        text.push(format!(
            "{} damage{half}",
            damage.collect::<Vec<_>>().join(" + ")
        ));
    }
    let mut text = text.join(". ");
    if !action.text.is_empty() {
        if !text.is_empty() {
            text.push_str(". ");
        }
        text.push_str(&action.text);
    }
    let limits = [
        action.per_day.map(|uses| format!("{uses}/day")),
        (!action.recharge.is_empty()).then(|| format!("recharge {}", action.recharge)),
    ];
    let limits: Vec<String> = limits.into_iter().flatten().collect();
    Gain {
        name: if limits.is_empty() {
            action.name.clone()
        } else {
            format!("{} ({})", action.name, limits.join(", "))
        },
        source: action.kind.replace('_', " "),
        text,
    }
}

fn gains(features: &[Feature], of: &str) -> Vec<Gain> {
    let gain = |feature: &Feature| Gain {
        name: feature.name.clone(),
        source: format!("{of} {}", feature.level),
        text: feature.text.clone(),
    };
    features.iter().map(gain).collect()
}

fn raw(thing: &impl Serialize) -> Value {
    serde_json::to_value(thing).unwrap_or(Value::Null)
}

struct Facts(Vec<Fact>);

impl Facts {
    /// Adds a fact unless it says nothing.
    fn put(&mut self, name: &str, value: String) {
        if !value.is_empty() {
            self.0.push(Fact {
                name: name.to_owned(),
                value,
            });
        }
    }
}
