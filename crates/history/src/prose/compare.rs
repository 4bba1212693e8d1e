//! Comparing two rows of tokens: the shortest way from one to the other, as far as it may be searched for.
//!
//! Eugene Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), forward and greedy. Its cost grows with the square of the
//! difference, so it has a budget of steps: two rows that differ more than it reaches are told to be different as wholes. The budget
//! counts steps and not time, so that two machines given the same texts agree.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

/// How many steps of the search one comparison may take, all its parts together; about a third of a millisecond.
pub(super) const STEPS: usize = 128_000;

/// A run of tokens that stands in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) len: usize,
}

/// What is left of the steps.
pub(super) struct Budget(usize);

impl Budget {
    pub(super) fn new() -> Budget {
        Budget(STEPS)
    }

    fn take(&mut self, steps: usize) -> bool {
        let enough = self.0 >= steps;
        self.0 = self.0.saturating_sub(steps);
        enough
    }
}

/// Finds the runs that stand in both, in order; beginning and end are always compared, what is between as far as the budget reaches.
pub(super) fn runs<T: Eq + Hash>(old: &[T], new: &[T], budget: &mut Budget) -> Vec<Run> {
    let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[start..], &new[start..]);
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let mut runs = Runs(Vec::new());
    runs.push(0, 0, start);
    if !a.is_empty() && !b.is_empty() {
        let mut names = Names::default();
        let [a, b] = [a, b].map(|tokens| {
            tokens
                .iter()
                .map(|token| names.of(token))
                .collect::<Vec<_>>()
        });
        for run in search(&a, &b, budget).unwrap_or_default() {
            runs.push(start + run.old, start + run.new, run.len);
        }
    }
    runs.push(old.len() - end, new.len() - end, end);
    runs.0
}

struct Runs(Vec<Run>);

impl Runs {
    fn push(&mut self, old: usize, new: usize, len: usize) {
        match self.0.last_mut() {
            _ if len == 0 => {}
            Some(last) if last.old + last.len == old && last.new + last.len == new => {
                last.len += len
            }
            _ => self.0.push(Run { old, new, len }),
        }
    }
}

/// Gives each different token a number, so that the search compares numbers.
struct Names<'a, T>(HashMap<&'a T, u32, BuildHasherDefault<Mix>>);

impl<T> Default for Names<'_, T> {
    fn default() -> Self {
        Names(HashMap::default())
    }
}

impl<'a, T: Eq + Hash> Names<'a, T> {
    fn of(&mut self, token: &'a T) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(token).or_insert(next)
    }
}

/// Hashes short texts fast. Somebody who makes texts collide on purpose slows down only the comparison of their own.
#[derive(Default)]
struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            let mut whole = [0; 8];
            whole.copy_from_slice(word);
            self.add(u64::from_le_bytes(whole));
        }
        let rest = words.remainder().iter();
        self.add(rest.fold(0, |sum, byte| sum << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn finish(&self) -> u64 {
        // The map looks at the topmost bits and at the lowest.
        self.0 ^ (self.0 >> 32)
    }
}

/// Searches for the shortest way; nothing where the budget does not reach.
///
/// `reach[k]` is how far into `old` the best path gets on diagonal `k` = old - new after `d` steps; each step's are kept to walk back.
fn search(old: &[u32], new: &[u32], budget: &mut Budget) -> Option<Vec<Run>> {
    let (n, m) = (old.len(), new.len());
    let most = n + m;
    let width = isqrt(STEPS) + 2;
    let middle = width;
    let mut reach = vec![0u32; 2 * width + 1];
    let mut kept: Vec<u32> = Vec::new();
    for d in 0..=most.min(width - 1) {
        if !budget.take(d + 1) {
            return None;
        }
        // Of this step every second diagonal from -d to d; what stands between is of the step before.
        let row = &mut reach[middle - d..=middle + d];
        let mut i = 0;
        while i < row.len() {
            // Down where the diagonal above got further, else to the right.
            let x = match (i.checked_sub(1).map(|i| row[i]), row.get(i + 1)) {
                (None, None) => 0,
                (Some(left), Some(above)) if left >= *above => left + 1,
                (_, Some(above)) => *above,
                (Some(left), None) => left + 1,
            };
            let x = x as usize;
            let y = x + d - i;
            let same = match (old.get(x..), new.get(y..)) {
                (Some(old), Some(new)) => old.iter().zip(new).take_while(|(a, b)| a == b).count(),
                _ => 0,
            };
            let x = x + same;
            row[i] = x as u32;
            if x >= n && y + same >= m {
                return Some(walk_back(old, new, d, middle, &kept));
            }
            i += 2;
        }
        // Only the diagonals of this step: every second from -d to d.
        kept.extend(row.iter().step_by(2));
    }
    None
}

/// Goes from the end back to the beginning; `kept` holds the reaches of each step one after the other, 1 of step 0, 2 of step 1…
fn walk_back(old: &[u32], new: &[u32], steps: usize, middle: usize, kept: &[u32]) -> Vec<Run> {
    let of = |d: usize, k: usize| kept[d * (d + 1) / 2 + (k + d - middle) / 2] as usize;
    let (mut x, mut y) = (old.len(), new.len());
    let mut runs = Vec::new();
    for d in (1..=steps).rev() {
        let k = x + middle - y;
        let before = d - 1;
        let has = |k: usize| k + before >= middle && k <= middle + before;
        let down = k == middle - d
            || (k != middle + d
                && has(k - 1)
                && has(k + 1)
                && of(before, k - 1) < of(before, k + 1));
        let from = if down { k + 1 } else { k - 1 };
        let px = of(before, from);
        let py = px + middle - from;
        let start = if down { px } else { px + 1 };
        if x > start {
            let len = x - start;
            runs.push(Run {
                old: start,
                new: y - len,
                len,
            });
        }
        (x, y) = (px, py);
    }
    if x > 0 {
        runs.push(Run {
            old: 0,
            new: 0,
            len: x,
        });
    }
    runs.reverse();
    runs
}

/// The side of a square of so many steps, times the root of two: how far `d` gets when each costs `d + 1`.
const fn isqrt(steps: usize) -> usize {
    let mut side = 1;
    while (side + 1) * (side + 2) / 2 <= steps {
        side += 1;
    }
    side
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lcs(a: &[u8], b: &[u8]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for x in a {
            let mut diagonal = 0;
            for (j, y) in b.iter().enumerate() {
                let up = row[j + 1];
                row[j + 1] = if x == y { diagonal + 1 } else { up.max(row[j]) };
                diagonal = up;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn runs_are_in_order_stand_in_both_and_are_as_long_as_can_be(
            a in prop::collection::vec(0u8..4, 0..40),
            b in prop::collection::vec(0u8..4, 0..40),
        ) {
            let runs = runs(&a, &b, &mut Budget::new());
            let (mut x, mut y, mut total) = (0, 0, 0);
            for run in runs {
                prop_assert!(run.len > 0 && run.old >= x && run.new >= y);
                prop_assert_eq!(&a[run.old..run.old + run.len], &b[run.new..run.new + run.len]);
                (x, y) = (run.old + run.len, run.new + run.len);
                total += run.len;
            }
            prop_assert_eq!(total, lcs(&a, &b));
        }
    }

    #[test]
    fn what_differs_too_much_is_left_but_for_its_ends() {
        let row = |from: u32| (from..from + 5_000).collect::<Vec<_>>();
        let (mut a, mut b) = (row(0), row(10_000));
        assert_eq!(runs(&a, &b, &mut Budget::new()), []);
        a.insert(0, 77_777);
        b.insert(0, 77_777);
        a.push(88_888);
        b.push(88_888);
        let ends = [(0, 1), (5_001, 1)].map(|(at, len)| Run {
            old: at,
            new: at,
            len,
        });
        assert_eq!(runs(&a, &b, &mut Budget::new()), ends);
        // As many differences as the steps allow are found.
        let mut c = row(0);
        for at in 0..250 {
            c[at * 20 + 7] += 50_000;
        }
        let found: usize = runs(&row(0), &c, &mut Budget::new())
            .iter()
            .map(|run| run.len)
            .sum();
        assert_eq!(found, 4_750);
    }
}
