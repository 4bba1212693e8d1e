//! What features do when they are used, and the dice that may be added to a hit.

use sheet::{ActionsSheet, ExchangePrice, UseEntry, UseYield, YieldKind};

use super::paper::Paper;
use super::table::{Edge, Table};

/// Writes uses with what they cost and yield; what only spends its own uses stands among the features.
pub(crate) fn part(paper: &mut Paper, actions: &ActionsSheet) {
    let yielding: Vec<&UseEntry> = (actions.uses.iter())
        .filter(|own| !own.yields.is_empty())
        .collect();
    let mut riders = Vec::new();
    for rider in actions.weapons.iter().flat_map(|weapon| &weapon.riders) {
        if !riders.contains(&rider) {
            riders.push(rider);
        }
    }
    if yielding.is_empty() && riders.is_empty() {
        return;
    }
    paper.heading("Uses");
    let mut table = Table::of(&[
        ("", Edge::Left, 28),
        ("Yields", Edge::Left, 44),
        ("Costs", Edge::Left, 24),
        ("When", Edge::Left, 60),
    ]);
    for own in yielding {
        let yields: Vec<String> = own.yields.iter().map(told).collect();
        table.row([
            own.name.clone(),
            yields.join(", "),
            price(&own.cost, own.most),
            own.when.clone(),
        ]);
    }
    for rider in riders {
        let dice = match rider.twice {
            true => "the weapon's dice twice",
            false => &rider.dice,
        };
        let types = rider.types.join(" or ");
        table.row([
            rider.name.clone(),
            format!("with a hit: {dice} {types}").trim_end().to_owned(),
            price(&rider.cost, None),
            rider.when.clone(),
        ]);
    }
    table.write(paper, 2);
}

fn told(own: &UseYield) -> String {
    let types = own.types.join(" or ");
    let half = if own.half { "half on a save" } else { "" };
    let name = match own.of {
        YieldKind::Uses => format!("{} back", own.name),
        _ => own.name.clone(),
    };
    let parts = [name, own.roll.replace('-', "−"), types, half.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Says what something costs; with `most`, that so many may be spent.
pub(super) fn price(price: &ExchangePrice, most: Option<i32>) -> String {
    match price {
        ExchangePrice::Nothing => String::new(),
        ExchangePrice::Uses { name, amount, .. } => match most {
            Some(most) if most > *amount => format!("{amount} to {most} {name}"),
            _ => format!("{amount} {name}"),
        },
        ExchangePrice::Slot { least, most } if least == most => format!("a level {least} slot"),
        ExchangePrice::Slot { least, most } => format!("a slot of level {least} to {most}"),
        ExchangePrice::PactSlot => "a pact slot".to_owned(),
        ExchangePrice::HitDie => "a hit die".to_owned(),
    }
}
