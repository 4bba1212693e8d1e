//! What has to hold before a request is merged: the rules run on the result, like checks on code.

use history::Tree;

use super::proposal::{Item, Proposal, Said};
use super::{Request, Reviews};
use crate::Failure;
use crate::clock::moment;
use crate::wire::{Allowance, Check, RequestState, Violation};
use crate::worked::Worked;

/// The most changes among which is looked for what another one needs.
const MAX_NEEDS: usize = 60;

impl Item {
    /// Tells whether the change has one value: it is no conflict, or one that was decided.
    pub(super) fn settles(&self) -> bool {
        self.conflict.is_none() || self.decided
    }
}

impl Reviews<'_> {
    /// Lists what the rules object to in what would be merged and not to what stands there now; what was allowed says so. None
    /// comes with ways to mend it.
    pub(super) fn objections(
        &self,
        request: &Request,
        proposal: &Proposal,
    ) -> Result<Vec<Violation>, Failure> {
        let sides = [&proposal.target.1];
        let mut objections = self.library.objections(&proposal.result()?, &sides)?;
        for objection in &mut objections {
            let cells = request.source.allowances.get(&objection.key);
            if let (None, Some(cells)) = (&objection.allowed, cells) {
                objection.allowed = Some(Allowance {
                    by: cells.by.clone(),
                    reason: cells.reason.clone(),
                    time: moment(cells.time),
                });
            }
        }
        Ok(objections)
    }

    /// Lists what has to hold, and whether it does.
    pub(super) fn checks(
        &self,
        proposal: &Proposal,
        result: &Tree,
        violations: Vec<Violation>,
    ) -> Vec<Check> {
        let mut checks = Vec::new();
        if let Ok(worked) = self.library.worked(result) {
            checks.extend(
                sheet_facts(&worked)
                    .into_iter()
                    .map(|(text, passed)| Check {
                        text,
                        passed,
                        violation: None,
                    }),
            );
        }
        if violations.is_empty() {
            checks.push(Check {
                text: "The rules have nothing against it".to_owned(),
                passed: true,
                violation: None,
            });
        }
        for violation in violations {
            checks.push(Check {
                text: violation.finding.message.clone(),
                passed: violation.allowed.is_some(),
                violation: Some(violation),
            });
        }
        let conflicts = proposal.items.iter().filter(|item| !item.settles()).count();
        if conflicts > 0 {
            checks.push(Check {
                text: match conflicts {
                    1 => "One conflict with main waits to be decided".to_owned(),
                    n => format!("{n} conflicts with main wait to be decided"),
                },
                passed: false,
                violation: None,
            });
        }
        checks
    }

    /// Says what is in the way of merging a request, the first first; nothing if it can be merged.
    pub(super) fn hindrances(
        &self,
        request: &Request,
        proposal: &Proposal,
        objections: &[Violation],
    ) -> Result<Vec<String>, Failure> {
        let mut hindrances = Vec::new();
        let items = &proposal.items;
        if items.is_empty() {
            hindrances.push("There is nothing to bring in: main has it all already.".to_owned());
        }
        let conflicts = items
            .iter()
            .filter(|item| !item.settles() && item.said != Said::Reject)
            .count();
        if conflicts > 0 {
            hindrances.push(format!(
                "{} to be decided first.",
                number(conflicts, "conflict")
            ));
        }
        let undecided = items.iter().filter(|item| item.is_open()).count();
        // Without a DM at the table nobody has to say anything.
        let reviewed = self.library.table_rules()?.review;
        if reviewed && undecided > conflicts {
            let waiting = number(undecided - conflicts, "change");
            hindrances.push(format!("{waiting} without a verdict."));
        }
        let by_rule = items.iter().all(Item::needs_no_verdict);
        match request.state {
            RequestState::Approved if !self.is_fresh(request, proposal) => hindrances.push(
                "The proposal has changed since it was approved; look at it again.".to_owned(),
            ),
            RequestState::Open if reviewed && !by_rule => {
                hindrances.push("The DM has not approved it yet.".to_owned());
            }
            _ => {}
        }
        let talk = request
            .source
            .threads
            .values()
            .filter(|one| !one.settled)
            .count();
        if talk > 0 {
            hindrances.push(format!("{} not settled.", number(talk, "talk")));
        }
        let open = objections.iter().filter(|one| one.allowed.is_none());
        let open = open.count();
        if open > 0 {
            hindrances.push(format!("The rules object: {}.", number(open, "objection")));
        }
        Ok(hindrances)
    }

    /// Finds what else has to come in for each change to be lawful, among the changes that are not coming in.
    pub(super) fn needs(&self, proposal: &Proposal) -> Result<Vec<Vec<String>>, Failure> {
        let items = &proposal.items;
        let mut needs = vec![Vec::new(); items.len()];
        let out: Vec<usize> = (0..items.len()).filter(|n| !items[*n].comes_in()).collect();
        if out.is_empty() || out.len() == items.len() || items.len() > MAX_NEEDS {
            return Ok(needs);
        }
        let objections = |tree: &Tree| -> Vec<String> {
            let worked = self.library.worked(tree);
            worked.map_or_else(
                |_| Vec::new(),
                |worked| worked.findings.iter().map(sheet::Finding::key).collect(),
            )
        };
        let known = objections(&proposal.target.1);
        let whole = objections(&proposal.with(|_, item| item.settles())?);
        let now = objections(&proposal.with(|_, item| item.comes_in())?);
        for objection in now {
            // Only what the proposal as a whole would not have is a matter of leaving something out.
            if known.contains(&objection) || whole.contains(&objection) {
                continue;
            }
            let mut behind = Vec::new();
            for (n, item) in items.iter().enumerate() {
                if item.comes_in() {
                    let without = proposal.with(|m, item| item.comes_in() && m != n)?;
                    if !objections(&without).contains(&objection) {
                        behind.push(n);
                    }
                }
            }
            for missing in &out {
                let with = proposal.with(|m, item| item.comes_in() || m == *missing)?;
                if objections(&with).contains(&objection) {
                    continue;
                }
                let path = items[*missing].change.path.to_string();
                for n in &behind {
                    if !needs[*n].contains(&path) {
                        needs[*n].push(path.clone());
                    }
                }
            }
        }
        Ok(needs)
    }
}

/// Says what a table looks at first: levels against experience, spells prepared, things attuned.
fn sheet_facts(worked: &Worked) -> Vec<(String, bool)> {
    let (source, sheet) = (&worked.source, &worked.sheet);
    let mut facts = Vec::new();
    let level = source.levels.len();
    if level > 0 {
        let thresholds = sheet::vocabulary::XP_THRESHOLDS;
        let needed = thresholds.get(level - 1).copied().unwrap_or_default();
        let has = source.identity.xp;
        // Who counts milestones has no experience points, and nothing to compare.
        let enough = has == 0 || has >= needed;
        let said = match (has, enough) {
            (0, _) => format!("Class levels add up to {level}"),
            (has, true) => format!("Class levels add up to {level}, XP {has} is enough"),
            (has, false) => format!("Level {level} wants {needed} XP, there are {has}"),
        };
        facts.push((said, enough));
    }
    for caster in &sheet.spellcasting.casters {
        if let Some(limit) = caster.prepared_limit {
            let prepared = caster.prepared_count;
            // Who casts by species or feat alone prepares nothing.
            if limit == 0 && prepared == 0 {
                continue;
            }
            let said = format!("{}: prepared spells {prepared} of {limit}", caster.class);
            facts.push((said, prepared <= limit));
        }
    }
    let attuned = sheet.equipment.attuned_count;
    if attuned > 0
        && let Some(limit) = worked.stats.get("/equipment/attunement_limit")
    {
        let limit = limit.whole();
        let said = format!("Attunement {attuned} of {limit}");
        facts.push((said, i64::from(attuned) <= i64::from(limit)));
    }
    facts
}

fn number(n: usize, what: &str) -> String {
    match n {
        1 => format!("One {what}"),
        n => format!("{n} {what}s"),
    }
}
