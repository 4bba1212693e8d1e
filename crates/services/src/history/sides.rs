//! Versions by the names that people give them.

use history::{BranchName, DocumentId, Tree};

use crate::Failure;
use crate::library::Library;
use crate::wire::{Role, SideName};

/// A version that was asked for by a name.
pub(crate) struct Named {
    pub(crate) name: SideName,
    pub(crate) tree: Tree,
}

impl Library {
    /// Finds a version by a branch, a commit, the beginning of one, or its number.
    pub(crate) fn side(&self, document: DocumentId, text: &str) -> Result<Named, Failure> {
        let commit = self.find_version(document, text)?;
        let branch = text.trim().parse::<BranchName>().ok();
        let branch = branch.filter(|branch| {
            let heads = self.vault.heads(document, branch);
            heads.is_ok_and(|heads| heads.contains(&commit))
        });
        let says = self.commit(commit)?.says;
        let title = match branch {
            Some(branch) => branch.to_string(),
            None => says.time.format("%-d %B %Y, %H:%M UTC").to_string(),
        };
        Ok(Named {
            name: SideName {
                name: text.trim().to_owned(),
                title,
                commit: commit.to_string(),
                version: self.version_of(commit)?,
                time: says.time,
                author: says.author.name,
            },
            tree: self.tree(commit)?,
        })
    }

    /// Tells as whom whoever sits here looks at characters.
    pub(crate) fn viewer(&self) -> Role {
        self.role()
    }
}
