//! What effects of that program change: enchantments rewrite the item they sit on, others hold for the item's owner.

use serde_json::{Map, Value};

use super::actor::Thing;
use crate::cells;
use crate::json::{self, at, is_empty, list, names, number, text, truth};

/// Puts the enchantments that are in force into the item they sit on.
pub(super) fn enchant(thing: &mut Thing) {
    let in_force: Vec<Value> = thing
        .effects
        .iter()
        .filter(|effect| {
            text(at(effect, "type")) == "enchantment"
                && !truth(at(effect, "disabled"))
                && !is_empty(at(effect, "origin"))
        })
        .cloned()
        .collect();
    for effect in in_force {
        let mut any = false;
        for change in changes(&effect) {
            any |= apply(thing, &change);
        }
        if any {
            thing.enchanted.push(cells::name(text(at(&effect, "name"))));
        }
    }
}

/// Holds one change of an effect.
pub(super) struct Change {
    /// What it acts on.
    pub(super) key: String,
    /// How.
    pub(super) mode: Mode,
    /// With what.
    pub(super) value: String,
}

/// How a change acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Add,
    AtMost,
    AtLeast,
    Set,
    Other,
}

/// Lists the changes of an effect.
pub(super) fn changes(effect: &Value) -> Vec<Change> {
    let all = match at(effect, "changes") {
        Value::Null => at(effect, "system.changes"),
        changes => changes,
    };
    let mode = |change: &Value| match at(change, "mode") {
        Value::Null => match text(at(change, "type")) {
            "add" => Mode::Add,
            "downgrade" => Mode::AtMost,
            "upgrade" => Mode::AtLeast,
            "override" => Mode::Set,
            _ => Mode::Other,
        },
        code => match number(code).map(|code| json::bounded(code, 0, 9)) {
            Some(2) => Mode::Add,
            Some(3) => Mode::AtMost,
            Some(4) => Mode::AtLeast,
            Some(5) => Mode::Set,
            _ => Mode::Other,
        },
    };
    list(all)
        .into_iter()
        .take(200)
        .map(|change| Change {
            key: cells::line(text(at(change, "key")), 200),
            mode: mode(change),
            value: {
                let written = json::written(at(change, "value"));
                written.chars().take(2_000).collect()
            },
        })
        .collect()
}

fn apply(thing: &mut Thing, change: &Change) -> bool {
    let value = change.value.trim().trim_matches('"');
    if change.key == "name" {
        let name = match value.contains("{}") {
            true => value.replacen("{}", &thing.name, 1),
            false => value.to_owned(),
        };
        thing.name = cells::name(&name);
        return !thing.name.is_empty();
    }
    let Some(path) = change.key.strip_prefix("system.") else {
        return false;
    };
    if path == "properties" {
        let mut properties = names(thing.get("properties"));
        match value.strip_prefix('-') {
            Some(gone) => properties.retain(|own| own != gone),
            None => properties.push(value.to_owned()),
        }
        put(&mut thing.system, path, Value::from(properties));
        return true;
    }
    let known = [
        "rarity",
        "attunement",
        "magicalBonus",
        "armor.magicalBonus",
        "armor.value",
        "price.value",
        "damage.base.number",
        "damage.base.denomination",
    ];
    if !known.contains(&path) {
        return false;
    }
    let old = at(&thing.system, path);
    let new = match (change.mode, number(old), number(&Value::from(value))) {
        (Mode::Add, Some(old), Some(more)) => Value::from(old + more),
        (Mode::AtLeast, Some(old), Some(least)) => Value::from(old.max(least)),
        (Mode::AtMost, Some(old), Some(most)) => Value::from(old.min(most)),
        _ => Value::from(value),
    };
    put(&mut thing.system, path, new);
    true
}

/// Sets a field, making the objects on the way.
fn put(system: &mut Value, path: &str, value: Value) {
    let mut here = system;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        if !here.is_object() {
            *here = Value::Object(Map::new());
        }
        let Some(map) = here.as_object_mut() else {
            return;
        };
        if names.peek().is_none() {
            map.insert(name.to_owned(), value);
            return;
        }
        here = map.entry(name.to_owned()).or_insert(Value::Null);
    }
}

/// Gives the effects of an item that hold for its owner, by name.
pub(super) fn passive(thing: &Thing) -> Vec<(String, Vec<Change>)> {
    if !thing.is_working() {
        return Vec::new();
    }
    thing
        .effects
        .iter()
        .filter(|effect| {
            truth(at(effect, "transfer"))
                && !truth(at(effect, "disabled"))
                && text(at(effect, "type")) != "enchantment"
        })
        .map(|effect| (cells::name(text(at(effect, "name"))), changes(effect)))
        .filter(|(_, changes)| !changes.is_empty())
        .collect()
}
