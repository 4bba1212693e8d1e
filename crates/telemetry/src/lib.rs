//! How Forkbeard performs: counters, histograms, samplers, health checks and log set-up.
//!
//! Owns the figures of one running process. A host opens one [`Metrics`], shares it by `Arc` with
//! everything below it, and asks for a [`Snapshot`] when somebody looks. Words used here:
//!
//! - **figure**: a number that was recorded or sampled; a *live* figure ([`Counter`], [`Histogram`],
//!   [`Command`], [`Cache`], [`Store`]) is written while the application works, its reading
//!   ([`Distribution`], [`CommandFigures`], …) is a plain value that can be sent to a window.
//! - **command**: one call of a use case, named by a static word pair such as `sheet.edit`.
//! - **problem**: a warning or an error that was logged; the newest are kept in memory.
//! - **health check**: a judgement with a detail and, if something is wrong, an advice.
//!
//! ```text
//!   recording (always on, well under a microsecond)      reading (only when asked)
//!   metrics.time("sheet.edit") ─┐
//!   metrics.cache("sheets")     ├─> Metrics ── snapshot() ──> Snapshot { commands, caches, store, process }
//!   metrics.store()             ┘                └── ProcessSampler (sysinfo)
//! ```
//!
//! It does **not** run anything in the background (the log writer's thread excepted), read the
//! environment, know the wall clock, or know what a sheet or a ledger is: inputs are passed in.

mod cache;
mod command;
mod disk;
mod figures;
pub mod health;
mod histogram;
mod logging;
mod problems;
mod process;
mod registry;
mod request;
mod scalar;
mod store;

pub use cache::Cache;
pub use command::{Command, Timer};
pub use disk::{DiskError, DiskSpace, disk_space};
pub use figures::{
    CacheFigures, CommandFigures, Distribution, NamedCount, NamedDistribution, NamedValue,
    ProcessFigures, Snapshot, StoreFigures,
};
pub use health::{HealthCheck, HealthState};
pub use histogram::Histogram;
pub use logging::{LogError, LogGuard, LogSettings, init_logging};
pub use problems::{Problem, ProblemLevel, Problems};
pub use process::ProcessSampler;
pub use registry::Metrics;
pub use request::request_span;
pub use scalar::{Counter, Gauge};
pub use store::Store;
