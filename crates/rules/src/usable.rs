//! The numbers of what features do when they are used: save DCs, healing, temporary hit points, dice.

use sheet::{UseEntry, YieldKind};

use crate::attacks::rolled;
use crate::desk::{Desk, Sum};
use crate::grant::{Terms, Usable};

/// Adds up the numbers of all uses; comes last, as they may be made of any other number.
pub(crate) fn derive(desk: &mut Desk<'_>, usable: Vec<Usable>) -> Vec<UseEntry> {
    let mut entries = Vec::with_capacity(usable.len());
    for Usable { mut entry, terms } in usable {
        for (own, terms) in entry.yields.iter_mut().zip(terms) {
            let sum = sum(desk, terms);
            own.amount = match &own.cell {
                Some(cell) => desk.close(cell.clone(), sum),
                None => whole(sum.total()),
            };
            own.roll = match own.of {
                YieldKind::State => String::new(),
                YieldKind::Save | YieldKind::OwnSave => own.amount.to_string(),
                YieldKind::Uses if own.amount == 0 => String::new(),
                _ if own.dice.is_empty() => own.amount.max(0).to_string(),
                _ => rolled(&own.dice, own.amount),
            };
        }
        entries.push(entry);
    }
    entries
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "a cast from float saturates"
)]
fn whole(value: f64) -> i32 {
    value as i32
}

fn sum(desk: &Desk<'_>, terms: Terms) -> Sum {
    let mut sum = Sum::default();
    for part in terms.parts {
        let stat = part.cell.as_ref().and_then(|cell| desk.stats.get(cell));
        let value = stat.map_or(part.value, sheet::Stat::whole);
        sum.add(part.label, value, "", part.cell);
    }
    sum.notes = terms.notes;
    sum
}
