//! The gate to a library: open or closed, and if closed, why and what can be done about it.
//!
//! A host holds one gate for as long as it runs. Whether the library could be opened is an ordinary state of it, so that a window can
//! say what is wrong, try again, or restore a backup.

use std::sync::{Arc, PoisonError, RwLock};

use crate::health::backup_info;
use crate::library::Library;
use crate::settings::Settings;
use crate::wire::{BackupInfo, Event, LibraryStatus};
use crate::{Code, Failure};

/// Told of every event of whatever library is behind the gate.
pub type GateListener = Arc<dyn Fn(&Event) + Send + Sync>;

/// Leads to a library, or says why it does not.
pub struct Gate {
    settings: Settings,
    listener: Option<GateListener>,
    state: RwLock<State>,
}

enum State {
    Open(Arc<Library>),
    Closed(Failure),
}

impl Gate {
    /// Tries to open the library; a failure is a state and not an error.
    pub fn open(settings: Settings, listener: Option<GateListener>) -> Gate {
        let state = attempt(&settings, listener.as_ref());
        Gate {
            settings,
            listener,
            state: RwLock::new(state),
        }
    }

    /// Gives the open library.
    ///
    /// # Errors
    /// Why it is closed.
    pub fn library(&self) -> Result<Arc<Library>, Failure> {
        match &*self.state.read().unwrap_or_else(PoisonError::into_inner) {
            State::Open(library) => Ok(Arc::clone(library)),
            State::Closed(failure) => Err(failure.clone()),
        }
    }

    /// Tells how the library came up, or why it did not, with the backups that could help.
    pub fn status(&self) -> LibraryStatus {
        let folder = self.settings.folder.display().to_string();
        match self.library() {
            Ok(library) => LibraryStatus::Open {
                folder,
                read_only: library.read_only(),
                notices: library.notices(),
                characters: library.character_count(),
                backups: self.backups(),
            },
            Err(failure) => LibraryStatus::Closed {
                folder,
                failure,
                backups: self.backups(),
            },
        }
    }

    /// Lists the verified backups, newest first; none where the folder cannot be read.
    fn backups(&self) -> Vec<BackupInfo> {
        vault::Vault::backups_in(&self.settings.folder)
            .iter()
            .map(backup_info)
            .collect()
    }

    /// Closes the library, if it is open, and opens it again.
    pub fn reopen(&self) -> LibraryStatus {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        // Closed before it is opened, because the folder has one lock.
        close(&mut state);
        *state = attempt(&self.settings, self.listener.as_ref());
        drop(state);
        self.tell();
        self.status()
    }

    /// Puts the library back to a backup; what stands now is set aside in the folder and not deleted.
    ///
    /// # Errors
    /// A backup that is not there or not right; then everything stays as it is.
    pub fn restore(&self, backup: &str) -> Result<LibraryStatus, Failure> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        // A library that is well is put back to how it was. One that is damaged, or does not open, is mended: the backup fills the
        // holes, and what came after it is kept.
        let later = match &*state {
            State::Open(library) if library.opened.damage.is_empty() => vault::Later::SetAside,
            _ => vault::Later::Keep,
        };
        close(&mut state);
        let restored = vault::restore(
            &self.settings.folder,
            backup,
            later,
            self.settings.clock.now(),
        );
        *state = attempt(&self.settings, self.listener.as_ref());
        drop(state);
        self.tell();
        restored?;
        Ok(self.status())
    }

    /// Closes the library for good, so that the next start finds it in order.
    pub fn close(&self) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        close(&mut state);
    }

    fn tell(&self) {
        if let Some(listener) = &self.listener {
            listener(&Event::LibraryChanged);
        }
    }
}

fn attempt(settings: &Settings, listener: Option<&GateListener>) -> State {
    match Library::open(settings.clone()) {
        Ok(library) => {
            if let Some(listener) = listener.cloned() {
                library.listen(Box::new(move |event| listener(event)));
            }
            State::Open(Arc::new(library))
        }
        Err(failure) => State::Closed(failure),
    }
}

/// Lets go of the library; calls under way keep it until they are done, and then it closes.
fn close(state: &mut State) {
    let closed = State::Closed(Failure::new(
        Code::Locked,
        "The library is closed.",
        "Open it again.",
    ));
    if let State::Open(library) = std::mem::replace(state, closed) {
        library.shut();
    }
}
