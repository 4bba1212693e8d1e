//! Holds the schema, the types, the example and the policies together.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use history::{CellPath, Policy, Tree};
use serde_json::{Value, json};
use sheet::{CellKind, CellSpec, Source};

/// Fills every cell that the schema knows with a value it accepts, and every collection with one thing.
fn full_document() -> Value {
    let specs = sheet::cell_specs();
    let mut tree = Tree::empty();
    for spec in &specs {
        let value = match (spec.pattern.as_str(), spec.kind) {
            (_, CellKind::Record | CellKind::Keyed | CellKind::Map) => continue,
            ("/format", _) => json!(sheet::FORMAT),
            ("/record/handle", _) => json!("old-hask-2"),
            (_, CellKind::Line) => json!("x".repeat(spec.max.unwrap() as usize)),
            (_, CellKind::Prose) => json!("# One\n\n\tTwo é"),
            (_, CellKind::Integer | CellKind::Number) => json!(spec.max.unwrap()),
            (_, CellKind::Flag) => json!(true),
            (_, CellKind::Choice) => json!(spec.options.last().unwrap()),
            (_, CellKind::Asset) => json!("0a".repeat(32)),
            (_, CellKind::Reference) => json!("id-1"),
            (_, CellKind::Set) => json!({ spec.options.first().copied().unwrap_or("Name"): true }),
            ("/conflicts/*", _) => json!({
                "base": "Acolyte",
                "sides": [{ "from": "Maren", "value": "Sage" }, { "from": "Tobi" }],
            }),
            (_, CellKind::Free) => json!({ "anything": [1, "two", null] }),
        };
        let path = concrete(&spec.pattern, &specs);
        tree = history::edit(&tree, [history::Edit::Set { path, value }]).unwrap();
    }
    tree.to_value()
}

/// Puts a name in the place of each `*`.
fn concrete(pattern: &str, specs: &[CellSpec]) -> CellPath {
    let mut around = String::new();
    let mut segments: Vec<String> = Vec::new();
    for part in pattern.split('/').skip(1) {
        if part == "*" {
            let spec = specs.iter().find(|spec| spec.pattern == around).unwrap();
            let name = match around.as_str() {
                "/overrides" | "/events/*/counted" => "/combat/armor_class",
                "/conflicts" => "/identity/background",
                _ => spec.options.first().copied().unwrap_or("id-1"),
            };
            segments.push(name.to_owned());
        } else {
            segments.push(part.to_owned());
        }
        around = format!("{around}/{part}");
    }
    CellPath::from_segments(segments)
}

fn normal(value: Value) -> Value {
    Tree::from_value(value).unwrap().to_value()
}

#[test]
fn the_types_hold_every_cell_of_the_schema_and_no_other() {
    let document = full_document();
    sheet::check_document(&document).unwrap();
    let source = Source::from_value(&document).unwrap();
    assert_eq!(normal(serde_json::to_value(&source).unwrap()), document);
    assert_eq!(
        Source::from_tree(&Tree::from_value(document).unwrap()).unwrap(),
        source
    );
}

#[test]
fn the_defaults_are_lawful_cells() {
    let mut defaults = serde_json::to_value(Source::default()).unwrap();
    // The one cell without a lawful default: a library gives the handle.
    assert_eq!(defaults["record"]["handle"].take(), json!(""));
    defaults["record"]["handle"] = json!("a");
    sheet::check_document(&defaults).unwrap();
    assert_eq!(Source::from_value(&json!({})).unwrap(), Source::default());
}

#[test]
fn the_example_fills_every_kind_of_cell() {
    let example: Value = serde_json::from_str(include_str!("../fixtures/example.json")).unwrap();
    sheet::check_document(&example).unwrap();
    let source = Source::from_value(&example).unwrap();
    assert_eq!(sheet::validate(&source), []);
    let specs = sheet::cell_specs();
    for spec in &specs {
        let parts: Vec<&str> = spec.pattern.split('/').skip(1).collect();
        assert!(
            reaches(&example, &parts),
            "the example shows no `{}`",
            spec.pattern
        );
    }
}

fn reaches(value: &Value, parts: &[&str]) -> bool {
    let Some((part, rest)) = parts.split_first() else {
        return true;
    };
    match value {
        // An open optional record shows nothing of itself; another entry does.
        Value::Object(map) if *part == "*" => {
            map.values().any(|value| reaches(value, rest)) || map.is_empty()
        }
        Value::Object(map) => map.get(*part).is_some_and(|value| reaches(value, rest)),
        _ => false,
    }
}

#[test]
fn no_cell_is_both_written_and_computed() {
    let specs = sheet::cell_specs();
    for spec in &specs {
        let path = concrete(&spec.pattern, &specs);
        assert!(!sheet::is_derived(&path), "{path}");
        let found = sheet::cell_spec(&path).unwrap();
        assert_eq!(
            (found.kind, found.max, found.optional),
            (spec.kind, spec.max, spec.optional)
        );
    }
}

#[test]
fn cells_have_the_policies_of_their_kind() {
    let counter = |max| Policy::Counter {
        min: Some(0),
        max: Some(max),
    };
    for (path, policy) in [
        ("/identity/xp", counter(10_000_000)),
        ("/identity/species", Policy::Choice),
        ("/identity/alignment", Policy::Atomic),
        ("/identity/personality/backstory", Policy::Prose),
        ("/record/persona/traits", Policy::Set),
        ("/levels", Policy::Event),
        ("/events", Policy::Event),
        ("/events/a/counted", Policy::Counted),
        ("/conflicts", Policy::Atomic),
        ("/levels/a/rank", Policy::Order),
        ("/levels/a/class", Policy::Choice),
        ("/abilities/scores/wisdom", Policy::Choice),
        ("/proficiencies/languages", Policy::Set),
        ("/proficiencies/skills/stealth", Policy::Choice),
        ("/combat/damage_taken", counter(100_000)),
        ("/combat/temporary_hp", Policy::Maximum),
        ("/combat/exhaustion", Policy::Maximum),
        ("/combat/hit_dice_used/d8", counter(100)),
        ("/combat/death_saves/failures", counter(3)),
        ("/actions/features", Policy::Keyed),
        ("/actions/features/a/uses/used", counter(1_000)),
        ("/actions/features/a/uses/max", Policy::Atomic),
        ("/equipment/inventory", Policy::Keyed),
        ("/equipment/inventory/a/quantity", counter(1_000_000)),
        ("/equipment/inventory/a/container", Policy::Parent),
        ("/equipment/inventory/a/armor/base", Policy::Atomic),
        ("/equipment/currency/gp", counter(1_000_000_000)),
        ("/equipment/magical_items/a/charges/used", counter(1_000)),
        ("/spellcasting/slots/3/used", counter(30)),
        ("/spellcasting/pact/used", counter(30)),
        ("/spellcasting/spells/a/prepared", Policy::Atomic),
        ("/conditions", Policy::Keyed),
        ("/overrides", Policy::Keyed),
        ("/notes", Policy::Prose),
    ] {
        assert_eq!(
            sheet::policies().of(&path.parse().unwrap()),
            policy,
            "{path}"
        );
    }
}

#[test]
fn every_type_that_crosses_to_the_interface_exports() {
    let types = specta::Types::default()
        .register::<Source>()
        .register::<sheet::CompleteSheet>()
        .register::<sheet::SheetMeta>()
        .register::<sheet::Summary>()
        .register::<sheet::Stat>()
        .register::<sheet::Finding>()
        .register::<sheet::CellError>()
        .register::<sheet::CellSpec>()
        .register::<sheet::vocabulary::Vocabulary>();
    let text = specta_typescript::Typescript::default()
        .export(&types, specta_serde::Format)
        .unwrap();
    for line in [
        "export type Source = {",
        "export type Ability = ",
        "armor_class: number",
        "weight_lb: number,",
        "hit_points: number | null,",
        "\ttype: string,",
    ] {
        assert!(text.contains(line), "`{line}` is missing in:\n{text}");
    }
}
