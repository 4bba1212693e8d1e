//! Journeys through the compendium: searched by words, kinds and tags, shown whole, put on a sheet.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use std::collections::BTreeSet;

use services::Code;
use services::wire::{AddThing, CompendiumQuery, EditOutcome, QuickCharacter};
use testkit::TestLibrary;

fn query(text: &str) -> CompendiumQuery {
    CompendiumQuery {
        text: text.to_owned(),
        ..CompendiumQuery::default()
    }
}

#[test]
fn the_name_itself_is_found_first() {
    let test = TestLibrary::new();
    for (words, kind, id) in [
        ("fireball", "spell", "fireball"),
        ("  FIREBALL ", "spell", "fireball"),
        ("plate armor", "item", "plate-armor"),
        ("poisoned", "condition", "poisoned"),
        ("wand of web", "magic_item", "wand-of-web"),
        ("goblin boss", "creature", "goblin-boss"),
        ("fighter", "class", "fighter"),
        ("sneak attack", "feature", "rogue-sneak-attack"),
        (
            "relentless endurance",
            "feature",
            "orc-relentless-endurance",
        ),
    ] {
        let page = test.library().compendium().search(&query(words)).unwrap();
        let first = &page.rows[0];
        assert_eq!(
            (first.kind.as_str(), first.id.as_str()),
            (kind, id),
            "{words}"
        );
    }
}

#[test]
fn kinds_and_tags_narrow_what_is_found() {
    let test = TestLibrary::new();
    let compendium = test.library().compendium();
    let all = compendium.search(&query("")).unwrap();
    assert!(
        all.rows.iter().all(|row| row.kind != "feature"),
        "features come last"
    );
    let count = |kind: &str| {
        let facet = all.kinds.iter().find(|facet| facet.name == kind);
        facet.map_or(0, |facet| facet.count)
    };
    // The counts of SRD 5.2.1.
    assert_eq!(
        ["class", "species", "background", "spell", "condition"].map(count),
        [12, 9, 4, 339, 15]
    );
    assert_eq!(
        all.total,
        all.kinds.iter().map(|facet| facet.count).sum::<u32>()
    );
    assert_eq!(all.rows.len(), 100);

    let rituals = CompendiumQuery {
        kinds: vec!["spell".to_owned()],
        tags: vec!["wizard".to_owned(), "ritual".to_owned()],
        ..query("")
    };
    let page = compendium.search(&rituals).unwrap();
    assert!(page.total > 0 && page.total < 339);
    for row in &page.rows {
        assert_eq!(row.kind, "spell");
        assert!(
            row.tags.contains(&"wizard".to_owned()) && row.tags.contains(&"ritual".to_owned()),
            "{row:?}"
        );
    }
    let mut seen = BTreeSet::new();
    for offset in (0..page.total).step_by(5) {
        let part = compendium
            .search(&CompendiumQuery {
                offset,
                limit: 5,
                ..rituals.clone()
            })
            .unwrap();
        assert_eq!(part.total, page.total);
        seen.extend(part.rows.into_iter().map(|row| row.id));
    }
    assert_eq!(
        seen.len(),
        page.total as usize,
        "every page shows others, and together all"
    );
    let past = CompendiumQuery {
        offset: u32::MAX,
        ..rituals
    };
    assert!(compendium.search(&past).unwrap().rows.is_empty());
    assert_eq!(
        compendium
            .search(&query(&"x".repeat(201)))
            .unwrap_err()
            .code,
        Code::Invalid
    );
}

#[test]
fn whatever_is_found_can_be_shown() {
    let test = TestLibrary::new();
    let compendium = test.library().compendium();
    let mut offset = 0;
    loop {
        let page = compendium
            .search(&CompendiumQuery {
                offset,
                limit: 500,
                ..query("")
            })
            .unwrap();
        if page.rows.is_empty() {
            break;
        }
        for row in page.rows {
            let entry = compendium.show(&row.kind, &row.id).unwrap();
            assert_eq!(entry.row, row);
            assert!(
                entry.raw.is_object(),
                "{} {} has nothing behind it",
                row.kind,
                row.id
            );
            offset += 1;
        }
    }
    assert!(offset > 1_000, "only {offset} things");
    for (kind, id) in [("spell", "nothing"), ("nothing", "fireball"), ("", "")] {
        assert_eq!(
            compendium.show(kind, id).unwrap_err().code,
            Code::NotFound,
            "{kind} {id}"
        );
    }
}

#[test]
fn what_is_found_is_put_on_a_sheet() {
    let test = TestLibrary::new();
    let view = test
        .library()
        .roster()
        .quick(&QuickCharacter {
            display_name: "Mira".to_owned(),
            levels: vec!["Wizard".to_owned(); 5],
            ..QuickCharacter::default()
        })
        .unwrap();
    let add = |kind: &str, name: &str, variant: Option<&str>, base: Option<&str>| {
        let asked = AddThing {
            id: view.id.clone(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            count: 1,
            variant: variant.map(str::to_owned),
            base: base.map(str::to_owned),
            caster: None,
            pay: false,
        };
        match test.library().sheet().add_thing(&asked).unwrap() {
            EditOutcome::Saved { view, .. } => view.sheet,
            other => panic!("{other:?}"),
        }
    };
    let sheet = add("item", "longsword", None, None);
    assert!(
        sheet
            .equipment
            .inventory
            .iter()
            .any(|item| item.name == "Longsword")
    );
    let sheet = add("magic_item", "Wand of Web", None, None);
    let wand = sheet
        .equipment
        .magical_items
        .iter()
        .find(|item| item.name == "Wand of Web")
        .unwrap();
    assert_eq!(
        wand.charges.as_ref().map(|charges| charges.current),
        Some(7)
    );
    let sheet = add("spell", "Haste", None, None);
    let known = &sheet.spellcasting.spells_known;
    assert!(known.contains(&"Haste".to_owned()));
    let sheet = add("condition", "poisoned", None, None);
    assert_eq!(sheet.conditions[0].name, "Poisoned");
}
