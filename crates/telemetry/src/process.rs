//! Samples this process through the operating system, and only when asked.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use crate::figures::ProcessFigures;
use crate::scalar::narrow;

/// The kernel counts processor time in ticks of about 10 ms: over a shorter span than this a
/// percentage is noise, and the one before is given again.
const SHORTEST_SPAN: Duration = Duration::from_millis(200);

/// Samples processor time, memory and threads of this process.
///
/// Nothing happens between two calls of [`sample`](Self::sample); the processor's share is that
/// of the time between them.
pub struct ProcessSampler {
    started: Instant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Made at the first sample; stays none on a system that `sysinfo` does not know.
    system: Option<(Pid, System)>,
    last: Option<Reading>,
}

#[derive(Clone, Copy)]
struct Reading {
    at: Instant,
    cpu_ms: u64,
    cpu_percent: f64,
}

impl ProcessSampler {
    /// Makes a sampler whose up-time, and first processor share, count from `started`.
    pub fn new(started: Instant) -> Self {
        Self {
            started,
            state: Mutex::default(),
        }
    }

    /// Samples the process now; what the system does not tell is zero or none.
    pub fn sample(&self) -> ProcessFigures {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let mut figures = ProcessFigures {
            uptime_s: now.saturating_duration_since(self.started).as_secs_f64(),
            ..ProcessFigures::default()
        };
        if state.system.is_none() {
            state.system = sysinfo::get_current_pid().ok().zip(System::new().ok());
        }
        let Some((pid, system)) = &mut state.system else {
            return figures;
        };
        system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&[*pid]),
            true,
            ProcessRefreshKind::nothing()
                .with_cpu()
                .with_memory()
                .with_tasks(),
        );
        let Some(process) = system.process(*pid) else {
            return figures;
        };
        let cpu_ms = process.accumulated_cpu_time();
        figures.memory_bytes = process.memory() as f64;
        // The tasks are the threads beside the main one.
        figures.threads = process
            .tasks()
            .map(|others| narrow(others.len() as u64 + 1));

        let reading = next_reading(self.started, state.last, now, cpu_ms);
        figures.cpu_percent = reading.cpu_percent;
        state.last = Some(reading);
        figures
    }
}

/// The reading that follows `last`, or `last` itself if it is too young to tell a share.
fn next_reading(started: Instant, last: Option<Reading>, now: Instant, cpu_ms: u64) -> Reading {
    let (since, cpu_ms_then) = last.map_or((started, 0), |last| (last.at, last.cpu_ms));
    let span = now.saturating_duration_since(since);
    if let Some(last) = last
        && span < SHORTEST_SPAN
    {
        return last;
    }
    let used_ms = cpu_ms.saturating_sub(cpu_ms_then) as f64;
    let span_ms = span.max(SHORTEST_SPAN).as_secs_f64() * 1_000.0;
    Reading {
        at: now,
        cpu_ms,
        cpu_percent: used_ms / span_ms * 100.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_share_is_that_of_the_time_between_two_samples() {
        let started = Instant::now();
        let at = |ms| started + Duration::from_millis(ms);

        let first = next_reading(started, None, at(1_000), 250);
        assert_eq!(
            first.cpu_percent, 25.0,
            "the first covers the time since the start"
        );
        let second = next_reading(started, Some(first), at(3_000), 3_250);
        assert_eq!(
            second.cpu_percent, 150.0,
            "two busy cores are more than 100 %"
        );
        let hasty = next_reading(started, Some(second), at(3_100), 3_350);
        assert_eq!(
            hasty.cpu_percent, 150.0,
            "too soon: the one before is given again"
        );
        let third = next_reading(started, Some(hasty), at(4_000), 3_350);
        assert_eq!(
            third.cpu_percent, 10.0,
            "a hasty sample loses no processor time"
        );
        let backwards = next_reading(started, Some(third), at(5_000), 0);
        assert_eq!(backwards.cpu_percent, 0.0);
    }

    #[test]
    fn a_sample_tells_of_this_process() {
        let sampler = ProcessSampler::new(Instant::now());
        let block = std::hint::black_box(vec![1_u8; 32 << 20]);
        let first = sampler.sample();
        assert!(first.memory_bytes >= block.len() as f64, "{first:?}");
        assert!(
            first.uptime_s >= 0.0 && first.cpu_percent.is_finite(),
            "{first:?}"
        );
        assert!(sampler.sample().uptime_s > first.uptime_s);
    }
}
