//! Figures of the store, fed by whoever writes it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::figures::StoreFigures;
use crate::histogram::{Histogram, microseconds};
use crate::scalar::{Counter, narrow};

/// Records what the store does: appends, syncs, groups and replays, and how large its files are.
#[derive(Default)]
pub struct Store {
    appends: Counter,
    appended_bytes: Counter,
    sync: Histogram,
    group_size: Histogram,
    replays: Counter,
    replayed_records: Counter,
    replay_us: Counter,
    ledger_bytes: AtomicU64,
    index_bytes: AtomicU64,
}

impl Store {
    /// Counts one record appended to the ledger, `bytes` long on the disk.
    pub fn appended(&self, bytes: u64) {
        self.appends.increment();
        self.appended_bytes.add(bytes);
    }

    /// Records one sync of the ledger: how long it took and how many records shared it.
    pub fn synced(&self, duration: Duration, group_size: u64) {
        self.sync.record_duration(duration);
        self.group_size.record(group_size);
    }

    /// Records one replay of the ledger into the index: how many records it read and how long it
    /// took.
    pub fn replayed(&self, records: u64, duration: Duration) {
        self.replays.increment();
        self.replayed_records.add(records);
        self.replay_us.add(microseconds(duration));
    }

    /// Sets the size of the ledger in bytes.
    pub fn set_ledger_bytes(&self, bytes: u64) {
        self.ledger_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Sets the size of the index on the disk in bytes.
    pub fn set_index_bytes(&self, bytes: u64) {
        self.index_bytes.store(bytes, Ordering::Relaxed);
    }

    /// Reads the figures so far.
    pub fn read(&self) -> StoreFigures {
        StoreFigures {
            appends: narrow(self.appends.get()),
            appended_bytes: self.appended_bytes.get() as f64,
            sync: self.sync.read(),
            group_size: self.group_size.read(),
            replays: narrow(self.replays.get()),
            replayed_records: narrow(self.replayed_records.get()),
            replay_us: self.replay_us.get() as f64,
            ledger_bytes: self.ledger_bytes.load(Ordering::Relaxed) as f64,
            index_bytes: self.index_bytes.load(Ordering::Relaxed) as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_store_tells_is_what_is_read() {
        let store = Store::default();
        store.appended(700);
        store.appended(300);
        store.synced(Duration::from_micros(150), 2);
        store.replayed(40, Duration::from_millis(3));
        store.replayed(2, Duration::from_millis(1));
        store.set_ledger_bytes(8 << 20);
        store.set_ledger_bytes(16 << 20);
        store.set_index_bytes(5_000_000_000);

        let read = store.read();
        assert_eq!((read.appends, read.appended_bytes), (2, 1_000.0));
        assert_eq!((read.sync.count, read.sync.max), (1, 150.0));
        assert_eq!((read.group_size.count, read.group_size.max), (1, 2.0));
        assert_eq!(
            (read.replays, read.replayed_records, read.replay_us),
            (2, 42, 4_000.0)
        );
        assert_eq!(
            read.ledger_bytes,
            f64::from(16 << 20),
            "the newest size stands"
        );
        assert_eq!(read.index_bytes, 5_000_000_000.0, "sizes go beyond 32 bits");
    }
}
