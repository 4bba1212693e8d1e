//! A document's row: what the roster shows of it without opening it.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use chrono::{DateTime, Utc};
use history::{CommitId, DocumentId, Hash, Tree};
use sheet::{Summary, SummaryKey, Title};

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
    at_hand: Mutex<AtHand>,
    ready: OnceLock<Ready>,
}

/// What spares reading or reckoning when a row is made.
#[derive(Default)]
struct AtHand {
    /// The document at its first head.
    tree: Option<Tree>,
    /// What the row before this one showed, and of what.
    before: Option<Ready>,
}

/// A row that was made.
#[derive(Clone)]
struct Ready {
    row: Arc<DocumentRow>,
    /// What it was made of, if it was made here.
    key: Option<SummaryKey>,
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
            at_hand: Mutex::new(AtHand { tree, before: None }),
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
            let row_now = Arc::new(row.with(summary, stored.title));
            let _ = row.ready.set(Ready {
                row: row_now,
                key: None,
            });
        }
        Some(row)
    }

    /// Tells the row which one it takes the place of: where both show the same parts, the summary is taken over.
    pub(crate) fn follow(&self, before: &LazyRow) {
        if let Some(ready) = before.ready.get()
            && ready.key.is_some()
        {
            self.at_hand().before = Some(ready.clone());
        }
    }

    fn at_hand(&self) -> MutexGuard<'_, AtHand> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives the row, making its summary if need be; `read` fetches the document at a commit.
    pub(crate) fn resolve(&self, read: &dyn Fn(&CommitId) -> Option<Tree>) -> Arc<DocumentRow> {
        let make = || {
            let AtHand { tree, before } = std::mem::take(&mut *self.at_hand());
            let tree = tree.or_else(|| self.heads.first().and_then(read));
            let key = tree.as_ref().map(SummaryKey::of);
            let (summary, title) = match before {
                Some(before) if before.key == key => {
                    (before.row.summary.clone(), before.row.title.clone())
                }
                _ => {
                    let title = tree.as_ref().and_then(Title::of_tree);
                    let summary = tree.filter(|_| title.is_none());
                    (summary.and_then(|tree| Summary::of_tree(&tree).ok()), title)
                }
            };
            Ready {
                row: Arc::new(self.with(summary, title)),
                key,
            }
        };
        self.ready.get_or_init(make).row.clone()
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    fn row(document: Value) -> LazyRow {
        let tree = Tree::from_value(document).unwrap();
        let id = DocumentId(Uuid::from_u128(1));
        LazyRow::new(id, (1, 2), 3, Vec::new(), Some(tree))
    }

    fn name(row: &LazyRow) -> String {
        let summary = row.resolve(&|_| None).summary.clone();
        summary.unwrap_or_default().display_name
    }

    #[test]
    fn a_summary_is_taken_over_only_where_it_shows_the_same() {
        let document = |name: &str, damage: i32| json!({"record": {"display_name": name}, "combat": {"damage_taken": damage}});
        let before = row(document("Sorrel", 0));
        let mut marked = before.with(Some(Summary::default()), None);
        if let Some(summary) = &mut marked.summary {
            summary.display_name = "as it was".to_owned();
        }
        let key = SummaryKey::of(&Tree::from_value(document("Sorrel", 9)).unwrap());
        let ready = Ready {
            row: Arc::new(marked),
            key: Some(key),
        };
        assert!(before.ready.set(ready).is_ok());

        let after = |document: Value| {
            let after = row(document);
            after.follow(&before);
            name(&after)
        };
        assert_eq!(after(document("Sorrel", 5)), "as it was");
        assert_eq!(after(document("Maren", 5)), "Maren");
        let levelled = json!({"record": {"display_name": "Sorrel"}, "levels": {}});
        assert_eq!(after(levelled), "Sorrel");
        assert_eq!(after(json!({"record": 5})), "");
        let packed = json!({"record": {"display_name": "Sorrel"}, "build": {"packs": {"a": "1"}}});
        assert_eq!(after(packed), "Sorrel");
        // One that was never looked at has nothing to take over.
        let unseen = row(document("Sorrel", 0));
        let next = row(document("Sorrel", 1));
        next.follow(&unseen);
        assert_eq!(name(&next), "Sorrel");
    }
}
