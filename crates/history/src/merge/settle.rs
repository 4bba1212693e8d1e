//! One value that both sides changed: what its policy makes of the two.

use std::cmp::Ordering;

use serde_json::Value;

use super::tally::Twice;
use super::view::{View, same};
use super::walk::Three;
use super::{Conflict, Outcome, Side};
use crate::canonical::to_canonical_json;
use crate::{Policy, merge_prose};

/// How a value came out.
pub(super) struct Settled {
    pub(super) outcome: Outcome,
    /// What the cell shall hold; nothing where ours stands.
    pub(super) value: Option<Option<Value>>,
}

impl Settled {
    fn ours(outcome: Outcome) -> Settled {
        Settled {
            outcome,
            value: None,
        }
    }

    fn theirs(outcome: Outcome, three: Three<'_>) -> Settled {
        Settled {
            outcome,
            value: Some(three.theirs.map(View::to_value)),
        }
    }

    fn value(outcome: Outcome, value: Value) -> Settled {
        Settled {
            outcome,
            value: Some(Some(value)),
        }
    }
}

/// Settles a value that both sides changed, each in its way or in the same.
pub(super) fn settle(
    policy: Policy,
    three: Three<'_>,
    fresh: bool,
    twice: Option<Twice>,
    last: Side,
) -> Settled {
    // Before the question whether both are the same: two heals of five are ten.
    if let Policy::Counter { min, max } = policy
        && !fresh
        && let Some(settled) = counter(three, min, max, twice)
    {
        return settled;
    }
    if same(three.ours, three.theirs) {
        return Settled::ours(Outcome::Same);
    }
    let settled = match policy {
        Policy::Maximum => maximum(three),
        Policy::Order => Some(order(three)),
        Policy::Parent => Some(parent(three, last)),
        Policy::Prose => prose(three),
        Policy::Set => set(three),
        _ => None,
    };
    settled.unwrap_or_else(|| Settled::ours(Outcome::Conflict(three.conflict())))
}

/// Adds the deltas of both sides, then clamps; nothing where one of the three is no whole number.
fn counter(
    three: Three<'_>,
    min: Option<i64>,
    max: Option<i64>,
    twice: Option<Twice>,
) -> Option<Settled> {
    let number = |side: Option<View<'_>>| side.map_or(Some(0), View::integer);
    let (b, o, t) = (
        number(three.base)?,
        number(three.ours)?,
        number(three.theirs)?,
    );
    if three.ours.is_none() && three.theirs.is_none() {
        return None;
    }
    let sum = o.saturating_add(t.saturating_sub(b));
    let clamp = |sum: i64| {
        sum.max(min.unwrap_or(i64::MIN))
            .min(max.unwrap_or(i64::MAX))
    };
    let Twice {
        as_ours: once,
        as_theirs,
    } = twice.unwrap_or_default();
    if once != as_theirs {
        // The same event brought something else on each side: which of the two is a question about the tally as well.
        let (ours, theirs) = (sum.saturating_sub(once), sum.saturating_sub(as_theirs));
        let [ours, theirs] = [ours, theirs].map(|sum| Some(Value::from(clamp(sum))));
        let base = three.base.map(View::to_value);
        return Some(Settled {
            outcome: Outcome::Conflict(Conflict::of_two(base, ours.clone(), theirs)),
            value: Some(ours),
        });
    }
    let sum = sum.saturating_sub(once);
    let held = clamp(sum);
    let outcome = Outcome::Added {
        clamped_from: (held != sum).then_some(sum),
        counted_once: (once != 0).then_some(once),
    };
    Some(Settled::value(outcome, Value::from(held)))
}

/// Takes the larger; an absent number is less than any.
fn maximum(three: Three<'_>) -> Option<Settled> {
    let number = |side: Option<View<'_>>| match side {
        None => Some(f64::NEG_INFINITY),
        Some(view) => view.number(),
    };
    let (o, t) = (number(three.ours)?, number(three.theirs)?);
    Some(if t > o {
        Settled::theirs(Outcome::Larger, three)
    } else {
        Settled::ours(Outcome::Larger)
    })
}

/// Takes the greater rank; whatever is no text comes before all that is.
fn order(three: Three<'_>) -> Settled {
    let key = |side: Option<View<'_>>| {
        let text = side.and_then(View::text).map(str::to_owned);
        let bytes = side.map(|view| to_canonical_json(&view.to_value()));
        (text, bytes)
    };
    match key(three.theirs).cmp(&key(three.ours)) {
        Ordering::Greater => Settled::theirs(Outcome::Ordered, three),
        _ => Settled::ours(Outcome::Ordered),
    }
}

/// Gives what a thing lies in; lying in nothing is written as `null` or not at all.
fn container(side: Option<View<'_>>) -> Option<View<'_>> {
    side.filter(|view| view.value() != Some(&Value::Null))
}

/// Takes the last move, where both moved it.
fn parent(three: Three<'_>, last: Side) -> Settled {
    let (b, o, t) = (
        container(three.base),
        container(three.ours),
        container(three.theirs),
    );
    if same(o, t) {
        Settled::ours(Outcome::Same)
    } else if same(b, t) {
        Settled::ours(Outcome::Ours)
    } else if same(b, o) {
        Settled::theirs(Outcome::Theirs, three)
    } else if last == Side::Ours {
        Settled::ours(Outcome::Moved)
    } else {
        Settled::theirs(Outcome::Moved, three)
    }
}

/// Weaves two texts; an absent text is an empty one.
fn prose(three: Three<'_>) -> Option<Settled> {
    let text =
        |side: Option<View<'_>>| side.map_or(Some(String::new()), |v| v.text().map(str::to_owned));
    let (o, t) = (text(three.ours)?, text(three.theirs)?);
    let base = three.base.and_then(View::text).unwrap_or_default();
    let merged = merge_prose(base, &o, &t);
    let outcome = if merged.overlapped {
        Outcome::BothKept
    } else {
        Outcome::Woven
    };
    Some(Settled::value(outcome, Value::from(merged.text)))
}

/// Settles a member of a set: it is in or out, so two that changed it agree, however each wrote it.
fn set(three: Three<'_>) -> Option<Settled> {
    let member = |side: Option<View<'_>>| match side {
        None => Some(false),
        Some(view) => view.value()?.as_bool(),
    };
    let (b, o, t) = (
        member(three.base)?,
        member(three.ours)?,
        member(three.theirs)?,
    );
    Some(if o == t {
        Settled::ours(Outcome::Same)
    } else if t == b {
        Settled::ours(Outcome::Ours)
    } else {
        Settled::theirs(Outcome::Theirs, three)
    })
}
