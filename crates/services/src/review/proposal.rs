//! What a request comes to: the proposed changes on top of where the target stands now, and what is made of them.

use std::collections::BTreeMap;

use history::{
    CellPath, Change, ChangeKind, CommitId, Conflict, Hash, HunkKind, Merge, Policy, Tree,
};
use serde_json::{Value, json};
use sheet::RequestSource;

use crate::Failure;
use crate::history::conflicts::put;
use crate::history::difference::changes_between;
use crate::seats::owners;
use crate::wire::{CellOwner, TableRules};

/// What a request comes to.
pub(super) struct Proposal {
    /// Where the target stands.
    pub(super) target: (CommitId, Tree),
    /// Where the proposed branch stands.
    pub(super) source: (CommitId, Tree),
    /// How the two were brought together.
    pub(super) merge: Merge,
    /// Its changes, in the order of the paths.
    pub(super) items: Vec<Item>,
}

/// One change of a proposal.
pub(super) struct Item {
    /// The change of the target.
    pub(super) change: Change,
    /// Set where the target has another value meanwhile.
    pub(super) conflict: Option<Conflict>,
    /// Whether it is decided what becomes of the conflict.
    pub(super) decided: bool,
    /// Who decides about the cell.
    pub(super) owner: CellOwner,
    /// The rule by which it is accepted.
    pub(super) by_rule: Option<String>,
    /// What was said of it.
    pub(super) said: Said,
}

/// What was said of a change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Nothing,
    Accept,
    Reject,
    Edit(Option<Value>),
}

impl Item {
    /// Tells whether the change comes in as things stand: it was accepted, or needs no verdict.
    pub(super) fn comes_in(&self) -> bool {
        match self.said {
            Said::Accept | Said::Edit(_) => self.conflict.is_none() || self.decided,
            Said::Reject => false,
            Said::Nothing => self.needs_no_verdict(),
        }
    }

    /// Tells whether nobody has to say anything of it.
    pub(super) fn needs_no_verdict(&self) -> bool {
        (self.by_rule.is_some() || self.owner != CellOwner::Dm)
            && (self.conflict.is_none() || self.decided)
    }

    /// Tells whether somebody has still to say something of it.
    pub(super) fn is_open(&self) -> bool {
        match self.said {
            Said::Nothing => !self.needs_no_verdict(),
            Said::Reject => false,
            Said::Accept | Said::Edit(_) => self.conflict.is_some() && !self.decided,
        }
    }

    fn value(&self) -> Option<&Value> {
        match &self.said {
            Said::Edit(value) => value.as_ref(),
            _ => self.change.after.as_ref(),
        }
    }

    fn edit(&self) -> history::Edit {
        put(self.change.path.clone(), self.value().cloned())
    }
}

impl Proposal {
    /// Puts the merge of both lines and what was said of it together.
    pub(super) fn of(
        target: (CommitId, Tree),
        source: (CommitId, Tree),
        merge: Merge,
        request: &RequestSource,
        rules: &TableRules,
    ) -> Result<Proposal, Failure> {
        let conflicts: BTreeMap<CellPath, Conflict> = merge
            .conflicts()
            .map(|(path, conflict)| (path.clone(), conflict.clone()))
            .collect();
        // What was decided of conflicts first: a decided one is a change like any other.
        let mut decided = BTreeMap::new();
        for (path, conflict) in &conflicts {
            if let Some(decision) = request.decisions.get(&path.to_string()) {
                decided.insert(path.clone(), decide(conflict, decision));
            }
        }
        let edits = decided.iter();
        let edits = edits.map(|(path, value)| put(path.clone(), value.clone()));
        let whole = history::edit(&merge.tree, edits)?;
        let mut changes = changes_between(&target.1, &whole);
        for (path, conflict) in &conflicts {
            if changes.iter().any(|change| change.path == *path) {
                continue;
            }
            // One that is not decided, or decided for what stands, changes nothing and is shown all the same.
            let after = match decided.get(path) {
                Some(value) => value.clone(),
                None => conflict.theirs().cloned(),
            };
            changes.push(Change {
                path: path.clone(),
                kind: ChangeKind::Changed,
                before: conflict.ours().cloned(),
                after,
            });
        }
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        let items = changes.into_iter().map(|change| {
            let conflict = conflicts.get(&change.path).cloned();
            let (before, after) = (change.before.as_ref(), change.after.as_ref());
            let owner_of = |value| owners::owner_of_value(rules, &change.path, value);
            let owner = owners::stricter(owner_of(before), owner_of(after));
            let said = request.verdicts.get(&change.path.to_string());
            Item {
                by_rule: owners::accepting_rule(rules, &change.path, before, after),
                decided: decided.contains_key(&change.path),
                conflict,
                owner,
                said: said.map_or(Said::Nothing, |said| match said.verdict.as_str() {
                    "accept" => Said::Accept,
                    "reject" => Said::Reject,
                    "edit" => Said::Edit(said.value.clone()),
                    _ => Said::Nothing,
                }),
                change,
            }
        });
        let items = items.collect();
        Ok(Proposal {
            target,
            source,
            merge,
            items,
        })
    }

    /// Gives what would come of it if all that is not declined came in, as far as it is decided.
    pub(super) fn result(&self) -> Result<Tree, Failure> {
        self.with(|_, item| item.said != Said::Reject && item.settles())
    }

    /// Gives the target with the changes that are wanted.
    pub(super) fn with(&self, wanted: impl Fn(usize, &Item) -> bool) -> Result<Tree, Failure> {
        let items = self.items.iter().enumerate();
        let edits = items
            .filter(|(n, item)| wanted(*n, item))
            .map(|(_, item)| item.edit());
        Ok(history::edit(&self.target.1, edits)?)
    }

    /// Gives the digest of what the changes mean on top of the target, with what was said of them: the same as long as
    /// nothing of it changes, whatever else happens to the target.
    pub(super) fn meaning(&self) -> String {
        let policies = sheet::policies();
        let said = |item: &Item| match &item.said {
            Said::Nothing => json!(item.comes_in()),
            Said::Accept => json!(true),
            Said::Reject => json!(false),
            // A value that was given outright is meant on top of what stood there.
            Said::Edit(value) => json!([item.change.before, value]),
        };
        let lines: Vec<Value> = self
            .items
            .iter()
            .map(|item| {
                let change = &item.change;
                let policy = policies.of(&change.path);
                let conflict = item.conflict.as_ref().map(|one| (one.ours(), item.decided));
                json!([change.path, meaning(change, policy), said(item), conflict])
            })
            .collect();
        Hash::of(&history::to_canonical_json(&Value::Array(lines))).to_string()
    }
}

/// What a change means whatever stood there before: of a tally what it adds, of prose its words.
fn meaning(change: &Change, policy: Policy) -> Value {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let number = |value: Option<&Value>| value.map_or(Some(0), Value::as_i64);
    match policy {
        Policy::Counter { .. } if after.is_some_and(Value::is_number) => {
            match (number(before), number(after)) {
                (Some(before), Some(after)) => json!({"adds": after.saturating_sub(before)}),
                _ => json!({"is": after}),
            }
        }
        Policy::Prose => {
            let text = |value: Option<&Value>| {
                value.and_then(Value::as_str).unwrap_or_default().to_owned()
            };
            let hunks = history::word_hunks(&text(before), &text(after));
            let words: Vec<_> = hunks
                .into_iter()
                .filter(|hunk| hunk.kind != HunkKind::Equal)
                .map(|hunk| json!([hunk.kind, hunk.text]))
                .collect();
            json!({"words": words})
        }
        _ => json!({"is": after}),
    }
}

/// Gives the value that a decision makes of a conflict.
fn decide(conflict: &Conflict, decision: &sheet::DecisionCells) -> Option<Value> {
    match decision.take.as_str() {
        "base" => conflict.base.clone(),
        "value" => decision.value.clone(),
        _ if decision.side == 0 => conflict.ours().cloned(),
        _ => conflict.theirs().cloned(),
    }
}

#[cfg(test)]
mod tests {
    use history::{CommitId, Hash, merge};
    use serde_json::json;
    use sheet::{DecisionCells, VerdictCells};

    use super::*;
    use crate::seats::owners::{usual_auto, usual_owners};

    fn tree(value: Value) -> Tree {
        Tree::from_value(value).unwrap()
    }

    fn proposal(base: Value, target: Value, source: Value, request: &RequestSource) -> Proposal {
        let rules = TableRules {
            review: true,
            owners: usual_owners(),
            auto: usual_auto(),
        };
        let (base, target, source) = (tree(base), tree(target), tree(source));
        let merge = merge(&base, &target, &source, sheet::policies());
        let at = |name: &str, tree: Tree| (CommitId(Hash::of(name.as_bytes())), tree);
        Proposal::of(
            at("target", target),
            at("source", source),
            merge,
            request,
            &rules,
        )
        .unwrap()
    }

    fn says(request: &mut RequestSource, cell: &str, verdict: &str) {
        let cells = VerdictCells {
            verdict: verdict.to_owned(),
            ..VerdictCells::default()
        };
        request.verdicts.insert(cell.to_owned(), cells);
    }

    #[test]
    fn a_long_rest_on_main_leaves_the_meaning_alone_and_another_proposal_does_not() {
        let base = json!({"combat": {"damage_taken": 9}, "equipment": {"currency": {"gp": 100}}, "levels": {}});
        let source = json!({"combat": {"damage_taken": 9}, "equipment": {"currency": {"gp": 60}}, "levels": {"a": {"class": "Ranger"}}});
        let request = RequestSource::default();
        let approved = proposal(base.clone(), base.clone(), source.clone(), &request).meaning();
        let rested = json!({"combat": {"damage_taken": 0}, "equipment": {"currency": {"gp": 130}}, "levels": {}});
        let after = proposal(base.clone(), rested, source, &request).meaning();
        assert_eq!(approved, after);
        let more = json!({"combat": {"damage_taken": 9}, "equipment": {"currency": {"gp": 59}}, "levels": {"a": {"class": "Ranger"}}});
        assert_ne!(
            approved,
            proposal(base.clone(), base, more, &request).meaning()
        );
    }

    #[test]
    fn words_added_elsewhere_to_the_same_text_leave_the_meaning_alone() {
        let text = |text: &str| json!({"notes": text});
        let request = RequestSource::default();
        let base = text("The reeds went quiet.\nWe slept.\n");
        let source = text("The reeds went silent.\nWe slept.\n");
        let now = proposal(base.clone(), base.clone(), source.clone(), &request).meaning();
        let grown = text("The reeds went quiet.\nWe slept.\nIt rained.\n");
        assert_eq!(now, proposal(base, grown, source, &request).meaning());
    }

    #[test]
    fn what_is_the_players_comes_in_without_a_verdict_and_what_is_the_dms_does_not() {
        let base = json!({"identity": {"xp": 5}, "notes": ""});
        let source = json!({"identity": {"xp": 9}, "notes": "x"});
        let mut request = RequestSource::default();
        let now = proposal(base.clone(), base.clone(), source.clone(), &request);
        let coming: Vec<_> = now
            .items
            .iter()
            .map(|item| (item.change.path.to_string(), item.comes_in()))
            .collect();
        assert_eq!(
            coming,
            [
                ("/identity/xp".to_owned(), false),
                ("/notes".to_owned(), true)
            ]
        );
        says(&mut request, "/identity/xp", "reject");
        let now = proposal(base.clone(), base.clone(), source.clone(), &request);
        assert!(now.items.iter().all(|item| !item.is_open()));
        let result = now.with(|_, item| item.comes_in()).unwrap();
        assert_eq!(
            result.to_value(),
            json!({"identity": {"xp": 5}, "notes": "x"})
        );
        let value = Some(json!(7));
        let cells = VerdictCells {
            verdict: "edit".to_owned(),
            value,
            ..VerdictCells::default()
        };
        request.verdicts.insert("/identity/xp".to_owned(), cells);
        let now = proposal(base.clone(), base, source, &request);
        let result = now.with(|_, item| item.comes_in()).unwrap();
        assert_eq!(
            result.to_value(),
            json!({"identity": {"xp": 7}, "notes": "x"})
        );
    }

    #[test]
    fn a_conflict_waits_until_it_is_decided() {
        let species = |name: &str| json!({"identity": {"species": name}});
        let mut request = RequestSource::default();
        says(&mut request, "/identity/species", "accept");
        let now = proposal(species("Elf"), species("Orc"), species("Human"), &request);
        let [item] = &now.items[..] else {
            panic!("one change")
        };
        assert!(item.is_open() && !item.comes_in());
        for (take, side, expected) in [("side", 1, "Human"), ("side", 0, "Orc"), ("base", 0, "Elf")]
        {
            let decision = DecisionCells {
                take: take.to_owned(),
                side,
                ..DecisionCells::default()
            };
            request
                .decisions
                .insert("/identity/species".to_owned(), decision);
            let now = proposal(species("Elf"), species("Orc"), species("Human"), &request);
            let [item] = &now.items[..] else {
                panic!("one change")
            };
            assert!(!item.is_open() && item.comes_in(), "{take}");
            let result = now.with(|_, item| item.comes_in()).unwrap();
            assert_eq!(result.to_value(), species(expected), "{take}");
        }
    }
}
