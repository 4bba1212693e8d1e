//! The compendium: everything that packs hold, searched and shown.

mod details;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rules::Content;
use rules::content::{KINDS, MagicThing, Spell, Weapon, key};
use serde::Serialize;
use serde_json::Value;

use crate::library::Library;
use crate::packs::Known;
use crate::text::fold;
use crate::wire::{CompendiumEntry, CompendiumPage, CompendiumQuery, CompendiumRow, Facet};
use crate::{Code, Failure};

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
        return Some(3);
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
    let mut rows = Vec::new();
    all(content, &mut |kind, name, detail, text, tags| {
        let name_folded = fold(name);
        let words = fold(&format!("{name} {detail} {text} {}", tags.join(" ")));
        let id = key(name);
        rows.push(Indexed {
            row: CompendiumRow {
                kind: kind.to_owned(),
                name: name.to_owned(),
                detail,
                text: text.to_owned(),
                tags,
                pack: origin(content, kind, &id),
                id,
            },
            name: name_folded,
            words,
        });
    });
    rows
}

/// Names the pack a thing comes from, where that is not the first.
fn origin(content: &Content, kind: &str, id: &str) -> Option<String> {
    if content.origins.is_empty() {
        return None;
    }
    let mut tables = KINDS.into_iter().filter(|table| shelf_of(table) == kind);
    let name = tables.find_map(|table| content.origins.get(&(table, id.to_owned())))?;
    Some(name.to_string())
}

type Put<'p> = dyn FnMut(&str, &str, String, &str, Vec<String>) + 'p;

fn all(content: &Content, put: &mut Put<'_>) {
    for class in content.classes.values() {
        put(
            "class",
            &class.name,
            format!("class, d{}", class.hit_die),
            &class.text,
            Vec::new(),
        );
    }
    for subclass in content.subclasses.values() {
        put(
            "subclass",
            &subclass.name,
            format!("{} subclass", subclass.class),
            &subclass.text,
            vec![subclass.class.to_lowercase()],
        );
    }
    for species in content.species.values() {
        put(
            "species",
            &species.name,
            format!("species, {} ft", species.speed),
            &species.text,
            Vec::new(),
        );
    }
    for background in content.backgrounds.values() {
        put(
            "background",
            &background.name,
            format!("background, {}", background.feat),
            &background.text,
            Vec::new(),
        );
    }
    for feat in content.feats.values() {
        let category = feat.category.replace('_', " ");
        put(
            "feat",
            &feat.name,
            format!("{category} feat"),
            &feat.text,
            vec![category],
        );
    }
    for option in content.options.values() {
        let group = option.group.replace('_', " ");
        put(
            "option",
            &option.name,
            group.clone(),
            &option.text,
            vec![group],
        );
    }
    for spell in content.spells.values() {
        put(
            "spell",
            &spell.name,
            spell_line(spell),
            &spell.text,
            spell_tags(spell),
        );
    }
    for weapon in content.weapons.values() {
        let text = content
            .masteries
            .get(&key(&weapon.mastery))
            .map_or(String::new(), |mastery| {
                format!("{}: {}", mastery.name, mastery.text)
            });
        let kind = weapon_kind(weapon);
        let mut tags = vec![kind.clone(), weapon.mastery.to_lowercase()];
        tags.extend(weapon.properties.iter().map(|name| name.replace('_', " ")));
        put(
            "item",
            &weapon.name,
            format!("{kind}, {} {}", weapon.damage, weapon.damage_type),
            &text,
            tags,
        );
    }
    for armor in content.armor.values() {
        let category = serde_name(&armor.category);
        put(
            "item",
            &armor.name,
            format!("{category} armor, AC {}", armor.base),
            "",
            vec![format!("{category} armor")],
        );
    }
    for gear in content.gear.values() {
        let category = gear.category.replace('_', " ");
        put(
            "item",
            &gear.name,
            category.clone(),
            &gear.text,
            vec![category],
        );
    }
    for item in content.magic_items.values() {
        let category = item.category.replace('_', " ");
        let rarity = rarity_of(item);
        let mut tags = vec![category.clone(), rarity.clone()];
        tags.push(if item.attunement {
            "attunement".to_owned()
        } else {
            "no attunement".to_owned()
        });
        put(
            "magic_item",
            &item.name,
            format!("{rarity} {category}"),
            &item.text,
            tags,
        );
    }
    for creature in content.creatures.values() {
        let size = creature.size.name().to_lowercase();
        let kind = creature
            .r#type
            .split(" (")
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let tags = vec![
            format!("CR {}", creature.challenge_rating),
            kind.clone(),
            size.clone(),
        ];
        put(
            "creature",
            &creature.name,
            format!("CR {} {size} {kind}", creature.challenge_rating),
            &creature.notes,
            tags,
        );
    }
    for condition in content.conditions.values() {
        put(
            "condition",
            &condition.name,
            "condition".to_owned(),
            &condition.text,
            Vec::new(),
        );
    }
    for (kind, entries) in [
        ("language", &content.languages),
        ("property", &content.properties),
        ("mastery", &content.masteries),
        ("skill", &content.skills),
    ] {
        for entry in entries.values() {
            put(kind, &entry.name, kind.to_owned(), &entry.text, Vec::new());
        }
    }
}

fn spell_line(spell: &Spell) -> String {
    if spell.level == 0 {
        format!("{} cantrip", spell.school)
    } else {
        format!("level {} {}", spell.level, spell.school)
    }
}

fn spell_tags(spell: &Spell) -> Vec<String> {
    let mut tags: Vec<String> = spell
        .classes
        .iter()
        .map(|class| class.to_lowercase())
        .collect();
    tags.push(if spell.level == 0 {
        "cantrip".to_owned()
    } else {
        format!("level {}", spell.level)
    });
    tags.push(spell.school.clone());
    if spell.ritual {
        tags.push("ritual".to_owned());
    }
    if spell.concentration {
        tags.push("concentration".to_owned());
    }
    tags.extend(
        spell
            .damage
            .iter()
            .flat_map(|damage| damage.r#type.split('/').map(str::to_owned)),
    );
    tags.extend(
        spell
            .saves
            .iter()
            .map(|save| format!("{} save", save.key())),
    );
    tags.dedup();
    tags
}

fn weapon_kind(weapon: &Weapon) -> String {
    let kind = if weapon.martial { "martial" } else { "simple" };
    let reach = if weapon.ranged { "ranged" } else { "melee" };
    format!("{kind} {reach} weapon")
}

fn rarity_of(item: &MagicThing) -> String {
    item.rarity.map_or_else(
        || "rarity varies".to_owned(),
        |rarity| serde_name(&rarity).replace('_', " "),
    )
}

/// Gives the name by which a value is written.
fn serde_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}
