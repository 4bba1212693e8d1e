//! The content of SRD 5.2.1 is whole: every reference resolves, every thing has a text, every count is the SRD's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::Content;
use rules::content::read_pack;

#[test]
fn nothing_in_the_srd_content_points_nowhere_or_says_nothing() {
    let problems = Content::srd().problems();
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.place, problem.message))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn the_files_are_a_pack_like_any_other() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/srd-5.2");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        files.push((name, std::fs::read_to_string(path).unwrap()));
    }
    files.sort();
    let files = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let mut content = Content::none();
    content.add(rules::content::read_pack(files).unwrap());
    assert_eq!(&content, Content::srd());
}

#[test]
fn the_counts_are_those_of_the_srd() {
    let content = Content::srd();
    let feats = |category: &str| {
        content
            .feats
            .values()
            .filter(|feat| feat.category == category)
            .count()
    };
    let found = [
        ("classes", content.classes.len(), 12),
        ("subclasses", content.subclasses.len(), 12),
        ("species", content.species.len(), 9),
        ("backgrounds", content.backgrounds.len(), 4),
        ("origin feats", feats("origin"), 4),
        ("general feats", feats("general"), 2),
        ("epic boons", feats("epic_boon"), 7),
        ("spells", content.spells.len(), 339),
        (
            "cantrips",
            content
                .spells
                .values()
                .filter(|spell| spell.level == 0)
                .count(),
            27,
        ),
        ("weapons", content.weapons.len(), 38),
        ("armor", content.armor.len(), 13),
        ("gear", content.gear.len(), 150),
        ("magic items", content.magic_items.len(), 258),
        ("creatures", content.creatures.len(), 330),
        ("conditions", content.conditions.len(), 15),
        ("languages", content.languages.len(), 19),
        ("properties", content.properties.len(), 10),
        ("masteries", content.masteries.len(), 8),
        ("skills", content.skills.len(), 18),
    ];
    for (what, found, expected) in found {
        assert_eq!(found, expected, "{what}");
    }
    let features: usize = content
        .classes
        .values()
        .map(|class| class.features.len())
        .sum::<usize>()
        + content
            .subclasses
            .values()
            .map(|subclass| subclass.features.len())
            .sum::<usize>();
    assert_eq!(features, 281, "class and subclass features");
    let metamagic = content
        .options
        .values()
        .filter(|option| option.group == "metamagic")
        .count();
    assert_eq!(metamagic, 10);
    let invocations = content
        .options
        .values()
        .filter(|option| option.group == "eldritch_invocation")
        .count();
    assert_eq!(invocations, 28);
}

#[test]
fn effects_that_name_what_is_not_there_are_told() {
    let problems = |effects: &str| {
        let text = format!(
            "[[feat]]\nname = \"Odd\"\ncategory = \"origin\"\ntext = \"Odd.\"\neffects = [{effects}]\n"
        );
        let mut content = Content::srd().clone();
        content.add(read_pack([("house.toml", text.as_str())]).unwrap());
        let problems = content.problems();
        let told: Vec<String> = problems.into_iter().map(|own| own.message).collect();
        told.join("; ")
    };
    for (effects, expected) in [
        (
            r#"{ grants = "extra_damage", weapons = "melee", dice = "some" }"#,
            "`some` is neither dice, nor a table of the class, nor a formula before a die",
        ),
        (
            r#"{ grants = "extra_damage", weapons = "melee" }"#,
            "extra damage has dice of its own, or those of the weapon twice",
        ),
        (
            r#"{ grants = "extra_damage", weapons = "melee", dice = "(luck)d6", spends = "fate" }"#,
            "the formula `(luck)` uses `luck`",
        ),
        (
            r#"{ grants = "spell_damage", spells = { chosen = "which" }, amount = 1 }"#,
            "an effect goes by the choice `which`, and beside it there is no such choice of spells or damage types",
        ),
        (
            r#"{ grants = "spell_damage", spells = {}, amount = "luck" }"#,
            "the formula `luck` uses `luck`",
        ),
        (
            r#"{ grants = "bonded_weapon", weapon = "which" }"#,
            "an effect goes by the choice `which`, and beside it there is no such choice of weapons",
        ),
        (
            r#"{ grants = "exchange", id = "x", gains = { uses = { of = "luck" } } }"#,
            "nothing grants the resource `luck`",
        ),
        (
            r#"{ grants = "exchange", id = "x", pays = { slot = { least = 3, most = 2 } }, gains = { slot = { level = 10 } } }"#,
            "the level of a spell slot is 1 to 9; the level of a spell slot is 1 to 9",
        ),
        (
            r#"{ grants = "exchange", id = "x", gains = { uses = { of = "rage", amount = 1, by_level = true } } }"#,
            "what is gained by level costs a spell slot",
        ),
        (
            r#"{ grants = "use", activation = "action", spends = "luck" }"#,
            "nothing grants the resource `luck`",
        ),
        (
            r#"{ grants = "use", activation = "action" }, { grants = "use", activation = "reaction" }"#,
            "several uses have the id ``; several uses have the id ``",
        ),
        (
            r#"{ grants = "use", activation = "action", most = 3 }"#,
            "a use says how much it spends, and not of what",
        ),
        (
            r#"{ grants = "use", activation = "action", spends = "rage", pays = "pact_slot" }"#,
            "a use has two prices",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "healing" }] }"#,
            "a yield has neither dice nor an amount",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "number", amount = 3 }] }"#,
            "a number needs a name, and dice or an amount",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "save", amount = "8 + pb" }] }"#,
            "a save needs an ability, and its DC as the amount",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "damage", dice = "1d6", each = true }] }"#,
            "a yield counts for each that is spent, and how much is spent is not chosen",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "damage", amount = "used + spell_dc" }] }"#,
            "a yield goes by `used`, and the use has no tally",
        ),
        (
            r#"{ grants = "use", activation = "action", yields = [{ of = "state" }, { of = "hit_points" }, { of = "uses", name = "luck" }] }"#,
            "a state needs a name; hit points that are left need an amount; nothing grants the resource `luck`",
        ),
    ] {
        let found = problems(effects);
        assert!(found.starts_with(expected), "{effects}\n{found}");
    }
    let refused = read_pack([(
        "bad.toml",
        "[[feat]]\nname = \"A\"\ncategory = \"origin\"\ntext = \"x\"\neffects = [{ grants = \"extra_damage\", weapons = \"spoons\", dice = \"1d4\" }]\n",
    )])
    .unwrap_err();
    assert!(
        refused[0].message.contains("`spoons` says no weapons"),
        "{refused:?}"
    );
}
