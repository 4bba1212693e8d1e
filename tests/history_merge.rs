//! Journeys through merges: the level-up and the loot, conflicts kept and decided, violations and their fixes, boards and picks.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::collections::BTreeMap;

use serde_json::{Value, json};
use services::Code;
use services::wire::{
    CellEdit, ChangeTone, Decision, EditOutcome, EditRequest, HitPoints, LevelUp, MergeAsk,
    MergeDone, MergePreview, NewBranch, QuickCharacter, SettledBy, SheetView, Strategy,
};
use testkit::TestLibrary;

fn built(test: &TestLibrary, class: &str, level: usize) -> SheetView {
    let asked = QuickCharacter {
        display_name: "Mira Thornway".to_owned(),
        levels: vec![class.to_owned(); level],
        ..QuickCharacter::default()
    };
    test.library().roster().quick(&asked).unwrap()
}

/// Makes a branch where one stands, and stands on it.
fn branch(test: &TestLibrary, id: &str, title: &str) {
    let asked = NewBranch {
        id: id.to_owned(),
        title: title.to_owned(),
        switch: true,
        ..NewBranch::default()
    };
    test.library().history().branch(&asked).unwrap();
}

fn stand(test: &TestLibrary, id: &str, branch: &str) {
    test.library().history().switch(id, branch).unwrap();
}

/// Sets cells where one stands.
fn set(test: &TestLibrary, id: &str, cells: &[(&str, Value)]) -> SheetView {
    let base = test.library().sheet().show(id).unwrap().commit;
    let changes = cells
        .iter()
        .map(|(path, value)| match value {
            Value::Null => CellEdit::Remove {
                path: (*path).to_owned(),
            },
            value => CellEdit::Set {
                path: (*path).to_owned(),
                value: value.clone(),
            },
        })
        .collect();
    let edit = EditRequest {
        id: id.to_owned(),
        branch: None,
        base,
        changes,
        message: None,
    };
    saved(test.library().sheet().edit(&edit).unwrap())
}

fn saved(outcome: EditOutcome) -> SheetView {
    match outcome {
        EditOutcome::Saved { view, .. } => *view,
        other => panic!("{other:?}"),
    }
}

fn ask(id: &str, from: &str) -> MergeAsk {
    MergeAsk {
        id: id.to_owned(),
        from: from.to_owned(),
        into: Some("main".to_owned()),
        ..MergeAsk::default()
    }
}

fn merge(test: &TestLibrary, ask: &MergeAsk) -> MergeDone {
    test.library().history().merge(ask).unwrap()
}

fn preview(test: &TestLibrary, ask: &MergeAsk) -> MergePreview {
    test.library().history().merge_preview(ask).unwrap()
}

#[test]
fn after_one_button_the_character_is_leveled_up_with_all_the_new_loot_still_in_the_inventory() {
    let test = TestLibrary::new();
    let start = built(&test, "Fighter", 4);
    let id = start.id.clone();

    // The player levels up at home.
    branch(&test, &id, "Level five");
    let raised = saved(
        test.library()
            .sheet()
            .level_up(&LevelUp {
                id: id.clone(),
                class: "Fighter".to_owned(),
                hit_points: HitPoints::Fixed,
            })
            .unwrap(),
    );
    // Meanwhile the DM hands out loot, and the fight goes on.
    stand(&test, &id, "main");
    let gold = start.source.equipment.currency.gp;
    let looted = set(
        &test,
        &id,
        &[
            (
                "/equipment/inventory/ruby",
                json!({"name": "Ruby", "rank": "y", "quantity": 3}),
            ),
            (
                "/equipment/magical_items/cloak",
                json!({"name": "Cloak of Elvenkind", "rank": "z"}),
            ),
            ("/equipment/currency/gp", json!(gold + 120)),
            ("/combat/damage_taken", json!(7)),
        ],
    );

    let done = merge(&test, &ask(&id, "level-five"));
    assert!(done.conflicts.is_empty(), "{:?}", done.conflicts);
    assert!(done.violations.is_empty(), "{:?}", done.violations);
    let sheet = &done.view.sheet;
    assert_eq!(sheet.identity.level, 5);
    assert_eq!(sheet.combat.hp_maximum, raised.sheet.combat.hp_maximum);
    assert!(sheet.combat.hp_maximum > start.sheet.combat.hp_maximum);
    assert_eq!(sheet.combat.current_hp, sheet.combat.hp_maximum - 7);
    let names = |view: &SheetView| -> Vec<String> {
        let features = view.sheet.actions.features.iter();
        features.map(|feature| feature.name.clone()).collect()
    };
    assert_eq!(names(&done.view), names(&raised));
    assert!(
        names(&done.view)
            .iter()
            .any(|name| name.contains("Extra Attack"))
    );
    assert_eq!(sheet.actions.attacks_per_action, 2);
    let inventory = &done.view.source.equipment.inventory;
    assert_eq!(inventory.get("ruby").unwrap().quantity, 3);
    assert_eq!(inventory.len(), looted.source.equipment.inventory.len());
    let magic = &done.view.source.equipment.magical_items;
    assert_eq!(magic.get("cloak").unwrap().name, "Cloak of Elvenkind");
    assert_eq!(done.view.source.equipment.currency.gp, gold + 120);

    // It is one version of both lines, on main, and one press of undo takes it back.
    assert_eq!(done.view.branch, "main");
    let undone = saved(test.library().sheet().undo(&id).unwrap());
    assert_eq!(undone.sheet.identity.level, 4);
    assert_eq!(
        undone
            .source
            .equipment
            .inventory
            .get("ruby")
            .unwrap()
            .quantity,
        3
    );
}

#[test]
fn a_preview_tells_what_merging_would_make_and_writes_nothing() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    set(
        &test,
        &id,
        &[
            ("/combat/damage_taken", json!(10)),
            ("/notes", json!("One.\n\nTwo.")),
        ],
    );
    branch(&test, &id, "What if");
    set(
        &test,
        &id,
        &[
            ("/combat/damage_taken", json!(14)),
            ("/abilities/scores/constitution", json!(14)),
            ("/notes", json!("One.\n\nTwo, and three.")),
        ],
    );
    stand(&test, &id, "main");
    let before = set(
        &test,
        &id,
        &[
            ("/combat/damage_taken", json!(5)),
            ("/identity/xp", json!(300)),
        ],
    );
    let shown = preview(&test, &ask(&id, "what-if"));
    assert!(!shown.nothing && shown.conflicts.is_empty());
    assert_eq!((shown.into.title.as_str(), shown.into.version), ("main", 3));
    assert_eq!(shown.base.as_ref().unwrap().version, 2);
    let line = |path: &str| shown.lines.iter().find(|line| line.path == path).unwrap();
    let damage = line("/combat/damage_taken");
    assert_eq!(damage.by, SettledBy::Added);
    let values = [&damage.base, &damage.ours, &damage.theirs, &damage.result];
    let values: Vec<&str> = values.iter().map(|v| v.as_deref().unwrap()).collect();
    assert_eq!(values, ["10", "5", "14", "9"], "5 healed and 4 taken");
    assert_eq!(line("/identity/xp").by, SettledBy::Ours);
    assert_eq!(line("/abilities/scores/constitution").by, SettledBy::Theirs);
    assert_eq!(
        line("/abilities/scores/constitution").theirs_by.as_deref(),
        Some("Maren")
    );
    let changes = shown
        .difference
        .sections
        .iter()
        .flat_map(|section| &section.changes);
    let changed: Vec<&str> = changes.map(|change| change.path.as_str()).collect();
    assert!(
        changed.contains(&"/notes") && !changed.contains(&"/identity/xp"),
        "{changed:?}"
    );
    assert!(shown.difference.consequences > 0);
    let now = test.library().sheet().show(&id).unwrap();
    assert_eq!(now.commit, before.commit, "nothing was written");

    // A cell that was settled by itself is reversed alone.
    let decided = MergeAsk {
        decisions: BTreeMap::from([(
            "/combat/damage_taken".to_owned(),
            Decision::Side { side: 0 },
        )]),
        ..ask(&id, "what-if")
    };
    let done = merge(&test, &decided);
    assert_eq!(done.view.source.combat.damage_taken, 5);
    assert_eq!(done.view.source.abilities.scores.constitution, 14);
    assert_eq!(done.view.source.notes, "One.\n\nTwo, and three.");
    assert_eq!(done.view.sheet.audit_trail[0].detail, "Merged What if");

    // Nothing is left to bring in, and merging again writes nothing.
    assert!(preview(&test, &ask(&id, "what-if")).nothing);
    let again = merge(&test, &ask(&id, "what-if"));
    assert_eq!(again.view.commit, done.view.commit);

    // Blame goes to the line that the value came from.
    let blame = |cell: &str| test.library().history().blame(&id, cell, 0).unwrap();
    let score = blame("/abilities/scores/constitution");
    assert_eq!(score.steps[0].after, "14");
    assert_ne!(score.steps[0].commit, done.view.commit);
}

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
fn two_legal_halves_can_make_an_illegal_whole_and_every_fix_mends_it() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    let ring = |n: u32| json!({"name": format!("Ring {n}"), "rank": format!("r{n}"), "requires_attunement": true, "attuned": true});
    set(
        &test,
        &id,
        &[
            ("/equipment/magical_items/r1", ring(1)),
            ("/equipment/magical_items/r2", ring(2)),
        ],
    );
    branch(&test, &id, "Third ring");
    set(&test, &id, &[("/equipment/magical_items/r3", ring(3))]);
    stand(&test, &id, "main");
    set(&test, &id, &[("/equipment/magical_items/r4", ring(4))]);

    let shown = preview(&test, &ask(&id, "third-ring"));
    assert!(shown.conflicts.is_empty());
    let [violation] = shown.violations.as_slice() else {
        panic!("one objection: {:?}", shown.violations)
    };
    let labels: Vec<&str> = violation
        .fixes
        .iter()
        .map(|fix| fix.label.as_str())
        .collect();
    assert!(labels.contains(&"Ring 3, attuned: no"), "{labels:?}");
    assert!(
        labels.contains(&"Ring 1, attuned: no"),
        "an older one may give way: {labels:?}"
    );
    assert!(labels.contains(&"Leave out “Ring 3”"), "{labels:?}");
    for fix in &violation.fixes {
        let decisions = fix.sets.iter().map(|(path, value)| {
            (
                path.clone(),
                Decision::Value {
                    value: value.clone(),
                },
            )
        });
        let asked = MergeAsk {
            decisions: decisions.collect(),
            ..ask(&id, "third-ring")
        };
        let mended = preview(&test, &asked);
        assert!(
            mended.violations.is_empty(),
            "{}: {:?}",
            fix.label,
            mended.violations
        );
    }

    // Or the DM allows it, with a reason that stays on the sheet.
    let allowed = MergeAsk {
        allow: BTreeMap::from([(violation.key.clone(), "The gods smile on her".to_owned())]),
        ..ask(&id, "third-ring")
    };
    let done = merge(&test, &allowed);
    let allowance = done.violations[0].allowed.as_ref().unwrap();
    assert_eq!(
        (allowance.by.as_str(), allowance.reason.as_str()),
        ("Maren", "The gods smile on her")
    );
    let record = &done.view.source.allowances[&violation.key];
    assert_eq!(record.reason, "The gods smile on her");
    // From then on the sheet says it apart from what does not add up; taken back, it is an objection again.
    let view = &done.view;
    assert_eq!(view.allowed.len(), 1);
    assert_eq!(view.allowed[0].key, violation.key);
    let objection = &view.allowed[0].finding;
    assert!(!view.findings.contains(objection));
    let cell = format!("/allowances/{}", violation.key);
    let back = set(&test, &id, &[(&cell, Value::Null)]);
    assert_eq!(back.allowed, []);
    assert!(back.findings.contains(objection));
    let unknown = MergeAsk {
        allow: BTreeMap::from([("nothing".to_owned(), "why not".to_owned())]),
        ..ask(&id, "main")
    };
    let error = test.library().history().merge(&unknown);
    assert!(error.is_err() || preview(&test, &ask(&id, "main")).nothing);
}

#[test]
fn repeated_and_crossed_merges_ask_nothing_twice() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    branch(&test, &id, "Twin");
    set(
        &test,
        &id,
        &[
            ("/identity/xp", json!(100)),
            ("/combat/damage_taken", json!(4)),
        ],
    );
    stand(&test, &id, "main");
    set(&test, &id, &[("/identity/xp", json!(50))]);
    let done = merge(&test, &ask(&id, "twin"));
    assert_eq!(done.view.source.identity.xp, 150);
    // The other way round, too; then both go on and meet again.
    let back = MergeAsk {
        into: Some("twin".to_owned()),
        ..ask(&id, "main")
    };
    merge(&test, &back);
    stand(&test, &id, "twin");
    set(&test, &id, &[("/identity/xp", json!(250))]);
    stand(&test, &id, "main");
    set(&test, &id, &[("/identity/xp", json!(175))]);
    let done = merge(&test, &ask(&id, "twin"));
    assert_eq!(
        done.view.source.identity.xp, 275,
        "150 and 100 and 25: nothing is counted twice"
    );
    assert_eq!(done.view.source.combat.damage_taken, 4);
    assert!(done.conflicts.is_empty());
}

#[test]
fn a_board_shows_versions_side_by_side_and_cells_are_picked_from_it() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    set(&test, &id, &[("/abilities/scores/dexterity", json!(12))]);
    branch(&test, &id, "Nimble");
    set(
        &test,
        &id,
        &[
            ("/abilities/scores/dexterity", json!(16)),
            (
                "/equipment/inventory/bow",
                json!({"name": "Longbow", "rank": "a", "quantity": 1}),
            ),
        ],
    );
    stand(&test, &id, "main");
    branch(&test, &id, "Tough");
    set(&test, &id, &[("/abilities/scores/constitution", json!(16))]);
    stand(&test, &id, "main");

    let sides = ["main", "nimble", "tough"].map(str::to_owned);
    let board = test.library().history().board(&id, &sides).unwrap();
    let titles: Vec<&str> = board.sides.iter().map(|s| s.side.title.as_str()).collect();
    assert_eq!(titles, ["main", "Nimble", "Tough"]);
    let row = |path: &str| board.rows.iter().find(|row| row.path == path).unwrap();
    let texts = |path: &str| -> Vec<String> {
        let values = row(path).values.iter();
        values.map(|v| v.clone().unwrap_or_default()).collect()
    };
    assert_eq!(texts("/combat/armor_class"), ["11", "13", "11"]);
    assert!(row("/combat/armor_class").derived && row("/combat/armor_class").differs);
    assert!(!row("/combat/speed").differs, "everybody asks for it");
    assert_eq!(texts("/abilities/scores/dexterity"), ["12", "16", "12"]);
    assert_eq!(texts("/equipment/inventory/bow"), ["", "Longbow", ""]);

    let pick =
        |onto: &str, from: &str, path: &str| test.library().history().pick(&id, onto, from, path);
    // A cell of a thing that the branch lacks brings the thing.
    let view = saved(pick("tough", "nimble", "/equipment/inventory/bow/quantity").unwrap());
    assert_eq!(view.branch, "tough");
    assert_eq!(
        view.source.equipment.inventory.get("bow").unwrap().name,
        "Longbow"
    );
    assert_eq!(
        view.sheet.audit_trail[0].detail,
        "Picked Longbow from Nimble"
    );
    let view = saved(pick("tough", "nimble", "/abilities/scores/dexterity").unwrap());
    assert_eq!(view.source.abilities.scores.dexterity, 16);
    assert_eq!(view.source.abilities.scores.constitution, 16);
    let error = pick("tough", "nimble", "/combat/armor_class").unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let one = ["main".to_owned()];
    assert_eq!(
        test.library().history().board(&id, &one).unwrap_err().code,
        Code::Invalid
    );
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
