//! What a character carries, as the sheet's text shows it.

use sheet::EquipmentSheet;

use super::paper::Paper;
use super::sheet::{NAMES, Names};
use super::table::{Edge, Table};
use super::words::{self, decimal};

/// Writes things, magic items, coins and load.
pub(crate) fn part(paper: &mut Paper, equipment: &EquipmentSheet) {
    paper.heading("Equipment");
    let containers: Names<'_> = equipment
        .inventory
        .iter()
        .map(|item| (item.id.as_str(), item.name.as_str()))
        .chain(
            equipment
                .magical_items
                .iter()
                .map(|item| (item.id.as_str(), item.name.as_str())),
        )
        .collect();
    let within = |container: Option<&String>| {
        let name = containers.get(container?.as_str())?;
        Some(format!("in {}", words::line(name, 24)))
    };
    let mut table = Table::of(&[
        ("", Edge::Right, 8),
        ("Item", Edge::Left, 36),
        ("lb", Edge::Right, 10),
        ("", Edge::Left, 40),
    ]);
    for item in &equipment.inventory {
        let how = [
            item.equipped.then(|| "equipped".to_owned()),
            item.attuned.then(|| "attuned".to_owned()),
            within(item.container.as_ref()),
        ];
        table.row([
            item.quantity.to_string(),
            item.name.clone(),
            weight(item.total_weight_lb),
            how.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]);
    }
    for item in &equipment.magical_items {
        let how = [
            Some(words::variant(&item.rarity)),
            item.equipped.then(|| "equipped".to_owned()),
            if item.attuned {
                Some("attuned".to_owned())
            } else {
                item.requires_attunement.then(|| "not attuned".to_owned())
            },
            item.charges
                .as_ref()
                .map(|left| format!("{} of {} charges", left.current, left.max)),
            within(item.container.as_ref()),
        ];
        table.row([
            item.quantity.to_string(),
            item.name.clone(),
            weight(item.total_weight_lb),
            how.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]);
    }
    table.write(paper, 2);
    let coins = &equipment.currency;
    let purse: Vec<String> = [
        ("pp", coins.pp),
        ("gp", coins.gp),
        ("ep", coins.ep),
        ("sp", coins.sp),
        ("cp", coins.cp),
    ]
    .into_iter()
    .filter(|(_, many)| *many != 0)
    .map(|(coin, many)| format!("{} {coin}", decimal(many.into())))
    .collect();
    paper.entry("Coins", NAMES, &purse.join(", "));
    let capacity = decimal(equipment.carrying_capacity.into());
    paper.entry(
        "Load",
        NAMES,
        &format!("{} of {capacity} lb", decimal(equipment.current_load)),
    );
}

fn weight(pounds: f64) -> String {
    if pounds == 0.0 {
        String::new()
    } else {
        decimal(pounds)
    }
}
