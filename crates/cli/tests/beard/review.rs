//! Seats and change requests from the command line: proposed, talked over, accepted in part, merged.

use crate::run::Beard;

#[test]
fn a_proposal_is_reviewed_and_merged() {
    let beard = Beard::new();
    shows!("seats_none", beard.does(["seats"]));
    shows!("requests_none", beard.does(["request", "list"]));
    beard.does(["new", "Sorrel", "--owner", "Maren"]);
    beard.does(["seats", "add", "Iris", "--dm"]);
    beard.does(["seats", "add", "Maren"]);
    beard.does(["seats", "review", "on"]);
    shows!("seats_taken", beard.does(["seats", "take", "maren"]));
    let refused = beard.run(["set", "sorrel", "/identity/xp", "900"]);
    assert!(refused.err.contains("the DM reviews"), "{}", refused.err);
    beard.does(["branch", "new", "sorrel", "twin blades"]);
    beard.does(["switch", "sorrel", "twin blades"]);
    beard.does(["set", "sorrel", "/identity/xp", "900"]);
    beard.does(["set", "sorrel", "/abilities/scores/constitution", "14"]);
    beard.does(["set", "sorrel", "/notes", "It rained."]);
    beard.does(["request", "open", "sorrel", "--title", "Level 3"]);
    beard.refuses(4, ["request", "approve", "1"]);
    beard.does(["seats", "take", "Iris"]);
    beard.does([
        "request",
        "say",
        "1",
        "Too \u{202e}much?",
        "--on",
        "/identity/xp",
        "--suggest",
        "600",
    ]);
    beard.does(["request", "accept", "1", "/abilities/scores/constitution"]);
    let talk = beard.json(["request", "show", "#1"])["threads"][0]["id"].clone();
    let talk = talk.as_str().unwrap();
    shows!("request", beard.does(["request", "show", "1"]));
    beard.refuses(4, ["request", "merge", "1"]);
    beard.does(["request", "settle", "1", talk]);
    beard.does(["request", "decline", "1", "/identity/xp"]);
    beard.does(["request", "approve", "1"]);
    shows!("requests", beard.does(["request", "list"]));
    shows!("request_queue", beard.does(["request", "queue"]));
    beard.does(["switch", "sorrel", "main"]);
    let sheet = beard.json(["show", "sorrel"]);
    assert_eq!(sheet["statistics"]["ability_scores"]["constitution"], 14);
    assert_eq!(sheet["identity"]["xp"], 0, "declined");
    assert!(!beard.does(["request", "show", "1"]).contains('\u{202e}'));
    beard.refuses(3, ["request", "show", "7"]);
    beard.refuses(3, ["seats", "take", "nobody"]);
}
