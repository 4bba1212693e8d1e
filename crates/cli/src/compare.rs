//! Commands about how versions differ, and where cells come from.

use crate::args::compare::{Blame, Comparing, Diff};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Does what was asked about differences.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Comparing) -> Result<(), Trouble> {
    match wanted {
        Comparing::Diff(wanted) => diff(session, &wanted),
        Comparing::Blame(wanted) => blame(session, &wanted),
    }
}

fn diff(session: &mut Session<'_>, wanted: &Diff) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let found = library
        .history()
        .difference(&row.id, &wanted.from, &wanted.to)?;
    session.say(&found, |paper| {
        if wanted.raw {
            print::difference::raw(paper, &found);
        } else {
            print::difference::difference(paper, &found, wanted.consequences);
        }
    })
}

fn blame(session: &mut Session<'_>, wanted: &Blame) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let found = library
        .history()
        .blame(&row.id, &wanted.cell, wanted.limit)?;
    session.say(&found, |paper| print::blame::blame(paper, &found))
}
