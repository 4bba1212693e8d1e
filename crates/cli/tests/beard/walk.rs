//! The walk through a character's life, and the turns it can take.

use serde_json::{Value, json};

use crate::run::{Beard, party};

#[test]
fn a_character_lives_through_every_command() {
    let home = Beard::new();
    home.does(["new", "Sorrel Quickfen", "--owner", "Maren"]);
    home.does([
        "set",
        "sorrel-quickfen",
        "/identity/xp",
        "900",
        "/notes",
        "Owes Hask a grave.",
        "-m",
        "Session 1",
    ]);
    home.does([
        "set",
        "sorrel-quickfen",
        "/abilities/scores/dexterity",
        "16",
    ]);

    let sheet = home.json(["show", "sorrel-quickfen"]);
    assert_eq!(sheet["identity"]["name"], "Sorrel Quickfen");
    assert_eq!(sheet["identity"]["xp"], 900);
    assert_eq!(sheet["statistics"]["ability_modifiers"]["dexterity"], 3);
    assert_eq!(sheet["notes"], "Owes Hask a grave.");
    assert_eq!(sheet["version"], 3);
    let sections = [
        "identity",
        "statistics",
        "combat",
        "actions",
        "equipment",
        "spellcasting",
        "conditions",
        "notes",
        "version",
        "last_updated",
        "audit_trail",
    ];
    for section in sections {
        assert!(sheet.get(section).is_some(), "the sheet has no `{section}`");
    }

    let titles = |beard: &Beard| -> Vec<String> {
        let page = beard.json(["log", "sorrel-quickfen"]);
        let commits = page["groups"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|g| g["commits"].as_array().unwrap());
        commits
            .map(|commit| commit["title"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(titles(&home), ["Dexterity 10 → 16", "Session 1", "Created"]);

    home.does(["undo", "sorrel-quickfen"]);
    assert_eq!(dexterity(&home), 10);
    home.does(["redo", "sorrel-quickfen"]);
    assert_eq!(dexterity(&home), 16);
    home.does(["rollback", "sorrel-quickfen", "1"]);
    assert_eq!(
        (
            dexterity(&home),
            home.json(["show", "sorrel-quickfen"])["identity"]["xp"].clone()
        ),
        (10, json!(0))
    );
    home.does(["undo", "sorrel-quickfen"]);
    assert_eq!(dexterity(&home), 16);

    let report = home.json(["doctor"]);
    assert_eq!(
        (&report["healthy"], &report["documents"], &report["commits"]),
        (&json!(true), &json!(1), &json!(7))
    );

    let file = home.path().join("out.forkbeard");
    home.does([
        "export".as_ref(),
        "sorrel-quickfen".as_ref(),
        "-o".as_ref(),
        file.as_os_str(),
    ]);
    let away = Beard::new();
    away.does(["import".as_ref(), file.as_os_str()]);
    assert_eq!(
        away.does(["export", "sorrel-quickfen"]),
        home.does(["export", "sorrel-quickfen"])
    );
    assert_eq!(dexterity(&away), 16);
    assert_eq!(titles(&away), ["Imported"]);
}

fn dexterity(beard: &Beard) -> i64 {
    let sheet = beard.json(["show", "sorrel-quickfen"]);
    sheet["statistics"]["ability_scores"]["dexterity"]
        .as_i64()
        .unwrap()
}

#[test]
fn the_demo_party_comes_in_and_everyone_can_be_shown() {
    let beard = Beard::with_party();
    let page = beard.json(["list"]);
    let files = std::fs::read_dir(party()).unwrap().count();
    assert_eq!(page["total"], files);
    for row in page["rows"].as_array().unwrap() {
        let handle = row["handle"].as_str().unwrap();
        let name = row["display_name"].as_str().unwrap();
        assert!(beard.does(["show", handle]).starts_with(name), "{handle}");
        assert_eq!(beard.json(["show", handle])["record"]["handle"], handle);
    }
    let again = beard.json(["import", "--demo"]);
    let skipped = |one: &Value| one["result"]["what"] == "skipped";
    assert!(
        again["characters"].as_array().unwrap().iter().all(skipped),
        "{again}"
    );
}

#[test]
fn files_of_the_party_come_in_one_by_one_and_twice_as_is_asked() {
    let beard = Beard::new();
    let file = party().join("sorrel-quickfen.json");
    let import = |on: &str| {
        let report = beard.json([
            "import".as_ref(),
            file.as_os_str(),
            "--on-duplicate".as_ref(),
            on.as_ref(),
        ]);
        let one = &report["characters"][0];
        (
            one["result"]["what"].as_str().unwrap().to_owned(),
            one["handle"].as_str().unwrap().to_owned(),
        )
    };
    let told = |what: &str, handle: &str| (what.to_owned(), handle.to_owned());
    assert_eq!(import("copy"), told("new", "sorrel-quickfen"));
    beard.does(["set", "sorrel-quickfen", "/identity/xp", "15000"]);
    assert_eq!(import("skip"), told("skipped", "sorrel-quickfen"));
    assert_eq!(import("copy"), told("copy", "sorrel-quickfen-2"));
    assert_eq!(import("update"), told("updated", "sorrel-quickfen"));
    assert_eq!(
        beard.json(["show", "sorrel-quickfen"])["identity"]["xp"],
        14_250
    );
    beard.does(["undo", "sorrel-quickfen"]);
    assert_eq!(
        beard.json(["show", "sorrel-quickfen"])["identity"]["xp"],
        15_000
    );
}

#[test]
fn an_export_can_be_piped_into_an_import() {
    let (home, away) = (Beard::with_party(), Beard::new());
    let bytes = home.does(["export", "sorrel-quickfen", "old-hask"]);
    let ran = away.fed(["import", "-"], bytes.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(away.does(["export", "sorrel-quickfen", "old-hask"]), bytes);
}

#[test]
fn a_character_goes_by_handle_id_and_name() {
    let beard = Beard::with_bran();
    let id = beard.json(["list"])["rows"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for name in [
        "bran",
        "BRAN",
        id.as_str(),
        "Bran Ironbough",
        "bran ironbough",
    ] {
        assert_eq!(
            beard.json(["show", name])["record"]["handle"],
            "bran",
            "{name}"
        );
    }
    beard.does(["new", "Bran Ironbough"]);
    let failure = beard.refuses(4, ["show", "Bran Ironbough"]);
    assert!(
        failure["hint"].as_str().unwrap().contains("`bran`"),
        "{failure}"
    );
    assert!(
        failure["hint"]
            .as_str()
            .unwrap()
            .contains("`bran-ironbough`"),
        "{failure}"
    );
}

#[test]
fn a_version_goes_by_number_by_id_and_by_its_beginning() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/identity/xp", "300"]);
    beard.does(["set", "bran", "/identity/xp", "900"]);
    let log = beard.json(["log", "bran"]);
    let id = log["groups"][0]["commits"][1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for at in ["2", "v2", id.as_str(), &id[..8]] {
        let sheet = beard.json(["show", "bran", "--at", at]);
        assert_eq!(
            (&sheet["identity"]["xp"], &sheet["version"]),
            (&json!(300), &json!(2)),
            "{at}"
        );
    }
    beard.refuses(3, ["show", "bran", "--at", "17"]);
    beard.refuses(3, ["rollback", "bran", "0123456789"]);
}

#[test]
fn cells_are_set_all_or_none() {
    let beard = Beard::with_bran();
    let failure = beard.refuses(
        4,
        [
            "set",
            "bran",
            "/identity/xp",
            "900",
            "/identity/heroic_inspiration",
            "maybe",
        ],
    );
    assert_eq!(failure["cell"], "/identity/heroic_inspiration");
    let sheet = beard.json(["show", "bran"]);
    assert_eq!(
        (&sheet["identity"]["xp"], &sheet["version"]),
        (&json!(0), &json!(1))
    );
}

#[test]
fn values_are_json_where_the_cell_can_hold_it() {
    let beard = Beard::with_bran();
    beard.does([
        "set",
        "bran",
        "/identity/heroic_inspiration",
        "true",
        "/identity/background",
        "12",
    ]);
    beard.does([
        "set",
        "bran",
        "/equipment/currency",
        r#"{"gp": 15, "sp": 4}"#,
    ]);
    beard.does(["set", "bran", "/notes", "[\"a\"]", "--text"]);
    beard.does(["set", "bran", "--", "/identity/alignment", "-"]);
    let sheet = beard.json(["show", "bran"]);
    assert_eq!(sheet["identity"]["heroic_inspiration"], true);
    assert_eq!(sheet["identity"]["background"], "12");
    assert_eq!(sheet["equipment"]["currency"]["gp"], 15);
    assert_eq!(sheet["notes"], "[\"a\"]");
    assert_eq!(sheet["identity"]["alignment"], "-");
    beard.does(["unset", "bran", "/notes", "/equipment/currency/gp"]);
    let sheet = beard.json(["show", "bran"]);
    assert_eq!(
        (&sheet["notes"], &sheet["equipment"]["currency"]["gp"]),
        (&json!(""), &json!(0))
    );
    let again = beard.json(["unset", "bran", "/notes"]);
    assert_eq!(again["status"], "unchanged");
}

#[test]
fn changes_on_an_older_version_are_merged() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/identity/xp", "300"]);
    let outcome = beard.json(["set", "bran", "/identity/species", "Dwarf", "--base", "1"]);
    assert_eq!(outcome["status"], "saved");
    let identity = beard.json(["show", "bran"])["identity"].clone();
    assert_eq!(
        (&identity["xp"], &identity["species"]),
        (&json!(300), &json!("Dwarf"))
    );
}

#[test]
fn an_archived_character_leaves_the_list_and_comes_back() {
    let beard = Beard::with_bran();
    beard.does(["rm", "bran"]);
    let total = |words: &[&str]| beard.json(words.iter().copied())["total"].clone();
    assert_eq!(total(&["list"]), 0);
    assert_eq!(total(&["list", "--archived"]), 1);
    assert_eq!(total(&["list", "--all"]), 1);
    assert_eq!(beard.json(["show", "bran"])["record"]["active"], false);
    beard.does(["restore", "bran"]);
    assert_eq!(total(&["list"]), 1);
}

#[test]
fn lists_are_filtered_and_sorted() {
    let beard = Beard::with_party();
    let handles = |words: &[&str]| -> Vec<String> {
        let page = beard.json(std::iter::once("list").chain(words.iter().copied()));
        page["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["handle"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(handles(&["--class", "Wizard"]), ["ottoline-marrowick"]);
    assert_eq!(handles(&["halfling", "iris"]), ["pim-tallowick"]);
    assert_eq!(handles(&["--kind", "npc"]), ["merrin-vole", "old-hask"]);
    assert_eq!(
        handles(&["--sort", "level", "--reverse", "--limit", "2"]),
        ["ottoline-marrowick", "vesper-lacklight"]
    );
    assert_eq!(
        handles(&["--owner", "Maren", "--owner", "Tom"]),
        ["oru-nine-stones", "sorrel-quickfen"]
    );
    assert_eq!(handles(&["--limit", "3"]).len(), 3);
    assert_eq!(handles(&["--offset", "10"]).len(), 1);
}

#[test]
fn a_log_can_be_of_one_cell_and_of_any_length() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/identity/xp", "300"]);
    beard.does(["set", "bran", "/identity/species", "Dwarf"]);
    beard.does(["--author", "Edda", "set", "bran", "/identity/xp", "900"]);
    let commits = |words: &[&str]| -> Vec<(u64, String)> {
        let page = beard.json(["log", "bran"].iter().chain(words).copied());
        let groups = page["groups"].as_array().unwrap();
        groups
            .iter()
            .flat_map(|group| group["commits"].as_array().unwrap())
            .map(|c| {
                (
                    c["version"].as_u64().unwrap(),
                    c["author"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    let by = |version: u64, author: &str| (version, author.to_owned());
    assert_eq!(
        commits(&["--cell", "/identity/xp"]),
        [by(4, "Edda"), by(2, "Maren")]
    );
    assert_eq!(commits(&["--limit", "1"]), [by(4, "Edda")]);
    assert_eq!(commits(&["--from", "2"]), [by(2, "Maren"), by(1, "Maren")]);
}

#[test]
fn a_portrait_is_kept_and_travels_with_its_character() {
    let (home, away) = (Beard::with_bran(), Beard::new());
    let picture = party().join("../portraits/oru-nine-stones.png");
    home.does(["portrait".as_ref(), "bran".as_ref(), picture.as_os_str()]);
    let avatar = home.json(["list"])["rows"][0]["avatar"].clone();
    assert_eq!(avatar.as_str().map(str::len), Some(64));
    let ran = away.fed(["import", "-"], home.does(["export", "bran"]).as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(away.json(["list"])["rows"][0]["avatar"], avatar);
    home.refuses(
        4,
        [
            "portrait".as_ref(),
            "bran".as_ref(),
            party().join("old-hask.json").as_os_str(),
        ],
    );
    home.refuses(3, ["portrait", "bran", "no-such-picture.png"]);
}

#[test]
fn a_backup_can_be_restored_and_nothing_is_thrown_away() {
    let beard = Beard::with_bran();
    assert_eq!(beard.json(["backup", "list"]), json!([]));
    let made = beard.json(["backup"]);
    assert_eq!(made["verified"], true);
    let name = made["name"].as_str().unwrap();
    beard.does(["new", "Wren"]);
    let status = beard.json(["backup", "restore", name]);
    assert_eq!(
        (&status["state"], &status["characters"]),
        (&json!("open"), &json!(1))
    );
    beard.refuses(3, ["show", "wren"]);
    beard.does(["show", "bran"]);
    assert_eq!(beard.json(["backup", "list"])[0]["name"], name);
    let ran = beard.run(["backup", "restore", "no-such-backup"]);
    assert_ne!(ran.code, Some(0));
    assert!(ran.err.contains("no-such-backup"), "{ran:?}");
    beard.does(["show", "bran"]);
}

#[test]
fn the_index_can_be_built_anew() {
    let beard = Beard::with_bran();
    std::fs::remove_dir_all(beard.library().join("sled")).unwrap();
    assert_eq!(beard.json(["list"])["total"], 1);
    let report = beard.json(["doctor", "--rebuild"]);
    assert_eq!(
        (&report["healthy"], &report["rebuilt"]),
        (&json!(true), &json!(true))
    );
}

#[test]
fn the_folder_comes_from_the_environment_where_no_argument_says_so() {
    let beard = Beard::with_bran();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_beard"));
    let ran = crate::run::finish(
        command
            .args(["show", "bran"])
            .env("FORKBEARD_DATA", beard.path()),
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
