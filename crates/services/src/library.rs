//! A library that is open: the vault, the caches, the clock, and what every use case needs of them.

use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};
use std::time::Instant;

use history::{Author, BranchName, Commit, CommitId, DocumentId, Tree};
use telemetry::Metrics;
use vault::Vault;

use crate::Failure;
use crate::assets::Assets;
use crate::caches::Caches;
use crate::exchange::Exchange;
use crate::health::{Health, Samplers};
use crate::history::Histories;
use crate::roster::Roster;
use crate::roster_index::RosterIndex;
use crate::settings::Settings;
use crate::sheet::Sheets;
use crate::wire::{CharacterRow, Event};

/// How many locks the documents share; writers of different documents rarely meet on one.
pub(crate) const TURNS: usize = 64;

/// Listens to events; called after the change is on disk, on the thread that made it.
pub type Listener = Box<dyn Fn(&Event) + Send + Sync>;

/// Serves every use case of one open library; shared between threads as it is.
pub struct Library {
    pub(crate) vault: Vault,
    pub(crate) pictures: vault::AssetFolder,
    pub(crate) settings: Settings,
    /// What was rolled since the library was opened.
    pub(crate) rolls: crate::sheet::RollLog,
    pub(crate) opened: vault::OpenReport,
    /// Who sits here and where they stand.
    pub(crate) desk: crate::desk::Desk,
    pub(crate) caches: Caches,
    /// Which commits touched which cells.
    pub(crate) touched: crate::history::Touched,
    pub(crate) roster: RwLock<Option<RosterIndex>>,
    /// Held while a handle is chosen and written, so that two cannot take the same.
    pub(crate) naming: Mutex<()>,
    /// Held while a branch of a document is read, changed and written; by a few bits of the document's id.
    pub(crate) turns: [Mutex<()>; TURNS],
    listeners: RwLock<Vec<Listener>>,
    pub(crate) samplers: Samplers,
    pub(crate) started: Instant,
}

impl Library {
    /// Opens the library in a folder, making it where there is none, and makes the daily backup if it is due.
    ///
    /// # Errors
    /// A folder that is locked by another process, of a newer schema, not a library, or cannot be used.
    pub fn open(settings: Settings) -> Result<Library, Failure> {
        let metrics = Arc::clone(&settings.metrics);
        metrics.timed("library.open", || {
            let observer = Arc::new(crate::health::StoreObserver(Arc::clone(&settings.metrics)));
            let options = vault::Options {
                observer,
                ..vault::Options::new(settings.clock.now())
            };
            // Read beside the opening; whoever needs it first waits for the rest.
            std::thread::spawn(|| {
                rules::Content::srd();
            });
            let opened = Vault::open(&settings.folder, options)?;
            let caches = Caches::new(settings.cache_ttl, &settings.metrics);
            let touched = crate::history::Touched::new(
                vault::TraceFolder::of(&settings.folder),
                settings.cache_ttl,
                opened.vault.read_only().is_some(),
            );
            Ok(Library {
                touched,
                vault: opened.vault,
                pictures: vault::AssetFolder::of(&settings.folder),
                opened: opened.report,
                desk: crate::desk::Desk::of(&settings.folder),
                caches,
                rolls: crate::sheet::RollLog::default(),
                settings,
                roster: RwLock::new(None),
                naming: Mutex::new(()),
                turns: [const { Mutex::new(()) }; TURNS],
                listeners: RwLock::new(Vec::new()),
                samplers: Samplers::default(),
                started: Instant::now(),
            })
        })
    }

    /// Serves the characters of the library.
    pub fn roster(&self) -> Roster<'_> {
        Roster { library: self }
    }

    /// Serves sheets.
    pub fn sheet(&self) -> Sheets<'_> {
        Sheets { library: self }
    }

    /// Serves what was.
    pub fn history(&self) -> Histories<'_> {
        Histories { library: self }
    }

    /// Serves pictures.
    pub fn assets(&self) -> Assets<'_> {
        Assets { library: self }
    }

    /// Serves files that go in and out.
    pub fn exchange(&self) -> Exchange<'_> {
        Exchange { library: self }
    }

    /// Serves figures, checks, backups and the doctor.
    pub fn health(&self) -> Health<'_> {
        Health { library: self }
    }

    /// Adds somebody to be told of changes.
    pub fn listen(&self, listener: Listener) {
        self.listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
    }

    /// Gives the registry that figures go to.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.settings.metrics
    }

    /// Says what was mended or found on opening, each a sentence.
    pub fn notices(&self) -> Vec<String> {
        crate::words::notices(&self.opened)
    }

    /// Stops taking writes, applies what is pending to the index, and lets go of the folder.
    pub(crate) fn shut(&self) {
        self.touched.write_down();
        if let Err(error) = self.vault.close() {
            tracing::warn!(%error, "the library did not close in order; the next start mends it");
        }
    }

    pub(crate) fn timed<T>(
        &self,
        command: &'static str,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let _span = tracing::debug_span!("service", command).entered();
        self.settings.metrics.timed(command, work)
    }

    pub(crate) fn caches(&self) -> &Caches {
        &self.caches
    }

    pub(crate) fn author(&self) -> Author {
        let seated = self.seated().ok().flatten();
        Author::new(seated.map_or_else(|| self.settings.author.clone(), |(_, seated)| seated.name))
    }

    pub(crate) fn tell(&self, event: &Event) {
        for listener in self
            .listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
        {
            listener(event);
        }
    }

    /// Looks at the roster's rows, which are read from the index at the first look.
    pub(crate) fn roster_index(&self) -> Result<RosterGuard<'_>, Failure> {
        {
            let guard = self.roster.read().unwrap_or_else(PoisonError::into_inner);
            if guard.is_some() {
                return Ok(RosterGuard(guard));
            }
        }
        {
            let mut guard = self.roster.write().unwrap_or_else(PoisonError::into_inner);
            if guard.is_none() {
                *guard = Some(RosterIndex::of(&self.vault.rows()?));
            }
        }
        Ok(RosterGuard(
            self.roster.read().unwrap_or_else(PoisonError::into_inner),
        ))
    }

    pub(crate) fn row(&self, document: DocumentId) -> Result<CharacterRow, Failure> {
        match self.vault.row(document)? {
            Some(row) if row.title.is_none() => Ok(wire_row(&row)),
            _ => Err(Failure::not_found("character", &document.to_string())),
        }
    }

    /// Gives the commit a branch stands at, and its content; where it stands at several, they are made one.
    pub(crate) fn tip(
        &self,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<(CommitId, Tree), Failure> {
        let heads = self.vault.heads(document, branch)?;
        let tip = match heads.as_slice() {
            [] | [_] => heads.first().copied(),
            _ => self.join(document, branch, heads)?,
        };
        let Some(tip) = tip else {
            return Err(Failure::not_found("character", &document.to_string()));
        };
        Ok((tip, self.tree(tip)?))
    }

    /// Names the branch of a character that whoever sits here stands on: `main`, unless another was chosen that is still there.
    pub(crate) fn standing(&self, document: DocumentId) -> Result<BranchName, Failure> {
        if let Some(branch) = self.desk.standing(document)
            && !self.vault.heads(document, &branch)?.is_empty()
        {
            return Ok(branch);
        }
        Ok(BranchName::main())
    }

    /// Gives the branch that is stood on, the commit it stands at, and its content.
    pub(crate) fn stood_on(
        &self,
        document: DocumentId,
    ) -> Result<(BranchName, CommitId, Tree), Failure> {
        let branch = self.standing(document)?;
        let (tip, tree) = self.tip(document, &branch)?;
        Ok((branch, tip, tree))
    }

    /// Gives the content of a commit.
    pub(crate) fn tree(&self, commit: CommitId) -> Result<Tree, Failure> {
        if let Some(tree) = self.caches.trees.get(&commit) {
            self.caches.tree_figures.hit();
            return Ok(tree);
        }
        self.caches.tree_figures.miss();
        let tree = self.vault.tree(&commit)?;
        self.caches.trees.insert(commit, tree.clone());
        Ok(tree)
    }

    /// Gives what a commit says.
    pub(crate) fn commit(&self, id: CommitId) -> Result<Commit, Failure> {
        if let Some(commit) = self.caches.commits.get(&id) {
            return Ok(commit);
        }
        let commit = self.vault.commit(&id)?;
        self.caches.commits.insert(id, commit.clone());
        Ok(commit)
    }

    /// Gives what a commit says, of a document and of no other.
    pub(crate) fn commit_of(
        &self,
        document: DocumentId,
        commit: CommitId,
    ) -> Result<Commit, Failure> {
        let found = self.commit(commit)?;
        if found.says.document == document {
            Ok(found)
        } else {
            Err(Failure::not_found("version", &commit.to_string()))
        }
    }
}

/// A look at the roster's rows.
pub(crate) struct RosterGuard<'a>(RwLockReadGuard<'a, Option<RosterIndex>>);

impl std::ops::Deref for RosterGuard<'_> {
    type Target = RosterIndex;

    fn deref(&self) -> &RosterIndex {
        static EMPTY: std::sync::LazyLock<RosterIndex> =
            std::sync::LazyLock::new(RosterIndex::default);
        self.0.as_ref().unwrap_or(&EMPTY)
    }
}

/// Puts a row as it crosses to a host.
pub(crate) fn wire_row(row: &vault::DocumentRow) -> CharacterRow {
    let summary = row
        .summary
        .clone()
        .unwrap_or_else(|| unreadable(row.document));
    CharacterRow {
        id: row.document.to_string(),
        handle: summary.handle,
        display_name: summary.display_name,
        kind: summary.kind,
        owner: summary.owner,
        species: summary.species,
        class_line: summary.class_line,
        classes: summary.classes,
        level: summary.level,
        active: summary.active,
        avatar: summary.avatar,
        created: row.created,
        updated: row.updated,
        version_number: u32::try_from(row.version_number).unwrap_or(u32::MAX),
    }
}

/// Stands in for the summary of a document that an older or newer Forkbeard wrote and this one cannot read: it stays in the
/// list under its id.
pub(crate) fn unreadable(document: DocumentId) -> sheet::Summary {
    sheet::Summary {
        handle: document.to_string(),
        display_name: "(cannot be read by this version)".to_owned(),
        active: true,
        ..sheet::Summary::default()
    }
}
