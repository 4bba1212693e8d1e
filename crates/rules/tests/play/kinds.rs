//! What sort of item each line is: an interface branches on it and never on the words.

use rules::dice::Mode;
use rules::play::LineKind::{
    self, Change, Critical, Damage, Dead, Dying, Failure, Healed, Hit, Hurt, Miss, Note, Roll,
    Stable, Success,
};
use rules::play::{Action, CastWith, Outcome};
use serde_json::{Value, json};

use crate::{Table, damage, fighter};

fn kinds(outcome: &Outcome) -> Vec<LineKind> {
    outcome.lines.iter().map(|line| line.kind).collect()
}

fn roll(cell: &str, against: Option<i32>) -> Action {
    Action::Roll {
        cell: cell.to_owned(),
        mode: Mode::Normal,
        bonus: None,
        against,
    }
}

fn sword(against: Option<i32>) -> Action {
    Action::Attack {
        weapon: "sword".to_owned(),
        mode: Mode::Normal,
        bonus: None,
        two_handed: false,
        against,
        critical_hits: false,
        ammunition: None,
        riders: Vec::new(),
    }
}

fn save() -> Action {
    Action::DeathSave {
        face: None,
        mode: Mode::Normal,
        bonus: None,
    }
}

fn keep() -> Action {
    Action::ConcentrationSave {
        dc: 12,
        face: None,
        mode: Mode::Normal,
        bonus: None,
    }
}

fn armed() -> Table {
    fighter(json!({"actions": {"weapons": {"sword": {
        "rank": "V", "name": "Longsword", "damage": "1d8", "damage_type": "slashing", "ability": "strength",
        "proficient": true,
    }}}}))
}

fn concentrating() -> Table {
    fighter(json!({"combat": {"concentration": "Bless"}}))
}

fn fallen(more: Value) -> Table {
    let mut table = fighter(json!({"combat": {"damage_taken": 44}}));
    crate::merge(&mut table.document, more);
    let Table { document, .. } = table;
    Table::of(document)
}

#[test]
fn attacks_and_tests_say_how_they_came_out() {
    let attack = "/actions/weapons/sword/attack_bonus";
    let stealth = "/statistics/skills/stealth";
    for (action, dice, expected) in [
        (sword(Some(15)), vec![10, 4], vec![Roll, Hit, Damage]),
        (sword(None), vec![10, 4], vec![Roll, Damage]),
        (sword(Some(15)), vec![3], vec![Roll, Miss]),
        (sword(None), vec![20, 4, 5], vec![Roll, Critical, Damage]),
        (roll(attack, None), vec![20], vec![Roll, Critical]),
        (roll(attack, None), vec![1], vec![Roll, Miss]),
        (roll(attack, Some(15)), vec![14], vec![Roll, Hit]),
        (roll(attack, Some(15)), vec![2], vec![Roll, Miss]),
        (roll(stealth, Some(10)), vec![10], vec![Roll, Success]),
        (roll(stealth, Some(10)), vec![2], vec![Roll, Failure]),
        (roll(stealth, None), vec![20], vec![Roll]),
    ] {
        let outcome = armed().act(action.clone(), &dice);
        assert_eq!(kinds(&outcome), expected, "{action:?}");
    }
}

#[test]
fn hit_points_and_saves_say_what_happened() {
    let heal = Action::Heal { amount: 5 };
    let half = Action::Damage {
        amount: 9,
        kind: None,
        critical: false,
        half: true,
    };
    let dead = json!({"combat": {"death_saves": {"failures": 2}}});
    let stable = json!({"combat": {"death_saves": {"successes": 2}}});
    for (mut table, action, dice, expected) in [
        (fighter(json!({})), damage(9), vec![], vec![Hurt]),
        (fighter(json!({})), half, vec![], vec![Damage, Hurt]),
        (
            fighter(json!({"combat": {"damage_taken": 9}})),
            heal,
            vec![],
            vec![Healed],
        ),
        (
            fighter(json!({})),
            damage(44),
            vec![],
            vec![Hurt, Change, Dying],
        ),
        (
            fighter(json!({})),
            damage(88),
            vec![],
            vec![Hurt, Failure, Dead],
        ),
        (fallen(json!({})), save(), vec![10], vec![Roll, Success]),
        (fallen(json!({})), save(), vec![9], vec![Roll, Failure]),
        (fallen(json!({})), save(), vec![20], vec![Roll, Healed]),
        (fallen(dead), save(), vec![9], vec![Roll, Failure, Dead]),
        (
            fallen(stable),
            save(),
            vec![10],
            vec![Roll, Success, Stable],
        ),
        (concentrating(), keep(), vec![10], vec![Roll, Success]),
        (concentrating(), keep(), vec![2], vec![Roll, Failure]),
    ] {
        let outcome = table.act(action.clone(), &dice);
        assert_eq!(
            kinds(&outcome),
            expected,
            "{action:?} {dice:?}: {outcome:?}"
        );
    }
}

#[test]
fn a_spell_tells_its_numbers_as_things_to_know() {
    let mut table = Table::of(json!({
        "levels": {"one": {"rank": "V", "class": "Wizard", "hit_die": 6}},
        "spellcasting": {
            "casters": {"wizard": {"rank": "V", "class": "Wizard", "ability": "intelligence"}},
            "spells": {"bolt": {"rank": "V", "name": "Fire Bolt", "caster": "wizard"}},
        },
    }));
    let cast = Action::Cast {
        spell: "bolt".to_owned(),
        with: CastWith::Free,
        attack: Some(Mode::Normal),
        roll: false,
    };
    for (face, expected) in [
        (12, vec![Note, Note, Roll]),
        (20, vec![Note, Note, Roll, Critical]),
        (1, vec![Note, Note, Roll, Miss]),
    ] {
        assert_eq!(kinds(&table.act(cast.clone(), &[face])), expected, "{face}");
    }
}
