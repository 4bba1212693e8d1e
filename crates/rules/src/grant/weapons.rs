//! Attacks as content gives them: with the weapons that are carried ready, with bare hands, with what features grow.

use std::sync::Arc;

use sheet::RiderEntry;
use sheet::source::{Source, WeaponAttack};
use sheet::vocabulary::Ability;

use super::amounts::{Known, label};
use super::owner::Walked;
use super::{AttackCount, Extra, Granted};
use crate::content::{Content, Effect, Price, Weapon, key};

/// A weapon that is in hand or on the belt.
struct Carried<'c> {
    id: String,
    name: String,
    weapon: &'c Weapon,
    bonus: i32,
    rank: String,
}

pub(super) fn apply(
    worked: &mut Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
    granted: &mut Granted,
) {
    let free = crate::armor_class::worn(&worked.equipment).is_empty();
    // The Monk's die counts without armor and shield only (SRD 5.2.1, Monk, Martial Arts).
    let martial_arts = walked.active.iter().find_map(|active| match active.effect {
        Effect::MartialArts { die } if free => active.owner.class.and_then(|class| class.die(die)),
        _ => None,
    });
    let both_hands = walked
        .active
        .iter()
        .any(|active| matches!(active.effect, Effect::LightAttackModifier));
    let carried = carried(worked, content);
    let light = |weapon: &Weapon| weapon.properties.iter().any(|name| name == "light");
    let second = carried
        .iter()
        .filter(|carried| light(carried.weapon))
        .count()
        > 1
        || carried
            .iter()
            .any(|carried| light(carried.weapon) && quantity(worked, &carried.id) > 1);
    let mut attacks = Vec::new();
    for carried in &carried {
        let attack = with_weapon(carried, worked, martial_arts);
        if second && light(carried.weapon) {
            let mut other = attack.clone();
            other.name = format!("{} (light attack)", other.name);
            other.rank.push('1');
            other.ability_to_damage = both_hands;
            other.versatile.clear();
            attacks.push((format!("item.{}.light", carried.id), other));
        }
        attacks.push((format!("item.{}", carried.id), attack));
    }
    for active in &walked.active {
        if let Effect::Attack {
            name,
            abilities,
            damage,
            higher,
            damage_type,
            reach_ft,
            range_ft,
            save,
            ability_to_damage,
            notes,
        } = active.effect
        {
            let best = abilities
                .iter()
                .copied()
                .max_by_key(|ability| known.modifiers[crate::desk::index(*ability)]);
            let step = [5, 11, 17]
                .iter()
                .filter(|level| known.level >= **level)
                .count();
            let grown = step
                .checked_sub(1)
                .and_then(|step| higher.get(step.min(higher.len().saturating_sub(1))));
            let die = active.owner.class.and_then(|class| class.die(damage));
            let dice = grown.map(String::as_str).or(die).unwrap_or(damage);
            let mut notes = notes.clone();
            if let Some(save) = save {
                let dc = 8_i32.saturating_add(known.proficiency).saturating_add(
                    best.map_or(0, |best| known.modifiers[crate::desk::index(best)]),
                );
                let save = format!("{} save DC {dc}", save.name());
                notes = if notes.is_empty() {
                    save
                } else {
                    format!("{save}; {notes}")
                };
            }
            let attack = WeaponAttack {
                rank: format!("zz{name}"),
                name: name.clone(),
                ability: best,
                proficient: save.is_none(),
                damage: dice.to_owned(),
                damage_type: damage_type.clone(),
                ability_to_damage: *ability_to_damage,
                reach_ft: *reach_ft,
                range_ft: *range_ft,
                notes,
                ..WeaponAttack::default()
            };
            let id = format!("{}.{}", active.owner.slot, key(name));
            granted.powers.insert(id.clone());
            attacks.push((id, attack));
        }
    }
    attacks.push(("unarmed".to_owned(), unarmed(martial_arts)));
    bond(
        &carried,
        worked,
        content,
        walked,
        known,
        (&mut attacks, &mut *granted),
    );
    extra(worked, walked, known, granted);
    for (id, attack) in attacks {
        Arc::make_mut(&mut worked.actions)
            .weapons
            .0
            .entry(id)
            .or_insert_with(|| Arc::new(attack));
    }
    if granted.attacks.is_empty() {
        granted.attacks.push(AttackCount {
            count: 1,
            label: "Attack action".to_owned(),
            only: String::new(),
        });
    }
}

/// Puts the weapon that is one's own among the attacks: one that is carried, the best of its kind, or else one that is
/// conjured when it is wanted.
fn bond(
    carried: &[Carried<'_>],
    worked: &Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
    (attacks, granted): (&mut Vec<(String, WeaponAttack)>, &mut Granted),
) {
    for active in &walked.active {
        let Effect::BondedWeapon {
            weapon,
            abilities,
            types,
        } = active.effect
        else {
            continue;
        };
        let slot = format!("{}.{weapon}", active.owner.slot);
        let made = walked.made.iter().find(|made| made.slot == slot);
        let pick = made.and_then(|made| made.picks.first());
        let Some(weapon) = pick.and_then(|pick| content.weapons.get(pick)) else {
            continue;
        };
        let own = carried
            .iter()
            .filter(|own| key(&own.weapon.name) == key(&weapon.name))
            .max_by_key(|own| own.bonus);
        let id = own.map_or_else(|| slot.clone(), |own| format!("item.{}", own.id));
        if own.is_none() {
            let conjured = Carried {
                id: String::new(),
                name: format!("{} ({})", weapon.name, active.owner.label),
                weapon,
                bonus: 0,
                rank: "z".to_owned(),
            };
            let attack = WeaponAttack {
                item: None,
                ..with_weapon(&conjured, worked, None)
            };
            attacks.push((id.clone(), attack));
        }
        if let Some((_, attack)) = attacks.iter_mut().find(|(own, _)| *own == id) {
            attack.proficient = true;
            let modifier = |ability: &Ability| known.modifiers[crate::desk::index(*ability)];
            let natural = match (attack.properties.contains("finesse"), attack.ranged) {
                (true, _) => modifier(&Ability::Strength).max(modifier(&Ability::Dexterity)),
                (false, true) => modifier(&Ability::Dexterity),
                (false, false) => modifier(&Ability::Strength),
            };
            let best = abilities.iter().max_by_key(|ability| modifier(ability));
            attack.ability = best.filter(|best| modifier(best) > natural).copied();
            attack.notes = match types.is_empty() {
                true => active.owner.label.clone(),
                false => format!("{}: or {} damage", active.owner.label, types.join(" or ")),
            };
            granted.bonded.insert(id);
        }
    }
}

/// Collects damage dice besides: those of every hit begin with the dice, which are rolled with it; the rest is offered.
fn extra(worked: &Source, walked: &Walked<'_>, known: &Known, granted: &mut Granted) {
    for active in &walked.active {
        let Effect::ExtraDamage {
            weapons,
            id,
            name,
            dice,
            twice,
            types,
            once,
            only,
            state,
            spends,
            pays,
            ..
        } = active.effect
        else {
            continue;
        };
        let owner = &*active.owner;
        let dice = super::usable::dice(dice, owner, known, granted);
        if dice.is_empty() && !twice {
            continue;
        }
        let name = name.as_ref().unwrap_or(&owner.label);
        let offered =
            *twice || *once || !only.is_empty() || spends.is_some() || *pays != Price::Nothing;
        let words = match types.is_empty() {
            true => dice.clone(),
            false => format!("{dice} {}", types.join(" or ")),
        };
        let turn = if *once { "once a turn" } else { "" };
        let mut found = Extra {
            weapons: *weapons,
            words: String::new(),
            label: label(owner),
            rider: None,
        };
        if let Some(state) = state.as_ref().filter(|own| !granted.in_state(Some(own))) {
            // Begins with a word: it is not rolled before the state is there.
            let told = ["while in", state, turn, &words, only.as_str()];
            let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
            found.words = told.join(" ");
        } else if offered {
            let cost = super::exchanges::cost(worked, granted, owner, spends.as_deref(), 1, pays);
            let Some(cost) = cost else { continue };
            let when = [turn, only].into_iter();
            let when: Vec<&str> = when.filter(|part| !part.is_empty()).collect();
            found.rider = Some(RiderEntry {
                id: match id.as_str() {
                    "" => owner.slot.clone(),
                    id => format!("{}.{id}", owner.slot),
                },
                name: name.clone(),
                source: owner.source.clone(),
                feature: owner.slot.clone(),
                dice,
                twice: *twice,
                types: types.clone(),
                when: when.join(", "),
                cost,
            });
        } else {
            found.words = words;
        }
        granted.extra.push(found);
    }
}

fn quantity(source: &Source, id: &str) -> i32 {
    source
        .equipment
        .inventory
        .get(id)
        .map_or(1, |item| item.quantity)
}

/// Lists what is carried ready and is a weapon, unless an attack with it is written by hand.
fn carried<'c>(source: &Source, content: &'c Content) -> Vec<Carried<'c>> {
    let by_hand: Vec<&str> = source
        .actions
        .weapons
        .iter()
        .filter_map(|(_, attack)| attack.item.as_deref())
        .collect();
    let equipment = &source.equipment;
    let mut found = Vec::new();
    let weapon = |base: &str, name: &str| {
        let name = if base.is_empty() { name } else { base };
        content.weapons.get(&key(name)).map(|weapon| &**weapon)
    };
    for (id, item) in equipment.inventory.ordered_if(|item| item.equipped) {
        if !by_hand.contains(&id)
            && let Some(weapon) = weapon(&item.base, &item.name)
        {
            found.push(Carried {
                id: id.to_owned(),
                name: item.name.clone(),
                weapon,
                bonus: 0,
                rank: format!("y{:05}", found.len()),
            });
        }
    }
    for (id, item) in equipment.magical_items.ordered_if(|item| item.equipped) {
        if !by_hand.contains(&id)
            && let Some(weapon) = weapon(&item.base, &item.name)
        {
            let bonus = if crate::desk::is_working(item) {
                item.bonuses.weapon
            } else {
                0
            };
            found.push(Carried {
                id: id.to_owned(),
                name: item.name.clone(),
                weapon,
                bonus,
                rank: format!("y{:05}", found.len()),
            });
        }
    }
    found
}

/// Tells whether a character is trained with a weapon.
pub(super) fn is_trained(source: &Source, weapon: &Weapon) -> bool {
    source.proficiencies.training.iter().any(|(_, training)| {
        let name = training.name.trim();
        let has = |property: &str| weapon.properties.iter().any(|own| own == property);
        match name.split_once(" (") {
            // `Martial (Finesse or Light)`: martial weapons with one of the properties.
            Some(("Martial", properties)) if weapon.martial => properties
                .trim_end_matches(')')
                .split(" or ")
                .any(|property| has(&property.trim().to_lowercase())),
            _ if name.eq_ignore_ascii_case("simple")
                || name.eq_ignore_ascii_case("simple weapons") =>
            {
                !weapon.martial
            }
            _ if name.eq_ignore_ascii_case("martial")
                || name.eq_ignore_ascii_case("martial weapons") =>
            {
                weapon.martial
            }
            _ => key(name) == key(&weapon.name),
        }
    })
}

fn with_weapon(carried: &Carried<'_>, source: &Source, martial_arts: Option<&str>) -> WeaponAttack {
    let weapon = carried.weapon;
    let has = |property: &str| weapon.properties.iter().any(|own| own == property);
    // Monk weapons: simple melee weapons, and martial melee weapons with the Light property.
    let monk = !weapon.ranged && (!weapon.martial || has("light"));
    let mut properties: Vec<String> = weapon.properties.clone();
    let mut damage = weapon.damage.clone();
    let mut versatile = weapon.versatile.clone();
    if let Some(die) = martial_arts.filter(|_| monk) {
        if !has("finesse") {
            properties.push("finesse".to_owned());
        }
        if average(die) > average(&damage) {
            die.clone_into(&mut damage);
        }
        if !versatile.is_empty() && average(die) > average(&versatile) {
            die.clone_into(&mut versatile);
        }
    }
    let masters = source
        .actions
        .weapon_masteries
        .contains(weapon.name.as_str());
    WeaponAttack {
        rank: carried.rank.clone(),
        name: carried.name.clone(),
        proficient: is_trained(source, weapon),
        ranged: weapon.ranged,
        bonus_to_attack: carried.bonus,
        bonus_to_damage: carried.bonus,
        damage,
        versatile,
        damage_type: weapon.damage_type.clone(),
        reach_ft: if weapon.ranged {
            weapon.reach_ft
        } else {
            weapon.reach_ft.or(Some(5))
        },
        range_ft: weapon.range_ft,
        long_range_ft: weapon.long_range_ft,
        properties: properties.into_iter().collect(),
        mastery: if masters {
            weapon.mastery.to_lowercase()
        } else {
            String::new()
        },
        item: Some(carried.id.clone()),
        ..WeaponAttack::default()
    }
}

fn unarmed(martial_arts: Option<&str>) -> WeaponAttack {
    let properties = if martial_arts.is_some() {
        vec!["finesse".to_owned()]
    } else {
        Vec::new()
    };
    WeaponAttack {
        rank: "zzz".to_owned(),
        name: "Unarmed Strike".to_owned(),
        ability: martial_arts.is_none().then_some(Ability::Strength),
        damage: martial_arts.unwrap_or("1").to_owned(),
        damage_type: "bludgeoning".to_owned(),
        reach_ft: Some(5),
        properties: properties.into_iter().collect(),
        ..WeaponAttack::default()
    }
}

/// Gives twice the average of plain dice such as `2d6`; 0 for what is none.
fn average(dice: &str) -> i32 {
    let (number, sides) = dice.split_once('d').unwrap_or(("0", "0"));
    let (number, sides): (i32, i32) = (number.parse().unwrap_or(0), sides.parse().unwrap_or(0));
    number.saturating_mul(sides.saturating_add(1))
}
