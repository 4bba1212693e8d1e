//! Packs of a house's own: made, written, checked, compared, taken in and written out; each is a document with history.
//!
//! How characters stand to them is in the file of that name below.

mod characters;
mod check;
mod files;
mod shelf;
mod view;

use history::{Action, BranchName, CommitId, CommitKind, DocumentId, Edit, Tree, merge};
use rules::content::{self, Fate, Written, compare, key};
use serde_json::{Value, json};
use sheet::{MAX_LINE, MAX_NAME, PackSource, pack_policies};
use vault::DocumentRow;

use crate::library::Library;
use crate::wire::{
    PackChange, PackChecked, PackDifference, PackEdit, PackRow, PackSaved, PackView,
};
use crate::writing::{Draft, TRIES, WriteError, too_busy};
use crate::{Code, Failure};
pub(crate) use shelf::{Known, ReadPack};
use shelf::{handle, is_own, read};
use view::differences;

/// The most things of one pack.
const MAX_THINGS: usize = 2_000;
/// The most bytes of one thing's text.
const MAX_TEXT: usize = 64 << 10;
/// The most bytes of all texts of one pack.
const MAX_ALL: usize = 4 << 20;

/// Serves packs; made by [`Library::packs`].
#[derive(Clone, Copy)]
pub struct Packs<'a> {
    library: &'a Library,
}

impl Library {
    /// Serves packs of a house's own.
    pub fn packs(&self) -> Packs<'_> {
        Packs { library: self }
    }
}

impl Packs<'_> {
    /// Lists the packs, archived ones last.
    ///
    /// # Errors
    /// A pack that cannot be read.
    pub fn list(&self) -> Result<Vec<PackRow>, Failure> {
        self.library.timed("packs.list", || {
            let rows = self.library.pack_rows()?;
            let mut rows = rows
                .iter()
                .map(|row| self.row(row))
                .collect::<Result<Vec<_>, _>>()?;
            rows.sort_by_key(|row| (!row.active, crate::text::fold(&row.name)));
            Ok(rows)
        })
    }

    /// Makes an empty pack.
    ///
    /// # Errors
    /// A name that is empty or longer than 120 characters.
    pub fn create(&self, name: &str) -> Result<PackView, Failure> {
        self.library.timed("packs.create", || {
            let name = named(name)?;
            self.make(
                PackSource::new(&sheet::handle_from(name), name),
                CommitKind::Create,
            )
        })
    }

    /// Shows a pack at its newest version, or at another.
    ///
    /// # Errors
    /// A pack or a version that is not there.
    pub fn show(&self, id: &str, commit: Option<&str>) -> Result<PackView, Failure> {
        self.library.timed("packs.show", || {
            let row = self.pack(id)?;
            let commit = self.version(&row, commit)?;
            self.view(&row, commit)
        })
    }

    /// Changes a pack: all of what is asked for or none, durable when this returns; what others changed since is merged.
    ///
    /// # Errors
    /// A pack, a version or a thing that is not there; too many things, or too much text.
    pub fn edit(&self, request: &PackEdit) -> Result<PackSaved, Failure> {
        self.library.timed("packs.edit", || {
            let row = self.pack(&request.id)?;
            let base: CommitId = request.base.parse()?;
            self.library.commit_of(row.document, base)?;
            let tree = self.library.tree(base)?;
            let mut written = Vec::new();
            let edits = self.edits(&PackSource::of_tree(&tree), &request.changes, &mut written)?;
            let ours = history::edit(&tree, edits)?;
            let view = self.land(&row, &tree, &ours, CommitKind::Edit, Action::Edit, None)?;
            Ok(PackSaved { view, written })
        })
    }

    /// Checks a text as it would stand in its pack, at its newest version or at another, and shows what it would look
    /// like; writes nothing.
    ///
    /// # Errors
    /// A pack or a version that is not there; a text of more than 64 KB.
    pub fn check(
        &self,
        id: &str,
        commit: Option<&str>,
        thing: Option<&str>,
        text: &str,
    ) -> Result<PackChecked, Failure> {
        self.library.timed("packs.check", || {
            let row = self.pack(id)?;
            not_too_long(text)?;
            let version = self.version(&row, commit)?;
            let mut source = PackSource::of_tree(&self.library.tree(version)?);
            let own = thing.unwrap_or("new");
            let checked = sheet::ThingText {
                kind: String::new(),
                text: text.to_owned(),
            };
            source.things.insert(own.to_owned(), checked);
            // Texts of several things are taken apart when they are written; here they are looked at together.
            let read = read(source, "draft");
            let beside = self.library.beside(row.document)?;
            let mut problems = check::problems(&read, &beside);
            problems.retain(|problem| problem.thing.as_deref().is_none_or(|thing| thing == own));
            for problem in &mut problems {
                problem.thing = None;
            }
            let mut content = (*beside).clone();
            content.add(read.file.clone());
            let shown = content::read_pack([(own, text)]).map(|file| file.things());
            let entries = shown.unwrap_or_default().into_iter();
            let entries = entries.filter_map(|(kind, name, _)| {
                crate::compendium::entry_of(
                    &content,
                    crate::compendium::shelf_of(kind),
                    &key(&name),
                )
            });
            Ok(PackChecked {
                problems,
                entries: entries.collect(),
            })
        })
    }

    /// Takes back the latest change of a pack that was not taken back yet.
    ///
    /// # Errors
    /// [`Code::NothingToUndo`] where only the beginning is left.
    pub fn undo(&self, id: &str) -> Result<PackView, Failure> {
        self.library.timed("packs.undo", || {
            let row = self.pack(id)?;
            let Some(target) = self.library.undo_target(tip(&row)?)? else {
                return Err(Failure::new(
                    Code::NothingToUndo,
                    "There is nothing to undo.",
                    "This is how the pack began.",
                ));
            };
            let after = self.library.tree(target.id)?;
            let before = match target.says.parents.first() {
                Some(parent) => self.library.tree(*parent)?,
                None => return Err(Failure::internal("a first commit cannot be taken back")),
            };
            let kind = CommitKind::Undo { of: target.id };
            self.land(&row, &after, &before, kind, Action::Undo, None)
        })
    }

    /// Puts a pack back to how it stood at a version; what came since stays in its history.
    ///
    /// # Errors
    /// A version that is not this pack's.
    pub fn rollback(&self, id: &str, commit: &str) -> Result<PackView, Failure> {
        self.library.timed("packs.rollback", || {
            let row = self.pack(id)?;
            let to = self.library.find_version(row.document, commit)?;
            let then = self.library.tree(to)?;
            let now = self.library.tree(tip(&row)?)?;
            let kind = CommitKind::Rollback { to };
            self.land(&row, &now, &then, kind, Action::Rollback, None)
        })
    }

    /// Takes a pack out of use, or back into use; characters built on it keep what they have of it.
    ///
    /// # Errors
    /// A pack that is not there.
    pub fn archive(&self, id: &str, active: bool) -> Result<PackRow, Failure> {
        self.library.timed("packs.archive", || {
            let row = self.pack(id)?;
            let tree = self.library.tree(tip(&row)?)?;
            let ours = history::edit(&tree, [set("/record/active".to_owned(), json!(active))?])?;
            let title = if active { "Brought back" } else { "Archived" };
            let action = if active {
                Action::Unarchive
            } else {
                Action::Archive
            };
            let view = self.land(&row, &tree, &ours, CommitKind::Edit, action, Some(title))?;
            Ok(view.row)
        })
    }

    /// Gives the text that a new thing of a kind begins with.
    ///
    /// # Errors
    /// A kind of which nothing new can be made.
    pub fn template(&self, kind: &str) -> Result<String, Failure> {
        content::template(kind)
            .map(str::to_owned)
            .ok_or_else(|| Failure::not_found("kind", kind))
    }

    /// Tells how two versions of a pack differ, by thing and field.
    ///
    /// # Errors
    /// A version that is not this pack's.
    pub fn compare(&self, id: &str, from: &str, to: &str) -> Result<Vec<PackDifference>, Failure> {
        self.library.timed("packs.compare", || {
            let row = self.pack(id)?;
            let version = |commit: &str| {
                let commit = self.library.find_version(row.document, commit)?;
                self.library.read_pack(commit)
            };
            let (from, to) = (version(from)?, version(to)?);
            Ok(differences(&from, &to))
        })
    }

    /// Finds a pack by document.
    fn pack(&self, id: &str) -> Result<std::sync::Arc<DocumentRow>, Failure> {
        let document: DocumentId = id.parse()?;
        let mut rows = self.library.pack_rows()?.into_iter();
        rows.find(|row| row.document == document)
            .ok_or_else(|| Failure::not_found("pack", id))
    }

    /// Finds a version of a pack; its newest where none is asked for.
    fn version(&self, row: &DocumentRow, commit: Option<&str>) -> Result<CommitId, Failure> {
        match commit {
            Some(commit) => self.library.find_version(row.document, commit),
            None => tip(row),
        }
    }

    /// Finds a pack by document, by its id, or by its name, as a person types it.
    ///
    /// # Errors
    /// A name that no pack has.
    pub fn find(&self, name: &str) -> Result<PackRow, Failure> {
        let rows = self.library.pack_rows()?;
        let wanted = crate::text::fold(name.trim());
        let is = |row: &&std::sync::Arc<DocumentRow>| {
            let title = row.title.as_ref().map_or("", |title| &title.name);
            row.document.to_string() == name
                || handle(row) == wanted
                || crate::text::fold(title) == wanted
        };
        match rows.iter().find(is) {
            Some(row) => self.row(row),
            None => Err(Failure::not_found("pack", name)),
        }
    }

    /// Refuses a player at a table that reviews: what everybody's characters may be built on is the DM's.
    fn may_write(&self) -> Result<(), Failure> {
        if self.library.is_reviewed()? {
            return Err(Failure::new(
                Code::NotAllowed,
                "At this table packs are the DM's.",
                "Give the DM the text of what you would add.",
            ));
        }
        Ok(())
    }

    /// Writes a new pack under a free id.
    fn make(&self, mut source: PackSource, kind: CommitKind) -> Result<PackView, Failure> {
        self.may_write()?;
        let naming = self.library.naming();
        let wanted = source.record.handle.clone();
        let mut number = 1;
        while is_own(&source.record.handle)
            || self.library.pack_called(&source.record.handle)?.is_some()
        {
            number += 1;
            let stem: String = wanted.chars().take(sheet::MAX_HANDLE - 6).collect();
            source.record.handle = format!("{stem}-{number}");
        }
        let tree = Tree::from_value(serde_json::to_value(&source).map_err(Failure::internal)?)?;
        let document = DocumentId(self.library.settings.clock.new_id());
        let action = match kind {
            CommitKind::Import => Action::Import,
            _ => Action::Create,
        };
        self.library
            .write(Draft::on_main(document, Vec::new(), tree, kind), action)
            .map_err(WriteError::into_failure)?;
        drop(naming);
        // A character that came with the name of this pack was worked out without it.
        self.library.caches().sheets.invalidate_all();
        self.show(&document.to_string(), None)
    }

    /// Brings the change from `base` to `ours` onto the pack, wherever it stands, and writes it.
    fn land(
        &self,
        row: &DocumentRow,
        base: &Tree,
        ours: &Tree,
        kind: CommitKind,
        action: Action,
        title: Option<&str>,
    ) -> Result<PackView, Failure> {
        self.may_write()?;
        let document = row.document;
        let branch = BranchName::main();
        let _turn = self.library.turn(document);
        for _ in 0..TRIES {
            let (tip, theirs) = self.library.tip(document, &branch)?;
            let result = if theirs == *base {
                ours.clone()
            } else {
                let merged = merge(base, ours, &theirs, pack_policies());
                if !merged.is_clean() {
                    return Err(Failure::new(
                        Code::Conflict,
                        "Somebody else changed the same place of the pack meanwhile.",
                        "Nothing was written. Look at what the pack says now, then make your change again.",
                    ));
                }
                merged.tree
            };
            if result == theirs {
                return self.show(&document.to_string(), None);
            }
            let after = PackSource::of_tree(&result);
            limits(&after)?;
            let message = match (&kind, title) {
                (_, Some(title)) => title.to_owned(),
                (CommitKind::Edit, None) => self.says(tip, after)?,
                _ => String::new(),
            };
            let draft = Draft {
                document,
                branch: branch.clone(),
                parents: vec![tip],
                before: None,
                tree: result,
                kind: kind.clone(),
                message,
            };
            match self.library.write(draft, action) {
                Ok(_) => return self.show(&document.to_string(), None),
                Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
        }
        Err(too_busy())
    }

    /// Says in a line what an edit changed.
    fn says(&self, before: CommitId, after: PackSource) -> Result<String, Failure> {
        let before = self.library.read_pack(before)?;
        let after = read(after, "");
        let mut parts: Vec<String> = compare(&before.file, &after.file)
            .iter()
            .map(|one| {
                let verb = match one.fate {
                    Fate::Added => "added",
                    Fate::Removed => "removed",
                    Fate::Changed => "changed",
                };
                format!("{verb} {} {}", one.kind.replace('_', " "), one.name)
            })
            .collect();
        let (was, is) = (&before.source, &after.source);
        if was.pack != is.pack || was.record.display_name != is.record.display_name {
            parts.push("changed what the pack says of itself".to_owned());
        }
        if parts.is_empty() {
            parts.push("changed texts".to_owned());
        }
        let more = parts.len().saturating_sub(3);
        parts.truncate(3);
        if more > 0 {
            parts.push(format!("{more} more"));
        }
        let line = crate::text::line(&parts.join(", "), 200);
        Ok(crate::failure::capital(&line))
    }

    fn edits(
        &self,
        source: &PackSource,
        changes: &[PackChange],
        written: &mut Vec<String>,
    ) -> Result<Vec<Edit>, Failure> {
        let mut edits = Vec::new();
        for change in changes {
            match change {
                PackChange::Head { head } => {
                    for (cell, text) in [
                        ("/pack/version", &head.version),
                        ("/pack/license", &head.license),
                        ("/pack/attribution", &head.attribution),
                    ] {
                        if text.chars().count() > MAX_LINE {
                            let message = format!(
                                "A text of more than {MAX_LINE} characters does not fit there."
                            );
                            return Err(Failure::new(Code::TooLarge, message, "Shorten it."));
                        }
                        edits.push(set(cell.to_owned(), json!(text.trim()))?);
                    }
                    let name = named(&head.name)?;
                    edits.push(set("/record/display_name".to_owned(), json!(name))?);
                }
                PackChange::Put { thing, text } => {
                    not_too_long(text)?;
                    if let Some(thing) = thing
                        && !source.things.contains_key(thing)
                    {
                        return Err(Failure::not_found("thing of the pack", thing));
                    }
                    let kind = || {
                        let known = thing.as_ref().and_then(|thing| source.things.get(thing));
                        let seen = content::kind_of(text).map(str::to_owned);
                        seen.or_else(|| known.map(|known| known.kind.clone()))
                    };
                    let whole = || Written {
                        kind: kind().unwrap_or_default(),
                        name: String::new(),
                        text: text.clone(),
                    };
                    let parts = match content::written(text) {
                        Some(parts) if parts.len() > 1 => parts,
                        _ => vec![whole()],
                    };
                    let mut id = thing.clone();
                    for part in parts {
                        let own = id.take();
                        let own =
                            own.unwrap_or_else(|| self.library.settings.clock.new_id().to_string());
                        let value =
                            serde_json::to_value(text_of(part)).map_err(Failure::internal)?;
                        edits.push(set(format!("/things/{own}"), value)?);
                        written.push(own);
                    }
                }
                PackChange::Remove { thing } => {
                    if !source.things.contains_key(thing) {
                        return Err(Failure::not_found("thing of the pack", thing));
                    }
                    edits.push(Edit::Remove {
                        path: format!("/things/{thing}").parse()?,
                    });
                }
            }
        }
        Ok(edits)
    }
}

fn tip(row: &DocumentRow) -> Result<CommitId, Failure> {
    let tip = row.heads.first().copied();
    tip.ok_or_else(|| Failure::not_found("pack", &row.document.to_string()))
}

fn text_of(part: Written) -> sheet::ThingText {
    sheet::ThingText {
        kind: part.kind,
        text: part.text,
    }
}

fn set(cell: String, value: Value) -> Result<Edit, Failure> {
    Ok(Edit::Set {
        path: cell.parse()?,
        value,
    })
}

fn named(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(Failure::new(
            Code::Invalid,
            format!("The name of a pack has 1 to {MAX_NAME} characters."),
            "Any name will do; it can be changed at any time.",
        ));
    }
    Ok(name)
}

fn not_too_long(text: &str) -> Result<(), Failure> {
    if text.len() <= MAX_TEXT {
        return Ok(());
    }
    Err(Failure::new(
        Code::TooLarge,
        format!("The text of one thing has at most {} KB.", MAX_TEXT >> 10),
        "Split it into several things, or take the files in as a pack.",
    ))
}

fn limits(source: &PackSource) -> Result<(), Failure> {
    let bytes: usize = source.things.values().map(|thing| thing.text.len()).sum();
    let long = source
        .things
        .values()
        .any(|thing| thing.text.len() > MAX_TEXT);
    if source.things.len() > MAX_THINGS || bytes > MAX_ALL || long {
        return Err(too_large());
    }
    Ok(())
}

fn too_large() -> Failure {
    Failure::new(
        Code::TooLarge,
        format!(
            "A pack has at most {MAX_THINGS} things of {} KB each, and {} MB in all.",
            MAX_TEXT >> 10,
            MAX_ALL >> 20
        ),
        "Split it into several packs.",
    )
}
