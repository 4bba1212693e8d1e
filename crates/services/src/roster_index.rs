//! The rows of all characters in memory, ready to be listed and searched.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, LazyLock};

use history::DocumentId;
use sheet::{DocumentKind, Summary};
use vault::DocumentRow;

use crate::library::{unreadable, wire_row};
use crate::text::{count, fold, fold_into};
use crate::wire::{Archived, CharacterRow, Facet, ListQuery, RosterPage, SortBy};

/// The most rows a page holds.
const MAX_PAGE: u32 = 500;

/// The rows of a library; one per library, filled at the first look.
#[derive(Debug, Default)]
pub(crate) struct RosterIndex {
    entries: HashMap<DocumentId, Arc<Entry>>,
    handles: HashMap<String, DocumentId>,
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

/// An entry in the order of names as shown, then of ids.
#[derive(Debug)]
struct ByName(Arc<Entry>);

impl ByName {
    fn key(&self) -> (&str, DocumentId) {
        (self.0.name_key(), self.0.row.document)
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
    /// Takes all rows of a library in at once.
    pub(crate) fn of(rows: &[Arc<DocumentRow>]) -> RosterIndex {
        let mut index = RosterIndex {
            entries: HashMap::with_capacity(rows.len()),
            handles: HashMap::with_capacity(rows.len()),
            generation: 1,
            ..RosterIndex::default()
        };
        let mut sorted = Vec::with_capacity(rows.len());
        for row in rows {
            if row.title.is_some() {
                index.others.insert(row.document, Arc::clone(row));
                continue;
            }
            let entry = Arc::new(Entry::new(row));
            let handle = entry.summary().handle.clone();
            index.handles.insert(handle, row.document);
            index.facets_of(&entry).add(&entry);
            index.entries.insert(row.document, Arc::clone(&entry));
            sorted.push(ByName(entry));
        }
        index.by_name = BTreeSet::from_iter(sorted);
        index
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
            if old.summary().handle != entry.summary().handle {
                self.handles.remove(&old.summary().handle);
            }
            self.facets_of(&old).remove(&old);
            self.by_name.remove(&ByName(old));
        }
        let handle = entry.summary().handle.clone();
        self.handles.insert(handle, document);
        self.facets_of(&entry).add(&entry);
        self.by_name.insert(ByName(entry));
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

    pub(crate) fn row(&self, document: DocumentId) -> Option<CharacterRow> {
        Some(wire_row(&self.entries.get(&document)?.row))
    }

    pub(crate) fn by_handle(&self, handle: &str) -> Option<CharacterRow> {
        self.row(*self.handles.get(handle)?)
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
        self.handles.get(handle).copied()
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
            .map(|entry| entry.0.as_ref())
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
