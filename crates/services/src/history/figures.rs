//! Figures: what the rules make of a version, row by row: every computed number, and what is gained with it.

use std::collections::BTreeMap;

use history::{CellPath, Tree};
use sheet::{CompleteSheet, Stat};

use crate::words::{human, label, number};
use crate::worked::Worked;

/// Something the rules worked out, as it is shown on a line.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// What it is called; empty for a number, whose cell says it.
    name: String,
    /// What it comes to; empty is as good as not there.
    pub(crate) text: String,
    /// How it comes about, if it is a number that explains itself.
    pub(crate) stat: Option<Stat>,
}

impl Figure {
    /// Says what the figure of a cell is called.
    pub(crate) fn label(&self, cell: &str, trees: &[&Tree]) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        cell.parse::<CellPath>()
            .map_or_else(|_| cell.to_owned(), |path| label(&path, trees))
    }
}

/// Lists all figures of a version by their cells.
pub(crate) fn figures(worked: &Worked) -> BTreeMap<String, Figure> {
    let mut all: BTreeMap<String, Figure> = facts(&worked.sheet)
        .into_iter()
        .map(|(cell, (name, text))| {
            let stat = None;
            (cell, Figure { name, text, stat })
        })
        .collect();
    all.extend(worked.stats.iter().map(|(cell, stat)| {
        let figure = Figure {
            name: String::new(),
            text: number(stat.value),
            stat: Some(stat.clone()),
        };
        (cell.clone(), figure)
    }));
    all
}

/// Gives what the figure of one cell comes to; empty where there is none.
pub(crate) fn figure_text(
    worked: &Worked,
    facts: &BTreeMap<String, (String, String)>,
    cell: &str,
) -> String {
    match worked.stats.get(cell) {
        Some(stat) => number(stat.value),
        None => facts
            .get(cell)
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
    }
}

/// Lists what the rules give besides numbers that explain themselves: name and text by cell.
pub(crate) fn facts(sheet: &CompleteSheet) -> BTreeMap<String, (String, String)> {
    let mut facts = Facts(BTreeMap::new());
    let (identity, combat) = (&sheet.identity, &sheet.combat);
    facts.add("/identity/level", "Level", identity.level.to_string());
    facts.add(
        "/identity/class_line",
        "Classes",
        identity.class_line.clone(),
    );
    let dice = combat.hit_dice_total.iter().filter(|(_, n)| **n > 0);
    let dice: Vec<String> = dice.map(|(die, n)| format!("{n}{die}")).collect();
    facts.add("/combat/hit_dice_total", "Hit dice", dice.join(" + "));
    for (cell, name, names) in [
        ("resistances", "Resistances", &combat.resistances),
        ("immunities", "Immunities", &combat.immunities),
        (
            "vulnerabilities",
            "Vulnerabilities",
            &combat.vulnerabilities,
        ),
        (
            "condition_immunities",
            "Condition immunities",
            &combat.condition_immunities,
        ),
    ] {
        facts.add(format!("/combat/{cell}"), name, names.join(", "));
    }
    for training in &sheet.statistics.training {
        facts.own(
            "/proficiencies/training",
            &training.id,
            &training.name,
            None,
        );
    }
    for feature in &sheet.actions.features {
        let uses = feature.uses.as_ref().map(|uses| uses.max);
        facts.own("/actions/features", &feature.id, &feature.name, uses);
    }
    for own in &sheet.actions.traits {
        facts.own("/actions/traits", &own.id, &own.name, None);
    }
    for (level, slots) in &sheet.spellcasting.spell_slots {
        let name = format!("Level {level} slots");
        let text = slots.max.to_string();
        facts.add(format!("/spellcasting/spell_slots/{level}"), &name, text);
    }
    if let Some(pact) = &sheet.spellcasting.pact_slots {
        let text = format!("{} of level {}", pact.max, pact.level);
        facts.add("/spellcasting/pact_slots", "Pact slots", text);
    }
    for caster in &sheet.spellcasting.casters {
        for spell in &caster.spells {
            facts.own("/spellcasting/spells", &spell.id, &spell.name, None);
        }
    }
    for (name, cell) in [
        ("Darkvision", combat.senses.darkvision),
        ("Blindsight", combat.senses.blindsight),
        ("Tremorsense", combat.senses.tremorsense),
        ("Truesight", combat.senses.truesight),
    ] {
        if let Some(feet) = cell {
            let path = format!("/combat/senses/{}", name.to_lowercase());
            facts.add(path, name, format!("{feet} ft"));
        }
    }
    let open = sheet
        .choices
        .iter()
        .filter(|choice| choice.open > 0)
        .count();
    if open > 0 {
        facts.add("/build/choices", "Choices to make", open.to_string());
    }
    facts.0
}

struct Facts(BTreeMap<String, (String, String)>);

impl Facts {
    fn add(&mut self, cell: impl Into<String>, name: &str, text: String) {
        if !text.is_empty() {
            self.0.insert(cell.into(), (name.to_owned(), text));
        }
    }

    /// Adds a thing with a name of its own: a feature, a trait, a spell.
    fn own(&mut self, collection: &str, id: &str, name: &str, uses: Option<i32>) {
        if id.is_empty() || name.is_empty() {
            return;
        }
        let cell = CellPath::from_segments([id]);
        let text = match uses {
            Some(1) => "1 use".to_owned(),
            Some(uses) => format!("{uses} uses"),
            None => human(name),
        };
        self.add(format!("{collection}{cell}"), name, text);
    }
}
