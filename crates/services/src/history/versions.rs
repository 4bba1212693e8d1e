//! Versions as a person names them: a branch, a milestone, a commit or the beginning of one, a number.

use history::{CommitId, DocumentId};

use crate::library::Library;
use crate::{Code, Failure};

/// What a text may be besides a name.
pub(crate) enum Reading {
    /// The number of a version: `12` or `v12`.
    Number(u32),
    /// The beginning of a commit: six hexadecimal digits or more.
    Prefix(String),
    /// Neither.
    Name,
}

impl Reading {
    /// Reads a text as what it can only be, where it can be no name of a branch.
    pub(crate) fn of(text: &str) -> Reading {
        let text = text.to_lowercase();
        if text.len() >= 6 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Reading::Prefix(text);
        }
        let digits = text.strip_prefix('v').unwrap_or(&text);
        match digits.parse::<u32>() {
            Ok(number) if number > 0 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                Reading::Number(number)
            }
            _ => Reading::Name,
        }
    }
}

impl Library {
    /// Finds a version by its full id, by the name or title of a branch, by a milestone, by its number along the line that is
    /// stood on, or by the beginning of its id on any line.
    pub(crate) fn find_version(
        &self,
        document: DocumentId,
        text: &str,
    ) -> Result<CommitId, Failure> {
        let text = text.trim();
        if let Ok(commit) = text.parse::<CommitId>() {
            return Ok(self.commit_of(document, commit)?.id);
        }
        if let Some(branch) = self.branch_named(document, text)? {
            return Ok(self.tip(document, &branch)?.0);
        }
        if let Some((_, tag)) = self.book(document)?.tag(text) {
            let commit = tag.commit.parse()?;
            return Ok(self.commit_of(document, commit)?.id);
        }
        let not_there = || Failure::not_found("version", text);
        let (_, tip, _) = self.stood_on(document)?;
        match Reading::of(text) {
            Reading::Name => Err(not_there()),
            Reading::Number(number) => {
                let newest = self.version_of(tip)?;
                let back = newest.checked_sub(number).ok_or_else(not_there)?;
                let guard = self.lineage(document, &[tip])?;
                let lineage = guard.look();
                let from = lineage.number(tip).ok_or_else(not_there)?;
                let mut line = lineage.line(from);
                let found = line.nth(back as usize).ok_or_else(not_there)?;
                Ok(lineage.link(found).id)
            }
            Reading::Prefix(prefix) => {
                let mut heads = vec![tip];
                for (_, of_branch) in self.vault.branches(document)? {
                    heads.extend(of_branch);
                }
                let guard = self.lineage(document, &heads)?;
                let lineage = guard.look();
                let mut found = (0..lineage.len())
                    .map(|number| lineage.link(number).id)
                    .filter(|id| id.to_string().starts_with(&prefix));
                match (found.next(), found.next()) {
                    (Some(only), None) => Ok(only),
                    (None, _) => Err(not_there()),
                    _ => Err(Failure::new(
                        Code::Invalid,
                        format!("More than one version begins with `{prefix}`."),
                        "Give more digits of it.",
                    )),
                }
            }
        }
    }

    /// Counts which version along its line a commit is, from 1.
    pub(crate) fn version_of(&self, commit: CommitId) -> Result<u32, Failure> {
        Ok(u32::try_from(self.vault.number(&commit)?).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_can_be() {
        let read = |text: &str| match Reading::of(text) {
            Reading::Number(number) => format!("number {number}"),
            Reading::Prefix(prefix) => format!("prefix {prefix}"),
            Reading::Name => "name".to_owned(),
        };
        for (text, is) in [
            ("12", "number 12"),
            ("v12", "number 12"),
            ("V3", "number 3"),
            ("0", "name"),
            ("+5", "name"),
            ("123456", "prefix 123456"),
            ("DECADE", "prefix decade"),
            ("cafe", "name"),
            ("twin-blades", "name"),
            ("", "name"),
        ] {
            assert_eq!(read(text), is, "{text}");
        }
    }
}
