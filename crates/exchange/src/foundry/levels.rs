//! Classes, subclasses and levels, hit dice, and whether the rules can carry the character.

use std::sync::Arc;

use sheet::source::{Kind, Level};

use super::actor::{Thing, levels_of};
use super::draft::Draft;
use crate::json::{at, is_empty, number, text, whole};
use crate::{cells, json};

/// The pack whose content the program brings.
const PACK: &str = "srd-5.2";
/// How many levels a character has at most.
const MOST: usize = 20;

pub(super) fn read(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let mut classes: Vec<&Thing> = actor.of_kind("class").take(MOST).collect();
    let first = text(actor.get("details.originalClass"));
    // Stable: the first class leads, the others keep their order.
    classes.sort_by_key(|class| class.old_id != first);
    draft.built = draft.source.record.kind == Kind::Character && is_built(draft, &classes);
    if draft.built {
        let version = draft.content.packs.iter().find(|pack| pack.id == PACK);
        let version = version.map_or_else(String::new, |pack| pack.version.clone());
        draft.source.build.packs.insert(PACK.to_owned(), version);
    }
    if classes.len() > 1 {
        draft.unused(
            "Classes",
            "Order of levels",
            "items",
            "The file does not keep in which order the levels of several classes were taken; they stand class by class.",
        );
    }
    for class in classes {
        one(draft, class);
    }
    let orphans: Vec<&Thing> = actor
        .of_kind("subclass")
        .filter(|subclass| class_of(draft, subclass).is_none())
        .collect();
    for subclass in orphans {
        let description = subclass.description();
        draft.a_trait(&subclass.id, &subclass.name, "Subclass", description);
        draft.as_text(
            "Classes",
            &subclass.name,
            &subclass.path,
            "/actions/traits",
            "Its class is not in the file; name and text are kept.",
        );
    }
}

/// A character is built if all of its classes are the content's and of its rules.
fn is_built(draft: &Draft<'_>, classes: &[&Thing]) -> bool {
    let has_pack = draft.content.packs.iter().any(|pack| pack.id == PACK);
    has_pack
        && !classes.is_empty()
        && classes.iter().all(|class| {
            class.rules() == "2024"
                && draft
                    .content
                    .classes
                    .contains_key(&rules::content::key(&class.name))
        })
}

fn class_of<'t>(draft: &Draft<'t>, subclass: &Thing) -> Option<&'t Thing> {
    let wanted = text(subclass.get("classIdentifier"));
    draft
        .actor
        .of_kind("class")
        .find(|class| class.identifier() == wanted)
}

/// Finds the subclass item of a class.
pub(super) fn subclass_of<'t>(draft: &Draft<'t>, class: &Thing) -> Option<&'t Thing> {
    let actor = draft.actor;
    let wanted = class.identifier();
    actor
        .of_kind("subclass")
        .find(|subclass| text(subclass.get("classIdentifier")) == wanted)
}

fn one(draft: &mut Draft<'_>, class: &Thing) {
    let wanted = levels_of(class);
    let room = MOST.saturating_sub(draft.source.levels.len());
    let levels = usize::try_from(wanted).unwrap_or(0).min(room);
    let known = draft
        .content
        .classes
        .get(&rules::content::key(&class.name))
        .filter(|_| draft.built);
    let subclass = subclass_of(draft, class);
    let subclass_name = subclass.map_or_else(
        || cells::name(text(class.get("subclass"))),
        |subclass| subclass.name.clone(),
    );
    let die = match text(class.get("hd.denomination")) {
        "" => text(class.get("hitDice")),
        die => die,
    };
    let die: Option<i32> = die
        .trim_start_matches('d')
        .parse()
        .ok()
        .filter(|die| [6, 8, 10, 12].contains(die));
    let rolled = class
        .advancement()
        .into_iter()
        .find(|entry| text(at(entry, "type")) == "HitPoints")
        .map(|entry| at(entry, "value"));
    let begins = draft.source.levels.is_empty();
    for level in 1..=levels {
        let (_, rank) = draft.next();
        let hit_points = match rolled.map(|rolled| at(rolled, &level.to_string())) {
            Some(value) => match (text(value), number(value)) {
                // The whole die beyond the first level of all is written out; the fixed number is not.
                ("max", _) if !(begins && level == 1) => die,
                (_, Some(points)) => Some(json::bounded(points, 1, die.unwrap_or(12))),
                _ => None,
            },
            None => None,
        };
        let known_die = known.map(|known| known.hit_die);
        let row = Level {
            rank,
            class: known.map_or_else(|| class.name.clone(), |known| known.name.clone()),
            subclass: if level >= subclass_level(draft, class) {
                subclass_name.clone()
            } else {
                String::new()
            },
            hit_die: if known_die == die { None } else { die },
            hit_points,
        };
        let id = format!("level-{}", draft.source.levels.len() + 1);
        draft.source.levels.0.insert(id, Arc::new(row));
    }
    let path = class.path.clone();
    if usize::try_from(wanted).is_ok_and(|wanted| wanted > levels) {
        draft.unused(
            "Classes",
            &class.name,
            &path,
            format!("It has {wanted} levels; all together only 20 count, {levels} of these."),
        );
    }
    match known {
        Some(known) => {
            let name = known.name.clone();
            draft.mapped(
                "Classes",
                &class.name,
                &path,
                format!("class {name}"),
                format!("{levels} levels of a class the rules know."),
            );
        }
        None => {
            draft.understood("Classes", &class.name, &path, "/levels", format!("{levels} levels; the rules do not carry this character, so its features are written out."));
            let description = class.description();
            if !description.is_empty()
                && !draft
                    .content
                    .classes
                    .contains_key(&rules::content::key(&class.name))
            {
                draft.a_trait(&class.id, &class.name, "Class", description);
            }
        }
    }
    if let Some(subclass) = subclass {
        let is_known = draft.built
            && draft
                .content
                .subclasses
                .contains_key(&rules::content::key(&subclass.name));
        if is_known {
            draft.mapped(
                "Classes",
                &subclass.name,
                &subclass.path,
                format!("subclass {}", subclass.name),
                "The rules know this subclass.",
            );
        } else {
            let description = subclass.description();
            if !description.is_empty() {
                draft.a_trait(&subclass.id, &subclass.name, &class.name, description);
            }
            draft.as_text(
                "Classes",
                &subclass.name,
                &subclass.path,
                "/levels",
                "The subclass is kept by its name, its features by their text.",
            );
        }
    }
    spent(draft, class, die);
}

/// The class level from which the subclass is written.
fn subclass_level(draft: &Draft<'_>, class: &Thing) -> usize {
    let known = draft.content.classes.get(&rules::content::key(&class.name));
    match known.filter(|_| draft.built) {
        Some(known) => usize::try_from(known.subclass_level).unwrap_or(3),
        None => 1,
    }
}

fn spent(draft: &mut Draft<'_>, class: &Thing, die: Option<i32>) {
    let spent = match class.get("hd.spent") {
        value if is_empty(value) => class.get("hitDiceUsed"),
        value => value,
    };
    let spent = whole(spent, 0, 20).unwrap_or(0);
    if let Some(die) = die.filter(|_| spent > 0) {
        let cell = draft
            .source
            .combat
            .hit_dice_used
            .entry(format!("d{die}"))
            .or_default();
        *cell = (*cell + spent).min(100);
        draft.understood(
            "Classes",
            "Hit dice spent",
            &class.path,
            "/combat/hit_dice_used",
            format!("{spent} d{die} of {}.", class.name),
        );
    }
}
