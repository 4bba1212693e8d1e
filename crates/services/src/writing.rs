//! Writing: drafts become commits, one command at a time for each document, and are told to everybody once they are on disk.

use std::sync::{MutexGuard, PoisonError};

use history::{
    Action, BranchName, ChangeId, Commit, CommitId, CommitKind, DocumentId, NewCommit, Operation,
    OperationId, RefMove, Tree,
};
use serde_json::Value;
use vault::{Entry, VaultError};

use crate::library::{Library, TURNS};
use crate::wire::Event;
use crate::{Code, Failure};

/// How often a write is tried again when another writer moved the branch first.
pub(crate) const TRIES: usize = 16;

/// Proof that nobody else chooses a handle meanwhile.
pub(crate) struct Naming<'a>(#[allow(dead_code)] MutexGuard<'a, ()>);

/// Holds what is about to become a commit.
pub(crate) struct Draft {
    pub(crate) document: DocumentId,
    pub(crate) branch: BranchName,
    /// The commits it comes from: none for a new document.
    pub(crate) parents: Vec<CommitId>,
    /// Where the branch must stand, if that is not at the parents.
    pub(crate) before: Option<Vec<CommitId>>,
    pub(crate) tree: Tree,
    pub(crate) kind: CommitKind,
    pub(crate) message: String,
}

impl Draft {
    pub(crate) fn on_main(
        document: DocumentId,
        parents: Vec<CommitId>,
        tree: Tree,
        kind: CommitKind,
    ) -> Draft {
        let branch = BranchName::main();
        Draft {
            document,
            branch,
            parents,
            before: None,
            tree,
            kind,
            message: String::new(),
        }
    }
}

/// One ref that a command moves.
pub(crate) enum Move<'a> {
    /// To a commit that is written with it.
    Commit(Draft),
    /// To a commit that is made of those before it in the same command.
    After(After<'a>),
    /// To commits that are there already, or to none: the ref is gone then.
    Ref(RefMove),
}

/// Makes a draft of the commits that come before it in the same command.
pub(crate) type After<'a> = Box<dyn FnOnce(&[Commit]) -> Result<Draft, Failure> + 'a>;

/// Says why a commit was not written.
pub(crate) enum WriteError {
    /// Another writer moved the branch first; nothing was written.
    Moved,
    /// Anything else.
    Failure(Failure),
}

impl WriteError {
    pub(crate) fn into_failure(self) -> Failure {
        match self {
            WriteError::Moved => too_busy(),
            WriteError::Failure(failure) => failure,
        }
    }
}

pub(crate) fn too_busy() -> Failure {
    Failure::new(
        Code::Busy,
        "Others kept changing this character at the same moment.",
        "Nothing was written; try again.",
    )
}

impl Library {
    pub(crate) fn naming(&self) -> Naming<'_> {
        Naming(self.naming.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until no other thread of this process is about to write the document.
    ///
    /// Without it, writers of one document would still be right, by trying again; but many of them could try for long.
    pub(crate) fn turn(&self, document: DocumentId) -> MutexGuard<'_, ()> {
        let which = document.0.as_bytes()[15] as usize % TURNS;
        self.turns[which]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a new document.
    pub(crate) fn create_document(
        &self,
        source: Value,
        kind: CommitKind,
        action: Action,
        naming: &Naming<'_>,
    ) -> Result<DocumentId, Failure> {
        sheet::check_document(&source)?;
        let tree = Tree::from_value(source)?;
        let typed = crate::sheet::read_source(&tree)?;
        let document = DocumentId(self.settings.clock.new_id());
        self.check_handle(document, &typed.record.handle, naming)?;
        self.write(Draft::on_main(document, Vec::new(), tree, kind), action)
            .map_err(WriteError::into_failure)?;
        Ok(document)
    }

    /// Refuses a handle that another document has.
    pub(crate) fn check_handle(
        &self,
        document: DocumentId,
        handle: &str,
        _: &Naming<'_>,
    ) -> Result<(), Failure> {
        match self.roster_index()?.owner_of(handle) {
            Some(owner) if owner != document => Err(Failure {
                code: Code::HandleTaken,
                message: format!("The handle `{handle}` belongs to another character."),
                hint: "Choose another, or rename the other first; archived characters keep theirs."
                    .to_owned(),
                cell: Some("/record/handle".to_owned()),
            }),
            _ => Ok(()),
        }
    }

    /// Refuses a change that leaves a character without a handle, or with another's. Where the handle is a new one nobody else
    /// chooses it as long as what is given is held.
    pub(crate) fn check_renamed(
        &self,
        document: DocumentId,
        before: &Tree,
        after: &Tree,
    ) -> Result<Option<Naming<'_>>, Failure> {
        let cell = history::CellPath::from_segments(["record", "handle"]);
        let handle = after.get(&cell);
        if handle == before.get(&cell) {
            return Ok(None);
        }
        let Some(handle) = handle
            .as_ref()
            .and_then(Value::as_str)
            .filter(|it| !it.is_empty())
        else {
            return Err(Failure::invalid(
                cell.to_string(),
                "A character needs a handle.",
                "Choose lower-case letters, digits and `-`.",
            ));
        };
        let naming = self.naming();
        self.check_handle(document, handle, &naming)?;
        Ok(Some(naming))
    }

    /// Changes the newest version of a document's main line, again and again until no other writer was faster.
    pub(crate) fn amend(
        &self,
        document: DocumentId,
        action: Action,
        change: impl Fn(&Tree) -> Result<Tree, Failure>,
    ) -> Result<CommitId, Failure> {
        let branch = BranchName::main();
        let _turn = self.turn(document);
        for _ in 0..TRIES {
            let (tip, tree) = self.tip(document, &branch)?;
            let changed = change(&tree)?;
            if changed == tree {
                return Ok(tip);
            }
            self.check_owned(&branch, &tree, &changed)?;
            match self.write(
                Draft::on_main(document, vec![tip], changed, CommitKind::Edit),
                action,
            ) {
                Ok(commit) => return Ok(commit.id),
                Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
        }
        Err(too_busy())
    }

    /// Writes one commit on a branch that stands at its parents.
    pub(crate) fn write(&self, draft: Draft, action: Action) -> Result<Commit, WriteError> {
        let mut commits = self.write_all(vec![draft], action)?;
        commits
            .pop()
            .ok_or_else(|| WriteError::Failure(Failure::internal("nothing was written")))
    }

    /// Writes commits as one command, all or none, and tells everybody once they are on disk.
    pub(crate) fn write_all(
        &self,
        drafts: Vec<Draft>,
        action: Action,
    ) -> Result<Vec<Commit>, WriteError> {
        self.write_moves(drafts.into_iter().map(Move::Commit).collect(), action)
    }

    /// Moves refs as one command, all or none, and tells everybody once it is on disk; gives the commits that it made.
    pub(crate) fn write_moves(
        &self,
        wanted: Vec<Move<'_>>,
        action: Action,
    ) -> Result<Vec<Commit>, WriteError> {
        let clock = &self.settings.clock;
        let now = clock.now();
        let mut moves = Vec::with_capacity(wanted.len());
        let mut commits = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            let draft = match wanted {
                Move::Commit(draft) => draft,
                Move::After(make) => {
                    let before: Vec<Commit> = commits
                        .iter()
                        .map(|(commit, _): &(Commit, Tree)| commit.clone())
                        .collect();
                    make(&before).map_err(WriteError::Failure)?
                }
                Move::Ref(moved) => {
                    moves.push(moved);
                    continue;
                }
            };
            let commit = NewCommit {
                document: draft.document,
                parents: draft.parents.clone(),
                tree: draft.tree.id(),
                author: self.author(),
                time: now,
                message: draft.message,
                kind: draft.kind,
                session: None,
                change: ChangeId(clock.new_id()),
            }
            .seal();
            moves.push(RefMove {
                document: draft.document,
                branch: draft.branch,
                before: draft.before.unwrap_or(draft.parents),
                after: vec![commit.id],
            });
            commits.push((commit, draft.tree));
        }
        let operation = Operation {
            id: OperationId(clock.new_id()),
            time: now,
            author: self.author(),
            action,
            moves: moves.clone(),
        };
        match self.vault.append(Entry {
            operation,
            commits: commits.clone(),
            fresh: true,
        }) {
            Ok(_) => {}
            Err(VaultError::Moved { .. }) => return Err(WriteError::Moved),
            Err(other) => return Err(WriteError::Failure(other.into())),
        }
        let mut written = Vec::with_capacity(commits.len());
        for (commit, tree) in commits {
            self.note_touched(&commit, &tree);
            self.caches.trees.insert(commit.id, tree);
            self.caches.commits.insert(commit.id, commit.clone());
            written.push(commit);
        }
        for moved in moves {
            self.refresh_row(moved.document)
                .map_err(WriteError::Failure)?;
            let Some(head) = moved.after.first() else {
                continue;
            };
            self.tell(&Event::DocumentChanged {
                id: moved.document.to_string(),
                branch: moved.branch.to_string(),
                commit: head.to_string(),
            });
        }
        Ok(written)
    }

    /// Takes a document's row over from the index, if the roster was ever looked at.
    fn refresh_row(&self, document: DocumentId) -> Result<(), Failure> {
        let mut guard = self.roster.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = guard.as_mut()
            && let Some(row) = self.vault.row(document)?
        {
            index.put(&row);
        }
        Ok(())
    }
}
