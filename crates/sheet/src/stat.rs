//! Numbers that explain themselves.

use serde::{Deserialize, Serialize, Serializer};
use specta::Type;

use crate::WireNumber;
/// Holds a computed number with everything it is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Stat {
    /// The number that counts; whole for every cell but weights.
    #[serde(serialize_with = "plain")]
    #[specta(type = WireNumber)]
    pub value: f64,
    /// What it is made of; the amounts add up to the computed number.
    pub terms: Vec<Term>,
    /// What the rules say, when `value` was set by hand.
    #[specta(type = Option<WireNumber>)]
    #[serde(serialize_with = "plain_option")]
    pub computed: Option<f64>,
    /// Why it was set by hand.
    pub override_note: Option<String>,
    /// Other ways to reckon it that were lawful and not better.
    pub alternatives: Vec<Alternative>,
    /// What else to know: conditional bonuses, disadvantage.
    pub notes: Vec<String>,
}

/// One part of a computed number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Term {
    /// Where it comes from: `Chain mail`, `Dexterity`.
    pub label: String,
    /// How much it adds.
    #[serde(serialize_with = "plain")]
    #[specta(type = WireNumber)]
    pub value: f64,
    /// What to know about it: `at most 2 in medium armor`; empty where there is nothing.
    pub detail: String,
    /// The path of the cell it was read from; a source cell, or a derived one that explains itself.
    pub source_cell: Option<String>,
}

/// A way to reckon a number that was not used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Type)]
pub struct Alternative {
    /// What it is called: `Unarmored`.
    pub label: String,
    /// What it would give.
    #[serde(serialize_with = "plain")]
    #[specta(type = WireNumber)]
    pub value: f64,
    /// How: `10 + 4`.
    pub detail: String,
}

impl Stat {
    /// Gives the number as a whole one, rounded towards zero.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a cast from float saturates"
    )]
    pub fn whole(&self) -> i32 {
        self.value as i32
    }

    /// Tells whether the number was set by hand.
    pub fn is_overridden(&self) -> bool {
        self.computed.is_some()
    }
}

/// Writes `17.0` as `17`: the reader of the JSON sees the number a person would write.
#[allow(clippy::cast_possible_truncation, reason = "guarded by the range")]
fn plain<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 1e9 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn plain_option<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    struct Plain(f64);
    impl Serialize for Plain {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            plain(&self.0, serializer)
        }
    }
    value.map(Plain).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_whole() {
        let stat = |value, computed| Stat {
            value,
            terms: Vec::new(),
            computed,
            override_note: None,
            alternatives: Vec::new(),
            notes: Vec::new(),
        };
        for (stat, expected) in [
            (
                stat(17.0, Some(16.0)),
                r#"{"value":17,"terms":[],"computed":16,"#,
            ),
            (
                stat(-0.5, None),
                r#"{"value":-0.5,"terms":[],"computed":null,"#,
            ),
        ] {
            let text = serde_json::to_string(&stat).unwrap();
            assert!(text.starts_with(expected), "{text}");
            assert_eq!(serde_json::from_str::<Stat>(&text).unwrap(), stat);
        }
    }
}
