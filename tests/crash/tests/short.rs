//! The short form of the bad days, a part of every test run. The long one is `make crash`.

#![allow(clippy::print_stdout)] // what was measured and what was skipped belongs into the log of the run

use std::path::Path;

const PROGRAM: &str = env!("CARGO_BIN_EXE_crash");

fn expect_well(outcome: &crash::Outcome) {
    assert!(outcome.is_well(), "{outcome}");
    println!("{outcome}");
}

#[test]
fn what_was_acknowledged_survives_being_killed() {
    let outcome = crash::kill::run(Path::new(PROGRAM), 12, 7);
    expect_well(&outcome);
    assert!(
        outcome.acknowledged > 20,
        "the writer hardly wrote: {outcome}"
    );
}

#[test]
fn what_was_acknowledged_survives_a_power_cut() {
    let outcome = crash::cut::run(Path::new(PROGRAM), 4, 7);
    expect_well(&outcome);
}

#[test]
fn damage_is_rebuilt_or_told_and_mended() {
    expect_well(&crash::damage::run(40, 7));
}

#[test]
fn a_full_disk_refuses_and_goes_on() {
    expect_well(&crash::full::run(1));
}
