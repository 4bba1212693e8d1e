//! Commands about packs of a house's own, and about the characters built on them.

use serde_json::json;
use services::Library;
use services::wire::{EditOutcome, PackRow, PackText};

use crate::args::packs::PackAction;
use crate::console::Trouble;
use crate::session::Session;
use crate::{pack, print, sheet};

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: PackAction) -> Result<(), Trouble> {
    let library = session.library()?;
    let packs = library.packs();
    match wanted {
        PackAction::List => {
            let rows = packs.list()?;
            session.say(&rows, |paper| print::packs::list(paper, &rows))
        }
        PackAction::Show { pack } => {
            let view = packs.show(&packs.find(&pack)?.id, None)?;
            session.say(&view, |paper| print::packs::view(paper, &view))
        }
        PackAction::Import { files } => {
            let mut texts = Vec::new();
            for file in &files {
                let read = pack::read(file)?.into_iter();
                texts.extend(read.map(|(name, text)| PackText { name, text }));
            }
            let view = packs.import(&texts)?;
            session.say(&view, |paper| print::packs::view(paper, &view))
        }
        PackAction::Export { pack, output } => {
            let row = packs.find(&pack)?;
            let Some(file) = output else {
                let text = packs.export(&row.id)?;
                return session.hand_over(text.as_bytes());
            };
            packs.export_to(&row.id, &file)?;
            let file = file.display().to_string();
            session.say(&json!({ "file": file }), |paper| {
                paper.line(format_args!(
                    "Written to {}.",
                    print::words::line(&file, 120)
                ));
            })
        }
        PackAction::Diff { pack, from, to } => {
            let row = packs.find(&pack)?;
            let to = to.as_ref().unwrap_or(&row.commit);
            let found = packs.compare(&row.id, &from, to)?;
            session.say(&found, |paper| print::packs::differences(paper, &found))
        }
        PackAction::Undo { pack } => {
            let view = packs.undo(&packs.find(&pack)?.id)?;
            session.say(&view, |paper| print::packs::view(paper, &view))
        }
        PackAction::Rm { pack } => archive(session, &library, &pack, false),
        PackAction::Restore { pack } => archive(session, &library, &pack, true),
        PackAction::Of { name } => {
            let (_, row) = session.find(&name)?;
            let all = library.sheet().packs(&row.id)?;
            session.say(&all, |paper| print::packs::of_character(paper, &all))
        }
        PackAction::Review { name, pack } => {
            let (_, row) = session.find(&name)?;
            let pack = packs.find(&pack)?.pack;
            let review = library.sheet().pack_review(&row.id, &pack)?;
            session.say(&review, |paper| print::packs::review(paper, &review))
        }
        PackAction::Take {
            name,
            pack,
            version,
        } => {
            let (_, row) = session.find(&name)?;
            let PackRow { pack, commit, .. } = packs.find(&pack)?;
            let commit = version.unwrap_or(commit);
            tell(session, library.sheet().pack_take(&row.id, &pack, &commit)?)
        }
        PackAction::Drop { name, pack } => {
            let (_, row) = session.find(&name)?;
            // A pack that the library does not have is named by its id.
            let pack = packs.find(&pack).map_or(pack, |row| row.pack);
            tell(session, library.sheet().pack_drop(&row.id, &pack)?)
        }
    }
}

fn archive(
    session: &mut Session<'_>,
    library: &Library,
    pack: &str,
    active: bool,
) -> Result<(), Trouble> {
    let row = library.packs().find(pack)?;
    let row = library.packs().archive(&row.id, active)?;
    session.say(&row, |paper| {
        print::packs::list(paper, std::slice::from_ref(&row))
    })
}

fn tell(session: &mut Session<'_>, outcome: EditOutcome) -> Result<(), Trouble> {
    session.say(&outcome, |paper| print::outcome::outcome(paper, &outcome))?;
    sheet::refuse_conflict(&outcome)
}
