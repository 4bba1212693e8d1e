//! The roster: the characters of a library, found, listed, made, renamed, archived and brought back.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use history::{Action, Author, BranchName, CommitKind, DocumentId, Edit, Tree};
use serde_json::Value;

use crate::library::Library;
use crate::text::{count, fold};
use crate::wire::{
    Archived, CellEdit, CharacterRow, EditOutcome, EditRequest, Facet, ListQuery, NewCharacter,
    RecordPatch, RosterPage, SheetView, SortBy,
};
use crate::writing::Naming;
use crate::{Code, Failure};

/// The most rows a page holds.
const MAX_PAGE: u32 = 500;

/// Serves the use cases of the roster; made by [`Library::roster`].
#[derive(Clone, Copy)]
pub struct Roster<'a> {
    pub(crate) library: &'a Library,
}

impl Roster<'_> {
    /// Lists characters: filtered, sorted, one page of them, with counts for the filters.
    ///
    /// # Errors
    /// An index that cannot be read.
    pub fn list(&self, query: &ListQuery) -> Result<Arc<RosterPage>, Failure> {
        self.library.timed("roster.list", || {
            let index = self.library.roster_index()?;
            let key = (index.generation(), query.clone());
            let caches = self.library.caches();
            if let Some(page) = caches.lists.get(&key) {
                caches.list_figures.hit();
                return Ok(page);
            }
            caches.list_figures.miss();
            let page = Arc::new(index.page(query));
            caches.lists.insert(key, Arc::clone(&page));
            Ok(page)
        })
    }

    /// Gives one row by document id.
    ///
    /// # Errors
    /// A text that is no id, or an id nobody has.
    pub fn get(&self, id: &str) -> Result<CharacterRow, Failure> {
        self.library.timed("roster.get", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)
        })
    }

    /// Gives one row by handle, whatever the case of its letters.
    ///
    /// # Errors
    /// A handle nobody has.
    pub fn by_handle(&self, handle: &str) -> Result<CharacterRow, Failure> {
        self.library.timed("roster.by_handle", || {
            let index = self.library.roster_index()?;
            index
                .by_handle(&handle.to_lowercase())
                .ok_or_else(|| Failure::not_found("character", handle))
        })
    }

    /// Gives one row by id, by handle or by name as shown, as a person types it; a name must be one character's only.
    ///
    /// # Errors
    /// A name that nobody has, or more than one.
    pub fn find(&self, name: &str) -> Result<CharacterRow, Failure> {
        if let Ok(document) = name.parse::<DocumentId>() {
            return self.library.row(document);
        }
        let named = match self.by_handle(name) {
            Err(failure) if failure.code == Code::NotFound => {
                self.library.roster_index()?.named(name)
            }
            found => return found,
        };
        match named.as_slice() {
            [] => Err(Failure::not_found("character", name)),
            [only] => Ok(only.clone()),
            several => {
                let handles: Vec<String> = several
                    .iter()
                    .take(5)
                    .map(|row| format!("`{}`", row.handle))
                    .collect();
                Err(Failure::new(
                    Code::Invalid,
                    format!(
                        "{} characters are called `{}`.",
                        several.len(),
                        several[0].display_name
                    ),
                    format!("Name one by its handle: {}.", handles.join(", ")),
                ))
            }
        }
    }

    /// Makes a character and gives its first version.
    ///
    /// # Errors
    /// A name that is empty or too long, or a handle that another has.
    pub fn create(&self, new: &NewCharacter) -> Result<SheetView, Failure> {
        self.library.timed("roster.create", || {
            if new.display_name.trim().is_empty() {
                return Err(Failure::invalid(
                    "/record/display_name",
                    "A character needs a name.",
                    "Any name will do; it can be changed at any time.",
                ));
            }
            let naming = self.library.naming();
            let handle = match &new.handle {
                Some(handle) => handle.to_lowercase(),
                None => self.free_handle(&sheet::handle_from(&new.display_name), &naming)?,
            };
            let source =
                sheet::new_character(new.kind, new.display_name.trim(), &handle, new.owner.trim());
            let created = self.library.create_document(
                source,
                CommitKind::Create,
                Action::Create,
                &naming,
            )?;
            self.library.sheet().show(&created.to_string())
        })
    }

    /// Makes a character that begins as a copy of another's newest version.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn duplicate(&self, id: &str) -> Result<SheetView, Failure> {
        self.library.timed("roster.duplicate", || {
            let document: DocumentId = id.parse()?;
            let row = self.library.row(document)?;
            let (_, tree) = self.library.tip(document, &BranchName::main())?;
            let naming = self.library.naming();
            let handle = self.free_handle(&row.handle, &naming)?;
            let name: String = format!("{} (copy)", row.display_name)
                .chars()
                .take(120)
                .collect();
            let mut source = tree.to_value();
            if let Some(record) = source.get_mut("record").and_then(Value::as_object_mut) {
                record.insert("handle".to_owned(), Value::from(handle));
                record.insert("display_name".to_owned(), Value::from(name));
                record.insert("active".to_owned(), Value::from(true));
            }
            let created = self.library.create_document(
                source,
                CommitKind::Create,
                Action::Create,
                &naming,
            )?;
            self.library.sheet().show(&created.to_string())
        })
    }

    /// Changes the record around a sheet; what the patch leaves out stays.
    ///
    /// # Errors
    /// What [`crate::sheet::Sheets::edit`] refuses.
    pub fn update(&self, id: &str, patch: &RecordPatch) -> Result<EditOutcome, Failure> {
        self.library.timed("roster.update", || {
            let mut changes = Vec::new();
            let mut set = |cell: &str, value: Value| {
                changes.push(CellEdit::Set {
                    path: format!("/record/{cell}"),
                    value,
                });
            };
            if let Some(name) = &patch.display_name {
                set("display_name", Value::from(name.trim()));
            }
            if let Some(handle) = &patch.handle {
                set("handle", Value::from(handle.to_lowercase()));
            }
            if let Some(owner) = &patch.owner {
                set("owner", Value::from(owner.trim()));
            }
            if let Some(kind) = patch.kind {
                set(
                    "kind",
                    serde_json::to_value(kind).map_err(Failure::internal)?,
                );
            }
            let document: DocumentId = id.parse()?;
            let (base, _) = self.library.tip(document, &BranchName::main())?;
            self.library.sheet().edit(&EditRequest {
                id: id.to_owned(),
                branch: None,
                base: base.to_string(),
                changes,
                message: None,
            })
        })
    }

    /// Archives a character: it leaves the lists and keeps all its history.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn archive(&self, id: &str) -> Result<CharacterRow, Failure> {
        self.library
            .timed("roster.archive", || self.set_active(id, false))
    }

    /// Brings an archived character back.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn restore(&self, id: &str) -> Result<CharacterRow, Failure> {
        self.library
            .timed("roster.restore", || self.set_active(id, true))
    }

    fn set_active(&self, id: &str, active: bool) -> Result<CharacterRow, Failure> {
        let document: DocumentId = id.parse()?;
        let row = self.library.row(document)?;
        if row.active == active {
            return Ok(row);
        }
        let path = history::CellPath::from_segments(["record", "active"]);
        let action = if active {
            Action::Unarchive
        } else {
            Action::Archive
        };
        self.library.amend(document, action, |tree: &Tree| {
            Ok(history::edit(
                tree,
                [Edit::Set {
                    path: path.clone(),
                    value: active.into(),
                }],
            )?)
        })?;
        self.library.row(document)
    }

    /// Finds a handle that nobody has: the wanted one, or with the first number behind it that is free.
    pub(crate) fn free_handle(&self, wanted: &str, _: &Naming<'_>) -> Result<String, Failure> {
        let index = self.library.roster_index()?;
        if index.by_handle(wanted).is_none() {
            return Ok(wanted.to_owned());
        }
        let stem: String = wanted
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .chars()
            .take(54)
            .collect();
        let stem = stem.trim_end_matches('-');
        (2..=99_999u32)
            .map(|n| format!("{stem}-{n}"))
            .find(|handle| index.by_handle(handle).is_none())
            .ok_or_else(|| {
                Failure::new(
                    Code::HandleTaken,
                    format!("Every handle like `{wanted}` is taken."),
                    "Choose another name.",
                )
            })
    }

    /// Tells who the author of a change is when nobody says otherwise.
    pub fn author(&self) -> Author {
        self.library.author()
    }
}

/// The rows of all characters in memory, ready to be searched; one per library, filled at the first look.
#[derive(Debug, Default)]
pub(crate) struct RosterIndex {
    entries: HashMap<DocumentId, Arc<Entry>>,
    handles: HashMap<String, DocumentId>,
    /// The entries by name as shown, then by id: the order of nearly every list, so that no list need sort for it.
    by_name: BTreeMap<(String, DocumentId), Arc<Entry>>,
    generation: u64,
    /// What filters would leave, counted at the first list after a change.
    facets: Mutex<Option<(Archived, Arc<Facets>)>>,
}

#[derive(Debug)]
struct Entry {
    row: CharacterRow,
    /// What a search looks through, folded.
    haystack: String,
    name_key: String,
}

impl RosterIndex {
    pub(crate) fn put(&mut self, document: DocumentId, row: CharacterRow) {
        self.generation += 1;
        if let Some(old) = self.entries.get(&document)
            && old.row.handle != row.handle
        {
            self.handles.remove(&old.row.handle);
        }
        self.handles.insert(row.handle.clone(), document);
        let name_key = fold(&row.display_name);
        let haystack = format!(
            "{name_key}\n{}\n{}\n{}\n{}",
            row.handle,
            fold(&row.species),
            fold(&row.class_line),
            fold(&row.owner)
        );
        let entry = Arc::new(Entry {
            row,
            haystack,
            name_key,
        });
        let place = (entry.name_key.clone(), document);
        if let Some(old) = self.entries.insert(document, Arc::clone(&entry)) {
            self.by_name.remove(&(old.name_key.clone(), document));
        }
        self.by_name.insert(place, entry);
        *self.facets.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Counts the changes; a list made at one count is right as long as the count stands.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn row(&self, document: DocumentId) -> Option<CharacterRow> {
        self.entries.get(&document).map(|entry| entry.row.clone())
    }

    pub(crate) fn by_handle(&self, handle: &str) -> Option<CharacterRow> {
        self.row(*self.handles.get(handle)?)
    }

    /// Gives everyone of a name as shown, whatever its case and accents, by handle.
    fn named(&self, name: &str) -> Vec<CharacterRow> {
        let key = fold(name.trim());
        let mut found: Vec<CharacterRow> = self
            .entries
            .values()
            .filter(|entry| entry.name_key == key)
            .map(|entry| entry.row.clone())
            .collect();
        found.sort_unstable_by(|a, b| a.handle.cmp(&b.handle));
        found
    }

    pub(crate) fn owner_of(&self, handle: &str) -> Option<DocumentId> {
        self.handles.get(handle).copied()
    }

    fn page(&self, query: &ListQuery) -> RosterPage {
        let words: Vec<String> = query.text.split_whitespace().take(12).map(fold).collect();
        let found_in = |entry: &&Entry| {
            wanted(&entry.row, query)
                && words
                    .iter()
                    .all(|word| entry.haystack.contains(word.as_str()))
        };
        let mut found: Vec<&Entry> = self
            .by_name
            .values()
            .map(Arc::as_ref)
            .filter(found_in)
            .collect();
        let order = |a: &&Entry, b: &&Entry| match query.sort {
            SortBy::Name => a.name_key.cmp(&b.name_key),
            SortBy::Level => a.row.level.cmp(&b.row.level),
            SortBy::Class => a.row.class_line.cmp(&b.row.class_line),
            SortBy::Owner => a.row.owner.cmp(&b.row.owner),
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
            .map(|entry| entry.row.clone())
            .collect();
        let facets = self.facets(query.archived);
        RosterPage {
            rows,
            total: count(found.len()),
            library_total: count(self.entries.len()),
            kinds: facets.kinds.clone(),
            classes: facets.classes.clone(),
            owners: facets.owners.clone(),
        }
    }

    fn facets(&self, archived: Archived) -> Arc<Facets> {
        let mut kept = self.facets.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.as_ref() {
            Some((of, facets)) if *of == archived => Arc::clone(facets),
            _ => {
                let counted = Arc::new(self.count_facets(archived));
                *kept = Some((archived, Arc::clone(&counted)));
                counted
            }
        }
    }

    fn count_facets(&self, archived: Archived) -> Facets {
        let (mut kinds, mut classes, mut owners) =
            (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for row in self.entries.values().map(|entry| &entry.row) {
            if !shows(row, archived) {
                continue;
            }
            *kinds.entry(row.kind.key()).or_insert(0) += 1;
            for class in &row.classes {
                *classes.entry(class.as_str()).or_insert(0) += 1;
            }
            if !row.owner.is_empty() {
                *owners.entry(row.owner.as_str()).or_insert(0) += 1;
            }
        }
        let list = |counts: BTreeMap<&str, u32>| {
            counts
                .into_iter()
                .map(|(name, count)| Facet {
                    name: name.to_owned(),
                    count,
                })
                .collect()
        };
        Facets {
            kinds: list(kinds),
            classes: list(classes),
            owners: list(owners),
        }
    }
}

#[derive(Debug)]
struct Facets {
    kinds: Vec<Facet>,
    classes: Vec<Facet>,
    owners: Vec<Facet>,
}

fn shows(row: &CharacterRow, archived: Archived) -> bool {
    match archived {
        Archived::Without => row.active,
        Archived::Only => !row.active,
        Archived::With => true,
    }
}

fn wanted(row: &CharacterRow, query: &ListQuery) -> bool {
    shows(row, query.archived)
        && (query.kinds.is_empty() || query.kinds.contains(&row.kind))
        && (query.owners.is_empty() || query.owners.contains(&row.owner))
        && (query.classes.is_empty() || row.classes.iter().any(|c| query.classes.contains(c)))
}
