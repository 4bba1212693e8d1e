//! Journeys of change requests: proposed, talked over, accepted in part, merged, and what happens around them.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

#[path = "review/changes.rs"]
mod changes;

use serde_json::{Value, json};
use services::wire::{
    CellEdit, EditOutcome, EditRequest, NewBranch, NewRequest, RequestAct, RequestState,
    RequestView, ReviewChange, Role, SheetView, Suggest, Verdict,
};
use services::{Code, Failure};
use testkit::TestLibrary;

/// A table of Iris, who runs the game, and Maren, who plays Sorrel.
struct Table {
    test: TestLibrary,
    sorrel: String,
}

impl Table {
    fn new() -> Table {
        let test = TestLibrary::new();
        let view = test.character("Sorrel");
        let view = test.saved(&view, "/abilities/scores/constitution", 13);
        let view = test.saved(&view, "/equipment/currency/gp", 100);
        let seats = test.library().seats();
        seats.add("Iris", Role::Dm).unwrap();
        seats.add("Maren", Role::Player).unwrap();
        let mut rules = seats.view().unwrap().rules;
        rules.review = true;
        seats.set_rules(&rules).unwrap();
        let table = Table {
            test,
            sorrel: view.id,
        };
        table.sit("Maren");
        table
    }

    fn sit(&self, name: &str) {
        let seats = self.test.library().seats();
        seats.take(Some(&seats.find(name).unwrap())).unwrap();
    }

    fn branch(&self, title: &str) -> String {
        let history = self.test.library().history();
        let lines = history
            .branch(&NewBranch {
                id: self.sorrel.clone(),
                title: title.to_owned(),
                ..NewBranch::default()
            })
            .unwrap();
        lines
            .branches
            .iter()
            .find(|line| line.title == title)
            .unwrap()
            .name
            .clone()
    }

    fn set(&self, branch: &str, cell: &str, value: impl Into<Value>) -> SheetView {
        let lines = self.test.library().history().lines(&self.sorrel).unwrap();
        let head = lines
            .branches
            .iter()
            .find(|line| line.name == branch)
            .unwrap();
        let outcome = self.test.library().sheet().edit(&EditRequest {
            id: self.sorrel.clone(),
            branch: Some(branch.to_owned()),
            base: head.head.clone(),
            changes: vec![CellEdit::Set {
                path: cell.to_owned(),
                value: value.into(),
            }],
            message: None,
        });
        match outcome.unwrap() {
            EditOutcome::Saved { view, .. } => *view,
            other => panic!("{cell} was not saved: {other:?}"),
        }
    }

    fn propose(&self, branch: &str) -> RequestView {
        let ask = NewRequest {
            character: self.sorrel.clone(),
            branch: branch.to_owned(),
            title: "Level 7 and loot".to_owned(),
            ..NewRequest::default()
        };
        self.test.library().review().open(&ask).unwrap()
    }

    fn act(&self, id: &str, act: RequestAct) -> RequestView {
        self.test.library().review().act(id, &act).unwrap()
    }

    fn refuses(&self, id: &str, act: RequestAct) -> Failure {
        self.test.library().review().act(id, &act).unwrap_err()
    }

    fn show(&self, id: &str) -> RequestView {
        self.test.library().review().show(id).unwrap()
    }

    fn main(&self) -> SheetView {
        self.test.library().sheet().show(&self.sorrel).unwrap()
    }
}

fn verdicts(of: &[(&str, Verdict)]) -> RequestAct {
    let verdicts = of
        .iter()
        .map(|(path, verdict)| ((*path).to_owned(), Some(verdict.clone())));
    RequestAct::Verdicts {
        verdicts: verdicts.collect(),
    }
}

fn change<'a>(view: &'a RequestView, path: &str) -> &'a ReviewChange {
    let mut all = view.sections.iter().flat_map(|section| &section.changes);
    all.find(|one| one.change.path == path)
        .unwrap_or_else(|| panic!("no change of {path}: {:#?}", view.sections))
}

const SCORE: &str = "/abilities/scores/constitution";
const XP: &str = "/identity/xp";
const STORY: &str = "/identity/personality/backstory";

#[test]
fn review_from_proposal_to_merge_with_a_part_declined() {
    let table = Table::new();
    let branch = table.branch("twin blades");
    table.set(&branch, SCORE, 14);
    table.set(&branch, XP, 900);
    table.set(&branch, STORY, "Born in the reeds.");
    let view = table.propose(&branch);
    assert_eq!((view.row.number, view.row.state), (1, RequestState::Open));
    assert_eq!((view.row.changes, view.undecided), (3, 2));
    assert_eq!(
        change(&view, STORY).by_rule.as_deref(),
        Some("no review needed")
    );
    let all: Vec<_> = view
        .sections
        .iter()
        .flat_map(|one| &one.consequences)
        .collect();
    assert!(
        all.iter()
            .any(|one| one.label.contains("Constitution save") && one.because == [SCORE]),
        "{all:#?}"
    );
    let id = view.row.id.clone();
    let refused = table.refuses(&id, RequestAct::Approve);
    assert_eq!(
        refused.code,
        Code::NotAllowed,
        "the player does not approve"
    );

    table.sit("Iris");
    let inbox = table.test.library().review().inbox().unwrap();
    assert_eq!(inbox.waiting.len(), 1);
    let refused = table.refuses(&id, RequestAct::Approve);
    assert_eq!(refused.message, "2 changes wait for a verdict.");
    table.act(
        &id,
        verdicts(&[(SCORE, Verdict::Accept), (XP, Verdict::Reject)]),
    );
    let view = table.act(&id, RequestAct::Approve);
    assert_eq!(
        (view.row.state, view.row.fresh),
        (RequestState::Approved, true)
    );
    let view = table.act(&id, RequestAct::Merge);
    assert_eq!(view.row.state, RequestState::Merged);
    let main = table.main();
    assert_eq!(view.merged.as_deref(), Some(main.commit.as_str()));
    assert_eq!(main.source.abilities.scores.constitution, 14);
    assert_eq!(
        main.source.identity.personality.backstory,
        "Born in the reeds."
    );
    assert_eq!(main.source.identity.xp, 0, "declined");
    let texts: Vec<_> = view
        .steps
        .iter()
        .map(|step| (step.author.as_str(), step.text.as_str()))
        .collect();
    assert_eq!(
        texts,
        [
            ("Maren", "Proposed twin blades"),
            ("Iris", "Gave verdicts on 2 changes"),
            ("Iris", "Approved it"),
            ("Iris", "Merged it without 1 of 3 changes"),
        ]
    );

    // What was declined is settled: the same line proposed again does not bring it back.
    table.sit("Maren");
    table.set(&branch, "/identity/alignment", "Neutral Good");
    let again = table.propose(&branch);
    assert_eq!(again.row.changes, 1, "{:#?}", again.sections);
    change(&again, "/identity/alignment");

    // And it can be taken back like any step.
    table.sit("Iris");
    let EditOutcome::Saved { view, .. } = table.test.library().sheet().undo(&table.sorrel).unwrap()
    else {
        panic!("the merge was not taken back")
    };
    assert_eq!(view.source.abilities.scores.constitution, 13);
}

#[test]
fn review_a_long_rest_leaves_an_approval_alone_and_a_new_change_does_not() {
    let table = Table::new();
    let branch = table.branch("level");
    table.set(&branch, SCORE, 14);
    let id = table.propose(&branch).row.id;
    table.sit("Iris");
    table.act(&id, verdicts(&[(SCORE, Verdict::Accept)]));
    table.act(&id, RequestAct::Approve);
    table.set("main", "/combat/damage_taken", 5);
    assert!(table.show(&id).row.fresh, "a wound on main");
    table.sit("Maren");
    table.set(&branch, SCORE, 15);
    let view = table.show(&id);
    assert!(!view.row.fresh);
    table.sit("Iris");
    let refused = table.refuses(&id, RequestAct::Merge);
    assert!(
        refused.message.contains("changed since it was approved"),
        "{refused:?}"
    );
    table.act(&id, RequestAct::Approve);
    table.act(&id, RequestAct::Merge);
    assert_eq!(table.main().source.abilities.scores.constitution, 15);
    assert_eq!(table.main().source.combat.damage_taken, 5);
}

#[test]
fn review_the_queue_merges_in_order_and_checks_each_again() {
    let table = Table::new();
    let mut ids = Vec::new();
    for (title, species) in [("first", "Orc"), ("second", "Elf")] {
        let branch = table.branch(title);
        table.set(&branch, "/identity/species", species);
        ids.push(table.propose(&branch).row.id);
    }
    let branch = table.branch("third");
    table.set(&branch, SCORE, 15);
    ids.push(table.propose(&branch).row.id);
    table.sit("Iris");
    for (id, cell) in ids
        .iter()
        .zip(["/identity/species", "/identity/species", SCORE])
    {
        table.act(id, verdicts(&[(cell, Verdict::Accept)]));
        table.act(id, RequestAct::Approve);
    }
    let done = table.test.library().review().queue().unwrap();
    let merged: Vec<_> = done.requests.iter().map(|line| line.merged).collect();
    assert_eq!(merged, [true, false, true], "{done:#?}");
    assert!(!done.requests[1].why.is_empty());
    assert_eq!(table.main().source.identity.species, "Orc");
    assert_eq!(table.main().source.abilities.scores.constitution, 15);
}

#[test]
fn review_what_is_accepted_by_rule_needs_no_dm() {
    let table = Table::new();
    table.sit("Iris");
    let seats = table.test.library().seats();
    let mut rules = seats.view().unwrap().rules;
    rules.auto[0].active = true;
    seats.set_rules(&rules).unwrap();
    table.sit("Maren");
    let branch = table.branch("shopping");
    table.set(&branch, "/equipment/currency/gp", 60);
    let view = table.propose(&branch);
    assert!(view.row.by_rule, "{:#?}", view.sections);
    let view = table.act(&view.row.id, RequestAct::Merge);
    assert_eq!(view.row.state, RequestState::Merged);
    let branch = table.branch("plate armor");
    table.set(&branch, "/equipment/currency/gp", 1);
    let view = table.propose(&branch);
    assert!(!view.row.by_rule);
    let refused = table.refuses(&view.row.id, RequestAct::Merge);
    assert_eq!(refused.code, Code::Invalid);
}

#[test]
fn review_drafts_are_their_authors_and_what_is_over_can_be_opened_again() {
    let table = Table::new();
    let branch = table.branch("idea");
    table.set(&branch, SCORE, 14);
    let review = table.test.library().review();
    let ask = NewRequest {
        character: table.sorrel.clone(),
        branch,
        title: "An idea".to_owned(),
        draft: true,
        ..NewRequest::default()
    };
    let view = review.open(&ask).unwrap();
    assert_eq!(
        review.open(&ask).unwrap_err().code,
        Code::Invalid,
        "one request a line"
    );
    table.sit("Iris");
    let inbox = review.inbox().unwrap();
    assert!(inbox.waiting.is_empty() && inbox.others.is_empty());
    table.sit("Maren");
    table.act(&view.row.id, RequestAct::Open);
    let view = table.act(&view.row.id, RequestAct::Withdraw);
    assert_eq!(view.row.state, RequestState::Withdrawn);
    let inbox = review.inbox().unwrap();
    assert_eq!(inbox.over.len(), 1);
    let view = table.act(&view.row.id, RequestAct::Open);
    assert_eq!(view.row.state, RequestState::Open);
    let mut bad = ask.clone();
    bad.branch = "main".to_owned();
    assert_eq!(review.open(&bad).unwrap_err().code, Code::Invalid);
    bad.branch = "nowhere".to_owned();
    assert_eq!(review.open(&bad).unwrap_err().code, Code::NotFound);
}

#[test]
fn review_shows_secrets_to_the_dm_alone_and_merges_them_all_the_same() {
    const SECRET: &str = "/record/persona/system_prompt";
    let table = Table::new();
    let branch = table.branch("a voice");
    table.sit("Iris");
    table.set(&branch, SECRET, "She lies about the bridge.");
    table.set(&branch, STORY, "Born in the reeds.");
    let asked = table.propose(&branch);
    let id = asked.row.id.clone();
    let say = RequestAct::Say {
        thread: None,
        path: Some(SECRET.to_owned()),
        text: "She knows.".to_owned(),
        suggest: None,
    };
    let view = table.act(&id, say);
    let suggest = RequestAct::Say {
        thread: Some(view.threads[0].id.clone()),
        path: None,
        text: String::new(),
        suggest: Some(Suggest {
            value: Some(json!("She never lies about the bridge.")),
        }),
    };
    let view = table.act(&id, suggest);
    assert_eq!((view.row.changes, view.threads.len()), (2, 1));
    let settle = RequestAct::Settle {
        thread: view.threads[0].id.clone(),
        settled: true,
    };
    table.act(&id, settle);

    table.sit("Maren");
    let view = table.show(&id);
    assert!(
        !serde_json::to_string(&view.sections)
            .unwrap()
            .contains("lies about")
    );
    let steps = serde_json::to_string(&view.steps).unwrap();
    assert!(
        !steps.contains("knows") && !steps.contains("bridge"),
        "{steps}"
    );
    let history = table.test.library().history();
    let log = history.graph(&table.sorrel, None, 50).unwrap();
    let log = serde_json::to_string(&log).unwrap();
    assert!(!log.contains("lies about"), "{log}");
    assert_eq!((view.row.changes, view.accepted), (1, 1));
    assert!(view.threads.is_empty());

    table.sit("Iris");
    let view = table.act(&id, RequestAct::Merge);
    assert_eq!(view.row.state, RequestState::Merged);
    let shown = serde_json::to_value(table.main()).unwrap();
    assert!(shown.to_string().contains("She lies about the bridge."));
}

#[test]
fn review_says_first_what_everybody_asks_for() {
    let table = Table::new();
    let branch = table.branch("a level");
    table.set(&branch, SCORE, 14);
    let view = table.propose(&branch);
    let vitals: Vec<_> = view
        .vitals
        .iter()
        .map(|vital| (vital.label.as_str(), vital.now.as_str()))
        .collect();
    assert!(vitals.contains(&("Proficiency bonus", "+2")), "{vitals:?}");
    assert!(vitals.contains(&("Gold", "100")), "{vitals:?}");
    assert!(
        view.vitals
            .iter()
            .all(|vital| vital.label != "Spell save DC"),
        "who casts nothing has no save"
    );
}

#[test]
fn review_what_two_do_at_once_happens_once() {
    let table = Table::new();
    let branch = table.branch("level");
    table.set(&branch, SCORE, 14);
    let id = table.propose(&branch).row.id;
    let start = std::sync::Barrier::new(8);
    let done: Vec<bool> = std::thread::scope(|scope| {
        let each = || {
            start.wait();
            let review = table.test.library().review();
            review.act(&id, &RequestAct::Withdraw).is_ok()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(each)).collect();
        threads.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
}

#[test]
fn review_a_proposal_does_not_bring_in_a_handle_that_another_has() {
    let table = Table::new();
    let branch = table.branch("a new name");
    table.set(&branch, "/record/handle", "wren");
    let id = table.propose(&branch).row.id;
    let wren = table.test.character("Wren");
    assert_eq!(wren.source.record.handle, "wren");
    table.sit("Iris");
    table.act(&id, verdicts(&[("/record/handle", Verdict::Accept)]));
    table.act(&id, RequestAct::Approve);
    let refused = table.refuses(&id, RequestAct::Merge);
    assert_eq!(refused.code, Code::HandleTaken);
    assert_eq!(table.show(&id).row.state, RequestState::Approved);
    assert_ne!(table.main().source.record.handle, "wren");
}
