//! Effects put to work: cells of the worked source, and amounts that wait for their number.

use std::collections::BTreeMap;
use std::sync::Arc;

use sheet::source::{
    AbilityIncrease, ArmorFormula, Feature, Recovery, Source, Training, TrainingKind, Trait, Uses,
};
use sheet::vocabulary::{Ability, Proficiency, SKILLS};

use super::amounts::{Known, amounts, held, label};
use super::walk::{Active, Made, Owner, Row, Walked};
use super::{Granted, UsesKnown};
use crate::content::{Content, Effect, Formula, Movement, Pool, SenseKind, key};
use crate::desk::Desk;

/// Puts everything to work.
pub(super) fn apply(
    source: &Source,
    content: &Content,
    walked: Walked<'_>,
    granted: &mut Granted,
) -> Source {
    let mut worked = source.clone();
    granted.findings.extend(walked.findings.iter().cloned());
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
    scores(&mut worked, &walked, granted);
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
    super::spells::apply(&mut worked, content, &walked, &known, granted);
    super::weapons::apply(&mut worked, content, &walked, &known, granted);
    held(source, content, granted);
    let (choices, findings) = super::legal::judge(&worked, content, &walked, &known);
    granted.choices = choices;
    granted.findings.extend(findings);
    worked
}

/// Puts ability increases in place first: every other number waits for them.
fn scores(worked: &mut Source, walked: &Walked<'_>, granted: &mut Granted) {
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

struct Work<'w, 'c> {
    worked: &'w mut Source,
    granted: &'w mut Granted,
    known: Known,
    content: &'c Content,
    /// Uses by the slot of their owner, with their name.
    resources: BTreeMap<String, Vec<(String, Feature, UsesKnown)>>,
    next: usize,
}

impl Work<'_, '_> {
    fn id(&mut self) -> (String, String) {
        self.next += 1;
        (
            format!("given-{:05}", self.next),
            format!("z{:05}", self.next),
        )
    }

    fn in_state(&self, state: &Option<String>) -> bool {
        state.as_ref().is_none_or(|state| {
            self.worked
                .conditions
                .iter()
                .any(|(_, condition)| condition.name.trim().eq_ignore_ascii_case(state))
        })
    }

    fn reason(&mut self, of: String, owner: &str) {
        self.granted
            .reasons
            .entry(of)
            .or_insert_with(|| owner.to_owned());
    }

    fn skill(&mut self, skill: &str, owner: &Owner<'_>) {
        if !SKILLS.iter().any(|known| known.key == skill) {
            return;
        }
        let trained = Arc::make_mut(&mut self.worked.proficiencies)
            .skills
            .entry(skill.to_owned())
            .or_insert(Proficiency::None);
        if matches!(trained, Proficiency::None | Proficiency::Half) {
            *trained = Proficiency::Proficient;
        }
        self.reason(format!("skill.{skill}"), &label(owner));
    }

    fn expertise(&mut self, skill: &str, owner: &Owner<'_>) {
        if let Some(trained) = Arc::make_mut(&mut self.worked.proficiencies)
            .skills
            .get_mut(skill)
            && *trained == Proficiency::Proficient
        {
            *trained = Proficiency::Expertise;
            self.reason(format!("expertise.{skill}"), &label(owner));
        }
    }

    fn save(&mut self, ability: Ability, why: &str) {
        Arc::make_mut(&mut self.worked.proficiencies)
            .saving_throws
            .0
            .insert(ability, true);
        self.reason(format!("save.{}", ability.key()), why);
    }

    fn train(&mut self, kind: TrainingKind, name: &str, owner: &Owner<'_>) {
        let known = self.worked.proficiencies.training.iter();
        if known
            .map(|(_, training)| training)
            .any(|training| training.name.eq_ignore_ascii_case(name))
        {
            return;
        }
        let (id, rank) = self.id();
        let training = Training {
            rank,
            name: name.to_owned(),
            kind,
            source: label(owner),
        };
        Arc::make_mut(&mut self.worked.proficiencies)
            .training
            .0
            .insert(id, Arc::new(training));
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
            } if self.in_state(state) => self.speed(*mode, amount, owner),
            Effect::Sense {
                sense,
                range,
                state,
                ..
            } if self.in_state(state) => {
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
            Effect::Resistance { types, state } if self.in_state(state) => {
                let defenses = &mut self.worked.combat.defenses.resistances;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::Immunity { types } => {
                let defenses = &mut self.worked.combat.defenses.immunities;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::Vulnerability { types } => {
                let defenses = &mut self.worked.combat.defenses.vulnerabilities;
                defenses
                    .0
                    .extend(types.iter().map(|name| (name.clone(), true)));
            }
            Effect::ConditionImmunity { conditions, state } if self.in_state(state) => {
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
            Effect::Attacks { count, .. } => {
                self.granted.attacks.push((*count, label(owner)));
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
            Effect::Size { size } => self.worked.creature.size = *size,
            _ => amounts(self.worked, active, &self.known, self.granted),
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

    #[allow(clippy::too_many_arguments, reason = "the parts of one resource")]
    fn resource(
        &mut self,
        owner: &Owner<'_>,
        id: &str,
        name: Option<&str>,
        max: i32,
        recovery: Recovery,
        short_rest: Option<i32>,
        die: &str,
    ) {
        if max <= 0 {
            return;
        }
        let start = match owner.class {
            // Of a class, its features share it; of anything else it is its own.
            Some(at) if owner.caster == key(&at.class.name) => owner.caster.clone(),
            _ => owner.slot.clone(),
        };
        let counter = format!("{start}.{id}");
        let feature = Feature {
            name: name.unwrap_or(&owner.label).to_owned(),
            source: owner.source.clone(),
            uses: Uses {
                max,
                used: self.worked.build.used.get(&counter).copied().unwrap_or(0),
                recovery,
            },
            ..Feature::default()
        };
        let known = UsesKnown {
            cell: format!("/build/used/{counter}"),
            short_rest: short_rest.unwrap_or(0),
            die: die.to_owned(),
        };
        self.resources
            .entry(owner.slot.clone())
            .or_default()
            .push((id.to_owned(), feature, known));
    }

    fn picks(&mut self, made: &Made<'_>) {
        let owner = &*made.owner;
        for pick in made
            .picks
            .iter()
            .take(usize::try_from(made.count).unwrap_or(0))
        {
            match &*made.from {
                Pool::Skills(_) => self.skill(pick, owner),
                Pool::Tools(_) => {
                    if let Some(gear) = self.content.gear.get(pick) {
                        self.train(TrainingKind::Tool, &gear.name, owner);
                    }
                }
                Pool::SkillsOrTools => match self.content.gear.get(pick) {
                    Some(gear) => self.train(TrainingKind::Tool, &gear.name, owner),
                    None => self.skill(pick, owner),
                },
                Pool::Languages(_) => {
                    if let Some(language) = self.content.languages.get(pick) {
                        Arc::make_mut(&mut self.worked.proficiencies)
                            .languages
                            .0
                            .insert(language.name.clone(), true);
                    }
                }
                Pool::Resistances(_) => {
                    self.worked
                        .combat
                        .defenses
                        .resistances
                        .0
                        .insert(pick.clone(), true);
                }
                Pool::WeaponMastery(_) => {
                    if let Some(weapon) = self.content.weapons.get(pick) {
                        Arc::make_mut(&mut self.worked.actions)
                            .weapon_masteries
                            .0
                            .insert(weapon.name.clone(), true);
                    }
                }
                Pool::Sizes(sizes) => {
                    if let Some(size) = sizes.iter().find(|size| key(size.name()) == *pick) {
                        self.worked.creature.size = *size;
                    }
                }
                _ => {}
            }
        }
    }

    /// Expertise and half proficiency come after all proficiencies are known.
    fn half_proficiency(&mut self, active: &[Active<'_>], made: &[Made<'_>]) {
        for made in made {
            if let Pool::Expertise(_) = &*made.from {
                for pick in made
                    .picks
                    .iter()
                    .take(usize::try_from(made.count).unwrap_or(0))
                {
                    self.expertise(pick, &made.owner);
                }
            }
        }
        for active in active {
            if let Effect::Expertise { skills } = active.effect {
                for skill in skills {
                    self.expertise(skill, &active.owner);
                }
            }
        }
        for active in active {
            if let Effect::HalfProficiency = active.effect {
                for skill in SKILLS {
                    let trained = Arc::make_mut(&mut self.worked.proficiencies)
                        .skills
                        .entry(skill.key.to_owned())
                        .or_insert(Proficiency::None);
                    if *trained == Proficiency::None {
                        *trained = Proficiency::Half;
                        self.granted
                            .reasons
                            .insert(format!("skill.{}", skill.key), label(&active.owner));
                    }
                }
            }
        }
    }

    /// Puts features and traits on the sheet, each with its uses.
    fn rows(&mut self, rows: &[Row<'_>]) {
        for (place, row) in rows.iter().enumerate() {
            let owner = &row.owner;
            let rank = format!("z{place:05}");
            let mut uses = self
                .resources
                .remove(&owner.slot)
                .unwrap_or_default()
                .into_iter();
            let first = uses.next();
            if row.is_trait && first.is_none() {
                let own = Trait {
                    rank,
                    name: owner.label.clone(),
                    source: owner.source.clone(),
                    description: row.text.to_owned(),
                };
                Arc::make_mut(&mut self.worked.actions)
                    .traits
                    .0
                    .insert(owner.slot.clone(), Arc::new(own));
                continue;
            }
            let shows = row.shows.and_then(|table| {
                let class = owner.class?;
                let die = class.die(table).map(str::to_owned);
                die.or_else(|| class.number(table).map(|number| number.to_string()))
            });
            let name = match shows.filter(|shows| !shows.is_empty()) {
                Some(shows) => format!("{} ({shows})", owner.label),
                None => owner.label.clone(),
            };
            let mut feature = Feature {
                rank: rank.clone(),
                name,
                source: owner.source.clone(),
                level: Some(row.level),
                description: row.text.to_owned(),
                activation: row.activation,
                uses: Uses::default(),
            };
            if let Some((_, with, known)) = first {
                feature.uses = with.uses;
                self.granted.uses.insert(owner.slot.clone(), known);
            }
            Arc::make_mut(&mut self.worked.actions)
                .features
                .0
                .insert(owner.slot.clone(), Arc::new(feature));
            for (id, mut more, known) in uses {
                more.rank = format!("{rank}{id}");
                more.level = Some(row.level);
                let slot = format!("{}.{id}", owner.slot);
                self.granted.uses.insert(slot.clone(), known);
                Arc::make_mut(&mut self.worked.actions)
                    .features
                    .0
                    .insert(slot, Arc::new(more));
            }
        }
    }
}
