//! The draft: the document that grows while an actor is read, and the report beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::{Content, Derived};
use sheet::source;
use sheet::source::{
    Adjustment, ArmorFormula, Feature, Recovery, Training, TrainingKind, Trait, Uses,
};
use sheet::{Keyed, Source};

use super::actor::Actor;
use crate::cells;
use crate::report::{Fate, Report};

/// Holds the document so far.
pub(super) struct Draft<'a> {
    pub(super) actor: &'a Actor,
    pub(super) content: &'a Content,
    pub(super) source: Sections,
    pub(super) report: Report,
    /// Whether the rules of the packs hold; else the sheet is written by hand.
    pub(super) built: bool,
    /// Bonuses to attacks and spells that wait until the attacks are known.
    pub(super) later: Vec<Later>,
    places: usize,
}

/// Holds the sections of a source while they are written: owned, where a finished source shares them.
#[derive(Debug, Clone, Default)]
pub(super) struct Sections {
    pub(super) record: source::CharacterRecord,
    pub(super) identity: source::Identity,
    pub(super) creature: source::Creature,
    pub(super) build: source::Build,
    pub(super) levels: Keyed<source::Level>,
    pub(super) abilities: source::Abilities,
    pub(super) proficiencies: source::Proficiencies,
    pub(super) combat: source::Combat,
    pub(super) actions: source::Actions,
    pub(super) equipment: source::Equipment,
    pub(super) spellcasting: source::Spellcasting,
    pub(super) conditions: Keyed<source::ConditionRecord>,
    pub(super) adjustments: Keyed<Adjustment>,
    pub(super) overrides: BTreeMap<String, source::Override>,
    pub(super) notes: String,
}

impl Sections {
    /// Gives the source that the sections make.
    pub(super) fn whole(&self) -> Source {
        let own = self.clone();
        Source {
            record: Arc::new(own.record),
            identity: Arc::new(own.identity),
            creature: own.creature,
            build: own.build,
            levels: own.levels,
            abilities: own.abilities,
            proficiencies: Arc::new(own.proficiencies),
            combat: own.combat,
            actions: Arc::new(own.actions),
            equipment: Arc::new(own.equipment),
            spellcasting: Arc::new(own.spellcasting),
            conditions: own.conditions,
            adjustments: own.adjustments,
            overrides: own.overrides,
            notes: own.notes,
            ..Source::default()
        }
    }
}

/// An amount for numbers that are known only at the end.
pub(super) struct Later {
    pub(super) to: LaterTo,
    pub(super) amount: i32,
    pub(super) source: String,
}

/// Which numbers those are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LaterTo {
    MeleeAttack,
    RangedAttack,
    MeleeDamage,
    RangedDamage,
    SpellAttack,
    SpellDc,
}

impl<'a> Draft<'a> {
    pub(super) fn new(actor: &'a Actor, content: &'a Content) -> Draft<'a> {
        Draft {
            actor,
            content,
            source: Sections::default(),
            report: Report {
                source: actor.source(),
                ..Report::default()
            },
            built: false,
            later: Vec::new(),
            places: 0,
        }
    }

    /// Works the sheet out as it stands.
    pub(super) fn derive(&self) -> Derived {
        rules::derive(&self.source.whole(), self.content)
    }

    /// Gives a rank after all others, and a number that no other thing of the draft has.
    pub(super) fn next(&mut self) -> (usize, String) {
        self.places += 1;
        (self.places, cells::rank(self.places))
    }

    pub(super) fn understood(
        &mut self,
        area: &str,
        name: &str,
        path: &str,
        to: impl Into<String>,
        why: impl Into<String>,
    ) {
        self.report.add(area, name, path, Fate::Understood, to, why);
    }

    pub(super) fn mapped(
        &mut self,
        area: &str,
        name: &str,
        path: &str,
        to: impl Into<String>,
        why: impl Into<String>,
    ) {
        self.report.add(area, name, path, Fate::Mapped, to, why);
    }

    pub(super) fn as_text(
        &mut self,
        area: &str,
        name: &str,
        path: &str,
        to: impl Into<String>,
        why: impl Into<String>,
    ) {
        self.report.add(area, name, path, Fate::KeptAsText, to, why);
    }

    pub(super) fn unused(&mut self, area: &str, name: &str, path: &str, why: impl Into<String>) {
        self.report.add(area, name, path, Fate::NotUsed, "", why);
    }

    /// Adds an amount to a computed number, with its reason.
    pub(super) fn adjust(&mut self, cell: &str, amount: i32, source: &str) {
        if amount == 0 {
            return;
        }
        let (place, rank) = self.next();
        let adjustment = Adjustment {
            rank,
            cell: cell.to_owned(),
            amount: amount.clamp(-1_000, 1_000),
            source: cells::name(source),
            active: true,
        };
        self.source
            .adjustments
            .0
            .insert(format!("from-{place}"), Arc::new(adjustment));
    }

    /// Sets a computed number by hand, with its reason.
    pub(super) fn set_by_hand(&mut self, cell: &str, value: i32, note: &str) {
        let by_hand = sheet::source::Override {
            value: f64::from(value.clamp(-1_000_000, 1_000_000)),
            note: cells::line(note, 300),
        };
        self.source.overrides.insert(cell.to_owned(), by_hand);
    }

    pub(super) fn train(&mut self, kind: TrainingKind, name: &str, source: &str) {
        let known = &self.source.proficiencies.training.0;
        if known
            .values()
            .any(|training| training.kind == kind && training.name.eq_ignore_ascii_case(name))
        {
            return;
        }
        let (place, rank) = self.next();
        let training = Training {
            rank,
            name: cells::name(name),
            kind,
            source: cells::name(source),
        };
        self.source
            .proficiencies
            .training
            .0
            .insert(format!("training-{place}"), Arc::new(training));
    }

    pub(super) fn armor_formula(
        &mut self,
        name: &str,
        base: i32,
        abilities: &[sheet::vocabulary::Ability],
        shield: bool,
    ) {
        let (place, rank) = self.next();
        let formula = ArmorFormula {
            rank,
            name: cells::name(name),
            base: base.clamp(0, 40),
            abilities: abilities.iter().copied().collect(),
            shield_allowed: shield,
        };
        self.source
            .combat
            .armor_formulas
            .0
            .insert(format!("armor-{place}"), Arc::new(formula));
    }

    /// Adds a feature; an id that is taken gets another.
    pub(super) fn feature(&mut self, id: &str, mut feature: Feature) -> String {
        let (place, rank) = self.next();
        feature.rank = rank;
        let taken = self.source.actions.features.get(id).is_some();
        let id = if taken || !cells::is_id(id) {
            format!("feature-{place}")
        } else {
            id.to_owned()
        };
        self.source
            .actions
            .features
            .0
            .insert(id.clone(), Arc::new(feature));
        id
    }

    /// Adds a trait.
    pub(super) fn a_trait(
        &mut self,
        id: &str,
        name: &str,
        source: &str,
        description: String,
    ) -> String {
        let (place, rank) = self.next();
        let own = Trait {
            rank,
            name: cells::name(name),
            source: cells::name(source),
            description,
        };
        let taken = self.source.actions.traits.get(id).is_some();
        let id = if taken || !cells::is_id(id) {
            format!("trait-{place}")
        } else {
            id.to_owned()
        };
        self.source
            .actions
            .traits
            .0
            .insert(id.clone(), Arc::new(own));
        id
    }

    /// Adds a counter that the sheet has no other place for.
    pub(super) fn counter(
        &mut self,
        name: &str,
        source: &str,
        max: i32,
        used: i32,
        recovery: Recovery,
    ) {
        let feature = Feature {
            name: cells::name(name),
            source: cells::name(source),
            uses: Uses {
                max: max.clamp(0, 1_000),
                used: used.clamp(0, 1_000),
                recovery,
            },
            ..Feature::default()
        };
        self.feature("", feature);
    }

    /// Adds a line to the notes.
    pub(super) fn note(&mut self, text: &str) {
        cells::append(&mut self.source.notes, text);
    }
}
