//! One run of the program: the library it works on and the way to whoever started it.

use std::sync::Arc;

use serde::Serialize;
use services::wire::CharacterRow;
use services::{Failure, Gate, Library, Settings};

use crate::console::{Console, Trouble};
use crate::print::Paper;

/// One run of the program.
pub(crate) struct Session<'a> {
    gate: Gate,
    console: &'a mut Console,
}

impl<'a> Session<'a> {
    /// Opens the library; what was mended on the way is told where `verbose` asks for it.
    pub(crate) fn open(settings: Settings, console: &'a mut Console, verbose: bool) -> Self {
        let gate = Gate::open(settings, None);
        if verbose && let Ok(library) = gate.library() {
            for notice in library.notices() {
                console.note(&notice);
            }
        }
        Session { gate, console }
    }

    /// Gives the gate, for what can be done while the library is closed.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// Gives the open library.
    ///
    /// # Errors
    /// Why it is closed.
    pub(crate) fn library(&self) -> Result<Arc<Library>, Failure> {
        self.gate.library()
    }

    /// Gives the open library and the character of a name.
    ///
    /// # Errors
    /// Why the library is closed, or a name that nobody or more than one has.
    pub(crate) fn find(&self, name: &str) -> Result<(Arc<Library>, CharacterRow), Failure> {
        let library = self.library()?;
        let row = library.roster().find(name)?;
        Ok((library, row))
    }

    /// Prints an answer: its JSON, or what `human` writes.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(crate) fn say<T: Serialize + ?Sized>(
        &mut self,
        answer: &T,
        human: impl FnOnce(&mut Paper),
    ) -> Result<(), Trouble> {
        self.console.say(answer, human)
    }

    /// Prints bytes as they are.
    ///
    /// # Errors
    /// An output that cannot be written.
    pub(crate) fn hand_over(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.console.hand_over(bytes)
    }

    /// Closes the library, so that the next start finds it in order.
    pub(crate) fn close(self) {
        self.gate.close();
    }
}
