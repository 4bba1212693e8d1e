//! Journeys through what was: the readable list, paging, comparing; branches and milestones; what is drawn, taken back and restored.

#![allow(clippy::unwrap_used)] // a test: failing is its way to speak

#[path = "history/lines.rs"]
mod lines;
#[path = "history/past.rs"]
mod past;
#[path = "history/restore.rs"]
mod restore;

use services::wire::ChangeTone;
use testkit::TestLibrary;

#[test]
fn history_reads_like_a_list_of_what_happened() {
    let test = TestLibrary::new();
    let view = test.character("Sorrel");
    let view = test.saved(&view, "/abilities/scores/constitution", 14);
    let view = test.saved(&view, "/identity/species", "Elf");
    let page = test
        .library()
        .history()
        .list(&view.id, None, 0, None)
        .unwrap();
    assert_eq!(page.total, 3);
    assert_eq!(page.next, None);
    let [group] = page.groups.as_slice() else {
        panic!("one sitting: {:?}", page.groups)
    };
    assert_eq!(group.title, "The beginning");
    assert_eq!(group.author, "Maren");
    let titles: Vec<_> = group
        .commits
        .iter()
        .map(|c| (c.version, c.title.as_str()))
        .collect();
    assert_eq!(
        titles,
        [
            (3, "Species: Elf"),
            (2, "Constitution 10 → 14"),
            (1, "Created")
        ]
    );
    let lines = &group.commits[1].changes;
    let scores = lines.iter().filter(|l| l.label == "Constitution").count();
    assert_eq!(
        scores, 1,
        "what was changed is not told again as its own consequence: {lines:?}"
    );
    assert!(
        lines
            .iter()
            .any(|l| l.tone == ChangeTone::Consequence && l.label == "Constitution save")
    );
}

#[test]
fn a_sitting_is_called_by_what_it_touched_and_never_by_a_bare_number() {
    let test = TestLibrary::new();
    let view = test.character("Bran");
    let view = test.saved(&view, "/combat/exhaustion", 1);
    let view = test.saved(&view, "/combat/temporary_hp", 4);
    let view = test.saved(&view, "/combat/exhaustion", 2);
    // Narrowed to what happened in the fight, so that the beginning is left out.
    let page = test
        .library()
        .history()
        .list(&view.id, None, 0, Some("/combat"))
        .unwrap();
    assert_eq!(page.groups[0].commits.len(), 3);
    assert_eq!(page.groups[0].title, "Exhaustion, Temporary HP");
}

#[test]
fn history_comes_in_pages_and_by_cell() {
    let test = TestLibrary::new();
    let mut view = test.character("Sorrel");
    for xp in 1..=12 {
        view = test.saved(&view, "/identity/xp", xp);
    }
    view = test.saved(&view, "/identity/species", "Elf");
    let mut versions = Vec::new();
    let mut from: Option<String> = None;
    loop {
        let page = test
            .library()
            .history()
            .list(&view.id, from.as_deref(), 5, None)
            .unwrap();
        versions.extend(
            page.groups
                .iter()
                .flat_map(|g| g.commits.iter().map(|c| c.version)),
        );
        match page.next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    assert_eq!(versions, (1..=14).rev().collect::<Vec<_>>());
    let species = test
        .library()
        .history()
        .list(&view.id, None, 0, Some("/identity/species"))
        .unwrap();
    let found: Vec<_> = species
        .groups
        .iter()
        .flat_map(|g| &g.commits)
        .map(|c| c.version)
        .collect();
    assert_eq!(found, [14]);
}

#[test]
fn two_versions_can_be_compared() {
    let test = TestLibrary::new();
    let one = test.character("Sorrel");
    let two = test.saved(&one, "/abilities/scores/dexterity", 14);
    let lines = test
        .library()
        .history()
        .compare(&one.id, &one.commit, &two.commit)
        .unwrap();
    assert_eq!(
        (lines[0].before.as_str(), lines[0].after.as_str()),
        ("10", "14")
    );
    assert!(
        lines
            .iter()
            .any(|line| line.path == "/combat/initiative" && line.after == "2")
    );
    let back = test
        .library()
        .history()
        .compare(&one.id, &two.commit, &one.commit)
        .unwrap();
    assert_eq!(
        (back[0].before.as_str(), back[0].after.as_str()),
        ("14", "10")
    );
}
