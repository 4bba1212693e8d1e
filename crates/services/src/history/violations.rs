//! What the rules object to in a merged character though neither side had it: found, with ways to mend it that were tried out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use history::{CellPath, Change, ChangeKind, Edit, Tree, diff, edit};
use serde_json::{Value, json};
use sheet::{Finding, Severity};

use super::conflicts::put;
use super::difference::{changes_between, in_words, nature, thing_of};
use crate::library::Library;
use crate::wire::{Allowance, AllowedFinding, Fix, Violation};
use crate::words::label;
use crate::worked::Worked;
use crate::{Code, Failure};

/// How many ways to mend the result are tried for all its violations together.
const MOST_TRIED: usize = 96;
/// How many ways to mend it a violation is shown with.
const MOST_FIXES: usize = 8;

/// A way to mend something, before it was tried.
struct Idea {
    label: String,
    edits: Vec<Edit>,
}

impl Library {
    /// Finds what the rules object to in a result and to what neither side was objected, without ways to mend it.
    pub(crate) fn objections(
        &self,
        result: &Tree,
        sides: &[&Tree],
    ) -> Result<Vec<Violation>, Failure> {
        let worked = self.worked(result)?;
        let mut known = BTreeSet::new();
        for side in sides {
            // What an older Forkbeard wrote may not work out; then all findings are new.
            if let Ok(side) = self.worked(side) {
                known.extend(serious(&side).map(Finding::key));
            }
        }
        let objections = serious(&worked)
            .filter(|finding| !known.contains(&finding.key()))
            .map(|finding| Violation {
                key: finding.key(),
                label: finding
                    .cell
                    .parse()
                    .map_or_else(|_| finding.cell.clone(), |cell| label(&cell, &[result])),
                allowed: worked.source.allowances.get(&finding.key()).map(Into::into),
                finding: finding.clone(),
                fixes: Vec::new(),
            });
        Ok(objections.collect())
    }

    /// Finds ways to mend what the rules object to, each tried out.
    pub(crate) fn find_fixes(
        &self,
        objections: &mut [Violation],
        result: &Tree,
        sides: &[&Tree],
    ) -> Result<(), Failure> {
        if objections.iter().all(|one| one.allowed.is_some()) {
            return Ok(());
        }
        let worked = self.worked(result)?;
        let had: BTreeSet<String> = serious(&worked).map(Finding::key).collect();
        for idea in ideas(result, sides).into_iter().take(MOST_TRIED) {
            let Ok(tree) = edit(result, idea.edits.clone()) else {
                continue;
            };
            let changes = diff(result, &tree);
            let Ok(mended) = self.tried(&worked, &changes, &tree) else {
                continue;
            };
            let left: BTreeSet<String> = serious(&mended).map(Finding::key).collect();
            // What mends one thing and breaks another is no fix.
            if changes.is_empty() || !left.is_subset(&had) {
                continue;
            }
            for objection in objections.iter_mut() {
                if !left.contains(&objection.key) && objection.fixes.len() < MOST_FIXES {
                    objection.fixes.push(idea.to_fix());
                }
            }
        }
        Ok(())
    }

    /// Makes the record of somebody's allowing something.
    ///
    /// # Errors
    /// A reason that is empty or longer than one line.
    pub(crate) fn allowance(&self, reason: &str) -> Result<Allowance, Failure> {
        let reason = crate::sheet::clean_message(Some(reason))?;
        if reason.is_empty() {
            return Err(Failure::new(
                Code::Invalid,
                "What is allowed needs a reason.",
                "A few words for whoever wonders later.",
            ));
        }
        Ok(Allowance {
            by: self.author().name,
            reason,
            time: self.settings.clock.now(),
        })
    }
}

/// Writes into a result who allowed what of it and why.
///
/// # Errors
/// A result that grows too large.
pub(crate) fn with_allowed(result: &Tree, objections: &[Violation]) -> Result<Tree, Failure> {
    let allowed = objections.iter().filter_map(|one| {
        let Allowance { by, reason, time } = one.allowed.as_ref()?;
        Some(Edit::Set {
            path: CellPath::from_segments(["allowances", one.key.as_str()]),
            value: json!({"reason": reason, "by": by, "time": crate::sheet::stamp(*time)}),
        })
    });
    Ok(edit(result, allowed.collect::<Vec<_>>())?)
}

impl From<&sheet::AllowanceRecord> for Allowance {
    fn from(record: &sheet::AllowanceRecord) -> Allowance {
        Allowance {
            by: record.by.clone(),
            reason: record.reason.clone(),
            time: record.time.parse().unwrap_or_default(),
        }
    }
}

impl Idea {
    fn to_fix(&self) -> Fix {
        let sets: BTreeMap<String, Option<Value>> = self
            .edits
            .iter()
            .map(|edit| match edit {
                Edit::Set { path, value } => (path.to_string(), Some(value.clone())),
                Edit::Remove { path } => (path.to_string(), None),
            })
            .collect();
        Fix {
            label: self.label.clone(),
            sets,
        }
    }
}

/// Parts what the rules say of a version from what somebody allowed of it.
pub(crate) fn allowed(worked: &Worked) -> (Arc<Vec<Finding>>, Vec<AllowedFinding>) {
    let allowances = &worked.source.allowances;
    if allowances.is_empty() {
        return (Arc::clone(&worked.findings), Vec::new());
    }
    let (mut open, mut allowed) = (Vec::new(), Vec::new());
    for finding in worked.findings.iter() {
        let key = finding.key();
        match allowances.get(&key) {
            Some(record) => allowed.push(AllowedFinding {
                key,
                finding: finding.clone(),
                allowance: record.into(),
            }),
            None => open.push(finding.clone()),
        }
    }
    (Arc::new(open), allowed)
}

fn serious(worked: &Worked) -> impl Iterator<Item = &Finding> {
    let findings = worked.findings.iter();
    findings.filter(|finding| finding.severity >= Severity::Warning)
}

/// Gathers what could be done otherwise: a mark taken off one thing, or one thing left as a side has it. The gentlest first.
fn ideas(result: &Tree, sides: &[&Tree]) -> Vec<Idea> {
    let changes: Vec<Vec<Change>> = sides
        .iter()
        .map(|side| changes_between(side, result))
        .collect();
    let things: BTreeSet<CellPath> = changes
        .iter()
        .flatten()
        .map(|change| thing_of(&change.path))
        .collect();
    let mut ideas = Vec::new();
    let mut seen = BTreeSet::new();
    // Things that were touched first, then those beside them: an older one may give way to a new one.
    let around: BTreeSet<CellPath> = things.iter().filter_map(CellPath::parent).collect();
    let beside = around.iter().flat_map(|collection| {
        let members = match result.get(collection) {
            Some(Value::Object(map)) => map.keys().map(|id| collection.child(id)).collect(),
            _ => Vec::new(),
        };
        members.into_iter()
    });
    for thing in things.iter().cloned().chain(beside) {
        let Some(Value::Object(cells)) = result.get(&thing).filter(|_| seen.insert(thing.clone()))
        else {
            continue;
        };
        for (name, _) in cells
            .iter()
            .filter(|(_, value)| **value == Value::Bool(true))
        {
            let cell = thing.child(name);
            if !matches!(sheet::check_cell(&cell, &Value::Bool(false)), Ok(())) {
                continue;
            }
            ideas.push(Idea {
                label: format!("{}: no", label(&cell, &[result])),
                edits: vec![put(cell, Some(Value::Bool(false)))],
            });
        }
    }
    for (side, changes) in sides.iter().zip(&changes) {
        let mut by_thing: BTreeMap<CellPath, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            let thing = thing_of(&change.path);
            by_thing.entry(thing).or_default().push(change);
        }
        for (thing, changes) in by_thing {
            ideas.push(left_as(&thing, &changes, side, result));
        }
    }
    ideas
}

/// Leaves one thing as a side has it.
fn left_as(thing: &CellPath, changes: &[&Change], side: &Tree, result: &Tree) -> Idea {
    let edits = changes
        .iter()
        .map(|change| put(change.path.clone(), change.before.clone()))
        .collect();
    let name = label(thing, &[result, side]);
    let label = match changes {
        [only] if only.kind == ChangeKind::Added => format!("Leave out “{name}”"),
        [only] if only.kind == ChangeKind::Removed => format!("Keep “{name}”"),
        [only] => {
            let cell = label(&only.path, &[result, side]);
            let before = in_words(only.before.as_ref(), nature(&only.path), &[side, result]);
            match before.as_str() {
                "" => format!("Leave “{cell}” empty"),
                before => format!("Leave “{cell}” at {before}"),
            }
        }
        _ => format!("Leave “{name}” as it was"),
    };
    Idea { label, edits }
}
