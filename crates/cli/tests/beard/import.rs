//! Files of other programs: looked at, taken in, refused.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::run::Beard;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../exchange/fixtures")
        .join(name)
}

#[test]
fn a_foundry_actor_is_looked_at_before_it_is_taken_in() {
    let beard = Beard::new();
    let actor = file("ulla-5.3.json");
    let words = ["import".as_ref(), "--preview".as_ref(), actor.as_os_str()];
    let told = beard.does(words);
    for line in [
        "Ulla Fenwick (Foundry VTT (dnd5e))",
        "content: Fighter -> class Fighter.",
        "text: Smoked Eel -> ",
        "not used: Favorites.",
        "nothing was written",
    ] {
        assert!(told.contains(line), "no `{line}` in\n{told}");
    }
    let preview = beard.json(words);
    assert_eq!(preview[0]["format"], "foundry");
    assert_eq!(preview[0]["report"]["built"], true);
    assert_eq!(preview[0]["portraits"], json!(["worlds/marsh/ulla.webp"]));
    assert_eq!(
        beard.json(["list"])["rows"],
        json!([]),
        "a preview writes nothing"
    );
}

#[test]
fn a_foundry_actor_is_taken_in_with_its_original() {
    let beard = Beard::new();
    let actor = file("ulla-5.3.json");
    let report = beard.json(["import".as_ref(), actor.as_os_str()]);
    assert_eq!(report["characters"][0]["handle"], "ulla-fenwick");
    assert_eq!(report["characters"][0]["result"]["what"], "new");
    let notice = report["notices"][0].as_str().unwrap();
    assert!(
        notice.contains("dnd5e 5.3.1") && notice.contains("The original is kept"),
        "{notice}"
    );
    let shown = beard.json(["show", "ulla-fenwick"]);
    assert_eq!(shown["combat"]["hp_maximum"], 39);
    assert_eq!(shown["combat"]["armor_class"], 20);
    let exported: Value = serde_json::from_str(&beard.does(["export", "ulla-fenwick"])).unwrap();
    let original = exported["characters"][0]["extra"]["imported"]["original"]
        .as_str()
        .unwrap();
    let kept = beard
        .library()
        .join("assets")
        .join(&original[..2])
        .join(original);
    assert_eq!(std::fs::read(kept).unwrap(), std::fs::read(&actor).unwrap());
    let again = beard.json([
        "import".as_ref(),
        "--on-duplicate".as_ref(),
        "update".as_ref(),
        actor.as_os_str(),
    ]);
    assert_eq!(again["characters"][0]["result"]["what"], "skipped");
}

#[test]
fn a_file_is_read_as_what_it_is_said_to_be() {
    let beard = Beard::new();
    let actor = file("mire-hag-5.2.json");
    let ours = beard.run([
        "import".as_ref(),
        "--as".as_ref(),
        "forkbeard".as_ref(),
        actor.as_os_str(),
    ]);
    assert_ne!(ours.code, Some(0));
    assert!(
        ours.err.contains("not a file of Forkbeard characters"),
        "{}",
        ours.err
    );
    let theirs = beard.fed(
        ["import", "--as", "foundry", "-"],
        b"{\"type\":\"vehicle\",\"system\":{}}",
    );
    assert_ne!(theirs.code, Some(0));
    assert!(
        theirs.err.contains("of the type `vehicle`"),
        "{}",
        theirs.err
    );
    let piped = beard.fed(["import", "-"], &std::fs::read(&actor).unwrap());
    assert_eq!(piped.code, Some(0), "{}", piped.err);
    assert!(piped.out.contains("old-mother-sedge"), "{}", piped.out);
}
