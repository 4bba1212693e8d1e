//! Journeys through merges: the level-up and the loot, previews, violations and their fixes; conflicts and boards stand beside.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

#[path = "history_merge/board.rs"]
mod board;
#[path = "history_merge/conflicts.rs"]
mod conflicts;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use services::wire::{
    CellEdit, Decision, EditRequest, HitPoints, LevelUp, MergeAsk, MergeDone, MergePreview,
    NewBranch, SettledBy, SheetView,
};
use testkit::{TestLibrary, saved};

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
    let start = test.built("Fighter", 4);
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
    assert_eq!(done.view.sheet.audit_trail[0].detail, "Brought in What if");

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
