//! Play from the command line: what happens at the table, and numbers explained down to their leaves.

use serde_json::{Value, json};

use crate::run::Beard;

/// A wizard of level 5, `mira`.
fn with_mira() -> Beard {
    let beard = Beard::new();
    beard.does(["build", "Mira", "--class", "Wizard", "--level", "5"]);
    beard
}

fn hit_points(beard: &Beard) -> (i64, i64) {
    let sheet = beard.json(["show", "mira"]);
    let of = |name: &str| sheet["combat"][name].as_i64().unwrap();
    (of("current_hp"), of("temporary_hp"))
}

/// The faces of the dice of a roll, dropped ones too.
fn faces(roll: &Value) -> Vec<i64> {
    let terms = roll["terms"].as_array().unwrap().iter();
    let dice = terms.flat_map(|term| term["dice"].as_array().unwrap());
    dice.map(|die| die["face"].as_i64().unwrap()).collect()
}

#[test]
fn hit_points_go_and_come_back() {
    let beard = with_mira();
    shows!(
        "damage",
        beard.does(["damage", "mira", "9", "--type", "fire"])
    );
    shows!(
        "damage_halved",
        beard.does(["damage", "mira", "9", "--half"])
    );
    assert_eq!(hit_points(&beard), (32 - 9 - 4, 0));
    shows!("heal", beard.does(["heal", "mira", "5"]));
    shows!("temp", beard.does(["temp", "mira", "6"]));
    assert_eq!(hit_points(&beard), (24, 6));
    beard.does(["damage", "mira", "8"]);
    assert_eq!(hit_points(&beard), (22, 0));
    shows!("damage_to_0", beard.does(["damage", "mira", "22"]));
    shows!(
        "damage_at_0",
        beard.does(["damage", "mira", "1", "--critical"])
    );
    assert_eq!(
        beard.json(["show", "mira"])["combat"]["death_saves"]["failures"],
        2
    );
    for words in [
        ["damage", "mira", "0"],
        ["damage", "mira", "-3"],
        ["heal", "mira", "100001"],
    ] {
        beard.refuses(4, words);
    }
    beard.refuses(3, ["damage", "nobody", "3"]);
    beard.refuses(2, ["damage", "mira", "much"]);
    beard.does(["undo", "mira"]);
    assert_eq!(
        beard.json(["show", "mira"])["combat"]["death_saves"]["failures"],
        0
    );
}

#[test]
fn conditions_come_and_go() {
    let beard = with_mira();
    shows!(
        "condition",
        beard.does([
            "condition",
            "mira",
            "add",
            "poisoned",
            "--source",
            "Wyvern",
            "--duration",
            "1 minute"
        ])
    );
    assert_eq!(
        beard.json(["show", "mira"])["conditions"][0]["name"],
        "Poisoned"
    );
    shows!(
        "condition_removed",
        beard.does(["condition", "mira", "remove", "Poisoned"])
    );
    assert_eq!(beard.json(["show", "mira"])["conditions"], json!([]));
    beard.does(["condition", "mira", "add", "exhaustion", "--level", "2"]);
    beard.does(["condition", "mira", "remove", "exhaustion"]);
    assert_eq!(
        beard.json(["show", "mira"])["combat"]["exhaustion_level"],
        1
    );
    beard.refuses(3, ["condition", "mira", "remove", "Poisoned"]);
    beard.refuses(4, ["condition", "mira", "add", ""]);
    beard.refuses(2, ["condition", "mira", "toggle", "Poisoned"]);
}

#[test]
fn spells_are_cast_with_what_is_left() {
    let beard = with_mira();
    let slots = |level: &str| {
        let sheet = beard.json(["show", "mira"]);
        sheet["spellcasting"]["spell_slots"][level]["current"]
            .as_i64()
            .unwrap()
    };
    shows!("cast", beard.does(["cast", "mira", "mage armor"]));
    assert_eq!((slots("1"), slots("2"), slots("3")), (3, 3, 2));
    shows!(
        "cast_higher",
        beard.does(["cast", "mira", "Mage Armor", "--slot", "3"])
    );
    assert_eq!((slots("1"), slots("2"), slots("3")), (3, 3, 1));
    shows!("cast_cantrip", beard.does(["cast", "mira", "fire-bolt"]));
    for _ in 0..3 {
        beard.does(["cast", "mira", "Mage Armor"]);
    }
    assert_eq!(slots("1"), 0);
    beard.does(["cast", "mira", "Mage Armor"]);
    assert_eq!(
        (slots("1"), slots("2")),
        (0, 2),
        "the lowest slot that is left"
    );
    let refused = beard.refuses(4, ["cast", "mira", "Mage Armor", "--slot", "1"]);
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("No level 1 spell slot is left"),
        "{refused}"
    );
    beard.refuses(4, ["cast", "mira", "Mage Armor", "--pact"]);
    beard.refuses(4, ["cast", "mira", "Mage Armor", "--ritual"]);
    beard.refuses(4, ["cast", "mira", "Fire Bolt", "--slot", "1"]);
    beard.refuses(3, ["cast", "mira", "Wish"]);
    beard.refuses(2, ["cast", "mira", "Mage Armor", "--slot", "1", "--free"]);
    let cast = beard.json(["cast", "mira", "Fire Bolt", "--attack", "--advantage"]);
    assert_eq!(faces(&cast["outcome"]["rolls"][0]).len(), 2);
    assert_eq!(cast["edit"], Value::Null);
    // Fire Bolt of a Wizard of level 5: 2d10, doubled by a critical hit, nothing on a 1.
    let cast = beard.json(["cast", "mira", "Fire Bolt", "--roll"]);
    let rolls = cast["outcome"]["rolls"].as_array().unwrap();
    match faces(&rolls[0])[0] {
        1 => assert_eq!(rolls.len(), 1),
        20 => assert_eq!(faces(&rolls[1]).len(), 4),
        _ => assert_eq!(faces(&rolls[1]).len(), 2),
    }
    let again = beard.json(["spell", "mira", "Fire Bolt", "--hit", "--critical"]);
    let rolls = again["outcome"]["rolls"].as_array().unwrap();
    assert_eq!((rolls.len(), faces(&rolls[0]).len()), (1, 4));
    beard.refuses(4, ["spell", "mira", "Mage Armor"]);
    beard.refuses(2, ["spell", "mira", "Fire Bolt", "--part", "0"]);
    let spent = beard.json([
        "cast",
        "mira",
        "Mage Armor",
        "--uses",
        "Mage Armor without a slot",
    ]);
    assert_eq!(spent["outcome"]["title"], "Cast Mage Armor");
    assert_eq!(slots("2"), 2);
}

#[test]
fn features_are_used_and_dice_added_to_hits() {
    let beard = Beard::new();
    beard.does(["build", "Bran", "--class", "Fighter", "--level", "2"]);
    let hurt = |beard: &Beard| {
        let combat = &beard.json(["show", "bran"])["combat"];
        combat["hp_maximum"].as_i64().unwrap() - combat["current_hp"].as_i64().unwrap()
    };
    beard.refuses(4, ["use", "bran", "second wind"]);
    beard.does(["damage", "bran", "15"]);
    shows!("uses", beard.does(["show", "bran"]));
    // 1d10 + 2, and no more than are missing.
    let done = beard.json(["use", "bran", "second wind"]);
    let face = faces(&done["outcome"]["rolls"][0])[0];
    assert_eq!(hurt(&beard), 15 - face - 2);
    assert_eq!(done["outcome"]["lines"][0]["after"], "1");
    // One step of the history takes all of it back.
    beard.does(["undo", "bran"]);
    assert_eq!(hurt(&beard), 15);
    let said = beard.refuses(3, ["use", "bran", "third wind"]);
    assert!(said.to_string().contains("`Second Wind`"), "{said}");
    beard.refuses(4, ["use", "bran", "second wind", "2"]);
    beard.refuses(4, ["use", "bran", "second wind", "--slot", "1"]);

    let hit = beard.json([
        "attack",
        "bran",
        "greatsword",
        "--with",
        "savage attacker",
        "--critical-hits",
    ]);
    // To hit, and the damage twice; a 1 misses.
    let rolls = hit["outcome"]["rolls"].as_array().unwrap();
    let expected = if faces(&rolls[0])[0] == 1 { 1 } else { 3 };
    assert_eq!(rolls.len(), expected, "{hit}");
    beard.refuses(3, ["attack", "bran", "greatsword", "--with", "frenzy"]);
}

#[test]
fn one_thing_is_given_for_another() {
    let beard = with_mira();
    shows!("convert", beard.does(["convert", "mira"]));
    beard.does(["cast", "mira", "Mage Armor", "--slot", "1"]);
    beard.does(["cast", "mira", "Mage Armor", "--slot", "2"]);
    shows!(
        "convert_slots",
        beard.does([
            "convert",
            "mira",
            "Arcane Recovery",
            "--slot",
            "1",
            "--slot",
            "2=1"
        ])
    );
    // Once between long rests, and nothing else is at hand.
    beard.refuses(4, ["convert", "mira", "Arcane Recovery", "--slot", "1"]);
    beard.refuses(
        4,
        ["convert", "mira", "Arcane Recovery", "--slot", "1=many"],
    );
    beard.refuses(3, ["convert", "mira", "Font of Magic"]);
}

#[test]
fn damage_asks_for_the_save_that_keeps_concentration_up() {
    let beard = with_mira();
    beard.does(["set", "mira", "/combat/concentration", "Haste"]);
    shows!(
        "damage_while_concentrating",
        beard.does(["damage", "mira", "3"])
    );
    let save = beard.json(["check", "mira", "concentration", "--dc", "10"]);
    let total = save["outcome"]["rolls"][0]["total"].as_i64().unwrap();
    let concentrates = beard.json(["show", "mira"])["combat"]["concentration"] == "Haste";
    assert_eq!(concentrates, total >= 10, "{save}");
    beard.refuses(4, ["check", "mira", "concentration"]);
    beard.does(["set", "mira", "/combat/concentration", "Haste"]);
    beard.does(["condition", "mira", "remove", "concentration"]);
    assert_eq!(beard.json(["show", "mira"])["combat"]["concentration"], "");
}

#[test]
fn what_is_counted_is_spent_and_regained() {
    let beard = with_mira();
    shows!("spend", beard.does(["spend", "mira", "slot-2", "2"]));
    shows!("regain", beard.does(["regain", "mira", "slot-2"]));
    beard.does(["spend", "mira", "d6", "2"]);
    assert_eq!(
        beard.json(["show", "mira"])["combat"]["hit_dice_remaining"]["d6"],
        3
    );
    beard.does(["spend", "mira", "arcane recovery"]);
    let empty = beard.refuses(4, ["spend", "mira", "arcane recovery"]);
    assert!(empty["cell"].is_string(), "{empty}");
    let unknown = beard.refuses(3, ["spend", "mira", "Ki"]);
    assert!(
        unknown["hint"]
            .as_str()
            .unwrap()
            .contains("Arcane Recovery"),
        "{unknown}"
    );
    beard.refuses(4, ["regain", "mira", "slot-1"]);
    beard.refuses(4, ["spend", "mira", "pact"]);
    beard.refuses(4, ["spend", "mira", "/notes"]);
}

#[test]
fn a_rest_brings_back_and_is_undone_as_one() {
    let beard = with_mira();
    beard.does(["damage", "mira", "20"]);
    beard.does(["cast", "mira", "mage armor"]);
    let short = beard.json(["rest", "mira", "short", "--dice", "d6=2"]);
    let rolls = short["outcome"]["rolls"].as_array().unwrap();
    assert!((1..=2).contains(&rolls.len()), "{short}");
    let gained: i64 = rolls
        .iter()
        .map(|roll| roll["total"].as_i64().unwrap().max(1))
        .sum();
    assert_eq!(hit_points(&beard).0, (12 + gained).min(32));
    beard.does(["undo", "mira"]);
    assert_eq!(hit_points(&beard).0, 12);
    assert_eq!(
        beard.json(["show", "mira"])["combat"]["hit_dice_remaining"]["d6"],
        5
    );
    shows!("rest_long", beard.does(["rest", "mira", "long"]));
    assert_eq!(hit_points(&beard).0, 32);
    beard.does(["undo", "mira"]);
    let sheet = beard.json(["show", "mira"]);
    assert_eq!(sheet["combat"]["current_hp"], 12);
    assert_eq!(sheet["spellcasting"]["spell_slots"]["1"]["current"], 3);
    beard.refuses(4, ["rest", "mira", "short", "--dice", "d6=6"]);
    beard.refuses(4, ["rest", "mira", "short", "--dice", "d12"]);
    beard.refuses(4, ["rest", "mira", "short", "--dice", "d6=many"]);
    beard.refuses(4, ["rest", "mira", "long", "--dice", "d6=1"]);
    beard.refuses(4, ["rest", "mira", "short", "--dawn"]);
    beard.refuses(2, ["rest", "mira", "nap"]);
}

#[test]
fn attacks_and_checks_are_rolled_with_the_numbers_of_the_sheet() {
    let beard = with_mira();
    let sheet = beard.json(["show", "mira"]);
    let weapon = &sheet["actions"]["weapons"][0];
    let name = weapon["name"].as_str().unwrap();
    let attack = beard.json(["attack", "mira", name, "--disadvantage", "--against", "1"]);
    let to_hit = &attack["outcome"]["rolls"][0];
    let kept = faces(to_hit).into_iter().min().unwrap();
    assert_eq!(
        to_hit["total"].as_i64().unwrap(),
        kept + weapon["attack_bonus"].as_i64().unwrap()
    );
    let text = beard.does(["attack", "mira", name]);
    assert!(text.contains("To hit") && text.contains("1d20"), "{text}");
    for (what, number) in [
        (&["arcana"][..], &sheet["statistics"]["skills"]["arcana"]),
        (
            &["sleight", "of", "hand"],
            &sheet["statistics"]["skills"]["sleight_of_hand"],
        ),
        (
            &["Wisdom"],
            &sheet["statistics"]["ability_modifiers"]["wisdom"],
        ),
        (
            &["int", "save"],
            &sheet["statistics"]["saving_throws"]["intelligence"],
        ),
        (&["initiative"], &sheet["combat"]["initiative"]),
        (
            &["/statistics/skills/stealth"],
            &sheet["statistics"]["skills"]["stealth"],
        ),
    ] {
        let told = beard.json([&["check", "mira"], what].concat());
        let roll = &told["outcome"]["rolls"][0];
        assert_eq!(
            roll["total"].as_i64().unwrap() - faces(roll)[0],
            number.as_i64().unwrap(),
            "{what:?} {told}"
        );
    }
    let sure = beard.does(["check", "mira", "arcana", "--dc", "1"]);
    assert!(sure.contains("Success"), "{sure}");
    beard.refuses(3, ["check", "mira", "juggling"]);
    beard.refuses(4, ["check", "mira", "/notes"]);
    beard.refuses(4, ["check", "mira", "arcana", "--dc", "0"]);
    beard.refuses(4, ["check", "mira", "arcana", "--bonus", "d0"]);
    beard.refuses(3, ["attack", "mira", "Vorpal Sword"]);
    beard.refuses(3, ["attack", "mira", name, "--ammunition", "Bolts"]);
}

#[test]
fn a_number_is_explained_down_to_its_leaves() {
    let beard = with_mira();
    shows!(
        "explain",
        beard.does(["explain", "mira", "/statistics/skills/arcana"])
    );
    shows!(
        "explain_hit_points",
        beard.does(["explain", "mira", "hp maximum"])
    );
    beard.does([
        "set",
        "mira",
        "/overrides/~1combat~1armor_class",
        r#"{"value": 19, "note": "Blessed by the Abbess"}"#,
    ]);
    shows!(
        "explain_an_override",
        beard.does(["explain", "mira", "armor_class"])
    );
    let tree = beard.json(["explain", "mira", "arcana"]);
    assert_eq!(
        (&tree["cell"], &tree["value"]),
        (&"/statistics/skills/arcana".into(), &7.into())
    );
    assert_eq!(tree["below"][0]["value"], tree["terms"][0]["value"]);
    assert_eq!(
        beard.json(["explain", "mira", "armor_class", "--at", "1"])["value"],
        11
    );
    let several = beard.refuses(4, ["explain", "mira", "strength"]);
    assert!(
        several["hint"]
            .as_str()
            .unwrap()
            .contains("/statistics/saving_throws/strength"),
        "{several}"
    );
    for cell in ["/notes", "shoe size"] {
        beard.refuses(3, ["explain", "mira", cell]);
    }
}

#[test]
fn every_number_of_the_demo_party_has_a_tree() {
    let beard = Beard::with_party();
    let rows = beard.json(["list"])["rows"].clone();
    for row in rows.as_array().unwrap() {
        let handle = row["handle"].as_str().unwrap();
        for cell in [
            "/combat/armor_class",
            "/combat/hp_maximum",
            "/statistics/skills/perception",
        ] {
            let tree = beard.json(["explain", handle, cell]);
            assert_eq!(
                tree["terms"].as_array().unwrap().len(),
                tree["below"].as_array().unwrap().len(),
                "{handle} {cell}"
            );
        }
    }
}
