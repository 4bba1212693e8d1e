//! What a roll tells: every die, every term, and how it crosses to the interface.

use rules::dice::{DiceFault, Die, Expression, Mode, Natural, Roll, SeededDice, ability_scores};

use crate::parse;
use crate::sources::Scripted;

/// Writes dice as a person would: the faces before in front, a raised value behind, dropped ones in parentheses.
fn shown(dice: &[Die]) -> String {
    let one = |die: &Die| {
        let mut text: String = die.rerolled.iter().map(|face| format!("{face}>")).collect();
        text += &die.face.to_string();
        if die.value != die.face {
            text += &format!("={}", die.value);
        }
        if die.kept { text } else { format!("({text})") }
    };
    dice.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_die_is_told() {
    for (notation, faces, dice, total) in [
        ("2d6+3", &[4, 5][..], "4 5", 12),
        ("4d6dl1", &[3, 1, 6, 1], "3 1 6 (1)", 10),
        ("4d6kh3", &[2, 2, 2, 2], "2 2 2 (2)", 6),
        ("4d6kl1", &[3, 2, 6, 2], "(3) 2 (6) (2)", 2),
        ("4d6dh1", &[6, 1, 6, 1], "6 1 (6) 1", 8),
        ("d20adv+5", &[4, 17], "(4) 17", 22),
        ("d20dis+5", &[4, 17], "4 (17)", 9),
        ("d20advdis+5", &[4], "4", 9),
        ("2d6r1", &[1, 4, 1, 1, 3], "1>1>1>3 4", 7),
        ("2d6r<3", &[2, 5, 1, 6], "2>1>6 5", 11),
        ("2d6ro<3", &[2, 5, 1], "2>1 5", 6),
        ("2d6mi3", &[1, 5], "1=3 5", 8),
        ("2d6ro1mi2", &[1, 1, 1, 6], "1>1=2 1>6", 8),
        ("3d6mi3kh1", &[1, 3, 2], "1=3 (3) (2=3)", 3),
        // One die only is rolled again, the lower of those that may.
        ("d20ro1adv", &[1, 1, 7], "1>7 (1)", 7),
        ("d20ro1dis", &[1, 1, 7], "(1>7) 1", 1),
        ("d20ro1dis", &[1, 15, 9], "1>9 (15)", 9),
        ("d20ro<4adv", &[3, 2, 18], "(3) 2>18", 18),
        ("d20ro1adv", &[2, 3], "(2) 3", 3),
        // After ten rolls the face is drawn: the fourth of those that may stay.
        (
            "d6r1",
            &[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4],
            "1>1>1>1>1>1>1>1>1>1>5",
            5,
        ),
        ("2d6/2", &[4, 5], "4 5", 4),
        ("-2d6/2", &[4, 5], "4 5", -4),
        ("2*d8", &[5], "5", 10),
        ("d%", &[100], "100", 100),
    ] {
        let mut script = Scripted(faces.to_vec());
        let roll = parse(notation).roll(&mut script);
        assert!(
            script.0.is_empty(),
            "`{notation}` left {:?} lying",
            script.0
        );
        assert_eq!(
            (shown(&roll.terms[0].dice).as_str(), roll.total),
            (dice, total),
            "`{notation}`"
        );
    }
}

#[test]
fn every_term_is_told_with_what_it_is_for() {
    let roll = parse("1d8[slashing]+2d6[fire]-1[Exhaustion]").roll(&mut Scripted(vec![6, 4, 1]));
    let told: Vec<(&str, &str, i32)> = roll
        .terms
        .iter()
        .map(|term| (term.notation.as_str(), term.label.as_str(), term.subtotal))
        .collect();
    let expected = [
        ("1d8", "slashing", 6),
        ("2d6", "fire", 5),
        ("1", "Exhaustion", -1),
    ];
    assert_eq!((told.as_slice(), roll.total), (&expected[..], 10));
    assert_eq!(roll.notation, "1d8[slashing]+2d6[fire]-1[Exhaustion]");

    let roll = parse("(2d6[fire]+3)/2[saved]+1").roll(&mut Scripted(vec![4, 4]));
    let group = &roll.terms[0];
    assert_eq!(
        (group.subtotal, group.label.as_str(), roll.total),
        (5, "saved", 6)
    );
    let parts: Vec<i32> = group.parts.iter().map(|part| part.subtotal).collect();
    assert_eq!(
        (parts, group.dice.len(), roll.dice().len()),
        (vec![8, 3], 0, 2)
    );
    assert_eq!(group.parts[0].label, "fire");
}

#[test]
fn a_natural_face_is_that_of_the_one_d20_that_counts() {
    for (notation, faces, natural) in [
        ("d20+5", &[20][..], Some(Natural::Twenty)),
        ("d20+5", &[1], Some(Natural::One)),
        ("d20+5", &[19], None),
        ("d20adv", &[20, 1], Some(Natural::Twenty)),
        ("d20dis", &[20, 1], Some(Natural::One)),
        ("2d20kh1", &[3, 20], Some(Natural::Twenty)),
        ("d20+d4", &[20, 1], Some(Natural::Twenty)),
        ("(d20+1)*2", &[1], Some(Natural::One)),
        // The face tells, whatever it counts.
        ("d20mi10", &[1], Some(Natural::One)),
        ("d20ro1", &[1, 20], Some(Natural::Twenty)),
        ("2d20", &[20, 20], None),
        ("d20+d20", &[20, 1], None),
        ("d100", &[20], None),
        ("d20-d20adv", &[20, 20, 3], None),
        ("20", &[], None),
    ] {
        let roll = parse(notation).roll(&mut Scripted(faces.to_vec()));
        assert_eq!(roll.natural, natural, "`{notation}` {faces:?}");
    }
}

#[test]
fn a_critical_hit_doubles_the_dice_and_nothing_else() {
    for (hit, critical) in [
        ("1d8+3", "2d8+3"),
        (
            "1d8[slashing]+2d6[Sneak Attack]+3[Strength]",
            "2d8[slashing]+4d6[Sneak Attack]+3[Strength]",
        ),
        ("(2d6+3)/2", "(4d6+3)/2"),
        ("2d6*2-1d4", "4d6*2-2d4"),
        ("2d6mi3", "4d6mi3"),
        ("4d6kh3", "8d6kh6"),
        ("2d6dl1", "4d6dl2"),
        ("5", "5"),
        ("50d6", "100d6"),
    ] {
        assert_eq!(
            parse(hit).critical().unwrap().to_string(),
            critical,
            "`{hit}`"
        );
    }
    for (hit, fault) in [
        ("51d6", DiceFault::DiceInTerm),
        ("50d6+50d8+1d4", DiceFault::DiceInAll),
        ("d20adv", DiceFault::CriticalOfTest),
        ("d20advdis", DiceFault::CriticalOfTest),
    ] {
        assert_eq!(parse(hit).critical().unwrap_err().fault, fault, "`{hit}`");
    }
    assert_eq!(
        parse("1d4+51d6").critical().unwrap_err().position,
        5,
        "in `2d4+102d6`"
    );
}

#[test]
fn advantage_and_disadvantage_come_to_the_one_d20() {
    use Mode::{Advantage, Cancelled, Disadvantage, Normal};
    for (notation, mode, expected) in [
        ("d20+5", Normal, "1d20+5"),
        ("2d6", Normal, "2d6"),
        ("d20+5", Advantage, "1d20adv+5"),
        ("d20+5", Disadvantage, "1d20dis+5"),
        ("d20+5", Cancelled, "1d20advdis+5"),
        ("d20dis+5", Advantage, "1d20advdis+5"),
        ("d20adv+5", Advantage, "1d20adv+5"),
        ("d20+d4", Advantage, "1d20adv+1d4"),
    ] {
        assert_eq!(
            parse(notation).with_mode(mode).unwrap().to_string(),
            expected
        );
    }
    for (notation, fault) in [
        ("2d6", DiceFault::NoD20),
        ("2d20kh1", DiceFault::NoD20),
        ("d20+(d20)", DiceFault::SeveralD20),
    ] {
        assert_eq!(
            parse(notation).with_mode(Advantage).unwrap_err().fault,
            fault,
            "`{notation}`"
        );
    }
}

#[test]
fn a_test_is_built_from_the_terms_of_a_sheet() {
    let test = Expression::d20()
        .plus(3, "Dexterity")
        .and_then(|test| test.plus(-1, "Exhaustion [2]\n"))
        .and_then(|test| test.plus(2, " "))
        .unwrap();
    assert_eq!(test.to_string(), "1d20+3[Dexterity]-1[Exhaustion (2)]+2");
    assert_eq!(parse(&test.to_string()), test);
    let long = test.plus(i32::MIN, "").unwrap_err();
    assert_eq!((long.position, long.fault), (39, DiceFault::Number));
    let mut full = test;
    let refused = loop {
        match full.plus(1, &"x".repeat(100)) {
            Ok(longer) => full = longer,
            Err(error) => break error,
        }
    };
    assert_eq!(refused.fault, DiceFault::TooLong);
    assert!(full.to_string().chars().count() <= 200);
}

#[test]
fn ability_scores_are_four_dice_without_the_lowest() {
    let scores = ability_scores(&mut SeededDice::new(2024));
    for score in &scores {
        assert_eq!((score.notation.as_str(), score.dice().len()), ("4d6dl1", 4));
        let lowest = score.dice().iter().map(|die| die.face).min().unwrap();
        let all: u32 = score.dice().iter().map(|die| die.face).sum();
        assert_eq!(score.total as u32, all - lowest, "{score:?}");
    }
    let totals: Vec<i32> = scores.iter().map(|score| score.total).collect();
    assert!(totals.iter().any(|total| *total != totals[0]), "{totals:?}");
}

#[test]
fn a_roll_crosses_to_the_interface_as_it_is() {
    let roll = parse("d20adv+(2d6[fire]+3)/2").roll(&mut SeededDice::new(3));
    let json = serde_json::to_string(&roll).unwrap();
    assert_eq!(serde_json::from_str::<Roll>(&json).unwrap(), roll);
    assert_eq!(
        serde_json::to_string(&Mode::Advantage).unwrap(),
        r#""advantage""#
    );
    let natural = parse("d20").roll(&mut Scripted(vec![20]));
    let natural = serde_json::to_value(natural).unwrap();
    assert_eq!(
        natural,
        serde_json::json!({
            "notation": "1d20", "total": 20, "natural": "twenty",
            "terms": [{
                "notation": "1d20", "label": "", "subtotal": 20, "parts": [],
                "dice": [{"sides": 20, "face": 20, "value": 20, "rerolled": [], "kept": true}],
            }],
        })
    );
    let types = specta::Types::default()
        .register::<Roll>()
        .register::<Mode>();
    let text = specta_typescript::Typescript::default()
        .export(&types, specta_serde::Format)
        .unwrap();
    for line in [
        "export type Roll = {",
        "terms: RollTerm[],",
        "natural: Natural | null,",
        "export type RollTerm = {",
        "parts: RollTerm[],",
        "total: number,",
        "rerolled: number[],",
        r#"export type Natural = "#,
        r#"export type Mode = "#,
    ] {
        assert!(text.contains(line), "`{line}` is missing in:\n{text}");
    }
}
