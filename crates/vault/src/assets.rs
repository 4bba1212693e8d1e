//! Blobs by content hash: portraits, images, originals of imports.
//!
//! `assets/ab/abcdef…`, one file a blob, the name its blake3. A blob is written beside its place, synced and renamed, so that a name never
//! stands for half of its content; what is read is held against its name.

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
}

impl AssetFolder {
    /// Names the blobs of the library in a folder; nothing is made before the first is kept.
    pub fn of(library: &Path) -> AssetFolder {
        AssetFolder {
            dir: library.join("assets"),
        }
    }

    fn path(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(&name[..2]).join(&name)
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
        if self.get(&hash).is_ok_and(|kept| kept.is_some()) {
            return Ok(hash);
        }
        let path = self.path(&hash);
        let write = || -> io::Result<()> {
            let parent = path.parent().unwrap_or(&self.dir);
            fs::create_dir_all(parent)?;
            write_atomically(&path, bytes)?;
            sync_dir(&self.dir)
        };
        write().map_err(|error| VaultError::io("write the picture", error))?;
        Ok(hash)
    }

    /// Reads a blob; `None` where none of that name is kept.
    ///
    /// # Errors
    /// A file that cannot be read, or whose content is not what its name says.
    pub fn get(&self, hash: &Hash) -> Result<Option<Vec<u8>>, VaultError> {
        let path = self.path(hash);
        let failed = |error: io::Error| VaultError::io("read the picture", error);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let mut bytes = Vec::new();
        file.take(MAX_ASSET + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if Hash::of(&bytes) != *hash {
            return Err(failed(io::Error::new(
                io::ErrorKind::InvalidData,
                "its content is not what its name says; put the picture in again, or take it from a backup",
            )));
        }
        Ok(Some(bytes))
    }

    /// Lists the names of all blobs, in no order; what is no blob is passed over.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn list(&self) -> Result<Vec<Hash>, VaultError> {
        let mut found = Vec::new();
        let failed = |error: io::Error| VaultError::io("read the pictures", error);
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
        fs::write(assets.path(&hash), b"a hero").unwrap();
        assert!(
            assets
                .get(&hash)
                .unwrap_err()
                .to_string()
                .contains("not what its name says")
        );
        assets.put(b"a heron").unwrap();
        assert_eq!(assets.get(&hash).unwrap().as_deref(), Some(&b"a heron"[..]));
    }
}
