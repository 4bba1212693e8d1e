//! The numbers of an actor reckoned from its file alone, by that program's own formulas: what an import is held against.

use std::collections::BTreeMap;

use serde_json::Value;

const CODES: [(&str, &str); 6] = [
    ("str", "strength"),
    ("dex", "dexterity"),
    ("con", "constitution"),
    ("int", "intelligence"),
    ("wis", "wisdom"),
    ("cha", "charisma"),
];

/// An actor's file with what it says about its numbers.
pub(super) struct Recalculated<'v> {
    pub(super) system: &'v Value,
    items: Vec<&'v Value>,
    changes: Vec<(String, i64, String)>,
    scores: BTreeMap<&'static str, i32>,
    pub(super) proficiency: i32,
}

fn number(value: &Value) -> Option<f64> {
    value
        .as_f64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

fn whole(value: &Value) -> i32 {
    number(value).map_or(0, |number| number.floor() as i32)
}

impl<'v> Recalculated<'v> {
    pub(super) fn new(root: &'v Value) -> Recalculated<'v> {
        let system = root.get("system").unwrap_or(&root["data"]);
        let items: Vec<&Value> = root["items"].as_array().into_iter().flatten().collect();
        let level: i32 = items
            .iter()
            .filter(|item| item["type"] == "class")
            .map(|item| whole(&sheet(item)["levels"]))
            .sum();
        let proficiency = match number(&system["details"]["cr"]) {
            _ if level > 0 => 2 + (level - 1) / 4,
            Some(rating) => 2 + ((rating.max(1.0) as i32) - 1) / 4,
            None => 0,
        };
        let mut changes = Vec::new();
        for item in &items {
            if works(item) {
                for effect in item["effects"].as_array().into_iter().flatten() {
                    if effect["transfer"] == true
                        && effect["disabled"] != true
                        && effect["type"] != "enchantment"
                    {
                        changes.extend(changes_of(effect));
                    }
                }
            }
        }
        for effect in root["effects"].as_array().into_iter().flatten() {
            if effect["disabled"] != true {
                changes.extend(changes_of(effect));
            }
        }
        let mut own = Recalculated {
            system,
            items,
            changes,
            scores: BTreeMap::new(),
            proficiency,
        };
        for (code, _) in CODES {
            let mut score = whole(&system["abilities"][code]["value"]);
            let key = format!("system.abilities.{code}.value");
            for (_, mode, value) in own.changes.iter().filter(|(name, ..)| *name == key) {
                let value: i32 = value.parse().unwrap_or(0);
                score = match mode {
                    2 => score + value,
                    4 => score.max(value),
                    5 => value,
                    _ => score,
                };
            }
            own.scores.insert(code, score);
        }
        own
    }

    pub(super) fn modifier(&self, code: &str) -> i32 {
        (self.scores.get(code).copied().unwrap_or(10) - 10).div_euclid(2)
    }

    /// Works out the few formulas that occur.
    pub(super) fn formula(&self, text: &str) -> Option<i32> {
        let text = text.trim();
        if let Some(inner) = text
            .strip_prefix("max(")
            .and_then(|rest| rest.strip_suffix(')'))
        {
            return inner
                .split(',')
                .map(|part| self.formula(part))
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max();
        }
        if let Some((left, right)) = text.split_once(" * ") {
            return Some(self.formula(left)? * self.formula(right)?);
        }
        if text == "@prof" {
            return Some(self.proficiency);
        }
        if let Some(code) = text
            .strip_prefix("@abilities.")
            .and_then(|rest| rest.strip_suffix(".mod"))
        {
            return Some(self.modifier(code));
        }
        text.trim_start_matches('+').parse().ok()
    }

    /// Adds up what effects add to a number.
    pub(super) fn added(&self, key: &str) -> i32 {
        let own = self
            .changes
            .iter()
            .filter(|(name, mode, _)| name == key && *mode == 2);
        own.filter_map(|(_, _, value)| self.formula(value)).sum()
    }

    fn flag(&self, name: &str) -> bool {
        let key = format!("flags.dnd5e.{name}");
        self.changes
            .iter()
            .any(|(own, _, value)| *own == key && (value == "true" || value == "1"))
    }

    pub(super) fn save(&self, code: &str) -> i32 {
        let own = &self.system["abilities"][code];
        let trained = if whole(&own["proficient"]) >= 1 || self.flag("diamondSoul") {
            self.proficiency
        } else {
            0
        };
        let written = own["bonuses"]["save"]
            .as_str()
            .and_then(|text| self.formula(text))
            .unwrap_or(0);
        self.modifier(code) + trained + written + self.added("system.bonuses.abilities.save")
    }

    pub(super) fn skill(&self, code: &str, ability: &str) -> i32 {
        let own = &self.system["skills"][code];
        let degree = number(&own["value"]).unwrap_or(0.0);
        let mut trained = (degree * f64::from(self.proficiency)).floor() as i32;
        if degree == 0.0 && self.flag("jackOfAllTrades") {
            trained = self.proficiency / 2;
        }
        let written = own["bonuses"]["check"]
            .as_str()
            .and_then(|text| self.formula(text))
            .unwrap_or(0);
        self.modifier(ability)
            + trained
            + written
            + self.added(&format!("system.skills.{code}.bonuses.check"))
            + self.added("system.bonuses.abilities.check")
    }

    pub(super) fn initiative(&self) -> i32 {
        let own = &self.system["attributes"]["init"];
        let written = match &own["bonus"] {
            Value::String(text) => self.formula(text).unwrap_or(0),
            other => whole(other),
        };
        let alert = self
            .items
            .iter()
            .any(|item| item["name"] == "Alert" && sheet(item)["source"]["rules"] == "2024");
        let alert = if alert { self.proficiency } else { 0 };
        let jack = if self.flag("jackOfAllTrades")
            && self
                .items
                .iter()
                .any(|item| item["type"] == "class" && sheet(item)["source"]["rules"] == "2014")
        {
            self.proficiency / 2
        } else {
            0
        };
        self.modifier("dex") + written + alert + jack + self.added("system.attributes.init.bonus")
    }

    pub(super) fn armor_class(&self) -> Option<i32> {
        let own = &self.system["attributes"]["ac"];
        let calc = self
            .changes
            .iter()
            .rev()
            .find(|(key, mode, _)| key == "system.attributes.ac.calc" && *mode == 5);
        let calc = calc.map_or(
            own["calc"].as_str().unwrap_or("default"),
            |(_, _, value)| value.as_str(),
        );
        let dexterity = self.modifier("dex");
        let worn = |kinds: &[&str]| {
            self.items.iter().copied().find(|item| {
                let own = sheet(item);
                let kind = own["type"]["value"]
                    .as_str()
                    .or(own["armor"]["type"].as_str())
                    .unwrap_or("");
                item["type"] == "equipment" && own["equipped"] == true && kinds.contains(&kind)
            })
        };
        let value = |item: &Value| {
            whole(&sheet(item)["armor"]["value"])
                + magic(
                    item,
                    "system.armor.magicalBonus",
                    &sheet(item)["armor"]["magicalBonus"],
                )
        };
        let shield = worn(&["shield"]).map_or(0, value);
        let bonus = self.added("system.attributes.ac.bonus");
        let suit = worn(&["light", "medium", "heavy"]);
        Some(match calc {
            "flat" => return number(&own["flat"]).map(|flat| flat as i32),
            "natural" => whole(&own["flat"]) + shield + bonus,
            "unarmoredMonk" => 10 + dexterity + self.modifier("wis") + bonus,
            "unarmoredBarb" => 10 + dexterity + self.modifier("con") + shield + bonus,
            "unarmoredBard" => 10 + dexterity + self.modifier("cha") + shield + bonus,
            "draconic" | "mage" => 13 + dexterity + shield + bonus,
            "default" => {
                let base = match suit {
                    Some(item) => {
                        let own = sheet(item);
                        let kind = own["type"]["value"]
                            .as_str()
                            .or(own["armor"]["type"].as_str())
                            .unwrap_or("");
                        let cap = match (number(&own["armor"]["dex"]), kind) {
                            (Some(cap), _) => cap as i32,
                            (None, "heavy") => 0,
                            (None, "medium") => 2,
                            (None, _) => 99,
                        };
                        value(item) + if cap == 0 { 0 } else { dexterity.min(cap) }
                    }
                    None => 10 + dexterity,
                };
                base + shield + bonus
            }
            _ => return None,
        })
    }

    /// Gives the attack bonus of each weapon by the id of its item.
    pub(super) fn attacks(&self, npc: bool) -> Vec<(String, String, i32)> {
        let mut found = Vec::new();
        for item in self.items.iter().filter(|item| item["type"] == "weapon") {
            let own = sheet(item);
            let activity = own["activities"]
                .as_object()
                .into_iter()
                .flatten()
                .find(|(_, own)| own["type"] == "attack")
                .map(|(_, own)| own);
            let attack = activity.map_or(&Value::Null, |own| &own["attack"]);
            if attack["flat"] == true || activity.is_none() && own.get("activities").is_some() {
                continue;
            }
            let kind = own["type"]["value"]
                .as_str()
                .or(own["weaponType"].as_str())
                .unwrap_or("");
            let base = own["type"]["baseItem"]
                .as_str()
                .or(own["baseItem"].as_str())
                .unwrap_or("");
            let ranged = match attack["type"]["value"].as_str() {
                Some("ranged") => true,
                Some("melee") => false,
                _ => own["actionType"]
                    .as_str()
                    .map_or(kind.ends_with('R'), |kind| kind.starts_with('r')),
            };
            let has = |code: &str| {
                own["properties"]
                    .as_array()
                    .is_some_and(|all| all.iter().any(|own| own == code))
                    || own["properties"][code] == true
            };
            // A monk's weapons: simple melee ones, and light martial ones.
            let monk = self
                .items
                .iter()
                .any(|item| item["type"] == "class" && item["name"] == "Monk");
            let finesse = has("fin")
                || monk && !ranged && (kind == "simpleM" || kind == "martialM" && has("lgt"));
            let (strength, dexterity) = (self.modifier("str"), self.modifier("dex"));
            let ability = match attack["ability"]
                .as_str()
                .or(own["ability"].as_str())
                .unwrap_or("")
            {
                "" if finesse => strength.max(dexterity),
                "" if ranged => dexterity,
                "" => strength,
                "none" => 0,
                "spellcasting" => self.modifier(
                    self.system["attributes"]["spellcasting"]
                        .as_str()
                        .unwrap_or(""),
                ),
                code => self.modifier(code),
            };
            let written = own["proficient"]
                .as_bool()
                .map(|flag| f64::from(u8::from(flag)));
            let trained = match written.or(number(&own["proficient"])) {
                Some(value) => value > 0.0,
                None => npc || kind == "natural" || self.is_trained(kind, base),
            };
            let magic = magic(item, "system.magicalBonus", &own["magicalBonus"]);
            let written = attack["bonus"]
                .as_str()
                .and_then(|text| self.formula(text))
                .unwrap_or(0);
            let sort = if ranged { "rwak" } else { "mwak" };
            let own_bonus = self.system["bonuses"][sort]["attack"]
                .as_str()
                .and_then(|text| self.formula(text))
                .unwrap_or(0);
            let all = own_bonus + self.added(&format!("system.bonuses.{sort}.attack"));
            let total =
                ability + if trained { self.proficiency } else { 0 } + magic + written + all;
            found.push((
                item["_id"].as_str().unwrap_or("").to_owned(),
                item["name"].as_str().unwrap_or("").to_owned(),
                total,
            ));
        }
        found
    }

    fn is_trained(&self, kind: &str, base: &str) -> bool {
        let known = self.system["traits"]["weaponProf"]["value"].as_array();
        let also = self
            .changes
            .iter()
            .filter(|(key, ..)| key == "system.traits.weaponProf.value")
            .map(|(_, _, value)| value.as_str());
        let all: Vec<&str> = known
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .chain(also)
            .collect();
        kind.starts_with("simple") && all.contains(&"sim")
            || kind.starts_with("martial") && all.contains(&"mar")
            || all.contains(&base)
    }

    /// Gives the spellcasting ability of each casting class or subclass, by class name.
    pub(super) fn casters(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for item in self.items.iter().filter(|item| item["type"] == "class") {
            let casting = &sheet(item)["spellcasting"];
            if !matches!(casting["progression"].as_str(), None | Some("none" | "")) {
                found.push((
                    item["name"].as_str().unwrap_or("").to_owned(),
                    casting["ability"].as_str().unwrap_or("").to_owned(),
                ));
            }
        }
        found
    }

    /// Counts the spells that are prepared and count against the limit.
    pub(super) fn prepared(&self) -> usize {
        let own = self
            .items
            .iter()
            .filter(|item| item["type"] == "spell")
            .map(|item| sheet(item));
        own.filter(|own| {
            whole(&own["prepared"]) == 1
                && whole(&own["level"]) > 0
                && matches!(own["method"].as_str(), Some("spell" | "pact"))
        })
        .count()
    }
}

fn sheet(item: &Value) -> &Value {
    item.get("system").unwrap_or(&item["data"])
}

fn changes_of(effect: &Value) -> Vec<(String, i64, String)> {
    let all = effect["changes"]
        .as_array()
        .or(effect["system"]["changes"].as_array());
    let one = |change: &Value| {
        let mode = change["mode"]
            .as_i64()
            .unwrap_or(match change["type"].as_str() {
                Some("add") => 2,
                Some("upgrade") => 4,
                Some("override") => 5,
                _ => 0,
            });
        (
            change["key"].as_str().unwrap_or("").to_owned(),
            mode,
            change["value"]
                .as_str()
                .unwrap_or("")
                .trim_matches('"')
                .to_owned(),
        )
    };
    all.into_iter().flatten().map(one).collect()
}

fn enchantments(item: &Value) -> impl Iterator<Item = (String, i64, String)> + '_ {
    let all = item["effects"].as_array().into_iter().flatten();
    all.filter(|effect| {
        effect["type"] == "enchantment"
            && effect["disabled"] != true
            && effect["origin"].is_string()
    })
    .flat_map(changes_of)
}

/// A magic bonus as it is written, and as enchantments change it.
fn magic(item: &Value, key: &str, written: &Value) -> i32 {
    let mut bonus = whole(written);
    for (name, mode, value) in enchantments(item) {
        if name == key {
            let value: i32 = value.parse().unwrap_or(0);
            bonus = match mode {
                2 => bonus + value,
                4 => bonus.max(value),
                _ => value,
            };
        }
    }
    bonus
}

fn works(item: &Value) -> bool {
    let own = sheet(item);
    let kind = item["type"].as_str().unwrap_or("");
    if !["weapon", "equipment", "tool", "loot", "container"].contains(&kind) {
        return true;
    }
    let asks = enchantments(item)
        .find(|(key, ..)| key == "system.attunement")
        .map_or(own["attunement"] == "required", |(_, _, value)| {
            value == "required"
        });
    own["equipped"] != false && (!asks || own["attuned"] == true)
}
