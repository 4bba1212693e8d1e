//! Merging commits: the graph of commits above, trees below.
//!
//! [`Lineage`] is how this crate looks at a graph of commits that somebody else keeps. [`merge_bases`] finds where lines parted,
//! [`merge_commits`] merges two of them, [`merge_heads`] as many as there are laptops.
//!
//! ```text
//!      o───A───M1──ours        A and B are both best common ancestors: a criss-cross history.
//!     / \   \ /                The base is then their own merge, made for the occasion (git's "recursive" strategy);
//!    o   \   X                 what A and B disagree about is torn in it: no side counts as having left it alone.
//!     \   \ / \
//!      o───B───M2──theirs
//! ```

mod bases;
mod merging;

use chrono::{DateTime, Utc};

use crate::{CommitId, Tree};
pub use bases::merge_bases;
pub use merging::{HeadsMerge, LineMerge, merge_commits, merge_heads};

/// Gives access to a graph of commits.
///
/// Whoever implements it answers from a cache where it can: a merge asks for each commit between the heads and their bases once, and
/// for the trees of heads and bases only.
pub trait Lineage {
    /// Why a commit or its tree cannot be had.
    type Error;

    /// Tells where a commit came from and when it was made.
    ///
    /// # Errors
    /// A commit that cannot be had.
    fn commit(&self, id: CommitId) -> Result<Ancestry, Self::Error>;

    /// Gives the content of a commit.
    ///
    /// # Errors
    /// A tree that cannot be had.
    fn tree(&self, id: CommitId) -> Result<Tree, Self::Error>;
}

/// Tells where a commit came from and when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancestry {
    /// The commits it came from; none for a first one.
    pub parents: Vec<CommitId>,
    /// When it was made. Clocks may be wrong: the time decides which of two moves is the last, and how fast bases are found, never which.
    pub time: DateTime<Utc>,
}

#[cfg(test)]
pub(crate) mod tests;
