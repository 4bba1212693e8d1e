//! Commands about the library itself: backups and the doctor.

use services::wire::{BackupInfo, LibraryStatus};
use services::{Code, Failure};

use crate::args::BackupAction;
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Makes a backup, lists the backups, or restores one.
pub(crate) fn backup(
    session: &mut Session<'_>,
    action: Option<BackupAction>,
) -> Result<(), Trouble> {
    match action {
        None => {
            let made = session.library()?.health().backup()?;
            session.say(&made, |paper| print::health::made(paper, &made))
        }
        Some(BackupAction::List) => {
            let list = backups(session.gate().status());
            session.say(&list, |paper| print::health::backups(paper, &list))
        }
        Some(BackupAction::Restore { name }) => {
            let status = session.gate().restore(&name)?;
            session.say(&status, |paper| {
                print::health::restored(paper, &name, &status)
            })?;
            match status {
                LibraryStatus::Open { .. } => Ok(()),
                LibraryStatus::Closed { failure, .. } => Err(failure.into()),
            }
        }
    }
}

/// Gives the backups, whether the library could be opened or not.
fn backups(status: LibraryStatus) -> Vec<BackupInfo> {
    match status {
        LibraryStatus::Open { backups, .. } | LibraryStatus::Closed { backups, .. } => backups,
    }
}

/// Examines the library.
pub(crate) fn doctor(session: &mut Session<'_>, rebuild: bool) -> Result<(), Trouble> {
    let library = session.library()?;
    let report = library.health().doctor(rebuild)?;
    let mut notices = library.notices();
    notices.extend(library.read_only().map(|refusal| refusal.message));
    session.say(&report, |paper| {
        print::health::doctor(paper, &report, &notices)
    })?;
    if report.healthy {
        return Ok(());
    }
    let found = match report.problems.as_slice() {
        [only] => format!("The doctor found a problem: {only}"),
        many => format!("The doctor found {} problems.", many.len()),
    };
    let hint =
        "`beard backup list` shows what can be restored; `beard doctor --rebuild` mends the index.";
    Err(Failure::new(Code::Damaged, found, hint).into())
}
