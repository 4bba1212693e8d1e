//! The process sampler beside what the kernel itself says.
#![cfg(target_os = "linux")]

use std::sync::mpsc;
use std::time::Instant;

use telemetry::ProcessSampler;

// One test only: a second one would run in a thread of its own, and be counted.
#[test]
fn threads_are_those_that_the_kernel_counts() {
    let kernel = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("Threads:"));
        line.map(str::trim).map(str::parse::<u32>).unwrap().unwrap()
    };
    let sampler = ProcessSampler::new(Instant::now());
    let threads = || sampler.sample().threads.unwrap();
    let before = threads();
    assert_eq!(before, kernel());

    let (release, held) = mpsc::channel::<()>();
    let parked = std::thread::spawn(move || held.recv().is_ok());
    assert_eq!(threads(), before + 1);
    assert_eq!(threads(), kernel());

    release.send(()).unwrap();
    assert!(parked.join().unwrap());
    // `join` returns a moment before the kernel lets go of the thread.
    while kernel() != before {
        std::thread::yield_now();
    }
    assert_eq!(threads(), before, "an ended thread is no longer counted");
}
