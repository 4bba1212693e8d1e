//! Migration: brings an older library up to the schema of this program, after a backup.
//!
//! A step changes the JSON of one command; bodies and their hashes stay as they are. The whole ledger is written anew and
//! verified before it takes the old one's place, and the old one is put aside.

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::backup::{self, BackupKind};
use crate::ledger::survey::survey;
use crate::ledger::{Position, record, segment, writer};
use crate::payload::{self, Meta};
use crate::{OpenError, SCHEMA, swap};

/// Changes one command's JSON from one schema to the next.
type Step = fn(&mut Value);

/// The steps: the first leads from schema 0 to 1.
const STEPS: [Step; SCHEMA as usize] = [from_0];

/// Schema 0 called the operation `op`, and what a commit says `commit`.
fn from_0(command: &mut Value) {
    let Some(command) = command.as_object_mut() else {
        return;
    };
    if let Some(operation) = command.remove("op") {
        command.insert("operation".into(), operation);
    }
    let commits = command.get_mut("commits").and_then(Value::as_array_mut);
    for commit in commits.into_iter().flatten() {
        if let Some(commit) = commit.as_object_mut()
            && let Some(says) = commit.remove("commit")
        {
            commit.insert("says".into(), says);
        }
    }
}

/// Brings a library from an older schema to this program's.
pub(crate) fn migrate(
    dir: &Path,
    library: Uuid,
    schema: u32,
    now: DateTime<Utc>,
) -> Result<(), OpenError> {
    let ledger = dir.join("ledger");
    let found = survey(&ledger, None, 0, |_, _, _| {})
        .map_err(|error| OpenError::io("read", &ledger, error))?;
    if let Some(hole) = found.holes.first() {
        return Err(cannot(
            dir,
            format!(
                "it has the older schema {schema} and is damaged in file {:06}.log at byte {}; restore a backup first",
                hole.from.segment, hole.from.offset
            ),
        ));
    }
    let identity = (library, schema);
    backup::make(dir, found.tail, identity, now, BackupKind::Migration).map_err(
        |error| match error {
            backup::BackupError::Io(error) => OpenError::io("back up", dir, error),
            backup::BackupError::Bad(why) => cannot(dir, why),
        },
    )?;
    let write = |error| OpenError::io("migrate", dir, error);
    let records = rewrite(dir, library, schema).map_err(write)?;
    let making = swap::making(dir);
    let read = survey(&making, None, records, |_, _, _| {}).map_err(write)?;
    if !read.holes.is_empty() || read.tail.seq != found.tail.seq {
        return Err(cannot(dir, "the migrated ledger does not read back".into()));
    }
    swap::put_in_place(dir, now).map_err(write)?;
    Ok(())
}

fn cannot(dir: &Path, why: String) -> OpenError {
    OpenError::NotALibrary {
        dir: dir.to_owned(),
        why,
    }
}

/// Writes the ledger anew beside the old one; gives how many records.
fn rewrite(dir: &Path, library: Uuid, schema: u32) -> io::Result<u64> {
    let making = swap::making(dir);
    match fs::remove_dir_all(&making) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let start = writer::create(&making, library)?;
    let path = segment::path(&making, start.end.segment);
    let mut out = BufWriter::new(OpenOptions::new().append(true).open(&path)?);
    let (mut seq, mut chain, mut failed) = (0, start.chain, None);
    survey(&dir.join("ledger"), None, 0, |at, _, payload| {
        if failed.is_some() {
            return;
        }
        let step = migrated(payload, schema).and_then(|payload| {
            let mut bytes = Vec::with_capacity(payload.len() + record::HEADER);
            let hash = record::write(&mut bytes, seq + 1, seq, chain, &payload);
            out.write_all(&bytes)?;
            Ok(hash)
        });
        match step {
            Ok(hash) => {
                seq += 1;
                chain = hash;
            }
            Err(error) => failed = Some(told(at, &error)),
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    let file = out.into_inner().map_err(|error| error.into_error())?;
    file.sync_all()?;
    Ok(seq)
}

fn told(at: Position, error: &io::Error) -> io::Error {
    io::Error::new(
        error.kind(),
        format!(
            "the record in file {:06}.log at byte {}: {error}",
            at.segment, at.offset
        ),
    )
}

/// Brings one payload up to date, and makes sure that it is understood.
fn migrated(payload: &[u8], schema: u32) -> io::Result<Vec<u8>> {
    let (json, bodies) = payload::meta_json(payload).map_err(io::Error::other)?;
    let mut command: Value = serde_json::from_slice(&json)?;
    for step in STEPS.iter().skip(schema as usize) {
        step(&mut command);
    }
    let meta: Meta = serde_json::from_value(command)?;
    let json = serde_json::to_vec(&meta)?;
    let rest = payload.get(bodies..).unwrap_or_default();
    payload::encode_json(&json, std::iter::once(rest)).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use history::{
        Action, Author, BranchName, ChangeId, CommitKind, DocumentId, NewCommit, Operation,
        OperationId, RefMove, Tree,
    };
    use serde_json::json;

    use super::*;
    use crate::{Options, Vault, zip};

    /// Writes a library as schema 0 would have left it: `op` for the operation, `commit` for what a commit says.
    fn old_library(dir: &Path, edits: u64) -> (DocumentId, Vec<(history::CommitId, Tree)>) {
        let ledger = dir.join("ledger");
        fs::create_dir_all(&ledger).unwrap();
        let library = Uuid::from_u128(99);
        let chain = segment::genesis(library);
        let header = segment::Header {
            schema: 0,
            number: 1,
            library,
            first_seq: 1,
            previous: chain,
        };
        segment::create(&ledger, header).unwrap();
        let document = DocumentId(Uuid::from_u128(5));
        let mut made: Vec<(history::CommitId, Tree)> = Vec::new();
        let (mut bytes, mut chain) = (Vec::new(), chain);
        for seq in 1..=edits {
            let tree = Tree::from_value(json!({
                "record": {"handle": "sorrel", "kind": "character"},
                "combat": {"hp": {"damage": seq}},
            }))
            .unwrap();
            let parent = made.last().map(|(id, _)| *id);
            let time = Utc.timestamp_millis_opt(1_700_000_000_000).unwrap();
            let commit = NewCommit {
                document,
                parents: parent.into_iter().collect(),
                tree: tree.id(),
                author: Author::new("Maren"),
                time,
                message: String::new(),
                kind: CommitKind::Edit,
                session: None,
                change: ChangeId(Uuid::from_u128(u128::from(seq))),
            }
            .seal();
            let operation = Operation {
                id: OperationId(Uuid::from_u128(u128::from(seq))),
                time,
                author: Author::new("Maren"),
                action: Action::Edit,
                moves: vec![RefMove {
                    document,
                    branch: BranchName::main(),
                    before: parent.into_iter().collect(),
                    after: vec![commit.id],
                }],
            };
            let json = tree.to_json();
            let body = zip::pack_whole(&json).unwrap();
            let command = json!({
                "op": operation,
                "commits": [{
                    "id": commit.id,
                    "commit": commit.says,
                    "body": {"raw": json.len(), "packed": body.len()},
                }],
            });
            let command = serde_json::to_vec(&command).unwrap();
            let payload = payload::encode_json(&command, std::iter::once(body.as_slice())).unwrap();
            chain = record::write(&mut bytes, seq, seq - 1, chain, &payload);
            made.push((commit.id, tree));
        }
        let path = segment::path(&ledger, 1);
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(&bytes).unwrap();
        (document, made)
    }

    fn options() -> Options {
        Options::new(Utc.timestamp_millis_opt(1_790_000_000_000).unwrap())
    }

    #[test]
    fn an_older_library_is_backed_up_and_brought_up_to_date() {
        let dir = tempfile::tempdir().unwrap();
        let (document, made) = old_library(dir.path(), 20);
        let opened = Vault::open(dir.path(), options()).unwrap();
        assert_eq!(opened.report.migrated_from, Some(0));
        let vault = opened.vault;
        for (id, tree) in &made {
            assert_eq!(vault.tree(id).unwrap(), *tree);
        }
        let heads = vault.heads(document, &BranchName::main()).unwrap();
        assert_eq!(heads, [made[19].0]);
        assert!(vault.doctor(false).unwrap().is_sound());
        let backups = vault.backups();
        assert_eq!(
            (backups.len(), backups[0].schema, backups[0].records),
            (1, 0, 20)
        );
        vault.close().unwrap();
        let again = Vault::open(dir.path(), options()).unwrap();
        assert_eq!(again.report.migrated_from, None);
        drop(again);
        // The way back to before the migration leads through it again.
        fs::remove_dir_all(dir.path().join("ledger")).unwrap();
        let now = options().now;
        crate::restore(dir.path(), &backups[0].name, crate::Later::Keep, now).unwrap();
        let restored = Vault::open(dir.path(), options()).unwrap();
        assert_eq!(restored.report.migrated_from, Some(0));
        assert_eq!(restored.vault.tree(&made[3].0).unwrap(), made[3].1);
    }

    #[test]
    fn a_newer_library_is_refused_and_not_touched() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = dir.path().join("ledger");
        fs::create_dir_all(&ledger).unwrap();
        let header = segment::Header {
            schema: SCHEMA + 1,
            number: 1,
            library: Uuid::from_u128(1),
            first_seq: 1,
            previous: segment::genesis(Uuid::from_u128(1)),
        };
        segment::create(&ledger, header).unwrap();
        let before = fs::read(segment::path(&ledger, 1)).unwrap();
        let error = Vault::open(dir.path(), options()).err().unwrap();
        assert!(
            matches!(error, OpenError::NewerSchema { found, known: SCHEMA } if found == SCHEMA + 1),
            "{error}"
        );
        assert_eq!(fs::read(segment::path(&ledger, 1)).unwrap(), before);
        assert!(!dir.path().join("sled").exists());
    }

    #[test]
    fn an_older_library_that_is_damaged_is_not_migrated() {
        let dir = tempfile::tempdir().unwrap();
        old_library(dir.path(), 5);
        let path = segment::path(&dir.path().join("ledger"), 1);
        let mut bytes = fs::read(&path).unwrap();
        bytes[400] ^= 1;
        fs::write(&path, &bytes).unwrap();
        let error = Vault::open(dir.path(), options()).err().unwrap();
        assert!(error.to_string().contains("damaged"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}
