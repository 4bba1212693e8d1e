//! Commands about who sits at this computer.

use services::wire::{Role, TableView};

use crate::args::review::{OnOff, SeatAction};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Option<SeatAction>) -> Result<(), Trouble> {
    let library = session.library()?;
    let seats = library.seats();
    let view: TableView = match wanted {
        None => seats.view()?,
        Some(SeatAction::Add { name, dm }) => {
            let role = if dm { Role::Dm } else { Role::Player };
            seats.add(&name, role)?
        }
        Some(SeatAction::Rm { name }) => seats.remove(&seats.find(&name)?)?,
        Some(SeatAction::Take { name }) => seats.take(Some(&seats.find(&name)?))?,
        Some(SeatAction::Leave) => seats.take(None)?,
        Some(SeatAction::Review { reviewed }) => {
            let mut rules = seats.view()?.rules;
            rules.review = reviewed == OnOff::On;
            seats.set_rules(&rules)?
        }
    };
    session.say(&view, |paper| print::review::table(paper, &view))
}
