//! The compendium from the command line, and packs of one's own; none of it makes a library.

use std::fs;
use std::path::Path;

use crate::run::Beard;

#[test]
fn things_are_found_and_shown() {
    let beard = Beard::new();
    shows!("search", beard.does(["content", "search", "fireball"]));
    shows!(
        "search_filtered",
        beard.does([
            "content", "search", "--kind", "spell", "--tag", "wizard", "--tag", "level 9",
            "--limit", "3"
        ])
    );
    shows!(
        "search_of_nothing",
        beard.does(["content", "search", "xyzzy"])
    );
    shows!(
        "show_a_spell",
        beard.does(["content", "show", "spell", "fireball"])
    );
    shows!(
        "show_a_magic_item",
        beard.does(["content", "show", "magic-item", "Wand of Web"])
    );
    let page = beard.json(["content", "search", "fireball"]);
    assert_eq!(page["rows"][0]["id"], "fireball");
    assert_eq!(page["rows"][0]["kind"], "spell");
    let second = beard.json([
        "content", "search", "--kind", "class", "--limit", "5", "--offset", "10",
    ]);
    assert_eq!(
        (
            second["total"].as_i64(),
            second["rows"].as_array().unwrap().len()
        ),
        (Some(12), 2)
    );
    let entry = beard.json(["content", "show", "class", "Fighter"]);
    assert_eq!(entry["row"]["name"], "Fighter");
    assert!(
        entry["parts"]
            .as_array()
            .unwrap()
            .iter()
            .any(|part| part["name"] == "Second Wind")
    );
    assert!(!beard.library().exists(), "the compendium needs no library");
}

#[test]
fn what_the_compendium_does_not_have_is_told() {
    let beard = Beard::new();
    beard.refuses(3, ["content", "show", "spell", "nope\u{1b}[31m"]);
    beard.refuses(3, ["content", "show", "spelling", "fireball"]);
    beard.refuses(4, ["content", "search", &"x".repeat(201)]);
    beard.refuses(2, ["content", "search", "--limit", "0"]);
    beard.refuses(2, ["content", "burn"]);
}

const HEAD: &str = "[pack]\nid = \"heron\"\nname = \"Heron House\"\nversion = \"1.2\"\n";

fn pack(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn a_sound_pack_is_well() {
    let beard = Beard::new();
    let feat = "[[feat]]\nname = \"Heron's Patience\"\ncategory = \"general\"\ntext = \"You wait well.\"\n";
    pack(
        beard.path(),
        &[
            ("pack.toml", HEAD),
            ("feats.toml", feat),
            ("notes.txt", "not TOML"),
        ],
    );
    let check = |path: &Path| {
        beard
            .command(["content", "check"])
            .arg(path)
            .output()
            .unwrap()
    };
    let told = check(beard.path());
    assert_eq!(told.status.code(), Some(0), "{told:?}");
    shows!("pack", String::from_utf8(told.stdout).unwrap());
    let report = beard.json([
        "content".as_ref(),
        "check".as_ref(),
        beard.path().as_os_str(),
    ]);
    assert_eq!(
        (&report["files"], &report["things"]["feat"]),
        (&2.into(), &1.into())
    );
    assert!(!beard.library().exists());
}

#[test]
fn what_is_wrong_with_a_pack_is_told_with_its_place() {
    let beard = Beard::new();
    let folder = beard.path();
    let words = ["content".as_ref(), "check".as_ref(), folder.as_os_str()];
    pack(
        folder,
        &[
            ("pack.toml", HEAD),
            ("feats.toml", "\n[[feat]]\nname = 7\n"),
            ("b.toml", "[[feat\n"),
        ],
    );
    assert_eq!(beard.refuses(4, words)["code"], "invalid");
    shows!("pack_that_cannot_be_read", beard.run(words).err);
    fs::remove_file(folder.join("b.toml")).unwrap();
    fs::remove_file(folder.join("pack.toml")).unwrap();
    let background = "[[background]]\nname = \"Heron Keeper\"\ntext = \"You kept herons.\"\n\
        abilities = [\"wisdom\", \"dexterity\", \"charisma\"]\nfeat = \"Heron Sense\"\neffects = []\nequipment = []\n";
    pack(folder, &[("feats.toml", background)]);
    beard.refuses(4, words);
    shows!("pack_with_problems", beard.run(words).err);
}

#[test]
fn what_is_no_pack_is_refused() {
    let beard = Beard::new();
    let check = |path: &Path, code| {
        beard.refuses(
            code,
            ["content".as_ref(), "check".as_ref(), path.as_os_str()],
        )
    };
    check(&beard.path().join("nowhere"), 3);
    check(beard.path(), 3);
    let file = beard.path().join("big.toml");
    fs::write(&file, "#".repeat(8 * 1024 * 1024 + 1)).unwrap();
    assert_eq!(check(beard.path(), 4)["code"], "too_large");
    fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    check(&file, 4);
    fs::write(
        &file,
        format!(
            "{HEAD}[[feat]]\nname = \"x\"\ntext = {}1",
            "[".repeat(100_000)
        ),
    )
    .unwrap();
    check(&file, 4);
}
