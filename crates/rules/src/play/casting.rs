//! Casting and preparing spells (SRD 5.2.1, Spells).

use sheet::{CasterEntry, SpellEntry};

use super::Character;
use super::action::CastWith;
use super::conditions;
use super::d20::{self, Aim};
use super::outcome::{LineKind, Refusal};
use super::record::{Record, name_or, pointer, within};
use super::{spell, uses};
use crate::dice::Mode;

pub(super) fn find<'a>(
    character: Character<'a>,
    id: &str,
) -> Result<(&'a CasterEntry, &'a SpellEntry), Refusal> {
    for caster in &character.sheet.spellcasting.casters {
        if let Some(spell) = caster.spells.iter().find(|spell| spell.id == id) {
            return Ok((caster, spell));
        }
    }
    Err(Refusal::new(
        "The character does not have this spell.",
        "Add it to the sheet first.",
    ))
}

/// Tells whether a spell is at hand: a cantrip, or prepared.
///
/// A caster of whom neither a limit nor a single prepared spell is written down is taken to have them all at hand.
fn is_at_hand(caster: &CasterEntry, spell: &SpellEntry) -> bool {
    let mut others = caster.spells.iter();
    let kept_track =
        caster.prepared_limit.is_some() || others.any(|own| own.prepared || own.always_prepared);
    spell.level == 0 || spell.prepared || spell.always_prepared || !kept_track
}

/// Casts a spell.
pub(super) fn cast(
    it: &mut Record<'_>,
    id: &str,
    with: &CastWith,
    attack: Option<Mode>,
    roll: bool,
) -> Result<(), Refusal> {
    conditions::refuse_incapacitated(it.character)?;
    conditions::refuse_raging(it.character)?;
    let (caster, spell) = find(it.character, id)?;
    let name = name_or(&spell.name, "The spell");
    let cell = pointer(&["spellcasting", "spells", id]);
    let at_hand = is_at_hand(caster, spell);
    let own_right = matches!(with, CastWith::Slot { .. } | CastWith::Pact);
    if own_right && !at_hand {
        return Err(Refusal::new(
            format!("{name} is not prepared."),
            "Prepare it, or cast it as a ritual if it is one.",
        )
        .at(cell));
    }
    if spell.level == 0 && !matches!(with, CastWith::Free) {
        return Err(Refusal::new(
            format!("{name} is a cantrip and needs no slot."),
            "Cast it freely.",
        )
        .at(cell));
    }
    let title = match with {
        CastWith::Slot { level } => {
            within("level of a spell slot", *level, 1, 9)?;
            reaches(spell, name, *level)?;
            spend_slot(it, *level)?;
            format!("Cast {name} with a level {level} slot")
        }
        CastWith::Pact => {
            let Some(pact) = it.character.sheet.spellcasting.pact_slots.clone() else {
                return Err(Refusal::new(
                    "The character has no pact slots.",
                    "Use a spell slot.",
                ));
            };
            reaches(spell, name, pact.level)?;
            let counter = uses::find(it.character, "/spellcasting/pact/used")?;
            uses::take(it, &counter, 1, "").map_err(|refusal| Refusal {
                hint: "A short rest brings pact slots back.".to_owned(),
                ..refusal
            })?;
            format!("Cast {name} with a pact slot of level {}", pact.level)
        }
        CastWith::Ritual => {
            ritual(caster, spell, name, at_hand)?;
            it.tell("Ritual", "takes ten minutes longer and no slot");
            format!("Cast {name} as a ritual")
        }
        CastWith::Free => format!("Cast {name}"),
        CastWith::Uses {
            counter,
            amount,
            level,
        } => {
            if let Some(level) = level {
                within("spell level", *level, 1, 9)?;
                reaches(spell, name, *level)?;
            }
            let counter = uses::find(it.character, counter)?;
            uses::take(it, &counter, *amount, "")?;
            match level.filter(|level| *level > spell.level) {
                Some(level) => format!("Cast {name} at level {level}"),
                None => format!("Cast {name}"),
            }
        }
    };
    it.title(title.as_str());
    let level = level_of(it, with).unwrap_or(spell.level);
    if matches!(with, CastWith::Slot { .. }) && level > spell.level {
        it.tell(
            "Higher level",
            format!("a level {} spell at level {level}", spell.level),
        );
    }
    if spell.concentration {
        conditions::take_up(it, name);
    }
    spell::save(it, caster, spell);
    if let Some(bonus) = caster
        .spell_attack_bonus
        .filter(|_| !spell.known || !spell.attack.is_empty())
    {
        let bonus = format!("{bonus:+}");
        it.line_of(LineKind::Note, "Spell attack", "", bonus, &caster.class);
    }
    if roll {
        let with = spell::With {
            level,
            attack,
            ..spell::With::default()
        };
        if let Some(summary) = spell::throw(it, caster, spell, &with)? {
            it.title(format!("{title}: {summary}"));
        }
    } else if let Some(mode) = attack {
        let cell = format!("/spellcasting/casters/{}/spell_attack_bonus", caster.id);
        let parts = d20::terms_of(it.character, &cell)?;
        let test = d20::throw(it, "To hit", &parts, mode, None, None)?;
        d20::notes(it, &cell);
        let aim = Aim {
            against: None,
            critical_from: 20,
            critical_hits: false,
        };
        d20::strike(it, test, &aim);
    }
    spell::tell(it, spell, level, roll);
    Ok(())
}

/// Gives the level a spell is cast at, where what it is cast with says it.
fn level_of(it: &Record<'_>, with: &CastWith) -> Option<i32> {
    match with {
        CastWith::Slot { level } => Some(*level),
        CastWith::Pact => {
            let pact = it.character.sheet.spellcasting.pact_slots.as_ref();
            pact.map(|pact| pact.level)
        }
        CastWith::Uses { level, .. } => *level,
        CastWith::Ritual | CastWith::Free => None,
    }
}

/// Refuses a slot below the level of the spell.
fn reaches(spell: &SpellEntry, name: &str, level: i32) -> Result<(), Refusal> {
    if level >= spell.level {
        return Ok(());
    }
    Err(Refusal::new(
        format!(
            "{name} is a level {} spell; level {level} is too low for it.",
            spell.level
        ),
        format!("Use a slot of level {} or higher.", spell.level),
    ))
}

fn spend_slot(it: &mut Record<'_>, level: i32) -> Result<(), Refusal> {
    let cell = pointer(&["spellcasting", "slots", &level.to_string(), "used"]);
    let all = uses::slots(it.character);
    match all
        .iter()
        .find(|slots| slots.cell == cell && slots.left > 0)
    {
        Some(counter) => uses::take(it, counter, 1, ""),
        None => {
            let message = match all.iter().any(|slots| slots.cell == cell) {
                true => format!("No level {level} spell slot is left."),
                false => format!("The character has no level {level} spell slots."),
            };
            let left = all.iter().filter(|slots| slots.left > 0);
            let left: Vec<String> = left
                .map(|slots| format!("{} {}", slots.left, slots.name.to_lowercase()))
                .collect();
            let hint = if left.is_empty() {
                "A long rest brings spell slots back.".to_owned()
            } else {
                format!("Left are: {}.", left.join(", "))
            };
            Err(Refusal::new(message, hint).at(cell))
        }
    }
}

/// Refuses a ritual that is none, or one that is not at hand; a Wizard reads it from the spellbook (SRD 5.2.1, Wizard,
/// Ritual Adept).
fn ritual(
    caster: &CasterEntry,
    spell: &SpellEntry,
    name: &str,
    at_hand: bool,
) -> Result<(), Refusal> {
    let cell = pointer(&["spellcasting", "spells", &spell.id]);
    if !spell.ritual {
        return Err(Refusal::new(format!("{name} is no ritual."), "Use a spell slot.").at(cell));
    }
    if at_hand || caster.class.trim().eq_ignore_ascii_case("wizard") {
        return Ok(());
    }
    Err(Refusal::new(
        format!("{name} is not prepared."),
        "Only a Wizard casts rituals straight from the book; prepare it.",
    )
    .at(cell))
}

/// Prepares a spell within the limit of its caster.
pub(super) fn prepare(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let (caster, spell) = choosable(it.character, id)?;
    let name = name_or(&spell.name, "The spell");
    let cell = pointer(&["spellcasting", "spells", id, "prepared"]);
    if spell.prepared {
        return Err(Refusal::new(format!("{name} is prepared already."), "").at(cell));
    }
    let class = name_or(&caster.class, "This caster");
    if let Some(limit) = caster.prepared_limit
        && caster.prepared_count >= limit
    {
        return Err(Refusal::new(
            format!(
                "{class} has {} spells prepared, and {limit} are allowed.",
                caster.prepared_count
            ),
            "Take another one out first.",
        )
        .at(cell));
    }
    count(it, caster, 1);
    it.title(format!("Prepared {name}"));
    it.set(cell, true);
    Ok(())
}

/// Takes a spell out of those that are prepared.
pub(super) fn unprepare(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let (caster, spell) = choosable(it.character, id)?;
    let name = name_or(&spell.name, "The spell");
    let cell = pointer(&["spellcasting", "spells", id, "prepared"]);
    if !spell.prepared {
        return Err(Refusal::new(format!("{name} is not prepared."), "").at(cell));
    }
    count(it, caster, -1);
    it.title(format!("No longer prepared: {name}"));
    it.set(cell, false);
    Ok(())
}

fn count(it: &mut Record<'_>, caster: &CasterEntry, more: i32) {
    let of = caster
        .prepared_limit
        .map_or(String::new(), |limit| format!("of {limit}"));
    let before = caster.prepared_count;
    let class = name_or(&caster.class, "Spells");
    it.line(
        format!("{class}: prepared"),
        before,
        before.saturating_add(more),
        of,
    );
}

/// Finds a spell that can be prepared or not.
fn choosable<'a>(
    character: Character<'a>,
    id: &str,
) -> Result<(&'a CasterEntry, &'a SpellEntry), Refusal> {
    let (caster, spell) = find(character, id)?;
    let name = name_or(&spell.name, "The spell");
    if spell.level == 0 {
        return Err(Refusal::new(
            format!("{name} is a cantrip, which is always at hand."),
            "",
        ));
    }
    if spell.always_prepared || character.source.spellcasting.spells.get(id).is_none() {
        return Err(Refusal::new(
            format!("{name} is always prepared and does not count."),
            "",
        ));
    }
    Ok((caster, spell))
}
