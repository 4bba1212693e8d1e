//! Timing of commands: how often one was called, how long it took, how often it failed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::figures::CommandFigures;
use crate::histogram::Histogram;
use crate::scalar::narrow;

/// Records the calls of one command.
#[derive(Default)]
pub struct Command {
    durations: Histogram,
    errors: AtomicU64,
}

impl Command {
    /// Records one finished call.
    pub fn record(&self, duration: Duration, failed: bool) {
        self.durations.record_duration(duration);
        if failed {
            // After the duration, and read before it: a reading never shows more errors than calls.
            self.errors.fetch_add(1, Ordering::Release);
        }
    }

    /// Reads the figures so far, under the given name.
    pub fn read(&self, name: &str) -> CommandFigures {
        let errors = self.errors.load(Ordering::Acquire);
        let durations = self.durations.read();
        CommandFigures {
            name: name.to_owned(),
            count: durations.count,
            errors: narrow(errors),
            p50: durations.p50,
            p95: durations.p95,
            p99: durations.p99,
            max: durations.max,
        }
    }
}

/// Times one call of a command, from its making until it is finished.
///
/// A timer that is dropped without being told how the call ended records an error: that is the way
/// of `?` and of a panic.
///
/// ```
/// # fn write() -> Result<u8, String> { Ok(1) }
/// let metrics = telemetry::Metrics::new();
/// let timer = metrics.time("sheet.edit");
/// let result = write();
/// timer.finish(&result);
/// assert_eq!(metrics.snapshot().commands[0].count, 1);
/// ```
#[must_use = "a timer that is dropped at once records a failed call of no length"]
pub struct Timer {
    command: Arc<Command>,
    started: Instant,
    failed: bool,
}

impl Timer {
    pub(crate) fn start(command: Arc<Command>) -> Self {
        Self {
            command,
            started: Instant::now(),
            failed: true,
        }
    }

    /// Records the call as done.
    pub fn ok(mut self) {
        self.failed = false;
    }

    /// Records the call as failed.
    pub fn error(self) {}

    /// Records the call as done or failed, as the result says.
    pub fn finish<T, E>(mut self, result: &Result<T, E>) {
        self.failed = result.is_err();
    }

    /// Returns the time since the call began.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.command.record(self.started.elapsed(), self.failed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors_after(end: impl FnOnce(Timer)) -> (u32, u32) {
        let command = Arc::new(Command::default());
        end(Timer::start(Arc::clone(&command)));
        let figures = command.read("test");
        (figures.count, figures.errors)
    }

    #[test]
    fn each_ending_counts_once_and_tells_errors_apart() {
        assert_eq!(errors_after(Timer::ok), (1, 0));
        assert_eq!(errors_after(Timer::error), (1, 1));
        assert_eq!(errors_after(drop), (1, 1), "a forgotten ending is an error");
        assert_eq!(errors_after(|timer| timer.finish(&Ok::<_, ()>(1))), (1, 0));
        assert_eq!(
            errors_after(|timer| timer.finish(&Err::<(), _>("no"))),
            (1, 1)
        );
    }

    #[test]
    fn a_panic_inside_a_timed_call_is_an_error() {
        let counted = errors_after(|timer| {
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                let _timer = timer;
                std::panic::resume_unwind(Box::new("as if the call had panicked"));
            }));
            assert!(caught.is_err());
        });
        assert_eq!(counted, (1, 1));
    }
}
