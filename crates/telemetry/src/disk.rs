//! Free and total space of the disk that a path lies on.

use std::io;
use std::path::{Path, PathBuf};

/// Space on the disk that a path lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskSpace {
    /// Bytes that this user can still write.
    pub free: u64,
    /// Bytes that the disk holds in all.
    pub total: u64,
}

/// The space of a disk could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the free space at {path} could not be read ({source}); check that the disk is connected", path = path.display())]
pub struct DiskError {
    /// The path that was asked about.
    pub path: PathBuf,
    /// What the operating system said.
    pub source: io::Error,
}

/// Reads the space of the disk that `path` lies on, or will lie on once it is made.
///
/// Asks about this one disk only: a list of all mounts hangs on a network disk that is gone.
///
/// # Errors
/// [`DiskError`] if neither the path nor any folder above it can be read.
pub fn disk_space(path: &Path) -> Result<DiskSpace, DiskError> {
    let error = |source| DiskError {
        path: path.to_owned(),
        source,
    };
    let absolute = std::path::absolute(path).map_err(error)?;
    let existing = absolute
        .ancestors()
        .find(|ancestor| ancestor.exists())
        .unwrap_or(&absolute);
    let stats = fs4::statvfs(existing).map_err(error)?;
    Ok(DiskSpace {
        free: stats.available_space(),
        total: stats.total_space(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_made_yet_has_the_space_of_the_one_above() {
        let folder = tempfile::tempdir().unwrap();
        let here = disk_space(folder.path()).unwrap();
        let later = disk_space(&folder.path().join("library/ledger")).unwrap();
        assert!(here.free <= here.total && here.total > 0, "{here:?}");
        assert_eq!(later.total, here.total);
    }

    #[test]
    fn a_path_that_cannot_be_asked_about_is_named_in_the_error() {
        let error = disk_space(Path::new("")).unwrap_err().to_string();
        assert!(
            error.contains("check that the disk is connected"),
            "{error}"
        );
    }
}
