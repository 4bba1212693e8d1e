//! Commands about the compendium; they need no library.

use rules::content::key;
use services::Failure;
use services::wire::CompendiumQuery;

use crate::args::content::{ContentAction, Search};
use crate::console::{Console, Trouble};
use crate::{pack, print};

/// Does what was asked for.
pub(crate) fn content(console: &mut Console, wanted: ContentAction) -> Result<(), Trouble> {
    match wanted {
        ContentAction::Search(wanted) => search(console, wanted),
        ContentAction::Show { kind, id } => show(console, &kind, &id),
        ContentAction::Check { folder } => pack::check(console, &folder),
    }
}

fn search(console: &mut Console, wanted: Search) -> Result<(), Trouble> {
    let page = services::compendium::search(&CompendiumQuery {
        text: wanted.words.join(" "),
        kinds: wanted.kind.iter().map(|kind| kind_of(kind)).collect(),
        tags: wanted.tag,
        offset: wanted.offset,
        limit: wanted.limit,
    })?;
    console.say(&page, |paper| {
        print::compendium::page(paper, &page, wanted.offset);
    })
}

fn show(console: &mut Console, kind: &str, id: &str) -> Result<(), Trouble> {
    let kind = kind_of(kind);
    let entry = services::compendium::show(&kind, &key(id)).map_err(|failure| Failure {
        message: format!(
            "The compendium has no {} `{}`.",
            print::words::line(&kind, 30),
            print::words::line(id, 60)
        ),
        hint: "`beard content search WORDS` finds kinds and names.".to_owned(),
        ..failure
    })?;
    console.say(&entry, |paper| print::compendium::entry(paper, &entry))
}

/// Reads a kind as it may be typed: `Magic Item` is `magic_item`.
fn kind_of(text: &str) -> String {
    key(text).replace('-', "_")
}
