//! A library that is open: the vault, the caches, the clock, and what every use case needs of them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::{Duration, Instant};

use history::{
    Action, Author, BranchName, ChangeId, Commit, CommitId, CommitKind, DocumentId, NewCommit,
    Operation, OperationId, RefMove, Tree,
};
use serde_json::Value;
use telemetry::Metrics;
use vault::{Entry, Vault, VaultError};

use crate::assets::Assets;
use crate::caches::Caches;
use crate::exchange::Exchange;
use crate::health::{Health, Samplers};
use crate::history::Histories;
use crate::roster::{Roster, RosterIndex};
use crate::sheet::Sheets;
use crate::wire::{CharacterRow, Event};
use crate::{Clock, Code, Failure};

/// How often a write is tried again when another writer moved the branch first.
pub(crate) const TRIES: usize = 16;

/// How many locks the documents share; writers of different documents rarely meet on one.
const TURNS: usize = 64;

/// Says where a library lies and what it runs with; the environment is read by the hosts.
#[derive(Clone)]
pub struct Settings {
    /// The folder.
    pub folder: PathBuf,
    /// Who sits at this computer; the author of changes.
    pub author: String,
    /// How long a cached sheet, list or thumbnail is kept.
    pub cache_ttl: Duration,
    /// Where time and ids come from.
    pub clock: Arc<dyn Clock>,
    /// Where figures go.
    pub metrics: Arc<Metrics>,
}

impl Settings {
    /// How long cached things are kept where nothing else is said: 15 minutes.
    pub const CACHE_TTL: Duration = Duration::from_secs(15 * 60);

    /// Names the environment variable by which hosts let a person choose another time to live.
    pub const CACHE_TTL_VARIABLE: &str = "CHARACTER_CACHE_TTL_MINUTES";

    /// Settings for a folder, with the machine's clock and fresh figures.
    pub fn new(folder: impl Into<PathBuf>, author: impl Into<String>) -> Settings {
        Settings {
            folder: folder.into(),
            author: author.into(),
            cache_ttl: Settings::CACHE_TTL,
            clock: Arc::new(crate::SystemClock),
            metrics: Arc::new(Metrics::new()),
        }
    }

    /// Takes the time to live from the value of [`Settings::CACHE_TTL_VARIABLE`]; 1 to 1,440 minutes.
    ///
    /// # Errors
    /// A value that is no such number.
    pub fn with_cache_ttl_minutes(mut self, text: Option<&str>) -> Result<Settings, Failure> {
        if let Some(text) = text {
            let minutes = text
                .trim()
                .parse::<u64>()
                .ok()
                .filter(|m| (1..=1_440).contains(m));
            let minutes = minutes.ok_or_else(|| {
                Failure::new(
                    Code::Invalid,
                    format!(
                        "{} is `{}`.",
                        Settings::CACHE_TTL_VARIABLE,
                        text.chars().take(40).collect::<String>()
                    ),
                    "Set it to a number of minutes from 1 to 1440, or leave it out for 15.",
                )
            })?;
            self.cache_ttl = Duration::from_secs(minutes * 60);
        }
        Ok(self)
    }
}

/// Listens to events; called after the change is on disk, on the thread that made it.
pub type Listener = Box<dyn Fn(&Event) + Send + Sync>;

/// Serves every use case of one open library; shared between threads as it is.
pub struct Library {
    pub(crate) vault: Vault,
    pub(crate) pictures: vault::AssetFolder,
    pub(crate) settings: Settings,
    pub(crate) opened: vault::OpenReport,
    caches: Caches,
    roster: RwLock<Option<RosterIndex>>,
    /// Held while a handle is chosen and written, so that two cannot take the same.
    naming: Mutex<()>,
    /// Held while a branch of a document is read, changed and written; by a few bits of the document's id.
    turns: [Mutex<()>; TURNS],
    listeners: RwLock<Vec<Listener>>,
    pub(crate) samplers: Samplers,
    pub(crate) started: Instant,
}

/// Proof that nobody else chooses a handle meanwhile.
pub(crate) struct Naming<'a>(#[allow(dead_code)] MutexGuard<'a, ()>);

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
            let opened = Vault::open(&settings.folder, options)?;
            let caches = Caches::new(settings.cache_ttl, &settings.metrics);
            Ok(Library {
                vault: opened.vault,
                pictures: vault::AssetFolder::of(&settings.folder),
                opened: opened.report,
                caches,
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
        Author::new(self.settings.author.clone())
    }

    pub(crate) fn naming(&self) -> Naming<'_> {
        Naming(self.naming.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until no other thread of this process is about to write the document.
    ///
    /// Without it, writers of one document would still be right, by trying again; but many of them could try for long.
    pub(crate) fn turn(&self, document: DocumentId) -> MutexGuard<'_, ()> {
        let which = document.0.as_bytes()[15] as usize % TURNS;
        self.turns[which]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
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
                let mut index = RosterIndex::default();
                for row in self.vault.rows()? {
                    index.put(row.document, wire_row(&row));
                }
                *guard = Some(index);
            }
        }
        Ok(RosterGuard(
            self.roster.read().unwrap_or_else(PoisonError::into_inner),
        ))
    }

    pub(crate) fn row(&self, document: DocumentId) -> Result<CharacterRow, Failure> {
        let index = self.roster_index()?;
        index
            .row(document)
            .ok_or_else(|| Failure::not_found("character", &document.to_string()))
    }

    /// Gives the commit a branch stands at, and its content.
    pub(crate) fn tip(
        &self,
        document: DocumentId,
        branch: &BranchName,
    ) -> Result<(CommitId, Tree), Failure> {
        let heads = self.vault.heads(document, branch)?;
        let Some(tip) = heads.first().copied() else {
            return Err(Failure::not_found("character", &document.to_string()));
        };
        Ok((tip, self.tree(tip)?))
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

    /// Writes a new document.
    pub(crate) fn create_document(
        &self,
        source: Value,
        kind: CommitKind,
        action: Action,
        naming: &Naming<'_>,
    ) -> Result<DocumentId, Failure> {
        sheet::check_document(&source)?;
        let tree = Tree::from_value(source)?;
        let typed = crate::sheet::read_source(&tree)?;
        let document = DocumentId(self.settings.clock.new_id());
        self.check_handle(document, &typed.record.handle, naming)?;
        self.write(Draft::on_main(document, Vec::new(), tree, kind), action)
            .map_err(WriteError::into_failure)?;
        Ok(document)
    }

    /// Refuses a handle that another document has.
    pub(crate) fn check_handle(
        &self,
        document: DocumentId,
        handle: &str,
        _: &Naming<'_>,
    ) -> Result<(), Failure> {
        match self.roster_index()?.owner_of(handle) {
            Some(owner) if owner != document => Err(Failure {
                code: Code::HandleTaken,
                message: format!("The handle `{handle}` belongs to another character."),
                hint: "Choose another, or rename the other first; archived characters keep theirs."
                    .to_owned(),
                cell: Some("/record/handle".to_owned()),
            }),
            _ => Ok(()),
        }
    }

    /// Changes the newest version of a document's main line, again and again until no other writer was faster.
    pub(crate) fn amend(
        &self,
        document: DocumentId,
        action: Action,
        change: impl Fn(&Tree) -> Result<Tree, Failure>,
    ) -> Result<CommitId, Failure> {
        let branch = BranchName::main();
        let _turn = self.turn(document);
        for _ in 0..TRIES {
            let (tip, tree) = self.tip(document, &branch)?;
            let changed = change(&tree)?;
            if changed == tree {
                return Ok(tip);
            }
            match self.write(
                Draft::on_main(document, vec![tip], changed, CommitKind::Edit),
                action,
            ) {
                Ok(commit) => return Ok(commit.id),
                Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
        }
        Err(too_busy())
    }

    /// Writes one commit on a branch that stands at its parents.
    pub(crate) fn write(&self, draft: Draft, action: Action) -> Result<Commit, WriteError> {
        let mut commits = self.write_all(vec![draft], action)?;
        commits
            .pop()
            .ok_or_else(|| WriteError::Failure(Failure::internal("nothing was written")))
    }

    /// Writes commits as one command, all or none, and tells everybody once they are on disk.
    pub(crate) fn write_all(
        &self,
        drafts: Vec<Draft>,
        action: Action,
    ) -> Result<Vec<Commit>, WriteError> {
        let clock = &self.settings.clock;
        let now = clock.now();
        let mut moves = Vec::with_capacity(drafts.len());
        let mut commits = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let commit = NewCommit {
                document: draft.document,
                parents: draft.parents.clone(),
                tree: draft.tree.id(),
                author: self.author(),
                time: now,
                message: draft.message,
                kind: draft.kind,
                session: None,
                change: ChangeId(clock.new_id()),
            }
            .seal();
            moves.push(RefMove {
                document: draft.document,
                branch: draft.branch,
                before: draft.parents,
                after: vec![commit.id],
            });
            commits.push((commit, draft.tree));
        }
        let operation = Operation {
            id: OperationId(clock.new_id()),
            time: now,
            author: self.author(),
            action,
            moves: moves.clone(),
        };
        match self.vault.append(Entry {
            operation,
            commits: commits.clone(),
        }) {
            Ok(_) => {}
            Err(VaultError::Moved { .. }) => return Err(WriteError::Moved),
            Err(other) => return Err(WriteError::Failure(other.into())),
        }
        let mut written = Vec::with_capacity(commits.len());
        for ((commit, tree), moved) in commits.into_iter().zip(moves) {
            self.caches.trees.insert(commit.id, tree);
            self.caches.commits.insert(commit.id, commit.clone());
            self.refresh_row(moved.document)
                .map_err(WriteError::Failure)?;
            self.tell(&Event::DocumentChanged {
                id: moved.document.to_string(),
                branch: moved.branch.to_string(),
                commit: commit.id.to_string(),
            });
            written.push(commit);
        }
        Ok(written)
    }

    /// Takes a document's row over from the index, if the roster was ever looked at.
    fn refresh_row(&self, document: DocumentId) -> Result<(), Failure> {
        let mut guard = self.roster.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = guard.as_mut()
            && let Some(row) = self.vault.row(document)?
        {
            index.put(document, wire_row(&row));
        }
        Ok(())
    }
}

/// Holds what is about to become a commit.
pub(crate) struct Draft {
    pub(crate) document: DocumentId,
    pub(crate) branch: BranchName,
    /// Where the branch must stand: nothing for a new document.
    pub(crate) parents: Vec<CommitId>,
    pub(crate) tree: Tree,
    pub(crate) kind: CommitKind,
    pub(crate) message: String,
}

impl Draft {
    pub(crate) fn on_main(
        document: DocumentId,
        parents: Vec<CommitId>,
        tree: Tree,
        kind: CommitKind,
    ) -> Draft {
        let branch = BranchName::main();
        Draft {
            document,
            branch,
            parents,
            tree,
            kind,
            message: String::new(),
        }
    }
}

/// Says why a commit was not written.
pub(crate) enum WriteError {
    /// Another writer moved the branch first; nothing was written.
    Moved,
    /// Anything else.
    Failure(Failure),
}

impl WriteError {
    pub(crate) fn into_failure(self) -> Failure {
        match self {
            WriteError::Moved => too_busy(),
            WriteError::Failure(failure) => failure,
        }
    }
}

pub(crate) fn too_busy() -> Failure {
    Failure::new(
        Code::Busy,
        "Others kept changing this character at the same moment.",
        "Nothing was written; try again.",
    )
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

fn wire_row(row: &vault::DocumentRow) -> CharacterRow {
    // A document that an older or newer Forkbeard wrote may be unreadable here: it stays in the list under its id.
    let summary = row.summary.clone().unwrap_or_else(|| sheet::Summary {
        handle: row.document.to_string(),
        display_name: "(cannot be read by this version)".to_owned(),
        active: true,
        ..sheet::Summary::default()
    });
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
