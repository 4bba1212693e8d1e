//! What a window is told: the sheet that it has, with the changes made, is the sheet as it stands, whatever was done.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use proptest::prelude::*;
use rules::play::{Action, CastWith};
use serde_json::{Value, json, to_value};
use services::Failure;
use services::wire::{
    CellEdit, Change, EditOutcome, EditRequest, EntryChange, HitPoints, LevelUp, QuickCharacter,
    SheetAnswer, SheetView,
};
use testkit::TestLibrary;

/// A window with what it was told last.
#[derive(Default)]
struct Window {
    edition: Option<String>,
    sheet: Value,
}

impl Window {
    /// Takes an answer as the page does; tells whether it was the whole sheet.
    fn take(&mut self, answer: SheetAnswer) -> bool {
        // Through text and back, as it crosses.
        let answer: SheetAnswer =
            serde_json::from_str(&serde_json::to_string(&answer).unwrap()).unwrap();
        match answer {
            SheetAnswer::Whole(whole) => {
                self.sheet = to_value(&whole.view).unwrap();
                self.edition = Some(whole.edition);
                true
            }
            SheetAnswer::Changed(changed) => {
                assert_eq!(self.edition.as_ref(), Some(&changed.since));
                if let Some(change) = &changed.change {
                    self.sheet = made(&self.sheet, change);
                }
                self.edition = Some(changed.edition);
                false
            }
        }
    }
}

fn made(old: &Value, change: &Change) -> Value {
    match change {
        Change::Value { value } => value.clone(),
        Change::Members { changed, gone } => {
            let mut members = old.as_object().unwrap().clone();
            for name in gone {
                members.remove(name).unwrap();
            }
            for (name, change) in changed {
                let value = made(members.get(name).unwrap_or(&Value::Null), change);
                members.insert(name.clone(), value);
            }
            Value::Object(members)
        }
        Change::Entries { entries } => {
            let old = old.as_array().unwrap();
            let mut list = Vec::new();
            for entry in entries {
                match entry {
                    EntryChange::Kept { from, count } => {
                        let from = *from as usize;
                        list.extend_from_slice(&old[from..from + *count as usize]);
                    }
                    EntryChange::Changed { at, change } => {
                        list.push(made(&old[*at as usize], change))
                    }
                    EntryChange::New { value } => list.push(value.clone()),
                }
            }
            Value::Array(list)
        }
    }
}

fn quick(test: &TestLibrary) -> SheetView {
    let wanted = QuickCharacter {
        display_name: "Mira Thornway".to_owned(),
        levels: ["Cleric", "Cleric", "Cleric", "Wizard", "Fighter"]
            .map(str::to_owned)
            .to_vec(),
        ..QuickCharacter::default()
    };
    test.library().roster().quick(&wanted).unwrap()
}

/// Does one of the things that change a sheet; what is refused changes nothing.
fn step(test: &TestLibrary, at: &SheetView, (kind, n): (u8, i32)) -> Result<(), Failure> {
    let (library, id) = (test.library(), at.id.as_str());
    let sheet = library.sheet();
    let edit = |path: &str, value: Option<Value>| {
        let path = path.to_owned();
        let change = match value {
            Some(value) => CellEdit::Set { path, value },
            None => CellEdit::Remove { path },
        };
        sheet.edit(&EditRequest {
            id: id.to_owned(),
            branch: None,
            base: at.commit.clone(),
            changes: vec![change],
            message: None,
        })
    };
    let condition = |name: &str| Action::AddCondition {
        name: name.to_owned(),
        source: String::new(),
        duration: String::new(),
        level: None,
    };
    let action = match kind {
        0 => Action::Damage {
            amount: 1 + n % 30,
            kind: None,
            critical: false,
            half: false,
        },
        1 => Action::Heal { amount: 1 + n % 30 },
        2 => Action::TemporaryHitPoints { amount: 1 + n % 12 },
        3 => condition(["Grappled", "Prone", "Restrained", "Bless"][n as usize % 4]),
        4 => match at.source.conditions.0.keys().next() {
            Some(id) => Action::RemoveCondition { id: id.clone() },
            None => Action::Dawn,
        },
        5 => Action::Exhaustion { delta: n % 3 - 1 },
        6 => Action::Spend {
            counter: "/spellcasting/slots/1/used".to_owned(),
            amount: 1,
        },
        7 => Action::LongRest { dawn: true },
        8 => {
            let mut spells = at
                .sheet
                .spellcasting
                .casters
                .iter()
                .flat_map(|one| &one.spells);
            let spell = spells.find(|spell| spell.level == 1 && spell.concentration);
            Action::Cast {
                spell: spell.map(|spell| spell.id.clone()).unwrap_or_default(),
                with: CastWith::Slot { level: 1 },
                attack: None,
                roll: n % 2 == 0,
            }
        }
        9 => return sheet.undo(id).map(drop),
        10 => return sheet.redo(id).map(drop),
        11 => {
            let class = ["Cleric", "Fighter"][n as usize % 2].to_owned();
            let hit_points = HitPoints::Fixed;
            return sheet
                .level_up(&LevelUp {
                    id: id.to_owned(),
                    class,
                    hit_points,
                })
                .map(drop);
        }
        12 => return sheet.level_down(id).map(drop),
        13 => return edit("/notes", Some(json!(format!("note {n}")))).map(drop),
        14 => return edit("/abilities/scores/strength", Some(json!(3 + n % 18))).map(drop),
        15 => {
            return edit(
                "/overrides/~1combat~1armor_class",
                (n % 2 == 0).then(|| json!({"value": n % 30, "note": ""})),
            )
            .map(drop);
        }
        16 => {
            return edit(
                "/proficiencies/languages/Giant",
                (n % 2 == 0).then_some(json!(true)),
            )
            .map(drop);
        }
        17 => return edit("/identity/name", Some(json!(format!("Mira {n}")))).map(drop),
        18 => return sheet.fill(id).map(drop),
        _ => {
            let item = at.source.equipment.inventory.0.keys().nth(n as usize % 7);
            let path = format!(
                "/equipment/inventory/{}",
                item.map_or("none", String::as_str)
            );
            return edit(&path, None).map(drop);
        }
    };
    sheet.act(id, &action).map(drop)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_window_has_with_the_changes_made_is_what_stands(
        steps in prop::collection::vec(((0_u8..20, 0_i32..1_000), 0_u8..8), 1..40),
    ) {
        let test = TestLibrary::new();
        let mut at = quick(&test);
        let mut window = Window::default();
        let mut told = 0;
        for (what, ears) in steps {
            // Refused or not: the sheet is what it is.
            let _ = step(&test, &at, what);
            at = test.library().sheet().show(&at.id).unwrap();
            // Now and then another window did it, and this one hears of several at once.
            if ears == 0 {
                continue;
            }
            let sheet = test.library().sheet();
            let whole = window.take(sheet.answer(window.edition.as_deref(), at.clone()));
            prop_assert_eq!(whole, told == 0);
            prop_assert_eq!(&window.sheet, &to_value(&at).unwrap());
            told += 1;
        }
    }
}

#[test]
fn a_hit_is_told_in_a_few_words() {
    let test = TestLibrary::new();
    let at = quick(&test);
    let sheet = test.library().sheet();
    let mut window = Window::default();
    window.take(sheet.answer(None, at.clone()));
    let hit = Action::Damage {
        amount: 3,
        kind: None,
        critical: false,
        half: false,
    };
    let done = sheet.act(&at.id, &hit).unwrap();
    let Some(EditOutcome::Saved { view, .. }) = done.edit else {
        panic!("{:?}", done.edit)
    };
    let all = serde_json::to_string(&view).unwrap().len();
    let answer = sheet.answer(window.edition.as_deref(), *view);
    let told = serde_json::to_string(&answer).unwrap().len();
    assert!(told * 10 < all, "{told} bytes of {all}: {answer:?}");
}

#[test]
fn who_has_no_sheet_that_is_known_gets_it_whole() {
    let test = TestLibrary::new();
    let at = quick(&test);
    let other = quick(&test);
    let sheet = test.library().sheet();
    let mut window = Window::default();
    assert!(window.take(sheet.answer(None, at.clone())));
    assert!(
        !window.take(sheet.answer(window.edition.as_deref(), at.clone())),
        "it is known"
    );
    for has in ["", "7", "01930000-0000-7000-8000-000000000000"] {
        assert!(window.take(sheet.answer(Some(has), at.clone())), "{has}");
    }
    let edition = window.edition.clone();
    assert!(
        window.take(sheet.answer(edition.as_deref(), other)),
        "of another character"
    );
    // So many answers later nobody remembers it.
    for _ in 0..100 {
        sheet.answer(None, at.clone());
    }
    assert!(window.take(sheet.answer(edition.as_deref(), at)));
}
