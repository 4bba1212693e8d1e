//! The complete sheet keeps the names that existing clients know.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use rules::{Content, derive};
use serde_json::{Value, json};
use sheet::{AuditEntry, SheetMeta, Source};

fn example() -> Value {
    let source = Source::from_json(include_bytes!("../../sheet/fixtures/example.json")).unwrap();
    let mut sheet = derive(&source, &Content::none()).sheet;
    sheet.stamp(SheetMeta {
        version: 7,
        last_updated: "2026-01-02T03:04:05Z".to_owned(),
        audit_trail: vec![std::sync::Arc::new(AuditEntry {
            timestamp: "2026-01-02T03:04:05Z".to_owned(),
            action: "edit".to_owned(),
            ..AuditEntry::default()
        })],
    });
    serde_json::to_value(&sheet).unwrap()
}

#[test]
fn every_known_name_is_there_with_the_value_of_the_example() {
    let sheet = example();
    for (cell, expected) in [
        ("/identity/name", json!("Sorrel Quickfen")),
        ("/identity/player_name", json!("Maren")),
        ("/identity/species", json!("Elf (wood)")),
        ("/identity/class_levels", json!({"Ranger": 4, "Cleric": 2})),
        ("/identity/background", json!("Wayfarer")),
        ("/identity/alignment", json!("Neutral Good")),
        ("/identity/xp", json!(14250)),
        ("/identity/heroic_inspiration", json!(true)),
        (
            "/identity/personality/flaws",
            json!("I lie about being tired."),
        ),
        ("/identity/appearance/age", json!("131")),
        ("/identity/subclasses", json!({"Ranger": "Hunter"})),
        ("/statistics/ability_scores/dexterity", json!(18)),
        ("/statistics/ability_modifiers/dexterity", json!(4)),
        ("/statistics/proficiency_bonus", json!(3)),
        ("/statistics/saving_throws/dexterity", json!(8)),
        ("/statistics/skills/stealth", json!(10)),
        (
            "/statistics/skill_proficiencies/stealth",
            json!("expertise"),
        ),
        ("/statistics/passive_perception", json!(18)),
        ("/statistics/passive_insight", json!(16)),
        ("/statistics/other_proficiencies/0", json!("Light armor")),
        (
            "/statistics/languages",
            json!(["Common", "Elvish", "Sylvan"]),
        ),
        ("/combat/armor_class", json!(17)),
        ("/combat/initiative", json!(7)),
        ("/combat/speed", json!(35)),
        ("/combat/hp_maximum", json!(49)),
        ("/combat/current_hp", json!(40)),
        ("/combat/temporary_hp", json!(5)),
        ("/combat/hit_dice_total", json!({"d10": 4, "d8": 2})),
        ("/combat/hit_dice_remaining", json!({"d10": 3, "d8": 2})),
        (
            "/combat/death_saves",
            json!({"successes": 0, "failures": 0}),
        ),
        ("/combat/exhaustion_level", json!(0)),
        ("/combat/senses/darkvision", json!(60)),
        ("/combat/resistances", json!(["poison"])),
        ("/actions/weapons/0/name", json!("Longbow of the Fen")),
        ("/actions/weapons/0/attack_bonus", json!(8)),
        ("/actions/weapons/0/damage", json!("1d8+5")),
        ("/actions/weapons/0/range", json!("150/600 ft")),
        (
            "/actions/weapon_masteries",
            json!(["Longbow", "Scimitar", "Shortsword"]),
        ),
        (
            "/actions/features/0/uses",
            json!({
                "cell": "/actions/features/favored-enemy/uses/used", "max": 2, "current": 1, "recovery": "long_rest",
                "short_rest": 0, "die": "",
            }),
        ),
        ("/actions/traits/0/name", json!("Fey Ancestry")),
        ("/equipment/inventory/0/name", json!("Studded leather")),
        (
            "/equipment/currency",
            json!({"cp": 30, "sp": 7, "ep": 0, "gp": 412, "pp": 0}),
        ),
        ("/equipment/magical_items/2/charges/current", json!(2)),
        ("/equipment/carrying_capacity", json!(180)),
        ("/equipment/current_load", json!(59.18)),
        ("/spellcasting/spellcasting_ability", json!("wisdom")),
        ("/spellcasting/spell_save_dc", json!(14)),
        ("/spellcasting/spell_attack_bonus", json!(6)),
        (
            "/spellcasting/spell_slots/1",
            json!({"max": 4, "current": 3}),
        ),
        ("/spellcasting/spells_known/0", json!("Guidance")),
        (
            "/spellcasting/spells_prepared",
            json!(["Guidance", "Bless", "Hunter's Mark", "Spike Growth"]),
        ),
        ("/spellcasting/casters/1/class", json!("Cleric")),
        ("/conditions/0/name", json!("Poisoned")),
        ("/version", json!(7)),
        ("/last_updated", json!("2026-01-02T03:04:05Z")),
        ("/audit_trail/0/timestamp", json!("2026-01-02T03:04:05Z")),
        ("/audit_trail/0/action", json!("edit")),
        ("/record/handle", json!("sorrel-quickfen")),
    ] {
        assert_eq!(sheet.pointer(cell), Some(&expected), "{cell}");
    }
    assert!(sheet["notes"].as_str().unwrap().starts_with("# Session 12"));
}
