//! Attacks: with weapons the rules do not carry by themselves, and those of stat blocks.

use rules::content::key;
use serde_json::Value;
use sheet::source::WeaponAttack;
use sheet::vocabulary::Ability;

use super::actor::{Thing, feet};
use super::draft::Draft;
use super::features::damage_part;
use super::words;
use crate::cells;
use crate::json::{at, bounded, is_empty, list, names, number, text, truth, whole, written};

/// What a weapon rolls for damage.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Damage {
    pub(super) dice: String,
    pub(super) bonus: i32,
    pub(super) kind: String,
    pub(super) versatile: String,
    pub(super) extra: Vec<String>,
    pub(super) with_ability: bool,
}

/// Finds the weapon of the content that an item is made as.
pub(super) fn base<'c>(draft: &Draft<'c>, thing: &Thing) -> Option<&'c rules::content::Weapon> {
    let code = match text(thing.get("type.baseItem")) {
        "" => text(thing.get("baseItem")),
        code => code,
    };
    let by_code = super::evidence::weapon(draft, code);
    let id = by_code.unwrap_or_else(|| key(&thing.name));
    draft.content.weapons.get(&id).map(|weapon| &**weapon)
}

/// Gives the first activity that attacks.
fn attack_of(thing: &Thing) -> Option<&Value> {
    let mut attacks: Vec<&Value> = thing
        .activities()
        .into_iter()
        .filter(|own| text(at(own, "type")) == "attack")
        .collect();
    attacks.sort_by_key(|own| whole(at(own, "sort"), i32::MIN, i32::MAX));
    attacks.first().copied()
}

/// Tells whether an attack with a weapon must be written out, because the rules would reckon another one.
pub(super) fn is_special(draft: &Draft<'_>, thing: &Thing) -> bool {
    let Some(base) = base(draft, thing) else {
        return true;
    };
    let damage = damage(draft, thing);
    let attack = attack_of(thing).map_or(&Value::Null, |own| at(own, "attack"));
    let other_ability = !matches!(text(at(attack, "ability")), "" | "none");
    let differs = !damage.dice.is_empty() && damage.dice != base.damage || !damage.extra.is_empty();
    // The Monk's dice are put into the weapons of a monk's file; the rules find them by themselves.
    let scaled = text(thing.get("damage.base.custom.formula")).contains("@scale");
    let bonus = draft
        .actor
        .amount(at(attack, "bonus"))
        .is_some_and(|bonus| bonus != 0.0);
    (differs && !scaled) || other_ability || truth(at(attack, "flat")) || bonus
}

/// Reads what a weapon rolls for damage, of every version.
pub(super) fn damage(draft: &Draft<'_>, thing: &Thing) -> Damage {
    let base = thing.get("damage.base");
    let parts = list(thing.get("damage.parts"));
    let mut damage = if base.is_object() {
        new_damage(draft, thing, base)
    } else {
        old_damage(draft, thing, &parts)
    };
    if let Some(activity) = attack_of(thing) {
        let mut more: Vec<String> = list(at(activity, "damage.parts"))
            .into_iter()
            .filter_map(|part| damage_part(draft, part))
            .collect();
        let without = at(activity, "damage.includeBase") == &Value::Bool(false);
        if (without || damage.dice.is_empty()) && !more.is_empty() {
            // The parts stand in place of the weapon's own damage.
            let first = more.remove(0);
            let (dice, kind) = first.split_once(' ').unwrap_or((&first, ""));
            let (dice, bonus) = constant(dice);
            damage.dice = dice;
            damage.bonus = bonus;
            kind.clone_into(&mut damage.kind);
            damage.with_ability = !without && thing.kind == "weapon";
        }
        damage.extra.extend(more);
    }
    damage
}

/// Takes the constant off dice: `1d6+2` is `1d6` and 2.
fn constant(dice: &str) -> (String, i32) {
    match dice.rfind(['+', '-']).filter(|place| *place > 0) {
        Some(place) => {
            let (before, bonus) = dice.split_at(place);
            match bonus.parse::<i32>() {
                Ok(bonus) => (before.trim().to_owned(), bonus.clamp(-100, 100)),
                Err(_) => (dice.to_owned(), 0),
            }
        }
        None => (dice.to_owned(), 0),
    }
}

fn new_damage(draft: &Draft<'_>, thing: &Thing, base: &Value) -> Damage {
    let kind = names(at(base, "types")).join("/");
    let custom = text(at(base, "custom.formula"));
    let bonus = draft
        .actor
        .formula(text(at(base, "bonus")))
        .map_or(0, |bonus| bounded(bonus, -100, 100));
    if truth(at(base, "custom.enabled")) && !custom.trim().is_empty() {
        let (dice, more, ability) = plain_dice(draft, custom);
        return Damage {
            dice,
            bonus: bonus.saturating_add(more).clamp(-100, 100),
            kind,
            with_ability: ability,
            ..Damage::default()
        };
    }
    let count = whole(at(base, "number"), 0, 100).unwrap_or(0);
    let sides = whole(at(base, "denomination"), 0, 100).unwrap_or(0);
    let dice = if count > 0 && sides > 0 {
        format!("{count}d{sides}")
    } else {
        String::new()
    };
    let versatile = thing.get("damage.versatile");
    let two = (
        whole(at(versatile, "number"), 0, 100).unwrap_or(0),
        whole(at(versatile, "denomination"), 0, 100).unwrap_or(0),
    );
    let versatile = match two {
        _ if !thing.has("ver") || dice.is_empty() => String::new(),
        (count, sides) if count > 0 && sides > 0 => format!("{count}d{sides}"),
        _ => format!("{count}d{}", larger(sides)),
    };
    Damage {
        dice,
        bonus,
        kind,
        versatile,
        with_ability: true,
        ..Damage::default()
    }
}

/// The next larger die.
fn larger(sides: i32) -> i32 {
    match sides {
        4 => 6,
        6 => 8,
        8 => 10,
        10 => 12,
        12 => 20,
        other => other,
    }
}

/// Before 4.0 damage was text: `1d6 + @mod`.
fn old_damage(draft: &Draft<'_>, thing: &Thing, parts: &[&Value]) -> Damage {
    let read = |part: &Value| match part {
        Value::Array(pair) => (
            pair.first().map(written).unwrap_or_default(),
            pair.get(1)
                .map(|kind| text(kind).to_owned())
                .unwrap_or_default(),
        ),
        other => (written(other), String::new()),
    };
    let mut damage = Damage::default();
    for (place, part) in parts.iter().take(12).enumerate() {
        let (formula, kind) = read(part);
        let (dice, bonus, ability) = plain_dice(draft, &formula);
        if place == 0 {
            damage = Damage {
                dice,
                bonus,
                kind: cells::line(&kind, 40),
                with_ability: ability,
                ..Damage::default()
            };
        } else {
            damage
                .extra
                .push(cells::line(&format!("{formula} {kind}"), 80));
        }
    }
    let versatile = written(thing.get("damage.versatile"));
    if thing.has("ver") && !versatile.trim().is_empty() {
        damage.versatile = plain_dice(draft, &versatile).0;
    }
    damage
}

/// Reads dice out of a formula: dice, constant, and whether the ability modifier is in it.
fn plain_dice(draft: &Draft<'_>, formula: &str) -> (String, i32, bool) {
    let mut dice = String::new();
    let mut bonus = 0_i32;
    let mut ability = false;
    let formula: String = formula.chars().take(300).collect();
    for term in formula
        .split('+')
        .map(str::trim)
        .filter(|term| !term.is_empty())
    {
        let plain = term.split('[').next().unwrap_or_default().trim();
        if plain == "@mod" {
            ability = true;
        } else if is_dice(plain) && dice.is_empty() {
            plain.clone_into(&mut dice);
        } else if let Some(amount) = draft.actor.formula(plain) {
            bonus = bonus.saturating_add(bounded(amount, -100, 100));
        }
    }
    (dice, bonus.clamp(-100, 100), ability)
}

fn is_dice(text: &str) -> bool {
    text.split_once('d').is_some_and(|(count, sides)| {
        let digits = |text: &str| {
            (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        digits(count) && digits(sides)
    })
}

/// An attack bonus that the file fixes.
pub(super) struct Fixed {
    pub(super) bonus: i32,
    pub(super) why: &'static str,
}

/// Makes the attack with a weapon, or of a feature of a stat block; `None` where it makes none.
pub(super) fn attack(
    draft: &Draft<'_>,
    thing: &Thing,
    item: Option<&str>,
) -> Option<(WeaponAttack, Option<Fixed>)> {
    let activity = attack_of(thing);
    let actor = draft.actor;
    if thing.kind != "weapon" && activity.is_none() {
        return None;
    }
    let damage = damage(draft, thing);
    let how = activity.map_or(&Value::Null, |own| at(own, "attack"));
    let kind = match text(thing.get("type.value")) {
        "" => text(thing.get("weaponType")),
        kind => kind,
    };
    let action = text(thing.get("actionType"));
    let ranged = match text(at(how, "type.value")) {
        "ranged" => true,
        "melee" => false,
        _ => kind.ends_with('R') && !kind.is_empty() || action.starts_with('r'),
    };
    let code = match text(at(how, "ability")) {
        "" => text(thing.get("ability")),
        code => code,
    };
    let spell = text(at(how, "type.classification")) == "spell" || action.ends_with("sak");
    let casting = words::ability(text(actor.get("attributes.spellcasting")));
    let ability = match code {
        "spellcasting" => casting,
        "" if spell => casting,
        "" if thing.has("fin") => None,
        "" => Some(if ranged {
            Ability::Dexterity
        } else {
            Ability::Strength
        }),
        code => words::ability(code),
    };
    let bonus = actor
        .amount(at(how, "bonus"))
        .or_else(|| actor.amount(thing.get("attackBonus")))
        .map_or(0, |bonus| bounded(bonus, -20, 20));
    let magic = actor
        .amount(thing.get("magicalBonus"))
        .map_or(0, |bonus| bounded(bonus, -20, 20));
    let mut properties: Vec<String> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    for code in names(thing.get("properties")) {
        match words::property(&code) {
            Some((name, true)) => properties.push(name.to_owned()),
            Some((name, false)) => notes.push(name.to_owned()),
            None => {}
        }
    }
    let (reach, near, far) = ranges(thing, activity, ranged);
    let base = base(draft, thing);
    let masters =
        base.is_some_and(|base| draft.source.actions.weapon_masteries.contains(&base.name));
    if thing.kind == "weapon" && item.is_some() && thing.get("equipped") == &Value::Bool(false) {
        notes.push("not in hand".to_owned());
    }
    let attack = WeaponAttack {
        name: thing.name.clone(),
        ability,
        proficient: is_proficient(draft, thing, kind, base),
        ranged,
        bonus_to_attack: (bonus + magic).clamp(-20, 20),
        bonus_to_damage: (damage.bonus + magic).clamp(-100, 100),
        damage: cells::line(&damage.dice, 40),
        versatile: cells::line(&damage.versatile, 40),
        damage_type: cells::line(&damage.kind, 60),
        extra_damage: cells::line(&damage.extra.join(" + "), 120),
        ability_to_damage: damage.with_ability && code != "none" && thing.kind == "weapon",
        reach_ft: reach,
        range_ft: near,
        long_range_ft: far,
        properties: properties.into_iter().collect(),
        mastery: if masters {
            cells::line(text(thing.get("mastery")), 40)
        } else {
            String::new()
        },
        item: item.map(str::to_owned),
        notes: notes.join(", "),
        ..WeaponAttack::default()
    };
    let fixed = if truth(at(how, "flat")) {
        Some(Fixed {
            bonus: bonus + magic,
            why: "A fixed bonus in the imported file",
        })
    } else if code == "none" {
        let trained = if attack.proficient {
            actor.proficiency()
        } else {
            0
        };
        Some(Fixed {
            bonus: trained + bonus + magic,
            why: "It goes by no ability in the imported file",
        })
    } else {
        None
    };
    Some((attack, fixed))
}

fn ranges(
    thing: &Thing,
    activity: Option<&Value>,
    ranged: bool,
) -> (Option<i32>, Option<i32>, Option<i32>) {
    let own = thing.get("range");
    let range = match activity.map(|activity| at(activity, "range")) {
        Some(range) if truth(at(range, "override")) || is_empty(own) => range,
        _ => own,
    };
    let units = text(at(range, "units"));
    let read = |name: &str| {
        number(at(range, name))
            .filter(|length| *length > 0.0)
            .map(|length| feet(length, units))
    };
    let (value, long, reach) = (read("value"), read("long"), read("reach"));
    let thrown = thing.has("thr");
    let is_old = at(range, "reach").is_null();
    let melee_reach = reach
        .or_else(|| value.filter(|_| is_old && !thrown))
        .unwrap_or(if thing.has("rch") { 10 } else { 5 });
    if ranged && !thrown {
        return (None, value, long);
    }
    let melee = Some(melee_reach.min(1_000));
    if thrown {
        (melee, value, long)
    } else {
        (melee, None, None)
    }
}

fn is_proficient(
    draft: &Draft<'_>,
    thing: &Thing,
    kind: &str,
    base: Option<&rules::content::Weapon>,
) -> bool {
    let actor = draft.actor;
    match thing.get("proficient") {
        Value::Null => {}
        written => return number(written).is_some_and(|value| value > 0.0),
    }
    if actor.kind == "npc" || kind == "natural" {
        return true;
    }
    let known = names(actor.get("traits.weaponProf.value"));
    let has = |code: &str| known.iter().any(|own| own == code);
    kind.starts_with("simple") && has("sim")
        || kind.starts_with("martial") && has("mar")
        || base.is_some_and(|base| has(&key(&base.name).replace('-', "")))
}
