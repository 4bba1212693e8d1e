//! The table of what others make of the situations at real tables, in `docs/merging.md`, is what comes out.
//!
//! `FORKBEARD_WRITE_SITUATIONS=1 cargo test -p forkbeard-benches --test situations` writes it.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use forkbeard_benches::peers::verdicts::{Verdict, count, to_markdown, verdicts};

const BEGIN: &str = "<!-- situations: written by benches/tests/situations.rs -->\n";
const END: &str = "<!-- end of the situations -->";

#[test]
fn the_table_in_the_documentation_is_what_comes_out() {
    let folder = tempfile::tempdir().unwrap();
    let rows = verdicts(folder.path()).unwrap();
    assert!(rows.len() >= 40, "{} situations", rows.len());
    assert_eq!(count(&rows, Verdict::Right)[0], rows.len());
    // The yardsticks are measured, not set up: each gets a good part right.
    for (way, right) in count(&rows, Verdict::Right).into_iter().enumerate() {
        assert!(right * 3 > rows.len(), "way {way} gets {right} right");
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/merging.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let table = to_markdown(&rows);
    if std::env::var_os("FORKBEARD_WRITE_SITUATIONS").is_some() {
        std::fs::write(file, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        written, table,
        "docs/merging.md is stale: FORKBEARD_WRITE_SITUATIONS=1 cargo test -p forkbeard-benches --test situations"
    );
}
