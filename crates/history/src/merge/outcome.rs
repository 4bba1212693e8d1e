//! How a cell came out of a merge: a closed vocabulary, and the conflict as a value.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::CellPath;

/// Tells how one cell came out of a merge.
///
/// What is neither one side's alone, nor the same on both, nor a [`Conflict`], was settled automatically: see
/// [`Outcome::is_automatic`]. Each can be reversed by itself with [`crate::reverse`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Only our side changed it.
    Ours,
    /// Only their side changed it, and that was taken.
    Theirs,
    /// Both sides made the same change.
    Same,
    /// A tally: both changes were added up.
    Added {
        /// The sum that would have been, where a bound cut it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        clamped_from: Option<i64>,
        /// What an event that both sides had brought to the tally, and is counted once; nothing where there was none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counted_once: Option<i64>,
    },
    /// A maximum: the larger of the two stands.
    Larger,
    /// A place among siblings, settled without a question.
    Ordered,
    /// Both put it into another container: the last move stands.
    Moved,
    /// It was to be put into a thing that lies in it because of the other side's moves; it stays where the last side has it.
    MoveRefused {
        /// The container it was to be put into; `null` for none.
        to: Value,
    },
    /// It lies in a container that one side removed while the other put it there or changed it: the thing is kept.
    LostParent {
        /// The id of the container that is gone.
        container: String,
    },
    /// One side removed it, and the other had only given it another place among its siblings: it is gone.
    Removed,
    /// A collection of events to which both sides added different ones: all stand.
    BothHappened {
        /// The ids that only our side added.
        ours: Vec<String>,
        /// The ids that only their side added.
        theirs: Vec<String>,
    },
    /// Prose in which both changed different words.
    Woven,
    /// Both changed the same words, or added to the same open conflict: both stand, one after the other.
    BothKept,
    /// Both changed it, and one of them has to be chosen; the tree holds ours for the time being.
    Conflict(Conflict),
}

impl Outcome {
    /// Tells whether the merge settled by itself what both sides had a part in, so that a person may want to look at it.
    pub fn is_automatic(&self) -> bool {
        !matches!(
            self,
            Outcome::Ours | Outcome::Theirs | Outcome::Same | Outcome::Conflict(_)
        )
    }
}

/// Holds a cell that two or more sides changed in ways that cannot stand together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// What all started from; `None` where there was nothing.
    #[serde(default, with = "present", skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// What each side made of it, ours first; `None` where it was removed. At least two.
    #[serde(with = "sides")]
    pub sides: Vec<Option<Value>>,
}

impl Conflict {
    /// Makes the conflict of two sides.
    pub fn of_two(base: Option<Value>, ours: Option<Value>, theirs: Option<Value>) -> Conflict {
        Conflict {
            base,
            sides: vec![ours, theirs],
        }
    }

    /// Gives what our side made of it; `None` where it was removed.
    pub fn ours(&self) -> Option<&Value> {
        self.sides.first()?.as_ref()
    }

    /// Gives what the second side made of it; `None` where it was removed.
    pub fn theirs(&self) -> Option<&Value> {
        self.sides.get(1)?.as_ref()
    }

    /// Adds the sides of another conflict about the same cell that this one lacks.
    pub(crate) fn join(&mut self, other: Conflict) {
        for side in other.sides {
            if !self.sides.contains(&side) {
                self.sides.push(side);
            }
        }
    }
}

/// Reports the outcome of one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellOutcome {
    /// Which cell.
    pub path: CellPath,
    /// How it came out.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// A value that may be absent, told apart from `null`.
mod present {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    pub(super) fn serialize<S: Serializer>(
        value: &Option<Value>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(out)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        json: D,
    ) -> Result<Option<Value>, D::Error> {
        Value::deserialize(json).map(Some)
    }
}

/// Sides as `{"value": …}`, and as `{}` where there is none.
mod sides {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::Value;

    #[derive(Serialize, Deserialize)]
    struct Side {
        #[serde(
            default,
            with = "super::present",
            skip_serializing_if = "Option::is_none"
        )]
        value: Option<Value>,
    }

    pub(super) fn serialize<S: Serializer>(
        sides: &[Option<Value>],
        out: S,
    ) -> Result<S::Ok, S::Error> {
        out.collect_seq(sides.iter().map(|value| Side {
            value: value.clone(),
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        json: D,
    ) -> Result<Vec<Option<Value>>, D::Error> {
        let sides = Vec::<Side>::deserialize(json)?;
        Ok(sides.into_iter().map(|side| side.value).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_conflict_tells_nothing_from_null_on_its_way_through_json() {
        let conflict = Conflict {
            base: Some(Value::Null),
            sides: vec![None, Some(Value::Null), Some(json!({"a": 1}))],
        };
        let json = serde_json::to_value(&conflict).unwrap();
        assert_eq!(
            json,
            json!({"base": null, "sides": [{}, {"value": null}, {"value": {"a": 1}}]})
        );
        assert_eq!(serde_json::from_value::<Conflict>(json).unwrap(), conflict);
        let without = Conflict::of_two(None, None, Some(json!(2)));
        let json = serde_json::to_value(&without).unwrap();
        assert_eq!(serde_json::from_value::<Conflict>(json).unwrap(), without);
        assert_eq!((without.ours(), without.theirs()), (None, Some(&json!(2))));
    }
}
