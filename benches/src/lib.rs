//! What the README's table of figures is measured with.
//!
//! Every figure that is a matter of speed stands beside the same work done by something else (the bare disk, libgit2, an
//! empty library) in the same run, a little of the one and a little of the other in turns: machines differ and are
//! never quiet, ratios last. Where a figure needs a fresh process, [`fresh`] starts this program again.
//!
//! `cargo run --release -p forkbeard-benches --bin figures` measures everything; `benches/pure.rs` holds the distributions
//! of the pure functions, for whoever works on one of them.

pub mod disk;
pub mod documents;
pub mod figures;
pub mod fresh;
pub mod gitshelf;
pub mod peers;
pub mod report;
pub mod times;
pub mod writing;

use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::TempDir;

use crate::report::Report;

/// Holds what every figure needs: how much to do, where, and the table that grows.
pub struct Bench {
    scale: usize,
    folder: TempDir,
    /// The table.
    pub report: Report,
}

impl Bench {
    /// Begins a run in a new folder within `parent`, which goes away with it; 1 is the whole work, 10 a tenth of it.
    ///
    /// # Errors
    /// A place that cannot be written.
    pub fn new(parent: &Path, scale: usize) -> anyhow::Result<Bench> {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("cannot make {}", parent.display()))?;
        let folder = tempfile::Builder::new()
            .prefix("figures-")
            .tempdir_in(parent)?;
        Ok(Bench {
            scale: scale.max(1),
            folder,
            report: Report::default(),
        })
    }

    /// Gives how many of `whole` to do at this scale, at least a few.
    pub fn count(&self, whole: usize) -> usize {
        (whole / self.scale).max(8).min(whole)
    }

    /// Gives how many rounds to make of `whole`: all, or two in a small run.
    pub fn rounds(&self, whole: usize) -> usize {
        if self.scale == 1 { whole } else { whole.min(2) }
    }

    /// Tells whether this run does less than the whole work, so that bounds say little.
    pub fn is_small(&self) -> bool {
        self.scale > 1
    }

    /// Gives a path within the run's folder.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Removes what a figure left behind, so that the next finds a disk as empty.
    ///
    /// # Errors
    /// A folder that cannot be removed.
    pub fn clear(&self, name: &str) -> anyhow::Result<()> {
        let path = self.place(name);
        if path.exists() {
            std::fs::remove_dir_all(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
        Ok(())
    }
}
