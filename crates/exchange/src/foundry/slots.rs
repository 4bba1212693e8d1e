//! Spell slots and pact slots, and what is spent of them.

use sheet::source::{PactMagic, SlotCount};

use super::actor::{Thing, levels_of};
use super::draft::Draft;
use super::levels::subclass_of;
use crate::json::{at, text, whole};

/// Reads the slots: those of the rules, or of the classes in the file, and how many are spent.
pub(super) fn read(draft: &mut Draft<'_>) {
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

/// How fast the slots of a class grow.
pub(super) fn progression(thing: &Thing) -> &str {
    match thing.get("spellcasting") {
        serde_json::Value::String(word) => word,
        object => text(at(object, "progression")),
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
