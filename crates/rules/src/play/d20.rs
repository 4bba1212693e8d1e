//! D20 Tests: a die, the terms of a number of the sheet, and what may add to them (SRD 5.2.1, D20 Tests).

use sheet::source::Recovery;
use sheet::vocabulary::{Ability, SKILLS};

use super::action::MAX_DC;
use super::outcome::{LineKind, Refusal};
use super::record::{Record, name_or, unreadable, within};
use super::{Character, conditions, convert, death, uses};
use crate::dice::{Expression, Mode};

/// A part of a number: what it is called and how much it is.
pub(super) type Part = (String, i32);

/// A test that was made.
#[derive(Clone, Copy)]
pub(super) struct Test {
    /// The face of the die that counts.
    pub(super) face: i32,
    pub(super) total: i32,
}

/// Conditions under which Strength and Dexterity saves fail by themselves.
const HELPLESS: [&str; 4] = ["paralyzed", "petrified", "stunned", "unconscious"];

/// Takes the parts of a number of the sheet; one that was set by hand has one part.
pub(super) fn terms_of(character: Character<'_>, cell: &str) -> Result<Vec<Part>, Refusal> {
    let Some(stat) = character.stats.get(cell) else {
        return Err(Refusal::new(
            "The sheet has no such number.",
            "Name a save, a skill, an ability, initiative or an attack.",
        )
        .at(cell));
    };
    if stat.is_overridden() {
        return Ok(vec![("set by hand".to_owned(), stat.whole())]);
    }
    let terms = stat.terms.iter().filter(|term| term.value != 0.0);
    Ok(terms
        .map(|term| (term.label.clone(), whole(term.value)))
        .collect())
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast from float saturates"
)]
fn whole(value: f64) -> i32 {
    value as i32
}

/// Tells what is known beside a number: advantage, bonuses that only the table can grant.
pub(super) fn notes(it: &mut Record<'_>, cell: &str) {
    let notes = it.character.stats.get(cell).map(|stat| stat.notes.clone());
    for note in notes.into_iter().flatten() {
        it.tell("To know", note);
    }
}

/// Gives what magic items add to every saving throw.
pub(super) fn saving_throw_bonuses(character: Character<'_>) -> Vec<Part> {
    item_bonuses(character, |bonuses| bonuses.saving_throws)
}

fn item_bonuses(
    character: Character<'_>,
    of: impl Fn(&sheet::source::Bonuses) -> i32,
) -> Vec<Part> {
    let items = character.sheet.equipment.magical_items.iter();
    items
        .filter(|item| item.working && of(&item.bonuses) != 0)
        .map(|item| {
            (
                name_or(&item.name, "Magic item").to_owned(),
                of(&item.bonuses),
            )
        })
        .collect()
}

/// Gives what exhaustion takes off, where a number does not count it yet.
pub(super) fn exhaustion(character: Character<'_>) -> Option<Part> {
    let penalty = character.sheet.combat.d20_penalty;
    (penalty != 0).then(|| ("Exhaustion".to_owned(), penalty))
}

/// Adds parts to an expression, each with its label while the notation has room for them.
pub(super) fn with_parts(base: &Expression, parts: &[Part]) -> Result<Expression, Refusal> {
    let labelled = parts.iter().try_fold(base.clone(), |sum, (label, amount)| {
        sum.plus(*amount, label)
    });
    labelled
        .or_else(|_| base.plus(total(parts), ""))
        .map_err(|error| unreadable(&base.to_string(), &error))
}

fn total(parts: &[Part]) -> i32 {
    let sum: i64 = parts.iter().map(|(_, amount)| i64::from(*amount)).sum();
    i32::try_from(sum.clamp(-1_000_000, 1_000_000)).unwrap_or(0)
}

/// Reads dice or a number that somebody adds to a roll.
fn extra(bonus: Option<&str>) -> Result<Option<Expression>, Refusal> {
    let Some(text) = bonus.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    Expression::parse(text)
        .map(Some)
        .map_err(|error| unreadable(text, &error))
}

/// Makes a test: rolls the die, or takes the face that was rolled by hand, and adds everything up.
pub(super) fn throw(
    it: &mut Record<'_>,
    what: &str,
    parts: &[Part],
    mode: Mode,
    bonus: Option<&str>,
    face: Option<i32>,
) -> Result<Test, Refusal> {
    let extra = extra(bonus)?;
    let (face, sum, added) = match face {
        Some(face) => {
            within("face of a d20", face, 1, 20)?;
            let added = extra.map(|extra| it.roll(&extra).total);
            let sum = face.saturating_add(total(parts));
            (face, sum.saturating_add(added.unwrap_or(0)), added)
        }
        None => {
            let die = Expression::d20()
                .with_mode(mode)
                .map_err(|error| unreadable("d20", &error))?;
            let mut test = with_parts(&die, parts)?;
            if let Some(extra) = extra {
                let both = format!("{test}+({extra})");
                let own = format!(
                    "{}+({extra})",
                    with_parts(&die, &[(String::new(), total(parts))])?
                );
                test = Expression::parse(&both)
                    .or_else(|_| Expression::parse(&own))
                    .map_err(|error| unreadable(&extra.to_string(), &error))?;
                let roll = it.roll(&test);
                let added = roll.terms.last().map(|term| term.subtotal);
                (shown(&roll), roll.total, added)
            } else {
                let roll = it.roll(&test);
                (shown(&roll), roll.total, None)
            }
        }
    };
    let mut why = face.to_string();
    for (label, amount) in parts
        .iter()
        .map(|(label, amount)| (label.as_str(), *amount))
        .chain(added.map(|n| ("bonus", n)))
    {
        let sign = if amount < 0 { '-' } else { '+' };
        why.push_str(&format!(" {sign} {} {label}", amount.unsigned_abs()));
    }
    it.line_of(LineKind::Roll, what, "", sum, why);
    Ok(Test { face, total: sum })
}

/// Gives the face of the d20 that counts, which is the first term of every test.
fn shown(roll: &crate::dice::Roll) -> i32 {
    let dice = roll.terms.first().map(|term| term.dice.as_slice());
    let kept = dice.unwrap_or_default().iter().find(|die| die.kept);
    kept.and_then(|die| i32::try_from(die.face).ok())
        .unwrap_or(0)
}

/// What sort of number is rolled with.
enum Number<'t> {
    Save(&'t str),
    Skill(&'t str),
    Ability(&'t str),
    Initiative,
    Weapon(&'t str),
    Spells(&'t str),
    DeathSave,
}

impl<'t> Number<'t> {
    fn of(cell: &'t str) -> Option<Number<'t>> {
        let mut segments = cell.strip_prefix('/')?.split('/');
        let found = match (segments.next()?, segments.next()?) {
            ("combat", "initiative") => Number::Initiative,
            ("combat", "death_saves") => Number::DeathSave,
            ("statistics", "saving_throws") => Number::Save(segments.next()?),
            ("statistics", "skills") => Number::Skill(segments.next()?),
            ("statistics", "ability_modifiers") => Number::Ability(segments.next()?),
            ("actions", "weapons") => {
                let id = segments.next()?;
                (segments.next()? == "attack_bonus").then_some(Number::Weapon(id))?
            }
            ("spellcasting", "casters") => {
                let id = segments.next()?;
                (segments.next()? == "spell_attack_bonus").then_some(Number::Spells(id))?
            }
            _ => return None,
        };
        segments.next().is_none().then_some(found)
    }

    fn name(&self, character: Character<'_>) -> String {
        let ability = |key: &str| {
            let mut all = Ability::ALL.into_iter();
            all.find(|ability| ability.key() == key)
                .map_or(key.to_owned(), |ability| ability.name().to_owned())
        };
        match self {
            Number::Save(key) => format!("{} save", ability(key)),
            Number::Ability(key) => format!("{} check", ability(key)),
            Number::Skill(key) => SKILLS
                .iter()
                .find(|skill| skill.key == *key)
                .map_or((*key).to_owned(), |skill| skill.name.to_owned()),
            Number::Initiative => "Initiative".to_owned(),
            Number::DeathSave => "Death save".to_owned(),
            Number::Weapon(id) => {
                let mut weapons = character.sheet.actions.weapons.iter();
                let name = weapons.find(|weapon| weapon.id == *id);
                let name = name.map_or("", |weapon| weapon.name.as_str());
                format!("{} attack", name_or(name, "Weapon"))
            }
            Number::Spells(id) => {
                let mut casters = character.sheet.spellcasting.casters.iter();
                let class = casters.find(|caster| caster.id == *id);
                let class = class.map_or("", |caster| caster.class.as_str());
                format!("{} spell attack", class).trim_start().to_owned()
            }
        }
    }
}

/// Rolls a d20 with a number of the sheet.
pub(super) fn roll(
    it: &mut Record<'_>,
    cell: &str,
    mode: Mode,
    bonus: Option<&str>,
    against: Option<i32>,
) -> Result<(), Refusal> {
    if let Some(dc) = against {
        within("DC", dc, 1, MAX_DC)?;
    }
    let Some(number) = Number::of(cell) else {
        return Err(Refusal::new(
            "No d20 is rolled with this number.",
            "Name a save, a skill, an ability, initiative or an attack.",
        )
        .at(cell));
    };
    if let Number::DeathSave = number {
        return death::save(it, None, mode, bonus, against);
    }
    let mut parts = terms_of(it.character, cell)?;
    if let Number::Ability(_) = number {
        // A modifier alone counts neither what helps with every check nor exhaustion.
        parts.extend(item_bonuses(it.character, |bonuses| bonuses.ability_checks));
        parts.extend(exhaustion(it.character));
    }
    let name = number.name(it.character);
    let test = throw(it, &name, &parts, mode, bonus, None)?;
    notes(it, cell);
    it.title(format!("{name}: {}", test.total));
    let critical_from = match number {
        Number::Weapon(_) => Some(critical_from(it.character)),
        Number::Spells(_) => Some(20),
        _ => None,
    };
    if let Some(critical_from) = critical_from {
        let aim = Aim {
            against,
            critical_from,
            critical_hits: false,
        };
        strike(it, test, &aim);
    } else if let Some(dc) = against {
        let helpless = match number {
            Number::Save("strength" | "dexterity") => HELPLESS
                .iter()
                .find(|name| conditions::is_under(it.character, name)),
            _ => None,
        };
        let total = test.total;
        let (kind, why) = match helpless {
            Some(condition) => (
                LineKind::Failure,
                format!("fails by itself while {condition}"),
            ),
            None if total >= dc => (LineKind::Success, format!("{total} against DC {dc}")),
            None => (LineKind::Failure, format!("{total} against DC {dc}")),
        };
        it.verdict(kind, why);
    }
    if let Number::Initiative = number {
        uses::come_back(it, "initiative", |counter| match counter.recovery {
            Recovery::Initiative => counter.spent(),
            _ => 0,
        });
        convert::at_initiative(it);
    }
    Ok(())
}

/// Which rolls hit, and which hits are critical.
pub(super) struct Aim {
    /// The armor class to hit; without one the table says who is hit.
    pub(super) against: Option<i32>,
    /// The least face that is a critical hit.
    pub(super) critical_from: i32,
    /// Whether every hit is a critical one.
    pub(super) critical_hits: bool,
}

/// Tells how an attack roll came out: whether a hit is a critical one, or nothing for a miss. A 20 always hits and a 1 never
/// (SRD 5.2.1, Making an Attack; Critical Hits).
pub(super) fn strike(it: &mut Record<'_>, test: Test, aim: &Aim) -> Option<bool> {
    let Test { face, total } = test;
    let against = aim
        .against
        .map(|armor_class| format!("{total} against armor class {armor_class}"));
    let reaches = aim.against.is_none_or(|armor_class| total >= armor_class);
    if face == 1 || !reaches && face != 20 {
        let why = against.filter(|_| face != 1);
        it.verdict(LineKind::Miss, why.as_deref().unwrap_or("1 on the die"));
        return None;
    }
    let by_face = face >= aim.critical_from;
    if by_face {
        it.verdict(LineKind::Critical, format!("{face} on the die"));
    } else if aim.critical_hits {
        it.verdict(LineKind::Critical, "every hit is one");
    } else if let Some(against) = against {
        it.verdict(LineKind::Hit, against);
    }
    Some(by_face || aim.critical_hits)
}

/// Gives the least face that is a critical hit with weapons.
pub(super) fn critical_from(character: Character<'_>) -> i32 {
    character.sheet.actions.critical_from.clamp(2, 20)
}
