//! Features, traits and feats: those the rules give are only counted, the others are written out with their text.

use std::collections::BTreeMap;

use rules::content::key;
use serde_json::Value;
use sheet::source::{Activation, Feature, Recovery};

use super::actor::Thing;
use super::draft::Draft;
use super::{evidence, uses, words};
use crate::cells;
use crate::json::{at, list, names, number, text, whole, written};

/// Features that the rules give: by key, the cell that counts their uses, if they have any.
pub(super) type Known = BTreeMap<String, Option<(String, i32)>>;

/// Lists the features and traits that the rules give so far.
pub(super) fn known(draft: &Draft<'_>) -> Known {
    let mut known = Known::new();
    if !draft.built {
        return known;
    }
    let sheet = draft.derive().sheet;
    for feature in &sheet.actions.features {
        let uses = feature
            .uses
            .as_ref()
            .map(|uses| (uses.cell.clone(), uses.max));
        let plain = feature.name.split(" (").next().unwrap_or_default();
        for name in [feature.name.as_str(), plain] {
            let entry = known.entry(key(name)).or_default();
            if entry.is_none() {
                entry.clone_from(&uses);
            }
        }
    }
    // Points that are a thing of their own are counted there with the feature that gives them: focus points with Monk's Focus.
    for points in &sheet.actions.features {
        let Some((of, _)) = points.id.rsplit_once('.') else {
            continue;
        };
        let uses = points.uses.as_ref();
        let mut features = sheet.actions.features.iter();
        if let (Some(uses), Some(giver)) = (uses, features.find(|own| own.id == of)) {
            let entry = known.entry(key(&giver.name)).or_default();
            if entry.is_none() {
                *entry = Some((uses.cell.clone(), uses.max));
            }
        }
    }
    for own in &sheet.actions.traits {
        known.entry(key(&own.name)).or_default();
        known
            .entry(key(own.name.split(" (").next().unwrap_or_default()))
            .or_default();
    }
    known
}

pub(super) fn read(draft: &mut Draft<'_>, known: &Known) {
    let actor = draft.actor;
    for thing in actor.of_kind("feat") {
        if let Some(given) = given(draft, known, thing) {
            counted(draft, thing, given);
        } else {
            write(draft, thing);
        }
    }
    resources(draft);
    draft_rest(draft);
}

/// Finds the feature of the rules that an item is.
fn given<'k>(
    draft: &Draft<'_>,
    known: &'k Known,
    thing: &Thing,
) -> Option<&'k Option<(String, i32)>> {
    if !draft.built {
        return None;
    }
    let exact = known.get(&key(&thing.name));
    let of_rules =
        draft
            .actor
            .find(thing.origin(true))
            .is_some_and(|root| match root.kind.as_str() {
                "class" => draft.content.classes.contains_key(&key(&root.name)),
                "subclass" => draft.content.subclasses.contains_key(&key(&root.name)),
                "race" => draft
                    .content
                    .species
                    .contains_key(&key(&draft.source.identity.species)),
                "background" => draft.content.backgrounds.contains_key(&key(&root.name)),
                _ => false,
            });
    if exact.is_some() || !of_rules {
        return exact;
    }
    // Foundry names parts of a feature with it: `Channel Divinity: Turn Undead`, `Elven Lineage, Drow`.
    let mut spellings = evidence::spellings(&thing.name);
    for sign in [": ", ", "] {
        if let Some((before, _)) = thing.name.split_once(sign) {
            spellings.push(key(before));
        }
    }
    spellings.iter().find_map(|id| known.get(id))
}

fn counted(draft: &mut Draft<'_>, thing: &Thing, given: &Option<(String, i32)>) {
    draft.mapped(
        "Features",
        &thing.name,
        &thing.path,
        key(&thing.name),
        "The rules give this feature.",
    );
    let spent = uses::read(draft.actor, thing).map_or(0, |read| read.uses.used);
    if spent == 0 {
        return;
    }
    match given {
        Some((cell, _)) => {
            if let Some(counter) = cell.strip_prefix("/build/used/") {
                draft
                    .source
                    .build
                    .used
                    .insert(counter.replace("~1", "/"), spent.min(1_000));
                draft.understood(
                    "Features",
                    &format!("{}: uses spent", thing.name),
                    &thing.path,
                    cell.clone(),
                    format!("{spent} are spent."),
                );
            }
        }
        None => draft.unused(
            "Features",
            &format!("{}: uses spent", thing.name),
            &thing.path,
            format!("{spent} are spent there; the rules count no uses of this feature."),
        ),
    }
}

/// Writes a feature out.
fn write(draft: &mut Draft<'_>, thing: &Thing) {
    let actor = draft.actor;
    let read = uses::read(actor, thing);
    let (activation, cost) = uses::activation(thing);
    let mut description = thing.description();
    let feat = draft
        .content
        .feats
        .get(&key(&thing.name))
        .filter(|_| draft.built);
    let known_feat = feat.map(|feat| feat.name.clone());
    if let Some(feat) = feat {
        feat.text.clone_into(&mut description);
    }
    let when = uses::other_activation(thing);
    if !when.is_empty() {
        cells::append(&mut description, &when);
    }
    if let Some(read) = &read {
        cells::append(&mut description, &read.words);
    }
    cells::append(&mut description, &numbers(draft, thing));
    let kind = text(thing.get("type.value"));
    let source = actor
        .find(thing.origin(false))
        .map(|giver| giver.name.clone())
        .or_else(|| {
            Some(cells::name(text(thing.get("requirements")))).filter(|text| !text.is_empty())
        })
        .unwrap_or_else(|| match kind {
            "feat" => "Feat".to_owned(),
            "race" => draft.source.identity.species.clone(),
            "background" => draft.source.identity.background.clone(),
            _ => String::new(),
        });
    let passive = activation == Activation::Passive && read.is_none();
    let is_trait = kind == "race" && read.is_none()
        || actor.kind == "npc" && (thing.has("trait") || passive) && read.is_none();
    let to = if is_trait {
        let id = draft.a_trait(&thing.id, &thing.name, &source, description);
        format!("/actions/traits/{id}")
    } else {
        let name = match (activation, cost) {
            (Activation::Legendary, 2..) => format!("{} (costs {cost} actions)", thing.name),
            _ => thing.name.clone(),
        };
        let feature = Feature {
            name: cells::name(&name),
            source: cells::name(&source),
            level: level(thing, actor),
            description,
            activation,
            uses: read.map(|read| read.uses).unwrap_or_default(),
            ..Feature::default()
        };
        let id = draft.feature(&thing.id, feature);
        format!("/actions/features/{id}")
    };
    if let Some(feat) = known_feat {
        draft.mapped(
            "Features",
            &thing.name,
            &thing.path,
            format!("feat {feat}"),
            "The rules know this feat; no choice of theirs brings it, so it is written out.",
        );
        return;
    }
    let why = if draft.built {
        "The rules do not have it: its text and counters are kept, what it adds to numbers is listed among the effects."
    } else {
        "Text and counters are kept."
    };
    draft.as_text("Features", &thing.name, &thing.path, to, why);
}

/// The level at which an advancement granted it.
fn level(thing: &Thing, actor: &super::actor::Actor) -> Option<i32> {
    let origin = text(at(&thing.flags, "advancementOrigin"));
    let (giver, entry) = origin.split_once('.')?;
    let giver = actor.find(giver)?;
    let entry = giver
        .advancement()
        .into_iter()
        .find(|own| text(at(own, "_id")) == entry)?;
    whole(at(entry, "level"), 0, 30)
}

/// Says what a feature's activities roll: save, damage, healing.
pub(super) fn numbers(draft: &Draft<'_>, thing: &Thing) -> String {
    let actor = draft.actor;
    let mut lines: Vec<String> = Vec::new();
    for activity in thing.activities().into_iter().take(12) {
        let mut parts = Vec::new();
        if let Some(dc) = save_dc(draft, thing, activity) {
            let abilities = match at(activity, "save.ability") {
                Value::String(code) => vec![code.clone()],
                many => names(many),
            };
            let named: Vec<&str> = abilities
                .iter()
                .filter_map(|code| words::ability(code))
                .map(|ability| ability.name())
                .collect();
            parts.push(format!("{} save DC {dc}", named.join(" or ")));
        }
        let damage: Vec<String> = list(at(activity, "damage.parts"))
            .into_iter()
            .filter_map(|part| damage_part(draft, part))
            .collect();
        if !damage.is_empty() && text(at(activity, "type")) != "attack" {
            let half = if text(at(activity, "damage.onSave")) == "half" && !parts.is_empty() {
                ", half on a save"
            } else {
                ""
            };
            parts.push(format!("{}{half}", damage.join(" + ")));
        }
        if let Some(healing) = damage_part(draft, at(activity, "healing")) {
            parts.push(format!("heals {healing}"));
        }
        let max = written(at(activity, "uses.max"));
        if !max.trim().is_empty() {
            let max = actor.formula(&max).map_or(max, |max| max.to_string());
            parts.push(format!("{} uses of its own", cells::line(&max, 40)));
        }
        if !parts.is_empty() {
            let name = cells::name(text(at(activity, "name")));
            let line = parts.join("; ");
            lines.push(if name.is_empty() {
                line
            } else {
                format!("{name}: {line}")
            });
        }
    }
    if lines.is_empty()
        && let Some(dc) = old_dc(draft, thing)
    {
        lines.push(dc);
    }
    lines.dedup();
    cells::line(&lines.join(". "), 1_500)
}

fn old_dc(draft: &Draft<'_>, thing: &Thing) -> Option<String> {
    let ability = words::ability(text(thing.get("save.ability")))?;
    let dc = match text(thing.get("save.scaling")) {
        "flat" => number(thing.get("save.dc")).map(|dc| crate::json::bounded(dc, 0, 99))?,
        "spell" | "" => ability_dc(draft, text(draft.actor.get("attributes.spellcasting"))),
        code => ability_dc(draft, code),
    };
    Some(format!("{} save DC {dc}", ability.name()))
}

fn ability_dc(draft: &Draft<'_>, code: &str) -> i32 {
    let score = draft.actor.score(code).unwrap_or(10);
    8 + draft.actor.proficiency() + rules::modifier(score)
}

/// Works out the save DC of an activity.
pub(super) fn save_dc(draft: &Draft<'_>, thing: &Thing, activity: &Value) -> Option<i32> {
    let save = at(activity, "save");
    if text(at(activity, "type")) != "save" || save.is_null() {
        return None;
    }
    let calculation = text(at(save, "dc.calculation"));
    let bonus = 0;
    Some(match calculation {
        "" | "custom" => crate::json::bounded(draft.actor.amount(at(save, "dc.formula"))?, 0, 99),
        "spellcasting" => ability_dc(draft, text(draft.actor.get("attributes.spellcasting"))),
        "initial" if thing.kind == "spell" => {
            ability_dc(draft, text(draft.actor.get("attributes.spellcasting")))
        }
        "initial" => ability_dc(draft, "con"),
        code => ability_dc(draft, code) + bonus,
    })
}

/// Says a damage part in words: `2d6 fire`.
pub(super) fn damage_part(draft: &Draft<'_>, part: &Value) -> Option<String> {
    let types = names(at(part, "types"));
    let dice = match (
        crate::json::truth(at(part, "custom.enabled")),
        text(at(part, "custom.formula")),
    ) {
        (true, formula) if !formula.trim().is_empty() => cells::line(formula, 100),
        _ => {
            let count = whole(at(part, "number"), 0, 100).unwrap_or(0);
            let sides = whole(at(part, "denomination"), 0, 100).unwrap_or(0);
            let bonus = text(at(part, "bonus"));
            let bonus = draft
                .actor
                .formula(bonus)
                .map(|bonus| crate::json::bounded(bonus, -1_000, 1_000));
            let dice = if count > 0 && sides > 0 {
                format!("{count}d{sides}")
            } else {
                String::new()
            };
            match (dice.is_empty(), bonus.filter(|bonus| *bonus != 0)) {
                (false, Some(bonus)) => format!("{dice}{bonus:+}"),
                (false, None) => dice,
                (true, Some(bonus)) => bonus.to_string(),
                (true, None) => return None,
            }
        }
    };
    let named = types.join("/");
    Some(cells::line(format!("{dice} {named}").trim(), 120))
}

/// Counters that stand on the actor itself.
fn resources(draft: &mut Draft<'_>) {
    for slot in ["primary", "secondary", "tertiary"] {
        let path = format!("resources.{slot}");
        let from = draft.actor.get(&path).clone();
        let max = whole(at(&from, "max"), 0, 1_000).unwrap_or(0);
        let label = cells::name(text(at(&from, "label")));
        if max == 0 && label.is_empty() {
            continue;
        }
        let left = whole(at(&from, "value"), 0, 1_000).unwrap_or(0);
        let recovery = if crate::json::truth(at(&from, "sr")) {
            Recovery::ShortRest
        } else if crate::json::truth(at(&from, "lr")) {
            Recovery::LongRest
        } else {
            Recovery::None
        };
        let name = if label.is_empty() {
            words::title(slot)
        } else {
            label
        };
        draft.counter(&name, "Imported", max, (max - left).max(0), recovery);
        draft.understood(
            "Features",
            &name,
            &path,
            "/actions/features",
            "The counter is a feature with uses.",
        );
    }
    for (code, name, recovery) in [
        ("legact", "Legendary Actions", Recovery::Turn),
        ("legres", "Legendary Resistances", Recovery::LongRest),
    ] {
        let path = format!("resources.{code}");
        let from = draft.actor.get(&path).clone();
        let max = whole(at(&from, "max"), 0, 1_000).unwrap_or(0);
        if max == 0 {
            continue;
        }
        let used = match whole(at(&from, "spent"), 0, 1_000) {
            Some(spent) => spent,
            None => whole(at(&from, "value"), 0, 1_000).map_or(0, |left| (max - left).max(0)),
        };
        draft.counter(name, "Imported", max, used, recovery);
        draft.understood(
            "Features",
            name,
            &path,
            "/actions/features",
            "The counter is a feature with uses.",
        );
    }
}

/// Things of kinds that the sheet has no place for: kept by name and text.
fn draft_rest(draft: &mut Draft<'_>) {
    const PLACED: [&str; 13] = [
        "class",
        "subclass",
        "race",
        "background",
        "feat",
        "spell",
        "weapon",
        "equipment",
        "consumable",
        "tool",
        "loot",
        "container",
        "facility",
    ];
    let actor = draft.actor;
    for thing in actor
        .items
        .iter()
        .filter(|thing| !PLACED.contains(&thing.kind.as_str()) || thing.kind == "facility")
    {
        let description = thing.description();
        draft.a_trait(
            &thing.id,
            &thing.name,
            &words::title(&thing.kind),
            description,
        );
        draft.as_text(
            "Features",
            &thing.name,
            &thing.path,
            "/actions/traits",
            format!(
                "The kind `{}` has no place of its own; name and text are kept.",
                thing.kind
            ),
        );
    }
}
