//! What is written and read in the measurements: a sheet of 40 KB, a crowd of characters, text that does not compress.

use anyhow::Context;
use serde_json::{Map, Value, json};

/// The complete example that the sheet's own tests are made with.
pub const EXAMPLE: &str = include_str!("../../crates/sheet/fixtures/example.json");

/// How many things the large sheet carries, and how many spells it knows.
const ITEMS: usize = 120;
const SPELLS: usize = 60;

/// Random enough for content, and the same in every run.
pub struct Dice(u64);

impl Dice {
    /// Starts a row of numbers.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Gives the next number below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides.max(1)
    }

    /// Picks one of some words.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Gives letters that hardly compress.
    pub fn noise(&mut self, len: usize) -> String {
        const LETTERS: &[u8; 64] =
            b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        (0..len)
            .map(|_| char::from(LETTERS[self.below(64)]))
            .collect()
    }

    /// Gives an id of the form that items have.
    fn id(&mut self) -> String {
        let mut hex = |len: usize| -> String {
            (0..len)
                .map(|_| char::from(b"0123456789abcdef"[self.below(16)]))
                .collect()
        };
        format!("0193f2a4-{}-7{}-8{}-{}", hex(4), hex(3), hex(3), hex(12))
    }

    /// Gives words of a small stock, a space between them.
    pub fn prose(&mut self, words: usize) -> String {
        let picked: Vec<_> = (0..words).map(|_| self.pick(WORDS)).collect();
        picked.join(" ")
    }
}

const WORDS: &[&str] = &[
    "silver", "lantern", "oil", "worn", "by", "nobody", "since", "winter", "a", "gift", "from",
    "Maren", "the", "hive", "of", "reeds", "cursed", "perhaps", "heavy", "with", "salt", "found",
    "under", "stairs", "old", "causeway", "and", "never", "cleaned", "iron",
];
const FIRST: &[&str] = &[
    "Sorrel", "Maren", "Hask", "Ottoline", "Vesper", "Bram", "Ysolde", "Tamsin", "Corvin", "Della",
    "Edrik", "Fenna", "Garrick", "Hilde", "Ivo", "Jessamy", "Korin", "Liesel", "Mordecai", "Nell",
    "Orla", "Pim", "Quill", "Rosamund", "Silas", "Thessaly", "Ulric", "Violet", "Wren", "Zinnia",
];
const LAST: &[&str] = &[
    "Quickfen",
    "Marrowick",
    "Lacklight",
    "Ashdown",
    "Barrowby",
    "Coldwater",
    "Dunmere",
    "Eastgate",
    "Farrow",
    "Greenhollow",
    "Harrowgate",
    "Ironwood",
    "Larkspur",
    "Mistwalker",
    "Nightingale",
    "Oakhurst",
    "Pennyroyal",
    "Ravenscroft",
    "Saltmarsh",
    "Thornbury",
    "Underhill",
    "Vane",
    "Whitlock",
    "Yarrow",
];
const SPECIES: &[&str] = &[
    "Human",
    "Elf (wood)",
    "Dwarf",
    "Halfling",
    "Gnome",
    "Orc",
    "Tiefling",
    "Dragonborn",
    "Goliath",
    "Aasimar",
];
const CLASSES: &[&str] = &[
    "Barbarian",
    "Bard",
    "Cleric",
    "Druid",
    "Fighter",
    "Monk",
    "Paladin",
    "Ranger",
    "Rogue",
    "Sorcerer",
    "Warlock",
    "Wizard",
];
const OWNERS: &[&str] = &["Maren", "Joost", "Aiko", "Priya", "Tomasz", "Ines", "", ""];

/// Makes the sheet of about 40 KB: the example with 120 things and 60 spells, under a handle.
///
/// # Errors
/// An example that cannot be read any more.
pub fn large_sheet(handle: &str) -> anyhow::Result<Value> {
    let mut dice = Dice::new(40);
    let mut sheet = example(handle, "Sorrel Quickfen")?;
    fill(
        &mut sheet,
        "/equipment/inventory",
        ITEMS,
        &mut dice,
        |dice| {
            json!({
                "name": dice.prose(3), "kind": "gear", "quantity": 1 + dice.below(9),
                "weight_lb": dice.below(12), "cost_cp": dice.below(90) * 10, "notes": dice.prose(6),
            })
        },
    )?;
    fill(
        &mut sheet,
        "/spellcasting/spells",
        SPELLS,
        &mut dice,
        |dice| {
            json!({
                "name": dice.prose(2), "caster": "cleric", "level": dice.below(4),
                "school": "abjuration", "description": dice.prose(9),
            })
        },
    )?;
    sheet::check_document(&sheet)?;
    Ok(sheet)
}

/// Adds entries to a collection until it has `len`, each ranked behind the one before.
fn fill(
    sheet: &mut Value,
    path: &str,
    len: usize,
    dice: &mut Dice,
    mut entry: impl FnMut(&mut Dice) -> Value,
) -> anyhow::Result<()> {
    let entries = sheet
        .pointer_mut(path)
        .and_then(Value::as_object_mut)
        .with_context(|| format!("the example has no {path}"))?;
    let ranks = entries.values().filter_map(|entry| entry["rank"].as_str());
    let mut rank = history::rank_after(ranks);
    while entries.len() < len {
        let mut made = entry(dice);
        made["rank"] = Value::from(rank.as_str());
        rank = history::rank_after([rank.as_str()]);
        entries.insert(dice.id(), made);
    }
    Ok(())
}

/// Gives the example under another handle and name.
fn example(handle: &str, name: &str) -> anyhow::Result<Value> {
    let mut sheet: Value = serde_json::from_str(EXAMPLE)?;
    sheet["record"]["handle"] = Value::from(handle);
    sheet["record"]["display_name"] = Value::from(name);
    sheet["record"]["avatar"] = Value::Null;
    sheet["identity"]["name"] = Value::from(name);
    Ok(sheet)
}

/// Makes one of a crowd: a complete character of some 10 KB with a name, class, species and owner of its own.
///
/// # Errors
/// An example that cannot be read any more.
pub fn one_of_a_crowd(number: usize, dice: &mut Dice) -> anyhow::Result<Value> {
    let (first, last) = (dice.pick(FIRST), dice.pick(LAST));
    let handle = format!("{}-{}-{number}", first.to_lowercase(), last.to_lowercase());
    let mut sheet = example(&handle, &format!("{first} {last}"))?;
    sheet["record"]["owner"] = Value::from(dice.pick(OWNERS));
    sheet["record"]["kind"] = Value::from(dice.pick(&["character", "character", "npc", "monster"]));
    sheet["identity"]["species"] = Value::from(dice.pick(SPECIES));
    let class = dice.pick(CLASSES);
    let levels: Map<String, Value> = (1..=1 + dice.below(12))
        .map(|level| {
            let taken = json!({ "rank": format!("{level:02}V"), "class": class, "hit_die": 8 });
            (format!("level-{level}"), taken)
        })
        .collect();
    sheet["levels"] = Value::Object(levels);
    sheet["notes"] = Value::from(dice.prose(40));
    Ok(sheet)
}

/// Names what a person types into the search, letter by letter.
pub const TYPED: &[&str] = &[
    "sorrel quickfen",
    "maren",
    "wizard",
    "violet whitlock",
    "dragonborn",
    "hask iron",
    "nobody",
    "priya",
];

/// Gives the next small edit of the large sheet: a cell, and a value it did not have.
pub fn small_edit(step: usize) -> (&'static str, Value) {
    match step % 4 {
        0 => ("/combat/damage_taken", json!(1 + step / 4 % 40)),
        1 => ("/equipment/currency/gp", json!(1_000 + step)),
        2 => (
            "/equipment/inventory/arrows/quantity",
            json!(1 + step / 4 % 60),
        ),
        _ => ("/identity/xp", json!(15_000 + step)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sheet::Source;

    #[test]
    fn the_large_sheet_is_a_lawful_one_of_forty_kilobytes() {
        let value = large_sheet("sorrel").unwrap();
        let source = Source::from_value(&value).unwrap();
        assert_eq!(source.equipment.inventory.len(), ITEMS);
        let bytes = history::to_canonical_json(&value).len();
        assert!((39_000..42_000).contains(&bytes), "{bytes} bytes");
    }

    #[test]
    fn every_small_edit_changes_the_sheet() {
        let mut sheet = large_sheet("sorrel").unwrap();
        for step in 0..500 {
            let (cell, value) = small_edit(step);
            let slot = sheet.pointer_mut(cell).unwrap();
            assert_ne!(*slot, value, "step {step} at {cell}");
            *slot = value;
            sheet::check_document(&sheet).unwrap();
        }
    }

    #[test]
    fn a_crowd_is_lawful_and_varied() {
        let mut dice = Dice::new(1);
        let mut names = std::collections::BTreeSet::new();
        for number in 0..300 {
            let value = one_of_a_crowd(number, &mut dice).unwrap();
            sheet::check_document(&value).unwrap();
            names.insert(value["record"]["display_name"].to_string());
        }
        assert!(names.len() > 150, "{} names", names.len());
    }
}
