//! Journeys through blame: which commits made a cell, or a computed number, what it is.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use services::wire::{Blame, CellEdit, EditOutcome, EditRequest, SheetView};
use testkit::TestLibrary;

fn blame(test: &TestLibrary, id: &str, cell: &str) -> Blame {
    test.library().history().blame(id, cell, 0).unwrap()
}

fn told(blame: &Blame) -> Vec<(u32, &str, &str)> {
    blame
        .steps
        .iter()
        .map(|step| (step.version, step.before.as_str(), step.after.as_str()))
        .collect()
}

/// Some edits of some cells, one commit each, from a fixed seed.
fn lived(test: &TestLibrary, commits: u32) -> SheetView {
    let view = test.character("Sorrel");
    let cord = serde_json::json!({"rope": {"name": "Cord", "rank": "a", "quantity": 1}});
    let mut view = test.saved(&view, "/equipment/inventory", cord);
    let mut seed = 7_u32;
    for n in 0..commits {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let value = (seed >> 16) % 5;
        view = match (seed >> 24) % 5 {
            0 => test.saved(&view, "/identity/xp", 10 * n + value),
            1 => test.saved(&view, "/combat/damage_taken", 10 * n + value),
            2 => test.saved(&view, "/equipment/inventory/rope/quantity", n + 2),
            3 => test.saved(&view, "/equipment/inventory/rope/name", format!("Rope {n}")),
            _ => test.saved(
                &view,
                "/equipment/inventory",
                serde_json::json!({"rope": {"name": format!("Cord {n}"), "rank": "a", "quantity": 1}}),
            ),
        };
    }
    view
}

/// Walks the history version by version, as somebody without any index would.
fn walked(test: &TestLibrary, view: &SheetView, cell: &str) -> Vec<(u32, String)> {
    let at = |version: u32| {
        let view = test
            .library()
            .sheet()
            .show_at(&view.id, &version.to_string())
            .unwrap();
        let source = serde_json::to_value(&*view.source).unwrap();
        source.pointer(cell).cloned()
    };
    let newest = view.sheet.version;
    let mut steps = Vec::new();
    for version in (2..=newest).rev() {
        if at(version) != at(version - 1) {
            let commit = test
                .library()
                .sheet()
                .show_at(&view.id, &version.to_string())
                .unwrap()
                .commit;
            steps.push((version, commit));
        }
    }
    steps
}

#[test]
fn blame_finds_what_a_walk_through_all_versions_finds() {
    let mut test = TestLibrary::new();
    let view = lived(&test, 40);
    let cells = [
        "/identity/xp",
        "/combat/damage_taken",
        "/equipment/inventory/rope/quantity",
        "/equipment/inventory/rope/name",
    ];
    let answers = |test: &TestLibrary| {
        cells.map(|cell| {
            let found = blame(test, &view.id, cell);
            let steps: Vec<(u32, String)> = found
                .steps
                .iter()
                .filter(|step| step.version > 1)
                .map(|step| (step.version, step.commit.clone()))
                .collect();
            assert!(!found.more && !found.derived);
            steps
        })
    };
    let noted = answers(&test);
    for (cell, steps) in cells.iter().zip(&noted) {
        let mut walked = walked(&test, &view, cell);
        walked.truncate(20);
        assert_eq!(*steps, walked, "{cell}");
        assert!(steps.len() > 3, "{cell}: {steps:?}");
    }
    // After another start from what was written down, and without any of it.
    test.reopen();
    assert_eq!(answers(&test), noted);
    std::fs::remove_dir_all(test.path().join("traces")).unwrap();
    test.reopen();
    assert_eq!(answers(&test), noted);
    test.reopen();
    assert!(
        test.path().join("traces").is_dir(),
        "what was reckoned is kept"
    );
    assert_eq!(answers(&test), noted);
}

#[test]
fn blame_of_a_number_tells_the_cells_it_rests_on_and_the_commits_that_changed_it() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/abilities/scores/dexterity", 14);
    let view = test.saved(&view, "/notes", "Nothing of note.");
    let shield = serde_json::json!(
        {"name": "Shield", "kind": "shield", "rank": "a", "equipped": true,
         "armor": {"category": "shield", "base": 2}}
    );
    let view = test.saved(&view, "/equipment/inventory/s", shield);
    let view = test.saved(&view, "/equipment/inventory/s/equipped", false);
    assert_eq!(view.sheet.combat.armor_class, 12);
    let found = blame(&test, &view.id, "/combat/armor_class");
    assert!(found.derived);
    assert_eq!(found.label, "Armor class");
    assert_eq!(
        told(&found),
        [
            (5, "14", "12"),
            (4, "12", "14"),
            (2, "10", "12"),
            (1, "", "10")
        ],
        "a shield that is put away is no leaf any more, and still changed it"
    );
    let rests: Vec<(&str, u32)> = found
        .rests_on
        .iter()
        .map(|step| (step.path.as_str(), step.version))
        .collect();
    assert!(
        rests.contains(&("/abilities/scores/dexterity", 2)),
        "{rests:?}"
    );
    let leaf = &found.rests_on[0];
    assert_eq!((leaf.before.as_str(), leaf.after.as_str()), ("10", "14"));
    assert_eq!(leaf.author, "Maren");
}

#[test]
fn a_thing_that_is_gone_tells_when_it_went() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let rope = serde_json::json!({"name": "Rope", "rank": "a", "quantity": 1});
    let view = test.saved(&view, "/equipment/inventory/r", rope);
    let edit = EditRequest {
        id: view.id.clone(),
        branch: None,
        base: view.commit.clone(),
        changes: vec![CellEdit::Remove {
            path: "/equipment/inventory/r".to_owned(),
        }],
        message: None,
    };
    let EditOutcome::Saved { view, .. } = test.library().sheet().edit(&edit).unwrap() else {
        panic!("the edit is taken")
    };
    let found = blame(&test, &view.id, "/equipment/inventory/r/quantity");
    assert_eq!(told(&found), [(3, "1", ""), (2, "", "1")]);
    assert_eq!(found.steps[0].label, "Rope, quantity");
    let few = test
        .library()
        .history()
        .blame(&view.id, "/equipment/inventory/r", 1)
        .unwrap();
    assert_eq!((few.steps.len(), few.more), (1, true));
    let error = test.library().history().blame(&view.id, "/no/such", 0);
    assert_eq!(error.unwrap_err().code, services::Code::NotFound);
}
