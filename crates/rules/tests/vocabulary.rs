//! What effects do to the numbers: spells that hurt more, dice besides a hit, a weapon of one's own, gates by level.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod explain;
mod quick;

use explain::why;
use rules::build::{Write, carry_out, fill};
use rules::content::read_pack;
use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::source::ChangeOn;
use sheet::{Source, SpellEntry, WeaponEntry};

/// Builds a character of one class with some choices made, and the rest filled in.
fn built(class: &str, level: usize, choices: &[(&str, &str)]) -> Value {
    let mut document = quick::built(Content::srd(), class, level, "Goliath");
    for (slot, picks) in choices {
        let cell = format!("/build/choices/{slot}");
        carry_out(&mut document, &[Write::set(cell, *picks)]);
    }
    let rest = fill(&source(&document), Content::srd()).unwrap();
    carry_out(&mut document, &rest);
    document
}

fn source(document: &Value) -> Source {
    Source::from_value(document).unwrap()
}

fn of(document: &Value) -> Derived {
    derive(&source(document), Content::srd())
}

fn spell(derived: &Derived, name: &str) -> SpellEntry {
    let casters = derived.sheet.spellcasting.casters.iter();
    let mut spells = casters.flat_map(|caster| &caster.spells);
    let found = spells.find(|spell| spell.name == name);
    let found = found.unwrap_or_else(|| panic!("no {name}"));
    SpellEntry::clone(found)
}

fn weapon<'d>(derived: &'d Derived, name: &str) -> &'d WeaponEntry {
    let mut weapons = derived.sheet.actions.weapons.iter();
    let found = weapons.find(|weapon| weapon.name == name);
    found.unwrap_or_else(|| panic!("no {name}: {:?}", derived.sheet.actions.weapons))
}

/// Puts a spell of a class on a sheet.
fn learn(document: &mut Value, caster: &str, name: &str) {
    let id = format!("{caster}-{}", rules::content::key(name));
    document["spellcasting"]["spells"][id] = json!({
        "rank": "zzz", "name": name, "caster": caster, "prepared": true,
    });
}

#[test]
fn spells_are_shown_with_their_damage_and_healing() {
    let mut document = built("Bard", 5, &[]);
    for name in ["Guiding Bolt", "Cure Wounds", "Sacred Flame", "Heal"] {
        learn(&mut document, "bard", name);
    }
    let derived = of(&document);
    let shown = |name: &str| {
        let spell = spell(&derived, name);
        (spell.damage, spell.healing)
    };
    // Charisma 19 is +4; a cantrip has grown at level 5; the damage of Guiding Bolt adds no modifier.
    for (name, damage, healing) in [
        ("Guiding Bolt", "4d6 radiant", ""),
        ("Sacred Flame", "2d8 radiant", ""),
        ("Cure Wounds", "", "2d8+4"),
        ("Heal", "", "70"),
    ] {
        let (found, healed) = shown(name);
        assert_eq!(
            (found.as_str(), healed.as_str()),
            (damage, healing),
            "{name}"
        );
    }
}

#[test]
fn features_add_to_the_spells_they_mean() {
    let invocations = "warlock.1.eldritch-invocations.invocations";
    let cantrip = format!("{invocations}.agonizing-blast.cantrip");
    let mut document = built(
        "Warlock",
        5,
        &[(
            invocations,
            "agonizing-blast eldritch-spear agonizing-blast",
        )],
    );
    learn(&mut document, "warlock", "Eldritch Blast");
    learn(&mut document, "warlock", "Chill Touch");
    for (slot, pick) in [
        (cantrip.clone(), "eldritch-blast"),
        (
            format!("{invocations}.eldritch-spear.cantrip"),
            "eldritch-blast",
        ),
        (format!("{invocations}.agonizing-blast-2.cantrip"), ""),
    ] {
        document["build"]["choices"][slot] = json!(pick);
    }
    let derived = of(&document);
    let blast = spell(&derived, "Eldritch Blast");
    // Two beams at level 5, and each has the bonus.
    assert_eq!(blast.damage, "2 × 1d10+4 force");
    assert_eq!(blast.range, "270 feet");
    assert_eq!(
        why(
            &derived,
            "/spellcasting/spells/warlock-eldritch-blast/damage_bonus"
        ),
        "4 = Agonizing Blast +4 (Warlock 1)"
    );
    assert_eq!(spell(&derived, "Chill Touch").damage_bonus, 0);
    // Only what the warlock has and what deals damage is offered; what the first is about is not for the second.
    let cell = format!("/build/choices/{invocations}.agonizing-blast-2.cantrip");
    let options = rules::options(&source(&document), Content::srd(), &cell).unwrap();
    let offered: Vec<(&str, &str)> = options
        .iter()
        .map(|option| (option.id.as_str(), option.barred.as_str()))
        .collect();
    assert!(offered.contains(&("chill-touch", "")), "{offered:?}");
    assert!(offered.contains(&("eldritch-blast", "Agonizing Blast is about it already")));
    assert!(
        offered
            .iter()
            .all(|(id, _)| !["fire-bolt", "minor-illusion"].contains(id))
    );

    // Elemental Affinity goes by the damage type, whatever the school; Empowered Evocation by the school of wizard spells.
    let element = "draconic-sorcery.6.elemental-affinity.element";
    let mut document = built("Sorcerer", 6, &[(element, "fire")]);
    for name in ["Fireball", "Fire Bolt", "Ray of Frost"] {
        learn(&mut document, "sorcerer", name);
    }
    let derived = of(&document);
    assert_eq!(spell(&derived, "Fireball").damage, "8d6+4 fire");
    assert_eq!(spell(&derived, "Fire Bolt").damage, "2d10+4 fire");
    assert_eq!(spell(&derived, "Ray of Frost").damage_bonus, 0);
    let mut document = built("Wizard", 10, &[]);
    for name in ["Fireball", "Blight"] {
        learn(&mut document, "wizard", name);
    }
    let derived = of(&document);
    assert_eq!(spell(&derived, "Fireball").damage_bonus, 5);
    assert_eq!(spell(&derived, "Blight").damage_bonus, 0);
    // Cantrips of the class alone, from the level at which the feature comes.
    let strikes = "cleric.7.blessed-strikes.strikes";
    for (level, bonus) in [(6, 0), (7, 4)] {
        let mut document = built("Cleric", level, &[(strikes, "potent-spellcasting-cleric")]);
        learn(&mut document, "cleric", "Sacred Flame");
        learn(&mut document, "cleric", "Guiding Bolt");
        let derived = of(&document);
        assert_eq!(
            spell(&derived, "Sacred Flame").damage_bonus,
            bonus,
            "{level}"
        );
        assert_eq!(spell(&derived, "Guiding Bolt").damage_bonus, 0);
    }
    // Healing by 2 and the level of the slot; not of a cantrip's worth of anything else.
    let mut document = built("Cleric", 3, &[]);
    learn(&mut document, "cleric", "Prayer of Healing");
    let derived = of(&document);
    let cures = spell(&derived, "Cure Wounds");
    assert_eq!(cures.healing, "2d8+6");
    assert_eq!(
        why(
            &derived,
            "/spellcasting/spells/given-cleric-cure-wounds/healing_bonus"
        ),
        "6 = Wisdom +3; Disciple of Life +3 (Cleric 3)"
    );
    assert_eq!(spell(&derived, "Prayer of Healing").healing_bonus, 4);
}

#[test]
fn a_number_of_a_spell_can_be_set_by_hand() {
    let mut document = built("Wizard", 5, &[]);
    learn(&mut document, "wizard", "Fireball");
    let cell = "/spellcasting/spells/wizard-fireball/damage_bonus";
    document["overrides"][cell] = json!({ "value": 3, "note": "a charm" });
    sheet::check_document(&document).unwrap();
    let derived = of(&document);
    assert_eq!(spell(&derived, "Fireball").damage, "8d6+3 fire");
    assert_eq!(why(&derived, cell), "3 = by hand, computed 0 (a charm)");
}

/// Tells the dice that may be added to a hit.
fn riders(derived: &Derived, name: &str) -> Vec<String> {
    let riders = weapon(derived, name).riders.iter();
    riders
        .map(|rider| {
            let types = rider.types.join(" or ");
            let told = [rider.dice.as_str(), &types, &rider.when];
            let told: Vec<&str> = told.into_iter().filter(|part| !part.is_empty()).collect();
            format!("{}: {}", rider.name, told.join(" "))
        })
        .collect()
}

#[test]
fn dice_besides_are_told_with_the_attacks_they_belong_to() {
    let paladin = of(&built("Paladin", 11, &[]));
    assert_eq!(weapon(&paladin, "Longsword").extra_damage, "1d8 radiant");
    assert_eq!(
        weapon(&paladin, "Unarmed Strike").extra_damage,
        "1d8 radiant"
    );
    assert_eq!(
        of(&built("Paladin", 10, &[])).sheet.actions.weapons[0].extra_damage,
        ""
    );
    let cell = format!(
        "/actions/weapons/{}/damage_bonus",
        weapon(&paladin, "Longsword").id
    );
    assert!(why(&paladin, &cell).contains("1d8 radiant: Radiant Strikes (Paladin 11)"));

    let strikes = "cleric.7.blessed-strikes.strikes";
    for (level, dice) in [(7, "1d8"), (14, "2d8")] {
        let cleric = of(&built("Cleric", level, &[(strikes, "divine-strike")]));
        let told = format!("Divine Strike: {dice} necrotic or radiant once a turn");
        assert_eq!(riders(&cleric, "Mace"), [told]);
        assert_eq!(weapon(&cleric, "Mace").extra_damage, "");
        // A fist is no weapon, and Divine Spark no hit with one.
        assert!(riders(&cleric, "Unarmed Strike").is_empty());
        assert!(riders(&cleric, "Divine Spark").is_empty());
    }
    let mut document = built("Barbarian", 9, &[]);
    let calm = of(&document);
    assert_eq!(
        weapon(&calm, "Greataxe").extra_damage,
        "while in Rage once a turn 3d6 after a Reckless Attack"
    );
    document["conditions"]["rage"] = json!({ "name": "Rage" });
    assert_eq!(
        riders(&of(&document), "Greataxe"),
        [
            "Frenzy: 3d6 once a turn, after a Reckless Attack",
            "Brutal Strike: 1d10 once a turn, giving up the advantage of a Reckless Attack",
            "Savage Attacker: once a turn",
        ]
    );
}

#[test]
fn a_weapon_of_ones_own_goes_by_charisma_and_needs_no_training() {
    let slot = "warlock.1.eldritch-invocations.invocations";
    let mut document = built(
        "Warlock",
        9,
        &[
            (slot, "pact-of-the-blade thirsting-blade lifedrinker"),
            (&format!("{slot}.pact-of-the-blade.weapon"), "longsword"),
        ],
    );
    let derived = of(&document);
    // None is carried: it is conjured. Charisma 20 is +5, proficiency +4.
    let pact = weapon(&derived, "Longsword (Pact of the Blade)");
    assert_eq!(
        (
            pact.attack_bonus,
            pact.damage.as_str(),
            pact.item.as_deref()
        ),
        (9, "1d8+5", None)
    );
    assert_eq!(
        riders(&derived, "Longsword (Pact of the Blade)"),
        ["Lifedrinker: 1d6 necrotic or psychic or radiant once a turn"]
    );
    assert!(riders(&derived, "Sickle").is_empty());
    assert_eq!(derived.sheet.actions.attacks_per_action, 2);
    assert_eq!(
        why(&derived, "/actions/attacks_per_action"),
        "2 = Thirsting Blade (Warlock 1) +2 (with your pact weapon)"
    );
    // One that is carried is it, the better of two.
    for (id, bonus) in [("plain", 0), ("good", 1)] {
        document["equipment"]["magical_items"][id] = json!({
            "rank": id, "name": format!("{id} longsword"), "base": "Longsword", "equipped": true,
            "bonuses": { "weapon": bonus },
        });
    }
    let derived = of(&document);
    let pact = weapon(&derived, "good longsword");
    assert_eq!((pact.attack_bonus, pact.damage.as_str()), (10, "1d8+6"));
    let other = weapon(&derived, "plain longsword");
    assert_eq!((other.attack_bonus, other.damage.as_str()), (-1, "1d8-1"));
    assert!(
        derived
            .sheet
            .actions
            .weapons
            .iter()
            .all(|own| !own.name.contains('(') || own.name.contains("light"))
    );
}

#[test]
fn defenses_begin_at_their_level() {
    let land = "circle-of-the-land.3.circle-of-the-land-spells.land";
    for (level, expected) in [(9, vec![]), (10, vec!["cold".to_owned()])] {
        let derived = of(&built("Druid", level, &[(land, "polar-land")]));
        assert_eq!(derived.sheet.combat.resistances, expected, "level {level}");
    }
    let mut content = Content::srd().clone();
    content.add(
        read_pack([(
            "house.toml",
            r#"
[[species]]
name = "Ember"
text = "x"
creature_type = "Elemental"
sizes = ["medium"]
speed = 30
traits = [{ name = "Heat", text = "x", effects = [
  { grants = "immunity", types = ["fire"], level = 3 },
  { grants = "vulnerability", types = ["cold"], level = 2 },
  { grants = "condition_immunity", conditions = ["Charmed"], level = 3 },
  { grants = "sense", sense = "blindsight", range = "5 * level", level = 2 },
] }]
"#,
        )])
        .unwrap(),
    );
    for (level, immune, weak, charmed, sense) in [
        (1, 0, 0, 0, None),
        (2, 0, 1, 0, Some(10)),
        (3, 1, 1, 1, Some(15)),
    ] {
        let mut document = built("Fighter", level, &[]);
        document["identity"]["species"] = json!("Ember");
        let combat = derive(&source(&document), &content).sheet.combat;
        assert_eq!(combat.immunities.len(), immune, "{level}");
        assert_eq!(combat.vulnerabilities.len(), weak, "{level}");
        assert_eq!(combat.condition_immunities.len(), charmed, "{level}");
        assert_eq!(combat.senses.blindsight, sense, "{level}");
    }
}

#[test]
fn what_is_of_one_class_leaves_the_spells_of_another_alone() {
    let mut document = built("Sorcerer", 3, &[]);
    for level in ["x1", "x2"] {
        document["levels"][level] = json!({ "rank": format!("z{level}"), "class": "Warlock" });
    }
    let dc = |document: &Value, class: &str| {
        let sheet = of(document).sheet;
        let caster = sheet
            .spellcasting
            .casters
            .iter()
            .find(|caster| caster.class == class)
            .unwrap();
        caster.spell_save_dc.unwrap()
    };
    let calm = (dc(&document, "Sorcerer"), dc(&document, "Warlock"));
    document["conditions"]["surge"] = json!({ "name": "Innate Sorcery" });
    assert_eq!(
        (dc(&document, "Sorcerer"), dc(&document, "Warlock")),
        (calm.0 + 1, calm.1)
    );
    let derived = of(&document);
    let notes = |class: &str| {
        let cell = format!("/spellcasting/casters/{class}/spell_attack_bonus");
        derived.stats[&cell].notes.join("; ")
    };
    assert_eq!(notes("sorcerer"), "Advantage: Innate Sorcery");
    assert_eq!(notes("warlock"), "");
}

#[test]
fn a_state_can_make_a_character_large() {
    let mut document = built("Fighter", 5, &[]);
    let carries = of(&document).sheet.equipment.carrying_capacity;
    document["conditions"]["form"] = json!({ "name": "Large Form" });
    let sheet = of(&document).sheet;
    assert_eq!(sheet.identity.size, sheet::vocabulary::Size::Large);
    // Powerful Build counts one size more in both: Large then Huge.
    assert_eq!(sheet.equipment.carrying_capacity, 2 * carries);
}

#[test]
fn what_adds_to_the_spells_of_one_class_adds_nothing_to_those_of_another() {
    let mut document = built(
        "Cleric",
        7,
        &[(
            "cleric.7.blessed-strikes.strikes",
            "potent-spellcasting-cleric",
        )],
    );
    document["levels"]["x1"] = json!({ "rank": "zx1", "class": "Wizard" });
    learn(&mut document, "cleric", "Sacred Flame");
    learn(&mut document, "wizard", "Fire Bolt");
    let derived = of(&document);
    let wisdom = derived.sheet.statistics.ability_modifiers.wisdom;
    assert!(wisdom > 0);
    assert_eq!(spell(&derived, "Sacred Flame").damage_bonus, wisdom);
    assert_eq!(spell(&derived, "Fire Bolt").damage_bonus, 0);
}

#[test]
fn a_choice_says_when_it_may_be_made_anew() {
    let change = |document: &Value, slot: &str| {
        let choices = of(document).sheet.choices;
        let cell = format!("/build/choices/{slot}");
        let choice = choices.iter().find(|choice| choice.cell == cell);
        choice.unwrap_or_else(|| panic!("no {slot}")).change_on
    };
    let fighter = built("Fighter", 4, &[]);
    for (slot, on) in [
        ("fighter.1.weapon-mastery.weapons", Some(ChangeOn::LongRest)),
        ("fighter.1.fighting-style.style", Some(ChangeOn::Level)),
        ("fighter.skills", None),
        ("fighter.4.ability-score-improvement.feat", None),
    ] {
        assert_eq!(change(&fighter, slot), on, "{slot}");
    }
    let ranger = built("Ranger", 3, &[]);
    assert_eq!(
        change(&ranger, "hunter.3.hunters-prey.prey"),
        Some(ChangeOn::Rest)
    );
}

/// A Thief of level 13 may be attuned to four items (SRD 5.2.1, Rogue, Use Magic Device), anybody else to three, unless the number is
/// set by hand.
#[test]
fn attunement_is_held_against_what_the_character_may() {
    let attuned = |mut document: Value, count: usize, limit: Option<i32>| {
        for n in 0..count {
            document["equipment"]["magical_items"][format!("ring-{n}")] = json!({
                "rank": format!("z{n}"), "name": format!("Ring {n}"), "requires_attunement": true, "attuned": true,
            });
        }
        if let Some(limit) = limit {
            document["overrides"]["/equipment/attunement_limit"] = json!({ "value": limit });
        }
        let findings = derive(&source(&document), Content::srd()).findings;
        let about = findings.into_iter();
        let mut about = about.filter(|found| found.cell == "/equipment/magical_items");
        about.next().map(|found| found.message)
    };
    let says = |text: &str| Some(format!("The character is attuned to {text} are allowed."));
    let rogue = |level| built("Rogue", level, &[]);
    assert_eq!(attuned(rogue(12), 3, None), None);
    assert_eq!(attuned(rogue(12), 4, None), says("4 items; three"));
    assert_eq!(attuned(rogue(13), 4, None), None);
    assert_eq!(attuned(rogue(13), 5, None), says("5 items; 4"));
    assert_eq!(attuned(rogue(12), 5, Some(5)), None);
    assert_eq!(attuned(rogue(12), 2, Some(1)), says("2 items; 1"));
    let by_hand = || json!({ "format": sheet::FORMAT });
    assert_eq!(attuned(by_hand(), 3, None), None);
    assert_eq!(attuned(by_hand(), 4, None), says("4 items; three"));
}
