//! Merge policies: what kind of thing a cell is, declared by the crate that owns the types.

use std::collections::BTreeMap;

use crate::CellPath;

/// Says how two changes of one cell become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Policy {
    /// One value; two different ones are a conflict. What holds where nothing else is declared.
    Atomic,
    /// One value per slot that a person chose; two different ones are a conflict and never a winner.
    Choice,
    /// A tally (damage taken, coins, charges used): the deltas of both sides add, then the sum is clamped. An absent tally is nought.
    Counter {
        /// The least value the cell may have.
        min: Option<i64>,
        /// The greatest value the cell may have.
        max: Option<i64>,
    },
    /// The larger of the two, never the sum (temporary hit points). Declared on a map, it holds by source: for each name in the map.
    Maximum,
    /// The position among siblings; two moves are settled without a question (the greater rank stands).
    Order,
    /// The container a thing lies in: the id of another thing. The last move stands, but never one that closes a circle.
    ///
    /// All things with such a cell, in whatever collections they stand, are one space of ids.
    Parent,
    /// Markdown: merged by paragraphs, then by words; where both touched the same words both stand.
    Prose,
    /// A map from id to record of something that happened: same id once, different ids both, with a notice.
    Event,
    /// Within an event: a map from the path of a tally to what the event added to it. Where both sides had the same event, the tally
    /// counts it once.
    Counted,
    /// A map from member to `true`: union of what was added, less what was removed.
    Set,
    /// A map from id to record: merged cell by cell; delete against edit is a conflict.
    Keyed,
}

impl Policy {
    /// Tells whether a map of this policy holds things of their own, each under an id or a name, rather than being one thing.
    pub(crate) fn is_collection(self) -> bool {
        !matches!(self, Policy::Atomic | Policy::Prose | Policy::Parent)
    }

    /// Tells whether a map of this policy holds records that come and go as wholes.
    pub(crate) fn has_entries(self) -> bool {
        matches!(self, Policy::Keyed | Policy::Event)
    }

    /// Tells whether two changes of a single value of this policy always become one without a question.
    pub(crate) fn settles_itself(self) -> bool {
        matches!(
            self,
            Policy::Counter { .. }
                | Policy::Maximum
                | Policy::Order
                | Policy::Parent
                | Policy::Prose
                | Policy::Set
        )
    }
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

    /// Gives the segments from the outermost inwards.
    pub(crate) fn segments(&self) -> &[&'static str] {
        &self.segments
    }

    fn wildcards(&self) -> usize {
        self.segments.iter().filter(|s| **s == "*").count()
    }
}

/// Lists the policies of a kind of document; the most literal pattern that matches holds.
#[derive(Debug, Clone, Default)]
pub struct Policies {
    entries: Vec<(Pattern, Policy)>,
    root: Branch,
}

/// The patterns as a tree of their segments, so that a lookup looks at a segment once.
#[derive(Debug, Clone, Default)]
struct Branch {
    /// The policy of the pattern that ends here, with its wildcards and its place among the declarations.
    policy: Option<(usize, usize, Policy)>,
    named: BTreeMap<&'static str, Branch>,
    any: Option<Box<Branch>>,
}

impl Branch {
    fn unbound(&mut self) {
        if let Some((_, _, Policy::Counter { min, max })) = &mut self.policy {
            (*min, *max) = (None, None);
        }
        let any = self.any.as_deref_mut();
        for branch in self.named.values_mut().chain(any) {
            branch.unbound();
        }
    }

    fn best<S: AsRef<str>>(&self, path: &[S]) -> Option<(usize, usize, Policy)> {
        let Some((name, rest)) = path.split_first() else {
            return self.policy;
        };
        let named = self.named.get(name.as_ref()).and_then(|b| b.best(rest));
        let any = self.any.as_ref().and_then(|b| b.best(rest));
        match (named, any) {
            (Some(a), Some(b)) if (b.0, b.1) < (a.0, a.1) => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }
}

impl Policies {
    /// Declares policies from pairs of pattern and policy.
    pub fn new(entries: impl IntoIterator<Item = (&'static str, Policy)>) -> Policies {
        let mut entries: Vec<_> = entries
            .into_iter()
            .map(|(text, policy)| (Pattern::new(text), policy))
            .collect();
        entries.sort_by_key(|(pattern, _)| pattern.wildcards());
        let mut root = Branch::default();
        for (place, (pattern, policy)) in entries.iter().enumerate() {
            let mut branch = &mut root;
            for segment in &pattern.segments {
                branch = match *segment {
                    "*" => branch.any.get_or_insert_default(),
                    name => branch.named.entry(name).or_default(),
                };
            }
            // Of two declarations of the same pattern the first holds.
            let declared = (pattern.wildcards(), place, *policy);
            branch.policy.get_or_insert(declared);
        }
        Policies { entries, root }
    }

    /// Tells the policy of a cell; [`Policy::Atomic`] where none is declared.
    pub fn of(&self, path: &CellPath) -> Policy {
        self.at(path.segments())
    }

    /// Tells the policy of the cell that some segments lead to.
    pub(crate) fn at<S: AsRef<str>>(&self, path: &[S]) -> Policy {
        self.root.best(path).map_or(Policy::Atomic, |best| best.2)
    }

    /// Walks all declarations, the most literal first.
    pub fn iter(&self) -> impl Iterator<Item = (&Pattern, Policy)> {
        self.entries
            .iter()
            .map(|(pattern, policy)| (pattern, *policy))
    }

    /// Gives the same policies with tallies that nothing clamps.
    pub(crate) fn unbounded(&self) -> Policies {
        let mut policies = self.clone();
        policies.root.unbound();
        policies
    }

    /// Finds the outermost keyed thing that a cell is or lies in; `None` where it lies in none.
    pub(crate) fn entry_of(&self, path: &CellPath) -> Option<CellPath> {
        let segments = path.segments();
        let depth = (1..segments.len()).find(|at| self.at(&segments[..*at]).has_entries())?;
        Some(CellPath::from_segments(segments[..=depth].to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter() -> Policy {
        Policy::Counter {
            min: Some(0),
            max: None,
        }
    }

    #[test]
    fn the_most_literal_pattern_holds() {
        let policies = Policies::new([
            ("/equipment/*/gp", Policy::Maximum),
            ("/equipment/currency/gp", counter()),
            ("/*/currency/*", Policy::Prose),
        ]);
        let of = |path: &str| policies.of(&path.parse().unwrap());
        assert_eq!(of("/equipment/currency/gp"), counter());
        assert_eq!(of("/equipment/purse/gp"), Policy::Maximum);
        assert_eq!(of("/equipment/currency/sp"), Policy::Prose);
        assert_eq!(of("/equipment/purse/gp/x"), Policy::Atomic);
        assert_eq!(of("/equipment"), Policy::Atomic);
    }

    #[test]
    fn a_lookup_is_a_search_through_all_patterns() {
        let patterns = [
            "/a/*/c", "/a/b/*", "/*/b/c", "/a/*", "/*/*/c", "/a/b/c", "/*",
        ];
        let kinds = [
            Policy::Choice,
            Policy::Maximum,
            Policy::Order,
            Policy::Parent,
            Policy::Prose,
            Policy::Set,
            Policy::Keyed,
        ];
        let policies = Policies::new(patterns.into_iter().zip(kinds));
        for path in [
            "/a", "/x", "/a/b", "/a/x", "/a/b/c", "/a/b/x", "/a/x/c", "/x/b/c", "/x/y/c",
        ] {
            let path: CellPath = path.parse().unwrap();
            let found = policies.iter().find(|(pattern, _)| pattern.matches(&path));
            let searched = found.map_or(Policy::Atomic, |(_, policy)| policy);
            assert_eq!(policies.of(&path), searched, "{path}");
        }
    }

    #[test]
    fn the_thing_around_a_cell_is_found() {
        let policies = Policies::new([("/x/y", Policy::Keyed), ("/levels", Policy::Event)]);
        let entry = |path: &str| {
            let entry = policies.entry_of(&path.parse().unwrap());
            entry.map(|path| path.to_string())
        };
        assert_eq!(entry("/x/y/1/name/first"), Some("/x/y/1".to_owned()));
        assert_eq!(entry("/levels/a"), Some("/levels/a".to_owned()));
        assert_eq!(entry("/x/y"), None);
        assert_eq!(entry("/z/1"), None);
    }
}
