//! Commands about what was.

use services::wire::HistoryPage;

use crate::args::sheet::Log;
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// How many versions are looked through where nothing is said.
const USUAL: u32 = 50;
/// How many versions the services give at once.
const PAGE: u32 = 200;

/// Lists a character's versions, newest first.
pub(crate) fn log(session: &mut Session<'_>, wanted: &Log) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let cell = wanted.cell.as_deref();
    let mut left = wanted
        .limit
        .unwrap_or(if cell.is_some() { u32::MAX } else { USUAL });
    let mut all = HistoryPage {
        groups: Vec::new(),
        next: wanted.from.clone(),
        total: 0,
    };
    loop {
        let many = left.min(PAGE);
        let page = library
            .history()
            .list(&row.id, all.next.as_deref(), many, cell)?;
        all.groups.extend(page.groups);
        all.total = page.total;
        all.next = page.next;
        left -= many;
        if left == 0 || all.next.is_none() {
            break;
        }
    }
    session.say(&all, |paper| {
        print::history::page(paper, &all, wanted.changes)
    })
}
