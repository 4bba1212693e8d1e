//! Hit points and hit dice.

use std::collections::BTreeMap;

use sheet::source::Level;
use sheet::vocabulary::{Ability, CLASSES};
use sheet::{Kind, Severity, Vitality};

use crate::content::Target;
use crate::desk::{Desk, Sum};

pub(crate) struct Health {
    pub(crate) maximum: i32,
    pub(crate) current: i32,
    pub(crate) dice_total: BTreeMap<String, i32>,
    pub(crate) dice_remaining: BTreeMap<String, i32>,
}

/// Gives the sides of a level's hit die: as written, else of the class, else 8.
pub(crate) fn hit_die(level: &Level) -> i32 {
    let class = level.class.trim();
    level.hit_die.unwrap_or_else(|| {
        let known = CLASSES
            .iter()
            .find(|known| known.name.eq_ignore_ascii_case(class));
        known.map_or(8, |known| known.hit_die)
    })
}

pub(crate) fn derive(desk: &mut Desk<'_>) -> Health {
    let maximum = maximum(desk);
    let damage = desk.source.combat.damage_taken.max(0);
    let mut sum = Sum::default();
    sum.add(
        "Hit point maximum",
        maximum,
        "",
        Some("/combat/hp_maximum".to_owned()),
    );
    let cell = Some("/combat/damage_taken".to_owned());
    sum.add_some("Damage taken", damage.saturating_neg(), "", cell);
    sum.never_below(0);
    let current = desk.close("/combat/current_hp".to_owned(), sum);
    let (dice_total, dice_remaining) = dice(desk);
    Health {
        maximum,
        current,
        dice_total,
        dice_remaining,
    }
}

/// Death saves of one kind that decide.
pub(crate) const DECIDED: i32 = 3;
/// The level of exhaustion that kills.
pub(crate) const DEADLY_EXHAUSTION: i32 = 6;

/// Tells how a character stands between life and death (SRD 5.2.1, Dropping to 0 Hit Points).
///
/// Monsters make no death saves: one at 0 hit points that nobody called dead has nothing to do.
pub(crate) fn life(desk: &Desk<'_>, health: &Health) -> Vitality {
    let combat = &desk.source.combat;
    let saves = &combat.death_saves;
    if saves.failures >= DECIDED || combat.exhaustion >= DEADLY_EXHAUSTION {
        Vitality::Dead
    } else if health.maximum <= 0 || health.current > 0 {
        Vitality::Up
    } else if saves.successes >= DECIDED || desk.source.record.kind == Kind::Monster {
        Vitality::Stable
    } else {
        Vitality::Dying
    }
}

fn maximum(desk: &mut Desk<'_>) -> i32 {
    let constitution = desk.modifier(Ability::Constitution);
    let mut sum = Sum::default();
    let mut from_constitution = 0_i32;
    let mut by_class: Vec<(&str, i32, Vec<String>)> = Vec::new();
    for (place, (_, level)) in desk.source.levels.ordered().into_iter().enumerate() {
        let die = hit_die(level);
        // The first level gives the whole die; a later one what was rolled, or half the die and one.
        let fixed = if place == 0 { die } else { die / 2 + 1 };
        let gained = level.hit_points.unwrap_or(fixed);
        // A level never gives less than one, however poor the constitution.
        from_constitution = from_constitution.saturating_add(
            gained
                .saturating_add(constitution)
                .max(1)
                .saturating_sub(gained),
        );
        let class = level.class.trim();
        match by_class.iter_mut().find(|(name, ..)| *name == class) {
            Some((_, total, each)) => {
                *total = total.saturating_add(gained);
                each.push(gained.to_string());
            }
            None => by_class.push((class, gained, vec![gained.to_string()])),
        }
    }
    for (class, total, each) in by_class {
        let class = if class.is_empty() { "Level" } else { class };
        let label = format!("{class} {}", each.len());
        sum.add(label, total, each.join(" + "), Some("/levels".to_owned()));
    }
    let (doubled, count, dice) = creature_dice(desk);
    if count > 0 {
        let cell = Some("/creature/hit_dice".to_owned());
        sum.add(dice, doubled / 2, "on average", cell);
        from_constitution = from_constitution.saturating_add(constitution.saturating_mul(count));
    }
    let any = desk.level > 0 || count > 0;
    if any {
        let dice = desk.level.saturating_add(count);
        let detail = format!("{constitution:+} for each of {dice} hit dice");
        let cell = Some("/statistics/ability_modifiers/constitution".to_owned());
        sum.add("Constitution", from_constitution, detail, cell);
    }
    let bonus = desk.source.combat.hp_maximum_bonus;
    sum.add_some(
        "Bonus",
        bonus,
        "",
        Some("/combat/hp_maximum_bonus".to_owned()),
    );
    desk.item_terms(&mut sum, "hp_maximum", |bonuses| bonuses.hp_maximum);
    desk.given_terms(&mut sum, |target| target == Target::HitPoints);
    let level = desk.level;
    for given in desk.given(|target| target == Target::HitPointsPerLevel) {
        let detail = format!("{} for each of {level} levels", given.amount);
        sum.add_some(
            given.label.clone(),
            given.amount.saturating_mul(level),
            detail,
            given.cell.clone(),
        );
    }
    sum.never_below(i32::from(any));
    desk.close("/combat/hp_maximum".to_owned(), sum)
}

/// Sums up the hit dice beyond those of levels: twice their average, their count, and how they are written.
fn creature_dice(desk: &Desk<'_>) -> (i32, i32, String) {
    let (mut doubled, mut count) = (0_i32, 0_i32);
    let mut written = Vec::new();
    for (die, number) in &desk.source.creature.hit_dice {
        let sides: i32 = die
            .strip_prefix('d')
            .and_then(|sides| sides.parse().ok())
            .unwrap_or(0);
        if *number > 0 && sides > 0 {
            doubled = doubled.saturating_add(number.saturating_mul(sides.saturating_add(1)));
            count = count.saturating_add(*number);
            written.push(format!("{number}{die}"));
        }
    }
    (doubled, count, written.join(" + "))
}

fn dice(desk: &mut Desk<'_>) -> (BTreeMap<String, i32>, BTreeMap<String, i32>) {
    let mut total: BTreeMap<String, i32> = BTreeMap::new();
    for (_, level) in desk.source.levels.iter() {
        *total.entry(format!("d{}", hit_die(level))).or_default() += 1;
    }
    for (die, number) in &desk.source.creature.hit_dice {
        if *number > 0 {
            let count = total.entry(die.clone()).or_default();
            *count = count.saturating_add(*number);
        }
    }
    let used = &desk.source.combat.hit_dice_used;
    let left = |die: &String, count: i32| {
        count
            .saturating_sub(used.get(die).copied().unwrap_or(0).max(0))
            .max(0)
    };
    let remaining = total
        .iter()
        .map(|(die, count)| (die.clone(), left(die, *count)))
        .collect();
    for (die, spent) in used {
        let there = total.get(die).copied().unwrap_or(0);
        if *spent > there {
            desk.find(
                Severity::Warning,
                format!("/combat/hit_dice_used/{die}"),
                format!("{spent} hit dice {die} are spent of {there}; none is counted as left."),
                "Give some back.",
            );
        }
    }
    (total, remaining)
}
