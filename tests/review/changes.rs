//! Journeys of single changes under review: suggested otherwise, in conflict, objected to by the rules, in need of others.

use std::collections::BTreeMap;

use serde_json::json;
use services::Code;
use services::wire::{Decision, RequestAct, RequestState, Suggest, Verdict};

use super::{SCORE, Table, XP, change, verdicts};

#[test]
fn review_a_suggestion_is_taken_with_one_click() {
    let table = Table::new();
    let branch = table.branch("silver");
    table.set(&branch, "/equipment/currency/gp", 250);
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    let say = RequestAct::Say {
        thread: None,
        path: Some("/equipment/currency/gp".to_owned()),
        text: "Silvering costs 100 gp.".to_owned(),
        suggest: Some(Suggest {
            value: Some(json!(212)),
        }),
    };
    let view = table.act(&id, say);
    let thread = view.threads[0].clone();
    assert_eq!(thread.remarks[0].suggestion.as_ref().unwrap().text, "212");
    assert!(
        view.hindrances.iter().any(|one| one.contains("talk")),
        "{:?}",
        view.hindrances
    );
    table.act(
        &id,
        verdicts(&[("/equipment/currency/gp", Verdict::Accept)]),
    );

    table.sit("Maren");
    let take = RequestAct::TakeSuggestion {
        thread: thread.id.clone(),
        remark: thread.remarks[0].id.clone(),
    };
    let view = table.act(&id, take.clone());
    assert_eq!(
        change(&view, "/equipment/currency/gp").change.after,
        Some(json!(212))
    );
    let talk = &view.threads[0];
    assert!(talk.settled);
    assert_eq!(
        talk.remarks[0]
            .suggestion
            .as_ref()
            .unwrap()
            .taken_by
            .as_deref(),
        Some("Maren")
    );
    let on_branch = table
        .test
        .library()
        .sheet()
        .show_at(&table.sorrel, &view.source.commit)
        .unwrap();
    let last = &on_branch.sheet.audit_trail[0];
    assert_eq!(
        (last.author.as_str(), last.detail.as_str()),
        ("Maren", "Gold, as Iris suggested")
    );
    assert_eq!(table.refuses(&id, take).code, Code::Invalid, "once");
}

/// Maren proposes an orc, while Iris made an elf of her on main.
fn of_another_species() -> (Table, String) {
    let table = Table::new();
    let branch = table.branch("Next of kin");
    table.set(&branch, "/identity/species", "Orc");
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    table.set("main", "/identity/species", "Elf");
    (table, id)
}

#[test]
fn review_a_conflict_is_decided_and_the_decision_merged() {
    let (table, id) = of_another_species();
    let view = table.show(&id);
    assert_eq!(view.row.conflicts, 1);
    let conflict = change(&view, "/identity/species").conflict.clone().unwrap();
    let texts: Vec<_> = conflict
        .sides
        .iter()
        .map(|side| side.text.as_str())
        .collect();
    assert_eq!(
        (conflict.base_text.as_str(), texts.as_slice()),
        ("", ["Elf", "Orc"].as_slice())
    );
    let theirs = &conflict.sides[1];
    assert_eq!(
        (theirs.from.as_str(), theirs.author.as_str()),
        ("Next of kin", "Maren"),
        "as people call the line, and who proposes it"
    );
    table.act(&id, verdicts(&[("/identity/species", Verdict::Accept)]));
    assert_eq!(table.refuses(&id, RequestAct::Approve).code, Code::Invalid);
    let decisions = BTreeMap::from([(
        "/identity/species".to_owned(),
        Some(Decision::Side { side: 1 }),
    )]);
    table.act(&id, RequestAct::Decide { decisions });
    table.act(&id, RequestAct::Approve);
    table.act(&id, RequestAct::Merge);
    assert_eq!(table.main().source.identity.species, "Orc");
}

#[test]
fn review_the_rules_object_and_the_dm_allows_it() {
    let table = Table::new();
    let branch = table.branch("rings");
    for (n, name) in ["One", "Two", "Three", "Four"].into_iter().enumerate() {
        let ring =
            json!({"name": format!("Ring {name}"), "requires_attunement": true, "attuned": true});
        table.set(&branch, &format!("/equipment/magical_items/r{n}"), ring);
    }
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    let rings: Vec<String> = (0..4)
        .map(|n| format!("/equipment/magical_items/r{n}"))
        .collect();
    let all: Vec<_> = rings
        .iter()
        .map(|ring| (ring.as_str(), Verdict::Accept))
        .collect();
    table.act(&id, verdicts(&all));
    let view = table.act(&id, RequestAct::Approve);
    assert_eq!(view.row.violations, 1, "{:#?}", view.checks);
    let violation = view
        .checks
        .iter()
        .find_map(|check| check.violation.clone())
        .unwrap();
    assert!(
        !violation.fixes.is_empty(),
        "leaving one out mends it: {violation:#?}"
    );
    assert_eq!(table.refuses(&id, RequestAct::Merge).code, Code::Invalid);
    let allow = RequestAct::Allow {
        key: violation.key.clone(),
        reason: "The fourth is a keepsake.".to_owned(),
    };
    let view = table.act(&id, allow);
    assert_eq!(view.row.violations, 0);
    let view = table.act(&id, RequestAct::Merge);
    assert_eq!(view.row.state, RequestState::Merged);
    let main = table.main();
    assert_eq!(main.source.equipment.magical_items.0.len(), 4);
}

#[test]
fn review_what_an_accepted_change_needs_is_offered() {
    let table = Table::new();
    let branch = table.branch("chest");
    let chest = json!({"name": "Chest", "kind": "container", "quantity": 1});
    table.set(&branch, "/equipment/inventory/chest", chest);
    let rope = json!({"name": "Rope", "kind": "gear", "quantity": 1, "container": "chest"});
    table.set(&branch, "/equipment/inventory/rope", rope);
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    let view = table.act(
        &id,
        verdicts(&[("/equipment/inventory/rope", Verdict::Accept)]),
    );
    let rope = change(&view, "/equipment/inventory/rope");
    assert_eq!(rope.needs, ["/equipment/inventory/chest"]);
    let view = table.act(
        &id,
        verdicts(&[("/equipment/inventory/chest", Verdict::Accept)]),
    );
    assert!(change(&view, "/equipment/inventory/rope").needs.is_empty());
}

#[test]
fn review_a_conflict_has_one_value() {
    let (table, id) = of_another_species();
    let decisions = BTreeMap::from([("/identity/species".to_owned(), Some(Decision::Both))]);
    let refused = table.refuses(&id, RequestAct::Decide { decisions });
    assert_eq!(refused.code, Code::Invalid);
    assert_eq!(table.show(&id).row.conflicts, 1, "it still waits");
}

#[test]
fn review_what_was_taken_back_still_says_how_much_it_was() {
    let table = Table::new();
    let branch = table.branch("level");
    table.set(&branch, SCORE, 14);
    table.set(&branch, XP, 900);
    let id = table.propose(&branch).row.id;
    let view = table.act(&id, RequestAct::Withdraw);
    assert_eq!(view.row.changes, 2);
    table.sit("Iris");
    table.set("main", SCORE, 14);
    let inbox = table.test.library().review().inbox().unwrap();
    assert_eq!(inbox.over[0].changes, 2, "as it was then");
}

#[test]
fn review_only_what_the_rules_object_to_can_be_allowed() {
    let table = Table::new();
    let branch = table.branch("level");
    table.set(&branch, SCORE, 14);
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    let allow = RequestAct::Allow {
        key: "anything".to_owned(),
        reason: "Because.".to_owned(),
    };
    assert_eq!(table.refuses(&id, allow).code, Code::NotFound);
    table.act(&id, verdicts(&[(SCORE, Verdict::Accept)]));
    table.act(&id, RequestAct::Approve);
    table.act(&id, RequestAct::Merge);
    assert!(table.main().source.allowances.is_empty());
}
