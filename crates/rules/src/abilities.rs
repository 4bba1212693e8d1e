//! Ability scores and their modifiers.

use sheet::vocabulary::Ability;

use crate::desk::{Desk, Sum, index, name_or};
use crate::modifier;

/// The most any score can be (SRD 5.2.1, Ability Scores).
const HIGHEST: i32 = 30;

pub(crate) fn derive(desk: &mut Desk<'_>) {
    for ability in Ability::ALL {
        let score = score(desk, ability);
        let mut sum = Sum::default();
        sum.add(
            format!("{} {score}", ability.name()),
            modifier(score),
            "half of what is above 10, rounded down",
            Some(format!("/statistics/ability_scores/{}", ability.key())),
        );
        let cell = format!("/statistics/ability_modifiers/{}", ability.key());
        let modifier = desk.close(cell, sum);
        desk.scores[index(ability)] = score;
        desk.modifiers[index(ability)] = modifier;
    }
}

fn score(desk: &mut Desk<'_>, ability: Ability) -> i32 {
    let source = desk.source;
    let mut sum = Sum::default();
    let base = source.abilities.scores.of(ability);
    sum.add(
        "Base score",
        base,
        "",
        Some(format!("/abilities/scores/{}", ability.key())),
    );
    let increases = &source.abilities.increases;
    for (id, increase) in increases.ordered_if(|own| own.ability == Some(ability)) {
        let cell = Some(format!("/abilities/increases/{id}/amount"));
        let label = name_or(&increase.source, "Increase");
        sum.add_some(label, increase.amount, "", cell);
    }
    for (id, item) in &desk.working {
        if item.bonuses.ability == Some(ability) {
            let cell = Some(format!(
                "/equipment/magical_items/{id}/bonuses/ability_increase"
            ));
            let name = name_or(&item.name, "Magic item");
            sum.add_some(name, item.bonuses.ability_increase, "", cell);
        }
    }
    // A score that an item sets is the least it can be, whatever else adds to it; only the highest counts.
    let total = whole(&sum);
    let set = desk
        .working
        .iter()
        .filter(|(_, item)| item.bonuses.ability == Some(ability))
        .filter_map(|(id, item)| {
            item.bonuses
                .ability_minimum
                .map(|least| (least, *id, *item))
        })
        .max_by_key(|(least, ..)| *least);
    if let Some((least, id, item)) = set
        && least > total
    {
        let cell = Some(format!(
            "/equipment/magical_items/{id}/bonuses/ability_minimum"
        ));
        let detail = format!("sets the score to {least}");
        sum.add(
            name_or(&item.name, "Magic item"),
            least.saturating_sub(total),
            detail,
            cell,
        );
    }
    let given = desk.granted.minimums.iter();
    let given = given.filter(|(own, ..)| *own == ability);
    if let Some((_, least, label)) = given.max_by_key(|(_, least, _)| *least) {
        let total = whole(&sum);
        if *least > total {
            let detail = format!("sets the score to {least}");
            sum.add(label.clone(), least.saturating_sub(total), detail, None);
        }
    }
    let total = whole(&sum);
    if total > HIGHEST {
        sum.add("Never above 30", HIGHEST.saturating_sub(total), "", None);
    }
    sum.never_below(1);
    desk.close(format!("/statistics/ability_scores/{}", ability.key()), sum)
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast from float saturates"
)]
fn whole(sum: &Sum) -> i32 {
    sum.total() as i32
}
