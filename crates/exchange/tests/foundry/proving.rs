//! The proving ground: public actors of that system, where a folder of them is named; derived numbers against stored ones.
//!
//! `FORKBEARD_FOUNDRY_ACTORS` names a folder with actors as JSON, in folders of any depth; `FORKBEARD_FOUNDRY_TABLE` a file to
//! write the table into. None of those files stands in this repository.

#![allow(clippy::disallowed_methods)] // a test: the folder is named by the environment

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rules::Content;
use serde_json::Value;

use super::Taken;
use super::recalculated::Recalculated;

const SKILLS: [(&str, &str, &str); 18] = [
    ("acr", "dex", "acrobatics"),
    ("ani", "wis", "animal_handling"),
    ("arc", "int", "arcana"),
    ("ath", "str", "athletics"),
    ("dec", "cha", "deception"),
    ("his", "int", "history"),
    ("ins", "wis", "insight"),
    ("itm", "cha", "intimidation"),
    ("inv", "int", "investigation"),
    ("med", "wis", "medicine"),
    ("nat", "int", "nature"),
    ("prc", "wis", "perception"),
    ("prf", "cha", "performance"),
    ("per", "cha", "persuasion"),
    ("rel", "int", "religion"),
    ("slt", "dex", "sleight_of_hand"),
    ("ste", "dex", "stealth"),
    ("sur", "wis", "survival"),
];
const SAVES: [(&str, &str); 6] = [
    ("str", "strength"),
    ("dex", "dexterity"),
    ("con", "constitution"),
    ("int", "intelligence"),
    ("wis", "wisdom"),
    ("cha", "charisma"),
];
/// The columns of the table.
const COLUMNS: [&str; 9] = [
    "hit points",
    "saves",
    "skills",
    "passives",
    "initiative",
    "armor class",
    "DC, attack",
    "weapons",
    "slots",
];

/// How many numbers of each column agree, and which do not.
#[derive(Default)]
struct Held {
    name: String,
    columns: BTreeMap<&'static str, (usize, usize)>,
    differences: Vec<String>,
}

impl Held {
    fn hold(&mut self, column: &'static str, what: &str, derived: i32, stored: i32) {
        let count = self.columns.entry(column).or_default();
        count.1 += 1;
        if derived == stored {
            count.0 += 1;
        } else {
            self.differences
                .push(format!("{}: {what} {derived}, there {stored}", self.name));
        }
    }

    fn row(&self) -> String {
        let mut row = format!("| {} |", self.name);
        for column in COLUMNS {
            match self.columns.get(column) {
                Some((agree, all)) => write!(row, " {agree}/{all} |").unwrap(),
                None => row.push_str("  |"),
            }
        }
        row
    }
}

fn actors(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            actors(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

fn hold(path: &Path, folder: &Path) -> (Held, String) {
    let bytes = fs::read(path).unwrap();
    let root: Value = serde_json::from_slice(&bytes).unwrap();
    let taken = Taken::new(&bytes);
    let there = Recalculated::new(&root);
    let sheet = &taken.derived.sheet;
    let group = path
        .strip_prefix(folder)
        .unwrap()
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    let npc = root["type"] == "npc";
    let level = sheet.identity.level;
    let name = root["name"].as_str().unwrap_or("");
    let mut held = Held {
        name: if npc {
            name.to_owned()
        } else {
            format!("{name} {level}")
        },
        ..Held::default()
    };
    let points = &there.system["attributes"]["hp"];
    let stored = points["max"]
        .as_i64()
        .or(points["value"].as_i64())
        .unwrap_or(0);
    held.hold(
        "hit points",
        "hit points",
        sheet.combat.hp_maximum,
        stored as i32,
    );
    for (code, ability) in SAVES {
        let cell = format!("/statistics/saving_throws/{ability}");
        held.hold(
            "saves",
            &format!("{ability} save"),
            taken.number(&cell) as i32,
            there.save(code),
        );
    }
    for (code, ability, skill) in SKILLS {
        let cell = format!("/statistics/skills/{skill}");
        let expected = there.skill(code, ability);
        held.hold("skills", skill, taken.number(&cell) as i32, expected);
        if ["perception", "insight", "investigation"].contains(&skill) {
            let cell = format!("/statistics/passive_{skill}");
            held.hold(
                "passives",
                &format!("passive {skill}"),
                taken.number(&cell) as i32,
                10 + expected,
            );
        }
    }
    held.hold(
        "initiative",
        "initiative",
        sheet.combat.initiative,
        there.initiative(),
    );
    if let Some(armor_class) = there.armor_class() {
        held.hold(
            "armor class",
            "armor class",
            sheet.combat.armor_class,
            armor_class,
        );
    }
    for (class, ability) in there.casters() {
        if let Some(caster) = sheet
            .spellcasting
            .casters
            .iter()
            .find(|caster| caster.class == class)
        {
            let base = there.modifier(&ability) + there.proficiency;
            let bonus = there.added("system.bonuses.rsak.attack");
            held.hold(
                "DC, attack",
                "spell save DC",
                caster.spell_save_dc.unwrap_or(0),
                8 + base + there.added("system.bonuses.spell.dc"),
            );
            held.hold(
                "DC, attack",
                "spell attack",
                caster.spell_attack_bonus.unwrap_or(0),
                base + bonus,
            );
        }
    }
    for (id, weapon, expected) in there.attacks(npc) {
        let mut own = sheet
            .actions
            .weapons
            .iter()
            .filter(|entry| entry.item.as_deref() == Some(&id) || entry.id == id);
        if let Some(entry) = own.next() {
            held.hold("weapons", &weapon, entry.attack_bonus, expected);
        }
    }
    if !npc {
        for level in 1..=9 {
            let stored = there.system["spells"][format!("spell{level}")]["value"]
                .as_i64()
                .unwrap_or(0) as i32;
            let derived = sheet
                .spellcasting
                .spell_slots
                .get(&level.to_string())
                .map_or(0, |slots| slots.max);
            if stored > 0 || derived > 0 {
                held.hold("slots", &format!("slots of level {level}"), derived, stored);
            }
        }
        let stored = there.system["spells"]["pact"]["value"]
            .as_i64()
            .unwrap_or(0) as i32;
        let derived = sheet
            .spellcasting
            .pact_slots
            .as_ref()
            .map_or(0, |slots| slots.max);
        if stored > 0 || derived > 0 {
            held.hold("slots", "pact slots", derived, stored);
        }
        let main = sheet.spellcasting.casters.iter().find(|caster| {
            there
                .casters()
                .iter()
                .any(|(class, _)| *class == caster.class)
        });
        if let Some(main) = main.filter(|_| taken.import.report.built) {
            held.hold(
                "slots",
                "prepared spells",
                main.prepared_count,
                there.prepared() as i32,
            );
        }
    }
    (held, group)
}

#[test]
fn public_actors_keep_their_numbers() {
    let Ok(folder) = std::env::var("FORKBEARD_FOUNDRY_ACTORS") else {
        println!("skipped: FORKBEARD_FOUNDRY_ACTORS names no folder of actors");
        return;
    };
    let folder = PathBuf::from(folder);
    let mut paths = Vec::new();
    actors(&folder, &mut paths);
    assert!(!paths.is_empty(), "no actors in {}", folder.display());
    let mut groups: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for path in &paths {
        let (held, group) = hold(path, &folder);
        groups.entry(group).or_default().push(held);
    }
    let mut table = String::new();
    for (group, all) in &groups {
        let mut sum = Held {
            name: format!("**{} actors**", all.len()),
            ..Held::default()
        };
        for held in all {
            for (column, (agree, count)) in &held.columns {
                let own = sum.columns.entry(column).or_default();
                own.0 += agree;
                own.1 += count;
            }
        }
        writeln!(
            table,
            "\n### {group}\n\n| | {} |\n|---{}|",
            COLUMNS.join(" | "),
            "|---".repeat(COLUMNS.len())
        )
        .unwrap();
        if all.len() <= 60 {
            for held in all {
                writeln!(table, "{}", held.row()).unwrap();
            }
        }
        writeln!(table, "{}\n", sum.row()).unwrap();
        for difference in all.iter().flat_map(|held| &held.differences) {
            writeln!(table, "- {difference}").unwrap();
        }
    }
    println!("{table}");
    if let Ok(file) = std::env::var("FORKBEARD_FOUNDRY_TABLE") {
        fs::write(file, &table).unwrap();
    }
    // Hit points and slots are stored and not reckoned: there is nothing to explain in them.
    for held in groups.values().flatten() {
        let (agree, all) = held.columns["hit points"];
        assert_eq!(agree, all, "{:?}", held.differences);
    }
}

#[test]
fn public_stat_blocks_agree_with_the_creatures_of_the_content() {
    let Ok(folder) = std::env::var("FORKBEARD_FOUNDRY_ACTORS") else {
        println!("skipped: FORKBEARD_FOUNDRY_ACTORS names no folder of actors");
        return;
    };
    let mut paths = Vec::new();
    actors(Path::new(&folder), &mut paths);
    let (mut count, mut dcs, mut attacks) = (0, 0, 0);
    let mut differences = Vec::new();
    for path in &paths {
        let bytes = fs::read(path).unwrap();
        let root: Value = serde_json::from_slice(&bytes).unwrap();
        // A spell's giant spider has no challenge rating and is another creature than the one of that name.
        let of_rules = root["system"]["source"]["rules"] == "2024"
            && !root["system"]["details"]["cr"].is_null();
        if root["type"] != "npc" || !of_rules {
            continue;
        }
        let key = rules::content::key(root["name"].as_str().unwrap_or(""));
        let Some(known) = Content::srd().creatures.get(&key) else {
            continue;
        };
        let taken = Taken::new(&bytes);
        count += 1;
        let mut held = |what: &str, derived: i32, printed: i32| {
            if derived != printed {
                differences.push(format!(
                    "- {}: {what} {derived}, printed {printed}",
                    known.name
                ));
            }
        };
        let sheet = &taken.derived.sheet;
        held("hit points", sheet.combat.hp_maximum, known.hit_points);
        held("armor class", sheet.combat.armor_class, known.armor_class);
        held("initiative", sheet.combat.initiative, known.initiative);
        held(
            "passive perception",
            sheet.statistics.passive_perception,
            known.passive_perception,
        );
        held(
            "proficiency bonus",
            sheet.statistics.proficiency_bonus,
            known.proficiency_bonus,
        );
        for (place, (_, ability)) in SAVES.iter().enumerate() {
            held(
                &format!("{ability} save"),
                taken.number(&format!("/statistics/saving_throws/{ability}")) as i32,
                known.saves[place],
            );
        }
        for (skill, printed) in &known.skills {
            held(
                skill,
                taken.number(&format!("/statistics/skills/{skill}")) as i32,
                *printed,
            );
        }
        for action in known
            .actions
            .iter()
            .filter(|action| action.save_dc.is_some())
        {
            let own =
                sheet.actions.features.iter().find(|feature| {
                    feature.name.split(" (").next() == action.name.split(" (").next()
                });
            if let Some(own) = own {
                let said = own
                    .description
                    .split("save DC ")
                    .nth(1)
                    .and_then(|rest| rest.split(|c: char| !c.is_ascii_digit()).next());
                if let Some(dc) = said.and_then(|dc| dc.parse().ok()) {
                    held(
                        &format!("{} DC", action.name),
                        dc,
                        action.save_dc.unwrap_or(0),
                    );
                    dcs += 1;
                }
            }
        }
        for action in known
            .actions
            .iter()
            .filter_map(|action| Some((&action.name, action.attack_bonus?)))
        {
            let own = sheet
                .actions
                .weapons
                .iter()
                .find(|weapon| weapon.name == *action.0);
            if let Some(own) = own {
                held(&format!("{} attack", action.0), own.attack_bonus, action.1);
                attacks += 1;
            }
        }
    }
    let told = format!(
        "{count} stat blocks, {attacks} attacks and {dcs} save DCs against the creatures of the content\n\n{}\n",
        differences.join("\n")
    );
    println!("{told}");
    if let Ok(file) = std::env::var("FORKBEARD_FOUNDRY_TABLE") {
        fs::write(format!("{file}.creatures"), told).unwrap();
    }
}
