//! Effects put to work: cells of the worked source, and amounts that wait for their number.

use std::collections::BTreeMap;
use std::sync::Arc;

use sheet::source::{ArmorFormula, Source};

use super::amounts::{Known, amounts, label};
use super::increases::{known, scores};
use super::owner::{Active, Owner, Walked};
use super::rows::Resource;
use super::{AttackCount, Granted};
use crate::content::{Content, Effect, Formula, Movement, SenseKind, key};

/// Puts everything to work.
pub(super) fn apply(
    source: &Source,
    content: &Content,
    walked: &Walked<'_>,
    granted: &mut Granted,
) -> Source {
    let mut worked = source.clone();
    granted.states = super::conditions::states(source, content);
    if let Some(species) = walked.species {
        if source.combat.speeds.walk == 30 {
            worked.combat.speeds.walk = species.speed;
        }
        granted
            .reasons
            .insert("speed.walk".to_owned(), species.name.clone());
        if worked.creature.r#type.is_empty() {
            worked.creature.r#type.clone_from(&species.creature_type);
        }
        if let [size] = species.sizes[..] {
            worked.creature.size = size;
        }
    }
    for taken in &walked.classes {
        let class_key = key(&taken.at.class.name);
        for level in worked.levels.0.values_mut() {
            if level.hit_die.is_none() && key(&level.class) == class_key {
                Arc::make_mut(level).hit_die = Some(taken.at.class.hit_die);
            }
        }
    }
    scores(&mut worked, walked, granted);
    let known = known(&worked, granted);
    let mut work = Work {
        worked: &mut worked,
        granted,
        known,
        content,
        resources: BTreeMap::new(),
        next: 0,
    };
    if let Some(first) = walked.classes.first() {
        for ability in &first.at.class.saves {
            work.save(*ability, &format!("{} saving throws", first.at.class.name));
        }
    }
    // Speeds that equal the walking speed wait for it.
    let is_walk = |active: &&Active<'_>| {
        matches!(
            active.effect,
            Effect::Speed {
                mode: Movement::Walk,
                ..
            }
        )
    };
    for active in walked.active.iter().filter(is_walk) {
        work.effect(active);
    }
    for active in walked.active.iter().filter(|active| !is_walk(active)) {
        work.effect(active);
    }
    for made in &walked.made {
        work.picks(made);
    }
    work.half_proficiency(&walked.active, &walked.made);
    work.rows(&walked.rows);
    let known = work.known;
    super::spells::apply(&mut worked, content, walked, &known, granted);
    super::magic::apply(&mut worked, content, walked, &known, granted);
    super::weapons::apply(&mut worked, content, walked, &known, granted);
    super::exchanges::apply(&worked, walked, &known, granted);
    super::usable::apply(&worked, walked, &known, granted);
    super::conditions::bounds(source, content, granted);
    let (choices, findings) = super::legal::judge(&worked, content, walked, &known, granted);
    granted.choices = choices;
    granted.findings.extend(findings);
    worked
}

pub(super) struct Work<'w, 'c> {
    pub(super) worked: &'w mut Source,
    pub(super) granted: &'w mut Granted,
    pub(super) known: Known,
    pub(super) content: &'c Content,
    /// Uses and points by the slot of their owner.
    pub(super) resources: BTreeMap<String, Vec<Resource>>,
    pub(super) next: usize,
}

impl Work<'_, '_> {
    pub(super) fn id(&mut self) -> (String, String) {
        self.next += 1;
        (
            format!("given-{:05}", self.next),
            format!("z{:05}", self.next),
        )
    }

    pub(super) fn reason(&mut self, of: String, owner: &str) {
        self.granted
            .reasons
            .entry(of)
            .or_insert_with(|| owner.to_owned());
    }

    fn effect(&mut self, active: &Active<'_>) {
        let owner = &*active.owner;
        match active.effect {
            Effect::Skills { skills } => skills.iter().for_each(|skill| self.skill(skill, owner)),
            // After all skills are known.
            Effect::Expertise { .. } | Effect::HalfProficiency => {}
            Effect::Saves { abilities } => {
                for ability in abilities {
                    self.save(*ability, &label(owner));
                }
            }
            Effect::Training { kind, names } => {
                for name in names {
                    self.train(*kind, name, owner);
                }
            }
            Effect::Languages { names } => {
                for name in names {
                    Arc::make_mut(&mut self.worked.proficiencies)
                        .languages
                        .0
                        .insert(name.clone(), true);
                }
            }
            Effect::ArmorFormula {
                base,
                abilities,
                shield,
            } => {
                let (id, rank) = self.id();
                let formula = ArmorFormula {
                    rank,
                    name: owner.label.clone(),
                    base: *base,
                    abilities: abilities.iter().copied().collect(),
                    shield_allowed: *shield,
                };
                self.worked
                    .combat
                    .armor_formulas
                    .0
                    .insert(id, Arc::new(formula));
            }
            Effect::Speed {
                mode,
                amount,
                state,
                ..
            } if self.granted.in_state(state.as_ref()) => self.speed(*mode, amount, owner),
            Effect::Sense {
                sense,
                range,
                state,
                ..
            } if self.granted.in_state(state.as_ref()) => {
                let range = self.known.value(range, owner, self.granted);
                let senses = &mut self.worked.combat.senses;
                let cell = match sense {
                    SenseKind::Darkvision => &mut senses.darkvision,
                    SenseKind::Blindsight => &mut senses.blindsight,
                    SenseKind::Tremorsense => &mut senses.tremorsense,
                    SenseKind::Truesight => &mut senses.truesight,
                };
                if range > cell.unwrap_or(0) {
                    *cell = Some(range);
                }
            }
            Effect::Resistance { types, state, .. } if self.granted.in_state(state.as_ref()) => {
                let defenses = &mut self.worked.combat.defenses.resistances;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::Immunity { types, .. } => {
                let defenses = &mut self.worked.combat.defenses.immunities;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::Vulnerability { types, .. } => {
                let defenses = &mut self.worked.combat.defenses.vulnerabilities;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::ConditionImmunity {
                conditions, state, ..
            } if self.granted.in_state(state.as_ref()) => {
                let defenses = &mut self.worked.combat.defenses.condition_immunities;
                defenses
                    .0
                    .extend(conditions.iter().map(|name| (name.clone(), true)));
            }
            Effect::Resource {
                id,
                name,
                max,
                recovery,
                short_rest,
                die,
                ..
            } => {
                let max = self.known.value(max, owner, self.granted).clamp(0, 1_000);
                let short_rest = short_rest
                    .as_ref()
                    .map(|formula| self.known.value(formula, owner, self.granted));
                let die = die
                    .as_ref()
                    .and_then(|table| owner.class.and_then(|class| class.die(table)));
                self.resource(
                    owner,
                    id,
                    name.as_deref(),
                    max,
                    *recovery,
                    short_rest,
                    die.unwrap_or_default(),
                );
            }
            Effect::Attacks { count, only, .. } => {
                self.granted.attacks.push(AttackCount {
                    count: *count,
                    label: label(owner),
                    only: only.clone(),
                });
            }
            Effect::Critical { from } => {
                self.granted.critical = self.granted.critical.min((*from).clamp(2, 20));
            }
            Effect::Attunement { count, .. } => {
                let most = self.granted.attunement.unwrap_or(3).max(*count);
                self.granted.attunement = Some(most);
            }
            Effect::CarryingSize { steps } => {
                self.granted.carrying_steps = self.granted.carrying_steps.max(*steps);
            }
            Effect::Size { size, state } if self.granted.in_state(state.as_ref()) => {
                self.worked.creature.size = *size;
            }
            _ => amounts(active, &self.known, self.granted),
        }
    }

    fn speed(&mut self, mode: Movement, amount: &Formula, owner: &Owner<'_>) {
        let feet = self
            .known
            .value(amount, owner, self.granted)
            .clamp(0, 1_000);
        let as_walking = amount.names().contains(&"walk");
        let speeds = &mut self.worked.combat.speeds;
        let (name, cell) = match mode {
            Movement::Walk => {
                if feet > speeds.walk {
                    speeds.walk = feet;
                    self.granted
                        .reasons
                        .insert("speed.walk".to_owned(), label(owner));
                    self.known.walk = feet;
                }
                return;
            }
            Movement::Fly => ("fly", &mut speeds.fly),
            Movement::Swim => ("swim", &mut speeds.swim),
            Movement::Climb => ("climb", &mut speeds.climb),
            Movement::Burrow => ("burrow", &mut speeds.burrow),
        };
        if feet >= cell.unwrap_or(0) {
            *cell = Some(feet);
            if as_walking {
                self.granted.as_walking.insert(name);
            }
            self.granted
                .reasons
                .insert(format!("speed.{name}"), label(owner));
        }
    }
}
