//! The compendium: everything that packs hold, searched and shown.

mod details;
mod rows;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rules::Content;

use crate::library::Library;
use crate::packs::Known;
use crate::text::fold;
use crate::wire::{CompendiumEntry, CompendiumPage, CompendiumQuery, CompendiumRow, Facet};
use crate::{Code, Failure};

/// The kinds under which the compendium shows things.
pub const KINDS: [&str; 16] = [
    "class",
    "subclass",
    "species",
    "background",
    "feature",
    "feat",
    "option",
    "spell",
    "item",
    "magic_item",
    "creature",
    "condition",
    "language",
    "property",
    "mastery",
    "skill",
];

/// How many tags a page lists.
const TAGS: usize = 60;

/// Serves the compendium; made by [`Library::compendium`].
#[derive(Clone, Copy)]
pub struct Compendium<'a> {
    library: &'a Library,
}

impl Library {
    /// Gives the use cases of the compendium.
    pub fn compendium(&self) -> Compendium<'_> {
        Compendium { library: self }
    }
}

/// Content made ready for search.
pub(crate) struct Catalogue {
    content: Known,
    things: Vec<Indexed>,
}

impl Catalogue {
    fn of(content: Known) -> Catalogue {
        Catalogue {
            things: index(&content),
            content,
        }
    }

    fn srd() -> &'static Catalogue {
        static SRD: OnceLock<Catalogue> = OnceLock::new();
        SRD.get_or_init(|| Catalogue::of(Known::Srd))
    }
}

/// One thing, with its words made ready for search.
struct Indexed {
    row: CompendiumRow,
    name: String,
    words: String,
}

impl Compendium<'_> {
    /// Searches things by words, kinds and tags; names that begin with the words stand first.
    ///
    /// # Errors
    /// Search words of more than 200 characters.
    pub fn search(&self, query: &CompendiumQuery) -> Result<CompendiumPage, Failure> {
        self.library
            .timed("compendium.search", || match self.library.catalogue()? {
                None => search(query),
                Some(catalogue) => search_in(&catalogue, query),
            })
    }

    /// Shows one thing whole.
    ///
    /// # Errors
    /// A kind or id that no pack has.
    pub fn show(&self, kind: &str, id: &str) -> Result<CompendiumEntry, Failure> {
        self.library
            .timed("compendium.show", || match self.library.catalogue()? {
                None => show(kind, id),
                Some(catalogue) => show_in(&catalogue, kind, id),
            })
    }
}

impl Library {
    /// Gives the catalogue of the SRD with every pack in use; none where no pack is in use.
    fn catalogue(&self) -> Result<Option<Arc<Catalogue>>, Failure> {
        let Known::More(content) = self.content()? else {
            return Ok(None);
        };
        // Content that is kept is the same as long as its packs are.
        let kept = self.caches().catalogue.get(&());
        let same = |kept: &Arc<Catalogue>| matches!(&kept.content, Known::More(own) if Arc::ptr_eq(own, &content));
        if let Some(kept) = kept.filter(same) {
            return Ok(Some(kept));
        }
        let made = Arc::new(Catalogue::of(Known::More(content)));
        self.caches().catalogue.insert((), Arc::clone(&made));
        Ok(Some(made))
    }
}

/// Names the kind under which the compendium shows things of a table.
pub(crate) fn shelf_of(table: &str) -> &str {
    match table {
        "weapon" | "armor" | "gear" => "item",
        other => other,
    }
}

/// Shows one thing of some content whole, if it is there.
pub(crate) fn entry_of(content: &Content, kind: &str, id: &str) -> Option<CompendiumEntry> {
    let things = index(content);
    let found = things
        .into_iter()
        .find(|thing| thing.row.kind == kind && thing.row.id == id)?;
    Some(entry(content, found.row))
}

fn entry(content: &Content, row: CompendiumRow) -> CompendiumEntry {
    let (facts, parts, raw) = details::details(content, &row.kind, &row.id);
    CompendiumEntry {
        row,
        facts,
        parts,
        raw,
    }
}

/// Searches the SRD; needs no library.
///
/// # Errors
/// See [`Compendium::search`].
pub fn search(query: &CompendiumQuery) -> Result<CompendiumPage, Failure> {
    search_in(Catalogue::srd(), query)
}

fn search_in(catalogue: &Catalogue, query: &CompendiumQuery) -> Result<CompendiumPage, Failure> {
    if query.text.chars().count() > 200 {
        return Err(Failure::new(
            Code::Invalid,
            "Search words of more than 200 characters find nothing.",
            "Give a few words.",
        ));
    }
    let words: Vec<String> = query.text.split_whitespace().map(fold).collect();
    let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
    let mut tags: BTreeMap<&str, u32> = BTreeMap::new();
    let mut found: Vec<(u8, &Indexed)> = Vec::new();
    for thing in &catalogue.things {
        let Some(rank) = rank(thing, &words) else {
            continue;
        };
        let tagged = query.tags.iter().all(|tag| thing.row.tags.contains(tag));
        if !tagged {
            continue;
        }
        *kinds.entry(&thing.row.kind).or_default() += 1;
        if !query.kinds.is_empty() && !query.kinds.contains(&thing.row.kind) {
            continue;
        }
        for tag in &thing.row.tags {
            *tags.entry(tag).or_default() += 1;
        }
        found.push((rank, thing));
    }
    found.sort_by(|(a_rank, a), (b_rank, b)| (a_rank, &a.name).cmp(&(b_rank, &b.name)));
    let limit = match query.limit {
        0 => 100,
        limit => usize::try_from(limit.min(500)).unwrap_or(500),
    };
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
    let mut tags: Vec<Facet> = facets(tags);
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    tags.truncate(TAGS);
    Ok(CompendiumPage {
        rows: found
            .into_iter()
            .skip(offset)
            .take(limit)
            .map(|(_, thing)| thing.row.clone())
            .collect(),
        total,
        kinds: facets(kinds),
        tags,
    })
}

fn facets(counts: BTreeMap<&str, u32>) -> Vec<Facet> {
    let facet = |(name, count): (&str, u32)| Facet {
        name: name.to_owned(),
        count,
    };
    counts.into_iter().map(facet).collect()
}

/// Ranks a match: 0 is the name itself, 1 a name that begins so, 2 a name that has the words, 3 anything else.
fn rank(thing: &Indexed, words: &[String]) -> Option<u8> {
    if words.is_empty() {
        // Features stand in their classes; among everything they come last.
        return Some(if thing.row.kind == "feature" { 4 } else { 3 });
    }
    let whole = words.join(" ");
    if thing.name == whole {
        Some(0)
    } else if thing.name.starts_with(&whole) {
        Some(1)
    } else if words.iter().all(|word| thing.name.contains(word)) {
        Some(2)
    } else {
        words
            .iter()
            .all(|word| thing.words.contains(word))
            .then_some(3)
    }
}

/// Shows one thing of the SRD; needs no library.
///
/// # Errors
/// See [`Compendium::show`].
pub fn show(kind: &str, id: &str) -> Result<CompendiumEntry, Failure> {
    show_in(Catalogue::srd(), kind, id)
}

fn show_in(catalogue: &Catalogue, kind: &str, id: &str) -> Result<CompendiumEntry, Failure> {
    let found = catalogue
        .things
        .iter()
        .find(|thing| thing.row.kind == kind && thing.row.id == id);
    let Some(found) = found else {
        return Err(Failure::new(
            Code::NotFound,
            format!("The compendium has no {kind} `{id}`."),
            "Search for it by name.",
        ));
    };
    Ok(entry(&catalogue.content, found.row.clone()))
}

fn index(content: &Content) -> Vec<Indexed> {
    let mut things = Vec::new();
    rows::all(content, &mut |row| {
        let words = format!(
            "{} {} {} {}",
            row.name,
            row.detail,
            row.text,
            row.tags.join(" ")
        );
        things.push(Indexed {
            name: fold(&row.name),
            words: fold(&words),
            row,
        });
    });
    things
}
