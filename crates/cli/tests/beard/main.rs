//! Tests of the real `beard` on folders of their own: the walk through a character's life, exit codes, what is printed.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // for tests: failing is their way to speak

/// Holds a text against its snapshot; ids and moments keep their width, so that columns stay where they are.
macro_rules! shows {
    ($name:literal, $text:expr) => {
        insta::with_settings!({filters => vec![
            (r"\d{4}-\d\d-\d\d \d\d:\d\d(–\d\d:\d\d| – [-:\d ]{16})?", "2026-03-01 12:00"),
            (r"\b[0-9a-f]{10}\b", "##########"),
            (r"\bTalk [0-9a-f]{6}\b", "Talk ######"),
            (r"\b\d+ ms\b", "# ms"),
            (r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "00000000-0000-0000-0000-000000000000"),
            (r"\d+ [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC", "1 March 2026, 12:00 UTC"),
        ]}, { insta::assert_snapshot!($name, $text) });
    };
}

mod build;
mod compendium;
mod exits;
mod import;
mod lines;
mod merging;
mod output;
mod packs;
mod play;
mod review;
mod roll;
mod run;
mod walk;
