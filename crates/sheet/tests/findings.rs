//! What `validate` finds: one row a finding, and nothing else found beside it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use sheet::{Severity, Source, validate};

/// Lists findings as `severity cell`.
fn findings(mut document: Value) -> Vec<String> {
    // A name and a level, so that their absence is not found in every row.
    if document["identity"]["name"].is_null() {
        document["identity"]["name"] = json!("Old Hask");
    }
    if document["levels"].is_null() {
        document["levels"] = json!({"l": {"rank": "1", "class": "Bard"}});
    }
    let found = validate(&Source::from_value(&document).unwrap());
    for finding in &found {
        assert!(
            !finding.hint.is_empty() && finding.message.ends_with('.'),
            "{finding:?}"
        );
    }
    let severity = |s: Severity| {
        serde_json::to_value(s)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    found
        .into_iter()
        .map(|f| format!("{} {}", severity(f.severity), f.cell))
        .collect()
}

#[test]
fn nothing_is_found_in_a_sound_character() {
    assert_eq!(findings(json!({})), Vec::<String>::new());
}

#[test]
fn each_fault_is_found_at_its_cell() {
    let levels = |n: usize| -> Value {
        (0..n)
            .map(|i| (format!("l{i:02}"), json!({"class": "Bard"})))
            .collect()
    };
    for (document, expected) in [
        (json!({"identity": {"name": " "}}), "note /identity/name"),
        (json!({"levels": {}}), "note /levels"),
        (json!({"levels": levels(21)}), "warning /levels"),
        (
            json!({"levels": {"a": {"class": " "}}}),
            "note /levels/a/class",
        ),
        (
            json!({"levels": {"a": {"class": "Witch"}}}),
            "warning /levels/a/hit_die",
        ),
        (
            json!({"levels": {"a": {"class": "Witch", "hit_die": 7}}}),
            "warning /levels/a/hit_die",
        ),
        (
            json!({"levels": {"a": {"class": "Bard", "hit_die": 8, "hit_points": 9}}}),
            "warning /levels/a/hit_points",
        ),
        (
            json!({"record": {"kind": "monster"}, "levels": {}}),
            "warning /creature/challenge_rating",
        ),
        (
            json!({"abilities": {"scores": {"wisdom": 21}}}),
            "warning /abilities/scores/wisdom",
        ),
        (
            json!({"abilities": {"increases": {"a": {"amount": 1}}}}),
            "note /abilities/increases/a/ability",
        ),
        (
            json!({"proficiencies": {"skills": {"use rope/knots": "proficient"}}}),
            "warning /proficiencies/skills/use rope~1knots",
        ),
        (
            json!({"combat": {"death_saves": {"failures": 3}}}),
            "note /combat/death_saves/failures",
        ),
        (
            json!({"combat": {"exhaustion": 6}}),
            "note /combat/exhaustion",
        ),
        (
            json!({"actions": {"features": {"a": {"uses": {"max": 2, "used": 3}}}}}),
            "warning /actions/features/a/uses/used",
        ),
        (
            json!({"actions": {"weapons": {"a": {"item": "gone"}}}}),
            "error /actions/weapons/a/item",
        ),
        (
            json!({"equipment": {"inventory": {"a": {"container": "gone"}}}}),
            "error /equipment/inventory/a/container",
        ),
        (
            json!({"equipment": {"magical_items": {"a": {"container": "a"}}}}),
            "error /equipment/magical_items/a/container",
        ),
        (
            json!({"equipment": {"inventory": {"a": {}}, "magical_items": {"a": {}}}}),
            "error /equipment/magical_items/a",
        ),
        (
            json!({"equipment": {"magical_items": {"a": {"charges": {"max": 1, "used": 2}}}}}),
            "warning /equipment/magical_items/a/charges/used",
        ),
        (
            json!({"equipment": {"magical_items": {"a": {"attuned": true}}}}),
            "note /equipment/magical_items/a/attuned",
        ),
        (
            json!({"spellcasting": {"spells": {"a": {"caster": "gone"}}}}),
            "error /spellcasting/spells/a/caster",
        ),
        (
            json!({"spellcasting": {"casters": {"a": {"class": "Bard"}}}}),
            "note /spellcasting/casters/a/ability",
        ),
        (
            json!({"spellcasting": {"slots": {"2": {"max": 1, "used": 2}}}}),
            "warning /spellcasting/slots/2/used",
        ),
        (
            json!({"spellcasting": {"pact": {"level": 1, "max": 1, "used": 2}}}),
            "warning /spellcasting/pact/used",
        ),
        (
            json!({"overrides": {"/combat/luck": {"value": 1}}}),
            "warning /overrides/~1combat~1luck",
        ),
        (
            json!({"adjustments": {"a": {"cell": "luck"}}}),
            "warning /adjustments/a/cell",
        ),
    ] {
        let shown = document.to_string();
        assert_eq!(findings(document), [expected], "{shown}");
    }
}

#[test]
fn what_is_at_its_limit_is_sound() {
    let document = json!({
        "abilities": {"scores": {"wisdom": 20}},
        "combat": {"death_saves": {"failures": 2}, "exhaustion": 5},
        "equipment": {
            "inventory": {"bag": {}, "a": {"container": "bag"}, "b": {"container": "ring"}},
            "magical_items": {
                "ring": {"requires_attunement": true, "attuned": true, "container": "a"},
                "x": {"requires_attunement": true, "attuned": true, "charges": {"max": 2, "used": 2}},
                "y": {"requires_attunement": true, "attuned": true}}},
        "actions": {"weapons": {"a": {"item": "ring"}}},
        "overrides": {"/combat/armor_class": {"value": 12}},
        "adjustments": {"a": {"cell": "/actions/weapons/a/attack_bonus", "amount": 1}},
    });
    assert_eq!(findings(document), Vec::<String>::new());
}

#[test]
fn a_chain_of_ten_thousand_containers_is_looked_through_at_once() {
    let inventory: Value = (0..10_000)
        .map(|i| {
            (
                format!("i{i}"),
                json!({"container": format!("i{}", (i + 1) % 10_000)}),
            )
        })
        .collect();
    let found = findings(json!({"equipment": {"inventory": inventory}}));
    assert_eq!(found.len(), 10_000);
}
