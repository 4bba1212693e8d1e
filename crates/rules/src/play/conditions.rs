//! Conditions and states, exhaustion, concentration (SRD 5.2.1, Conditions; Concentration).

use serde_json::json;
use sheet::source::ConditionRecord;
use sheet::{ConditionEntry, MAX_NAME, handle_from};

use super::Character;
use super::action::MAX_DC;
use super::d20::{self, Test};
use super::death;
use super::health::{self, Health};
use super::outcome::{LineKind, Refusal};
use super::record::{Record, name_or, pointer, within};
use crate::dice::Mode;
use crate::health::DEADLY_EXHAUSTION;

pub(super) const UNCONSCIOUS: &str = "Unconscious";
const PRONE: &str = "Prone";
const EXHAUSTION: &str = "/combat/exhaustion";
const CONCENTRATION: &str = "/combat/concentration";
const CONSTITUTION_SAVE: &str = "/statistics/saving_throws/constitution";

/// Conditions under which nothing can be done: incapacitated, and those that bring it with them.
const INCAPACITATING: [&str; 5] = [
    "incapacitated",
    "paralyzed",
    "petrified",
    "stunned",
    "unconscious",
];
/// The state of a raging Barbarian, who neither casts nor concentrates (SRD 5.2.1, Barbarian, Rage).
const RAGE: &str = "rage";
/// The lowest and the highest DC of the save that keeps concentration up.
const CONCENTRATION_DC: (i32, i32) = (10, 30);

/// Tells whether a character is under a condition, by its name in lower case.
pub(super) fn is_under(character: Character<'_>, name: &str) -> bool {
    let mut conditions = character.sheet.conditions.iter();
    conditions.any(|condition| condition.name.trim().eq_ignore_ascii_case(name))
}

fn is_immune(character: Character<'_>, name: &str) -> bool {
    let mut immune = character.sheet.combat.condition_immunities.iter();
    immune.any(|own| own.trim().eq_ignore_ascii_case(name))
}

/// Refuses what needs a creature that can act.
pub(super) fn refuse_incapacitated(character: Character<'_>) -> Result<(), Refusal> {
    death::refuse_dead(character)?;
    // Also where the condition that comes with it was taken off by hand.
    if Health::of(character).is_ok_and(|health| health.current == 0) {
        return Err(Refusal::new(
            "The character has 0 hit points and cannot act.",
            "Heal it first.",
        )
        .at("/combat/damage_taken"));
    }
    let mut conditions = character.sheet.conditions.iter();
    let found = conditions.find(|condition| {
        let name = condition.name.trim();
        INCAPACITATING
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
    });
    match found {
        None => Ok(()),
        Some(condition) => Err(Refusal::new(
            format!(
                "The character is {} and cannot act.",
                condition.name.to_lowercase()
            ),
            "Remove the condition when it ends.",
        )
        .at(pointer(&["conditions", &condition.id]))),
    }
}

/// Refuses spells to who rages.
pub(super) fn refuse_raging(character: Character<'_>) -> Result<(), Refusal> {
    if is_under(character, RAGE) {
        return Err(Refusal::new(
            "Nobody casts or concentrates in a rage.",
            "End the rage first.",
        ));
    }
    Ok(())
}

/// Comes under a condition.
pub(super) fn add(
    it: &mut Record<'_>,
    name: &str,
    source: &str,
    duration: &str,
    level: Option<i32>,
) -> Result<(), Refusal> {
    let name = name.trim();
    one_line("A condition's name", name)?;
    one_line("What brought it about", source.trim())?;
    one_line("How long it lasts", duration.trim())?;
    if name.is_empty() {
        return Err(Refusal::new(
            "A condition needs a name.",
            "Name it, as `Poisoned`.",
        ));
    }
    if let Some(level) = level {
        within("level of a condition", level, 0, 20)?;
    }
    death::refuse_dead(it.character)?;
    if name.eq_ignore_ascii_case("exhaustion") {
        return exhaustion(it, level.unwrap_or(1));
    }
    if is_immune(it.character, name) {
        return Err(Refusal::new(
            format!("The character is immune to being {}.", name.to_lowercase()),
            "",
        )
        .at("/combat/defenses/condition_immunities"));
    }
    it.title(format!("Condition added: {name}"));
    put(it, name, source.trim(), duration.trim(), level);
    let lower = name.to_lowercase();
    if INCAPACITATING.contains(&lower.as_str()) {
        incapacitated(it, name);
    } else if lower == RAGE {
        stop_concentrating(it, "nobody concentrates in a rage");
    }
    Ok(())
}

fn one_line(what: &str, text: &str) -> Result<(), Refusal> {
    if text.chars().count() > MAX_NAME || text.chars().any(char::is_control) {
        return Err(Refusal::new(
            format!("{what} is one line of at most {MAX_NAME} characters."),
            "Put more into the condition's notes.",
        ));
    }
    Ok(())
}

/// Puts a condition on the character; the same one from the same source begins anew.
pub(super) fn put(
    it: &mut Record<'_>,
    name: &str,
    source: &str,
    duration: &str,
    level: Option<i32>,
) {
    if is_immune(it.character, name) {
        return;
    }
    let conditions = &it.character.source.conditions;
    let same = conditions.iter().find(|(_, own)| {
        own.name.trim().eq_ignore_ascii_case(name) && own.source.trim().eq_ignore_ascii_case(source)
    });
    if let Some((id, own)) = same {
        if own.duration != duration {
            it.set(pointer(&["conditions", id, "duration"]), duration);
        }
        if own.level != level {
            it.set(pointer(&["conditions", id, "level"]), json!(level));
        }
        it.line(name, own.duration.clone(), duration, source);
        return;
    }
    let rank = history::rank_after(conditions.iter().map(|(_, own)| own.rank.as_str()));
    let record = ConditionRecord {
        rank,
        name: name.to_owned(),
        source: source.to_owned(),
        duration: duration.to_owned(),
        level,
        notes: String::new(),
    };
    let cell = pointer(&["conditions", &free_id(it.character, name)]);
    if it.writes(&cell) {
        return;
    }
    it.set(cell, json!(record));
    it.line(name, "", duration, source);
}

/// Makes the id of a new condition of its name, so that two people who add it at once add one.
fn free_id(character: Character<'_>, name: &str) -> String {
    let plain: String = handle_from(name)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(50)
        .collect();
    let plain = name_or(&plain, "condition");
    let taken = |id: &str| character.source.conditions.get(id).is_some();
    let mut id = plain.to_owned();
    let mut next = 2_usize;
    while taken(&id) {
        id = format!("{plain}-{next}");
        next += 1;
    }
    id
}

/// Gets rid of a condition.
pub(super) fn remove(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let sheet = it.character.sheet;
    let Some(condition) = sheet.conditions.iter().find(|own| own.id == id) else {
        return Err(Refusal::new(
            "This condition is not on the character.",
            "It may have been removed already.",
        ));
    };
    let name = name_or(&condition.name, "without a name");
    it.title(format!("Condition ended: {name}"));
    take(it, condition, "");
    Ok(())
}

/// Takes a condition off; who was unconscious stays prone (SRD 5.2.1, Unconscious).
pub(super) fn take(it: &mut Record<'_>, condition: &ConditionEntry, why: &str) {
    it.remove(pointer(&["conditions", &condition.id]));
    it.line(
        name_or(&condition.name, "Condition"),
        name_or(&condition.duration, "until removed"),
        "ended",
        why,
    );
    let was_unconscious = condition.name.trim().eq_ignore_ascii_case(UNCONSCIOUS);
    if was_unconscious && !is_under(it.character, "prone") {
        put(it, PRONE, UNCONSCIOUS, "until it stands up", None);
    }
}

/// Ends what being incapacitated ends: concentration and rage.
pub(super) fn incapacitated(it: &mut Record<'_>, why: &str) {
    stop_concentrating(it, why);
    let sheet = it.character.sheet;
    let mut conditions = sheet.conditions.iter();
    if let Some(rage) = conditions.find(|own| own.name.trim().eq_ignore_ascii_case(RAGE)) {
        take(it, rage, why);
    }
}

/// Gains or loses levels of exhaustion (SRD 5.2.1, Exhaustion).
pub(super) fn exhaustion(it: &mut Record<'_>, delta: i32) -> Result<(), Refusal> {
    within("change of exhaustion", delta, -6, 6)?;
    death::refuse_dead(it.character)?;
    let before = it.character.sheet.combat.exhaustion_level.clamp(0, 6);
    let after = before.saturating_add(delta).clamp(0, DEADLY_EXHAUSTION);
    if delta > 0 && is_immune(it.character, "exhaustion") {
        return Err(Refusal::new("The character is immune to exhaustion.", "")
            .at("/combat/defenses/condition_immunities"));
    }
    if after == before {
        return Err(Refusal::new(format!("The exhaustion stays at {before}."), "").at(EXHAUSTION));
    }
    it.title(format!("Exhaustion {after}"));
    let why = match after {
        0 => "gone".to_owned(),
        _ => format!(
            "{} to every d20 test, {} ft to every speed",
            -2 * after,
            -5 * after
        ),
    };
    set_exhaustion(it, after, &why);
    if after == DEADLY_EXHAUSTION {
        it.verdict(LineKind::Dead, "the sixth level of exhaustion");
        stop_concentrating(it, "dead");
    }
    Ok(())
}

pub(super) fn set_exhaustion(it: &mut Record<'_>, level: i32, why: &str) {
    let before = it.character.sheet.combat.exhaustion_level;
    it.set(EXHAUSTION, level);
    it.line("Exhaustion", before, level, why);
}

/// Begins to concentrate; on one thing at a time.
pub(super) fn concentrate(it: &mut Record<'_>, on: &str) -> Result<(), Refusal> {
    let on = on.trim();
    one_line("What is concentrated on", on)?;
    if on.is_empty() {
        return Err(Refusal::new(
            "There is nothing to concentrate on.",
            "Name the spell or the effect.",
        ));
    }
    refuse_incapacitated(it.character)?;
    refuse_raging(it.character)?;
    it.title(format!("Concentrates on {on}"));
    take_up(it, on);
    Ok(())
}

/// Concentrates on something new, which ends what was before.
pub(super) fn take_up(it: &mut Record<'_>, on: &str) {
    let before = it.character.sheet.combat.concentration.clone();
    it.set(CONCENTRATION, on);
    let why = if before.is_empty() {
        String::new()
    } else {
        format!("{before} ends")
    };
    it.line("Concentration", before, on, why);
}

/// Stops concentrating of one's own will.
pub(super) fn end_concentration(it: &mut Record<'_>) -> Result<(), Refusal> {
    let on = it.character.sheet.combat.concentration.clone();
    if on.is_empty() {
        return Err(refuse_no_concentration());
    }
    it.title(format!("No longer concentrates on {on}"));
    stop_concentrating(it, "");
    Ok(())
}

fn refuse_no_concentration() -> Refusal {
    Refusal::new("The character concentrates on nothing.", "").at(CONCENTRATION)
}

/// Ends concentration, if there is any.
pub(super) fn stop_concentrating(it: &mut Record<'_>, why: &str) {
    let on = it.character.sheet.combat.concentration.clone();
    if !on.is_empty() {
        it.set(CONCENTRATION, "");
        it.line("Concentration", on, "ended", why);
    }
}

/// Asks for the save that damage calls for: DC 10 or half the damage, at most 30.
pub(super) fn ask_for_concentration(it: &mut Record<'_>, damage: i32) {
    let on = it.character.sheet.combat.concentration.clone();
    if on.is_empty() || it.writes(CONCENTRATION) {
        return;
    }
    let (least, most) = CONCENTRATION_DC;
    let dc = (damage / 2).clamp(least, most);
    it.prompt(
        format!("Constitution save to keep concentrating on {on}"),
        dc,
        Some(CONSTITUTION_SAVE.to_owned()),
        health::concentration_save(dc),
    );
}

/// Makes the save that keeps concentration up.
pub(super) fn concentration_save(
    it: &mut Record<'_>,
    dc: i32,
    face: Option<i32>,
    mode: Mode,
    bonus: Option<&str>,
) -> Result<(), Refusal> {
    within("DC", dc, 1, MAX_DC)?;
    let on = it.character.sheet.combat.concentration.clone();
    if on.is_empty() {
        return Err(refuse_no_concentration());
    }
    let terms = d20::terms_of(it.character, CONSTITUTION_SAVE)?;
    let Test { total, .. } = d20::throw(it, "Constitution save", &terms, mode, bonus, face)?;
    d20::notes(it, CONSTITUTION_SAVE);
    if total >= dc {
        it.title(format!("Keeps concentrating on {on}"));
        let why = format!("{total} against DC {dc}: it holds");
        it.line_of(LineKind::Success, "Concentration", "", "", why);
    } else {
        it.title(format!("Lost concentration on {on}"));
        it.set(CONCENTRATION, "");
        let why = format!("{total} against DC {dc}");
        it.line_of(LineKind::Failure, "Concentration", on, "ended", why);
    }
    Ok(())
}
