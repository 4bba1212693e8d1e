//! Merging by lines, as Git does: a sheet as pretty-printed JSON, by libgit2 in process and by `git merge-file`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use anyhow::bail;
use git2::MergeFileInput;
use history::Tree;

/// Writes a document as a file that Git can merge: a line for each cell, the keys in order.
///
/// # Errors
/// None in practice; a document can be written.
pub fn pretty(tree: &Tree) -> anyhow::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(&tree.to_value())?;
    text.push(b'\n');
    Ok(text)
}

/// Merges three versions of a file by libgit2; nothing where it marks a conflict.
///
/// # Errors
/// What libgit2 says.
pub fn by_libgit2(base: &[u8], ours: &[u8], theirs: &[u8]) -> Result<Option<Vec<u8>>, git2::Error> {
    // Merging files is the one call that does not start libgit2 by itself; whatever opens a configuration does.
    static STARTED: Once = Once::new();
    STARTED.call_once(|| drop(git2::Config::new()));
    let [mut a, mut o, mut t] = [(); 3].map(|()| MergeFileInput::new());
    a.content(base).path("sheet.json");
    o.content(ours).path("sheet.json");
    t.content(theirs).path("sheet.json");
    let merged = git2::merge_file(&a, &o, &t, None)?;
    Ok(merged.is_automergeable().then(|| merged.content().to_vec()))
}

/// Three files that `git merge-file` merges.
pub struct Files([PathBuf; 3]);

impl Files {
    /// Writes the versions into a folder: base, ours, theirs.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn write(folder: &Path, versions: [&[u8]; 3]) -> anyhow::Result<Files> {
        let files = ["base", "ours", "theirs"].map(|name| folder.join(format!("{name}.json")));
        for (file, version) in files.iter().zip(versions) {
            std::fs::write(file, version)?;
        }
        Ok(Files(files))
    }

    /// Merges them by a process of git's own; nothing where it marks a conflict.
    ///
    /// # Errors
    /// No git on this machine, or one that refuses.
    pub fn by_git(&self) -> anyhow::Result<Option<Vec<u8>>> {
        let [base, ours, theirs] = &self.0;
        let out = Command::new("git")
            .args(["merge-file", "-p"])
            .args([ours, base, theirs])
            .output()?;
        match out.status.code() {
            Some(0) => Ok(Some(out.stdout)),
            // How many conflicts there are; 255 and signals are failures.
            Some(1..=127) => Ok(None),
            _ => bail!("git merge-file: {}", String::from_utf8_lossy(&out.stderr)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_merge_lines_apart_and_mark_the_same_line() {
        let base = b"{\n  \"a\": 1,\n  \"b\": 1,\n  \"c\": 1,\n  \"d\": 1\n}\n";
        let with = |from: &str, to: &str| {
            let text = String::from_utf8_lossy(base).replace(from, to);
            text.into_bytes()
        };
        let folder = tempfile::tempdir().unwrap();
        let (a, d) = (with("\"a\": 1", "\"a\": 2"), with("\"d\": 1", "\"d\": 2"));
        let both = String::from_utf8_lossy(&a).replace("\"d\": 1", "\"d\": 2");
        let other = with("\"a\": 1", "\"a\": 3");
        for (theirs, merged) in [(&d, Some(both.into_bytes())), (&other, None)] {
            assert_eq!(by_libgit2(base, &a, theirs).unwrap(), merged);
            let files = Files::write(folder.path(), [base, &a, theirs]).unwrap();
            assert_eq!(files.by_git().unwrap(), merged);
        }
    }
}
