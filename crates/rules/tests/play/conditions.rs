//! Conditions, exhaustion, concentration, inspiration.

use rules::dice::Mode;
use rules::play::Action;
use serde_json::{Value, json};

use crate::{damage, fighter, told};

fn condition(name: &str, source: &str, duration: &str) -> Action {
    Action::AddCondition {
        name: name.to_owned(),
        source: source.to_owned(),
        duration: duration.to_owned(),
        level: None,
    }
}

fn save(dc: i32) -> Action {
    Action::ConcentrationSave {
        dc,
        face: None,
        mode: Mode::Normal,
        bonus: None,
    }
}

#[test]
fn conditions_come_and_go() {
    let mut table = fighter(json!({}));
    let outcome = table.act(condition(" Poisoned ", "Spider", "1 hour"), &[]);
    assert_eq!(outcome.title, "Condition added: Poisoned");
    assert_eq!(table.cell("/conditions/poisoned/duration"), "1 hour");
    // From another source it is another one; from the same it begins anew.
    table.act(condition("Poisoned", "Ale", ""), &[]);
    let outcome = table.act(condition("poisoned", "spider", "10 minutes"), &[]);
    assert_eq!(told(&outcome), ["poisoned: 1 hour > 10 minutes (spider)"]);
    assert_eq!(table.conditions(), ["Poisoned", "Poisoned"]);
    assert_eq!(table.cell("/conditions/poisoned/duration"), "10 minutes");
    table.act(
        Action::RemoveCondition {
            id: "poisoned".to_owned(),
        },
        &[],
    );
    assert_eq!(table.cell("/conditions/poisoned"), Value::Null);
    assert_eq!(table.cell("/conditions/poisoned-2/source"), "Ale");
    let gone = Action::RemoveCondition {
        id: "poisoned".to_owned(),
    };
    assert!(table.refuses(gone).contains("not on the character"));
}

#[test]
fn later_conditions_stand_later_whatever_their_names() {
    let mut table = fighter(json!({}));
    for name in ["Rage", "Blessed", "Отравлен", "龍", "Charmed", "Haste"] {
        table.act(condition(name, "", ""), &[]);
    }
    let expected = ["Rage", "Blessed", "Отравлен", "龍", "Charmed", "Haste"];
    assert_eq!(table.conditions(), expected);
}

#[test]
fn what_is_no_condition_is_refused() {
    let mut table = fighter(json!({"combat": {"defenses": {"condition_immunities":
        {"charmed": true, "exhaustion": true}}}}));
    for (action, expected) in [
        (condition("  ", "", ""), "needs a name"),
        (condition(&"x".repeat(121), "", ""), "one line"),
        (condition("Cursed", "a\nb", ""), "one line"),
        (condition("Charmed", "Dryad", ""), "immune"),
        (condition("Exhaustion", "", ""), "immune to exhaustion"),
        (
            Action::AddCondition {
                name: "Cursed".to_owned(),
                source: String::new(),
                duration: String::new(),
                level: Some(21),
            },
            "no possible level",
        ),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn incapacitating_conditions_end_concentration() {
    for (name, ends) in [
        ("Incapacitated", true),
        ("Paralyzed", true),
        ("petrified", true),
        ("Stunned", true),
        ("Unconscious", true),
        ("Rage", true),
        ("Poisoned", false),
        ("Prone", false),
    ] {
        let mut table = fighter(json!({"combat": {"concentration": "Bless"}}));
        table.act(condition(name, "", ""), &[]);
        let left = if ends { "" } else { "Bless" };
        assert_eq!(table.cell("/combat/concentration"), left, "{name}");
    }
}

#[test]
fn who_was_unconscious_stays_prone() {
    let mut table = fighter(json!({}));
    table.act(condition("Unconscious", "Sleep", "1 minute"), &[]);
    table.act(
        Action::RemoveCondition {
            id: "unconscious".to_owned(),
        },
        &[],
    );
    assert_eq!(table.conditions(), ["Prone"]);
}

#[test]
fn exhaustion_is_counted_and_the_sixth_level_kills() {
    let mut table = fighter(json!({"combat": {"concentration": "Bless"}}));
    table.act(Action::Exhaustion { delta: 2 }, &[]);
    assert_eq!(table.cell("/combat/exhaustion"), 2);
    assert_eq!(table.derived.sheet.combat.d20_penalty, -4);
    // The condition of that name is the same thing.
    table.act(condition("Exhaustion", "", ""), &[]);
    assert_eq!(table.cell("/combat/exhaustion"), 3);
    table.act(Action::Exhaustion { delta: -6 }, &[]);
    assert_eq!(table.cell("/combat/exhaustion"), 0);
    assert!(
        table
            .refuses(Action::Exhaustion { delta: -1 })
            .contains("stays at 0")
    );
    assert!(
        table
            .refuses(Action::Exhaustion { delta: 7 })
            .contains("no possible")
    );
    let outcome = table.act(Action::Exhaustion { delta: 6 }, &[]);
    assert_eq!(table.cell("/combat/concentration"), "");
    let lines = told(&outcome);
    assert!(
        lines.iter().any(|line| line.starts_with("Dead")),
        "{lines:?}"
    );
}

#[test]
fn damage_asks_for_the_save_that_keeps_concentration() {
    for (amount, dc) in [(1, 10), (21, 10), (22, 11), (43, 21)] {
        let mut table = fighter(json!({"combat": {"concentration": "Bless"}}));
        let outcome = table.act(damage(amount), &[]);
        let prompt = &outcome.prompts[0];
        assert_eq!((prompt.dc, &prompt.action), (dc, &save(dc)), "{amount}");
        assert_eq!(
            prompt.cell.as_deref(),
            Some("/statistics/saving_throws/constitution")
        );
        assert!(prompt.title.contains("Bless"), "{}", prompt.title);
    }
    // Never above 30; damage that temporary hit points take counts whole, damage that is ignored not at all.
    let shielded = json!({"combat": {"concentration": "Bless", "temporary_hp": 90,
        "defenses": {"immunities": {"fire": true}}}});
    let mut table = fighter(shielded);
    assert_eq!(table.act(damage(80), &[]).prompts[0].dc, 30);
    let fire = Action::Damage {
        amount: 80,
        kind: Some("fire".to_owned()),
        critical: false,
        half: false,
    };
    assert_eq!(table.act(fire, &[]).prompts, []);
    let mut table = fighter(json!({}));
    assert_eq!(table.act(damage(30), &[]).prompts, []);
}

#[test]
fn the_save_keeps_concentration_or_ends_it() {
    for (face, kept) in [(5, true), (4, false), (20, true), (1, false)] {
        let mut table = fighter(json!({"combat": {"concentration": "Bless"}}));
        let outcome = table.act(save(10), &[face]);
        let left = if kept {
            Value::from("Bless")
        } else {
            Value::from("")
        };
        assert_eq!(table.cell("/combat/concentration"), left, "{face}");
        let total = face + 5;
        let first = format!("Constitution save: {total} ({face} + 2 Constitution + 3 Proficiency)");
        assert_eq!(told(&outcome)[0], first);
    }
    let mut table = fighter(json!({}));
    assert!(table.refuses(save(10)).contains("concentrates on nothing"));
}

#[test]
fn one_concentrates_on_one_thing() {
    let on = |on: &str| Action::Concentrate { on: on.to_owned() };
    let mut table = fighter(json!({}));
    table.act(on("Bless"), &[]);
    let outcome = table.act(on("Hold Person"), &[]);
    assert_eq!(
        told(&outcome),
        ["Concentration: Bless > Hold Person (Bless ends)"]
    );
    table.act(Action::EndConcentration, &[]);
    assert_eq!(table.cell("/combat/concentration"), "");
    assert!(table.refuses(Action::EndConcentration).contains("nothing"));
    assert!(table.refuses(on(" ")).contains("nothing"));
    table.act(condition("Stunned", "", ""), &[]);
    assert!(table.refuses(on("Bless")).contains("stunned"));
}

#[test]
fn nobody_has_inspiration_twice() {
    let mut table = fighter(json!({}));
    assert!(
        table
            .refuses(Action::SpendInspiration)
            .contains("no Heroic")
    );
    table.act(Action::GainInspiration, &[]);
    assert_eq!(table.cell("/identity/heroic_inspiration"), true);
    assert!(table.refuses(Action::GainInspiration).contains("already"));
    table.act(Action::SpendInspiration, &[]);
    assert_eq!(table.cell("/identity/heroic_inspiration"), false);
}
