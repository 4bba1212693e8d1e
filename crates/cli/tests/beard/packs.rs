//! Packs of a house's own from the command line: taken in, built on, changed, reviewed, taken over.

use std::fs;

use crate::run::Beard;

const MOTHFOLK: &str = "[pack]\nid = \"moths\"\nname = \"Moths\"\nversion = \"1\"\n\n# Small and grey.\n[[species]]\nname = \"Mothfolk\"\n\
    text = \"They follow any light.\"\ncreature_type = \"Humanoid\"\nsizes = [\"medium\"]\nspeed = 30\n\
    traits = [{ name = \"Dust\", text = \"They itch.\", effects = [{ grants = \"bonus\", to = \"initiative\", amount = 2 }] }]\n";

#[test]
fn a_newer_pack_is_reviewed_and_taken_over() {
    let beard = Beard::new();
    let folder = beard.path().join("moths");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("moths.toml");
    let file = file.to_str().unwrap();
    fs::write(file, MOTHFOLK).unwrap();
    shows!("packs_none", beard.does(["packs", "list"]));
    shows!("packs_import", beard.does(["packs", "import", file]));
    beard.does(["build", "Mo", "--class", "Rogue", "--species", "Mothfolk"]);
    let stands = beard.does(["packs", "of", "mo"]);
    assert!(stands.contains("Moths      version 1, of "), "{stands}");
    let found = beard.json(["packs", "list"]);
    assert_eq!(found[0]["characters"], 1);

    let newer = MOTHFOLK
        .replace("amount = 2", "amount = 5")
        .replace("\"1\"", "\"2\"");
    fs::write(file, newer).unwrap();
    beard.does(["packs", "import", folder.to_str().unwrap()]);
    let before = beard.json(["show", "mo"])["combat"]["initiative"].clone();
    let review = beard.does(["packs", "review", "mo", "moths"]);
    assert!(review.contains("changed species Mothfolk"), "{review}");
    assert!(review.contains("2 → 5"), "{review}");
    assert_eq!(beard.json(["show", "mo"])["combat"]["initiative"], before);
    beard.does(["packs", "take", "mo", "Moths"]);
    let after = beard.json(["show", "mo"])["combat"]["initiative"].clone();
    assert_eq!(after.as_i64().unwrap(), before.as_i64().unwrap() + 3);
    shows!("packs_diff", beard.does(["packs", "diff", "moths", "1"]));

    let text = beard.does(["packs", "export", "moths"]);
    assert!(text.contains("# Small and grey.\n[[species]]"), "{text}");
    beard.does(["packs", "rm", "moths"]);
    beard.refuses(3, ["packs", "show", "nobody"]);
    beard.refuses(4, ["packs", "drop", "mo", "srd-5.2"]);
    beard.does(["packs", "drop", "mo", "moths"]);
    fs::write(file, "[[species]]\nname = = 2\n").unwrap();
    let refused = beard.run(["packs", "import", file]);
    assert!(refused.err.contains("line 2"), "{}", refused.err);
}

#[test]
fn a_library_that_is_named_is_searched_too() {
    let beard = Beard::new();
    let file = beard.path().join("moths.toml");
    fs::write(&file, MOTHFOLK).unwrap();
    beard.does(["packs", "import", file.to_str().unwrap()]);
    let with = beard.json(["content", "search", "mothfolk"]);
    assert_eq!(with["rows"][0]["pack"], "Moths");
    let without = Beard::new().json(["content", "search", "mothfolk"]);
    assert_eq!(without["total"], 0);
}
