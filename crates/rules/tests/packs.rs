//! Packs that are wrong, missing or hostile: each says what is wrong and where, and characters still open.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod quick;

use quick::built;
use rules::build::{Write, carry_out, fill, level_down, level_up};
use rules::content::{MAX_PACK_BYTES, read_pack};
use rules::{Content, derive};
use serde_json::{Value, json};
use sheet::{Severity, Source};

/// A pack of a house's own, well made.
const HOUSE: &str = r#"
[pack]
id = "house"
name = "House rules"
version = "1"

[[species]]
name = "Mothfolk"
text = "They follow any light."
creature_type = "Humanoid"
sizes = ["medium"]
speed = 30
traits = [
  { name = "Wings", text = "They fly a little.", effects = [{ grants = "speed", mode = "fly", amount = 30 }] },
]

[[feat]]
name = "Lantern Bearer"
category = "origin"
text = "You see the dark coming."
effects = [{ grants = "bonus", to = "initiative", amount = "pb" }]
"#;

fn with(text: &str) -> Content {
    let mut content = Content::srd().clone();
    content.add(read_pack([("house.toml", text)]).unwrap());
    content
}

/// What the check of the SRD with a pack says.
fn problems(text: &str) -> Vec<String> {
    with(text)
        .problems()
        .iter()
        .map(|problem| format!("{}: {}", problem.place, problem.message))
        .collect()
}

fn source(document: &Value) -> Source {
    Source::from_value(document).unwrap()
}

#[test]
fn a_well_made_pack_has_no_problems_and_adds_what_it_says() {
    assert_eq!(problems(HOUSE), Vec::<String>::new());
    let content = with(HOUSE);
    let derived = derive(&source(&built(&content, "Rogue", 1, "Mothfolk")), &content);
    assert_eq!(derived.sheet.combat.speeds.fly, Some(30));
    assert_eq!(derived.findings, []);
}

#[test]
fn the_check_names_thing_and_fault() {
    let feat = |effects: &str| {
        format!(
            "[[feat]]\nname = \"Odd\"\ncategory = \"origin\"\ntext = \"Odd.\"\neffects = [{effects}]\n"
        )
    };
    let cases = [
        (
            feat(r#"{ grants = "spell", spell = "Fireblast" }"#),
            "feat Odd: there is no spell called `Fireblast`",
        ),
        (
            feat(r#"{ grants = "skills", skills = ["juggling"] }"#),
            "feat Odd: there is no skill called `juggling`",
        ),
        (
            feat(r#"{ grants = "bonus", to = "initiative", amount = "luck + 1" }"#),
            "feat Odd: the formula `luck + 1` uses `luck`",
        ),
        (
            feat(r#"{ grants = "choose", id = "x", name = "X", count = 1, from = { options = "nobody" } }"#),
            "feat Odd: no option is of the group `nobody`",
        ),
        (
            "[[subclass]]\nname = \"Short\"\nclass = \"Fighter\"\ntext = \"Short.\"\ntables = { uses = [1, 2, 3] }\nfeatures = []\n"
                .to_owned(),
            "subclass Short: the table `uses` has 3 entries; it needs one for each of 20 levels",
        ),
        (
            "[[subclass]]\nname = \"Lost\"\nclass = \"Jester\"\ntext = \"Lost.\"\nfeatures = []\n".to_owned(),
            "subclass Lost: there is no class called `Jester`",
        ),
        (
            "[[weapon]]\nname = \"Spork\"\ndamage = \"1d4\"\ndamage_type = \"piercing\"\nmastery = \"Prod\"\nweight_lb = 1.0\ncost_cp = 5\n"
                .to_owned(),
            "weapon Spork: there is no mastery called `Prod`",
        ),
    ];
    for (text, expected) in cases {
        let found = problems(&text);
        assert!(
            matches!(&found[..], [one] if one.starts_with(expected)),
            "{expected}\nfound {found:#?}"
        );
    }
}

#[test]
fn what_is_no_toml_or_no_pack_names_file_and_line() {
    let refused = |text: &str| {
        let problems = read_pack([("good.toml", HOUSE), ("bad.toml", text)]).unwrap_err();
        let [problem] = &problems[..] else {
            panic!("{problems:?}")
        };
        assert_eq!(problem.file, "bad.toml");
        (problem.place.clone(), problem.message.clone())
    };
    let (place, _) = refused("[[feat]]\nname = \"A\"\ncategory = = \"origin\"\n");
    assert_eq!(place, "line 3, [[feat]] category");
    let (place, message) = refused(
        "[[feat]]\nname = \"A\"\ncategory = \"origin\"\ntext = \"x\"\n\n[[feat]]\nname = \"B\"\ncategory = \"origin\"\ntext = \"x\"\ncolour = \"red\"\n",
    );
    assert!(place.starts_with("line "), "{place}");
    assert!(message.contains("colour"), "{message}");
    let (place, message) = refused(
        "[[feat]]\nname = \"A\"\ncategory = \"origin\"\ntext = \"x\"\neffects = [{ grants = \"bonus\", to = \"luck\", amount = 1 }]\n",
    );
    assert!(
        place.starts_with("line ") && message.contains("`luck`"),
        "{place} {message}"
    );
    let (_, message) = refused(
        "[[feat]]\nname = \"A\"\ncategory = \"origin\"\ntext = \"x\"\neffects = [{ grants = \"bonus\", to = \"speed\", amount = \"1 +\" }]\n",
    );
    assert!(!message.is_empty());
}

#[test]
fn a_pack_of_nine_megabytes_is_refused_before_it_is_read() {
    let line = "# a line of a comment that is long enough to fill the file soon\n";
    let text = line.repeat(9 * 1024 * 1024 / line.len() + 1);
    assert!(text.len() > MAX_PACK_BYTES);
    let problems = read_pack([("huge.toml", text.as_str())]).unwrap_err();
    assert_eq!(problems[0].file, "huge.toml");
    assert!(problems[0].message.contains("8 MB"), "{problems:?}");
}

#[test]
fn a_division_by_zero_counts_as_nothing_and_is_told() {
    let content = with(
        "[[species]]\nname = \"Cracked\"\ntext = \"x\"\ncreature_type = \"Humanoid\"\nsizes = [\"medium\"]\nspeed = 30\n\
         traits = [{ name = \"Split\", text = \"x\", effects = [\
         { grants = \"bonus\", to = \"initiative\", amount = \"6 / (level - level)\" },\
         { grants = \"choose\", id = \"c\", name = \"Skill\", count = \"1 / (pb - pb)\", from = { skills = [] } }] }]\n",
    );
    let document = built(&content, "Fighter", 1, "Cracked");
    let derived = derive(&source(&document), &content);
    let told: Vec<_> = derived
        .findings
        .iter()
        .filter(|finding| finding.message.contains("divides by zero"))
        .collect();
    assert_eq!(told.len(), 2, "{:?}", derived.findings);
    assert!(told.iter().all(|finding| finding.message.contains("Split")));
    // The one names the trait, the other the choice.
    let cells: Vec<&str> = told.iter().map(|finding| finding.cell.as_str()).collect();
    assert!(
        cells.contains(&"/actions/traits/cracked.split"),
        "{cells:?}"
    );
    assert!(
        cells.contains(&"/build/choices/cracked.split.c"),
        "{cells:?}"
    );
    // Dexterity 14 alone; the formula adds nothing.
    assert_eq!(derived.sheet.combat.initiative, 2);
}

#[test]
fn options_that_offer_each_other_are_told_and_never_hang() {
    let option = |name: &str, group: &str, other: &str| {
        format!(
            "[[option]]\nname = \"{name}\"\ngroup = \"{group}\"\ntext = \"x\"\nrepeatable = true\n\
             effects = [{{ grants = \"choose\", id = \"next\", name = \"Next\", count = 2, each = 2, from = {{ options = \"{other}\" }} }}]\n"
        )
    };
    let text = format!(
        "{}{}[[species]]\nname = \"Spiral\"\ntext = \"x\"\ncreature_type = \"Humanoid\"\nsizes = [\"medium\"]\nspeed = 30\n\
         traits = [{{ name = \"Turn\", text = \"x\", effects = [\
         {{ grants = \"choose\", id = \"first\", name = \"First\", count = 2, from = {{ options = \"left\" }} }}] }}]\n",
        option("Lefthand", "left", "right"),
        option("Righthand", "right", "left"),
    );
    let found = problems(&text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("option Lefthand: it stands in the option group `left`"));
    let content = with(&text);
    // The builder follows the circle as far as it goes, and stops.
    let document = built(&content, "Fighter", 1, "Spiral");
    let derived = derive(&source(&document), &content);
    assert_eq!(derived.sheet.combat.hp_maximum, 12);
}

#[test]
fn a_character_of_a_removed_pack_opens_and_says_what_is_missing() {
    let content = with(HOUSE);
    let mut document = built(&content, "Fighter", 5, "Human");
    carry_out(
        &mut document,
        &[
            Write::set("/build/choices/human.versatile.feat", "lantern-bearer"),
            Write::set("/levels/extra/class", "Lamplighter"),
            Write::set("/levels/extra/rank", "zz"),
        ],
    );
    let whole = derive(&source(&document), &content).sheet;
    let without = derive(&source(&document), Content::srd());
    let told = |cell: &str, name: &str| {
        without.findings.iter().any(|finding| {
            finding.cell == cell
                && finding.message.contains(name)
                && finding.severity >= Severity::Warning
        })
    };
    assert!(
        told("/build/packs/house", "house"),
        "{:?}",
        without.findings
    );
    assert!(told(
        "/build/choices/human.versatile.feat",
        "lantern-bearer"
    ));
    assert!(told("/levels/extra/class", "Lamplighter"));
    // What is known still counts; only what the pack gave is gone.
    assert_eq!(without.sheet.combat.hp_maximum, whole.combat.hp_maximum);
    assert_eq!(without.sheet.combat.initiative, whole.combat.initiative - 3);
    let moth = built(&content, "Rogue", 3, "Mothfolk");
    let without = derive(&source(&moth), Content::srd());
    assert_eq!(without.sheet.combat.speeds.fly, None);
    assert!(
        without
            .findings
            .iter()
            .any(|finding| finding.cell == "/identity/species")
    );
    // With no content at all it is a sheet of what is written.
    let bare = derive(&source(&moth), &Content::none());
    assert_eq!(bare.sheet.statistics.ability_scores.dexterity, 15);
    // And the pack back, all is as it was.
    assert_eq!(derive(&source(&document), &content).sheet, whole);
}

#[test]
fn another_feat_at_level_four_keeps_every_later_choice() {
    let content = Content::srd();
    let mut document = built(content, "Fighter", 9, "Human");
    let before = derive(&source(&document), content);
    assert_eq!(before.findings, []);
    let slot = "/build/choices/fighter.4.ability-score-improvement.feat";
    carry_out(&mut document, &[Write::set(slot, "grappler")]);
    let after = derive(&source(&document), content);
    // Asked again: what the new feat offers, and nothing else.
    let open: Vec<&str> = after
        .sheet
        .choices
        .iter()
        .filter(|choice| choice.open > 0)
        .map(|choice| choice.cell.as_str())
        .collect();
    assert_eq!(open, [format!("{slot}.grappler.ability")]);
    for choice in &before.sheet.choices {
        if choice.cell.starts_with(slot) {
            continue;
        }
        let same = after
            .sheet
            .choices
            .iter()
            .find(|other| other.cell == choice.cell)
            .unwrap();
        assert_eq!(same, choice);
    }
    // The old feat's own picks are kept aside and told, not counted.
    assert!(after.findings.iter().all(|finding| {
        finding.severity == Severity::Note && finding.cell.starts_with(&format!("{slot}."))
    }));
    let strength = |derived: &rules::Derived| derived.sheet.statistics.ability_scores.strength;
    assert_eq!(strength(&after), strength(&before) - 2);
    // A choice that became unlawful is asked again, alone: the same origin feat twice.
    carry_out(&mut document, &[Write::set(slot, "alert")]);
    let twice = derive(&source(&document), content);
    let barred: Vec<&str> = twice
        .sheet
        .choices
        .iter()
        .filter(|choice| choice.picks.iter().any(|pick| !pick.barred.is_empty()))
        .map(|choice| choice.cell.as_str())
        .collect();
    assert_eq!(barred, [slot, "/build/choices/human.versatile.feat"]);
}

#[test]
fn the_same_levels_replayed_are_the_same_character() {
    let content = Content::srd();
    for class in content.classes.values() {
        let whole = built(content, &class.name, 9, "");
        assert_eq!(built(content, &class.name, 9, ""), whole, "{}", class.name);
        let mut document = whole.clone();
        let mut taken = Vec::new();
        while let Some((id, level)) = source(&document).levels.ordered().last().copied()
            && let Ok(down) = level_down(&source(&document), content)
        {
            taken.push((id.to_owned(), level.subclass.clone()));
            carry_out(&mut document, &down);
        }
        assert_eq!(taken.len(), 8);
        for (id, subclass) in taken.into_iter().rev() {
            let up = level_up(&source(&document), content, &class.name, None, &id).unwrap();
            carry_out(&mut document, &up);
            if !subclass.is_empty() {
                carry_out(
                    &mut document,
                    &[Write::set(format!("/levels/{id}/subclass"), subclass)],
                );
            }
        }
        // The picks of the levels, made again in another order.
        let mut picks: Vec<(&String, &Value)> = whole["build"]["choices"]
            .as_object()
            .unwrap()
            .iter()
            .collect();
        picks.reverse();
        for (slot, picked) in picks {
            document["build"]["choices"][slot] = picked.clone();
        }
        assert_eq!(document, whole, "{}", class.name);
        assert_eq!(
            derive(&source(&document), content),
            derive(&source(&whole), content)
        );
    }
}

#[test]
fn what_was_set_by_hand_stays_and_says_so_through_levels_and_choices() {
    let content = Content::srd();
    let mut document = built(content, "Cleric", 4, "Dwarf");
    let cells = [
        ("/combat/armor_class", 25.0),
        ("/combat/hp_maximum", 99.0),
        ("/statistics/ability_scores/wisdom", 12.0),
        ("/statistics/skills/stealth", 9.0),
    ];
    for (cell, value) in cells {
        document["overrides"][cell] = json!({ "value": value, "note": "blessed" });
    }
    let up = level_up(&source(&document), content, "Cleric", None, "five").unwrap();
    carry_out(&mut document, &up);
    let chosen = fill(&source(&document), content).unwrap();
    carry_out(&mut document, &chosen);
    let derived = derive(&source(&document), content);
    for (cell, value) in cells {
        let stat = &derived.stats[cell];
        assert!((stat.value - value).abs() < f64::EPSILON, "{cell}");
        assert_eq!(stat.override_note.as_deref(), Some("blessed"), "{cell}");
        let computed = stat.computed.unwrap();
        assert!((computed - value).abs() > f64::EPSILON, "{cell}");
        let sum: f64 = stat.terms.iter().map(|term| term.value).sum();
        assert!((sum - computed).abs() < f64::EPSILON, "{cell}");
    }
    // What follows from a number set by hand follows from it: Wisdom 12 casts with +1.
    let caster = &derived.sheet.spellcasting.casters[0];
    assert_eq!(caster.spell_save_dc, Some(8 + 3 + 1));
    assert_eq!(derived.sheet.combat.armor_class, 25);
}
