//! What people read, held as snapshots in which ids and times are the same in every run.

use crate::run::{Beard, finish};

#[test]
fn lists() {
    let beard = Beard::with_sorrel();
    beard.does([
        "new",
        "龍の子",
        "--handle",
        "dragon-child",
        "--owner",
        "Noor",
    ]);
    beard.does(["new", "Old Hask", "--kind", "npc"]);
    beard.does(["rm", "old-hask"]);
    shows!("list", beard.does(["list", "--all"]));
    shows!("list_of_a_part", beard.does(["list", "--limit", "1"]));
    shows!("list_of_an_empty_library", Beard::new().does(["list"]));
}

#[test]
fn a_sheet() {
    shows!(
        "sheet",
        Beard::with_sorrel().does(["show", "sorrel-quickfen"])
    );
}

#[test]
fn a_new_sheet() {
    shows!(
        "sheet_of_a_new_character",
        Beard::with_bran().does(["show", "bran"])
    );
}

#[test]
fn explanations() {
    let beard = Beard::with_sorrel();
    shows!(
        "explanation",
        beard.does([
            "show",
            "sorrel-quickfen",
            "--explain",
            "/combat/armor_class"
        ])
    );
    beard.does([
        "set",
        "sorrel-quickfen",
        "/overrides/~1combat~1armor_class",
        r#"{"value": 19, "note": "Blessed by the Abbess"}"#,
    ]);
    shows!(
        "explanation_of_an_override",
        beard.does([
            "show",
            "sorrel-quickfen",
            "--explain",
            "/combat/armor_class"
        ])
    );
}

#[test]
fn edits_and_their_log() {
    let beard = Beard::with_bran();
    shows!(
        "edit",
        beard.does([
            "set",
            "bran",
            "/abilities/scores/constitution",
            "14",
            "/identity/species",
            "Dwarf"
        ])
    );
    shows!(
        "edit_of_nothing",
        beard.does(["set", "bran", "/identity/species", "Dwarf"])
    );
    beard.does([
        "set",
        "bran",
        "/identity/xp",
        "300",
        "-m",
        "After the bridge",
    ]);
    shows!("undo", beard.does(["undo", "bran"]));
    shows!("log", beard.does(["log", "bran"]));
    shows!(
        "log_with_changes",
        beard.does(["log", "bran", "--changes", "--limit", "3"])
    );
}

#[test]
fn errors() {
    let beard = Beard::with_bran();
    shows!(
        "error_with_a_cell",
        beard.run(["set", "bran", "/identity/xp", "lots"]).err
    );
    shows!("error", beard.run(["show", "nobody"]).err);
    beard.does(["set", "bran", "/identity/species", "Dwarf"]);
    shows!(
        "conflict",
        beard
            .run(["set", "bran", "/identity/species", "Elf", "--base", "1"])
            .err
    );
}

#[test]
fn the_library_itself() {
    let beard = Beard::with_bran();
    shows!("doctor", beard.does(["doctor"]));
    shows!("rm", beard.does(["rm", "bran"]));
    shows!("restore", beard.does(["restore", "bran"]));
    shows!("no_backups", beard.does(["backup", "list"]));
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let beard = Beard::with_bran();
    let coloured = |name: &str| {
        let ran = finish(beard.command(["list"]).env(name, "1"));
        ran.out.contains('\u{1b}')
    };
    assert!(!beard.does(["list"]).contains('\u{1b}'));
    assert!(coloured("CLICOLOR_FORCE"));
    assert!(!coloured("NO_COLOR"));
}

#[test]
fn verbose_tells_on_standard_error_and_nowhere_else() {
    let beard = Beard::with_bran();
    let (quiet, loud) = (beard.does(["list"]), beard.run(["--verbose", "list"]));
    assert_eq!(loud.out, quiet);
    assert!(loud.err.contains("roster.list"), "{loud:?}");
    assert!(!loud.err.contains('\u{1b}'), "{loud:?}");
}
