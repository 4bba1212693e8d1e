//! Commands about how versions differ.

use crate::args::compare::{Comparing, Diff};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Does what was asked about differences.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Comparing) -> Result<(), Trouble> {
    match wanted {
        Comparing::Diff(wanted) => diff(session, &wanted),
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
