//! All commits of a document at once, as a graph: who came of whom and when, without what they say or hold.

use std::sync::Mutex;
use std::sync::PoisonError;

use history::{CommitId, CommitKind, DocumentId};
use serde::Deserialize;

use crate::core::index_failed;
use crate::payload;
use crate::{Position, Vault, VaultError};

/// A commit in the graph of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitLink {
    /// The commit.
    pub id: CommitId,
    /// The commits it came from; the first is the line it lies on.
    pub parents: Vec<CommitId>,
    /// When, in milliseconds since 1970, UTC.
    pub time: i64,
    /// What kind of step it is.
    pub kind: CommitKind,
}

/// How many records are worth a thread.
const RECORDS_WORTH_A_THREAD: usize = 256;

/// The little that is read of a command.
#[derive(Deserialize)]
struct Command {
    commits: Vec<Committed>,
}

#[derive(Deserialize)]
struct Committed {
    id: CommitId,
    says: Says,
}

#[derive(Deserialize)]
struct Says {
    document: DocumentId,
    parents: Vec<CommitId>,
    time: i64,
    #[serde(flatten)]
    kind: CommitKind,
}

impl Vault {
    /// Lists all commits that commands brought to a document, parents before children; those of deleted branches too.
    ///
    /// What lies in a damaged part of the ledger is left out.
    ///
    /// # Errors
    /// A failed index, a disk that cannot be read.
    pub fn links(&self, document: DocumentId) -> Result<Vec<CommitLink>, VaultError> {
        let places = self.core().index.operations(document, None, usize::MAX);
        // Newest first, as the log is read; here the oldest comes first.
        let places: Vec<_> = places.map_err(index_failed)?.into_iter().rev().collect();
        let threads = std::thread::available_parallelism().map_or(1, |cores| cores.get().min(8));
        let part = places.len().div_ceil(threads).max(RECORDS_WORTH_A_THREAD);
        let failed = Mutex::new(None);
        let read = |places: &[(u64, Position)]| -> Vec<CommitLink> {
            let mut links = Vec::with_capacity(places.len());
            for (_, at) in places {
                match self.links_at(*at, document) {
                    Ok(found) => links.extend(found),
                    Err(VaultError::Damaged(_)) => {}
                    Err(error) => {
                        *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        break;
                    }
                }
            }
            links
        };
        let mut links = Vec::with_capacity(places.len());
        std::thread::scope(|scope| {
            let mut parts = places.chunks(part);
            let own = parts.next();
            let others: Vec<_> = parts
                .map(|part| (part, scope.spawn(|| read(part))))
                .collect();
            links.extend(own.into_iter().flat_map(read));
            for (part, other) in others {
                links.extend(other.join().unwrap_or_else(|_| read(part)));
            }
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(links),
        }
    }

    fn links_at(&self, at: Position, document: DocumentId) -> Result<Vec<CommitLink>, VaultError> {
        let record = self.core().record(at, 0)?;
        let command: Option<Command> = payload::meta_json(record.payload())
            .ok()
            .and_then(|(json, _)| serde_json::from_slice(&json).ok());
        let commits = command.map(|command| command.commits).unwrap_or_default();
        let own = commits
            .into_iter()
            .filter(|one| one.says.document == document);
        Ok(own
            .map(|one| CommitLink {
                id: one.id,
                parents: one.says.parents,
                time: one.says.time,
                kind: one.says.kind,
            })
            .collect())
    }
}
