//! Rests, dawn, the start of a turn: what comes back when (SRD 5.2.1, Short Rest; Long Rest).

use std::collections::BTreeMap;

use sheet::source::Recovery;

use super::action::{Action, MAX_USES};
use super::health::{self, Health};
use super::outcome::{LineKind, Refusal};
use super::recharge::{self, Amount, Moment};
use super::record::{Record, counted, pointer, unreadable, within};
use super::uses::{self, Counter};
use super::{Character, conditions, d20, death};
use crate::dice::{Expression, Mode};

/// Refuses a rest to the dead and to who has 0 hit points.
fn fit_to_rest(character: Character<'_>) -> Result<Health, Refusal> {
    death::refuse_dead(character)?;
    let health = Health::of(character)?;
    if health.current == 0 {
        return Err(Refusal::new(
            "Nobody begins a rest at 0 hit points.",
            "Heal the character first.",
        )
        .at("/combat/damage_taken"));
    }
    Ok(health)
}

/// Finishes a short rest: hit dice are spent, pact slots and what a short rest restores come back.
pub(super) fn short(it: &mut Record<'_>, hit_dice: &BTreeMap<String, i32>) -> Result<(), Refusal> {
    let mut health = fit_to_rest(it.character)?;
    let there = uses::hit_dice(it.character);
    let mut spend = Vec::new();
    for (die, count) in hit_dice {
        within("number of hit dice", *count, 0, 100)?;
        let cell = pointer(&["combat", "hit_dice_used", die]);
        let counter = there.iter().find(|counter| counter.cell == cell);
        let left = counter.map_or(0, |counter| counter.left);
        match counter {
            Some(counter) if *count <= left => spend.push((die, *count, counter)),
            _ => {
                return Err(Refusal::new(
                    format!(
                        "{} {die} cannot be spent: {left} are left.",
                        counted(*count, "hit die", "hit dice")
                    ),
                    "A long rest brings hit dice back.",
                )
                .at(cell));
            }
        }
    }
    let constitution = it.character.sheet.statistics.ability_modifiers.constitution;
    let mut gained = 0_i32;
    for (die, count, counter) in spend {
        let base = Expression::parse(die).map_err(|error| unreadable(die, &error))?;
        let with = d20::with_parts(&base, &[("Constitution".to_owned(), constitution)])?;
        let mut spent = 0;
        while spent < count && health.healed(gained) < health.healed(i32::MAX) {
            let roll = it.roll(&with);
            // Each die gives at least one (SRD 5.2.1, Short Rest).
            let points = roll.total.max(1);
            let what = format!("Hit die {die}");
            it.line_of(LineKind::Roll, what, "", points, roll.notation);
            gained = gained.saturating_add(points);
            spent += 1;
        }
        if spent > 0 {
            uses::take(it, counter, spent, "")?;
        }
        if spent < count {
            let kept = counted(count - spent, "hit die", "hit dice");
            it.tell(
                format!("{kept} {die} kept"),
                "no hit points are missing any more",
            );
        }
    }
    if gained > 0 {
        health::restore(it, &mut health, gained, "hit dice");
    }
    let why = "short rest";
    uses::come_back(it, why, |counter| match counter.recovery {
        Recovery::ShortRest => counter.spent(),
        Recovery::OneOnShortRest => counter.short_rest.max(1),
        _ => counter.short_rest.max(0),
    });
    for pact in uses::slots(it.character) {
        if pact.cell == "/spellcasting/pact/used" {
            uses::give_back(it, &pact, pact.spent(), why);
        }
    }
    recharged(it, &[Moment::ShortRest], why);
    it.title("Finished a short rest");
    Ok(())
}

/// Finishes a long rest: everything that rest can bring back comes back.
pub(super) fn long(it: &mut Record<'_>, with_dawn: bool) -> Result<(), Refusal> {
    let mut health = fit_to_rest(it.character)?;
    let why = "long rest";
    if !health.is_full() {
        health.set(it, health.healed(i32::MAX), why);
    }
    health::lose_temporary(it, "they end with a long rest");
    for counter in uses::hit_dice(it.character) {
        uses::give_back(it, &counter, counter.spent(), why);
    }
    forgotten_dice(it);
    uses::renew_slots(it, why);
    uses::come_back(it, why, |counter| match counter.recovery {
        Recovery::ShortRest | Recovery::LongRest | Recovery::OneOnShortRest => counter.spent(),
        _ => 0,
    });
    recharged(it, &[Moment::ShortRest, Moment::LongRest], why);
    let exhaustion = it.character.sheet.combat.exhaustion_level;
    if exhaustion > 0 {
        conditions::set_exhaustion(it, exhaustion - 1, "one level less");
    }
    death::clear(it, why);
    // Who sleeps is unconscious; an elf in trance is not (SRD 5.2.1, Elf, Trance).
    let sheet = it.character.sheet;
    let mut traits = sheet.actions.traits.iter();
    if !traits.any(|own| own.name.trim().eq_ignore_ascii_case("trance")) {
        conditions::stop_concentrating(it, "asleep");
    }
    if with_dawn {
        at_dawn(it);
    }
    it.title("Finished a long rest");
    Ok(())
}

/// Clears what is counted as spent of hit dice that the character no longer has.
fn forgotten_dice(it: &mut Record<'_>) {
    for (die, used) in &it.character.source.combat.hit_dice_used {
        let cell = pointer(&["combat", "hit_dice_used", die]);
        if *used > 0 && uses::is_hit_die(die) && !it.writes(&cell) {
            it.set(cell, 0);
        }
    }
}

/// Sees the dawn.
pub(super) fn dawn(it: &mut Record<'_>) -> Result<(), Refusal> {
    at_dawn(it);
    it.title("Dawn");
    Ok(())
}

fn at_dawn(it: &mut Record<'_>) {
    uses::come_back(it, "dawn", |counter| match counter.recovery {
        Recovery::Dawn => counter.spent(),
        _ => 0,
    });
    recharged(it, &[Moment::Dawn], "dawn");
}

/// Gives charges back whose words name one of these moments.
fn recharged(it: &mut Record<'_>, moments: &[Moment], why: &str) {
    let spent: Vec<Counter> = uses::counters(it.character)
        .into_iter()
        .filter(|counter| !counter.recharge.is_empty() && counter.left < counter.max)
        .collect();
    for counter in spent {
        match recharge::read(&counter.recharge) {
            Some((moment, amount)) if moments.contains(&moment) => {
                let points = match &amount {
                    Amount::All => counter.spent(),
                    Amount::Rolled(dice) => it.roll(dice).total,
                };
                let words = format!("{why}, {}", counter.recharge);
                uses::give_back(it, &counter, points.clamp(0, MAX_USES), &words);
            }
            _ => {}
        }
    }
}

/// Begins a turn: what comes back with it, and the death save of who is dying.
pub(super) fn start_turn(it: &mut Record<'_>) -> Result<(), Refusal> {
    death::refuse_dead(it.character)?;
    uses::come_back(it, "start of the turn", |counter| match counter.recovery {
        Recovery::Turn => counter.spent(),
        _ => 0,
    });
    if death::is_dying(it.character) {
        let save = Action::DeathSave {
            face: None,
            mode: Mode::Normal,
            bonus: None,
        };
        it.prompt("Death save", death::DC, None, save);
    }
    it.title("Began a turn");
    Ok(())
}
