//! Limited uses, charges and activation, of every version.

use sheet::source::{Activation, Recovery, Uses};

use super::actor::{Actor, Thing};
use crate::cells;
use crate::json::{at, bounded, is_empty, list, number, text, whole, written};

/// What is known of a thing's uses.
pub(super) struct UsesRead {
    pub(super) uses: Uses,
    /// What the counters cannot say, in words; empty without.
    pub(super) words: String,
    /// How they come back, in words.
    pub(super) recharge: String,
}

/// Reads the uses of a thing; `None` where it has none.
pub(super) fn read(actor: &Actor, thing: &Thing) -> Option<UsesRead> {
    let from = thing.get("uses");
    let written_max = written(at(from, "max"));
    let recharge = thing.get("recharge");
    if written_max.trim().is_empty() || written_max.trim() == "0" {
        // Before 4.0 a monster's recharge stood apart.
        let on = whole(at(recharge, "value"), 1, 6)?;
        let used = i32::from(!crate::json::truth(at(recharge, "charged")));
        return Some(UsesRead {
            uses: Uses {
                max: 1,
                used,
                recovery: Recovery::Other,
            },
            words: recharge_words(on),
            recharge: recharge_words(on),
        });
    }
    let max = actor
        .amount(at(from, "max"))
        .map(|max| bounded(max, 0, 1_000));
    let used = match at(from, "spent") {
        spent if !is_empty(spent) => whole(spent, 0, 1_000).unwrap_or(0),
        _ => {
            whole(at(from, "value"), 0, 1_000).map_or(0, |left| (max.unwrap_or(left) - left).max(0))
        }
    };
    let (recovery, mut words) = recovery(actor, thing);
    if max.is_none() {
        cells::append(
            &mut words,
            &format!("Uses: {}", cells::line(&written_max, 100)),
        );
    }
    Some(UsesRead {
        uses: Uses {
            max: max.unwrap_or(0),
            used,
            recovery,
        },
        recharge: recharge_of(thing),
        words,
    })
}

fn recharge_words(on: i32) -> String {
    if on >= 6 {
        "Recharges on a 6.".to_owned()
    } else {
        format!("Recharges on {on} to 6.")
    }
}

fn recovery(actor: &Actor, thing: &Thing) -> (Recovery, String) {
    let from = thing.get("uses");
    let old = text(at(from, "per"));
    if !old.is_empty() {
        return (of_period(old), String::new());
    }
    let ways = list(at(from, "recovery"));
    let period = |way: &serde_json::Value| text(at(way, "period")).to_owned();
    let is_all = |way: &serde_json::Value| matches!(text(at(way, "type")), "recoverAll" | "");
    let one_short = ways.iter().any(|way| {
        period(way) == "sr"
            && text(at(way, "type")) == "formula"
            && actor.amount(at(way, "formula")) == Some(1.0)
    });
    if one_short && ways.iter().any(|way| period(way) == "lr" && is_all(way)) {
        return (Recovery::OneOnShortRest, String::new());
    }
    let mut words = String::new();
    let mut first = Recovery::None;
    for way in ways {
        let period = period(way);
        let mut recovery = of_period(&period);
        if period == "recharge" {
            let on = actor
                .amount(at(way, "formula"))
                .map_or(6, |on| bounded(on, 1, 6));
            words = recharge_words(on);
            recovery = Recovery::Other;
        } else if text(at(way, "type")) == "formula" {
            let formula = cells::line(&written(at(way, "formula")), 60);
            words = format!("Regains {formula} {}.", period_words(&period));
        } else if text(at(way, "type")) == "loseAll" {
            words = format!("All are lost {}.", period_words(&period));
            continue;
        }
        if first == Recovery::None || recovery == Recovery::ShortRest {
            first = recovery;
        }
    }
    (first, words)
}

/// Says in words how charges come back: `1d6 + 4 at dawn`.
fn recharge_of(thing: &Thing) -> String {
    let from = thing.get("uses");
    let old = text(at(from, "per"));
    if !old.is_empty() {
        let formula = cells::line(text(at(from, "recovery")), 60);
        let when = period_words(if old == "charges" { "dawn" } else { old });
        return if formula.is_empty() {
            format!("all {when}")
        } else {
            format!("{formula} {when}")
        };
    }
    let ways = list(at(from, "recovery")).into_iter().map(|way| {
        let when = period_words(text(at(way, "period")));
        match text(at(way, "type")) {
            "formula" => format!("{} {when}", cells::line(&written(at(way, "formula")), 60)),
            "loseAll" => format!("none left {when}"),
            _ => format!("all {when}"),
        }
    });
    ways.collect::<Vec<_>>().join(", ")
}

fn period_words(period: &str) -> &'static str {
    match period {
        "sr" => "on a short rest",
        "lr" => "on a long rest",
        "day" => "each day",
        "dawn" => "at dawn",
        "dusk" => "at dusk",
        "initiative" => "when initiative is rolled",
        "turn" | "turnStart" => "at the start of a turn",
        "turnEnd" => "at the end of a turn",
        "round" => "each round",
        "recharge" => "on a roll",
        _ => "in its own time",
    }
}

/// Reads when uses come back.
pub(super) fn of_period(period: &str) -> Recovery {
    match period {
        "lr" | "day" => Recovery::LongRest,
        "sr" => Recovery::ShortRest,
        "dawn" | "dusk" | "charges" => Recovery::Dawn,
        "initiative" => Recovery::Initiative,
        "turn" | "turnStart" | "turnEnd" | "round" => Recovery::Turn,
        "" => Recovery::None,
        _ => Recovery::Other,
    }
}

/// Reads when a thing is done, and what it costs of legendary actions.
pub(super) fn activation(thing: &Thing) -> (Activation, i32) {
    let activities = thing.activities();
    let from = match activities
        .iter()
        .min_by_key(|activity| whole(at(activity, "sort"), i32::MIN, i32::MAX))
    {
        Some(first) => at(first, "activation"),
        None => thing.get("activation"),
    };
    let cost = number(at(from, "value"))
        .or_else(|| number(at(from, "cost")))
        .unwrap_or(1.0);
    let activation = match text(at(from, "type")) {
        "action" | "crew" => Activation::Action,
        "bonus" => Activation::BonusAction,
        "reaction" | "reactiondamage" | "reactionmanual" => Activation::Reaction,
        "legendary" => Activation::Legendary,
        "" | "none" => Activation::Passive,
        _ => Activation::Other,
    };
    (activation, bounded(cost, 1, 10))
}

/// Says in words when a thing is done that the sheet has no word for.
pub(super) fn other_activation(thing: &Thing) -> String {
    let activities = thing.activities();
    let from = activities
        .first()
        .map_or(thing.get("activation"), |first| at(first, "activation"));
    let kind = cells::line(text(at(from, "type")), 30);
    let condition = cells::line(text(at(from, "condition")), 200);
    match kind.as_str() {
        "" | "none" | "action" | "bonus" | "reaction" | "legendary" => condition,
        "special" => condition,
        _ if condition.is_empty() => format!("Used: {}", super::words::title(&kind).to_lowercase()),
        _ => format!(
            "Used: {}, {condition}",
            super::words::title(&kind).to_lowercase()
        ),
    }
}
