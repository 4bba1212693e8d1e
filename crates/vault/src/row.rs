//! A document's row: what the roster shows of it without opening it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use history::{CommitId, DocumentId, Hash, Tree};
use sheet::{Summary, Title};

use crate::index::keys::{self, StoredRow, StoredSummary};

/// Shows a document without opening it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentRow {
    /// The document.
    pub document: DocumentId,
    /// What the roster shows; none if the document is no character, or one that cannot be read.
    pub summary: Option<Summary>,
    /// What it is if it is no character.
    pub title: Option<Title>,
    /// When its first command was given.
    pub created: DateTime<Utc>,
    /// When its main line moved last.
    pub updated: DateTime<Utc>,
    /// How many commits its main line has.
    pub version_number: u64,
    /// The heads of its main line; two or more where laptops met and nobody merged yet.
    pub heads: Vec<CommitId>,
}

/// A row whose summary is made when it is first looked at, so that no write waits for it.
pub(crate) struct LazyRow {
    pub(crate) document: DocumentId,
    pub(crate) created: i64,
    pub(crate) updated: i64,
    pub(crate) number: u64,
    pub(crate) heads: Vec<CommitId>,
    /// The document at its first head, if it is at hand.
    tree: Mutex<Option<Tree>>,
    ready: OnceLock<Arc<DocumentRow>>,
}

impl LazyRow {
    pub(crate) fn new(
        document: DocumentId,
        (created, updated): (i64, i64),
        number: u64,
        heads: Vec<CommitId>,
        tree: Option<Tree>,
    ) -> LazyRow {
        LazyRow {
            document,
            created,
            updated,
            number,
            heads,
            tree: Mutex::new(tree),
            ready: OnceLock::new(),
        }
    }

    /// Reads a row from the index; one that is not understood is made again from its document.
    pub(crate) fn from_stored(document: DocumentId, bytes: &[u8]) -> Option<LazyRow> {
        let stored: StoredRow<'_> = keys::unpack(bytes)?;
        let heads: Vec<_> = stored
            .heads
            .into_iter()
            .map(|h| CommitId(Hash(h)))
            .collect();
        let times = (stored.created, stored.updated);
        let row = LazyRow::new(document, times, stored.number, heads, None);
        let summary = match stored.summary {
            None => Some(None),
            Some(StoredSummary(bytes)) => keys::unpack::<Summary>(bytes).map(Some),
        };
        if let Some(summary) = summary {
            let _ = row.ready.set(Arc::new(row.with(summary, stored.title)));
        }
        Some(row)
    }

    /// Gives the row, making its summary if need be; `read` fetches the document at a commit.
    pub(crate) fn resolve(&self, read: &dyn Fn(&CommitId) -> Option<Tree>) -> Arc<DocumentRow> {
        self.ready
            .get_or_init(|| {
                let held = self
                    .tree
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                let tree = held.or_else(|| self.heads.first().and_then(read));
                let title = tree.as_ref().and_then(Title::of_tree);
                let summary = tree.filter(|_| title.is_none());
                let summary = summary.and_then(|tree| Summary::of_tree(&tree).ok());
                Arc::new(self.with(summary, title))
            })
            .clone()
    }

    fn with(&self, summary: Option<Summary>, title: Option<Title>) -> DocumentRow {
        let time = |ms| DateTime::from_timestamp_millis(ms).unwrap_or_default();
        DocumentRow {
            document: self.document,
            summary,
            title,
            created: time(self.created),
            updated: time(self.updated),
            version_number: self.number,
            heads: self.heads.clone(),
        }
    }

    /// Writes the row for the index.
    pub(crate) fn to_stored(&self, read: &dyn Fn(&CommitId) -> Option<Tree>) -> Vec<u8> {
        let row = self.resolve(read);
        let summary = row.summary.as_ref().map(keys::pack);
        keys::pack(&StoredRow {
            created: self.created,
            updated: self.updated,
            number: self.number,
            heads: self.heads.iter().map(|head| head.0.0).collect(),
            summary: summary.as_deref().map(StoredSummary),
            title: row.title.clone(),
        })
    }
}
