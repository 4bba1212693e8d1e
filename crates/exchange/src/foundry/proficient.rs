//! Proficiencies, masteries and languages: what the rules give already is only held against the file, the rest is written
//! out.

use std::collections::BTreeSet;

use rules::content::key;
use serde_json::Value;
use sheet::CompleteSheet;
use sheet::source::TrainingKind;
use sheet::vocabulary::{Ability, Proficiency};

use super::actor::feet;
use super::draft::Draft;
use super::{evidence, words};
use crate::cells;
use crate::json::{at, is_empty, names, number, text};

pub(super) fn read(draft: &mut Draft<'_>) {
    let given = draft.derive().sheet;
    saves(draft, &given);
    skills(draft, &given);
    tools(draft, &given);
    trainings(draft, &given);
    languages(draft, &given);
}

/// Says where something comes from that no feature of the rules gives.
const IMPORTED: &str = "Imported";

fn saves(draft: &mut Draft<'_>, given: &CompleteSheet) {
    let known: BTreeSet<Ability> = given
        .statistics
        .saving_throw_proficiencies
        .iter()
        .copied()
        .collect();
    let derived = draft.built;
    for ability in Ability::ALL {
        let path = format!("abilities.{}.proficient", words::code(ability));
        let has = number(draft.actor.get(&path)).is_some_and(|value| value >= 1.0);
        let by_rules = derived && rules_save(draft, ability);
        if has && !by_rules && !known.contains(&ability) {
            draft
                .source
                .proficiencies
                .saving_throws
                .0
                .insert(ability, true);
            draft.understood(
                "Proficiencies",
                &format!("{} saves", ability.name()),
                &path,
                "/proficiencies/saving_throws",
                "It is written out.",
            );
        } else if has {
            draft.mapped(
                "Proficiencies",
                &format!("{} saves", ability.name()),
                &path,
                "saving throw",
                "The rules give it.",
            );
        }
    }
}

/// Tells whether the rules give a save already: its bonus holds the proficiency bonus.
fn rules_save(draft: &Draft<'_>, ability: Ability) -> bool {
    let derived = draft.derive();
    let cell = format!("/statistics/saving_throws/{}", ability.key());
    derived.stats.get(&cell).is_some_and(|stat| {
        stat.terms
            .iter()
            .any(|term| term.source_cell.as_deref() == Some("/statistics/proficiency_bonus"))
    })
}

fn skills(draft: &mut Draft<'_>, given: &CompleteSheet) {
    let Value::Object(written) = draft.actor.get("skills").clone() else {
        return;
    };
    for (code, value) in written.iter().take(60) {
        let path = format!("skills.{code}");
        let degree = number(at(value, "value")).unwrap_or(0.0);
        let Some(skill) = words::skill(code) else {
            if degree > 0.0 {
                draft.unused(
                    "Proficiencies",
                    code,
                    &path,
                    "It is a skill of that world's own, which the sheet has no row for.",
                );
            }
            continue;
        };
        let wanted = degree_of(degree);
        let has = given
            .statistics
            .skill_proficiencies
            .get(skill)
            .copied()
            .unwrap_or(Proficiency::None);
        let title = words::title(skill);
        if rank(wanted) > rank(has) {
            draft
                .source
                .proficiencies
                .skills
                .insert(skill.to_owned(), wanted);
            draft.understood(
                "Proficiencies",
                &title,
                &path,
                format!("/proficiencies/skills/{skill}"),
                "It is written out.",
            );
        } else if rank(wanted) > 0 {
            draft.mapped(
                "Proficiencies",
                &title,
                &path,
                "skill",
                "The rules give it.",
            );
        } else if rank(has) > 1 {
            draft.unused(
                "Proficiencies",
                &title,
                &path,
                "The rules give a proficiency that the file does not mark; it stands.",
            );
        }
        let usual = sheet::vocabulary::SKILLS
            .iter()
            .find(|known| known.key == skill)
            .map(|known| known.ability);
        let other =
            words::ability(text(at(value, "ability"))).filter(|ability| Some(*ability) != usual);
        if let Some(ability) = other {
            draft.unused(
                "Proficiencies",
                &title,
                &path,
                format!(
                    "That sheet rolls it with {}; here it goes by its own ability.",
                    ability.name()
                ),
            );
        }
        bonus(
            draft,
            &title,
            at(value, "bonuses.check"),
            &format!("/statistics/skills/{skill}"),
            &path,
        );
        if ["perception", "insight", "investigation"].contains(&skill) {
            bonus(
                draft,
                &title,
                at(value, "bonuses.passive"),
                &format!("/statistics/passive_{skill}"),
                &path,
            );
        }
    }
    for ability in Ability::ALL {
        let code = words::code(ability);
        let path = format!("abilities.{code}.bonuses");
        bonus(
            draft,
            ability.name(),
            &draft.actor.get(&format!("{path}.save")).clone(),
            &format!("/statistics/saving_throws/{}", ability.key()),
            &path,
        );
        let checks = draft.actor.get(&format!("{path}.check")).clone();
        for known in sheet::vocabulary::SKILLS
            .iter()
            .filter(|known| known.ability == ability)
        {
            bonus(
                draft,
                ability.name(),
                &checks,
                &format!("/statistics/skills/{}", known.key),
                &path,
            );
        }
    }
}

/// Adds a written bonus to a number; one that is dice is only told.
pub(super) fn bonus(draft: &mut Draft<'_>, name: &str, value: &Value, cell: &str, path: &str) {
    if is_empty(value) || number(value) == Some(0.0) {
        return;
    }
    match draft.actor.amount(value) {
        Some(amount) => {
            let amount = crate::json::bounded(amount, -1_000, 1_000);
            draft.adjust(
                cell,
                amount,
                &format!("{name}, bonus of the imported sheet"),
            );
            draft.understood(
                "Bonuses",
                name,
                path,
                cell,
                format!("{amount:+}, as an adjustment."),
            );
        }
        None => {
            let said = cells::line(&crate::json::written(value), 80);
            draft.note(&format!("{name}: {said} on {cell}"));
            draft.as_text(
                "Bonuses",
                name,
                path,
                "/notes",
                format!("`{said}` is no number; it stands in the notes."),
            );
        }
    }
}

fn degree_of(degree: f64) -> Proficiency {
    if degree >= 2.0 {
        Proficiency::Expertise
    } else if degree >= 1.0 {
        Proficiency::Proficient
    } else if degree >= 0.5 {
        Proficiency::Half
    } else {
        Proficiency::None
    }
}

fn rank(degree: Proficiency) -> u8 {
    match degree {
        Proficiency::None => 0,
        Proficiency::Half => 1,
        Proficiency::Proficient => 2,
        Proficiency::Expertise => 3,
    }
}

fn tools(draft: &mut Draft<'_>, given: &CompleteSheet) {
    let actor = draft.actor;
    let mut found: Vec<(String, bool, String)> = Vec::new();
    if let Value::Object(tools) = actor.get("tools") {
        for (code, value) in tools.iter().take(100) {
            let degree = number(at(value, "value")).unwrap_or(0.0);
            if degree > 0.0 {
                found.push((code.clone(), degree >= 2.0, format!("tools.{code}")));
            }
        }
    }
    for code in names(actor.get("traits.toolProf.value")) {
        if code != "custom" {
            found.push((code, false, "traits.toolProf".to_owned()));
        }
    }
    for (code, expertise, path) in found {
        let name = words::tool(&code).map_or_else(|| words::title(&code), str::to_owned);
        add_training(draft, given, TrainingKind::Tool, &name, &path);
        if expertise {
            draft.note(&format!("Expertise with {name}"));
            draft.as_text(
                "Proficiencies",
                &name,
                &path,
                "/notes",
                "Trainings have no expertise here; it stands in the notes.",
            );
        }
    }
    custom(draft, given, TrainingKind::Tool, "traits.toolProf.custom");
}

fn trainings(draft: &mut Draft<'_>, given: &CompleteSheet) {
    let actor = draft.actor;
    for code in names(actor.get("traits.weaponProf.value")) {
        let name = match code.as_str() {
            "sim" => "Simple".to_owned(),
            "mar" => "Martial".to_owned(),
            "custom" => continue,
            code => weapon_name(draft, code),
        };
        add_training(
            draft,
            given,
            TrainingKind::Weapon,
            &name,
            "traits.weaponProf.value",
        );
    }
    custom(
        draft,
        given,
        TrainingKind::Weapon,
        "traits.weaponProf.custom",
    );
    for code in names(actor.get("traits.armorProf.value")) {
        if code != "custom" {
            let name = words::armor(&code).map_or_else(|| words::title(&code), str::to_owned);
            add_training(
                draft,
                given,
                TrainingKind::Armor,
                &name,
                "traits.armorProf.value",
            );
        }
    }
    custom(draft, given, TrainingKind::Armor, "traits.armorProf.custom");
    for code in names(actor.get("traits.weaponProf.mastery.value")) {
        let name = weapon_name(draft, &code);
        let path = "traits.weaponProf.mastery";
        if given.actions.weapon_masteries.contains(&name) {
            draft.mapped(
                "Proficiencies",
                &format!("Mastery of {name}"),
                path,
                "weapon mastery",
                "A choice brings it.",
            );
        } else {
            draft
                .source
                .actions
                .weapon_masteries
                .0
                .insert(name.clone(), true);
            draft.understood(
                "Proficiencies",
                &format!("Mastery of {name}"),
                path,
                "/actions/weapon_masteries",
                "It is written out.",
            );
        }
    }
    let also = names(actor.get("traits.weaponProf.mastery.bonus"));
    if !also.is_empty() {
        draft.unused(
            "Proficiencies",
            "Other masteries",
            "traits.weaponProf.mastery.bonus",
            format!(
                "Masteries that may stand in for a weapon's own have no cell: {}.",
                also.join(", ")
            ),
        );
    }
}

/// Names a weapon by its short name.
pub(super) fn weapon_name(draft: &Draft<'_>, code: &str) -> String {
    evidence::weapon(draft, code)
        .and_then(|id| draft.content.weapons.get(&id))
        .map_or_else(|| words::title(code), |weapon| weapon.name.clone())
}

fn add_training(
    draft: &mut Draft<'_>,
    given: &CompleteSheet,
    kind: TrainingKind,
    name: &str,
    path: &str,
) {
    let plain = |name: &str| key(name.trim_end_matches(" armor").trim_end_matches(" weapons"));
    let known = given.statistics.training.iter().any(|training| {
        plain(&training.name) == plain(name)
            // Martial weapons with a property stand for the single weapons of the file.
            || kind == TrainingKind::Weapon && training.name.starts_with("Martial (") && draft.content.weapons.contains_key(&key(name))
    });
    if known {
        draft.mapped(
            "Proficiencies",
            name,
            path,
            "training",
            "The rules give it.",
        );
    } else {
        draft.train(kind, name, IMPORTED);
        draft.understood(
            "Proficiencies",
            name,
            path,
            "/proficiencies/training",
            "It is written out.",
        );
    }
}

fn custom(draft: &mut Draft<'_>, given: &CompleteSheet, kind: TrainingKind, path: &str) {
    let written = text(draft.actor.get(path)).to_owned();
    for part in written
        .split(';')
        .map(cells::name)
        .filter(|part| !part.is_empty())
        .take(50)
    {
        add_training(draft, given, kind, &part, path);
    }
}

fn languages(draft: &mut Draft<'_>, given: &CompleteSheet) {
    let actor = draft.actor;
    let mut found: Vec<String> = names(actor.get("traits.languages.value"))
        .into_iter()
        .filter(|code| code != "custom")
        .map(|code| words::language(&code).map_or_else(|| words::title(&code), str::to_owned))
        .collect();
    let custom = text(actor.get("traits.languages.custom"));
    found.extend(
        custom
            .split(';')
            .map(cells::name)
            .filter(|name| !name.is_empty())
            .take(50),
    );
    if let Value::Object(ways) = actor.get("traits.languages.communication") {
        for (way, value) in ways.iter().take(20) {
            let reach = number(at(value, "value")).unwrap_or(0.0);
            if reach > 0.0 {
                let far = feet(reach, text(at(value, "units")));
                found.push(format!("{} {far} ft", words::title(way)));
            }
        }
    }
    for language in found {
        if language.is_empty() {
            continue;
        }
        if given.statistics.languages.contains(&language) {
            draft.mapped(
                "Proficiencies",
                &language,
                "traits.languages",
                "language",
                "The rules give it.",
            );
        } else {
            draft.understood(
                "Proficiencies",
                &language,
                "traits.languages",
                "/proficiencies/languages",
                "It is written out.",
            );
            draft
                .source
                .proficiencies
                .languages
                .0
                .insert(language, true);
        }
    }
}
