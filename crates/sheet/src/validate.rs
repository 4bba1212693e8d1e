//! Findings about a source: what looks wrong, half done, or points nowhere. They inform and refuse nothing.

use std::collections::BTreeMap;

use history::CellPath;

use crate::derived::is_derived;
use crate::error::{Finding, Severity, shorten};
use crate::source::{Kind, Source};
use crate::vocabulary::{Ability, CLASSES, SKILLS};

/// How many items a character may be attuned to where nothing says otherwise (SRD 5.2.1, Magic Items).
pub const ATTUNEMENT_LIMIT: usize = 3;

/// How deep things may lie in one another before they are taken to lie in a circle.
pub const MAX_NESTING: usize = 32;

/// Looks a source over and tells what looks wrong in it.
///
/// Needs no rules content: numbers are only held against each other where both are written.
pub fn validate(source: &Source) -> Vec<Finding> {
    let mut found = Findings(Vec::new());
    identity(source, &mut found);
    levels(source, &mut found);
    abilities(source, &mut found);
    play(source, &mut found);
    equipment(source, &mut found);
    spells(source, &mut found);
    by_hand(source, &mut found);
    found.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(
        &mut self,
        severity: Severity,
        cell: impl Into<String>,
        message: impl Into<String>,
        hint: &str,
    ) {
        let (cell, message) = (cell.into(), message.into());
        self.0.push(Finding {
            cell,
            severity,
            message,
            hint: hint.to_owned(),
        });
    }
}

fn identity(source: &Source, found: &mut Findings) {
    if source.identity.name.trim().is_empty() && source.record.display_name.trim().is_empty() {
        found.add(
            Severity::Note,
            "/identity/name",
            "The character has no name yet.",
            "Name it.",
        );
    }
    let creature = &source.creature;
    if source.record.kind == Kind::Monster
        && creature.challenge_rating.is_none()
        && source.levels.is_empty()
    {
        found.add(
            Severity::Warning,
            "/creature/challenge_rating",
            "The monster has no challenge rating; its proficiency bonus is taken as +2.",
            "Set its challenge rating.",
        );
    }
}

fn levels(source: &Source, found: &mut Findings) {
    let total = source.levels.len();
    if total > 20 {
        found.add(
            Severity::Warning,
            "/levels",
            format!("The character has {total} levels; the game ends at 20."),
            "Remove levels, or leave it so if the table plays on.",
        );
    }
    if total == 0 && source.record.kind == Kind::Character {
        found.add(
            Severity::Note,
            "/levels",
            "The character has no level yet.",
            "Add its first level to get hit points and a proficiency bonus.",
        );
    }
    for (id, level) in source.levels.iter() {
        let class = level.class.trim();
        if class.is_empty() {
            found.add(
                Severity::Note,
                format!("/levels/{id}/class"),
                "A level has no class yet.",
                "Choose its class.",
            );
        } else if level.hit_die.is_none()
            && !CLASSES
                .iter()
                .any(|known| known.name.eq_ignore_ascii_case(class))
        {
            found.add(
                Severity::Warning,
                format!("/levels/{id}/hit_die"),
                format!(
                    "The hit die of `{}` is not known; it is counted as a d8.",
                    shorten(class)
                ),
                "Set the level's hit die.",
            );
        }
        if let Some(die) = level.hit_die {
            if ![6, 8, 10, 12].contains(&die) {
                found.add(
                    Severity::Warning,
                    format!("/levels/{id}/hit_die"),
                    format!("No class has a d{die} as its hit die."),
                    "Hit dice of classes are d6, d8, d10 and d12.",
                );
            }
            if level.hit_points.is_some_and(|points| points > die) {
                found.add(
                    Severity::Warning,
                    format!("/levels/{id}/hit_points"),
                    format!("A d{die} cannot roll that many hit points."),
                    "Constitution is added by itself; write only what the die gave.",
                );
            }
        }
    }
}

fn abilities(source: &Source, found: &mut Findings) {
    for ability in Ability::ALL {
        let score = source.abilities.scores.of(ability);
        if source.record.kind == Kind::Character && score > 20 {
            found.add(
                Severity::Warning,
                format!("/abilities/scores/{}", ability.key()),
                format!(
                    "{} {score} is above 20 before anything is added.",
                    ability.name()
                ),
                "Write the score as bought or rolled; increases have a list of their own.",
            );
        }
    }
    for (id, increase) in source.abilities.increases.iter() {
        if increase.ability.is_none() {
            found.add(
                Severity::Note,
                format!("/abilities/increases/{id}/ability"),
                "An ability score increase is not assigned yet.",
                "Choose the ability.",
            );
        }
    }
    for skill in source.proficiencies.skills.keys() {
        if !SKILLS.iter().any(|known| known.key == skill) {
            found.add(
                Severity::Warning,
                format!("/proficiencies/skills/{}", escape(skill)),
                format!(
                    "`{}` is not a skill of the game; it counts for nothing.",
                    shorten(skill)
                ),
                "Skills are written like `sleight_of_hand`.",
            );
        }
    }
}

fn play(source: &Source, found: &mut Findings) {
    let combat = &source.combat;
    if combat.death_saves.failures >= 3 {
        found.add(
            Severity::Note,
            "/combat/death_saves/failures",
            "Three death saves have failed: the character is dead.",
            "Clear them if it was brought back.",
        );
    }
    if combat.exhaustion >= 6 {
        found.add(
            Severity::Note,
            "/combat/exhaustion",
            "Six levels of exhaustion: the character is dead.",
            "Lower it if it was brought back.",
        );
    }
    for (id, feature) in source.actions.features.iter() {
        let uses = &feature.uses;
        if uses.max > 0 && uses.used > uses.max {
            spent(
                found,
                format!("/actions/features/{id}/uses/used"),
                uses.used,
                uses.max,
            );
        }
    }
    for (id, weapon) in source.actions.weapons.iter() {
        if let Some(item) = &weapon.item
            && source.equipment.inventory.get(item).is_none()
            && source.equipment.magical_items.get(item).is_none()
        {
            found.add(
                Severity::Error,
                format!("/actions/weapons/{id}/item"),
                "The attack belongs to an item that is no longer carried.",
                "Choose another item, or none.",
            );
        }
    }
}

fn equipment(source: &Source, found: &mut Findings) {
    let equipment = &source.equipment;
    let mut parents: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, _) in equipment.magical_items.iter() {
        if equipment.inventory.get(id).is_some() {
            found.add(
                Severity::Error,
                format!("/equipment/magical_items/{id}"),
                "A mundane item has the same id; what lies in one of them lies in both.",
                "Add one of them anew, and remove the old one.",
            );
        }
    }
    let inventory = equipment
        .inventory
        .iter()
        .map(|(id, item)| (id, "inventory", item.container.as_deref()));
    let magical = equipment
        .magical_items
        .iter()
        .map(|(id, item)| (id, "magical_items", item.container.as_deref()));
    let all: Vec<_> = inventory.chain(magical).collect();
    for (id, collection, container) in &all {
        let Some(container) = container else { continue };
        let known = equipment.inventory.get(container).is_some()
            || equipment.magical_items.get(container).is_some();
        if known {
            parents.insert(id, container);
        } else {
            found.add(
                Severity::Error,
                format!("/equipment/{collection}/{id}/container"),
                "It lies in something that is no longer carried; it is counted as carried loose.",
                "Put it into another container, or into none.",
            );
        }
    }
    for (id, collection, _) in &all {
        if in_a_circle(id, &parents) {
            found.add(
                Severity::Error,
                format!("/equipment/{collection}/{id}/container"),
                "It lies, through other things, in itself; it is counted as carried loose.",
                "Take one of them out.",
            );
        }
    }
    for (id, item) in equipment.magical_items.iter() {
        let charges = &item.charges;
        if charges.used > charges.max {
            let cell = format!("/equipment/magical_items/{id}/charges/used");
            spent(found, cell, charges.used, charges.max);
        }
        if item.attuned && !item.requires_attunement {
            found.add(
                Severity::Note,
                format!("/equipment/magical_items/{id}/attuned"),
                "The item asks for no attunement.",
                "End the attunement; it works without.",
            );
        }
    }
}

/// Tells whether a thing lies in itself, or deeper than [`MAX_NESTING`], which only a circle further out does in earnest.
fn in_a_circle(id: &str, parents: &BTreeMap<&str, &str>) -> bool {
    let mut at = id;
    for _ in 0..MAX_NESTING {
        match parents.get(at) {
            Some(next) if *next == id => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}

fn spells(source: &Source, found: &mut Findings) {
    let casting = &source.spellcasting;
    for (id, spell) in casting.spells.iter() {
        if let Some(caster) = &spell.caster
            && casting.casters.get(caster).is_none()
        {
            found.add(
                Severity::Error,
                format!("/spellcasting/spells/{id}/caster"),
                "The spell belongs to a casting class that is not there.",
                "Choose the class it is cast with.",
            );
        }
    }
    for (id, caster) in casting.casters.iter() {
        if caster.ability.is_none() {
            found.add(
                Severity::Note,
                format!("/spellcasting/casters/{id}/ability"),
                "The casting class has no spellcasting ability yet; DC and attack are left open.",
                "Choose it.",
            );
        }
    }
    for (level, slots) in &casting.slots {
        let max = slots.max.saturating_add(slots.created.max(0));
        if slots.used > max {
            let cell = format!("/spellcasting/slots/{level}/used");
            spent(found, cell, slots.used, max);
        }
    }
    if casting.pact.used > casting.pact.max {
        let cell = "/spellcasting/pact/used".to_owned();
        spent(found, cell, casting.pact.used, casting.pact.max);
    }
}

fn spent(found: &mut Findings, cell: String, used: i32, max: i32) {
    found.add(
        Severity::Warning,
        cell,
        format!("{used} are spent of {max}; none is counted as left."),
        "Give some back, or raise the maximum.",
    );
}

fn by_hand(source: &Source, found: &mut Findings) {
    let known = |cell: &str| cell.parse::<CellPath>().is_ok_and(|path| is_derived(&path));
    for cell in source.overrides.keys() {
        if !known(cell) {
            found.add(
                Severity::Warning,
                format!("/overrides/{}", escape(cell)),
                format!(
                    "`{}` is not a computed number; the override does nothing.",
                    shorten(cell)
                ),
                "Set a computed number, like `/combat/armor_class`.",
            );
        }
    }
    for (id, adjustment) in source.adjustments.iter() {
        if !known(&adjustment.cell) {
            found.add(
                Severity::Warning,
                format!("/adjustments/{id}/cell"),
                format!(
                    "`{}` is not a computed number; the adjustment does nothing.",
                    shorten(&adjustment.cell)
                ),
                "Adjust a computed number, like `/combat/initiative`.",
            );
        }
    }
}

fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}
