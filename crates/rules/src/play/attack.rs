//! Attacks with weapons: to hit, damage, mastery, ammunition (SRD 5.2.1, Making an Attack; Mastery Properties).

use sheet::{RiderEntry, WeaponEntry};

use super::Character;
use super::action::{MAX_DC, MAX_POINTS};
use super::conditions;
use super::d20::{self, Aim, Part};
use super::items;
use super::outcome::{LineKind, Refusal};
use super::price;
use super::record::{Record, name_or, pointer, unreadable, within};
use crate::desk::signed;
use crate::dice::{Expression, Mode};

/// How an attack is made.
pub(super) struct With<'a> {
    pub(super) mode: Mode,
    pub(super) bonus: Option<&'a str>,
    pub(super) two_handed: bool,
    pub(super) against: Option<i32>,
    pub(super) critical_hits: bool,
    pub(super) ammunition: Option<&'a str>,
    pub(super) riders: &'a [String],
}

fn find<'a>(character: Character<'a>, id: &str) -> Result<&'a WeaponEntry, Refusal> {
    let mut weapons = character.sheet.actions.weapons.iter();
    match weapons.find(|weapon| weapon.id == id) {
        Some(weapon) => Ok(weapon),
        None => Err(Refusal::new(
            "The character has no such attack.",
            "It may have been removed already.",
        )),
    }
}

const DAMAGE: &str = "Damage";

/// What a hit does: dice, and what adds to them.
struct Damage {
    dice: Expression,
    parts: Vec<Part>,
    kind: String,
    /// What is rolled: `Damage`, `Sneak Attack`.
    of: String,
    /// Whether the dice are rolled twice, and the better roll counts.
    twice: bool,
}

/// Reads the damage of a weapon; nothing for a weapon that has none.
fn read(
    character: Character<'_>,
    weapon: &WeaponEntry,
    two_handed: bool,
    critical: bool,
    riders: &[&RiderEntry],
) -> Result<Vec<Damage>, Refusal> {
    let text = if two_handed {
        &weapon.versatile_damage
    } else {
        &weapon.damage
    };
    if two_handed && text.is_empty() {
        return Err(Refusal::new(
            format!(
                "{} does the same damage in two hands.",
                name_or(&weapon.name, "This weapon")
            ),
            "Attack without naming both hands.",
        ));
    }
    let mut all = Vec::new();
    if !text.is_empty() {
        let bonus = weapon.damage_bonus;
        // The sheet writes dice and bonus as one; here each part keeps its name. A plain number has it added already.
        let bare = text.strip_suffix(&signed(bonus)).filter(|_| bonus != 0);
        let parts = match bare {
            Some(_) => {
                let cell = format!("/actions/weapons/{}/damage_bonus", weapon.id);
                d20::terms_of(character, &cell)?
            }
            None => Vec::new(),
        };
        let dice = bare.unwrap_or(text);
        let dice = Expression::parse(dice).map_err(|error| {
            unreadable(dice, &error).at(pointer(&["actions", "weapons", &weapon.id, "damage"]))
        })?;
        all.push(Damage {
            dice,
            parts,
            kind: weapon.damage_type.clone(),
            of: DAMAGE.to_owned(),
            twice: false,
        });
    }
    all.extend(extra(&weapon.extra_damage));
    if riders.iter().any(|rider| rider.twice)
        && let Some(first) = all.first_mut()
    {
        first.twice = true;
    }
    for rider in riders.iter().filter(|rider| !rider.twice) {
        let dice = Expression::parse(&rider.dice);
        let own = rider.types.first().unwrap_or(&weapon.damage_type);
        all.push(Damage {
            dice: dice.map_err(|error| unreadable(&rider.dice, &error))?,
            parts: Vec::new(),
            kind: own.clone(),
            of: rider.name.clone(),
            twice: false,
        });
    }
    if critical {
        for damage in &mut all {
            let double = damage.dice.critical();
            damage.dice = double.map_err(|error| unreadable(&damage.dice.to_string(), &error))?;
        }
    }
    Ok(all)
}

/// Finds the dice that are added, each once.
fn offered<'a>(weapon: &'a WeaponEntry, wanted: &[String]) -> Result<Vec<&'a RiderEntry>, Refusal> {
    let mut found: Vec<&RiderEntry> = Vec::new();
    for id in wanted {
        let Some(rider) = weapon.riders.iter().find(|rider| rider.id == *id) else {
            return Err(Refusal::new(
                format!(
                    "{} has no such dice to add.",
                    name_or(&weapon.name, "The attack")
                ),
                "They come with a feature; look at what the attack offers.",
            ));
        };
        if found.iter().any(|own| own.id == rider.id) {
            continue;
        }
        if let Some(same) = found.iter().find(|own| own.feature == rider.feature) {
            return Err(Refusal::new(
                format!("{} and {} exclude each other.", same.name, rider.name),
                "Add one of them.",
            ));
        }
        found.push(rider);
    }
    Ok(found)
}

/// Reads damage besides, `1d6 fire, 1d4 cold`; what is no dice is left to the table.
fn extra(words: &str) -> impl Iterator<Item = Damage> {
    let pieces = words.split([',', ';']).map(str::trim);
    pieces.filter_map(|piece| {
        let (dice, kind) = piece.split_once(' ').unwrap_or((piece, ""));
        let kind = kind.trim().trim_end_matches(" damage").to_owned();
        let dice = Expression::parse(dice).ok()?;
        Some(Damage {
            dice,
            parts: Vec::new(),
            kind,
            of: DAMAGE.to_owned(),
            twice: false,
        })
    })
}

/// Rolls damage and tells it; gives all of it together.
fn roll(it: &mut Record<'_>, all: &[Damage]) -> Result<i32, Refusal> {
    let mut sum = 0_i32;
    for damage in all {
        let dice = d20::with_parts(&damage.dice, &damage.parts)?;
        let mut roll = it.roll(&dice);
        if damage.twice {
            let again = it.roll(&dice);
            let (better, worse) = match again.total > roll.total {
                true => (again, roll),
                false => (roll, again),
            };
            it.tell(
                "Rolled twice",
                format!(
                    "{} is the better of {} and {}",
                    better.total, better.total, worse.total
                ),
            );
            roll = better;
        }
        // A penalty can make it nothing, and never less.
        let points = roll.total.max(0);
        let told = format!("{points} {}", damage.kind);
        it.line_of(
            LineKind::Damage,
            &damage.of,
            "",
            told.trim_end(),
            roll.notation,
        );
        sum = sum.saturating_add(points);
    }
    Ok(sum)
}

/// Attacks with a weapon.
pub(super) fn attack(it: &mut Record<'_>, id: &str, with: &With<'_>) -> Result<(), Refusal> {
    if let Some(armor_class) = with.against {
        within("armor class", armor_class, 1, MAX_DC)?;
    }
    conditions::refuse_incapacitated(it.character)?;
    let weapon = find(it.character, id)?;
    let name = name_or(&weapon.name, "Attack");
    // Everything that can be refused comes before the first die.
    let riders = offered(weapon, with.riders)?;
    let ordinary = read(it.character, weapon, with.two_handed, false, &riders)?;
    let double = read(it.character, weapon, with.two_handed, true, &riders)?;
    if let Some(ammunition) = with.ammunition {
        let thing = items::find(it.character, ammunition)?;
        if thing.quantity <= 0 {
            return Err(Refusal::new(
                format!("There is no {} left.", thing.name),
                "Gather or buy some, or attack with something else.",
            ));
        }
        items::change_quantity(it, &thing, -1, "one spent");
    }
    let cell = format!("/actions/weapons/{id}/attack_bonus");
    let parts = d20::terms_of(it.character, &cell)?;
    let test = d20::throw(it, "To hit", &parts, with.mode, with.bonus, None)?;
    let total = test.total;
    d20::notes(it, &cell);
    let aim = Aim {
        against: with.against,
        critical_from: d20::critical_from(it.character),
        critical_hits: with.critical_hits,
    };
    let Some(critical) = d20::strike(it, test, &aim) else {
        it.title(format!("{name}: {total} to hit, a miss"));
        mastery(it, weapon, false);
        return Ok(());
    };
    for rider in &riders {
        price::pay(it, &rider.name, &rider.cost, None, None)?;
    }
    let points = roll(it, if critical { &double } else { &ordinary })?;
    let hit = if critical { "critical hit" } else { "to hit" };
    it.title(format!("{name}: {total} {hit}, {points} damage"));
    mastery(it, weapon, true);
    Ok(())
}

/// Rolls the damage of a weapon alone.
pub(super) fn damage(
    it: &mut Record<'_>,
    id: &str,
    two_handed: bool,
    critical: bool,
    riders: &[String],
) -> Result<(), Refusal> {
    let weapon = find(it.character, id)?;
    let name = name_or(&weapon.name, "Attack");
    let riders = offered(weapon, riders)?;
    let all = read(it.character, weapon, two_handed, critical, &riders)?;
    if all.is_empty() {
        return Err(Refusal::new(
            format!("{name} has no damage dice."),
            "Write them down first.",
        )
        .at(pointer(&["actions", "weapons", id, "damage"])));
    }
    for rider in &riders {
        price::pay(it, &rider.name, &rider.cost, None, None)?;
    }
    let points = roll(it, &all)?;
    it.title(format!("{name}: {points} damage"));
    d20::notes(it, &format!("/actions/weapons/{id}/damage_bonus"));
    Ok(())
}

/// Tells what the mastery property of a weapon does with a hit or a miss.
fn mastery(it: &mut Record<'_>, weapon: &WeaponEntry, hit: bool) {
    let statistics = &it.character.sheet.statistics;
    let modifier = statistics.ability_modifiers.of(weapon.ability);
    let dc = 8_i32
        .saturating_add(modifier)
        .saturating_add(statistics.proficiency_bonus);
    let told = match (weapon.mastery.trim().to_lowercase().as_str(), hit) {
        ("graze", false) => format!("{} {} damage all the same", modifier.max(0), weapon.damage_type),
        ("cleave", true) => {
            "once a turn, a second creature close by can be attacked too; that damage leaves the ability modifier out unless it is negative".to_owned()
        }
        ("nick", _) => "the extra attack with a light weapon is part of this action, once a turn".to_owned(),
        ("push", true) => "a Large or smaller target can be pushed 10 ft straight away".to_owned(),
        ("sap", true) => "the target has disadvantage on its next attack before your next turn".to_owned(),
        ("slow", true) => "a damaged target is 10 ft slower until your next turn begins".to_owned(),
        ("topple", true) => format!("the target falls prone if it fails a DC {dc} Constitution save"),
        ("vex", true) => {
            "after damage, your next attack on the target has advantage until your next turn ends".to_owned()
        }
        _ => return,
    };
    let mut name = weapon.mastery.trim().to_lowercase();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    it.tell(name, told);
}

/// Gathers half of the ammunition that a fight has spent, rounded down (SRD 5.2.1, Ammunition).
pub(super) fn recover(it: &mut Record<'_>, id: &str, spent: i32) -> Result<(), Refusal> {
    within("amount of ammunition", spent, 1, MAX_POINTS)?;
    let thing = items::find(it.character, id)?;
    let back = spent / 2;
    if back == 0 {
        return Err(Refusal::new(
            "Of a single piece nothing can be recovered.",
            "Half is gathered, rounded down.",
        ));
    }
    it.title(format!("Recovered {back} × {}", thing.name));
    items::change_quantity(it, &thing, back, &format!("half of {spent}"));
    Ok(())
}
