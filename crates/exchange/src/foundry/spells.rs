//! Spells with their casters, slots and what is spent of them.

use std::sync::Arc;

use std::collections::BTreeSet;

use rules::content::key;
use sheet::source::{Caster, PactMagic, SlotCount, Spell};
use sheet::vocabulary::Ability;

use super::actor::{Thing, levels_of};
use super::draft::Draft;
use super::levels::subclass_of;
use super::{uses, words};
use crate::cells;
use crate::json::{at, is_empty, names, number, text, truth, whole, written};

pub(super) fn read(draft: &mut Draft<'_>, chosen: &BTreeSet<String>) {
    casters(draft);
    let given = given(draft);
    let actor = draft.actor;
    for thing in actor.of_kind("spell") {
        one(draft, thing, chosen, &given);
    }
    slots(draft);
}

/// Lists the spells the rules give: caster and spell, and whether it is free of the limit.
fn given(draft: &Draft<'_>) -> Vec<(String, String)> {
    let sheet = draft.derive().sheet;
    sheet
        .spellcasting
        .casters
        .iter()
        .flat_map(|caster| {
            caster
                .spells
                .iter()
                .map(|spell| (caster.id.clone(), key(&spell.name)))
        })
        .collect()
}

/// How fast the slots of a class grow.
fn progression(thing: &Thing) -> &str {
    match thing.get("spellcasting") {
        serde_json::Value::String(word) => word,
        object => text(at(object, "progression")),
    }
}

fn casters(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    for class in actor.of_kind("class") {
        let subclass = subclass_of(draft, class);
        let source = [Some(class), subclass]
            .into_iter()
            .flatten()
            .find(|thing| !matches!(progression(thing), "" | "none"));
        let Some(source) = source else { continue };
        let code = text(source.get("spellcasting.ability"));
        let known = draft
            .content
            .classes
            .get(&key(&class.name))
            .and_then(|known| known.casting.as_ref());
        let ability = known
            .filter(|_| draft.built)
            .map(|known| known.ability)
            .or_else(|| words::ability(code));
        let ability =
            ability.or_else(|| words::ability(text(actor.get("attributes.spellcasting"))));
        add_caster(draft, &key(&class.name), &class.name, ability);
        draft.understood(
            "Spells",
            &format!("{} spellcasting", class.name),
            &source.path,
            "/spellcasting/casters",
            "It casts spells.",
        );
    }
}

fn add_caster(draft: &mut Draft<'_>, id: &str, class: &str, ability: Option<Ability>) -> String {
    let id: String = id.chars().filter(char::is_ascii).take(60).collect();
    let id = if cells::is_id(&id) {
        id
    } else {
        "caster".to_owned()
    };
    if draft.source.spellcasting.casters.get(&id).is_none() {
        let (_, rank) = draft.next();
        let caster = Caster {
            rank,
            class: cells::name(class),
            ability,
            ..Caster::default()
        };
        draft
            .source
            .spellcasting
            .casters
            .0
            .insert(id.clone(), Arc::new(caster));
    }
    id
}

/// Finds the caster a spell belongs to; makes one where the spell brings its own.
fn caster_of(draft: &mut Draft<'_>, thing: &Thing) -> Option<String> {
    let actor = draft.actor;
    let source = match text(thing.get("sourceItem")) {
        "" => text(thing.get("sourceClass")),
        source => source,
    };
    let (kind, name) = source.split_once(':').unwrap_or(("class", source));
    let own_ability = words::ability(text(thing.get("ability")));
    let root = actor.find(thing.origin(false));
    let by_feature = root.filter(|root| {
        ["feat", "race", "background"].contains(&root.kind.as_str()) && !is_of_class(draft, root)
    });
    if let Some(root) = by_feature {
        let ability = own_ability
            .or_else(|| ability_of(root))
            .or_else(|| primary(draft));
        let (id, name) = match root.kind.as_str() {
            "race" => (
                key(&draft.source.identity.species),
                draft.source.identity.species.clone(),
            ),
            _ => (key(&root.name), root.name.clone()),
        };
        return Some(add_caster(draft, &id, &name, ability));
    }
    let class = actor
        .of_kind("class")
        .find(|class| class.identifier() == name)
        .filter(|_| kind == "class");
    if let Some(class) = class {
        let id = key(&class.name);
        if draft.source.spellcasting.casters.get(&id).is_some() {
            return Some(id);
        }
        return Some(add_caster(
            draft,
            &id,
            &class.name,
            own_ability.or_else(|| primary(draft)),
        ));
    }
    // The only caster, or the first; a spell without any gets one.
    let first = draft
        .source
        .spellcasting
        .casters
        .ordered()
        .first()
        .map(|(id, _)| (*id).to_owned());
    match first {
        Some(id) => Some(id),
        None => {
            let ability = own_ability.or_else(|| primary(draft));
            Some(add_caster(draft, "spells", "Spells", ability))
        }
    }
}

fn is_of_class(draft: &Draft<'_>, feature: &Thing) -> bool {
    let root = draft.actor.find(feature.origin(true));
    feature.kind == "feat"
        && root.is_some_and(|root| root.kind == "class" || root.kind == "subclass")
        && text(feature.get("type.value")) == "class"
}

fn primary(draft: &Draft<'_>) -> Option<Ability> {
    let first = draft
        .source
        .spellcasting
        .casters
        .ordered()
        .first()
        .and_then(|(_, caster)| caster.ability);
    words::ability(text(draft.actor.get("attributes.spellcasting"))).or(first)
}

/// The ability that an item's advancements chose for its spells.
fn ability_of(thing: &Thing) -> Option<Ability> {
    thing
        .advancement()
        .into_iter()
        .find_map(|entry| words::ability(text(at(entry, "value.ability"))))
}

fn one(
    draft: &mut Draft<'_>,
    thing: &Thing,
    chosen: &BTreeSet<String>,
    given: &[(String, String)],
) {
    let cached = text(at(&thing.flags, "cachedFor"));
    if !cached.is_empty() && !is_granted(draft, cached) {
        let holder = cached.split('.').nth(2).unwrap_or_default();
        let holder = draft
            .actor
            .find(holder)
            .map_or_else(|| "an item".to_owned(), |holder| holder.name.clone());
        draft.unused(
            "Spells",
            &thing.name,
            &thing.path,
            format!("It is cast from {holder} and is no spell of the character's own."),
        );
        return;
    }
    let spell_key = key(&thing.name);
    let known = draft.content.spells.get(&spell_key).cloned();
    if chosen.contains(&thing.old_id) {
        draft.mapped(
            "Spells",
            &thing.name,
            &thing.path,
            format!("spell {}", thing.name),
            "A choice that the rules offer brings it.",
        );
        return;
    }
    let level = whole(thing.get("level"), 0, 9).unwrap_or(0);
    let (prepared, always) = state(thing, level);
    let granted = !thing.origin(false).is_empty()
        || always
        || text(thing.get("sourceItem")).starts_with("feat:");
    if draft.built && granted && given.iter().any(|(_, id)| *id == spell_key) {
        draft.mapped(
            "Spells",
            &thing.name,
            &thing.path,
            format!("spell {}", thing.name),
            "The rules give it.",
        );
        return;
    }
    let caster = caster_of(draft, thing);
    let same = |spell: &Spell| key(&spell.name) == spell_key && spell.caster == caster;
    if draft
        .source
        .spellcasting
        .spells
        .iter()
        .any(|(_, spell)| same(spell))
    {
        draft.unused(
            "Spells",
            &thing.name,
            &thing.path,
            "The same spell stands on the sheet already.",
        );
        return;
    }
    let (_, rank) = draft.next();
    let mut spell = Spell {
        rank,
        name: known
            .as_ref()
            .map_or_else(|| thing.name.clone(), |known| known.name.clone()),
        caster,
        level: known.as_ref().map_or(level, |known| known.level),
        school: words::school(text(thing.get("school"))).to_owned(),
        prepared,
        always_prepared: always && level > 0,
        notes: notes(draft, thing),
        ..Spell::default()
    };
    match &known {
        Some(known) if draft.actor.rules() == "2024" => {
            spell.school.clone_from(&known.school);
            spell.ritual = known.ritual;
            spell.concentration = known.concentration;
            spell.casting_time.clone_from(&known.time);
            spell.range.clone_from(&known.range);
            spell.components.clone_from(&known.components);
            spell.duration.clone_from(&known.duration);
            spell.description.clone_from(&known.text);
            if !known.higher.is_empty() {
                cells::append(&mut spell.description, &known.higher);
            }
            draft.mapped(
                "Spells",
                &thing.name,
                &thing.path,
                format!("spell {}", known.name),
                "The rules know this spell.",
            );
        }
        _ => {
            write(&mut spell, thing);
            draft.as_text(
                "Spells",
                &thing.name,
                &thing.path,
                "/spellcasting/spells",
                "Its particulars and text are kept as the file has them.",
            );
        }
    }
    let id = thing.id.clone();
    draft
        .source
        .spellcasting
        .spells
        .0
        .insert(id, Arc::new(spell));
}

/// A spell that a species' or a feat's activity casts, and that the spellbook shows, is the character's own.
fn is_granted(draft: &Draft<'_>, cached: &str) -> bool {
    let parts: Vec<&str> = cached.split('.').collect();
    let [_, "Item", item, "Activity", activity, ..] = parts.as_slice() else {
        return false;
    };
    let Some(holder) = draft
        .actor
        .find(item)
        .filter(|holder| ["feat", "race"].contains(&holder.kind.as_str()))
    else {
        return false;
    };
    let shown = holder
        .activities()
        .into_iter()
        .any(|own| text(at(own, "_id")) == *activity && truth(at(own, "spell.spellbook")));
    shown && !draft.built
}

/// Prepared, and whether it is so without counting.
fn state(thing: &Thing, level: i32) -> (bool, bool) {
    let method = match text(thing.get("method")) {
        "" => text(thing.get("preparation.mode")),
        method => method,
    };
    let old = truth(thing.get("preparation.prepared"));
    let degree = match thing.get("prepared") {
        serde_json::Value::Null => i32::from(old),
        value => whole(value, 0, 2).unwrap_or(0),
    };
    match method {
        "always" => (false, true),
        "innate" | "atwill" => (false, level > 0),
        "pact" if is_empty(thing.get("prepared")) => (true, false),
        _ => (degree == 1 || level == 0, degree == 2),
    }
}

fn notes(draft: &Draft<'_>, thing: &Thing) -> String {
    let mut notes = String::new();
    let method = match text(thing.get("method")) {
        "" => text(thing.get("preparation.mode")),
        method => method,
    };
    match method {
        "atwill" => cells::append(&mut notes, "At will"),
        "innate" => cells::append(&mut notes, "Innate"),
        "ritual" => cells::append(&mut notes, "As a ritual only"),
        _ => {}
    }
    if let Some(read) = uses::read(draft.actor, thing).filter(|read| read.uses.max > 0) {
        let left = read.uses.max - read.uses.used.min(read.uses.max);
        let back = read.recharge;
        cells::append(
            &mut notes,
            cells::line(
                &format!("{} without a slot, {left} left; {back}", read.uses.max),
                200,
            )
            .trim_end_matches("; "),
        );
    }
    notes
}

/// Writes out what the file says of a spell.
fn write(spell: &mut Spell, thing: &Thing) {
    let has =
        |new: &str, old: &str| thing.has(new) || truth(thing.get(&format!("components.{old}")));
    spell.ritual = has("ritual", "ritual");
    spell.concentration = has("concentration", "concentration");
    let mut parts = Vec::new();
    for (letter, name) in [("V", "vocal"), ("S", "somatic"), ("M", "material")] {
        if has(name, name) {
            parts.push(letter.to_owned());
        }
    }
    let materials = cells::line(text(thing.get("materials.value")), 150);
    if let Some(last) = parts
        .last_mut()
        .filter(|last| *last == "M" && !materials.is_empty())
    {
        *last = format!("M ({materials})");
    }
    spell.components = cells::line(&parts.join(", "), 300);
    let count = |value: &serde_json::Value| number(value).filter(|number| *number > 0.0);
    let kind = text(thing.get("activation.type"));
    let many = count(thing.get("activation.value"))
        .or_else(|| count(thing.get("activation.cost")))
        .unwrap_or(1.0);
    spell.casting_time = match kind {
        "bonus" => "bonus action".to_owned(),
        "action" | "reaction" | "" => kind.to_owned(),
        "minute" | "hour" | "day" => plural(many, kind),
        other => words::title(other).to_lowercase(),
    };
    let units = text(thing.get("range.units"));
    let length = cells::line(&written(thing.get("range.value")), 20);
    spell.range = match units {
        "self" => "self".to_owned(),
        "touch" => "touch".to_owned(),
        "any" => "unlimited".to_owned(),
        "spec" => cells::line(text(thing.get("range.special")), 100),
        "ft" => format!("{length} feet"),
        "mi" => format!("{length} miles"),
        "" => String::new(),
        other => cells::line(&format!("{length} {other}"), 60),
    };
    let units = text(thing.get("duration.units"));
    let many = count(thing.get("duration.value")).unwrap_or(1.0);
    spell.duration = match units {
        "inst" => "instantaneous".to_owned(),
        "perm" => "permanent".to_owned(),
        "disp" => "until dispelled".to_owned(),
        "dstr" => "until dispelled or triggered".to_owned(),
        "spec" | "" => String::new(),
        other => plural(many, &cells::line(other, 20)),
    };
    let mut description = thing.description();
    let shape = cells::line(text(thing.get("target.template.type")), 20);
    let size = cells::line(&written(thing.get("target.template.size")), 10);
    if !shape.is_empty() && !size.is_empty() {
        cells::append(&mut description, &format!("Area: {size} ft {shape}"));
    }
    spell.description = description;
    let properties = names(thing.get("properties"));
    spell.concentration |= properties.iter().any(|own| own == "concentration");
}

fn plural(count: f64, unit: &str) -> String {
    if count == 1.0 {
        format!("1 {unit}")
    } else {
        format!("{count} {unit}s")
    }
}

/// Slots: those of the rules, or of the classes in the file, and how many are spent.
fn slots(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let derived = draft.derive().sheet;
    let (caster_level, pact_level) = caster_levels(draft);
    let by_hand = rules::slots_of(caster_level);
    for level in 1..=9_usize {
        let from = actor.get(&format!("spells.spell{level}"));
        let left = whole(at(from, "value"), 0, 30).unwrap_or(0);
        let set = whole(at(from, "override"), 0, 30);
        let name = level.to_string();
        let of_rules = derived
            .spellcasting
            .spell_slots
            .get(&name)
            .map_or(0, |slots| slots.max);
        let of_classes = by_hand.get(level - 1).copied().unwrap_or(0);
        let own = if draft.built { of_rules } else { of_classes };
        let max = set.unwrap_or(own);
        let path = format!("spells.spell{level}");
        let max = if max == 0 && left > 0 && set.is_none() && caster_level == 0 && !draft.built {
            draft.understood(
                "Spells",
                &format!("Slots of level {level}"),
                &path,
                "/spellcasting/slots",
                format!("No class gives them; the {left} that are left are all there are."),
            );
            left
        } else {
            max
        };
        if max == 0 {
            continue;
        }
        if draft.built && set.is_some_and(|set| set != own) {
            draft.unused(
                "Spells",
                &format!("Slots of level {level}"),
                &path,
                format!("That sheet has {max} by hand; the rules' {own} stand."),
            );
        }
        let max = if draft.built { own } else { max };
        let used = (max - left).clamp(0, max);
        draft.source.spellcasting.slots.insert(
            name,
            SlotCount {
                max,
                used,
                ..SlotCount::default()
            },
        );
        draft.understood(
            "Spells",
            &format!("Slots of level {level}"),
            &path,
            "/spellcasting/slots",
            format!("{max}, {used} spent."),
        );
    }
    let (count, level) = rules::pact_of(pact_level);
    let from = actor.get("spells.pact");
    let max = whole(at(from, "override"), 0, 30).unwrap_or(count);
    if max > 0 && level > 0 {
        let left = whole(at(from, "value"), 0, 30).unwrap_or(0);
        let used = (max - left).clamp(0, max);
        draft.source.spellcasting.pact = PactMagic { level, max, used };
        draft.understood(
            "Spells",
            "Pact slots",
            "spells.pact",
            "/spellcasting/pact",
            format!("{max} of level {level}, {used} spent."),
        );
    }
}

/// Adds up caster and pact levels of the classes in the file, or of an NPC.
fn caster_levels(draft: &Draft<'_>) -> (i32, i32) {
    let actor = draft.actor;
    let mut alone = Vec::new();
    let mut pact = 0;
    for class in actor.of_kind("class") {
        let level = levels_of(class);
        let subclass = subclass_of(draft, class);
        let source = [Some(class), subclass]
            .into_iter()
            .flatten()
            .map(progression)
            .find(|word| !matches!(*word, "" | "none"));
        match source {
            Some("pact") => pact += level,
            Some(word) => alone.push((word.to_owned(), level)),
            None => {}
        }
    }
    let single = alone.len() == 1;
    // The rules of 2014 give half casters nothing at level 1; alone they round up, together down.
    let new = actor.rules() == "2024";
    let levels = alone.into_iter().map(|(word, level)| match word.as_str() {
        "full" => level,
        "artificer" => (level + 1) / 2,
        "half" if new => (level + 1) / 2,
        "half" if single => {
            if level < 2 {
                0
            } else {
                (level + 1) / 2
            }
        }
        "half" => level / 2,
        "third" if single => {
            if level < 3 {
                0
            } else {
                (level + 2) / 3
            }
        }
        "third" => level / 3,
        _ => 0,
    });
    let total: i32 = levels.sum();
    if total == 0 && pact == 0 && actor.kind == "npc" {
        let level = whole(actor.get("attributes.spell.level"), 0, 20)
            .or_else(|| whole(actor.get("details.spellLevel"), 0, 20));
        let casts = actor.of_kind("spell").any(|spell| {
            let method = match text(spell.get("method")) {
                "" => text(spell.get("preparation.mode")),
                method => method,
            };
            whole(spell.get("level"), 0, 9).unwrap_or(0) > 0
                && matches!(method, "spell" | "prepared" | "always" | "pact")
        });
        return (level.filter(|_| casts).unwrap_or(0), 0);
    }
    (total.min(20), pact.min(20))
}
