//! Answers to windows: a sheet is told by what changed since the one that the window has, where that is still known.

use std::sync::Arc;

use uuid::Uuid;

use super::Sheets;
use crate::difference;
use crate::wire::{SheetAnswer, SheetChange, SheetView, WholeSheet};

impl Sheets<'_> {
    /// Puts a sheet as it crosses to a window that `has` the sheet of an earlier answer: as what changed since, or whole where
    /// that answer is no longer known or was about another character.
    ///
    /// Every answer has a name of its own. A version's would not do: what is shown of one version may change, as when a pack does.
    pub fn answer(&self, has: Option<&str>, view: SheetView) -> SheetAnswer {
        let known = has
            .and_then(|name| name.parse().ok())
            .and_then(|edition: Uuid| {
                Some((edition, self.library.caches().editions.get(&edition)?))
            })
            .filter(|(_, known)| known.id == view.id);
        let edition = self.library.settings.clock.new_id();
        let view = Arc::new(view);
        self.library
            .caches()
            .editions
            .insert(edition, Arc::clone(&view));
        let edition = edition.to_string();
        if let Some((since, known)) = known
            && let Ok(change) = difference::between(&known, &view)
        {
            return SheetAnswer::Changed(SheetChange {
                edition,
                since: since.to_string(),
                change,
            });
        }
        SheetAnswer::Whole(Box::new(WholeSheet {
            edition,
            view: (*view).clone(),
        }))
    }
}
