//! The desk: where the numbers of one character are added up, each with its terms.

use std::collections::BTreeMap;

use sheet::source::{Adjustment, ArmorCategory, MagicItem};
use sheet::vocabulary::Ability;
use sheet::{Alternative, Finding, Severity, Source, Stat, Term};

use crate::armor_class::{Worn, worn};
use crate::content::{Circumstance, Target};
use crate::grant::{Given, Granted};
use crate::kept::Earlier;

/// Holds what is known so far while a sheet is derived.
pub(crate) struct Desk<'a> {
    pub(crate) source: &'a Source,
    /// A version that was derived before.
    pub(crate) earlier: Option<Earlier<'a>>,
    /// Magic items in the order of the sheet.
    pub(crate) magical: Vec<(&'a str, &'a MagicItem)>,
    /// Armor and shields that are worn.
    pub(crate) worn: Vec<Worn<'a>>,
    /// Magic items whose bonuses count now, in the order of the sheet.
    pub(crate) working: Vec<(&'a str, &'a MagicItem)>,
    /// All levels together.
    pub(crate) level: i32,
    /// Exhaustion, 0 to 6.
    pub(crate) exhaustion: i32,
    pub(crate) stats: BTreeMap<String, Stat>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) scores: [i32; 6],
    pub(crate) modifiers: [i32; 6],
    pub(crate) proficiency_bonus: i32,
    /// What content gives.
    pub(crate) granted: &'a Granted,
    adjustments: BTreeMap<&'a str, Vec<(&'a str, &'a Adjustment)>>,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(
        source: &'a Source,
        granted: &'a Granted,
        earlier: Option<Earlier<'a>>,
    ) -> Desk<'a> {
        let mut adjustments: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (id, adjustment) in source.adjustments.ordered() {
            if adjustment.active && adjustment.amount != 0 {
                adjustments
                    .entry(&adjustment.cell)
                    .or_default()
                    .push((id, adjustment));
            }
        }
        let magical = source.equipment.magical_items.ordered();
        Desk {
            source,
            earlier,
            worn: worn(&source.equipment),
            working: magical
                .iter()
                .copied()
                .filter(|(_, item)| is_working(item))
                .collect(),
            magical,
            level: i32::try_from(source.levels.len()).unwrap_or(i32::MAX),
            exhaustion: source.combat.exhaustion.clamp(0, 6),
            stats: BTreeMap::new(),
            findings: Vec::new(),
            scores: [10; 6],
            modifiers: [0; 6],
            proficiency_bonus: 2,
            granted,
            adjustments,
        }
    }

    pub(crate) fn modifier(&self, ability: Ability) -> i32 {
        self.modifiers[index(ability)]
    }

    pub(crate) fn score(&self, ability: Ability) -> i32 {
        self.scores[index(ability)]
    }

    /// Adds the modifier of an ability.
    pub(crate) fn ability_term(&self, sum: &mut Sum, ability: Ability) {
        let cell = format!("/statistics/ability_modifiers/{}", ability.key());
        sum.add(ability.name(), self.modifier(ability), "", Some(cell));
    }

    /// Adds the proficiency bonus, or a multiple of it.
    pub(crate) fn proficiency_term(&self, sum: &mut Sum, value: i32, label: &str, detail: &str) {
        let cell = "/statistics/proficiency_bonus".to_owned();
        sum.add(label, value, detail, Some(cell));
    }

    /// Adds what each working magic item gives.
    pub(crate) fn item_terms(
        &self,
        sum: &mut Sum,
        bonus: &str,
        of: impl Fn(&sheet::source::Bonuses) -> i32,
    ) {
        for (id, item) in &self.working {
            let value = of(&item.bonuses);
            if value != 0 {
                let cell = format!("/equipment/magical_items/{id}/bonuses/{bonus}");
                let detail = if item.requires_attunement {
                    "attuned"
                } else {
                    ""
                };
                sum.add(name_or(&item.name, "Magic item"), value, detail, Some(cell));
            }
        }
    }

    /// Adds what content gives to a number, and tells what it says beside it.
    pub(crate) fn given_terms(&self, sum: &mut Sum, is: impl Fn(Target) -> bool) {
        self.given_terms_of("", sum, is);
    }

    /// Adds what content gives to a number of a class, and leaves out what it gives to another class alone.
    pub(crate) fn given_terms_of(&self, class: &str, sum: &mut Sum, is: impl Fn(Target) -> bool) {
        let of = |only: &Option<String>| {
            only.as_ref()
                .is_none_or(|only| *only == crate::content::key(class))
        };
        let given = self.granted.given.iter();
        for given in given.filter(|given| is(given.target) && of(&given.class)) {
            if given.when.is_none_or(|when| self.holds(when)) {
                sum.add_some(
                    given.label.clone(),
                    given.amount,
                    given.detail.clone(),
                    given.cell.clone(),
                );
            }
        }
        let told = self.granted.told.iter();
        let told = told.filter(|told| is(told.target) && of(&told.class));
        sum.notes.extend(told.map(|told| told.text.clone()));
    }

    /// Lists what content gives to a number.
    pub(crate) fn given(&self, is: impl Fn(Target) -> bool) -> impl Iterator<Item = &'a Given> {
        let here = self.granted.given.iter();
        here.filter(move |given| is(given.target))
    }

    /// Tells whether a circumstance holds that the sheet can see.
    pub(crate) fn holds(&self, circumstance: Circumstance) -> bool {
        use ArmorCategory::{Heavy, Shield};
        let worn = |is: &dyn Fn(ArmorCategory) -> bool| {
            let mut worn = self.worn.iter();
            worn.any(|worn| is(worn.armor.category))
        };
        let suit = worn(&|of| of != Shield);
        let shield = worn(&|of| of == Shield);
        let heavy = worn(&|of| of == Heavy);
        match circumstance {
            Circumstance::Unarmored => !suit,
            Circumstance::UnarmoredNoShield => !suit && !shield,
            Circumstance::NotHeavyArmor => !heavy,
            Circumstance::Armored => suit,
            Circumstance::HeavyArmor => heavy,
        }
    }

    /// Gives the reason that content has for something.
    pub(crate) fn reason(&self, of: &str) -> &'a str {
        self.granted.reasons.get(of).map_or("", String::as_str)
    }

    /// Takes off what exhaustion costs every D20 Test (SRD 5.2.1, Exhaustion).
    pub(crate) fn exhaustion_term(&self, sum: &mut Sum) {
        if self.exhaustion > 0 {
            let cell = Some("/combat/exhaustion".to_owned());
            let detail = format!("level {}, 2 less for each", self.exhaustion);
            sum.add("Exhaustion", -2 * self.exhaustion, detail, cell);
        }
    }

    /// Tells whether a number is set or adjusted by hand.
    pub(crate) fn is_changed(&self, cell: &str) -> bool {
        self.adjustments.contains_key(cell) || self.source.overrides.contains_key(cell)
    }

    /// Closes the account of a whole number: adjustments, then what was set by hand.
    pub(crate) fn close(&mut self, cell: String, sum: Sum) -> i32 {
        self.settle(cell, sum, true).whole()
    }

    /// Closes the account of a number that may have a fraction.
    pub(crate) fn close_exact(&mut self, cell: String, sum: Sum) -> f64 {
        self.settle(cell, sum, false).value
    }

    fn settle(&mut self, cell: String, mut sum: Sum, whole: bool) -> &Stat {
        if let Some(adjustments) = self.adjustments.get(cell.as_str()) {
            for (id, adjustment) in adjustments {
                let from = Some(format!("/adjustments/{id}/amount"));
                let label = name_or(&adjustment.source, "Adjustment");
                sum.add(label, adjustment.amount, "added by hand", from);
            }
        }
        if let Some(least) = sum.least {
            let total = sum.total();
            if total < least {
                let label = format!("Never below {least}");
                sum.terms
                    .push(term(label, least - total, String::new(), None));
            }
        }
        let total = if whole {
            sum.total()
        } else {
            hundredths(sum.total())
        };
        let (value, computed, override_note) = match self.source.overrides.get(&cell) {
            Some(by_hand) => {
                let set = if whole {
                    by_hand.value.round()
                } else {
                    hundredths(by_hand.value)
                };
                (set, Some(total), Some(by_hand.note.clone()))
            }
            None => (total, None, None),
        };
        let Sum {
            terms,
            alternatives,
            notes,
            ..
        } = sum;
        let stat = Stat {
            value,
            terms,
            computed,
            override_note,
            alternatives,
            notes,
        };
        self.stats.entry(cell).insert_entry(stat).into_mut()
    }

    pub(crate) fn find(
        &mut self,
        severity: Severity,
        cell: impl Into<String>,
        message: impl Into<String>,
        hint: &str,
    ) {
        let (cell, message) = (cell.into(), message.into());
        self.findings.push(Finding {
            cell,
            severity,
            message,
            hint: hint.to_owned(),
        });
    }
}

/// Tells whether the bonuses of an item count: attuned if it asks for that, else worn or held.
pub(crate) fn is_working(item: &MagicItem) -> bool {
    if item.requires_attunement {
        item.attuned
    } else {
        item.equipped
    }
}

/// Gives a name, or another where it is empty.
pub(crate) fn name_or<'a>(name: &'a str, other: &'a str) -> &'a str {
    if name.trim().is_empty() { other } else { name }
}

pub(crate) fn index(ability: Ability) -> usize {
    match ability {
        Ability::Strength => 0,
        Ability::Dexterity => 1,
        Ability::Constitution => 2,
        Ability::Intelligence => 3,
        Ability::Wisdom => 4,
        Ability::Charisma => 5,
    }
}

/// Rounds to two places, as weights are shown; never to -0.
pub(crate) fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// Writes a number with its sign: `+3`, `-1`, `+0`.
pub(crate) fn signed(value: i32) -> String {
    format!("{value:+}")
}

fn term(label: String, value: f64, detail: String, source_cell: Option<String>) -> Term {
    Term {
        label,
        value,
        detail,
        source_cell,
    }
}

/// Collects the terms of one number.
#[derive(Default)]
pub(crate) struct Sum {
    pub(crate) terms: Vec<Term>,
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) notes: Vec<String>,
    least: Option<f64>,
}

impl Sum {
    /// Adds a term.
    pub(crate) fn add(
        &mut self,
        label: impl Into<String>,
        value: i32,
        detail: impl Into<String>,
        cell: Option<String>,
    ) {
        self.terms
            .push(term(label.into(), f64::from(value), detail.into(), cell));
    }

    /// Adds a term that may have a fraction.
    pub(crate) fn add_exact(
        &mut self,
        label: impl Into<String>,
        value: f64,
        detail: impl Into<String>,
        cell: Option<String>,
    ) {
        self.terms
            .push(term(label.into(), value, detail.into(), cell));
    }

    /// Adds a term unless it is nothing.
    pub(crate) fn add_some(
        &mut self,
        label: impl Into<String>,
        value: i32,
        detail: impl Into<String>,
        cell: Option<String>,
    ) {
        if value != 0 {
            self.add(label, value, detail, cell);
        }
    }

    /// Bounds the number from below; the bound becomes a term where it is needed.
    pub(crate) fn never_below(&mut self, least: i32) {
        self.least = Some(f64::from(least));
    }

    pub(crate) fn total(&self) -> f64 {
        // Folded from 0, as the sum of nothing would be -0.
        self.terms.iter().fold(0.0, |sum, term| sum + term.value)
    }
}
