//! The state of the library as it crosses: its status, backups, what the doctor found.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Failure;

/// Tells how the library came up, or why it did not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LibraryStatus {
    /// It is open.
    Open {
        /// The folder.
        folder: String,
        /// Why it can only be read, if so.
        read_only: Option<Failure>,
        /// What was mended on opening, each a sentence.
        notices: Vec<String>,
        /// How many characters it holds.
        characters: u32,
        /// The verified backups that could be restored, newest first.
        backups: Vec<BackupInfo>,
    },
    /// It is not open.
    Closed {
        /// The folder.
        folder: String,
        /// Why.
        failure: Failure,
        /// The verified backups that could be restored, newest first.
        backups: Vec<BackupInfo>,
    },
}

/// Shows one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupInfo {
    /// Names it.
    pub name: String,
    /// When it was made.
    pub time: DateTime<Utc>,
    /// Its size in bytes, exact up to 2^53.
    pub bytes: ByteCount,
    /// Whether all of it was read back and found right.
    pub verified: bool,
}

/// Counts bytes as a double, which TypeScript has exactly up to 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ByteCount(#[specta(type = f64)] pub u64);

/// Tells what an examination of the library found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DoctorReport {
    /// Whether nothing is wrong.
    pub healthy: bool,
    /// How many ledger records were read.
    pub records: u32,
    /// How many commits were checked.
    pub commits: u32,
    /// How many documents there are.
    pub documents: u32,
    /// How long it took, in milliseconds.
    pub millis: u32,
    /// What is wrong, each a sentence that says what to do.
    pub problems: Vec<String>,
    /// Whether the index was built anew.
    pub rebuilt: bool,
}

/// Holds the figures of the performance panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct HealthView {
    /// Counters, histograms and process figures.
    pub figures: telemetry::Snapshot,
    /// The checks.
    pub checks: Vec<telemetry::HealthCheck>,
    /// When this was read.
    pub time: DateTime<Utc>,
}
