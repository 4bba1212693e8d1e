//! What a notation can come to, reckoned, gone through and tried.

use rules::dice::{DiceSource, SeededDice};

use crate::parse;
use crate::sources::Odometer;

#[test]
fn least_most_and_mean_are_those_of_the_books() {
    for (notation, least, most, mean) in [
        ("7", 7, 7, 7.0),
        ("d20", 1, 20, 10.5),
        ("2d8+2", 4, 18, 11.0),
        ("3d8", 3, 24, 13.5),
        // A creature of 19d12+133 hit points has 256 of them.
        ("19d12+133", 152, 361, 256.5),
        ("8d6", 8, 48, 28.0),
        ("-d4", -4, -1, -2.5),
        ("d4-d4", -3, 3, 0.0),
        ("d20adv", 1, 20, 13.825),
        ("d20dis", 1, 20, 7.175),
        ("d20advdis", 1, 20, 10.5),
        ("4d6kh3", 3, 18, 15_869.0 / 1_296.0),
        ("4d6dl1", 3, 18, 15_869.0 / 1_296.0),
        ("4d6dh1", 3, 18, 21.0 - 15_869.0 / 1_296.0),
        // Great weapon fighting as it was and as it is.
        ("2d6ro<3", 2, 12, 25.0 / 3.0),
        ("2d6mi3", 6, 12, 8.0),
        ("d6r1", 2, 6, 4.0),
        ("2d6r<3", 6, 12, 9.0),
        ("d20mi10", 10, 20, 12.75),
        ("8d6/2", 4, 24, 13.75),
        ("d6/2", 0, 3, 1.5),
        ("(d6-4)/2", -2, 1, -0.5),
        ("(2d6+3)*2", 10, 30, 20.0),
        ("2d6*0", 0, 0, 0.0),
        ("d20r1adv", 2, 20, 14.15),
        ("100d1000kh50", 50, 50_000, 37_401.229_290),
    ] {
        let expression = parse(notation);
        let range = (expression.minimum(), expression.maximum());
        assert_eq!(range, (least, most), "`{notation}`");
        let found = expression.average();
        assert!(
            (found - mean).abs() < 1e-6,
            "`{notation}`: {found}, not {mean}"
        );
    }
}

/// Whatever can be rolled is gone through, and held against what was reckoned.
#[test]
fn what_is_reckoned_is_what_the_dice_do() {
    for notation in [
        "d1",
        "3d4+1",
        "4d6kh3",
        "4d4kl2",
        "5d4dh2",
        "4d6dl1/2",
        "5d4kl3/2/2",
        "(4d4kh2-d6)/2",
        "d20adv",
        "d20dis",
        "d20advdis",
        "d20ro1adv",
        "d20ro<4adv",
        "d20ro<4dis",
        "d20ro>15adv",
        "d20ro>15dis/2",
        "d20r1adv",
        "d20r>19dis",
        "d4r>3",
        "d6r1",
        "2d4r1",
        "2d4r1kh1",
        "d4r<3",
        "2d6ro<3",
        "3d6ro1mi2kh2",
        "2d6mi3/2",
        "d20mi10adv",
        "(2d6+3)/2",
        "((2d6+3)/2+d4)/2",
        "(d6*3+1)/2/2/2",
        "3*d6/2-d4/2",
        "-(d6-4)/2",
        "(-d6)/2",
        // Of dice with an odd number of sides, more faces are odd.
        "(4-d3)/2",
        "(-1-2d3)/2",
        "(d5*3-d3)/2/2",
        "(d9/2-d5)/2-d3/2",
        "-(2d4/2-d6)/2*3",
        "(d4-d6)*2/2/2",
    ] {
        let expression = parse(notation);
        let totals = Odometer::totals(&expression);
        let all: f64 = totals.iter().map(|(_, likely)| likely).sum();
        assert!((all - 1.0).abs() < 1e-9, "`{notation}`: all of it is {all}");
        let mean: f64 = totals
            .iter()
            .map(|(total, likely)| f64::from(*total) * likely)
            .sum();
        let found = expression.average();
        assert!(
            (found - mean).abs() < 1e-9,
            "`{notation}`: reckoned {found}, rolled {mean}"
        );
        let reckoned = (expression.minimum(), expression.maximum());
        let rolled = (totals.first().unwrap().0, totals.last().unwrap().0);
        assert_eq!(reckoned, rolled, "`{notation}`");
    }
}

/// Holds counts against what they should be: the statistic of Pearson, and its bound at four deviations above its mean.
fn fits(what: &str, found: &[u32], likely: &[f64]) {
    let all: u32 = found.iter().sum();
    let off: f64 = found
        .iter()
        .zip(likely)
        .map(|(found, likely)| {
            let expected = f64::from(all) * likely;
            (f64::from(*found) - expected).powi(2) / expected
        })
        .sum();
    let freedom = found.len() as f64 - 1.0;
    let bound = freedom + 4.0 * (2.0 * freedom).sqrt();
    assert!(off < bound, "{what}: {off:.1}, and {bound:.1} is the bound");
}

#[test]
fn seeded_dice_are_fair() {
    for sides in [2, 3, 4, 6, 8, 10, 12, 20, 100, 1_000] {
        let mut dice = SeededDice::new(0xF0_4B);
        let mut found = vec![0; sides as usize];
        for _ in 0..200 * sides {
            found[dice.roll(sides) as usize - 1] += 1;
        }
        fits(
            &format!("d{sides}"),
            &found,
            &vec![1.0 / f64::from(sides); sides as usize],
        );
        // And the first die of neighbouring seeds, for hosts that count them up.
        let mut found = vec![0; sides as usize];
        for seed in 0..200 * u64::from(sides) {
            found[SeededDice::new(seed).roll(sides) as usize - 1] += 1;
        }
        fits(
            &format!("first d{sides}"),
            &found,
            &vec![1.0 / f64::from(sides); sides as usize],
        );
    }
    let mut dice = SeededDice::new(5);
    for notation in [
        "d20adv",
        "d20dis",
        "d20ro1adv",
        "4d6dl1",
        "2d6ro<3",
        "2d6r1",
        "2d6/2",
    ] {
        let expression = parse(notation);
        let totals = Odometer::totals(&expression);
        let mut found = vec![0; totals.len()];
        for _ in 0..20_000 {
            let total = expression.roll(&mut dice).total;
            found[totals.iter().position(|(it, _)| *it == total).unwrap()] += 1;
        }
        let likely: Vec<f64> = totals.iter().map(|(_, likely)| *likely).collect();
        fits(notation, &found, &likely);
    }
}

#[test]
fn a_seed_is_a_sequence() {
    let faces = |seed| {
        let mut dice = SeededDice::new(seed);
        [(); 20].map(|()| dice.roll(20))
    };
    assert_eq!(faces(1), faces(1));
    assert_ne!(faces(1), faces(2));
    // Held, so that a newer generator which rolls otherwise is noticed.
    assert_eq!(faces(1)[..8], [15, 14, 19, 7, 3, 6, 18, 8]);
    assert_eq!(SeededDice::new(1).roll(0), 1);
}
