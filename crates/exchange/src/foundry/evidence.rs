//! What a file says was chosen: each advancement as pieces that can answer a choice.

use std::collections::BTreeSet;

use rules::content::key;
use serde_json::Value;
use sheet::vocabulary::Ability;

use super::actor::{Thing, levels_of};
use super::draft::Draft;
use super::{levels, words};
use crate::json::{at, names, text, whole};

/// What sort of thing was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Skill,
    Expertise,
    Tool,
    Language,
    Ability,
    SpellAbility,
    Weapon,
    Resistance,
    Spell,
    /// A feat, a feature or an option, by name.
    Named,
}

/// One thing that the file says was chosen.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    pub(super) sort: Sort,
    /// Ids it may have among the options, the likeliest first.
    pub(super) ids: Vec<String>,
    /// Keys of what it came from in the end: class, subclass, species, background.
    pub(super) root: String,
    /// Key of the item that records it.
    pub(super) owner: String,
    /// The name of that item, for people.
    pub(super) from: String,
    /// The level at which it was chosen; 0 where none is told.
    pub(super) level: i32,
    /// The id in the file of the item it names.
    pub(super) item: String,
    pub(super) used: bool,
}

/// Collects everything that was chosen.
pub(super) fn collect(draft: &Draft<'_>) -> Vec<Evidence> {
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for thing in &draft.actor.items {
        let reached = reached(draft, thing);
        for entry in thing.advancement() {
            let level = whole(at(entry, "level"), 0, 30).unwrap_or(0);
            if level <= reached {
                one(draft, thing, entry, level, &mut told, &mut found);
            }
        }
    }
    for thing in draft
        .actor
        .of_kind("feat")
        .filter(|thing| !told.contains(&thing.old_id))
    {
        let (root, owner, from) = origin(draft, thing);
        found.push(named(thing, root, owner, from, 0));
    }
    // The species names its lineage: `Elf, Wood`.
    if let Some(race) = draft.actor.of_kind("race").next()
        && let Some((kind, lineage)) = race.name.split_once(", ")
    {
        let root = key(&draft.source.identity.species);
        found.push(Evidence {
            sort: Sort::Named,
            ids: vec![key(lineage), key(&format!("{lineage} {kind}"))],
            owner: root.clone(),
            root,
            from: race.name.clone(),
            level: 0,
            item: String::new(),
            used: false,
        });
    }
    for spell in draft
        .actor
        .of_kind("spell")
        .filter(|thing| !told.contains(&thing.old_id))
    {
        let (root, owner, from) = origin(draft, spell);
        if !root.is_empty() && text(at(&spell.flags, "cachedFor")).is_empty() {
            found.push(chosen_spell(spell, root, owner, from, 0));
        }
    }
    found
}

/// The level that an item's advancements are held against.
fn reached(draft: &Draft<'_>, thing: &Thing) -> i32 {
    match thing.kind.as_str() {
        "class" => levels_of(thing),
        "subclass" => {
            let class = text(thing.get("classIdentifier"));
            let mut classes = draft.actor.of_kind("class");
            classes
                .find(|item| item.identifier() == class)
                .map_or(0, levels_of)
        }
        _ => draft.actor.level().max(1),
    }
}

/// Gives root and owner of what an item records: `(root key, owner key, owner name)`.
fn keys(draft: &Draft<'_>, thing: &Thing) -> (String, String, String) {
    let own = key(&thing.name);
    let root = match thing.kind.as_str() {
        "race" => key(&draft.source.identity.species),
        "class" | "subclass" | "background" => own.clone(),
        _ => draft
            .actor
            .find(thing.origin(true))
            .map(|root| match root.kind.as_str() {
                "race" => key(&draft.source.identity.species),
                _ => key(&root.name),
            })
            .unwrap_or_default(),
    };
    (root, own, thing.name.clone())
}

/// Gives root and owner of an item by what granted it.
fn origin(draft: &Draft<'_>, thing: &Thing) -> (String, String, String) {
    match draft.actor.find(thing.origin(false)) {
        Some(giver) => {
            let (root, owner, from) = keys(draft, giver);
            if root.is_empty() {
                (owner.clone(), owner, from)
            } else {
                (root, owner, from)
            }
        }
        None => (String::new(), String::new(), String::new()),
    }
}

/// Lists the ids a feat or feature may have as an option: `Divine Order: Protector` is Protector.
pub(super) fn spellings(name: &str) -> Vec<String> {
    let mut found = vec![key(name)];
    let mut also = |part: &str| {
        let id = key(part);
        if !id.is_empty() && !found.contains(&id) {
            found.push(id);
        }
    };
    for sign in [": ", ", "] {
        if let Some((_, after)) = name.split_once(sign) {
            also(after);
        }
    }
    also(name.split(" (").next().unwrap_or_default());
    if let Some((of, _)) = name.split_once("'s ").or_else(|| name.split_once("’s ")) {
        also(of);
    }
    found
}

fn named(thing: &Thing, root: String, owner: String, from: String, level: i32) -> Evidence {
    Evidence {
        sort: Sort::Named,
        ids: spellings(&thing.name),
        root,
        owner,
        from,
        level,
        item: thing.old_id.clone(),
        used: false,
    }
}

fn chosen_spell(spell: &Thing, root: String, owner: String, from: String, level: i32) -> Evidence {
    Evidence {
        sort: Sort::Spell,
        ids: vec![key(&spell.name)],
        root,
        owner,
        from,
        level,
        item: spell.old_id.clone(),
        used: false,
    }
}

fn one(
    draft: &Draft<'_>,
    thing: &Thing,
    entry: &Value,
    level: i32,
    told: &mut BTreeSet<String>,
    found: &mut Vec<Evidence>,
) {
    let (root, owner, from) = keys(draft, thing);
    let value = at(entry, "value");
    let piece = |sort: Sort, id: String| Evidence {
        sort,
        ids: vec![id],
        root: root.clone(),
        owner: owner.clone(),
        from: from.clone(),
        level,
        item: String::new(),
        used: false,
    };
    let mut item = |id: &str, level: i32, found: &mut Vec<Evidence>| {
        let Some(chosen) = draft.actor.find(id) else {
            return;
        };
        told.insert(id.to_owned());
        let (root, owner, from) = (root.clone(), owner.clone(), from.clone());
        match chosen.kind.as_str() {
            "spell" => found.push(chosen_spell(chosen, root, owner, from, level)),
            _ => found.push(named(chosen, root, owner, from, level)),
        }
    };
    match text(at(entry, "type")) {
        "Trait" => {
            let granted = names(at(entry, "configuration.grants"));
            let mode = text(at(entry, "configuration.mode"));
            for chosen in names(at(value, "chosen"))
                .into_iter()
                .filter(|chosen| !granted.contains(chosen))
            {
                let last = chosen.rsplit(':').next().unwrap_or_default();
                let kind = chosen.split(':').next().unwrap_or_default();
                let read = match (kind, mode) {
                    ("skills", "expertise" | "upgrade" | "forcedExpertise") => {
                        words::skill(last).map(|id| (Sort::Expertise, id.to_owned()))
                    }
                    ("skills", _) => words::skill(last).map(|id| (Sort::Skill, id.to_owned())),
                    ("tool", _) => words::tool(last).map(|name| (Sort::Tool, key(name))),
                    ("languages", _) => {
                        words::language(last).map(|name| (Sort::Language, key(name)))
                    }
                    ("weapon", "mastery") => weapon(draft, last).map(|id| (Sort::Weapon, id)),
                    ("dr", _) => Some((Sort::Resistance, last.to_owned())),
                    _ => None,
                };
                if let Some((sort, id)) = read {
                    found.push(piece(sort, id));
                }
            }
        }
        "AbilityScoreImprovement" => {
            if let Value::Object(assigned) = at(value, "assignments") {
                let of = |code: &str| words::ability(code);
                let mut any = false;
                for (ability, amount) in assigned
                    .iter()
                    .filter_map(|(code, amount)| Some((of(code)?, amount)))
                {
                    for _ in 0..whole(amount, 0, 10).unwrap_or(0) {
                        any = true;
                        found.push(piece(Sort::Ability, ability.key().to_owned()));
                    }
                }
                if any && thing.kind == "class" {
                    found.push(piece(Sort::Named, "ability-score-improvement".to_owned()));
                }
            }
            if let Value::Object(feats) = at(value, "feat") {
                for id in feats.keys().take(20) {
                    item(id, level, found);
                }
            }
        }
        "ItemChoice" => {
            if let Value::Object(by_level) = at(value, "added") {
                for (at_level, added) in by_level.iter().take(40) {
                    let at_level = at_level.parse().unwrap_or(level);
                    for id in added
                        .as_object()
                        .into_iter()
                        .flat_map(|added| added.keys())
                        .take(100)
                    {
                        item(id, at_level, found);
                    }
                }
            }
        }
        "ItemGrant" => {
            for id in at(value, "added")
                .as_object()
                .into_iter()
                .flat_map(|added| added.keys())
                .take(100)
            {
                item(id, level, found);
            }
        }
        _ => {}
    }
    if let Some(ability) = words::ability(text(at(value, "ability"))) {
        found.push(piece(Sort::SpellAbility, ability.key().to_owned()));
    }
}

/// Finds the weapon of the content that a short name means.
pub(super) fn weapon(draft: &Draft<'_>, code: &str) -> Option<String> {
    let mut weapons = draft.content.weapons.keys();
    weapons.find(|id| id.replace('-', "") == code).cloned()
}

/// Adds up what was assigned to an ability and is not yet used.
pub(super) fn assigned(evidence: &[Evidence], ability: Ability) -> i32 {
    let mine = evidence.iter().filter(|piece| {
        piece.sort == Sort::Ability && piece.ids.iter().any(|id| id == ability.key())
    });
    i32::try_from(mine.count()).unwrap_or(0)
}

/// Tells whether a subclass's key belongs to a class, so that what one records may answer the other's choice.
pub(super) fn is_kin(draft: &Draft<'_>, start: &str, root: &str) -> bool {
    start == root
        || draft.actor.of_kind("class").any(|class| {
            let subclass = levels::subclass_of(draft, class).map(|subclass| key(&subclass.name));
            let class = key(&class.name);
            subclass.is_some_and(|subclass| {
                (start == class && root == subclass) || (start == subclass && root == class)
            })
        })
}
