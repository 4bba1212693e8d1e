//! Cells in words: what a cell is called, what its value looks like on a line, what a change was about.

use std::collections::BTreeMap;

use history::{CellPath, Change, ChangeKind, CommitKind, Tree};
use serde_json::Value;

use crate::text::line;
use crate::wire::{ChangeLine, ChangeTone};

/// The longest value on a line, in characters.
const MOST: usize = 60;

/// Cells whose own name would not say enough; everything else is called by its last segment.
const NAMES: &[(&str, &str)] = &[
    ("/record/active", "In play"),
    ("/record/avatar", "Portrait"),
    ("/record/display_name", "Name in the library"),
    ("/record/persona/system_prompt", "System prompt"),
    ("/record/persona/voice/name", "Voice"),
    ("/identity/appearance/portrait", "Portrait"),
    ("/identity/xp", "Experience points"),
    ("/combat/current_hp", "HP"),
    ("/combat/hp_maximum", "HP maximum"),
    ("/combat/damage_taken", "Damage taken"),
    ("/combat/temporary_hp", "Temporary HP"),
    ("/combat/hp_maximum_bonus", "Bonus to the HP maximum"),
    ("/combat/hit_dice_total", "Hit dice"),
    ("/combat/death_saves/successes", "Death saves, successes"),
    ("/combat/death_saves/failures", "Death saves, failures"),
    ("/creature/type", "Creature type"),
    ("/spellcasting/spell_save_dc", "Spell save DC"),
    ("/spellcasting/pact/used", "Pact slots used"),
    ("/spellcasting/pact/max", "Pact slots"),
    ("/spellcasting/pact/level", "Pact slot level"),
    ("/equipment/currency/cp", "Copper"),
    ("/equipment/currency/sp", "Silver"),
    ("/equipment/currency/ep", "Electrum"),
    ("/equipment/currency/gp", "Gold"),
    ("/equipment/currency/pp", "Platinum"),
];

/// Says what a cell is called, looking up the names of entries in the given trees, the first that knows it.
pub(crate) fn label(path: &CellPath, trees: &[&Tree]) -> String {
    let text = path.to_string();
    if let Some((_, name)) = NAMES.iter().find(|(cell, _)| *cell == text) {
        return (*name).to_owned();
    }
    let parts: Vec<&str> = path.segments().iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["statistics", "saving_throws", ability] => format!("{} save", human(ability)),
        ["statistics", "ability_modifiers", ability] => format!("{} modifier", human(ability)),
        ["proficiencies", "saving_throws", ability] => {
            format!("{} save proficiency", human(ability))
        }
        ["proficiencies", "languages", language] => format!("Language: {language}"),
        ["actions", "weapon_masteries", weapon] => format!("Weapon mastery: {weapon}"),
        ["combat", "hit_dice_used", die] => format!("Hit dice used, {die}"),
        ["combat", "defenses", kind, name] => format!("{}: {}", human(kind), human(name)),
        ["spellcasting", "slots", level, cell] | ["spellcasting", "spell_slots", level, cell] => {
            format!(
                "Level {level} slots{}",
                match *cell {
                    "used" => " used",
                    "created" => " made besides",
                    _ => "",
                }
            )
        }
        // A use is named by what gives it: `fighter.1.second-wind`.
        ["actions", "uses", id, number] => {
            let name = id.rsplit('.').next().unwrap_or(id);
            format!("{}, {}", human(name), human(number).to_lowercase())
        }
        ["allowances", ..] => "Allowance".to_owned(),
        ["conflicts", cell, ..] => match cell.parse::<CellPath>() {
            Ok(cell) => format!("Open conflict about {}", label(&cell, trees)),
            Err(_) => "Open conflict".to_owned(),
        },
        ["overrides", cell, ..] => match cell.parse::<CellPath>() {
            Ok(cell) => format!("Override of {}", label(&cell, trees)),
            Err(_) => "Override".to_owned(),
        },
        _ => named_entry(path, &parts, trees).unwrap_or_else(|| {
            parts
                .last()
                .map_or_else(|| "Sheet".to_owned(), |last| human(last))
        }),
    }
}

/// Says what a cell inside a keyed entry is called: the entry's own name, then the cell.
fn named_entry(path: &CellPath, parts: &[&str], trees: &[&Tree]) -> Option<String> {
    // Entries stand at depth two (`/levels/…`) or three (`/equipment/inventory/…`).
    let depth = match parts {
        ["levels" | "conditions" | "adjustments" | "events", _, ..] => 2,
        ["abilities", "increases", _, ..]
        | ["proficiencies", "training", _, ..]
        | ["combat", "armor_formulas", _, ..]
        | ["actions", "weapons" | "features" | "traits", _, ..]
        | ["equipment", "inventory" | "magical_items", _, ..]
        | ["spellcasting", "casters" | "spells", _, ..] => 3,
        _ => return None,
    };
    let entry = CellPath::from_segments(path.segments()[..depth].to_vec());
    let name = trees
        .iter()
        .find_map(|tree| entry_name(&tree.get(&entry)?))?;
    let cell: Vec<String> = parts[depth..]
        .iter()
        .map(|part| human(part).to_lowercase())
        .collect();
    Some(if cell.is_empty() {
        name
    } else {
        format!("{name}, {}", cell.join(" "))
    })
}

/// Finds what a person would call an entry.
fn entry_name(entry: &Value) -> Option<String> {
    let text = |key: &str| entry.get(key)?.as_str().filter(|text| !text.is_empty());
    if let Some(name) = text("name") {
        return Some(line(name, MOST));
    }
    if let Some(class) = text("class") {
        return Some(format!("{} level", line(class, MOST)));
    }
    text("source").map(|source| line(source, MOST))
}

/// Turns `damage_taken` into `Damage taken`.
pub(crate) fn human(segment: &str) -> String {
    crate::failure::capital(&segment.replace(['_', '-'], " "))
}

/// Shows a value on a line: short, without quotes; empty where there is none.
pub(crate) fn show(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) => line(text, MOST),
        Some(Value::Array(items)) => match items.len() {
            0 => String::new(),
            1 => "1 entry".to_owned(),
            n => format!("{n} entries"),
        },
        Some(entry @ Value::Object(map)) => {
            if let Some(value) = map.get("value").filter(|_| map.contains_key("note")) {
                return show(Some(value));
            }
            entry_name(entry).unwrap_or_else(|| match map.len() {
                0 => String::new(),
                1 => "1 cell".to_owned(),
                n => format!("{n} cells"),
            })
        }
    }
}

/// Puts the cells a person changed into words; of secrets only that they changed, as the lines stand in titles that everybody reads.
pub(crate) fn change_lines(changes: &[Change], before: &Tree, after: &Tree) -> Vec<ChangeLine> {
    changes
        .iter()
        .map(|change| ChangeLine {
            path: change.path.to_string(),
            label: label(&change.path, &[after, before]),
            tone: match change.kind {
                ChangeKind::Added => ChangeTone::Added,
                ChangeKind::Removed => ChangeTone::Removed,
                ChangeKind::Changed => ChangeTone::Changed,
                ChangeKind::Moved => ChangeTone::Moved,
            },
            before: told(&change.path, change.before.as_ref()),
            after: told(&change.path, change.after.as_ref()),
        })
        .collect()
}

fn told(path: &CellPath, value: Option<&Value>) -> String {
    if sheet::is_secret(path) {
        String::new()
    } else {
        show(value)
    }
}

/// Puts into words which computed numbers came out otherwise, and leaves out what the changes themselves already say.
pub(crate) fn consequence_lines(
    changes: &[ChangeLine],
    before: &BTreeMap<String, sheet::Stat>,
    after: &BTreeMap<String, sheet::Stat>,
    tree: &Tree,
) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    // Side by side, as both are in order and nearly every cell is in both.
    let mut before = before.iter().peekable();
    for (cell, now) in after {
        while before.next_if(|(other, _)| *other < cell).is_some() {}
        let Some((_, was)) = before.next_if(|(other, _)| *other == cell) else {
            continue;
        };
        // The same number for other reasons is no news.
        if was.value.total_cmp(&now.value).is_eq() {
            continue;
        }
        let name = match cell.parse::<CellPath>() {
            Ok(path) => label(&path, &[tree]),
            Err(_) => cell.clone(),
        };
        let line = ChangeLine {
            path: cell.clone(),
            label: name,
            tone: ChangeTone::Consequence,
            before: number(was.value),
            after: number(now.value),
        };
        let said = changes.iter().any(|change| {
            (&change.label, &change.before, &change.after)
                == (&line.label, &line.before, &line.after)
        });
        if !said {
            lines.push(line);
        }
    }
    // What a table asks for first stands first.
    lines.sort_by_key(|line| match line.path.as_str() {
        "/combat/current_hp" => 0,
        "/combat/hp_maximum" => 1,
        "/combat/armor_class" => 2,
        path if path.starts_with("/combat") => 3,
        _ => 4,
    });
    lines
}

pub(crate) fn number(value: f64) -> String {
    if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// Says in a few words what some changes were about: "HP 40 → 31", "Rope added", "5 changes in equipment".
pub(crate) fn summary(lines: &[ChangeLine]) -> String {
    // Hit points are what everybody means by damage taken.
    if let Some(hp) = lines.iter().find(|line| line.path == "/combat/current_hp") {
        let own = lines
            .iter()
            .filter(|line| line.tone != ChangeTone::Consequence);
        if own
            .map(|line| line.path.as_str())
            .eq(["/combat/damage_taken"])
        {
            return one(hp);
        }
    }
    let own: Vec<&ChangeLine> = lines
        .iter()
        .filter(|line| line.tone != ChangeTone::Consequence)
        .collect();
    match own.as_slice() {
        [] => "No change".to_owned(),
        [line] => one(line),
        [first, second] => format!("{}; {}", one(first), one(second)),
        many => {
            let section = |line: &ChangeLine| {
                line.path
                    .split('/')
                    .nth(1)
                    .map(human)
                    .unwrap_or_default()
                    .to_lowercase()
            };
            let first = section(many[0]);
            if many.iter().all(|line| section(line) == first) {
                format!("{} changes in {first}", many.len())
            } else {
                format!("{}, and {} more changes", one(many[0]), many.len() - 1)
            }
        }
    }
}

fn one(line: &ChangeLine) -> String {
    let name = &line.label;
    match (line.tone, line.before.as_str(), line.after.as_str()) {
        (ChangeTone::Added, _, "") => format!("{name} added"),
        (ChangeTone::Added, _, after) if after == name => format!("{name} added"),
        (ChangeTone::Added, _, after) => format!("{name}: {after}"),
        (ChangeTone::Removed, ..) => format!("{name} removed"),
        (ChangeTone::Moved, ..) => format!("{} moved", name.trim_end_matches(", rank")),
        (_, "", "") => format!("{name} rewritten"),
        (_, "", after) => format!("{name}: {after}"),
        (_, _, "") => format!("{name} cleared"),
        (_, before, after) if before.len() + after.len() <= 40 => {
            format!("{name} {before} → {after}")
        }
        _ => format!("{name} rewritten"),
    }
}

/// Says what was found and mended when a library was opened, each a sentence.
pub(crate) fn notices(report: &vault::OpenReport) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(from) = report.migrated_from {
        said.push(format!(
            "The library was brought from schema {from} to today's, after a backup."
        ));
    }
    if let Some(torn) = &report.torn {
        said.push(format!(
            "The last write before the last stop was cut off and never confirmed; its {} bytes were set aside.",
            torn.bytes
        ));
    }
    if let Some(why) = &report.rebuilt {
        said.push(format!(
            "The index was built anew from the ledger ({why}); nothing is lost."
        ));
    }
    if report.index_in_memory {
        said.push(
            "The index could not be kept on the disk; it is held in memory until the next start."
                .to_owned(),
        );
    }
    said.extend(
        report
            .damage
            .iter()
            .map(|damage| format!("Damage in the ledger: {damage}.")),
    );
    if let Some(backup) = &report.offered_backup {
        said.push(format!("The newest verified backup is `{backup}`."));
    }
    said
}

/// Names a kind of commit for programs.
pub(crate) fn kind_key(kind: &CommitKind) -> &'static str {
    match kind {
        CommitKind::Create => "create",
        CommitKind::Edit => "edit",
        CommitKind::Checkpoint => "checkpoint",
        CommitKind::Merge => "merge",
        CommitKind::Undo { .. } => "undo",
        CommitKind::Redo { .. } => "redo",
        CommitKind::Revert { .. } => "revert",
        CommitKind::Rollback { .. } => "rollback",
        CommitKind::Import => "import",
        CommitKind::Generated => "generated",
        CommitKind::LevelUp => "level_up",
    }
}

#[cfg(test)]
mod tests {
    use history::diff;
    use serde_json::json;

    use super::*;

    fn said(before: Value, after: Value) -> String {
        let tree = |v| Tree::from_value(v).unwrap();
        let (before, after) = (tree(before), tree(after));
        summary(&change_lines(&diff(&before, &after), &before, &after))
    }

    #[test]
    fn changes_are_told_as_a_table_would() {
        let inventory = |items: Value| json!({"equipment": {"inventory": items}});
        for (before, after, words) in [
            (
                json!({"identity": {"xp": 300}}),
                json!({"identity": {"xp": 900}}),
                "Experience points 300 → 900",
            ),
            (
                inventory(json!({})),
                inventory(json!({"a": {"name": "Rope"}})),
                "Rope added",
            ),
            (
                inventory(json!({"a": {"name": "Rope"}})),
                inventory(json!({})),
                "Rope removed",
            ),
            (
                inventory(json!({"a": {"name": "Rope", "quantity": 1}})),
                inventory(json!({"a": {"name": "Rope", "quantity": 2}})),
                "Rope, quantity 1 → 2",
            ),
            (
                inventory(json!({"a": {"name": "Rope", "rank": "a"}})),
                inventory(json!({"a": {"name": "Rope", "rank": "b"}})),
                "Rope moved",
            ),
            (
                json!({"notes": "long ".repeat(30)}),
                json!({"notes": "other ".repeat(30)}),
                "Notes rewritten",
            ),
            (
                json!({"overrides": {}}),
                json!({"overrides": {"/combat/armor_class": {"value": 18, "note": "DM"}}}),
                "Override of Armor class: 18",
            ),
            (
                json!({"levels": {"1": {"class": "Ranger", "hit_points": 4}}}),
                json!({"levels": {"1": {"class": "Ranger", "hit_points": 6}}}),
                "Ranger level, hit points 4 → 6",
            ),
            (
                json!({"combat": {"hit_dice_used": {"d8": 1}}}),
                json!({"combat": {"hit_dice_used": {"d8": 2}}}),
                "Hit dice used, d8 1 → 2",
            ),
            (
                json!({"record": {"persona": {"system_prompt": "Kind."}}}),
                json!({"record": {"persona": {"system_prompt": "She lies."}}}),
                "System prompt rewritten",
            ),
            (
                json!({"record": {"persona": {}}}),
                json!({"record": {"persona": {"system_prompt": "She lies."}}}),
                "System prompt added",
            ),
        ] {
            assert_eq!(said(before, after), words);
        }
    }
}
