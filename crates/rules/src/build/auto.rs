//! Choices made for those who do not want to choose: open slots filled lawfully, a whole character from a few words.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sheet::source::ArmorCategory;
use sheet::vocabulary::Ability;
use sheet::{ChoiceOption, CompleteSheet, Kind, Source};

use super::{CannotBuild, Write, carry_out, level_up, read, start_with};
use crate::content::{Class, Content, QuickBuild, key};
use crate::derive;

/// How often choices may open choices before a pack is taken to be going in circles.
const ROUNDS: usize = 12;

/// Says which character is wanted; what is left empty is taken from the quick build of its first class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipe {
    /// The name.
    pub name: String,
    /// The handle, which must be lawful.
    pub handle: String,
    /// Who plays it.
    pub owner: String,
    /// The class of each level, in the order they are taken.
    pub levels: Vec<String>,
    /// Species.
    pub species: String,
    /// Background.
    pub background: String,
}

/// Builds a whole character: standard array, quick build of the first class, first starting equipment, every choice made.
///
/// `ids` makes ids for levels and items.
///
/// # Errors
/// A class, species or background that no pack has; no level or more than 20.
pub fn quick(
    content: &Content,
    recipe: &Recipe,
    ids: &mut dyn FnMut() -> String,
) -> Result<Value, CannotBuild> {
    let first = recipe
        .levels
        .first()
        .map(String::as_str)
        .unwrap_or_default();
    let Some(class) = content.classes.get(&key(first)) else {
        let names: Vec<&str> = content
            .classes
            .values()
            .map(|class| class.name.as_str())
            .collect();
        return Err(CannotBuild {
            message: format!("No pack has a class called `{first}`."),
            hint: format!("There are: {}.", names.join(", ")),
        });
    };
    let named = |wanted: &str, quick: &str| {
        if wanted.trim().is_empty() {
            quick.to_owned()
        } else {
            wanted.trim().to_owned()
        }
    };
    let species = named(&recipe.species, &class.quick.species);
    let background = named(&recipe.background, &class.quick.background);
    let species = content
        .species
        .get(&key(&species))
        .map(|species| species.name.clone())
        .ok_or_else(|| missing("species", &species))?;
    let background = content
        .backgrounds
        .get(&key(&background))
        .ok_or_else(|| missing("background", &background))?;

    let mut document =
        sheet::new_character(Kind::Character, &recipe.name, &recipe.handle, &recipe.owner);
    let packs: Value = content
        .packs
        .iter()
        .map(|pack| (pack.id.clone(), json!(pack.version)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let [
        strength,
        dexterity,
        constitution,
        intelligence,
        wisdom,
        charisma,
    ] = class.standard_array;
    let mut writes = vec![
        Write::set("/build/packs", packs),
        Write::set("/build/scores_by", "standard_array"),
        Write::set(
            "/abilities/scores",
            json!({
                "strength": strength, "dexterity": dexterity, "constitution": constitution,
                "intelligence": intelligence, "wisdom": wisdom, "charisma": charisma,
            }),
        ),
        Write::set("/identity/species", species),
        Write::set("/identity/background", background.name.clone()),
    ];
    carry_out(&mut document, &writes);
    for level in &recipe.levels {
        let source = read(&document)?;
        let id = ids();
        carry_out(
            &mut document,
            &level_up(&source, content, level, None, &id)?,
        );
    }
    writes = fill(&read(&document)?, content)?;
    carry_out(&mut document, &writes);
    for (of, ways) in [
        (&class.name, &class.equipment),
        (&background.name, &background.equipment),
    ] {
        if let Some(way) = ways.first() {
            let source = read(&document)?;
            let writes = start_with(&source, content, (of, &way.option), &[], ids)?;
            carry_out(&mut document, &writes);
        }
    }
    one_suit(&mut document)?;
    Ok(document)
}

fn missing(what: &str, name: &str) -> CannotBuild {
    CannotBuild {
        message: format!("No pack has a {what} called `{name}`."),
        hint: "Look the names up in the compendium.".to_owned(),
    }
}

/// Leaves one suit of armor on where several were bought.
fn one_suit(document: &mut Value) -> Result<(), CannotBuild> {
    let source = read(document)?;
    let is_suit = |item: &sheet::source::Item| {
        let armor = item.armor.as_ref();
        item.equipped && armor.is_some_and(|armor| armor.category != ArmorCategory::Shield)
    };
    let items = source.equipment.inventory.ordered().into_iter();
    let suits = items.filter(|(_, item)| is_suit(item)).skip(1);
    let writes: Vec<Write> = suits
        .map(|(id, _)| Write::set(format!("/equipment/inventory/{id}/equipped"), false))
        .collect();
    carry_out(document, &writes);
    Ok(())
}

/// Gives the writes that make every open choice lawfully: by the quick build of the first class, else the first that may be.
///
/// # Errors
/// A document that cannot be read on the way, which is a fault of a pack.
pub fn fill(source: &Source, content: &Content) -> Result<Vec<Write>, CannotBuild> {
    let mut document = serde_json::to_value(source).map_err(|error| CannotBuild {
        message: error.to_string(),
        hint: "Report this.".to_owned(),
    })?;
    let mut writes = Vec::new();
    let wishes = first_class(source, content)
        .map(|class| class.quick.clone())
        .unwrap_or_default();
    writes.append(&mut slots(&mut document, content, &wishes)?);
    let learnt = spells(&read(&document)?, content, &wishes);
    carry_out(&mut document, &learnt);
    writes.extend(learnt);
    // What is chosen among the spells that are had waits for them.
    writes.append(&mut slots(&mut document, content, &wishes)?);
    Ok(writes)
}

/// Makes every open choice of a document; gives what was written.
fn slots(
    document: &mut Value,
    content: &Content,
    wishes: &QuickBuild,
) -> Result<Vec<Write>, CannotBuild> {
    let mut writes = Vec::new();
    for _ in 0..ROUNDS {
        let source = read(document)?;
        let mut open = derive(&source, content).sheet.choices;
        open.retain(|choice| choice.open > 0);
        // What comes first has the first pick: an origin feat is not taken at level 4.
        open.sort_by_key(|choice| choice.level);
        let mut round = Vec::new();
        for choice in open {
            // Each choice sees those before it, so that two of them do not take the same thing.
            let source = read(document)?;
            let Some(options) = crate::options(&source, content, &choice.cell) else {
                continue;
            };
            let picks: Vec<String> = choice.picks.iter().map(|pick| pick.id.clone()).collect();
            let picks = if counts_scores(&options) {
                increases(&choice, &options, picks, wishes, document, content)?
            } else {
                let known = if options
                    .iter()
                    .all(|own| content.spells.contains_key(&own.id))
                {
                    spells_of(&derive(&source, content).sheet)
                } else {
                    BTreeSet::new()
                };
                choose(&choice, options, picks, wishes, &known)
            };
            if picks.is_empty() {
                continue;
            }
            let write = Write::set(choice.cell.clone(), picks.join(" "));
            let write = match choice.cell.strip_prefix("/build/choices/") {
                Some(_) => write,
                None => Write::set(choice.cell.clone(), picks.concat()),
            };
            carry_out(document, std::slice::from_ref(&write));
            round.push(write);
        }
        if round.is_empty() {
            break;
        }
        writes.append(&mut round);
    }
    Ok(writes)
}

fn first_class<'c>(source: &Source, content: &'c Content) -> Option<&'c Class> {
    let levels = source.levels.ordered();
    let (_, first) = levels.first()?;
    content
        .classes
        .get(&key(&first.class))
        .map(|class| &**class)
}

/// Tells whether a choice is one of ability scores.
fn counts_scores(options: &[ChoiceOption]) -> bool {
    options
        .iter()
        .all(|option| ability(&option.id).is_some() && option.detail.starts_with("now "))
}

fn ability(id: &str) -> Option<Ability> {
    Ability::ALL.into_iter().find(|ability| ability.key() == id)
}

/// Picks abilities one by one, the most wanted first, each at most twice and only while its score still rises.
fn increases(
    choice: &sheet::ChoiceState,
    options: &[ChoiceOption],
    mut picks: Vec<String>,
    wishes: &QuickBuild,
    document: &Value,
    content: &Content,
) -> Result<Vec<String>, CannotBuild> {
    let count = usize::try_from(choice.count).unwrap_or(0);
    let mut wanted: Vec<Ability> = options
        .iter()
        .filter(|option| option.barred.is_empty())
        .filter_map(|option| ability(&option.id))
        .collect();
    wanted.sort_by_key(|ability| {
        let place = wishes.abilities.iter().position(|wish| wish == ability);
        place.unwrap_or(usize::MAX)
    });
    let score = |picks: &[String], ability: Ability| {
        let mut document = document.clone();
        carry_out(
            &mut document,
            &[Write::set(choice.cell.clone(), picks.join(" "))],
        );
        let scores = derive(&read(&document)?, content).sheet;
        Ok(scores.statistics.ability_scores.of(ability))
    };
    for ability in wanted {
        for _ in 0..2 {
            let again = picks.iter().filter(|pick| *pick == ability.key()).count();
            if picks.len() >= count || again >= 2 {
                break;
            }
            let before = score(&picks, ability)?;
            picks.push(ability.key().to_owned());
            if score(&picks, ability)? <= before {
                picks.pop();
                break;
            }
        }
    }
    Ok(picks)
}

/// Lists the ids of every spell on a sheet.
fn spells_of(sheet: &CompleteSheet) -> BTreeSet<String> {
    let casters = sheet.spellcasting.casters.iter();
    let spells = casters.flat_map(|caster| &caster.spells);
    spells.map(|spell| key(&spell.name)).collect()
}

/// Picks what is missing of a choice; what is `known` already only where nothing else is left.
fn choose(
    choice: &sheet::ChoiceState,
    options: Vec<ChoiceOption>,
    mut picks: Vec<String>,
    wishes: &QuickBuild,
    known: &BTreeSet<String>,
) -> Vec<String> {
    let count = usize::try_from(choice.count).unwrap_or(0);
    let abilities: Vec<&str> = wishes
        .abilities
        .iter()
        .map(|ability| ability.key())
        .collect();
    let place = |option: &ChoiceOption| -> usize {
        let named = |names: &[String]| {
            names
                .iter()
                .position(|name| key(name) == key(&option.name) || *name == option.id)
        };
        named(&wishes.options)
            .or_else(|| named(&wishes.skills))
            .or_else(|| named(&wishes.spells))
            .or_else(|| named(&wishes.weapons))
            .or_else(|| abilities.iter().position(|ability| *ability == option.id))
            .unwrap_or(usize::MAX)
    };
    let mut options: Vec<ChoiceOption> = options
        .into_iter()
        .filter(|option| option.barred.is_empty())
        .collect();
    options.sort_by_key(|option| (known.contains(&option.id), place(option)));
    for option in &options {
        if picks.len() < count && !picks.contains(&option.id) {
            picks.push(option.id.clone());
        }
    }
    picks.truncate(count);
    picks
}

/// Gives the writes that fill up cantrips and prepared spells of each casting class.
fn spells(source: &Source, content: &Content, wishes: &QuickBuild) -> Vec<Write> {
    let sheet = derive(source, content).sheet;
    let mut writes = Vec::new();
    // What is known from anywhere needs no learning again: a cantrip of a feat is not a cantrip of the class too.
    let mut known = spells_of(&sheet);
    for caster in &sheet.spellcasting.casters {
        let cell = format!("/spellcasting/casters/{}", caster.id);
        let Some(mut options) = crate::options(source, content, &cell) else {
            continue;
        };
        let place = |option: &ChoiceOption| {
            let wished = wishes.spells.iter().position(|name| key(name) == option.id);
            wished.unwrap_or(usize::MAX)
        };
        options.retain(|option| option.barred.is_empty() && !option.picked);
        options.sort_by_key(place);
        let own_cantrips = caster
            .spells
            .iter()
            .filter(|spell| spell.level == 0 && !spell.id.starts_with("given-"))
            .count();
        let mut cantrips = usize::try_from(caster.cantrip_limit.unwrap_or(0))
            .unwrap_or(0)
            .saturating_sub(own_cantrips);
        let prepared = usize::try_from(caster.prepared_count).unwrap_or(0);
        let mut prepared = usize::try_from(caster.prepared_limit.unwrap_or(0))
            .unwrap_or(0)
            .saturating_sub(prepared);
        for option in options {
            if known.contains(&option.id) {
                continue;
            }
            let Some(spell) = content.spells.get(&option.id) else {
                continue;
            };
            let room = if spell.level == 0 {
                &mut cantrips
            } else {
                &mut prepared
            };
            if *room == 0 {
                continue;
            }
            *room -= 1;
            known.insert(option.id.clone());
            writes.push(Write::set(
                format!("/spellcasting/spells/{}-{}", caster.id, option.id),
                json!({
                    "name": spell.name, "caster": caster.id, "level": spell.level, "prepared": spell.level > 0,
                }),
            ));
        }
    }
    writes
}
