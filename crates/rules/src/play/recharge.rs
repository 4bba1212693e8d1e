//! How charges come back, read from the words beside them: `1d6+1 at dawn`.

use crate::dice::Expression;

/// What brings charges back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Dawn,
    ShortRest,
    LongRest,
}

/// How many charges come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Amount {
    All,
    Rolled(Expression),
}

/// Reads when and how many charges come back; nothing where the words do not say.
///
/// The amount is all of them where the words name no dice and no number.
pub(super) fn read(words: &str) -> Option<(Moment, Amount)> {
    let words = words.to_lowercase();
    let moment = if words.contains("dawn") {
        Moment::Dawn
    } else if words.contains("short rest") || words.contains("short or long rest") {
        Moment::ShortRest
    } else if words.contains("long rest") {
        Moment::LongRest
    } else {
        return None;
    };
    let mut found = None;
    // The longest beginning that starts at a digit or a die and can be rolled.
    for start in words
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit() || *c == 'd')
        .map(|(at, _)| at)
    {
        let before = words[..start].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric()) {
            continue;
        }
        let dice: String = words[start..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, 'd' | '+' | '-' | ' '))
            .collect();
        // `1d4 daily` leaves a lone letter behind.
        let dice = dice.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Ok(expression) = Expression::parse(dice) {
            found = Some(expression);
            break;
        }
    }
    Some((moment, found.map_or(Amount::All, Amount::Rolled)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood_or_left_alone() {
        for (words, moment, dice) in [
            ("1d6+1 at dawn", Moment::Dawn, "1d6+1"),
            (
                "Regains 1d6 + 4 charges daily at dawn",
                Moment::Dawn,
                "1d6+4",
            ),
            ("1d3 daily at dawn", Moment::Dawn, "1d3"),
            ("1 at dawn", Moment::Dawn, "1"),
            ("2d8+4 expended charges each dawn", Moment::Dawn, "2d8+4"),
            ("all at dawn", Moment::Dawn, ""),
            ("Daily at dawn", Moment::Dawn, ""),
            ("1d4-1 on a long rest", Moment::LongRest, "1d4-1"),
            ("after a short or long rest", Moment::ShortRest, ""),
        ] {
            let (when, amount) = read(words).unwrap();
            assert_eq!(when, moment, "{words}");
            let expected = match dice {
                "" => Amount::All,
                dice => Amount::Rolled(Expression::parse(dice).unwrap()),
            };
            assert_eq!(amount, expected, "{words}");
        }
        for words in ["", "never", "1d6 per week", "when the moon is full"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
