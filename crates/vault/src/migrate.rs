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
