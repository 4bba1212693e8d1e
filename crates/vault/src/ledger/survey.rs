//! The survey: walks the ledger from some record to its end, checks every hash and the chain, and finds what is missing.
//!
//! Where the bytes are not the next record, it looks for the next place that is one. What lies between is a **hole**. A
//! hole that a later record (or the index, or the mark of a clean stop) vouches for was acknowledged: that is
//! damage. A hole that nothing vouches for is a group that was being written when the power went: a torn tail, which is cut.

use std::fs::File;
use std::io;
use std::path::Path;

use history::Hash;
use uuid::Uuid;

use super::segment::HeaderFault;
use super::{Position, Tail, record, segment};
use crate::file;

/// How many bytes are held at once, beyond those of one record.
const WINDOW: usize = 1 << 20;

/// A stretch of the ledger where records are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hole {
    pub(crate) from: Position,
    /// The first byte behind it; in the same segment as `from`, or the start of a later one.
    pub(crate) to: Position,
    /// The first missing record.
    pub(crate) first_seq: u64,
    /// The last missing record; `first_seq - 1` if only a segment's header is hurt.
    pub(crate) last_seq: u64,
    /// How the ledger stood before the hole.
    before: Tail,
}

/// What a survey found.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Whole records from the start of the survey.
    pub(crate) records: u64,
    /// The end, behind the last whole record.
    pub(crate) tail: Tail,
    /// Acknowledged records that are not there.
    pub(crate) holes: Vec<Hole>,
    /// Bytes of a group that was never acknowledged, from the tail's end onwards.
    pub(crate) torn: Option<u64>,
    /// Segments whose header alone is hurt.
    pub(crate) hurt_headers: Vec<u32>,
    /// Segments behind the end, created but never used.
    pub(crate) unused_segments: Vec<u32>,
    /// The newest schema that a header names.
    pub(crate) schema: u32,
    /// Whose ledger it is.
    pub(crate) library: Option<Uuid>,
}

/// Walks the ledger.
///
/// `start` is a tail known to be sound, or `None` for the beginning. `vouched` is the last record that something outside the
/// ledger knows to be acknowledged. `each` sees every whole record in order.
pub(crate) fn survey(
    ledger: &Path,
    start: Option<Tail>,
    vouched: u64,
    each: impl FnMut(Position, &record::Header, &[u8]),
) -> io::Result<Survey> {
    walk(ledger, start, None, vouched, each)
}

/// Walks the ledger up to a tail, as if it ended there: what is being written behind it is no business of the check, and may be
/// half there.
pub(crate) fn survey_up_to(ledger: &Path, tail: Tail) -> io::Result<Survey> {
    walk(ledger, None, Some(tail.end), tail.seq, |_, _, _| {})
}

fn walk(
    ledger: &Path,
    start: Option<Tail>,
    until: Option<Position>,
    vouched: u64,
    mut each: impl FnMut(Position, &record::Header, &[u8]),
) -> io::Result<Survey> {
    let mut numbers = segment::list(ledger)?;
    if let Some(until) = until {
        numbers.retain(|number| *number <= until.segment);
    }
    let mut found = Survey {
        records: 0,
        tail: start.unwrap_or(Tail::start(1, Hash([0; 32]))),
        holes: Vec::new(),
        torn: None,
        hurt_headers: Vec::new(),
        unused_segments: Vec::new(),
        schema: 0,
        library: None,
    };
    let mut known_chain = start.is_some();
    let mut newest_durable = vouched;
    // Where bytes began that are not the next record, if they did.
    let mut gap: Option<Position> = None;
    let mut garbage = 0;

    for &number in &numbers {
        if start.is_some_and(|tail| number < tail.end.segment) {
            continue;
        }
        let file = File::open(segment::path(ledger, number))?;
        let len = match until {
            Some(until) if until.segment == number => until.offset.min(file.metadata()?.len()),
            _ => file.metadata()?.len(),
        };
        match segment::read_header(&file)? {
            Ok(header) => {
                found.schema = found.schema.max(header.schema);
                found.library = found.library.or(Some(header.library));
                if !known_chain {
                    known_chain = true;
                    found.tail.chain = segment::genesis(header.library);
                    if number != 1 || header.first_seq != 1 {
                        gap = Some(found.tail.end);
                    }
                }
            }
            Err(fault) => {
                let used = has_record(&file, len)?;
                if !used && Some(&number) == numbers.last() && number != 1 {
                    // The power went while the file was being made; `hold_against` sees whether records are missing.
                    found.unused_segments.push(number);
                    continue;
                }
                if fault != HeaderFault::Damaged {
                    garbage += len;
                }
                found.hurt_headers.push(number);
            }
        }
        let mut window = Window::new(&file, len);
        let mut at = if number == found.tail.end.segment {
            found.tail.end.offset
        } else {
            segment::HEADER
        };
        while let Some(next) = window.next_record(at)? {
            let position = Position {
                segment: number,
                offset: next.offset,
            };
            if next.offset > at {
                gap = gap.or(Some(Position {
                    segment: number,
                    offset: at,
                }));
                garbage += next.offset - at;
            }
            let header = next.header;
            let expected = found.tail.seq + 1;
            let fits =
                header.seq == expected && (header.previous == found.tail.chain || !known_chain);
            // Behind a hole the chain starts anew; a number that is not beyond the last is a leftover of a failed write.
            let beyond = header.seq > expected;
            if !fits && !beyond {
                gap = gap.or(Some(position));
                garbage += header.record_len();
                at = next.offset + header.record_len();
                continue;
            }
            if beyond {
                found.holes.push(Hole {
                    from: gap.unwrap_or(position),
                    to: position,
                    first_seq: expected,
                    last_seq: header.seq - 1,
                    before: found.tail,
                });
            }
            gap = None;
            garbage = 0;
            known_chain = true;
            newest_durable = newest_durable.max(header.durable);
            let (whole, payload) = window.record(next.offset, &header)?;
            debug_assert!(header.vouches_for(whole, payload));
            each(position, &header, payload);
            found.records += 1;
            found.tail = Tail {
                end: Position {
                    segment: number,
                    offset: next.offset + header.record_len(),
                },
                last: position,
                seq: header.seq,
                chain: header.hash,
            };
            at = found.tail.end.offset;
        }
        // No further record in this file: zeros are what was written ahead, anything else is a gap.
        if let Some(first) = window.first_nonzero(at)? {
            gap = gap.or(Some(Position {
                segment: number,
                offset: at,
            }));
            garbage += len - first;
        }
    }
    hold_against(&mut found, newest_durable, gap, garbage);
    Ok(found)
}

/// Tells damage from a torn tail.
fn hold_against(found: &mut Survey, newest_durable: u64, gap: Option<Position>, garbage: u64) {
    // A hole that nothing vouches for: it and all behind it were never acknowledged.
    if let Some(index) = found
        .holes
        .iter()
        .position(|hole| newest_durable < hole.first_seq)
    {
        let hole = found.holes[index];
        found.records = found.records.saturating_sub(found.tail.seq - hole.last_seq);
        found.torn = Some(
            found
                .tail
                .end
                .offset
                .saturating_sub(hole.from.offset)
                .max(1),
        );
        found.tail = hole.before;
        found.holes.truncate(index);
        return;
    }
    if newest_durable > found.tail.seq {
        found.holes.push(Hole {
            from: gap.unwrap_or(found.tail.end),
            to: found.tail.end,
            first_seq: found.tail.seq + 1,
            last_seq: newest_durable,
            before: found.tail,
        });
    } else if gap.is_some() {
        found.torn = Some(garbage.max(1));
    }
}

/// Tells whether any record stands in a file.
fn has_record(file: &File, len: u64) -> io::Result<bool> {
    Ok(Window::new(file, len).next_record(0)?.is_some())
}

struct Found {
    offset: u64,
    header: record::Header,
}

/// A file seen through a moving buffer.
struct Window<'a> {
    file: &'a File,
    len: u64,
    start: u64,
    bytes: Vec<u8>,
}

impl<'a> Window<'a> {
    fn new(file: &'a File, len: u64) -> Window<'a> {
        Window {
            file,
            len,
            start: 0,
            bytes: Vec::new(),
        }
    }

    /// Gives `len` bytes from `offset`, fewer at the end of the file.
    fn see(&mut self, offset: u64, len: usize) -> io::Result<&[u8]> {
        let end = (offset + len as u64).min(self.len);
        if offset >= end {
            return Ok(&[]);
        }
        let held = self.start + self.bytes.len() as u64;
        if offset < self.start || end > held {
            let want = ((end - offset) as usize).max(WINDOW) as u64;
            let want = want.min(self.len - offset);
            self.bytes.resize(want as usize, 0);
            self.start = offset;
            file::read_exact_at(self.file, &mut self.bytes, offset)?;
        }
        let from = (offset - self.start) as usize;
        Ok(&self.bytes[from..from + (end - offset) as usize])
    }

    /// Gives a record's header bytes and payload.
    fn record(&mut self, offset: u64, header: &record::Header) -> io::Result<(&[u8], &[u8])> {
        let bytes = self.see(offset, header.record_len() as usize)?;
        Ok(bytes.split_at(record::HEADER.min(bytes.len())))
    }

    /// Reads the record that begins exactly here.
    fn record_at(&mut self, offset: u64) -> io::Result<Option<record::Header>> {
        let Some(header) = record::Header::parse(self.see(offset, record::HEADER)?) else {
            return Ok(None);
        };
        if offset + header.record_len() > self.len {
            return Ok(None);
        }
        let (head, payload) = self.record(offset, &header)?;
        Ok(header.vouches_for(head, payload).then_some(header))
    }

    /// Finds the first whole record at `from` or behind.
    fn next_record(&mut self, from: u64) -> io::Result<Option<Found>> {
        let mut at = from;
        while at < self.len {
            if let Some(header) = self.record_at(at)? {
                return Ok(Some(Found { offset: at, header }));
            }
            // Look for the next magic; the last three bytes of a window are seen again by the next one.
            at += 1;
            loop {
                let bytes = self.see(at, WINDOW / 2)?;
                if bytes.len() < record::HEADER {
                    return Ok(None);
                }
                let hit = memchr::memmem::find(bytes, &record::MAGIC);
                let len = bytes.len() as u64;
                match hit {
                    Some(hit) => {
                        at += hit as u64;
                        break;
                    }
                    None => at += len - 3,
                }
            }
        }
        Ok(None)
    }

    /// Finds the first byte at `from` or behind that is not zero.
    fn first_nonzero(&mut self, from: u64) -> io::Result<Option<u64>> {
        let mut at = from;
        while at < self.len {
            let bytes = self.see(at, WINDOW / 2)?;
            if let Some(hit) = bytes.iter().position(|byte| *byte != 0) {
                return Ok(Some(at + hit as u64));
            }
            at += bytes.len() as u64;
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::fs;
    use std::path::Path;

    use history::Hash;
    use uuid::Uuid;

    use super::super::{Tail, record, segment, writer};
    use super::{survey, survey_up_to};

    /// Writes a ledger of ten records; gives its tail behind each of them.
    fn ledger(dir: &Path) -> Vec<Tail> {
        let library = Uuid::from_u128(7);
        let mut tail = writer::create(dir, library).unwrap();
        let file = segment::path(dir, 1);
        let mut bytes = fs::read(&file).unwrap();
        bytes.truncate(usize::try_from(tail.end.offset).unwrap());
        let mut chain: Hash = tail.chain;
        let mut tails = Vec::new();
        for seq in 1..=10 {
            tail.last = tail.end;
            chain = record::write(&mut bytes, seq, seq - 1, chain, &[seq as u8; 300]);
            tail.end.offset = bytes.len() as u64;
            tail.seq = seq;
            tail.chain = chain;
            tails.push(tail);
        }
        fs::write(file, bytes).unwrap();
        tails
    }

    /// Makes a byte in the middle of a record another, as one that is half written is.
    fn touch(dir: &Path, behind: Tail) {
        let file = segment::path(dir, 1);
        let mut bytes = fs::read(&file).unwrap();
        bytes[usize::try_from(behind.end.offset).unwrap() + 200] ^= 1;
        fs::write(file, bytes).unwrap();
    }

    #[test]
    fn what_is_half_there_behind_the_tail_is_no_damage_and_what_is_hurt_before_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let tails = ledger(dir.path());
        let checked = survey_up_to(dir.path(), tails[4]).unwrap();
        assert_eq!((checked.tail, checked.records), (tails[4], 5));
        // The seventh record: seen by a walk of everything, and none of a check up to the fifth.
        touch(dir.path(), tails[5]);
        let all = survey(dir.path(), None, 0, |_, _, _| {}).unwrap();
        assert_eq!(all.holes.len(), 1);
        let checked = survey_up_to(dir.path(), tails[4]).unwrap();
        assert!(checked.holes.is_empty() && checked.hurt_headers.is_empty());
        assert_eq!(checked.tail, tails[4]);
        // The third one.
        touch(dir.path(), tails[1]);
        let checked = survey_up_to(dir.path(), tails[4]).unwrap();
        assert_eq!(checked.holes.len(), 1);
        assert_eq!(
            (checked.holes[0].first_seq, checked.holes[0].last_seq),
            (3, 3)
        );
        // The last one it must see.
        touch(dir.path(), tails[3]);
        let checked = survey_up_to(dir.path(), tails[4]).unwrap();
        assert_eq!(checked.holes.last().unwrap().last_seq, 5);
    }
}
