//! Dice that fall as a test wants them.

use std::collections::BTreeMap;

use rules::dice::{DiceSource, Expression};

/// Dice that fall as written; asked for more, they fail the test.
pub(crate) struct Scripted(pub(crate) Vec<u32>);

impl DiceSource for Scripted {
    fn roll(&mut self, sides: u32) -> u32 {
        assert!(
            !self.0.is_empty(),
            "more dice were rolled than the test wrote down"
        );
        let face = self.0.remove(0);
        assert!(
            (1..=sides).contains(&face),
            "{face} is no face of a d{sides}"
        );
        face
    }
}

/// A source that always gives the same number, lawful or not.
pub(crate) struct Stuck(pub(crate) u32);

impl DiceSource for Stuck {
    fn roll(&mut self, _sides: u32) -> u32 {
        self.0
    }
}

/// Goes through everything that dice can show, one run after another.
#[derive(Default)]
pub(crate) struct Odometer {
    wheels: Vec<(u32, u32)>,
    at: usize,
}

impl DiceSource for Odometer {
    fn roll(&mut self, sides: u32) -> u32 {
        if self.at == self.wheels.len() {
            self.wheels.push((1, sides));
        }
        self.at += 1;
        self.wheels[self.at - 1].0
    }
}

impl Odometer {
    /// Gives the likelihood of each total.
    pub(crate) fn totals(expression: &Expression) -> Vec<(i32, f64)> {
        let mut odometer = Odometer::default();
        let mut all = BTreeMap::<i32, f64>::new();
        loop {
            let roll = expression.roll(&mut odometer);
            let likely: f64 = odometer
                .wheels
                .iter()
                .map(|(_, sides)| 1.0 / f64::from(*sides))
                .product();
            *all.entry(roll.total).or_default() += likely;
            while odometer
                .wheels
                .pop_if(|(face, sides)| face == sides)
                .is_some()
            {}
            match odometer.wheels.last_mut() {
                Some((face, _)) => *face += 1,
                None => return all.into_iter().collect(),
            }
            odometer.at = 0;
        }
    }
}
