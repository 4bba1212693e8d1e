//! Times as a distribution, and what is read off it.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// Collects times, in nanoseconds to three digits.
pub struct Times(Histogram<u64>);

impl Times {
    /// Begins an empty collection.
    ///
    /// # Errors
    /// None in practice; the histogram's settings are constant.
    pub fn new() -> anyhow::Result<Times> {
        Ok(Times(Histogram::new_with_bounds(1, 600_000_000_000, 3)?))
    }

    /// Does something and takes its time.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let out = work();
        self.add(started.elapsed());
        out
    }

    /// Adds a time.
    pub fn add(&mut self, took: Duration) {
        self.0.saturating_record((took.as_nanos() as u64).max(1));
    }

    /// Takes in another collection.
    ///
    /// # Errors
    /// None in practice; all collections have the same bounds.
    pub fn merge(&mut self, other: &Times) -> anyhow::Result<()> {
        Ok(self.0.add(&other.0)?)
    }

    /// Gives the time that a share of all lies at or below; `share` is 0 to 1.
    pub fn at(&self, share: f64) -> Duration {
        Duration::from_nanos(self.0.value_at_quantile(share))
    }

    /// Gives the median.
    pub fn p50(&self) -> Duration {
        self.at(0.5)
    }

    /// Gives the time that one in a hundred exceeds.
    pub fn p99(&self) -> Duration {
        self.at(0.99)
    }

    /// Gives the longest.
    pub fn max(&self) -> Duration {
        Duration::from_nanos(self.0.max())
    }
}

/// Gives the median of some figures; 0 of none.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

/// Gives how many times as long one time is as another.
pub fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64().max(1e-9)
}

/// Writes a time for a person: in microseconds, milliseconds or seconds, to three digits.
pub fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    let digits = |value: f64, unit: &str| {
        if value < 10.0 {
            format!("{value:.2} {unit}")
        } else if value < 100.0 {
            format!("{value:.1} {unit}")
        } else {
            format!("{value:.0} {unit}")
        }
    };
    if micros < 1_000.0 {
        digits(micros, "us")
    } else if micros < 1_000_000.0 {
        digits(micros / 1e3, "ms")
    } else {
        digits(micros / 1e6, "s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_medians_are_those_of_the_figures() {
        let mut times = Times::new().unwrap();
        for micros in 1..=100 {
            times.add(Duration::from_micros(micros));
        }
        let close = |found: Duration, micros: f64| {
            assert!(
                (found.as_secs_f64() * 1e6 / micros - 1.0).abs() < 0.01,
                "{found:?}"
            );
        };
        close(times.p50(), 50.0);
        close(times.p99(), 99.0);
        close(times.max(), 100.0);
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(&[]), 0.0);
    }

    #[test]
    fn times_are_shown_in_the_unit_that_fits() {
        let shown = [150, 1_500, 15_000, 99_950, 2_500_000, 1_250_000_000]
            .map(|nanos| show(Duration::from_nanos(nanos)));
        let expected = [
            "0.15 us", "1.50 us", "15.0 us", "100.0 us", "2.50 ms", "1.25 s",
        ];
        assert_eq!(shown, expected);
    }
}
