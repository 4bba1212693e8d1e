//! Packs as they are shown: rows, whole views, differences.

use std::collections::BTreeMap;

use history::{BranchName, CommitId};
use rules::content::{Content, Difference, Fate, KINDS, compare, key};
use vault::DocumentRow;

use super::shelf::{ReadPack, handle};
use super::{Packs, tip};
use crate::Failure;
use crate::text::count;
use crate::wire::{
    FieldChange, PackDifference, PackFate, PackHead, PackRow, PackThing, PackVersion, PackView,
};

/// How many versions a pack shows.
const VERSIONS: usize = 200;

impl Packs<'_> {
    pub(super) fn row(&self, row: &DocumentRow) -> Result<PackRow, Failure> {
        let commit = tip(row)?;
        let read = self.library.read_pack(commit)?;
        let mut things: BTreeMap<String, u32> = BTreeMap::new();
        for thing in read.source.things.values() {
            *things.entry(thing.kind.clone()).or_default() += 1;
        }
        let problems = self.library.problems_of(row.document, commit)?.len();
        let pack = handle(row);
        Ok(PackRow {
            id: row.document.to_string(),
            pack: pack.to_owned(),
            name: read.source.record.display_name.clone(),
            version: read.source.pack.version.clone(),
            things,
            problems: count(problems),
            characters: count(self.library.roster_index()?.built_on(pack)),
            active: read.source.record.active,
            commit: commit.to_string(),
            version_number: u32::try_from(row.version_number).unwrap_or(u32::MAX),
            updated: row.updated,
        })
    }

    pub(super) fn view(&self, row: &DocumentRow, commit: CommitId) -> Result<PackView, Failure> {
        let newest = tip(row)?;
        let read = self.library.read_pack(commit)?;
        let problems = self.library.problems_of(row.document, commit)?;
        let beside = self.library.beside(row.document)?;
        let things = in_order(&read).into_iter().map(|(id, thing)| {
            let name = read.names.get(id).map(|(_, name)| name.as_str());
            let wrong = problems.iter();
            PackThing {
                id: id.clone(),
                kind: thing.kind.clone(),
                name: name.unwrap_or_default().to_owned(),
                text: thing.text.clone(),
                replaces: name.and_then(|name| replaced(&beside, &thing.kind, name)),
                problems: count(wrong.filter(|one| one.thing.as_ref() == Some(id)).count()),
            }
        });
        let branch = BranchName::main();
        let log = self
            .library
            .vault
            .log(row.document, &branch, Some(newest), VERSIONS)?;
        let mut number = u32::try_from(row.version_number).unwrap_or(u32::MAX);
        let mut versions = Vec::with_capacity(log.len());
        for commit in log {
            versions.push(PackVersion {
                commit: commit.id.to_string(),
                number,
                time: commit.says.time,
                author: commit.says.author.name.clone(),
                message: self.library.title(&commit)?,
            });
            number = number.saturating_sub(1);
        }
        Ok(PackView {
            row: self.row(row)?,
            commit: commit.to_string(),
            newest: commit == newest,
            editable: commit == newest && self.library.read_only().is_none(),
            head: PackHead {
                name: read.source.record.display_name.clone(),
                version: read.source.pack.version.clone(),
                license: read.source.pack.license.clone(),
                attribution: read.source.pack.attribution.clone(),
            },
            things: things.collect(),
            problems: problems.to_vec(),
            versions,
        })
    }
}

/// Tells how two versions of a pack differ.
pub(super) fn differences(before: &ReadPack, after: &ReadPack) -> Vec<PackDifference> {
    let wire = |one: Difference| PackDifference {
        kind: one.kind.to_owned(),
        name: one.name,
        fate: match one.fate {
            Fate::Added => PackFate::Added,
            Fate::Removed => PackFate::Removed,
            Fate::Changed => PackFate::Changed,
        },
        fields: one
            .fields
            .into_iter()
            .map(|field| FieldChange {
                field: field.field,
                before: field.before,
                after: field.after,
            })
            .collect(),
    };
    let found = compare(&before.file, &after.file).into_iter();
    found.map(wire).collect()
}

/// Names the pack whose thing a thing replaces.
fn replaced(beside: &Content, kind: &str, name: &str) -> Option<String> {
    let id = key(name);
    if !beside.has(kind, &id) {
        return None;
    }
    let table = KINDS.into_iter().find(|table| *table == kind)?;
    let later = beside.origins.get(&(table, id)).map(ToString::to_string);
    later.or_else(|| beside.packs.first().map(|first| first.name.clone()))
}

/// Lists the things of a pack by kind, then by name; those that cannot be read stand first in their kind.
pub(super) fn in_order(read: &ReadPack) -> Vec<(&String, &sheet::ThingText)> {
    let mut things: Vec<_> = read.source.things.iter().collect();
    things.sort_by_key(|(id, thing)| {
        let kind = KINDS.iter().position(|kind| *kind == thing.kind);
        let name = read.names.get(*id).map(|(_, name)| crate::text::fold(name));
        (kind.unwrap_or(KINDS.len()), name, (*id).clone())
    });
    things
}
