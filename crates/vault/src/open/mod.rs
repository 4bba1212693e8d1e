//! Opening: finds out what stands in the folder, mends what can be mended, and says what it found.

pub(crate) mod clean;
mod lost;
mod report;

pub(crate) use lost::name_damage;
pub use report::{OpenReport, TornTail};

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;

use crate::core::Core;
use crate::index::keys::{LAYOUT, Mark};
use crate::index::replay::{self, Replayed};
use crate::index::store::{self, Store};
use crate::index::{self, Index, packed};
use crate::ledger::segment::HeaderFault;
use crate::ledger::survey::{Hole, Survey, survey};
use crate::ledger::{Position, Tail, reader, segment, writer};
use crate::lock::{self, Lock};
use crate::{Damage, OpenError, Options, ReadOnlyReason, SCHEMA, backup, file, migrate, swap};

/// An opened library, before its threads are started.
pub(crate) struct Ready {
    pub(crate) core: Arc<Core>,
    pub(crate) applier: index::Applier,
    pub(crate) tail: Tail,
    pub(crate) lock: Option<Lock>,
    pub(crate) report: OpenReport,
}

struct Opening<'a> {
    dir: &'a Path,
    options: Options,
    report: OpenReport,
    read_only: Option<ReadOnlyReason>,
}

/// Opens the library in a folder.
pub(crate) fn open(dir: &Path, options: Options) -> Result<Ready, OpenError> {
    let started = Instant::now();
    let read_only = options.read_only.then_some(ReadOnlyReason::Asked);
    let mut opening = Opening {
        dir,
        options,
        report: OpenReport::default(),
        read_only,
    };
    let lock = opening.enter()?;
    let mut ready = opening.go_on()?;
    ready.lock = lock;
    ready.report.micros = started.elapsed().as_micros() as u64;
    let replayed = ready.report.replayed;
    if replayed > 0 {
        let observer = &ready.core.options.observer;
        observer.replayed(replayed, started.elapsed());
    }
    Ok(ready)
}

impl Opening<'_> {
    /// Makes sure of the folder and takes the lock.
    fn enter(&mut self) -> Result<Option<Lock>, OpenError> {
        let dir = self.dir;
        if dir.exists() && !dir.is_dir() {
            return Err(OpenError::NotALibrary {
                dir: dir.to_owned(),
                why: "it is a file".into(),
            });
        }
        if self.read_only.is_none() {
            let taken = fs::create_dir_all(dir)
                .map_err(|error| OpenError::io("create", dir, error))
                .and_then(|()| lock::take(dir));
            match taken {
                Ok(lock) => return Ok(Some(lock)),
                Err(OpenError::Io { source, .. }) if dir.is_dir() && cannot_write(&source) => {
                    self.read_only = Some(ReadOnlyReason::Folder {
                        why: source.to_string(),
                    });
                }
                Err(error) => return Err(error),
            }
        }
        lock::take_unwritten(dir)
    }

    fn writable(&self) -> bool {
        self.read_only.is_none()
    }

    fn ledger(&self) -> PathBuf {
        self.dir.join("ledger")
    }

    fn sled(&self) -> PathBuf {
        self.dir.join("sled")
    }

    fn go_on(mut self) -> Result<Ready, OpenError> {
        let ledger = self.ledger();
        if self.writable() {
            swap::finish_interrupted(self.dir, self.options.now)
                .map_err(|error| OpenError::io("mend", self.dir, error))?;
        }
        let read = |error| OpenError::io("read", &ledger, error);
        let numbers = segment::list(&ledger).map_err(read)?;
        if numbers.is_empty() {
            return self.without_ledger();
        }
        let (schema, library) = self.inspect(&numbers)?;
        if schema < SCHEMA && self.writable() {
            migrate::migrate(self.dir, library, schema, self.options.now)?;
            self.report.migrated_from = Some(schema);
        } else if schema < SCHEMA {
            return Err(OpenError::NotALibrary {
                dir: self.dir.to_owned(),
                why: format!(
                    "it has the older schema {schema}; open it for writing once, to bring it up to date"
                ),
            });
        }
        self.with_ledger(library)
    }

    /// Nothing here, or nothing left here.
    fn without_ledger(mut self) -> Result<Ready, OpenError> {
        let dir = self.dir;
        let left = ["sled", "clean"].iter().any(|name| dir.join(name).exists());
        if left {
            // There was a library once: making an empty one in its place would hide that.
            let start = Position {
                segment: 1,
                offset: 0,
            };
            self.report.damage.push(Damage {
                what: "the ledger is missing altogether".into(),
                ..Damage::at(start, 0)
            });
            let tail = Tail::start(1, segment::genesis(Uuid::nil()));
            return self.damaged(Uuid::nil(), tail, &[], None);
        }
        if !self.writable() {
            return Err(OpenError::NotALibrary {
                dir: dir.to_owned(),
                why: "there is no ledger in it".into(),
            });
        }
        let library = self.new_library();
        writer::create(&self.ledger(), library)
            .map_err(|error| OpenError::io("create", &self.ledger(), error))?;
        self.report.created = true;
        self.with_ledger(library)
    }

    /// Names a new library; unique enough, as it only keeps two libraries' records apart.
    fn new_library(&self) -> Uuid {
        let mut seed = blake3::Hasher::new();
        seed.update(&self.options.now.timestamp_micros().to_le_bytes());
        seed.update(&std::process::id().to_le_bytes());
        seed.update(self.dir.as_os_str().as_encoded_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&seed.finalize().as_bytes()[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Reads the segments' headers: which schema, whose library.
    fn inspect(&self, numbers: &[u32]) -> Result<(u32, Uuid), OpenError> {
        let ledger = self.ledger();
        let (mut schema, mut library, mut foreign) = (None, None, 0);
        for &number in numbers {
            let path = segment::path(&ledger, number);
            let header = fs::File::open(&path)
                .and_then(|file| segment::read_header(&file))
                .map_err(|error| OpenError::io("read", &path, error))?;
            match header {
                Ok(header) => {
                    schema = schema.max(Some(header.schema));
                    library = library.or(Some(header.library));
                }
                Err(HeaderFault::NewerFormat(found)) => {
                    return Err(OpenError::NewerSchema {
                        found: found.saturating_add(SCHEMA),
                        known: SCHEMA,
                    });
                }
                Err(HeaderFault::NotALedger) => foreign += 1,
                Err(HeaderFault::Damaged) => {}
            }
        }
        if foreign == numbers.len() && !self.dir.join("clean").exists() {
            return Err(OpenError::NotALibrary {
                dir: self.dir.to_owned(),
                why: "its ledger was not written by this program".into(),
            });
        }
        // A header that cannot be read says nothing; the survey names it.
        let schema = schema.unwrap_or(SCHEMA);
        if schema > SCHEMA {
            return Err(OpenError::NewerSchema {
                found: schema,
                known: SCHEMA,
            });
        }
        Ok((schema, library.unwrap_or(Uuid::nil())))
    }

    fn with_ledger(mut self, library: Uuid) -> Result<Ready, OpenError> {
        let stop = clean::read(self.dir, library);
        let stored = if self.writable() {
            self.open_store(library)
        } else {
            None
        };
        let (store, mark) = match stored {
            Some((store, mark)) => (Some(store), mark),
            None => (None, None),
        };
        let vouched = stop
            .as_ref()
            .map_or(0, |stop| stop.tail.seq)
            .max(mark.as_ref().map_or(0, |mark| mark.tail.seq));
        let ledger = self.ledger();
        let small = file::size_of_dir(&ledger) <= self.options.check_whole_up_to;
        let start = match &mark {
            Some(mark) if !small && self.stands(mark.tail.into()) => Some(Tail::from(mark.tail)),
            _ => None,
        };
        let mut in_step = start.is_some() || mark.as_ref().is_some_and(|mark| mark.tail.seq == 0);
        let found = survey(&ledger, start, vouched, |_, header, _| {
            if let Some(mark) = &mark {
                in_step |= header.seq == mark.tail.seq && header.hash.0 == mark.tail.chain;
            }
        })
        .map_err(|error| OpenError::io("read", &ledger, error))?;
        self.report.records = found.tail.seq;
        self.report.clean = stop.is_some_and(|stop| stop.tail.seq == found.tail.seq);
        if !found.holes.is_empty() || !found.hurt_headers.is_empty() {
            self.report.damage = lost::name_damage(&found, store.as_ref());
            return self.damaged(library, found.tail, &found.holes, store);
        }
        self.cut(&found)?;
        self.in_step_or_anew(library, found.tail, store, mark, in_step)
    }

    /// Opens sled; an index that cannot be used is put aside.
    fn open_store(&mut self, library: Uuid) -> Option<(Store, Option<Mark>)> {
        let dir = self.sled();
        let existed = dir.exists();
        if existed && self.options.rebuild_index {
            self.report.rebuilt = Some("it was asked for".into());
            return self.fresh_store().map(|store| (store, None));
        }
        let opened = Store::sled(&dir, self.options.index_cache_bytes).and_then(|store| {
            let mark = index::read_mark(&store)?;
            Ok((store, mark))
        });
        let why = match opened {
            Ok((store, Some(mark))) if mark.layout == LAYOUT && mark.library == library => {
                return Some((store, Some(mark)));
            }
            Ok((store, None)) if !existed => return Some((store, None)),
            // Closed before its folder is moved: sled writes there once more when it closes.
            Ok((store, mark)) => {
                drop(store);
                match mark {
                    Some(mark) if mark.layout != LAYOUT => "it was made by another version",
                    Some(_) => "it belongs to another library",
                    None => "it is not complete",
                }
                .to_owned()
            }
            Err(error) => format!("it cannot be opened: {error}"),
        };
        self.report.rebuilt = Some(why);
        self.fresh_store().map(|store| (store, None))
    }

    /// Makes an empty store on the disk, the old one put aside.
    fn fresh_store(&self) -> Option<Store> {
        let dir = self.sled();
        let made = store::put_aside(&dir)
            .map_err(|error| error.to_string())
            .and_then(|()| {
                Store::sled(&dir, self.options.index_cache_bytes).map_err(|error| error.to_string())
            });
        made.map_err(|error| tracing::warn!(%error, "the index cannot be kept on the disk"))
            .ok()
    }

    /// Tells whether the ledger holds the record that a mark ends with.
    fn stands(&self, tail: Tail) -> bool {
        if tail.seq == 0 {
            return true;
        }
        let read = reader::Reader::new(&self.ledger()).read(tail.last, 0);
        read.is_ok_and(|record| record.header.seq == tail.seq && record.header.hash == tail.chain)
    }

    /// Cuts what was never acknowledged off the end; a copy of it is kept.
    fn cut(&mut self, found: &Survey) -> Result<(), OpenError> {
        let ledger = self.ledger();
        let end = found.tail.end;
        if let Some(bytes) = found.torn {
            self.report.torn = Some(TornTail { at: end, bytes });
        }
        if !self.writable() {
            return Ok(());
        }
        let cut = |path: &Path, error: io::Error| OpenError::io("mend", path, error);
        let later: Vec<_> = segment::list(&ledger)
            .map_err(|error| cut(&ledger, error))?
            .into_iter()
            .filter(|number| *number > end.segment)
            .collect();
        let aside = self.dir.join("aside");
        if found.torn.is_some() {
            self.keep_cut_bytes(end, &aside);
        }
        for &number in &later {
            let path = segment::path(&ledger, number);
            let name = format!("{}-{number:06}.log", self.stamp());
            fs::create_dir_all(&aside)
                .and_then(|()| fs::rename(&path, aside.join(name)))
                .map_err(|error| cut(&path, error))?;
        }
        if found.torn.is_some() || !later.is_empty() {
            let path = segment::path(&ledger, end.segment);
            OpenOptions::new()
                .write(true)
                .open(&path)
                .and_then(|file| {
                    file.set_len(end.offset)?;
                    file.sync_all()
                })
                .and_then(|()| file::sync_dir(&ledger))
                .map_err(|error| cut(&path, error))?;
        }
        Ok(())
    }

    /// Names what is put aside at this opening.
    fn stamp(&self) -> String {
        self.options.now.format("%Y%m%dT%H%M%S%3fZ").to_string()
    }

    /// Keeps the cut bytes, for whoever wants to know; there may be no room for them.
    fn keep_cut_bytes(&self, end: Position, aside: &Path) {
        let path = segment::path(&self.ledger(), end.segment);
        let Ok(bytes) = fs::read(&path) else {
            return;
        };
        let cut = bytes.get(end.offset as usize..).unwrap_or_default();
        let used = cut
            .iter()
            .rposition(|byte| *byte != 0)
            .map_or(0, |at| at + 1);
        let name = format!("{}-torn.bin", self.stamp());
        let _ = fs::create_dir_all(aside).and_then(|()| fs::write(aside.join(name), &cut[..used]));
    }

    /// Brings the index in step, or builds it anew.
    fn in_step_or_anew(
        mut self,
        library: Uuid,
        tail: Tail,
        store: Option<Store>,
        mark: Option<Mark>,
        in_step: bool,
    ) -> Result<Ready, OpenError> {
        let core = self.core(library);
        let fresh = match (store, mark) {
            (Some(store), Some(mark)) => match self.catch_up(&core, &store, mark, tail, in_step) {
                Ok(done) => return Ok(self.done(core, store, done, tail)),
                Err(why) => {
                    self.report.rebuilt.get_or_insert(why);
                    drop(store);
                    self.fresh_store()
                }
            },
            (store, _) => store,
        };
        if let Some(store) = fresh {
            match replay::replay(&core, &store, None, tail, library) {
                Ok(done) => return Ok(self.done(core, store, done, tail)),
                Err(error) => tracing::warn!(%error, "the index cannot be built on the disk"),
            }
        }
        // sled refuses, or nothing may be written: all of it in memory, from the ledger.
        let store = Store::memory();
        self.report.index_in_memory = true;
        let done = self.replay_in_memory(&core, &store, tail, library)?;
        Ok(self.done(core, store, done, tail))
    }

    /// Holds a store against its mark and brings it up to the end of the ledger, or says why it cannot be used.
    fn catch_up(
        &self,
        core: &Core,
        store: &Store,
        mark: Mark,
        tail: Tail,
        in_step: bool,
    ) -> Result<Replayed, String> {
        if !in_step {
            return Err("it disagrees with the ledger".into());
        }
        if !(self.report.clean && mark.tail.seq == tail.seq) {
            let counted =
                index::count(store).map_err(|error| format!("it cannot be read: {error}"))?;
            if counted != (mark.rows, mark.digest) {
                return Err("rows were missing or changed after an unclean stop".into());
            }
        }
        replay::replay(core, store, Some(mark), tail, core.library).map_err(|error| error.0)
    }

    fn replay_in_memory(
        &self,
        core: &Core,
        store: &Store,
        tail: Tail,
        library: Uuid,
    ) -> Result<Replayed, OpenError> {
        replay::replay(core, store, None, tail, library).map_err(|error| {
            OpenError::io("read", &self.ledger(), io::Error::other(error.to_string()))
        })
    }

    fn done(mut self, core: Arc<Core>, store: Store, done: Replayed, tail: Tail) -> Ready {
        self.report.replayed = done.records;
        if self.report.rebuilt.is_some() && self.writable() {
            // They are made anew with the index; if they cannot go, they are still held against the ledger.
            let _ = packed::remove(self.dir);
        }
        core.index.replace_store(store);
        for (at, bytes, what) in done.not_understood {
            let damage = Damage {
                what,
                ..Damage::at(at, bytes)
            };
            self.report.damage.push(damage);
        }
        for damage in &self.report.damage {
            core.note_damage(damage.clone());
        }
        core.count(
            &core.counters.ledger_bytes,
            file::size_of_dir(&self.ledger()),
        );
        core.count(&core.counters.records, tail.seq);
        core.set_tail(tail);
        self.report.read_only = core.read_only();
        if !self.report.damage.is_empty() {
            self.report.offered_backup = backup::newest_verified(self.dir).map(|info| info.name);
        }
        Ready {
            core,
            applier: done.applier,
            tail,
            lock: None,
            report: self.report,
        }
    }

    /// Opens what can be read of a damaged ledger.
    fn damaged(
        mut self,
        library: Uuid,
        tail: Tail,
        holes: &[Hole],
        old: Option<Store>,
    ) -> Result<Ready, OpenError> {
        self.read_only.get_or_insert(ReadOnlyReason::Damaged);
        let core = self.core(library);
        let store = Store::memory();
        self.report.index_in_memory = true;
        let done = self.replay_in_memory(&core, &store, tail, library)?;
        if !holes.is_empty() {
            let lost = lost::lost_commits(&done.missing, &store, old.as_ref());
            if let Some(damage) = self.report.damage.first_mut() {
                damage.commits = lost;
            }
        }
        drop(old);
        Ok(self.done(core, store, done, tail))
    }

    fn core(&self, library: Uuid) -> Arc<Core> {
        Arc::new(Core::new(
            self.dir.to_owned(),
            library,
            self.options.clone(),
            Index::new(Store::memory()),
            self.read_only.clone(),
        ))
    }
}

fn cannot_write(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
    )
}
