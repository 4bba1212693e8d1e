//! Documents with history.
//!
//! This crate owns the engine under everything a person writes: the **document** as an immutable [`Tree`] of
//! named **cells**, the [`CellPath`] that addresses one of them, the [`Commit`] that names a tree by hash, the
//! [`Operation`] that records every move of every ref, the structural [`diff`], and the three-way [`merge()`].
//!
//! It is pure. It knows nothing of sheets, rules, storage or windows, and it neither reads a clock nor draws an
//! id: times, ids and authors are passed in. What kind of thing a cell is (a counter, a choice, a set…) is told to it
//! as [`Policies`] by the crate that declares the types.
//!
//! ```text
//!   base ──edit──> ours          apply(diff(a, b), a) == b
//!     └────edit──> theirs        merge(base, ours, theirs) ── every cell ──> one Outcome
//! ```

mod canonical;
mod change;
mod commit;
pub mod conflicts;
mod ids;
pub mod lineage;
mod merge;
mod operation;
mod path;
mod policy;
mod prose;
mod rank;
mod read;
mod scan;
mod tree;

pub use canonical::to_canonical_json;
pub use change::{Change, ChangeKind, Edit, EditError, apply, diff, edit};
pub use commit::{Author, BranchName, BranchNameError, Commit, CommitKind, MAIN, NewCommit};
pub use ids::{ChangeId, CommitId, DocumentId, Hash, IdError, OperationId, SessionId, TreeId};
pub use merge::{
    Ancestor, CellOutcome, Conflict, Merge, Outcome, Side, Take, merge, merge_from, reverse,
};
pub use operation::{Action, Operation, RefMove};
pub use path::{CellPath, PathError};
pub use policy::{Pattern, Policies, Policy};
pub use prose::{Hunk, HunkKind, ProseMerge, merge_prose, word_hunks};
pub use rank::{rank_after, rank_between};
pub use tree::{Limits, Tree, TreeError};
