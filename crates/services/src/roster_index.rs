//! The rows of all characters in memory, ready to be listed and searched.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, LazyLock};
use std::thread;

use history::DocumentId;
use sheet::{DocumentKind, Summary};
use vault::DocumentRow;

use crate::library::{unreadable, wire_row};
use crate::text::{count, fold, fold_into};
use crate::wire::{Archived, CharacterRow, Facet, ListQuery, RosterPage, SortBy};

/// The most rows a page holds.
const MAX_PAGE: u32 = 500;
/// How many rows are worth a thread.
const ROWS_WORTH_A_THREAD: usize = 1_000;

/// The rows of a library; one per library, filled at the first look.
#[derive(Debug, Default)]
pub(crate) struct RosterIndex {
    entries: HashMap<DocumentId, Arc<Entry>>,
    handles: HashSet<ByHandle>,
    /// In the order of nearly every list, so that no list need sort for it.
    by_name: BTreeSet<ByName>,
    generation: u64,
    /// Documents that are no characters.
    others: BTreeMap<DocumentId, Arc<DocumentRow>>,
    /// What filters would leave: of those in play, and of the archived ones.
    facets: [Facets; 2],
}

#[derive(Debug)]
struct Entry {
    row: Arc<DocumentRow>,
    /// What a search looks through, folded; the name as shown comes first.
    haystack: String,
    /// Where the name ends.
    name: usize,
}

impl Entry {
    fn new(row: &Arc<DocumentRow>) -> Entry {
        let row = readable(row);
        let mut haystack = String::with_capacity(96);
        let mut name = 0;
        if let Some(summary) = &row.summary {
            fold_into(&summary.display_name, &mut haystack);
            name = haystack.len();
            haystack.push('\n');
            haystack.push_str(&summary.handle);
            for text in [&summary.species, &summary.class_line, &summary.owner] {
                haystack.push('\n');
                fold_into(text, &mut haystack);
            }
        }
        Entry {
            row,
            haystack,
            name,
        }
    }

    fn name_key(&self) -> &str {
        &self.haystack[..self.name]
    }

    fn summary(&self) -> &Summary {
        static NONE: LazyLock<Summary> = LazyLock::new(Summary::default);
        self.row.summary.as_ref().unwrap_or(&NONE)
    }
}

/// Gives a row with a summary, whatever it is.
fn readable(row: &Arc<DocumentRow>) -> Arc<DocumentRow> {
    if row.summary.is_some() {
        return Arc::clone(row);
    }
    let mut shown = DocumentRow::clone(row);
    shown.summary = Some(unreadable(row.document));
    Arc::new(shown)
}

/// An entry under its handle.
#[derive(Debug)]
struct ByHandle(Arc<Entry>);

impl Borrow<str> for ByHandle {
    fn borrow(&self) -> &str {
        &self.0.summary().handle
    }
}

impl Hash for ByHandle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As the text that it is looked up by is.
        self.0.summary().handle.as_str().hash(state);
    }
}

impl PartialEq for ByHandle {
    fn eq(&self, other: &Self) -> bool {
        self.0.summary().handle == other.0.summary().handle
    }
}

impl Eq for ByHandle {}

/// An entry in the order of names as shown, then of ids.
#[derive(Debug)]
struct ByName {
    /// How the name begins, as a number in the same order, so that most comparisons need no look at the entry.
    head: u64,
    entry: Arc<Entry>,
}

impl ByName {
    fn new(entry: Arc<Entry>) -> ByName {
        let name = entry.name_key().as_bytes();
        let mut head = [0; 8];
        let len = name.len().min(head.len());
        head[..len].copy_from_slice(&name[..len]);
        ByName {
            head: u64::from_be_bytes(head),
            entry,
        }
    }

    fn key(&self) -> (u64, &str, DocumentId) {
        let entry = &self.entry;
        (self.head, entry.name_key(), entry.row.document)
    }
}

impl Ord for ByName {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for ByName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ByName {}

impl RosterIndex {
    /// Takes all rows of a library in at once, many of them on several threads.
    pub(crate) fn of(rows: &[Arc<DocumentRow>]) -> RosterIndex {
        let mut sorted = Vec::with_capacity(rows.len());
        let mut facets = <[Facets; 2]>::default();
        for part in Part::all_of(rows) {
            sorted.extend(part.sorted);
            for (sum, part) in facets.iter_mut().zip(part.facets) {
                sum.join(part);
            }
        }
        let shared: Vec<_> = sorted.iter().map(|by| Arc::clone(&by.entry)).collect();
        let file = || {
            let entries = shared.iter().map(|e| (e.row.document, Arc::clone(e)));
            let handles = shared.iter().map(|e| ByHandle(Arc::clone(e)));
            (entries.collect(), handles.collect())
        };
        // Each part is in order already, and is merged with the others.
        let sort = || BTreeSet::from_iter(sorted);
        let ((entries, handles), by_name) = if rows.len() < ROWS_WORTH_A_THREAD {
            (file(), sort())
        } else {
            thread::scope(|scope| {
                let filing = scope.spawn(file);
                let by_name = sort();
                (filing.join().unwrap_or_else(|_| file()), by_name)
            })
        };
        let others = rows.iter().filter(|row| row.title.is_some());
        let others = others.map(|row| (row.document, Arc::clone(row)));
        RosterIndex {
            entries,
            handles,
            by_name,
            others: others.collect(),
            generation: 1,
            facets,
        }
    }

    pub(crate) fn put(&mut self, row: &Arc<DocumentRow>) {
        self.generation += 1;
        let document = row.document;
        if row.title.is_some() {
            self.others.insert(document, Arc::clone(row));
            return;
        }
        let entry = Arc::new(Entry::new(row));
        if let Some(old) = self.entries.insert(document, Arc::clone(&entry)) {
            let left = old.summary().handle.as_str();
            // Where handles change hands in one command, another may have it by now.
            let owner = self.handles.get(left).map(|by| by.0.row.document);
            if left != entry.summary().handle && owner == Some(document) {
                self.handles.remove(left);
            }
            self.facets_of(&old).remove(&old);
            self.by_name.remove(&ByName::new(old));
        }
        self.handles.replace(ByHandle(Arc::clone(&entry)));
        self.facets_of(&entry).add(&entry);
        self.by_name.insert(ByName::new(entry));
    }

    fn facets_of(&mut self, entry: &Entry) -> &mut Facets {
        &mut self.facets[usize::from(!entry.summary().active)]
    }

    /// Counts the changes; a list made at one count is right as long as the count stands.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn by_handle(&self, handle: &str) -> Option<CharacterRow> {
        Some(wire_row(&self.handles.get(handle)?.0.row))
    }

    /// Gives everyone of a name as shown, whatever its case and accents, by handle.
    pub(crate) fn named(&self, name: &str) -> Vec<CharacterRow> {
        let key = fold(name.trim());
        let mut found: Vec<CharacterRow> = self
            .entries
            .values()
            .filter(|entry| entry.name_key() == key)
            .map(|entry| wire_row(&entry.row))
            .collect();
        found.sort_unstable_by(|a, b| a.handle.cmp(&b.handle));
        found
    }

    /// Gives the documents of a kind that are no characters.
    pub(crate) fn of_kind(
        &self,
        kind: DocumentKind,
    ) -> impl Iterator<Item = Arc<DocumentRow>> + '_ {
        let wanted = move |row: &&Arc<DocumentRow>| {
            row.title.as_ref().is_some_and(|title| title.kind == kind)
        };
        self.others.values().filter(wanted).cloned()
    }

    /// Counts the characters that are built on a pack.
    pub(crate) fn built_on(&self, pack: &str) -> usize {
        let entries = self.entries.values();
        entries
            .filter(|entry| entry.summary().packs.iter().any(|own| own == pack))
            .count()
    }

    pub(crate) fn owner_of(&self, handle: &str) -> Option<DocumentId> {
        Some(self.handles.get(handle)?.0.row.document)
    }

    /// Makes one page of a list.
    pub(crate) fn page(&self, query: &ListQuery) -> RosterPage {
        let words: Vec<String> = query.text.split_whitespace().take(12).map(fold).collect();
        let found_in = |entry: &&Entry| {
            wanted(entry.summary(), query)
                && words
                    .iter()
                    .all(|word| entry.haystack.contains(word.as_str()))
        };
        let mut found: Vec<&Entry> = self
            .by_name
            .iter()
            .map(|by| by.entry.as_ref())
            .filter(found_in)
            .collect();
        let order = |a: &&Entry, b: &&Entry| match query.sort {
            SortBy::Name => a.name_key().cmp(b.name_key()),
            SortBy::Level => a.summary().level.cmp(&b.summary().level),
            SortBy::Class => a.summary().class_line.cmp(&b.summary().class_line),
            SortBy::Owner => a.summary().owner.cmp(&b.summary().owner),
            SortBy::Updated => a.row.updated.cmp(&b.row.updated),
            SortBy::Created => a.row.created.cmp(&b.row.created),
        };
        // Stable, so that what is equal stays in the order of names.
        match (query.sort, query.descending) {
            (SortBy::Name, false) => {}
            (_, false) => found.sort_by(order),
            (_, true) => found.sort_by(|a, b| order(b, a)),
        }
        let limit = if query.limit == 0 {
            100
        } else {
            query.limit.min(MAX_PAGE)
        };
        let rows = found
            .iter()
            .skip(query.offset as usize)
            .take(limit as usize)
            .map(|entry| wire_row(&entry.row))
            .collect();
        let [in_play, archived] = &self.facets;
        let shown: &[&Facets] = match query.archived {
            Archived::Without => &[in_play],
            Archived::Only => &[archived],
            Archived::With => &[in_play, archived],
        };
        RosterPage {
            rows,
            total: count(found.len()),
            library_total: count(self.entries.len()),
            kinds: listed(shown, |facets| &facets.kinds),
            classes: listed(shown, |facets| &facets.classes),
            owners: listed(shown, |facets| &facets.owners),
        }
    }
}

/// Some rows of a library on their way into the index.
struct Part {
    sorted: Vec<ByName>,
    facets: [Facets; 2],
}

impl Part {
    fn all_of(rows: &[Arc<DocumentRow>]) -> Vec<Part> {
        let threads = thread::available_parallelism().map_or(1, |cores| cores.get().min(8));
        let part = rows.len().div_ceil(threads).max(ROWS_WORTH_A_THREAD);
        thread::scope(|scope| {
            let mut parts = rows.chunks(part);
            let own = parts.next();
            let others: Vec<_> = parts
                .map(|part| (part, scope.spawn(move || Part::of(part))))
                .collect();
            let own = own.into_iter().map(Part::of);
            let joined = others
                .into_iter()
                .map(|(part, other)| other.join().unwrap_or_else(|_| Part::of(part)));
            own.chain(joined).collect()
        })
    }

    fn of(rows: &[Arc<DocumentRow>]) -> Part {
        let mut facets = <[Facets; 2]>::default();
        let characters = rows.iter().filter(|row| row.title.is_none());
        let entries = characters.map(|row| {
            let entry = Entry::new(row);
            facets[usize::from(!entry.summary().active)].add(&entry);
            ByName::new(Arc::new(entry))
        });
        let mut sorted: Vec<_> = entries.collect();
        sorted.sort_unstable();
        Part { sorted, facets }
    }
}

/// How many characters there are of each kind, class and owner.
#[derive(Debug, Default)]
struct Facets {
    kinds: Counts,
    classes: Counts,
    owners: Counts,
}

type Counts = BTreeMap<String, u32>;

impl Facets {
    fn add(&mut self, entry: &Entry) {
        self.each(entry, |counts, name| match counts.get_mut(name) {
            Some(count) => *count += 1,
            None => {
                counts.insert(name.to_owned(), 1);
            }
        });
    }

    fn remove(&mut self, entry: &Entry) {
        self.each(entry, |counts, name| {
            if let Some(count) = counts.get_mut(name) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    counts.remove(name);
                }
            }
        });
    }

    /// Takes in the counts of others.
    fn join(&mut self, other: Facets) {
        let lists = [
            (&mut self.kinds, other.kinds),
            (&mut self.classes, other.classes),
            (&mut self.owners, other.owners),
        ];
        for (sum, counts) in lists {
            for (name, count) in counts {
                *sum.entry(name).or_insert(0) += count;
            }
        }
    }

    fn each(&mut self, entry: &Entry, change: impl Fn(&mut Counts, &str)) {
        let summary = entry.summary();
        change(&mut self.kinds, summary.kind.key());
        for class in &summary.classes {
            change(&mut self.classes, class);
        }
        if !summary.owner.is_empty() {
            change(&mut self.owners, &summary.owner);
        }
    }
}

/// Adds counts up and lists them by name.
fn listed(shown: &[&Facets], of: impl Fn(&Facets) -> &Counts) -> Vec<Facet> {
    let mut sum = BTreeMap::new();
    for (name, count) in shown.iter().flat_map(|facets| of(facets)) {
        *sum.entry(name.as_str()).or_insert(0) += count;
    }
    sum.into_iter()
        .map(|(name, count)| Facet {
            name: name.to_owned(),
            count,
        })
        .collect()
}

fn wanted(summary: &Summary, query: &ListQuery) -> bool {
    let shows = match query.archived {
        Archived::Without => summary.active,
        Archived::Only => !summary.active,
        Archived::With => true,
    };
    shows
        && (query.kinds.is_empty() || query.kinds.contains(&summary.kind))
        && (query.owners.is_empty() || query.owners.contains(&summary.owner))
        && (query.classes.is_empty() || summary.classes.iter().any(|c| query.classes.contains(c)))
}

#[cfg(test)]
mod tests {
    use history::{CommitId, Hash as Digest};
    use uuid::Uuid;

    use super::*;

    fn row(number: u128, name: &str, classes: &[&str], active: bool) -> Arc<DocumentRow> {
        let summary = Summary {
            handle: format!("h-{number}"),
            display_name: name.to_owned(),
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            owner: if active { "Maren" } else { "" }.to_owned(),
            active,
            ..Summary::default()
        };
        Arc::new(DocumentRow {
            document: DocumentId(Uuid::from_u128(number)),
            summary: Some(summary),
            title: None,
            created: chrono::DateTime::UNIX_EPOCH,
            updated: chrono::DateTime::UNIX_EPOCH,
            version_number: 1,
            heads: vec![CommitId(Digest([0; 32]))],
        })
    }

    #[test]
    fn rows_taken_in_at_once_are_those_put_in_one_by_one() {
        const NAMES: &[&str] = &[
            "Sorrel",
            "Sorrel Quickfen",
            "sorrel quickfence",
            "Ysolde",
            "ab",
            "ab\0",
            "a",
            "",
            "Ÿsolde",
        ];
        let rows: Vec<_> = (0..5_000)
            .map(|n: u128| {
                let name = NAMES[(n * 7 % 9) as usize];
                let classes: &[&str] = [&["Bard"][..], &["Bard", "Wizard"], &[]][(n % 3) as usize];
                row(n, name, classes, !n.is_multiple_of(5))
            })
            .collect();
        let at_once = RosterIndex::of(&rows);
        let mut one_by_one = RosterIndex::default();
        for row in rows.iter().rev() {
            one_by_one.put(row);
        }
        for archived in [Archived::Without, Archived::Only, Archived::With] {
            let query = ListQuery {
                archived,
                limit: 500,
                offset: 400,
                ..ListQuery::default()
            };
            assert_eq!(at_once.page(&query), one_by_one.page(&query));
        }
        let names: Vec<_> = at_once
            .by_name
            .iter()
            .map(|by| by.entry.name_key())
            .collect();
        assert!(names.is_sorted() && names.len() == 5_000);
        for index in [at_once, one_by_one] {
            assert_eq!(index.len(), 5_000);
            let known = index.by_handle("h-4321").unwrap();
            assert_eq!(index.owner_of("h-4321").unwrap().to_string(), known.id);
            assert!(index.owner_of("h-5000").is_none());
        }
    }

    #[test]
    fn a_handle_that_was_given_up_is_free() {
        let mut index = RosterIndex::of(&[row(1, "Sorrel", &[], true)]);
        let mut renamed = DocumentRow::clone(&row(1, "Sorrel", &[], true));
        if let Some(summary) = &mut renamed.summary {
            summary.handle = "other".to_owned();
        }
        index.put(&Arc::new(renamed));
        assert!(index.owner_of("h-1").is_none());
        assert!(index.owner_of("other").is_some());
    }
}
