//! Whatever a source holds, deriving it neither fails nor panics, and every number is the sum of its terms.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use rules::build::{Recipe, quick};
use rules::{Content, Earlier, derive, derive_after};
use serde_json::{Value, json};
use sheet::{CellKind, CellSpec, Source};

const IDS: [&str; 3] = ["a", "b", "c"];

/// A cell to fill: which, under which ids, with which number.
type Fill = (prop::sample::Index, [usize; 4], i64);

fn fills() -> impl Strategy<Value = Vec<Fill>> {
    let number = prop_oneof![
        4 => 0_i64..30,
        1 => -40_i64..40,
        1 => prop::sample::select(vec![i64::from(i32::MIN), i64::from(i32::MAX), -1, 0, 1_000_000_000]),
    ];
    prop::collection::vec(
        (any::<prop::sample::Index>(), any::<[usize; 4]>(), number),
        0..250,
    )
}

/// Builds a document from cells of the schema; `wild` puts numbers beyond their ranges.
fn document(specs: &[CellSpec], fills: &[Fill], wild: bool) -> Value {
    let by_pattern: BTreeMap<&str, &CellSpec> = specs
        .iter()
        .map(|spec| (spec.pattern.as_str(), spec))
        .collect();
    let mut root = json!({});
    for (which, ids, number) in fills {
        let spec = &specs[which.index(specs.len())];
        let pick = ids[3];
        let held = |n: i64| match (spec.min, spec.max) {
            (Some(min), Some(max)) if !wild => (n as f64).clamp(min.ceil(), max.floor()) as i64,
            _ => n,
        };
        let value = match spec.kind {
            CellKind::Record | CellKind::Keyed | CellKind::Map | CellKind::Free => continue,
            _ if spec.pattern == "/format" || spec.pattern == "/record/handle" => continue,
            // A range may not reach a whole number; a half lies in all that have none.
            CellKind::Number if spec.max < Some(5.0) => json!(0.5),
            CellKind::Integer | CellKind::Number => json!(held(*number)),
            CellKind::Flag => json!(number % 2 == 0),
            CellKind::Choice => json!(spec.options[pick % spec.options.len()]),
            CellKind::Asset => json!(null),
            CellKind::Reference => json!(IDS[pick % IDS.len()]),
            CellKind::Set if spec.options.is_empty() => {
                json!({"finesse": true, "fire": number % 3 == 0})
            }
            CellKind::Set => json!({spec.options[pick % spec.options.len()]: true}),
            CellKind::Line if spec.pattern.ends_with("/cell") => json!("/combat/armor_class"),
            CellKind::Line | CellKind::Prose => {
                json!(["", "1d8", "Fighter", "Wizard", "é", "7"][pick % 6])
            }
        };
        let mut at = &mut root;
        let mut around = String::new();
        let mut depth = 0;
        for part in spec.pattern.split('/').skip(1) {
            let key = if part == "*" {
                let options = &by_pattern[around.as_str()].options;
                let id = ids[depth % 3];
                depth += 1;
                match around.as_str() {
                    "/overrides" => "/combat/armor_class",
                    "/events/*/counted" => ["/identity/xp", "/combat/damage_taken"][id % 2],
                    "/proficiencies/skills" => ["stealth", "arcana", "perception"][id % 3],
                    _ if options.is_empty() => IDS[id % IDS.len()],
                    _ => options[id % options.len()],
                }
            } else {
                part
            };
            around = format!("{around}/{part}");
            if at.is_null() {
                *at = json!({});
            }
            at = &mut at[key];
        }
        *at = value;
    }
    root
}

/// Lists the slots of every class at level 20, with all that may be chosen anywhere, and names that nothing has.
fn slots_and_ids() -> (&'static [String], &'static [String]) {
    static BOTH: std::sync::OnceLock<(Vec<String>, Vec<String>)> = std::sync::OnceLock::new();
    let (slots, ids) = BOTH.get_or_init(|| {
        let content = Content::srd();
        let mut slots = vec!["nobody.offers.this".to_owned(), "fighter..".to_owned()];
        for class in content.classes.values() {
            let recipe = Recipe {
                name: "A".to_owned(),
                handle: "a".to_owned(),
                levels: vec![class.name.clone(); 20],
                ..Recipe::default()
            };
            let mut next = 0;
            let mut new_id = || {
                next += 1;
                format!("id-{next}")
            };
            let document = quick(content, &recipe, &mut new_id).unwrap();
            let choices = document["build"]["choices"].as_object().unwrap();
            slots.extend(choices.keys().cloned());
        }
        let mut ids = vec![
            "nothing".to_owned(),
            "-1".to_owned(),
            "strength".to_owned(),
            "wisdom".to_owned(),
        ];
        ids.extend(content.feats.keys().cloned());
        ids.extend(content.options.keys().cloned());
        ids.extend(sheet::vocabulary::SKILLS.map(|skill| skill.key.to_owned()));
        ids.extend(content.weapons.keys().take(8).cloned());
        ids.extend(content.spells.keys().take(40).cloned());
        (slots, ids)
    });
    (slots, ids)
}

proptest! {
    #[test]
    fn lawful_sources_derive_with_honest_terms(fills in fills()) {
        let document = document(&sheet::cell_specs(), &fills, false);
        sheet::check_document(&document).unwrap();
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, &Content::none());
        for (cell, stat) in &derived.stats {
            let sum: f64 = stat.terms.iter().map(|term| term.value).sum();
            let computed = stat.computed.unwrap_or(stat.value);
            prop_assert!((sum - computed).abs() < 0.006, "{cell}: {stat:?}");
            let path = cell.parse().unwrap();
            prop_assert!(sheet::is_derived(&path), "{cell} is explained but not declared");
            for term in &stat.terms {
                let Some(from) = &term.source_cell else { continue };
                let path = from.parse().unwrap();
                let known = sheet::cell_spec(&path).is_some() || derived.stats.contains_key(from);
                prop_assert!(known, "{cell} leads to `{from}`, which is no cell");
            }
        }
        for finding in &derived.findings {
            let path = finding.cell.parse().unwrap();
            prop_assert!(sheet::cell_spec(&path).is_some(), "{finding:?} points at no cell");
        }
        let combat = &derived.sheet.combat;
        prop_assert!(combat.current_hp >= 0 && combat.speed >= 0);
        prop_assert_eq!(derive(&source, &Content::none()), derived);
    }

    #[test]
    fn what_an_edit_left_alone_is_taken_over_and_right(
        before in fills(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<[usize; 4]>(), 0_i64..30), 0..6),
        dropped in any::<prop::sample::Index>(),
        wild: bool,
    ) {
        let specs = sheet::cell_specs();
        let kept = before.iter().enumerate();
        let gone = dropped.index(before.len() + 1);
        let after: Vec<Fill> = kept.filter(|(at, _)| *at != gone).map(|(_, fill)| fill).chain(&edits).cloned().collect();
        let tree = |fills: &[Fill]| history::Tree::from_value(document(&specs, fills, wild)).unwrap();
        let (before, after) = (tree(&before), tree(&after));
        let changes = history::diff(&before, &after);
        let first = Source::from_tree(&before).unwrap();
        let second = first.after(changes.iter().map(|change| &change.path), &after).unwrap();
        prop_assert_eq!(&second, &Source::from_tree(&after).unwrap());
        for content in [&Content::none(), Content::srd()] {
            let sheet = derive(&first, content).sheet;
            let earlier = Earlier { source: &first, sheet: &sheet };
            prop_assert_eq!(derive_after(earlier, &second, content), derive(&second, content));
        }
    }

    #[test]
    fn built_sources_do_not_panic_whatever_is_picked(
        fills in fills(),
        wild: bool,
        levels in prop::collection::vec(any::<prop::sample::Index>(), 0..24),
        species in any::<prop::sample::Index>(),
        background in any::<prop::sample::Index>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(any::<prop::sample::Index>(), 1..6)), 0..40),
    ) {
        let content = Content::srd();
        let (slots, ids) = slots_and_ids();
        let mut document = document(&sheet::cell_specs(), &fills, wild);
        let name = |names: Vec<&str>, which: &prop::sample::Index| (*which.get(&names)).to_owned();
        document["build"]["packs"]["srd-5.2"] = json!("5.2.1");
        document["identity"]["species"] = json!(name(content.species.values().map(|s| s.name.as_str()).collect(), &species));
        document["identity"]["background"] = json!(name(content.backgrounds.values().map(|b| b.name.as_str()).collect(), &background));
        for (place, which) in levels.iter().enumerate() {
            let class = name(content.classes.values().map(|c| c.name.as_str()).collect(), which);
            let subclass = content.subclasses.values().find(|s| s.class == class).map_or("", |s| s.name.as_str());
            document["levels"][format!("level-{place}")] = json!({"rank": format!("b{place:02}"), "class": class, "subclass": subclass});
        }
        for (slot, picked) in &picks {
            let picked: Vec<&str> = picked.iter().map(|id| id.get(ids).as_str()).collect();
            document["build"]["choices"][slot.get(slots)] = json!(picked.join(" "));
        }
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, content);
        prop_assert!(serde_json::to_vec(&derived.sheet).is_ok());
        for (cell, stat) in &derived.stats {
            let sum: f64 = stat.terms.iter().map(|term| term.value).sum();
            prop_assert!((sum - stat.computed.unwrap_or(stat.value)).abs() < 0.006, "{cell}: {stat:?}");
        }
        for choice in derived.sheet.choices.iter().take(8) {
            prop_assert!(choice.open >= 0 && choice.open <= choice.count);
            let _ = rules::options(&source, content, &choice.cell);
        }
        prop_assert_eq!(derive(&source, content), derived);
    }

    #[test]
    fn wild_sources_do_not_panic(fills in fills()) {
        let document = document(&sheet::cell_specs(), &fills, true);
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, &Content::none());
        prop_assert!(serde_json::to_vec(&derived.sheet).is_ok());
        prop_assert!(serde_json::to_vec(&derived.stats).is_ok());
    }
}
