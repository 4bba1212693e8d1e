//! What is kept in memory: all of it can be made again, and all of it is named by content, so that nothing stale is served.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use history::{Commit, CommitId, DocumentId, Tree, TreeId};
use moka::sync::Cache;
use rules::Content;
use sheet::{AuditEntry, TableSource};
use telemetry::Metrics;
use uuid::Uuid;

use crate::compendium::Catalogue;
use crate::history::Lineage;
use crate::packs::ReadPack;
use crate::recent::Recent;
use crate::wire::{ListQuery, PackProblem, RosterPage, SheetView};
use crate::worked::Worked;

/// Packs in an order, each by id and version.
pub(crate) type PackVersions = Vec<(String, CommitId)>;
/// An audit trail, newest first.
pub(crate) type Trail = Arc<Vec<Arc<AuditEntry>>>;

/// How many versions are kept. More would be used seldom, and memory that was given back a short while ago is the quickest to be had.
const VERSIONS: usize = 96;

/// How many documents' graphs of commits are kept; that of ten thousand commits takes about a megabyte.
const LINEAGES: usize = 16;
/// How many sheets that windows have are kept: the last of each open one and a few that are on their way.
const EDITIONS: usize = 24;
/// How long they are kept; between two deeds at the table lies an evening at most.
const EDITIONS_KEPT_FOR: Duration = Duration::from_secs(12 * 60 * 60);

/// The caches of one library, each bounded by count and by a time to live.
pub(crate) struct Caches {
    /// Content of commits.
    pub(crate) trees: Recent<CommitId, Tree>,
    /// Derived sheets by content, so that a branch that comes back to an old state finds its numbers.
    pub(crate) sheets: Recent<TreeId, Arc<Worked>>,
    /// Sheets as windows have them.
    pub(crate) editions: Recent<Uuid, Arc<SheetView>>,
    /// Pages of the roster by the state of the roster.
    pub(crate) lists: Cache<(u64, ListQuery), Arc<RosterPage>>,
    /// Thumbnails by picture and size.
    pub(crate) thumbnails: Cache<(String, u32), Arc<Vec<u8>>>,
    /// The audit trail of a document, with the newest commit in it.
    pub(crate) audits: Cache<DocumentId, (CommitId, Trail)>,
    /// What commits say.
    pub(crate) commits: Cache<CommitId, Commit>,
    /// Which commit came of which, by document.
    pub(crate) lineages: Recent<DocumentId, Arc<Mutex<Lineage>>>,
    /// What commits did, in words.
    pub(crate) titles: Cache<CommitId, Arc<str>>,
    /// Packs as they were read.
    pub(crate) packs: Cache<CommitId, Arc<ReadPack>>,
    /// The SRD's content with packs added, each at a version.
    pub(crate) contents: Cache<PackVersions, Arc<Content>>,
    /// What is wrong with packs, by the packs beside them.
    pub(crate) pack_problems: Cache<(PackVersions, CommitId), Arc<Vec<PackProblem>>>,
    /// The compendium of all packs in use.
    pub(crate) catalogue: Cache<(), Arc<Catalogue>>,
    /// The table at the version that was read last: nearly every command asks who sits at it.
    pub(crate) table: Recent<CommitId, Arc<TableSource>>,
    pub(crate) tree_figures: Arc<telemetry::Cache>,
    pub(crate) sheet_figures: Arc<telemetry::Cache>,
    pub(crate) list_figures: Arc<telemetry::Cache>,
    pub(crate) thumbnail_figures: Arc<telemetry::Cache>,
}

impl Caches {
    pub(crate) fn new(ttl: Duration, metrics: &Metrics) -> Caches {
        Caches {
            trees: Recent::new(VERSIONS, ttl),
            sheets: Recent::new(VERSIONS, ttl),
            editions: Recent::new(EDITIONS, EDITIONS_KEPT_FOR),
            lists: Cache::builder().max_capacity(64).time_to_live(ttl).build(),
            thumbnails: Cache::builder()
                .weigher(|_, bytes: &Arc<Vec<u8>>| u32::try_from(bytes.len()).unwrap_or(u32::MAX))
                .max_capacity(64 << 20)
                .time_to_live(ttl)
                .build(),
            audits: Cache::builder().max_capacity(256).time_to_live(ttl).build(),
            commits: Cache::builder()
                .max_capacity(4_096)
                .time_to_live(ttl)
                .build(),
            lineages: Recent::new(LINEAGES, ttl),
            titles: Cache::builder()
                .max_capacity(4_096)
                .time_to_live(ttl)
                .build(),
            packs: Cache::builder().max_capacity(64).time_to_live(ttl).build(),
            contents: Cache::builder().max_capacity(32).time_to_live(ttl).build(),
            pack_problems: Cache::builder().max_capacity(64).time_to_live(ttl).build(),
            catalogue: Cache::builder().max_capacity(1).time_to_live(ttl).build(),
            table: Recent::new(1, ttl),
            tree_figures: metrics.cache("versions"),
            sheet_figures: metrics.cache("sheets"),
            list_figures: metrics.cache("lists"),
            thumbnail_figures: metrics.cache("thumbnails"),
        }
    }
}
