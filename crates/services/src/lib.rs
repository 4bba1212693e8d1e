//! The use cases of Forkbeard, one file an area: the one API that every host calls.
//!
//! A host opens a [`Gate`] on a folder and calls, say, `gate.library()?.sheet().edit(&request)`. Everything here is plain,
//! synchronous Rust, shared between threads as it is; what is asynchronous belongs to the hosts. What goes in and out is in
//! [`wire`], and whatever goes wrong is a [`Failure`].
//!
//! This is where history and rules meet: an edit is merged by `history`, read by `sheet`, worked out by `rules` and made durable by
//! `vault`, and only then told to anybody. This crate knows no window, no terminal and no network, prints nothing, and
//! reads neither the environment nor (outside [`clock`]) the time.

pub mod assets;
mod caches;
pub mod clock;
mod companions;
pub mod compendium;
mod desk;
mod difference;
pub mod exchange;
mod failure;
pub mod gate;
pub mod health;

pub mod history;
pub mod library;
pub mod packs;
mod recent;
pub mod review;
pub mod roster;
mod roster_index;
pub mod seats;
pub mod settings;

pub mod sheet;
mod text;
pub mod wire;
mod words;
mod worked;
mod writing;

pub use clock::{Clock, FixedClock, SystemClock};
pub use failure::{Code, Failure};
pub use gate::Gate;
pub use library::Library;
pub use settings::Settings;
pub use telemetry::Metrics;
