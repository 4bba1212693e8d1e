//! What a spell rolls, before it is known what is added: its dice by the level it is cast at, its beams, its occasions.

use std::fmt::Write as _;
use std::sync::Arc;

use sheet::source::Source;
use sheet::{OnSave, SpellRollKind};

use crate::content::Spell;

/// What a spell does in the hands of a character, before its bonuses are known.
#[derive(Debug)]
pub(crate) struct SpellPower {
    pub(crate) spell: Arc<Spell>,
    /// The level of the character, by which cantrips grow.
    pub(crate) level: i32,
    /// The highest level the character casts it at.
    pub(crate) most: i32,
    /// What features add to its first damage.
    pub(crate) to_damage: Vec<Added>,
    /// What features add to healing.
    pub(crate) to_healing: Vec<Added>,
}

/// One thing that a spell rolls.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PowerPart<'s> {
    pub(crate) kind: SpellRollKind,
    /// Dice or a number at the spell's own level.
    pub(crate) dice: &'s str,
    /// Type of damage; several to choose from are separated by `/`.
    pub(crate) damage_type: &'s str,
    /// On what occasion; empty at casting.
    pub(crate) when: &'s str,
    pub(crate) on_save: OnSave,
    pub(crate) on_hit: bool,
    /// Added for each level above the spell's own.
    pub(crate) per_slot: Option<&'s str>,
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
    /// Takes a spell into the hands of a character of a level.
    pub(super) fn of(spell: &Arc<Spell>, level: i32, most: i32) -> SpellPower {
        SpellPower {
            spell: Arc::clone(spell),
            level,
            most: most.max(spell.level),
            to_damage: Vec::new(),
            to_healing: Vec::new(),
        }
    }

    /// Reads what the spell rolls.
    pub(crate) fn parts(&self) -> Vec<PowerPart<'_>> {
        let (spell, level) = (&*self.spell, self.level);
        let hits = spell.attack.is_some();
        let times = match step(level, spell.cantrip_times.len()) {
            Some(step) => spell.cantrip_times[step],
            None => spell.times,
        };
        let points = [
            (SpellRollKind::Healing, &spell.healing, &*spell.healing_when),
            (SpellRollKind::Temporary, &spell.temporary, ""),
            (SpellRollKind::Maximum, &spell.hit_points, ""),
        ];
        let heals = points.iter().any(|(_, dice, _)| dice.is_some());
        let damage = spell.damage.iter().enumerate().map(|(place, damage)| {
            let first = place == 0;
            let grown = step(level, spell.cantrip_dice.len())
                .filter(|_| first)
                .map(|step| &spell.cantrip_dice[step]);
            let on_save = spell.on_save(damage);
            let own = damage.per_slot.as_deref();
            PowerPart {
                kind: SpellRollKind::Damage,
                dice: grown.unwrap_or(&damage.dice).trim(),
                damage_type: &damage.r#type,
                when: &damage.when,
                on_save,
                on_hit: hits && damage.when.is_empty() && on_save == OnSave::All,
                per_slot: own.or(spell.per_slot.as_deref().filter(|_| first)),
                times: if first { times } else { 1 },
                times_per_slot: if first { spell.times_per_slot } else { 0 },
                adds_modifier: damage.adds_modifier || (first && spell.adds_modifier && !heals),
            }
        });
        let points = points.into_iter().filter_map(|(kind, dice, when)| {
            Some(PowerPart {
                kind,
                dice: dice.as_deref()?.trim(),
                damage_type: "",
                when,
                on_save: OnSave::default(),
                on_hit: false,
                per_slot: spell.per_slot.as_deref(),
                times: 1,
                times_per_slot: 0,
                adds_modifier: spell.adds_modifier,
            })
        });
        let mut parts: Vec<PowerPart<'_>> = damage.chain(points).collect();
        // What comes of the casting itself stands first.
        parts.sort_by_key(|part| !part.when.is_empty());
        parts
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
    plain: Option<Heap>,
}

impl<'a> Growing<'a> {
    /// Reads dice, and what is added to them again and again.
    pub(crate) fn new(dice: &'a str, more: &'a str) -> Self {
        Self {
            dice,
            more,
            plain: Heap::read(dice, more),
        }
    }

    /// Writes them with so many times more, together where they are the same: `8d6` and twice `1d6` are `10d6`.
    pub(crate) fn by(&self, times: i32) -> String {
        if times <= 0 {
            return self.dice.to_owned();
        }
        match &self.plain {
            Some(heap) => heap.write(times),
            None => format!("{}+{times}*({})", self.dice, self.more),
        }
    }
}

/// Plain dice and a number, `10d6+40`: of each how many there are at first, and how many more each time.
#[derive(Default)]
struct Heap {
    dice: Vec<(i32, (i32, i32))>,
    number: (i32, i32),
}

impl Heap {
    /// Reads what there is at first, and what there is more each time.
    fn read(dice: &str, more: &str) -> Option<Heap> {
        let mut heap = Heap::default();
        heap.add(dice, |(own, _)| own)?;
        heap.add(more, |(_, more)| more)?;
        Some(heap)
    }

    /// Adds a sum of plain dice and numbers to one of the two counts; none for any other notation.
    fn add(&mut self, text: &str, of: fn(&mut (i32, i32)) -> &mut i32) -> Option<()> {
        for term in text.split('+') {
            let term = term.trim();
            let (count, counts) = match term.split_once('d') {
                Some((count, sides)) => (count, self.of_sides(sides.parse().ok()?)?),
                None => (term, &mut self.number),
            };
            let counted = of(counts);
            let count = count.parse().ok().filter(|count: &i32| *count >= 0)?;
            *counted = counted.saturating_add(count);
        }
        Some(())
    }

    /// Finds the counts of a sort of dice, or begins them.
    fn of_sides(&mut self, sides: i32) -> Option<&mut (i32, i32)> {
        let known = self.dice.iter().position(|(own, _)| *own == sides);
        let place = known.unwrap_or_else(|| {
            self.dice.push((sides, (0, 0)));
            self.dice.len() - 1
        });
        self.dice.get_mut(place).map(|(_, counts)| counts)
    }

    fn write(&self, times: i32) -> String {
        let mut text = String::new();
        let after = |(own, more): (i32, i32)| own.saturating_add(more.saturating_mul(times));
        for (sides, counts) in &self.dice {
            let plus = if text.is_empty() { "" } else { "+" };
            let _ = write!(text, "{plus}{}d{sides}", after(*counts));
        }
        let number = after(self.number);
        if number != 0 || text.is_empty() {
            let plus = if text.is_empty() { "" } else { "+" };
            let _ = write!(text, "{plus}{number}");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Growing;
    use crate::dice::Expression;

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
            ("8d6", "-1d4", 2, "8d6+2*(-1d4)"),
            ("8d6", "-2", 2, "8d6+2*(-2)"),
        ] {
            let grown = Growing::new(dice, more).by(times);
            assert_eq!(grown, expected, "{dice} {more} {times}");
            assert!(Expression::parse(&grown).is_ok(), "{grown}");
        }
    }
}
