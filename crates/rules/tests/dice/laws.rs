//! What holds for every text and every roll.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use rules::dice::{Expression, Mode, Roll, RollTerm, SeededDice};

use crate::parse;
use crate::sources::Stuck;

#[test]
fn no_source_can_break_a_roll() {
    for face in [0, 1, 3, 1_000, u32::MAX] {
        for notation in [
            "d20r1adv",
            "100d6r<6kh3",
            "2d6ro1",
            "100d1000r<1000",
            "(d4-d6)*1000000/2",
        ] {
            let expression = parse(notation);
            let roll = expression.roll(&mut Stuck(face));
            holds(&expression, &roll);
            assert!(
                roll.dice().iter().all(|die| die.rerolled.len() <= 10),
                "{roll:?}"
            );
        }
    }
}

/// Holds a roll against its expression: the laws of every roll.
fn holds(expression: &Expression, roll: &Roll) {
    let (least, most) = (expression.minimum(), expression.maximum());
    assert!(
        (least..=most).contains(&roll.total),
        "{roll:?} is not from {least} to {most}"
    );
    assert_eq!(roll.notation, expression.to_string());
    assert_eq!(
        roll.total,
        roll.terms.iter().map(|term| term.subtotal).sum::<i32>()
    );
    roll.terms.iter().for_each(honest);
    let mean = expression.average();
    let within =
        f64::from(least) - 1e-6 * (1.0 + mean.abs())..=f64::from(most) + 1e-6 * (1.0 + mean.abs());
    assert!(
        within.contains(&mean),
        "{expression}: {mean} is not from {least} to {most}"
    );
}

fn honest(term: &RollTerm) {
    for die in &term.dice {
        let faces = 1..=die.sides;
        assert!(faces.contains(&die.face) && faces.contains(&die.value) && die.value >= die.face);
        assert!(
            die.rerolled.iter().all(|face| faces.contains(face)),
            "{die:?}"
        );
    }
    assert!(
        term.dice.is_empty() || term.dice.iter().any(|die| die.kept),
        "{term:?}"
    );
    assert!(term.dice.is_empty() || term.parts.is_empty(), "{term:?}");
    term.parts.iter().for_each(honest);
}

/// What is said of every text: it is refused with a place in it and a hint, or it is a roll that keeps the laws.
fn any_text(text: &str) {
    match Expression::parse(text) {
        Ok(expression) => {
            let canonical = expression.to_string();
            assert_eq!(
                Expression::parse(&canonical),
                Ok(expression.clone()),
                "`{text}` as `{canonical}`"
            );
            assert_eq!(canonical, parse(&canonical).to_string());
            for seed in 0..4 {
                holds(&expression, &expression.roll(&mut SeededDice::new(seed)));
            }
            holds(&expression, &expression.roll(&mut Stuck(0)));
            let changed = [expression.critical(), expression.with_mode(Mode::Advantage)];
            for changed in changed.into_iter().flatten() {
                assert_eq!(Expression::parse(&changed.to_string()), Ok(changed));
            }
        }
        Err(error) => {
            let length = text.chars().count();
            assert!(
                (1..=length.min(200) + 1).contains(&error.position),
                "`{text}`: {error:?}"
            );
            assert!(
                !error.hint().is_empty() && error.to_string().len() < 200,
                "{error}"
            );
        }
    }
}

/// Notations as they may be written, lawful for the most part.
fn notations() -> impl Strategy<Value = String> {
    let numbered = |words: &[&'static str], numbers: std::ops::Range<u32>| {
        (prop::sample::select(words.to_vec()), numbers).prop_map(|(word, n)| format!("{word}{n}"))
    };
    let keep =
        prop_oneof![2 => Just(String::new()), 1 => numbered(&["kh", "kl", "dh", "dl"], 1..4)];
    let again = prop_oneof![
        3 => Just(String::new()),
        1 => numbered(&["r", "ro", "r<", "ro>", "r<=", "ro>="], 1..8),
    ];
    let least = prop_oneof![3 => Just(String::new()), 1 => numbered(&["mi"], 1..5)];
    let sides = prop::sample::select(vec![4, 6, 8, 10, 20, 100, 1_000]);
    let dice = (1_u32..9, sides, keep, again.clone(), least.clone()).prop_map(
        |(count, sides, keep, again, least)| format!("{count}d{sides}{keep}{again}{least}"),
    );
    let mode = prop::sample::select(vec!["", "adv", "dis", "advdis", " ADV"]);
    let test =
        (mode, again, least).prop_map(|(mode, again, least)| format!("d20{again}{least}{mode}"));
    let number = (0_u32..30).prop_map(|n| n.to_string());
    let atom = prop_oneof![3 => dice, 1 => test, 1 => number];
    atom.prop_recursive(4, 12, 4, |inner| {
        let scale = prop::sample::select(vec!["", "", "/2", "*3", " * 1000", "[fire]", "/2[half]"]);
        let sign = prop::sample::select(vec!["+", "-", " - ", "+-"]);
        (
            prop::collection::vec((sign, inner, scale), 1..4),
            any::<bool>(),
        )
            .prop_map(|(terms, group)| {
                let text: String = terms
                    .iter()
                    .enumerate()
                    .map(|(n, (sign, term, scale))| {
                        format!("{}{term}{scale}", if n == 0 { "" } else { sign })
                    })
                    .collect();
                if group { format!("({text})") } else { text }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_breaks_the_reader(text in any::<String>()) {
        any_text(&text);
    }

    #[test]
    fn no_text_of_its_own_signs_breaks_the_reader(text in r"[0-9d%khlroimnavs<>=()\[\]+*/ −×-]{0,40}") {
        any_text(&text);
    }

    #[test]
    fn every_notation_keeps_the_laws(text in notations()) {
        any_text(&text);
    }
}

/// The strategy is worth something only while most of what it makes is lawful.
#[test]
fn most_of_the_notations_that_are_tried_can_be_rolled() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let lawful = (0..500).filter(|_| {
        let text = notations().new_tree(&mut runner).unwrap().current();
        Expression::parse(&text).is_ok()
    });
    let lawful = lawful.count();
    assert!(lawful > 250, "{lawful} of 500");
}
