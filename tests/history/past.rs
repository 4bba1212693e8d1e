//! Journeys through the drawn history and a life, and past actions taken back.

use std::collections::BTreeSet;

use services::Code;
use services::wire::{EditOutcome, GraphRow, NewBranch, SheetView};
use testkit::TestLibrary;

fn show(test: &TestLibrary, id: &str) -> SheetView {
    test.library().sheet().show(id).unwrap()
}

/// Two branches with commits in turns, `main` with three of its own; gives the character.
fn forked(test: &TestLibrary) -> String {
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/identity/xp", 100);
    let id = view.id.clone();
    for title in ["One", "Two"] {
        let ask = NewBranch {
            id: id.clone(),
            title: title.to_owned(),
            ..NewBranch::default()
        };
        test.library().history().branch(&ask).unwrap();
    }
    for turn in 1..=3 {
        for branch in ["main", "one", "two"] {
            test.library().history().switch(&id, branch).unwrap();
            test.saved(&show(test, &id), "/identity/xp", 100 + turn);
        }
    }
    test.library().history().switch(&id, "main").unwrap();
    id
}

#[test]
fn the_history_is_drawn_over_all_branches_and_rows_stay_the_same_on_every_page() {
    let test = TestLibrary::new();
    let id = forked(&test);
    let history = test.library().history();
    let second = show(&test, &id).commit;
    history.tag(&id, "2", "As of session 1").unwrap();
    let whole = history.graph(&id, None, 0).unwrap();
    assert_eq!(
        (whole.total, whole.rows.len(), whole.next.clone()),
        (11, 11, None)
    );
    assert_eq!(whole.lanes, 3);
    let head = whole
        .rows
        .iter()
        .find(|row| row.commit.id == second)
        .unwrap();
    assert_eq!(
        (head.lane, head.branches.as_slice()),
        (0, &["main".to_owned()][..])
    );
    let named: BTreeSet<&str> = whole
        .rows
        .iter()
        .flat_map(|row| &row.branches)
        .map(String::as_str)
        .collect();
    assert_eq!(named, BTreeSet::from(["One", "Two", "main"]));
    let tagged: Vec<&GraphRow> = whole
        .rows
        .iter()
        .filter(|row| !row.tags.is_empty())
        .collect();
    assert_eq!((tagged.len(), tagged[0].commit.version), (1, 2));
    for (at, row) in whole.rows.iter().enumerate() {
        for parent in &row.parents {
            let below = whole.rows.iter().position(|row| row.commit.id == *parent);
            assert!(
                below.unwrap() > at,
                "a commit stands above all that it came of"
            );
        }
    }
    let mut paged = Vec::new();
    let mut from: Option<String> = None;
    loop {
        let page = history.graph(&id, from.as_deref(), 4).unwrap();
        paged.extend(page.rows);
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(paged, whole.rows);
    let line = &whole.rows[0].commit;
    assert_eq!(
        (line.change_count, line.changes[0].label.as_str()),
        (1, "Experience points")
    );
}

#[test]
fn what_a_deleted_branch_had_is_not_drawn() {
    let test = TestLibrary::new();
    let id = forked(&test);
    let history = test.library().history();
    history.branch_delete(&id, "two").unwrap();
    let page = history.graph(&id, None, 0).unwrap();
    assert_eq!((page.total, page.lanes), (8, 2));
}

#[test]
fn a_life_is_the_line_one_stands_on_with_its_marks() {
    let test = TestLibrary::new();
    let id = forked(&test);
    let history = test.library().history();
    history.tag(&id, "2", "As of session 1").unwrap();
    let up = services::wire::LevelUp {
        id: id.clone(),
        class: "Fighter".to_owned(),
        hit_points: services::wire::HitPoints::Fixed,
    };
    // The first level had no class yet; it gets one.
    test.library().sheet().level_up(&up).unwrap();
    test.library().sheet().level_up(&up).unwrap();
    let life = history.life(&id).unwrap();
    let marks: Vec<(u32, &str)> = life
        .points
        .iter()
        .filter(|point| !point.mark.is_empty())
        .map(|point| (point.version, point.mark.as_str()))
        .collect();
    let wanted = [(2, "As of session 1"), (6, "Level 1"), (7, "Level 2")];
    assert_eq!(marks, wanted);
    assert_eq!((life.total, life.points.len()), (7, 7));
    let versions: Vec<u32> = life.points.iter().map(|point| point.version).collect();
    assert_eq!(versions, [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(life.points[0].kind, "create");
}

#[test]
fn any_past_action_is_taken_back_without_what_came_later() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/identity/xp", 300);
    let view = test.saved(&view, "/equipment/currency/gp", 10);
    let wrong = test.saved(&view, "/equipment/currency/gp", 50);
    let view = test.saved(&wrong, "/equipment/currency/sp", 7);
    let view = test.saved(&view, "/equipment/currency/gp", 55);
    let id = view.id.clone();
    let history = test.library().history();
    let EditOutcome::Saved { view, .. } = history.revert(&id, &wrong.commit).unwrap() else {
        panic!("a counter is taken back by its own change")
    };
    let purse = &view.source.equipment.currency;
    assert_eq!((purse.gp, purse.sp, view.source.identity.xp), (15, 7, 300));
    assert_eq!(view.undo.as_deref(), Some("Took back: Gold 10 → 50"));
    let again = history.revert(&id, &wrong.commit).unwrap_err();
    assert_eq!(again.code, Code::NothingToUndo);

    // It can be undone like anything else, and done again after.
    test.library().sheet().undo(&id).unwrap();
    assert_eq!(show(&test, &id).source.equipment.currency.gp, 55);
    let EditOutcome::Saved { view, .. } = history.revert(&id, &wrong.commit).unwrap() else {
        panic!("its effect stood again")
    };
    assert_eq!(view.source.equipment.currency.gp, 15);
    // To take back what took it back is the identity.
    history.revert(&id, &view.commit).unwrap();
    assert_eq!(show(&test, &id).source.equipment.currency.gp, 55);
}

#[test]
fn what_cannot_be_taken_back_says_why() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    let two = test.saved(&one, "/identity/species", "Elf");
    let three = test.saved(&two, "/identity/species", "Orc");
    let id = one.id.clone();
    let history = test.library().history();
    let outcome = history.revert(&id, &two.commit).unwrap();
    assert!(
        matches!(outcome, EditOutcome::Conflict { .. }),
        "{outcome:?}"
    );
    assert_eq!(show(&test, &id).commit, three.commit, "nothing was written");
    assert_eq!(
        history.revert(&id, "1").unwrap_err().code,
        Code::NothingToUndo
    );
    let ask = NewBranch {
        id: id.clone(),
        title: "What if".to_owned(),
        from: Some("1".to_owned()),
        switch: true,
        ..NewBranch::default()
    };
    history.branch(&ask).unwrap();
    let elsewhere = history.revert(&id, &two.commit).unwrap_err();
    assert_eq!(elsewhere.code, Code::Invalid);
}
