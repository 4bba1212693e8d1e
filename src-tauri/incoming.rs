//! Files that the page has looked at and not taken in yet: their content stays on this side of the window.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use services::exchange::Incoming;

/// The files that were looked at last.
#[derive(Debug, Default)]
pub(crate) struct Looked(Mutex<Arc<Vec<Incoming>>>);

impl Looked {
    /// Lets files wait in place of those that waited before, and gives them.
    pub(crate) fn put(&self, files: Vec<Incoming>) -> Arc<Vec<Incoming>> {
        let files = Arc::new(files);
        *self.files() = Arc::clone(&files);
        files
    }

    /// Takes all that wait.
    pub(crate) fn take(&self) -> Arc<Vec<Incoming>> {
        std::mem::take(&mut *self.files())
    }

    fn files(&self) -> MutexGuard<'_, Arc<Vec<Incoming>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_looked_at_last_waits_and_is_taken_once() {
        let looked = Looked::default();
        let file = |name: &str| vec![Incoming::File(name.into())];
        looked.put(file("/a.json"));
        assert_eq!(*looked.put(file("/b.json")), file("/b.json"));
        assert_eq!(*looked.take(), file("/b.json"));
        assert!(looked.take().is_empty());
    }
}
