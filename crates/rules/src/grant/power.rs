//! What a spell rolls, before it is known what is added: its dice by the level it is cast at, its beams, its occasions.

use std::fmt::Write as _;

use sheet::source::Source;
use sheet::vocabulary::Ability;
use sheet::{OnSave, SpellRollKind};

use crate::content;

/// What a spell does, before its bonuses are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpellPower {
    /// `melee` or `ranged` where it makes a spell attack.
    pub(crate) attack: String,
    /// The saves it asks for.
    pub(crate) saves: Vec<Ability>,
    /// The spell's own level, 0 for a cantrip.
    pub(crate) level: i32,
    /// The highest level the character casts it at.
    pub(crate) most: i32,
    /// What it rolls.
    pub(crate) parts: Vec<PowerPart>,
    /// What features add to its first damage.
    pub(crate) to_damage: Vec<Added>,
    /// What features add to healing.
    pub(crate) to_healing: Vec<Added>,
}

/// One thing that a spell rolls.
#[derive(Debug, Clone, Default)]
pub(crate) struct PowerPart {
    pub(crate) kind: SpellRollKind,
    /// Dice or a number at the spell's own level.
    pub(crate) dice: String,
    /// Type of damage; of several one is chosen: `acid or cold`.
    pub(crate) damage_type: String,
    /// On what occasion; empty at casting.
    pub(crate) when: String,
    pub(crate) on_save: OnSave,
    pub(crate) on_hit: bool,
    /// Added for each level above the spell's own.
    pub(crate) per_slot: Option<String>,
    pub(crate) times: i32,
    pub(crate) times_per_slot: i32,
    /// Whether the spellcasting modifier is added.
    pub(crate) adds_modifier: bool,
}

/// What one feature adds.
#[derive(Debug, Clone)]
pub(crate) struct Added {
    pub(crate) label: String,
    pub(crate) detail: String,
    pub(crate) amount: i32,
    pub(crate) cell: String,
    /// Whether it counts in one of several beams alone.
    pub(crate) once: bool,
    /// Whether each level above the spell's own adds one more.
    pub(crate) slot_level: bool,
}

impl SpellPower {
    /// Reads what a spell rolls in the hands of a character of a level.
    pub(super) fn of(spell: &content::Spell, level: i32, most: i32) -> SpellPower {
        let hits = spell.attack.is_some();
        let times = match step(level, spell.cantrip_times.len()) {
            Some(step) => spell.cantrip_times[step],
            None => spell.times,
        };
        let heals =
            spell.healing.is_some() || spell.temporary.is_some() || spell.hit_points.is_some();
        let points = |kind, dice: &Option<String>, when: &str| {
            dice.as_ref().map(|dice| PowerPart {
                kind,
                dice: dice.trim().to_owned(),
                when: when.to_owned(),
                per_slot: spell.per_slot.clone(),
                times: 1,
                adds_modifier: spell.adds_modifier,
                ..PowerPart::default()
            })
        };
        let mut parts: Vec<PowerPart> = Vec::new();
        for (place, damage) in spell.damage.iter().enumerate() {
            let first = place == 0;
            let grown = step(level, spell.cantrip_dice.len())
                .filter(|_| first)
                .map(|step| &spell.cantrip_dice[step]);
            let dice = grown.unwrap_or(&damage.dice).trim();
            let on_save = spell.on_save(damage);
            let own = damage.per_slot.as_ref();
            parts.push(PowerPart {
                kind: SpellRollKind::Damage,
                dice: dice.to_owned(),
                damage_type: damage.r#type.replace('/', " or "),
                when: damage.when.clone(),
                on_save,
                on_hit: hits && damage.when.is_empty() && on_save == OnSave::All,
                per_slot: own.or(spell.per_slot.as_ref().filter(|_| first)).cloned(),
                times: if first { times } else { 1 },
                times_per_slot: if first { spell.times_per_slot } else { 0 },
                adds_modifier: damage.adds_modifier || (first && spell.adds_modifier && !heals),
            });
        }
        parts.extend(points(
            SpellRollKind::Healing,
            &spell.healing,
            &spell.healing_when,
        ));
        parts.extend(points(SpellRollKind::Temporary, &spell.temporary, ""));
        parts.extend(points(SpellRollKind::Maximum, &spell.hit_points, ""));
        // What comes of the casting itself stands first.
        parts.sort_by_key(|part| !part.when.is_empty());
        SpellPower {
            attack: spell.attack.clone().unwrap_or_default(),
            saves: spell.saves.clone(),
            level: spell.level,
            most: most.max(spell.level),
            parts,
            to_damage: Vec::new(),
            to_healing: Vec::new(),
        }
    }
}

/// Gives the step of a cantrip that grows with the character (SRD 5.2.1, Spells, Cantrips); none before the first.
fn step(level: i32, steps: usize) -> Option<usize> {
    let step = [5, 11, 17].iter().filter(|from| level >= **from).count();
    Some(step.checked_sub(1)?.min(steps.checked_sub(1)?))
}

/// Gives the highest level of the slots that a character has; 0 without any.
pub(super) fn highest_slot(worked: &Source) -> i32 {
    let casting = &worked.spellcasting;
    let slots = casting.slots.iter();
    let own = slots.filter(|(_, slots)| slots.max > 0 || slots.created > 0);
    let own = own.filter_map(|(level, _)| level.parse::<i32>().ok()).max();
    let pact = (casting.pact.max > 0).then_some(casting.pact.level);
    own.max(pact).unwrap_or(0).clamp(0, 9)
}

/// Dice that grow by others, read once for every level they are written at.
pub(crate) struct Growing<'a> {
    dice: &'a str,
    more: &'a str,
    plain: Option<(Heap, Heap)>,
}

impl<'a> Growing<'a> {
    /// Reads dice, and what is added to them again and again.
    pub(crate) fn new(dice: &'a str, more: &'a str) -> Self {
        let plain = Heap::read(dice).zip(Heap::read(more));
        Self { dice, more, plain }
    }

    /// Writes them with so many times more, together where they are the same: `8d6` and twice `1d6` are `10d6`.
    pub(crate) fn by(&self, times: i32) -> String {
        if times <= 0 {
            return self.dice.to_owned();
        }
        match &self.plain {
            Some((dice, more)) => dice.and(more, times).write(),
            None => format!("{}+{times}*({})", self.dice, self.more),
        }
    }
}

/// Plain dice and a number: `10d6+40`.
#[derive(Clone)]
struct Heap {
    dice: Vec<(i32, i32)>,
    number: i32,
}

impl Heap {
    /// Reads a sum of plain dice and numbers; none for any other notation.
    fn read(text: &str) -> Option<Heap> {
        let mut heap = Heap {
            dice: Vec::new(),
            number: 0,
        };
        for term in text.split('+') {
            let term = term.trim();
            match term.split_once('d') {
                Some((count, sides)) => heap.dice.push((count.parse().ok()?, sides.parse().ok()?)),
                None => heap.number = heap.number.saturating_add(term.parse().ok()?),
            }
        }
        Some(heap)
    }

    /// Gives these with so many times others.
    fn and(&self, more: &Heap, times: i32) -> Heap {
        let mut sum = self.clone();
        for &(count, sides) in &more.dice {
            let count = count.saturating_mul(times);
            match sum.dice.iter_mut().find(|(_, own)| *own == sides) {
                Some((own, _)) => *own = own.saturating_add(count),
                None => sum.dice.push((count, sides)),
            }
        }
        sum.number = sum.number.saturating_add(more.number.saturating_mul(times));
        sum
    }

    fn write(&self) -> String {
        let mut text = String::new();
        for (count, sides) in &self.dice {
            let plus = if text.is_empty() { "" } else { "+" };
            let _ = write!(text, "{plus}{count}d{sides}");
        }
        if self.number != 0 || text.is_empty() {
            let plus = if text.is_empty() { "" } else { "+" };
            let _ = write!(text, "{plus}{}", self.number);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Growing;

    #[test]
    fn dice_of_higher_slots_are_added_to_their_like() {
        for (dice, more, times, expected) in [
            ("8d6", "1d6", 0, "8d6"),
            ("8d6", "1d6", 2, "10d6"),
            ("10d6+40", "3d6", 1, "13d6+40"),
            ("70", "10", 3, "100"),
            ("2d4+4", "5", 2, "2d4+14"),
            ("2d8", "1d6", 2, "2d8+2d6"),
            ("0", "1d6", 1, "1d6"),
            // A house's own notation is kept as it is.
            ("4d6kh3", "1d6", 2, "4d6kh3+2*(1d6)"),
        ] {
            assert_eq!(
                Growing::new(dice, more).by(times),
                expected,
                "{dice} {more} {times}"
            );
        }
    }
}
