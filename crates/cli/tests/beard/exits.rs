//! What the program ends with, and what it says then.

use std::fs;

use serde_json::Value;

use crate::run::{Beard, finish};

#[test]
fn what_cannot_be_understood_is_usage() {
    let beard = Beard::new();
    for words in [
        &["sho"][..],
        &["show"],
        &["set", "bran", "/notes"],
        &["show", "-bran"],
        &["list", "--limit", "0"],
        &[],
    ] {
        let ran = beard.run(words);
        assert_eq!(
            (ran.code, ran.out.as_str()),
            (Some(2), ""),
            "{words:?} {ran:?}"
        );
        assert!(!ran.err.is_empty());
    }
    assert_eq!(beard.refuses(2, ["sho"])["code"], "usage");
    let missing = beard.refuses(2, ["show"]);
    assert!(
        missing["message"].as_str().unwrap().contains("<NAME>"),
        "{missing}"
    );
    for words in [["--help"], ["--version"], ["help"]] {
        assert!(beard.does(words).contains("beard"));
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    let beard = Beard::with_bran();
    for words in [
        &["show", "nobody"][..],
        &["set", "nobody", "/notes", "x"],
        &["undo", "nobody"],
        &["log", "nobody"],
        &["rm", "nobody"],
        &["restore", "nobody"],
        &["export", "bran", "nobody"],
        &["show", "bran", "--explain", "/notes"],
        &["show", "bran", "--at", "99"],
        &["show", "0192f0c4-0000-7000-8000-000000000000"],
        &["import", "no-such-file.json"],
    ] {
        assert_eq!(beard.refuses(3, words)["code"], "not_found", "{words:?}");
    }
}

#[test]
fn what_is_refused_names_its_cell_and_changes_nothing() {
    let beard = Beard::with_bran();
    for (cell, value) in [
        ("/identity/xp", "lots"),
        ("/identity/xp", "-1"),
        ("/identity/xp", "1.5"),
        ("/identity/nmae", "Bran"),
        ("/combat/armor_class", "18"),
        ("/record/handle", "Two Words"),
        ("/identity/name", "bad\u{7}bell"),
        ("/levels/level-1/hit_die", "7.5"),
    ] {
        let failure = beard.refuses(4, ["set", "bran", cell, value]);
        assert_eq!(
            (&failure["code"], &failure["cell"]),
            (&"invalid".into(), &cell.into()),
            "{failure}"
        );
        let ran = beard.run(["set", "bran", cell, value]);
        assert!(ran.err.contains(&format!("\n  cell: {cell}\n")), "{ran:?}");
        assert_eq!(ran.out, "");
    }
    beard.refuses(4, ["set", "bran", "no-path", "x"]);
    beard.refuses(4, ["set", "bran", "/notes", "x", "/identity/name"]);
    assert_eq!(
        beard.refuses(4, ["undo", "bran"])["code"],
        "nothing_to_undo"
    );
    assert_eq!(
        beard.refuses(4, ["redo", "bran"])["code"],
        "nothing_to_undo"
    );
    assert_eq!(
        beard.refuses(4, ["new", "Another", "--handle", "BRAN"])["code"],
        "handle_taken"
    );
    assert_eq!(beard.json(["list"])["library_total"], 1);
    assert_eq!(beard.json(["show", "bran"])["version"], 1);
}

#[test]
fn names_of_any_length_and_kind_are_answered() {
    let beard = Beard::with_bran();
    let long = "x".repeat(10_000);
    let failure = beard.refuses(4, ["new", &long]);
    assert!(failure["cell"].is_string(), "{failure}");
    beard.refuses(4, ["set", "bran", "/identity/name", &long]);
    let answer = beard.refuses(3, ["show", &long]);
    assert!(answer["message"].as_str().unwrap().len() < 200, "{answer}");
    beard.refuses(4, ["new", ""]);
    beard.refuses(4, ["new", "bad\u{1b}[31mname"]);
    let ran = beard.run(["show", "bad\u{1b}[31mname\r\n"]);
    assert_eq!(ran.code, Some(3));
    assert!(
        !ran.err.contains('\u{1b}') && !ran.err.contains('\r'),
        "{ran:?}"
    );
    for name in ["-bran", "--json", "-"] {
        let ran = beard.run(["show", "--", name]);
        assert_eq!(ran.code, Some(3), "{ran:?}");
    }
    beard.does(["new", "龍の子 🐉"]);
    assert_eq!(
        beard.json(["show", "龍の子 🐉"])["identity"]["name"],
        "龍の子 🐉"
    );
}

#[test]
fn a_clash_is_a_conflict_with_all_three_values() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/identity/species", "Dwarf"]);
    let words = ["set", "bran", "/identity/species", "Elf", "--base", "1"];
    let failure = beard.refuses(5, words);
    assert_eq!(
        (&failure["code"], &failure["cell"]),
        (&"conflict".into(), &"/identity/species".into())
    );
    for value in ["Elf", "Dwarf"] {
        assert!(
            failure["message"].as_str().unwrap().contains(value),
            "{failure}"
        );
    }
    let ran = beard.run(["--json"].iter().chain(&words));
    let outcome: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&outcome["status"], &outcome["cells"][0]["theirs"]),
        (&"conflict".into(), &"Dwarf".into())
    );
    assert_eq!(beard.json(["show", "bran"])["identity"]["species"], "Dwarf");
}

#[test]
fn a_library_that_another_process_has_open_is_locked() {
    let beard = Beard::with_bran();
    let settings = services::Settings::new(beard.library(), "Edda");
    let open = services::Library::open(settings).unwrap();
    for words in [
        &["list"][..],
        &["set", "bran", "/notes", "x"],
        &["doctor"],
        &["backup"],
    ] {
        let failure = beard.refuses(6, words);
        assert_eq!(failure["code"], "locked", "{failure}");
    }
    beard.refuses(6, ["backup", "restore", "any"]);
    // What needs no open library is answered all the same.
    assert_eq!(beard.json(["backup", "list"]), Value::Array(Vec::new()));
    drop(open);
    beard.does(["list"]);
}

#[test]
fn what_is_no_library_stays_as_it_is() {
    let beard = Beard::new();
    fs::write(beard.library(), "photographs").unwrap();
    assert_eq!(beard.refuses(6, ["list"])["code"], "not_a_library");
    assert_eq!(fs::read(beard.library()).unwrap(), b"photographs");
    fs::remove_file(beard.library()).unwrap();
    let foreign = beard.library().join("ledger");
    fs::create_dir_all(&foreign).unwrap();
    fs::write(
        foreign.join("000001.log"),
        "[INFO] photographs developed\n".repeat(200),
    )
    .unwrap();
    assert_eq!(beard.refuses(6, ["list"])["code"], "not_a_library");
    assert_eq!(fs::read_dir(foreign).unwrap().count(), 1);
}

#[test]
fn files_beyond_the_limits_are_refused_unread() {
    let beard = Beard::with_bran();
    let file = beard.path().join("huge");
    fs::File::create(&file).unwrap().set_len(1 << 30).unwrap();
    for command in [&["import"][..], &["portrait", "bran"]] {
        let words = command
            .iter()
            .map(|word| (*word).into())
            .chain([file.clone().into_os_string()]);
        assert_eq!(beard.refuses(4, words)["code"], "too_large", "{command:?}");
    }
    beard.does(["list"]);
}

#[test]
fn damage_is_found_and_named_and_what_can_be_read_is_shown() {
    let beard = Beard::with_party();
    let backup = beard.json(["backup"])["name"].as_str().unwrap().to_owned();
    beard.does(["set", "old-hask", "/notes", "Gone north."]);
    let ledger = beard.library().join("ledger/000001.log");
    let mut bytes = fs::read(&ledger).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(&ledger, bytes).unwrap();
    // Read from its beginning, as after a crash.
    fs::remove_dir_all(beard.library().join("sled")).unwrap();
    fs::remove_file(beard.library().join("clean")).unwrap();
    assert_eq!(beard.refuses(6, ["doctor"])["code"], "damaged");
    assert!(beard.json(["list"])["total"].as_u64().unwrap() > 5);
    let refused = beard.refuses(6, ["new", "Wren"]);
    assert_eq!(refused["code"], "read_only");
    beard.does(["backup", "restore", &backup]);
    beard.does(["doctor"]);
    assert_eq!(beard.json(["list"])["total"], 11);
}

#[test]
fn an_import_tells_what_it_left_out_and_takes_in_the_rest() {
    let beard = Beard::new();
    let good = crate::run::party().join("old-hask.json");
    let mut both: Value = serde_json::from_slice(&fs::read(&good).unwrap()).unwrap();
    let other = serde_json::json!({"format": "forkbeard.character/1", "identity": {"name": "Wren", "xp": "lots"}});
    both["characters"].as_array_mut().unwrap().push(other);
    let file = beard.path().join("both.json");
    fs::write(&file, both.to_string()).unwrap();
    let ran = beard.run([
        "--json".as_ref(),
        "import".as_ref(),
        "nowhere.json".as_ref(),
        file.as_os_str(),
    ]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["characters"][0]["result"]["what"], "new");
    assert_eq!(report["characters"][1]["result"]["what"], "refused");
    let failures: Vec<Value> = ran
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(failures.len(), 2);
    assert!(
        failures[0]["message"]
            .as_str()
            .unwrap()
            .contains("nowhere.json")
    );
    assert_eq!(failures[1]["cell"], "/identity/xp");
    assert!(failures[1]["message"].as_str().unwrap().contains("Wren"));
    assert_eq!(beard.json(["list"])["total"], 1);
    for rubbish in [
        "",
        "{",
        "[]",
        "{\"forkbeard\": \"journal\", \"version\": 1, \"characters\": []}",
    ] {
        let ran = beard.fed(["import", "-"], rubbish.as_bytes());
        assert_eq!(ran.code, Some(4), "{rubbish:?} {ran:?}");
    }
}

#[test]
fn a_time_to_live_that_is_none_is_refused() {
    let beard = Beard::new();
    let ran = finish(
        beard
            .command(["list"])
            .env("CHARACTER_CACHE_TTL_MINUTES", "soon"),
    );
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.err.contains("CHARACTER_CACHE_TTL_MINUTES"), "{ran:?}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let beard = Beard::with_party();
    for words in [
        &["list"][..],
        &["--json", "show", "sorrel-quickfen"],
        &["export", "sorrel-quickfen"],
        &["--help"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let child = beard
            .command(words)
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), said.as_str()),
            (Some(0), ""),
            "{words:?}"
        );
    }
}

#[test]
fn whoever_stops_listening_still_gets_the_code_and_the_errors() {
    let beard = Beard::with_bran();
    beard.does(["set", "bran", "/identity/species", "Dwarf"]);
    let file = |name: &str, species: &str| {
        let character = serde_json::json!({
            "format": "forkbeard.character/1",
            "record": {"handle": "wren", "display_name": "Wren", "kind": "character", "active": true},
            "identity": {"name": "Wren", "species": species},
        });
        let file = beard.path().join(name);
        fs::write(&file, character.to_string()).unwrap();
        file.to_string_lossy().into_owned()
    };
    let (base, theirs) = (file("base", "Elf"), file("theirs", "Dwarf"));
    let ours = file("ours", "Human");
    let clash = ["set", "bran", "/identity/species", "Elf", "--base", "1"];
    for (code, said, words) in [
        (5, "conflict", [&["--json"], &clash[..]].concat()),
        (3, "nowhere.json", vec!["import", "nowhere.json", &theirs]),
        (1, "", vec!["merge-file", &base, &ours, &theirs]),
        (
            1,
            "",
            vec!["merge-file", "-p", &base, &file("again", "Human"), &theirs],
        ),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = beard.command(&words);
        command.stdout(writer).stderr(std::process::Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{words:?} {output:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(said), "{words:?} {told}");
    }
    assert!(
        fs::read_to_string(ours)
            .unwrap()
            .contains("/identity/species")
    );
}

#[test]
#[cfg(target_os = "linux")]
fn an_answer_that_finds_no_room_is_told() {
    let beard = Beard::with_bran();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let child = beard
        .command(["list"])
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(7), "{output:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_refuses_what_is_new_and_keeps_what_was() {
    let beard = Beard::new();
    let Some(_small) = Mounted::on(beard.path(), &["-t", "tmpfs", "-o", "size=3m", "tmpfs"]) else {
        return;
    };
    beard.does(["new", "Bran Ironbough", "--handle", "bran"]);
    let filler = beard.path().join("filler");
    let full = std::io::copy(
        &mut std::io::repeat(7),
        &mut fs::File::create(&filler).unwrap(),
    );
    assert_eq!(full.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
    // Of noise, so that no compression makes it fit into what is left of a block.
    let mut seed = 1u32;
    let noise = (0..90_000).map(|_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'!' + u8::try_from(seed >> 26).unwrap())
    });
    let noise: String = noise.collect();
    assert_eq!(
        beard.refuses(7, ["set", "bran", "/notes", &noise, "--text"])["code"],
        "disk_full"
    );
    assert_eq!(beard.json(["show", "bran"])["version"], 1);
    fs::remove_file(filler).unwrap();
    beard.does(["set", "bran", "/notes", "There is room."]);
    beard.does(["doctor"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_read_only_folder_can_be_read() {
    let beard = Beard::with_bran();
    let Some(bound) = Mounted::on(beard.path(), &["--bind", beard.path().to_str().unwrap()]) else {
        return;
    };
    assert!(bound.again("remount,ro,bind"));
    assert_eq!(beard.json(["show", "bran"])["version"], 1);
    assert_eq!(
        beard.refuses(6, ["set", "bran", "/notes", "x"])["code"],
        "read_only"
    );
    assert!(beard.does(["doctor"]).contains("cannot be written"));
}

/// A folder that something is mounted on until this is dropped.
#[cfg(target_os = "linux")]
struct Mounted(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Mounted {
    /// Mounts, where this process may; elsewhere there is nothing to test.
    fn on(folder: &std::path::Path, how: &[&str]) -> Option<Mounted> {
        let output = std::process::Command::new("mount")
            .args(how)
            .arg(folder)
            .output();
        let done = output.is_ok_and(|output| output.status.success());
        if !done {
            eprintln!("skipped: this process may not mount");
        }
        done.then(|| Mounted(folder.to_owned()))
    }

    fn again(&self, options: &str) -> bool {
        let mount = std::process::Command::new("mount")
            .args(["-o", options])
            .arg(&self.0)
            .status();
        mount.is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mounted {
    fn drop(&mut self) {
        // Lazily, so that a failing test which still holds a file leaves nothing mounted.
        let _ = std::process::Command::new("umount")
            .arg("-l")
            .arg(&self.0)
            .status();
    }
}
