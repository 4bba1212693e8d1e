//! Commands about the compendium; they need no library, and look through the packs of one that is named.

use rules::content::key;
use services::wire::CompendiumQuery;
use services::{Failure, Library};

use crate::args::content::{ContentAction, Search};
use crate::console::{Console, Trouble};
use crate::{pack, print};

/// Does what was asked for.
pub(crate) fn content(
    console: &mut Console,
    library: Option<&Library>,
    wanted: ContentAction,
) -> Result<(), Trouble> {
    match wanted {
        ContentAction::Search(wanted) => search(console, library, wanted),
        ContentAction::Show { kind, id } => show(console, library, &kind, &id),
        ContentAction::Check { folder } => pack::check(console, &folder),
    }
}

fn search(console: &mut Console, library: Option<&Library>, wanted: Search) -> Result<(), Trouble> {
    for kind in &wanted.kind {
        if !services::compendium::KINDS.contains(&kind_of(kind).as_str()) {
            let kinds = services::compendium::KINDS.join(", ");
            return Err(Failure::new(
                services::Code::Invalid,
                format!(
                    "The compendium has no kind `{}`.",
                    print::words::line(kind, 30)
                ),
                format!("There are {kinds}."),
            )
            .into());
        }
    }
    let query = CompendiumQuery {
        text: wanted.words.join(" "),
        kinds: wanted.kind.iter().map(|kind| kind_of(kind)).collect(),
        tags: wanted.tag,
        offset: wanted.offset,
        limit: wanted.limit,
    };
    let page = match library {
        Some(library) => library.compendium().search(&query)?,
        None => services::compendium::search(&query)?,
    };
    console.say(&page, |paper| {
        print::compendium::page(paper, &page, wanted.offset);
    })
}

fn show(
    console: &mut Console,
    library: Option<&Library>,
    kind: &str,
    id: &str,
) -> Result<(), Trouble> {
    let kind = kind_of(kind);
    let entry = match library {
        Some(library) => library.compendium().show(&kind, &key(id)),
        None => services::compendium::show(&kind, &key(id)),
    };
    let entry = entry.map_err(|failure| Failure {
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
