//! Readings: the plain values that a window, a terminal or a scraper is shown.
//!
//! TypeScript has no 64-bit integers, so counts are `u32` and stop at `u32::MAX`, and sizes and
//! times are `f64`. Every `f64` here is finite. That is why they are exported with
//! `#[specta(type = u32)]`, a bare `number`: on its own an `f64` becomes `number | null`, because
//! JSON writes NaN as null.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Everything measured in one process, read at one moment.
///
/// The lists are sorted by name, so that a panel's rows keep their places.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Snapshot {
    /// Commands called so far.
    pub commands: Vec<CommandFigures>,
    /// Caches asked so far.
    pub caches: Vec<CacheFigures>,
    /// What the store did and how large it is.
    pub store: StoreFigures,
    /// The process as the operating system sees it.
    pub process: ProcessFigures,
    /// Counters by name.
    pub counters: Vec<NamedCount>,
    /// Gauges by name.
    pub gauges: Vec<NamedValue>,
    /// Histograms by name.
    pub histograms: Vec<NamedDistribution>,
}

/// How values are distributed, in the unit they were recorded in; all zero if there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct Distribution {
    /// How many values.
    pub count: u32,
    /// Arithmetic mean, exact.
    #[specta(type = u32)]
    pub mean: f64,
    /// Half of the values are at most this; up to 1 % too high, like the other quantiles.
    #[specta(type = u32)]
    pub p50: f64,
    /// 95 in 100 values are at most this.
    #[specta(type = u32)]
    pub p95: f64,
    /// 99 in 100 values are at most this.
    #[specta(type = u32)]
    pub p99: f64,
    /// The largest value, exact.
    #[specta(type = u32)]
    pub max: f64,
}

/// The calls of one command; times in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct CommandFigures {
    /// Area and verb, such as `sheet.edit`.
    pub name: String,
    /// Finished calls, failed ones included.
    pub count: u32,
    /// Failed calls; never more than `count`.
    pub errors: u32,
    /// Half of the calls took at most this.
    #[specta(type = u32)]
    pub p50: f64,
    /// 95 in 100 calls took at most this.
    #[specta(type = u32)]
    pub p95: f64,
    /// 99 in 100 calls took at most this.
    #[specta(type = u32)]
    pub p99: f64,
    /// The longest call.
    #[specta(type = u32)]
    pub max: f64,
}

/// How often one cache had the answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct CacheFigures {
    /// What is cached, such as `sheets`.
    pub name: String,
    /// Questions that the cache answered.
    pub hits: u32,
    /// Questions that went past it.
    pub misses: u32,
    /// Share of questions answered, 0 to 1; 0 before the first.
    #[specta(type = u32)]
    pub hit_rate: f64,
}

/// What the store did since the process started, and how large it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct StoreFigures {
    /// Records appended to the ledger.
    pub appends: u32,
    /// Bytes of those records on the disk.
    #[specta(type = u32)]
    pub appended_bytes: f64,
    /// Time of one sync, in microseconds.
    pub sync: Distribution,
    /// Records that shared one sync.
    pub group_size: Distribution,
    /// Times the index was brought up to the ledger by reading it.
    pub replays: u32,
    /// Records read by all replays.
    pub replayed_records: u32,
    /// Time of all replays, in microseconds.
    #[specta(type = u32)]
    pub replay_us: f64,
    /// Size of the ledger in bytes.
    #[specta(type = u32)]
    pub ledger_bytes: f64,
    /// Size of the index on the disk in bytes.
    #[specta(type = u32)]
    pub index_bytes: f64,
}

/// The process as the operating system sees it; a web view's own processes are not in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct ProcessFigures {
    /// Processor time since the reading before, in percent of one core: above 100 on several.
    /// The first reading covers the time since the start.
    #[specta(type = u32)]
    pub cpu_percent: f64,
    /// Resident memory in bytes; 0 where the system does not tell.
    #[specta(type = u32)]
    pub memory_bytes: f64,
    /// Threads, the main one included; none where the system does not tell (only Linux does).
    pub threads: Option<u32>,
    /// Seconds since the figures began.
    #[specta(type = u32)]
    pub uptime_s: f64,
}

/// A counter's reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct NamedCount {
    /// The counter's name.
    pub name: String,
    /// Events counted.
    pub count: u32,
}

/// A gauge's reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct NamedValue {
    /// The gauge's name.
    pub name: String,
    /// The newest value.
    #[specta(type = u32)]
    pub value: f64,
}

/// A histogram's reading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, Type)]
pub struct NamedDistribution {
    /// The histogram's name; says the unit, such as `import_us`.
    pub name: String,
    /// The values recorded.
    pub distribution: Distribution,
}
