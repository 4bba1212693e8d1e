//! The desk: what holds for this computer alone, who sits at it and on which branch of a character they stand.
//!
//! It lies beside the library as `desk.json`. Nothing of it is a document's: it has no history, is copied into no backup, and where it is
//! missing or damaged everybody stands on `main` again and nobody is seated.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use history::{BranchName, DocumentId, MAIN};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Code, Failure};

/// The desk of one library.
pub(crate) struct Desk {
    path: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct State {
    /// The seat of whoever sits here.
    seated: Option<String>,
    /// Branches other than `main` that are stood on: by seat (nobody's is empty), then by character.
    standing: BTreeMap<String, BTreeMap<String, String>>,
}

impl State {
    /// Reads what can be read, each part by itself.
    fn of(bytes: &[u8]) -> State {
        let Ok(Value::Object(mut parts)) = serde_json::from_slice(bytes) else {
            return State::default();
        };
        let mut part = |name: &str| parts.remove(name).unwrap_or_default();
        State {
            seated: serde_json::from_value(part("seated")).unwrap_or_default(),
            standing: serde_json::from_value(part("standing")).unwrap_or_default(),
        }
    }

    fn seat(&self) -> String {
        self.seated.clone().unwrap_or_default()
    }
}

impl Desk {
    /// Reads the desk of a library's folder.
    pub(crate) fn of(folder: &Path) -> Desk {
        let path = folder.join("desk.json");
        let state = std::fs::read(&path).map_or_else(|_| State::default(), |it| State::of(&it));
        Desk {
            path,
            state: Mutex::new(state),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whose seat is taken.
    pub(crate) fn seated(&self) -> Option<String> {
        self.state().seated.clone()
    }

    /// Takes a seat, or leaves it.
    ///
    /// # Errors
    /// A folder that cannot be written; nothing has changed then.
    pub(crate) fn sit(&self, seat: Option<&str>) -> Result<(), Failure> {
        self.change(|state| state.seated = seat.map(str::to_owned))
    }

    /// Tells on which branch of a character whoever sits here means to stand; whether it still exists, others know.
    pub(crate) fn standing(&self, character: DocumentId) -> Option<BranchName> {
        let state = self.state();
        if state.standing.is_empty() {
            return None;
        }
        let branch = state
            .standing
            .get(&state.seat())?
            .get(&character.to_string())?;
        branch.parse().ok()
    }

    /// Stands on a branch of a character from now on.
    ///
    /// # Errors
    /// A folder that cannot be written; nothing has changed then.
    pub(crate) fn stand(&self, character: DocumentId, branch: &BranchName) -> Result<(), Failure> {
        self.change(|state| {
            let seat = state.seat();
            let mine = state.standing.entry(seat.clone()).or_default();
            if branch.as_str() == MAIN {
                mine.remove(&character.to_string());
            } else {
                mine.insert(character.to_string(), branch.to_string());
            }
            if mine.is_empty() {
                state.standing.remove(&seat);
            }
        })
    }

    fn change(&self, change: impl FnOnce(&mut State)) -> Result<(), Failure> {
        let mut state = self.state();
        let mut next = state.clone();
        change(&mut next);
        if next == *state {
            return Ok(());
        }
        let mut bytes = serde_json::to_vec_pretty(&next).map_err(Failure::internal)?;
        bytes.push(b'\n');
        vault::write_atomically(&self.path, &bytes).map_err(|error| {
            Failure::new(
                Code::ReadOnly,
                format!("`desk.json` in the library's folder cannot be written: {error}."),
                "Check that you may write in that folder and that the disk has room, then try again.",
            )
        })?;
        *state = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn where_one_stands_is_known_after_a_restart_and_each_seat_has_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let one = DocumentId(Uuid::from_u128(1));
        let branch: BranchName = "twin-blades".parse().unwrap();
        let desk = Desk::of(folder.path());
        assert_eq!(desk.standing(one), None);
        desk.stand(one, &branch).unwrap();
        desk.sit(Some("maren")).unwrap();
        assert_eq!(desk.standing(one), None, "another seat");
        desk.sit(None).unwrap();
        let again = Desk::of(folder.path());
        assert_eq!(again.standing(one), Some(branch));
        again.stand(one, &BranchName::main()).unwrap();
        assert_eq!(Desk::of(folder.path()).standing(one), None);
    }

    #[test]
    fn a_damaged_desk_is_a_bare_one_and_what_can_be_read_counts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("desk.json");
        for rubbish in ["", "{", "[1]", "{\"seated\": 4, \"standing\": []}"] {
            std::fs::write(&path, rubbish).unwrap();
            assert_eq!(*Desk::of(folder.path()).state(), State::default());
        }
        std::fs::write(&path, "{\"seated\": \"a\", \"standing\": 5, \"later\": 1}").unwrap();
        let desk = Desk::of(folder.path());
        assert_eq!(desk.seated().as_deref(), Some("a"));
        desk.sit(None).unwrap();
        assert_eq!(Desk::of(folder.path()).seated(), None);
    }
}
