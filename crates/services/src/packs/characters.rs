//! How characters stand to packs: what they are built on, what is newer, what taking it over would change.

use std::collections::BTreeMap;
use std::sync::Arc;

use history::{CellPath, CommitId, CommitKind};
use rules::Content;
use rules::build::Write;
use serde_json::Value;
use vault::DocumentRow;

use super::shelf::read;
use super::shelf::{handle, is_own};
use super::tip;
use super::view::differences;
use crate::library::Library;
use crate::sheet::Sheets;
use crate::wire::{CharacterPack, EditOutcome, PackReview, PackState};
use crate::words::consequence_lines;
use crate::{Code, Failure};

impl Sheets<'_> {
    /// Tells how a character stands to each pack: those it is built on, then those it could be built on. Nothing for a
    /// sheet written by hand.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn packs(&self, id: &str) -> Result<Vec<CharacterPack>, Failure> {
        self.library.timed("sheet.packs", || {
            let worked = self.newest(id)?;
            let built_on = &worked.source.build.packs;
            let mut all = Vec::new();
            for (pack, version) in built_on {
                all.push(self.library.stands(pack, Some(version))?);
            }
            if !built_on.is_empty() {
                for row in self.library.pack_rows()? {
                    let active = row.title.as_ref().is_some_and(|title| title.active);
                    if active && !built_on.contains_key(handle(&row)) {
                        all.push(self.library.stands(handle(&row), None)?);
                    }
                }
            }
            Ok(all)
        })
    }

    /// Shows what it would mean for a character to be built on the newest version of a pack; writes nothing.
    ///
    /// # Errors
    /// A character or a pack that is not there.
    pub fn pack_review(&self, id: &str, pack: &str) -> Result<PackReview, Failure> {
        self.library.timed("sheet.pack_review", || {
            let (_, _, tree) = self.library.stood_on(id.parse()?)?;
            let worked = self.library.worked(&tree)?;
            let row = self.library.known_pack(pack)?;
            let newest = tip(&row)?;
            let built_on = &worked.source.build.packs;
            let before = match self.library.version_there(&row, built_on.get(pack)) {
                Some(commit) => self.library.read_pack(commit)?,
                None => Arc::new(read(sheet::PackSource::default(), "")),
            };
            let mut packs = built_on.clone();
            packs.insert(pack.to_owned(), newest.to_string());
            let mut source = (*worked.source).clone();
            source.build.packs.clone_from(&packs);
            let after = rules::derive(&source, &self.library.content_of(&packs));
            let said = |finding: &sheet::Finding| {
                let mut known = worked.findings.iter();
                known.any(|known| known.cell == finding.cell && known.message == finding.message)
            };
            Ok(PackReview {
                pack: self
                    .library
                    .stands(pack, built_on.get(pack).map(String::as_str))?,
                commit: newest.to_string(),
                differences: differences(&before, &*self.library.read_pack(newest)?),
                changes: consequence_lines(&[], &worked.stats, &after.stats, &tree),
                findings: after
                    .findings
                    .into_iter()
                    .filter(|one| !said(one))
                    .collect(),
            })
        })
    }

    /// Builds a character on a version of a pack, which was reviewed.
    ///
    /// # Errors
    /// A character, a pack or a version that is not there; a sheet written by hand.
    pub fn pack_take(&self, id: &str, pack: &str, commit: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.pack_take", || {
            let row = self.library.known_pack(pack)?;
            let commit = self.library.find_version(row.document, commit)?;
            let name = row.title.as_ref().map_or("", |title| &title.name);
            let title = format!(
                "Took over {name}, version {}",
                self.library.version_of(commit)?
            );
            self.change(id, CommitKind::Edit, &title, |worked| {
                if worked.source.build.packs.is_empty() {
                    return Err(by_hand());
                }
                let cell = cell_of(pack);
                Ok(vec![Write::set(cell, Value::from(commit.to_string()))])
            })
        })
    }

    /// Takes a pack away from a character; what came from it is kept by name and does nothing.
    ///
    /// # Errors
    /// A pack that the character is not built on; the rules of the SRD, which everything else stands on.
    pub fn pack_drop(&self, id: &str, pack: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.pack_drop", || {
            if is_own(pack) {
                return Err(Failure::new(
                    Code::Invalid,
                    "The rules of the SRD are what every built character stands on.",
                    "Other packs can be taken away.",
                ));
            }
            let name = self.library.pack_name(pack)?;
            let title = format!("Is built without {name}");
            self.change(id, CommitKind::Edit, &title, |worked| {
                if !worked.source.build.packs.contains_key(pack) {
                    return Err(Failure::not_found("pack of this character", pack));
                }
                let cell = cell_of(pack);
                Ok(vec![Write::Remove { cell }])
            })
        })
    }
}

impl Library {
    /// Gives what a new character is built on: the SRD, and every pack in use at its newest version.
    pub(crate) fn packs_of_new(&self) -> Result<BTreeMap<String, String>, Failure> {
        let own = Content::srd().packs.iter();
        let own = own.map(|pack| (pack.id.clone(), pack.version.clone()));
        let shelved = self.shelved()?.into_iter();
        let shelved = shelved.map(|one| (one.pack, one.commit.to_string()));
        Ok(own.chain(shelved).collect())
    }

    fn known_pack(&self, pack: &str) -> Result<Arc<DocumentRow>, Failure> {
        self.pack_called(pack)?
            .ok_or_else(|| Failure::not_found("pack", pack))
    }

    fn pack_name(&self, pack: &str) -> Result<String, Failure> {
        let row = self.pack_called(pack)?;
        let title = row.as_ref().and_then(|row| row.title.as_ref());
        Ok(title.map_or_else(|| crate::text::line(pack, 80), |title| title.name.clone()))
    }

    /// Finds the version of a pack that a character names, if the library has it.
    fn version_there(&self, row: &DocumentRow, version: Option<&String>) -> Option<CommitId> {
        let commit: CommitId = version?.parse().ok()?;
        self.commit_of(row.document, commit).ok()?;
        Some(commit)
    }

    fn stands(&self, pack: &str, version: Option<&str>) -> Result<CharacterPack, Failure> {
        if let Some(own) = Content::srd().packs.iter().find(|own| own.id == pack) {
            return Ok(CharacterPack {
                pack: pack.to_owned(),
                id: None,
                name: own.name.clone(),
                version: version.map(str::to_owned),
                state: PackState::Current,
            });
        }
        let row = self.pack_called(pack)?;
        let named = version.map(str::to_owned);
        let there = row
            .as_ref()
            .and_then(|row| self.version_there(row, named.as_ref()));
        let state = match (&row, version, there) {
            (_, None, _) => PackState::Available,
            (Some(row), Some(_), Some(commit)) => {
                let active = row.title.as_ref().is_some_and(|title| title.active);
                let newest = row.heads.first() == Some(&commit);
                match (active, newest) {
                    (false, _) => PackState::Archived,
                    (true, true) => PackState::Current,
                    (true, false) => PackState::Newer,
                }
            }
            _ => PackState::Missing,
        };
        let version = match there {
            Some(commit) => {
                let time = self.commit(commit)?.says.time;
                let number = self.version_of(commit)?;
                Some(format!("version {number}, of {}", time.format("%-d %B %Y")))
            }
            None => version.map(|version| format!("version {}", crate::text::line(version, 12))),
        };
        Ok(CharacterPack {
            pack: pack.to_owned(),
            id: row.as_ref().map(|row| row.document.to_string()),
            name: self.pack_name(pack)?,
            version,
            state,
        })
    }
}

/// Gives the cell in which a character names the version of a pack.
fn cell_of(pack: &str) -> String {
    CellPath::from_segments(["build", "packs", pack]).to_string()
}

fn by_hand() -> Failure {
    Failure::new(
        Code::Invalid,
        "This sheet is written by hand; packs have nothing to say on it.",
        "Make a character under the rules to build on packs.",
    )
}
