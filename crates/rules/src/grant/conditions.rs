//! Conditions as content has them: which act on a character, those they bring with them too, and what they do.

use std::collections::BTreeSet;
use std::rc::Rc;

use sheet::{Finding, Severity, Source};

use super::Granted;
use super::owner::{Active, Owner};
use crate::content::{ConditionRule, Content, key};

/// A condition that acts on a character.
struct Acting<'s, 'c> {
    /// The id of the condition on the sheet that is it, or brings it.
    id: &'s str,
    /// The name on the sheet.
    name: &'s str,
    rule: &'c ConditionRule,
}

/// Lists the conditions that content knows, each once, with those they bring with them.
fn acting<'s, 'c>(source: &'s Source, content: &'c Content) -> Vec<Acting<'s, 'c>> {
    let mut found = Vec::new();
    let mut done: BTreeSet<String> = BTreeSet::new();
    for (id, condition) in source.conditions.ordered() {
        let mut waiting = vec![key(&condition.name)];
        while let Some(next) = waiting.pop() {
            let Some(rule) = content.conditions.get(&next) else {
                continue;
            };
            if done.insert(next) {
                waiting.extend(rule.implies.iter().map(|name| key(name)));
                found.push(Acting {
                    id,
                    name: &condition.name,
                    rule,
                });
            }
        }
    }
    found
}

/// Lists the effects of the conditions on a character, those they bring with them too.
pub(super) fn effects<'c>(source: &Source, content: &'c Content) -> Vec<Active<'c>> {
    let mut active = Vec::new();
    for acting in acting(source, content) {
        let owner = Rc::new(Owner {
            label: acting.rule.name.clone(),
            source: acting.name.to_owned(),
            slot: format!("condition.{}", acting.id),
            cell: format!("/conditions/{}", acting.id),
            level: 20,
            class: None,
            caster: String::new(),
        });
        active.extend(acting.rule.effects.iter().map(|effect| Active {
            effect,
            owner: Rc::clone(&owner),
        }));
    }
    active
}

/// Lists the states a character is in, by id: every condition that is written down, and those they bring with them.
pub(super) fn states(source: &Source, content: &Content) -> BTreeSet<String> {
    let written = source.conditions.iter();
    let written = written.map(|(_, condition)| key(&condition.name));
    let brought = acting(source, content).into_iter();
    // A spell that is concentrated on is a state as well: Hunter's Mark.
    let kept_up = Some(key(&source.combat.concentration)).filter(|on| !on.is_empty());
    written
        .chain(kept_up)
        .chain(brought.map(|acting| key(&acting.rule.name)))
        .collect()
}

/// Works out what conditions forbid: moving, and concentrating, which is told where it still is written down.
pub(super) fn bounds(source: &Source, content: &Content, granted: &mut Granted) {
    let on = source.combat.concentration.trim();
    let mut told = false;
    for acting in acting(source, content) {
        if acting.rule.speed_zero {
            granted.held = Some(acting.name.to_owned());
        }
        if acting.rule.breaks_concentration && !on.is_empty() && !told {
            told = true;
            granted.findings.push(Finding {
                cell: "/combat/concentration".to_owned(),
                severity: Severity::Note,
                message: format!(
                    "{} ends concentration, and {on} is still concentrated on.",
                    acting.name
                ),
                hint: "Clear the concentration, or take the condition off.".to_owned(),
            });
        }
    }
}
