//! Journeys of packs: written, checked, kept as history, taken over by characters only when they say so.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

#[path = "packs/versions.rs"]
mod versions;

use services::wire::{
    CompendiumQuery, EditOutcome, LevelUp, NewCharacter, PackChange, PackEdit, PackFate, PackState,
    PackText, PackView, QuickCharacter,
};
use services::{Code, Library};
use testkit::TestLibrary;

const MOTHFOLK: &str = "# Small and grey.\n[[species]]\nname = \"Mothfolk\"\ntext = \"They follow any light.\"\n\
    creature_type = \"Humanoid\"\nsizes = [\"medium\"]\nspeed = 30\n\
    traits = [{ name = \"Dust\", text = \"They itch.\", effects = [{ grants = \"bonus\", to = \"initiative\", amount = 2 }] }]\n";

fn put(library: &Library, view: &PackView, thing: Option<&str>, text: &str) -> PackView {
    let change = PackChange::Put {
        thing: thing.map(str::to_owned),
        text: text.to_owned(),
    };
    edit(library, view, change)
}

fn edit(library: &Library, view: &PackView, change: PackChange) -> PackView {
    let request = PackEdit {
        id: view.row.id.clone(),
        base: view.commit.clone(),
        changes: vec![change],
    };
    library.packs().edit(&request).unwrap().view
}

fn moth(library: &Library) -> String {
    let asked = QuickCharacter {
        display_name: "Mo".to_owned(),
        levels: vec!["Rogue".to_owned()],
        species: "Mothfolk".to_owned(),
        ..QuickCharacter::default()
    };
    library.roster().quick(&asked).unwrap().id
}

fn initiative(library: &Library, id: &str) -> i32 {
    library.sheet().show(id).unwrap().sheet.combat.initiative
}

fn saved(outcome: EditOutcome) {
    assert!(matches!(outcome, EditOutcome::Saved { .. }), "{outcome:?}");
}

#[test]
fn a_pack_is_written_found_and_built_on() {
    let test = TestLibrary::new();
    let library = test.library();
    let empty = library.packs().create("House Rules").unwrap();
    assert_eq!(
        (empty.row.pack.as_str(), empty.row.version_number),
        ("house-rules", 1)
    );
    // Packs are no characters.
    assert_eq!(library.roster().list(&Default::default()).unwrap().total, 0);
    assert_eq!(
        library.roster().get(&empty.row.id).unwrap_err().code,
        Code::NotFound
    );

    let view = put(library, &empty, None, MOTHFOLK);
    assert_eq!(view.problems, []);
    assert_eq!(view.things[0].name, "Mothfolk");
    assert_eq!(view.things[0].text, MOTHFOLK);
    assert_eq!(view.versions[0].message, "Added species Mothfolk");

    let words = CompendiumQuery {
        text: "mothfolk".to_owned(),
        ..CompendiumQuery::default()
    };
    let page = library.compendium().search(&words).unwrap();
    assert_eq!(page.rows[0].pack.as_deref(), Some("House Rules"));
    let entry = library.compendium().show("species", "mothfolk").unwrap();
    assert_eq!(entry.parts[0].name, "Dust");

    let id = moth(library);
    let shown = library.sheet().show(&id).unwrap();
    assert_eq!(*shown.findings, []);
    // Dexterity, the proficiency bonus of Alert, and the dust.
    let plain = shown.sheet.statistics.ability_modifiers.dexterity;
    assert_eq!(shown.sheet.combat.initiative, plain + 2 + 2);
    let dust = library.sheet().explain(&id, None, "/combat/initiative");
    assert!(
        dust.unwrap()
            .terms
            .iter()
            .any(|term| term.label.contains("Dust")),
        "the number says where it comes from"
    );
    assert_eq!(library.packs().list().unwrap()[0].characters, 1);
}

#[test]
fn a_newer_pack_changes_nothing_until_it_is_taken_over() {
    let test = TestLibrary::new();
    let library = test.library();
    let empty = library.packs().create("House").unwrap();
    let first = put(library, &empty, None, MOTHFOLK);
    let id = moth(library);
    let before = initiative(library, &id);
    let stands = |library: &Library| {
        let all = library.sheet().packs(&id).unwrap();
        all.into_iter().find(|one| one.pack == "house").unwrap()
    };
    assert_eq!(stands(library).state, PackState::Current);

    let thing = first.things[0].id.clone();
    let newer = put(
        library,
        &first,
        Some(&thing),
        &MOTHFOLK.replace("amount = 2", "amount = 5"),
    );
    assert_eq!(newer.things[0].id, thing);
    assert_eq!(initiative(library, &id), before);
    assert_eq!(stands(library).state, PackState::Newer);

    let review = library.sheet().pack_review(&id, "house").unwrap();
    assert_eq!(review.commit, newer.commit);
    assert_eq!(review.differences.len(), 1);
    assert_eq!(review.differences[0].fate, PackFate::Changed);
    let field = &review.differences[0].fields[0];
    assert_eq!((field.before.as_str(), field.after.as_str()), ("2", "5"));
    let change = review
        .changes
        .iter()
        .find(|line| line.path == "/combat/initiative")
        .unwrap();
    assert_eq!(change.after, (before + 3).to_string());
    assert_eq!(review.findings, []);
    // A look is a look.
    assert_eq!(initiative(library, &id), before);

    saved(
        library
            .sheet()
            .pack_take(&id, "house", &review.commit)
            .unwrap(),
    );
    assert_eq!(initiative(library, &id), before + 3);
    assert_eq!(stands(library).state, PackState::Current);
    // One step of the history like any other.
    saved(library.sheet().undo(&id).unwrap());
    assert_eq!(initiative(library, &id), before);
}

#[test]
fn what_is_gone_is_told_and_the_character_opens() {
    let test = TestLibrary::new();
    let library = test.library();
    let empty = library.packs().create("House").unwrap();
    let view = put(library, &empty, None, MOTHFOLK);
    let id = moth(library);
    let before = initiative(library, &id);

    // Archived: offered to nobody, and who is built on it keeps it.
    library.packs().archive(&view.row.id, false).unwrap();
    assert_eq!(initiative(library, &id), before);
    let states: Vec<PackState> = library
        .sheet()
        .packs(&id)
        .unwrap()
        .iter()
        .map(|one| one.state)
        .collect();
    assert!(states.contains(&PackState::Archived), "{states:?}");
    let words = CompendiumQuery {
        text: "mothfolk".to_owned(),
        ..CompendiumQuery::default()
    };
    assert_eq!(library.compendium().search(&words).unwrap().total, 0);

    // Taken away: what came of it does nothing, and the sheet says so.
    saved(library.sheet().pack_drop(&id, "house").unwrap());
    let shown = library.sheet().show(&id).unwrap();
    assert_eq!(shown.sheet.combat.initiative, before - 2);
    assert!(
        shown
            .findings
            .iter()
            .any(|one| one.message.contains("Mothfolk")),
        "{:?}",
        shown.findings
    );

    // In a library that never had the pack.
    let file = {
        saved(library.sheet().undo(&id).unwrap());
        library
            .exchange()
            .export(std::slice::from_ref(&id))
            .unwrap()
    };
    let other = TestLibrary::new();
    let there = other.library();
    let report = there.exchange().import(&file, Default::default()).unwrap();
    let id = report.characters[0].id.clone().unwrap();
    let shown = there.sheet().show(&id).unwrap();
    assert!(
        shown
            .findings
            .iter()
            .any(|one| one.cell == "/build/packs/house"),
        "{:?}",
        shown.findings
    );
    let stands = there.sheet().packs(&id).unwrap();
    assert!(stands.iter().any(|one| one.state == PackState::Missing));
    // The pack comes after: it can be taken over as a newer version.
    let text = library.packs().export(&view.row.id).unwrap();
    let files = [PackText {
        name: "house.toml".to_owned(),
        text,
    }];
    let came = there.packs().import(&files).unwrap();
    assert_eq!(came.row.pack, "house");
    saved(there.sheet().pack_take(&id, "house", &came.commit).unwrap());
    assert_eq!(initiative(there, &id), before);
    assert_eq!(*there.sheet().show(&id).unwrap().findings, []);
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_kept() {
    let test = TestLibrary::new();
    let library = test.library();
    let packs = library.packs();
    let empty = packs.create("House").unwrap();
    let feat = "[[feat]]\nname = \"Odd\"\ncategory = \"origin\"\ntext = \"Odd.\"\neffects = [\n";
    let view = put(library, &empty, None, feat);
    assert_eq!(view.things[0].text, feat);
    assert_eq!(view.things[0].kind, "feat");
    assert_eq!(view.problems.len(), 1);
    assert_eq!(view.problems[0].thing.as_ref(), Some(&view.things[0].id));
    assert!(view.problems[0].line.is_some());

    let thing = view.things[0].id.clone();
    let checked = packs
        .check(
            &view.row.id,
            None,
            Some(&thing),
            &format!("{feat}  {{ grants = \"spell\", spell = \"Fireblast\" }},\n]\n"),
        )
        .unwrap();
    assert_eq!(checked.problems.len(), 1);
    assert!(checked.problems[0].message.contains("Fireblast"));
    assert_eq!(checked.entries[0].row.name, "Odd");
    // Nothing was written.
    assert_eq!(packs.show(&view.row.id, None).unwrap().commit, view.commit);

    // The rest of a pack works without what cannot be read.
    let view = put(library, &view, None, MOTHFOLK);
    assert_eq!(view.row.problems, 1);
    assert!(library.compendium().show("species", "mothfolk").is_ok());
    // Twice the same name.
    let view = put(library, &view, None, MOTHFOLK);
    assert!(
        view.problems
            .iter()
            .filter(|one| one.message.contains("two things"))
            .count()
            == 2,
        "{:?}",
        view.problems
    );
    let long = PackEdit {
        id: view.row.id.clone(),
        base: view.commit.clone(),
        changes: vec![PackChange::Put {
            thing: None,
            text: "x".repeat(70_000),
        }],
    };
    assert_eq!(packs.edit(&long).unwrap_err().code, Code::TooLarge);
}

#[test]
fn packs_of_a_library_that_cannot_be_written_can_be_read() {
    let mut test = TestLibrary::new();
    let library = test.library();
    let view = put(
        library,
        &library.packs().create("House").unwrap(),
        None,
        MOTHFOLK,
    );
    for at in 0..60 {
        test.character(&format!("Wren {at}"));
    }
    let id = view.row.id;
    test.damage();
    let packs = test.library().packs();
    let view = packs.show(&id, None).unwrap();
    assert!(view.newest && !view.editable);
    assert_eq!(view.things.len(), 1);
    assert_eq!(packs.create("More").unwrap_err().code, Code::ReadOnly);
}

#[test]
fn an_srd_thing_can_be_replaced() {
    let test = TestLibrary::new();
    let library = test.library();
    let empty = library.packs().create("Kinder fire").unwrap();
    let spell = library.packs().template("spell").unwrap();
    let view = put(
        library,
        &empty,
        None,
        &spell.replace("New spell", "Fireball"),
    );
    assert_eq!(view.problems, []);
    assert!(view.things[0].replaces.is_some());
    let entry = library.compendium().show("spell", "fireball").unwrap();
    assert_eq!(entry.row.detail, "level 1 evocation");
    assert_eq!(entry.row.pack.as_deref(), Some("Kinder fire"));
}

#[test]
fn a_new_character_is_built_on_every_pack_in_use_and_survives_a_restart() {
    let mut test = TestLibrary::new();
    let (pack, id) = {
        let library = test.library();
        let empty = library.packs().create("House").unwrap();
        let view = put(library, &empty, None, MOTHFOLK);
        let new = NewCharacter {
            display_name: "Nell".to_owned(),
            built: true,
            handle: None,
            kind: sheet::Kind::Character,
            owner: String::new(),
        };
        (view, library.roster().create(&new).unwrap().id)
    };
    test.reopen();
    let library = test.library();
    let shown = library.sheet().packs(&id).unwrap();
    let names: Vec<(&str, PackState)> = shown
        .iter()
        .map(|one| (one.name.as_str(), one.state))
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.contains(&("House", PackState::Current)));
    let level = LevelUp {
        id: id.clone(),
        class: "Rogue".to_owned(),
        hit_points: Default::default(),
    };
    saved(library.sheet().level_up(&level).unwrap());
    let options = library.sheet().options(&id, "/identity/species").unwrap();
    assert!(options.iter().any(|one| one.name == "Mothfolk"));
    assert_eq!(
        library
            .packs()
            .show(&pack.row.id, None)
            .unwrap()
            .things
            .len(),
        1
    );
}
