//! Merging from the command line: lines of a character, conflicts, files, and as a merge driver of the real git.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::run::Beard;

/// Writes a file of one character with some cells changed.
fn write(file: &Path, cells: &[(&str, Value)]) {
    let mut character = json!({
        "format": "forkbeard.character/1",
        "record": {"handle": "sorrel", "display_name": "Sorrel", "kind": "character", "active": true},
        "identity": {"name": "Sorrel", "species": "Elf", "xp": 100},
        "combat": {"damage_taken": 4},
        "equipment": {"inventory": {"rope": {"name": "Rope", "rank": "a", "quantity": 1}}},
        "notes": "One.\n\nTwo."
    });
    for (path, value) in cells {
        let (around, name) = path.rsplit_once('/').unwrap();
        let around = character.pointer_mut(around).unwrap();
        around[name] = value.clone();
    }
    let text = serde_json::to_string_pretty(&character).unwrap();
    std::fs::write(file, text + "\n").unwrap();
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn git(folder: &Path, words: &[&str]) -> (Option<i32>, String) {
    let path = std::env::var_os("PATH").unwrap();
    let beard = Path::new(env!("CARGO_BIN_EXE_beard")).parent().unwrap();
    let mut paths = vec![beard.to_path_buf()];
    paths.extend(std::env::split_paths(&path));
    let ran = Command::new("git")
        .args([
            "-c",
            "user.name=Maren",
            "-c",
            "user.email=maren@example.org",
        ])
        .args(words)
        .current_dir(folder)
        .env("PATH", std::env::join_paths(paths).unwrap())
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-config"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    (
        ran.status.code(),
        out + &String::from_utf8_lossy(&ran.stderr),
    )
}

/// A repository whose characters are merged by Forkbeard, with one character on `main`.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().unwrap();
    let at = folder.path();
    let does = |words: &[&str]| {
        let (code, said) = git(at, words);
        assert_eq!(code, Some(0), "{words:?}: {said}");
    };
    does(&["init", "-q", "-b", "main"]);
    does(&["config", "merge.forkbeard.name", "Forkbeard characters"]);
    does(&[
        "config",
        "merge.forkbeard.driver",
        "beard merge-file %O %A %B --ours-label main --theirs-label loot",
    ]);
    std::fs::write(at.join(".gitattributes"), "*.forkbeard merge=forkbeard\n").unwrap();
    write(&at.join("sorrel.forkbeard"), &[]);
    does(&["add", "."]);
    does(&["commit", "-q", "-m", "Sorrel"]);
    folder
}

/// Commits some cells on a branch of the repository.
fn commit(folder: &Path, branch: &str, cells: &[(&str, Value)]) {
    write(&folder.join("sorrel.forkbeard"), cells);
    let (code, said) = git(folder, &["commit", "-q", "-a", "-m", branch]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn git_merges_characters_by_their_cells() {
    let repository = repository();
    let at = repository.path();
    assert_eq!(git(at, &["switch", "-q", "-c", "loot"]).0, Some(0));
    commit(
        at,
        "loot",
        &[
            ("/combat/damage_taken", json!(9)),
            (
                "/equipment/inventory/ruby",
                json!({"name": "Ruby", "rank": "b", "quantity": 3}),
            ),
            ("/notes", json!("One.\n\nTwo, and a ruby.")),
        ],
    );
    assert_eq!(git(at, &["switch", "-q", "main"]).0, Some(0));
    commit(
        at,
        "main",
        &[
            ("/combat/damage_taken", json!(1)),
            ("/identity/xp", json!(400)),
            ("/notes", json!("One, at last.\n\nTwo.")),
        ],
    );
    let (code, said) = git(at, &["merge", "-q", "--no-edit", "loot"]);
    assert_eq!(code, Some(0), "{said}");
    let merged = read(&at.join("sorrel.forkbeard"));
    assert_eq!(merged["combat"]["damage_taken"], 6, "3 healed and 5 taken");
    assert_eq!(merged["identity"]["xp"], 400);
    assert_eq!(merged["equipment"]["inventory"]["ruby"]["quantity"], 3);
    assert_eq!(merged["notes"], "One, at last.\n\nTwo, and a ruby.");
    let (_, status) = git(at, &["status", "--porcelain"]);
    assert_eq!(status, "", "nothing is left over");
}

#[test]
fn git_stops_at_a_conflict_and_nothing_is_lost() {
    let repository = repository();
    let at = repository.path();
    assert_eq!(git(at, &["switch", "-q", "-c", "loot"]).0, Some(0));
    commit(
        at,
        "loot",
        &[
            ("/identity/species", json!("Dwarf")),
            ("/identity/xp", json!(150)),
        ],
    );
    assert_eq!(git(at, &["switch", "-q", "main"]).0, Some(0));
    commit(
        at,
        "main",
        &[
            ("/identity/species", json!("Human")),
            ("/identity/xp", json!(120)),
        ],
    );
    let (code, said) = git(at, &["merge", "--no-edit", "loot"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("CONFLICT"), "{said}");
    let file = at.join("sorrel.forkbeard");
    let merged = read(&file);
    assert_eq!(
        merged["identity"]["species"], "Human",
        "ours, for the time being"
    );
    assert_eq!(
        merged["identity"]["xp"], 170,
        "what settles itself is settled"
    );
    let open = &merged["conflicts"]["/identity/species"];
    assert_eq!(open["base"], "Elf");
    assert_eq!(
        open["sides"],
        json!([{"from": "main", "value": "Human"}, {"from": "loot", "value": "Dwarf"}])
    );
    let (_, status) = git(at, &["status", "--porcelain"]);
    assert!(status.starts_with("UU sorrel.forkbeard"), "{status}");

    // The file goes into a library as it is, and the conflict is decided there.
    let beard = Beard::new();
    beard.does(["import".as_ref(), file.as_os_str()]);
    let conflicts = beard.json(["conflicts", "sorrel"]);
    assert_eq!(conflicts[0]["path"], "/identity/species");
    assert_eq!(conflicts[0]["sides"][1]["text"], "Dwarf");
    assert!(beard.does(["conflicts", "sorrel"]).contains("1 loot"));
    beard.does(["resolve", "sorrel", "/identity/species", "--take", "theirs"]);
    assert_eq!(
        beard.json(["show", "sorrel"])["identity"]["species"],
        "Dwarf"
    );
    assert_eq!(beard.json(["conflicts", "sorrel"]), json!([]));
}

#[test]
fn files_are_merged_and_compared_without_a_library() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    let text = |name: &str| file(name).to_string_lossy().into_owned();
    write(&file("base"), &[]);
    write(&file("ours"), &[("/identity/species", json!("Human"))]);
    write(
        &file("theirs"),
        &[
            ("/identity/species", json!("Dwarf")),
            ("/identity/xp", json!(300)),
        ],
    );
    let beard = Beard::new();
    let (base, ours, theirs) = (text("base"), text("ours"), text("theirs"));

    let printed = beard.run([
        "merge-file",
        "-p",
        "--strategy",
        "theirs",
        &base,
        &ours,
        &theirs,
    ]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    let merged: Value = serde_json::from_str(&printed.out).unwrap();
    assert_eq!(merged["identity"]["species"], "Dwarf");
    assert!(merged.get("conflicts").is_none());
    assert_eq!(
        read(&file("ours"))["identity"]["species"],
        "Human",
        "nothing was written"
    );

    let ran = beard.run(["merge-file", "--json", &base, &ours, &theirs]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["conflicts"][0]["path"], "/identity/species");
    assert_eq!(read(&file("ours"))["identity"]["xp"], 300);

    std::fs::write(file("broken"), "<<<<<<<").unwrap();
    let before = std::fs::read(file("ours")).unwrap();
    let broken = beard.run(["merge-file", &base, &ours, &text("broken")]);
    assert_eq!(broken.code, Some(4), "{broken:?}");
    assert_eq!(
        std::fs::read(file("ours")).unwrap(),
        before,
        "nothing was written"
    );
    let missing = beard.run(["merge-file", &base, &ours, &text("no-such")]);
    assert_eq!(missing.code, Some(3), "{missing:?}");

    let shown = beard.does(["diff-file", &base, &theirs]);
    assert!(
        shown.contains("Species") && shown.contains("Elf → Dwarf"),
        "{shown}"
    );
    let raw = beard.does(["diff-file", "--raw", &base, &theirs]);
    assert!(raw.contains("/identity/xp\n  - 100\n  + 300\n"), "{raw}");
    assert_eq!(
        beard.does(["diff-file", &base, &base]),
        "Nothing differs.\n"
    );

    // Both made the file: an empty base.
    std::fs::write(file("empty"), "").unwrap();
    write(&file("mine"), &[]);
    let same = beard.run(["merge-file", &text("empty"), &text("mine"), &base]);
    assert_eq!(same.code, Some(0), "{same:?}");
    assert_eq!(
        read(&file("mine"))["identity"]["xp"],
        100,
        "made once and not added up"
    );
}

#[test]
fn a_conflict_is_decided_by_a_value_that_the_cell_can_hold() {
    let beard = Beard::with_bran();
    for (branch, name) in [("one", "Bran the Elder"), ("two", "Bran the Younger")] {
        beard.does(["branch", "new", "bran", branch, "--from", "1", "--switch"]);
        beard.does(["set", "bran", "/identity/name", name]);
    }
    beard.does(["merge", "bran", "one"]);
    assert_eq!(
        beard.json(["conflicts", "bran"])[0]["path"],
        "/identity/name"
    );
    beard.does(["resolve", "bran", "/identity/name", "--value", "47"]);
    assert_eq!(beard.json(["show", "bran"])["identity"]["name"], "47");
    assert_eq!(beard.json(["conflicts", "bran"]), json!([]));
}

#[test]
fn blame_tells_the_time_by_the_clock_on_the_wall() {
    let beard = Beard::with_bran();
    let at = |zone: &str, words: [&str; 3]| {
        let ran = crate::run::finish(beard.command(words).env("TZ", zone));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.out
    };
    let words = ["blame", "bran", "/identity/name"];
    assert_ne!(at("UTC", words), at("JST-9", words));
}

#[test]
fn files_of_others_do_not_steer_the_terminal() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = |name: &str| folder.path().join(name);
    write(&file("before"), &[]);
    write(
        &file("after"),
        &[
            (
                "/equipment/inventory/ruby\u{9b}2J",
                json!({"name": "Ruby", "rank": "b"}),
            ),
            ("/notes", json!("One.\n\n\u{202e}Two \u{9b}31m words.")),
        ],
    );
    let beard = Beard::new();
    for option in [None, Some("--raw")] {
        let files = [file("before"), file("after")];
        let words = ["diff-file".into()]
            .into_iter()
            .chain(option.map(Into::into));
        let ran = beard.run(words.chain(files.map(std::path::PathBuf::into_os_string)));
        assert!(
            !ran.out.contains(['\u{9b}', '\u{202e}']) && !ran.err.contains('\u{9b}'),
            "{option:?} {ran:?}"
        );
    }
}

#[test]
fn a_line_is_merged_compared_and_asked_where_its_cells_come_from() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/abilities/scores/constitution", "14"]);
    let difference = beard.does(["diff", "bran", "1", "--consequences"]);
    assert!(difference.contains("Constitution save"), "{difference}");
    assert!(
        difference.contains("because of Constitution"),
        "{difference}"
    );
    let raw = beard.does(["diff", "bran", "1", "2", "--raw"]);
    assert_eq!(raw, "/abilities/scores/constitution\n  - 10\n  + 14\n");
    let blame = beard.does(["blame", "bran", "/abilities/scores/constitution"]);
    assert!(
        blame.contains("10 → 14") && blame.contains("Maren"),
        "{blame}"
    );
    let number = beard.json(["blame", "bran", "/statistics/saving_throws/constitution"]);
    assert_eq!(number["derived"], true);
    assert_eq!(number["steps"][0]["before"], "0");
    let preview = beard.does(["merge", "bran", "1", "--into", "main", "--preview"]);
    assert!(preview.contains("nothing to bring in"), "{preview}");
    let merged = beard.does(["merge", "bran", "1", "--into", "main"]);
    assert!(merged.contains("nothing to bring in"), "{merged}");
    let refused = beard.run(["resolve", "bran", "/identity/species", "--take", "ours"]);
    assert_eq!(refused.code, Some(3), "{refused:?}");
}
