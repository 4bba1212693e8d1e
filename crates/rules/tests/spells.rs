//! What spells roll: every die that a spell's text names stands in its data, and the numbers at each level are the SRD's.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod quick;

use std::collections::{BTreeMap, BTreeSet};

use rules::content::{Spell, key};
use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::{OnSave, Source, SpellEntry, SpellRoll, SpellRollKind};

/// Dice of texts that are neither damage nor hit points.
const OTHER_DICE: [(&str, &str); 17] = [
    ("Bane", "1d4"),
    ("Bless", "1d4"),
    ("Blink", "1d6"),
    ("Confusion", "1d10"),
    ("Control Weather", "1d4"),
    // The 2d8 of every target and the 1d8 more, told together.
    ("Divine Smite", "3d8"),
    // How many fissures open.
    ("Earthquake", "1d6"),
    ("Enlarge/Reduce", "1d4"),
    ("Guidance", "1d4"),
    ("Mirror Image", "1d6"),
    // Which ray strikes.
    ("Prismatic Spray", "1d8"),
    ("Ray of Enfeeblement", "1d8"),
    ("Reincarnate", "1d10"),
    ("Resistance", "1d4"),
    ("Time Stop", "1d4"),
    // By which the wave becomes less.
    ("Tsunami", "1d10"),
    // Days of weakness.
    ("Wish", "2d4"),
];

/// Spells whose dice stand in the creature they call and not in their own text, or are told there in other words.
const TOLD_ELSEWHERE: [&str; 7] = [
    "Animate Objects",
    "Find Steed",
    "Flame Strike",
    "Giant Insect",
    "Ice Knife",
    "Shillelagh",
    "Summon Dragon",
];

/// Finds what is written as dice: `8d6`.
fn dice_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let is_dice = |word: &&str| {
        word.split_once('d').is_some_and(|(count, sides)| {
            !sides.is_empty() && count.parse::<u32>().is_ok() && sides.parse::<u32>().is_ok()
        })
    };
    words.filter(is_dice).map(str::to_owned).collect()
}

/// Lists the dice that a spell has as data.
fn dice_of(spell: &Spell) -> BTreeSet<String> {
    let damage = spell.damage.iter();
    let damage = damage.flat_map(|part| std::iter::once(&part.dice).chain(&part.per_slot));
    let points = [
        &spell.per_slot,
        &spell.healing,
        &spell.temporary,
        &spell.hit_points,
    ];
    let all = damage
        .chain(points.into_iter().flatten())
        .chain(&spell.cantrip_dice);
    all.flat_map(|dice| dice_in(dice)).collect()
}

#[test]
fn every_die_of_a_text_is_data_and_every_die_of_the_data_is_in_the_text() {
    let other: BTreeMap<&str, &str> = OTHER_DICE.into_iter().collect();
    let mut wrong = Vec::new();
    for spell in Content::srd().spells.values() {
        let name = spell.name.as_str();
        let mut told = dice_in(&format!("{} {}", spell.text, spell.higher));
        if let Some(dice) = other.get(name) {
            assert!(told.remove(*dice), "{name} names no {dice}");
        }
        let has = dice_of(spell);
        if !told.is_subset(&has) {
            wrong.push(format!("{name} tells {told:?} and has {has:?}"));
        }
        if !has.is_subset(&told) && !TOLD_ELSEWHERE.contains(&name) {
            wrong.push(format!("{name} has {has:?} and tells {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn as_many_spells_hurt_and_heal_as_the_srd_has() {
    let spells = &Content::srd().spells;
    let count = |is: &dyn Fn(&Spell) -> bool| spells.values().filter(|spell| is(spell)).count();
    let grows = |spell: &Spell| {
        spell.per_slot.is_some() || spell.damage.iter().any(|part| part.per_slot.is_some())
    };
    for (what, found, expected) in [
        // 106 by their own entries; what their creature or weapon does: Animate Objects, Find Steed, Giant Insect, Shillelagh,
        // Summon Dragon, True Strike.
        ("damage", count(&|spell| !spell.damage.is_empty()), 106 + 6),
        ("attack rolls", count(&|spell| spell.attack.is_some()), 21),
        ("half on a save", count(&|spell| spell.half_on_save), 49),
        // 13, but Power Word Heal (all) and Vampiric Touch (half the damage) roll nothing; with the touch of Find Steed.
        (
            "healing",
            count(&|spell| spell.healing.is_some()),
            13 - 2 + 1,
        ),
        (
            "temporary hit points",
            count(&|spell| spell.temporary.is_some()),
            2,
        ),
        (
            "a higher maximum",
            count(&|spell| spell.hit_points.is_some()),
            2,
        ),
        // 59 by dice or a number; with Find Steed, Giant Insect, Summon Dragon.
        ("more with a higher slot", count(&grows), 59 + 3),
        // 15, but Eldritch Blast grows in beams and Spare the Dying in range.
        (
            "cantrips",
            count(&|spell| !spell.cantrip_dice.is_empty()),
            15 - 2,
        ),
        (
            "several beams, rays or darts",
            count(&|spell| spell.times > 1 || !spell.cantrip_times.is_empty()),
            3,
        ),
    ] {
        assert_eq!(found, expected, "{what}");
    }
    // Every leveled spell that grows says so in words, and a cantrip has all three steps.
    for spell in spells.values() {
        let grows = grows(spell) || spell.times_per_slot > 0;
        let in_words = !spell.higher.is_empty() || ["Find Steed"].contains(&spell.name.as_str());
        assert!(!grows || in_words, "{}", spell.name);
        for steps in [spell.cantrip_dice.len(), spell.cantrip_times.len()] {
            assert!(
                steps == 0 || (steps == 3 && spell.level == 0),
                "{}",
                spell.name
            );
        }
    }
}

fn built(class: &str, level: usize, spells: &[&str]) -> Derived {
    let mut document = quick::built(Content::srd(), class, level, "");
    learn(&mut document, &key(class), spells);
    derive(&Source::from_value(&document).unwrap(), Content::srd())
}

fn learn(document: &mut Value, caster: &str, spells: &[&str]) {
    for name in spells {
        document["spellcasting"]["spells"][format!("x-{}", key(name))] = json!({
            "rank": "zzz", "name": name, "caster": caster, "prepared": true,
        });
    }
}

fn spell(derived: &Derived, name: &str) -> SpellEntry {
    let casters = derived.sheet.spellcasting.casters.iter();
    let mut spells = casters.flat_map(|caster| &caster.spells);
    let found = spells.find(|spell| spell.name == name);
    SpellEntry::clone(found.unwrap_or_else(|| panic!("no {name}")))
}

/// Writes a roll with all its levels: `8d6 fire; 4: 9d6 fire`.
fn shown(roll: &SpellRoll) -> String {
    let levels: Vec<String> = roll
        .at
        .iter()
        .map(|at| format!("{}: {}", at.level, at.text))
        .collect();
    levels.join(", ")
}

#[test]
fn a_spell_grows_with_its_slot() {
    // A wizard of level 9 has slots to level 5, Intelligence 20 is +5 (17, 1 of the background and 2 of level 4).
    let wizard = built(
        "Wizard",
        9,
        &[
            "Fireball",
            "Magic Missile",
            "Scorching Ray",
            "Acid Arrow",
            "Ice Knife",
            "Arcane Hand",
            "Cone of Cold",
            "Mind Spike",
            "False Life",
            "Vampiric Touch",
            "Vitriolic Sphere",
        ],
    );
    for (name, place, expected) in [
        // 8d6, and 1d6 for each slot level above 3.
        ("Fireball", 0, "3: 8d6, 4: 9d6, 5: 10d6"),
        // Three darts, and one for each slot level above 1.
        (
            "Magic Missile",
            0,
            "1: 3 × 1d4+1, 2: 4 × 1d4+1, 3: 5 × 1d4+1, 4: 6 × 1d4+1, 5: 7 × 1d4+1",
        ),
        (
            "Scorching Ray",
            0,
            "2: 3 × 2d6, 3: 4 × 2d6, 4: 5 × 2d6, 5: 6 × 2d6",
        ),
        ("Acid Arrow", 0, "2: 4d4, 3: 5d4, 4: 6d4, 5: 7d4"),
        ("Acid Arrow", 1, "2: 2d4, 3: 3d4, 4: 4d4, 5: 5d4"),
        // The shard stays as it is, the burst grows.
        ("Ice Knife", 0, "1: 1d10"),
        ("Ice Knife", 1, "1: 2d6, 2: 3d6, 3: 4d6, 4: 5d6, 5: 6d6"),
        ("Arcane Hand", 0, "5: 5d8"),
        ("Arcane Hand", 1, "5: 4d6+5"),
        // No slot is higher than 5.
        ("Cone of Cold", 0, "5: 8d8"),
        ("Mind Spike", 0, "2: 3d8, 3: 4d8, 4: 5d8, 5: 6d8"),
        // 2d4+4, and 5 for each slot level above 1.
        (
            "False Life",
            0,
            "1: 2d4+4, 2: 2d4+9, 3: 2d4+14, 4: 2d4+19, 5: 2d4+24",
        ),
        ("Vampiric Touch", 0, "3: 3d6, 4: 4d6, 5: 5d6"),
        ("Vitriolic Sphere", 0, "4: 10d4, 5: 12d4"),
        ("Vitriolic Sphere", 1, "4: 5d4"),
    ] {
        let spell = spell(&wizard, name);
        assert_eq!(shown(&spell.rolls[place]), expected, "{name} {place}");
    }
    let cleric = built(
        "Cleric",
        9,
        &[
            "Cure Wounds",
            "Healing Word",
            "Mass Cure Wounds",
            "Aid",
            "Prayer of Healing",
        ],
    );
    // Wisdom 20 is +5 by level 8; Disciple of Life adds 2 and the level of the slot.
    let wisdom = cleric.sheet.statistics.ability_modifiers.wisdom;
    assert_eq!(wisdom, 5);
    for (name, expected) in [
        (
            "Cure Wounds",
            "1: 2d8+8, 2: 4d8+9, 3: 6d8+10, 4: 8d8+11, 5: 10d8+12",
        ),
        (
            "Healing Word",
            "1: 2d4+8, 2: 4d4+9, 3: 6d4+10, 4: 8d4+11, 5: 10d4+12",
        ),
        ("Mass Cure Wounds", "5: 5d8+12"),
        // 2 and the slot's level alone: this spell adds no modifier.
        (
            "Prayer of Healing",
            "2: 2d8+4, 3: 3d8+5, 4: 4d8+6, 5: 5d8+7",
        ),
        // No healing, so nothing is added.
        ("Aid", "2: 5, 3: 10, 4: 15, 5: 20"),
    ] {
        let spell = spell(&cleric, name);
        assert_eq!(shown(&spell.rolls[0]), expected, "{name}");
    }
}

#[test]
fn a_cantrip_grows_with_the_character() {
    for (level, fire, blast, strike, club) in [
        (1, "1d10", "1d10", "", "1d8"),
        (4, "1d10", "1d10", "", "1d8"),
        (5, "2d10", "2 × 1d10", "1d6", "1d10"),
        (10, "2d10", "2 × 1d10", "1d6", "1d10"),
        (11, "3d10", "3 × 1d10", "2d6", "1d12"),
        (17, "4d10", "4 × 1d10", "3d6", "2d6"),
    ] {
        // No feature of a bard adds to a cantrip.
        let derived = built(
            "Bard",
            level,
            &["Fire Bolt", "Eldritch Blast", "True Strike", "Shillelagh"],
        );
        let charisma = derived.sheet.statistics.ability_modifiers.charisma;
        let club = format!("{club}+{charisma}");
        for (name, expected) in [
            ("Fire Bolt", fire),
            ("Eldritch Blast", blast),
            ("True Strike", strike),
            ("Shillelagh", club.as_str()),
        ] {
            let spell = spell(&derived, name);
            assert_eq!(spell.rolls[0].at[0].text, expected, "{name} at {level}");
            assert_eq!(spell.rolls[0].at.len(), 1, "{name}");
        }
    }
}

#[test]
fn a_save_an_attack_and_an_occasion_are_told() {
    let wizard = built(
        "Wizard",
        20,
        &[
            "Fireball",
            "Fire Bolt",
            "Sacred Flame",
            "Ice Knife",
            "Heat Metal",
            "Acid Arrow",
            "Storm of Vengeance",
            "Conjure Celestial",
            "Hex",
            "Bless",
        ],
    );
    let told = |name: &str| -> Vec<(OnSave, bool, String)> {
        let rolls = spell(&wizard, name).rolls;
        rolls
            .into_iter()
            .map(|roll| (roll.on_save, roll.on_hit, roll.when))
            .collect()
    };
    let row = |on_save, on_hit, when: &str| (on_save, on_hit, when.to_owned());
    assert_eq!(told("Fireball"), [row(OnSave::Half, false, "")]);
    assert_eq!(told("Fire Bolt"), [row(OnSave::All, true, "")]);
    assert_eq!(told("Sacred Flame"), [row(OnSave::None, false, "")]);
    // The burst asks for a save, whether the shard hits or not.
    assert_eq!(
        told("Ice Knife"),
        [row(OnSave::All, true, ""), row(OnSave::None, false, "")]
    );
    // The save is for holding on to it.
    assert_eq!(told("Heat Metal"), [row(OnSave::All, false, "")]);
    let arrow = told("Acid Arrow");
    assert_eq!(
        arrow[1],
        row(OnSave::All, false, "as the target's next turn ends")
    );
    let storm = told("Storm of Vengeance");
    let saves: Vec<OnSave> = storm.iter().map(|(save, ..)| *save).collect();
    assert_eq!(
        saves,
        [
            OnSave::None,
            OnSave::All,
            OnSave::Half,
            OnSave::All,
            OnSave::All
        ]
    );
    let hex = told("Hex");
    assert!(!hex[0].1 && !hex[0].2.is_empty(), "{hex:?}");
    let kinds: Vec<SpellRollKind> = spell(&wizard, "Conjure Celestial")
        .rolls
        .iter()
        .map(|roll| roll.kind)
        .collect();
    assert_eq!(kinds, [SpellRollKind::Damage, SpellRollKind::Healing]);
    let bless = spell(&wizard, "Bless");
    assert!(bless.known && bless.rolls.is_empty() && bless.saves.is_empty());
}

#[test]
fn a_bonus_to_one_damage_roll_is_told_beside_several() {
    // Empowered Evocation: Intelligence 20 at level 10 is +5, to one of the rolls.
    let wizard = built("Wizard", 10, &["Scorching Ray", "Fireball"]);
    let rays = spell(&wizard, "Scorching Ray");
    assert_eq!(rays.rolls[0].at[0].text, "3 × 2d6, +5 to one");
    assert_eq!(rays.rolls[0].once, ["Empowered Evocation"]);
    assert_eq!(spell(&wizard, "Fireball").damage, "8d6+5 fire");
}

#[test]
fn a_sheet_written_by_hand_rolls_the_spells_it_names() {
    let mut document = json!({
        "format": sheet::FORMAT,
        "levels": {"a": {"rank": "1", "class": "Wizard"}, "b": {"rank": "2", "class": "Wizard"}},
        "abilities": {"scores": {"intelligence": 16}},
        "spellcasting": {
            "casters": {"wizard": {"rank": "1", "class": "Wizard", "ability": "intelligence"}},
            "slots": {"1": {"max": 3}, "2": {"max": 2}},
        },
    });
    learn(
        &mut document,
        "wizard",
        &["Burning Hands", "Shillelagh", "Grandmother's Hex"],
    );
    document["spellcasting"]["spells"]["x-burning-hands"]["level"] = json!(1);
    document["spellcasting"]["spells"]["x-shillelagh"]["level"] = json!(0);
    let derived = derive(&Source::from_value(&document).unwrap(), Content::srd());
    assert_eq!(
        shown(&spell(&derived, "Burning Hands").rolls[0]),
        "1: 3d6, 2: 4d6"
    );
    // Intelligence 16 is +3.
    assert_eq!(spell(&derived, "Shillelagh").rolls[0].at[0].text, "1d8+3");
    let own = spell(&derived, "Grandmother's Hex");
    assert!(!own.known && own.rolls.is_empty());
}
