//! The demo party derives to the numbers its author wrote down, without a finding that matters.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use rules::{Content, derive};
use serde_json::{Value, json};
use sheet::{Severity, Source};

#[test]
fn the_demo_party_is_what_its_author_meant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let read = |path: &Path| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join(path)).unwrap()).unwrap()
    };
    let expected = read(Path::new("expected.json"));
    let expected = expected.as_object().unwrap();
    assert!(expected.len() >= 11);
    let mut wrong = Vec::new();
    for (handle, numbers) in expected {
        let file = read(Path::new(&format!("party/{handle}.json")));
        let document = file["characters"][0].clone();
        if let Err(error) = sheet::check_document(&document) {
            wrong.push(format!("{handle}: {error:?}"));
            continue;
        }
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, &Content::none());
        let sheet = &derived.sheet;
        let found = json!({
            "level": sheet.identity.level,
            "hp_maximum": sheet.combat.hp_maximum,
            "armor_class": sheet.combat.armor_class,
            "initiative": sheet.combat.initiative,
            "passive_perception": sheet.statistics.passive_perception,
            "spell_save_dc": sheet.spellcasting.spell_save_dc,
        });
        if &found != numbers {
            wrong.push(format!("{handle}: derived {found}, written {numbers}"));
        }
        let serious = derived
            .findings
            .iter()
            .filter(|f| f.severity >= Severity::Warning);
        wrong.extend(serious.map(|finding| format!("{handle}: {finding:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
