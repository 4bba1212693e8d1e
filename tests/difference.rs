//! Journeys through differences: what people changed, what the rules made of it, and why.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use services::wire::{
    CellEdit, CellNature, ChangeTone, Consequence, Difference, EditOutcome, EditRequest, WordFate,
};
use testkit::TestLibrary;

fn consequence<'a>(found: &'a Difference, cell: &str) -> &'a Consequence {
    let all = || found.sections.iter().flat_map(|s| &s.consequences);
    all().find(|line| line.path == cell).unwrap_or_else(|| {
        panic!(
            "{cell} is no consequence of {:?}",
            all().collect::<Vec<_>>()
        )
    })
}

#[test]
fn a_consequence_names_the_change_it_rests_on() {
    let test = TestLibrary::new();
    let one = test.built("Fighter", 5);
    let scores = &one.source.abilities.scores;
    let (constitution, wisdom) = (scores.constitution, scores.wisdom);
    let edit = EditRequest {
        id: one.id.clone(),
        branch: None,
        base: one.commit.clone(),
        changes: vec![
            CellEdit::Set {
                path: "/abilities/scores/constitution".to_owned(),
                value: (constitution + 2).into(),
            },
            CellEdit::Set {
                path: "/abilities/scores/wisdom".to_owned(),
                value: (wisdom + 2).into(),
            },
            CellEdit::Set {
                path: "/equipment/inventory/rope".to_owned(),
                value: serde_json::json!({"name": "Rope", "rank": "z"}),
            },
        ],
        message: None,
    };
    let EditOutcome::Saved { view: two, .. } = test.library().sheet().edit(&edit).unwrap() else {
        panic!("the edit is taken")
    };
    let found = test
        .library()
        .history()
        .difference(&one.id, &one.commit, "main")
        .unwrap();
    assert_eq!((found.changes, found.hidden), (3, 0));
    assert_eq!((found.from.version, found.to.title.as_str()), (1, "main"));

    let hit_points = consequence(&found, "/combat/hp_maximum");
    assert_eq!(hit_points.because, ["/abilities/scores/constitution"]);
    assert_eq!(hit_points.before, one.sheet.combat.hp_maximum.to_string());
    assert_eq!(
        two.sheet.combat.hp_maximum,
        one.sheet.combat.hp_maximum + 5,
        "one for each level"
    );
    assert_eq!(hit_points.after, two.sheet.combat.hp_maximum.to_string());
    let terms = |stat: &Option<sheet::Stat>| stat.as_ref().unwrap().terms.len();
    assert!(terms(&hit_points.before_stat) > 0 && terms(&hit_points.after_stat) > 0);
    let save = consequence(&found, "/statistics/saving_throws/constitution");
    assert_eq!(save.label, "Constitution save");
    assert_eq!(save.because, ["/abilities/scores/constitution"]);
    let insight = consequence(&found, "/statistics/skills/insight");
    assert_eq!(insight.because, ["/abilities/scores/wisdom"]);

    let names: Vec<&str> = found.sections.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["statistics", "combat", "equipment"]);
    let rope = &found.sections[2].changes[0];
    assert_eq!(
        (rope.tone, rope.nature, rope.label.as_str()),
        (ChangeTone::Added, CellNature::Thing, "Rope")
    );

    let back = test
        .library()
        .history()
        .difference(&one.id, "main", &one.commit)
        .unwrap();
    let hit_points = consequence(&back, "/combat/hp_maximum");
    assert_eq!(hit_points.after, one.sheet.combat.hp_maximum.to_string());
    assert_eq!(hit_points.because, ["/abilities/scores/constitution"]);
}

#[test]
fn what_comes_of_two_changes_together_rests_on_both() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    // Two odd scores' worth of one modifier: 10 + 1 by hand and + 1 by an increase are 12 only together.
    let view = test.saved(&one, "/abilities/scores/dexterity", 11);
    let increase = serde_json::json!({"ability": "dexterity", "amount": 1, "rank": "a"});
    test.saved(&view, "/abilities/increases/feat", increase);
    let found = test
        .library()
        .history()
        .difference(&one.id, "1", "main")
        .unwrap();
    let initiative = consequence(&found, "/combat/initiative");
    assert_eq!(
        initiative.because,
        ["/abilities/increases/feat", "/abilities/scores/dexterity"]
    );
}

#[test]
fn prose_differs_by_words_and_collections_by_things() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    let view = test.saved(&one, "/notes", "Owes Hask a grave.");
    let two = test.saved(&view, "/notes", "Owes Hask a new grave.");
    let found = test
        .library()
        .history()
        .difference(&one.id, &view.commit, &two.commit)
        .unwrap();
    let change = &found.sections[0].changes[0];
    assert_eq!(change.nature, CellNature::Prose);
    let added: Vec<&str> = change
        .words
        .iter()
        .filter(|run| run.fate == WordFate::Added)
        .map(|run| run.text.trim())
        .collect();
    assert_eq!(added, ["new"]);
    let kept: String = change
        .words
        .iter()
        .filter(|run| run.fate != WordFate::Added)
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(kept, "Owes Hask a grave.");

    // The collection itself is new with the first thing in it: told is the thing.
    let three = test.saved(
        &two,
        "/equipment/inventory",
        serde_json::json!({"a": {"name": "Rope", "rank": "a"}, "b": {"name": "Lamp", "rank": "b"}}),
    );
    let found = test
        .library()
        .history()
        .difference(&one.id, &two.commit, &three.commit)
        .unwrap();
    let things: Vec<&str> = found.sections[0]
        .changes
        .iter()
        .map(|c| c.label.as_str())
        .collect();
    assert_eq!(things, ["Rope", "Lamp"]);
}

#[test]
fn a_level_shows_what_it_gives() {
    let test = TestLibrary::new();
    let one = test.built("Fighter", 1);
    test.library()
        .sheet()
        .level_up(&services::wire::LevelUp {
            id: one.id.clone(),
            class: "Fighter".to_owned(),
            hit_points: services::wire::HitPoints::Fixed,
        })
        .unwrap();
    let found = test
        .library()
        .history()
        .difference(&one.id, "1", "2")
        .unwrap();
    let level = consequence(&found, "/identity/level");
    assert_eq!((level.before.as_str(), level.after.as_str()), ("1", "2"));
    assert!(level.because[0].starts_with("/levels/"), "{level:?}");
    let gained: Vec<&str> = found
        .sections
        .iter()
        .flat_map(|s| &s.consequences)
        .filter(|line| line.path.starts_with("/actions/features/") && line.before.is_empty())
        .map(|line| line.label.as_str())
        .collect();
    assert!(
        gained.iter().any(|name| name.contains("Action Surge")),
        "{gained:?}"
    );
}
