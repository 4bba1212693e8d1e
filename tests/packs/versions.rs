//! Journeys of a pack through its versions: written by two people, taken in again from files, opened to read.

use services::Code;
use services::wire::{PackChange, PackHead, PackText};
use testkit::TestLibrary;

use super::{MOTHFOLK, edit, moth, put};

#[test]
fn an_older_version_is_opened_to_read() {
    let test = TestLibrary::new();
    let library = test.library();
    let packs = library.packs();
    let spell = packs
        .template("spell")
        .unwrap()
        .replace("New spell", "Dustlight");
    let first = put(library, &packs.create("House").unwrap(), None, &spell);
    let light = first.things[0].id.clone();
    let feat = "[[feat]]\nname = \"Mothfriend\"\ncategory = \"origin\"\ntext = \"They like you.\"\n\
        effects = [{ grants = \"spell\", spell = \"Dustlight\" }]\n";
    let second = edit(library, &first, PackChange::Remove { thing: light });
    assert!(second.newest && second.editable);
    assert_eq!(second.things, []);

    let then = packs.show(&first.row.id, Some(&first.commit)).unwrap();
    assert!(!then.newest && !then.editable);
    assert_eq!(then.commit, first.commit);
    assert_eq!(then.things, first.things);
    assert_eq!(then.versions, second.versions);

    // A text is read beside what stood in the pack then.
    let found = |commit: Option<&str>| {
        let problems = packs
            .check(&first.row.id, commit, None, feat)
            .unwrap()
            .problems;
        problems
            .iter()
            .filter(|one| one.message.contains("Dustlight"))
            .count()
    };
    assert_eq!(found(None), 1);
    assert_eq!(found(Some(&first.commit)), 0);
    assert!(packs.check(&first.row.id, Some("0"), None, feat).is_err());
}

#[test]
fn two_people_write_one_pack_and_both_stand() {
    let test = TestLibrary::new();
    let library = test.library();
    let empty = library.packs().create("House").unwrap();
    let both = put(library, &empty, None, MOTHFOLK);
    let here = put(
        library,
        &both,
        None,
        "[[language]]\nname = \"Mothic\"\ntext = \"Whispered.\"\n",
    );
    // From the older version.
    let head = PackHead {
        name: "House of moths".to_owned(),
        version: "2".to_owned(),
        ..PackHead::default()
    };
    let there = edit(library, &both, PackChange::Head { head });
    assert_eq!(there.things.len(), 2);
    assert_eq!(there.head.name, "House of moths");
    // Its id stays: characters name it by that.
    assert_eq!(there.row.pack, "house");
    let undone = library.packs().undo(&there.row.id).unwrap();
    assert_eq!(undone.head.name, "House");
    assert_eq!(undone.things.len(), 2);
    let back = library
        .packs()
        .rollback(&there.row.id, &both.commit)
        .unwrap();
    assert_eq!(back.things.len(), 1);
    assert_eq!(back.row.version_number, here.row.version_number + 3);
    let found = library
        .packs()
        .compare(
            &there.row.id,
            &back.commit,
            &here.row.version_number.to_string(),
        )
        .unwrap();
    assert_eq!(found[0].name, "Mothic");
}

#[test]
fn files_come_in_whole_and_again_as_a_newer_version() {
    let test = TestLibrary::new();
    let library = test.library();
    let packs = library.packs();
    let files = |speed: u32| {
        [
            PackText {
                name: "pack.toml".to_owned(),
                text: format!("[pack]\nid = \"moths\"\nname = \"Moths\"\nversion = \"{speed}\"\n"),
            },
            PackText {
                name: "species.toml".to_owned(),
                text: MOTHFOLK.replace("speed = 30", &format!("speed = {speed}")),
            },
        ]
    };
    let first = packs.import(&files(30)).unwrap();
    assert_eq!(
        (first.row.pack.as_str(), first.problems.len()),
        ("moths", 0)
    );
    // Comments come along.
    assert!(first.things[0].text.starts_with("# Small and grey."));
    let id = moth(library);
    let second = packs.import(&files(35)).unwrap();
    assert_eq!(second.row.id, first.row.id);
    assert_eq!(second.things[0].id, first.things[0].id);
    assert_eq!(second.row.version_number, 2);
    assert_eq!(
        second.versions[0].message,
        "Took in version 35 of its files"
    );
    assert_eq!(
        library.sheet().show(&id).unwrap().sheet.combat.speeds.walk,
        30
    );

    let out = packs.export(&second.row.id).unwrap();
    let other = TestLibrary::new();
    let again = [PackText {
        name: "x.toml".to_owned(),
        text: out,
    }];
    let again = other.library().packs().import(&again).unwrap();
    assert_eq!(again.head, second.head);
    assert_eq!(again.things[0].text.trim(), second.things[0].text.trim());

    for (name, text, says) in [
        ("bad.toml", "[[feat]]\nname = = 3\n", "line 2"),
        ("empty.toml", "", "no things"),
        (
            "srd.toml",
            "[pack]\nid = \"srd-5.2\"\n",
            "stands in the program",
        ),
    ] {
        let file = PackText {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let failure = packs.import(&[file]).unwrap_err();
        assert!(
            failure.message.contains(says),
            "{name}: {}",
            failure.message
        );
    }
    let huge = PackText {
        name: "huge.toml".to_owned(),
        text: "#".repeat(50 << 20),
    };
    assert_eq!(packs.import(&[huge]).unwrap_err().code, Code::TooLarge);
}
