//! The roster: the characters of a library, found, listed, made, renamed, archived and brought back.

use std::sync::Arc;

use history::{Action, Author, BranchName, CommitKind, DocumentId, Edit, Tree};
use rules::build::{Recipe, quick};
use serde_json::Value;

use crate::library::Library;
use crate::wire::{
    CellEdit, CharacterRow, EditOutcome, EditRequest, ListQuery, NewCharacter, QuickCharacter,
    RecordPatch, RosterPage, SheetView,
};
use crate::writing::Naming;
use crate::{Code, Failure};

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
            let mut source =
                sheet::new_character(new.kind, new.display_name.trim(), &handle, new.owner.trim());
            if new.built && new.kind == sheet::Kind::Character {
                source["build"]["packs"] = serde_json::json!(self.library.packs_of_new()?);
                // The species gives what a sheet written by hand begins with.
                source["build"]["scores_by"] = Value::from("standard_array");
                source["abilities"]["scores"] = serde_json::json!({
                    "strength": 15, "dexterity": 14, "constitution": 13, "intelligence": 12, "wisdom": 10,
                    "charisma": 8,
                });
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

    /// Makes a character of the SRD's rules at once, every choice made.
    ///
    /// # Errors
    /// A name that is empty or too long, a class, species or background that no pack has, no level or more than 20.
    pub fn quick(&self, asked: &QuickCharacter) -> Result<SheetView, Failure> {
        self.library.timed("roster.quick", || {
            if asked.display_name.trim().is_empty() {
                return Err(Failure::invalid(
                    "/record/display_name",
                    "A character needs a name.",
                    "Any name will do; it can be changed at any time.",
                ));
            }
            let naming = self.library.naming();
            let handle = self.free_handle(&sheet::handle_from(&asked.display_name), &naming)?;
            let recipe = Recipe {
                name: asked.display_name.trim().to_owned(),
                handle,
                owner: asked.owner.trim().to_owned(),
                levels: asked.levels.clone(),
                species: asked.species.clone(),
                background: asked.background.clone(),
            };
            let clock = &self.library.settings.clock;
            let content = self.library.content()?;
            let source = quick(&content, &recipe, &mut || clock.new_id().to_string())?;
            let created = self.library.create_document(
                source,
                CommitKind::Generated,
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
            // The lists show the record of `main`, wherever one stands.
            let branch = BranchName::main();
            let (base, _) = self.library.tip(document, &branch)?;
            self.library.sheet().edit(&EditRequest {
                id: id.to_owned(),
                branch: Some(branch.to_string()),
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
