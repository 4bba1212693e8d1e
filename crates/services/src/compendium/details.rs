//! One thing of the compendium whole: its facts, its parts, and how the pack writes it.

use std::collections::BTreeMap;

use rules::Content;
use rules::content::{Creature, CreatureAction, Feature};
use serde::Serialize;
use serde_json::Value;

use super::rows::{feature_id, level_of, owners, rarity_of, serde_name, weapon_kind};
use crate::wire::{Fact, Gain};

pub(super) fn details(content: &Content, kind: &str, id: &str) -> (Vec<Fact>, Vec<Gain>, Value) {
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
                    .enumerate()
                    .map(|(place, damage)| {
                        let times = match spell.times {
                            times if times > 1 && place == 0 => format!("{times} × "),
                            _ => String::new(),
                        };
                        let when = match damage.when.as_str() {
                            "" => String::new(),
                            when => format!(" {when}"),
                        };
                        format!("{times}{} {}{when}", damage.dice, damage.r#type)
                    })
                    .collect::<Vec<_>>()
                    .join("; "),
            );
            facts.put("Healing", spell.healing.clone().unwrap_or_default());
            facts.put(
                "Temporary hit points",
                spell
                    .temporary
                    .clone()
                    .filter(|dice| dice != "0")
                    .unwrap_or_default(),
            );
            facts.put(
                "Hit points and maximum",
                spell.hit_points.clone().unwrap_or_default(),
            );
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
        "feature" => {
            let mut found = None;
            owners(content, &mut |owner, features| {
                let own = features.iter();
                let mut own = own.filter(|one| feature_id(owner.name, &one.name) == id);
                if let (None, Some(feature)) = (&found, own.next()) {
                    facts.put("From", level_of(owner.kind, owner.name, feature));
                    let later: Vec<String> = own.map(|one| one.level.to_string()).collect();
                    facts.put("Again at", later.join(", "));
                    if feature.activation != sheet::source::Activation::default() {
                        facts.put("Done", serde_name(&feature.activation).replace('_', " "));
                    }
                    found = Some(raw(feature));
                }
            });
            found
        }
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
