//! Writing the end of the ledger: groups of records, zeros ahead of them, and the sync that makes them last.
//!
//! Writing into bytes that the file already has is a third of the price of growing it, because nothing but the content
//! needs to reach the disk. So a helper thread keeps zeros written ahead of the end: few in a small library, more in a busy one.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use history::Hash;
use uuid::Uuid;

use super::{Position, Tail, record, segment};
use crate::error::is_disk_full;
use crate::options::Faults;
use crate::{SCHEMA, file};

/// How many zeros are written at once, so that a sync of records never waits behind many of them.
const SLICE: u64 = 1 << 20;

/// Settings of the writer, from [`crate::Options`].
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) segment_bytes: u64,
    pub(crate) prewrite_min: u64,
    pub(crate) prewrite_max: u64,
    pub(crate) faults: Option<Arc<dyn Faults>>,
}

/// What became of a group.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// No room; nothing of the group stands, and the next one may succeed.
    Full,
    /// The disk failed; what stands is unknown until the ledger is surveyed again.
    Broken(io::Error),
}

/// Owns the end of the ledger.
pub(crate) struct Writer {
    ledger: PathBuf,
    library: Uuid,
    settings: Settings,
    segment: Arc<Segment>,
    tail: Tail,
    /// The last record known to be on the disk.
    durable: u64,
    /// Bytes of a refused group may stand behind the tail and must go before the next one.
    unclean: bool,
    helper: Option<(SyncSender<Ahead>, JoinHandle<()>)>,
}

/// The file being written, shared with the thread that writes zeros ahead.
struct Segment {
    /// What records are written and synced by.
    file: File,
    /// What zeros are synced by: the system tells a failed sync to each handle once, and the records' must not miss it.
    aside: File,
    /// Up to where the file has bytes.
    ahead: AtomicU64,
    /// Held by whoever makes the file longer or shorter.
    growing: Mutex<()>,
}

/// Asks for zeros up to an offset.
struct Ahead {
    segment: Arc<Segment>,
    up_to: u64,
}

/// A group being put together: records in a row, each chained to the one before.
pub(crate) struct Group {
    pub(crate) bytes: Vec<u8>,
    start: Position,
    seq: u64,
    chain: Hash,
    last: u64,
    durable: u64,
}

impl Group {
    /// Adds a record; gives its sequence number, position and length.
    pub(crate) fn push(&mut self, payload: &[u8]) -> (u64, Position, u32) {
        self.seq += 1;
        let at = self.bytes.len() as u64;
        self.chain = record::write(&mut self.bytes, self.seq, self.durable, self.chain, payload);
        self.last = at;
        let position = Position {
            segment: self.start.segment,
            offset: self.start.offset + at,
        };
        (self.seq, position, (self.bytes.len() as u64 - at) as u32)
    }

    /// Gives the tail as it will be behind this group.
    pub(crate) fn tail(&self) -> Tail {
        Tail {
            end: Position {
                segment: self.start.segment,
                offset: self.start.offset + self.bytes.len() as u64,
            },
            last: Position {
                segment: self.start.segment,
                offset: self.start.offset + self.last,
            },
            seq: self.seq,
            chain: self.chain,
        }
    }
}

/// Creates the first segment of a new ledger.
pub(crate) fn create(ledger: &Path, library: Uuid) -> io::Result<Tail> {
    fs::create_dir_all(ledger)?;
    let chain = segment::genesis(library);
    segment::create(
        ledger,
        segment::Header {
            schema: SCHEMA,
            number: 1,
            library,
            first_seq: 1,
            previous: chain,
        },
    )?;
    if let Some(parent) = ledger.parent() {
        file::sync_dir(parent)?;
    }
    Ok(Tail::start(1, chain))
}

impl Writer {
    /// Takes over the ledger at a surveyed tail; whatever stands behind it must have been cut.
    pub(crate) fn open(
        ledger: &Path,
        library: Uuid,
        tail: Tail,
        settings: Settings,
    ) -> io::Result<Writer> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(segment::path(ledger, tail.end.segment))?;
        let len = file.metadata()?.len();
        let (sender, asked) = mpsc::sync_channel::<Ahead>(1);
        let helper = thread::Builder::new()
            .name("vault-ahead".into())
            .spawn(move || {
                while let Ok(ahead) = asked.recv() {
                    // No room ahead is no failure: the records themselves will tell.
                    let _ = ahead.segment.write_zeros(ahead.up_to);
                }
            })?;
        Ok(Writer {
            ledger: ledger.to_owned(),
            library,
            settings,
            segment: Segment::new(ledger, tail.end.segment, file, len)?,
            durable: tail.seq,
            tail,
            unclean: false,
            helper: Some((sender, helper)),
        })
    }

    /// Gives where the ledger ends.
    pub(crate) fn tail(&self) -> Tail {
        self.tail
    }

    /// Begins a group, in a new segment if this one is full.
    pub(crate) fn begin(&mut self) -> Result<Group, WriteError> {
        if self.unclean {
            self.clear_behind_tail().map_err(sort)?;
            self.unclean = false;
        }
        if self.tail.end.offset >= self.settings.segment_bytes {
            self.roll()?;
        }
        Ok(Group {
            bytes: Vec::new(),
            start: self.tail.end,
            seq: self.tail.seq,
            chain: self.tail.chain,
            last: 0,
            durable: self.durable,
        })
    }

    /// Writes a group; it is not safe before [`Writer::sync`].
    pub(crate) fn write(&mut self, group: &Group) -> Result<(), WriteError> {
        let offset = self.tail.end.offset;
        let end = offset + group.bytes.len() as u64;
        let done = self
            .settings
            .faults
            .as_ref()
            .map_or(Ok(()), |faults| faults.before_write(group.bytes.len()))
            .and_then(|()| self.segment.make_room(end, self.chunk()))
            .and_then(|()| file::write_all_at(&self.segment.file, &group.bytes, offset));
        if let Err(error) = done {
            let full = is_disk_full(&error);
            self.unclean = true;
            if full && self.clear_behind_tail().is_ok() {
                self.unclean = false;
            }
            return Err(if full {
                WriteError::Full
            } else {
                WriteError::Broken(error)
            });
        }
        Ok(())
    }

    /// Waits until the group is on the disk. After an error nothing may be written any more: a second sync would report
    /// success for bytes that the system has already given up.
    pub(crate) fn sync(&mut self, group: &Group) -> io::Result<()> {
        if let Some(faults) = &self.settings.faults {
            faults.before_sync()?;
        }
        self.segment.file.sync_data()?;
        self.tail = group.tail();
        self.durable = self.tail.seq;
        self.ask_ahead();
        Ok(())
    }

    /// How many zeros to keep ahead: a quarter of what the library has taken, within the bounds.
    fn chunk(&self) -> u64 {
        let taken = u64::from(self.tail.end.segment - 1) * self.settings.segment_bytes
            + self.tail.end.offset;
        let max = self.settings.prewrite_max.max(self.settings.prewrite_min);
        (taken / 4).clamp(self.settings.prewrite_min, max)
    }

    fn ask_ahead(&self) {
        let end = self.tail.end.offset;
        let chunk = self.chunk();
        let Some((sender, _)) = &self.helper else {
            return;
        };
        if self.segment.ahead() < end + chunk / 2 && end < self.settings.segment_bytes {
            // One at a time: what the helper cannot take now, it is asked for again after the next group.
            let _ = sender.try_send(Ahead {
                segment: self.segment.clone(),
                up_to: end + chunk,
            });
        }
    }

    /// Takes away what a refused group left behind.
    fn clear_behind_tail(&self) -> io::Result<()> {
        let _growing = self.segment.lock();
        let end = self.tail.end.offset;
        self.segment.file.set_len(end)?;
        self.segment.ahead.store(end, Ordering::Release);
        Ok(())
    }

    /// Ends this segment and begins the next.
    fn roll(&mut self) -> Result<(), WriteError> {
        let number = self.tail.end.segment + 1;
        let file = segment::create(
            &self.ledger,
            segment::Header {
                schema: SCHEMA,
                number,
                library: self.library,
                first_seq: self.tail.seq + 1,
                previous: self.tail.chain,
            },
        )
        .map_err(sort)?;
        let next = Segment::new(&self.ledger, number, file, segment::HEADER).map_err(sort)?;
        // The zeros behind the last record are of no use any more; if they cannot go, they do no harm.
        let _ = self.clear_behind_tail();
        self.segment = next;
        self.tail.end = Position {
            segment: number,
            offset: segment::HEADER,
        };
        Ok(())
    }

    /// Stops the helper and takes the zeros away, so that a small library is small on the disk.
    pub(crate) fn close(mut self) -> io::Result<Tail> {
        self.stop_helper();
        self.clear_behind_tail()?;
        self.segment.file.sync_all()?;
        Ok(self.tail)
    }

    fn stop_helper(&mut self) {
        if let Some((sender, thread)) = self.helper.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.stop_helper();
    }
}

fn sort(error: io::Error) -> WriteError {
    if is_disk_full(&error) {
        WriteError::Full
    } else {
        WriteError::Broken(error)
    }
}

impl Segment {
    fn new(ledger: &Path, number: u32, file: File, len: u64) -> io::Result<Arc<Segment>> {
        let path = segment::path(ledger, number);
        Ok(Arc::new(Segment {
            file,
            aside: OpenOptions::new().write(true).open(path)?,
            ahead: AtomicU64::new(len),
            growing: Mutex::default(),
        }))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, ()> {
        self.growing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ahead(&self) -> u64 {
        self.ahead.load(Ordering::Acquire)
    }

    /// Makes sure that the file has bytes up to `end`, with some more if it must grow at all.
    fn make_room(&self, end: u64, chunk: u64) -> io::Result<()> {
        if self.ahead() >= end {
            return Ok(());
        }
        // Waits for the helper if it is at work: its zeros are nearly there.
        match self.write_zeros(end + chunk.min(SLICE)) {
            // Perhaps there is still room for the records themselves.
            Err(error) if is_disk_full(&error) => {
                let _growing = self.lock();
                self.ahead.fetch_max(end, Ordering::AcqRel);
                Ok(())
            }
            other => other,
        }
    }

    /// Writes zeros behind the end of the file, slice by slice, each safe before the next.
    fn write_zeros(&self, up_to: u64) -> io::Result<()> {
        let zeros = vec![0; SLICE.min(up_to.saturating_sub(self.ahead())) as usize];
        loop {
            let growing = self.lock();
            let ahead = self.ahead();
            if ahead >= up_to {
                return Ok(());
            }
            let len = (up_to - ahead).min(SLICE);
            file::write_all_at(&self.file, &zeros[..len as usize], ahead)?;
            self.ahead.store(ahead + len, Ordering::Release);
            drop(growing);
            self.aside.sync_data()?;
        }
    }
}
