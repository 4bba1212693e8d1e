//! Coins.

use rules::play::{Action, Coin};
use serde_json::{Value, json};
use sheet::source::Currency;

use crate::{Table, told};

fn purse(coins: &[(&str, i64)]) -> Table {
    let coins: serde_json::Map<String, Value> = coins
        .iter()
        .map(|(coin, count)| ((*coin).to_owned(), Value::from(*count)))
        .collect();
    Table::of(json!({"equipment": {"currency": coins}}))
}

fn held(table: &Table) -> Vec<(&str, i32)> {
    let coins = &table.derived.sheet.equipment.currency;
    [
        ("cp", coins.cp),
        ("sp", coins.sp),
        ("ep", coins.ep),
        ("gp", coins.gp),
        ("pp", coins.pp),
    ]
    .into_iter()
    .filter(|(_, count)| *count != 0)
    .collect()
}

#[test]
fn prices_are_paid_exactly_where_the_coins_fit() {
    for (coins, price_cp, after) in [
        (vec![("gp", 5)], 300, vec![("gp", 2)]),
        (vec![("cp", 500), ("gp", 5)], 500, vec![("cp", 500)]),
        (vec![("sp", 20), ("gp", 1)], 120, vec![("sp", 18)]),
        (vec![("cp", 25), ("sp", 1)], 30, vec![("cp", 5)]),
        (vec![("ep", 3), ("gp", 1)], 150, vec![("ep", 2)]),
        (
            vec![("gp", 20), ("pp", 2)],
            1_500,
            vec![("gp", 15), ("pp", 1)],
        ),
    ] {
        let mut table = purse(&coins);
        let outcome = table.act(Action::Pay { price_cp }, &[]);
        assert_eq!(held(&table), after, "{coins:?} - {price_cp}");
        assert!(
            told(&outcome)
                .iter()
                .all(|line| !line.starts_with("Change"))
        );
    }
}

#[test]
fn the_smallest_coin_that_is_enough_is_broken() {
    for (coins, price_cp, after, change) in [
        (
            vec![("gp", 1)],
            1,
            vec![("cp", 9), ("sp", 9)],
            "gave 1 gp, got back 9 sp, 9 cp",
        ),
        (
            vec![("sp", 2), ("gp", 1), ("pp", 1)],
            50,
            vec![("sp", 7), ("pp", 1)],
            "gave 1 gp, got back 5 sp",
        ),
        (
            vec![("pp", 1)],
            250,
            vec![("sp", 5), ("gp", 7)],
            "gave 1 pp, got back 7 gp, 5 sp",
        ),
        // No electrum comes back.
        (
            vec![("gp", 1)],
            50,
            vec![("sp", 5)],
            "gave 1 gp, got back 5 sp",
        ),
        (
            vec![("cp", 3), ("ep", 1)],
            4,
            vec![("cp", 9), ("sp", 4)],
            "gave 1 ep, got back 4 sp, 6 cp",
        ),
    ] {
        let mut table = purse(&coins);
        let outcome = table.act(Action::Pay { price_cp }, &[]);
        assert_eq!(held(&table), after, "{coins:?} - {price_cp}");
        assert_eq!(
            told(&outcome).last().unwrap(),
            &format!("Change ({change})")
        );
    }
}

#[test]
fn what_is_not_there_is_not_paid() {
    let mut table = purse(&[("sp", 3), ("gp", 1)]);
    assert_eq!(
        table.refuses(Action::Pay { price_cp: 131 }),
        "1 gp 3 sp 1 cp cannot be paid with 1 gp 3 sp."
    );
    for price_cp in [0, -5, i32::MIN, i32::MAX] {
        assert!(
            table
                .refuses(Action::Pay { price_cp })
                .contains("no possible")
        );
    }
    assert_eq!(
        table.act(Action::Pay { price_cp: 130 }, &[]).title,
        "Paid 1 gp 3 sp"
    );
    assert_eq!(held(&table), []);
}

#[test]
fn a_price_in_coins_is_paid_like_its_worth() {
    let pay = |gp, sp, cp| Action::PayCoins {
        coins: Currency {
            gp,
            sp,
            cp,
            ..Currency::default()
        },
    };
    let mut table = purse(&[("pp", 2)]);
    let outcome = table.act(pay(1, 5, 3), &[]);
    assert_eq!(outcome.title, "Paid 1 gp 5 sp 3 cp");
    assert_eq!(
        told(&outcome).last().unwrap(),
        "Change (gave 1 pp, got back 8 gp, 4 sp, 7 cp)"
    );
    assert_eq!(held(&table), [("cp", 7), ("sp", 4), ("gp", 8), ("pp", 1)]);
    assert_eq!(
        table.refuses(pay(100, 0, 0)),
        "100 gp cannot be paid with 18 gp 4 sp 7 cp."
    );
    for (gp, sp, cp) in [
        (0, 0, 0),
        (5, -1, 0),
        (1_000_000_000, 0, 0),
        (0, 0, i32::MAX),
    ] {
        assert!(table.refuses(pay(gp, sp, cp)).contains("no possible"));
    }
}

#[test]
fn coins_are_received() {
    let receive = |cp, gp| Action::Receive {
        coins: Currency {
            cp,
            gp,
            ..Currency::default()
        },
    };
    let mut table = purse(&[("gp", 5)]);
    assert_eq!(table.act(receive(7, 10), &[]).title, "Received 10 gp, 7 cp");
    assert_eq!(held(&table), [("cp", 7), ("gp", 15)]);
    assert!(table.refuses(receive(0, 0)).contains("No coins"));
    assert!(table.refuses(receive(-1, 5)).contains("no possible"));
    assert!(table.refuses(receive(0, i32::MAX)).contains("no possible"));
    assert!(
        table
            .refuses(receive(0, 1_000_000_000))
            .contains("Nobody can carry")
    );
}

#[test]
fn coins_are_exchanged_for_their_worth() {
    let exchange = |from, to, count| Action::Exchange { from, to, count };
    let mut table = purse(&[("sp", 25), ("pp", 1)]);
    let outcome = table.act(exchange(Coin::Sp, Coin::Gp, 25), &[]);
    assert_eq!(outcome.title, "Exchanged 20 sp for 2 gp");
    assert_eq!(
        told(&outcome).last().unwrap(),
        "Kept (5 sp, too few for another gp)"
    );
    table.act(exchange(Coin::Pp, Coin::Cp, 1), &[]);
    assert_eq!(held(&table), [("cp", 1_000), ("sp", 5), ("gp", 2)]);
    for (action, expected) in [
        (exchange(Coin::Sp, Coin::Gp, 5), "do not make a single gp"),
        (exchange(Coin::Sp, Coin::Cp, 6), "There are 5 sp and not 6."),
        (exchange(Coin::Sp, Coin::Sp, 1), "same kind"),
        (exchange(Coin::Sp, Coin::Cp, 0), "no possible"),
    ] {
        let message = table.refuses(action);
        assert!(message.contains(expected), "{message}");
    }
    let mut rich = purse(&[("pp", 1_000_000_000)]);
    let message = rich.refuses(exchange(Coin::Pp, Coin::Cp, 1_000_000_000));
    assert!(message.contains("Nobody can carry"), "{message}");
}
