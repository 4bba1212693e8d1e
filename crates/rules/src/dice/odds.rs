//! What an expression can come to: the least, the most and the mean, reckoned and not sampled.
//!
//! The mean of a sum is the sum of the means, so distributions are needed in two places only: of a single die that is rolled
//! again, raised or doubled by advantage, and of what is left over where a value is halved. There the parity of the value
//! decides, and below further halves its rest by four or eight; so a distribution of rests is always small.

use super::expression::{Dice, Expression, Factor, Mode, Scale, Term};
use super::{MAX_NUMBER, MAX_TOTAL};

/// Just beyond what can be multiplied once more without leaving the whole numbers' range.
const BEYOND: i64 = MAX_TOTAL as i64 * MAX_NUMBER as i64;

impl Expression {
    /// Gives the least it can come to.
    pub fn minimum(&self) -> i32 {
        whole(self.range().0)
    }

    /// Gives the most it can come to.
    pub fn maximum(&self) -> i32 {
        whole(self.range().1)
    }

    /// Gives the mean of all that it can come to, exact but for the last digits of an `f64`.
    pub fn average(&self) -> f64 {
        self.terms.iter().map(Term::mean).sum()
    }

    /// Gives the least and the most.
    fn range(&self) -> (i64, i64) {
        self.terms
            .iter()
            .fold((0, 0), |sum, term| term.added_to(sum))
    }

    fn rests(&self, modulus: usize) -> Vec<f64> {
        let nought = certain(0, modulus);
        self.terms.iter().fold(nought, |sum, term| {
            let mut rests = term.rests(&term.scales, modulus);
            if term.negative {
                rests[1..].reverse();
            }
            added(&sum, &rests)
        })
    }
}

impl Term {
    /// Gives the least and the most, its sign left aside.
    pub(super) fn range(&self) -> (i64, i64) {
        let range = match &self.factor {
            Factor::Number(number) => (i64::from(*number), i64::from(*number)),
            Factor::Dice(dice) => dice.range(),
            Factor::Group(group) => group.range(),
        };
        self.scales
            .iter()
            .fold(range, |(low, high), scale| (scale.of(low), scale.of(high)))
    }

    /// Adds what it can come to, with its sign, to what others can come to.
    pub(super) fn added_to(&self, (low, high): (i64, i64)) -> (i64, i64) {
        let (least, most) = match self.range() {
            (least, most) if self.negative => (-most, -least),
            range => range,
        };
        (low.saturating_add(least), high.saturating_add(most))
    }

    fn mean(&self) -> f64 {
        let mut mean = match &self.factor {
            Factor::Number(number) => f64::from(*number),
            Factor::Dice(dice) => dice.mean(),
            Factor::Group(group) => group.average(),
        };
        for (n, scale) in self.scales.iter().enumerate() {
            mean = match scale {
                Scale::Times(by) => mean * f64::from(*by),
                // Half of an odd value loses a half.
                Scale::Half => (mean - self.rests(&self.scales[..n], 2)[1]) / 2.0,
            };
        }
        if self.negative { -mean } else { mean }
    }

    /// Gives how likely each rest is when the value after some of the scales is divided by `modulus`.
    fn rests(&self, scales: &[Scale], modulus: usize) -> Vec<f64> {
        let Some((last, before)) = scales.split_last() else {
            return match &self.factor {
                Factor::Number(number) => certain(*number as usize, modulus),
                Factor::Dice(dice) => dice.rests(modulus),
                Factor::Group(group) => group.rests(modulus),
            };
        };
        let mut rests = vec![0.0; modulus];
        match last {
            Scale::Times(by) => {
                for (rest, chance) in self.rests(before, modulus).into_iter().enumerate() {
                    rests[rest * (*by as usize % modulus) % modulus] += chance;
                }
            }
            Scale::Half => {
                for (rest, chance) in self.rests(before, 2 * modulus).into_iter().enumerate() {
                    rests[rest / 2] += chance;
                }
            }
        }
        rests
    }
}

impl Scale {
    /// Does it to a value.
    pub(super) fn of(self, value: i64) -> i64 {
        match self {
            Scale::Times(by) => value.saturating_mul(i64::from(by)).clamp(-BEYOND, BEYOND),
            Scale::Half => value.div_euclid(2),
        }
    }
}

impl Dice {
    fn range(&self) -> (i64, i64) {
        let kept = i64::from(self.kept().0);
        if self.reroll.is_none_or(|reroll| reroll.once) {
            // A die that is rolled again once can show any face still.
            let least = i64::from(self.least.unwrap_or(1));
            return (kept * least, kept * i64::from(self.sides));
        }
        let chances = self.chances();
        let face = |at: Option<usize>| at.map_or(0, |at| at as i64 + 1);
        let least = face(chances.iter().position(|chance| *chance > 0.0));
        let most = face(chances.iter().rposition(|chance| *chance > 0.0));
        (kept * least, kept * most)
    }

    fn mean(&self) -> f64 {
        if self.reroll.is_none()
            && self.least.is_none()
            && self.keep.is_none()
            && !self.mode.is_double()
        {
            return f64::from(self.count) * f64::from(self.sides + 1) / 2.0;
        }
        let chances = self.chances();
        let one = mean(&chances);
        if self.keep.is_none() {
            return f64::from(self.count) * one;
        }
        let (kept, highest) = self.kept();
        if highest {
            return highest_mean(&chances, self.count, kept);
        }
        f64::from(self.count) * one - highest_mean(&chances, self.count, self.count - kept)
    }

    /// Gives how likely each value is of one die, or of the one that is kept with advantage or disadvantage.
    fn chances(&self) -> Vec<f64> {
        let sides = self.sides as usize;
        let fresh = vec![1.0 / f64::from(self.sides); sides];
        let mut chances = match self.reroll {
            None => self.mode.chosen(&fresh, &fresh),
            Some(reroll) => {
                let again: Vec<bool> = (1..=self.sides)
                    .map(|face| reroll.faces.hold(face))
                    .collect();
                let often = share(&again, true);
                let stays = among(&again, false);
                let second = if reroll.once { &fresh } else { &stays };
                if self.mode.is_double() {
                    // One die only is rolled again: of two that may, the lower.
                    let may = among(&again, true);
                    let higher = Mode::Advantage.chosen(&may, &may);
                    let both = self.mode.chosen(&higher, second);
                    let one = self.mode.chosen(&stays, second);
                    let none = self.mode.chosen(&stays, &stays);
                    mixed(&[
                        (often * often, &both),
                        (2.0 * often * (1.0 - often), &one),
                        ((1.0 - often) * (1.0 - often), &none),
                    ])
                } else {
                    mixed(&[(1.0 - often, &stays), (often, second)])
                }
            }
        };
        if let Some(least) = self.least {
            let least = (least as usize).clamp(1, sides) - 1;
            let below: f64 = chances[..least].iter().sum();
            chances[..least].fill(0.0);
            chances[least] += below;
        }
        chances
    }

    fn rests(&self, modulus: usize) -> Vec<f64> {
        let chances = self.chances();
        if self.keep.is_some() {
            let (kept, highest) = self.kept();
            return kept_rests(
                &chances,
                self.count as usize,
                kept as usize,
                highest,
                modulus,
            );
        }
        let mut one = vec![0.0; modulus];
        for (at, chance) in chances.iter().enumerate() {
            one[(at + 1) % modulus] += chance;
        }
        (0..self.count).fold(certain(0, modulus), |sum, _| added(&sum, &one))
    }
}

impl Mode {
    /// Gives how likely each value is to be the one that counts of two dice; of the first alone where only one is rolled.
    fn chosen(self, first: &[f64], second: &[f64]) -> Vec<f64> {
        let pick = |first: &mut dyn Iterator<Item = f64>, second: &mut dyn Iterator<Item = f64>| {
            let (mut a_before, mut b_before) = (0.0, 0.0);
            let mut chances = Vec::new();
            for (a, b) in first.zip(second) {
                // Both have come so far, and one of them stands here.
                chances.push(a * (b_before + b) + a_before * b);
                a_before += a;
                b_before += b;
            }
            chances
        };
        let (a, b) = (first.iter().copied(), second.iter().copied());
        match self {
            Mode::Normal | Mode::Cancelled => first.to_vec(),
            Mode::Advantage => pick(&mut a.into_iter(), &mut b.into_iter()),
            Mode::Disadvantage => {
                let mut chances = pick(&mut a.rev(), &mut b.rev());
                chances.reverse();
                chances
            }
        }
    }
}

/// Gives the mean of the sum of the `kept` highest of `count` dice.
fn highest_mean(chances: &[f64], count: u32, kept: u32) -> f64 {
    // The sum is, over all values, the number of kept dice that reach the value.
    let mut reach = 0.0;
    let mut sum = 0.0;
    for chance in chances.iter().rev() {
        reach += chance;
        for (dice, likely) in binomial(count as usize, reach).into_iter().enumerate() {
            sum += likely * dice.min(kept as usize) as f64;
        }
    }
    sum
}

/// Gives how likely each rest of the sum of the kept dice is.
fn kept_rests(
    chances: &[f64],
    count: usize,
    kept: usize,
    highest: bool,
    modulus: usize,
) -> Vec<f64> {
    // From the best value down: how many dice are kept so far, and with which rest.
    let mut open = vec![vec![0.0; modulus]; kept];
    let mut done = vec![0.0; modulus];
    match open.first_mut() {
        Some(first) => first[0] = 1.0,
        None => return certain(0, modulus),
    }
    let mut order: Vec<(usize, f64)> = chances.iter().copied().enumerate().collect();
    if highest {
        order.reverse();
    }
    let mut left = 1.0;
    for (at, chance) in order {
        if chance <= 0.0 {
            continue;
        }
        // How likely a die that has not come yet stands at this value.
        let here = (chance / left).min(1.0);
        left -= chance;
        let mut next = vec![vec![0.0; modulus]; kept];
        for (have, rests) in open.iter().enumerate() {
            if rests.iter().all(|likely| *likely == 0.0) {
                continue;
            }
            for (dice, likely) in binomial(count - have, here).into_iter().enumerate() {
                let taken = dice.min(kept - have);
                let into = next.get_mut(have + taken).unwrap_or(&mut done);
                for (rest, before) in rests.iter().enumerate() {
                    into[(rest + taken * (at + 1)) % modulus] += before * likely;
                }
            }
        }
        open = next;
    }
    // What rounding left open belongs to what is done.
    let all: f64 = done.iter().sum();
    done.iter().map(|chance| chance / all).collect()
}

/// Gives how likely each number of `count` tries succeeds.
fn binomial(count: usize, chance: f64) -> Vec<f64> {
    if chance > 0.5 {
        // From the likelier end, where the first number is never too small for an `f64`.
        let mut likely = binomial(count, (1.0 - chance).max(0.0));
        likely.reverse();
        return likely;
    }
    let fails = 1.0 - chance;
    let mut next = (0..count).fold(1.0, |all, _| all * fails);
    let mut likely = vec![next];
    for have in 0..count {
        next *= (count - have) as f64 / (have + 1) as f64 * chance / fails;
        likely.push(next);
    }
    likely
}

fn mean(chances: &[f64]) -> f64 {
    chances
        .iter()
        .enumerate()
        .map(|(at, chance)| (at + 1) as f64 * chance)
        .sum()
}

fn share(faces: &[bool], wanted: bool) -> f64 {
    faces.iter().filter(|face| **face == wanted).count() as f64 / faces.len() as f64
}

/// Gives equal chances to the faces that are so.
fn among(faces: &[bool], wanted: bool) -> Vec<f64> {
    let many = faces.iter().filter(|face| **face == wanted).count().max(1);
    let chance = |face: &bool| {
        if *face == wanted {
            1.0 / many as f64
        } else {
            0.0
        }
    };
    faces.iter().map(chance).collect()
}

fn mixed(parts: &[(f64, &[f64])]) -> Vec<f64> {
    let long = parts.first().map_or(0, |(_, chances)| chances.len());
    (0..long)
        .map(|at| {
            parts
                .iter()
                .map(|(weight, chances)| weight * chances[at])
                .sum()
        })
        .collect()
}

fn certain(value: usize, modulus: usize) -> Vec<f64> {
    let mut rests = vec![0.0; modulus];
    rests[value % modulus] = 1.0;
    rests
}

fn added(one: &[f64], other: &[f64]) -> Vec<f64> {
    let modulus = one.len();
    let mut sum = vec![0.0; modulus];
    for (a, first) in one.iter().enumerate() {
        for (b, second) in other.iter().enumerate() {
            sum[(a + b) % modulus] += first * second;
        }
    }
    sum
}

/// Makes a total of a value that the notation's bounds hold within it.
pub(super) fn whole(value: i64) -> i32 {
    i32::try_from(value.clamp(-i64::from(MAX_TOTAL), i64::from(MAX_TOTAL))).unwrap_or(MAX_TOTAL)
}
