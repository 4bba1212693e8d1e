//! `forkbeard`, the desktop application. What must be answered or mended before there is a window is done here.

// A release on Windows opens no console beside its window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use clap::Parser;
use forkbeard_shell::{Arguments, Environment};

/// An edit is worked out in thousands of small pieces; the system's allocator took a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // `--help`, `--version` and a mistyped option end here, with no display needed.
    let arguments = Arguments::parse();
    match forkbeard_shell::run(arguments, Environment::read()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            #[allow(clippy::print_stderr, reason = "there is no window to say it in")]
            {
                eprintln!("forkbeard: {trouble}");
            }
            ExitCode::FAILURE
        }
    }
}
