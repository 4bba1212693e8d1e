//! What spells do as numbers: damage and healing of the spells on the sheet, and what features add to them.

use std::collections::BTreeSet;
use std::sync::Arc;

use sheet::Source;

use super::Granted;
use super::amounts::Known;
use super::owner::{Active, Owner, Walked};
use crate::content::{self, Content, Effect, SpellGroup, key};

/// What a spell does, before its bonus is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct SpellPower {
    /// Damage dice, or a number; empty for none.
    pub(crate) damage: String,
    /// Their type.
    pub(crate) kind: String,
    /// Damage besides, as it is shown: `2d6 cold`.
    pub(crate) besides: Vec<String>,
    /// Healing dice, or a number; empty for none.
    pub(crate) healing: String,
    /// Whether the spellcasting modifier is added, to healing if there is any, else to damage.
    pub(crate) adds_modifier: bool,
    /// What features add to damage.
    pub(crate) to_damage: Vec<Added>,
    /// What features add to healing.
    pub(crate) to_healing: Vec<Added>,
}

/// What one feature adds.
#[derive(Debug, Clone)]
pub(crate) struct Added {
    pub(crate) label: String,
    pub(crate) detail: String,
    pub(crate) amount: i32,
    pub(crate) cell: String,
}

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
    let mut farther = Vec::new();
    for (id, spell) in worked.spellcasting.spells.iter() {
        let Some(of) = content.spells.get(&key(&spell.name)) else {
            continue;
        };
        let caster = spell.caster.as_deref().or(first.as_deref());
        let mine = || more.iter().filter(move |more| more.means(of, caster));
        let reach = reach(&of.range);
        for more in mine() {
            if let (Act::Range, Some(reach)) = (more.act, reach.filter(|reach| *reach >= 10)) {
                farther.push((id.to_owned(), reach, more.amount, more.added(0).label));
            }
        }
        if of.damage.is_empty() && of.healing.is_none() {
            continue;
        }
        let mut damage = of.damage.iter().map(|damage| {
            let kind = damage.r#type.replace('/', " or ");
            (damage.dice.trim(), kind)
        });
        let (dice, kind) = damage.next().unwrap_or_default();
        let hurts = mine().filter(|more| more.act == Act::Damage);
        let heals = mine().filter_map(|more| match more.act {
            Act::Healing { slot_level: true } => Some(more.added(of.level)),
            Act::Healing { slot_level: false } => Some(more.added(0)),
            _ => None,
        });
        let power = SpellPower {
            damage: grown(of, known.level).unwrap_or(dice).to_owned(),
            kind,
            besides: damage
                .map(|(dice, kind)| format!("{dice} {kind}"))
                .collect(),
            healing: of.healing.clone().unwrap_or_default(),
            adds_modifier: of.adds_modifier,
            to_damage: hurts.map(|more| more.added(0)).collect(),
            to_healing: heals.collect(),
        };
        granted.spells.insert(id.to_owned(), power);
    }
    let spells = &mut Arc::make_mut(&mut worked.spellcasting).spells.0;
    for (id, reach, feet, by) in farther {
        if let Some(spell) = spells.get_mut(&id) {
            let spell = Arc::make_mut(spell);
            let rest = spell
                .range
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
            spell.range = format!("{}{rest}", reach.saturating_add(feet));
            let told = format!("{feet} ft farther: {by}");
            if spell.notes.is_empty() {
                spell.notes = told;
            } else {
                spell.notes = format!("{}; {told}", spell.notes);
            }
        }
    }
}

/// What an effect does to the spells it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Damage,
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
            Effect::SpellDamage { spells, amount, .. } => (spells, amount, Act::Damage),
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
            let mut casters = worked.spellcasting.casters.iter();
            let own = casters.find(|(id, own)| *id == class || key(&own.class) == class);
            own.map_or(class.clone(), |(id, _)| id.to_owned())
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
            *pick == key(&spell.name)
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
        }
    }
}

/// Gives the dice of a cantrip that grows with the character (SRD 5.2.1, Spells, Cantrips).
fn grown(spell: &content::Spell, level: i32) -> Option<&str> {
    let step = [5, 11, 17].iter().filter(|from| level >= **from).count();
    let dice = &spell.cantrip_dice;
    let last = dice.len().checked_sub(1)?;
    let step = step.checked_sub(1)?.min(last);
    dice.get(step).map(String::as_str)
}

/// Reads how far a spell reaches, in feet: `120 feet`.
pub(super) fn reach(range: &str) -> Option<i32> {
    let (number, rest) = range.split_once(' ')?;
    let feet = number.replace(',', "").parse().ok()?;
    (rest.starts_with("feet") || rest.starts_with("ft")).then_some(feet)
}

/// Lists the spells that a class of the character has, by the id of their content.
pub(super) fn of_class(worked: &Source, class: &str) -> BTreeSet<String> {
    let class = key(class);
    let mut casters = worked.spellcasting.casters.iter();
    let caster = casters.find(|(id, own)| *id == class || key(&own.class) == class);
    let Some((caster, _)) = caster else {
        return BTreeSet::new();
    };
    let spells = worked.spellcasting.spells.iter();
    spells
        .filter(|(_, spell)| spell.caster.as_deref() == Some(caster))
        .map(|(_, spell)| key(&spell.name))
        .collect()
}
