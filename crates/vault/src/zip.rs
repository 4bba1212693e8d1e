//! Compression: whole documents, differences to a whole document, and the small JSON of a command.
//!
//! A difference is the document compressed with the whole one as its dictionary. Preparing a dictionary costs
//! more than using it, so prepared ones are kept in [`Keyframe`]s.

use std::sync::{Mutex, OnceLock, PoisonError};

use zstd::zstd_safe::{CCtx, CDict, DCtx, DDict};

/// The level for whole documents, which stand for long.
const LEVEL_WHOLE: i32 = 3;
/// The level for differences and commands, which are made in the way of a write.
const LEVEL_QUICK: i32 = 1;

/// The most bytes one document may unpack to.
pub(crate) const MAX_RAW: usize = 64 << 20;

/// What a command's JSON usually looks like, so that even a single one packs well. Part of record format 1: never change it.
const META_SAMPLE: &[u8] = br##"{"operation":{"id":"0193","time":17,"author":{"name":""},"action":"create","action":"import","action":"archive","action":"unarchive","action":"rollback","action":"redo","action":"undo","action":"edit","moves":[{"document":"0193","branch":"main","before":[],"after":[""]}]},"commits":[{"id":"","says":{"document":"0193","parents":[],"tree":"","author":{"name":""},"time":17,"message":"","kind":"create","kind":"import","kind":"checkpoint","kind":"merge","kind":"generated","kind":"level_up","kind":"rollback","to":"","kind":"redo","of":"","kind":"undo","of":"","kind":"edit","session":"0193","change":"0193"},"body":{"raw":40000,"packed":100}}]}{"operation":{"id":"0193","time":17,"author":{"name":""},"action":"edit","moves":[{"document":"0193","branch":"main","before":[""],"after":[""]}]},"commits":[{"id":"","says":{"document":"0193","parents":[""],"tree":"","author":{"name":""},"time":17,"message":"","kind":"edit","change":"0193"},"body":{"raw":40000,"packed":100,"base":{"seq":1,"slot":0}}}]}"##;

/// A whole document that others are stored as differences to.
pub(crate) struct Keyframe {
    pub(crate) json: Vec<u8>,
    /// Bytes it takes in the ledger.
    pub(crate) packed: u32,
    pack: OnceLock<CDict<'static>>,
    unpack: OnceLock<DDict<'static>>,
}

impl Keyframe {
    pub(crate) fn new(json: Vec<u8>, packed: u32) -> Keyframe {
        Keyframe {
            json,
            packed,
            pack: OnceLock::new(),
            unpack: OnceLock::new(),
        }
    }

    /// Guesses whether a document shares enough with this one to be worth a difference: of some pieces of it, a quarter must
    /// stand here too. A wrong guess costs space or time, never content.
    pub(crate) fn resembles(&self, json: &[u8]) -> bool {
        const PIECES: usize = 16;
        const PIECE: usize = 24;
        if json.len() < PIECES * PIECE {
            return true;
        }
        let step = (json.len() - PIECE) / (PIECES - 1);
        let enough = PIECES / 4;
        let alike = (0..PIECES)
            .map(|nth| &json[nth * step..nth * step + PIECE])
            .filter(|piece| memchr::memmem::find(&self.json, piece).is_some());
        alike.take(enough).count() == enough
    }

    /// Packs a document as the difference to this one.
    pub(crate) fn pack(&self, json: &[u8]) -> Result<Vec<u8>, String> {
        let dictionary = self
            .pack
            .get_or_init(|| CDict::create(&self.json, LEVEL_QUICK));
        pack(json, Some(dictionary))
    }

    /// Unpacks a document that was packed as the difference to this one.
    pub(crate) fn unpack(&self, bytes: &[u8], raw: usize) -> Result<Vec<u8>, String> {
        let dictionary = self.unpack.get_or_init(|| DDict::create(&self.json));
        unpack(bytes, raw, Some(dictionary))
    }
}

/// Packs a whole document.
pub(crate) fn pack_whole(json: &[u8]) -> Result<Vec<u8>, String> {
    pack(json, None)
}

/// Unpacks a whole document.
pub(crate) fn unpack_whole(bytes: &[u8], raw: usize) -> Result<Vec<u8>, String> {
    unpack(bytes, raw, None)
}

pub(crate) fn pack_meta(json: &[u8]) -> Result<Vec<u8>, String> {
    static DICTIONARY: OnceLock<CDict<'static>> = OnceLock::new();
    let dictionary = DICTIONARY.get_or_init(|| CDict::create(META_SAMPLE, LEVEL_QUICK));
    pack(json, Some(dictionary))
}

pub(crate) fn unpack_meta(bytes: &[u8], raw: usize) -> Result<Vec<u8>, String> {
    static DICTIONARY: OnceLock<DDict<'static>> = OnceLock::new();
    let dictionary = DICTIONARY.get_or_init(|| DDict::create(META_SAMPLE));
    unpack(bytes, raw, Some(dictionary))
}

/// Working memory of the compressor, kept because making it costs more than packing a small document.
static PACKERS: Mutex<Vec<CCtx<'static>>> = Mutex::new(Vec::new());
static UNPACKERS: Mutex<Vec<DCtx<'static>>> = Mutex::new(Vec::new());
static BUFFERS: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
/// The most that are kept of each.
const KEPT: usize = 8;
/// The largest buffer that is kept.
const KEPT_BYTES: usize = 1 << 20;

/// Gives an empty buffer for a document that is needed for a moment only; [`give_back`] spares the next one the making.
fn buffer() -> Vec<u8> {
    let kept = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner).pop();
    kept.unwrap_or_default()
}

/// Takes a buffer that is not needed any more.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    buffer.clear();
    let mut kept = BUFFERS.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT && buffer.capacity() <= KEPT_BYTES {
        kept.push(buffer);
    }
}

fn pack(json: &[u8], dictionary: Option<&CDict<'static>>) -> Result<Vec<u8>, String> {
    let kept = PACKERS.lock().unwrap_or_else(PoisonError::into_inner).pop();
    let mut context = match kept {
        Some(context) => context,
        None => CCtx::try_create().ok_or("no memory to compress")?,
    };
    let mut room = buffer();
    room.reserve(zstd::zstd_safe::compress_bound(json.len()));
    let done = match dictionary {
        Some(dictionary) => context.compress_using_cdict(&mut room, json, dictionary),
        None => context.compress(&mut room, json, LEVEL_WHOLE),
    };
    done.map_err(name)?;
    let out = room.as_slice().to_vec();
    give_back(room);
    let mut kept = PACKERS.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT {
        kept.push(context);
    }
    Ok(out)
}

fn unpack(
    bytes: &[u8],
    raw: usize,
    dictionary: Option<&DDict<'static>>,
) -> Result<Vec<u8>, String> {
    if raw > MAX_RAW.max(256 << 20) {
        return Err("it is too large".into());
    }
    let kept = UNPACKERS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop();
    let mut context = match kept {
        Some(context) => context,
        None => DCtx::try_create().ok_or("no memory to decompress")?,
    };
    let mut out = buffer();
    out.reserve(raw);
    let done = match dictionary {
        Some(dictionary) => context.decompress_using_ddict(&mut out, bytes, dictionary),
        None => context.decompress(&mut out, bytes),
    };
    done.map_err(name)?;
    if out.len() != raw {
        return Err(format!("it holds {} bytes in place of {raw}", out.len()));
    }
    let mut kept = UNPACKERS.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT {
        kept.push(context);
    }
    Ok(out)
}

fn name(code: usize) -> String {
    zstd::zstd_safe::get_error_name(code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_and_differences_come_back() {
        let a = format!("{{\"notes\":\"{}\"}}", "Sorrel keeps bees. ".repeat(300)).into_bytes();
        let mut b = a.clone();
        b[700] = b'X';
        let whole = pack_whole(&a).unwrap();
        assert_eq!(unpack_whole(&whole, a.len()).unwrap(), a);
        let frame = Keyframe::new(a.clone(), whole.len() as u32);
        let difference = frame.pack(&b).unwrap();
        assert!(difference.len() < 60, "{}", difference.len());
        assert_eq!(frame.unpack(&difference, b.len()).unwrap(), b);
        assert!(frame.unpack(&difference, b.len() + 1).is_err());
        assert!(frame.resembles(&b) && !frame.resembles(&[b'z'; 5000]));
        assert!(unpack_whole(b"not zstd", 10).is_err());
        for tiny in [&b"{}"[..], b""] {
            let frame = Keyframe::new(tiny.to_vec(), 2);
            let difference = frame.pack(&b).unwrap();
            assert_eq!(frame.unpack(&difference, b.len()).unwrap(), b);
        }
    }
}
