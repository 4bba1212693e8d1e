//! What each version's shape becomes.

use exchange::{Fate, Format};
use sheet::source::{Activation, ItemKind, Kind, Rarity, Recovery};
use sheet::vocabulary::{Ability, Proficiency, Size};

use super::{FIXTURES, Taken};

#[test]
fn a_character_of_the_new_rules_is_built() {
    let ulla = Taken::new(FIXTURES[0].as_bytes());
    assert!(ulla.import.report.built);
    assert_eq!(ulla.import.format, Format::Foundry);
    assert_eq!(ulla.import.portraits, ["worlds/marsh/ulla.webp"]);
    let source = &ulla.source;
    assert_eq!(source.record.handle, "ulla-fenwick");
    assert_eq!(
        source.build.packs.get("srd-5.2").map(String::as_str),
        Some("5.2.1")
    );
    assert_eq!(source.levels.len(), 4);
    let points: Vec<_> = source
        .levels
        .ordered()
        .iter()
        .map(|(_, level)| level.hit_points)
        .collect();
    assert_eq!(points, [None, None, Some(9), None]);
    let picks = |slot: &str| source.build.choices.get(slot).map_or("", String::as_str);
    assert_eq!(picks("fighter.skills"), "perception acrobatics");
    assert_eq!(picks("fighter.1.fighting-style.style"), "defense");
    assert_eq!(
        picks("fighter.1.weapon-mastery.weapons"),
        "glaive longbow spear longsword"
    );
    assert_eq!(
        picks("fighter.4.ability-score-improvement.feat"),
        "ability-score-improvement"
    );
    assert_eq!(
        picks("fighter.4.ability-score-improvement.feat.ability-score-improvement.abilities"),
        "dexterity wisdom"
    );
    assert_eq!(picks("human.skillful.skill"), "stealth");
    assert_eq!(picks("human.versatile.feat"), "alert");
    assert_eq!(picks("soldier.abilities"), "constitution strength strength");
    assert_eq!(picks("soldier.tool"), "dice");
    assert_eq!(source.abilities.scores.strength, 15);
    let open: Vec<_> = ulla
        .derived
        .sheet
        .choices
        .iter()
        .filter(|choice| choice.open > 0)
        .collect();
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_numbers_of_a_built_character_follow() {
    let ulla = Taken::new(FIXTURES[0].as_bytes());
    let sheet = &ulla.derived.sheet;
    // 10 + 6 + 9 + 6 by the dice, and Constitution 15 four times.
    assert_eq!(sheet.combat.hp_maximum, 39);
    assert_eq!(
        (sheet.combat.current_hp, sheet.combat.temporary_hp),
        (27, 4)
    );
    // Chain mail 16, shield 2 and its 1, Defense 1.
    assert_eq!(sheet.combat.armor_class, 20);
    // Dexterity 12, raised to 15 by the charm; Alert adds the proficiency bonus.
    assert_eq!(sheet.statistics.ability_scores.dexterity, 15);
    assert_eq!(sheet.combat.initiative, 4);
    // Strength 17, proficient, and 1 by the charm.
    assert_eq!(ulla.number("/statistics/saving_throws/strength"), 6.0);
    // Dexterity 15, proficient, and 2 by a gift the rules do not know.
    assert_eq!(ulla.number("/statistics/skills/acrobatics"), 6.0);
    assert_eq!(sheet.combat.hit_dice_remaining.get("d10"), Some(&3));
    let wind = sheet
        .actions
        .features
        .iter()
        .find(|feature| feature.name == "Second Wind")
        .unwrap();
    assert_eq!(
        wind.uses.as_ref().map(|uses| (uses.max, uses.current)),
        Some((3, 1))
    );
    let sword = sheet
        .actions
        .weapons
        .iter()
        .find(|weapon| weapon.name == "Longsword")
        .unwrap();
    assert_eq!((sword.attack_bonus, sword.damage.as_str()), (5, "1d8+3"));
    assert_eq!(sword.mastery, "sap");
}

#[test]
fn every_part_of_a_file_is_told() {
    let ulla = Taken::new(FIXTURES[0].as_bytes());
    for (area, name, fate) in [
        ("Identity", "Human", Fate::Mapped),
        ("Identity", "Soldier", Fate::Mapped),
        ("Classes", "Fighter", Fate::Mapped),
        ("Classes", "Champion", Fate::Mapped),
        ("Features", "Second Wind", Fate::Mapped),
        ("Features", "Reed Walker", Fate::KeptAsText),
        ("Items", "Chain Mail", Fate::Mapped),
        ("Items", "Shield +1", Fate::Mapped),
        ("Items", "Smoked Eel", Fate::KeptAsText),
        ("Items", "Heron Charm", Fate::KeptAsText),
        ("Spells", "Light", Fate::NotUsed),
        ("Effects", "Defense (Defense)", Fate::Mapped),
        ("Effects", "Grace (Heron Charm)", Fate::Understood),
        ("State", "poisoned", Fate::Understood),
        ("State", "dodging", Fate::NotUsed),
        ("State", "Favorites", Fate::NotUsed),
        ("Pictures", "img", Fate::NotUsed),
        ("Proficiencies", "Marsh cant", Fate::Understood),
    ] {
        assert_eq!(ulla.fate(area, name), fate, "{area}: {name}");
    }
    let items = super::fixture(0)["items"].as_array().unwrap().clone();
    for item in items {
        let name = item["name"].as_str().unwrap();
        let told = ulla
            .import
            .report
            .parts
            .iter()
            .any(|part| part.name.starts_with(name));
        assert!(told, "nothing is told of {name}");
    }
    for part in &ulla.import.report.parts {
        assert!(!part.why.is_empty() && !part.name.is_empty(), "{part:?}");
    }
}

#[test]
fn things_keep_their_place_their_text_and_their_charges() {
    let ulla = Taken::new(FIXTURES[0].as_bytes());
    let equipment = &ulla.source.equipment;
    let eel = equipment.inventory.get("UllaEel000000001").unwrap();
    assert_eq!((eel.quantity, eel.weight_lb, eel.cost_cp), (6, 2.5, 50));
    assert_eq!(eel.kind, ItemKind::Treasure);
    assert_eq!(eel.container.as_deref(), Some("UllaPack00000001"));
    assert_eq!(eel.notes, "Smells of home.");
    assert_eq!(
        equipment.currency.gp, 33,
        "the purse and what lay in the backpack"
    );
    let charm = equipment.magical_items.get("UllaCharm0000001").unwrap();
    assert_eq!((charm.charges.max, charm.charges.used), (4, 1));
    assert_eq!(charm.charges.recharge, "1d4 at dawn");
    assert_eq!(charm.rarity, Rarity::Rare);
    assert!(charm.requires_attunement && charm.attuned);
    assert_eq!(
        (charm.bonuses.saving_throws, charm.bonuses.ability_minimum),
        (1, Some(15))
    );
    let shield = equipment.magical_items.get("UllaShield000001").unwrap();
    assert_eq!(
        shield.armor.as_ref().map(|armor| (armor.base, armor.bonus)),
        Some((2, 1))
    );
    let story = &ulla.source.identity.personality.backstory;
    assert_eq!(
        story,
        "Kept the *toll gate* at Reedham.\n\nLeft after the flood."
    );
    let walker = ulla
        .source
        .actions
        .features
        .get("UllaHouse0000001")
        .unwrap();
    assert_eq!(walker.description, "Walks on reeds. & whistles.");
    assert_eq!(
        (walker.activation, walker.uses.max, walker.uses.used),
        (Activation::BonusAction, 2, 1)
    );
    assert_eq!(walker.uses.recovery, Recovery::Dawn);
}

#[test]
fn a_character_of_the_old_rules_is_written_by_hand() {
    let oswin = Taken::new(FIXTURES[1].as_bytes());
    assert!(!oswin.import.report.built && oswin.source.build.packs.is_empty());
    let sheet = &oswin.derived.sheet;
    // 6 + 4 + 2 by the dice, and Constitution 13 three times.
    assert_eq!((sheet.combat.hp_maximum, sheet.combat.current_hp), (15, 15));
    assert_eq!(
        oswin.source.levels.ordered()[1].1.subclass,
        "School of Mire"
    );
    // 13 and Dexterity 14.
    assert_eq!(sheet.combat.armor_class, 15);
    let slots: Vec<_> = sheet
        .spellcasting
        .spell_slots
        .iter()
        .map(|(level, slots)| (level.as_str(), slots.max, slots.current))
        .collect();
    assert_eq!(slots, [("1", 4, 2), ("2", 2, 2)]);
    // 8, proficiency 2, Intelligence 16, and the bonus of the sheet; exhaustion does not touch it.
    assert_eq!(sheet.spellcasting.spell_save_dc, Some(14));
    assert_eq!(
        oswin.source.proficiencies.skills.get("investigation"),
        Some(&Proficiency::Expertise)
    );
    let spell = |name: &str| {
        oswin
            .source
            .spellcasting
            .spells
            .iter()
            .find(|(_, spell)| spell.name == name)
            .unwrap()
            .1
            .clone()
    };
    assert!(spell("Grease").prepared && !spell("Grease").always_prepared);
    assert_eq!(spell("Grease").components, "V, S, M (a bit of rind)");
    assert_eq!(
        (
            spell("Fen Lantern").casting_time.as_str(),
            spell("Fen Lantern").duration.as_str()
        ),
        ("1 minute", "2 hours")
    );
    assert!(spell("Misty Step").always_prepared && spell("Misty Step").notes.contains("0 left"));
    assert_eq!(oswin.source.combat.concentration, "Fen Lantern");
    assert_eq!(oswin.source.combat.exhaustion, 1);
    assert_eq!(
        (
            oswin.source.combat.death_saves.successes,
            oswin.source.combat.death_saves.failures
        ),
        (1, 2)
    );
    let fang = sheet
        .actions
        .weapons
        .iter()
        .find(|weapon| weapon.name == "Rusty Fang")
        .unwrap();
    // Dexterity 14, proficiency 2, magic 1, melee bonus 1, exhaustion -2.
    assert_eq!(fang.attack_bonus, 4);
    assert_eq!(fang.damage, "1d4+3");
    assert_eq!(
        oswin.fate("Defenses", "Resistance: slashing"),
        Fate::Understood
    );
    assert!(
        oswin.source.notes.contains("magical"),
        "{}",
        oswin.source.notes
    );
    assert_eq!(oswin.number("/equipment/attunement_limit"), 4.0);
    assert_eq!(oswin.fate("Bonuses", "All saves"), Fate::KeptAsText);
    assert_eq!(oswin.fate("Flags", "Luck"), Fate::KeptAsText);
    let luck = oswin
        .source
        .actions
        .features
        .iter()
        .find(|(_, feature)| feature.name == "Marsh luck")
        .unwrap()
        .1;
    assert_eq!(
        (luck.uses.max, luck.uses.used, luck.uses.recovery),
        (3, 2, Recovery::ShortRest)
    );
}

#[test]
fn older_shapes_are_read_as_well() {
    let gren = Taken::new(FIXTURES[2].as_bytes());
    let sheet = &gren.derived.sheet;
    // The file sets 24 by hand; 12 + 7 and Constitution come to 23.
    assert_eq!((sheet.combat.hp_maximum, sheet.combat.current_hp), (24, 20));
    // 10, Dexterity 0, Constitution 2, the ring's 1.
    assert_eq!(sheet.combat.armor_class, 13);
    assert_eq!(
        (sheet.combat.speed, sheet.combat.senses.darkvision),
        (30, Some(60))
    );
    let axe = sheet
        .actions
        .weapons
        .iter()
        .find(|weapon| weapon.name == "Greataxe")
        .unwrap();
    assert_eq!(
        (axe.attack_bonus, axe.damage.as_str(), axe.range.as_str()),
        (5, "1d12+3", "5 ft")
    );
    assert!(axe.extra_damage.contains("fire"));
    let rage = gren
        .source
        .actions
        .features
        .iter()
        .find(|(_, feature)| feature.name == "Rage")
        .unwrap()
        .1;
    assert_eq!(
        (rage.uses.max, rage.uses.used, rage.uses.recovery),
        (2, 1, Recovery::LongRest)
    );
    let ring = gren.source.equipment.magical_items.iter().next().unwrap().1;
    assert!(ring.attuned && ring.requires_attunement);
    assert_eq!(
        (ring.charges.used, ring.charges.recharge.as_str()),
        (1, "1d3 at dawn")
    );

    let marta = Taken::new(FIXTURES[3].as_bytes());
    let sheet = &marta.derived.sheet;
    assert_eq!(marta.source.creature.size, Size::Small);
    assert_eq!(
        (
            sheet.combat.hp_maximum,
            sheet.combat.armor_class,
            sheet.combat.speed
        ),
        (9, 14, 25)
    );
    assert_eq!(marta.number("/statistics/skills/stealth"), 7.0);
    assert_eq!(marta.source.identity.species, "Lightfoot Halfling");
    assert_eq!(marta.source.equipment.currency.gp, 15);
    assert_eq!(marta.source.equipment.currency.sp, 0);
    for language in ["Common", "Thieves' Cant", "Whistles", "Knocks"] {
        assert!(
            marta.source.proficiencies.languages.contains(language),
            "{language}"
        );
    }
    let rapier = sheet
        .actions
        .weapons
        .iter()
        .find(|weapon| weapon.name == "Rapier")
        .unwrap();
    assert_eq!(
        (rapier.attack_bonus, rapier.ability),
        (5, Ability::Dexterity)
    );
    assert_eq!(
        marta
            .source
            .equipment
            .inventory
            .get("MartaSack0000001")
            .unwrap()
            .capacity_lb,
        Some(30.0)
    );
}

#[test]
fn a_stat_block_is_a_creature() {
    let hag = Taken::new(FIXTURES[4].as_bytes());
    let sheet = &hag.derived.sheet;
    assert_eq!(hag.source.record.kind, Kind::Monster);
    assert_eq!(hag.source.creature.r#type, "Fey (Hag)");
    assert_eq!(hag.source.creature.challenge_rating.as_deref(), Some("5"));
    // 12d8 on average 54, Constitution 3 twelve times comes to 90; the file has 78 for its own dice.
    assert_eq!((sheet.combat.hp_maximum, sheet.combat.current_hp), (78, 60));
    assert_eq!((sheet.combat.armor_class, sheet.combat.initiative), (15, 4));
    assert_eq!(hag.number("/statistics/skills/perception"), 8.0);
    assert_eq!(hag.number("/statistics/saving_throws/constitution"), 6.0);
    let claw = sheet
        .actions
        .weapons
        .iter()
        .find(|weapon| weapon.name == "Claw")
        .unwrap();
    assert_eq!((claw.attack_bonus, claw.damage.as_str()), (5, "2d6+2"));
    assert_eq!(claw.extra_damage, "1d6 poison");
    let breath = hag.source.actions.features.get("HagBreath0000001").unwrap();
    assert!(
        breath.description.contains("Constitution save DC 14"),
        "{}",
        breath.description
    );
    assert!(breath.description.contains("Recharges on 5 to 6."));
    assert_eq!((breath.uses.max, breath.uses.used), (1, 1));
    let drag = hag.source.actions.features.get("HagLegend0000001").unwrap();
    assert_eq!(
        (drag.name.as_str(), drag.activation),
        ("Drag Under (costs 2 actions)", Activation::Legendary)
    );
    assert!(hag.source.actions.traits.get("HagTrait00000001").is_some());
    assert_eq!(
        (sheet.combat.speeds.swim, sheet.combat.speeds.walk),
        (Some(40), 30)
    );
    assert!(
        hag.source
            .proficiencies
            .languages
            .contains("Telepathy 60 ft")
    );
    let slots = &sheet.spellcasting.spell_slots;
    assert_eq!(
        slots.get("3").map(|slots| (slots.max, slots.current)),
        Some((2, 1))
    );
    assert!(hag.source.notes.contains("Habitat: Swamp"));
}
