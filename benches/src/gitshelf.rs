//! libgit2 in process, keeping a sheet as a file: the yardstick for an edit.

use std::path::Path;

use git2::{Oid, Repository, Signature};

/// A repository with one file, committed to again and again.
pub struct GitShelf {
    repository: Repository,
    last: Option<Oid>,
}

impl GitShelf {
    /// Makes an empty repository.
    ///
    /// # Errors
    /// What libgit2 says.
    pub fn create(folder: &Path) -> Result<GitShelf, git2::Error> {
        Ok(GitShelf {
            repository: Repository::init_bare(folder)?,
            last: None,
        })
    }

    /// Commits the file's next content: blob, tree, commit and branch, as libgit2 does by itself, without a sync.
    ///
    /// # Errors
    /// What libgit2 says.
    pub fn commit(&mut self, content: &[u8]) -> Result<(), git2::Error> {
        let git = &self.repository;
        let blob = git.blob(content)?;
        let mut tree = git.treebuilder(None)?;
        tree.insert("sheet.json", blob, 0o100_644)?;
        let tree = git.find_tree(tree.write()?)?;
        let author = Signature::now("Maren", "maren@example.org")?;
        let parent = self.last.map(|id| git.find_commit(id)).transpose()?;
        let parents: Vec<_> = parent.iter().collect();
        let made = git.commit(
            Some("refs/heads/main"),
            &author,
            &author,
            "Edit",
            &tree,
            &parents,
        )?;
        self.last = Some(made);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_committed_stands_in_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let mut shelf = GitShelf::create(folder.path()).unwrap();
        shelf.commit(b"{\"hp\": 12}").unwrap();
        shelf.commit(b"{\"hp\": 9}").unwrap();
        let repository = Repository::open_bare(folder.path()).unwrap();
        let head = repository.find_reference("refs/heads/main").unwrap();
        let commit = head.peel_to_commit().unwrap();
        assert_eq!(commit.parent_count(), 1);
        let entry = commit.tree().unwrap().get_name("sheet.json").unwrap().id();
        let blob = repository.find_blob(entry).unwrap();
        assert_eq!(blob.content(), b"{\"hp\": 9}");
    }
}
