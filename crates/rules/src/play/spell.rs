//! What a spell rolls, when it is cast and on its later occasions (SRD 5.2.1, Spells, Casting Spells; Damage and Healing).

use sheet::{CasterEntry, OnSave, SpellDice, SpellEntry, SpellRoll, SpellRollKind};

use super::action::MAX_DC;
use super::casting;
use super::conditions;
use super::d20::{self, Aim, Part};
use super::health;
use super::outcome::{LineKind, Refusal};
use super::record::{Record, name_or, unreadable, within};
use crate::dice::{Expression, Mode};

/// How a spell is rolled.
#[derive(Default)]
pub(super) struct With<'a> {
    /// The level it is cast at.
    pub(super) level: i32,
    /// Which of its rolls; none takes those of the casting.
    pub(super) roll: Option<usize>,
    /// Whether the spell attack is rolled first, and how.
    pub(super) attack: Option<Mode>,
    /// Dice or a number that add to the attack roll.
    pub(super) bonus: Option<&'a str>,
    /// The armor class to hit.
    pub(super) against: Option<i32>,
    /// Whether it comes of a critical hit.
    pub(super) critical: bool,
}

/// One roll with everything read that could be refused.
struct Ready<'a> {
    roll: &'a SpellRoll,
    times: i32,
    /// Of the first beam, as it is and doubled.
    first: (Expression, Expression),
    /// Of the others, in which some terms do not count.
    others: (Expression, Expression),
}

impl Ready<'_> {
    fn expression(&self, place: i32, critical: bool) -> &Expression {
        let both = if place == 0 {
            &self.first
        } else {
            &self.others
        };
        if critical { &both.1 } else { &both.0 }
    }
}

/// Rolls what a spell does; says in a few words what came of it, or nothing where nothing is rolled.
pub(super) fn throw(
    it: &mut Record<'_>,
    caster: &CasterEntry,
    spell: &SpellEntry,
    with: &With<'_>,
) -> Result<Option<String>, Refusal> {
    if let Some(armor_class) = with.against {
        within("armor class", armor_class, 1, MAX_DC)?;
    }
    let wanted: Vec<&SpellRoll> = match with.roll {
        Some(place) => match spell.rolls.get(place) {
            Some(roll) => vec![roll],
            None => {
                return Err(Refusal::new(
                    format!("{} has no such roll.", name_or(&spell.name, "The spell")),
                    "It may be another spell by now.",
                ));
            }
        },
        None => spell.rolls.iter().filter(|roll| is_at_once(roll)).collect(),
    };
    let mut ready = Vec::new();
    for roll in wanted {
        if let Some(dice) = roll.at(with.level).filter(|dice| !dice.text.is_empty()) {
            ready.push(read(it, caster, spell, roll, dice)?);
        }
    }
    let attacks = with
        .attack
        .filter(|_| with.roll.is_none() || on_hit(&ready));
    let attacks = attacks.filter(|_| !spell.attack.is_empty());
    if ready.is_empty() && attacks.is_none() {
        return Ok(None);
    }
    let mut sums = Sums::default();
    let mut summary = Vec::new();
    if let Some(mode) = attacks {
        let cell = format!("/spellcasting/casters/{}/spell_attack_bonus", caster.id);
        let parts = d20::terms_of(it.character, &cell)?;
        let beams = ready.iter().filter(|ready| ready.roll.on_hit);
        let beams = beams.map(|ready| ready.times).max().unwrap_or(1);
        let aim = Aim {
            against: with.against,
            critical_from: 20,
            critical_hits: with.critical,
        };
        let mut hits = 0;
        for place in 0..beams {
            let what = if beams > 1 {
                format!("To hit, {} of {beams}", place + 1)
            } else {
                "To hit".to_owned()
            };
            let test = d20::throw(it, &what, &parts, mode, with.bonus, None)?;
            let Some(critical) = d20::strike(it, test, &aim) else {
                continue;
            };
            for ready in ready.iter().filter(|ready| ready.roll.on_hit) {
                // The first beam that hits has what counts once.
                let expression = ready.expression(hits, critical);
                sums.roll(it, ready.roll, expression);
            }
            hits += 1;
            if beams == 1 {
                let hit = if critical { "critical hit" } else { "to hit" };
                summary.push(format!("{} {hit}", test.total));
            }
        }
        d20::notes(it, &cell);
        if beams > 1 {
            summary.push(match hits {
                0 => "no hit".to_owned(),
                1 => "1 hit".to_owned(),
                _ => format!("{hits} hits"),
            });
        } else if hits == 0 {
            summary.push("a miss".to_owned());
        }
    }
    for ready in &ready {
        if attacks.is_some() && ready.roll.on_hit {
            continue;
        }
        for place in 0..ready.times {
            let points = sums.roll(it, ready.roll, ready.expression(place, with.critical));
            if ready.roll.on_save == OnSave::Half {
                let half = format!("{} {}", points / 2, ready.roll.damage_type);
                it.line_of(LineKind::Note, "On a save", "", half, "half, rounded down");
            }
        }
    }
    if sums.temporary > 0 && spell.range.eq_ignore_ascii_case("self") {
        gain(it, sums.temporary);
    }
    summary.extend(sums.words());
    Ok(Some(summary.join(", ")))
}

/// Tells whether something is rolled with the casting itself.
pub(super) fn is_at_once(roll: &SpellRoll) -> bool {
    roll.when.is_empty()
}

fn on_hit(ready: &[Ready<'_>]) -> bool {
    ready.iter().any(|ready| ready.roll.on_hit)
}

/// Reads one roll of a spell, so that nothing can be refused once dice have fallen.
fn read<'a>(
    it: &Record<'_>,
    caster: &CasterEntry,
    spell: &SpellEntry,
    roll: &'a SpellRoll,
    dice: &SpellDice,
) -> Result<Ready<'a>, Refusal> {
    let cell = format!("/spellcasting/spells/{}", spell.id);
    let bare = labelled(&dice.dice, &roll.damage_type)
        .or_else(|| Expression::parse(&dice.dice).ok())
        .ok_or_else(|| {
            Refusal::new(
                format!("`{}` cannot be rolled.", dice.dice),
                "Mend the pack that has the spell.",
            )
            .at(&cell)
        })?;
    let pair = |first: bool| -> Result<(Expression, Expression), Refusal> {
        let parts = parts(it, caster, roll, dice, first)?;
        let double = bare
            .critical()
            .map_err(|error| unreadable(&dice.dice, &error))?;
        Ok((
            d20::with_parts(&bare, &parts)?,
            d20::with_parts(&double, &parts)?,
        ))
    };
    Ok(Ready {
        roll,
        times: dice.times,
        first: pair(true)?,
        others: pair(false)?,
    })
}

/// Names the type of damage at each of the dice: `10d6[force]+40[force]`.
fn labelled(dice: &str, kind: &str) -> Option<Expression> {
    if kind.is_empty() {
        return None;
    }
    let terms: Vec<String> = dice
        .split('+')
        .map(|term| format!("{}[{kind}]", term.trim()))
        .collect();
    Expression::parse(&terms.join("+")).ok()
}

/// Gives what is added to the dice, each part by its name.
fn parts(
    it: &Record<'_>,
    caster: &CasterEntry,
    roll: &SpellRoll,
    dice: &SpellDice,
    first: bool,
) -> Result<Vec<Part>, Refusal> {
    let mut parts = match &roll.bonus_cell {
        None => Vec::new(),
        Some(cell) if cell.starts_with("/statistics/") => {
            let ability = caster.spellcasting_ability;
            let name = ability.map_or("modifier", |ability| ability.name());
            vec![(name.to_owned(), dice.bonus)]
        }
        Some(cell) => d20::terms_of(it.character, cell)?,
    };
    let amounts = parts.iter().map(|(_, amount)| *amount);
    let sum = amounts.fold(0_i32, i32::saturating_add);
    if sum != dice.bonus {
        parts.push(("higher slot".to_owned(), dice.bonus.saturating_sub(sum)));
    }
    if !first {
        parts.retain(|(label, _)| !roll.once.contains(label));
    }
    Ok(parts)
}

/// What was rolled so far, by what it is.
#[derive(Default)]
struct Sums {
    /// Damage by type, in the order in which it came.
    damage: Vec<(String, i32)>,
    healing: i32,
    temporary: i32,
    maximum: i32,
}

impl Sums {
    /// Rolls once and tells it; gives the points.
    fn roll(&mut self, it: &mut Record<'_>, of: &SpellRoll, dice: &Expression) -> i32 {
        let roll = it.roll(dice);
        // A penalty can make it nothing, and never less.
        let points = roll.total.max(0);
        let (kind, what, told) = match of.kind {
            SpellRollKind::Damage => {
                let mut own = self.damage.iter_mut();
                match own.find(|(kind, _)| *kind == of.damage_type) {
                    Some((_, sum)) => *sum = sum.saturating_add(points),
                    None => self.damage.push((of.damage_type.clone(), points)),
                }
                let told = format!("{points} {}", of.damage_type);
                (LineKind::Damage, "Damage", told)
            }
            SpellRollKind::Healing => {
                self.healing = self.healing.saturating_add(points);
                (LineKind::Roll, "Healing", format!("{points} hit points"))
            }
            SpellRollKind::Temporary => {
                self.temporary = self.temporary.saturating_add(points);
                let told = format!("{points} temporary");
                (LineKind::Roll, "Hit points", told)
            }
            SpellRollKind::Maximum => {
                self.maximum = self.maximum.saturating_add(points);
                let told = format!("{points} more, and as many to the maximum");
                (LineKind::Roll, "Hit points", told)
            }
        };
        let why = if of.when.is_empty() {
            roll.notation
        } else {
            format!("{}, {}", roll.notation, of.when)
        };
        it.line_of(kind, what, "", told, why);
        points
    }

    fn words(&self) -> Option<String> {
        let damage = self.damage.iter();
        let mut all: Vec<String> = damage
            .map(|(kind, points)| format!("{points} {kind}"))
            .collect();
        for (points, words) in [
            (self.healing, "hit points"),
            (self.temporary, "temporary hit points"),
            (self.maximum, "more hit points"),
        ] {
            if points > 0 {
                all.push(format!("{points} {words}"));
            }
        }
        (!all.is_empty()).then(|| all.join(" and "))
    }
}

/// Gains temporary hit points from one's own spell, unless there are more already.
fn gain(it: &mut Record<'_>, points: i32) {
    if health::temporary(it, points).is_err() {
        let before = it.character.sheet.combat.temporary_hp;
        let why = format!("the {before} that are there stand");
        it.tell("Temporary hit points", why);
    }
}

/// Rolls the attack or the damage of a spell that was cast before, or that something else casts.
pub(super) fn again(it: &mut Record<'_>, id: &str, with: &With<'_>) -> Result<(), Refusal> {
    if with.attack.is_some() {
        conditions::refuse_incapacitated(it.character)?;
    }
    let (caster, spell) = casting::find(it.character, id)?;
    let name = name_or(&spell.name, "The spell");
    within("spell level", with.level, 0, 9)?;
    let later = !spell.rolls.iter().any(is_at_once);
    let level = with.level.max(spell.level);
    let with = With {
        level,
        roll: with
            .roll
            .or((later && !spell.rolls.is_empty()).then_some(0)),
        ..*with
    };
    let Some(summary) = throw(it, caster, spell, &with)? else {
        return Err(
            Refusal::new(format!("{name} rolls nothing."), "Read what it does.")
                .at(format!("/spellcasting/spells/{id}")),
        );
    };
    save(it, caster, spell);
    let at = if level > spell.level && spell.level > 0 {
        format!(" at level {level}")
    } else {
        String::new()
    };
    it.title(format!("{name}{at}: {summary}"));
    Ok(())
}

/// Tells the DC of the saves that a spell asks for.
pub(super) fn save(it: &mut Record<'_>, caster: &CasterEntry, spell: &SpellEntry) {
    let saves: Vec<&str> = spell.saves.iter().map(|save| save.name()).collect();
    let saves = match spell.known {
        true if saves.is_empty() => return,
        true => saves.join(" or "),
        false => caster.class.clone(),
    };
    if let Some(dc) = caster.spell_save_dc {
        it.line_of(LineKind::Note, "Save DC", "", dc, saves);
    }
}

/// Tells what a spell rolls that is not rolled now.
pub(super) fn tell(it: &mut Record<'_>, spell: &SpellEntry, level: i32, rolled: bool) {
    for roll in &spell.rolls {
        let Some(dice) = roll.at(level).filter(|dice| !dice.text.is_empty()) else {
            continue;
        };
        if rolled && is_at_once(roll) {
            continue;
        }
        let what = match roll.kind {
            SpellRollKind::Damage => "Damage",
            SpellRollKind::Healing => "Healing",
            SpellRollKind::Temporary => "Temporary hit points",
            SpellRollKind::Maximum => "Hit points and their maximum",
        };
        let told = format!("{} {}", dice.text, roll.damage_type);
        it.line_of(LineKind::Note, what, "", told.trim_end(), &roll.when);
    }
}
