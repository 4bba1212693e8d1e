//! Spells with their casters.

use std::collections::BTreeSet;
use std::sync::Arc;

use rules::content::key;
use sheet::source::{Caster, Spell};
use sheet::vocabulary::Ability;

use super::actor::Thing;
use super::draft::Draft;
use super::levels::subclass_of;
use super::slots::{self, progression};
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
    slots::read(draft);
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
