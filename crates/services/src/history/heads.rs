//! Branches that two computers moved apart: made one again by whoever reads them next; until then both heads are kept.

use history::conflicts::{self, Line};
use history::lineage::{Ancestry, Lineage, merge_heads};
use history::{Action, BranchName, CommitId, CommitKind, DocumentId, Policies, RefMove, Tree};
use sheet::DocumentKind;

use crate::Failure;
use crate::library::Library;
use crate::writing::{Draft, Move, TRIES, WriteError, too_busy};

/// The commits of a library, looked at as a graph.
impl Lineage for Library {
    type Error = Failure;

    fn commit(&self, id: CommitId) -> Result<Ancestry, Failure> {
        let says = Library::commit(self, id)?.says;
        Ok(Ancestry {
            parents: says.parents,
            time: says.time,
        })
    }

    fn tree(&self, id: CommitId) -> Result<Tree, Failure> {
        Library::tree(self, id)
    }
}

impl Library {
    /// Makes the heads of a branch one: what both changed is merged, and what cannot stand together waits in the document as open
    /// conflicts. Of a library that cannot be written the first head is shown.
    ///
    /// # Errors
    /// A commit that cannot be read; a library that is being written too busily.
    pub(crate) fn join(
        &self,
        document: DocumentId,
        branch: &BranchName,
        heads: Vec<CommitId>,
    ) -> Result<Option<CommitId>, Failure> {
        let mut heads = heads;
        for _ in 0..TRIES {
            if heads.len() < 2 || self.read_only().is_some() {
                return Ok(heads.first().copied());
            }
            match self.write_moves(vec![self.joining(document, branch, &heads)?], Action::Merge) {
                Ok(_) | Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
            heads = self.vault.heads(document, branch)?;
        }
        Err(too_busy())
    }

    /// Works out what makes heads one.
    fn joining(
        &self,
        document: DocumentId,
        branch: &BranchName,
        heads: &[CommitId],
    ) -> Result<Move<'static>, Failure> {
        let merged = merge_heads(self, heads, self.policies_of(document))?;
        if let [only] = merged.heads.as_slice() {
            // One contains the others: nothing was written apart.
            return Ok(Move::Ref(RefMove {
                document,
                branch: branch.clone(),
                before: heads.to_vec(),
                after: vec![*only],
            }));
        }
        let mut sides = Vec::with_capacity(merged.heads.len());
        for head in &merged.heads {
            sides.push((self.commit(*head)?.says.author.name, self.tree(*head)?));
        }
        let lines: Vec<Line<'_>> = sides
            .iter()
            .map(|(label, tree)| Line { label, tree })
            .collect();
        let tree = conflicts::write(&merged.merge, &lines)?;
        let message = format!(
            "Brought {} lines of the branch together",
            merged.heads.len()
        );
        Ok(Move::Commit(Draft {
            document,
            branch: branch.clone(),
            parents: merged.heads,
            before: Some(heads.to_vec()),
            tree,
            kind: CommitKind::Merge,
            message,
        }))
    }

    /// Tells how two changes of a document become one.
    fn policies_of(&self, document: DocumentId) -> &'static Policies {
        match self.kind_of(document) {
            None => sheet::policies(),
            Some(DocumentKind::Pack) => sheet::pack_policies(),
            Some(DocumentKind::Book) => sheet::book_policies(),
            Some(DocumentKind::Request) => sheet::request_policies(),
            Some(DocumentKind::Table) => sheet::table_policies(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::{DateTime, Utc};
    use history::{Author, ChangeId, Edit, NewCommit, Operation, OperationId};
    use serde_json::Value;
    use vault::Entry;

    use super::*;
    use crate::wire::NewCharacter;
    use crate::{FixedClock, Settings};

    /// Writes a second head beside that of `main`, as another laptop would have: on the same parent.
    fn beside(library: &Library, document: DocumentId, cell: &str, value: Value) {
        let clock = &library.settings.clock;
        let main = BranchName::main();
        let before = library.vault.heads(document, &main).unwrap();
        let parent = library.commit(before[0]).unwrap().says.parents[0];
        let set = Edit::Set {
            path: cell.parse().unwrap(),
            value,
        };
        let tree = history::edit(&library.tree(parent).unwrap(), [set]).unwrap();
        let time: DateTime<Utc> = clock.now();
        let author = Author::new("Hask");
        let commit = NewCommit {
            document,
            parents: vec![parent],
            tree: tree.id(),
            author: author.clone(),
            time,
            message: String::new(),
            kind: CommitKind::Edit,
            session: None,
            change: ChangeId(clock.new_id()),
        }
        .seal();
        let operation = Operation {
            id: OperationId(clock.new_id()),
            time,
            author,
            action: Action::Edit,
            moves: vec![RefMove {
                document,
                branch: main,
                after: vec![before[0], commit.id],
                before,
            }],
        };
        let entry = Entry {
            operation,
            commits: vec![(commit, tree)],
            fresh: true,
        };
        library.vault.append(entry).unwrap();
    }

    /// A library whose clock goes on at each look: of two heads the earlier comes first.
    fn open(folder: &std::path::Path) -> Library {
        let mut settings = Settings::new(folder, "Maren");
        settings.clock = Arc::new(FixedClock::starting(DateTime::default()));
        Library::open(settings).unwrap()
    }

    fn sorrel(library: &Library) -> crate::wire::SheetView {
        let new = NewCharacter {
            display_name: "Sorrel".to_owned(),
            handle: None,
            kind: sheet::Kind::Character,
            owner: String::new(),
            built: false,
        };
        library.roster().create(&new).unwrap()
    }

    fn set(library: &Library, view: &crate::wire::SheetView, cell: &str, value: Value) {
        let request = crate::wire::EditRequest {
            id: view.id.clone(),
            branch: None,
            base: view.commit.clone(),
            changes: vec![crate::wire::CellEdit::Set {
                path: cell.to_owned(),
                value,
            }],
            message: None,
        };
        library.sheet().edit(&request).unwrap();
    }

    #[test]
    fn a_branch_with_two_heads_is_made_one_by_the_next_reader() {
        let folder = tempfile::tempdir().unwrap();
        let library = open(folder.path());
        let view = sorrel(&library);
        let document: DocumentId = view.id.parse().unwrap();
        set(&library, &view, "/identity/xp", 300.into());
        beside(&library, document, "/equipment/currency/gp", 5.into());
        let lines = library.history().lines(&view.id).unwrap();
        assert_eq!(lines.branches[0].other_heads.len(), 1, "both are kept");

        let joined = library.sheet().show(&view.id).unwrap();
        assert_eq!(joined.source.identity.xp, 300);
        assert_eq!(joined.source.equipment.currency.gp, 5);
        let lines = library.history().lines(&view.id).unwrap();
        assert_eq!(lines.branches[0].other_heads, [] as [String; 0]);
        let again = library.sheet().show(&view.id).unwrap();
        assert_eq!(again.commit, joined.commit, "once");
    }

    #[test]
    fn what_two_heads_disagree_about_waits_as_a_conflict() {
        let folder = tempfile::tempdir().unwrap();
        let library = open(folder.path());
        let view = sorrel(&library);
        let document: DocumentId = view.id.parse().unwrap();
        set(&library, &view, "/identity/species", "Elf".into());
        beside(&library, document, "/identity/species", "Orc".into());
        let joined = library.sheet().show(&view.id).unwrap();
        assert_eq!(joined.source.identity.species, "Elf");
        let lines = library.history().lines(&view.id).unwrap();
        assert_eq!(lines.branches[0].conflicts, 1);
    }
}
