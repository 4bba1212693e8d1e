//! Uses of features: what they cost, what they roll, what happens to their user.

use std::sync::LazyLock;

use rules::Content;
use rules::content::read_pack;
use rules::dice::Mode;
use rules::play::{Action, LineKind, Outcome};
use serde_json::{Value, json};

use crate::{Table, entry, told};

fn make(table: &Table, name: &str) -> Action {
    let own = entry(table, name).unwrap_or_else(|| panic!("no {name}"));
    Action::Use {
        id: own.id.clone(),
        amount: None,
        slot: None,
        other: false,
    }
}

/// A character of one class with plain scores: Dexterity 16, Constitution 14, Wisdom 15, the others 10.
pub(crate) fn plain(
    species: &str,
    class: &str,
    subclass: &str,
    level: usize,
    choices: Value,
) -> Table {
    let levels: serde_json::Map<String, Value> = (0..level)
        .map(|at| {
            let own = json!({ "rank": format!("V{at:02}"), "class": class, "subclass": subclass });
            (format!("l{at:02}"), own)
        })
        .collect();
    let document = json!({
        "format": sheet::FORMAT,
        "identity": { "name": "Brann", "species": species },
        "levels": levels,
        "abilities": { "scores": { "strength": 10, "dexterity": 16, "constitution": 14, "intelligence": 10, "wisdom": 15, "charisma": 10 } },
        "build": { "packs": { "srd-5.2": "5.2.1" }, "choices": choices },
    });
    Table::under(document, Content::srd())
}

pub(crate) fn with(mut table: Table, state: Value) -> Table {
    let mut document = table.document.take();
    crate::merge(&mut document, state);
    Table::under(document, Content::srd())
}

fn hurt(points: i32) -> Value {
    json!({ "combat": { "damage_taken": points } })
}

pub(crate) fn left(table: &Table, name: &str) -> i32 {
    let features = table.derived.sheet.actions.features.iter();
    let mut uses = features.filter(|feature| feature.name.starts_with(name));
    uses.find_map(|feature| Some(feature.uses.as_ref()?.current))
        .unwrap_or_else(|| panic!("no {name}"))
}

pub(crate) fn labels(outcome: &Outcome) -> Vec<String> {
    let rolls = outcome.rolls.iter();
    rolls.map(|roll| roll.notation.clone()).collect()
}

fn refused(table: &Table, name: &str) -> String {
    table.clone().refuses(make(table, name))
}

pub(crate) fn says(outcome: &Outcome, line: &str) {
    let told = told(outcome);
    assert!(
        told.iter().any(|own| own == line),
        "{line} is not in {told:?}"
    );
}

#[test]
fn second_wind_pays_rolls_and_heals_in_one_step() {
    // 10 + 4 * 6 + 5 * 2 [Constitution] hit points.
    let mut table = with(plain("Human", "Fighter", "", 5, json!({})), hurt(30));
    let outcome = table.act(make(&table, "Second Wind"), &[7]);
    assert_eq!(outcome.title, "Second Wind: regained 12 hit points");
    assert_eq!(
        told(&outcome),
        [
            "Second Wind: 3 > 2 (Second Wind)",
            "Healing: 12 (1d10+5[Fighter level])",
            "Hit points: 14 of 44 > 26 of 44",
        ]
    );
    assert_eq!(labels(&outcome), ["1d10+5[Fighter level]"]);
    assert_eq!(left(&table, "Second Wind"), 2);
    // Never beyond the maximum, and not for nothing.
    table.act(make(&table, "Second Wind"), &[10]);
    let outcome = table.act(make(&table, "Second Wind"), &[10]);
    says(
        &outcome,
        "Hit points: 41 of 44 > 44 of 44 (never beyond the maximum)",
    );
    assert_eq!(
        refused(&table, "Second Wind"),
        "Second Wind: no hit points are missing."
    );
    let empty = with(table.clone(), hurt(9));
    assert_eq!(refused(&empty, "Second Wind"), "Second Wind: none is left.");
    let down = with(table, hurt(44));
    assert_eq!(
        refused(&down, "Second Wind"),
        "The character has 0 hit points and cannot act."
    );
}

#[test]
fn the_number_of_a_use_explains_itself_and_can_be_set_by_hand() {
    let mut table = plain("Human", "Monk", "", 5, json!({}));
    let stat = |table: &Table, cell: &str| {
        let stat = &table.derived.stats[cell];
        let terms = stat.terms.iter();
        let terms: Vec<String> = terms
            .map(|term| {
                let cell = term.source_cell.as_deref().unwrap_or("-");
                format!("{} {} {cell}", term.label, term.value)
            })
            .collect();
        (stat.whole(), terms)
    };
    let cell = "/actions/uses/monk.5.stunning-strike/save";
    let (value, terms) = stat(&table, cell);
    assert_eq!(value, 13);
    assert_eq!(
        terms,
        [
            "Base 8 -",
            "Proficiency 3 /statistics/proficiency_bonus",
            "Wisdom 2 /statistics/ability_modifiers/wisdom",
        ]
    );
    let fall = "/actions/uses/monk.4.slow-fall/number";
    let (value, terms) = stat(&table, fall);
    assert_eq!((value, terms), (25, vec!["5 × Monk level 25 -".to_owned()]));
    // What is set by hand below it counts, and so does what is set by hand itself.
    let own = json!({ "overrides": {
        "/statistics/proficiency_bonus": { "value": 4 },
        fall: { "value": 99, "note": "a feather" },
    } });
    table = with(table, own);
    assert_eq!(stat(&table, cell).0, 14);
    let outcome = table.act(make(&table, "Slow Fall"), &[]);
    assert_eq!(outcome.title, "Slow Fall: 99 less falling damage");
    let stray = table.derived.findings.iter();
    let mut stray = stray.filter(|finding| finding.message.contains("not a computed number"));
    assert_eq!(stray.next(), None);
}

#[test]
fn relentless_rage_gets_harder_until_a_rest() {
    // 12 + 10 * 7 + 11 * 2 = 104 hit points.
    let mut table = with(plain("Human", "Barbarian", "", 11, json!({})), hurt(89));
    assert_eq!(
        refused(&table, "Relentless Rage"),
        "Relentless Rage is for who has fallen to 0 hit points."
    );
    table.act(crate::damage(15), &[]);
    // Proficient: 4 + 2 [Constitution].
    let outcome = table.act(make(&table, "Relentless Rage"), &[4]);
    assert_eq!(outcome.title, "Relentless Rage: 22 hit points left");
    assert_eq!(table.derived.sheet.combat.current_hp, 22);
    let awake = |table: &Table| {
        let mut conditions = table.derived.sheet.conditions.iter();
        conditions.all(|condition| condition.name != "Unconscious")
    };
    assert!(awake(&table));
    let save = |table: &Table| entry(table, "Relentless Rage").unwrap().yields[0].amount;
    assert_eq!(save(&table), 15);
    table.act(crate::damage(22), &[]);
    let outcome = table.act(make(&table, "Relentless Rage"), &[8]);
    assert_eq!(outcome.title, "Relentless Rage: the save fails");
    assert!(
        outcome
            .lines
            .iter()
            .any(|line| line.kind == LineKind::Failure)
    );
    assert_eq!(table.derived.sheet.combat.current_hp, 0);
    assert_eq!(save(&table), 20);
    table.act(Action::Heal { amount: 1 }, &[]);
    let hit_dice = std::collections::BTreeMap::new();
    let rest = table.act(Action::ShortRest { hit_dice }, &[]);
    says(&rest, "Relentless Rage, times used: 2 > 0 (short rest)");
    assert_eq!(save(&table), 10);
}

#[test]
fn uses_put_states_on_and_bring_points_back() {
    let mut table = plain("Human", "Barbarian", "", 1, json!({}));
    let outcome = table.act(make(&table, "Rage"), &[]);
    assert_eq!(outcome.title, "Used Rage");
    assert_eq!(table.derived.sheet.conditions[0].name, "Rage");
    let resistances = &table.derived.sheet.combat.resistances;
    assert!(resistances.contains(&"slashing".to_owned()));
    assert_eq!(left(&table, "Rage"), 1);
    assert_eq!(refused(&table, "Rage"), "Rage is on already.");

    let spent =
        json!({ "build": { "used": { "monk.focus_points": 4 } }, "combat": { "damage_taken": 9 } });
    let mut table = with(plain("Human", "Monk", "", 5, json!({})), spent);
    let initiative = Action::Roll {
        cell: "/combat/initiative".to_owned(),
        mode: Mode::Normal,
        bonus: None,
        against: None,
    };
    let reminder = "Uncanny Metabolism can be used (when you roll initiative)";
    says(&table.act(initiative.clone(), &[9]), reminder);
    let outcome = table.act(make(&table, "Uncanny Metabolism"), &[3]);
    assert_eq!(
        outcome.title,
        "Uncanny Metabolism: 4 × Focus Points back, regained 8 hit points"
    );
    assert_eq!(left(&table, "Focus Points"), 5);
    let again = told(&table.act(initiative, &[9]));
    assert!(!again.iter().any(|line| line == reminder), "{again:?}");
}

#[test]
fn who_falls_can_stay_up() {
    // 10 + 17 * 6 + 18 * 2 = 148 hit points.
    let mut table = with(plain("Orc", "Fighter", "Champion", 18, json!({})), hurt(1));
    table.act(crate::damage(147), &[]);
    assert_eq!(
        refused(&table, "Survivor"),
        "Survivor is for who is bloodied."
    );
    table.act(make(&table, "Relentless Endurance"), &[]);
    assert_eq!(table.derived.sheet.combat.current_hp, 1);
    assert_eq!(
        refused(&table, "Relentless Endurance"),
        "Relentless Endurance is for who has fallen to 0 hit points."
    );
    let outcome = table.act(make(&table, "Survivor"), &[]);
    assert_eq!(outcome.title, "Survivor: regained 7 hit points");
    let outcome = table.act(make(&table, "Adrenaline Rush"), &[]);
    assert_eq!(outcome.title, "Adrenaline Rush: 6 temporary hit points");
    assert_eq!(table.derived.sheet.combat.temporary_hp, 6);
    let again = table.act(make(&table, "Adrenaline Rush"), &[]);
    says(
        &again,
        "Temporary hit points (there are 6 already, and they do not add up)",
    );
}

#[test]
fn what_is_for_others_is_rolled_and_told() {
    let choices = json!({ "dragonborn.draconic-ancestry.ancestry": "black" });
    let mut table = plain("Dragonborn", "Fighter", "", 5, choices);
    let before = table.derived.sheet.combat.clone();
    let outcome = table.act(make(&table, "Breath Weapon"), &[4, 9]);
    assert_eq!(
        outcome.title,
        "Breath Weapon: Dexterity save DC 13, 13 acid damage"
    );
    assert_eq!(
        told(&outcome),
        [
            "Breath Weapon: 3 > 2 (Breath Weapon)",
            "Dexterity save DC: 13",
            "Damage: 13 acid (2d10)",
        ]
    );
    assert_eq!(table.derived.sheet.combat, before);
}

/// A pool of which as much is spent as is wanted, a use for a slot, and one for a hit die.
#[test]
fn how_much_is_spent_can_be_chosen() {
    static HOUSE: LazyLock<Content> = LazyLock::new(|| {
        let text = r#"
[[feat]]
name = "Odd Gifts"
category = "origin"
text = "Odd."
effects = [
  { grants = "resource", id = "pool", max = 10, recovery = "long_rest" },
  { grants = "use", id = "hands", name = "Hands", activation = "bonus_action", spends = "pool", most = 10, yields = [{ of = "healing", amount = 1, each = true, to = "anyone" }] },
  { grants = "use", id = "blast", name = "Blast", activation = "action", pays = { slot = { least = 1, most = 3 } }, yields = [{ of = "damage", dice = "1d8", amount = "pb", types = ["force"], each = true, to = "other" }] },
  { grants = "use", id = "grit", name = "Grit", activation = "other", pays = "hit_die", yields = [{ of = "number", name = "Added", dice = "1d4" }] },
]
"#;
        let mut content = Content::srd().clone();
        content.add(read_pack([("house.toml", text)]).unwrap());
        assert_eq!(content.problems(), []);
        content
    });
    let choices = json!({ "human.versatile.feat": "odd-gifts" });
    let mut document = plain("Human", "Wizard", "", 5, choices).document;
    crate::merge(&mut document, hurt(20));
    let mut table = Table::under(document, &HOUSE);
    let make = |table: &Table, name: &str, amount, slot, other| Action::Use {
        id: entry(table, name)
            .unwrap_or_else(|| panic!("no {name}"))
            .id
            .clone(),
        amount,
        slot,
        other,
    };
    let outcome = table.act(make(&table, "Hands", Some(6), None, false), &[]);
    assert_eq!(outcome.title, "Hands: regained 6 hit points");
    assert_eq!(left(&table, "Odd Gifts"), 4);
    let outcome = table.act(make(&table, "Hands", Some(3), None, true), &[]);
    assert_eq!(outcome.title, "Hands: 3 healing for somebody else");
    for (amount, refused) in [
        (5, "Odd Gifts: 1 of the 5 that are needed are left."),
        (11, "Hands cannot be used for 11."),
        (0, "Hands cannot be used for 0."),
    ] {
        let action = make(&table, "Hands", Some(amount), None, false);
        assert_eq!(table.refuses(action), refused);
    }
    // 3d8 and 3 * 3 [Proficiency].
    let outcome = table.act(make(&table, "Blast", None, Some(3), false), &[1, 2, 3]);
    assert_eq!(outcome.title, "Blast: 15 force damage");
    for (name, amount, slot, refused) in [
        ("Blast", None, None, "Blast takes one spell slot."),
        (
            "Blast",
            None,
            Some(4),
            "Blast does not take a level 4 slot.",
        ),
        (
            "Blast",
            Some(2),
            Some(1),
            "Blast does not cost uses or points.",
        ),
        (
            "Grit",
            None,
            Some(1),
            "Grit takes no spell slot of a level to choose.",
        ),
    ] {
        let action = make(&table, name, amount, slot, false);
        assert_eq!(table.refuses(action), refused);
    }
    for dice in 0..5 {
        let outcome = table.act(make(&table, "Grit", None, None, false), &[2]);
        assert_eq!(outcome.title, "Grit: 2 added", "{dice}");
    }
    let action = make(&table, "Grit", None, None, false);
    assert_eq!(table.refuses(action), "No hit die is left.");
    let nothing = Action::Use {
        id: "nothing".to_owned(),
        amount: None,
        slot: None,
        other: false,
    };
    assert_eq!(
        table.refuses(nothing),
        "The character has no such use of a feature."
    );
}

/// What a use brings its user several times adds up, and never goes beyond what there is room for.
#[test]
fn what_comes_twice_of_one_use_comes_on_top() {
    static HOUSE: LazyLock<Content> = LazyLock::new(|| {
        let text = r#"
[[feat]]
name = "Odd Gifts"
category = "origin"
text = "Odd."
effects = [
  { grants = "use", id = "balm", name = "Balm", activation = "action", tally = "long_rest", yields = [
    { of = "healing", amount = 4 }, { of = "healing", dice = "1d6" },
    { of = "temporary_hit_points", amount = 5 }, { of = "temporary_hit_points", amount = 3 },
  ] },
]
"#;
        let mut content = Content::srd().clone();
        content.add(read_pack([("house.toml", text)]).unwrap());
        assert_eq!(content.problems(), []);
        content
    });
    let choices = json!({ "human.versatile.feat": "odd-gifts" });
    let of = |damage: i32| {
        let mut document = plain("Human", "Wizard", "", 5, choices.clone()).document;
        crate::merge(&mut document, hurt(damage));
        Table::under(document, &HOUSE)
    };
    for (damage, after) in [(20, 14), (5, 0)] {
        let mut table = of(damage);
        table.act(make(&table, "Balm"), &[2]);
        assert_eq!(table.cell("/combat/damage_taken"), after, "{damage}");
        assert_eq!(table.cell("/combat/temporary_hp"), 5, "{damage}");
    }
}
