//! Watches that the page lives: a page that does not report in time, or whose process died, is replaced by one that
//! says so, instead of leaving a white window.

use std::{
    fmt,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Why the page is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The page loaded, but did not report within the deadline.
    Silent,
    /// The process that draws the page ended.
    Ended,
    /// It ended again right after the trouble page was put up: no page can be drawn at all.
    Hopeless,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Silent => "The page did not start in time.",
            Self::Ended => "The process that draws the page ended unexpectedly.",
            Self::Hopeless => "The process that draws the page keeps ending.",
        })
    }
}

/// A process that ends this soon after the last one did will not get better by trying.
const AGAIN_TOO_SOON: Duration = Duration::from_secs(5);

/// Where the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// No page yet.
    Idle,
    /// The trouble page took the page's place at this moment.
    Troubled { since: Instant },
    /// The page has until this moment to report.
    Starting { until: Instant },
    /// The page reported.
    Alive,
    /// The watchdog is gone with the window.
    Over,
}

/// The watch itself, shared by the window's events, the page's report and the thread that counts the time.
#[derive(Clone)]
pub(crate) struct Watchdog {
    shared: Arc<(Mutex<Stage>, Condvar)>,
    deadline: Duration,
    bark: Arc<dyn Fn(Trouble) + Send + Sync>,
}

impl Watchdog {
    /// Starts watching; `bark` is called from any thread, once for each page that is given up.
    pub(crate) fn new(deadline: Duration, bark: impl Fn(Trouble) + Send + Sync + 'static) -> Self {
        let watchdog = Self {
            shared: Arc::new((Mutex::new(Stage::Idle), Condvar::new())),
            deadline,
            bark: Arc::new(bark),
        };
        let counting = watchdog.clone();
        let started = thread::Builder::new()
            .name("watchdog".into())
            .spawn(move || counting.count());
        if let Err(error) = started {
            tracing::warn!(%error, "no thread for the watchdog: a page that hangs will not be told");
        }
        watchdog
    }

    /// The page began to load: it has the deadline to report.
    pub(crate) fn page_started(&self) {
        self.enter(Stage::Starting {
            until: Instant::now() + self.deadline,
        });
    }

    /// The page is up.
    pub(crate) fn page_ready(&self) {
        tracing::info!("the page is up");
        self.enter(Stage::Alive);
    }

    /// The page's process ended.
    pub(crate) fn page_ended(&self) {
        let now = Instant::now();
        let before = *self.stage();
        if before == Stage::Over {
            return;
        }
        self.enter(Stage::Troubled { since: now });
        let again = matches!(before, Stage::Troubled { since } if now - since < AGAIN_TOO_SOON);
        (self.bark)(if again {
            Trouble::Hopeless
        } else {
            Trouble::Ended
        });
    }

    /// The window closes: nothing more is told.
    pub(crate) fn stop(&self) {
        self.enter(Stage::Over);
    }

    fn enter(&self, next: Stage) {
        let mut stage = self.stage();
        if *stage != Stage::Over {
            *stage = next;
            self.shared.1.notify_all();
        }
    }

    fn stage(&self) -> MutexGuard<'_, Stage> {
        self.shared.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self) {
        let mut stage = self.stage();
        loop {
            stage = match *stage {
                Stage::Over => return,
                Stage::Idle | Stage::Troubled { .. } | Stage::Alive => self
                    .shared
                    .1
                    .wait(stage)
                    .unwrap_or_else(PoisonError::into_inner),
                Stage::Starting { until } => match until.checked_duration_since(Instant::now()) {
                    Some(left) if !left.is_zero() => {
                        let waited = self.shared.1.wait_timeout(stage, left);
                        waited.unwrap_or_else(PoisonError::into_inner).0
                    }
                    _ => {
                        *stage = Stage::Troubled { since: until };
                        drop(stage);
                        (self.bark)(Trouble::Silent);
                        self.stage()
                    }
                },
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);
    const AT_ONCE: Duration = Duration::ZERO;

    fn watch(deadline: Duration) -> (Watchdog, Receiver<Trouble>) {
        let (tell, told) = channel();
        (
            Watchdog::new(deadline, move |trouble| tell.send(trouble).unwrap_or(())),
            told,
        )
    }

    #[test]
    fn a_page_that_says_nothing_is_given_up_once() {
        let (dog, told) = watch(AT_ONCE);
        dog.page_started();
        assert_eq!(told.recv_timeout(LONG), Ok(Trouble::Silent));
        assert_eq!(
            told.recv_timeout(Duration::from_millis(50)),
            Err(RecvTimeoutError::Timeout)
        );
    }

    #[test]
    fn a_page_that_is_tried_again_is_watched_again() {
        let (dog, told) = watch(AT_ONCE);
        for _ in 0..2 {
            dog.page_started();
            assert_eq!(told.recv_timeout(LONG), Ok(Trouble::Silent));
        }
    }

    #[test]
    fn a_page_that_reports_is_left_alone() {
        let (dog, told) = watch(Duration::from_millis(40));
        dog.page_started();
        dog.page_ready();
        assert_eq!(
            told.recv_timeout(Duration::from_millis(120)),
            Err(RecvTimeoutError::Timeout)
        );
    }

    #[test]
    fn the_end_of_the_process_is_told_even_after_the_report() {
        let (dog, told) = watch(LONG);
        dog.page_started();
        dog.page_ready();
        dog.page_ended();
        assert_eq!(told.recv_timeout(LONG), Ok(Trouble::Ended));
    }

    #[test]
    fn a_process_that_ends_twice_in_a_row_is_hopeless() {
        let (dog, told) = watch(LONG);
        dog.page_started();
        dog.page_ended();
        dog.page_ended();
        assert_eq!(told.recv_timeout(LONG), Ok(Trouble::Ended));
        assert_eq!(told.recv_timeout(LONG), Ok(Trouble::Hopeless));
    }

    #[test]
    fn a_closed_window_is_silent() {
        let (dog, told) = watch(Duration::from_millis(20));
        dog.stop();
        dog.page_started();
        dog.page_ended();
        assert_eq!(
            told.recv_timeout(Duration::from_millis(80)),
            Err(RecvTimeoutError::Timeout)
        );
    }
}
