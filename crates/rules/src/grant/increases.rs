//! Ability increases, which come first: every other number waits for them.

use std::sync::Arc;

use sheet::source::{AbilityIncrease, Source};
use sheet::vocabulary::Ability;

use super::Granted;
use super::amounts::{Known, label};
use super::owner::Walked;
use crate::content::{Effect, Pool};
use crate::desk::Desk;

/// Puts ability increases in place first: every other number waits for them.
pub(super) fn scores(worked: &mut Source, walked: &Walked<'_>, granted: &mut Granted) {
    let total = |worked: &Source, ability: Ability| {
        let by_hand = worked.abilities.increases.iter();
        by_hand
            .filter(|(_, increase)| increase.ability == Some(ability))
            .fold(worked.abilities.scores.of(ability), |sum, (_, increase)| {
                sum.saturating_add(increase.amount)
            })
    };
    let add = |worked: &mut Source, ability, amount: i32, max: i32, label: String, place: usize| {
        let room = max.saturating_sub(total(worked, ability)).max(0);
        let amount = if amount > 0 { amount.min(room) } else { amount };
        if amount == 0 {
            return;
        }
        let increase = AbilityIncrease {
            rank: format!("z{place:05}"),
            ability: Some(ability),
            amount,
            source: label,
        };
        worked
            .abilities
            .increases
            .0
            .insert(format!("given-{place:05}"), Arc::new(increase));
    };
    let mut place = 0;
    // What may go beyond 20 comes at level 19 and later, whatever brought it: lower caps first.
    let mut increases: Vec<_> = walked
        .made
        .iter()
        .filter_map(|made| match &*made.from {
            Pool::Abilities { of, max } => Some((made, of, max)),
            _ => None,
        })
        .collect();
    increases.sort_by_key(|(_, _, max)| **max);
    for (made, of, max) in increases {
        for pick in made
            .picks
            .iter()
            .take(usize::try_from(made.count).unwrap_or(0))
        {
            let ability = Ability::ALL
                .into_iter()
                .find(|ability| ability.key() == pick);
            if let Some(ability) = ability.filter(|ability| of.is_empty() || of.contains(ability)) {
                add(worked, ability, 1, *max, label(&made.owner), place);
                place += 1;
            }
        }
    }
    for active in &walked.active {
        match active.effect {
            Effect::Ability {
                ability,
                amount,
                max,
            } => {
                add(
                    worked,
                    *ability,
                    *amount,
                    max.unwrap_or(20),
                    label(&active.owner),
                    place,
                );
                place += 1;
            }
            Effect::AbilityMinimum { ability, score } => {
                granted
                    .minimums
                    .push((*ability, *score, active.owner.label.clone()));
            }
            _ => {}
        }
    }
}

pub(super) fn known(worked: &Source, granted: &Granted) -> Known {
    let mut desk = Desk::new(worked, granted, None);
    crate::abilities::derive(&mut desk);
    crate::proficiency::derive_bonus(&mut desk);
    Known {
        level: desk.level,
        proficiency: desk.proficiency_bonus,
        scores: desk.scores,
        modifiers: desk.modifiers,
        walk: worked.combat.speeds.walk,
    }
}
