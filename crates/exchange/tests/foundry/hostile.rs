//! Broken and hostile files: a refusal or a lawful document, never anything else.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{FIXTURES, Taken, fixture, read};

fn refused(text: &str, says: &str) {
    match read(text.as_bytes()) {
        Err(refusal) => assert!(
            refusal.message.contains(says) && !refusal.hint.is_empty(),
            "{refusal:?}"
        ),
        Ok(_) => panic!("it was read: {text:.80}"),
    }
}

#[test]
fn what_is_no_actor_is_refused_with_a_reason() {
    refused("", "not JSON");
    refused("not json", "not JSON");
    refused("{\"type\":\"npc\",", "not JSON");
    refused("NaN", "not JSON");
    refused("[]", "a list");
    refused("7", "a single value");
    refused("{}", "does not say its type");
    refused("{\"type\":\"character\"}", "no sheet");
    refused("{\"type\":\"weapon\",\"system\":{}}", "`weapon`");
    refused("{\"type\":\"vehicle\",\"system\":{}}", "`vehicle`");
    refused(
        "{\"type\":\"npc\",\"system\":{},\"_stats\":{\"systemId\":\"pf2e\"}}",
        "`pf2e`",
    );
    refused(&"[".repeat(200_000), "nested");
    refused(&" ".repeat(50 << 20), "50 MB");
    let many = json!({"type": "npc", "system": {}, "items": vec![json!({}); 5_001]});
    refused(&many.to_string(), "5001 items");
}

#[test]
fn an_actor_without_anything_still_is_one() {
    for text in [
        r#"{"type":"character","system":{}}"#,
        r#"{"type":"npc","data":{}}"#,
        r#"{"type":"npc","system":{},"items":7,"effects":"x","flags":[],"name":null}"#,
    ] {
        let taken = Taken::new(text.as_bytes());
        assert_eq!(taken.source.identity.name, "Unnamed");
        assert!(!taken.import.report.parts.is_empty());
    }
}

#[test]
fn numbers_beyond_all_bounds_are_held_within_them() {
    let mut actor = fixture(0);
    actor["system"]["attributes"]["hp"]["value"] = json!(-1e300);
    actor["system"]["attributes"]["hp"]["max"] = json!(9e15);
    actor["system"]["attributes"]["ac"] = json!({"calc": "flat", "flat": 9e15});
    actor["system"]["attributes"]["exhaustion"] = json!(99);
    actor["system"]["attributes"]["death"] = json!({"success": 7, "failure": -3});
    actor["system"]["currency"]["gp"] = json!(1e18);
    actor["system"]["details"]["xp"]["value"] = json!("1e99");
    actor["system"]["abilities"]["str"]["value"] = json!("NaN");
    actor["items"][3]["system"]["levels"] = json!(999);
    actor["items"][9]["system"]["quantity"] = json!(-4);
    let taken = Taken::new(actor.to_string().as_bytes());
    assert_eq!(taken.source.levels.len(), 20);
    assert_eq!(taken.source.combat.exhaustion, 6);
    assert_eq!(taken.source.combat.death_saves.successes, 3);
    assert_eq!(taken.source.equipment.currency.gp, 1_000_000_000);
}

#[test]
fn ids_that_cannot_stand_are_made_anew_and_circles_are_cut() {
    let thing = |id: Value, inside: Value| json!({"_id": id, "name": "Sack", "type": "container", "system": {"container": inside}});
    let actor = json!({"name": "Knot", "type": "character", "system": {}, "items": [
        thing(json!("a"), json!("b")),
        thing(json!("b"), json!("a")),
        thing(json!("c"), json!("c")),
        thing(json!("d/../e"), json!("a")),
        thing(json!("a"), json!("nowhere")),
        thing(json!(7), json!(null)),
        thing(json!(null), json!({"x": 1})),
    ]});
    let taken = Taken::new(actor.to_string().as_bytes());
    let inventory = &taken.source.equipment.inventory;
    assert_eq!(inventory.len(), 7);
    assert!(inventory.get("a").is_some() && inventory.get("7").is_some());
    assert!(inventory.get("new-1").is_some());
    let errors: Vec<_> = taken
        .derived
        .findings
        .iter()
        .filter(|finding| finding.severity == sheet::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(taken.part("Items", "Sack: container").why.contains("loose"));
}

#[test]
fn hostile_texts_stay_words() {
    let mut actor = fixture(0);
    actor["name"] = json!("Ev\u{202e}il\n\u{0}Name".to_owned() + &"x".repeat(10_000));
    actor["img"] = json!("../../../etc/passwd");
    actor["prototypeToken"] = json!({"texture": {"src": "data:image/png;base64,AAAA"}});
    actor["system"]["details"]["biography"]["value"] = json!(
        "<div>".repeat(200_000) + "<img src=x onerror=alert(1)><a href='javascript:x'>words</a>"
    );
    actor["system"]["details"]["trait"] = json!("long ".repeat(100_000));
    actor["items"][7]["system"]["uses"]["max"] = json!("999999d999999 ? @__proto__ : constructor");
    let taken = Taken::new(actor.to_string().as_bytes());
    assert!(taken.source.identity.name.starts_with("Evil Name"));
    assert_eq!(taken.source.identity.personality.backstory, "words");
    assert!(
        taken
            .import
            .portraits
            .iter()
            .all(|path| !path.starts_with("data:"))
    );
    let all = taken.import.documents[0].to_string();
    assert!(!all.contains("javascript:") && !all.contains("onerror"));
}

/// Values that stand where others should.
fn wrong() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |n| n.is_finite())
            .prop_map(Value::from),
        prop_oneof![
            Just("NaN"),
            Just("Infinity"),
            Just("-1"),
            Just("1e308"),
            Just("@prof * 99999999"),
            Just("max(1,@abilities.cha.mod)"),
            Just("2d6"),
            Just("always"),
            Just("weapon"),
            Just("class"),
            Just("spell"),
            Just("natural"),
            Just("pact"),
            Just("d10"),
            Just("UllaClass0000001"),
            Just("UllaPack00000001"),
            Just("system.abilities.str.value"),
            Just("<p>"),
            Just("")
        ]
        .prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[[]], {"a": [null]}])),
        Just(json!({"value": 3, "x": {"y": "z"}})),
        Just(json!([
            "skills:ste",
            "languages:exotic:druidic",
            "weapon:mar:longbow",
            7
        ])),
    ]
}

/// Counts the places of a document, and changes one of them.
fn places(value: &Value) -> usize {
    1 + match value {
        Value::Object(map) => map.values().map(places).sum(),
        Value::Array(list) => list.iter().map(places).sum(),
        _ => 0,
    }
}

fn change(value: &mut Value, at: &mut usize, with: &Value) {
    if *at == 0 {
        *value = with.clone();
        *at = usize::MAX;
        return;
    }
    *at -= 1;
    let inner: Vec<&mut Value> = match value {
        Value::Object(map) => map.values_mut().collect(),
        Value::Array(list) => list.iter_mut().collect(),
        _ => Vec::new(),
    };
    for value in inner {
        change(value, at, with);
        if *at == usize::MAX {
            return;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_mutation_of_an_actor_breaks_it(
        which in 0..FIXTURES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), wrong()), 1..24),
    ) {
        let mut actor = fixture(which);
        for (index, with) in &changes {
            // The first place is the whole file, which other tests replace.
            let count = places(&actor);
            let mut at = 1 + index.index(count.max(2) - 1);
            change(&mut actor, &mut at, with);
        }
        let text = actor.to_string();
        if let Ok(import) = read(text.as_bytes()) {
            let document = &import.documents[0];
            sheet::check_document(document).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let source = sheet::Source::from_value(document).unwrap();
            rules::derive(&source, rules::Content::srd());
            prop_assert!(!import.report.parts.is_empty());
            let mut ids = || "again".to_owned();
            let _ = exchange::read(text.as_bytes(), &rules::Content::none(), &mut ids);
        }
    }

    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = exchange::detect(&bytes, "x.json");
    }
}
