//! Spending and regaining what is counted.

use rules::play::Action;
use rules::play::{Character, act};
use serde_json::{Value, json};
use sheet::CompleteSheet;

use crate::{Scripted, fighter, told};

fn spend(counter: &str, amount: i32) -> Action {
    Action::Spend {
        counter: counter.to_owned(),
        amount,
    }
}

fn regain(counter: &str, amount: Option<i32>) -> Action {
    Action::Regain {
        counter: counter.to_owned(),
        amount,
    }
}

#[test]
fn every_counter_of_the_sheet_can_be_spent_and_regained() {
    let document = json!({
        "actions": {"features": {"wind": {"rank": "V", "name": "Second Wind",
            "uses": {"max": 3, "used": 1, "recovery": "one_on_short_rest"}}}},
        "equipment": {"magical_items": {"wand": {"rank": "V", "name": "Wand", "charges": {"max": 7, "used": 0}}}},
        "spellcasting": {"slots": {"3": {"max": 2, "used": 0}}, "pact": {"level": 1, "max": 1}},
    });
    for (counter, left) in [
        ("/actions/features/wind/uses/used", 2),
        ("/equipment/magical_items/wand/charges/used", 7),
        ("/spellcasting/slots/3/used", 2),
        ("/spellcasting/pact/used", 1),
        ("/combat/hit_dice_used/d10", 5),
    ] {
        let mut table = fighter(document.clone());
        let before = table.cell(counter).as_i64().unwrap_or(0);
        table.act(spend(counter, 1), &[]);
        assert_eq!(table.cell(counter), before + 1, "{counter}");
        table.act(regain(counter, Some(1)), &[]);
        assert_eq!(table.cell(counter), before);
        table.act(spend(counter, left), &[]);
        let message = table.refuses(spend(counter, 1));
        assert!(message.ends_with("none is left."), "{message}");
        table.act(regain(counter, None), &[]);
        assert_eq!(table.cell(counter), 0);
        let message = table.refuses(regain(counter, None));
        assert!(message.contains("are there"), "{message}");
    }
}

#[test]
fn no_more_is_spent_than_there_is() {
    let mut table = fighter(
        json!({"actions": {"features": {"ki": {"rank": "V", "name": "Focus",
        "uses": {"max": 5, "used": 3, "recovery": "short_rest"}}}}}),
    );
    let cell = "/actions/features/ki/uses/used";
    assert_eq!(
        table.refuses(spend(cell, 3)),
        "Focus: 2 of the 3 that are needed are left."
    );
    let outcome = table.act(spend(cell, 2), &[]);
    assert_eq!(outcome.title, "Focus: spent 2");
    assert_eq!(told(&outcome), ["Focus: 2 > 0"]);
    // Never more is regained than is spent.
    let outcome = table.act(regain(cell, Some(900)), &[]);
    assert_eq!(outcome.title, "Focus: regained 5");
    for amount in [0, -1, 1_001, i32::MIN] {
        assert!(table.refuses(spend(cell, amount)).contains("no possible"));
        assert!(
            table
                .refuses(regain(cell, Some(amount)))
                .contains("no possible")
        );
    }
    for cell in [
        "",
        "/",
        "/combat/damage_taken",
        "/actions/features/none/uses/used",
    ] {
        assert!(
            table
                .refuses(spend(cell, 1))
                .contains("Nothing on the sheet")
        );
    }
}

/// What the rules of packs give is counted under the build; its features are on the sheet and not in the source.
#[test]
fn counters_of_the_build_are_written_where_the_sheet_says() {
    let table = fighter(json!({}));
    let cell = "/build/used/fighter.1.second-wind";
    let mut sheet = serde_json::to_value(&table.derived.sheet).unwrap();
    for name in ["Second Wind", "Tactical Mind"] {
        sheet["actions"]["features"].as_array_mut().unwrap().push(json!({
            "id": name, "name": name, "source": "Fighter", "level": 1, "description": "",
            "activation": "bonus_action",
            "uses": {"cell": cell, "max": 3, "current": 1, "recovery": "long_rest", "short_rest": 1, "die": ""},
        }));
    }
    let sheet: CompleteSheet = serde_json::from_value(sheet).unwrap();
    let character = Character {
        source: &table.source,
        sheet: &sheet,
        stats: &table.derived.stats,
    };
    let rest = Action::ShortRest {
        hit_dice: Default::default(),
    };
    for (action, used) in [
        (spend(cell, 1), 3),
        (rest, 1),
        (Action::LongRest { dawn: false }, 0),
    ] {
        let outcome = act(character, &action, &mut Scripted(Vec::new())).unwrap();
        // Two features share the pool, which is written once.
        assert_eq!(outcome.writes.len(), 1, "{action:?}");
        let write = &outcome.writes[0];
        assert_eq!(write.cell(), cell);
        let path = write.cell().parse().unwrap();
        sheet::check_cell(&path, &Value::from(used)).unwrap();
        assert_eq!(serde_json::to_value(write).unwrap()["value"], used);
    }
}
