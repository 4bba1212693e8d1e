//! Hit points: damage, healing, temporary hit points (SRD 5.2.1, Damage and Healing).

use std::cmp::Ordering;

use sheet::Kind;

use super::Character;
use super::action::{Action, MAX_POINTS, MAX_TEMPORARY};
use super::conditions;
use super::death;
use super::outcome::{LineKind, Refusal};
use super::record::{Record, within};

const DAMAGE_TAKEN: &str = "/combat/damage_taken";
const CURRENT: &str = "/combat/current_hp";
const TEMPORARY: &str = "/combat/temporary_hp";

/// What hit points can be and are.
#[derive(Clone, Copy)]
pub(super) struct Health {
    /// The hit point maximum of the sheet.
    pub(super) maximum: i32,
    /// What the current hit points are without any damage.
    full: i32,
    pub(super) current: i32,
}

impl Health {
    /// Reads the hit points of a character.
    ///
    /// # Errors
    /// Hit points that are set by hand, which damage could not change; a character that has none yet.
    pub(super) fn of(character: Character<'_>) -> Result<Health, Refusal> {
        let (source, combat) = (character.source, &character.sheet.combat);
        if source.overrides.contains_key(CURRENT) {
            return Err(Refusal::new(
                "The current hit points are set by hand, so nothing can change them.",
                "Take the number set by hand away first.",
            )
            .at("/overrides/~1combat~1current_hp"));
        }
        let maximum = combat.hp_maximum;
        let by_hand = source.adjustments.iter();
        let full = by_hand
            .filter(|(_, own)| own.active && own.cell == CURRENT)
            .fold(maximum, |sum, (_, own)| sum.saturating_add(own.amount));
        if maximum <= 0 || full <= 0 {
            return Err(Refusal::new(
                "The character has no hit points yet.",
                "Add its first level.",
            )
            .at("/levels"));
        }
        let taken = source.combat.damage_taken.max(0);
        Ok(Health {
            maximum,
            full,
            current: full.saturating_sub(taken).max(0),
        })
    }

    /// Reads the hit points of a character with what the action at hand has done to them already.
    ///
    /// # Errors
    /// Those of [`Health::of`].
    pub(super) fn now(it: &Record<'_>) -> Result<Health, Refusal> {
        let health = Health::of(it.character)?;
        Ok(match it.pending(DAMAGE_TAKEN) {
            Some(taken) => Health {
                current: health.full.saturating_sub(taken).max(0),
                ..health
            },
            None => health,
        })
    }

    /// Tells whether there is no damage.
    pub(super) fn is_full(self) -> bool {
        self.current >= self.full
    }

    /// Gives what healing brings the hit points to.
    pub(super) fn healed(self, amount: i32) -> i32 {
        self.current.saturating_add(amount).min(self.full)
    }

    /// Writes new current hit points as the damage that leaves them.
    pub(super) fn set(&mut self, it: &mut Record<'_>, current: i32, why: &str) {
        let taken = self.full.saturating_sub(current.max(0));
        let taken = taken.clamp(0, self.full.min(MAX_POINTS));
        it.set(DAMAGE_TAKEN, taken);
        let after = self.full - taken;
        let full = self.full;
        let kind = match after.cmp(&self.current) {
            Ordering::Less => LineKind::Hurt,
            Ordering::Equal => LineKind::Change,
            Ordering::Greater => LineKind::Healed,
        };
        it.line_of(
            kind,
            "Hit points",
            format!("{} of {full}", self.current),
            format!("{after} of {full}"),
            why,
        );
        if after > 0 && after <= self.maximum / 2 && self.current > self.maximum / 2 {
            it.tell("Bloodied", "half the hit points or fewer are left");
        }
        self.current = after;
    }
}

/// Takes damage.
pub(super) fn damage(
    it: &mut Record<'_>,
    amount: i32,
    kind: Option<&str>,
    critical: bool,
    half: bool,
) -> Result<(), Refusal> {
    within("amount of damage", amount, 1, MAX_POINTS)?;
    death::refuse_dead(it.character)?;
    let mut health = Health::of(it.character)?;
    let kind = kind.map(|kind| kind.trim().to_lowercase());
    let kind = kind.as_deref().filter(|kind| !kind.is_empty());
    let amount = modified(it, amount, kind, half);
    let of_kind = kind.map_or(String::new(), |kind| format!(" {kind}"));
    if amount == 0 {
        it.title(format!("Took no{of_kind} damage"));
        return Ok(());
    }
    it.title(format!("Took {amount}{of_kind} damage"));

    let temporary = it.character.sheet.combat.temporary_hp;
    let temporary = temporary.clamp(0, MAX_TEMPORARY);
    let absorbed = temporary.min(amount);
    if absorbed > 0 {
        it.set(TEMPORARY, temporary - absorbed);
        let why = "temporary hit points are lost first";
        it.line("Temporary hit points", temporary, temporary - absorbed, why);
    }
    let rest = amount - absorbed;
    if health.current == 0 {
        death::hurt_at_zero(it, rest >= health.maximum, critical);
    } else if rest > 0 {
        let before = health.current;
        health.set(it, before.saturating_sub(rest), "");
        let beyond = rest.saturating_sub(before);
        if health.current == 0 {
            if beyond >= health.maximum {
                let why = format!("{beyond} damage beyond 0, the hit point maximum or more");
                death::die(it, &why);
            } else if it.character.sheet.record.kind == Kind::Monster {
                death::die(it, "a monster dies at 0 hit points");
            } else {
                death::fall(it);
            }
        }
    }
    conditions::ask_for_concentration(it, amount);
    Ok(())
}

/// Halves, ignores and doubles, in the order of the rules: what the effect itself does, then resistance, then
/// vulnerability (SRD 5.2.1, Resistance and Vulnerability; Immunity).
fn modified(it: &mut Record<'_>, rolled: i32, kind: Option<&str>, half: bool) -> i32 {
    let combat = &it.character.sheet.combat;
    let among = |names: &[String]| {
        kind.is_some_and(|kind| {
            let mut names = names.iter();
            names.any(|name| name.trim().eq_ignore_ascii_case(kind))
        })
    };
    let (immune, vulnerable) = (among(&combat.immunities), among(&combat.vulnerabilities));
    let stone = conditions::is_under(it.character, "petrified");
    let resistant = among(&combat.resistances) || stone;
    let mut amount = rolled;
    let mut step = |it: &mut Record<'_>, after: i32, why: &str| {
        it.line_of(LineKind::Damage, "Damage", amount, after, why);
        amount = after;
        after
    };
    let mut now = rolled;
    if half {
        now = step(it, now / 2, "half, by the save");
    }
    let of_kind = kind.unwrap_or("damage");
    if immune {
        return step(it, 0, &format!("immune to {of_kind}"));
    }
    if resistant {
        let why = match stone && !among(&combat.resistances) {
            true => "petrified, so resistant to all damage".to_owned(),
            false => format!("resistant to {of_kind}, half"),
        };
        now = step(it, now / 2, &why);
    }
    if vulnerable {
        now = step(
            it,
            now.saturating_mul(2),
            &format!("vulnerable to {of_kind}, double"),
        );
    }
    now
}

/// Regains hit points.
pub(super) fn heal(it: &mut Record<'_>, amount: i32) -> Result<(), Refusal> {
    within("amount of healing", amount, 1, MAX_POINTS)?;
    death::refuse_dead(it.character)?;
    let mut health = Health::of(it.character)?;
    if health.is_full() {
        return Err(
            Refusal::new("No hit points are missing.", "Temporary ones can be added.")
                .at(DAMAGE_TAKEN),
        );
    }
    let gained = health.healed(amount) - health.current;
    it.title(format!("Regained {gained} hit points"));
    let why = if gained < amount {
        format!("{amount} healed, never beyond the maximum")
    } else {
        String::new()
    };
    restore(it, &mut health, gained, &why);
    Ok(())
}

/// Adds hit points, and wakes up who had none.
pub(super) fn restore(it: &mut Record<'_>, health: &mut Health, gained: i32, why: &str) {
    let from_zero = health.current == 0;
    health.set(it, health.healed(gained), why);
    if from_zero && health.current > 0 {
        death::wake(it);
    }
}

/// Gains temporary hit points: they do not add up, the larger number stands (SRD 5.2.1, Temporary Hit Points).
pub(super) fn temporary(it: &mut Record<'_>, amount: i32) -> Result<(), Refusal> {
    within("number of temporary hit points", amount, 1, MAX_TEMPORARY)?;
    death::refuse_dead(it.character)?;
    let before = it.character.sheet.combat.temporary_hp.max(0);
    if amount <= before {
        return Err(Refusal::new(
            format!("There are {before} temporary hit points already, and they do not add up."),
            "More of them take the place of fewer.",
        )
        .at(TEMPORARY));
    }
    it.title(format!("Gained {amount} temporary hit points"));
    gain_temporary(it, amount);
    Ok(())
}

/// Gains temporary hit points if they are more than there are.
pub(super) fn gain_temporary(it: &mut Record<'_>, amount: i32) {
    let there = it.character.sheet.combat.temporary_hp;
    let before = it.pending(TEMPORARY).unwrap_or(there).max(0);
    if amount <= before {
        let why = format!("there are {before} already, and they do not add up");
        it.tell("Temporary hit points", why);
        return;
    }
    it.set(TEMPORARY, amount);
    let why = if before > 0 {
        "the larger number stands"
    } else {
        ""
    };
    it.line("Temporary hit points", before, amount, why);
}

/// Loses the temporary hit points that are left.
pub(super) fn lose_temporary(it: &mut Record<'_>, why: &str) {
    let before = it.character.source.combat.temporary_hp;
    if before != 0 {
        it.set(TEMPORARY, 0);
        it.line("Temporary hit points", before, 0, why);
    }
}

/// The action that answers a hit on a concentrating character.
pub(super) fn concentration_save(dc: i32) -> Action {
    Action::ConcentrationSave {
        dc,
        face: None,
        mode: crate::dice::Mode::Normal,
        bonus: None,
    }
}
