//! Journeys of a character under the rules: built, raised, hurt, rested, undone; options, coins, two at once.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use rules::play::{Action, CastWith};
use services::Code;
use services::wire::{ActOutcome, AddThing, EditOutcome, HitPoints, LevelUp, SheetView, StartWith};
use testkit::{TestLibrary, saved};

fn now(test: &TestLibrary, id: &str) -> SheetView {
    test.library().sheet().show(id).unwrap()
}

fn act(test: &TestLibrary, id: &str, action: &Action) -> ActOutcome {
    let done = test.library().sheet().act(id, action).unwrap();
    if let Some(edit) = &done.edit {
        assert!(matches!(edit, EditOutcome::Saved { .. }), "{edit:?}");
    }
    done
}

fn hit(amount: i32) -> Action {
    Action::Damage {
        amount,
        kind: None,
        critical: false,
        half: false,
    }
}

#[test]
fn a_day_of_play_from_the_build_to_the_rest_and_back() {
    let mut test = TestLibrary::new();
    let first = test.built("Cleric", 4);
    let id = first.id.clone();
    assert!(first.findings.is_empty(), "{:?}", first.findings);

    let raised = saved(
        test.library()
            .sheet()
            .level_up(&LevelUp {
                id: id.clone(),
                class: "Cleric".to_owned(),
                hit_points: HitPoints::Given { value: 5 },
            })
            .unwrap(),
    );
    assert_eq!(raised.sheet.identity.level, 5);
    let constitution = raised.sheet.statistics.ability_modifiers.constitution;
    assert_eq!(
        raised.sheet.combat.hp_maximum,
        // A dwarf has one more with each level.
        first.sheet.combat.hp_maximum + 5 + constitution + 1
    );
    assert_eq!(raised.sheet.spellcasting.spell_slots["3"].max, 2);

    let spells = raised.sheet.spellcasting.casters.iter();
    let bless = spells
        .flat_map(|caster| &caster.spells)
        .find(|spell| {
            spell.concentration && spell.level == 1 && (spell.prepared || spell.always_prepared)
        })
        .unwrap();
    act(
        &test,
        &id,
        &Action::Cast {
            spell: bless.id.clone(),
            with: CastWith::Slot { level: 1 },
            attack: None,
            roll: false,
        },
    );
    let hurt = act(&test, &id, &hit(24));
    let [prompt] = hurt.outcome.prompts.as_slice() else {
        panic!("{:?}", hurt.outcome.prompts)
    };
    assert!(prompt.title.contains(&bless.name), "{}", prompt.title);
    assert_eq!(prompt.dc, 12, "half the damage");
    let save = act(&test, &id, &prompt.action);
    let kept = save.outcome.rolls[0].total >= 12;
    let before_rest = now(&test, &id);
    assert_eq!(before_rest.sheet.combat.concentration == bless.name, kept);
    assert_eq!(before_rest.sheet.spellcasting.spell_slots["1"].current, 3);

    let rest = act(&test, &id, &Action::LongRest { dawn: true });
    assert!(rest.outcome.lines.len() >= 2, "{:?}", rest.outcome.lines);
    let rested = now(&test, &id);
    assert_eq!(
        rested.sheet.combat.current_hp,
        rested.sheet.combat.hp_maximum
    );
    assert_eq!(rested.sheet.spellcasting.spell_slots["1"].current, 4);
    assert_eq!(rested.undo.as_deref(), Some(rest.outcome.title.as_str()));
    assert_eq!(
        rested.sheet.version,
        before_rest.sheet.version + 1,
        "a rest is one change"
    );

    test.reopen();
    let undone = saved(test.library().sheet().undo(&id).unwrap());
    assert_eq!(
        undone.source, before_rest.source,
        "all of the rest is taken back"
    );
    let redone = saved(test.library().sheet().redo(&id).unwrap());
    assert_eq!(redone.source, rested.source);
}

#[test]
fn the_use_of_a_feature_is_one_step_that_undo_takes_back() {
    let mut test = TestLibrary::new();
    let id = test.built("Fighter", 5).id;
    act(&test, &id, &hit(30));
    let before = now(&test, &id);
    let second_wind = |view: &SheetView| {
        let mut uses = view.sheet.actions.uses.iter();
        uses.find(|own| own.name == "Second Wind").unwrap().clone()
    };
    let own = second_wind(&before);
    assert_eq!(own.yields[0].roll, "1d10+5");
    let stat = &before.stats[own.yields[0].cell.as_deref().unwrap()];
    assert_eq!(stat.terms[0].label, "Fighter level");
    let action = Action::Use {
        id: own.id.clone(),
        amount: None,
        slot: None,
        other: false,
    };
    let used = act(&test, &id, &action);
    let after = now(&test, &id);
    assert_eq!(after.sheet.version, before.sheet.version + 1);
    let rolled = used.outcome.rolls[0].total;
    assert_eq!(
        after.sheet.combat.current_hp,
        before.sheet.combat.current_hp + rolled
    );
    let left = |view: &SheetView| view.source.build.used.get("fighter.second_wind").copied();
    assert_eq!((left(&before).unwrap_or(0), left(&after)), (0, Some(1)));
    assert_eq!(after.undo.as_deref(), Some(used.outcome.title.as_str()));

    test.reopen();
    let undone = saved(test.library().sheet().undo(&id).unwrap());
    assert_eq!(undone.source, before.source, "points and hit points");
    // Two at once spend two.
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| test.library().sheet().act(&id, &action).unwrap());
        }
    });
    assert_eq!(left(&now(&test, &id)), Some(2));
}

#[test]
fn two_hits_at_once_both_count() {
    let test = TestLibrary::new();
    for round in 0..10 {
        let id = test.built("Barbarian", 3).id;
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| act(&test, &id, &hit(5)));
            }
        });
        let view = now(&test, &id);
        assert_eq!(view.source.combat.damage_taken, 10, "round {round}");
        assert_eq!(view.sheet.version, 3);
    }
}

#[test]
fn what_is_refused_changes_nothing() {
    let test = TestLibrary::new();
    let view = test.built("Wizard", 1);
    for action in [
        hit(0),
        hit(-5),
        hit(i32::MAX),
        Action::Heal { amount: 5 },
        Action::RemoveCondition {
            id: "none".to_owned(),
        },
        Action::Spend {
            counter: "/notes".to_owned(),
            amount: 1,
        },
        Action::Cast {
            spell: "none".to_owned(),
            with: CastWith::Slot { level: 1 },
            attack: None,
            roll: false,
        },
        Action::ShortRest {
            hit_dice: [("d6".to_owned(), 2)].into(),
        },
        Action::Pay {
            price_cp: 2_000_000_000,
        },
    ] {
        let failure = test.library().sheet().act(&view.id, &action).unwrap_err();
        assert_eq!(failure.code, Code::Invalid, "{action:?}");
    }
    assert_eq!(now(&test, &view.id).commit, view.commit);
    assert!(test.library().sheet().rolls().unwrap().is_empty());
}

#[test]
fn rolls_of_a_session_are_remembered() {
    let test = TestLibrary::new();
    let view = test.built("Rogue", 1);
    let check = Action::Roll {
        cell: "/statistics/skills/stealth".to_owned(),
        mode: rules::dice::Mode::Advantage,
        bonus: None,
        against: Some(15),
    };
    let done = act(&test, &view.id, &check);
    assert!(done.edit.is_none(), "a check writes nothing");
    let rolls = test.library().sheet().rolls().unwrap();
    assert_eq!(rolls.len(), 1);
    assert_eq!(rolls[0].roll, done.outcome.rolls[0]);
    assert_eq!(
        (rolls[0].who.as_str(), rolls[0].label.as_str()),
        ("Mira Thornway", done.outcome.title.as_str())
    );
    assert_eq!(now(&test, &view.id).commit, view.commit);
}

#[test]
fn a_spell_is_rolled_at_the_slot_it_is_cast_with() {
    let test = TestLibrary::new();
    let view = test.built("Wizard", 5);
    let casters = view.sheet.spellcasting.casters.iter();
    let spells = casters.flat_map(|caster| &caster.spells);
    let spell = spells
        .filter(|spell| spell.level > 0 && (spell.prepared || spell.always_prepared))
        .find(|spell| {
            let damage = spell.rolls.first();
            damage.is_some_and(|roll| roll.when.is_empty() && roll.at.len() > 1 && !roll.on_hit)
        })
        .unwrap();
    let dice = spell.rolls[0].at(3).unwrap().clone();
    assert_eq!(dice.level, 3, "{spell:?}");
    let done = act(
        &test,
        &view.id,
        &Action::Cast {
            spell: spell.id.clone(),
            with: CastWith::Slot { level: 3 },
            attack: None,
            roll: true,
        },
    );
    // One roll for each beam or dart; slot and title are one change, the rolls are in the log under the same title.
    assert_eq!(
        done.outcome.rolls.len(),
        usize::try_from(dice.times).unwrap()
    );
    let total: i32 = done.outcome.rolls.iter().map(|roll| roll.total).sum();
    assert!(
        done.outcome.title.contains(&format!(": {total} ")),
        "{}",
        done.outcome.title
    );
    let now = now(&test, &view.id);
    assert_eq!(now.sheet.version, view.sheet.version + 1);
    assert_eq!(now.undo.as_deref(), Some(done.outcome.title.as_str()));
    assert_eq!(
        now.sheet.spellcasting.spell_slots["3"].current,
        view.sheet.spellcasting.spell_slots["3"].current - 1
    );
    let log = test.library().sheet().rolls().unwrap();
    assert_eq!(log.len(), done.outcome.rolls.len());
    assert_eq!(log[0].label, done.outcome.title);

    // Later it is rolled again, and nothing is written.
    let again = Action::RollSpell {
        spell: spell.id.clone(),
        level: Some(3),
        roll: None,
        attack: false,
        mode: rules::dice::Mode::Normal,
        bonus: None,
        against: None,
        critical: false,
    };
    let done = act(&test, &view.id, &again);
    assert!(done.edit.is_none());
    assert!(done.outcome.title.starts_with(&spell.name));
}

#[test]
fn slots_of_points_are_gone_after_a_long_rest_and_come_back_with_undo() {
    let test = TestLibrary::new();
    let view = test.built("Sorcerer", 3);
    let slots = |view: &SheetView| {
        let slots = &view.sheet.spellcasting.spell_slots["1"];
        (slots.max, slots.current)
    };
    let (max, left) = slots(&view);
    let mut exchanges = view.sheet.actions.exchanges.iter();
    let font = exchanges.find(|own| own.id.ends_with("slot_1")).unwrap();
    act(
        &test,
        &view.id,
        &Action::Convert {
            exchange: font.id.clone(),
            slots: std::collections::BTreeMap::new(),
        },
    );
    assert_eq!(slots(&now(&test, &view.id)), (max + 1, left + 1));
    act(&test, &view.id, &Action::LongRest { dawn: true });
    assert_eq!(slots(&now(&test, &view.id)), (max, max));
    let undone = saved(test.library().sheet().undo(&view.id).unwrap());
    assert_eq!(slots(&undone), (max + 1, left + 1));
}

#[test]
fn levels_up_and_down_are_where_they_began() {
    let test = TestLibrary::new();
    let view = test.built("Fighter", 3);
    let preview = test
        .library()
        .sheet()
        .level_preview(&view.id, "fighter")
        .unwrap();
    assert!(
        !preview.changes.is_empty() && !preview.choices.is_empty(),
        "{preview:?}"
    );
    assert_eq!(
        now(&test, &view.id).commit,
        view.commit,
        "a preview writes nothing"
    );
    let up = LevelUp {
        id: view.id.clone(),
        class: "fighter".to_owned(),
        hit_points: HitPoints::Fixed,
    };
    let raised = saved(test.library().sheet().level_up(&up).unwrap());
    assert!(
        raised.sheet.choices.iter().any(|choice| choice.open > 0),
        "level 4 brings a feat"
    );
    let filled = saved(test.library().sheet().fill(&view.id).unwrap());
    assert!(filled.sheet.choices.iter().all(|choice| choice.open == 0));
    assert!(filled.findings.is_empty(), "{:?}", filled.findings);
    let back = saved(test.library().sheet().level_down(&view.id).unwrap());
    assert_eq!(back.source, view.source);
}

#[test]
fn options_come_with_the_reason_why_not() {
    let test = TestLibrary::new();
    let view = test.built("Fighter", 1);
    let sheets = test.library().sheet();
    let skills = sheets
        .options(&view.id, "/build/choices/fighter.skills")
        .unwrap();
    assert_eq!(skills.iter().filter(|skill| skill.picked).count(), 2);
    let barred: Vec<_> = skills
        .iter()
        .filter(|skill| !skill.barred.is_empty())
        .collect();
    assert!(
        barred.iter().any(|skill| skill.barred.contains("Soldier")),
        "{barred:?}"
    );
    let classes = sheets.options(&view.id, "/identity/species").unwrap();
    assert_eq!(classes.len(), 9);
    let failure = sheets.options(&view.id, "/notes").unwrap_err();
    assert_eq!(
        (failure.code, failure.cell.as_deref()),
        (Code::NotFound, Some("/notes"))
    );
}

fn rope(id: &str, pay: bool) -> AddThing {
    AddThing {
        id: id.to_owned(),
        kind: "item".to_owned(),
        name: "Rope".to_owned(),
        count: 2,
        variant: None,
        base: None,
        caster: None,
        pay,
    }
}

#[test]
fn things_are_found_or_bought() {
    let test = TestLibrary::new();
    let start = test.built("Fighter", 1);
    let id = start.id.clone();
    let sheets = test.library().sheet();
    let worth = start.sheet.equipment.wealth_cp;
    let ropes = |view: &SheetView| {
        let things = view.sheet.equipment.inventory.iter();
        things
            .filter(|item| item.name == "Rope")
            .map(|item| item.quantity)
            .sum::<i32>()
    };
    let found = saved(sheets.add_thing(&rope(&id, false)).unwrap());
    assert_eq!(ropes(&found), ropes(&start) + 2);
    assert_eq!(
        found.sheet.equipment.wealth_cp, worth,
        "what is found costs nothing"
    );
    // A rope costs 1 gp (SRD 5.2.1, Adventuring Gear).
    let bought = saved(sheets.add_thing(&rope(&id, true)).unwrap());
    assert_eq!(bought.sheet.equipment.wealth_cp, worth - 200);
    assert_eq!(
        bought.sheet.version,
        found.sheet.version + 1,
        "thing and price are one change"
    );

    let dear = AddThing {
        name: "Plate Armor".to_owned(),
        ..rope(&id, true)
    };
    let failure = sheets.add_thing(&dear).unwrap_err();
    assert_eq!(failure.code, Code::Invalid, "too few coins");
    let unknown = AddThing {
        name: "Vorpal Spoon".to_owned(),
        ..rope(&id, false)
    };
    assert_eq!(sheets.add_thing(&unknown).unwrap_err().code, Code::Invalid);
    for count in [0, -1, 1_001] {
        let failure = sheets
            .add_thing(&AddThing {
                count,
                ..rope(&id, false)
            })
            .unwrap_err();
        assert_eq!(failure.code, Code::Invalid, "{count}");
    }
    let odd = AddThing {
        kind: "creature".to_owned(),
        ..rope(&id, false)
    };
    assert_eq!(sheets.add_thing(&odd).unwrap_err().code, Code::Invalid);
    assert_eq!(now(&test, &id).commit, bought.commit);
}

#[test]
fn starting_equipment_is_taken_once() {
    let test = TestLibrary::new();
    let view = test.built("Fighter", 1);
    let sheets = test.library().sheet();
    let offers = sheets.start_offers(&view.id).unwrap();
    let taken: Vec<_> = offers.iter().filter(|offer| offer.taken).collect();
    assert_eq!(
        taken.len(),
        2,
        "the quick build took one of its class and one of its background"
    );
    let with = |source: &str, option: &str| StartWith {
        id: view.id.clone(),
        source: source.to_owned(),
        option: option.to_owned(),
        picks: Vec::new(),
    };
    let failure = sheets.start_with(&with("Fighter", "C")).unwrap_err();
    assert_eq!(failure.code, Code::Invalid);
    let emptied = test.library().sheet().edit(&services::wire::EditRequest {
        id: view.id.clone(),
        branch: None,
        base: view.commit.clone(),
        changes: vec![services::wire::CellEdit::Remove {
            path: "/build/choices/fighter.equipment".to_owned(),
        }],
        message: None,
    });
    let before = saved(emptied.unwrap()).sheet.equipment.wealth_cp;
    assert_eq!(
        sheets.start_with(&with("Fighter", "Z")).unwrap_err().code,
        Code::Invalid
    );
    assert_eq!(
        sheets.start_with(&with("Baker", "A")).unwrap_err().code,
        Code::Invalid
    );
    // Option C of the Fighter is 155 gp (SRD 5.2.1, Fighter).
    let rich = saved(sheets.start_with(&with("fighter", "c")).unwrap());
    assert_eq!(rich.sheet.equipment.wealth_cp, before + 15_500);
    let failure = sheets.start_with(&with("Fighter", "C")).unwrap_err();
    assert_eq!(failure.code, Code::Invalid);
    assert_eq!(now(&test, &view.id).commit, rich.commit);
}
