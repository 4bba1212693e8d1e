//! Chance that a seed repeats, for tests that try many things.

/// A generator of numbers after Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64, 2014).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Begins a row of numbers.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// Gives a number from 0 up to, but not, a bound, which must not be 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bound = u64::try_from(bound).expect("a bound of 64 bits");
        usize::try_from((z ^ (z >> 31)) % bound).expect("less than a usize")
    }

    /// Picks one of some things, of which there must be one.
    pub fn of<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }
}
