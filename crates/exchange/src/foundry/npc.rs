//! Stat blocks: hit dice from the formula, a proficiency bonus that may be missing.

use rules::modifier;

use super::draft::Draft;
use crate::json::{number, text, whole};

pub(super) fn read(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let formula: String = text(actor.get("attributes.hp.formula"))
        .chars()
        .take(60)
        .collect();
    let max = whole(actor.get("attributes.hp.max"), 0, 1_000_000).unwrap_or(0);
    let constitution = modifier(actor.score("con").unwrap_or(10));
    match dice(&formula) {
        Some((count, sides)) if count <= 100 => {
            draft
                .source
                .creature
                .hit_dice
                .insert(format!("d{sides}"), count);
            let average = count * (sides + 1) / 2 + constitution * count;
            draft.understood(
                "Hit points",
                "Hit dice",
                "attributes.hp.formula",
                "/creature/hit_dice",
                formula.clone(),
            );
            if max > 0 && average != max {
                draft.set_by_hand(
                    "/combat/hp_maximum",
                    max,
                    &format!("The file has {max} for {formula}"),
                );
                draft.understood(
                    "Hit points",
                    "Maximum",
                    "attributes.hp.max",
                    "/overrides",
                    format!("{max}; the dice come to {average} on average."),
                );
            }
        }
        _ if max > 0 => {
            draft.set_by_hand("/combat/hp_maximum", max, "The file has no hit dice");
            draft.understood(
                "Hit points",
                "Maximum",
                "attributes.hp.max",
                "/overrides",
                format!("{max}, set by hand: the file has no dice that are read."),
            );
        }
        _ => draft.unused(
            "Hit points",
            "Maximum",
            "attributes.hp",
            "The file has neither hit points nor dice.",
        ),
    }
    if number(actor.get("details.cr")).is_none() {
        draft.set_by_hand(
            "/statistics/proficiency_bonus",
            0,
            "The file has no challenge rating",
        );
        draft.understood(
            "Identity",
            "Challenge rating",
            "details.cr",
            "/overrides",
            "None: no proficiency bonus is counted.",
        );
    }
    let spent = whole(actor.get("attributes.hd.spent"), 0, 100).unwrap_or(0);
    let die = draft.source.creature.hit_dice.keys().next().cloned();
    if let Some(die) = die.filter(|_| spent > 0) {
        draft.source.combat.hit_dice_used.insert(die, spent);
        draft.understood(
            "Hit points",
            "Hit dice spent",
            "attributes.hd.spent",
            "/combat/hit_dice_used",
            format!("{spent}."),
        );
    }
}

/// Reads the dice of `19d12 + 133`.
fn dice(formula: &str) -> Option<(i32, i32)> {
    let (count, rest) = formula.trim().split_once('d')?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let count: i32 = count.trim().parse().ok()?;
    let sides: i32 = digits.parse().ok()?;
    ([4, 6, 8, 10, 12, 20].contains(&sides) && (1..=1_000).contains(&count))
        .then_some((count, sides))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_of_formulas_are_read() {
        for (formula, expected) in [
            ("19d12 + 133", Some((19, 12))),
            ("3d6", Some((3, 6))),
            (" 20d10+40", Some((20, 10))),
            ("40", None),
            ("", None),
            ("d", None),
            ("999999d999999", None),
            ("1d7", None),
        ] {
            assert_eq!(dice(formula), expected, "{formula}");
        }
    }
}
