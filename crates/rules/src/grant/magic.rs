//! What spells do as numbers: damage and healing of the spells on the sheet, and what features add to them.

use std::sync::Arc;

use sheet::Source;

use super::Granted;
use super::amounts::Known;
use super::owner::{Active, Owner, Walked};
use super::power::{Added, SpellPower, highest_slot};
use crate::content::{self, Content, Effect, SpellGroup, is_called, key};

/// Works out what every spell on the sheet does.
pub(super) fn apply(
    worked: &mut Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
    granted: &mut Granted,
) {
    let more: Vec<More<'_>> = walked
        .active
        .iter()
        .filter_map(|active| More::of(active, worked, walked, known, granted))
        .collect();
    // What has no caster belongs to the first.
    let casters = worked.spellcasting.casters.ordered();
    let first = casters.first().map(|(id, _)| (*id).to_owned());
    let most = highest_slot(worked);
    let mut powers = Vec::with_capacity(worked.spellcasting.spells.len());
    let mut farther = Vec::new();
    for (id, spell) in worked.spellcasting.spells.iter() {
        let Some(of) = content.spells.get(&key(&spell.name)) else {
            continue;
        };
        let caster = spell.caster.as_deref().or(first.as_deref());
        // A thing casts as high as its charges go.
        let from_item = caster.is_some_and(|caster| caster.starts_with("item-"));
        let mut power = SpellPower::of(of, known.level, if from_item { 9 } else { most });
        for more in more.iter().filter(|more| more.means(of, caster)) {
            match more.act {
                Act::Damage { once } => power.to_damage.push(Added {
                    once,
                    ..more.added(0)
                }),
                Act::Healing { slot_level } => {
                    let level = if slot_level { of.level } else { 0 };
                    power.to_healing.push(Added {
                        slot_level,
                        ..more.added(level)
                    });
                }
                Act::Range => {
                    if let Some(reach) = reach(&of.range).filter(|reach| *reach >= 10) {
                        farther.push((id.to_owned(), &*of.range, reach, more));
                    }
                }
            }
        }
        powers.push((id.to_owned(), power));
    }
    granted.spells = powers.into_iter().collect();
    let spells = &mut Arc::make_mut(&mut worked.spellcasting).spells.0;
    for (id, of, reach, more) in farther {
        if let Some(spell) = spells.get_mut(&id) {
            let spell = Arc::make_mut(spell);
            let range = match &*spell.range {
                "" => of,
                own => own,
            };
            let rest = range.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
            spell.range = format!("{}{rest}", reach.saturating_add(more.amount));
            let told = format!("{} ft farther: {}", more.amount, more.owner.label);
            if spell.notes.is_empty() {
                spell.notes = told;
            } else {
                spell.notes = format!("{}; {told}", spell.notes);
            }
        }
    }
}

/// Works out what the spells of a sheet written by hand roll: those that content knows by name.
pub(super) fn as_written(source: &Source, content: &Content, granted: &mut Granted) {
    let level = i32::try_from(source.levels.len()).unwrap_or(i32::MAX);
    let most = highest_slot(source);
    for (id, spell) in source.spellcasting.spells.iter() {
        let of = content.spells.get(&key(&spell.name));
        if let Some(of) = of.filter(|of| of.level == spell.level) {
            let power = SpellPower::of(of, level, most);
            granted.spells.insert(id.to_owned(), power);
        }
    }
}

/// What an effect does to the spells it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Damage { once: bool },
    Healing { slot_level: bool },
    Range,
}

/// An effect on spells with its amount and its picks.
struct More<'c> {
    group: &'c SpellGroup,
    owner: &'c Owner<'c>,
    act: Act,
    amount: i32,
    /// The id of the caster of its class, if it means that class's spells only.
    caster: Option<String>,
    /// What was picked where the effect goes by a choice.
    picks: &'c [String],
}

impl<'c> More<'c> {
    fn of(
        active: &'c Active<'c>,
        worked: &Source,
        walked: &'c Walked<'c>,
        known: &Known,
        granted: &mut Granted,
    ) -> Option<More<'c>> {
        let (group, formula, act) = match active.effect {
            Effect::SpellDamage {
                spells,
                amount,
                once,
                ..
            } => (spells, amount, Act::Damage { once: *once }),
            Effect::SpellHealing {
                spells,
                amount,
                slot_level,
                ..
            } => {
                let slot_level = *slot_level;
                (spells, amount, Act::Healing { slot_level })
            }
            Effect::SpellRange { spells, feet, .. } => (spells, feet, Act::Range),
            _ => return None,
        };
        let owner = &*active.owner;
        let class = owner.class.map(|at| key(&at.class.name));
        let caster = class.filter(|_| group.of_class).map(|class| {
            let own = caster_of(worked, &class).map(str::to_owned);
            own.unwrap_or(class)
        });
        let picks = group.chosen.as_ref().map_or(&[][..], |chosen| {
            let slot = format!("{}.{chosen}", owner.slot);
            let made = walked.made.iter().find(|made| made.slot == slot);
            made.map_or(&[][..], |made| &made.picks)
        });
        Some(More {
            group,
            owner,
            act,
            amount: known.value(formula, owner, granted),
            caster,
            picks,
        })
    }

    /// Tells whether a spell is meant.
    fn means(&self, spell: &content::Spell, caster: Option<&str>) -> bool {
        let group = self.group;
        let of = |pick: &String| {
            is_called(&spell.name, pick)
                || spell
                    .damage
                    .iter()
                    .any(|damage| damage.r#type.split('/').any(|kind| kind.trim() == pick))
        };
        (!group.of_class || self.caster.as_deref() == caster)
            && (!group.cantrips || spell.level == 0)
            && (!group.leveled || spell.level > 0)
            && (group.schools.is_empty()
                || (group.schools.iter()).any(|own| own.eq_ignore_ascii_case(&spell.school)))
            && (group.chosen.is_none() || self.picks.iter().any(of))
    }

    fn added(&self, more: i32) -> Added {
        Added {
            label: self.owner.label.clone(),
            detail: self.owner.source.clone(),
            amount: self.amount.saturating_add(more),
            cell: self.owner.cell.clone(),
            once: false,
            slot_level: false,
        }
    }
}

/// Reads how far a spell reaches, in feet: `120 feet`.
pub(super) fn reach(range: &str) -> Option<i32> {
    let (number, rest) = range.split_once(' ')?;
    let feet = number.replace(',', "").parse().ok()?;
    (rest.starts_with("feet") || rest.starts_with("ft")).then_some(feet)
}

/// Finds the caster of a class, by the id of the class.
pub(super) fn caster_of<'s>(worked: &'s Source, class: &str) -> Option<&'s str> {
    let mut casters = worked.spellcasting.casters.iter();
    let own = casters.find(|(id, own)| *id == class || is_called(&own.class, class));
    own.map(|(id, _)| id)
}

/// Tells whether a class of the character has a spell, by the id of its content.
pub(super) fn has_spell(worked: &Source, class: &str, spell: &str) -> bool {
    let Some(caster) = caster_of(worked, &key(class)) else {
        return false;
    };
    let mut spells = worked.spellcasting.spells.iter();
    spells.any(|(_, own)| own.caster.as_deref() == Some(caster) && is_called(&own.name, spell))
}
