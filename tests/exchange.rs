//! Journeys through files: the demo party, there and back again, and what is no file of ours.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::collections::BTreeMap;

use serde_json::{Value, json};
use services::Code;
use services::exchange::Incoming;
use services::wire::{FileLook, ImportedAs, ListQuery, OnDuplicate};
use testkit::TestLibrary;

#[test]
fn the_demo_party_comes_in_whole_and_its_numbers_are_right() {
    let test = TestLibrary::new();
    let report = test.library().exchange().import_demo().unwrap();
    assert_eq!(report.notices, Vec::<String>::new());
    assert_eq!(report.characters.len(), 11);
    for character in &report.characters {
        assert_eq!(character.result, ImportedAs::New, "{}", character.name);
    }
    let text = include_str!("../demo/expected.json");
    let expected: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_str(text).unwrap();
    assert_eq!(expected.len(), 11);
    let mut wrong = Vec::new();
    for (handle, numbers) in &expected {
        let row = test.library().roster().by_handle(handle).unwrap();
        assert!(row.avatar.is_some(), "{handle} has a portrait");
        let view = test.library().sheet().show(&row.id).unwrap();
        let sheet = serde_json::to_value(&view.sheet).unwrap();
        for (name, number) in numbers {
            let at = match name.as_str() {
                "level" => "/identity/level",
                "hp_maximum" => "/combat/hp_maximum",
                "armor_class" => "/combat/armor_class",
                "initiative" => "/combat/initiative",
                "passive_perception" => "/statistics/passive_perception",
                "spell_save_dc" => "/spellcasting/spell_save_dc",
                other => panic!("expected.json has an unknown number {other}"),
            };
            let got = sheet.pointer(at).cloned().unwrap_or(Value::Null);
            if got != *number {
                wrong.push(format!("{handle} {name}: expected {number}, got {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    // Twice is no more than once.
    let again = test.library().exchange().import_demo().unwrap();
    assert!(
        again
            .characters
            .iter()
            .all(|c| c.result == ImportedAs::Skipped)
    );
    assert_eq!(
        test.library()
            .roster()
            .list(&ListQuery::default())
            .unwrap()
            .library_total,
        11
    );
}

#[test]
fn what_goes_out_comes_in_again_the_same() {
    let test = TestLibrary::new();
    test.library().exchange().import_demo().unwrap();
    let rows = test
        .library()
        .roster()
        .list(&ListQuery::default())
        .unwrap()
        .rows
        .clone();
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let bytes = test.library().exchange().export(&ids).unwrap();
    let other = TestLibrary::new();
    let report = other
        .library()
        .exchange()
        .import(&bytes, OnDuplicate::Copy)
        .unwrap();
    assert!(
        report
            .characters
            .iter()
            .all(|c| c.result == ImportedAs::New),
        "{report:?}"
    );
    for row in rows {
        let there = other.library().roster().by_handle(&row.handle).unwrap();
        let (a, b) = (
            test.library().sheet().show(&row.id).unwrap(),
            other.library().sheet().show(&there.id).unwrap(),
        );
        assert_eq!(a.source, b.source);
        let picture = row.avatar.unwrap();
        assert_eq!(
            other.library().assets().original(&picture).unwrap(),
            test.library().assets().original(&picture).unwrap()
        );
    }
    assert_eq!(
        other.library().exchange().export(&[]).unwrap().first(),
        Some(&b'{')
    );
}

#[test]
fn duplicates_become_copies_updates_or_are_left_out() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let bytes = test
        .library()
        .exchange()
        .export(std::slice::from_ref(&view.id))
        .unwrap();
    let view = test.saved(&view, "/identity/xp", 900);
    let import = |on| {
        test.library()
            .exchange()
            .import(&bytes, on)
            .unwrap()
            .characters
            .remove(0)
    };
    assert_eq!(import(OnDuplicate::Skip).result, ImportedAs::Skipped);
    let copy = import(OnDuplicate::Copy);
    assert_eq!(
        (copy.result, copy.handle.as_deref()),
        (ImportedAs::Copy, Some("sorrel-2"))
    );
    let updated = import(OnDuplicate::Update);
    assert_eq!(
        (updated.result, updated.id.as_deref()),
        (ImportedAs::Updated, Some(view.id.as_str()))
    );
    assert_eq!(
        test.library()
            .sheet()
            .show(&view.id)
            .unwrap()
            .sheet
            .identity
            .xp,
        0
    );
    assert_eq!(
        test.library()
            .sheet()
            .show_at(&view.id, &view.commit)
            .unwrap()
            .sheet
            .identity
            .xp,
        900
    );
}

#[test]
fn one_bad_character_does_not_keep_the_others_out() {
    let test = TestLibrary::new();
    let file = json!({"forkbeard": "characters", "version": 1, "characters": [
        {"format": sheet::FORMAT, "identity": {"name": "Good"}},
        {"format": sheet::FORMAT, "identity": {"name": "Bad", "xp": "lots"}},
        {"format": sheet::FORMAT, "identity": {"name": "Good"}},
        7,
    ], "assets": {"zz": "AAAA"}});
    let bytes = serde_json::to_vec(&file).unwrap();
    let report = test
        .library()
        .exchange()
        .import(&bytes, OnDuplicate::Copy)
        .unwrap();
    let results: Vec<_> = report
        .characters
        .iter()
        .map(|c| (c.name.as_str(), &c.result))
        .collect();
    assert_eq!(results[0], ("Good", &ImportedAs::New));
    assert_eq!(results[2], ("Good", &ImportedAs::Copy));
    let ImportedAs::Refused { failure } = results[1].1 else {
        panic!("{results:?}")
    };
    assert_eq!(failure.cell.as_deref(), Some("/identity/xp"));
    assert!(matches!(results[3].1, ImportedAs::Refused { .. }));
    assert_eq!(report.notices.len(), 1);
}

#[test]
fn what_is_no_file_of_ours_is_refused_with_a_reason() {
    let test = TestLibrary::new();
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    for (bytes, code) in [
        (&b""[..], Code::Invalid),
        (b"\x00\xff\xfe", Code::Invalid),
        (b"{}", Code::Invalid),
        (b"[1, 2]", Code::Invalid),
        (deep.as_bytes(), Code::Invalid),
        (
            br#"{"forkbeard": "journal", "version": 1, "characters": []}"#,
            Code::Invalid,
        ),
        (
            br#"{"forkbeard": "characters", "version": 99, "characters": []}"#,
            Code::NewerSchema,
        ),
    ] {
        let failure = test
            .library()
            .exchange()
            .import(bytes, OnDuplicate::Copy)
            .unwrap_err();
        assert_eq!(failure.code, code);
        assert!(
            !failure.hint.is_empty() && failure.message.len() < 400,
            "{failure:?}"
        );
    }
    // A gigabyte is refused by its size, before any of it is read: the file is sparse and takes no room.
    let path = test.path().join("huge.json");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(1 << 30)
        .unwrap();
    let failure = test
        .library()
        .exchange()
        .import_file(&path, OnDuplicate::Copy)
        .unwrap_err();
    assert_eq!(failure.code, Code::TooLarge);
    let failure = test
        .library()
        .exchange()
        .import_file(&test.path().join("none"), OnDuplicate::Copy)
        .unwrap_err();
    assert_eq!(failure.code, Code::NotFound);
}

#[test]
fn files_are_looked_at_before_they_come_in_and_one_that_cannot_be_read_keeps_none_out() {
    let test = TestLibrary::new();
    let actor = json!({
        "name": "Ulla", "type": "character", "system": {"abilities": {"str": {"value": 15}}},
        "items": [{"name": "Gandalf's Hat", "type": "loot", "system": {}}],
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fvtt-Actor-ulla.json");
    std::fs::write(&path, actor.to_string()).unwrap();
    let files = [
        Incoming::File(path),
        Incoming::Content {
            name: "brann.forkbeard".to_owned(),
            bytes: json!({"format": "forkbeard.character/1", "identity": {"name": "Brann"}})
                .to_string()
                .into_bytes(),
        },
        Incoming::Content {
            name: "../shopping.txt".to_owned(),
            bytes: b"milk".to_vec(),
        },
    ];
    let exchange = test.library().exchange();
    let looks = exchange.look(&files);
    let [
        FileLook::Readable { preview: ulla },
        FileLook::Readable { preview: brann },
        FileLook::Refused { file, failure },
    ] = &looks[..]
    else {
        panic!("{looks:?}");
    };
    assert_eq!(ulla.file, "fvtt-Actor-ulla.json");
    assert_eq!(ulla.characters, ["Ulla"]);
    let report = ulla.report.as_ref().unwrap();
    assert!(report.parts.iter().any(|part| part.name == "Gandalf's Hat"));
    assert_eq!((&*brann.file, &brann.report), ("brann.forkbeard", &None));
    assert_eq!(brann.characters, ["Brann"]);
    assert_eq!((&**file, failure.code), ("shopping.txt", Code::Invalid));
    let total = || {
        let list = test.library().roster().list(&ListQuery::default());
        list.unwrap().library_total
    };
    assert_eq!(total(), 0, "looking writes nothing");

    let report = exchange.take_in(&files, OnDuplicate::Copy);
    let came: Vec<(&str, bool)> = report
        .characters
        .iter()
        .map(|one| (&*one.name, one.id.is_some()))
        .collect();
    assert_eq!(
        came,
        [("Ulla", true), ("Brann", true), ("shopping.txt", false)]
    );
    assert_eq!(total(), 2);
}
