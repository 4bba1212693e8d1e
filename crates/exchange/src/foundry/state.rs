//! Play state: conditions, exhaustion, concentration, death saves, temporary hit points, and how armor class is reckoned.

use std::sync::Arc;

use sheet::source::ConditionRecord;
use sheet::vocabulary::{Ability, CONDITIONS};

use super::draft::{Draft, Later, LaterTo};
use super::proficient::bonus;
use super::{effects, words};
use crate::cells;
use crate::json::{at, bounded, is_empty, list, names, number, text, truth, whole};

pub(super) fn read(draft: &mut Draft<'_>) {
    conditions(draft);
    let actor = draft.actor;
    for (name, cell) in [
        ("success", "Death saves made"),
        ("failure", "Death saves failed"),
    ] {
        let path = format!("attributes.death.{name}");
        let count = whole(actor.get(&path), 0, 3).unwrap_or(0);
        let saves = &mut draft.source.combat.death_saves;
        if name == "success" {
            saves.successes = count
        } else {
            saves.failures = count
        }
        if count > 0 {
            draft.understood(
                "State",
                cell,
                &path,
                "/combat/death_saves",
                count.to_string(),
            );
        }
    }
    draft.source.combat.temporary_hp =
        whole(actor.get("attributes.hp.temp"), 0, 10_000).unwrap_or(0);
    if draft.source.combat.temporary_hp > 0 {
        let temporary = draft.source.combat.temporary_hp;
        draft.understood(
            "State",
            "Temporary hit points",
            "attributes.hp.temp",
            "/combat/temporary_hp",
            temporary.to_string(),
        );
    }
    maximum(draft);
    armor_class(draft);
    let initiative = actor.get("attributes.init");
    let written = if is_empty(at(initiative, "bonus")) {
        at(initiative, "value")
    } else {
        at(initiative, "bonus")
    };
    bonus(
        draft,
        "Initiative",
        written,
        "/combat/initiative",
        "attributes.init.bonus",
    );
    if let Some(ability) = words::ability(text(at(initiative, "ability")))
        .filter(|ability| *ability != Ability::Dexterity)
    {
        let modifier = |code| rules::modifier(actor.score(code).unwrap_or(10));
        let more = modifier(words::code(ability)) - modifier("dex");
        draft.adjust(
            "/combat/initiative",
            more,
            &format!("{} in place of Dexterity", ability.name()),
        );
        draft.understood(
            "Bonuses",
            "Initiative",
            "attributes.init.ability",
            "/combat/initiative",
            format!("It goes by {}.", ability.name()),
        );
    }
    all_bonuses(draft);
    let attuned = whole(actor.get("attributes.attunement.max"), 0, 100).unwrap_or(3);
    if attuned != 3 {
        let cell = "/equipment/attunement_limit";
        draft.set_by_hand(cell, attuned, "As the imported file has it");
        draft.understood(
            "State",
            "Attunement",
            "attributes.attunement.max",
            cell,
            format!("{attuned} items may be attuned, set by hand."),
        );
    }
    if !is_empty(actor.get("bastion.name")) || actor.of_kind("facility").next().is_some() {
        draft.unused(
            "State",
            "Bastion",
            "bastion",
            "Bastions have no place on the sheet.",
        );
    }
    if !is_empty(actor.get("favorites")) {
        draft.unused(
            "State",
            "Favorites",
            "favorites",
            "What is pinned in that program's window is not used.",
        );
    }
}

fn conditions(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let mut exhaustion = whole(actor.get("attributes.exhaustion"), 0, 6).unwrap_or(0);
    let mut seen: Vec<String> = Vec::new();
    for effect in list(at(&actor.root, "effects")).into_iter().take(1_000) {
        let level = whole(at(effect, "flags.dnd5e.exhaustionLevel"), 0, 6);
        exhaustion = exhaustion.max(
            level
                .filter(|_| !truth(at(effect, "disabled")))
                .unwrap_or(0),
        );
        if truth(at(effect, "disabled")) {
            continue;
        }
        let name = match text(at(effect, "name")) {
            "" => text(at(effect, "label")),
            name => name,
        };
        let mut statuses = names(at(effect, "statuses"));
        let old = text(at(effect, "flags.core.statusId"));
        if !old.is_empty() {
            statuses.push(old.to_owned());
        }
        for status in statuses {
            if seen.contains(&status) {
                continue;
            }
            seen.push(status.clone());
            if status == "concentrating" {
                let on = name.split_once(": ").map_or(name, |(_, on)| on);
                draft.source.combat.concentration = cells::name(on);
                draft.understood(
                    "State",
                    "Concentration",
                    "effects",
                    "/combat/concentration",
                    cells::name(on),
                );
            } else if status == "exhaustion" {
                exhaustion = exhaustion.max(1);
            } else if CONDITIONS.contains(&status.as_str()) {
                let (place, rank) = draft.next();
                let condition = ConditionRecord {
                    rank,
                    name: words::title(&status),
                    source: cells::name(name),
                    ..ConditionRecord::default()
                };
                draft
                    .source
                    .conditions
                    .0
                    .insert(format!("condition-{place}"), Arc::new(condition));
                draft.understood(
                    "State",
                    &status,
                    "effects",
                    "/conditions",
                    "The condition holds.",
                );
            } else {
                draft.unused(
                    "State",
                    &status,
                    "effects",
                    "It is no condition of the game's rules.",
                );
            }
        }
    }
    draft.source.combat.exhaustion = exhaustion;
    if exhaustion > 0 {
        draft.understood(
            "State",
            "Exhaustion",
            "attributes.exhaustion",
            "/combat/exhaustion",
            exhaustion.to_string(),
        );
    }
}

/// What is added to the hit point maximum by hand.
fn maximum(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let level = actor.level();
    let mut more = whole(actor.get("attributes.hp.tempmax"), -10_000, 10_000).unwrap_or(0);
    for (name, times) in [("level", level), ("overall", 1)] {
        let path = format!("attributes.hp.bonuses.{name}");
        let value = actor.get(&path);
        if is_empty(value) {
            continue;
        }
        match actor.amount(value) {
            Some(amount) => {
                more = more.saturating_add(bounded(amount, -1_000, 1_000).saturating_mul(times))
            }
            None => {
                let said = cells::line(&crate::json::written(value), 80);
                draft.note(&format!("Hit points: {said}"));
                draft.as_text(
                    "Hit points",
                    "Bonus",
                    &path,
                    "/notes",
                    "It is no number; it stands in the notes.",
                );
            }
        }
    }
    if more != 0 {
        let cell = &mut draft.source.combat.hp_maximum_bonus;
        *cell = cell.saturating_add(more).clamp(-10_000, 10_000);
        draft.understood(
            "Hit points",
            "Maximum",
            "attributes.hp",
            "/combat/hp_maximum_bonus",
            format!("{more:+}."),
        );
    }
}

fn armor_class(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let from = actor.get("attributes.ac");
    let flat = whole(at(from, "flat"), 0, 100).or_else(|| whole(at(from, "value"), 0, 100));
    let calc = match text(at(from, "calc")) {
        "" if at(from, "flat").is_null()
            && number(at(from, "value")).is_some()
            && actor.kind == "npc" =>
        {
            "flat"
        }
        calc => calc,
    };
    let path = "attributes.ac";
    match calc {
        "" | "default" => draft.understood(
            "Armor class",
            "Armor class",
            path,
            "/combat/armor_class",
            "It follows from what is worn.",
        ),
        "natural" => {
            let base = flat.unwrap_or(10);
            draft.armor_formula("Natural armor", base, &[], true);
            // Without armor the rules take the better way; that program takes the one it is told.
            if 10 + rules::modifier(actor.score("dex").unwrap_or(10)) > base {
                draft.set_by_hand(
                    "/combat/armor_class",
                    base,
                    "Natural armor in the imported file",
                );
            }
            draft.understood(
                "Armor class",
                "Natural armor",
                path,
                "/combat/armor_formulas",
                format!("{base}."),
            );
        }
        "flat" => match flat {
            Some(value) => {
                draft.set_by_hand(
                    "/combat/armor_class",
                    value,
                    "A fixed number in the imported file",
                );
                draft.understood(
                    "Armor class",
                    "Armor class",
                    path,
                    "/overrides",
                    format!("{value}, set by hand."),
                );
            }
            None => draft.unused(
                "Armor class",
                "Armor class",
                path,
                "It says it is fixed and gives no number.",
            ),
        },
        "custom" => custom(draft, text(at(from, "formula")), path),
        calc => {
            let named = words::title(calc);
            let has = draft.built
                && draft
                    .derive()
                    .stats
                    .get("/combat/armor_class")
                    .is_some_and(|stat| !stat.alternatives.is_empty());
            if has && calc.starts_with("unarmored") {
                draft.mapped(
                    "Armor class",
                    &named,
                    path,
                    "armor class",
                    "The rules give this way by the class.",
                );
            } else if effects::armor_class(draft, calc, &named) {
                draft.understood(
                    "Armor class",
                    &named,
                    path,
                    "/combat/armor_formulas",
                    "It is a way to reckon armor class.",
                );
            } else {
                match flat {
                    Some(value) => {
                        draft.set_by_hand(
                            "/combat/armor_class",
                            value,
                            "As the imported file has it",
                        );
                        draft.understood(
                            "Armor class",
                            &named,
                            path,
                            "/overrides",
                            format!("The way is not known; {value} is set by hand."),
                        );
                    }
                    None => draft.unused(
                        "Armor class",
                        &named,
                        path,
                        "The way it is reckoned is not known here.",
                    ),
                }
            }
        }
    }
}

/// A formula of a number and ability modifiers becomes a way to reckon armor class; any other a number set by hand.
fn custom(draft: &mut Draft<'_>, formula: &str, path: &str) {
    let short: String = formula.chars().take(200).collect();
    let mut base = 0_i32;
    let mut abilities = Vec::new();
    let plain = short.split('+').map(str::trim).all(|term| {
        let code = term
            .strip_prefix("@abilities.")
            .and_then(|rest| rest.strip_suffix(".mod"));
        match (code.and_then(words::ability), term.parse::<i32>()) {
            (Some(ability), _) if !abilities.contains(&ability) => {
                abilities.push(ability);
                true
            }
            (None, Ok(number)) => {
                base = base.saturating_add(number);
                true
            }
            _ => false,
        }
    });
    if plain && (0..=40).contains(&base) {
        draft.armor_formula("Imported formula", base, &abilities, true);
        draft.understood(
            "Armor class",
            "Formula",
            path,
            "/combat/armor_formulas",
            short,
        );
    } else if let Some(value) = draft.actor.formula(&short) {
        let value = bounded(value, 0, 100);
        draft.set_by_hand("/combat/armor_class", value, &short);
        draft.understood(
            "Armor class",
            "Formula",
            path,
            "/overrides",
            format!("`{short}` is {value} now, set by hand."),
        );
    } else {
        draft.note(&format!("Armor class: {short}"));
        draft.as_text(
            "Armor class",
            "Formula",
            path,
            "/notes",
            "It has no value here; it stands in the notes.",
        );
    }
}

/// Bonuses to whole kinds of rolls that stand on the actor itself.
fn all_bonuses(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    for (name, to) in [
        ("mwak.attack", LaterTo::MeleeAttack),
        ("rwak.attack", LaterTo::RangedAttack),
        ("mwak.damage", LaterTo::MeleeDamage),
        ("rwak.damage", LaterTo::RangedDamage),
        ("rsak.attack", LaterTo::SpellAttack),
        ("spell.dc", LaterTo::SpellDc),
    ] {
        let path = format!("bonuses.{name}");
        let value = actor.get(&path);
        if is_empty(value) {
            continue;
        }
        match actor.amount(value) {
            Some(0.0) => {}
            Some(amount) => {
                let amount = bounded(amount, -1_000, 1_000);
                draft.later.push(Later {
                    to,
                    amount,
                    source: "Bonus of the imported sheet".to_owned(),
                });
                draft.understood(
                    "Bonuses",
                    name,
                    &path,
                    "/adjustments",
                    format!("{amount:+}."),
                );
            }
            None => {
                let said = cells::line(&crate::json::written(value), 80);
                draft.note(&format!("Bonus {name}: {said}"));
                draft.as_text(
                    "Bonuses",
                    name,
                    &path,
                    "/notes",
                    format!("`{said}` is no number; it stands in the notes."),
                );
            }
        }
    }
    let saves = actor.get("bonuses.abilities.save").clone();
    for ability in Ability::ALL {
        bonus(
            draft,
            "All saves",
            &saves,
            &format!("/statistics/saving_throws/{}", ability.key()),
            "bonuses.abilities.save",
        );
    }
    for name in ["check", "skill"] {
        let path = format!("bonuses.abilities.{name}");
        let value = actor.get(&path).clone();
        for skill in sheet::vocabulary::SKILLS {
            bonus(
                draft,
                "All checks",
                &value,
                &format!("/statistics/skills/{}", skill.key),
                &path,
            );
        }
    }
}
