//! How a character casts spells, as the sheet's text shows it.

use sheet::{CasterEntry, SpellEntry, SpellcastingSheet};

use super::paper::Paper;
use super::sheet::{NAMES, listed};
use super::words::{self, capital, ordinal, signed};

/// Writes slots, then each caster with its spells by level; nothing without spellcasting.
pub(crate) fn part(paper: &mut Paper, spellcasting: &SpellcastingSheet) {
    let slots: Vec<String> = spellcasting
        .spell_slots
        .iter()
        .filter(|(_, left)| left.max > 0)
        .map(|(level, left)| {
            let level = level.parse().map_or_else(|_| level.clone(), ordinal);
            format!("{level} {} of {}", left.current, left.max)
        })
        .collect();
    if spellcasting.casters.is_empty() && slots.is_empty() && spellcasting.pact_slots.is_none() {
        return;
    }
    paper.heading("Spellcasting");
    paper.entry("Slots", NAMES, &slots.join(", "));
    if let Some(pact) = &spellcasting.pact_slots {
        let said = format!(
            "{} of {}, {} level",
            pact.current,
            pact.max,
            ordinal(pact.level.into())
        );
        paper.entry("Pact slots", NAMES, &said);
    }
    for caster in &spellcasting.casters {
        paper.paragraph(2, &heading(caster));
        let highest = caster
            .spells
            .iter()
            .map(|spell| spell.level)
            .max()
            .unwrap_or(-1);
        for level in 0..=highest {
            let spells: Vec<String> = caster
                .spells
                .iter()
                .filter(|spell| spell.level == level)
                .map(|spell| named(spell))
                .collect();
            let name = if level == 0 {
                "Cantrips".to_owned()
            } else {
                ordinal(level.into())
            };
            paper.entry(&name, NAMES, &listed(&spells));
        }
    }
    let all = || {
        spellcasting
            .casters
            .iter()
            .flat_map(|caster| caster.spells.iter().map(AsRef::as_ref))
    };
    let marks: Vec<&str> = [
        (all().any(|spell| spell.concentration), "C concentration"),
        (all().any(|spell| spell.ritual), "R ritual"),
        (all().any(open), "[ ] not prepared"),
    ]
    .into_iter()
    .filter_map(|(used, mark)| used.then_some(mark))
    .collect();
    if !marks.is_empty() {
        paper.dim(format_args!("  {}", marks.join("  ")));
    }
}

fn heading(caster: &CasterEntry) -> String {
    let class = if caster.class.is_empty() {
        "Other spells"
    } else {
        &caster.class
    };
    let mut said = Vec::new();
    if let Some(ability) = caster.spellcasting_ability {
        said.push(ability.name().to_owned());
    }
    if let Some(dc) = caster.spell_save_dc {
        said.push(format!("save DC {dc}"));
    }
    if let Some(bonus) = caster.spell_attack_bonus {
        said.push(format!("attack {}", signed(bonus)));
    }
    if let Some(limit) = caster.prepared_limit.filter(|limit| *limit > 0) {
        said.push(format!("{} of {limit} prepared", caster.prepared_count));
    }
    let class = words::line(class, 40);
    if said.is_empty() {
        class
    } else {
        format!("{class}: {}", said.join(", "))
    }
}

/// Tells whether a spell is known and cannot be cast from a slot now.
fn open(spell: &SpellEntry) -> bool {
    spell.level > 0 && !spell.prepared && !spell.always_prepared
}

fn named(spell: &SpellEntry) -> String {
    let marks: String = [(spell.concentration, 'C'), (spell.ritual, 'R')]
        .into_iter()
        .filter_map(|(is, mark)| is.then_some(mark))
        .collect();
    let healing = match spell.healing.as_str() {
        "" => String::new(),
        points => format!("heals {points}"),
    };
    let about: Vec<&str> = [&marks, &spell.damage, &healing]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let name = capital(&spell.name);
    let said = if about.is_empty() {
        name
    } else {
        format!("{name} ({})", about.join("; "))
    };
    if open(spell) {
        format!("[{said}]")
    } else {
        said
    }
}
