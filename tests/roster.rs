//! Journeys through the roster: made, found, listed, renamed, archived, brought back.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use services::Code;
use services::wire::{Archived, EditOutcome, ListQuery, NewCharacter, RecordPatch, SortBy};
use sheet::Kind;
use testkit::TestLibrary;

fn new(name: &str, kind: Kind, owner: &str) -> NewCharacter {
    NewCharacter {
        display_name: name.to_owned(),
        handle: None,
        kind,
        owner: owner.to_owned(),
        built: false,
    }
}

fn names(test: &TestLibrary, query: &ListQuery) -> Vec<String> {
    let page = test.library().roster().list(query).unwrap();
    page.rows
        .iter()
        .map(|row| row.display_name.clone())
        .collect()
}

#[test]
fn a_new_character_is_found_by_id_and_by_handle_in_any_case() {
    let mut test = TestLibrary::new();
    let made = test.character("Sorrel Quickfen");
    assert_eq!(made.row.handle, "sorrel-quickfen");
    test.reopen();
    let library = test.library();
    assert_eq!(
        library.roster().by_handle("SORREL-Quickfen").unwrap().id,
        made.id
    );
    assert_eq!(library.roster().get(&made.id).unwrap(), made.row);
    assert_eq!(
        library.roster().find(&made.id).unwrap().handle,
        "sorrel-quickfen"
    );
}

#[test]
fn handles_are_unique_and_the_next_free_one_is_offered() {
    let test = TestLibrary::new();
    test.character("Old Hask");
    assert_eq!(test.character("Old Hask").row.handle, "old-hask-2");
    assert_eq!(test.character("Old Hask").row.handle, "old-hask-3");
    let taken = NewCharacter {
        handle: Some("OLD-HASK".to_owned()),
        ..new("Other", Kind::Npc, "")
    };
    let failure = test.library().roster().create(&taken).unwrap_err();
    assert_eq!(failure.code, Code::HandleTaken);
    assert_eq!(failure.cell.as_deref(), Some("/record/handle"));

    let third = test.character("Third");
    let patch = RecordPatch {
        handle: Some("old-hask-2".to_owned()),
        ..RecordPatch::default()
    };
    let failure = test
        .library()
        .roster()
        .update(&third.id, &patch)
        .unwrap_err();
    assert_eq!(failure.code, Code::HandleTaken);
    assert_eq!(
        test.library().roster().get(&third.id).unwrap().handle,
        "third"
    );
}

#[test]
fn two_threads_cannot_take_one_handle() {
    let test = TestLibrary::new();
    let library = test.library();
    let handles: Vec<String> = std::thread::scope(|scope| {
        let makers: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    library
                        .roster()
                        .create(&new("Twin", Kind::Npc, ""))
                        .unwrap()
                        .row
                        .handle
                })
            })
            .collect();
        makers
            .into_iter()
            .map(|maker| maker.join().unwrap())
            .collect()
    });
    let different: std::collections::BTreeSet<_> = handles.iter().collect();
    assert_eq!(different.len(), 8, "{handles:?}");
}

#[test]
fn lists_filter_sort_page_and_count() {
    let test = TestLibrary::new();
    let roster = test.library().roster();
    for (name, kind, owner) in [
        ("Ysolde", Kind::Character, "Iris"),
        ("Ébène", Kind::Character, "Tom"),
        ("Old Hask", Kind::Npc, ""),
        ("Bog Viper", Kind::Monster, ""),
    ] {
        roster.create(&new(name, kind, owner)).unwrap();
    }
    let all = ListQuery::default();
    assert_eq!(
        names(&test, &all),
        ["Bog Viper", "Ébène", "Old Hask", "Ysolde"]
    );
    let with = |change: fn(&mut ListQuery)| {
        let mut query = ListQuery::default();
        change(&mut query);
        query
    };
    assert_eq!(
        names(&test, &with(|q| q.text = "EBENE tom".into())),
        ["Ébène"]
    );
    assert_eq!(
        names(&test, &with(|q| q.kinds = vec![Kind::Npc, Kind::Monster])),
        ["Bog Viper", "Old Hask"]
    );
    assert_eq!(
        names(&test, &with(|q| q.owners = vec!["Iris".into()])),
        ["Ysolde"]
    );
    assert_eq!(names(&test, &with(|q| q.descending = true))[0], "Ysolde");
    assert_eq!(
        names(&test, &with(|q| q.sort = SortBy::Created))[0],
        "Ysolde"
    );
    assert_eq!(
        names(
            &test,
            &with(|q| {
                q.offset = 1;
                q.limit = 2;
            })
        ),
        ["Ébène", "Old Hask"]
    );
    assert_eq!(names(&test, &with(|q| q.offset = 99)), Vec::<String>::new());
    let page = roster.list(&with(|q| q.text = "hask".into())).unwrap();
    assert_eq!((page.total, page.library_total), (1, 4));
    let kinds: Vec<_> = page
        .kinds
        .iter()
        .map(|f| (f.name.as_str(), f.count))
        .collect();
    assert_eq!(kinds, [("character", 2), ("monster", 1), ("npc", 1)]);
}

#[test]
fn a_list_is_never_stale() {
    let test = TestLibrary::new();
    let made = test.character("Sorrel");
    let all = ListQuery::default();
    assert_eq!(names(&test, &all), ["Sorrel"]);
    let patch = RecordPatch {
        display_name: Some("Sorrel Quickfen".into()),
        ..RecordPatch::default()
    };
    assert!(matches!(
        test.library().roster().update(&made.id, &patch).unwrap(),
        EditOutcome::Saved { .. }
    ));
    assert_eq!(names(&test, &all), ["Sorrel Quickfen"]);
    test.character("Tam");
    assert_eq!(names(&test, &all), ["Sorrel Quickfen", "Tam"]);
}

#[test]
fn archived_characters_leave_the_list_and_come_back_whole() {
    let mut test = TestLibrary::new();
    let made = test.character("Sorrel");
    let made = test.saved(&made, "/identity/xp", 900);
    test.library().roster().archive(&made.id).unwrap();
    let only = ListQuery {
        archived: Archived::Only,
        ..ListQuery::default()
    };
    assert_eq!(names(&test, &ListQuery::default()), Vec::<String>::new());
    assert_eq!(names(&test, &only), ["Sorrel"]);
    test.reopen();
    assert!(!test.library().roster().get(&made.id).unwrap().active);
    assert_eq!(
        test.library()
            .sheet()
            .show(&made.id)
            .unwrap()
            .sheet
            .identity
            .xp,
        900
    );
    test.library().roster().restore(&made.id).unwrap();
    assert_eq!(names(&test, &ListQuery::default()), ["Sorrel"]);
    // Archiving is history like anything else.
    let history = test
        .library()
        .history()
        .list(&made.id, None, 0, None)
        .unwrap();
    assert_eq!(history.total, 4);
}

#[test]
fn bad_names_are_refused_with_their_cell_and_nothing_is_made() {
    let test = TestLibrary::new();
    for name in ["", "   ", &"x".repeat(10_000), "bell\u{7}"] {
        let failure = test
            .library()
            .roster()
            .create(&new(name, Kind::Character, ""))
            .unwrap_err();
        assert_eq!(failure.code, Code::Invalid, "{name:.20}");
        assert!(
            failure.cell.is_some_and(|cell| cell.contains("name")),
            "{name:.20}"
        );
        assert!(!failure.message.is_empty() && failure.message.len() < 400);
    }
    assert_eq!(
        test.library()
            .roster()
            .list(&ListQuery::default())
            .unwrap()
            .library_total,
        0
    );
    for id in [
        "",
        "42",
        "0192f000-0000-7000-8000-000000000000",
        &"9".repeat(10_000),
    ] {
        let failure = test.library().roster().get(id).unwrap_err();
        assert!(matches!(failure.code, Code::NotFound | Code::Invalid));
        assert!(failure.message.len() < 300);
    }
}

#[test]
fn a_copy_goes_its_own_way() {
    let test = TestLibrary::new();
    let made = test.character("Sorrel");
    let copy = test.library().roster().duplicate(&made.id).unwrap();
    assert_eq!(copy.row.handle, "sorrel-2");
    assert_eq!(copy.row.display_name, "Sorrel (copy)");
    test.saved(&copy, "/identity/xp", 300);
    assert_eq!(
        test.library()
            .sheet()
            .show(&made.id)
            .unwrap()
            .sheet
            .identity
            .xp,
        0
    );
}
