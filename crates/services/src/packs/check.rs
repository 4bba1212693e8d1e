//! What is wrong with a pack: what cannot be read, and what does not fit the content it is put beside.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use history::CommitId;
use rules::Content;
use rules::content::{PackFile, Problem, key};

use super::shelf::{Known, ReadPack, Shelved};
use crate::Failure;
use crate::library::Library;
use crate::wire::PackProblem;

/// How many problems of a pack are told.
const TOLD: usize = 200;

impl Library {
    /// Lists what is wrong with a version of a pack, beside the SRD's content and the other packs in use.
    pub(crate) fn problems_of(
        &self,
        document: history::DocumentId,
        commit: CommitId,
    ) -> Result<Arc<Vec<PackProblem>>, Failure> {
        let others = self.others(document)?;
        let id = (others, commit);
        if let Some(found) = self.caches().pack_problems.get(&id) {
            return Ok(found);
        }
        let beside = self.content_made_of(&id.0)?;
        let read = self.read_pack(commit)?;
        let found = Arc::new(problems(&read, &beside));
        self.caches().pack_problems.insert(id, Arc::clone(&found));
        Ok(found)
    }

    /// Gives the content that a pack is put beside.
    pub(crate) fn beside(&self, document: history::DocumentId) -> Result<Known, Failure> {
        self.content_made_of(&self.others(document)?)
    }

    fn others(&self, document: history::DocumentId) -> Result<Vec<(String, CommitId)>, Failure> {
        let shelved = self.shelved()?.into_iter();
        let others = shelved.filter(|one: &Shelved| one.document != document);
        Ok(others.map(|one| (one.pack, one.commit)).collect())
    }
}

/// Lists what is wrong with a pack beside some content, each with the thing it is about.
pub(super) fn problems(read: &ReadPack, beside: &Content) -> Vec<PackProblem> {
    let mut told: Vec<PackProblem> = read.unreadable.iter().map(unreadable).collect();
    let mut first: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for (id, (kind, name)) in &read.names {
        if name.trim().is_empty() {
            told.push(about(id, String::new(), "it has no name".to_owned()));
        } else if let Some(other) = first.insert((kind, key(name)), id) {
            let message = format!(
                "the pack has two things of this kind called `{name}`; one of them is not seen"
            );
            for id in [other, id] {
                told.push(about(id, String::new(), message.clone()));
            }
        }
    }
    let mut places = BTreeMap::new();
    for (id, (kind, name)) in &read.names {
        places.insert(format!("{} {name}", kind.replace('_', " ")), id.as_str());
    }
    for problem in fresh(&read.file, beside) {
        match places.get(&problem.place) {
            Some(id) => told.push(about(id, String::new(), problem.message)),
            None => told.push(PackProblem {
                thing: None,
                line: None,
                place: problem.place,
                message: problem.message,
            }),
        }
    }
    told.truncate(TOLD);
    told
}

/// Lists what is wrong with content once a pack is added that was not wrong before.
pub(super) fn fresh(file: &PackFile, beside: &Content) -> Vec<Problem> {
    let said = |problem: &Problem| (problem.place.clone(), problem.message.clone());
    let before: BTreeSet<_> = match beside.packs.len() {
        // A test holds the content of the program against every check.
        0 | 1 => BTreeSet::new(),
        _ => beside.problems().iter().map(said).collect(),
    };
    let mut content = beside.clone();
    content.add(file.clone());
    let after = content.problems().into_iter();
    after
        .filter(|problem| !before.contains(&said(problem)))
        .collect()
}

fn unreadable(problem: &Problem) -> PackProblem {
    PackProblem {
        thing: Some(problem.file.clone()),
        line: problem.line,
        place: problem.place.clone(),
        message: problem.message.clone(),
    }
}

fn about(id: &str, place: String, message: String) -> PackProblem {
    PackProblem {
        thing: Some(id.to_owned()),
        line: None,
        place,
        message,
    }
}
