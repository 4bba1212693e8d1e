//! The book of a character: what belongs to it as a whole and to no single version, its branches and its milestones.
//!
//! ```text
//! record/{kind: "book", handle, active}                 the handle is the id of the character
//! branches/<name>/{title, archived, fork, made_by}      where a branch stands is a ref, and not here
//! tags/<id>/{name, commit, by, time}
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use history::{CellPath, DocumentId, Policies, Policy, Tree};
use serde::{Deserialize, Serialize};

use crate::document::{DocumentKind, Record, entries, read};

/// A character's book.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Book {
    /// What every document has.
    pub record: Record,
    /// What is said of branches, by their names; a branch of which nothing is said is none the less one.
    pub branches: BTreeMap<String, BranchSays>,
    /// Milestones by their ids.
    pub tags: BTreeMap<String, TagSays>,
}

/// What is said of a branch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BranchSays {
    /// What people call it.
    pub title: String,
    /// Whether it is put away.
    pub archived: bool,
    /// The commit it began at; empty where nobody knows.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub fork: String,
    /// Who made it.
    pub made_by: String,
}

/// What is said of a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagSays {
    /// What people call it.
    pub name: String,
    /// The commit it marks.
    pub commit: String,
    /// Who set it.
    pub by: String,
    /// When, in UTC to the millisecond.
    pub time: DateTime<Utc>,
}

impl Book {
    /// Names the book of a character: the same on every machine, so that two who each begin it begin the same.
    pub fn id_of(character: DocumentId) -> DocumentId {
        character.companion("book")
    }

    /// Makes the empty book of a character.
    pub fn new(character: DocumentId) -> Book {
        Book {
            record: Record::new(DocumentKind::Book, &character.to_string(), ""),
            ..Book::default()
        }
    }

    /// Reads a version of a book; what cannot be read is left out, so that one broken entry takes no other with it.
    pub fn of_tree(tree: &Tree) -> Book {
        let cells = |name: &str| tree.get(&CellPath::from_segments([name]));
        Book {
            record: cells("record").and_then(read).unwrap_or_default(),
            branches: entries(cells("branches")),
            tags: entries(cells("tags")),
        }
    }

    /// Writes the book as a document.
    ///
    /// # Errors
    /// A book beyond the limits of a document.
    pub fn to_tree(&self) -> Result<Tree, history::TreeError> {
        // Maps of texts, flags and times always become JSON.
        Tree::from_value(serde_json::to_value(self).unwrap_or_default())
    }

    /// Finds a milestone by its id, or by its name in any case; of several of one name the latest set.
    pub fn tag(&self, text: &str) -> Option<(&String, &TagSays)> {
        let text = text.trim();
        self.tags.get_key_value(text).or_else(|| {
            let wanted = text.to_lowercase();
            let named = self.tags.iter();
            named
                .filter(|(_, tag)| tag.name.to_lowercase() == wanted)
                .max_by_key(|(id, tag)| (tag.time, id.as_str()))
        })
    }
}

/// Declares how two changes of a book become one: entry by entry, and within an entry cell by cell.
pub fn book_policies() -> &'static Policies {
    static POLICIES: LazyLock<Policies> =
        LazyLock::new(|| Policies::new([("/branches", Policy::Keyed), ("/tags", Policy::Keyed)]));
    &POLICIES
}

#[cfg(test)]
mod tests {
    use history::Hash;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::Title;

    fn tag(name: &str, minute: i64) -> TagSays {
        TagSays {
            name: name.to_owned(),
            commit: Hash::of(name.as_bytes()).to_string(),
            by: "Maren".to_owned(),
            time: DateTime::UNIX_EPOCH + chrono::TimeDelta::minutes(minute),
        }
    }

    #[test]
    fn a_book_is_read_as_it_was_written_and_is_no_character() {
        let character = DocumentId(Uuid::from_u128(7));
        let mut book = Book::new(character);
        let says = BranchSays {
            title: "Twin blades".to_owned(),
            made_by: "Maren".to_owned(),
            ..BranchSays::default()
        };
        book.branches.insert("twin-blades".to_owned(), says);
        book.tags.insert("a".to_owned(), tag("as of session 12", 1));
        let tree = book.to_tree().unwrap();
        assert_eq!(Book::of_tree(&tree), book);
        let title = Title::of_tree(&tree).unwrap();
        assert_eq!(title.kind, DocumentKind::Book);
        assert_eq!(title.handle, character.to_string());
    }

    #[test]
    fn a_broken_entry_takes_no_other_with_it() {
        let tree = Tree::from_value(json!({
            "branches": {"a": {"title": 4}, "b": {"title": "B"}},
            "tags": 5,
        }))
        .unwrap();
        let book = Book::of_tree(&tree);
        assert_eq!(book.branches.keys().collect::<Vec<_>>(), ["b"]);
        assert!(book.tags.is_empty());
    }

    #[test]
    fn a_milestone_is_found_by_id_and_by_name_and_the_later_of_one_name_counts() {
        let mut book = Book::default();
        book.tags.insert("1".to_owned(), tag("Session 12", 5));
        book.tags.insert("2".to_owned(), tag("session 12", 3));
        assert_eq!(book.tag(" SESSION 12 ").unwrap().0, "1");
        assert_eq!(book.tag("2").unwrap().0, "2");
        assert_eq!(book.tag("session"), None);
    }

    #[test]
    fn two_who_write_into_one_book_keep_both_entries() {
        let tree = |book: &Book| book.to_tree().unwrap();
        let base = Book::new(DocumentId(Uuid::from_u128(7)));
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.tags.insert("a".to_owned(), tag("A", 1));
        theirs.tags.insert("b".to_owned(), tag("B", 2));
        let merged = history::merge(&tree(&base), &tree(&ours), &tree(&theirs), book_policies());
        assert!(merged.is_clean());
        assert_eq!(Book::of_tree(&merged.tree).tags.len(), 2);
    }
}
