//! Single live numbers: counters that only rise and gauges that move both ways.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts events since the process started; never falls.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds one.
    pub fn increment(&self) {
        self.add(1);
    }

    /// Adds `n`.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    /// Returns the count so far.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Holds the newest value of something that rises and falls, zero at first.
///
/// The value is always finite: JSON has no word for infinity, so a change that would leave the
/// finite numbers is ignored.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

impl Gauge {
    /// Replaces the value; a value that is not finite is ignored.
    pub fn set(&self, value: f64) {
        if value.is_finite() {
            self.0.store(value.to_bits(), Ordering::Relaxed);
        }
    }

    /// Adds `delta`, which may be negative; a sum that is not finite is ignored.
    pub fn add(&self, delta: f64) {
        // The closure says no only to sums that must be ignored, so a refusal needs no answer.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |bits| {
                let sum = f64::from_bits(bits) + delta;
                sum.is_finite().then(|| sum.to_bits())
            });
    }

    /// Returns the newest value.
    pub fn get(&self) -> f64 {
        f64::from_bits(self.0.load(Ordering::Relaxed))
    }
}

/// Narrows a count to what TypeScript can hold exactly; a count beyond `u32::MAX` stays there.
pub(crate) fn narrow(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gauge_moves_both_ways_and_stays_finite() {
        let gauge = Gauge::default();
        gauge.set(3.5);
        gauge.add(-5.0);
        assert_eq!(gauge.get(), -1.5);

        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            gauge.set(bad);
            gauge.add(bad);
            assert_eq!(gauge.get(), -1.5, "{bad} must be ignored");
        }
        gauge.set(f64::MAX);
        gauge.add(f64::MAX);
        assert_eq!(gauge.get(), f64::MAX);
    }

    #[test]
    fn counts_narrow_without_wrapping() {
        assert_eq!(narrow(7), 7);
        assert_eq!(narrow(u64::from(u32::MAX) + 1), u32::MAX);
    }
}
