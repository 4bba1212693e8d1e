//! The commands that the page may call, one file an area, a line each: what to do is decided in the services.

pub(crate) mod shell;
