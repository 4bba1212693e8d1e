//! Who the actor is: name, looks, inner life, creature.

use sheet::source::Kind;

use super::draft::Draft;
use super::words;
use crate::html::to_markdown;
use crate::json::{at, is_empty, list, number, text, whole};
use crate::{cells, json};

pub(super) fn read(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let name = match cells::name(text(at(&actor.root, "name"))) {
        name if name.is_empty() => "Unnamed".to_owned(),
        name => name,
    };
    draft.source.record.display_name.clone_from(&name);
    draft.source.record.handle = sheet::handle_from(&name);
    draft.source.identity.name.clone_from(&name);
    draft.source.record.kind = kind(draft);
    draft.understood("Identity", "Name", "name", "/identity/name", name);
    details(draft);
    species(draft);
    background(draft);
    creature(draft);
    let flags = at(&actor.root, "flags.dnd5e");
    if json::truth(at(flags, "isPolymorphed")) || !is_empty(at(flags, "originalActor")) {
        draft.unused(
            "Identity",
            "Transformation",
            "flags.dnd5e.isPolymorphed",
            "The actor was transformed when it was exported: its numbers are those of the other shape. Export it in its own.",
        );
    }
}

/// A creature without a class is a monster, unless it is a humanoid with a name of its own kind of person.
fn kind(draft: &Draft<'_>) -> Kind {
    let actor = draft.actor;
    if actor.kind == "character" {
        return Kind::Character;
    }
    let humanoid = text(actor.get("details.type.value")) == "humanoid";
    if actor.level() > 0 || humanoid {
        Kind::Npc
    } else {
        Kind::Monster
    }
}

fn details(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let of = |name: &str| json::written(actor.get(&format!("details.{name}")));
    let mut taken: Vec<(&str, String)> = Vec::new();
    let identity = &mut draft.source.identity;
    identity.alignment = cells::name(&of("alignment"));
    identity.xp = whole(actor.get("details.xp.value"), 0, 10_000_000)
        .filter(|_| actor.kind == "character")
        .unwrap_or(0);
    identity.heroic_inspiration = json::truth(actor.get("attributes.inspiration"));
    if !identity.alignment.is_empty() {
        taken.push(("Alignment", "details.alignment".to_owned()));
    }
    if identity.xp > 0 {
        taken.push(("Experience points", "details.xp.value".to_owned()));
    }
    if identity.heroic_inspiration {
        taken.push(("Inspiration", "attributes.inspiration".to_owned()));
    }
    let mut cut = Vec::new();
    let mut prose = |label: &'static str, name: &'static str, cell: &mut String| {
        let (text, too_long) = cells::prose(&to_markdown(&of(name)));
        if !text.is_empty() {
            *cell = text;
            taken.push((label, format!("details.{name}")));
        }
        if too_long {
            cut.push(label);
        }
    };
    prose(
        "Personality traits",
        "trait",
        &mut identity.personality.traits,
    );
    prose("Ideals", "ideal", &mut identity.personality.ideals);
    prose("Bonds", "bond", &mut identity.personality.bonds);
    prose("Flaws", "flaw", &mut identity.personality.flaws);
    prose(
        "Biography",
        "biography.value",
        &mut identity.personality.backstory,
    );
    prose("Appearance", "appearance", &mut identity.appearance.notes);
    let looks = &mut identity.appearance;
    for (label, cell) in [
        ("Age", &mut looks.age),
        ("Height", &mut looks.height),
        ("Weight", &mut looks.weight),
        ("Eyes", &mut looks.eyes),
        ("Skin", &mut looks.skin),
        ("Hair", &mut looks.hair),
    ] {
        let name = label.to_lowercase();
        *cell = cells::name(&of(&name));
        if !cell.is_empty() {
            taken.push((label, format!("details.{name}")));
        }
    }
    for (name, label) in [("gender", "Gender"), ("faith", "Faith")] {
        let said = cells::name(&of(name));
        if !said.is_empty() {
            cells::append(&mut looks.notes, &format!("{label}: {said}"));
            taken.push((label, format!("details.{name}")));
        }
    }
    let public = cells::prose(&to_markdown(&of("biography.public"))).0;
    for (name, path) in taken {
        draft.understood(
            "Identity",
            name,
            &path,
            "/identity",
            "It stands in the identity of the sheet.",
        );
    }
    for name in cut {
        draft.as_text(
            "Identity",
            name,
            "details",
            "/identity",
            "The text was too long for its cell and was cut off.",
        );
    }
    if !public.is_empty() {
        draft.note(&format!("## Known to all\n\n{public}"));
        draft.as_text(
            "Identity",
            "Public biography",
            "details.biography.public",
            "/notes",
            "It stands in the notes.",
        );
    }
}

/// Species by the item it is, or by the text that stands for it.
fn species(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    if let Some(item) = actor.of_kind("race").next() {
        let name = known_species(draft, &item.name);
        match name {
            Some(name) if draft.actor.rules() == "2024" => {
                draft.mapped(
                    "Identity",
                    &item.name,
                    &item.path,
                    format!("species {name}"),
                    "The rules know this species.",
                );
                draft.source.identity.species = name;
            }
            _ => {
                draft.source.identity.species.clone_from(&item.name);
                draft.as_text(
                    "Identity",
                    &item.name,
                    &item.path,
                    "/identity/species",
                    "The species is kept by its name; its traits stand among the traits.",
                );
            }
        }
        for other in actor.of_kind("race").skip(1) {
            draft.unused(
                "Identity",
                &other.name,
                &other.path,
                "A character has one species; the first one stands.",
            );
        }
        return;
    }
    let written = text(actor.get("details.race"));
    if is_lost_id(written) {
        draft.unused(
            "Identity",
            "Species",
            "details.race",
            "It names an item that is not in the file.",
        );
    } else if !written.is_empty() {
        draft.source.identity.species = cells::name(written);
        draft.understood(
            "Identity",
            "Species",
            "details.race",
            "/identity/species",
            "The species is kept by its name.",
        );
    }
}

/// Finds a species of the content: `Elf, Wood` is Elf.
fn known_species(draft: &Draft<'_>, name: &str) -> Option<String> {
    let of = |name: &str| {
        draft
            .content
            .species
            .get(&rules::content::key(name))
            .map(|species| species.name.clone())
    };
    of(name).or_else(|| of(name.split(',').next().unwrap_or_default().trim()))
}

fn background(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let old = actor
        .of_kind("feat")
        .find_map(|item| item.name.strip_prefix("Background: ").map(str::to_owned));
    if let Some(item) = actor.of_kind("background").next() {
        let known = draft
            .content
            .backgrounds
            .get(&rules::content::key(&item.name));
        draft.source.identity.background.clone_from(&item.name);
        match known {
            Some(known) if draft.actor.rules() == "2024" => {
                draft.mapped(
                    "Identity",
                    &item.name,
                    &item.path,
                    format!("background {}", known.name),
                    "The rules know this background.",
                );
            }
            _ => {
                let description = item.description();
                if !description.is_empty() {
                    draft.a_trait(&item.id, &item.name, "Background", description);
                }
                draft.as_text("Identity", &item.name, &item.path, "/identity/background", "The rules do not have this background: its name and text are kept, and what it gave is written out.");
            }
        }
        for other in actor.of_kind("background").skip(1) {
            draft.unused(
                "Identity",
                &other.name,
                &other.path,
                "A character has one background; the first one stands.",
            );
        }
        return;
    }
    let written = text(actor.get("details.background"));
    if is_lost_id(written) {
        draft.unused(
            "Identity",
            "Background",
            "details.background",
            "It names an item that is not in the file.",
        );
    } else if !written.is_empty() || old.is_some() {
        let name = if written.is_empty() {
            old.unwrap_or_default()
        } else {
            written.to_owned()
        };
        draft.source.identity.background = cells::name(&name);
        draft.understood(
            "Identity",
            "Background",
            "details.background",
            "/identity/background",
            "The background is kept by its name.",
        );
    }
}

/// Tells whether a text is the id of an item that is gone.
fn is_lost_id(text: &str) -> bool {
    text.len() == 16
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
}

fn creature(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    if let Some(size) = words::size(text(actor.get("traits.size"))) {
        draft.source.creature.size = size;
        draft.understood(
            "Identity",
            "Size",
            "traits.size",
            "/creature/size",
            size.name(),
        );
    }
    let kind = match actor.get("details.type") {
        serde_json::Value::String(word) => words::title(word),
        kind => {
            let value = match text(at(kind, "value")) {
                "custom" | "" => cells::name(text(at(kind, "custom"))),
                value => words::title(value),
            };
            let swarm = words::size(text(at(kind, "swarm")));
            let subtype = cells::name(text(at(kind, "subtype")));
            let mut whole = match swarm {
                Some(size) => format!("Swarm of {} {value}s", size.name()),
                None => value,
            };
            if !subtype.is_empty() && !whole.is_empty() {
                whole.push_str(&format!(" ({subtype})"));
            }
            whole
        }
    };
    let of_species = || {
        let item = actor.of_kind("race").next()?;
        let value = text(item.get("type.value"));
        (!value.is_empty() && value != "custom").then(|| words::title(value))
    };
    let kind = if kind.is_empty() {
        of_species().unwrap_or_default()
    } else {
        kind
    };
    if !kind.is_empty() {
        draft.understood(
            "Identity",
            "Creature type",
            "details.type",
            "/creature/type",
            kind.clone(),
        );
        draft.source.creature.r#type = cells::name(&kind);
    }
    if actor.kind != "npc" {
        return;
    }
    if let Some(rating) = number(actor.get("details.cr"))
        && let Some(written) = rating_words(rating)
    {
        draft.source.creature.challenge_rating = Some(written.to_owned());
        draft.understood(
            "Identity",
            "Challenge rating",
            "details.cr",
            "/creature/challenge_rating",
            written,
        );
    }
    let mut lines = Vec::new();
    let habitats: Vec<String> = list(actor.get("details.habitat.value"))
        .into_iter()
        .map(|habitat| words::title(text(at(habitat, "type"))))
        .collect();
    let old = cells::name(text(actor.get("details.environment")));
    if !habitats.is_empty() || !old.is_empty() {
        lines.push(format!(
            "Habitat: {}",
            if habitats.is_empty() {
                old
            } else {
                habitats.join(", ")
            }
        ));
    }
    let treasure = json::names(actor.get("details.treasure.value"));
    if !treasure.is_empty() {
        let named: Vec<String> = treasure.iter().map(|word| words::title(word)).collect();
        lines.push(format!("Treasure: {}", named.join(", ")));
    }
    for line in lines {
        draft.note(&line);
        draft.as_text(
            "Identity",
            &line,
            "details",
            "/notes",
            "It stands in the notes.",
        );
    }
}

fn rating_words(rating: f64) -> Option<&'static str> {
    let known = sheet::vocabulary::CHALLENGE_RATINGS
        .iter()
        .map(|(words, _)| *words);
    known.into_iter().find(|words| {
        let value = match words.split_once('/') {
            Some((_, below)) => below.parse::<f64>().map(|below| 1.0 / below),
            None => words.parse::<f64>(),
        };
        value.is_ok_and(|value| (value - rating).abs() < 0.01)
    })
}
