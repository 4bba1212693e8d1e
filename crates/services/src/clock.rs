//! The clock: where time and ids come from, so that tests and replays can bring their own.

use chrono::{DateTime, SubsecRound, Utc};
use uuid::{NoContext, Timestamp, Uuid};

/// Tells the time and makes ids.
pub trait Clock: Send + Sync {
    /// Tells the time, in UTC to the millisecond.
    fn now(&self) -> DateTime<Utc>;

    /// Makes an id that was never made before; a version 7 UUID, so that ids sort by time.
    fn new_id(&self) -> Uuid;
}

/// Reads a time as documents hold it, in milliseconds since 1970 in UTC; one that no calendar has is the beginning of 1970.
pub(crate) fn moment(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap_or_default()
}

/// The machine's own clock and randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that reads it
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(3)
    }

    #[allow(clippy::disallowed_methods)] // the one place that draws ids
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// A clock for tests: starts at a moment, goes on by a second at each look, and counts its ids.
#[derive(Debug)]
pub struct FixedClock {
    start: DateTime<Utc>,
    ticks: std::sync::atomic::AtomicU32,
    ids: std::sync::atomic::AtomicU32,
}

impl FixedClock {
    /// Starts at a moment.
    pub fn starting(start: DateTime<Utc>) -> FixedClock {
        FixedClock {
            start,
            ticks: 0.into(),
            ids: 0.into(),
        }
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        let ticks = self
            .ticks
            .fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.start + chrono::TimeDelta::seconds(i64::from(ticks))
    }

    fn new_id(&self) -> Uuid {
        let n = self.ids.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let seconds = u64::try_from(self.start.timestamp()).unwrap_or(0);
        let base = Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0));
        let time = base.as_u128() & !((1 << 80) - 1);
        Uuid::from_u128(time | (7 << 76) | (0b10 << 62) | u128::from(n))
    }
}
