//! The packs of a library, read: which there are, what each holds at a version, and the content they make with the SRD's.

use std::collections::BTreeMap;
use std::sync::Arc;

use history::{CommitId, DocumentId};
use rules::Content;
use rules::content::{PackFile, PackHead, Problem, read_pack};
use sheet::{DocumentKind, PackSource};
use vault::DocumentRow;

use crate::Failure;
use crate::library::Library;

/// Content to work with: the SRD's alone, or with packs added.
#[derive(Clone)]
pub(crate) enum Known {
    /// What stands in the program.
    Srd,
    /// That and more.
    More(Arc<Content>),
}

impl std::ops::Deref for Known {
    type Target = Content;

    fn deref(&self) -> &Content {
        match self {
            Known::Srd => Content::srd(),
            Known::More(content) => content,
        }
    }
}

/// A version of a pack, read.
pub(crate) struct ReadPack {
    pub(crate) source: PackSource,
    /// What could be read of it, under the version by which characters name it.
    pub(crate) file: PackFile,
    /// Kind and name of each thing that could be read, by the thing's id.
    pub(crate) names: BTreeMap<String, (&'static str, String)>,
    /// What could not be read; the file of a problem is the id of its thing.
    pub(crate) unreadable: Vec<Problem>,
}

/// A pack in use, at its newest version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Shelved {
    /// The id by which characters name it.
    pub(crate) pack: String,
    pub(crate) document: DocumentId,
    pub(crate) commit: CommitId,
}

/// Tells whether an id is one of the packs that stand in the program.
pub(crate) fn is_own(pack: &str) -> bool {
    Content::srd().packs.iter().any(|own| own.id == pack)
}

impl Library {
    /// Gives the rows of all packs, archived ones too, in the order of their ids.
    pub(crate) fn pack_rows(&self) -> Result<Vec<Arc<DocumentRow>>, Failure> {
        let index = self.roster_index()?;
        let mut rows: Vec<_> = index.of_kind(DocumentKind::Pack).collect();
        rows.sort_by(|a, b| handle(a).cmp(handle(b)));
        Ok(rows)
    }

    /// Finds a pack by the id by which characters name it.
    pub(crate) fn pack_called(&self, pack: &str) -> Result<Option<Arc<DocumentRow>>, Failure> {
        let mut rows = self.pack_rows()?.into_iter();
        Ok(rows.find(|row| handle(row) == pack))
    }

    /// Lists the packs in use at their newest versions, in the order in which they are added to the SRD's content.
    pub(crate) fn shelved(&self) -> Result<Vec<Shelved>, Failure> {
        let rows = self.pack_rows()?.into_iter();
        let in_use = rows.filter(|row| row.title.as_ref().is_some_and(|title| title.active));
        let shelved = in_use.filter_map(|row| {
            Some(Shelved {
                pack: handle(&row).to_owned(),
                document: row.document,
                commit: *row.heads.first()?,
            })
        });
        Ok(shelved.collect())
    }

    /// Gives the content of the SRD with every pack in use.
    pub(crate) fn content(&self) -> Result<Known, Failure> {
        let shelved = self.shelved()?.into_iter();
        let packs: Vec<(String, CommitId)> = shelved.map(|one| (one.pack, one.commit)).collect();
        self.content_made_of(&packs)
    }

    /// Gives the content a character is built on: the SRD's, and the packs it names at the versions it names. What is not
    /// there is left out, and the rules say so.
    pub(crate) fn content_of(&self, packs: &BTreeMap<String, String>) -> Known {
        let named = packs.iter().filter(|(pack, _)| !is_own(pack));
        let there = named.filter_map(|(pack, version)| {
            let commit: CommitId = version.parse().ok()?;
            let row = self.pack_called(pack).ok()??;
            self.commit_of(row.document, commit).ok()?;
            Some((pack.clone(), commit))
        });
        let there: Vec<_> = there.collect();
        self.content_made_of(&there).unwrap_or_else(|failure| {
            tracing::warn!(%failure, "a pack could not be read; the character is shown without it");
            Known::Srd
        })
    }

    /// Gives the content of the SRD with packs added in an order, each at a version.
    pub(crate) fn content_made_of(&self, packs: &[(String, CommitId)]) -> Result<Known, Failure> {
        if packs.is_empty() {
            return Ok(Known::Srd);
        }
        let key = packs.to_vec();
        if let Some(found) = self.caches().contents.get(&key) {
            return Ok(Known::More(found));
        }
        let mut content = Content::srd().clone();
        for (_, commit) in packs {
            content.add(self.read_pack(*commit)?.file.clone());
        }
        let content = Arc::new(content);
        self.caches().contents.insert(key, Arc::clone(&content));
        Ok(Known::More(content))
    }

    /// Reads a version of a pack.
    pub(crate) fn read_pack(&self, commit: CommitId) -> Result<Arc<ReadPack>, Failure> {
        if let Some(found) = self.caches().packs.get(&commit) {
            return Ok(found);
        }
        let source = PackSource::of_tree(&self.tree(commit)?);
        let read = Arc::new(read(source, &commit.to_string()));
        self.caches().packs.insert(commit, Arc::clone(&read));
        Ok(read)
    }
}

/// Gives the id by which characters name a pack.
pub(crate) fn handle(row: &DocumentRow) -> &str {
    row.title.as_ref().map_or("", |title| &title.handle)
}

/// Reads the things of a pack, each by itself, so that one that cannot be read takes no other with it.
pub(crate) fn read(source: PackSource, version: &str) -> ReadPack {
    let mut file = PackFile::default();
    let mut names = BTreeMap::new();
    let mut unreadable = Vec::new();
    for (id, thing) in &source.things {
        match read_pack([(id.as_str(), thing.text.as_str())]) {
            Ok(part) => {
                if let [(kind, name, _)] = &part.things()[..] {
                    names.insert(id.clone(), (*kind, name.clone()));
                } else {
                    unreadable.push(nothing(id));
                }
                file.append(part);
            }
            Err(problems) => unreadable.extend(problems),
        }
    }
    file.pack = Some(PackHead {
        id: source.record.handle.clone(),
        name: source.record.display_name.clone(),
        version: version.to_owned(),
        license: source.pack.license.clone(),
        attribution: source.pack.attribution.clone(),
    });
    ReadPack {
        source,
        file,
        names,
        unreadable,
    }
}

fn nothing(id: &str) -> Problem {
    Problem {
        file: id.to_owned(),
        line: None,
        place: String::new(),
        message: "the text holds no thing: it begins with the header of a table, `[[spell]]`"
            .to_owned(),
    }
}
