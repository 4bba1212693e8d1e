//! Branches, milestones and the operation log from a terminal.

use serde_json::json;

use crate::run::Beard;

/// Sorrel with a branch that is two edits ahead and one behind, and a milestone.
fn forked() -> Beard {
    let home = Beard::new();
    home.does(["new", "Sorrel", "--owner", "Maren"]);
    home.does(["set", "sorrel", "/identity/xp", "100"]);
    home.does(["branch", "new", "sorrel", "Twin blades", "--switch"]);
    home.does(["set", "sorrel", "/identity/xp", "200"]);
    home.does(["set", "sorrel", "/identity/species", "Elf"]);
    home.does(["switch", "sorrel", "main"]);
    home.does(["set", "sorrel", "/equipment/currency/gp", "5"]);
    home.does(["tag", "sorrel", "as of session 1", "--at", "2"]);
    home
}

#[test]
fn branches_and_milestones_are_listed() {
    let home = forked();
    shows!("branches", home.does(["branch", "list", "sorrel"]));
    let lines = home.json(["branch", "list", "sorrel"]);
    assert_eq!(lines["standing"], "main");
    assert_eq!(lines["branches"][1]["ahead"], 2);
    home.does(["switch", "sorrel", "Twin blades"]);
    assert_eq!(home.json(["show", "sorrel"])["identity"]["xp"], 200);
    home.does(["branch", "rename", "sorrel", "twin-blades", "Two swords"]);
    home.does(["switch", "sorrel", "main"]);
    home.does(["branch", "archive", "sorrel", "two swords"]);
    let lines = home.does(["branch", "archive", "sorrel", "two swords", "--back"]);
    assert!(
        lines.contains("Two swords") && !lines.contains("put away"),
        "{lines}"
    );
    home.does(["tag", "sorrel", "as of session 1", "--delete"]);
    let lines = home.json(["branch", "delete", "sorrel", "twin-blades"]);
    assert_eq!(lines["branches"].as_array().unwrap().len(), 1);
    assert_eq!(lines["tags"], json!([]));
}

#[test]
fn a_past_edit_is_taken_back() {
    let home = forked();
    home.does(["revert", "sorrel", "2"]);
    let sheet = home.json(["show", "sorrel"]);
    assert_eq!(sheet["identity"]["xp"], 0);
    assert_eq!(sheet["equipment"]["currency"]["gp"], 5);
}

#[test]
fn the_library_is_put_back_to_an_operation() {
    let home = forked();
    shows!("operations", home.does(["operations"]));
    shows!(
        "restore_preview",
        home.does(["restore", "--at", "2", "--preview"])
    );
    assert_eq!(
        home.json(["operations"])["operations"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
    home.does(["restore", "--at", "2"]);
    let lines = home.json(["branch", "list", "sorrel"]);
    assert_eq!(lines["branches"].as_array().unwrap().len(), 1);
    assert_eq!(
        home.json(["show", "sorrel"])["equipment"]["currency"]["gp"],
        0
    );
    let again = home.does(["restore", "--at", "2"]);
    assert!(again.contains("nothing was written"), "{again}");
    home.does(["restore", "--at", "7"]);
    assert_eq!(
        home.json(["show", "sorrel"])["equipment"]["currency"]["gp"],
        5
    );
}
