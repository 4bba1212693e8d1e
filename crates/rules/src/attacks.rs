//! Attacks with weapons.

use sheet::WeaponEntry;
use sheet::source::WeaponAttack;
use sheet::vocabulary::Ability;

use crate::content::{Target, Weapons};
use crate::desk::{Desk, Sum, signed};
use crate::grant::Extra;

pub(crate) fn derive(desk: &mut Desk<'_>) -> Vec<WeaponEntry> {
    let weapons = desk.source.actions.weapons.ordered();
    weapons
        .into_iter()
        .map(|(id, weapon)| attack(desk, id, weapon))
        .collect()
}

/// Works out how many attacks the Attack action makes: of several grants the largest counts.
pub(crate) fn number(desk: &mut Desk<'_>) -> i32 {
    // Of equals the one that asks for no certain weapon.
    let counts = desk.granted.attacks.iter();
    let most = counts.max_by_key(|attacks| (attacks.count, attacks.only.is_empty()));
    let mut sum = Sum::default();
    match most {
        Some(attacks) => sum.add(attacks.label.clone(), attacks.count, &attacks.only, None),
        None => sum.add("Attack action", 1, "", None),
    }
    desk.close("/actions/attacks_per_action".to_owned(), sum)
}

/// Chooses the ability an attack goes by: as written, else by the kind of weapon.
fn ability(desk: &Desk<'_>, weapon: &WeaponAttack) -> (Ability, &'static str) {
    let (strength, dexterity) = (Ability::Strength, Ability::Dexterity);
    match weapon.ability {
        Some(ability) => (ability, ""),
        None if weapon.properties.contains("finesse") => {
            if desk.modifier(dexterity) > desk.modifier(strength) {
                (dexterity, "the better with a finesse weapon")
            } else {
                (strength, "the better with a finesse weapon")
            }
        }
        None if weapon.ranged => (dexterity, ""),
        None => (strength, ""),
    }
}

fn attack(desk: &mut Desk<'_>, id: &str, weapon: &WeaponAttack) -> WeaponEntry {
    let (ability, why) = ability(desk, weapon);
    let modifier = desk.modifier(ability);
    let from_ability = Some(format!("/statistics/ability_modifiers/{}", ability.key()));
    let from = |cell: &str| Some(format!("/actions/weapons/{id}/{cell}"));

    let mut sum = Sum::default();
    sum.add(ability.name(), modifier, why, from_ability.clone());
    if weapon.proficient {
        desk.proficiency_term(&mut sum, desk.proficiency_bonus, "Proficiency", "");
    }
    sum.add_some("Bonus", weapon.bonus_to_attack, "", from("bonus_to_attack"));
    let granted = desk.granted;
    let unarmed = weapon.name.trim().eq_ignore_ascii_case("unarmed strike");
    let acts = |weapons: Weapons| match weapons {
        Weapons::All => true,
        Weapons::Melee => !weapon.ranged,
        Weapons::Ranged => weapon.ranged,
        Weapons::Strength => ability == Ability::Strength,
        Weapons::Held => !unarmed && !granted.powers.contains(id),
        Weapons::Bonded => granted.bonded.contains(id),
        Weapons::Precise => !unarmed && (weapon.ranged || weapon.properties.contains("finesse")),
    };
    desk.given_terms(
        &mut sum,
        |target| matches!(target, Target::Attack(weapons) if acts(weapons)),
    );
    desk.exhaustion_term(&mut sum);
    let attack_bonus = desk.close(format!("/actions/weapons/{id}/attack_bonus"), sum);

    let mut sum = Sum::default();
    if weapon.ability_to_damage {
        sum.add(ability.name(), modifier, "", from_ability);
    } else if modifier < 0 {
        // The second attack with a light weapon leaves out a bonus, never a penalty.
        sum.add(
            ability.name(),
            modifier,
            "a penalty always counts",
            from_ability,
        );
    }
    sum.add_some("Bonus", weapon.bonus_to_damage, "", from("bonus_to_damage"));
    desk.given_terms(
        &mut sum,
        |target| matches!(target, Target::Damage(weapons) if acts(weapons)),
    );
    // What a feature does besides is no weapon's hit.
    let extra: Vec<&Extra> = (granted.extra.iter())
        .filter(|extra| acts(extra.weapons) && !granted.powers.contains(id))
        .collect();
    sum.notes
        .extend(extra.iter().map(|extra| match &extra.rider {
            Some(rider) => {
                let types = rider.types.join(" or ");
                let told = [rider.dice.as_str(), &types, &rider.when];
                let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
                format!("{}: {}", told.join(" "), extra.label)
            }
            None => format!("{}: {}", extra.words, extra.label),
        }));
    let damage_bonus = desk.close(format!("/actions/weapons/{id}/damage_bonus"), sum);
    let own = weapon.extra_damage.trim();
    let besides = (!own.is_empty()).then_some(own).into_iter();
    let besides: Vec<&str> = besides
        .chain(extra.iter().map(|extra| extra.words.as_str()))
        .filter(|words| !words.is_empty())
        .collect();
    let riders = extra.iter().filter_map(|extra| extra.rider.clone());
    let riders = riders.collect();

    WeaponEntry {
        id: id.to_owned(),
        name: weapon.name.clone(),
        ability,
        attack_bonus,
        damage_bonus,
        damage: rolled(&weapon.damage, damage_bonus),
        versatile_damage: rolled(&weapon.versatile, damage_bonus),
        damage_type: weapon.damage_type.clone(),
        extra_damage: besides.join(", "),
        riders,
        range: range(weapon),
        properties: weapon.properties.iter().cloned().collect(),
        mastery: weapon.mastery.clone(),
        proficient: weapon.proficient,
        ranged: weapon.ranged,
        item: weapon.item.clone(),
        notes: weapon.notes.clone(),
    }
}

/// Writes damage as it is rolled: dice and bonus, `1d8+5`; a plain number is added up.
pub(crate) fn rolled(dice: &str, bonus: i32) -> String {
    let dice = dice.trim();
    match dice.parse::<i32>() {
        _ if dice.is_empty() => String::new(),
        Ok(number) => number.saturating_add(bonus).max(0).to_string(),
        Err(_) if bonus == 0 => dice.to_owned(),
        Err(_) => format!("{dice}{}", signed(bonus)),
    }
}

/// Writes reach and range: `5 ft`, `150/600 ft`, `5 ft, 20/60 ft`.
fn range(weapon: &WeaponAttack) -> String {
    let reach = weapon.reach_ft.map(|reach| format!("{reach} ft"));
    let range = match (weapon.range_ft, weapon.long_range_ft) {
        (Some(near), Some(far)) => Some(format!("{near}/{far} ft")),
        (Some(feet), None) | (None, Some(feet)) => Some(format!("{feet} ft")),
        (None, None) => None,
    };
    reach
        .into_iter()
        .chain(range)
        .collect::<Vec<_>>()
        .join(", ")
}
