//! How a command reaches the services: off the window's thread, a few at a time, with a name and a number to find it by.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicUsize, Ordering},
    },
    thread,
};

use services::{Code, Failure};
use tokio::sync::Semaphore;

/// How many calls may wait for a worker before further ones are turned away.
const MOST_WAITING: usize = 256;

/// The bounded way to the services.
#[derive(Debug)]
pub(crate) struct Calls {
    workers: Arc<Semaphore>,
    waiting: AtomicUsize,
    last: AtomicU32,
}

impl Calls {
    /// Makes a way with twice as many workers as the machine has cores: they wait for the disk more than they compute.
    pub(crate) fn new() -> Self {
        Self::with_workers(2 * thread::available_parallelism().map_or(2, NonZeroUsize::get))
    }

    fn with_workers(workers: usize) -> Self {
        Self {
            workers: Arc::new(Semaphore::new(workers)),
            waiting: AtomicUsize::new(0),
            last: AtomicU32::new(0),
        }
    }

    /// Runs `work` on a worker thread inside a span with a fresh request number.
    ///
    /// # Errors
    /// That of `work`; `busy` if too many calls wait already; `internal` if the work panicked.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        command: &'static str,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = Place::take(&self.waiting).ok_or_else(busy)?;
        // The permit goes into the work: a caller that gives up does not free a worker that still works.
        let permit = Arc::clone(&self.workers)
            .acquire_owned()
            .await
            .map_err(Failure::internal)?;
        drop(place);
        let number = self.last.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let span = telemetry::request_span(format_args!("{number:x}"));
        let finished = tauri::async_runtime::spawn_blocking(move || {
            let _permit = permit;
            span.in_scope(|| {
                let result = work();
                if let Err(failure) = &result {
                    tracing::info!(command, code = ?failure.code, message = %failure.message, "refused");
                }
                result
            })
        });
        finished.await.unwrap_or_else(|panic| {
            Err(Failure::internal(format_args!(
                "{command} ended unexpectedly ({panic})"
            )))
        })
    }
}

/// A place in the queue, given back when it is dropped (also when the caller gives up waiting).
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Option<Self> {
        let place = Self(waiting);
        (waiting.fetch_add(1, Ordering::AcqRel) < MOST_WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

fn busy() -> Failure {
    Failure::new(
        Code::Busy,
        "Forkbeard is still working on what was asked before.",
        "Wait a moment and try again.",
    )
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use tauri::async_runtime::{block_on, spawn};

    use super::*;

    #[test]
    fn a_panic_becomes_a_failure_and_the_next_call_works() {
        let calls = Calls::with_workers(1);
        let failure = block_on(calls.run("sheet_edit", || -> Result<(), _> { panic!("boom") }));
        assert_eq!(failure.unwrap_err().code, Code::Internal);
        assert_eq!(block_on(calls.run("sheet_edit", || Ok(7))), Ok(7));
    }

    #[test]
    fn calls_beyond_the_queue_are_turned_away_and_the_others_are_done() {
        let calls = Arc::new(Calls::with_workers(1));
        let (release, held) = channel::<()>();
        let first = spawn({
            let calls = Arc::clone(&calls);
            async move {
                calls
                    .run("held", move || held.recv().map_err(Failure::internal))
                    .await
            }
        });
        let others: Vec<_> = (0..MOST_WAITING + 5)
            .map(|_| {
                let calls = Arc::clone(&calls);
                spawn(async move { calls.run("other", || Ok(())).await })
            })
            .collect();
        // The first may still be on its way to its worker, so one or two of the five may find a place after all.
        block_on(async {
            while calls.waiting.load(Ordering::Acquire) < MOST_WAITING {
                tokio::task::yield_now().await;
            }
        });
        assert_eq!(
            block_on(calls.run("late", || Ok(()))).unwrap_err().code,
            Code::Busy
        );
        release.send(()).unwrap();
        assert_eq!(block_on(first).unwrap(), Ok(()));
        let done = others.into_iter().map(|call| block_on(call).unwrap());
        assert!(done.filter(Result::is_ok).count() >= MOST_WAITING - 1);
        assert_eq!(calls.waiting.load(Ordering::Acquire), 0);
    }
}
