//! Dice from the command line.

use serde_json::Value;

use crate::run::Beard;

#[test]
fn rolls() {
    let beard = Beard::new();
    for (name, words) in [
        (
            "roll_of_damage",
            &[
                "roll",
                "1d8[slashing]+2d6[fire]+3[Strength]-1",
                "--seed",
                "7",
            ][..],
        ),
        (
            "roll_with_advantage",
            &["roll", "d20+5[Dexterity]", "--advantage", "--seed", "2"],
        ),
        (
            "roll_of_a_critical_hit",
            &[
                "roll",
                "1d8ro<3+(2d6mi3[fire]+3)/2",
                "--critical",
                "--seed",
                "8",
            ],
        ),
        (
            "roll_of_an_ability_score",
            &["roll", "4d6", "dl1", "--seed", "1"],
        ),
        ("roll_of_a_natural_twenty", &["roll", "d20", "--seed", "27"]),
        ("roll_of_a_natural_one", &["roll", "d20+5", "--seed", "8"]),
        (
            "roll_of_many_dice",
            &["roll", "60d100kh40*1000", "--seed", "1"],
        ),
        ("roll_without_dice", &["roll", "7"]),
    ] {
        insta::assert_snapshot!(name, beard.does(words));
    }
}

#[test]
fn a_roll_tells_what_is_wrong_and_where() {
    let beard = Beard::new();
    for (name, words) in [
        ("roll_refused", &["roll", "2d6+1d0"][..]),
        ("roll_of_too_much", &["roll", "999999999d999999999"]),
        ("roll_without_a_d20", &["roll", "2d6", "--advantage"]),
    ] {
        let failure = beard.refuses(4, words);
        assert_eq!(failure["code"], "invalid");
        insta::assert_snapshot!(name, beard.run(words).err);
    }
    for words in [
        &["roll", "d20", "--critical", "--advantage"][..],
        &["roll", "(2d6"],
        &["roll", ""],
        &["roll", "🎲"],
        &["roll", &"1+".repeat(5_000)],
        &["roll", "60d6", "--critical"],
    ] {
        beard.refuses(4, words);
    }
    let refused = beard.run(["roll", "2d6\u{1b}[31m"]);
    assert!(!refused.err.contains('\u{1b}'), "{refused:?}");
    beard.refuses(2, ["roll"]);
}

#[test]
fn a_roll_as_json_tells_every_die() {
    let beard = Beard::new();
    let roll = |seed: &str| beard.json(["roll", "d20+4d6dl1[x]+5", "--advantage", "--seed", seed]);
    let told = roll("11");
    assert_eq!(told, roll("11"));
    assert_ne!(told, roll("12"));
    assert_eq!(told["notation"], "1d20adv+4d6dl1[x]+5");
    let dice = |term: usize| told["terms"][term]["dice"].as_array().unwrap().clone();
    assert_eq!([0, 1, 2].map(|term| dice(term).len()), [2, 4, 0]);
    let kept = |term: usize| dice(term).iter().filter(|die| die["kept"] == true).count();
    assert_eq!([kept(0), kept(1)], [1, 3]);
    let sum: i64 = told["terms"]
        .as_array()
        .unwrap()
        .iter()
        .map(|term| term["subtotal"].as_i64().unwrap())
        .sum();
    assert_eq!(told["total"], sum);
    assert_eq!(told["natural"], Value::Null);
}

#[test]
fn a_roll_needs_no_library_and_differs_from_the_last() {
    let beard = Beard::new();
    let rolls: Vec<Value> = (0..3).map(|_| beard.json(["roll", "50d1000"])).collect();
    assert!(rolls[0] != rolls[1] && rolls[1] != rolls[2], "{rolls:?}");
    assert!(!beard.library().exists());
    // Both cancel each other.
    let both = beard.json(["roll", "d20", "-a", "-d"]);
    assert_eq!(both["terms"][0]["dice"].as_array().unwrap().len(), 1);
}

#[test]
fn the_help_tells_the_notation() {
    let help = Beard::new().does(["roll", "--help"]);
    for word in ["4d6kh3", "advantage", "mi3", "--seed", "/2"] {
        assert!(help.contains(word), "`{word}` is missing in:\n{help}");
    }
}
