//! Journeys through the sheet: edited, explained, merged, in conflict, undone, redone, rolled back.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use serde_json::{Value, json};
use services::Code;
use services::wire::{CellEdit, ChangeTone, EditOutcome, EditRequest, MergedBy, SheetView};
use testkit::TestLibrary;

fn request(view: &SheetView, changes: &[(&str, Value)]) -> EditRequest {
    EditRequest {
        id: view.id.clone(),
        branch: None,
        base: view.commit.clone(),
        changes: changes
            .iter()
            .map(|(path, value)| CellEdit::Set {
                path: (*path).to_owned(),
                value: value.clone(),
            })
            .collect(),
        message: None,
    }
}

#[test]
fn an_edit_is_worked_out_told_and_found_again() {
    let mut test = TestLibrary::new();
    let view = test.character("Sorrel");
    let outcome = test
        .library()
        .sheet()
        .edit(&request(
            &view,
            &[("/abilities/scores/dexterity", json!(18))],
        ))
        .unwrap();
    let EditOutcome::Saved {
        view,
        changes,
        merged,
    } = outcome
    else {
        panic!("{outcome:?}")
    };
    assert_eq!(view.sheet.statistics.ability_modifiers.dexterity, 4);
    assert_eq!(view.sheet.combat.initiative, 4);
    assert!(merged.is_empty());
    assert_eq!(changes[0].label, "Dexterity");
    assert_eq!(
        (changes[0].before.as_str(), changes[0].after.as_str()),
        ("10", "18")
    );
    let armor = changes
        .iter()
        .find(|line| line.path == "/combat/armor_class")
        .unwrap();
    assert_eq!(armor.tone, ChangeTone::Consequence);
    assert_eq!((armor.before.as_str(), armor.after.as_str()), ("10", "14"));
    test.reopen();
    let again = test.library().sheet().show(&view.id).unwrap();
    assert_eq!(again.commit, view.commit);
    assert_eq!(again.sheet, view.sheet);
    assert_eq!(again.sheet.version, 2);
    assert_eq!(again.sheet.audit_trail.len(), 2);
}

#[test]
fn numbers_explain_themselves_and_overrides_say_so() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/abilities/scores/dexterity", 16);
    let armor = test
        .library()
        .sheet()
        .explain(&view.id, None, "/combat/armor_class")
        .unwrap();
    assert!((armor.value - 13.0).abs() < f64::EPSILON);
    assert!((armor.terms.iter().map(|term| term.value).sum::<f64>() - 13.0).abs() < f64::EPSILON);
    let view = test.saved(
        &view,
        "/overrides/~1combat~1armor_class",
        json!({"value": 17, "note": "the heron's blessing"}),
    );
    assert_eq!(view.sheet.combat.armor_class, 17);
    let armor = &view.stats["/combat/armor_class"];
    assert_eq!(armor.computed, Some(13.0));
    assert_eq!(armor.override_note.as_deref(), Some("the heron's blessing"));
    let failure = test
        .library()
        .sheet()
        .explain(&view.id, None, "/identity/name")
        .unwrap_err();
    assert_eq!(failure.code, Code::NotFound);
}

#[test]
fn two_windows_that_edit_different_cells_both_win() {
    let test = TestLibrary::new();
    let both = test.character("Sorrel");
    test.saved(&both, "/identity/xp", 900);
    let outcome = test.set(&both, "/identity/alignment", "Neutral Good");
    let EditOutcome::Saved { view, merged, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(view.sheet.identity.xp, 900);
    assert_eq!(view.sheet.identity.alignment, "Neutral Good");
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].label, "Experience points");
    assert_eq!(merged[0].by, MergedBy::Theirs);
}

#[test]
fn damage_from_two_windows_adds_up() {
    let test = TestLibrary::new();
    let both = test.character("Sorrel");
    test.saved(&both, "/combat/damage_taken", 5);
    let view = test.saved(&both, "/combat/damage_taken", 5);
    assert_eq!(view.source.combat.damage_taken, 10);
}

#[test]
fn a_real_conflict_comes_back_with_all_values_and_can_be_insisted_on() {
    let test = TestLibrary::new();
    let start = test.character("Sorrel");
    let both = test.saved(&start, "/identity/species", "Human");
    test.saved(&both, "/identity/species", "Elf");
    let outcome = test.set(&both, "/identity/species", "Dwarf");
    let EditOutcome::Conflict { view, cells } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(view.sheet.identity.species, "Elf", "nothing was written");
    let [cell] = cells.as_slice() else {
        panic!("{cells:?}")
    };
    assert_eq!(cell.path, "/identity/species");
    assert_eq!(
        (cell.base.clone(), cell.ours.clone(), cell.theirs.clone()),
        (
            Some(json!("Human")),
            Some(json!("Dwarf")),
            Some(json!("Elf"))
        )
    );
    let view = test.saved(&view, "/identity/species", "Dwarf");
    assert_eq!(view.sheet.identity.species, "Dwarf");
}

#[test]
fn an_edit_is_all_or_nothing_and_errors_name_the_cell() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    for (path, value) in [
        ("/identity/xp", json!("many")),
        ("/identity/xp", json!(-1)),
        ("/identity/shoe_size", json!(42)),
        ("/nonsense", json!(1)),
        ("/abilities/scores/strength", json!(3_000_000_000_i64)),
        ("/abilities/scores/strength", json!(99)),
        ("/combat/death_saves/successes", json!(4)),
        ("/identity/name", json!("x".repeat(10_000))),
        ("/identity/name", json!("bell\u{7}")),
        ("/proficiencies/skills/stealth", json!("very")),
        (
            "/equipment/inventory/rope",
            json!({"name": "Rope", "quantity": "two"}),
        ),
        ("/record/handle", json!("Not A Handle")),
    ] {
        let failure = test
            .library()
            .sheet()
            .edit(&request(
                &view,
                &[("/identity/alignment", json!("Lawful Good")), (path, value)],
            ))
            .unwrap_err();
        assert_eq!(failure.code, Code::Invalid, "{path}: {failure:?}");
        let cell = failure.cell.clone().unwrap_or_default();
        assert!(cell.starts_with(path), "{path}: {failure:?}");
        assert!(
            !failure.hint.is_empty(),
            "{path} says nothing to do: {failure:?}"
        );
    }
    let now = test.library().sheet().show(&view.id).unwrap();
    assert_eq!(now.commit, view.commit);
    assert_eq!(now.sheet.identity.alignment, "");
}

#[test]
fn the_handle_cannot_be_taken_away() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    for path in ["/record/handle", "/record"] {
        let mut taking = request(&view, &[]);
        taking.changes = vec![CellEdit::Remove {
            path: path.to_owned(),
        }];
        let failure = test.library().sheet().edit(&taking).unwrap_err();
        assert_eq!(failure.cell.as_deref(), Some("/record/handle"));
    }
    assert_eq!(test.library().roster().find("sorrel").unwrap().id, view.id);
}

#[test]
fn an_edit_needs_a_base_of_this_character() {
    let test = TestLibrary::new();
    let (one, two) = (test.character("One"), test.character("Two"));
    let mut foreign = request(&one, &[("/identity/xp", json!(1))]);
    foreign.base = two.commit;
    assert_eq!(
        test.library().sheet().edit(&foreign).unwrap_err().code,
        Code::NotFound
    );
    foreign.base = "42".to_owned();
    assert_eq!(
        test.library().sheet().edit(&foreign).unwrap_err().code,
        Code::Invalid
    );
    let mut branch = request(&one, &[("/identity/xp", json!(1))]);
    // A branch may be named by its title, so any text could be one.
    branch.branch = Some("no such branch".to_owned());
    assert_eq!(
        test.library().sheet().edit(&branch).unwrap_err().code,
        Code::NotFound
    );
}

#[test]
fn saying_again_what_is_so_writes_nothing() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/identity/xp", 900);
    let outcome = test.set(&view, "/identity/xp", 900.0);
    let EditOutcome::Unchanged { view: same } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(same.commit, view.commit);
}

#[test]
fn undo_and_redo_walk_back_and_forth() {
    let mut test = TestLibrary::new();
    let mut view = test.character("Sorrel");
    assert_eq!(view.undo, None);
    for xp in [300, 900, 2_700] {
        view = test.saved(&view, "/identity/xp", xp);
    }
    assert_eq!(view.undo.as_deref(), Some("Experience points 900 → 2700"));
    let id = view.id.clone();
    let step = |test: &TestLibrary, undo: bool| {
        let sheets = test.library().sheet();
        let outcome = if undo {
            sheets.undo(&id)
        } else {
            sheets.redo(&id)
        };
        match outcome.unwrap() {
            EditOutcome::Saved { view, .. } => view.sheet.identity.xp,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(step(&test, true), 900);
    assert_eq!(step(&test, true), 300);
    assert_eq!(step(&test, false), 900);
    test.reopen();
    assert_eq!(step(&test, false), 2_700, "redo works after another start");
    assert_eq!(
        test.library().sheet().redo(&id).unwrap_err().code,
        Code::NothingToUndo
    );
    assert_eq!(step(&test, true), 900);
    assert_eq!(step(&test, true), 300);
    assert_eq!(step(&test, true), 0);
    assert_eq!(
        test.library().sheet().undo(&id).unwrap_err().code,
        Code::NothingToUndo
    );
    // A new edit ends what could be redone.
    let view = test.library().sheet().show(&id).unwrap();
    assert!(view.redo.is_some());
    let view = test.saved(&view, "/identity/xp", 5);
    assert_eq!(view.redo, None);
    assert_eq!(
        test.library().sheet().redo(&id).unwrap_err().code,
        Code::NothingToUndo
    );
}

#[test]
fn undo_keeps_what_somebody_else_did_since() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/combat/damage_taken", 7);
    let view = test.saved(&view, "/combat/damage_taken", 12);
    let outcome = test.library().sheet().undo(&view.id).unwrap();
    let EditOutcome::Saved { view, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(view.source.combat.damage_taken, 7);
    let page = test
        .library()
        .history()
        .list(&view.id, None, 0, None)
        .unwrap();
    assert_eq!(page.total, 4, "nothing is taken out of history");
}

#[test]
fn rollback_brings_a_version_back_and_can_itself_be_undone() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let early = test.saved(&view, "/identity/xp", 300);
    let view = test.saved(&early, "/identity/species", "Elf");
    let view = test.saved(&view, "/identity/xp", 900);
    let outcome = test
        .library()
        .sheet()
        .rollback(&view.id, &early.commit)
        .unwrap();
    let EditOutcome::Saved { view: back, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(back.source, early.source);
    let outcome = test.library().sheet().undo(&view.id).unwrap();
    let EditOutcome::Saved { view: again, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(again.source, view.source);
}

#[test]
fn any_version_can_be_looked_at_but_only_the_newest_edited() {
    let test = TestLibrary::new();
    let first = test.character("Sorrel");
    let second = test.saved(&first, "/identity/xp", 300);
    for name in [first.commit.as_str(), &first.commit[..10], "1"] {
        let then = test.library().sheet().show_at(&first.id, name).unwrap();
        assert_eq!(then.sheet.identity.xp, 0, "{name}");
        assert_eq!(then.sheet.version, 1);
        assert!(!then.editable);
    }
    assert!(
        test.library()
            .sheet()
            .show_at(&first.id, &second.commit)
            .unwrap()
            .editable
    );
    assert_eq!(
        test.library()
            .sheet()
            .show_at(&first.id, "99")
            .unwrap_err()
            .code,
        Code::NotFound
    );
    let failure = test
        .library()
        .sheet()
        .show_at(&first.id, &"f".repeat(64))
        .unwrap_err();
    assert_eq!(failure.code, Code::NotFound);
}

#[test]
fn writers_at_the_same_moment_lose_nothing() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (test, view) = (&test, &view);
            scope.spawn(move || {
                for n in 0..10 {
                    let cell = format!("/equipment/inventory/w{writer}-{n}");
                    let item = json!({"name": format!("Thing {writer} {n}"), "rank": "V"});
                    test.saved(view, &cell, item);
                }
            });
        }
    });
    let now = test.library().sheet().show(&view.id).unwrap();
    assert_eq!(now.sheet.equipment.inventory.len(), 60);
    assert_eq!(now.row.version_number, 61);
    assert!(test.library().health().doctor(false).unwrap().healthy);
}

#[test]
fn the_first_thing_in_a_section_is_told_by_its_name() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    for (cell, value, told) in [
        ("/equipment/currency/gp", json!(100), "Gold: 100"),
        (
            "/identity/personality/backstory",
            json!("Born in the reeds."),
            "Backstory: Born in the reeds.",
        ),
        (
            "/equipment/inventory/rope",
            json!({"name": "Rope", "kind": "gear", "quantity": 1}),
            "Rope added",
        ),
    ] {
        let view = test.saved(&view, cell, value);
        assert_eq!(view.sheet.audit_trail[0].detail, told);
        let graph = test.library().history().graph(&view.id, None, 1).unwrap();
        let commit = &graph.rows[0].commit;
        assert_eq!((commit.title.as_str(), commit.change_count), (told, 1));
        assert_eq!(commit.changes[0].path, cell);
    }
}
