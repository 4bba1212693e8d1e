//! Writing: to a vault by entries made beforehand, and to a library by edits as a window makes them.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use history::{
    Action, Author, BranchName, ChangeId, CommitId, CommitKind, DocumentId, NewCommit, Operation,
    OperationId, RefMove, Tree,
};
use serde_json::{Value, json};
use services::wire::{CellEdit, EditOutcome, EditRequest, OnDuplicate};
use services::{Clock, Library, Settings, SystemClock};
use vault::{Entry, Vault};

use crate::documents::{Dice, small_edit};

/// Opens a vault as the services do.
///
/// # Errors
/// A folder that cannot be opened.
pub fn open_vault(folder: &Path) -> anyhow::Result<Vault> {
    Ok(Vault::open(folder, vault::Options::new(SystemClock.now()))?.vault)
}

/// Opens a library as a window does.
///
/// # Errors
/// A folder that cannot be opened.
pub fn open_library(folder: &Path) -> anyhow::Result<Library> {
    Ok(Library::open(Settings::new(folder, "Maren"))?)
}

/// Makes the versions of one document, each ready to be appended, so that only the vault's own work is timed.
pub struct Chain {
    document: DocumentId,
    tip: Option<CommitId>,
}

impl Chain {
    /// Begins a document.
    pub fn begin() -> Chain {
        Chain {
            document: DocumentId(SystemClock.new_id()),
            tip: None,
        }
    }

    /// Makes the entry that brings the next version.
    pub fn next(&mut self, tree: Tree) -> Entry {
        let time = SystemClock.now();
        let author = Author::new("Maren");
        let before: Vec<_> = self.tip.into_iter().collect();
        let (kind, action) = match self.tip {
            None => (CommitKind::Create, Action::Create),
            Some(_) => (CommitKind::Edit, Action::Edit),
        };
        let commit = NewCommit {
            document: self.document,
            parents: before.clone(),
            tree: tree.id(),
            author: author.clone(),
            time,
            message: String::new(),
            kind,
            session: None,
            change: ChangeId(SystemClock.new_id()),
        }
        .seal();
        self.tip = Some(commit.id);
        Entry {
            operation: Operation {
                id: OperationId(SystemClock.new_id()),
                time,
                author,
                action,
                moves: vec![RefMove {
                    document: self.document,
                    branch: BranchName::main(),
                    before,
                    after: vec![commit.id],
                }],
            },
            commits: vec![(commit, tree)],
            fresh: true,
        }
    }

    /// Makes the next version as a document whose record takes about 2 KB on the disk.
    ///
    /// # Errors
    /// None in practice; the document is a small one.
    pub fn next_two_kilobytes(&mut self, dice: &mut Dice) -> anyhow::Result<Entry> {
        let document = json!({
            "record": { "handle": "sorrel", "display_name": "Sorrel", "kind": "character" },
            "notes": dice.noise(1_950),
        });
        Ok(self.next(Tree::from_value(document)?))
    }
}

/// A character being edited, one small edit after the other, each on the version before.
pub struct Desk {
    library: Arc<Library>,
    id: String,
    tip: String,
    step: usize,
}

impl Desk {
    /// Sits down at a character that is in the library.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn at(library: &Arc<Library>, id: &str) -> anyhow::Result<Desk> {
        let view = library.sheet().show(id)?;
        Ok(Desk {
            library: Arc::clone(library),
            id: view.id,
            tip: view.commit,
            step: view.row.version_number as usize,
        })
    }

    /// Names the character.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Names the newest version.
    pub fn tip(&self) -> &str {
        &self.tip
    }

    /// Makes the next edit ready to be sent.
    pub fn request(&mut self) -> EditRequest {
        let (path, value) = small_edit(self.step);
        self.step += 1;
        EditRequest {
            id: self.id.clone(),
            branch: None,
            base: self.tip.clone(),
            changes: vec![CellEdit::Set {
                path: path.to_owned(),
                value,
            }],
            message: None,
        }
    }

    /// Takes in what became of an edit.
    ///
    /// # Errors
    /// An edit that was not saved: then the measurement measures something else.
    pub fn take(&mut self, outcome: EditOutcome) -> anyhow::Result<()> {
        match outcome {
            EditOutcome::Saved { view, .. } => {
                self.tip = view.commit;
                Ok(())
            }
            EditOutcome::Unchanged { .. } => bail!("an edit changed nothing"),
            EditOutcome::Conflict { .. } => bail!("an edit met another"),
        }
    }

    /// Makes an edit and waits until it is saved.
    ///
    /// # Errors
    /// An edit that was not saved.
    pub fn edit(&mut self) -> anyhow::Result<()> {
        let request = self.request();
        let outcome = self.library.sheet().edit(&request)?;
        self.take(outcome)
    }
}

/// Brings documents into a library, and gives their ids in their order.
///
/// # Errors
/// A document that is refused.
pub fn import(library: &Library, documents: Vec<Value>) -> anyhow::Result<Vec<String>> {
    let file = json!({ "forkbeard": "characters", "version": 1, "characters": documents });
    let bytes = serde_json::to_vec(&file)?;
    let report = library.exchange().import(&bytes, OnDuplicate::Copy)?;
    report
        .characters
        .into_iter()
        .map(|done| {
            let what = done.result;
            done.id
                .with_context(|| format!("{} was refused: {what:?}", done.name))
        })
        .collect()
}

/// Makes `count` large sheets in a library, and gives their ids.
///
/// # Errors
/// A sheet that is refused.
pub fn large_sheets(library: &Library, count: usize) -> anyhow::Result<Vec<String>> {
    let sheets = (0..count)
        .map(|n| crate::documents::large_sheet(&format!("sorrel-{n}")))
        .collect::<anyhow::Result<Vec<_>>>()?;
    import(library, sheets)
}

/// Has `writers` threads make `each` edits in turns on the characters given, shared out evenly.
///
/// # Errors
/// An edit that was not saved.
pub fn edit_at_once(
    library: &Arc<Library>,
    ids: &[String],
    writers: usize,
    each: usize,
) -> anyhow::Result<()> {
    std::thread::scope(|scope| {
        let running: Vec<_> = ids
            .chunks(ids.len().div_ceil(writers).max(1))
            .map(|mine| {
                scope.spawn(move || -> anyhow::Result<()> {
                    let mut desks = mine
                        .iter()
                        .map(|id| Desk::at(library, id))
                        .collect::<anyhow::Result<Vec<_>>>()?;
                    let here = desks.len().max(1);
                    for n in 0..each {
                        desks[n % here].edit()?;
                    }
                    Ok(())
                })
            })
            .collect();
        for writer in running {
            writer
                .join()
                .map_err(|_| anyhow::anyhow!("a writer failed"))??;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_kilobytes_are_two_kilobytes_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let vault = open_vault(folder.path()).unwrap();
        let (mut chain, mut dice) = (Chain::begin(), Dice::new(2));
        for _ in 0..5 {
            let entry = chain.next_two_kilobytes(&mut dice).unwrap();
            let bytes = vault.append(entry).unwrap().bytes;
            assert!((1_800..2_400).contains(&bytes), "{bytes} bytes");
        }
    }

    #[test]
    fn many_at_once_save_every_edit() {
        let folder = tempfile::tempdir().unwrap();
        let library = Arc::new(open_library(folder.path()).unwrap());
        let ids = large_sheets(&library, 3).unwrap();
        edit_at_once(&library, &ids, 3, 6).unwrap();
        for id in &ids {
            let row = library.roster().get(id).unwrap();
            assert_eq!(row.version_number, 7);
        }
    }
}
