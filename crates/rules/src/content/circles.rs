//! Finds options and feats whose choices lead back to themselves.

use std::collections::BTreeSet;

use super::{Content, Effect, Pool, Problem};

/// Lists every option and feat that offers, through any number of others, the choice it stands in itself.
pub(super) fn circles(content: &Content) -> Vec<Problem> {
    let options = content.options.values().map(|option| {
        let group = format!("option group `{}`", option.group);
        ("option", &option.name, group, &option.effects)
    });
    let feats = content.feats.values().map(|feat| {
        let category = format!("feat category `{}`", feat.category);
        ("feat", &feat.name, category, &feat.effects)
    });
    let mut problems = Vec::new();
    for (kind, name, own, effects) in options.chain(feats) {
        let mut reached = BTreeSet::new();
        let mut waiting = offered(effects);
        while let Some(pool) = waiting.pop() {
            if !reached.insert(pool.clone()) {
                continue;
            }
            let in_pool = |what: &str, of: &str| pool == format!("{what} `{of}`");
            for option in content.options.values() {
                if in_pool("option group", &option.group) {
                    waiting.extend(offered(&option.effects));
                }
            }
            for feat in content.feats.values() {
                if in_pool("feat category", &feat.category) {
                    waiting.extend(offered(&feat.effects));
                }
            }
        }
        if reached.contains(&own) {
            problems.push(Problem {
                file: String::new(),
            line: None,
                place: format!("{kind} {name}"),
                message: format!(
                    "it stands in the {own} and offers a choice that leads back there; such choices would never end"
                ),
            });
        }
    }
    problems
}

/// Lists the pools of options and feats that effects offer to choose from.
fn offered(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Choose {
                from: Pool::Options(group),
                ..
            } => Some(format!("option group `{group}`")),
            Effect::Choose {
                from: Pool::Feats(category),
                ..
            } => Some(format!("feat category `{category}`")),
            _ => None,
        })
        .collect()
}
