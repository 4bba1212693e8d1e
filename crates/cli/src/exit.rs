//! The codes that the program ends with; scripts branch on them, so they never change their meaning.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | a fault of the program or of the machine; of `merge-file`, that conflicts are left open, as Git expects it |
//! | 2 | the command line could not be understood |
//! | 3 | what was asked for is not there |
//! | 4 | refused: a value, a name or a file is not what it should be; nothing was changed by it |
//! | 5 | somebody changed the same cells meanwhile; nothing was changed |
//! | 6 | the library is locked, read-only, damaged, or written by a newer Forkbeard |
//! | 7 | the disk is full |

use std::process::ExitCode;

use services::Code;

/// What the program ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Fault = 1,
    Usage = 2,
    NotFound = 3,
    Refused = 4,
    Conflict = 5,
    Library = 6,
    DiskFull = 7,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

impl From<Code> for Exit {
    fn from(code: Code) -> Exit {
        match code {
            Code::Internal | Code::Busy => Exit::Fault,
            Code::NotFound => Exit::NotFound,
            Code::Invalid
            | Code::HandleTaken
            | Code::TooLarge
            | Code::NothingToUndo
            | Code::NeedsReview
            | Code::NotAllowed => Exit::Refused,
            Code::Conflict => Exit::Conflict,
            Code::ReadOnly
            | Code::Locked
            | Code::NewerSchema
            | Code::NotALibrary
            | Code::Damaged => Exit::Library,
            Code::DiskFull => Exit::DiskFull,
        }
    }
}

/// The codes as `--help` tells them.
pub(crate) const HELP: &str = "\
Exit codes:
  0  done
  1  a fault of the program or of the machine; of merge-file: conflicts are left open
  2  the command line could not be understood
  3  what was asked for is not there
  4  refused: a value, a name or a file is not what it should be
  5  somebody changed the same cells meanwhile; nothing was changed
  6  the library is locked, read-only, damaged, or written by a newer Forkbeard
  7  the disk is full

Environment:
  FORKBEARD_DATA               the folder that --data names
  CHARACTER_CACHE_TTL_MINUTES  how long computed sheets are kept in memory, 1 to 1440 (15)
  NO_COLOR                     no colour on a terminal either";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_scripts_branch_on_has_its_number() {
        for (code, number) in [
            (Code::Internal, 1),
            (Code::Busy, 1),
            (Code::NotFound, 3),
            (Code::Invalid, 4),
            (Code::HandleTaken, 4),
            (Code::TooLarge, 4),
            (Code::NothingToUndo, 4),
            (Code::NeedsReview, 4),
            (Code::NotAllowed, 4),
            (Code::Conflict, 5),
            (Code::ReadOnly, 6),
            (Code::Locked, 6),
            (Code::NewerSchema, 6),
            (Code::NotALibrary, 6),
            (Code::Damaged, 6),
            (Code::DiskFull, 7),
        ] {
            assert_eq!(Exit::from(code) as u8, number, "{code:?}");
        }
    }

    #[test]
    fn the_help_tells_every_number() {
        for number in 0..=7 {
            assert!(HELP.contains(&format!("\n  {number}  ")), "{number}");
        }
    }
}
