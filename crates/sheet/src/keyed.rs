//! Collections whose members keep their address: maps from a stable id to a thing, and sets of names.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Says where a thing stands among its siblings.
pub trait Ranked {
    /// The fractional index, compared as text; see `history::rank_between`.
    fn rank(&self) -> &str;
}

/// Holds things by a stable id; the order is the things' own `rank`, then the id.
///
/// The things are shared: a source read anew after an edit takes over those that the edit did not touch.
#[derive(Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct Keyed<T>(pub BTreeMap<String, Arc<T>>);

impl<T> Default for Keyed<T> {
    fn default() -> Self {
        Keyed(BTreeMap::new())
    }
}

/// By hand, as what is shared need not be able to be copied.
impl<T> Clone for Keyed<T> {
    fn clone(&self) -> Self {
        Keyed(self.0.clone())
    }
}

impl<T> Keyed<T> {
    /// Finds a thing by its id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.shared(id).map(Arc::as_ref)
    }

    /// Finds a thing by its id, as it is shared with other sources.
    pub fn shared(&self, id: &str) -> Option<&Arc<T>> {
        self.0.get(id)
    }

    /// Tells whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts the things.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Walks the things in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0
            .iter()
            .map(|(id, thing)| (id.as_str(), thing.as_ref()))
    }
}

impl<T: Ranked> Keyed<T> {
    /// Gives the things in the order a person gave them.
    pub fn ordered(&self) -> Vec<(&str, &T)> {
        self.ordered_if(|_| true)
    }

    /// Gives some of the things in the order a person gave them.
    pub fn ordered_if(&self, is: impl Fn(&T) -> bool) -> Vec<(&str, &T)> {
        let mut things: Vec<(&str, &T)> = self.iter().filter(|(_, thing)| is(thing)).collect();
        // Stable, and already ordered by id: equal ranks fall back to the id.
        things.sort_by(|a, b| a.1.rank().cmp(b.1.rank()));
        things
    }
}

/// Holds names without order, written as a map from member to `true`, so that two people can add to it at once.
///
/// A member mapped to `false` counts as absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SetOf<T: Ord>(pub BTreeMap<T, bool>);

impl<T: Ord> Default for SetOf<T> {
    fn default() -> Self {
        SetOf(BTreeMap::new())
    }
}

/// A map in TypeScript too: there, a map keyed by an enum would have to have all of its members.
impl<T: Ord> Type for SetOf<T> {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        BTreeMap::<String, bool>::definition(types)
    }
}

impl<T: Ord> SetOf<T> {
    /// Tells whether a name is a member.
    pub fn contains<Q>(&self, member: &Q) -> bool
    where
        T: std::borrow::Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.0.get(member).copied().unwrap_or(false)
    }

    /// Walks the members in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0
            .iter()
            .filter(|(_, present)| **present)
            .map(|(member, _)| member)
    }

    /// Tells whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl<T: Ord> FromIterator<T> for SetOf<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        SetOf(members.into_iter().map(|member| (member, true)).collect())
    }
}

macro_rules! ranked {
    ($($thing:ty),+ $(,)?) => {$(
        impl $crate::keyed::Ranked for $thing {
            fn rank(&self) -> &str {
                &self.rank
            }
        }
    )+};
}
pub(crate) use ranked;

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing {
        rank: String,
    }
    ranked!(Thing);

    #[test]
    fn order_is_rank_then_id() {
        let thing = |rank: &str| {
            Arc::new(Thing {
                rank: rank.to_owned(),
            })
        };
        let keyed = Keyed(BTreeMap::from([
            ("a".to_owned(), thing("z")),
            ("c".to_owned(), thing("V")),
            ("b".to_owned(), thing("V")),
        ]));
        let ids: Vec<_> = keyed.ordered().into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["b", "c", "a"]);
    }

    #[test]
    fn a_member_set_to_false_is_absent() {
        let set: SetOf<String> =
            serde_json::from_str(r#"{"Common": true, "Elvish": false}"#).unwrap();
        assert!(set.contains("Common") && !set.contains("Elvish"));
        assert_eq!(set.iter().count(), 1);
    }
}
