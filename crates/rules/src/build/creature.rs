//! Stat blocks as documents: a creature of the content becomes a monster that derives to its published numbers.

use serde_json::{Map, Value, json};
use sheet::Kind;
use sheet::source::ArmorCategory;
use sheet::vocabulary::{Ability, SKILLS};

use super::{CannotBuild, Thing, inventory_item, thing};
use crate::content::{Content, Creature, CreatureAction, key};
use crate::desk::index;
use crate::{bonus_of_challenge_rating, modifier};

/// What a number is called whose published value the formulas do not give.
const PUBLISHED: &str = "Stat block";

/// Makes the monster document of a creature, as a person would write it: scores, proficiencies, attacks, traits.
///
/// Numbers are left to the formulas wherever those give the published figure; what is left over is an adjustment with its
/// reason, so that an edit of a score or of the challenge rating still carries through. Armor among its gear is worn where it
/// explains the armor class, else the creature has natural armor.
///
/// # Errors
/// A name that no pack has.
pub fn creature(content: &Content, name: &str, handle: &str) -> Result<Value, CannotBuild> {
    let Some(creature) = content.creatures.get(&key(name)) else {
        return Err(CannotBuild {
            message: format!("No pack has a creature called `{name}`."),
            hint: "Look the names up in the compendium.".to_owned(),
        });
    };
    let mut document = sheet::new_character(Kind::Monster, &creature.name, handle, "");
    let block = Block {
        creature,
        bonus: bonus_of_challenge_rating(&creature.challenge_rating).unwrap_or(2),
    };
    let mut adjusted = Adjusted::default();
    document["identity"]["alignment"] = json!(creature.alignment);
    document["identity"]["xp"] = json!(creature.xp);
    document["creature"] = json!({
        "size": creature.size,
        "type": creature.r#type,
        "challenge_rating": creature.challenge_rating,
        "hit_dice": {},
    });
    if let Some((number, die)) = dice(&creature.hit_dice) {
        document["creature"]["hit_dice"][die] = json!(number);
    }
    let scores = Ability::ALL.map(|ability| (ability.key().to_owned(), block.score(ability)));
    document["abilities"]["scores"] = scores
        .into_iter()
        .map(|(ability, score)| (ability, json!(score)))
        .collect::<Map<_, _>>()
        .into();
    document["proficiencies"] = block.proficiencies(&mut adjusted);
    document["combat"] = block.combat(content, &mut adjusted);
    document["actions"] = block.actions();
    document["equipment"] = json!({ "inventory": block.inventory(content) });
    adjusted.to(
        "/combat/initiative",
        match creature.initiative - block.modifier(Ability::Dexterity) {
            more if more == block.bonus => "Proficiency",
            more if more == 2 * block.bonus => "Expertise",
            _ => PUBLISHED,
        },
        creature.initiative - block.modifier(Ability::Dexterity),
    );
    adjusted.to(
        "/statistics/proficiency_bonus",
        PUBLISHED,
        creature.proficiency_bonus - block.bonus,
    );
    document["adjustments"] = adjusted.cells.into();
    if !creature.notes.is_empty() {
        document["notes"] = json!(creature.notes);
    }
    Ok(document)
}

/// Collects amounts that bring a number to its published value.
#[derive(Default)]
struct Adjusted {
    cells: Map<String, Value>,
    rank: Option<String>,
}

impl Adjusted {
    fn to(&mut self, cell: &str, source: &str, amount: i32) {
        if amount != 0 {
            let rank = history::rank_after(self.rank.as_deref());
            let id = format!("published-{}", self.cells.len() + 1);
            let adjustment =
                json!({ "rank": rank, "cell": cell, "amount": amount, "source": source });
            self.cells.insert(id, adjustment);
            self.rank = Some(rank);
        }
    }
}

/// Puts things under ids of their names, in their order.
#[derive(Default)]
struct Rows {
    cells: Map<String, Value>,
    rank: Option<String>,
}

impl Rows {
    fn push(&mut self, name: &str, mut row: Value) {
        let rank = history::rank_after(self.rank.as_deref());
        row["rank"] = json!(rank);
        self.rank = Some(rank);
        let start: String = key(name).chars().take(48).collect();
        let mut id = start.clone();
        let mut again = 1;
        while self.cells.contains_key(&id) {
            again += 1;
            id = format!("{start}-{again}");
        }
        self.cells.insert(id, row);
    }
}

/// A stat block that is being written down.
struct Block<'c> {
    creature: &'c Creature,
    /// The proficiency bonus of its challenge rating.
    bonus: i32,
}

impl Block<'_> {
    fn score(&self, ability: Ability) -> i32 {
        self.creature.scores[index(ability)]
    }

    fn modifier(&self, ability: Ability) -> i32 {
        modifier(self.score(ability))
    }

    fn proficiencies(&self, adjusted: &mut Adjusted) -> Value {
        let creature = self.creature;
        let mut saves = Map::new();
        for ability in Ability::ALL {
            let more = creature.saves[index(ability)] - self.modifier(ability);
            if more == self.bonus {
                saves.insert(ability.key().to_owned(), json!(true));
            } else {
                let cell = format!("/statistics/saving_throws/{}", ability.key());
                adjusted.to(&cell, PUBLISHED, more);
            }
        }
        let mut skills = Map::new();
        let mut perception = self.modifier(Ability::Wisdom);
        for skill in SKILLS {
            let Some(published) = creature.skills.get(skill.key) else {
                continue;
            };
            let more = published - self.modifier(skill.ability);
            if more == self.bonus {
                skills.insert(skill.key.to_owned(), json!("proficient"));
            } else if more == 2 * self.bonus {
                skills.insert(skill.key.to_owned(), json!("expertise"));
            } else {
                adjusted.to(
                    &format!("/statistics/skills/{}", skill.key),
                    PUBLISHED,
                    more,
                );
            }
            if skill.key == "perception" {
                perception = *published;
            }
        }
        adjusted.to(
            "/statistics/passive_perception",
            PUBLISHED,
            creature.passive_perception - 10 - perception,
        );
        json!({ "saving_throws": saves, "skills": skills, "languages": set(&creature.languages) })
    }

    fn combat(&self, content: &Content, adjusted: &mut Adjusted) -> Value {
        let creature = self.creature;
        let mut speeds = Map::new();
        speeds.insert("walk".to_owned(), json!(0));
        for (way, feet) in &creature.speeds {
            speeds.insert(way.clone(), json!(feet));
        }
        speeds.insert("hover".to_owned(), json!(creature.hover));
        let senses: Map<String, Value> = creature
            .senses
            .iter()
            .map(|(sense, feet)| (sense.clone(), json!(feet)))
            .collect();
        let mut armor = json!({});
        if self.worn(content).is_none() {
            let dexterity = self.modifier(Ability::Dexterity);
            let base = creature.armor_class - dexterity;
            // The plain way, 10 and Dexterity, needs no words.
            if base != 10 {
                armor = json!({ "natural-armor": {
                    "rank": history::rank_after(None),
                    "name": "Natural Armor",
                    "base": base.clamp(0, 40),
                    "abilities": { "dexterity": true },
                    "shield_allowed": false,
                }});
                // Natural armor below 10 is not the better way; the plain one is brought down to it.
                if base < 10 {
                    armor = json!({});
                    adjusted.to("/combat/armor_class", PUBLISHED, base - 10);
                }
            }
        }
        if let Some((number, die)) = dice(&creature.hit_dice) {
            let sides: i32 = die.trim_start_matches('d').parse().unwrap_or(0);
            let average = (number * (sides + 1)).div_euclid(2)
                + number * self.modifier(Ability::Constitution);
            adjusted.to(
                "/combat/hp_maximum",
                PUBLISHED,
                creature.hit_points - average.max(1),
            );
        }
        json!({
            "speeds": speeds,
            "senses": senses,
            "armor_formulas": armor,
            "defenses": {
                "resistances": set(&creature.resistances),
                "immunities": set(&creature.immunities),
                "vulnerabilities": set(&creature.vulnerabilities),
                "condition_immunities": set(&creature.condition_immunities),
            },
        })
    }

    /// Lists the armor of its gear if that, with its Dexterity, comes to the published armor class.
    fn worn(&self, content: &Content) -> Option<Vec<String>> {
        let mut total = 10 + self.modifier(Ability::Dexterity);
        let mut found = Vec::new();
        for name in &self.creature.gear {
            let Some(Thing::Armor(armor)) = thing(content, name) else {
                continue;
            };
            let dexterity = self.modifier(Ability::Dexterity);
            match armor.category {
                ArmorCategory::Shield => total += armor.base,
                ArmorCategory::Light => total += armor.base - 10,
                ArmorCategory::Medium => total += armor.base - 10 - (dexterity - 2).max(0),
                ArmorCategory::Heavy => total += armor.base - 10 - dexterity,
            }
            found.push(armor.name.clone());
        }
        (!found.is_empty() && total == self.creature.armor_class).then_some(found)
    }

    fn inventory(&self, content: &Content) -> Value {
        let worn = self.worn(content).unwrap_or_default();
        let mut rows = Rows::default();
        for written in &self.creature.gear {
            let (name, count) = counted(written);
            let found = thing(content, name).or_else(|| thing(content, name.trim_end_matches('s')));
            let mut item = match found {
                Some(found) => inventory_item(found, count),
                None => json!({ "name": name, "quantity": count }),
            };
            if item["name"]
                .as_str()
                .is_some_and(|name| worn.iter().any(|worn| worn == name))
            {
                item["equipped"] = json!(true);
            }
            rows.push(name, item);
        }
        rows.cells.into()
    }

    fn actions(&self) -> Value {
        let (mut weapons, mut features, mut traits) =
            (Rows::default(), Rows::default(), Rows::default());
        if let Some(uses) = self.creature.legendary_uses {
            let text = "Taken one at a time as another creature's turn ends; spent uses come back as its own turn begins.";
            features.push(
                "Legendary Actions",
                json!({
                    "name": "Legendary Actions", "source": self.creature.name, "activation": "legendary",
                    "description": text, "uses": { "max": uses, "recovery": "turn" },
                }),
            );
        }
        for action in &self.creature.actions {
            let limited = action.per_day.is_some() || !action.recharge.is_empty();
            if action.attack.is_some() {
                weapons.push(&action.name, self.attack(action));
                if !limited {
                    continue;
                }
            }
            if action.kind == "trait" && !limited {
                traits.push(
                    &action.name,
                    json!({ "name": action.name, "source": self.creature.name, "description": told(action) }),
                );
                continue;
            }
            features.push(&action.name, self.feature(action));
        }
        json!({ "weapons": weapons.cells, "features": features.cells, "traits": traits.cells })
    }

    fn feature(&self, action: &CreatureAction) -> Value {
        let activation = match action.kind.as_str() {
            "action" => "action",
            "bonus_action" => "bonus_action",
            "reaction" => "reaction",
            "legendary" => "legendary",
            _ => "passive",
        };
        let mut feature = json!({
            "name": action.name, "source": self.creature.name, "activation": activation, "description": told(action),
        });
        if let Some(uses) = action.per_day {
            feature["uses"] = json!({ "max": uses, "recovery": "long_rest" });
        } else if !action.recharge.is_empty() {
            feature["name"] = json!(format!("{} (Recharge {})", action.name, action.recharge));
            feature["uses"] = json!({ "max": 1, "recovery": "other" });
        }
        feature
    }

    /// Writes an attack so that its numbers follow from an ability; what is left over is its bonus.
    fn attack(&self, action: &CreatureAction) -> Value {
        let ranged = action.attack.as_deref() == Some("ranged");
        let (dice, more) = action
            .damage
            .first()
            .map_or(("", 0), |damage| damage_parts(&damage.dice));
        let rolls = dice.contains('d');
        let wanted = action.attack_bonus.unwrap_or(0);
        let order = if ranged {
            [1, 0, 3, 4, 5, 2]
        } else {
            [0, 1, 3, 4, 5, 2]
        };
        let order = order.map(|place: usize| Ability::ALL[place]);
        let hits = |ability: &Ability| self.modifier(*ability) + self.bonus == wanted;
        let hurts = |ability: &Ability| rolls && self.modifier(*ability) == more;
        let ability = order
            .into_iter()
            .find(|ability| hits(ability) && hurts(ability))
            .or_else(|| order.into_iter().find(hits))
            .unwrap_or(order[0]);
        let modifier = self.modifier(ability);
        let to_damage = hurts(&ability);
        let counted = if to_damage { modifier } else { modifier.min(0) };
        let extra: Vec<String> = action
            .damage
            .iter()
            .skip(1)
            .map(|damage| format!("{} {}", damage.dice, damage.r#type))
            .collect();
        let mut attack = json!({
            "name": action.name,
            "ability": ability,
            "ranged": ranged,
            "bonus_to_attack": (wanted - modifier - self.bonus).clamp(-20, 20),
            "bonus_to_damage": (more - counted).clamp(-100, 100),
            "damage": dice,
            "ability_to_damage": to_damage,
            "extra_damage": extra.join(", "),
            "notes": told_beside(action),
        });
        if let Some(damage) = action.damage.first() {
            attack["damage_type"] = json!(damage.r#type);
        }
        for (cell, feet) in [
            ("reach_ft", action.reach_ft),
            ("range_ft", action.range_ft),
            ("long_range_ft", action.long_range_ft),
        ] {
            if let Some(feet) = feet {
                attack[cell] = json!(feet);
            }
        }
        attack
    }
}

/// Splits damage into what is rolled and what is added: `2d6+5` into `2d6` and 5, `3` into `0` and 3.
fn damage_parts(written: &str) -> (&str, i32) {
    let written = written.trim();
    if let Ok(number) = written.parse() {
        return ("0", number);
    }
    let sign = written.find(['+', '-']).filter(|place| *place > 0);
    let split = sign.and_then(|place| written.split_at_checked(place));
    match split {
        Some((dice, more)) => (dice, more.replace(' ', "").parse().unwrap_or(0)),
        None => (written, 0),
    }
}

/// Reads number and die of hit dice: `20d10+40` gives 20 and `d10`.
fn dice(written: &str) -> Option<(i32, &str)> {
    let (dice, _) = damage_parts(written);
    let place = dice.find('d')?;
    let (number, die) = dice.split_at_checked(place)?;
    Some((number.parse().ok()?, die))
}

/// Reads how many of a thing there are: `Javelins (6)`.
fn counted(written: &str) -> (&str, i32) {
    let split = written.strip_suffix(')').and_then(|w| w.rsplit_once(" ("));
    split
        .and_then(|(name, count)| Some((name, count.parse().ok()?)))
        .unwrap_or((written, 1))
}

fn set(names: &[String]) -> Value {
    let names = names.iter().map(|name| (name.clone(), json!(true)));
    names.collect::<Map<_, _>>().into()
}

/// Writes what an action does, its save and damage first.
fn told(action: &CreatureAction) -> String {
    let mut parts = Vec::new();
    if let (Some(save), Some(dc)) = (action.save, action.save_dc) {
        parts.push(format!("{} save DC {dc}", save.name()));
    }
    if action.attack.is_none() && !action.damage.is_empty() {
        let damage: Vec<String> = action
            .damage
            .iter()
            .map(|damage| format!("{} {}", damage.dice, damage.r#type))
            .collect();
        let half = if action.half_on_save {
            ", half on a success"
        } else {
            ""
        };
        parts.push(format!("{} damage{half}", damage.join(" and ")));
    }
    let mut told = parts.join("; ");
    if !told.is_empty() {
        told.push('.');
    }
    if !told.is_empty() && !action.text.is_empty() {
        told.push(' ');
    }
    told.push_str(&action.text);
    told
}

/// Writes what stands beside the numbers of an attack.
fn told_beside(action: &CreatureAction) -> String {
    let told = told(action);
    if action.recharge.is_empty() {
        return told;
    }
    format!("Recharge {}. {told}", action.recharge)
        .trim_end()
        .to_owned()
}
