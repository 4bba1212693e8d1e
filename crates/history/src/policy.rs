//! Merge policies: what kind of thing a cell is, declared by the crate that owns the types.

use crate::CellPath;

/// Says how two changes of one cell become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Policy {
    /// One value; two different ones are a conflict. What holds where nothing else is declared.
    Atomic,
    /// One value per slot that a person chose; two different ones are a conflict and never a winner.
    Choice,
    /// A tally (damage taken, coins, charges used): the deltas of both sides add, then the sum is clamped.
    Counter {
        /// The least value the cell may have.
        min: Option<i64>,
        /// The greatest value the cell may have.
        max: Option<i64>,
    },
    /// The larger of the two, never the sum (temporary hit points).
    Maximum,
    /// The position among siblings; two moves are settled without a question (the greater rank stands).
    Order,
    /// The container a thing lies in; the last move stands, here the incoming one.
    Parent,
    /// Markdown: merged by paragraphs, then by words; where both touched the same words both stand.
    Prose,
    /// A map from id to record of something that happened: same id once, different ids both.
    Event,
    /// A map from member to `true`: union of what was added, less what was removed.
    Set,
    /// A map from id to record: merged cell by cell; delete against edit is a conflict.
    Keyed,
}

/// Matches cell paths: segments as they are, `*` for any one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    segments: Vec<&'static str>,
}

impl Pattern {
    /// Reads a pattern such as `/equipment/inventory/*/quantity`.
    pub fn new(text: &'static str) -> Pattern {
        Pattern {
            segments: text.split('/').filter(|part| !part.is_empty()).collect(),
        }
    }

    /// Tells whether a path is of this shape, segment for segment.
    pub fn matches(&self, path: &CellPath) -> bool {
        let path = path.segments();
        self.segments.len() == path.len()
            && self
                .segments
                .iter()
                .zip(path)
                .all(|(p, s)| *p == "*" || p == s)
    }

    fn wildcards(&self) -> usize {
        self.segments.iter().filter(|s| **s == "*").count()
    }
}

/// Lists the policies of a kind of document; the most literal pattern that matches holds.
#[derive(Debug, Clone, Default)]
pub struct Policies {
    entries: Vec<(Pattern, Policy)>,
}

impl Policies {
    /// Declares policies from pairs of pattern and policy.
    pub fn new(entries: impl IntoIterator<Item = (&'static str, Policy)>) -> Policies {
        let mut entries: Vec<_> = entries
            .into_iter()
            .map(|(text, policy)| (Pattern::new(text), policy))
            .collect();
        entries.sort_by_key(|(pattern, _)| pattern.wildcards());
        Policies { entries }
    }

    /// Tells the policy of a cell; [`Policy::Atomic`] where none is declared.
    pub fn of(&self, path: &CellPath) -> Policy {
        self.entries
            .iter()
            .find(|(pattern, _)| pattern.matches(path))
            .map_or(Policy::Atomic, |(_, policy)| *policy)
    }

    /// Walks all declarations, the most literal first.
    pub fn iter(&self) -> impl Iterator<Item = (&Pattern, Policy)> {
        self.entries
            .iter()
            .map(|(pattern, policy)| (pattern, *policy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_literal_pattern_holds() {
        let policies = Policies::new([
            ("/equipment/*/gp", Policy::Maximum),
            (
                "/equipment/currency/gp",
                Policy::Counter {
                    min: Some(0),
                    max: None,
                },
            ),
        ]);
        let of = |path: &str| policies.of(&path.parse().unwrap());
        assert_eq!(
            of("/equipment/currency/gp"),
            Policy::Counter {
                min: Some(0),
                max: None
            }
        );
        assert_eq!(of("/equipment/purse/gp"), Policy::Maximum);
        assert_eq!(of("/equipment/purse/gp/x"), Policy::Atomic);
    }
}
