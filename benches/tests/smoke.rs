//! Every figure can be measured: the whole program at a tiny scale, without a look at how fast it was.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::process::Command;

#[test]
fn a_tiny_run_measures_every_figure_and_writes_the_table() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("table/bench.md");
    let out = Command::new(env!("CARGO_BIN_EXE_figures"))
        .args(["--scale", "2000", "--folder"])
        .arg(folder.path().join("work"))
        .arg("--out")
        .arg(&table)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&out.stdout);
    let wrong = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{told}\n{wrong}");
    let written = std::fs::read_to_string(&table).unwrap();
    for figure in [
        "write + fdatasync into a pre-written file",
        "edit of one cell in a 40 KB sheet",
        "beside libgit2 in process",
        "eight writers",
        "eight people editing",
        "while four write",
        "from the cache",
        "opening it cold",
        "first page of",
        "search as you type",
        "beside an empty library",
        "small edits of one 40 KB sheet, all in",
        "versions, read and checked",
        "building the index of",
        "after a clean stop",
        "after a kill",
        "memory with",
        "beside json-patch",
        "first screen after opening",
        "where a cell comes from",
        "from the middle",
        "beside libgit2's merge_file",
        "words of 20 KB of prose",
        "false conflicts",
        "lost without a word",
    ] {
        assert!(
            written.contains(figure),
            "the table lacks `{figure}`:\n{written}"
        );
    }
    let left = std::fs::read_dir(folder.path().join("work"))
        .unwrap()
        .count();
    assert_eq!(left, 0, "the run leaves nothing behind");
}

#[test]
fn wrong_words_are_told() {
    let figures = |words: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_figures"))
            .args(words)
            .output()
            .unwrap();
        (
            out.status.success(),
            String::from_utf8_lossy(&out.stdout).into_owned(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        )
    };
    let (fine, out, _) = figures(&["--help"]);
    assert!(fine && out.contains("--quick"), "{out}");
    for words in [
        &["--fast"][..],
        &["--scale"],
        &["--scale", "much"],
        &["--fresh", "nap", "/tmp", ""],
    ] {
        let (fine, _, wrong) = figures(words);
        assert!(!fine && wrong.starts_with("error: "), "{words:?}: {wrong}");
    }
}
