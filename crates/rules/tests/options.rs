//! What may be picked says of itself all that an interface needs: the level of a spell, and how often one thing may be
//! picked in one choice.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod quick;

use rules::build::{Write, carry_out};
use rules::{Content, derive};
use serde_json::Value;
use sheet::{ChoiceOption, Source};

fn built(class: &str, level: usize) -> Value {
    quick::built(Content::srd(), class, level, "")
}

fn options(document: &Value, cell: &str) -> Vec<ChoiceOption> {
    let source = Source::from_value(document).unwrap();
    rules::options(&source, Content::srd(), cell).unwrap()
}

/// The cell and the count of the choice whose name ends so.
fn choice(document: &Value, name: &str) -> (String, i32) {
    let derived = derive(&Source::from_value(document).unwrap(), Content::srd());
    let mut choices = derived.sheet.choices.iter();
    let found = choices.find(|choice| choice.name.ends_with(name)).unwrap();
    (found.cell.clone(), found.count)
}

fn option<'o>(options: &'o [ChoiceOption], id: &str) -> &'o ChoiceOption {
    options.iter().find(|option| option.id == id).unwrap()
}

#[test]
fn spells_have_a_level_and_nothing_else_has() {
    let wizard = built("Wizard", 5);
    let derived = derive(&Source::from_value(&wizard).unwrap(), Content::srd());
    let caster = &derived.sheet.spellcasting.casters[0];
    let spells = options(&wizard, &format!("/spellcasting/casters/{}", caster.id));
    for (id, level) in [("fire_bolt", 0), ("magic_missile", 1), ("fireball", 3)] {
        let id = id.replace('_', "-");
        assert_eq!(option(&spells, &id).level, Some(level), "{id}");
        assert_eq!(option(&spells, &id).most, 1, "{id}");
    }
    for cell in ["/identity/species", "/identity/background"] {
        let named = options(&wizard, cell);
        assert!(!named.is_empty());
        assert!(
            named
                .iter()
                .all(|option| option.level.is_none() && option.most == 1)
        );
    }
    let bard = built("Bard", 10);
    let (secrets, _) = choice(&bard, "Expertise");
    assert!(
        options(&bard, &secrets)
            .iter()
            .all(|skill| skill.level.is_none())
    );
}

#[test]
fn what_can_be_taken_again_says_how_often() {
    let mut warlock = built("Warlock", 9);
    let (cell, count) = choice(&warlock, "nvocation");
    assert!(count > 2, "{count}");
    let list = options(&warlock, &cell);
    assert_eq!(option(&list, "agonizing-blast").most, count);
    assert_eq!(option(&list, "armor-of-shadows").most, 1);

    // Picked as often as it says, it is lawful; what says once and is picked twice is not.
    let twice = |document: &mut Value, id: &str| -> Vec<String> {
        carry_out(document, &[Write::set(&cell, format!("{id} {id}"))]);
        let derived = derive(&Source::from_value(document).unwrap(), Content::srd());
        let mut choices = derived.sheet.choices.into_iter();
        let picks = choices.find(|choice| choice.cell == cell).unwrap().picks;
        picks.into_iter().map(|pick| pick.barred).collect()
    };
    assert_eq!(twice(&mut warlock, "agonizing-blast"), ["", ""]);
    assert_eq!(
        twice(&mut warlock, "armor-of-shadows"),
        ["", "it is picked already"]
    );

    let fighter = built("Fighter", 4);
    let (scores, count) = choice(&fighter, "Ability score");
    assert_eq!(count, 2);
    assert!(
        options(&fighter, &scores)
            .iter()
            .all(|ability| ability.most == 2)
    );
}
