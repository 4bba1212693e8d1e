//! Which commits touched which cells: noted as commits are written, reckoned for those of which nothing is noted, kept beside the ledger.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use history::{CellPath, Change, Commit, CommitId, DocumentId, Tree, diff};
use moka::sync::Cache;
use vault::{Trace, TraceFolder};

use crate::Failure;
use crate::library::Library;

/// How many traces wait in memory at the most before they are written down.
const MOST_WAITING: usize = 2_048;

/// The traces of a document's commits, as many as are known.
pub(crate) type Traces = Arc<Mutex<HashMap<CommitId, Trace>>>;

/// Notes what commits touch.
pub(crate) struct Touched {
    /// One writer or reader of files at a time.
    folder: Mutex<TraceFolder>,
    /// What was noted and not written down yet.
    waiting: Mutex<Vec<(DocumentId, Trace)>>,
    /// Those of documents that were asked about.
    known: Cache<DocumentId, Traces>,
    read_only: bool,
}

impl Touched {
    pub(crate) fn new(folder: TraceFolder, keep_for: Duration, read_only: bool) -> Touched {
        Touched {
            folder: Mutex::new(folder),
            waiting: Mutex::default(),
            known: Cache::builder()
                .max_capacity(16)
                .time_to_idle(keep_for)
                .build(),
            read_only,
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(DocumentId, Trace)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn folder(&self) -> MutexGuard<'_, TraceFolder> {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down what waits; what cannot be written is reckoned again when somebody asks.
    pub(crate) fn write_down(&self) {
        let waiting = std::mem::take(&mut *self.waiting());
        let mut by_document: HashMap<DocumentId, Vec<Trace>> = HashMap::new();
        for (document, trace) in waiting {
            by_document.entry(document).or_default().push(trace);
        }
        for (document, traces) in by_document {
            // Where somebody is just going over them, what is new to them is reckoned.
            if let Some(known) = self.known.get(&document)
                && let Ok(mut known) = known.try_lock()
            {
                known.extend(traces.iter().map(|trace| (trace.commit, trace.clone())));
            }
            self.keep(document, &traces);
        }
    }

    fn keep(&self, document: DocumentId, traces: &[Trace]) {
        if self.read_only || traces.is_empty() {
            return;
        }
        if let Err(error) = self.folder().add(document, traces) {
            tracing::debug!(%error, "traces cannot be kept");
        }
    }

    /// Gives all that is known of a document's commits.
    fn of(&self, document: DocumentId) -> Traces {
        self.write_down();
        self.known.get_with(document, || {
            Arc::new(Mutex::new(self.folder().read(document)))
        })
    }
}

impl Drop for Touched {
    fn drop(&mut self) {
        self.write_down();
    }
}

impl Library {
    /// Notes what a new commit touched, if the versions before it are at hand; otherwise it is reckoned when somebody asks.
    pub(crate) fn note_touched(&self, commit: &Commit, tree: &Tree) {
        let parents = commit.says.parents.iter().map(|parent| {
            let before = self.caches.trees.get(parent)?;
            Some((*parent, marks(&diff(&before, tree))))
        });
        let Some(parents) = parents.collect() else {
            return;
        };
        let trace = Trace {
            commit: commit.id,
            parents,
        };
        let many = {
            let mut waiting = self.touched.waiting();
            waiting.push((commit.says.document, trace));
            waiting.len() >= MOST_WAITING
        };
        if many {
            self.touched.write_down();
        }
    }

    /// Goes over the traces of a document; what is not known of a commit on the way is reckoned and kept.
    pub(crate) fn with_traces<T>(
        &self,
        document: DocumentId,
        walk: impl FnOnce(&mut Tracer<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let traces = self.touched.of(document);
        let mut known = traces.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tracer = Tracer {
            library: self,
            known: &mut known,
            fresh: Vec::new(),
            last: None,
        };
        let done = walk(&mut tracer);
        let fresh = std::mem::take(&mut tracer.fresh);
        drop(known);
        self.touched.keep(document, &fresh);
        done
    }
}

/// Answers what commits touched.
pub(crate) struct Tracer<'a> {
    library: &'a Library,
    known: &'a mut HashMap<CommitId, Trace>,
    fresh: Vec<Trace>,
    /// The version that was compared last: nearly always the next to be compared with.
    last: Option<(CommitId, Tree)>,
}

impl Tracer<'_> {
    /// Tells what a commit touched against each of its parents.
    pub(crate) fn trace(&mut self, commit: CommitId) -> Result<&Trace, Failure> {
        if !self.known.contains_key(&commit) {
            let trace = self.reckon(commit)?;
            self.fresh.push(trace.clone());
            self.known.insert(commit, trace);
        }
        self.known
            .get(&commit)
            .ok_or_else(|| Failure::internal("a trace is gone"))
    }

    fn reckon(&mut self, commit: CommitId) -> Result<Trace, Failure> {
        // Read past the cache: a whole life would drive out what others look at.
        let says = self.library.vault.commit(&commit)?.says;
        let tree = self.tree(commit)?;
        let mut parents = Vec::with_capacity(says.parents.len());
        for parent in says.parents.into_iter().rev() {
            let before = self.library.vault.tree(&parent)?;
            parents.push((parent, marks(&diff(&before, &tree))));
            self.last = Some((parent, before));
        }
        parents.reverse();
        Ok(Trace { commit, parents })
    }

    fn tree(&self, commit: CommitId) -> Result<Tree, Failure> {
        match &self.last {
            Some((last, tree)) if *last == commit => Ok(tree.clone()),
            _ => Ok(self.library.vault.tree(&commit)?),
        }
    }
}

/// Makes the marks of some changes: one for each changed cell, and one for each cell around it.
fn marks(changes: &[Change]) -> Box<[u32]> {
    let mut marks = Vec::with_capacity(changes.len() * 4);
    for change in changes {
        marks.push(mark(b'=', change.path.segments()));
        for depth in 1..change.path.segments().len() {
            marks.push(mark(b'>', &change.path.segments()[..depth]));
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks.into()
}

/// Digests a path to four bytes (FNV-1a); two that meet cost a second look and nothing else.
fn mark(kind: u8, segments: &[String]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut eat = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    eat(kind);
    for segment in segments {
        // Like no byte of any text.
        eat(0xff);
        segment.bytes().for_each(&mut eat);
    }
    hash
}

/// What to look for in traces to find the commits that may have touched a cell.
pub(crate) struct Sought(Vec<u32>);

impl Sought {
    /// Looks for a cell: changes of it, of cells in it, or of what is around it as a whole.
    pub(crate) fn cell(cell: &CellPath) -> Sought {
        let segments = cell.segments();
        let mut sought: Vec<u32> = (1..=segments.len())
            .map(|depth| mark(b'=', &segments[..depth]))
            .collect();
        sought.push(mark(b'>', segments));
        Sought(sought)
    }

    /// Looks for any of some cells.
    pub(crate) fn any<'a>(cells: impl IntoIterator<Item = &'a CellPath>) -> Sought {
        let mut sought: Vec<u32> = cells
            .into_iter()
            .flat_map(|cell| Sought::cell(cell).0)
            .collect();
        sought.sort_unstable();
        sought.dedup();
        Sought(sought)
    }

    /// Tells whether any of it is among the marks of a trace.
    pub(crate) fn is_in(&self, marks: &[u32]) -> bool {
        self.0.iter().any(|mark| marks.binary_search(mark).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_cell_is_sought_in_what_is_around_it_and_in_it_and_nowhere_else() {
        let tree = |value| Tree::from_value(value).unwrap();
        let before = tree(json!({"a": {"b": {"c": 1, "d": 1}, "x": 1}}));
        let after = tree(json!({"a": {"b": {"c": 2, "d": 1}, "x": 1, "new": {"e": {"f": 1}}}}));
        let marks = marks(&diff(&before, &after));
        for (cell, touched) in [
            ("/a/b/c", true),
            ("/a/b", true),
            ("/a", true),
            ("/a/b/d", false),
            ("/a/x", false),
            ("/a/b/c/deep", true),
            ("/a/new", true),
            ("/a/new/e/f", true),
            ("/b", false),
        ] {
            let sought = Sought::cell(&cell.parse().unwrap());
            assert_eq!(sought.is_in(&marks), touched, "{cell}");
        }
    }
}
