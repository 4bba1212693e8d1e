//! Traces: which cells each commit touched, kept beside the ledger so that nobody has to compare ten thousand versions.
//!
//! `traces/ab/<document>`, one file a document, to which records are only ever added, in no order. All of it is derived: what is missing is
//! reckoned again by comparing versions, and a file that is damaged ends where the damage begins. Nothing is synced: what a power cut
//! takes is missing, and no more.
//!
//! ```text
//! file    magic, record …
//! record  length u32, blake3 of the body cut to 8 bytes, body
//! body    commit 32 bytes, number of parents u8, and for each: parent 32 bytes, number of marks u32, mark u32 …
//! ```

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use history::{CommitId, DocumentId, Hash};

/// What a file begins with; another says that the marks were made in another way, and counts as none.
const MAGIC: &[u8; 4] = b"FBT1";
/// What stands before a body.
const HEAD: usize = 12;
/// The longest body that is read.
const MAX_BODY: usize = 16 << 20;

/// Holds what one commit touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The commit.
    pub commit: CommitId,
    /// Its parents, each with the marks of the cells that differ from it, in order; what a mark stands for is the caller's to know.
    pub parents: Vec<(CommitId, Box<[u32]>)>,
}

/// Keeps and finds the traces of one library.
#[derive(Debug, Clone)]
pub struct TraceFolder {
    dir: PathBuf,
}

impl TraceFolder {
    /// Names the traces of the library in a folder; nothing is made before the first is kept.
    pub fn of(library: &Path) -> TraceFolder {
        TraceFolder {
            dir: library.join("traces"),
        }
    }

    /// Adds traces of a document's commits.
    ///
    /// # Errors
    /// A full disk, or a folder that cannot be written.
    pub fn add(&self, document: DocumentId, traces: &[Trace]) -> io::Result<()> {
        let file = self.file(document);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut out = OpenOptions::new().create(true).append(true).open(&file)?;
        let mut bytes = Vec::new();
        if out.metadata()?.len() == 0 {
            bytes.extend_from_slice(MAGIC);
        }
        for trace in traces {
            write_record(trace, &mut bytes);
        }
        out.write_all(&bytes)
    }

    /// Reads the traces of a document, as many as are whole; what is behind the first that is not is cut off.
    pub fn read(&self, document: DocumentId) -> HashMap<CommitId, Trace> {
        let file = self.file(document);
        let Ok(bytes) = fs::read(&file) else {
            return HashMap::new();
        };
        let mut found = HashMap::with_capacity(bytes.len() / 128);
        let mut at = 0;
        if bytes.starts_with(MAGIC) {
            at = MAGIC.len();
            while let Some((trace, next)) = read_record(&bytes, at) {
                found.insert(trace.commit, trace);
                at = next;
            }
        }
        if at < bytes.len()
            && let Ok(file) = OpenOptions::new().write(true).open(&file)
            && let Err(error) = file.set_len(at as u64)
        {
            tracing::debug!(%error, "what is damaged of the traces stays for now");
        }
        found
    }

    fn file(&self, document: DocumentId) -> PathBuf {
        let name = document.to_string();
        // The last digits of a version 7 id are random, the first are the time.
        self.dir.join(&name[name.len() - 2..]).join(name)
    }
}

fn write_record(trace: &Trace, out: &mut Vec<u8>) {
    let mut body = Vec::with_capacity(128);
    body.extend_from_slice(&trace.commit.0.0);
    body.push(u8::try_from(trace.parents.len()).unwrap_or(u8::MAX));
    for (parent, marks) in trace.parents.iter().take(usize::from(u8::MAX)) {
        body.extend_from_slice(&parent.0.0);
        body.extend_from_slice(&(marks.len() as u32).to_le_bytes());
        body.extend(marks.iter().flat_map(|mark| mark.to_le_bytes()));
    }
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&Hash::of(&body).0[..8]);
    out.extend_from_slice(&body);
}

/// Reads the record at a place; gives where the next begins.
fn read_record(bytes: &[u8], at: usize) -> Option<(Trace, usize)> {
    let head = bytes.get(at..at + HEAD)?;
    let length = u32::from_le_bytes(head[..4].try_into().ok()?) as usize;
    if length > MAX_BODY {
        return None;
    }
    let next = at + HEAD + length;
    let body = bytes.get(at + HEAD..next)?;
    if Hash::of(body).0[..8] != head[4..] {
        return None;
    }
    let mut rest = body;
    let commit = id(take(&mut rest, 32)?)?;
    let count = *take(&mut rest, 1)?.first()?;
    let mut parents = Vec::with_capacity(usize::from(count));
    for _ in 0..count {
        let parent = id(take(&mut rest, 32)?)?;
        let marks = u32::from_le_bytes(take(&mut rest, 4)?.try_into().ok()?) as usize;
        let marks = take(&mut rest, marks.checked_mul(4)?)?;
        let marks = marks
            .chunks_exact(4)
            .map(|mark| u32::from_le_bytes([mark[0], mark[1], mark[2], mark[3]]));
        parents.push((parent, marks.collect()));
    }
    Some((Trace { commit, parents }, next))
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

fn id(bytes: &[u8]) -> Option<CommitId> {
    Some(CommitId(Hash(bytes.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(n: u8) -> Trace {
        let id = |n: u8| CommitId(Hash([n; 32]));
        Trace {
            commit: id(n),
            parents: (0..n % 3)
                .map(|p| (id(p), (0..u32::from(n) * 2).collect()))
                .collect(),
        }
    }

    #[test]
    fn traces_come_back_and_damage_takes_only_what_is_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let traces = TraceFolder::of(folder.path());
        let document: DocumentId = "0192f000-0000-7000-8000-0000000000ab".parse().unwrap();
        assert!(traces.read(document).is_empty());
        let all: Vec<Trace> = (1..=5).map(trace).collect();
        traces.add(document, &all[..3]).unwrap();
        traces.add(document, &all[3..]).unwrap();
        let found = traces.read(document);
        assert_eq!(found.len(), 5);
        assert!(all.iter().all(|trace| found[&trace.commit] == *trace));

        let file = traces.file(document);
        let whole = fs::read(&file).unwrap();
        for cut in 0..whole.len() {
            fs::write(&file, &whole[..cut]).unwrap();
            let found = traces.read(document);
            assert!(found.len() < 5);
            assert!(found.values().all(|trace| all.contains(trace)));
        }
        let mut bent = whole.clone();
        let last = bent.len() - 1;
        bent[last] ^= 1;
        fs::write(&file, &bent).unwrap();
        assert_eq!(traces.read(document).len(), 4);
        // What was damaged is cut off, so that what is added afterwards is found.
        traces.add(document, &all[4..]).unwrap();
        assert_eq!(traces.read(document).len(), 5);
    }
}
