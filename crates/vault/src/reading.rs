//! Reading: commits, documents, branches, rows, and the operation log.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use history::{BranchName, Commit, CommitId, DocumentId, MAIN, Operation, Tree};

use crate::core::index_failed;
use crate::{DocumentRow, Position, Vault, VaultError};

/// Names a command in the operation log, with its number in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedOperation {
    /// Its number, from 1; newer is higher.
    pub seq: u64,
    /// What was done.
    pub operation: Operation,
}

impl Vault {
    /// Reads the document at a commit.
    ///
    /// # Errors
    /// An unknown commit, or one that lies in a damaged part of the ledger.
    pub fn tree(&self, commit: &CommitId) -> Result<Tree, VaultError> {
        self.core().tree(commit)
    }

    /// Reads what a commit says.
    ///
    /// # Errors
    /// An unknown commit, or one that lies in a damaged part of the ledger.
    pub fn commit(&self, commit: &CommitId) -> Result<Commit, VaultError> {
        self.core().commit(commit)
    }

    /// Gives a branch's heads: none if there is no such branch, two or more if laptops met and nobody merged yet.
    ///
    /// # Errors
    /// A failed index.
    pub fn heads(
        &self,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<Vec<CommitId>, VaultError> {
        // The rows are in memory once the roster was looked at; the index may be busy taking in what others write.
        if branch.as_str() == MAIN
            && let Some(heads) = self.core().rows.heads(document)
        {
            return Ok(heads);
        }
        self.core()
            .index
            .heads(document, branch)
            .map_err(index_failed)
    }

    /// Gives a document's branches with their heads, by name.
    ///
    /// # Errors
    /// A failed index.
    pub fn branches(
        &self,
        document: DocumentId,
    ) -> Result<Vec<(BranchName, Vec<CommitId>)>, VaultError> {
        self.core().index.branches(document).map_err(index_failed)
    }

    /// Gives one document's row; `None` if there is no such document.
    ///
    /// # Errors
    /// A failed index.
    pub fn row(&self, document: DocumentId) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        self.core().rows.one(self.core(), document)
    }

    /// Gives all documents' rows, in no order; from memory after the first time.
    ///
    /// # Errors
    /// A failed index.
    pub fn rows(&self) -> Result<Vec<Arc<DocumentRow>>, VaultError> {
        self.core().rows.all(self.core())
    }

    /// Finds the document with a handle, upper or lower case.
    ///
    /// # Errors
    /// A failed index.
    pub fn by_handle(&self, handle: &str) -> Result<Option<Arc<DocumentRow>>, VaultError> {
        self.core().rows.by_handle(self.core(), handle)
    }

    /// Lists commands, newest first: of one document or of all, those before a number or all, at most `limit`.
    ///
    /// # Errors
    /// A damaged part of the ledger, a failed index.
    pub fn operations(
        &self,
        document: Option<DocumentId>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<LoggedOperation>, VaultError> {
        let places = match document {
            Some(document) => self
                .core()
                .index
                .operations(document, before, limit)
                .map_err(index_failed)?,
            None => self.recent(before, limit)?,
        };
        places
            .into_iter()
            .map(|(seq, at)| {
                let (_, meta, _) = self.core().command(at, 0)?;
                Ok(LoggedOperation {
                    seq,
                    operation: meta.operation,
                })
            })
            .collect()
    }

    /// Finds the last records before a number.
    fn recent(
        &self,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<(u64, Position)>, VaultError> {
        let end = self.core().counters.records.load(Ordering::Relaxed) + 1;
        let mut before = before.unwrap_or(end).min(end);
        let mut found = Vec::new();
        while before > 1 && found.len() < limit {
            let run = self.core().run_before(before)?;
            let Some((first, _)) = run.first().copied() else {
                break;
            };
            found.extend(run.into_iter().rev().take(limit - found.len()));
            before = first;
        }
        Ok(found)
    }

    /// Lists a branch's commits along first parents, newest first: from a commit, or from the branch's first head, at most
    /// `limit`. A line that leads into a damaged part of the ledger ends there.
    ///
    /// # Errors
    /// An unknown commit, a failed index.
    pub fn log(
        &self,
        document: DocumentId,
        branch: &BranchName,
        from: Option<CommitId>,
        limit: usize,
    ) -> Result<Vec<Commit>, VaultError> {
        let mut next = match from {
            Some(from) => Some(from),
            None => self.heads(document, branch)?.first().copied(),
        };
        let mut out = Vec::new();
        while let Some(id) = next
            && out.len() < limit
        {
            let commit = match self.core().commit(&id) {
                Ok(commit) => commit,
                Err(_) if !out.is_empty() && !self.core().damage().is_empty() => break,
                Err(error) => return Err(error),
            };
            next = commit.says.parents.first().copied();
            out.push(commit);
        }
        Ok(out)
    }

    /// Tells whether a commit is known.
    ///
    /// # Errors
    /// A failed index.
    pub fn knows(&self, commit: &CommitId) -> Result<bool, VaultError> {
        let row = self.core().index.commit(commit).map_err(index_failed)?;
        Ok(row.is_some())
    }

    /// Tells how many commits a commit's first-parent line has, with itself.
    ///
    /// # Errors
    /// An unknown commit, a failed index.
    pub fn number(&self, commit: &CommitId) -> Result<u64, VaultError> {
        Ok(self.core().row_of(commit)?.number)
    }
}
