//! What the writer was told, and whether the library still says so.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use services::Library;

/// An edit that was acknowledged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ack {
    /// The document.
    pub id: String,
    /// The version that the edit made.
    pub commit: String,
    /// Its number along the line.
    pub version: u32,
    /// The number it set both cells to.
    pub number: i32,
}

/// Holds a library against what was acknowledged: gives how many edits are gone, and what else is wrong.
pub fn check(library: &Library, acks: &[Ack]) -> (u64, Vec<String>) {
    let (mut lost, mut wrong) = (0, Vec::new());
    let mut newest: HashMap<&str, u32> = HashMap::new();
    for ack in acks {
        match library.sheet().show_at(&ack.id, &ack.commit) {
            Ok(view) => {
                let there = (view.sheet.identity.xp, view.sheet.notes.parse::<i32>().ok());
                if there != (ack.number, Some(ack.number)) || view.sheet.version != ack.version {
                    wrong.push(format!(
                        "version {} of {} holds {there:?}, not {}",
                        ack.version, ack.id, ack.number
                    ));
                }
            }
            Err(failure) => {
                lost += 1;
                if lost <= 3 {
                    wrong.push(format!(
                        "version {} of {} is gone: {failure}",
                        ack.version, ack.id
                    ));
                }
            }
        }
        let seen = newest.entry(&ack.id).or_default();
        *seen = ack.version.max(*seen);
    }
    for (id, version) in newest {
        match library.sheet().show(id) {
            Ok(view) => {
                if view.sheet.version < version {
                    wrong.push(format!(
                        "{id} stands at version {}, but {version} was acknowledged",
                        view.sheet.version
                    ));
                }
                if view.sheet.notes.parse::<i32>().ok() != Some(view.sheet.identity.xp) {
                    wrong.push(format!(
                        "{id} holds half an edit: {} and {}",
                        view.sheet.identity.xp, view.sheet.notes
                    ));
                }
            }
            Err(failure) => wrong.push(format!("{id} cannot be opened: {failure}")),
        }
    }
    (lost, wrong)
}
