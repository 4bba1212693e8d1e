//! Commands about the library's characters.

use services::wire::{Archived, ListQuery, NewCharacter};

use crate::args::Who;
use crate::args::roster::{List, New};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Lists the characters that a query finds.
pub(crate) fn list(session: &mut Session<'_>, wanted: &List) -> Result<(), Trouble> {
    let query = ListQuery {
        text: wanted.words.join(" "),
        kinds: wanted.kind.iter().map(|kind| (*kind).into()).collect(),
        classes: wanted.class.clone(),
        owners: wanted.owner.clone(),
        archived: match (wanted.archived, wanted.all) {
            (true, _) => Archived::Only,
            (_, true) => Archived::With,
            _ => Archived::Without,
        },
        sort: wanted.sort.into(),
        descending: wanted.reverse,
        offset: wanted.offset,
        limit: wanted.limit,
    };
    let page = session.library()?.roster().list(&query)?;
    session.say(&*page, |paper| {
        print::roster::page(paper, &page, wanted.offset)
    })
}

/// Makes a character.
pub(crate) fn new(session: &mut Session<'_>, wanted: New) -> Result<(), Trouble> {
    let view = session.library()?.roster().create(&NewCharacter {
        display_name: wanted.name,
        handle: wanted.handle,
        kind: wanted.kind.into(),
        owner: wanted.owner,
        built: false,
    })?;
    session.say(&view, |paper| print::roster::made(paper, &view.row))
}

/// Archives a character.
pub(crate) fn archive(session: &mut Session<'_>, who: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&who.name)?;
    let row = library.roster().archive(&row.id)?;
    session.say(&row, |paper| print::roster::archived(paper, &row))
}

/// Brings an archived character back.
pub(crate) fn restore(session: &mut Session<'_>, who: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&who.name)?;
    let row = library.roster().restore(&row.id)?;
    session.say(&row, |paper| print::roster::restored(paper, &row))
}
