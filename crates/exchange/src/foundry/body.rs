//! Speeds, senses and defenses: what the rules give already is only held against the file, the rest is written out.

use serde_json::Value;
use sheet::CompleteSheet;
use sheet::vocabulary::CONDITIONS;

use super::actor::{Thing, feet};
use super::draft::Draft;
use super::proficient::bonus;
use super::words;
use crate::cells;
use crate::json::{at, is_empty, names, number, text, truth, whole};

pub(super) fn read(draft: &mut Draft<'_>) {
    let given = draft.derive().sheet;
    let species = draft.actor.of_kind("race").next();
    speeds(draft, &given, species);
    senses(draft, &given, species);
    defenses(draft, &given);
}

fn speeds(draft: &mut Draft<'_>, given: &CompleteSheet, species: Option<&Thing>) {
    let actor = draft.actor;
    let read = |from: &Value, way: &str, units: &str| {
        let length = actor.amount(at(from, way))?;
        Some(feet(length, units).min(1_000))
    };
    let own = actor.get("attributes.movement");
    let of_species = species.map(|species| species.get("movement"));
    let units = text(at(own, "units"));
    let mut walked = None;
    for way in ["walk", "fly", "swim", "climb", "burrow"] {
        let written = read(own, way, units).filter(|feet| *feet > 0 || actor.kind == "npc");
        let path = format!("attributes.movement.{way}");
        let feet = match written {
            Some(feet) => feet,
            None if draft.built => continue,
            None => match of_species.and_then(|from| read(from, way, text(at(from, "units")))) {
                Some(feet) => feet,
                None => continue,
            },
        };
        let speeds = &mut draft.source.combat.speeds;
        let has = match way {
            "walk" => Some(given.combat.speed),
            "fly" => given.combat.speeds.fly,
            "swim" => given.combat.speeds.swim,
            "climb" => given.combat.speeds.climb,
            _ => given.combat.speeds.burrow,
        };
        if draft.built && has == Some(feet) {
            draft.mapped("Movement", way, &path, "speed", "The rules give it.");
            continue;
        }
        let some = (feet > 0).then_some(feet);
        match way {
            "walk" => {
                speeds.walk = feet;
                walked = Some(feet);
            }
            "fly" => speeds.fly = some,
            "swim" => speeds.swim = some,
            "climb" => speeds.climb = some,
            _ => speeds.burrow = some,
        }
        if feet > 0 {
            draft.understood(
                "Movement",
                way,
                &path,
                "/combat/speeds",
                format!("{feet} feet."),
            );
        }
    }
    draft.source.combat.speeds.hover = truth(at(own, "hover"));
    if walked.is_none() && actor.kind == "npc" {
        draft.source.combat.speeds.walk = 0;
    }
    let old = text(actor.get("attributes.speed.value"));
    if walked.is_none() && !draft.built && !old.is_empty() {
        let digits: String = old.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(feet) = digits.parse::<i32>() {
            draft.source.combat.speeds.walk = feet.clamp(0, 1_000);
            draft.understood(
                "Movement",
                "walk",
                "attributes.speed.value",
                "/combat/speeds/walk",
                format!("{feet} feet."),
            );
        }
    }
    bonus(
        draft,
        "Movement",
        at(own, "bonus"),
        "/combat/speed",
        "attributes.movement.bonus",
    );
    let special = cells::name(text(at(own, "special")));
    if !special.is_empty() {
        draft.note(&format!("Movement: {special}"));
        draft.as_text(
            "Movement",
            "special",
            "attributes.movement.special",
            "/notes",
            "It stands in the notes.",
        );
    }
}

fn senses(draft: &mut Draft<'_>, given: &CompleteSheet, species: Option<&Thing>) {
    let actor = draft.actor;
    let read = |from: &Value, sense: &str| {
        let length = match at(from, &format!("ranges.{sense}")) {
            Value::Null => at(from, sense),
            range => range,
        };
        let feet = feet(number(length)?, text(at(from, "units")));
        (feet > 0).then_some(feet)
    };
    let own = actor.get("attributes.senses");
    let of_species = species.map(|species| species.get("senses"));
    let old = text(actor.get("traits.senses")).to_lowercase();
    for sense in ["darkvision", "blindsight", "tremorsense", "truesight"] {
        let in_words = || {
            let digits: String = old
                .split(sense)
                .nth(1)?
                .trim()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            digits.parse().ok()
        };
        let written = read(own, sense).or_else(in_words);
        let feet = match written {
            Some(feet) => Some(feet),
            None if draft.built => None,
            None => of_species.and_then(|from| read(from, sense)),
        };
        let Some(feet) = feet else { continue };
        let has = match sense {
            "darkvision" => given.combat.senses.darkvision,
            "blindsight" => given.combat.senses.blindsight,
            "tremorsense" => given.combat.senses.tremorsense,
            _ => given.combat.senses.truesight,
        };
        let path = format!("attributes.senses.{sense}");
        if draft.built && has.is_some_and(|has| has >= feet) {
            draft.mapped("Senses", sense, &path, "sense", "The rules give it.");
            continue;
        }
        set_sense(draft, sense, feet);
        draft.understood(
            "Senses",
            sense,
            &path,
            "/combat/senses",
            format!("{feet} feet."),
        );
    }
    let special = cells::name(text(at(own, "special")));
    if !special.is_empty() {
        draft.note(&format!("Senses: {special}"));
        draft.as_text(
            "Senses",
            "special",
            "attributes.senses.special",
            "/notes",
            "It stands in the notes.",
        );
    }
}

/// Writes a sense.
pub(super) fn set_sense(draft: &mut Draft<'_>, sense: &str, feet: i32) {
    let senses = &mut draft.source.combat.senses;
    let feet = Some(feet.clamp(0, 10_000));
    match sense {
        "darkvision" => senses.darkvision = feet,
        "blindsight" => senses.blindsight = feet,
        "tremorsense" => senses.tremorsense = feet,
        "truesight" => senses.truesight = feet,
        _ => {}
    }
}

fn defenses(draft: &mut Draft<'_>, given: &CompleteSheet) {
    for (code, title, has) in [
        ("dr", "Resistance", &given.combat.resistances),
        ("di", "Immunity", &given.combat.immunities),
        ("dv", "Vulnerability", &given.combat.vulnerabilities),
    ] {
        let path = format!("traits.{code}");
        let from = draft.actor.get(&path).clone();
        let values = names(at(&from, "value"));
        for value in values {
            for kind in damage_types(&value) {
                if has.iter().any(|own| own == kind) {
                    draft.mapped(
                        "Defenses",
                        &format!("{title}: {kind}"),
                        &path,
                        "defense",
                        "The rules give it.",
                    );
                } else {
                    add_defense(draft, code, kind);
                    draft.understood(
                        "Defenses",
                        &format!("{title}: {kind}"),
                        &path,
                        "/combat/defenses",
                        "It is written out.",
                    );
                }
            }
            if damage_types(&value).is_empty() && value != "custom" {
                draft.note(&format!("{title}: {}", words::title(&value)));
                draft.as_text(
                    "Defenses",
                    &format!("{title}: {value}"),
                    &path,
                    "/notes",
                    "It is none of the game's damage types; it stands in the notes.",
                );
            }
        }
        let limits: Vec<&str> = names(at(&from, "bypasses"))
            .iter()
            .filter_map(|code| match code.as_str() {
                "mgc" => Some("magical"),
                "sil" => Some("silvered"),
                "ada" => Some("adamantine"),
                _ => None,
            })
            .collect();
        if !limits.is_empty() {
            draft.note(&format!(
                "{title} to bludgeoning, piercing and slashing does not hold against {} weapons.",
                limits.join(" or ")
            ));
            draft.as_text(
                "Defenses",
                title,
                &format!("{path}.bypasses"),
                "/notes",
                "Which weapons get past it stands in the notes.",
            );
        }
        in_words(draft, title, &format!("{path}.custom"));
    }
    for value in names(draft.actor.get("traits.ci.value")) {
        if CONDITIONS.contains(&value.as_str()) {
            if given.combat.condition_immunities.contains(&value) {
                draft.mapped(
                    "Defenses",
                    &format!("Immunity: {value}"),
                    "traits.ci",
                    "defense",
                    "The rules give it.",
                );
            } else {
                add_defense(draft, "ci", &value);
                draft.understood(
                    "Defenses",
                    &format!("Immunity: {value}"),
                    "traits.ci",
                    "/combat/defenses",
                    "It is written out.",
                );
            }
        } else if value != "custom" {
            draft.note(&format!("Immunity: {}", words::title(&value)));
            draft.as_text(
                "Defenses",
                &format!("Immunity: {value}"),
                "traits.ci",
                "/notes",
                "It is none of the game's conditions; it stands in the notes.",
            );
        }
    }
    in_words(draft, "Condition immunity", "traits.ci.custom");
    if let Value::Object(amounts) = draft.actor.get("traits.dm.amount").clone() {
        for (kind, amount) in amounts
            .iter()
            .take(30)
            .filter(|(_, amount)| !is_empty(amount))
        {
            let said = cells::line(&crate::json::written(amount), 60);
            draft.note(&format!("Damage of type {}: {said}", words::title(kind)));
            draft.as_text(
                "Defenses",
                kind,
                "traits.dm",
                "/notes",
                "Amounts taken off damage stand in the notes.",
            );
        }
    }
    let threshold = whole(draft.actor.get("attributes.hp.dt"), 0, 1_000).unwrap_or(0);
    if threshold > 0 {
        draft.note(&format!("Damage threshold {threshold}"));
        draft.as_text(
            "Defenses",
            "Damage threshold",
            "attributes.hp.dt",
            "/notes",
            "It stands in the notes.",
        );
    }
}

fn in_words(draft: &mut Draft<'_>, title: &str, path: &str) {
    let written = cells::line(text(draft.actor.get(path)), 300);
    if !written.is_empty() {
        draft.note(&format!("{title}: {written}"));
        draft.as_text(
            "Defenses",
            title,
            path,
            "/notes",
            "Words of that sheet's own stand in the notes.",
        );
    }
}

/// Lists the damage types a short name means.
pub(super) fn damage_types(code: &str) -> Vec<&'static str> {
    match code {
        "ALL" => sheet::vocabulary::DAMAGE_TYPES.to_vec(),
        "physical" => vec!["bludgeoning", "piercing", "slashing"],
        code => sheet::vocabulary::DAMAGE_TYPES
            .iter()
            .copied()
            .filter(|kind| *kind == code)
            .collect(),
    }
}

/// Writes a defense: `dr`, `di`, `dv` or `ci`.
pub(super) fn add_defense(draft: &mut Draft<'_>, code: &str, kind: &str) {
    let defenses = &mut draft.source.combat.defenses;
    let set = match code {
        "dr" => &mut defenses.resistances,
        "di" => &mut defenses.immunities,
        "dv" => &mut defenses.vulnerabilities,
        _ => &mut defenses.condition_immunities,
    };
    set.0.insert(cells::name(kind), true);
}
