//! Actors of the system dnd5e for Foundry VTT, as its "Export Data" writes them.
//!
//! Read are characters and NPCs of the system's versions 1 to 5, by the shape of what is found rather than by the version
//! it claims. A character of the 2024 rules whose classes the content knows becomes one that is *built*: the choices
//! the file records are put into the slots that the rules offer, and the file's own numbers are held against what follows.
//! Any other becomes a sheet written by hand. Names of fields are facts of that program; none of its texts stands here.

mod actor;
mod body;
mod changes;
mod choices;
mod draft;
mod effects;
mod evidence;
mod features;
mod gear;
mod levels;
mod npc;
mod person;
mod proficient;
mod settle;
mod slots;
mod spells;
mod state;
mod things;
mod uses;
mod weapons;
mod words;

use rules::Content;
use serde_json::Value;

use crate::json::{at, text};
use crate::{Format, Import, Refusal, cells};
use actor::Actor;
use draft::Draft;

/// Reads one actor.
pub(crate) fn read(
    root: Value,
    content: &Content,
    ids: &mut dyn FnMut() -> String,
) -> Result<Import, Refusal> {
    let actor = Actor::read(root, ids)?;
    let mut draft = Draft::new(&actor, content);
    person::read(&mut draft);
    if actor.kind == "npc" && actor.level() == 0 {
        npc::read(&mut draft);
    }
    levels::read(&mut draft);
    let choices = if draft.built {
        choices::read(&mut draft)
    } else {
        choices::by_hand(&mut draft)
    };
    proficient::read(&mut draft);
    body::read(&mut draft);
    let known = features::known(&draft);
    features::read(&mut draft, &known);
    gear::read(&mut draft);
    spells::read(&mut draft, &choices.spells);
    effects::read(&mut draft, &known);
    state::read(&mut draft);
    settle::read(&mut draft);
    let portraits = portraits(&mut draft);
    draft.report.built = draft.built;
    let document = settle::document(&mut draft)?;
    Ok(Import {
        format: Format::Foundry,
        documents: vec![document],
        report: draft.report,
        portraits,
    })
}

/// Lists where pictures lie, as the file says; they are not opened.
fn portraits(draft: &mut Draft<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for path in ["img", "prototypeToken.texture.src", "token.img"] {
        let written = text(at(&draft.actor.root, path));
        if written.is_empty() {
            continue;
        }
        if written.starts_with("data:") {
            draft.unused(
                "Pictures",
                path,
                path,
                "The picture is inside the file; put it in by hand.",
            );
            continue;
        }
        let place = cells::line(written, 300);
        if !found.contains(&place) {
            draft.unused(
                "Pictures",
                path,
                path,
                format!("The picture lies at {place} in that program's folder; it is not fetched."),
            );
            found.push(place);
        }
    }
    found
}
