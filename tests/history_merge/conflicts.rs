//! Journeys of conflicts: kept in the sheet while play goes on, decided by cell and by strategy, about things that are gone.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use services::Code;
use services::wire::{ChangeTone, Decision, MergeAsk, Strategy};
use testkit::{TestLibrary, saved};

use super::{ask, branch, merge, preview, set, stand};

#[test]
fn a_conflict_waits_in_the_sheet_while_play_goes_on() {
    let mut test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    set(&test, &id, &[("/identity/species", json!("Elf"))]);
    branch(&test, &id, "Dwarf after all");
    set(
        &test,
        &id,
        &[
            ("/identity/species", json!("Dwarf")),
            ("/identity/background", json!("Sage")),
        ],
    );
    stand(&test, &id, "main");
    set(
        &test,
        &id,
        &[
            ("/identity/species", json!("Human")),
            ("/identity/background", json!("Soldier")),
        ],
    );

    let shown = preview(&test, &ask(&id, "dwarf-after-all"));
    assert_eq!(shown.conflicts.len(), 2);
    let done = merge(&test, &ask(&id, "dwarf-after-all"));
    assert_eq!(done.conflicts.len(), 2);
    assert_eq!(
        done.view.source.identity.species, "Human",
        "ours, for the time being"
    );
    test.reopen();

    // Play goes on.
    set(&test, &id, &[("/combat/damage_taken", json!(3))]);
    let open = test.library().history().conflicts(&id).unwrap();
    let species = open.iter().find(|c| c.path == "/identity/species").unwrap();
    assert_eq!(
        (species.base_text.as_str(), species.standing.as_str()),
        ("Elf", "Human")
    );
    let sides: Vec<(&str, &str, &str)> = species
        .sides
        .iter()
        .map(|side| (side.from.as_str(), side.author.as_str(), side.text.as_str()))
        .collect();
    assert_eq!(
        sides,
        [
            ("main", "Maren", "Human"),
            ("Dwarf after all", "Maren", "Dwarf")
        ]
    );
    assert!(!species.both);

    // One is decided now, the other by a strategy later.
    let one = BTreeMap::from([("/identity/species".to_owned(), Decision::Side { side: 1 })]);
    let view = saved(test.library().history().resolve(&id, &one, None).unwrap());
    assert_eq!(view.source.identity.species, "Dwarf");
    assert_eq!(view.sheet.audit_trail[0].detail, "Decided 1 of 2 conflicts");
    let error = test
        .library()
        .history()
        .resolve(&id, &one, None)
        .unwrap_err();
    assert_eq!(error.code, Code::NotFound);
    let rest = Some(Strategy::Base);
    let view = saved(
        test.library()
            .history()
            .resolve(&id, &BTreeMap::new(), rest)
            .unwrap(),
    );
    assert_eq!(view.source.identity.background, "");
    assert!(test.library().history().conflicts(&id).unwrap().is_empty());
    assert_eq!(view.source.combat.damage_taken, 3);
}

#[test]
fn conflicts_are_decided_while_merging_by_cell_and_by_strategy() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    branch(&test, &id, "Other");
    let theirs = [
        ("/identity/species", json!("Dwarf")),
        ("/identity/background", json!("Sage")),
        ("/identity/alignment", json!("Neutral")),
    ];
    set(&test, &id, &theirs);
    stand(&test, &id, "main");
    let ours = [
        ("/identity/species", json!("Human")),
        ("/identity/background", json!("Soldier")),
        ("/identity/alignment", json!("Chaotic Good")),
    ];
    set(&test, &id, &ours);
    let decided = MergeAsk {
        decisions: BTreeMap::from([
            ("/identity/species".to_owned(), Decision::Side { side: 0 }),
            (
                "/identity/background".to_owned(),
                Decision::Value {
                    value: Some(json!("Acolyte")),
                },
            ),
        ]),
        strategy: Some(Strategy::Theirs),
        message: "The table decided".to_owned(),
        ..ask(&id, "other")
    };
    let done = merge(&test, &decided);
    assert!(done.conflicts.is_empty());
    let identity = &done.view.source.identity;
    assert_eq!(
        (
            identity.species.as_str(),
            identity.background.as_str(),
            identity.alignment.as_str()
        ),
        ("Human", "Acolyte", "Neutral")
    );
    assert_eq!(done.view.sheet.audit_trail[0].detail, "The table decided");
    for (path, decision) in [
        ("/identity/species", Decision::Side { side: 2 }),
        ("/identity/species", Decision::Both),
        (
            "/identity/species",
            Decision::Value {
                value: Some(json!(7)),
            },
        ),
    ] {
        stand(&test, &id, "other");
        set(
            &test,
            &id,
            &[(
                "/identity/species",
                json!(format!("{path}{decision:?}").len().to_string()),
            )],
        );
        stand(&test, &id, "main");
        let asked = MergeAsk {
            decisions: BTreeMap::from([(path.to_owned(), decision)]),
            ..ask(&id, "other")
        };
        let error = test.library().history().merge_preview(&asked).unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{error:?}");
    }
}

#[test]
fn a_thing_that_one_removed_and_the_other_changed_is_asked_about() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    let rope = json!({"name": "Rope", "rank": "a", "quantity": 1});
    set(&test, &id, &[("/equipment/inventory/rope", rope)]);
    branch(&test, &id, "Sold");
    set(
        &test,
        &id,
        &[
            ("/equipment/inventory/rope", Value::Null),
            ("/equipment/currency/gp", json!(1)),
        ],
    );
    stand(&test, &id, "main");
    set(
        &test,
        &id,
        &[("/equipment/inventory/rope/name", json!("Silk rope"))],
    );
    let shown = preview(&test, &ask(&id, "sold"));
    let [conflict] = shown.conflicts.as_slice() else {
        panic!("one question: {:?}", shown.conflicts)
    };
    assert_eq!(conflict.path, "/equipment/inventory/rope");
    assert_eq!(conflict.sides[1].value, None);
    let sold = MergeAsk {
        strategy: Some(Strategy::Theirs),
        ..ask(&id, "sold")
    };
    let gone = preview(&test, &sold);
    let changes: Vec<(&str, ChangeTone)> = gone
        .difference
        .sections
        .iter()
        .flat_map(|section| &section.changes)
        .map(|change| (change.path.as_str(), change.tone))
        .collect();
    assert!(
        changes.contains(&("/equipment/inventory/rope", ChangeTone::Removed)),
        "{changes:?}"
    );
    let done = merge(&test, &sold);
    assert!(done.view.source.equipment.inventory.get("rope").is_none());
    assert_eq!(done.view.source.equipment.currency.gp, 1);
}
