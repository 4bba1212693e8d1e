//! The command that rolls dice; it needs no library.

use rules::dice::{DiceError, Expression, Mode, SeededDice};
use services::{Code, Failure};

use crate::args::Roll;
use crate::console::{Console, Trouble};
use crate::environment;
use crate::print;

/// Rolls what was asked for.
pub(crate) fn roll(console: &mut Console, wanted: &Roll) -> Result<(), Trouble> {
    let notation = wanted.notation.join(" ");
    let mut expression = Expression::parse(&notation).map_err(|error| refusal(&error))?;
    for (asked, mode) in [
        (wanted.advantage, Mode::Advantage),
        (wanted.disadvantage, Mode::Disadvantage),
    ] {
        if asked {
            expression = expression
                .with_mode(mode)
                .map_err(|error| refusal(&error))?;
        }
    }
    if wanted.critical {
        expression = expression.critical().map_err(|error| refusal(&error))?;
    }
    let seed = match wanted.seed {
        Some(seed) => seed,
        None => environment::seed()?,
    };
    let roll = expression.roll(&mut SeededDice::new(seed));
    console.say(&roll, |paper| print::roll::roll(paper, &roll))
}

fn refusal(error: &DiceError) -> Failure {
    Failure::new(Code::Invalid, error.to_string(), error.hint())
}
