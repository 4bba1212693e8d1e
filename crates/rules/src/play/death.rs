//! At 0 hit points: falling, dying, being stable, death, coming back (SRD 5.2.1, Dropping to 0 Hit Points).

use sheet::Vitality;

use super::Character;
use super::action::{MAX_DC, MAX_POINTS};
use super::conditions::{self, UNCONSCIOUS};
use super::d20::{self, Test};
use super::health::{self, Health};
use super::outcome::{LineKind, Refusal};
use super::record::{Record, within};
use crate::dice::Mode;
use crate::health::{DEADLY_EXHAUSTION, DECIDED};

const SUCCESSES: &str = "/combat/death_saves/successes";
const FAILURES: &str = "/combat/death_saves/failures";
/// The DC of a death save.
pub(super) const DC: i32 = 10;
/// What is said to have made a character unconscious at 0 hit points.
pub(super) const AT_ZERO: &str = "0 hit points";

/// Tells whether a character is dead.
pub(super) fn is_dead(character: Character<'_>) -> bool {
    character.sheet.combat.life == Vitality::Dead
}

/// Refuses what the dead cannot do or have done to them.
pub(super) fn refuse_dead(character: Character<'_>) -> Result<(), Refusal> {
    if !is_dead(character) {
        return Ok(());
    }
    let combat = &character.sheet.combat;
    let cell = if combat.death_saves.failures >= DECIDED {
        FAILURES
    } else {
        "/combat/exhaustion"
    };
    Err(Refusal::new("The character is dead.", "Revive it first.").at(cell))
}

/// Tells whether a character has 0 hit points and death saves to make.
pub(super) fn is_dying(character: Character<'_>) -> bool {
    character.sheet.combat.life == Vitality::Dying && Health::of(character).is_ok()
}

fn set_saves(it: &mut Record<'_>, successes: i32, failures: i32, why: &str) {
    let before = &it.character.source.combat.death_saves;
    let (had, missed) = (before.successes, before.failures);
    if had != successes {
        it.set(SUCCESSES, successes);
        let kind = more(LineKind::Success, had, successes);
        it.line_of(kind, "Death save successes", had, successes, why);
    }
    if missed != failures {
        it.set(FAILURES, failures);
        let kind = more(LineKind::Failure, missed, failures);
        it.line_of(kind, "Death save failures", missed, failures, why);
    }
}

/// A save that was made is told as such; marks that are cleared are a plain change.
fn more(kind: LineKind, before: i32, after: i32) -> LineKind {
    if after > before {
        kind
    } else {
        LineKind::Change
    }
}

/// Forgets the death saves of before.
pub(super) fn clear(it: &mut Record<'_>, why: &str) {
    set_saves(it, 0, 0, why);
}

/// Falls unconscious at 0 hit points.
pub(super) fn fall(it: &mut Record<'_>) {
    clear(it, "dying begins anew");
    conditions::put(it, UNCONSCIOUS, AT_ZERO, "", None);
    it.verdict(
        LineKind::Dying,
        "0 hit points: a death save at the start of each turn",
    );
    conditions::incapacitated(it, AT_ZERO);
}

/// Dies.
pub(super) fn die(it: &mut Record<'_>, why: &str) {
    set_saves(it, 0, DECIDED, why);
    it.verdict(LineKind::Dead, why);
    conditions::stop_concentrating(it, "dead");
}

/// Takes damage at 0 hit points: one failure, two by a critical hit, death if it is as much as the maximum.
pub(super) fn hurt_at_zero(it: &mut Record<'_>, massive: bool, critical: bool) {
    let saves = &it.character.source.combat.death_saves;
    let (had, missed) = (saves.successes.clamp(0, DECIDED), saves.failures.max(0));
    let more = if critical { 2 } else { 1 };
    let failures = missed.saturating_add(more).min(DECIDED);
    if massive {
        die(it, "as much damage at 0 hit points as the maximum");
    } else if failures >= DECIDED {
        die(it, "the third failed death save");
    } else {
        // Who was stable is dying again.
        let successes = if had >= DECIDED { 0 } else { had };
        let why = if critical {
            "a critical hit at 0 hit points counts twice"
        } else {
            "damage at 0 hit points"
        };
        set_saves(it, successes, failures, why);
    }
}

/// Comes to with hit points regained at 0.
pub(super) fn wake(it: &mut Record<'_>) {
    clear(it, "hit points regained");
    let sheet = it.character.sheet;
    let own = sheet.conditions.iter().filter(|condition| {
        condition.name.trim().eq_ignore_ascii_case(UNCONSCIOUS)
            && (condition.source.trim().is_empty() || condition.source == AT_ZERO)
    });
    for condition in own {
        conditions::take(it, condition, "hit points regained");
    }
}

/// Makes a death saving throw (SRD 5.2.1, Death Saving Throws).
pub(super) fn save(
    it: &mut Record<'_>,
    face: Option<i32>,
    mode: Mode,
    bonus: Option<&str>,
    against: Option<i32>,
) -> Result<(), Refusal> {
    refuse_dead(it.character)?;
    let mut health = Health::of(it.character)?;
    if let Some(dc) = against {
        within("DC", dc, 1, MAX_DC)?;
    }
    if health.current > 0 {
        return Err(Refusal::new(
            "Death saves are made at 0 hit points only.",
            format!("There are {} left.", health.current),
        ));
    }
    let saves = it.character.source.combat.death_saves.clone();
    if saves.successes >= DECIDED {
        return Err(Refusal::new(
            "The character is stable and makes no more death saves.",
            "Heal it, or let it take damage.",
        )
        .at(SUCCESSES));
    }
    let (had, missed) = (saves.successes.max(0), saves.failures.max(0));
    let mut terms = d20::saving_throw_bonuses(it.character);
    terms.extend(d20::exhaustion(it.character));
    let Test { face, total } = d20::throw(it, "Death save", &terms, mode, bonus, face)?;
    if face == 20 {
        it.title("Death save: a 20, back with 1 hit point");
        health::restore(it, &mut health, 1, "a 20 on the die");
        return Ok(());
    }
    let success = face != 1 && total >= against.unwrap_or(DC);
    if success {
        let successes = (had + 1).min(DECIDED);
        it.title(format!("Death save: success, {successes} of 3"));
        if successes == DECIDED {
            set_saves(it, successes, 0, "the third success");
            it.verdict(LineKind::Stable, "unconscious, without death saves to make");
        } else {
            set_saves(it, successes, missed, "");
        }
        return Ok(());
    }
    let more = if face == 1 { 2 } else { 1 };
    let failures = missed.saturating_add(more).min(DECIDED);
    it.title(format!("Death save: failure, {failures} of 3"));
    if failures == DECIDED {
        die(it, "the third failed death save");
    } else {
        let why = if face == 1 {
            "a 1 on the die counts twice"
        } else {
            ""
        };
        set_saves(it, had, failures, why);
    }
    Ok(())
}

/// Is stabilized (SRD 5.2.1, Stabilizing a Character).
pub(super) fn stabilize(it: &mut Record<'_>) -> Result<(), Refusal> {
    refuse_dead(it.character)?;
    let health = Health::of(it.character)?;
    if health.current > 0 {
        return Err(Refusal::new(
            "Only who has 0 hit points can be stabilized.",
            format!("There are {} left.", health.current),
        ));
    }
    if it.character.sheet.combat.death_saves.successes >= DECIDED {
        return Err(Refusal::new("The character is stable already.", "").at(SUCCESSES));
    }
    it.title("Stabilized");
    set_saves(it, DECIDED, 0, "stabilized");
    it.verdict(LineKind::Stable, "unconscious, without death saves to make");
    Ok(())
}

/// Comes back from death, by a spell or by the table's leave.
pub(super) fn revive(it: &mut Record<'_>, hit_points: i32) -> Result<(), Refusal> {
    within("number of hit points", hit_points, 1, MAX_POINTS)?;
    if !is_dead(it.character) {
        return Err(Refusal::new("The character is not dead.", "Heal it."));
    }
    let mut health = Health::of(it.character)?;
    it.title("Brought back from death");
    if it.character.sheet.combat.exhaustion_level >= DEADLY_EXHAUSTION {
        // The sixth level would kill at once.
        conditions::set_exhaustion(it, DEADLY_EXHAUSTION - 1, "the sixth level kills");
    }
    // Who died of massive damage or exhaustion may have hit points; they count for nothing.
    let current = hit_points.min(health.healed(MAX_POINTS));
    health.set(it, current, "brought back");
    wake(it);
    Ok(())
}
