//! Coins: paying with change, receiving, exchanging (SRD 5.2.1, Coins).

use sheet::source::Currency;

use super::Character;
use super::action::{Coin, MAX_COINS, MAX_PRICE};
use super::outcome::Refusal;
use super::record::{Record, within};

impl Coin {
    /// All kinds, the most precious first; each is worth a whole number of the next.
    const ALL: [Coin; 5] = [Coin::Pp, Coin::Gp, Coin::Ep, Coin::Sp, Coin::Cp];

    fn key(self) -> &'static str {
        match self {
            Coin::Cp => "cp",
            Coin::Sp => "sp",
            Coin::Ep => "ep",
            Coin::Gp => "gp",
            Coin::Pp => "pp",
        }
    }

    /// What one is worth in copper pieces.
    fn worth(self) -> i64 {
        match self {
            Coin::Cp => 1,
            Coin::Sp => 10,
            Coin::Ep => 50,
            Coin::Gp => 100,
            Coin::Pp => 1_000,
        }
    }

    fn of(self, coins: &Currency) -> i64 {
        i64::from(match self {
            Coin::Cp => coins.cp,
            Coin::Sp => coins.sp,
            Coin::Ep => coins.ep,
            Coin::Gp => coins.gp,
            Coin::Pp => coins.pp,
        })
    }
}

/// How many of each kind, in the order of [`Coin::ALL`].
type Purse = [i64; 5];

fn purse(character: Character<'_>) -> Purse {
    Coin::ALL.map(|coin| coin.of(&character.source.equipment.currency).max(0))
}

fn worth(purse: &Purse) -> i64 {
    let each = Coin::ALL.iter().zip(purse);
    each.map(|(coin, count)| coin.worth() * count).sum()
}

/// Writes an amount in gold, silver and copper: `2 gp 5 sp`.
fn words(copper: i64) -> String {
    let parts = [
        (copper / 100, "gp"),
        (copper / 10 % 10, "sp"),
        (copper % 10, "cp"),
    ];
    let written: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, coin)| format!("{count} {coin}"))
        .collect();
    if written.is_empty() {
        "0 cp".to_owned()
    } else {
        written.join(" ")
    }
}

/// Writes coins: `1 gp, 5 sp`.
fn coins(purse: &Purse) -> String {
    let written: Vec<String> = Coin::ALL
        .iter()
        .zip(purse)
        .filter(|(_, count)| **count > 0)
        .map(|(coin, count)| format!("{count} {}", coin.key()))
        .collect();
    written.join(", ")
}

/// Puts a new purse on record.
fn set(it: &mut Record<'_>, before: &Purse, after: &Purse, why: &str) -> Result<(), Refusal> {
    for ((coin, before), after) in Coin::ALL.iter().zip(before).zip(after) {
        if before == after {
            continue;
        }
        let cell = format!("/equipment/currency/{}", coin.key());
        if *after > i64::from(MAX_COINS) {
            return Err(Refusal::new(
                format!("Nobody can carry {after} {}.", coin.key()),
                "Exchange some of them first.",
            )
            .at(cell));
        }
        it.set(cell, *after);
        it.line(coin.key(), before, after, why);
    }
    Ok(())
}

/// Pays a price: with coins that fit where there are, and else by breaking the smallest coin that is enough.
pub(super) fn pay(it: &mut Record<'_>, price_cp: i32) -> Result<(), Refusal> {
    within("price in copper pieces", price_cp, 1, MAX_PRICE)?;
    let price = i64::from(price_cp);
    let before = purse(it.character);
    let there = worth(&before);
    if there < price {
        return Err(Refusal::new(
            format!("{} cannot be paid with {}.", words(price), words(there)),
            format!("{} are missing.", words(price - there)),
        )
        .at("/equipment/currency"));
    }
    let after = paid(&before, price);
    let gave: Purse = std::array::from_fn(|kind| (before[kind] - after[kind]).max(0));
    let back: Purse = std::array::from_fn(|kind| (after[kind] - before[kind]).max(0));
    set(it, &before, &after, "")?;
    it.title(format!("Paid {}", words(price)));
    if worth(&back) > 0 {
        let told = format!("gave {}, got back {}", coins(&gave), coins(&back));
        it.tell("Change", told);
    }
    Ok(())
}

/// Pays a price that is named in coins.
pub(super) fn pay_coins(it: &mut Record<'_>, price: &Currency) -> Result<(), Refusal> {
    let price = counted(price)?;
    // More than the number holds is more than any price.
    pay(it, i32::try_from(worth(&price)).unwrap_or(i32::MAX))
}

/// Counts coins that somebody names.
fn counted(coins: &Currency) -> Result<Purse, Refusal> {
    let mut purse = Purse::default();
    for (kind, coin) in Coin::ALL.iter().enumerate() {
        let count = coin.of(coins);
        let whole = i32::try_from(count).unwrap_or(-1);
        within("number of coins", whole, 0, MAX_COINS)?;
        purse[kind] = count;
    }
    Ok(purse)
}

/// Gives what is left in a purse that is worth at least the price.
fn paid(before: &Purse, price: i64) -> Purse {
    let mut left = *before;
    let mut open = price;
    for (kind, coin) in Coin::ALL.iter().enumerate() {
        // As each coin is worth whole numbers of the smaller, whatever can be paid exactly is paid exactly so.
        let count = left[kind].min(open / coin.worth());
        left[kind] -= count;
        open -= count * coin.worth();
    }
    if open > 0 {
        // What is left over are coins worth more than what is still open; the smallest of them is broken.
        if let Some(kind) = (0..left.len()).rev().find(|kind| left[*kind] > 0) {
            left[kind] -= 1;
            let mut change = Coin::ALL[kind].worth() - open;
            for (kind, coin) in Coin::ALL.iter().enumerate() {
                // Nobody gives electrum back.
                if *coin != Coin::Ep {
                    left[kind] += change / coin.worth();
                    change %= coin.worth();
                }
            }
        }
    }
    left
}

/// Receives coins.
pub(super) fn receive(it: &mut Record<'_>, received: &Currency) -> Result<(), Refusal> {
    let before = purse(it.character);
    let more = counted(received)?;
    let after: Purse = std::array::from_fn(|kind| before[kind] + more[kind]);
    if before == after {
        return Err(Refusal::new("No coins were received.", "Say how many."));
    }
    set(it, &before, &after, "")?;
    it.title(format!("Received {}", coins(&more)));
    Ok(())
}

/// Exchanges coins, as many as make whole ones of the other kind.
pub(super) fn exchange(
    it: &mut Record<'_>,
    from: Coin,
    to: Coin,
    count: i32,
) -> Result<(), Refusal> {
    within("number of coins", count, 1, MAX_COINS)?;
    if from == to {
        return Err(Refusal::new(
            "These coins are of the same kind.",
            "Name another kind.",
        ));
    }
    let before = purse(it.character);
    let place = |coin: Coin| Coin::ALL.iter().position(|own| *own == coin).unwrap_or(0);
    let (give, take) = (place(from), place(to));
    let count = i64::from(count);
    if before[give] < count {
        return Err(Refusal::new(
            format!("There are {} {} and not {count}.", before[give], from.key()),
            "Exchange fewer.",
        )
        .at(format!("/equipment/currency/{}", from.key())));
    }
    let got = count * from.worth() / to.worth();
    let given = got * to.worth() / from.worth();
    if got == 0 {
        return Err(Refusal::new(
            format!("{count} {} do not make a single {}.", from.key(), to.key()),
            format!("It takes {}.", to.worth() / from.worth()),
        ));
    }
    let mut after = before;
    after[give] -= given;
    after[take] += got;
    set(it, &before, &after, "")?;
    it.title(format!(
        "Exchanged {given} {} for {got} {}",
        from.key(),
        to.key()
    ));
    if given < count {
        let rest = format!("{} {}", count - given, from.key());
        it.tell("Kept", format!("{rest}, too few for another {}", to.key()));
    }
    Ok(())
}
