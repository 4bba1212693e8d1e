//! What is carried and what could be: containers, coins, capacity.

use std::collections::BTreeMap;
use std::fmt;

use sheet::source::{Item, MagicItem};
use sheet::vocabulary::{Ability, Size};
use sheet::{ChargesLeft, EquipmentSheet, ItemEntry, MAX_NESTING, MagicItemEntry, Severity};

use crate::content::Target;
use crate::desk::{Desk, Sum, hundredths, is_working, name_or};
use crate::kept::Kept;

/// How many coins weigh a pound.
const COINS_PER_POUND: f64 = 50.0;

/// A thing with what matters to its weight.
struct Thing<'a> {
    id: &'a str,
    name: &'a str,
    collection: &'static str,
    quantity: i32,
    each: f64,
    container: Option<&'a str>,
    weightless: bool,
}

impl Thing<'_> {
    fn own(&self) -> f64 {
        f64::from(self.quantity.max(0)) * finite(self.each)
    }
}

/// A source that was never checked may hold anything; a weight that is none counts for nothing.
fn finite(pounds: f64) -> f64 {
    if pounds.is_finite() {
        pounds.max(0.0)
    } else {
        0.0
    }
}

pub(crate) fn derive(desk: &mut Desk<'_>) -> EquipmentSheet {
    let inventory = desk.source.equipment.inventory.ordered();
    let mundane = inventory.iter().map(mundane);
    let things: Vec<Thing<'_>> = mundane.chain(desk.magical.iter().map(magic)).collect();
    let packed = pack(&things);
    let capacity = capacity(desk);
    let load = load(desk, &things, &packed);
    if load > f64::from(capacity) {
        desk.find(
            Severity::Warning,
            "/equipment/inventory",
            format!("{load} lb are carried; {capacity} lb can be."),
            "Leave something behind, or give it to somebody.",
        );
    }
    let contents = |id: &str| hundredths(packed.contents.get(id).copied().unwrap_or(0.0));
    let (inventory, magical) = (inventory.iter(), desk.magical.iter());
    let attuned = inventory.clone().filter(|(_, item)| item.attuned).count()
        + magical.clone().filter(|(_, item)| item.attuned).count();
    // What lies in a thing is no part of it; all else that is shown of it is.
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits();
    let mut kept = Kept::new(
        desk.earlier,
        |source| &source.equipment.inventory,
        |sheet| sheet.equipment.inventory.iter().collect(),
    );
    let inventory = inventory.map(|(id, item)| {
        let pounds = contents(id);
        let fits = |entry: &ItemEntry| same(entry.contents_lb, pounds);
        kept.or_show(id, item, fits, || show_item(id, item, pounds))
    });
    let mut kept = Kept::new(
        desk.earlier,
        |source| &source.equipment.magical_items,
        |sheet| sheet.equipment.magical_items.iter().collect(),
    );
    let magical = magical.map(|(id, item)| {
        let pounds = contents(id);
        let fits = |entry: &MagicItemEntry| same(entry.contents_lb, pounds);
        kept.or_show(id, item, fits, || show_magic(id, item, pounds))
    });
    let (inventory, magical) = (inventory.collect(), magical.collect());
    let attuned = i32::try_from(attuned).unwrap_or(i32::MAX);
    attunement(desk, attuned);
    EquipmentSheet {
        inventory,
        currency: desk.source.equipment.currency.clone(),
        magical_items: magical,
        carrying_capacity: capacity,
        current_load: load,
        attuned_count: attuned,
        wealth_cp: wealth(desk),
    }
}

fn mundane<'a>((id, item): &(&'a str, &'a Item)) -> Thing<'a> {
    Thing {
        id,
        name: name_or(&item.name, "Item"),
        collection: "/equipment/inventory/",
        quantity: item.quantity,
        each: item.weight_lb,
        container: item.container.as_deref(),
        weightless: false,
    }
}

fn magic<'a>((id, item): &(&'a str, &'a MagicItem)) -> Thing<'a> {
    Thing {
        id,
        name: name_or(&item.name, "Magic item"),
        collection: "/equipment/magical_items/",
        quantity: item.quantity,
        each: item.weight_lb,
        container: item.container.as_deref(),
        weightless: item.weightless_contents,
    }
}

/// Writes a weight as the number is written; most are whole, and an integer is written several times faster.
struct Pounds(f64);

impl fmt::Display for Pounds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[allow(clippy::cast_possible_truncation, reason = "compared with what it was")]
        let whole = self.0 as i32;
        if f64::from(whole) == self.0 {
            whole.fmt(out)
        } else {
            self.0.fmt(out)
        }
    }
}

/// Tells what lies in what, by weight.
struct Packed<'a> {
    /// The weight of all that lies in a container, however deep.
    contents: BTreeMap<&'a str, f64>,
    /// Of that, what still weighs on whoever carries the container: less than all where a weightless one is among them.
    felt: BTreeMap<&'a str, f64>,
    /// Which things are carried loose, and so summed up with what lies in them.
    loose: Vec<bool>,
}

fn pack<'a>(things: &[Thing<'a>]) -> Packed<'a> {
    let mut by_id: BTreeMap<&str, Option<&Thing<'a>>> = things
        .iter()
        .filter_map(|thing| Some((thing.container?, None)))
        .collect();
    for thing in things {
        if let Some(container) = by_id.get_mut(thing.id) {
            *container = Some(thing);
        }
    }
    let mut packed = Packed {
        contents: BTreeMap::new(),
        felt: BTreeMap::new(),
        loose: Vec::with_capacity(things.len()),
    };
    let mut around = Vec::new();
    for thing in things {
        around.clear();
        let mut at = thing;
        let mut astray = false;
        while let Some(container) = at.container.and_then(|id| *by_id.get(id)?) {
            // Whatever lies in itself, or absurdly deep, is carried loose.
            if container.id == thing.id || around.len() == MAX_NESTING {
                astray = true;
                break;
            }
            around.push(container);
            at = container;
        }
        let loose = astray || around.is_empty();
        packed.loose.push(loose);
        if loose {
            continue;
        }
        let mut felt = thing.own();
        for container in &around {
            *packed.contents.entry(container.id).or_default() += thing.own();
            if container.weightless {
                felt = 0.0;
            }
            *packed.felt.entry(container.id).or_default() += felt;
        }
    }
    packed
}

/// Adds up what is carried: each loose thing with what lies in it, then the coins.
fn load(desk: &mut Desk<'_>, things: &[Thing<'_>], packed: &Packed<'_>) -> f64 {
    let mut sum = Sum::default();
    let loose = things
        .iter()
        .zip(&packed.loose)
        .filter(|(_, loose)| **loose);
    for (thing, _) in loose {
        let felt = packed.felt.get(thing.id).copied().unwrap_or(0.0);
        let pounds = hundredths(thing.own() + felt);
        if pounds == 0.0 {
            continue;
        }
        let detail = match (packed.contents.contains_key(thing.id), thing.quantity) {
            (true, _) if thing.weightless => "what lies in it weighs nothing".to_owned(),
            (true, _) => format!("with {} lb in it", Pounds(hundredths(felt))),
            (false, 1) => String::new(),
            (false, quantity) => format!("{quantity} of {} lb", Pounds(thing.each)),
        };
        let cell = [thing.collection, thing.id, "/weight_lb"].concat();
        sum.add_exact(thing.name, pounds, detail, Some(cell));
    }
    let coins = &desk.source.equipment.currency;
    let count: i64 = [coins.cp, coins.sp, coins.ep, coins.gp, coins.pp]
        .iter()
        .map(|n| i64::from(*n).max(0))
        .sum();
    if count > 0 {
        // Five counts of 32 bits: far below where a double loses ones.
        #[allow(clippy::cast_precision_loss)]
        let pounds = hundredths(count as f64 / COINS_PER_POUND);
        let from = Some("/equipment/currency".to_owned());
        sum.add_exact(format!("{count} coins"), pounds, "50 to the pound", from);
    }
    desk.close_exact("/equipment/current_load".to_owned(), sum)
}

/// Works out carrying capacity: 15 pounds for each point of Strength, by size.
fn capacity(desk: &mut Desk<'_>) -> i32 {
    let own = desk.source.creature.size;
    let size = larger(own, desk.granted.carrying_steps);
    let strength = desk.score(Ability::Strength);
    let (pounds, factor) = match size {
        Size::Tiny => (strength.saturating_mul(15) / 2, "7.5"),
        Size::Small | Size::Medium => (strength.saturating_mul(15), "15"),
        Size::Large => (strength.saturating_mul(30), "30"),
        Size::Huge => (strength.saturating_mul(60), "60"),
        Size::Gargantuan => (strength.saturating_mul(120), "120"),
    };
    let mut sum = Sum::default();
    sum.add(
        format!("Strength {strength}"),
        pounds,
        if size == own {
            format!("{factor} lb for each point, {} size", size.name())
        } else {
            format!("{factor} lb for each point, counts as {}", size.name())
        },
        Some("/statistics/ability_scores/strength".to_owned()),
    );
    desk.given_terms(&mut sum, |target| target == Target::Carrying);
    sum.never_below(0);
    desk.close("/equipment/carrying_capacity".to_owned(), sum)
}

/// Works out how many magic items may be attuned (SRD 5.2.1, Magic Items, Attunement).
fn attunement(desk: &mut Desk<'_>, attuned: i32) {
    let mut sum = Sum::default();
    let base = i32::try_from(sheet::ATTUNEMENT_LIMIT).unwrap_or(3);
    sum.add("Attunement", base, "", None);
    if let Some(more) = desk.granted.attunement {
        sum.add_some("Features", more.saturating_sub(base), "", None);
    }
    let limit = desk.close("/equipment/attunement_limit".to_owned(), sum);
    if attuned > limit {
        let limit = match limit {
            3 => "three".to_owned(),
            other => other.to_string(),
        };
        desk.find(
            Severity::Warning,
            "/equipment/magical_items",
            format!("The character is attuned to {attuned} items; {limit} are allowed."),
            "End the attunement to one of them.",
        );
    }
}

/// Gives the size some steps larger.
fn larger(size: Size, steps: i32) -> Size {
    const SIZES: [Size; 6] = [
        Size::Tiny,
        Size::Small,
        Size::Medium,
        Size::Large,
        Size::Huge,
        Size::Gargantuan,
    ];
    let at = SIZES.iter().position(|other| *other == size).unwrap_or(2);
    let steps = usize::try_from(steps.clamp(0, 5)).unwrap_or(0);
    SIZES.get((at + steps).min(5)).copied().unwrap_or(size)
}

fn wealth(desk: &Desk<'_>) -> i32 {
    let coins = &desk.source.equipment.currency;
    let worth = [
        (coins.cp, 1),
        (coins.sp, 10),
        (coins.ep, 50),
        (coins.gp, 100),
        (coins.pp, 1_000),
    ];
    let copper: i64 = worth
        .iter()
        .map(|(count, each)| i64::from(*count) * each)
        .sum();
    i32::try_from(copper.max(0)).unwrap_or(i32::MAX)
}

fn show_item(id: &str, item: &Item, contents_lb: f64) -> ItemEntry {
    let own = f64::from(item.quantity.max(0)) * finite(item.weight_lb);
    ItemEntry {
        id: id.to_owned(),
        name: item.name.clone(),
        kind: item.kind,
        quantity: item.quantity,
        weight_lb: item.weight_lb,
        total_weight_lb: hundredths(own),
        cost_cp: item.cost_cp,
        equipped: item.equipped,
        attuned: item.attuned,
        container: item.container.clone(),
        capacity_lb: item.capacity_lb,
        contents_lb,
        armor: item.armor.clone(),
        notes: item.notes.clone(),
    }
}

fn show_magic(id: &str, item: &MagicItem, contents_lb: f64) -> MagicItemEntry {
    let own = f64::from(item.quantity.max(0)) * finite(item.weight_lb);
    let charges = &item.charges;
    MagicItemEntry {
        id: id.to_owned(),
        name: item.name.clone(),
        kind: item.kind.clone(),
        rarity: item.rarity,
        requires_attunement: item.requires_attunement,
        attuned: item.attuned,
        equipped: item.equipped,
        working: is_working(item),
        charges: (charges.max > 0).then(|| ChargesLeft {
            max: charges.max,
            current: charges.max.saturating_sub(charges.used.max(0)).max(0),
            recharge: charges.recharge.clone(),
        }),
        bonuses: item.bonuses.clone(),
        armor: item.armor.clone(),
        quantity: item.quantity,
        weight_lb: item.weight_lb,
        total_weight_lb: hundredths(own),
        cost_cp: item.cost_cp,
        container: item.container.clone(),
        capacity_lb: item.capacity_lb,
        contents_lb,
        weightless_contents: item.weightless_contents,
        description: item.description.clone(),
    }
}
