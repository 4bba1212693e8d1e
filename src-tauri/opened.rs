//! Documents that the desktop handed over and the page has not fetched yet.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The extension of Forkbeard's own documents.
pub(crate) const EXTENSION: &str = "forkbeard";

/// The queue of waiting documents, in the order they came.
#[derive(Debug, Default)]
pub(crate) struct Opened(Mutex<Vec<PathBuf>>);

impl Opened {
    /// Adds what is a Forkbeard document, and gives how many wait now.
    pub(crate) fn add(&self, files: impl IntoIterator<Item = PathBuf>) -> usize {
        let mut waiting = self.waiting();
        for file in files {
            if is_document(&file) && !waiting.contains(&file) {
                waiting.push(file);
            }
        }
        waiting.len()
    }

    /// Takes all that wait.
    pub(crate) fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.waiting())
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_document(file: &Path) -> bool {
    file.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_wait_once_and_in_order_and_other_files_are_passed_by() {
        let opened = Opened::default();
        let files = [
            "/a.forkbeard",
            "/b.png",
            "/c.FORKBEARD",
            "/a.forkbeard",
            "/forkbeard",
        ];
        assert_eq!(opened.add(files.map(PathBuf::from)), 2);
        assert_eq!(
            opened.take(),
            ["/a.forkbeard", "/c.FORKBEARD"].map(PathBuf::from)
        );
        assert_eq!(opened.take(), Vec::<PathBuf>::new());
    }
}
