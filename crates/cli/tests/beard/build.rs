//! Building from the command line: whole characters, levels, choices.

use serde_json::Value;

use crate::run::Beard;

const CLASSES: [&str; 12] = [
    "Barbarian",
    "Bard",
    "Cleric",
    "Druid",
    "Fighter",
    "Monk",
    "Paladin",
    "Ranger",
    "Rogue",
    "Sorcerer",
    "Warlock",
    "Wizard",
];

/// The sum of what is open.
fn open(sheet: &Value) -> i64 {
    let choices = sheet["choices"].as_array().unwrap();
    choices
        .iter()
        .map(|choice| choice["open"].as_i64().unwrap())
        .sum()
}

#[test]
fn every_class_is_built_at_levels_1_and_12_without_a_finding() {
    let beard = Beard::new();
    for class in CLASSES {
        for level in ["1", "12"] {
            let name = format!("{class} {level}");
            let view = beard.json(["build", &name, "--class", class, "--level", level]);
            assert_eq!(view["findings"], serde_json::json!([]), "{name}");
            assert_eq!(open(&view["sheet"]), 0, "{name}");
            let identity = &view["sheet"]["identity"];
            assert_eq!(identity["class_line"], name, "{name}");
            assert!(view["sheet"]["combat"]["hp_maximum"].as_i64().unwrap() > 0);
        }
    }
    assert_eq!(beard.json(["list"])["library_total"], 24);
}

#[test]
fn a_character_is_built_of_what_is_asked_for() {
    let beard = Beard::new();
    shows!(
        "build",
        beard.does([
            "build",
            "Mira Thornway",
            "--class",
            "wizard",
            "--level",
            "3",
            "--owner",
            "Tom"
        ])
    );
    let view = beard.json([
        "build",
        "Bran Ironbough",
        "--levels",
        "Fighter 2, Barbarian 1, fighter",
        "--species",
        "dwarf",
        "--background",
        "soldier",
    ]);
    let identity = &view["sheet"]["identity"];
    assert_eq!(
        identity["class_levels"],
        serde_json::json!({"Fighter": 3, "Barbarian": 1})
    );
    assert_eq!(
        (&identity["species"], &identity["background"]),
        (&"Dwarf".into(), &"Soldier".into())
    );
    assert_eq!(view["findings"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_built_is_refused_and_leaves_nothing() {
    let beard = Beard::new();
    for words in [
        &["build", "X", "--class", "Gunslinger"][..],
        &["build", "X", "--class", "Fighter", "--species", "Robot"],
        &["build", "X", "--class", "Fighter", "--background", "Baker"],
        &["build", "X", "--levels", "Fighter 19, Wizard 2"],
        &["build", "X", "--levels", "Fighter 0"],
        &["build", " ", "--class", "Fighter"],
    ] {
        let failure = beard.refuses(4, words);
        assert!(!failure["hint"].as_str().unwrap().is_empty(), "{words:?}");
    }
    for words in [
        &["build", "X"][..],
        &["build", "X", "--class", "Fighter", "--level", "21"],
        &["build", "X", "--class", "Fighter", "--levels", "Fighter 1"],
    ] {
        beard.refuses(2, words);
    }
    assert_eq!(beard.json(["list"])["library_total"], 0);
}

#[test]
fn a_level_is_previewed_taken_and_given_back() {
    let beard = Beard::new();
    beard.does(["build", "Bran", "--class", "Fighter"]);
    let before = beard.json(["show", "bran"]);
    shows!(
        "level_preview",
        beard.does(["level-up", "bran", "Fighter", "--preview"])
    );
    assert_eq!(
        beard.json(["show", "bran"])["version"],
        1,
        "a preview writes nothing"
    );
    shows!(
        "level_up",
        beard.does(["level-up", "bran", "wizard", "--hp", "3"])
    );
    let after = beard.json(["show", "bran"]);
    let maximum = |sheet: &Value| sheet["combat"]["hp_maximum"].as_i64().unwrap();
    let constitution = after["statistics"]["ability_modifiers"]["constitution"]
        .as_i64()
        .unwrap();
    assert_eq!(maximum(&after), maximum(&before) + 3 + constitution);
    shows!("level_down", beard.does(["level-down", "bran"]));
    let back = beard.json(["show", "bran"]);
    assert_eq!(back["identity"], before["identity"]);
    assert_eq!(maximum(&back), maximum(&before));
    let rolled = beard.json(["level-up", "bran", "Fighter", "--roll"]);
    let gained = maximum(&rolled["view"]["sheet"]) - maximum(&before) - constitution;
    assert!((1..=10).contains(&gained), "{gained}");
    beard.refuses(4, ["level-up", "bran", "Fighter", "--hp", "11"]);
    beard.refuses(4, ["level-up", "bran", "Gunslinger"]);
    beard.refuses(3, ["level-up", "nobody", "Fighter"]);
    beard.refuses(2, ["level-up", "bran", "Fighter", "--hp", "3", "--roll"]);
    beard.does(["level-down", "bran"]);
    beard.refuses(4, ["level-down", "bran"]);
}

#[test]
fn choices_are_listed_made_and_judged() {
    let beard = Beard::new();
    beard.does(["build", "Bran", "--class", "Fighter"]);
    shows!("choices", beard.does(["choices", "bran"]));
    let skills = "/build/choices/fighter.skills";
    shows!("options", beard.does(["choices", "bran", skills]));
    let options = beard.json(["choices", "bran", skills]);
    let barred = options
        .as_array()
        .unwrap()
        .iter()
        .find(|option| option["id"] == "athletics")
        .unwrap();
    assert!(!barred["barred"].as_str().unwrap().is_empty(), "{barred}");

    beard.does(["unset", "bran", skills]);
    let open = beard.json(["choices", "bran", "--open"]);
    assert_eq!(open["choices"][0]["cell"], skills);
    assert_eq!(open["choices"][0]["open"], 2);
    shows!(
        "choose",
        beard.does(["choose", "bran", skills, "Perception", "acrobatics"])
    );
    assert_eq!(
        beard.json(["choices", "bran", "--open"])["choices"],
        serde_json::json!([])
    );

    // What is not lawful is told, not refused: the table may know better.
    shows!(
        "choose_unlawfully",
        beard.does(["choose", "bran", skills, "Perception", "Athletics"])
    );
    let sheet = beard.json(["show", "bran"]);
    let own = sheet["choices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|choice| choice["cell"] == skills)
        .unwrap();
    assert!(
        !own["picks"][1]["barred"].as_str().unwrap().is_empty(),
        "{own}"
    );

    assert_eq!(
        beard.refuses(3, ["choose", "bran", skills, "Juggling"])["cell"],
        skills
    );
    beard.refuses(
        3,
        ["choose", "bran", "/build/choices/nothing", "Perception"],
    );
    beard.refuses(3, ["choices", "bran", "/notes"]);
    let species = beard.json(["choose", "bran", "/identity/species", "orc"]);
    assert_eq!(species["view"]["sheet"]["identity"]["species"], "Orc");
    beard.refuses(4, ["choose", "bran", "/identity/species", "Orc", "Elf"]);
}

#[test]
fn spells_of_a_class_are_chosen_one_by_one() {
    let beard = Beard::new();
    beard.does(["build", "Mira", "--class", "Wizard"]);
    let cell = "/spellcasting/casters/wizard";
    let listed = beard.json(["choices", "mira"]);
    assert_eq!(listed["casters"][0]["cell"], cell);
    assert_eq!(
        listed["casters"][0]["cantrips"],
        listed["casters"][0]["cantrip_limit"]
    );
    let options = beard.json(["choices", "mira", cell]);
    let named = |barred: bool| {
        let options = options.as_array().unwrap().iter();
        let mut fit = options
            .filter(|o| o["picked"] == false && o["barred"].as_str().unwrap().is_empty() != barred);
        fit.next().unwrap()["name"].as_str().unwrap().to_owned()
    };
    let (lawful, barred) = (named(false), named(true));
    let outcome = beard.json(["choose", "mira", cell, &lawful]);
    let known = outcome["view"]["sheet"]["spellcasting"]["spells_known"]
        .as_array()
        .unwrap();
    assert!(known.contains(&lawful.as_str().into()), "{lawful}");
    beard.refuses(4, ["choose", "mira", cell, &barred]);
    beard.refuses(4, ["choose", "mira", cell, &lawful, &barred]);
}
