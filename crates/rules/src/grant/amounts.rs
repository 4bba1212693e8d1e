//! Amounts that wait for their number, and what is told beside it; also from the conditions of sheets written by hand.

use sheet::source::Source;
use sheet::vocabulary::Ability;
use sheet::{Finding, Severity};

use super::owner::{Active, Owner};
use super::{Given, Granted, Told};
use crate::content::{Effect, Formula, key};
use crate::desk::index;

/// What formulas may ask for.
#[derive(Default)]
pub(super) struct Known {
    pub(super) level: i32,
    pub(super) proficiency: i32,
    pub(super) scores: [i32; 6],
    pub(super) modifiers: [i32; 6],
    pub(super) walk: i32,
}

impl Known {
    /// Gives what a name in a formula stands for.
    pub(super) fn named(&self, name: &str, owner: &Owner<'_>) -> Option<i32> {
        match name {
            "pb" => Some(self.proficiency),
            "level" => Some(self.level),
            "class_level" => Some(owner.level),
            "walk" => Some(self.walk),
            _ => {
                let (name, of) = match name.strip_prefix("score_") {
                    Some(name) => (name, &self.scores),
                    None => (name, &self.modifiers),
                };
                let ability = Ability::ALL
                    .into_iter()
                    .find(|ability| ability.key() == name);
                match ability {
                    Some(ability) => Some(of[index(ability)]),
                    None => owner.class.and_then(|class| class.number(name)),
                }
            }
        }
    }

    /// Works out a formula of an owner; what has no value counts as 0 and is told.
    pub(super) fn value(&self, formula: &Formula, owner: &Owner<'_>, granted: &mut Granted) -> i32 {
        let value = formula.value(&|name| self.named(name, owner));
        value.unwrap_or_else(|unknown| {
            granted.findings.push(Finding {
                cell: owner.cell.clone(),
                severity: Severity::Warning,
                message: format!(
                    "The formula `{}` of `{}` has no value: {unknown}.",
                    formula.text(),
                    owner.label
                ),
                hint: "It counts as 0; mend the pack.".to_owned(),
            });
            0
        })
    }
}

/// Puts the effects of conditions to work on a sheet written by hand.
pub(super) fn conditions(source: &Source, active: Vec<Active<'_>>, granted: &mut Granted) {
    // Only an amount asks for a number; most conditions but tell something.
    let asks = |active: &Active<'_>| matches!(active.effect, Effect::Bonus { .. });
    let known = if active.iter().any(asks) {
        super::increases::known(source, granted)
    } else {
        Known::default()
    };
    for active in &active {
        amounts(active, &known, granted);
    }
}

/// Names an owner with what brought it: `Archery (Fighter 1)`.
pub(super) fn label(owner: &Owner<'_>) -> String {
    if owner.label == owner.source {
        owner.label.clone()
    } else {
        format!("{} ({})", owner.label, owner.source)
    }
}

/// Handles the effects that add an amount or tell something; also those of conditions on sheets written by hand.
pub(super) fn amounts(active: &Active<'_>, known: &Known, granted: &mut Granted) {
    let owner = &active.owner;
    match active.effect {
        Effect::Bonus {
            to,
            amount,
            when,
            state,
            only,
            of_class,
            ..
        } => {
            let class = class_of(owner, *of_class);
            let amount = known.value(amount, owner, granted);
            let told = match (state, only) {
                (Some(of), _) if !granted.in_state(state.as_ref()) => {
                    Some(format!("while in {of}"))
                }
                (_, Some(only)) => Some(only.clone()),
                _ => None,
            };
            match told {
                Some(when) => granted.told.push(Told {
                    target: *to,
                    text: format!("{amount:+} {when}: {}", owner.label),
                    class,
                }),
                None => granted.given.push(Given {
                    target: *to,
                    label: owner.label.clone(),
                    detail: owner.source.clone(),
                    amount,
                    cell: Some(owner.cell.clone()),
                    when: *when,
                    class,
                }),
            }
        }
        Effect::Advantage {
            on,
            only,
            state,
            of_class,
            ..
        } => {
            let class = class_of(owner, *of_class);
            tell(
                granted,
                ("Advantage", &owner.label),
                on,
                only,
                state.as_ref(),
                class,
            );
        }
        Effect::Disadvantage { on, only, state } => {
            tell(
                granted,
                ("Disadvantage", &owner.label),
                on,
                only,
                state.as_ref(),
                None,
            );
        }
        Effect::Floor { on, note } => {
            for target in on {
                granted.told.push(Told {
                    target: *target,
                    text: format!("{}: {note}", owner.label),
                    class: None,
                });
            }
        }
        _ => {}
    }
}

/// Names the class whose spells alone an effect is about.
fn class_of(owner: &Owner<'_>, of_class: bool) -> Option<String> {
    owner
        .class
        .filter(|_| of_class)
        .map(|at| key(&at.class.name))
}

fn tell(
    granted: &mut Granted,
    (what, label): (&str, &str),
    on: &[crate::content::Target],
    only: &str,
    state: Option<&String>,
    class: Option<String>,
) {
    let when = match state {
        Some(of) if !granted.in_state(state) => format!(" while in {of}"),
        _ if only.is_empty() => String::new(),
        _ => format!(" {only}"),
    };
    for target in on {
        granted.told.push(Told {
            target: *target,
            text: format!("{what}{when}: {label}"),
            class: class.clone(),
        });
    }
}
