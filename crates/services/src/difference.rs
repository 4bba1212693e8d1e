//! What differs between two sheets, as JSON: for a window that has the one and is to show the other.
//!
//! Members of an object are told apart by name, entries of a list by their `id`, `commit` or `cell` where they have one, else by
//! what they are. Sections that two versions share are not looked into.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Error, Map, Value, to_value};
use sheet::{CompleteSheet, Keyed, Source};

use crate::wire::{Change, EntryChange, SheetView};

/// What an entry of a list is known by, if it has one of these.
const KEYS: [&str; 3] = ["id", "commit", "cell"];

/// Tells how one sheet became another; nothing where they are the same.
///
/// # Errors
/// None that a sheet can cause: its names are text and its numbers finite.
pub(crate) fn between(old: &SheetView, new: &SheetView) -> Result<Option<Change>, Error> {
    // Taken apart by name, so that nothing that is added later can be forgotten here.
    let SheetView {
        id,
        branch,
        commit,
        row,
        source,
        sheet,
        stats,
        findings,
        allowed,
        undo,
        redo,
        editable,
    } = new;
    let mut members = Members::default();
    members.part("id", &old.id, id)?;
    members.part("branch", &old.branch, branch)?;
    members.part("commit", &old.commit, commit)?;
    members.part("row", &old.row, row)?;
    members.put("source", of_source(&old.source, source)?);
    members.put("sheet", of_sheet(&old.sheet, sheet)?);
    members.put("stats", of_map(&old.stats, stats)?);
    members.shared("findings", &old.findings, findings)?;
    members.part("allowed", &old.allowed, allowed)?;
    members.part("undo", &old.undo, undo)?;
    members.part("redo", &old.redo, redo)?;
    members.part("editable", &old.editable, editable)?;
    Ok(members.change())
}

fn of_sheet(old: &CompleteSheet, new: &CompleteSheet) -> Result<Option<Change>, Error> {
    let CompleteSheet {
        identity,
        statistics,
        combat,
        actions,
        equipment,
        spellcasting,
        conditions,
        notes,
        version,
        last_updated,
        audit_trail,
        record,
        built,
        choices,
    } = new;
    let mut members = Members::default();
    members.shared("identity", &old.identity, identity)?;
    members.shared("statistics", &old.statistics, statistics)?;
    members.shared("combat", &old.combat, combat)?;
    members.shared("actions", &old.actions, actions)?;
    members.shared("equipment", &old.equipment, equipment)?;
    members.shared("spellcasting", &old.spellcasting, spellcasting)?;
    members.part("conditions", &old.conditions, conditions)?;
    members.part("notes", &old.notes, notes)?;
    members.part("version", &old.version, version)?;
    members.part("last_updated", &old.last_updated, last_updated)?;
    members.part("audit_trail", &old.audit_trail, audit_trail)?;
    members.shared("record", &old.record, record)?;
    members.part("built", &old.built, built)?;
    members.part("choices", &old.choices, choices)?;
    Ok(members.change())
}

fn of_source(old: &Arc<Source>, new: &Arc<Source>) -> Result<Option<Change>, Error> {
    if Arc::ptr_eq(old, new) {
        return Ok(None);
    }
    let Source {
        format,
        record,
        identity,
        creature,
        build,
        levels,
        abilities,
        proficiencies,
        combat,
        actions,
        equipment,
        spellcasting,
        conditions,
        adjustments,
        overrides,
        notes,
        events,
        allowances,
        conflicts,
        extra,
    } = &**new;
    let mut members = Members::default();
    members.part("format", &old.format, format)?;
    members.shared("record", &old.record, record)?;
    members.shared("identity", &old.identity, identity)?;
    members.part("creature", &old.creature, creature)?;
    members.part("build", &old.build, build)?;
    members.part("levels", &old.levels, levels)?;
    members.part("abilities", &old.abilities, abilities)?;
    members.shared("proficiencies", &old.proficiencies, proficiencies)?;
    members.part("combat", &old.combat, combat)?;
    members.shared("actions", &old.actions, actions)?;
    members.shared("equipment", &old.equipment, equipment)?;
    members.shared("spellcasting", &old.spellcasting, spellcasting)?;
    members.part("conditions", &old.conditions, conditions)?;
    members.part("adjustments", &old.adjustments, adjustments)?;
    members.part("overrides", &old.overrides, overrides)?;
    members.part("notes", &old.notes, notes)?;
    members.unless("events", &old.events, events, Keyed::is_empty)?;
    members.unless("conflicts", &*old.conflicts, &**conflicts, Map::is_empty)?;
    members.unless(
        "allowances",
        &old.allowances,
        allowances,
        BTreeMap::is_empty,
    )?;
    members.shared("extra", &old.extra, extra)?;
    Ok(members.change())
}

/// Tells how a map became another, without writing out what is the same in both.
fn of_map<T: Serialize + PartialEq>(
    old: &Arc<BTreeMap<String, T>>,
    new: &Arc<BTreeMap<String, T>>,
) -> Result<Option<Change>, Error> {
    if Arc::ptr_eq(old, new) {
        return Ok(None);
    }
    let mut members = Members::default();
    for (name, value) in new.iter() {
        match old.get(name) {
            Some(before) => members.part(name, before, value)?,
            None => members.put(
                name,
                Some(Change::Value {
                    value: to_value(value)?,
                }),
            ),
        }
    }
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    members.gone = gone.cloned().collect();
    Ok(members.change())
}

/// Gathers the members of an object that are different.
#[derive(Default)]
struct Members {
    changed: BTreeMap<String, Change>,
    gone: Vec<String>,
}

impl Members {
    fn part<T: Serialize + PartialEq>(
        &mut self,
        name: &str,
        old: &T,
        new: &T,
    ) -> Result<(), Error> {
        if old != new {
            self.put(name, difference(&to_value(old)?, to_value(new)?));
        }
        Ok(())
    }

    fn shared<T: Serialize + PartialEq>(
        &mut self,
        name: &str,
        old: &Arc<T>,
        new: &Arc<T>,
    ) -> Result<(), Error> {
        if Arc::ptr_eq(old, new) {
            return Ok(());
        }
        self.part(name, &**old, &**new)
    }

    /// Notes a part that is not written where it is empty.
    fn unless<T: Serialize + PartialEq>(
        &mut self,
        name: &str,
        old: &T,
        new: &T,
        is_empty: fn(&T) -> bool,
    ) -> Result<(), Error> {
        match (is_empty(old), is_empty(new)) {
            (false, true) => self.gone.push(name.to_owned()),
            (true, false) => self.put(
                name,
                Some(Change::Value {
                    value: to_value(new)?,
                }),
            ),
            _ => self.part(name, old, new)?,
        }
        Ok(())
    }

    fn put(&mut self, name: &str, change: Option<Change>) {
        if let Some(change) = change {
            self.changed.insert(name.to_owned(), change);
        }
    }

    fn change(self) -> Option<Change> {
        let Members { changed, gone } = self;
        (!changed.is_empty() || !gone.is_empty()).then_some(Change::Members { changed, gone })
    }
}

/// Tells how a value became another; nothing where they are the same.
fn difference(old: &Value, new: Value) -> Option<Change> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let gone = old.keys().filter(|name| !new.contains_key(*name));
            let mut members = Members {
                gone: gone.cloned().collect(),
                ..Members::default()
            };
            for (name, value) in new {
                let change = match old.get(&name) {
                    Some(before) => difference(before, value),
                    None => Some(Change::Value { value }),
                };
                members.put(&name, change);
            }
            members.change()
        }
        (Value::Array(old), Value::Array(new)) => {
            let entries = entries(old, new);
            (!is_same(&entries, old.len())).then_some(Change::Entries { entries })
        }
        (old, value) => (*old != value).then_some(Change::Value { value }),
    }
}

fn is_same(entries: &[EntryChange], length: usize) -> bool {
    match entries {
        [] => length == 0,
        [EntryChange::Kept { from: 0, count }] => *count as usize == length,
        _ => false,
    }
}

/// Tells of each entry of a list whether it stood in the list before.
fn entries(old: &[Value], new: Vec<Value>) -> Vec<EntryChange> {
    let mut places = HashMap::new();
    for (at, key) in old.iter().map(key).enumerate() {
        if let Some(key) = key {
            places.entry(key).or_insert(at);
        }
    }
    let mut list = Vec::new();
    let mut next = 0;
    for value in new {
        // Most lists are as they were but for an entry or two.
        let place = match key(&value) {
            _ if old.get(next) == Some(&value) => Some(next),
            Some(key) => places.get(key).copied(),
            None => old.iter().position(|before| *before == value),
        };
        // No list of a sheet has more entries than a `u32` counts.
        let place = place.and_then(|place| Some((place, u32::try_from(place).ok()?)));
        let Some((place, at)) = place else {
            list.push(EntryChange::New { value });
            continue;
        };
        next = place + 1;
        match (difference(&old[place], value), list.last_mut()) {
            (Some(change), _) => list.push(EntryChange::Changed { at, change }),
            (None, Some(EntryChange::Kept { from, count })) if *from + *count == at => *count += 1,
            (None, _) => list.push(EntryChange::Kept { from: at, count: 1 }),
        }
    }
    list
}

fn key(value: &Value) -> Option<&str> {
    let entry = value.as_object()?;
    let mut keys = KEYS.iter().filter_map(|key| entry.get(*key)?.as_str());
    keys.find(|key| !key.is_empty())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        name: String,
        before: Value,
        after: Value,
        change: Option<Change>,
    }

    /// The page makes the same changes of the same cases: see `change.test.ts`.
    #[test]
    fn a_difference_is_small_and_as_the_page_reads_it() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("difference.cases.json")).unwrap();
        for case in cases {
            assert_eq!(
                difference(&case.before, case.after),
                case.change,
                "{}",
                case.name
            );
        }
    }
}
