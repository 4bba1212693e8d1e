//! The rules: content read, a large built character derived, one action at the table from call to new sheet.

use std::hint::black_box;
use std::time::Duration;

use ::rules::build::{Recipe, quick};
use ::rules::play::Action;
use ::rules::{Content, derive};
use serde_json::{Value, json};
use sheet::Source;

use crate::Bench;
use crate::report::Bound;
use crate::times::{Times, show};
use crate::writing::{import, open_library};

pub(super) fn measure(bench: &mut Bench) -> anyhow::Result<()> {
    let mut read = Times::new()?;
    for _ in 0..bench.count(40) {
        let content = read.time(Content::read_srd);
        anyhow::ensure!(content.is_ok_and(|content| content.spells.len() == 339));
    }
    let millis = |time: Duration| time.as_secs_f64() * 1e3;
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    bench.report.add(
        "content of the SRD read and indexed, p50",
        format!("{} (longest {})", show(read.p50()), show(read.max())),
        Bound::at_most("30 ms", millis(read.p50()), 30.0),
    );

    let document = laden()?;
    let source = Source::from_value(&document)?;
    let mut derived = Times::new()?;
    for _ in 0..bench.count(2_000) {
        derived.time(|| black_box(derive(black_box(&source), Content::srd())));
    }
    bench.report.add(
        "deriving a built level 20 of three classes with 120 items and 60 spells, explained, p50",
        format!("{} (p99 {})", show(derived.p50()), show(derived.p99())),
        Bound::at_most("300 us", micros(derived.p50()), 300.0),
    );

    let place = bench.place("rules");
    let library = open_library(&place)?;
    let id = import(&library, vec![document])?.pop().unwrap_or_default();
    let mut acted = Times::new()?;
    for turn in 0..bench.count(1_000) {
        let action = if turn % 2 == 0 {
            Action::Damage {
                amount: 7,
                kind: None,
                critical: false,
                half: false,
            }
        } else {
            Action::Heal { amount: 7 }
        };
        let done = acted.time(|| library.sheet().act(&id, &action));
        anyhow::ensure!(done.is_ok(), "{done:?}");
    }
    bench.report.add(
        "an action at the table, from call to the new sheet, durable, p50",
        format!("{} (p99 {})", show(acted.p50()), show(acted.p99())),
        None,
    );
    drop(library);
    bench.clear("rules")
}

/// Builds a character of three casting classes that carries and knows a great deal.
fn laden() -> anyhow::Result<Value> {
    let levels = [("Cleric", 8), ("Wizard", 7), ("Bard", 5)];
    let recipe = Recipe {
        name: "Laden".to_owned(),
        handle: "laden".to_owned(),
        levels: levels
            .iter()
            .flat_map(|(class, count)| std::iter::repeat_n((*class).to_owned(), *count))
            .collect(),
        ..Recipe::default()
    };
    let mut next = 0;
    let mut ids = || {
        next += 1;
        format!("id-{next:04}")
    };
    let mut document = quick(Content::srd(), &recipe, &mut ids)
        .map_err(|cannot| anyhow::anyhow!("{}", cannot.message))?;
    let things: Vec<String> = Content::srd()
        .gear
        .values()
        .map(|gear| gear.name.clone())
        .collect();
    let carried = document["equipment"]["inventory"]
        .as_object()
        .map_or(0, serde_json::Map::len);
    for n in carried..120 {
        let name = &things[n % things.len()];
        document["equipment"]["inventory"][format!("more-{n}")] =
            json!({ "rank": format!("z{n:04}"), "name": name, "quantity": 2, "weight_lb": 1.5 });
    }
    let known = document["spellcasting"]["spells"]
        .as_object()
        .map_or(0, serde_json::Map::len);
    let spells = Content::srd()
        .spells
        .values()
        .filter(|spell| spell.level > 0 && spell.level < 4);
    for (n, spell) in spells.take(60_usize.saturating_sub(known)).enumerate() {
        document["spellcasting"]["spells"][format!("more-{n}")] = json!({ "rank": format!("z{n:04}"), "name": spell.name, "level": spell.level, "caster": "wizard" });
    }
    Ok(document)
}
