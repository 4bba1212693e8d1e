//! Versions worked out: read, derived, and kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use history::{Change, Tree};
use sheet::{CompleteSheet, Finding, Source, Stat};

use crate::Failure;
use crate::library::Library;

/// Holds a version's typed source and what the rules make of it.
pub(crate) struct Worked {
    pub(crate) source: Arc<Source>,
    pub(crate) sheet: CompleteSheet,
    pub(crate) stats: Arc<BTreeMap<String, Stat>>,
    pub(crate) findings: Arc<Vec<Finding>>,
}

impl Worked {
    /// Derives a source; what an earlier version shares with it is taken over.
    pub(crate) fn derive(
        source: Arc<Source>,
        content: &rules::Content,
        before: Option<&Worked>,
    ) -> Worked {
        // What was worked out under other rules is worked out again.
        let before = before.filter(|before| before.source.build.packs == source.build.packs);
        let derived = match before {
            Some(before) => {
                let earlier = rules::Earlier {
                    source: &before.source,
                    sheet: &before.sheet,
                };
                rules::derive_after(earlier, &source, content)
            }
            None => rules::derive(&source, content),
        };
        Worked {
            source,
            sheet: derived.sheet,
            stats: Arc::new(derived.stats),
            findings: Arc::new(derived.findings),
        }
    }
}

impl Library {
    /// Reads and works out a version, or finds it worked out already.
    pub(crate) fn worked(&self, tree: &Tree) -> Result<Arc<Worked>, Failure> {
        if let Some(worked) = self.found(tree) {
            return Ok(worked);
        }
        Ok(self.keep(tree, Source::from_tree(tree)?, None))
    }

    /// Works out a version that came of another by some changes: of what these leave alone, the other's is taken over.
    pub(crate) fn worked_after(
        &self,
        before: &Worked,
        changes: &[Change],
        tree: &Tree,
    ) -> Result<Arc<Worked>, Failure> {
        if let Some(worked) = self.found(tree) {
            return Ok(worked);
        }
        let cells = changes.iter().map(|change| &change.path);
        let source = before.source.after(cells, tree)?;
        Ok(self.keep(tree, source, Some(before)))
    }

    /// Works out a version that is only tried, as [`Library::worked_after`] does; nobody will ask for it again.
    pub(crate) fn tried(
        &self,
        before: &Worked,
        changes: &[Change],
        tree: &Tree,
    ) -> Result<Worked, Failure> {
        let cells = changes.iter().map(|change| &change.path);
        let source = Arc::new(before.source.after(cells, tree)?);
        let content = self.content_of(&source.build.packs);
        Ok(Worked::derive(source, &content, Some(before)))
    }

    fn keep(&self, tree: &Tree, source: Source, before: Option<&Worked>) -> Arc<Worked> {
        let content = self.content_of(&source.build.packs);
        let worked = Arc::new(Worked::derive(Arc::new(source), &content, before));
        self.caches().sheets.insert(tree.id(), Arc::clone(&worked));
        worked
    }

    fn found(&self, tree: &Tree) -> Option<Arc<Worked>> {
        let caches = self.caches();
        let found = caches.sheets.get(&tree.id());
        match found {
            Some(_) => caches.sheet_figures.hit(),
            None => caches.sheet_figures.miss(),
        }
        found
    }
}
