//! The numbers of a derived sheet, as the files of reference characters write them.

use std::collections::BTreeMap;

use sheet::source::Recovery;
use sheet::vocabulary::{Ability, Proficiency, SKILLS};
use sheet::{CompleteSheet, WeaponEntry, YieldKind};

/// Lists the numbers of a sheet by their names.
pub(crate) fn lines(sheet: &CompleteSheet) -> BTreeMap<String, String> {
    let mut lines = BTreeMap::new();
    let mut put = |key: String, value: String| {
        // Two of the same name, such as daggers from two sources, are one line as long as they agree.
        let before = lines.insert(key.clone(), value.clone());
        assert!(
            before.is_none_or(|before| before == value),
            "{key} is told twice, and differently"
        );
    };
    statistics(sheet, &mut put);
    combat(sheet, &mut put);
    actions(sheet, &mut put);
    casting(sheet, &mut put);
    lines
}

fn statistics(sheet: &CompleteSheet, put: &mut impl FnMut(String, String)) {
    let statistics = &sheet.statistics;
    for ability in Ability::ALL {
        let score = statistics.ability_scores.of(ability);
        put(ability.key().to_owned(), score.to_string());
        let save = statistics.saving_throws.of(ability);
        put(format!("save {}", ability.key()), save.to_string());
    }
    put(
        "proficiency".to_owned(),
        statistics.proficiency_bonus.to_string(),
    );
    put(
        "passive perception".to_owned(),
        statistics.passive_perception.to_string(),
    );
    for skill in SKILLS {
        let bonus = statistics.skills[skill.key];
        let plain = statistics.ability_modifiers.of(skill.ability);
        // An untrained skill is its ability's modifier and needs no line.
        if statistics.skill_proficiencies[skill.key] != Proficiency::None || bonus != plain {
            put(format!("skill {}", skill.key), bonus.to_string());
        }
    }
}

fn combat(sheet: &CompleteSheet, put: &mut impl FnMut(String, String)) {
    let combat = &sheet.combat;
    put("armor class".to_owned(), combat.armor_class.to_string());
    put("hit points".to_owned(), combat.hp_maximum.to_string());
    let dice: Vec<String> = combat
        .hit_dice_total
        .iter()
        .map(|(die, number)| format!("{number}{die}"))
        .collect();
    put("hit dice".to_owned(), dice.join(" "));
    put("initiative".to_owned(), combat.initiative.to_string());
    let (speeds, senses) = (&combat.speeds, &combat.senses);
    put("speed".to_owned(), combat.speed.to_string());
    for (name, feet) in [
        ("fly", speeds.fly),
        ("swim", speeds.swim),
        ("climb", speeds.climb),
        ("burrow", speeds.burrow),
        ("darkvision", senses.darkvision),
        ("blindsight", senses.blindsight),
        ("tremorsense", senses.tremorsense),
        ("truesight", senses.truesight),
    ] {
        if let Some(feet) = feet {
            put(name.to_owned(), feet.to_string());
        }
    }
    for (name, set) in [
        ("resistances", &combat.resistances),
        ("immunities", &combat.immunities),
        ("vulnerabilities", &combat.vulnerabilities),
        ("condition immunities", &combat.condition_immunities),
    ] {
        if !set.is_empty() {
            let mut set = set.clone();
            set.sort();
            put(name.to_owned(), set.join(" "));
        }
    }
}

fn actions(sheet: &CompleteSheet, put: &mut impl FnMut(String, String)) {
    let actions = &sheet.actions;
    put(
        "attacks per action".to_owned(),
        actions.attacks_per_action.to_string(),
    );
    put(
        "critical from".to_owned(),
        actions.critical_from.to_string(),
    );
    if !actions.weapon_masteries.is_empty() {
        let mut masteries: Vec<String> = actions
            .weapon_masteries
            .iter()
            .map(|name| rules::content::key(name))
            .collect();
        masteries.sort();
        put("weapon masteries".to_owned(), masteries.join(" "));
    }
    for weapon in &actions.weapons {
        if let Some(dc) = save_dc(weapon) {
            put(format!("dc {}", weapon.name), dc.to_owned());
            continue;
        }
        put(
            format!("hit {}", weapon.name),
            weapon.attack_bonus.to_string(),
        );
        let mut damage = weapon.damage.clone();
        if !weapon.versatile_damage.is_empty() {
            damage.push_str(" or ");
            damage.push_str(&weapon.versatile_damage);
        }
        put(format!("damage {}", weapon.name), damage);
    }
    for own in &actions.uses {
        let saves = own.yields.iter().filter(|own| own.of == YieldKind::Save);
        for save in saves {
            put(format!("dc {}", own.name), save.amount.to_string());
        }
    }
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for feature in &actions.features {
        // A table of the class is shown beside the name: `Sneak Attack (3d6)`.
        let shown = feature
            .name
            .strip_suffix(')')
            .and_then(|name| name.rsplit_once(" ("));
        let shown =
            shown.filter(|(_, shown)| shown.starts_with(|letter: char| letter.is_ascii_digit()));
        let name = shown.map_or(feature.name.as_str(), |(name, _)| name);
        if let Some((name, shown)) = shown {
            put(format!("shows {name}"), shown.to_owned());
        }
        let Some(own) = &feature.uses else { continue };
        let rest = match own.recovery {
            Recovery::LongRest => "a long rest",
            Recovery::ShortRest => "a short rest",
            _ => "otherwise",
        };
        let mut told = format!("{} {rest}", own.max);
        if own.short_rest >= own.max {
            told = format!("{} a short rest", own.max);
        } else if own.short_rest > 0 {
            told.push_str(&format!(", {} back a short rest", own.short_rest));
        }
        uses.entry(name.to_owned()).or_default().push(told);
    }
    for (name, mut told) in uses {
        told.sort();
        put(format!("uses {name}"), told.join("; "));
    }
}

/// Reads the DC out of the notes of an attack that asks for a save.
fn save_dc(weapon: &WeaponEntry) -> Option<&str> {
    let (_, dc) = weapon.notes.split_once(" save DC ")?;
    dc.split([';', ' ']).next()
}

fn casting(sheet: &CompleteSheet, put: &mut impl FnMut(String, String)) {
    let casting = &sheet.spellcasting;
    if !casting.spell_slots.is_empty() {
        let slots: Vec<String> = casting
            .spell_slots
            .values()
            .map(|slot| slot.max.to_string())
            .collect();
        put("slots".to_owned(), slots.join(" "));
    }
    if let Some(pact) = &casting.pact_slots {
        put(
            "pact slots".to_owned(),
            format!("{} of level {}", pact.max, pact.level),
        );
    }
    for caster in &casting.casters {
        let class = &caster.class;
        if let Some(dc) = caster.spell_save_dc {
            put(format!("spell dc {class}"), dc.to_string());
        }
        if let Some(attack) = caster.spell_attack_bonus {
            put(format!("spell attack {class}"), attack.to_string());
        }
        if let Some(cantrips) = caster.cantrip_limit.filter(|count| *count > 0) {
            put(format!("cantrips {class}"), cantrips.to_string());
        }
        if let Some(prepared) = caster.prepared_limit {
            put(format!("prepared {class}"), prepared.to_string());
        }
    }
}
