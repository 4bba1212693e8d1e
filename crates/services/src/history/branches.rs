//! Branches: listed, made, made of edits that are there already, stood on, renamed, put away and deleted.

use history::{Action, BranchName, CellPath, CommitId, DocumentId, MAIN, RefMove, Tree};
use serde_json::Value;
use sheet::{Book, BranchSays};

use super::lineage::apart;
use super::versions::Reading;
use super::{Histories, tags};
use crate::library::Library;
use crate::text::count;
use crate::wire::{BranchLine, Lines, NewBranch};
use crate::writing::Move;
use crate::{Code, Failure};

/// The most branches a character may have, archived ones included.
const MOST: usize = 100;
/// The most characters of a title.
pub(super) const MAX_TITLE: usize = 60;

impl Histories<'_> {
    /// Lists the branches and milestones of a character, and tells on which of them one stands.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn lines(&self, id: &str) -> Result<Lines, Failure> {
        self.library.timed("history.lines", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            self.library.lines(document)
        })
    }

    /// Makes a branch: at a version, or of the newest commits of the branch that is stood on, which move onto it.
    ///
    /// # Errors
    /// A title that is empty, too long or taken; a version that is not there; more commits than the line has behind its first;
    /// [`Code::TooLarge`] where there are too many branches.
    pub fn branch(&self, ask: &NewBranch) -> Result<Lines, Failure> {
        self.library.timed("history.branch", || {
            let document: DocumentId = ask.id.parse()?;
            self.library.row(document)?;
            let title = clean_title(&ask.title)?;
            let turn = self.library.turn(document);
            let name = self.library.free_branch(document, &title)?;
            let says = |fork: CommitId| BranchSays {
                title: title.clone(),
                archived: false,
                fork: fork.to_string(),
                made_by: self.library.author().name,
            };
            let put = |says: BranchSays| {
                let name = name.to_string();
                move |book: &mut Book| {
                    book.branches.insert(name, says);
                }
            };
            let made = |at: Vec<CommitId>| {
                Move::Ref(RefMove {
                    document,
                    branch: name.clone(),
                    before: Vec::new(),
                    after: at,
                })
            };
            match ask.take {
                None => {
                    let from = match &ask.from {
                        Some(from) => self.library.find_version(document, from)?,
                        None => self.library.stood_on(document)?.1,
                    };
                    self.library.write_lines(
                        document,
                        vec![made(vec![from])],
                        Action::Branch,
                        put(says(from)),
                    )?;
                }
                Some(many) => {
                    if ask.from.is_some() {
                        return Err(Failure::new(
                            Code::Invalid,
                            "A branch begins at a version or takes the newest edits, not both.",
                            "Name the one or the other.",
                        ));
                    }
                    let (branch, tip, _) = self.library.stood_on(document)?;
                    let back = self.library.before_the_last(document, tip, many)?;
                    let (before, after) = (self.library.tree(tip)?, self.library.tree(back)?);
                    self.library.check_owned(&branch, &before, &after)?;
                    // What stood then may have a handle that somebody else has taken since.
                    let _naming = self.library.check_renamed(document, &before, &after)?;
                    let moved = Move::Ref(RefMove {
                        document,
                        branch,
                        before: vec![tip],
                        after: vec![back],
                    });
                    self.library.write_lines(
                        document,
                        vec![moved, made(vec![tip])],
                        Action::Take,
                        put(says(back)),
                    )?;
                }
            }
            if ask.switch {
                self.library.desk.stand(document, &name)?;
                self.library.tell_lines(document);
            }
            drop(turn);
            self.library.lines(document)
        })
    }

    /// Stands on a branch from now on: what is shown and changed of the character is that branch's.
    ///
    /// # Errors
    /// A branch that is not there or is put away.
    pub fn switch(&self, id: &str, branch: &str) -> Result<Lines, Failure> {
        self.library.timed("history.switch", || {
            let document: DocumentId = id.parse()?;
            self.library.row(document)?;
            let branch = self.library.branch_called(document, branch)?;
            let book = self.library.book(document)?;
            if is_archived(&book, &branch) {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("The branch `{}` is put away.", title_of(&book, &branch)),
                    "Bring it back first.",
                ));
            }
            self.library.desk.stand(document, &branch)?;
            self.library.tell_lines(document);
            self.library.lines(document)
        })
    }

    /// Gives a branch another title; its name stays.
    ///
    /// # Errors
    /// A branch that is not there, `main`, a title that is empty, too long or taken.
    pub fn branch_rename(&self, id: &str, branch: &str, title: &str) -> Result<Lines, Failure> {
        self.library.timed("history.branch_rename", || {
            let (document, branch) = self.library.side_branch(id, branch, "renamed")?;
            let title = clean_title(title)?;
            let _turn = self.library.turn(document);
            self.library.check_title(document, &title, Some(&branch))?;
            let change = |book: &mut Book| {
                book.branches.entry(branch.to_string()).or_default().title = title;
            };
            self.library
                .write_lines(document, Vec::new(), Action::RenameBranch, change)?;
            self.library.lines(document)
        })
    }

    /// Puts a branch away or brings it back; nothing of it is lost.
    ///
    /// # Errors
    /// A branch that is not there, `main`, or the one that is stood on.
    pub fn branch_archive(&self, id: &str, branch: &str, archived: bool) -> Result<Lines, Failure> {
        self.library.timed("history.branch_archive", || {
            let (document, branch) = self.library.side_branch(id, branch, "put away")?;
            let _turn = self.library.turn(document);
            let action = match archived {
                true => {
                    self.library.check_not_stood_on(document, &branch)?;
                    Action::ArchiveBranch
                }
                false => Action::UnarchiveBranch,
            };
            let change = |book: &mut Book| {
                let title = title_of(book, &branch);
                let says = book.branches.entry(branch.to_string()).or_default();
                says.title = title;
                says.archived = archived;
            };
            self.library
                .write_lines(document, Vec::new(), action, change)?;
            self.library.lines(document)
        })
    }

    /// Deletes a branch. Its commits stay in the ledger and the operation log knows where it stood, so that it can be brought back.
    ///
    /// # Errors
    /// A branch that is not there, `main`, or the one that is stood on.
    pub fn branch_delete(&self, id: &str, branch: &str) -> Result<Lines, Failure> {
        self.library.timed("history.branch_delete", || {
            let (document, branch) = self.library.side_branch(id, branch, "deleted")?;
            let _turn = self.library.turn(document);
            self.library.check_not_stood_on(document, &branch)?;
            let gone = Move::Ref(RefMove {
                document,
                branch: branch.clone(),
                before: self.library.vault.heads(document, &branch)?,
                after: Vec::new(),
            });
            let change = |book: &mut Book| {
                book.branches.remove(branch.as_str());
            };
            self.library
                .write_lines(document, vec![gone], Action::DeleteBranch, change)?;
            self.library.lines(document)
        })
    }
}

impl Library {
    /// Gathers the branches and milestones of a character.
    pub(crate) fn lines(&self, document: DocumentId) -> Result<Lines, Failure> {
        let book = self.book(document)?;
        let refs = self.vault.branches(document)?;
        let heads: Vec<CommitId> = refs.iter().flat_map(|(_, heads)| heads.clone()).collect();
        let guard = self.lineage(document, &heads)?;
        let main: Vec<CommitId> = self.vault.heads(document, &BranchName::main())?;
        let proposed = self.requests_about(document)?;
        let protected = self.is_reviewed()?;
        let mut branches = Vec::with_capacity(refs.len());
        for (name, heads) in refs {
            let Some(head) = heads.first().copied() else {
                continue;
            };
            let (apart, fork) = {
                let lineage = guard.look();
                let reach = |heads: &[CommitId]| {
                    lineage.reach(heads.iter().filter_map(|head| lineage.number(*head)))
                };
                let apart = apart(&reach(&heads), &reach(&main));
                (apart, apart.fork.map(|number| lineage.link(number).id))
            };
            let commit = self.commit(head)?;
            branches.push(BranchLine {
                title: title_of(&book, &name),
                head: head.to_string(),
                other_heads: heads.iter().skip(1).map(ToString::to_string).collect(),
                version: self.version_of(head)?,
                author: commit.says.author.name,
                updated: commit.says.time,
                ahead: count(apart.ahead),
                behind: count(apart.behind),
                fork: fork.map(|fork| fork.to_string()),
                archived: is_archived(&book, &name),
                protected: name.as_str() == MAIN && protected,
                conflicts: open_conflicts(&self.tree(head)?),
                request: proposed
                    .by_branch
                    .get(name.as_str())
                    .map(ToString::to_string),
                name: name.to_string(),
            });
        }
        branches.sort_by(|a, b| {
            let place = |line: &BranchLine| (line.name != MAIN, line.archived);
            let newest = b.updated.cmp(&a.updated);
            place(a)
                .cmp(&place(b))
                .then(newest)
                .then(a.name.cmp(&b.name))
        });
        Ok(Lines {
            id: document.to_string(),
            standing: self.standing(document)?.to_string(),
            branches,
            tags: tags::tag_lines(&book),
        })
    }

    /// Says what people call a branch of a character.
    pub(crate) fn branch_title(&self, character: DocumentId, branch: &BranchName) -> String {
        self.book(character)
            .map_or_else(|_| branch.to_string(), |book| title_of(&book, branch))
    }

    /// Reads which branch a request is about: the one it names, else the one that is stood on.
    pub(crate) fn branch_of(
        &self,
        document: DocumentId,
        name: Option<&str>,
    ) -> Result<BranchName, Failure> {
        match name {
            Some(name) => self.branch_called(document, name),
            None => self.standing(document),
        }
    }

    /// Finds a branch by its name, or by its title in any case.
    ///
    /// # Errors
    /// A branch that is not there.
    pub(crate) fn branch_called(
        &self,
        document: DocumentId,
        text: &str,
    ) -> Result<BranchName, Failure> {
        let found = self.branch_named(document, text)?;
        found.ok_or_else(|| Failure::not_found("branch", text.trim()))
    }

    /// Finds a branch by its name, or by its title in any case, if there is one.
    pub(crate) fn branch_named(
        &self,
        document: DocumentId,
        text: &str,
    ) -> Result<Option<BranchName>, Failure> {
        let text = text.trim();
        if let Ok(name) = text.parse::<BranchName>()
            && !self.vault.heads(document, &name)?.is_empty()
        {
            return Ok(Some(name));
        }
        let wanted = text.to_lowercase();
        let book = self.book(document)?;
        if book.branches.is_empty() {
            return Ok(None);
        }
        let mut refs = self.vault.branches(document)?.into_iter();
        let titled = |name: &BranchName| title_of(&book, name).to_lowercase() == wanted;
        Ok(refs.find(|(name, _)| titled(name)).map(|(name, _)| name))
    }

    /// Finds a branch that may be changed as such, which `main` may not.
    fn side_branch(
        &self,
        id: &str,
        branch: &str,
        what: &str,
    ) -> Result<(DocumentId, BranchName), Failure> {
        let document: DocumentId = id.parse()?;
        self.row(document)?;
        let branch = self.branch_called(document, branch)?;
        if branch.as_str() == MAIN {
            return Err(Failure::new(
                Code::Invalid,
                format!("`main` cannot be {what}."),
                "It is the character as the table knows it; only branches beside it can be.",
            ));
        }
        Ok((document, branch))
    }

    fn check_not_stood_on(&self, document: DocumentId, branch: &BranchName) -> Result<(), Failure> {
        if self.standing(document)? == *branch {
            return Err(Failure::new(
                Code::Invalid,
                "You stand on this branch.",
                "Switch to another first, to `main` for example.",
            ));
        }
        Ok(())
    }

    /// Refuses a title that another branch has.
    fn check_title(
        &self,
        document: DocumentId,
        title: &str,
        own: Option<&BranchName>,
    ) -> Result<(), Failure> {
        match self.branch_named(document, title)? {
            Some(other) if Some(&other) != own => Err(Failure::new(
                Code::Invalid,
                format!("There is a branch called `{title}` already."),
                "Choose another name, or rename that one first.",
            )),
            _ => Ok(()),
        }
    }

    /// Finds a name for a new branch that no other has and that cannot be taken for a version.
    fn free_branch(&self, document: DocumentId, title: &str) -> Result<BranchName, Failure> {
        self.check_title(document, title, None)?;
        let refs = self.vault.branches(document)?;
        if refs.len() >= MOST {
            return Err(Failure::new(
                Code::TooLarge,
                format!("A character has at most {MOST} branches."),
                "Delete those that nobody needs any more; they stay in the operation log.",
            ));
        }
        let stem = name_from(title);
        let taken = |name: &str| refs.iter().any(|(other, _)| other.as_str() == name);
        let free = std::iter::once(stem.clone())
            .chain((2..).map(|n| format!("{stem}-{n}")))
            .find(|name| !taken(name));
        Ok(free.unwrap_or(stem).parse()?)
    }

    /// Gives the commit that stands before the newest so many of a line.
    fn before_the_last(
        &self,
        document: DocumentId,
        tip: CommitId,
        many: u32,
    ) -> Result<CommitId, Failure> {
        let there = self.version_of(tip)? - 1;
        if many == 0 || many > there {
            return Err(Failure::new(
                Code::Invalid,
                format!(
                    "{many} edits cannot be taken off a line that has {there} after its beginning."
                ),
                "The beginning of a character stays where it is.",
            ));
        }
        let guard = self.lineage(document, &[tip])?;
        let lineage = guard.look();
        let from = lineage.number(tip);
        let back = from.and_then(|from| lineage.line(from).nth(many as usize));
        let back = back.ok_or_else(|| Failure::not_found("version", &tip.to_string()))?;
        Ok(lineage.link(back).id)
    }
}

/// Says what people call a branch.
pub(crate) fn title_of(book: &Book, branch: &BranchName) -> String {
    let says = book.branches.get(branch.as_str());
    match says.filter(|says| !says.title.is_empty()) {
        Some(says) => says.title.clone(),
        None => branch.to_string(),
    }
}

fn is_archived(book: &Book, branch: &BranchName) -> bool {
    let says = book.branches.get(branch.as_str());
    branch.as_str() != MAIN && says.is_some_and(|says| says.archived)
}

/// Counts the conflicts that were left open in a version.
fn open_conflicts(tree: &Tree) -> u32 {
    match tree.get(&CellPath::from_segments(["conflicts"])) {
        Some(Value::Object(open)) => count(open.len()),
        _ => 0,
    }
}

/// Checks a title of a branch or milestone: one line of 1 to 60 characters.
pub(super) fn clean_title(title: &str) -> Result<String, Failure> {
    let title = title.trim();
    let chars = title.chars().count();
    if (1..=MAX_TITLE).contains(&chars) && !title.chars().any(char::is_control) {
        return Ok(title.to_owned());
    }
    Err(Failure::new(
        Code::Invalid,
        format!("A name here is one line of 1 to {MAX_TITLE} characters."),
        "Say it shorter: `Twin blades`, `as of session 12`.",
    ))
}

/// Makes the name of a branch of what people call it: lower-case Latin letters and digits, joined by `-`.
fn name_from(title: &str) -> String {
    let mut name = String::new();
    for c in sheet::handle_from(title).chars() {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    // Room for a number behind it.
    name.truncate(56);
    name.truncate(name.trim_end_matches('-').len());
    match Reading::of(&name) {
        _ if name.is_empty() => "branch".to_owned(),
        Reading::Name => name,
        Reading::Number(_) | Reading::Prefix(_) => {
            format!("branch-{name}").chars().take(56).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_are_no_version() {
        for (title, name) in [
            ("Twin blades", "twin-blades"),
            ("Élodie's way", "elodies-way"),
            ("Session 12!", "session-12"),
            ("12", "branch-12"),
            ("v3", "branch-v3"),
            ("decade", "branch-decade"),
            ("Драго", "branch"),
            ("龍 two", "two"),
            ("!!!", "unnamed"),
            ("main", "main"),
        ] {
            assert_eq!(name_from(title), name, "{title}");
            assert!(name_from(title).parse::<BranchName>().is_ok(), "{title}");
        }
        let long = name_from(&"abcde ".repeat(20));
        assert!(
            format!("{long}-999").parse::<BranchName>().is_ok(),
            "{long}"
        );
    }

    #[test]
    fn a_title_is_one_short_line() {
        assert_eq!(clean_title("  Twin blades ").unwrap(), "Twin blades");
        for bad in ["", "  ", "a\nb", &"x".repeat(61)] {
            assert!(clean_title(bad).is_err(), "{bad:?}");
        }
    }
}
