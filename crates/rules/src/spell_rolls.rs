//! What a spell rolls, with what is added to it, at every level its caster can cast it.

use sheet::vocabulary::Ability;
use sheet::{SpellDice, SpellRoll, SpellRollKind};

use crate::attacks::rolled;
use crate::desk::{Desk, Sum};
use crate::grant::{Added, Growing, PowerPart, SpellPower};

/// What a spell rolls, and what of it the sheet tells in a word.
#[derive(Default)]
pub(crate) struct Rolls {
    pub(crate) all: Vec<SpellRoll>,
    pub(crate) damage: String,
    pub(crate) damage_bonus: i32,
    pub(crate) healing: String,
    pub(crate) healing_bonus: i32,
}

/// Works out what a spell rolls; its bonuses are explained where there is anything to explain.
pub(crate) fn derive(
    desk: &mut Desk<'_>,
    id: &str,
    power: &SpellPower,
    ability: Option<Ability>,
) -> Rolls {
    let mut rolls = Rolls::default();
    let mut damage = Vec::new();
    let mut first_damage = true;
    for part in power.parts() {
        // A cantrip may deal nothing yet.
        let modifier = ability.filter(|_| part.adds_modifier);
        let hurts = part.kind == SpellRollKind::Damage;
        let (what, added): (_, &[Added]) = match part.kind {
            SpellRollKind::Damage if first_damage => ("damage_bonus", &power.to_damage),
            SpellRollKind::Damage => ("", &[]),
            SpellRollKind::Healing => ("healing_bonus", &power.to_healing),
            SpellRollKind::Temporary | SpellRollKind::Maximum => ("healing_bonus", &[]),
        };
        let (bonus, bonus_cell) = if what.is_empty() {
            let modifier = modifier.map(|ability| (desk.modifier(ability), ability.key()));
            modifier.map_or((0, None), |(bonus, key)| {
                (bonus, Some(format!("/statistics/ability_modifiers/{key}")))
            })
        } else {
            explained(desk, id, what, modifier, added)
        };
        let roll = SpellRoll {
            kind: part.kind,
            damage_type: part.damage_type.replace('/', " or "),
            when: part.when.to_owned(),
            on_save: part.on_save,
            on_hit: part.on_hit,
            bonus_cell: bonus_cell.filter(|_| bonus != 0),
            once: added
                .iter()
                .filter(|added| added.once)
                .map(|added| added.label.clone())
                .collect(),
            at: levels(power, &part, bonus, added),
        };
        if hurts && first_damage {
            rolls.damage_bonus = bonus;
        } else if what == "healing_bonus" {
            rolls.healing_bonus = bonus;
        }
        if hurts {
            first_damage = false;
        }
        let text = roll.at.first().map_or("", |at| at.text.as_str());
        if hurts && !text.is_empty() && (part.when.is_empty() || damage.is_empty()) {
            damage.push(format!("{text} {}", roll.damage_type));
        }
        if part.kind == SpellRollKind::Healing {
            rolls.healing = text.to_owned();
        }
        rolls.all.push(roll);
    }
    rolls.damage = damage.join(", ");
    rolls
}

/// Lists what is rolled at the levels at which it differs.
fn levels(power: &SpellPower, part: &PowerPart<'_>, bonus: i32, added: &[Added]) -> Vec<SpellDice> {
    let own = power.spell.level;
    let grows = part.per_slot.is_some()
        || part.times_per_slot != 0
        || added.iter().any(|added| added.slot_level);
    let most = if grows && own > 0 { power.most } else { own };
    let of_slot = added.iter().filter(|added| added.slot_level).count();
    let of_slot = i32::try_from(of_slot).unwrap_or(0);
    let once = added.iter().filter(|added| added.once);
    let once = once.fold(0_i32, |sum, added| sum.saturating_add(added.amount));
    let growing = part.per_slot.map(|more| Growing::new(part.dice, more));
    (own..=most)
        .map(|level| {
            let above = level - own;
            let dice = growing
                .as_ref()
                .map_or_else(|| part.dice.to_owned(), |growing| growing.by(above));
            let bonus = bonus.saturating_add(of_slot.saturating_mul(above));
            let times = part
                .times
                .saturating_add(part.times_per_slot.saturating_mul(above))
                .clamp(1, 40);
            SpellDice {
                level,
                text: written(&dice, bonus, times, once),
                dice,
                bonus,
                times,
            }
        })
        .collect()
}

/// Writes what is rolled: `8d6+4`, `3 × 2d6`; what counts in one of several alone stands behind them.
fn written(dice: &str, bonus: i32, times: i32, once: i32) -> String {
    if dice == "0" && bonus == 0 {
        return String::new();
    }
    if times == 1 {
        return rolled(dice, bonus);
    }
    let each = format!("{times} × {}", rolled(dice, bonus.saturating_sub(once)));
    if once == 0 {
        each
    } else {
        format!("{each}, {once:+} to one")
    }
}

/// Works out what is added to the dice of a spell, and where that is explained.
fn explained(
    desk: &mut Desk<'_>,
    id: &str,
    what: &str,
    modifier: Option<Ability>,
    added: &[Added],
) -> (i32, Option<String>) {
    let cell = format!("/spellcasting/spells/{id}/{what}");
    if modifier.is_none() && added.is_empty() && !desk.is_changed(&cell) {
        return (0, None);
    }
    let mut sum = Sum::default();
    if let Some(ability) = modifier {
        desk.ability_term(&mut sum, ability);
    }
    for added in added {
        sum.add_some(
            added.label.clone(),
            added.amount,
            added.detail.clone(),
            Some(added.cell.clone()),
        );
    }
    (desk.close(cell.clone(), sum), Some(cell))
}
