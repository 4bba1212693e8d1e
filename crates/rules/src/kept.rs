//! What an earlier derivation showed of things that have not changed since, so that it need not be made again.

use std::collections::HashMap;
use std::sync::Arc;

use sheet::{CompleteSheet, Keyed, Source};

/// Holds an earlier version of a character: its source, and what [`crate::derive`] made of it.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// What was written.
    pub source: &'a Source,
    /// What was derived from it, by the same content.
    pub sheet: &'a CompleteSheet,
}

/// An entry of a list on the sheet that shows one thing of a source.
pub(crate) trait Shown {
    /// The id of the thing.
    fn id(&self) -> &str;
}

macro_rules! shown {
    ($($entry:ty),+ $(,)?) => {$(
        impl Shown for $entry {
            fn id(&self) -> &str {
                &self.id
            }
        }
    )+};
}
shown!(
    sheet::FeatureEntry,
    sheet::ItemEntry,
    sheet::MagicItemEntry,
    sheet::SpellEntry,
    sheet::TraitEntry,
);

/// Finds what was shown of a thing before, as long as the thing is the same in memory and therefore in content.
pub(crate) struct Kept<'a, T, E> {
    things: Option<&'a Keyed<T>>,
    entries: Vec<&'a Arc<E>>,
    /// Where the next entry is expected: lists are asked for in the order they stood in.
    next: usize,
    by_id: Option<HashMap<&'a str, usize>>,
}

impl<'a, T, E: Shown> Kept<'a, T, E> {
    pub(crate) fn new(
        earlier: Option<Earlier<'a>>,
        things: impl FnOnce(&'a Source) -> &'a Keyed<T>,
        entries: impl FnOnce(&'a CompleteSheet) -> Vec<&'a Arc<E>>,
    ) -> Kept<'a, T, E> {
        Kept {
            things: earlier.map(|earlier| things(earlier.source)),
            entries: earlier.map_or_else(Vec::new, |earlier| entries(earlier.sheet)),
            next: 0,
            by_id: None,
        }
    }

    /// Gives the entry that showed a thing before, if `fits` says that it shows it still.
    pub(crate) fn same(
        &mut self,
        id: &str,
        thing: &T,
        fits: impl FnOnce(&E) -> bool,
    ) -> Option<Arc<E>> {
        let before = self.things?.get(id)?;
        if !std::ptr::eq(before, thing) {
            return None;
        }
        let entry = self.entry(id)?;
        fits(entry).then(|| Arc::clone(entry))
    }

    /// Gives the entry that showed a thing before, or makes one.
    pub(crate) fn or_show(
        &mut self,
        id: &str,
        thing: &T,
        fits: impl FnOnce(&E) -> bool,
        show: impl FnOnce() -> E,
    ) -> Arc<E> {
        self.same(id, thing, fits)
            .unwrap_or_else(|| Arc::new(show()))
    }

    fn entry(&mut self, id: &str) -> Option<&'a Arc<E>> {
        let expected = self.entries.get(self.next);
        let at = match expected {
            Some(entry) if entry.id() == id => self.next,
            _ => {
                let entries = &self.entries;
                let by_id = self.by_id.get_or_insert_with(|| {
                    let ids = entries.iter().map(|entry| entry.id());
                    ids.enumerate().map(|(at, id)| (id, at)).collect()
                });
                *by_id.get(id)?
            }
        };
        self.next = at + 1;
        self.entries.get(at).copied()
    }
}
