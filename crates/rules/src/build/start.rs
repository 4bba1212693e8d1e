//! Starting equipment: what the first class and the background offer, taken once from each.

use sheet::Source;

use super::{CannotBuild, Write, equipment};
use crate::content::{Content, StartingEquipment, StartingItem, key};

/// One way to start that a class or background offers (SRD 5.2.1, Character Creation, Step 1 and 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer<'c> {
    /// What offers it: the name of the class or background.
    pub source: &'c str,
    /// Its letter.
    pub option: &'c str,
    /// What it holds, in words.
    pub text: String,
    /// The things that are left open, in their order, each with what may be taken.
    pub open: Vec<Vec<&'c str>>,
    /// Whether it was taken.
    pub taken: bool,
}

/// Lists what a character may start with.
pub fn start_offers<'c>(source: &Source, content: &'c Content) -> Vec<Offer<'c>> {
    let mut offers = Vec::new();
    for (name, ways) in sources(source, content) {
        let taken = source.build.choices.get(&slot(name));
        offers.extend(ways.iter().map(|way| {
            Offer {
                source: name,
                option: &way.option,
                text: in_words(way),
                open: (way.items.iter())
                    .filter(|item| item.item.is_none())
                    .map(|item| open(item, content))
                    .collect(),
                taken: taken == Some(&way.option),
            }
        }));
    }
    offers
}

/// Gives the writes that take one way to start: its things, its gold, and that it was taken.
///
/// `picks` answer what is left open, `ids` makes ids of the new items.
///
/// # Errors
/// A class or background that offers no such equipment, or that gave some already.
pub fn start_with(
    source: &Source,
    content: &Content,
    (of, option): (&str, &str),
    picks: &[String],
    ids: &mut dyn FnMut() -> String,
) -> Result<Vec<Write>, CannotBuild> {
    let slot = slot(of);
    if source.build.choices.contains_key(&slot) {
        return Err(CannotBuild {
            message: format!("The equipment of {of} was taken already."),
            hint: "Undo that first, or add things one by one.".to_owned(),
        });
    }
    let known = sources(source, content).into_iter();
    let mut ways = known
        .filter(|(name, _)| key(name) == key(of))
        .flat_map(|(_, ways)| ways);
    let Some(way) = ways.find(|way| way.option.eq_ignore_ascii_case(option)) else {
        return Err(CannotBuild {
            message: format!("{of} offers no equipment {option}."),
            hint: "What is offered is listed with the character.".to_owned(),
        });
    };
    let mut writes = equipment(source, content, &way.items, way.gold, picks, ids);
    writes.push(Write::set(
        format!("/build/choices/{slot}"),
        way.option.clone(),
    ));
    Ok(writes)
}

fn slot(of: &str) -> String {
    format!("{}.equipment", key(of))
}

/// Finds what offers equipment: the first class and the background.
fn sources<'c>(source: &Source, content: &'c Content) -> Vec<(&'c str, &'c [StartingEquipment])> {
    let levels = source.levels.ordered();
    let class = levels
        .first()
        .and_then(|(_, level)| content.classes.get(&key(&level.class)));
    let background = content.backgrounds.get(&key(&source.identity.background));
    let class = class.map(|class| (class.name.as_str(), class.equipment.as_slice()));
    let background = background.map(|one| (one.name.as_str(), one.equipment.as_slice()));
    class.into_iter().chain(background).collect()
}

fn in_words(way: &StartingEquipment) -> String {
    let thing = |item: &StartingItem| {
        let name = item.item.clone().unwrap_or_else(|| {
            let any: Vec<String> = item.any.iter().map(|any| any.replace('_', " ")).collect();
            format!("a {} of your choice", any.join(" or "))
        });
        if item.count > 1 {
            format!("{} {name}", item.count)
        } else {
            name
        }
    };
    let mut parts: Vec<String> = way.items.iter().map(thing).collect();
    if way.gold > 0 {
        parts.push(format!("{} gp", way.gold));
    }
    parts.join(", ")
}

/// Lists what may be taken where a category is left open.
fn open<'c>(item: &StartingItem, content: &'c Content) -> Vec<&'c str> {
    let of = |category: &str| item.any.iter().any(|any| any == category);
    let gear = content.gear.values();
    gear.filter(|gear| of(&gear.category) || of(&gear.subcategory))
        .map(|gear| gear.name.as_str())
        .collect()
}
