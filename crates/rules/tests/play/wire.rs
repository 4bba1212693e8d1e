//! How actions and outcomes cross to an interface.

use rules::play::{Action, CastWith, Outcome, Refusal};
use serde_json::{Value, json};

use crate::{damage, fighter};

#[test]
fn an_action_is_one_object_that_says_what_it_does() {
    for (action, expected) in [
        (
            damage(9),
            json!({"do": "damage", "amount": 9, "kind": null, "critical": false, "half": false}),
        ),
        (Action::Dawn, json!({"do": "dawn"})),
        (
            Action::Cast {
                spell: "fireball".to_owned(),
                with: CastWith::Slot { level: 3 },
                attack: None,
                roll: false,
            },
            json!({"do": "cast", "spell": "fireball", "with": {"by": "slot", "level": 3}, "attack": null, "roll": false}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&action).unwrap(), expected);
        assert_eq!(serde_json::from_value::<Action>(expected).unwrap(), action);
    }
    // What is optional may be left out; what is unknown is refused.
    let short = json!({"do": "damage", "amount": 9, "critical": false, "half": false});
    assert_eq!(serde_json::from_value::<Action>(short).unwrap(), damage(9));
    let coins = json!({"do": "receive", "coins": {"gp": 5}});
    assert!(serde_json::from_value::<Action>(coins).is_ok());
    for wrong in [
        json!({"do": "dance"}),
        json!({"do": "heal", "amount": 9, "kind": "fire"}),
        json!({"do": "heal", "amount": 1e12}),
    ] {
        assert!(
            serde_json::from_value::<Action>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn an_outcome_is_read_back_as_it_was() {
    let mut table = fighter(json!({"combat": {"concentration": "Bless"}}));
    let outcome = table.act(damage(9), &[]);
    let written = serde_json::to_value(&outcome).unwrap();
    assert_eq!(
        written["writes"],
        json!([{"op": "set", "cell": "/combat/damage_taken", "value": 9}])
    );
    assert_eq!(
        written["prompts"][0]["action"]["do"],
        Value::from("concentration_save")
    );
    assert_eq!(serde_json::from_value::<Outcome>(written).unwrap(), outcome);
}

#[test]
fn the_types_cross_to_typescript() {
    let types = specta::Types::default()
        .register::<Action>()
        .register::<Outcome>()
        .register::<Refusal>();
    let text = specta_typescript::Typescript::default()
        .export(&types, specta_serde::Format)
        .unwrap();
    for line in [
        "export type Action = ",
        "export type CastWith = ",
        "export type Coin = ",
        "export type Outcome = {",
        "writes: Write[],",
        "prompts: Prompt[],",
        "rolls: Roll[],",
        "export type Refusal = {",
    ] {
        assert!(text.contains(line), "`{line}` is missing in:\n{text}");
    }
}
