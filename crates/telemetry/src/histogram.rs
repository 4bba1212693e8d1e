//! A histogram that many threads record into without waiting for each other.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::figures::Distribution;
use crate::scalar::narrow;

/// Threads spread over this many shards; two threads meet on a lock only when they share one.
const SHARDS: usize = 8;

/// The largest value told apart: an hour in microseconds. Larger values count as this one.
const LARGEST: u64 = 3_600_000_000;

/// Two significant digits: a quantile is at most 1 % off, and a shard takes 13 KB.
const DIGITS: u8 = 2;

/// Records how values are distributed: durations in microseconds, or plain sizes.
///
/// Recording takes one short lock that is nearly always free. Values range over
/// 0..=3,600,000,000 (an hour in microseconds); larger ones count as the largest in the
/// quantiles, while count, mean and maximum stay exact. A quantile is at most 1 % off.
#[derive(Default)]
pub struct Histogram {
    shards: [Shard; SHARDS],
}

/// One shard on a cache line of its own, empty until a thread records into it.
#[derive(Default)]
#[repr(align(64))]
struct Shard(Mutex<Option<Recorded>>);

struct Recorded {
    values: hdrhistogram::Histogram<u32>,
    sum: u64,
    max: u64,
}

impl Histogram {
    /// Records one value.
    pub fn record(&self, value: u64) {
        let mut shard = self.shards[shard_of_this_thread()].lock();
        let recorded = shard.get_or_insert_with(Recorded::empty);
        recorded.values.saturating_record(value.min(LARGEST));
        recorded.sum = recorded.sum.saturating_add(value);
        recorded.max = recorded.max.max(value);
    }

    /// Records a duration in microseconds, rounded to the nearest.
    pub fn record_duration(&self, duration: Duration) {
        self.record(microseconds(duration));
    }

    /// Reads count, mean, quantiles and maximum of everything recorded so far.
    ///
    /// Each shard is read at one moment, the shards one after another: a value recorded meanwhile
    /// is in this reading or in the next one, and never lost.
    pub fn read(&self) -> Distribution {
        let mut all = Recorded::empty();
        for shard in &self.shards {
            if let Some(recorded) = shard.lock().as_ref() {
                all.absorb(recorded);
            }
        }
        all.distribution()
    }
}

impl Shard {
    fn lock(&self) -> MutexGuard<'_, Option<Recorded>> {
        // A figure is not worth a second panic: whoever panicked holding it left whole numbers.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorded {
    #[expect(
        clippy::expect_used,
        reason = "constant bounds, tried by every test of this file"
    )]
    fn empty() -> Self {
        let values = hdrhistogram::Histogram::new_with_bounds(1, LARGEST, DIGITS)
            .expect("one to an hour at two digits are legal bounds");
        Self {
            values,
            sum: 0,
            max: 0,
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "both sides come from `empty` and have equal bounds"
    )]
    fn absorb(&mut self, other: &Self) {
        self.values
            .add(&other.values)
            .expect("equal bounds always add");
        self.sum = self.sum.saturating_add(other.sum);
        self.max = self.max.max(other.max);
    }

    fn distribution(&self) -> Distribution {
        let count = self.values.len();
        if count == 0 {
            return Distribution::default();
        }
        // A bucket answers with its upper edge, which may lie beyond anything that was recorded.
        let quantile = |q| self.values.value_at_quantile(q).min(self.max) as f64;
        Distribution {
            count: narrow(count),
            mean: self.sum as f64 / count as f64,
            p50: quantile(0.50),
            p95: quantile(0.95),
            p99: quantile(0.99),
            max: self.max as f64,
        }
    }
}

/// Whole microseconds, rounded to the nearest; 584,000 years are the end of the scale.
pub(crate) fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos().saturating_add(500) / 1_000).unwrap_or(u64::MAX)
}

/// The shard of the calling thread: threads take shards in turn, in the order they first record.
fn shard_of_this_thread() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    thread_local! {
        static SHARD: Cell<Option<usize>> = const { Cell::new(None) };
    }
    SHARD.with(|shard| {
        shard.get().unwrap_or_else(|| {
            let index = NEXT.fetch_add(1, Ordering::Relaxed) % SHARDS;
            shard.set(Some(index));
            index
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_recorded_reads_as_zeros() {
        assert_eq!(Histogram::default().read(), Distribution::default());
    }

    #[test]
    fn durations_are_kept_in_rounded_microseconds() {
        for (nanoseconds, expected) in [(0, 0), (499, 0), (500, 1), (1_499, 1), (2_000_000, 2_000)]
        {
            assert_eq!(
                microseconds(Duration::from_nanos(nanoseconds)),
                expected,
                "{nanoseconds} ns"
            );
        }
        assert_eq!(microseconds(Duration::MAX), u64::MAX);
    }

    #[test]
    fn a_value_off_the_scale_keeps_count_and_maximum_exact() {
        let histogram = Histogram::default();
        histogram.record(10);
        histogram.record(LARGEST * 3);
        let read = histogram.read();
        assert_eq!((read.count, read.max), (2, (LARGEST * 3) as f64));
        assert_eq!(read.p50, 10.0);
        assert!(
            (read.p99 / LARGEST as f64 - 1.0).abs() < 0.01,
            "p99 was {}",
            read.p99
        );
    }

    #[test]
    fn counts_and_sums_are_exact_under_eight_threads() {
        let histogram = Histogram::default();
        std::thread::scope(|scope| {
            for thread in 0..8_u64 {
                let histogram = &histogram;
                scope
                    .spawn(move || (0..10_000).for_each(|i| histogram.record(thread * 10_000 + i)));
            }
        });
        let read = histogram.read();
        assert_eq!(read.count, 80_000);
        assert_eq!(read.max, 79_999.0);
        assert_eq!(read.mean, 79_999.0 / 2.0);
    }

    proptest! {
        #[test]
        fn quantiles_are_within_the_error_of_two_digits(
            values in prop::collection::vec(
                prop_oneof![0..300_u64, 0..1_000_000_u64, 0..=LARGEST],
                1..400,
            ),
        ) {
            let histogram = Histogram::default();
            // From two threads, so that the reading has shards to add up.
            let (left, right) = values.split_at(values.len() / 2);
            std::thread::scope(|scope| {
                for half in [left, right] {
                    let histogram = &histogram;
                    scope.spawn(move || half.iter().for_each(|v| histogram.record(*v)));
                }
            });

            let mut sorted = values;
            sorted.sort_unstable();
            let read = histogram.read();
            prop_assert_eq!(read.count as usize, sorted.len());
            prop_assert_eq!(read.max, sorted[sorted.len() - 1] as f64);
            for (q, got) in [(0.50, read.p50), (0.95, read.p95), (0.99, read.p99)] {
                let rank = ((q * sorted.len() as f64).ceil() as usize).max(1);
                let exact = sorted[rank - 1] as f64;
                prop_assert!(
                    got >= exact && got - exact <= exact * 0.01,
                    "quantile {} of {} values: exact {}, read {}", q, sorted.len(), exact, got
                );
            }
        }
    }
}
