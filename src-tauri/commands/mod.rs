//! The commands that the page may call, one file an area, a line each: what to do is decided in the services.

pub(crate) mod assets;
pub(crate) mod compendium;
pub(crate) mod exchange;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod packs;
pub(crate) mod review;
pub(crate) mod roster;
pub(crate) mod seats;
pub(crate) mod sheet;
pub(crate) mod shell;
