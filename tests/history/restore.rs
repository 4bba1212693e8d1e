//! Journeys through the operation log, and the whole library put back to any operation.

use std::collections::BTreeMap;

use serde_json::Value;
use services::Code;
use services::wire::{
    Archived, Lines, ListQuery, NewBranch, OperationLine, RecordPatch, SheetView,
};
use testkit::TestLibrary;

fn show(test: &TestLibrary, id: &str) -> SheetView {
    test.library().sheet().show(id).unwrap()
}

fn log(test: &TestLibrary) -> Vec<OperationLine> {
    test.library()
        .history()
        .operations(None, 200)
        .unwrap()
        .operations
}

fn newest(test: &TestLibrary) -> String {
    log(test)[0].id.clone()
}

fn branch(test: &TestLibrary, id: &str, title: &str, take: Option<u32>) -> Lines {
    let ask = NewBranch {
        id: id.to_owned(),
        title: title.to_owned(),
        take,
        ..NewBranch::default()
    };
    test.library().history().branch(&ask).unwrap()
}

/// What everybody holds on every branch, and what is said of branches and milestones.
fn everything(test: &TestLibrary) -> BTreeMap<String, Value> {
    let query = ListQuery {
        archived: Archived::With,
        ..ListQuery::default()
    };
    let mut all = BTreeMap::new();
    for row in &test.library().roster().list(&query).unwrap().rows {
        let lines = test.library().history().lines(&row.id).unwrap();
        for line in &lines.branches {
            let view = test.library().sheet().show_at(&row.id, &line.head).unwrap();
            let source = serde_json::to_value(&*view.source).unwrap();
            all.insert(format!("{} {} {}", row.id, line.name, line.title), source);
        }
        let tags: Vec<&str> = lines.tags.iter().map(|tag| tag.name.as_str()).collect();
        all.insert(format!("{} tags", row.id), tags.into());
    }
    all
}

#[test]
fn the_log_tells_what_was_done_newest_first_in_pages() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/identity/xp", 100);
    let id = view.id.clone();
    let history = test.library().history();
    branch(&test, &id, "Twin blades", None);
    history
        .branch_rename(&id, "twin-blades", "Two swords")
        .unwrap();
    history.tag(&id, "1", "As of session 1").unwrap();
    history.untag(&id, "As of session 1").unwrap();
    history.branch_archive(&id, "twin-blades", true).unwrap();
    history.branch_archive(&id, "twin-blades", false).unwrap();
    history.branch_delete(&id, "twin-blades").unwrap();
    branch(&test, &id, "Proposal", Some(1));
    test.library().roster().archive(&id).unwrap();
    let titles: Vec<String> = log(&test).into_iter().map(|line| line.title).collect();
    assert_eq!(
        titles,
        [
            "Archived",
            "Moved 1 edit off main onto the new branch Proposal",
            "Deleted the branch Two swords",
            "Brought back the branch Two swords",
            "Put away the branch Two swords",
            "Took away the milestone As of session 1",
            "Marked the milestone As of session 1",
            "Renamed the branch Twin blades to Two swords",
            "Made the branch Twin blades",
            "Experience points: 100",
            "Created",
        ]
    );
    assert!(
        log(&test)
            .iter()
            .all(|line| line.about == ["Sorrel"] && line.author == "Maren")
    );
    let mut paged = Vec::new();
    let mut from: Option<String> = None;
    loop {
        let page = history.operations(from.as_deref(), 4).unwrap();
        paged.extend(page.operations);
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    assert_eq!(paged, log(&test));
}

#[test]
fn the_library_is_restored_to_an_operation_and_back_again() {
    let mut test = TestLibrary::new();
    let sorrel = test.character("Sorrel");
    let hask = test.character("Hask");
    let sorrel = test.saved(&sorrel, "/identity/xp", 100);
    branch(&test, &sorrel.id, "Kept", None);
    branch(&test, &sorrel.id, "Doomed", None);
    test.library()
        .history()
        .tag(&sorrel.id, "1", "The beginning")
        .unwrap();
    let then = everything(&test);
    let at = newest(&test);

    // A line moves, a branch goes, a branch comes, a milestone goes, somebody is new, somebody is archived.
    let sorrel = test.saved(&sorrel, "/identity/xp", 900);
    let history = test.library().history();
    history.branch_delete(&sorrel.id, "doomed").unwrap();
    history
        .branch_rename(&sorrel.id, "kept", "Still kept")
        .unwrap();
    branch(&test, &sorrel.id, "Later", Some(1));
    history.untag(&sorrel.id, "The beginning").unwrap();
    test.library().roster().archive(&hask.id).unwrap();
    let late = test.character("Maude");
    branch(&test, &late.id, "Of hers", None);
    let later = everything(&test);
    let before_restoring = newest(&test);

    let preview = test.library().history().restore_preview(&at).unwrap();
    assert_eq!(everything(&test), later, "a preview writes nothing");
    let said: Vec<String> = preview
        .lines
        .iter()
        .map(|line| format!("{} {}: {}", line.name, line.branch, line.what))
        .collect();
    for wanted in [
        "Sorrel doomed: brought back at version 2",
        "Sorrel later: deleted: it did not exist yet",
        "Hask main: as in version 1; it is at version 2",
        "Maude main: put away: it did not exist yet",
        "Maude of-hers: deleted: it did not exist yet",
    ] {
        assert!(
            said.iter().any(|line| line == wanted),
            "{wanted}\n{said:#?}"
        );
    }
    let done = test.library().history().restore(&at).unwrap();
    assert_eq!(done.lines, preview.lines);
    test.reopen();

    let mut now = everything(&test);
    let maude = format!("{} main main", late.id);
    assert_eq!(now.remove(&maude).unwrap()["record"]["active"], false);
    now.remove(&format!("{} tags", late.id));
    assert_eq!(now, then);
    assert!(!show(&test, &late.id).row.active);
    let line = &log(&test)[0];
    assert!(
        line.title.starts_with("Back to how the library stood on"),
        "{line:?}"
    );
    assert_eq!(log(&test)[1].id, before_restoring, "it was one operation");
    let report = test.library().health().doctor(true).unwrap();
    assert!(report.healthy, "{:?}", report.problems);

    // Nothing left to do.
    let again = test.library().history().restore(&at).unwrap();
    assert_eq!(again.lines, []);

    // And it is undone by restoring to the operation before it.
    test.library().history().restore(&before_restoring).unwrap();
    assert_eq!(everything(&test), later);
}

#[test]
fn a_handle_that_changed_hands_goes_back_to_its_first_owner() {
    let test = TestLibrary::new();
    let first = test.character("Sorrel");
    let at = newest(&test);
    let patch = RecordPatch {
        handle: Some("quickfen".to_owned()),
        ..RecordPatch::default()
    };
    test.library().roster().update(&first.id, &patch).unwrap();
    let second = test.character("Sorrel");
    assert_eq!(second.row.handle, "sorrel");
    test.library().history().restore(&at).unwrap();
    let roster = test.library().roster();
    assert_eq!(roster.by_handle("sorrel").unwrap().id, first.id);
    let put_away = roster.get(&second.id).unwrap();
    assert_eq!(
        (put_away.handle.as_str(), put_away.active),
        ("sorrel-2", false)
    );
}

#[test]
fn operations_that_are_not_there_are_refused() {
    let test = TestLibrary::new();
    test.character("Sorrel");
    let history = test.library().history();
    for wrong in ["99", "0", "latest", "", "18446744073709551615"] {
        let refused = history.restore(wrong).unwrap_err();
        assert_eq!(refused.code, Code::NotFound, "{wrong}");
    }
    assert_eq!(log(&test).len(), 1);
}
