//! Tests of the real `beard` on folders of their own: the walk through a character's life, exit codes, what is printed.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // for tests: failing is their way to speak

mod exits;
mod import;
mod output;
mod roll;
mod run;
mod walk;
