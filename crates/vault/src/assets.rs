//! Blobs by content hash: portraits, images, originals of imports.
//!
//! `assets/ab/abcdef…`, one file a blob, the name its blake3. A blob is written beside its place, synced and renamed, so that a name never
//! stands for half of its content; what is read is held against its name. `backups/assets/` is a second place of the same shape, shared by
//! all backups: a blob never changes, so one copy serves them all, and one that is damaged or gone is taken from there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use history::Hash;

use crate::VaultError;
use crate::file::{sync_dir, write_atomically};

/// The largest blob, in bytes.
pub const MAX_ASSET: u64 = 64 << 20;

/// Keeps and finds the blobs of one library.
#[derive(Debug, Clone)]
pub struct AssetFolder {
    dir: PathBuf,
    copies: PathBuf,
}

impl AssetFolder {
    /// Names the blobs of the library in a folder; nothing is made before the first is kept.
    pub fn of(library: &Path) -> AssetFolder {
        AssetFolder {
            dir: library.join("assets"),
            copies: library.join("backups").join("assets"),
        }
    }

    /// Keeps a blob durably and names it; one that is kept already is not written again.
    ///
    /// # Errors
    /// A blob that is too large, a full disk, or a folder that cannot be written.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash, VaultError> {
        if bytes.len() as u64 > MAX_ASSET {
            return Err(VaultError::TooLarge {
                bytes: bytes.len() as u64,
                limit: MAX_ASSET,
            });
        }
        let hash = Hash::of(bytes);
        // Read and not only looked for: one that is damaged is put right by keeping it again.
        if read(&self.dir, &hash).is_ok_and(|kept| kept.is_some()) {
            return Ok(hash);
        }
        write(&self.dir, &hash, bytes)
            .map_err(|error| VaultError::io("write a picture of", error))?;
        Ok(hash)
    }

    /// Reads a blob; `None` where none of that name is kept.
    ///
    /// # Errors
    /// A file that cannot be read, or whose content is not what its name says, where the backups have no good copy either.
    pub fn get(&self, hash: &Hash) -> Result<Option<Vec<u8>>, VaultError> {
        match read(&self.dir, hash) {
            Ok(Some(bytes)) => Ok(Some(bytes)),
            lacking => match (lacking, read(&self.copies, hash)) {
                (_, Ok(Some(copy))) => Ok(Some(copy)),
                (Ok(None), _) => Ok(None),
                (Err(error), _) => Err(VaultError::io("read a picture of", error)),
                (Ok(some), _) => Ok(some),
            },
        }
    }

    /// Copies to the backups what they lack, each read and held against its name; tells how many.
    ///
    /// # Errors
    /// A full disk, or a folder that cannot be read or written. A blob that is damaged is left out, as its copy may be good.
    pub fn back_up(&self) -> Result<usize, VaultError> {
        let mut copied = 0;
        for hash in self.list()? {
            if read(&self.copies, &hash).is_ok_and(|copy| copy.is_some()) {
                continue;
            }
            if let Ok(Some(bytes)) = read(&self.dir, &hash) {
                write(&self.copies, &hash, &bytes)
                    .map_err(|error| VaultError::io("back up a picture of", error))?;
                copied += 1;
            }
        }
        Ok(copied)
    }

    /// Names the blobs that are damaged and have no good copy among the backups.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn damaged(&self) -> Result<Vec<Hash>, VaultError> {
        let mut damaged = self.list()?;
        damaged.retain(|hash| !matches!(self.get(hash), Ok(Some(_))));
        Ok(damaged)
    }

    /// Lists the names of all blobs, in no order; what is no blob is passed over.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn list(&self) -> Result<Vec<Hash>, VaultError> {
        let mut found = Vec::new();
        let failed = |error: io::Error| VaultError::io("read the pictures of", error);
        let groups = match fs::read_dir(&self.dir) {
            Ok(groups) => groups,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(failed(error)),
        };
        for group in groups {
            let group = group.map_err(failed)?.path();
            if !group.is_dir() {
                continue;
            }
            for entry in fs::read_dir(&group).map_err(failed)? {
                let name = entry.map_err(failed)?.file_name();
                found.extend(name.to_str().and_then(|name| name.parse::<Hash>().ok()));
            }
        }
        Ok(found)
    }
}

fn path(dir: &Path, hash: &Hash) -> PathBuf {
    let name = hash.to_string();
    dir.join(&name[..2]).join(&name)
}

fn write(dir: &Path, hash: &Hash, bytes: &[u8]) -> io::Result<()> {
    let path = path(dir, hash);
    fs::create_dir_all(path.parent().unwrap_or(dir))?;
    write_atomically(&path, bytes)?;
    sync_dir(dir)
}

fn read(dir: &Path, hash: &Hash) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path(dir, hash)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.take(MAX_ASSET + 1).read_to_end(&mut bytes)?;
    if Hash::of(&bytes) == *hash {
        return Ok(Some(bytes));
    }
    let why = "its content is not what its name says; put the picture in again";
    Err(io::Error::new(io::ErrorKind::InvalidData, why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blobs_are_kept_once_and_damage_is_told_and_mended() {
        let folder = tempfile::tempdir().unwrap();
        let assets = AssetFolder::of(folder.path());
        assert_eq!(assets.get(&Hash::of(b"x")).unwrap(), None);
        let hash = assets.put(b"a heron").unwrap();
        assert_eq!(assets.put(b"a heron").unwrap(), hash);
        assert_eq!(assets.get(&hash).unwrap().as_deref(), Some(&b"a heron"[..]));
        assert_eq!(assets.list().unwrap(), [hash]);
        fs::write(path(&assets.dir, &hash), b"a hero").unwrap();
        assert!(
            assets
                .get(&hash)
                .unwrap_err()
                .to_string()
                .contains("not what its name says")
        );
        assert_eq!(assets.damaged().unwrap(), [hash]);
        assets.put(b"a heron").unwrap();
        assert_eq!(assets.get(&hash).unwrap().as_deref(), Some(&b"a heron"[..]));
        assert_eq!(assets.damaged().unwrap(), []);
    }

    #[test]
    fn a_copy_among_the_backups_stands_in() {
        let folder = tempfile::tempdir().unwrap();
        let assets = AssetFolder::of(folder.path());
        let hash = assets.put(b"a heron").unwrap();
        assert_eq!(assets.back_up().unwrap(), 1);
        assert_eq!(assets.back_up().unwrap(), 0);
        fs::write(path(&assets.dir, &hash), b"a hero").unwrap();
        assert_eq!(assets.get(&hash).unwrap().as_deref(), Some(&b"a heron"[..]));
        fs::remove_dir_all(&assets.dir).unwrap();
        assert_eq!(assets.get(&hash).unwrap().as_deref(), Some(&b"a heron"[..]));
    }
}
