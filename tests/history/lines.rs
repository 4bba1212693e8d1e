//! Journeys along branches: made, stood on, renamed, put away, deleted; and milestones.

use std::sync::{Arc, Mutex};

use services::wire::{BranchLine, Event, LevelUp, Lines, ListQuery, NewBranch, SheetView};
use services::{Code, Library};
use testkit::TestLibrary;

fn show(test: &TestLibrary, id: &str) -> SheetView {
    test.library().sheet().show(id).unwrap()
}

/// Makes a branch where one stands, and stands on it.
fn what_if(test: &TestLibrary, id: &str, title: &str) -> Lines {
    let ask = NewBranch {
        id: id.to_owned(),
        title: title.to_owned(),
        switch: true,
        ..NewBranch::default()
    };
    test.library().history().branch(&ask).unwrap()
}

fn branch<'a>(lines: &'a Lines, name: &str) -> &'a BranchLine {
    let mut all = lines.branches.iter();
    all.find(|line| line.name == name)
        .unwrap_or_else(|| panic!("no branch {name}: {lines:?}"))
}

fn names(lines: &Lines) -> Vec<&str> {
    lines
        .branches
        .iter()
        .map(|line| line.name.as_str())
        .collect()
}

fn xp(view: &SheetView) -> i64 {
    i64::from(view.source.identity.xp)
}

#[test]
fn a_player_levels_up_on_a_branch_while_loot_arrives_on_main() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/levels/level-1/class", "Fighter");
    let id = view.id.clone();

    let lines = what_if(&test, &id, "Level two");
    assert_eq!(lines.standing, "level-two");
    assert_eq!(names(&lines), ["main", "level-two"]);
    let up = LevelUp {
        id: id.clone(),
        class: "Fighter".to_owned(),
        hit_points: services::wire::HitPoints::Fixed,
    };
    test.library().sheet().level_up(&up).unwrap();
    let on_branch = show(&test, &id);
    assert_eq!(on_branch.branch, "level-two");
    assert_eq!(on_branch.source.levels.len(), 2);
    assert_eq!(on_branch.row.level, 1, "lists show `main`");

    // Meanwhile the DM hands out loot on `main`.
    test.library().history().switch(&id, "main").unwrap();
    let view = show(&test, &id);
    assert_eq!(
        (view.branch.as_str(), view.source.levels.len()),
        ("main", 1)
    );
    let loot = serde_json::json!({"rank": "V", "name": "Rope", "quantity": 2});
    let view = test.saved(&view, "/equipment/inventory/rope", loot);
    let view = test.saved(&view, "/equipment/currency/gp", 40);
    assert_eq!(view.row.version_number, 4);

    let lines = test.library().history().lines(&id).unwrap();
    let side = branch(&lines, "level-two");
    assert_eq!((side.ahead, side.behind), (1, 2));
    assert_eq!(side.title, "Level two");
    assert_eq!(side.version, 3);
    let main = branch(&lines, "main");
    assert_eq!((main.ahead, main.behind, main.version), (0, 0, 4));
    assert_ne!(side.fork, None);
    let on_branch = test.library().sheet().show_at(&id, "level-two").unwrap();
    assert!(on_branch.source.equipment.inventory.is_empty());
    assert!(!on_branch.editable, "not the newest of where one stands");
}

#[test]
fn everything_a_sheet_can_do_is_done_on_the_branch_one_stands_on() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let id = view.id.clone();
    what_if(&test, &id, "What if");
    let view = show(&test, &id);
    let view = test.saved(&view, "/identity/xp", 300);
    test.saved(&view, "/identity/xp", 900);
    let sheets = test.library().sheet();
    sheets.undo(&id).unwrap();
    assert_eq!(xp(&show(&test, &id)), 300);
    sheets.redo(&id).unwrap();
    assert_eq!(xp(&show(&test, &id)), 900);
    sheets.rollback(&id, "2").unwrap();
    assert_eq!(xp(&show(&test, &id)), 300);
    let page = test.library().history().list(&id, None, 0, None).unwrap();
    assert_eq!(page.total, 6);
    let rest = rules::play::Action::LongRest { dawn: true };
    sheets.act(&id, &rest).unwrap();
    test.library().history().switch(&id, "main").unwrap();
    let main = show(&test, &id);
    assert_eq!(
        (xp(&main), main.row.version_number),
        (0, 1),
        "`main` was left alone"
    );
}

#[test]
fn an_edit_may_name_another_branch_than_the_one_stood_on() {
    let test = TestLibrary::new();
    let main = test.character("Sorrel");
    let id = main.id.clone();
    what_if(&test, &id, "What if");
    let request = services::wire::EditRequest {
        id: id.clone(),
        branch: Some("main".to_owned()),
        base: main.commit,
        changes: vec![services::wire::CellEdit::Set {
            path: "/identity/xp".to_owned(),
            value: 50.into(),
        }],
        message: None,
    };
    test.library().sheet().edit(&request).unwrap();
    assert_eq!(xp(&show(&test, &id)), 0);
    test.library().history().switch(&id, "main").unwrap();
    assert_eq!(xp(&show(&test, &id)), 50);
    let nowhere = services::wire::EditRequest {
        branch: Some("nowhere".to_owned()),
        ..request
    };
    let refused = test.library().sheet().edit(&nowhere).unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
}

#[test]
fn the_last_edits_become_a_branch_of_their_own_in_one_operation() {
    let test = TestLibrary::new();
    let mut view = test.character("Sorrel");
    for xp in [100, 200, 300, 400, 500, 600] {
        view = test.saved(&view, "/identity/xp", xp);
    }
    let id = view.id.clone();
    let ask = NewBranch {
        id: id.clone(),
        title: "Proposal".to_owned(),
        take: Some(5),
        ..NewBranch::default()
    };
    let lines = test.library().history().branch(&ask).unwrap();
    assert_eq!(lines.standing, "main");
    let main = show(&test, &id);
    assert_eq!((xp(&main), main.row.version_number), (100, 2));
    assert_eq!(main.row.level, 1);
    let side = branch(&lines, "proposal");
    assert_eq!((side.ahead, side.behind, side.version), (5, 0, 7));
    assert_eq!(side.fork.as_deref(), Some(main.commit.as_str()));
    let then = test.library().sheet().show_at(&id, "Proposal").unwrap();
    assert_eq!(xp(&then), 600);
    // `main` goes on from where it stands now.
    test.saved(&main, "/identity/xp", 150);
    let lines = test.library().history().lines(&id).unwrap();
    assert_eq!(branch(&lines, "proposal").behind, 1);

    for wrong in [0, 2, 50] {
        let ask = NewBranch {
            title: "More".to_owned(),
            take: Some(wrong),
            ..ask.clone()
        };
        let answer = test.library().history().branch(&ask);
        assert_eq!(answer.is_ok(), wrong == 2, "{wrong}");
    }
    let lines = test.library().history().lines(&id).unwrap();
    assert_eq!(
        branch(&lines, "main").version,
        1,
        "only the beginning is left"
    );
}

#[test]
fn a_branch_begins_at_any_version() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    let two = test.saved(&one, "/identity/xp", 100);
    let three = test.saved(&two, "/identity/xp", 200);
    let id = three.id.clone();
    for (title, from, stands_at) in [
        ("By number", "2", &two.commit),
        ("By prefix", &one.commit[..8], &one.commit),
        ("By branch", "by-number", &two.commit),
        ("By commit", &three.commit, &three.commit),
    ] {
        let ask = NewBranch {
            id: id.clone(),
            title: title.to_owned(),
            from: Some(from.to_owned()),
            ..NewBranch::default()
        };
        let lines = test.library().history().branch(&ask).unwrap();
        let made = lines.branches.iter().find(|line| line.title == title);
        assert_eq!(&made.unwrap().head, stands_at, "{title}");
    }
}

#[test]
fn titles_are_checked_and_names_never_clash() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    let make = |title: &str| {
        let ask = NewBranch {
            id: id.clone(),
            title: title.to_owned(),
            ..NewBranch::default()
        };
        test.library().history().branch(&ask)
    };
    make("Twin blades").unwrap();
    assert_eq!(make("twin BLADES").unwrap_err().code, Code::Invalid);
    let lines = make("Twin blades!").unwrap();
    assert!(names(&lines).contains(&"twin-blades-2"));
    assert_eq!(make(" ").unwrap_err().code, Code::Invalid);
    assert_eq!(make("main").unwrap_err().code, Code::Invalid);
    let history = test.library().history();
    let lines = history
        .branch_rename(&id, "twin-blades", "Two swords")
        .unwrap();
    assert_eq!(branch(&lines, "twin-blades").title, "Two swords");
    assert!(
        history
            .branch_rename(&id, "two swords", "Twin blades!")
            .is_err()
    );
    assert!(history.branch_rename(&id, "main", "Canon").is_err());
    history
        .branch_rename(&id, "two swords", "Two Swords")
        .unwrap();
    for n in 3.. {
        let Err(refused) = make(&format!("Idea {n}")) else {
            assert!(n < 200, "there is a limit");
            continue;
        };
        assert_eq!(refused.code, Code::TooLarge);
        break;
    }
}

#[test]
fn a_branch_is_put_away_brought_back_and_deleted() {
    let mut test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    what_if(&test, &id, "What if");
    let view = test.saved(&show(&test, &id), "/identity/xp", 700);
    {
        let history = test.library().history();
        let stood_on = history.branch_archive(&id, "what-if", true).unwrap_err();
        assert!(stood_on.hint.contains("Switch"), "{stood_on:?}");
        assert!(history.branch_delete(&id, "what-if").is_err());
        history.switch(&id, "main").unwrap();
        let lines = history.branch_archive(&id, "what-if", true).unwrap();
        assert!(branch(&lines, "what-if").archived);
        assert!(history.switch(&id, "what-if").is_err());
        let lines = history.branch_archive(&id, "What if", false).unwrap();
        assert!(!branch(&lines, "what-if").archived);
        assert!(history.branch_delete(&id, "main").is_err());
        let lines = history.branch_delete(&id, "what-if").unwrap();
        assert_eq!(names(&lines), ["main"]);
    }
    test.reopen();
    let lines = test.library().history().lines(&id).unwrap();
    assert_eq!(names(&lines), ["main"]);
    // Its commits are still there for whoever knows where it stood.
    let ask = NewBranch {
        id: id.clone(),
        title: "What if".to_owned(),
        from: Some(view.commit.clone()),
        ..NewBranch::default()
    };
    let lines = test.library().history().branch(&ask).unwrap();
    assert_eq!(branch(&lines, "what-if").head, view.commit);
}

#[test]
fn where_one_stands_outlives_a_restart_and_a_damaged_desk_means_main() {
    let mut test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    what_if(&test, &id, "What if");
    test.reopen();
    assert_eq!(show(&test, &id).branch, "what-if");
    std::fs::write(test.path().join("desk.json"), "{ not json").unwrap();
    test.reopen();
    assert_eq!(show(&test, &id).branch, "main");
    let lines = test.library().history().lines(&id).unwrap();
    assert_eq!((lines.standing.as_str(), lines.branches.len()), ("main", 2));
}

#[test]
fn milestones_name_versions() {
    let mut test = TestLibrary::new();
    let one = test.character("Sorrel");
    let two = test.saved(&one, "/identity/xp", 300);
    let id = two.id.clone();
    {
        let history = test.library().history();
        history.tag(&id, "1", "As of session 1").unwrap();
        let lines = history.tag(&id, "main", "Session 2").unwrap();
        let tags: Vec<_> = lines.tags.iter().map(|tag| tag.name.as_str()).collect();
        assert_eq!(tags, ["Session 2", "As of session 1"]);
        assert_eq!(lines.tags[1].commit, one.commit);
        assert_eq!(lines.tags[1].author, "Maren");
        assert!(history.tag(&id, "1", "as of SESSION 1").is_err());
        assert!(history.tag(&id, "77", "Nowhere").is_err());
    }
    test.reopen();
    let history = test.library().history();
    let then = test
        .library()
        .sheet()
        .show_at(&id, "as of session 1")
        .unwrap();
    assert_eq!(then.commit, one.commit);
    let lines = history.untag(&id, "AS OF SESSION 1").unwrap();
    assert_eq!(lines.tags.len(), 1);
    assert_eq!(
        history.untag(&id, "As of session 1").unwrap_err().code,
        Code::NotFound
    );
}

#[test]
fn versions_are_found_on_any_branch() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    let id = one.id.clone();
    what_if(&test, &id, "What if");
    let side = test.saved(&show(&test, &id), "/identity/xp", 900);
    test.library().history().switch(&id, "main").unwrap();
    let main = test.saved(&show(&test, &id), "/identity/xp", 50);
    let at = |version: &str| {
        test.library()
            .sheet()
            .show_at(&id, version)
            .map(|view| view.commit)
    };
    assert_eq!(at(&side.commit[..6]).unwrap(), side.commit);
    assert_eq!(at("what-if").unwrap(), side.commit);
    assert_eq!(at("WHAT IF").unwrap(), side.commit);
    assert_eq!(
        at("2").unwrap(),
        main.commit,
        "numbers count along the line one stands on"
    );
    test.library().history().switch(&id, "what-if").unwrap();
    assert_eq!(at("v2").unwrap(), side.commit);
    assert_eq!(at("3").unwrap_err().code, Code::NotFound);
    assert_eq!(at("abcdef").unwrap_err().code, Code::NotFound);
}

#[test]
fn the_library_lists_characters_and_no_books() {
    let mut test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    what_if(&test, &id, "What if");
    for _ in 0..2 {
        let page = test.library().roster().list(&ListQuery::default()).unwrap();
        assert_eq!((page.total, page.library_total), (1, 1));
        assert!(test.library().packs().list().unwrap().is_empty());
        test.reopen();
    }
    let report = test.library().health().doctor(true).unwrap();
    assert!(report.healthy, "{:?}", report.problems);
    let lines = test.library().history().lines(&id).unwrap();
    assert_eq!(
        names(&lines),
        ["main", "what-if"],
        "after the index was built anew"
    );
}

#[test]
fn windows_are_told_of_branches_and_of_where_one_stands() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    let told: Arc<Mutex<Vec<Event>>> = Arc::default();
    let heard = Arc::clone(&told);
    let library: &Library = test.library();
    library.listen(Box::new(move |event| {
        heard.lock().unwrap().push(event.clone())
    }));
    what_if(&test, &id, "What if");
    test.library().history().switch(&id, "main").unwrap();
    let lines = Event::LinesChanged { id };
    let times = told
        .lock()
        .unwrap()
        .iter()
        .filter(|one| **one == lines)
        .count();
    assert_eq!(times, 3, "made, stood on, stood on another");
}
