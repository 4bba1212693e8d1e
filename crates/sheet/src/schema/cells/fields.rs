//! How a row of the table is written: a cell's name, what it may hold, its merge policy.

use history::Policy;

use crate::schema::{Field, Keys, MAX_LINE, MAX_NAME, Shape};

pub(super) const ABILITIES: &[&str] = &[
    "strength",
    "dexterity",
    "constitution",
    "intelligence",
    "wisdom",
    "charisma",
];
pub(super) const DICE: &[&str] = &["d4", "d6", "d8", "d10", "d12", "d20"];
pub(super) const SLOT_LEVELS: &[&str] = &["1", "2", "3", "4", "5", "6", "7", "8", "9"];
pub(super) const COINS_MAX: i64 = 1_000_000_000;
pub(super) const QUANTITY_MAX: i64 = 1_000_000;
pub(super) const POUNDS_MAX: f64 = 100_000.0;

pub(super) const fn field(name: &'static str, shape: Shape) -> Field {
    let policy = match shape {
        Shape::Prose => Policy::Prose,
        Shape::Keyed(&Shape::Record(_)) => Policy::Keyed,
        Shape::Set(_) => Policy::Set,
        _ => Policy::Atomic,
    };
    Field {
        name,
        shape,
        policy,
    }
}

/// A value that a person chose: two different ones are never settled by themselves.
pub(super) const fn choice(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        policy: Policy::Choice,
    }
}

/// A tally: two changes add up.
pub(super) const fn counter(name: &'static str, min: i64, max: i64) -> Field {
    let policy = Policy::Counter {
        min: Some(min),
        max: Some(max),
    };
    Field {
        name,
        shape: Shape::Integer(min, max),
        policy,
    }
}

/// A number of which the larger stands.
pub(super) const fn maximum(name: &'static str, min: i64, max: i64) -> Field {
    Field {
        name,
        shape: Shape::Integer(min, max),
        policy: Policy::Maximum,
    }
}

pub(super) const fn name(name: &'static str) -> Field {
    field(name, Shape::Line(MAX_NAME))
}

pub(super) const fn line(name: &'static str) -> Field {
    field(name, Shape::Line(MAX_LINE))
}

pub(super) const fn prose(name: &'static str) -> Field {
    field(name, Shape::Prose)
}

pub(super) const fn flag(name: &'static str) -> Field {
    field(name, Shape::Flag)
}

pub(super) const fn integer(name: &'static str, min: i64, max: i64) -> Field {
    field(name, Shape::Integer(min, max))
}

pub(super) const fn one_of(name: &'static str, names: &'static [&'static str]) -> Field {
    field(name, Shape::OneOf(names))
}

pub(super) const fn optional(name: &'static str, shape: &'static Shape) -> Field {
    field(name, Shape::Optional(shape))
}

pub(super) const RANK: Field = Field {
    name: "rank",
    shape: Shape::Line(200),
    policy: Policy::Order,
};
pub(super) const CONTAINER: Field = Field {
    name: "container",
    shape: Shape::Optional(&Shape::Reference),
    policy: Policy::Parent,
};
pub(super) const ABILITY: Shape = Shape::OneOf(ABILITIES);
pub(super) const NAMES: Shape = Shape::Set(Keys::Name);
pub(super) const FEET: Shape = Shape::Integer(0, 10_000);
pub(super) const SPEED: Shape = Shape::Integer(0, 1_000);
pub(super) const POUNDS: Shape = Shape::Number(0.0, POUNDS_MAX);
pub(super) const SCORE: Shape = Shape::Integer(1, 30);
