//! What was used last, in bounded memory and for a bounded time: for things so large that forgetting them takes its time.
//!
//! A cache that forgets many at once lets somebody wait for all of them; here whoever puts one in takes at most one out. There are
//! few, so the one that was not used for longest is found by looking at all.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Keeps the last `capacity` things put in or asked for, each no longer than a time.
pub(crate) struct Recent<K, V> {
    capacity: usize,
    keep_for: Duration,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    kept: HashMap<K, Kept<V>>,
    /// Counts the uses.
    now: u64,
}

struct Kept<V> {
    value: V,
    used: u64,
    until: Instant,
}

impl<K: Eq + Hash + Copy, V: Clone> Recent<K, V> {
    pub(crate) fn new(capacity: usize, keep_for: Duration) -> Recent<K, V> {
        Recent {
            capacity: capacity.max(1),
            keep_for,
            state: Mutex::new(State {
                kept: HashMap::with_capacity(capacity + 1),
                now: 0,
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<K, V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds a thing, if it was used of late.
    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let mut state = self.state();
        state.now += 1;
        let now = state.now;
        let kept = state.kept.get_mut(key)?;
        if kept.until <= Instant::now() {
            let gone = state.kept.remove(key);
            drop(state);
            drop(gone);
            return None;
        }
        kept.used = now;
        Some(kept.value.clone())
    }

    /// Puts a thing in, and forgets the one that was not used for longest if there are too many.
    pub(crate) fn insert(&self, key: K, value: V) {
        let mut state = self.state();
        state.now += 1;
        let kept = Kept {
            value,
            used: state.now,
            until: Instant::now() + self.keep_for,
        };
        let mut gone = state.kept.insert(key, kept);
        if state.kept.len() > self.capacity {
            let oldest = state.kept.iter().min_by_key(|(_, kept)| kept.used);
            if let Some(oldest) = oldest.map(|(key, _)| *key) {
                gone = state.kept.remove(&oldest);
            }
        }
        // Nobody else waits for the end of what is forgotten.
        drop(state);
        drop(gone);
    }

    /// Forgets everything.
    pub(crate) fn invalidate_all(&self) {
        let gone = std::mem::take(&mut self.state().kept);
        drop(gone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_is_kept_and_no_more_than_the_capacity() {
        let recent = Recent::new(4, Duration::from_secs(600));
        for n in 0..100 {
            recent.insert(n, n * 10);
            assert_eq!(recent.get(&0), Some(0), "used all the time");
        }
        let state = recent.state();
        let mut kept: Vec<_> = state.kept.keys().copied().collect();
        kept.sort_unstable();
        assert_eq!(kept, [0, 97, 98, 99]);
    }

    #[test]
    fn the_newer_value_stands() {
        let recent = Recent::new(4, Duration::from_secs(600));
        recent.insert(1, "old");
        recent.insert(1, "new");
        assert_eq!(recent.get(&1), Some("new"));
        assert_eq!(recent.state().kept.len(), 1);
    }

    #[test]
    fn nothing_is_kept_beyond_its_time() {
        let recent = Recent::new(4, Duration::ZERO);
        recent.insert(1, 1);
        assert_eq!(recent.get(&1), None);
        assert!(recent.state().kept.is_empty());
        let recent = Recent::new(4, Duration::from_secs(600));
        recent.insert(1, 1);
        recent.invalidate_all();
        assert_eq!(recent.get(&1), None);
    }
}
