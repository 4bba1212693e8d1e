//! What is understood, and what is refused, where and why.

use rules::dice::{DiceFault, Expression};

use crate::parse;

#[test]
fn notations_have_one_canonical_form() {
    for (written, canonical) in [
        ("2d6+3", "2d6+3"),
        ("d20", "1d20"),
        ("  D20 ", "1d20"),
        ("d%", "1d100"),
        ("3d%", "3d100"),
        ("1d100", "1d100"),
        ("7", "7"),
        ("-1", "-1"),
        ("-d4+10", "-1d4+10"),
        ("+5", "5"),
        ("1d8+-1", "1d8-1"),
        ("1d8 - -1", "1d8+1"),
        ("1d8−1", "1d8-1"),
        ("2d6 × 3", "2d6*3"),
        ("4d6kh3", "4d6kh3"),
        ("4d6 DL1", "4d6dl1"),
        ("4d6dl", "4d6dl1"),
        ("2d20kl", "2d20kl1"),
        ("2d20dh1", "2d20dh1"),
        ("4d6kh4", "4d6kh4"),
        ("1d20adv", "1d20adv"),
        ("d20 disadvantage", "1d20dis"),
        ("d20+5 advantage", "1d20adv+5"),
        ("d20+5 dis", "1d20dis+5"),
        ("5 + d20 Disadvantage", "5+1d20dis"),
        ("(d20+5)*2 adv", "(1d20adv+5)*2"),
        ("d20adv adv", "1d20adv"),
        ("d20adv+1 dis", "1d20advdis+1"),
        ("d20+d4 adv", "1d20adv+1d4"),
        ("d20+d20adv", "1d20+1d20adv"),
        ("d20 dis + d20", "1d20dis+1d20"),
        ("2*d20 adv", "1d20adv*2"),
        ("(d4+d20 adv)-1", "(1d4+1d20adv)-1"),
        ("2d6r1", "2d6r1"),
        ("2d6r=1", "2d6r1"),
        ("2d6r<3", "2d6r<3"),
        ("2d6r<=2", "2d6r<3"),
        ("2d6ro>=6", "2d6ro>5"),
        ("2d6ro > 5", "2d6ro>5"),
        ("2d6mi3", "2d6mi3"),
        ("2d6min3", "2d6mi3"),
        ("4d6kh3mi2r1", "4d6r1mi2kh3"),
        ("d20advmi10ro1", "1d20ro1mi10adv"),
        (
            "1d8[slashing]+2d6[fire]+3[Strength]",
            "1d8[slashing]+2d6[fire]+3[Strength]",
        ),
        ("2d6 [ cold fire ] / 2", "2d6/2[cold fire]"),
        ("2d6[火 🔥]", "2d6[火 🔥]"),
        ("(2d6+3)/2", "(2d6+3)/2"),
        ("(2d6[fire]+3)[half]/2/2", "(2d6[fire]+3)/2/2[half]"),
        ("2*3d6", "3d6*2"),
        ("2*3*4d6", "4d6*2*3"),
        ("2*(d4+1)", "(1d4+1)*2"),
        ("2*3", "2*3"),
        ("5/2", "5/2"),
        ("((d6))", "((1d6))"),
        ("0", "0"),
        ("1000000", "1000000"),
        ("100d1000", "100d1000"),
        ("00002d006", "2d6"),
    ] {
        let expression = parse(written);
        assert_eq!(expression.to_string(), canonical, "`{written}`");
        assert_eq!(parse(canonical), expression, "`{written}`");
    }
}

#[test]
fn what_is_refused_is_told_with_its_place() {
    use DiceFault as F;
    let long = format!("{}1", "1+".repeat(100));
    let long_when_written_out = "d6+".repeat(60) + "d6";
    let deep = format!("{}1{}", "(".repeat(17), ")".repeat(17));
    let many = "100d6+100d6+d6";
    for (written, position, fault) in [
        ("", 1, F::Empty),
        (" \t ", 1, F::Empty),
        (&*long, 201, F::TooLong),
        (&*long_when_written_out, 201, F::TooLong),
        (&*deep, 17, F::TooDeep),
        ("999999999d999999999", 1, F::DiceInTerm),
        ("1d999999999", 3, F::Sides),
        ("1d99999999999999999999999999", 3, F::Sides),
        ("1d0", 3, F::Sides),
        ("1d1001", 3, F::Sides),
        ("0d6", 1, F::DiceInTerm),
        ("2+101d6", 3, F::DiceInTerm),
        (many, 13, F::DiceInAll),
        ("99d6+100d6+d20adv", 12, F::DiceInAll),
        ("100d6+99d6+d20 adv", 16, F::DiceInAll),
        ("1000001", 1, F::Number),
        ("d6+99999999999999999999", 4, F::Number),
        ("d20/0", 5, F::DividedByZero),
        ("d20/3", 5, F::DividedByOther),
        ("2d6*d6", 5, F::Multiplier),
        ("5/2*2d6", 5, F::Multiplier),
        ("1000000*1000000", 8, F::Total),
        ("100d1000*1000000", 9, F::Total),
        ("1000000*1000+1", 14, F::Total),
        ("-(1000000*1000+1)", 16, F::Total),
        ("1d8/2/2/2/2", 10, F::Halvings),
        ("((d8/2)/2/2)/2", 13, F::Halvings),
        ("(2d6+3", 1, F::OpenParenthesis),
        ("2d6+((1)", 5, F::OpenParenthesis),
        ("2d6[fire", 4, F::OpenLabel),
        ("2d6[]", 4, F::Label),
        ("2d6[a[b]", 4, F::Label),
        ("2d6[a\u{7}b]", 4, F::Label),
        ("d6[a][b]", 6, F::Twice { what: "a label" }),
        (
            "4d6kh3dl1",
            7,
            F::Twice {
                what: "what is kept or dropped",
            },
        ),
        (
            "4d6r1ro2",
            6,
            F::Twice {
                what: "what is rolled again",
            },
        ),
        (
            "4d6mi2mi3",
            7,
            F::Twice {
                what: "the least that a die counts",
            },
        ),
        ("4d6kh5", 4, F::Keep { dice: 4 }),
        ("4d6kl0", 4, F::Keep { dice: 4 }),
        ("4d6dl4", 4, F::Drop { dice: 4 }),
        ("4d6dh0", 4, F::Drop { dice: 4 }),
        ("d20dl1", 4, F::Drop { dice: 1 }),
        ("d6r7", 3, F::RerollsNone { sides: 6 }),
        ("d6r<1", 3, F::RerollsNone { sides: 6 }),
        ("d6r0", 3, F::RerollsNone { sides: 6 }),
        ("d6r<7", 3, F::RerollsAll { sides: 6 }),
        ("d6ro>=0", 3, F::RerollsAll { sides: 6 }),
        ("d6r<=99999999999", 3, F::RerollsAll { sides: 6 }),
        ("d1r1", 3, F::RerollsAll { sides: 1 }),
        ("d6mi0", 3, F::Least { sides: 6 }),
        ("d6mi7", 3, F::Least { sides: 6 }),
        ("2d20adv", 5, F::AdvantageOfOther),
        ("d20kh1adv", 7, F::AdvantageOfOther),
        ("d20advkh1", 7, F::AdvantageOfOther),
        ("2d6+3 advantage", 7, F::NoD20),
        ("2d20+3 dis", 8, F::NoD20),
        ("d20+d20 adv", 9, F::SeveralD20),
        ("1d6adv", 4, F::AdvantageOfOther),
        ("2d6+d6dis", 7, F::AdvantageOfOther),
        ("(3d6adv)+1", 5, F::AdvantageOfOther),
        ("d4 adv + d20", 4, F::AdvantageOfOther),
        ("2d20 adv", 6, F::NoD20),
    ] {
        let error = Expression::parse(written).unwrap_err();
        assert_eq!(
            (error.position, error.fault),
            (position, fault),
            "`{written}`"
        );
    }
}

#[test]
fn what_cannot_stand_somewhere_is_told_with_what_can() {
    for (written, position, found, hint) in [
        ("2d", 3, None, "sides"),
        ("2d6+", 5, None, "dice such as"),
        ("2d6*", 5, None, "dice such as"),
        ("(", 2, None, "dice such as"),
        ("d20/", 5, None, "`/2`"),
        ("d6ro<", 6, None, "faces"),
        ("d6r", 4, None, "faces"),
        ("d6mi", 5, None, "least"),
        ("2d6 3", 5, Some('3'), "`+`"),
        ("1d20+5)", 7, Some(')'), "closes no"),
        ("()", 2, Some(')'), "dice such as"),
        ("2d6++-1", 6, Some('-'), "dice such as"),
        ("--1", 2, Some('-'), "dice such as"),
        ("2dx", 3, Some('x'), "sides"),
        ("2d-6", 3, Some('-'), "sides"),
        ("2d6x2", 4, Some('x'), "`*`"),
        ("4d6k3", 4, Some('k'), "`kh`"),
        ("4d6d1", 4, Some('d'), "`dl`"),
        ("4d6 drop lowest", 5, Some('d'), "`dl`"),
        ("fireball", 1, Some('f'), "dice such as"),
        ("adv", 1, Some('a'), "dice such as"),
        ("dis", 1, Some('d'), "dice such as"),
        ("d20+5 advantageous", 16, Some('o'), "`+`"),
        ("d20 adv +", 10, None, "dice such as"),
        ("2d6+é", 5, Some('é'), "dice such as"),
        ("🎲🎲d6", 1, Some('🎲'), "dice such as"),
        ("2d6[火]+🔥", 8, Some('🔥'), "dice such as"),
        ("２d6", 1, Some('２'), "dice such as"),
        ("2d6/d4", 5, Some('d'), "`/2`"),
        ("2d6;1", 4, Some(';'), "`+`"),
        ("1.5", 2, Some('.'), "`+`"),
        ("6e", 2, Some('e'), "`+`"),
    ] {
        let error = Expression::parse(written).unwrap_err();
        let told = match &error.fault {
            DiceFault::Unexpected { found, .. } => Some(*found),
            DiceFault::BreaksOff { .. } => None,
            other => panic!("`{written}`: {other:?}"),
        };
        assert_eq!((error.position, told), (position, found), "`{written}`");
        assert!(error.hint().contains(hint), "`{written}`: {}", error.hint());
        assert!(
            error
                .to_string()
                .starts_with(&format!("At character {position}: ")),
            "{error}"
        );
    }
    let steering = Expression::parse("2d6\u{1b}[31m").unwrap_err().to_string();
    assert_eq!(steering, "At character 4: `\\u{1b}` cannot stand here.");
}
