//! Ways to find ability scores: standard array, point buy, dice (SRD 5.2.1, Character Creation, Step 3).

use sheet::source::{AbilityScores, Build, ScoreMethod};
use sheet::vocabulary::Ability;

/// The standard array.
pub const STANDARD_ARRAY: [i32; 6] = [15, 14, 13, 12, 10, 8];
/// How many points are spent when scores are bought.
pub const POINTS: i32 = 27;

/// Gives what a score costs when it is bought; `None` for what cannot be.
pub fn cost(score: i32) -> Option<i32> {
    match score {
        8..=13 => Some(score - 8),
        14 => Some(7),
        15 => Some(9),
        _ => None,
    }
}

/// Gives the points that six scores cost together; `None` if one of them cannot be bought.
pub fn cost_of_all(scores: &AbilityScores) -> Option<i32> {
    Ability::ALL
        .into_iter()
        .map(|ability| cost(scores.of(ability)))
        .sum()
}

/// Gives the score of a roll of four dice written `6 5 3 1`: the best three together. `None` for what is no such roll.
pub fn of_roll(roll: &str) -> Option<i32> {
    let mut dice: Vec<i32> = Vec::new();
    for die in roll.split_whitespace() {
        dice.push(die.parse().ok().filter(|die| (1..=6).contains(die))?);
    }
    if dice.len() != 4 {
        return None;
    }
    let lowest = dice.iter().min()?;
    Some(dice.iter().sum::<i32>() - lowest)
}

/// Says what does not fit between scores and the way they were found.
pub(crate) fn problem(build: &Build, scores: &AbilityScores) -> Option<String> {
    let mut sorted: Vec<i32> = Ability::ALL
        .into_iter()
        .map(|ability| scores.of(ability))
        .collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    match build.scores_by {
        ScoreMethod::Free => None,
        ScoreMethod::StandardArray => (sorted != STANDARD_ARRAY).then(|| {
            "The scores are not those of the standard array 15, 14, 13, 12, 10, 8.".to_owned()
        }),
        ScoreMethod::PointBuy => match cost_of_all(scores) {
            None => Some("Bought scores are 8 to 15 before increases.".to_owned()),
            Some(cost) if cost > POINTS => Some(format!(
                "The scores cost {cost} points; there are {POINTS}."
            )),
            Some(_) => None,
        },
        ScoreMethod::Rolled => {
            let mut rolled: Vec<i32> = build
                .rolls
                .values()
                .filter_map(|roll| of_roll(roll))
                .collect();
            rolled.sort_unstable_by(|a, b| b.cmp(a));
            (rolled != sorted).then(|| {
                let rolled: Vec<String> = rolled.iter().map(ToString::to_string).collect();
                format!(
                    "The dice gave {}; the scores are others.",
                    if rolled.is_empty() {
                        "nothing yet".to_owned()
                    } else {
                        rolled.join(", ")
                    }
                )
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(of: [i32; 6]) -> AbilityScores {
        AbilityScores {
            strength: of[0],
            dexterity: of[1],
            constitution: of[2],
            intelligence: of[3],
            wisdom: of[4],
            charisma: of[5],
        }
    }

    #[test]
    fn the_standard_array_costs_all_points() {
        assert_eq!(cost_of_all(&scores(STANDARD_ARRAY)), Some(POINTS));
        assert_eq!(cost_of_all(&scores([16, 8, 8, 8, 8, 8])), None);
    }

    #[test]
    fn a_roll_drops_its_lowest_die() {
        assert_eq!(of_roll("6 5 3 1"), Some(14));
        assert_eq!(of_roll("1 1 1 1"), Some(3));
        for wrong in ["", "6 5 3", "7 5 3 1", "6 5 x 1", "1 1 1 1 1"] {
            assert_eq!(of_roll(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn scores_are_held_against_the_way_they_were_found() {
        let build = |scores_by| Build {
            scores_by,
            rolls: [
                ("a", "6 5 3 1"),
                ("b", "1 1 1 1"),
                ("c", "4 4 4 4"),
                ("d", "2 3 4 5"),
                ("e", "6 6 6 6"),
                ("f", "1 2 3 4"),
            ]
            .map(|(key, roll)| (key.to_owned(), roll.to_owned()))
            .into(),
            ..Build::default()
        };
        let rolled = scores([14, 3, 12, 12, 18, 9]);
        assert_eq!(problem(&build(ScoreMethod::Rolled), &rolled), None);
        assert_eq!(problem(&build(ScoreMethod::Free), &rolled), None);
        assert!(
            problem(&build(ScoreMethod::StandardArray), &rolled)
                .unwrap()
                .contains("standard array")
        );
        assert!(
            problem(&build(ScoreMethod::PointBuy), &rolled)
                .unwrap()
                .contains("8 to 15")
        );
        let dear = scores([15, 15, 15, 10, 8, 8]);
        assert!(
            problem(&build(ScoreMethod::PointBuy), &dear)
                .unwrap()
                .contains("29 points")
        );
        assert!(problem(&build(ScoreMethod::Rolled), &dear).is_some());
    }
}
