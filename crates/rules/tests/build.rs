//! Characters built at once are lawful: every class at every level without a finding, and their numbers are the rules'.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::build::{Added, Recipe, add, carry_out, level_down, level_up, quick};
use rules::{Content, derive};
use serde_json::Value;
use sheet::{Severity, Source};

fn ids() -> impl FnMut() -> String {
    let mut next = 0;
    move || {
        next += 1;
        format!("id-{next:03}")
    }
}

fn built(levels: &[(&str, usize)]) -> Value {
    let recipe = Recipe {
        name: "Brann".to_owned(),
        handle: "brann".to_owned(),
        levels: levels
            .iter()
            .flat_map(|(class, count)| std::iter::repeat_n((*class).to_owned(), *count))
            .collect(),
        ..Recipe::default()
    };
    let document = quick(Content::srd(), &recipe, &mut ids()).unwrap();
    sheet::check_document(&document).unwrap();
    document
}

fn source(document: &Value) -> Source {
    Source::from_value(document).unwrap()
}

#[test]
fn every_class_at_every_level_is_built_without_a_finding() {
    let mut wrong = Vec::new();
    for class in Content::srd().classes.values() {
        for level in [1, 2, 3, 5, 8, 12, 17, 20] {
            let document = built(&[(&class.name, level)]);
            let derived = derive(&source(&document), Content::srd());
            for choice in derived
                .sheet
                .choices
                .iter()
                .filter(|choice| choice.open > 0)
            {
                wrong.push(format!(
                    "{} {level}: open {} of {} ({})",
                    class.name, choice.name, choice.source, choice.cell
                ));
            }
            for finding in &derived.findings {
                wrong.push(format!(
                    "{} {level}: {:?} {}: {}",
                    class.name, finding.severity, finding.cell, finding.message
                ));
            }
            for caster in &derived.sheet.spellcasting.casters {
                if let Some(limit) = caster.prepared_limit
                    && caster.prepared_count != limit
                {
                    wrong.push(format!(
                        "{} {level}: {} prepared of {limit}",
                        class.name, caster.prepared_count
                    ));
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

#[test]
fn a_level_up_and_down_is_the_identity() {
    let content = Content::srd();
    for class in content.classes.values() {
        for level in [1, 2, 3, 4, 8, 19] {
            let before = built(&[(&class.name, level)]);
            let mut document = before.clone();
            let up = level_up(&source(&document), content, &class.name, None, "new").unwrap();
            carry_out(&mut document, &up);
            let chosen = rules::build::fill(&source(&document), content).unwrap();
            // Spells are prepared anew with every rest and are not the level's own.
            let chosen: Vec<_> = chosen
                .into_iter()
                .filter(|write| !format!("{write:?}").contains("/spellcasting/"))
                .collect();
            carry_out(&mut document, &chosen);
            let down = level_down(&source(&document), content).unwrap();
            carry_out(&mut document, &down);
            assert_eq!(document, before, "{} {level}", class.name);
        }
    }
}

#[test]
fn what_cannot_be_built_says_why() {
    let content = Content::srd();
    let recipe = |levels: &[&str], species: &str| Recipe {
        name: "X".to_owned(),
        handle: "x".to_owned(),
        levels: levels.iter().map(|level| (*level).to_owned()).collect(),
        species: species.to_owned(),
        ..Recipe::default()
    };
    let refusal = |recipe: Recipe| quick(content, &recipe, &mut ids()).unwrap_err().message;
    assert!(
        refusal(recipe(&[], "")).contains("no class")
            || refusal(recipe(&[], "")).contains("No pack")
    );
    assert!(refusal(recipe(&["Jester"], "")).contains("Jester"));
    assert!(refusal(recipe(&["Bard"], "Wookiee")).contains("Wookiee"));
    assert!(refusal(recipe(&["Bard"; 21], "")).contains("20 levels"));
    let bard = source(&built(&[("Bard", 1)]));
    assert!(
        level_up(&bard, content, "Bard", Some(9), "x")
            .unwrap_err()
            .message
            .contains("d8")
    );
    assert!(level_down(&bard, content).is_err());
}

#[test]
fn severity_of_a_lawful_character_is_nothing() {
    let derived = derive(
        &source(&built(&[("Fighter", 5), ("Wizard", 3)])),
        Content::srd(),
    );
    let serious: Vec<_> = derived
        .findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Warning)
        .collect();
    // The standard array of a fighter has no 13 in Intelligence: a house rule, and told.
    assert!(
        serious
            .iter()
            .all(|finding| finding.message.contains("Intelligence")),
        "{serious:?}"
    );
    let slots = &derived.sheet.spellcasting.spell_slots;
    assert_eq!((slots["1"].max, slots["2"].max), (4, 2));
}

#[test]
fn what_the_rules_gave_an_earlier_version_is_not_shown_of_a_later_one() {
    let content = Content::srd();
    let whole = built(&[("Cleric", 5), ("Fighter", 3)]);
    let mut by_hand = whole.clone();
    by_hand["build"]["packs"] = serde_json::json!({});
    let mut other = whole.clone();
    other["levels"] = built(&[("Wizard", 2)])["levels"].clone();
    other["identity"]["species"] = Value::from("Dwarf");
    for (before, after) in [
        (&whole, &by_hand),
        (&by_hand, &whole),
        (&whole, &other),
        (&other, &by_hand),
    ] {
        let tree = |document: &Value| history::Tree::from_value(document.clone()).unwrap();
        let (before, after) = (tree(before), tree(after));
        let changes = history::diff(&before, &after);
        let first = Source::from_tree(&before).unwrap();
        let cells = changes.iter().map(|change| &change.path);
        let second = first.after(cells, &after).unwrap();
        assert_eq!(second, Source::from_tree(&after).unwrap());
        let sheet = derive(&first, content).sheet;
        let earlier = rules::Earlier {
            source: &first,
            sheet: &sheet,
        };
        assert_eq!(
            rules::derive_after(earlier, &second, content),
            derive(&second, content)
        );
    }
}

#[test]
fn a_spell_that_is_added_is_prepared_while_there_is_room() {
    let content = Content::srd();
    let document = built(&[("Wizard", 1)]);
    let with = |document: &Value, name: &str| {
        let before = source(document);
        let caster = derive(&before, content).sheet.spellcasting.casters[0]
            .id
            .clone();
        let added = Added::Spell {
            name,
            caster: Some(&caster),
        };
        let mut after = document.clone();
        carry_out(&mut after, &add(&before, content, added, "new").unwrap());
        let derived = derive(&source(&after), content);
        assert_eq!(derived.findings, [], "{name}");
        let own = format!("{caster}-{}", rules::content::key(name));
        let prepared = after["spellcasting"]["spells"][&own]["prepared"].clone();
        (own, prepared, after)
    };
    let free: Vec<&str> = [
        "Alarm",
        "Grease",
        "Jump",
        "Longstrider",
        "Fog Cloud",
        "Identify",
    ]
    .into_iter()
    .filter(|name| {
        !document["spellcasting"]["spells"]
            .to_string()
            .contains(name)
    })
    .collect();
    // A quick build prepares as many as the rules allow.
    let (own, prepared, mut full) = with(&document, free[0]);
    assert_eq!(prepared, false);
    full["spellcasting"]["spells"][&own]["prepared"] = true.into();
    assert_ne!(derive(&source(&full), content).findings, [], "one too many");
    let spells = full["spellcasting"]["spells"].as_object_mut().unwrap();
    let other = spells
        .iter()
        .find(|(id, spell)| **id != own && spell["prepared"] == true)
        .map(|(id, _)| id.clone());
    spells[&other.unwrap()]["prepared"] = false.into();
    // What is there already stays as it is.
    assert_eq!(with(&full, free[0]).1, true);
    full["spellcasting"]["spells"][&own]["prepared"] = false.into();
    assert_eq!(with(&full, free[0]).1, false);
    assert_eq!(with(&full, free[1]).1, true);
}

#[test]
fn a_spell_that_is_there_already_keeps_what_was_written_of_it() {
    let content = Content::srd();
    let mut document = built(&[("Wizard", 1)]);
    let spells = document["spellcasting"]["spells"].as_object_mut().unwrap();
    let (id, spell) = spells.iter_mut().next().unwrap();
    let (caster, _) = id.split_once('-').unwrap();
    let (caster, name) = (caster.to_owned(), spell["name"].clone());
    spell["notes"] = "from the book of Ysolde".into();
    let added = Added::Spell {
        name: name.as_str().unwrap(),
        caster: Some(&caster),
    };
    let mut after = document.clone();
    carry_out(
        &mut after,
        &add(&source(&document), content, added, "new").unwrap(),
    );
    assert_eq!(after["spellcasting"], document["spellcasting"]);
}
