//! What was used last, in bounded memory: two generations of a table, of which the older is forgotten as a whole.
//!
//! It stands in the way of every write, where a cache that keeps exact account of what was used when costs more than what
//! it spares.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps at least the last `capacity / 2` things put in or asked for, and at most `capacity`.
pub(crate) struct Recent<K, V> {
    capacity: usize,
    generations: Mutex<Generations<K, V>>,
}

struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Eq + Hash + Copy, V: Copy> Recent<K, V> {
    pub(crate) fn new(capacity: usize) -> Recent<K, V> {
        Recent {
            capacity,
            generations: Mutex::new(Generations {
                young: HashMap::new(),
                old: HashMap::new(),
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Generations<K, V>> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn get(&self, key: &K) -> Option<V> {
        let mut generations = self.lock();
        if let Some(value) = generations.young.get(key) {
            return Some(*value);
        }
        let value = generations.old.remove(key)?;
        generations.put(self.capacity, *key, value);
        Some(value)
    }

    pub(crate) fn contains(&self, key: &K) -> bool {
        let generations = self.lock();
        generations.young.contains_key(key) || generations.old.contains_key(key)
    }

    pub(crate) fn insert(&self, key: K, value: V) {
        let mut generations = self.lock();
        // The old one must not come back when the new one has been forgotten.
        generations.old.remove(&key);
        generations.put(self.capacity, key, value);
    }
}

impl<K: Eq + Hash, V> Generations<K, V> {
    fn put(&mut self, capacity: usize, key: K, value: V) {
        if self.young.len() >= (capacity / 2).max(1) {
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_last_is_kept_and_no_more_than_the_capacity() {
        let recent = Recent::new(8);
        for n in 0..100 {
            recent.insert(n, n * 10);
            assert_eq!(recent.get(&0), Some(0), "used all the time");
        }
        let kept = (0..100).filter(|n| recent.contains(n)).count();
        assert!((4..=8).contains(&kept), "{kept}");
        assert_eq!(recent.get(&99), Some(990));
        assert_eq!(recent.get(&5), None);
        recent.insert(99, 1);
        for n in 200..203 {
            recent.insert(n, n);
        }
        assert_eq!(recent.get(&99), Some(1), "the newer value");
    }
}
