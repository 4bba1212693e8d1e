//! The rows of features and traits on the sheet, with the uses and points that go with them.

use std::sync::Arc;

use sheet::source::{Feature, Recovery, Trait, Uses};

use super::UsesKnown;
use super::apply::Work;
use super::owner::{Owner, Row};
use crate::content::key;

/// Uses or points of one owner.
pub(super) struct Resource {
    id: String,
    /// Whether it is a thing of its own beside the feature that gives it: sorcery points beside Font of Magic.
    own_row: bool,
    feature: Feature,
    known: UsesKnown,
}

/// Names the counter of a resource: of a class, its features share it; of anything else it is its own.
pub(super) fn counter(owner: &Owner<'_>, id: &str) -> String {
    match owner.class {
        Some(at) if owner.caster == key(&at.class.name) => format!("{}.{id}", owner.caster),
        _ => format!("{}.{id}", owner.slot),
    }
}

/// Tells whether a resource is a thing of its own and not the uses of the feature called `label`.
pub(super) fn has_own_row(name: Option<&str>, label: &str) -> bool {
    name.is_some_and(|name| !label.starts_with(name))
}

impl Work<'_, '_> {
    #[allow(clippy::too_many_arguments, reason = "the parts of one resource")]
    pub(super) fn resource(
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
        let counter = counter(owner, id);
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
            .push(Resource {
                id: id.to_owned(),
                own_row: has_own_row(name, &owner.label),
                feature,
                known,
            });
    }

    /// Puts features and traits on the sheet, each with its uses.
    pub(super) fn rows(&mut self, rows: &[Row<'_>]) {
        for (place, row) in rows.iter().enumerate() {
            let owner = &row.owner;
            let rank = format!("z{place:05}");
            let mut uses = self.resources.remove(&owner.slot).unwrap_or_default();
            let first = uses.iter().position(|uses| !uses.own_row);
            let first = first.map(|first| uses.remove(first));
            if row.is_trait {
                let own = Trait {
                    rank: rank.clone(),
                    name: owner.label.clone(),
                    source: owner.source.clone(),
                    description: row.text.to_owned(),
                };
                Arc::make_mut(&mut self.worked.actions)
                    .traits
                    .0
                    .insert(owner.slot.clone(), Arc::new(own));
                self.own_rows(&owner.slot, &rank, Some(row.level), uses);
                continue;
            }
            let shows = row.shows.and_then(|table| {
                let class = owner.class?;
                let die = class.die(table).map(str::to_owned);
                die.or_else(|| class.number(table).map(|number| number.to_string()))
            });
            let name = match &first {
                // Uses are called by what they are: Action Surge, also where the feature says how many.
                Some(first) => &first.feature.name,
                None => &owner.label,
            };
            let name = match shows.filter(|shows| !shows.is_empty()) {
                Some(shows) => format!("{name} ({shows})"),
                None => name.clone(),
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
            if let Some(first) = first {
                feature.uses = first.feature.uses;
                self.granted.uses.insert(owner.slot.clone(), first.known);
            }
            Arc::make_mut(&mut self.worked.actions)
                .features
                .0
                .insert(owner.slot.clone(), Arc::new(feature));
            self.own_rows(&owner.slot, &rank, Some(row.level), uses);
        }
        // What gives a resource and has no row itself, such as a background.
        for (slot, uses) in std::mem::take(&mut self.resources) {
            self.own_rows(&slot, "zz", None, uses);
        }
    }

    /// Puts uses and points on the sheet that are a thing of their own.
    fn own_rows(&mut self, of: &str, rank: &str, level: Option<i32>, uses: Vec<Resource>) {
        for Resource {
            id,
            mut feature,
            known,
            ..
        } in uses
        {
            feature.rank = format!("{rank}{id}");
            feature.level = level;
            let slot = format!("{of}.{id}");
            self.granted.uses.insert(slot.clone(), known);
            Arc::make_mut(&mut self.worked.actions)
                .features
                .0
                .insert(slot, Arc::new(feature));
        }
    }
}
