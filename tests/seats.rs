//! Journeys of those who sit at one computer: seats, who may do what, what the table leaves to whom.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

use serde_json::{Value, json};
use services::Code;
use services::wire::{
    CellEdit, CellOwner, EditOutcome, EditRequest, ImportedAs, OnDuplicate, OwnerRule, Role,
    TableView,
};
use testkit::TestLibrary;

fn seat(table: &TableView, name: &str) -> String {
    let found = table.seats.iter().find(|seat| seat.name == name);
    found.map(|seat| seat.id.clone()).unwrap()
}

fn sit(test: &TestLibrary, name: &str) {
    let library = test.library();
    let id = library.seats().find(name).unwrap();
    library.seats().take(Some(&id)).unwrap();
}

fn reviewed(test: &TestLibrary) -> TableView {
    let seats = test.library().seats();
    seats.add("Iris", Role::Dm).unwrap();
    seats.add("Maren", Role::Player).unwrap();
    let mut rules = seats.view().unwrap().rules;
    rules.review = true;
    seats.set_rules(&rules).unwrap()
}

#[test]
fn seats_who_never_makes_them_meets_none() {
    let test = TestLibrary::new();
    let table = test.library().seats().view().unwrap();
    assert_eq!(
        (table.seats.len(), table.role, table.seated),
        (0, Role::Dm, None)
    );
    let view = test.character("Sorrel");
    test.saved(&view, "/identity/xp", 900);
}

#[test]
fn seats_sign_what_is_changed() {
    let mut test = TestLibrary::new();
    let view = test.character("Sorrel");
    reviewed(&test);
    sit(&test, "Iris");
    let view = test.saved(&view, "/identity/xp", 900);
    assert_eq!(view.sheet.audit_trail[0].author, "Iris");
    test.reopen();
    assert_eq!(
        test.library().seats().view().unwrap().author,
        "Iris",
        "she still sits there"
    );
    let table = test.library().seats().take(None).unwrap();
    assert_eq!(table.seated, None);
    assert_eq!(table.author, "Maren", "the name of the machine's user");
}

#[test]
fn seats_count_the_characters_of_those_who_sit_there() {
    let test = TestLibrary::new();
    test.character("Sorrel");
    test.character("Brannoch");
    let table = reviewed(&test);
    let maren = table
        .seats
        .iter()
        .find(|seat| seat.name == "Maren")
        .unwrap();
    assert_eq!(maren.characters, 2);
}

#[test]
fn seats_players_change_what_is_theirs_and_are_told_how_to_propose_the_rest() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    reviewed(&test);
    sit(&test, "Maren");
    let view = test.saved(&view, "/combat/damage_taken", 3);
    let view = test.saved(
        &view,
        "/identity/personality/backstory",
        "Born in the reeds.",
    );
    let request = EditRequest {
        id: view.id.clone(),
        branch: None,
        base: view.commit.clone(),
        changes: vec![CellEdit::Set {
            path: "/identity/xp".to_owned(),
            value: 900.into(),
        }],
        message: None,
    };
    let refused = test.library().sheet().edit(&request).unwrap_err();
    assert_eq!(refused.code, Code::NeedsReview);
    assert_eq!(refused.cell.as_deref(), Some("/identity/xp"));
    let now = test.library().sheet().show(&view.id).unwrap();
    assert_eq!(now.commit, view.commit, "nothing was written");
    // What the table took from the DM is the player's.
    sit(&test, "Iris");
    let mut rules = test.library().seats().view().unwrap().rules;
    rules.owners.insert(
        0,
        OwnerRule {
            name: "Experience is everybody's".to_owned(),
            pattern: "/identity/xp".to_owned(),
            owner: CellOwner::Free,
        },
    );
    test.library().seats().set_rules(&rules).unwrap();
    sit(&test, "Maren");
    assert!(matches!(
        test.library().sheet().edit(&request).unwrap(),
        EditOutcome::Saved { .. }
    ));
}

#[test]
fn seats_stay_in_order() {
    let test = TestLibrary::new();
    let table = reviewed(&test);
    let seats = test.library().seats();
    let code = |failure: services::Failure| failure.code;
    assert_eq!(
        seats.add(" maren ", Role::Player).map_err(code),
        Err(Code::Invalid)
    );
    assert_eq!(
        seats.add("", Role::Player).map_err(code),
        Err(Code::Invalid)
    );
    assert_eq!(
        seats.take(Some("nobody")).map_err(code),
        Err(Code::NotFound)
    );
    let iris = seat(&table, "Iris");
    let kept = seats.remove(&iris).map_err(code);
    assert_eq!(kept, Err(Code::Invalid), "somebody has to be the DM");
    let kept = seats.change_seat(&iris, "Iris", Role::Player).map_err(code);
    assert_eq!(kept, Err(Code::Invalid));
    sit(&test, "Maren");
    let kept = seats.add("Tom", Role::Dm).map_err(code);
    assert_eq!(kept, Err(Code::NotAllowed), "seats are the DM's");
    let mut rules = table.rules.clone();
    rules.review = false;
    assert_eq!(seats.set_rules(&rules).map_err(code), Err(Code::NotAllowed));
    sit(&test, "Iris");
    rules.owners[0].pattern = "combat".to_owned();
    assert_eq!(seats.set_rules(&rules).map_err(code), Err(Code::Invalid));
    let table = seats.remove(&seat(&table, "Maren")).unwrap();
    assert_eq!(table.seats.len(), 1);
    let table = seats.remove(&iris).unwrap();
    assert_eq!((table.seats.len(), table.seated), (0, None));
}

#[test]
fn seats_packs_are_the_dms_where_the_dm_reviews() {
    let test = TestLibrary::new();
    let packs = test.library().packs();
    let house = packs.create("House").unwrap();
    reviewed(&test);
    sit(&test, "Maren");
    assert_eq!(packs.create("Mine").unwrap_err().code, Code::NotAllowed);
    let refused = packs.archive(&house.row.id, false).unwrap_err();
    assert_eq!(refused.code, Code::NotAllowed);
    assert!(packs.show(&house.row.id, None).unwrap().row.active);
    sit(&test, "Iris");
    assert!(!packs.archive(&house.row.id, false).unwrap().active);
}

#[test]
fn seats_secrets_are_neither_shown_nor_handed_out_nor_written_over() {
    const SECRET: &str = "/record/persona/system_prompt";
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, SECRET, "She lies about the bridge.");
    reviewed(&test);
    sit(&test, "Maren");
    let (sheet, exchange) = (test.library().sheet(), test.library().exchange());
    let shown = serde_json::to_string(&sheet.show(&view.id).unwrap()).unwrap();
    assert!(!shown.contains("bridge"), "{shown}");
    let file = exchange.export(std::slice::from_ref(&view.id)).unwrap();
    assert!(!String::from_utf8_lossy(&file).contains("bridge"));
    for (cell, value) in [
        (SECRET, json!("She never lies.")),
        (
            "/record/persona",
            json!({"system_prompt": "She never lies."}),
        ),
    ] {
        let request = EditRequest {
            id: view.id.clone(),
            branch: None,
            base: view.commit.clone(),
            changes: vec![CellEdit::Set {
                path: cell.to_owned(),
                value,
            }],
            message: None,
        };
        let refused = sheet.edit(&request).unwrap_err();
        assert_eq!(refused.code, Code::NotAllowed, "{cell}");
    }
    // A file that was handed out comes back with what its holder may change, and leaves the secret where it is.
    let text = String::from_utf8(file).unwrap();
    let mut file: Value = serde_json::from_str(&text).unwrap();
    file["characters"][0]["notes"] = json!("We met Hask.");
    let bytes = serde_json::to_vec(&file).unwrap();
    let report = exchange.import(&bytes, OnDuplicate::Update).unwrap();
    assert_eq!(report.characters[0].result, ImportedAs::Updated);
    sit(&test, "Iris");
    let source = &sheet.show(&view.id).unwrap().source;
    assert_eq!(source.notes, "We met Hask.");
    assert_eq!(
        source.record.persona.system_prompt,
        "She lies about the bridge."
    );
}

#[test]
fn seats_a_file_is_no_way_around_the_review() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    reviewed(&test);
    sit(&test, "Maren");
    let exchange = test.library().exchange();
    let file = exchange.export(std::slice::from_ref(&view.id)).unwrap();
    let mut file: Value = serde_json::from_slice(&file).unwrap();
    file["characters"][0]["identity"] = json!({"xp": 900});
    let bytes = serde_json::to_vec(&file).unwrap();
    let report = exchange.import(&bytes, OnDuplicate::Update).unwrap();
    let ImportedAs::Refused { failure } = &report.characters[0].result else {
        panic!("{report:?}")
    };
    assert_eq!(failure.code, Code::NeedsReview);
    let now = test.library().sheet().show(&view.id).unwrap();
    assert_eq!((now.commit, now.source.identity.xp), (view.commit, 0));
}

#[test]
fn seats_what_the_table_gave_to_the_dm_is_archived_by_the_dm() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let mut rules = reviewed(&test).rules;
    rules.owners.insert(
        0,
        OwnerRule {
            name: "Who is in play".to_owned(),
            pattern: "/record/active".to_owned(),
            owner: CellOwner::Dm,
        },
    );
    test.library().seats().set_rules(&rules).unwrap();
    sit(&test, "Maren");
    let roster = test.library().roster();
    let refused = roster.archive(&view.id).unwrap_err();
    assert_eq!(refused.code, Code::NeedsReview);
    sit(&test, "Iris");
    assert!(!roster.archive(&view.id).unwrap().active);
}
