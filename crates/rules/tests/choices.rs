//! Choices: what is had already is not offered again, what may be repeated is, and quick builds know nothing twice.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use rules::build::{Recipe, Write, carry_out, fill, quick};
use rules::content::read_pack;
use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::{Severity, Source};

fn built(content: &Content, levels: &[(&str, usize)], species: &str) -> Value {
    let mut next = 0;
    let mut ids = || {
        next += 1;
        format!("id-{next:03}")
    };
    let levels = levels.iter();
    let levels = levels.flat_map(|(class, count)| std::iter::repeat_n((*class).to_owned(), *count));
    let recipe = Recipe {
        name: "Brann".to_owned(),
        handle: "brann".to_owned(),
        levels: levels.collect(),
        species: species.to_owned(),
        ..Recipe::default()
    };
    quick(content, &recipe, &mut ids).unwrap()
}

fn source(document: &Value) -> Source {
    Source::from_value(document).unwrap()
}

fn of(document: &Value) -> Derived {
    derive(&source(document), Content::srd())
}

/// Writes the picks of a slot.
fn pick(document: &mut Value, slot: &str, picks: &str) {
    carry_out(
        document,
        &[Write::set(format!("/build/choices/{slot}"), picks)],
    );
}

/// Why an option of a slot may not be picked; empty where it may.
fn barred(document: &Value, slot: &str, option: &str) -> String {
    let cell = format!("/build/choices/{slot}");
    let options = rules::options(&source(document), Content::srd(), &cell).unwrap();
    let option = options.iter().find(|own| own.id == option).unwrap();
    option.barred.clone()
}

#[test]
fn uses_are_called_by_what_they_are() {
    for (levels, name, max) in [
        (&[("Fighter", 2)][..], "Action Surge", 1),
        (&[("Fighter", 17)], "Action Surge", 2),
        (&[("Fighter", 17)], "Indomitable", 3),
        (&[("Monk", 5)], "Focus Points", 5),
        (&[("Sorcerer", 3)], "Sorcery Points", 3),
        (&[("Barbarian", 3)], "Rage", 3),
    ] {
        let document = built(Content::srd(), levels, "");
        let sheet = of(&document).sheet;
        let counted: Vec<(&str, i32)> = sheet
            .actions
            .features
            .iter()
            .filter_map(|feature| Some((feature.name.as_str(), feature.uses.as_ref()?.max)))
            .collect();
        assert!(counted.contains(&(name, max)), "{levels:?}: {counted:?}");
        // What says how many there are of something is not the name of another number of them.
        assert!(
            counted.iter().all(|(name, _)| !name.contains(" use")),
            "{counted:?}"
        );
    }
    // The feature that gives points keeps its own name and text beside them.
    let monk = of(&built(Content::srd(), &[("Monk", 2)], "")).sheet;
    let mut features = monk.actions.features.iter();
    let focus = features.find(|own| own.name == "Monk's Focus").unwrap();
    assert_eq!(focus.uses, None);
    assert!(!focus.description.is_empty());
}

#[test]
fn a_quick_build_knows_no_cantrip_twice() {
    let content = Content::srd();
    let mut twice = Vec::new();
    for class in content.classes.values() {
        for species in content.species.values() {
            let sheet = of(&built(content, &[(&class.name, 3)], &species.name)).sheet;
            let casters = sheet.spellcasting.casters.iter();
            let spells = casters.flat_map(|caster| &caster.spells);
            let mut known = BTreeSet::new();
            for spell in spells.filter(|spell| spell.level == 0) {
                if !known.insert(spell.name.clone()) {
                    twice.push(format!("{} {}: {}", species.name, class.name, spell.name));
                }
            }
        }
    }
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn what_is_had_already_is_not_offered_again() {
    let fighter = "fighter.1.weapon-mastery.weapons";
    let barbarian = "barbarian.1.weapon-mastery.weapons";
    let mut document = built(Content::srd(), &[("Fighter", 1), ("Barbarian", 1)], "");
    pick(&mut document, fighter, "greatsword flail javelin");
    pick(&mut document, barbarian, "");
    assert_eq!(
        barred(&document, barbarian, "greatsword"),
        "Weapon Mastery (Fighter 1) gives it already"
    );
    assert_eq!(barred(&document, barbarian, "maul"), "");
    // What is picked twice all the same is a waste, and not unlawful.
    pick(&mut document, barbarian, "greatsword maul");
    assert_eq!(barred(&document, barbarian, "greatsword"), "");
    let findings = of(&document).findings;
    assert!(
        findings
            .iter()
            .all(|own| !own.message.contains("Greatsword")),
        "{findings:?}"
    );

    let mut document = built(Content::srd(), &[("Rogue", 1), ("Ranger", 2)], "");
    pick(&mut document, "rogue.1.thieves-cant.languages", "elvish");
    let languages = "ranger.2.deft-explorer.languages";
    pick(&mut document, languages, "");
    for (language, why) in [
        ("elvish", "Thieves' Cant (Rogue 1) gives it already"),
        ("thieves-cant", "Thieves' Cant (Rogue 1) gives it already"),
        ("goblin", ""),
    ] {
        assert_eq!(barred(&document, languages, language), why, "{language}");
    }
    // A spell list that the background has chosen is not taken again; another may be.
    let mut document = built(Content::srd(), &[("Wizard", 1)], "Human");
    pick(&mut document, "human.versatile.feat", "magic-initiate");
    let list = "human.versatile.feat.magic-initiate.list";
    assert_eq!(
        barred(&document, list, "magic-initiate-wizard"),
        "Sage gives it already"
    );
    assert_eq!(barred(&document, list, "magic-initiate-druid"), "");
    pick(&mut document, list, "magic-initiate-wizard");
    let findings = of(&document).findings;
    let told = "Magic Initiate (Wizard) is not lawful: Sage gives it already";
    assert!(
        findings.iter().any(|own| own.message.contains(told)),
        "{findings:?}"
    );
}

#[test]
fn what_may_be_taken_several_times_is_and_each_counts() {
    let slot = "warlock.1.eldritch-invocations.invocations";
    let mut document = built(Content::srd(), &[("Warlock", 5)], "");
    let picks = "lessons-of-the-first-ones lessons-of-the-first-ones devils-sight";
    pick(&mut document, slot, picks);
    assert_eq!(barred(&document, slot, "lessons-of-the-first-ones"), "");
    assert_eq!(barred(&document, slot, "devils-sight"), "");
    assert!(barred(&document, slot, "thirsting-blade").contains("Pact of the Blade"));
    let rest = fill(&source(&document), Content::srd()).unwrap();
    carry_out(&mut document, &rest);
    let derived = of(&document);
    let mut warnings = derived.findings.iter();
    assert!(
        warnings.all(|finding| finding.severity < Severity::Warning),
        "{:?}",
        derived.findings
    );
    let feats: Vec<&str> = derived
        .sheet
        .choices
        .iter()
        .filter(|choice| choice.name == "Lessons of the First Ones: Origin feat")
        .map(|choice| choice.cell.as_str())
        .collect();
    assert_eq!(
        feats,
        [
            format!("/build/choices/{slot}.lessons-of-the-first-ones.feat"),
            format!("/build/choices/{slot}.lessons-of-the-first-ones-2.feat"),
        ]
    );
    // What may be taken once is told when it is taken twice.
    pick(&mut document, slot, "devils-sight devils-sight");
    let derived = of(&document);
    let told = |part: &str| {
        let mut findings = derived.findings.iter();
        findings.any(|finding| finding.message.contains(part))
    };
    assert!(told("Devil's Sight is not lawful: it is picked already"));
}

#[test]
fn conditions_of_a_house_act_with_what_they_bring() {
    let mut content = Content::srd().clone();
    content.add(
        read_pack([(
            "house.toml",
            r#"
[[condition]]
name = "Bear's Fury"
text = "You rage without meaning to."
implies = ["Rage", "Rooted"]

[[condition]]
name = "Rage"
text = "You rage."

[[condition]]
name = "Rooted"
text = "You stand where you stand."
speed_zero = true
breaks_concentration = true
"#,
        )])
        .unwrap(),
    );
    let mut document = built(&content, &[("Barbarian", 5)], "");
    let calm = derive(&source(&document), &content).sheet;
    document["conditions"]["fury"] = json!({ "name": "bear's fury" });
    document["combat"]["concentration"] = json!("Bless");
    let derived = derive(&source(&document), &content);
    assert_eq!(calm.combat.resistances, Vec::<String>::new());
    assert_eq!(
        derived.sheet.combat.resistances,
        ["bludgeoning", "piercing", "slashing"]
    );
    assert_eq!((calm.combat.speed, derived.sheet.combat.speed), (40, 0));
    let told: Vec<(&str, &str)> = derived
        .findings
        .iter()
        .map(|finding| (finding.cell.as_str(), finding.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [(
            "/combat/concentration",
            "bear's fury ends concentration, and Bless is still concentrated on."
        )]
    );
}
