//! Commands about branches, milestones and the operation log.

use services::wire::{Lines, NewBranch};

use crate::args::lines::{BranchAction, Lining, Operations, Restore, Revert, Switch, Tag};
use crate::console::Trouble;
use crate::session::Session;
use crate::{print, roster, sheet};

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Lining) -> Result<(), Trouble> {
    match wanted {
        Lining::Branch(wanted) => branch(session, wanted.action),
        Lining::Switch(wanted) => switch(session, &wanted),
        Lining::Tag(wanted) => tag(session, &wanted),
        Lining::Revert(wanted) => revert(session, &wanted),
        Lining::Operations(wanted) => operations(session, &wanted),
    }
}

fn branch(session: &mut Session<'_>, wanted: BranchAction) -> Result<(), Trouble> {
    let lines = match wanted {
        BranchAction::List { name } => {
            let (library, row) = session.find(&name)?;
            library.history().lines(&row.id)?
        }
        BranchAction::New {
            name,
            title,
            from,
            take,
            switch,
        } => {
            let (library, row) = session.find(&name)?;
            library.history().branch(&NewBranch {
                id: row.id,
                title,
                from,
                take,
                switch,
            })?
        }
        BranchAction::Rename {
            name,
            branch,
            title,
        } => {
            let (library, row) = session.find(&name)?;
            library.history().branch_rename(&row.id, &branch, &title)?
        }
        BranchAction::Archive { name, branch, back } => {
            let (library, row) = session.find(&name)?;
            library.history().branch_archive(&row.id, &branch, !back)?
        }
        BranchAction::Delete { name, branch } => {
            let (library, row) = session.find(&name)?;
            library.history().branch_delete(&row.id, &branch)?
        }
    };
    tell(session, &lines)
}

fn switch(session: &mut Session<'_>, wanted: &Switch) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let lines = library.history().switch(&row.id, &wanted.branch)?;
    tell(session, &lines)
}

fn tag(session: &mut Session<'_>, wanted: &Tag) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let history = library.history();
    let lines = if wanted.delete {
        history.untag(&row.id, &wanted.title)?
    } else {
        let at = match &wanted.at {
            Some(at) => at.clone(),
            None => library.sheet().show(&row.id)?.commit,
        };
        history.tag(&row.id, &at, &wanted.title)?
    };
    tell(session, &lines)
}

fn tell(session: &mut Session<'_>, lines: &Lines) -> Result<(), Trouble> {
    session.say(lines, |paper| print::lines::lines(paper, lines))
}

fn revert(session: &mut Session<'_>, wanted: &Revert) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let outcome = library.history().revert(&row.id, &wanted.version)?;
    session.say(&outcome, |paper| print::outcome::outcome(paper, &outcome))?;
    sheet::refuse_conflict(&outcome)
}

fn operations(session: &mut Session<'_>, wanted: &Operations) -> Result<(), Trouble> {
    let library = session.library()?;
    let page = library
        .history()
        .operations(wanted.from.as_deref(), wanted.limit)?;
    session.say(&page, |paper| print::lines::operations(paper, &page))
}

/// Brings an archived character back, or the whole library to how it stood after an operation.
pub(crate) fn restore(session: &mut Session<'_>, wanted: &Restore) -> Result<(), Trouble> {
    let Some(at) = &wanted.at else {
        let name = wanted.name.clone().unwrap_or_default();
        return roster::restore(session, &crate::args::Who { name });
    };
    let library = session.library()?;
    let done = match wanted.preview {
        true => library.history().restore_preview(at)?,
        false => library.history().restore(at)?,
    };
    session.say(&done, |paper| {
        print::lines::restored(paper, &done, wanted.preview);
    })
}
