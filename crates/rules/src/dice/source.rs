//! Where the numbers on the dice come from.

/// Rolls single dice; whoever rolls passes one in.
pub trait DiceSource {
    /// Rolls a die and gives its face, 1 to `sides`, each as likely as any other.
    fn roll(&mut self, sides: u32) -> u32;
}

/// Dice that fall the same way each time they begin with the same seed: for tests, and for a session whose host seeds
/// them from the system's entropy.
///
/// The generator is wyrand, without modulo bias; good for games, and not for secrets.
#[derive(Debug, Clone)]
pub struct SeededDice {
    generator: fastrand::Rng,
}

impl SeededDice {
    /// Begins with a seed.
    pub fn new(seed: u64) -> SeededDice {
        SeededDice {
            generator: fastrand::Rng::with_seed(seed),
        }
    }
}

impl DiceSource for SeededDice {
    fn roll(&mut self, sides: u32) -> u32 {
        // A range of no faces would panic.
        self.generator.u32(1..=sides.max(1))
    }
}
