//! Journeys along boards: versions side by side, and single cells picked from one to another.

use serde_json::json;
use services::Code;
use testkit::{TestLibrary, saved};

use super::{branch, set, stand};

#[test]
fn a_board_shows_versions_side_by_side_and_cells_are_picked_from_it() {
    let test = TestLibrary::new();
    let id = test.character("Sorrel").id;
    set(&test, &id, &[("/abilities/scores/dexterity", json!(12))]);
    branch(&test, &id, "Nimble");
    set(
        &test,
        &id,
        &[
            ("/abilities/scores/dexterity", json!(16)),
            (
                "/equipment/inventory/bow",
                json!({"name": "Longbow", "rank": "a", "quantity": 1}),
            ),
        ],
    );
    stand(&test, &id, "main");
    branch(&test, &id, "Tough");
    set(&test, &id, &[("/abilities/scores/constitution", json!(16))]);
    stand(&test, &id, "main");

    let sides = ["main", "nimble", "tough"].map(str::to_owned);
    let board = test.library().history().board(&id, &sides).unwrap();
    let titles: Vec<&str> = board.sides.iter().map(|s| s.side.title.as_str()).collect();
    assert_eq!(titles, ["main", "Nimble", "Tough"]);
    let row = |path: &str| board.rows.iter().find(|row| row.path == path).unwrap();
    let texts = |path: &str| -> Vec<String> {
        let values = row(path).values.iter();
        values.map(|v| v.clone().unwrap_or_default()).collect()
    };
    assert_eq!(texts("/combat/armor_class"), ["11", "13", "11"]);
    assert!(row("/combat/armor_class").derived && row("/combat/armor_class").differs);
    assert!(!row("/combat/speed").differs, "everybody asks for it");
    assert_eq!(texts("/abilities/scores/dexterity"), ["12", "16", "12"]);
    assert_eq!(texts("/equipment/inventory/bow"), ["", "Longbow", ""]);

    let pick =
        |onto: &str, from: &str, path: &str| test.library().history().pick(&id, onto, from, path);
    // A cell of a thing that the branch lacks brings the thing.
    let view = saved(pick("tough", "nimble", "/equipment/inventory/bow/quantity").unwrap());
    assert_eq!(view.branch, "tough");
    assert_eq!(
        view.source.equipment.inventory.get("bow").unwrap().name,
        "Longbow"
    );
    assert_eq!(
        view.sheet.audit_trail[0].detail,
        "Picked Longbow from Nimble"
    );
    let view = saved(pick("tough", "nimble", "/abilities/scores/dexterity").unwrap());
    assert_eq!(view.source.abilities.scores.dexterity, 16);
    assert_eq!(view.source.abilities.scores.constitution, 16);
    let error = pick("tough", "nimble", "/combat/armor_class").unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let one = ["main".to_owned()];
    assert_eq!(
        test.library().history().board(&id, &one).unwrap_err().code,
        Code::Invalid
    );
}
