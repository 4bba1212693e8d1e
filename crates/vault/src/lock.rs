//! The lock: one process on one library.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use crate::OpenError;

/// Holds the library until it is dropped; the system releases it even if the process is killed.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Takes the library, or says who has it.
pub(crate) fn take(dir: &Path) -> Result<Lock, OpenError> {
    let path = dir.join("lock");
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(|error| OpenError::io("open", &path, error))?;
    hold(&mut file, dir)?;
    // The number is only for people; a disk that is full or a file system without room for it changes nothing.
    let _ = write_pid(&mut file);
    Ok(Lock { _file: file })
}

/// Takes the library where nothing may be written; `None` where no lock can be had at all.
pub(crate) fn take_unwritten(dir: &Path) -> Result<Option<Lock>, OpenError> {
    match File::open(dir.join("lock")) {
        Ok(mut file) => {
            hold(&mut file, dir)?;
            Ok(Some(Lock { _file: file }))
        }
        Err(_) => Ok(None),
    }
}

fn hold(file: &mut File, dir: &Path) -> Result<(), OpenError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let mut text = String::new();
            let _ = file.take(20).read_to_string(&mut text);
            Err(OpenError::Locked {
                dir: dir.to_owned(),
                by: text.trim().parse().ok(),
            })
        }
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(OpenError::io("lock", &dir.join("lock"), error)),
    }
}

fn write_pid(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    write!(file, "{}", std::process::id())
}
