//! Formulas as tables: abilities, proficiency, skills, numbers set by hand.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod explain;

use explain::{check, derived, levels, why};
use serde_json::{Value, json};

#[test]
fn modifiers_are_half_of_what_is_above_ten() {
    for (score, modifier) in [
        (1, -5),
        (3, -4),
        (8, -1),
        (9, -1),
        (10, 0),
        (11, 0),
        (12, 1),
        (15, 2),
        (20, 5),
        (30, 10),
    ] {
        assert_eq!(rules::modifier(score), modifier, "{score}");
        let sheet = derived(json!({"abilities": {"scores": {"wisdom": score}}})).sheet;
        assert_eq!(sheet.statistics.ability_modifiers.wisdom, modifier);
    }
    assert_eq!(rules::modifier(i32::MIN), i32::MIN / 2);
}

#[test]
fn scores_add_increases_and_items() {
    let document = json!({
        "abilities": {
            "scores": {"strength": 15},
            "increases": {
                "b": {"rank": "2", "ability": "strength", "amount": 2, "source": "Fighter 4"},
                "a": {"rank": "1", "ability": "strength", "amount": 1, "source": "Soldier"},
                "c": {"rank": "3", "ability": null, "amount": 1, "source": "Open"},
            },
        },
        "equipment": {"magical_items": {
            "belt": {"rank": "1", "name": "Belt of Giant Strength", "requires_attunement": true,
                "attuned": true, "bonuses": {"ability": "strength", "ability_minimum": 21}},
            "tome": {"rank": "2", "name": "Ioun Stone", "equipped": true,
                "bonuses": {"ability": "strength", "ability_increase": 2}},
            "asleep": {"rank": "3", "name": "Unattuned", "requires_attunement": true, "equipped": true,
                "bonuses": {"ability": "strength", "ability_minimum": 29}},
        }},
    });
    check(
        document.clone(),
        "/statistics/ability_scores/strength",
        "21 = Base score +15; Soldier +1; Fighter 4 +2; Ioun Stone +2; Belt of Giant Strength +1 \
         (sets the score to 21)",
    );
    check(
        document,
        "/statistics/ability_modifiers/strength",
        "5 = Strength 21 +5 (half of what is above 10, rounded down)",
    );
    check(
        json!({
            "abilities": {"scores": {"charisma": 30}, "increases": {
                "a": {"ability": "charisma", "amount": 4, "source": "Wish"}}},
        }),
        "/statistics/ability_scores/charisma",
        "30 = Base score +30; Wish +4; Never above 30 -4",
    );
    check(
        json!({
            "abilities": {"scores": {"charisma": 2}, "increases": {
                "a": {"ability": "charisma", "amount": -4, "source": "Curse"}}},
        }),
        "/statistics/ability_scores/charisma",
        "1 = Base score +2; Curse -4; Never below 1 +3",
    );
}

#[test]
fn proficiency_bonus_by_level() {
    let by_level = [
        2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6,
    ];
    for (level, bonus) in by_level.into_iter().enumerate() {
        let sheet = derived(json!({"levels": levels("Bard", level)})).sheet;
        assert_eq!(sheet.statistics.proficiency_bonus, bonus, "level {level}");
        assert_eq!(sheet.identity.level, i32::try_from(level).unwrap());
    }
}

#[test]
fn proficiency_bonus_by_challenge_rating() {
    for (rating, bonus) in [
        ("0", 2),
        ("1/8", 2),
        ("1/4", 2),
        ("1/2", 2),
        ("1", 2),
        ("4", 2),
        ("5", 3),
        ("8", 3),
        ("9", 4),
        ("12", 4),
        ("13", 5),
        ("16", 5),
        ("17", 6),
        ("20", 6),
        ("21", 7),
        ("24", 7),
        ("25", 8),
        ("28", 8),
        ("29", 9),
        ("30", 9),
    ] {
        assert_eq!(
            rules::bonus_of_challenge_rating(rating),
            Some(bonus),
            "{rating}"
        );
    }
    assert_eq!(rules::bonus_of_challenge_rating("31"), None);
    let monster = |levels: Value| json!({"record": {"kind": "monster"}, "creature": {"challenge_rating": "9"}, "levels": levels});
    let cell = "/statistics/proficiency_bonus";
    check(monster(json!({})), cell, "4 = Challenge rating 9 +4");
    check(
        monster(levels("Bard", 20)),
        cell,
        "4 = Challenge rating 9 +4",
    );
    let mut character = monster(levels("Bard", 20));
    character["record"]["kind"] = json!("character");
    check(character, cell, "6 = Level 20 +6");
    check(json!({}), cell, "2 = No level yet +2");
}

#[test]
fn saving_throws() {
    let document = json!({
        "levels": levels("Monk", 9),
        "abilities": {"scores": {"dexterity": 18, "wisdom": 8}},
        "proficiencies": {"saving_throws": {"dexterity": true, "wisdom": false}},
        "combat": {"exhaustion": 2},
        "equipment": {"magical_items": {
            "cloak": {"name": "Cloak of Protection", "requires_attunement": true, "attuned": true,
                "bonuses": {"saving_throws": 1}}}},
    });
    check(
        document.clone(),
        "/statistics/saving_throws/dexterity",
        "5 = Dexterity +4; Proficiency +4; Cloak of Protection +1 (attuned); Exhaustion -4 (level 2, 2 \
         less for each)",
    );
    check(
        document,
        "/statistics/saving_throws/wisdom",
        "-4 = Wisdom -1; Cloak of Protection +1 (attuned); Exhaustion -4 (level 2, 2 less for each)",
    );
}

#[test]
fn skills_by_training() {
    for (training, expected) in [
        ("none", "3 = Intelligence +3"),
        (
            "half",
            "4 = Intelligence +3; Half proficiency +1 (rounded down)",
        ),
        ("proficient", "6 = Intelligence +3; Proficiency +3"),
        (
            "expertise",
            "9 = Intelligence +3; Expertise +6 (twice the proficiency bonus)",
        ),
    ] {
        let document = json!({
            "levels": levels("Rogue", 5),
            "abilities": {"scores": {"intelligence": 16}},
            "proficiencies": {"skills": {"arcana": training}},
        });
        check(document, "/statistics/skills/arcana", expected);
    }
}

#[test]
fn every_skill_goes_by_its_ability() {
    let document = json!({"abilities": {"scores": {
        "strength": 12, "dexterity": 14, "constitution": 16, "intelligence": 18, "wisdom": 20, "charisma": 22}}});
    let skills = derived(document).sheet.statistics.skills.clone();
    let expected = [
        ("acrobatics", 2),
        ("animal_handling", 5),
        ("arcana", 4),
        ("athletics", 1),
        ("deception", 6),
        ("history", 4),
        ("insight", 5),
        ("intimidation", 6),
        ("investigation", 4),
        ("medicine", 5),
        ("nature", 4),
        ("perception", 5),
        ("performance", 6),
        ("persuasion", 6),
        ("religion", 4),
        ("sleight_of_hand", 2),
        ("stealth", 2),
        ("survival", 5),
    ];
    let expected: Vec<(String, i32)> = expected
        .into_iter()
        .map(|(skill, bonus)| (skill.to_owned(), bonus))
        .collect();
    assert_eq!(skills.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn passive_scores() {
    let document = json!({
        "levels": levels("Rogue", 5),
        "abilities": {"scores": {"wisdom": 14, "intelligence": 8}},
        "proficiencies": {"skills": {"perception": "expertise", "insight": "proficient"}},
    });
    for (cell, expected) in [
        (
            "/statistics/passive_perception",
            "18 = Base +10; Perception +8",
        ),
        ("/statistics/passive_insight", "15 = Base +10; Insight +5"),
        (
            "/statistics/passive_investigation",
            "9 = Base +10; Investigation -1",
        ),
    ] {
        check(document.clone(), cell, expected);
    }
}

#[test]
fn numbers_set_by_hand_keep_what_the_rules_say() {
    let derived = derived(json!({
        "abilities": {"scores": {"wisdom": 10}},
        "overrides": {
            "/statistics/ability_scores/wisdom": {"value": 18, "note": "boon"},
            "/statistics/passive_perception": {"value": 20, "note": ""},
            "/combat/armor_class": {"value": 15.6},
            "/equipment/current_load": {"value": 12.345},
            "/no/such/number": {"value": 1}},
    }));
    for (cell, expected) in [
        (
            "/statistics/ability_scores/wisdom",
            "18 = Base score +10; by hand, computed 10 (boon)",
        ),
        // What follows from a number set by hand follows from that.
        ("/statistics/skills/perception", "4 = Wisdom +4"),
        (
            "/statistics/passive_perception",
            "20 = Base +10; Perception +4; by hand, computed 14 ()",
        ),
        (
            "/combat/armor_class",
            "16 = Unarmored +10; Dexterity +0; by hand, computed 10 ()",
        ),
        ("/equipment/current_load", "12.35 = by hand, computed 0 ()"),
    ] {
        assert_eq!(why(&derived, cell), expected, "{cell}");
    }
    assert_eq!(derived.sheet.statistics.passive_perception, 20);
    assert!(
        derived
            .findings
            .iter()
            .any(|f| f.cell == "/overrides/~1no~1such~1number")
    );
}

#[test]
fn experience_and_levels() {
    let document =
        |xp: i32, count: usize| json!({"identity": {"xp": xp}, "levels": levels("Bard", count)});
    for (xp, count, next) in [
        (0, 0, None),
        (299, 1, Some(300)),
        (300, 1, Some(300)),
        (400_000, 20, None),
        (0, 19, Some(355_000)),
    ] {
        let derived = derived(document(xp, count));
        assert_eq!(derived.sheet.identity.xp_for_next_level, next);
        let told = derived.findings.iter().any(|f| f.cell == "/identity/xp");
        assert_eq!(told, next.is_some_and(|next| xp >= next), "{xp} at {count}");
    }
}
