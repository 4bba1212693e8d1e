//! An actor in one shape, whatever version wrote it: old names of fields, odd ids, enchantments that rewrite their item.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::changes::enchant;
use super::words;
use crate::json::{self, at, list, names, number, text, truth};
use crate::{MAX_ITEMS, Refusal, cells};

/// Holds an actor, read from any version.
pub(super) struct Actor {
    /// The whole file.
    pub(super) root: Value,
    /// The sheet: `system`, before Foundry 10 `data`.
    pub(super) system: Value,
    /// `character` or `npc`.
    pub(super) kind: String,
    /// Its items, in the order of the sheet.
    pub(super) items: Vec<Thing>,
}

/// Holds one item of an actor.
pub(super) struct Thing {
    /// An id that no other item of the actor has, fit for the sheet.
    pub(super) id: String,
    /// Its id in the file, which others may name.
    pub(super) old_id: String,
    /// Its name, enchantments put in.
    pub(super) name: String,
    /// Its type; `backpack` is `container`.
    pub(super) kind: String,
    /// Its fields, enchantments put in.
    pub(super) system: Value,
    /// Its effects.
    pub(super) effects: Vec<Value>,
    /// `flags.dnd5e`.
    pub(super) flags: Value,
    /// Where it stands in the file.
    pub(super) path: String,
    /// Names of enchantments that were put in.
    pub(super) enchanted: Vec<String>,
}

impl Thing {
    /// Reads a field.
    pub(super) fn get(&self, path: &str) -> &Value {
        at(&self.system, path)
    }

    /// Gives its identifier: as written, else made of its name.
    pub(super) fn identifier(&self) -> String {
        match text(self.get("identifier")) {
            "" => rules::content::key(&self.name),
            written => written.to_owned(),
        }
    }

    /// Tells whether it has a property, however it is written.
    pub(super) fn has(&self, property: &str) -> bool {
        names(self.get("properties"))
            .iter()
            .any(|own| own == property)
    }

    /// Gives the words of its description.
    pub(super) fn description(&self) -> String {
        let value = self.get("description");
        let markup = match value {
            Value::String(text) => text,
            _ => text(at(value, "value")),
        };
        cells::prose(&crate::html::to_markdown(markup)).0
    }

    /// Lists its advancements.
    pub(super) fn advancement(&self) -> Vec<&Value> {
        list(self.get("advancement"))
    }

    /// Lists its activities.
    pub(super) fn activities(&self) -> Vec<&Value> {
        list(self.get("activities"))
    }

    /// Gives the id of the item that granted it; `root` the outermost.
    pub(super) fn origin(&self, root: bool) -> &str {
        let flag = if root {
            "advancementRoot"
        } else {
            "advancementOrigin"
        };
        let written = match text(at(&self.flags, flag)) {
            "" => text(at(&self.flags, "advancementOrigin")),
            written => written,
        };
        written.split('.').next().unwrap_or_default()
    }

    /// Tells whether what it does to its owner holds: worn where that matters, attuned where it asks for that.
    pub(super) fn is_working(&self) -> bool {
        let carried = [
            "weapon",
            "equipment",
            "consumable",
            "tool",
            "loot",
            "container",
        ];
        if !carried.contains(&self.kind.as_str()) {
            return true;
        }
        let worn = self.get("equipped") != &Value::Bool(false) || self.kind == "consumable";
        worn && (self.is_attuned() || !self.asks_attunement())
    }

    /// Tells whether it works only when attuned.
    pub(super) fn asks_attunement(&self) -> bool {
        match self.get("attunement") {
            Value::String(word) => word == "required",
            other => number(other).is_some_and(|code| code >= 1.0),
        }
    }

    /// Tells whether its owner is attuned to it.
    pub(super) fn is_attuned(&self) -> bool {
        number(self.get("attunement")).is_some_and(|code| code >= 2.0) || truth(self.get("attuned"))
    }

    /// Tells for which rules it was made: `2024` or `2014`.
    pub(super) fn rules(&self) -> &str {
        text(self.get("source.rules"))
    }
}

impl Actor {
    /// Reads an actor of any version.
    pub(super) fn read(root: Value, ids: &mut dyn FnMut() -> String) -> Result<Actor, Refusal> {
        let kind = kind_of(&root)?;
        let system = sheet_of(&root).clone();
        let written = match at(&root, "items") {
            Value::Array(items) => items.as_slice(),
            _ => &[],
        };
        if written.len() > MAX_ITEMS {
            return Err(Refusal::new(
                format!(
                    "The actor has {} items; at most {MAX_ITEMS} are read.",
                    written.len()
                ),
                "Export one actor, not a whole world.",
            ));
        }
        let mut order: Vec<(usize, &Value)> = written
            .iter()
            .enumerate()
            .filter(|(_, item)| item.is_object())
            .collect();
        order.sort_by_key(|(place, item)| {
            (
                json::whole(at(item, "sort"), i32::MIN, i32::MAX).unwrap_or(0),
                *place,
            )
        });
        let mut used = BTreeSet::new();
        let mut items = Vec::new();
        for (place, item) in order {
            let old_id = json::written(at(item, "_id"));
            let mut id = old_id.clone();
            let mut tries = 0;
            while !cells::is_id(&id) || !used.insert(id.clone()) {
                id = if tries < 3 {
                    ids()
                } else {
                    format!("item-{place}-{tries}")
                };
                tries += 1;
            }
            items.push(thing(item, id, old_id, place));
        }
        Ok(Actor {
            root,
            system,
            kind,
            items,
        })
    }

    /// Reads a field of the sheet.
    pub(super) fn get(&self, path: &str) -> &Value {
        at(&self.system, path)
    }

    /// Finds an item by its id in the file.
    pub(super) fn find(&self, old_id: &str) -> Option<&Thing> {
        (!old_id.is_empty())
            .then(|| self.items.iter().find(|thing| thing.old_id == old_id))
            .flatten()
    }

    /// Lists the items of a type.
    pub(super) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Thing> {
        self.items.iter().filter(move |thing| thing.kind == kind)
    }

    /// Says what wrote the file.
    pub(super) fn source(&self) -> String {
        let version = text(at(&self.root, "_stats.systemVersion"));
        let rules = self.rules();
        let version = if version.is_empty() {
            "before 2.0".to_owned()
        } else {
            cells::line(version, 20)
        };
        format!("Foundry VTT, dnd5e {version}, rules of {rules}")
    }

    /// Says for which rules it was made.
    pub(super) fn rules(&self) -> &str {
        let of_item = |kind| {
            self.of_kind(kind)
                .map(Thing::rules)
                .find(|rules| !rules.is_empty())
        };
        let own = text(self.get("source.rules"));
        match of_item("class").unwrap_or(own) {
            "2024" => "2024",
            _ => "2014",
        }
    }

    /// Gives the levels of all classes together, 0 to 20.
    pub(super) fn level(&self) -> i32 {
        self.of_kind("class")
            .map(levels_of)
            .sum::<i32>()
            .clamp(0, 20)
    }

    /// Gives the proficiency bonus, by levels or by challenge rating.
    pub(super) fn proficiency(&self) -> i32 {
        let level = self.level();
        if self.kind == "npc" && level == 0 {
            return match number(self.get("details.cr")) {
                Some(rating) => 2 + (json::bounded(rating.ceil(), 1, 30) - 1) / 4,
                None => 0,
            };
        }
        rules::bonus_of_level(level.max(1))
    }

    /// Gives an ability's score as it is written.
    pub(super) fn score(&self, code: &str) -> Option<i32> {
        json::whole(self.get(&format!("abilities.{code}.value")), 1, 30)
    }

    /// Works out a formula with what the file says itself.
    pub(super) fn formula(&self, text: &str) -> Option<f64> {
        crate::formula::value(text, &|name| self.named(name))
    }

    /// Works out a field that holds a number or a formula.
    pub(super) fn amount(&self, value: &Value) -> Option<f64> {
        number(value).or_else(|| self.formula(text(value)))
    }

    fn named(&self, name: &str) -> Option<f64> {
        let parts: Vec<&str> = name.split('.').collect();
        Some(match parts.as_slice() {
            ["prof"] | ["attributes", "prof"] => f64::from(self.proficiency()),
            ["details", "level"] => f64::from(self.level()),
            ["details", "cr"] => number(self.get("details.cr"))?,
            ["abilities", code, "mod"] => f64::from(rules::modifier(self.score(code)?)),
            ["abilities", code, "value"] => f64::from(self.score(code)?),
            ["classes", class, "levels"] => {
                let mut classes = self.of_kind("class");
                f64::from(levels_of(classes.find(|item| item.identifier() == *class)?))
            }
            ["scale", item, scale] => self.scale(item, scale)?,
            ["attributes", "movement", way] => {
                number(self.get(&format!("attributes.movement.{way}")))?
            }
            _ => return None,
        })
    }

    /// Reads a scale of a class, subclass or feature at its level.
    fn scale(&self, item: &str, name: &str) -> Option<f64> {
        let thing = self.items.iter().find(|thing| thing.identifier() == item)?;
        let level = match thing.kind.as_str() {
            "class" => levels_of(thing),
            "subclass" => {
                let class = text(thing.get("classIdentifier"));
                self.of_kind("class")
                    .find(|item| item.identifier() == class)
                    .map(levels_of)?
            }
            _ => self.level(),
        };
        let advancement = thing.advancement();
        let entry = advancement.into_iter().find(|entry| {
            text(at(entry, "type")) == "ScaleValue"
                && text(at(entry, "configuration.identifier")) == name
        })?;
        let Value::Object(scale) = at(entry, "configuration.scale") else {
            return None;
        };
        let reached = scale
            .iter()
            .filter_map(|(at_level, value)| Some((at_level.parse::<i32>().ok()?, value)))
            .filter(|(at_level, _)| *at_level <= level)
            .max_by_key(|(at_level, _)| *at_level)?;
        number(at(reached.1, "value")).or_else(|| number(at(reached.1, "number")))
    }
}

/// Gives the levels of a class item.
pub(super) fn levels_of(class: &Thing) -> i32 {
    json::whole(class.get("levels"), 0, 20).unwrap_or(0)
}

fn sheet_of(root: &Value) -> &Value {
    match at(root, "system") {
        system @ Value::Object(_) => system,
        _ => at(root, "data"),
    }
}

fn kind_of(root: &Value) -> Result<String, Refusal> {
    let again = "In Foundry, open the menu of one actor, choose Export Data, and import that file.";
    let no_actor = |what: &str| Refusal::new(format!("This is no Foundry actor: {what}."), again);
    let Value::Object(_) = root else {
        return Err(no_actor(match root {
            Value::Array(_) => "it is a list, perhaps of a whole compendium or world",
            _ => "it is a single value",
        }));
    };
    let system_id = text(at(root, "_stats.systemId"));
    if !system_id.is_empty() && system_id != "dnd5e" {
        return Err(Refusal::new(
            format!(
                "The actor belongs to the game system `{}`; only dnd5e is read.",
                cells::line(system_id, 40)
            ),
            "Export an actor of a dnd5e world.",
        ));
    }
    let kind = text(at(root, "type"));
    match kind {
        "character" | "npc" if sheet_of(root).is_object() => Ok(kind.to_owned()),
        "character" | "npc" => Err(no_actor("it has a type and no sheet")),
        "vehicle" | "group" | "encounter" => Err(Refusal::new(
            format!("The actor is of the type `{kind}`; characters and NPCs are read."),
            "Export a character or an NPC.",
        )),
        "" => Err(no_actor("it does not say its type")),
        other => Err(no_actor(&format!(
            "its type is `{}`; an item or a journal is no actor",
            cells::line(other, 40)
        ))),
    }
}

fn thing(item: &Value, id: String, old_id: String, place: usize) -> Thing {
    let kind = match text(at(item, "type")) {
        "backpack" => "container",
        kind => kind,
    };
    let mut thing = Thing {
        id,
        old_id,
        name: cells::name(text(at(item, "name"))),
        kind: cells::line(kind, 60),
        system: sheet_of(item).clone(),
        effects: list(at(item, "effects"))
            .into_iter()
            .take(1_000)
            .cloned()
            .collect(),
        flags: at(item, "flags.dnd5e").clone(),
        path: format!("items.{place}"),
        enchanted: Vec::new(),
    };
    if !thing.system.is_object() {
        thing.system = Value::Object(Map::new());
    }
    if thing.name.is_empty() {
        "Unnamed".clone_into(&mut thing.name);
    }
    enchant(&mut thing);
    thing
}

/// Works out feet of a length and its unit.
pub(super) fn feet(length: f64, units: &str) -> i32 {
    let feet = match units {
        "m" => length * 10.0 / 3.0,
        "km" => length * 10_000.0 / 3.0,
        "mi" => length * 5_280.0,
        _ => length,
    };
    json::bounded(feet, 0, 10_000)
}

/// Reads the six scores by short name.
pub(super) fn scores(actor: &Actor) -> BTreeMap<&'static str, i32> {
    sheet::vocabulary::Ability::ALL
        .into_iter()
        .map(words::code)
        .filter_map(|code| Some((code, actor.score(code)?)))
        .collect()
}
