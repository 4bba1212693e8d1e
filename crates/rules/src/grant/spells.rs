//! Spellcasting as content gives it: casters, slots, limits, spells that are always at hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use sheet::source::{Caster, Feature, PactMagic, Recovery, SlotCount, Source, Spell, Uses};
use sheet::vocabulary::Ability;

use super::amounts::Known;
use super::owner::{Owner, Taken, Walked};
use super::{Granted, UsesKnown};
use crate::content::{Casting, Content, Effect, Pool, Progression, is_called, key};

/// Spell slots by caster level: those of a full caster (SRD 5.2.1, Multiclassing, Multiclass Spellcaster).
const SLOTS: [[i32; 9]; 20] = [
    [2, 0, 0, 0, 0, 0, 0, 0, 0],
    [3, 0, 0, 0, 0, 0, 0, 0, 0],
    [4, 2, 0, 0, 0, 0, 0, 0, 0],
    [4, 3, 0, 0, 0, 0, 0, 0, 0],
    [4, 3, 2, 0, 0, 0, 0, 0, 0],
    [4, 3, 3, 0, 0, 0, 0, 0, 0],
    [4, 3, 3, 1, 0, 0, 0, 0, 0],
    [4, 3, 3, 2, 0, 0, 0, 0, 0],
    [4, 3, 3, 3, 1, 0, 0, 0, 0],
    [4, 3, 3, 3, 2, 0, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 0, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 0, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 0],
    [4, 3, 3, 3, 2, 1, 1, 1, 1],
    [4, 3, 3, 3, 3, 1, 1, 1, 1],
    [4, 3, 3, 3, 3, 2, 1, 1, 1],
    [4, 3, 3, 3, 3, 2, 2, 1, 1],
];

/// Gives the slots of a caster level, 1 to 20, by spell level; none at level 0.
pub fn slots_of(caster_level: i32) -> [i32; 9] {
    usize::try_from(caster_level.min(20) - 1)
        .ok()
        .and_then(|row| SLOTS.get(row))
        .copied()
        .unwrap_or([0; 9])
}

/// Gives number and level of the pact slots of a warlock level (SRD 5.2.1, Warlock).
pub fn pact_of(level: i32) -> (i32, i32) {
    let number = match level {
        ..=0 => 0,
        1 => 1,
        2..=10 => 2,
        11..=16 => 3,
        _ => 4,
    };
    (number, ((level + 1) / 2).clamp(0, 5))
}

/// Finds how a class of the character casts.
pub(super) fn casting<'c>(taken: &Taken<'c>) -> Option<&'c Casting> {
    let own = taken.at.class.casting.as_ref();
    let casting = own.or_else(|| {
        taken
            .at
            .subclass
            .and_then(|subclass| subclass.casting.as_ref())
    })?;
    (taken.at.level >= casting.from).then_some(casting)
}

/// Gives the highest spell level a class can prepare by its own level alone.
pub(super) fn highest(casting: &Casting, level: i32) -> i32 {
    let caster_level = match casting.progression {
        Progression::Pact => return pact_of(level).1,
        Progression::Full => level,
        Progression::Half => (level + 1) / 2,
        Progression::Third => (level + 2) / 3,
    };
    let slots = slots_of(caster_level);
    i32::try_from(slots.iter().filter(|number| **number > 0).count()).unwrap_or(9)
}

pub(super) fn apply(
    worked: &mut Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
    granted: &mut Granted,
) {
    let mut give = Give {
        worked,
        content,
        granted,
        next: 0,
    };
    let spells = &mut Arc::make_mut(&mut give.worked.spellcasting).spells.0;
    for spell in spells.values_mut() {
        if let Some(known) = content.spells.get(&key(&spell.name))
            && known.level != spell.level
        {
            Arc::make_mut(spell).level = known.level;
        }
    }
    give.casters(walked);
    give.slots(walked);
    let abilities = abilities(walked);
    for active in &walked.active {
        if let Effect::Spell {
            spell,
            ability,
            uses,
            recovery,
            ..
        } = active.effect
        {
            let uses = uses
                .as_ref()
                .map(|uses| known.value(uses, &active.owner, give.granted));
            let ability = ability.or_else(|| abilities.get(&active.owner.caster).copied());
            give.spell(&key(spell), &active.owner, ability, uses, *recovery);
        }
    }
    for made in &walked.made {
        if let Pool::Spells { uses, recovery, .. } = &*made.from {
            for pick in made
                .picks
                .iter()
                .take(usize::try_from(made.count).unwrap_or(0))
            {
                let uses = uses
                    .as_ref()
                    .map(|uses| known.value(uses, &made.owner, give.granted));
                let ability = abilities.get(&made.owner.caster).copied();
                give.spell(pick, &made.owner, ability, uses, *recovery);
            }
        }
    }
}

/// Collects the spellcasting abilities that were chosen or are given, by caster.
fn abilities(walked: &Walked<'_>) -> BTreeMap<String, Ability> {
    let mut found = BTreeMap::new();
    for made in &walked.made {
        if let Pool::SpellAbility(of) = &*made.from {
            let pick = made.picks.first().map_or("", String::as_str);
            if let Some(ability) = of.iter().find(|ability| ability.key() == pick) {
                found.insert(made.owner.caster.clone(), *ability);
            }
        }
    }
    for active in &walked.active {
        if let Effect::SpellAbility { from } = active.effect
            && let [ability] = from[..]
        {
            found.insert(active.owner.caster.clone(), ability);
        }
    }
    found
}

struct Give<'w, 'c> {
    worked: &'w mut Source,
    content: &'c Content,
    granted: &'w mut Granted,
    next: usize,
}

impl Give<'_, '_> {
    /// Finds the caster of a class, or makes it; gives its id.
    fn caster(&mut self, id: &str, class: &str) -> String {
        let casters = &mut Arc::make_mut(&mut self.worked.spellcasting).casters.0;
        let known = casters.iter().find(|(own, caster)| {
            own.as_str() == id || caster.class == class || key(&caster.class) == key(class)
        });
        if let Some((id, _)) = known {
            return id.clone();
        }
        self.next += 1;
        let caster = Caster {
            rank: format!("z{:05}", self.next),
            class: class.to_owned(),
            ..Caster::default()
        };
        casters.insert(id.to_owned(), Arc::new(caster));
        id.to_owned()
    }

    fn casters(&mut self, walked: &Walked<'_>) {
        for taken in &walked.classes {
            let Some(casting) = casting(taken) else {
                continue;
            };
            let class_key = key(&taken.at.class.name);
            let id = self.caster(&class_key, &taken.at.class.name);
            let row = usize::try_from(taken.at.level.clamp(1, 20) - 1).unwrap_or(0);
            let mut cantrips = casting.cantrips.get(row).copied().unwrap_or(0);
            for active in &walked.active {
                if let Effect::Cantrips { count } = active.effect
                    && active.owner.caster == class_key
                {
                    cantrips = cantrips.saturating_add(*count);
                }
            }
            self.granted.cantrips.insert(id.clone(), cantrips);
            if let Some(caster) = Arc::make_mut(&mut self.worked.spellcasting)
                .casters
                .0
                .get_mut(&id)
            {
                let caster = Arc::make_mut(caster);
                caster.ability = caster.ability.or(Some(casting.ability));
                caster.prepared_limit = casting.prepared.get(row).copied();
            }
        }
    }

    /// Slots: of one casting class its own, of several those of their levels together.
    fn slots(&mut self, walked: &Walked<'_>) {
        let casting: Vec<(Progression, i32)> = walked
            .classes
            .iter()
            .filter_map(|taken| Some((casting(taken)?.progression, taken.at.level)))
            .collect();
        let alone = casting
            .iter()
            .filter(|(progression, _)| *progression != Progression::Pact)
            .count()
            == 1;
        let mut caster_level = 0_i32;
        let mut pact = 0_i32;
        for (progression, level) in casting {
            let weight = match progression {
                Progression::Full => level,
                Progression::Half => (level + 1) / 2,
                Progression::Third if alone => (level + 2) / 3,
                Progression::Third => level / 3,
                Progression::Pact => {
                    pact = pact.saturating_add(level);
                    0
                }
            };
            caster_level = caster_level.saturating_add(weight);
        }
        let own = Arc::make_mut(&mut self.worked.spellcasting);
        if caster_level > 0 {
            for (place, max) in slots_of(caster_level).into_iter().enumerate() {
                let level = (place + 1).to_string();
                let before = own.slots.get(&level).cloned().unwrap_or_default();
                own.slots.insert(level, SlotCount { max, ..before });
            }
        }
        if pact > 0 {
            let (max, level) = pact_of(pact);
            own.pact = PactMagic {
                level,
                max,
                used: own.pact.used,
            };
        }
    }

    fn spell(
        &mut self,
        spell_key: &str,
        owner: &Owner<'_>,
        ability: Option<Ability>,
        uses: Option<i32>,
        recovery: Recovery,
    ) {
        let Some(known) = self.content.spells.get(spell_key) else {
            return;
        };
        let name = match owner.class {
            Some(at) if key(&at.class.name) == owner.caster => at.class.name.clone(),
            _ if owner.caster.starts_with("item-") => owner.label.clone(),
            _ if owner.caster.contains('.') => owner.label.clone(),
            _ => owner.source.clone(),
        };
        let id = self.caster(&owner.caster, &name);
        let spellcasting = Arc::make_mut(&mut self.worked.spellcasting);
        if let Some(caster) = spellcasting.casters.0.get_mut(&id)
            && caster.ability.is_none()
        {
            Arc::make_mut(caster).ability = ability;
        }
        let own = spellcasting.spells.0.values_mut();
        let mut same = own.filter(|spell| {
            spell.caster.as_deref() == Some(&*id) && is_called(&spell.name, spell_key)
        });
        match same.next() {
            Some(spell) => Arc::make_mut(spell).always_prepared = known.level > 0,
            None => {
                let spell = Spell {
                    rank: format!("z{}", known.name),
                    name: known.name.clone(),
                    level: known.level,
                    caster: Some(id.clone()),
                    always_prepared: known.level > 0,
                    notes: super::amounts::label(owner),
                    ..Spell::default()
                };
                spellcasting
                    .spells
                    .0
                    .insert(format!("given-{id}-{spell_key}"), Arc::new(spell));
            }
        }
        if let Some(uses) = uses.filter(|uses| *uses > 0) {
            let counter = format!("{}.{spell_key}", owner.slot);
            let feature = Feature {
                rank: format!("zz{}", known.name),
                name: format!("{} without a slot", known.name),
                source: super::amounts::label(owner),
                description: String::new(),
                uses: Uses {
                    max: uses.min(1_000),
                    used: self.worked.build.used.get(&counter).copied().unwrap_or(0),
                    recovery: if recovery == Recovery::None {
                        Recovery::LongRest
                    } else {
                        recovery
                    },
                },
                ..Feature::default()
            };
            let row = format!("{counter}.free");
            self.granted.uses.insert(
                row.clone(),
                UsesKnown {
                    cell: format!("/build/used/{counter}"),
                    short_rest: 0,
                    die: String::new(),
                },
            );
            Arc::make_mut(&mut self.worked.actions)
                .features
                .0
                .insert(row, Arc::new(feature));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pact_slots_grow_as_the_table_has_it() {
        let table: Vec<(i32, i32)> = (1..=20).map(pact_of).collect();
        let expected = [
            (1, 1),
            (2, 1),
            (2, 2),
            (2, 2),
            (2, 3),
            (2, 3),
            (2, 4),
            (2, 4),
            (2, 5),
            (2, 5),
            (3, 5),
            (3, 5),
            (3, 5),
            (3, 5),
            (3, 5),
            (3, 5),
            (4, 5),
            (4, 5),
            (4, 5),
            (4, 5),
        ];
        assert_eq!(table, expected);
        assert_eq!(pact_of(0), (0, 0));
    }

    #[test]
    fn no_caster_level_has_no_slots_and_none_goes_beyond_twenty() {
        assert_eq!(slots_of(0), [0; 9]);
        assert_eq!(slots_of(-4), [0; 9]);
        assert_eq!(slots_of(99), slots_of(20));
        assert_eq!(slots_of(20).iter().sum::<i32>(), 22);
    }
}
