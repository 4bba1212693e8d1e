//! The registry: every live figure of a process, found by its static name.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use crate::cache::Cache;
use crate::command::{Command, Timer};
use crate::figures::{NamedCount, NamedDistribution, NamedValue, Snapshot};
use crate::histogram::Histogram;
use crate::process::ProcessSampler;
use crate::scalar::{Counter, Gauge, narrow};
use crate::store::Store;

/// Holds all figures of one process; shared by `Arc`.
///
/// A name is looked up under a read lock, which threads share; only the first use of a name takes
/// the write lock. Code that records in a tight loop keeps the `Arc` that a look-up returns.
pub struct Metrics {
    commands: Family<Command>,
    caches: Family<Cache>,
    counters: Family<Counter>,
    gauges: Family<Gauge>,
    histograms: Family<Histogram>,
    store: Store,
    process: ProcessSampler,
}

impl Metrics {
    /// Makes an empty registry; the up-time counts from here.
    pub fn new() -> Self {
        Self {
            commands: Family::default(),
            caches: Family::default(),
            counters: Family::default(),
            gauges: Family::default(),
            histograms: Family::default(),
            store: Store::default(),
            process: ProcessSampler::new(Instant::now()),
        }
    }

    /// Starts timing one call of the named command (area and verb, such as `sheet.edit`).
    pub fn time(&self, command: &'static str) -> Timer {
        Timer::start(self.commands.get(command))
    }

    /// Calls `work` and records it under the named command, as its result says.
    ///
    /// # Errors
    /// Hands on the error of `work`.
    pub fn timed<T, E>(
        &self,
        command: &'static str,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let timer = self.time(command);
        let result = work();
        timer.finish(&result);
        result
    }

    /// Returns the figures of the named cache.
    pub fn cache(&self, name: &'static str) -> Arc<Cache> {
        self.caches.get(name)
    }

    /// Returns the named counter, zero at first use.
    pub fn counter(&self, name: &'static str) -> Arc<Counter> {
        self.counters.get(name)
    }

    /// Returns the named gauge, zero at first use.
    pub fn gauge(&self, name: &'static str) -> Arc<Gauge> {
        self.gauges.get(name)
    }

    /// Returns the named histogram, empty at first use; let the name say the unit.
    pub fn histogram(&self, name: &'static str) -> Arc<Histogram> {
        self.histograms.get(name)
    }

    /// Returns the figures of the store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Reads everything and samples the process; costs about a millisecond, so ask only when
    /// somebody looks.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            commands: self.commands.read(|name, command| command.read(name)),
            caches: self.caches.read(|name, cache| cache.read(name)),
            store: self.store.read(),
            process: self.process.sample(),
            counters: self.counters.read(|name, counter| NamedCount {
                name: name.to_owned(),
                count: narrow(counter.get()),
            }),
            gauges: self.gauges.read(|name, gauge| NamedValue {
                name: name.to_owned(),
                value: gauge.get(),
            }),
            histograms: self.histograms.read(|name, histogram| NamedDistribution {
                name: name.to_owned(),
                distribution: histogram.read(),
            }),
        }
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Live figures of one kind by name. Names are static, so the map is as small as the source code.
struct Family<T>(RwLock<HashMap<&'static str, Arc<T>>>);

impl<T> Default for Family<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T: Default> Family<T> {
    fn get(&self, name: &'static str) -> Arc<T> {
        let known = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(name)
            .map(Arc::clone);
        known.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(name).or_default())
        })
    }

    /// Reads all members in the order of their names, without holding the lock while reading.
    fn read<R>(&self, read: impl Fn(&str, &T) -> R) -> Vec<R> {
        let mut all: Vec<(&'static str, Arc<T>)> = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .map(|(name, figure)| (*name, Arc::clone(figure)))
            .collect();
        all.sort_unstable_by_key(|(name, _)| *name);
        all.iter()
            .map(|(name, figure)| read(name, figure))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_can_be_shared_between_threads() {
        fn shareable<T: Send + Sync + 'static>() {}
        shareable::<Arc<Metrics>>();
    }

    #[test]
    fn counts_are_exact_when_eight_threads_race_for_new_names() {
        const NAMES: [&str; 4] = ["sheet.edit", "sheet.undo", "roster.list", "roster.create"];
        const ROUNDS: u32 = 2_000;
        let metrics = Arc::new(Metrics::new());
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let metrics = Arc::clone(&metrics);
                std::thread::spawn(move || {
                    for round in 0..ROUNDS {
                        for name in NAMES {
                            let result = if round % 4 == 0 { Err(()) } else { Ok(()) };
                            metrics.time(name).finish(&result);
                            metrics.counter(name).increment();
                            metrics.gauge("open").add(1.0);
                        }
                        metrics.cache("sheets").hit();
                        metrics.cache("sheets").miss();
                        metrics.histogram("sizes").record(u64::from(round));
                        metrics.store().appended(10);
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }

        let snapshot = metrics.snapshot();
        let names: Vec<&str> = snapshot.commands.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(
            names,
            ["roster.create", "roster.list", "sheet.edit", "sheet.undo"]
        );
        for command in &snapshot.commands {
            assert_eq!(
                (command.count, command.errors),
                (8 * ROUNDS, 2 * ROUNDS),
                "{command:?}"
            );
        }
        assert!(
            snapshot.counters.iter().all(|c| c.count == 8 * ROUNDS),
            "{:?}",
            snapshot.counters
        );
        assert_eq!(snapshot.gauges[0].value, f64::from(4 * 8 * ROUNDS));
        assert_eq!(
            (snapshot.caches[0].hits, snapshot.caches[0].misses),
            (8 * ROUNDS, 8 * ROUNDS)
        );
        assert_eq!(snapshot.histograms[0].distribution.count, 8 * ROUNDS);
        assert_eq!(
            snapshot.histograms[0].distribution.max,
            f64::from(ROUNDS - 1)
        );
        assert_eq!(snapshot.store.appends, 8 * ROUNDS);
    }

    #[test]
    fn a_timed_closure_hands_on_its_result() {
        let metrics = Metrics::new();
        assert_eq!(metrics.timed("sheet.edit", || Ok::<_, String>(7)), Ok(7));
        assert_eq!(
            metrics.timed("sheet.edit", || Err::<u8, _>("full")),
            Err("full")
        );
        let command = &metrics.snapshot().commands[0];
        assert_eq!((command.count, command.errors), (2, 1));
    }

    #[test]
    fn readings_never_show_more_errors_than_calls() {
        let metrics = Metrics::new();
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| (0..20_000).for_each(|_| metrics.time("x").error()));
            while !writer.is_finished() {
                if let Some(command) = metrics.snapshot().commands.first() {
                    assert!(command.errors <= command.count, "{command:?}");
                }
            }
        });
    }
}
