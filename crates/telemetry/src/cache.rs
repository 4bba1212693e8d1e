//! Hits and misses of one cache.

use crate::figures::CacheFigures;
use crate::scalar::{Counter, narrow};

/// Counts how often a cache had the answer.
#[derive(Debug, Default)]
pub struct Cache {
    hits: Counter,
    misses: Counter,
}

impl Cache {
    /// Counts a question that the cache answered.
    pub fn hit(&self) {
        self.hits.increment();
    }

    /// Counts a question that the cache could not answer.
    pub fn miss(&self) {
        self.misses.increment();
    }

    /// Reads the figures so far, under the given name.
    pub fn read(&self, name: &str) -> CacheFigures {
        let (hits, misses) = (self.hits.get(), self.misses.get());
        let asked = hits.saturating_add(misses);
        let hit_rate = if asked == 0 {
            0.0
        } else {
            hits as f64 / asked as f64
        };
        CacheFigures {
            name: name.to_owned(),
            hits: narrow(hits),
            misses: narrow(misses),
            hit_rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hit_rate_is_a_share_and_zero_before_the_first_question() {
        let cache = Cache::default();
        assert_eq!(cache.read("sheets").hit_rate, 0.0);
        (0..3).for_each(|_| cache.hit());
        cache.miss();
        let read = cache.read("sheets");
        assert_eq!((read.hits, read.misses, read.hit_rate), (3, 1, 0.75));
    }
}
