//! Active effects that hold: put into numbers where that can be said, told where it cannot.

use std::sync::Arc;

use rules::content::key;
use sheet::source::{AbilityIncrease, TrainingKind};
use sheet::vocabulary::{Ability, SKILLS};

use super::body::{add_defense, damage_types, set_sense};
use super::changes::{Change, Mode, changes, passive};
use super::draft::{Draft, Later, LaterTo};
use super::proficient::weapon_name;
use super::{features, gear, things, words};
use crate::cells;
use crate::json::{at, bounded, list, text, truth};

pub(super) fn read(draft: &mut Draft<'_>, known: &features::Known) {
    let actor = draft.actor;
    for thing in &actor.items {
        for (name, changes) in passive(thing) {
            let title = format!("{} ({})", name, thing.name);
            let path = format!("{}.effects", thing.path);
            let by_rules = match thing.kind.as_str() {
                kind if gear::CARRIED.contains(&kind) => things::acts(draft, &thing.name),
                "feat" => draft.built && knows(known, &thing.name),
                "class" | "subclass" | "race" | "background" => draft.built,
                _ => false,
            };
            // Mage Armor has to be cast; where that sheet lets it hold always, no feature of the rules does so.
            let always = changes
                .iter()
                .any(|change| change.key.ends_with("ac.calc") && change.value == "mage");
            if by_rules && !always {
                draft.mapped(
                    "Effects",
                    &title,
                    &path,
                    thing.name.clone(),
                    "The rules do this by themselves.",
                );
                continue;
            }
            hold(draft, &thing.id, &thing.name, &title, &path, &changes);
        }
    }
    for effect in list(at(&actor.root, "effects")).into_iter().take(1_000) {
        if truth(at(effect, "disabled")) || text(at(effect, "type")) == "enchantment" {
            continue;
        }
        let name = match text(at(effect, "name")) {
            "" => text(at(effect, "label")),
            name => name,
        };
        let name = cells::name(name);
        let own = changes(effect);
        if !own.is_empty() {
            hold(draft, "", &name, &name, "effects", &own);
        }
    }
    flags(draft);
}

fn knows(known: &features::Known, name: &str) -> bool {
    known.contains_key(&key(name))
        || super::evidence::spellings(name)
            .iter()
            .any(|id| known.contains_key(id))
}

fn hold(
    draft: &mut Draft<'_>,
    item: &str,
    source: &str,
    title: &str,
    path: &str,
    changes: &[Change],
) {
    let mut lost = Vec::new();
    let mut done = 0;
    for change in changes {
        if on_item(draft, item, change) || apply(draft, source, change) {
            done += 1;
        } else {
            lost.push(format!(
                "{} {}",
                change.key.trim_start_matches("system."),
                change.value
            ));
        }
    }
    if done > 0 {
        draft.understood(
            "Effects",
            title,
            path,
            "/adjustments",
            format!("{done} of {} changes act on numbers.", changes.len()),
        );
    }
    if !lost.is_empty() {
        let said = cells::line(&lost.join("; "), 300);
        draft.note(&format!("Effect of {source}: {said}"));
        draft.as_text(
            "Effects",
            title,
            path,
            "/notes",
            format!("What has no number here stands in the notes: {said}."),
        );
    }
}

/// What a magic item of the sheet can hold stands with it, and sleeps with it.
fn on_item(draft: &mut Draft<'_>, item: &str, change: &Change) -> bool {
    if item.is_empty() || draft.source.equipment.magical_items.get(item).is_none() {
        return false;
    }
    let Some(amount) = amount(draft, change) else {
        return false;
    };
    let Some(held) = draft
        .source
        .equipment
        .magical_items
        .0
        .get_mut(item)
        .map(Arc::make_mut)
    else {
        return false;
    };
    let bonuses = &mut held.bonuses;
    let small = amount.clamp(-20, 20);
    let path: Vec<&str> = change
        .key
        .trim_start_matches("system.")
        .split('.')
        .collect();
    match (path.as_slice(), change.mode) {
        (["attributes", "ac", "bonus"], Mode::Add) => bonuses.armor_class = small,
        (["bonuses", "abilities", "save"], Mode::Add) => bonuses.saving_throws = small,
        (["bonuses", "abilities", "check" | "skill"], Mode::Add) => bonuses.ability_checks = small,
        (["attributes", "init", "bonus"], Mode::Add) => bonuses.initiative = small,
        (["bonuses", "msak" | "rsak", "attack"], Mode::Add) => bonuses.spell_attack = small,
        (["bonuses", "spell", "dc"], Mode::Add) => bonuses.spell_save_dc = small,
        (["attributes", "movement", "walk"], Mode::Add) => bonuses.speed = amount.clamp(-100, 100),
        (
            ["attributes", "hp", "tempmax"] | ["attributes", "hp", "bonuses", "overall"],
            Mode::Add,
        ) => {
            bonuses.hp_maximum = amount.clamp(-1_000, 1_000);
        }
        (["abilities", code, "value"], mode) => {
            let Some(ability) = words::ability(code) else {
                return false;
            };
            if bonuses.ability.is_some_and(|own| own != ability) {
                return false;
            }
            bonuses.ability = Some(ability);
            match mode {
                Mode::Add => bonuses.ability_increase = small,
                Mode::AtLeast | Mode::Set => bonuses.ability_minimum = Some(amount.clamp(1, 30)),
                _ => return false,
            }
        }
        _ => return false,
    }
    true
}

fn amount(draft: &Draft<'_>, change: &Change) -> Option<i32> {
    let text = change.value.trim().trim_matches('"');
    draft
        .actor
        .formula(text)
        .map(|value| bounded(value, -10_000, 10_000))
}

/// Puts one change into numbers; tells whether that could be done.
fn apply(draft: &mut Draft<'_>, source: &str, change: &Change) -> bool {
    let key = change.key.clone();
    let path: Vec<&str> = key.trim_start_matches("system.").split('.').collect();
    let value = change.value.trim().trim_matches('"').to_owned();
    if let Some(done) = in_words(draft, source, &path, &value) {
        return done;
    }
    let Some(amount) = amount(draft, change) else {
        return false;
    };
    let adds = change.mode == Mode::Add;
    let mut later = |to: LaterTo| {
        draft.later.push(Later {
            to,
            amount,
            source: source.to_owned(),
        });
        true
    };
    match path.as_slice() {
        ["attributes", "ac", "bonus"] if adds => {
            draft.adjust("/combat/armor_class", amount, source)
        }
        ["attributes", "init", "bonus"] if adds => {
            draft.adjust("/combat/initiative", amount, source)
        }
        ["attributes", "hp", "bonuses", "overall"] | ["attributes", "hp", "tempmax"] if adds => {
            raise(draft, amount)
        }
        ["attributes", "hp", "bonuses", "level"] if adds => {
            let levels = draft.actor.level();
            raise(draft, amount.saturating_mul(levels));
        }
        ["bonuses", "abilities", "save"] if adds => {
            for ability in Ability::ALL {
                draft.adjust(
                    &format!("/statistics/saving_throws/{}", ability.key()),
                    amount,
                    source,
                );
            }
        }
        ["bonuses", "abilities", "check" | "skill"] if adds => {
            for skill in SKILLS {
                draft.adjust(&format!("/statistics/skills/{}", skill.key), amount, source);
            }
        }
        ["bonuses", "mwak", "attack"] if adds => return later(LaterTo::MeleeAttack),
        ["bonuses", "rwak", "attack"] if adds => return later(LaterTo::RangedAttack),
        ["bonuses", "mwak", "damage"] if adds => return later(LaterTo::MeleeDamage),
        ["bonuses", "rwak", "damage"] if adds => return later(LaterTo::RangedDamage),
        ["bonuses", "rsak", "attack"] if adds => return later(LaterTo::SpellAttack),
        // The same bonus stands twice, for melee and for ranged spells.
        ["bonuses", "msak", "attack"] if adds => return true,
        ["bonuses", "spell", "dc"] if adds => return later(LaterTo::SpellDc),
        ["abilities", code, "bonuses", "save"] if adds => {
            let Some(ability) = words::ability(code) else {
                return false;
            };
            draft.adjust(
                &format!("/statistics/saving_throws/{}", ability.key()),
                amount,
                source,
            );
        }
        ["abilities", code, "value"] => {
            let Some(ability) = words::ability(code) else {
                return false;
            };
            return score(draft, ability, amount, change.mode, source);
        }
        ["skills", code, "bonuses", "check"] if adds => {
            let Some(skill) = words::skill(code) else {
                return false;
            };
            draft.adjust(&format!("/statistics/skills/{skill}"), amount, source);
        }
        ["skills", code, "value"] => {
            let Some(skill) = words::skill(code) else {
                return false;
            };
            let degree = if amount >= 2 {
                sheet::vocabulary::Proficiency::Expertise
            } else {
                sheet::vocabulary::Proficiency::Proficient
            };
            draft
                .source
                .proficiencies
                .skills
                .insert(skill.to_owned(), degree);
        }
        ["attributes", "movement", way] => return speed(draft, way, amount, change.mode, source),
        ["attributes", "senses", "ranges", sense] | ["attributes", "senses", sense] => {
            let senses = &draft.source.combat.senses;
            let has = match *sense {
                "darkvision" => senses.darkvision,
                "blindsight" => senses.blindsight,
                "tremorsense" => senses.tremorsense,
                "truesight" => senses.truesight,
                _ => return false,
            };
            let feet = if adds {
                has.unwrap_or(0).saturating_add(amount)
            } else {
                has.unwrap_or(0).max(amount)
            };
            set_sense(draft, sense, feet);
        }
        _ => return false,
    }
    true
}

/// Changes whose value is a word: defenses, languages, armor class by another way.
fn in_words(draft: &mut Draft<'_>, source: &str, path: &[&str], value: &str) -> Option<bool> {
    Some(match path {
        ["attributes", "ac", "calc"] => armor_class(draft, value, source),
        ["traits", code @ ("dr" | "di" | "dv"), "value"] => {
            let kinds = damage_types(value);
            for kind in &kinds {
                add_defense(draft, code, kind);
            }
            !kinds.is_empty()
        }
        ["traits", "ci", "value"] => {
            let known = sheet::vocabulary::CONDITIONS.contains(&value);
            if known {
                add_defense(draft, "ci", value);
            }
            known
        }
        ["traits", "languages", "value"] => {
            let name = words::language(value).map_or_else(|| words::title(value), str::to_owned);
            draft.source.proficiencies.languages.0.insert(name, true);
            true
        }
        ["traits", "weaponProf", "value"] => {
            let name = match value {
                "sim" => "Simple".to_owned(),
                "mar" => "Martial".to_owned(),
                code => weapon_name(draft, code),
            };
            draft.train(TrainingKind::Weapon, &name, source);
            true
        }
        ["traits", "armorProf", "value"] => {
            let name = words::armor(value).map_or_else(|| words::title(value), str::to_owned);
            draft.train(TrainingKind::Armor, &name, source);
            true
        }
        _ => return None,
    })
}

/// Writes a way to reckon armor class by its word; tells whether it is known.
pub(super) fn armor_class(draft: &mut Draft<'_>, calc: &str, source: &str) -> bool {
    use Ability::{Charisma, Constitution, Dexterity, Wisdom};
    let (base, abilities, shield): (i32, &[Ability], bool) = match calc {
        "unarmoredMonk" => (10, &[Dexterity, Wisdom], false),
        "unarmoredBarb" => (10, &[Dexterity, Constitution], true),
        "unarmoredBard" => (10, &[Dexterity, Charisma], true),
        "draconic" | "mage" => (13, &[Dexterity], true),
        "default" => return true,
        _ => return false,
    };
    draft.armor_formula(source, base, abilities, shield);
    true
}

fn raise(draft: &mut Draft<'_>, amount: i32) {
    let cell = &mut draft.source.combat.hp_maximum_bonus;
    *cell = cell.saturating_add(amount).clamp(-10_000, 10_000);
}

fn score(draft: &mut Draft<'_>, ability: Ability, amount: i32, mode: Mode, source: &str) -> bool {
    let now = draft.derive().sheet.statistics.ability_scores.of(ability);
    let more = match mode {
        Mode::Add => amount,
        Mode::AtLeast => (amount - now).max(0),
        Mode::Set => amount - now,
        _ => return false,
    };
    let mut more = more.clamp(-30, 30);
    while more != 0 {
        let step = more.clamp(-10, 10);
        let (place, rank) = draft.next();
        let increase = AbilityIncrease {
            rank,
            ability: Some(ability),
            amount: step,
            source: cells::name(source),
        };
        draft
            .source
            .abilities
            .increases
            .0
            .insert(format!("effect-{place}"), Arc::new(increase));
        more -= step;
    }
    true
}

fn speed(draft: &mut Draft<'_>, way: &str, amount: i32, mode: Mode, source: &str) -> bool {
    if way == "walk" && mode == Mode::Add {
        draft.adjust("/combat/speed", amount, source);
        return true;
    }
    if !["walk", "fly", "swim", "climb", "burrow"].contains(&way) {
        return false;
    }
    let now = draft.derive().sheet.combat;
    let has = match way {
        "walk" => Some(now.speed),
        "fly" => now.speeds.fly,
        "swim" => now.speeds.swim,
        "climb" => now.speeds.climb,
        _ => now.speeds.burrow,
    };
    let feet = match mode {
        Mode::Add => has.unwrap_or(0).saturating_add(amount),
        Mode::AtLeast => has.unwrap_or(0).max(amount),
        Mode::AtMost => has.unwrap_or(0).min(amount),
        Mode::Set => amount,
        Mode::Other => return false,
    }
    .clamp(0, 1_000);
    let speeds = &mut draft.source.combat.speeds;
    match way {
        "walk" => speeds.walk = feet,
        "fly" => speeds.fly = Some(feet),
        "swim" => speeds.swim = Some(feet),
        "climb" => speeds.climb = Some(feet),
        _ => speeds.burrow = Some(feet),
    }
    true
}

/// Switches on the actor itself.
fn flags(draft: &mut Draft<'_>) {
    const KNOWN: [(&str, &str); 12] = [
        ("jackOfAllTrades", "Jack of All Trades"),
        ("initiativeAlert", "Alert"),
        ("diamondSoul", "Diamond Soul"),
        ("remarkableAthlete", "Remarkable Athlete"),
        ("reliableTalent", "Reliable Talent"),
        ("observantFeat", "Observant"),
        ("powerfulBuild", "Powerful Build"),
        ("halflingLucky", "Luck"),
        ("elvenAccuracy", "Elven Accuracy"),
        ("toolExpertise", "Tool Expertise"),
        ("tavernBrawlerFeat", "Tavern Brawler"),
        ("enhancedDualWielding", "Dual Wielder"),
    ];
    let actor = draft.actor;
    let from = at(&actor.root, "flags.dnd5e").clone();
    for (flag, name) in KNOWN {
        if !truth(at(&from, flag)) {
            continue;
        }
        let path = format!("flags.dnd5e.{flag}");
        if actor
            .items
            .iter()
            .any(|thing| key(&thing.name) == key(name))
        {
            draft.mapped(
                "Flags",
                name,
                &path,
                name,
                "The feature of that name does it.",
            );
        } else {
            draft.a_trait(
                "",
                name,
                "Imported",
                "A switch on the imported sheet.".to_owned(),
            );
            draft.as_text(
                "Flags",
                name,
                &path,
                "/actions/traits",
                "No feature of that name is in the file; the switch is kept as a trait.",
            );
        }
    }
}
