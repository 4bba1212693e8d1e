//! Characters reckoned by hand from the rules of SRD 5.2.1, beside what the program derives for them.
//!
//! Each text file of this folder holds characters: `build` names classes, species and background, `choice` lines what was
//! chosen, and under `level` stands every number of the sheet with its sum: `armor class: 18 = 16 [Chain Mail] + 2 [Shield]`.
//! The sums were written from the rules and their tables, not from what the program says. What is in brackets is a remark;
//! the rest must add up to the number. The derived sheet must hold exactly the numbers of the file, none more and none less.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fixture;
mod sheet_lines;

use rules::build::{Recipe, Write, carry_out, fill, quick};
use rules::{Content, derive};
use serde_json::{Value, json};
use sheet::{Severity, Source};

use fixture::{Build, Level, builds, sum};

/// The files: one a class, and one of characters with several classes.
const FILES: [(&str, &str); 13] = [
    ("barbarian", include_str!("barbarian.txt")),
    ("bard", include_str!("bard.txt")),
    ("cleric", include_str!("cleric.txt")),
    ("druid", include_str!("druid.txt")),
    ("fighter", include_str!("fighter.txt")),
    ("monk", include_str!("monk.txt")),
    ("multiclass", include_str!("multiclass.txt")),
    ("paladin", include_str!("paladin.txt")),
    ("ranger", include_str!("ranger.txt")),
    ("rogue", include_str!("rogue.txt")),
    ("sorcerer", include_str!("sorcerer.txt")),
    ("warlock", include_str!("warlock.txt")),
    ("wizard", include_str!("wizard.txt")),
];

fn source(document: &Value) -> Source {
    Source::from_value(document).unwrap()
}

/// Builds the character of a fixture: quickly first, then with the choices that are written down.
fn document(build: &Build, level: &Level) -> Value {
    let content = Content::srd();
    let mut next = 0;
    let mut ids = || {
        next += 1;
        format!("id-{next:03}")
    };
    let recipe = Recipe {
        name: "Reference".to_owned(),
        handle: "reference".to_owned(),
        owner: String::new(),
        levels: build.levels(level.number),
        species: build.species.clone(),
        background: build.background.clone(),
    };
    let mut document = quick(content, &recipe, &mut ids).unwrap();
    if !build.scores.is_empty() {
        let scores = sheet::vocabulary::Ability::ALL.map(|ability| ability.key());
        document["abilities"]["scores"] = scores
            .into_iter()
            .zip(build.scores.iter().copied())
            .collect();
        document["build"]["scores_by"] = json!("free");
    }
    for (slot, picks) in &build.choices {
        let cell = format!("/build/choices/{slot}");
        let choices = derive(&source(&document), content).sheet.choices;
        let Some(choice) = choices.iter().find(|choice| choice.cell == cell) else {
            continue;
        };
        let count = usize::try_from(choice.count).unwrap();
        let picks = picks.iter().take(count).cloned().collect::<Vec<_>>();
        carry_out(&mut document, &[Write::set(cell, picks.join(" "))]);
    }
    let rest = fill(&source(&document), content).unwrap();
    carry_out(&mut document, &rest);
    sheet::check_document(&document).unwrap();
    document
}

fn compare(name: &str, text: &str) {
    let content = Content::srd();
    let mut wrong = Vec::new();
    for build in builds(text) {
        for level in &build.sections {
            let who = format!("{name}: {} at level {}", build.title, level.number);
            let derived = derive(&source(&document(&build, level)), content);
            for finding in &derived.findings {
                if finding.severity >= Severity::Warning {
                    wrong.push(format!("{who}: {} {}", finding.cell, finding.message));
                }
            }
            let found = sheet_lines::lines(&derived.sheet);
            for (key, line) in &level.lines {
                match found.get(key) {
                    None => wrong.push(format!("{who}: `{key}` is not on the sheet")),
                    Some(value) if *value != line.value => wrong.push(format!(
                        "{who}: {key} is {value}, by hand {} = {}",
                        line.value, line.sum
                    )),
                    Some(_) => {}
                }
            }
            for (key, value) in &found {
                if !level.lines.contains_key(key) {
                    wrong.push(format!("{who}: `{key}: {value}` is not in the file"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

macro_rules! files {
    ($($name:ident),+ $(,)?) => {$(
        #[test]
        fn $name() {
            let (name, text) = FILES.iter().find(|(name, _)| *name == stringify!($name)).unwrap();
            compare(name, text);
        }
    )+};
}

files!(
    barbarian, bard, cleric, druid, fighter, monk, multiclass, paladin, ranger, rogue, sorcerer,
    warlock, wizard,
);

#[test]
fn every_sum_of_the_files_adds_up() {
    let mut sums = 0;
    for (name, text) in FILES {
        for build in builds(text) {
            for level in &build.sections {
                for (key, line) in level.lines.iter().filter(|(_, line)| !line.sum.is_empty()) {
                    sums += 1;
                    let value: i32 = line.value.parse().unwrap();
                    assert_eq!(
                        sum(&line.sum),
                        value,
                        "{name} {} {}: {key} = {}",
                        build.title,
                        level.number,
                        line.sum
                    );
                }
            }
        }
    }
    assert!(sums > 1_500, "{sums}");
}

#[test]
fn every_class_stands_at_five_levels_and_many_build_on_several() {
    for (name, text) in FILES {
        let builds = builds(text);
        if name == "multiclass" {
            assert!(builds.len() >= 10);
            assert!(builds.iter().all(|build| build.classes.len() > 1));
            continue;
        }
        let levels: Vec<usize> = builds
            .iter()
            .flat_map(|build| &build.sections)
            .map(|level| level.number)
            .collect();
        assert_eq!(levels, [1, 3, 5, 11, 20], "{name}");
    }
}

/// Builds the first character of a file.
fn first(name: &str, level: usize) -> Value {
    let (_, text) = FILES.iter().find(|(own, _)| *own == name).unwrap();
    let builds = builds(text);
    let build = &builds[0];
    let level = build
        .sections
        .iter()
        .find(|own| own.number == level)
        .unwrap();
    document(build, level)
}

#[test]
fn an_increase_at_level_four_is_held_against_the_score_of_then() {
    // Strength 25 at level 20 is 20 without the boon and Primal Champion, 18 without the increase of level 4.
    let mut document = first("barbarian", 20);
    let cell = "/build/choices/barbarian.4.ability-score-improvement.feat.ability-score-improvement.abilities";
    carry_out(&mut document, &[Write::set(cell, "")]);
    let options = rules::options(&source(&document), Content::srd(), cell).unwrap();
    let strength = options
        .iter()
        .find(|option| option.id == "strength")
        .unwrap();
    assert_eq!(strength.barred, "");
    // With 20 reached by others that come before any boon, it is full.
    let other = "/build/choices/barbarian.12.ability-score-improvement.feat.ability-score-improvement.abilities";
    carry_out(&mut document, &[Write::set(other, "strength strength")]);
    let options = rules::options(&source(&document), Content::srd(), cell).unwrap();
    let strength = options
        .iter()
        .find(|option| option.id == "strength")
        .unwrap();
    assert_eq!(strength.barred, "it is 20 already");
}

#[test]
fn a_hand_crossbow_is_a_light_weapon_too() {
    let mut document = first("rogue", 1);
    let crossbow = rules::build::thing(Content::srd(), "Hand Crossbow").unwrap();
    let mut item = rules::build::inventory_item(crossbow, 1);
    item["equipped"] = json!(true);
    item["rank"] = json!("zz");
    document["equipment"]["inventory"]["crossbow"] = item;
    let sheet = derive(&source(&document), Content::srd()).sheet;
    let damage = |name: &str| {
        let weapon = sheet.actions.weapons.iter().find(|own| own.name == name);
        weapon.map(|weapon| weapon.damage.clone())
    };
    // Dexterity 17: +3, which the extra attack leaves out.
    assert_eq!(damage("Hand Crossbow").as_deref(), Some("1d6+3"));
    assert_eq!(
        damage("Hand Crossbow (light attack)").as_deref(),
        Some("1d6")
    );
}
