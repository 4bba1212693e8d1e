//! The published numbers of every creature of SRD 5.2.1 agree with the formulas, or the creature is listed with the reason;
//! and a document made of a creature derives to what is published.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use rules::build::creature;
use rules::content::Creature;
use rules::{Content, derive, modifier};
use sheet::vocabulary::{Ability, SKILLS};
use sheet::{Severity, Source};

/// Creatures whose published number is not what the formula gives: name, number, reason.
const EXCEPTIONS: [(&str, &str, &str); 8] = [
    (
        "Adult Bronze Dragon",
        "save dc Thunderclap",
        "printed as 17; 8, proficiency 5 and Charisma +5 make 18",
    ),
    (
        "Ancient White Dragon",
        "save dc Freezing Burst",
        "printed as 20; 8, proficiency 6 and Constitution +8 make 22",
    ),
    (
        "Archmage",
        "initiative",
        "adds its Intelligence modifier (+5) to Dexterity (+2), and no proficiency",
    ),
    (
        "Archmage",
        "xp",
        "printed as 8,000; the row of challenge rating 12 says 8,400",
    ),
    (
        "Giant Frog",
        "skill stealth",
        "printed as +4: Dexterity +1 and 3, where proficiency would be 2 and expertise 4",
    ),
    (
        "Shambling Mound",
        "skill stealth",
        "printed as +3: Dexterity -1 and 4, where proficiency would be 3 and expertise 6",
    ),
    (
        "Sphinx of Valor",
        "save dc Weight of Years",
        "printed as 16; 8 and proficiency 6 leave +2, which is none of its modifiers",
    ),
    (
        "Swarm of Ravens",
        "save dc Cacophony",
        "printed as 10; 8 and proficiency 2 leave +0, which is none of its modifiers",
    ),
];

fn creatures() -> impl Iterator<Item = &'static Creature> {
    Content::srd()
        .creatures
        .values()
        .map(|creature| &**creature)
}

/// The proficiency bonus of a challenge rating: 2 up to 4, one more with every four beyond.
fn proficiency(rating: &str) -> i32 {
    match rating.parse::<i32>() {
        Ok(rating) if rating > 0 => 2 + (rating - 1) / 4,
        _ => 2,
    }
}

/// The experience points of a challenge rating; of 0 there are two, for the harmless 0.
fn experience(rating: &str) -> &'static [i32] {
    const WHOLE: [i32; 30] = [
        200, 450, 700, 1_100, 1_800, 2_300, 2_900, 3_900, 5_000, 5_900, 7_200, 8_400, 10_000,
        11_500, 13_000, 15_000, 18_000, 20_000, 22_000, 25_000, 33_000, 41_000, 50_000, 62_000,
        75_000, 90_000, 105_000, 120_000, 135_000, 155_000,
    ];
    match rating {
        "0" => &[0, 10],
        "1/8" => &[25],
        "1/4" => &[50],
        "1/2" => &[100],
        whole => {
            let place: usize = whole.parse().unwrap();
            &WHOLE[place - 1..place]
        }
    }
}

/// The average of hit dice, rounded down: `20d10+40` is 20 times 5.5 and 40.
fn average(dice: &str) -> i32 {
    let (number, rest) = dice.split_once('d').unwrap();
    let sign = rest.find(['+', '-']).unwrap_or(rest.len());
    let (sides, more) = rest.split_at(sign);
    let (number, sides): (i32, i32) = (number.parse().unwrap(), sides.parse().unwrap());
    let more: i32 = if more.is_empty() {
        0
    } else {
        more.parse().unwrap()
    };
    number * (sides + 1) / 2 + more
}

/// Lists every number of a creature that the formulas do not give, with what is published.
fn deviations(creature: &Creature) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut hold = |what: String, published: i32, lawful: &[i32]| {
        if !lawful.contains(&published) {
            found.push((what, format!("{published}, not one of {lawful:?}")));
        }
    };
    let modifiers = creature.scores.map(modifier);
    let of = |ability: Ability| modifiers[ability as usize];
    let bonus = creature.proficiency_bonus;
    let rating = creature.challenge_rating.as_str();
    hold(
        "proficiency bonus".to_owned(),
        bonus,
        &[proficiency(rating)],
    );
    hold("xp".to_owned(), creature.xp, experience(rating));
    hold(
        "hit points".to_owned(),
        creature.hit_points,
        &[average(&creature.hit_dice)],
    );
    for ability in Ability::ALL {
        let plain = of(ability);
        hold(
            format!("save {}", ability.key()),
            creature.saves[ability as usize],
            &[plain, plain + bonus],
        );
    }
    for (name, published) in &creature.skills {
        let skill = SKILLS.iter().find(|skill| skill.key == name).unwrap();
        let plain = of(skill.ability);
        hold(
            format!("skill {name}"),
            *published,
            &[plain + bonus, plain + 2 * bonus],
        );
    }
    let perception = creature.skills.get("perception").copied();
    let perception = perception.unwrap_or(of(Ability::Wisdom));
    hold(
        "passive perception".to_owned(),
        creature.passive_perception,
        &[10 + perception],
    );
    let dexterity = of(Ability::Dexterity);
    hold(
        "initiative".to_owned(),
        creature.initiative,
        &[dexterity, dexterity + bonus, dexterity + 2 * bonus],
    );
    for action in &creature.actions {
        if let Some(attack) = action.attack_bonus {
            let lawful = modifiers.map(|modifier| modifier + bonus);
            hold(format!("attack {}", action.name), attack, &lawful);
        }
        if let Some(dc) = action.save_dc {
            let lawful = modifiers.map(|modifier| 8 + modifier + bonus);
            hold(format!("save dc {}", action.name), dc, &lawful);
        }
    }
    found
}

#[test]
fn every_published_number_follows_or_is_an_exception_by_name() {
    let known: BTreeSet<(&str, &str)> = EXCEPTIONS.map(|(name, what, _)| (name, what)).into();
    let mut wrong = Vec::new();
    for creature in creatures() {
        for (what, message) in deviations(creature) {
            if !known.contains(&(creature.name.as_str(), what.as_str())) {
                wrong.push(format!("{}: {what} is {message}", creature.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(creatures().count(), 330);
}

#[test]
fn no_exception_is_listed_that_is_not_needed() {
    for (name, what, reason) in EXCEPTIONS {
        let creature = creatures().find(|creature| creature.name == name).unwrap();
        assert!(
            deviations(creature).iter().any(|(own, _)| own == what),
            "{name}: {what} follows from the formula; `{reason}` is not needed"
        );
    }
}

#[test]
fn a_document_of_each_creature_derives_to_what_is_published() {
    let content = Content::srd();
    let mut wrong = Vec::new();
    for published in creatures() {
        let name = &published.name;
        let document = creature(content, name, "a-creature").unwrap();
        sheet::check_document(&document).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, content);
        let (sheet, before) = (&derived.sheet, wrong.len());
        let mut damages = Vec::new();
        let mut same = |what: &str, derived: i32, published: i32| {
            if derived != published {
                wrong.push(format!("{name}: {what} {derived}, published {published}"));
            }
        };
        same(
            "armor class",
            sheet.combat.armor_class,
            published.armor_class,
        );
        same("hit points", sheet.combat.hp_maximum, published.hit_points);
        same("initiative", sheet.combat.initiative, published.initiative);
        let statistics = &sheet.statistics;
        same(
            "proficiency bonus",
            statistics.proficiency_bonus,
            published.proficiency_bonus,
        );
        same(
            "passive perception",
            statistics.passive_perception,
            published.passive_perception,
        );
        for ability in Ability::ALL {
            let place = ability as usize;
            same(
                ability.key(),
                statistics.ability_scores.of(ability),
                published.scores[place],
            );
            let save = statistics.saving_throws.of(ability);
            same(
                &format!("save {}", ability.key()),
                save,
                published.saves[place],
            );
        }
        for skill in SKILLS {
            let plain = modifier(published.scores[skill.ability as usize]);
            let expected = published.skills.get(skill.key).copied().unwrap_or(plain);
            same(skill.key, statistics.skills[skill.key], expected);
        }
        let speeds = &sheet.combat.speeds;
        same("speed", speeds.walk, published.speeds["walk"]);
        for (way, speed) in [
            ("fly", speeds.fly),
            ("swim", speeds.swim),
            ("climb", speeds.climb),
            ("burrow", speeds.burrow),
        ] {
            let expected = published.speeds.get(way).copied();
            same(way, speed.unwrap_or(0), expected.unwrap_or(0));
        }
        let attacks = published
            .actions
            .iter()
            .filter(|action| action.attack.is_some());
        let mut weapons = sheet.actions.weapons.iter();
        for action in attacks {
            let weapon = weapons.next().unwrap();
            assert_eq!(weapon.name, action.name, "{name}");
            same(
                &format!("attack {}", action.name),
                weapon.attack_bonus,
                action.attack_bonus.unwrap(),
            );
            if let Some(damage) = action.damage.first()
                && weapon.damage != damage.dice
            {
                damages.push(format!(
                    "{name}: {} deals {}, published {}",
                    action.name, weapon.damage, damage.dice
                ));
            }
        }
        wrong.append(&mut damages);
        assert_eq!(weapons.next(), None, "{name} has an attack too many");
        let combat = &sheet.combat;
        for (own, expected) in [
            (&combat.resistances, &published.resistances),
            (&combat.immunities, &published.immunities),
            (&combat.vulnerabilities, &published.vulnerabilities),
            (
                &combat.condition_immunities,
                &published.condition_immunities,
            ),
            (&statistics.languages, &published.languages),
        ] {
            let own: BTreeSet<_> = own.iter().collect();
            assert_eq!(own, expected.iter().collect(), "{name}");
        }
        for finding in &derived.findings {
            if finding.severity > Severity::Note {
                wrong.push(format!("{name}: {} {}", finding.cell, finding.message));
            }
        }
        if wrong.len() > before {
            continue;
        }
        // Every trait and action stands somewhere on the sheet.
        let rows = sheet.actions.features.len() + sheet.actions.traits.len();
        let rows = rows + sheet.actions.weapons.len();
        assert!(rows >= published.actions.len(), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_what_the_formulas_do_not_give_is_adjusted() {
    let content = Content::srd();
    let mut adjusted = Vec::new();
    for published in creatures() {
        let document = creature(content, &published.name, "a-creature").unwrap();
        let source = Source::from_value(&document).unwrap();
        for (_, adjustment) in source.adjustments.iter() {
            if adjustment.source == "Stat block" {
                adjusted.push(format!("{} {}", published.name, adjustment.cell));
            }
        }
    }
    // Of the exceptions those that are numbers of a sheet; save DCs and experience stand as written.
    assert_eq!(
        adjusted,
        [
            "Archmage /combat/initiative",
            "Giant Frog /statistics/skills/stealth",
            "Shambling Mound /statistics/skills/stealth",
        ]
    );
}

#[test]
fn an_unknown_creature_is_refused_with_its_name() {
    let refusal = creature(Content::srd(), "Jabberwock", "x").unwrap_err();
    assert!(refusal.message.contains("Jabberwock"));
}
