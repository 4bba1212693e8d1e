//! Things: worn, attuned to, packed, used up (SRD 5.2.1, Equipment; Magic Items).

use std::collections::BTreeMap;

use serde_json::Value;
use sheet::source::ArmorCategory;
use sheet::{ATTUNEMENT_LIMIT, MAX_NESTING};

use super::Character;
use super::action::MAX_POINTS;
use super::outcome::Refusal;
use super::record::{Record, name_or, pointer, within};

/// A thing that is carried, mundane or magic.
#[derive(Debug, Clone)]
pub(super) struct Thing<'a> {
    section: &'static str,
    id: &'a str,
    pub(super) name: &'a str,
    pub(super) quantity: i32,
    equipped: bool,
    attuned: bool,
    requires_attunement: bool,
    container: Option<&'a str>,
    capacity_lb: Option<f64>,
    /// What lies in it.
    contents_lb: f64,
    /// It with what lies in it.
    all_lb: f64,
    armor: Option<ArmorCategory>,
}

impl Thing<'_> {
    fn cell(&self, field: &str) -> String {
        pointer(&["equipment", self.section, self.id, field])
    }
}

fn things(character: Character<'_>) -> Vec<Thing<'_>> {
    let equipment = &character.sheet.equipment;
    let mundane = equipment.inventory.iter().map(|item| Thing {
        section: "inventory",
        id: &item.id,
        name: name_or(&item.name, "Item"),
        quantity: item.quantity,
        equipped: item.equipped,
        attuned: item.attuned,
        requires_attunement: false,
        container: item.container.as_deref(),
        capacity_lb: item.capacity_lb,
        contents_lb: item.contents_lb,
        all_lb: item.total_weight_lb + item.contents_lb,
        armor: item.armor.as_ref().map(|armor| armor.category),
    });
    let magic = equipment.magical_items.iter().map(|item| Thing {
        section: "magical_items",
        id: &item.id,
        name: name_or(&item.name, "Magic item"),
        quantity: item.quantity,
        equipped: item.equipped,
        attuned: item.attuned,
        requires_attunement: item.requires_attunement,
        container: item.container.as_deref(),
        capacity_lb: item.capacity_lb,
        contents_lb: item.contents_lb,
        all_lb: if item.weightless_contents {
            item.total_weight_lb
        } else {
            item.total_weight_lb + item.contents_lb
        },
        armor: item.armor.as_ref().map(|armor| armor.category),
    });
    mundane.chain(magic).collect()
}

pub(super) fn find<'a>(character: Character<'a>, id: &str) -> Result<Thing<'a>, Refusal> {
    let mut all = things(character).into_iter();
    all.find(|thing| thing.id == id).ok_or_else(|| {
        Refusal::new(
            "This thing is not carried.",
            "It may have been removed already.",
        )
    })
}

/// Puts on or takes in hand; nobody wears two suits of armor or holds two shields.
pub(super) fn equip(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let thing = find(it.character, id)?;
    let cell = thing.cell("equipped");
    if thing.equipped {
        let message = format!("{} is worn or held already.", thing.name);
        return Err(Refusal::new(message, "").at(cell));
    }
    if thing.quantity <= 0 {
        let message = format!("There is no {} left.", thing.name);
        return Err(Refusal::new(message, "").at(thing.cell("quantity")));
    }
    if let Some(armor) = thing.armor {
        let shield = armor == ArmorCategory::Shield;
        let all = things(it.character);
        let same = |other: &&Thing<'_>| {
            let own = other.armor.map(|own| own == ArmorCategory::Shield);
            other.equipped && own == Some(shield)
        };
        if let Some(other) = all.iter().find(same) {
            let what = if shield { "shield" } else { "suit of armor" };
            return Err(Refusal::new(
                format!("{} is on, and one {what} is all that helps.", other.name),
                format!("Take {} off first.", other.name),
            )
            .at(other.cell("equipped")));
        }
    }
    it.title(format!("Equipped {}", thing.name));
    it.set(cell, true);
    it.line(thing.name, "", "equipped", "");
    if thing.container.is_some() {
        take_out(it, &thing);
    }
    Ok(())
}

fn take_out(it: &mut Record<'_>, thing: &Thing<'_>) {
    let all = things(it.character);
    let from = all.iter().find(|other| Some(other.id) == thing.container);
    let from = from.map_or("a container", |other| other.name);
    it.set(thing.cell("container"), Value::Null);
    it.line(thing.name, format!("in {from}"), "carried", "");
}

/// Takes off or lets go.
pub(super) fn unequip(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let thing = find(it.character, id)?;
    if !thing.equipped {
        let message = format!("{} is neither worn nor held.", thing.name);
        return Err(Refusal::new(message, "").at(thing.cell("equipped")));
    }
    it.title(format!("Unequipped {}", thing.name));
    lay_down(it, &thing);
    Ok(())
}

fn lay_down(it: &mut Record<'_>, thing: &Thing<'_>) {
    it.set(thing.cell("equipped"), false);
    it.line(thing.name, "equipped", "carried", "");
}

/// Gives how many items may be attuned: three, or what the sheet explains where the rules raise it.
fn attunement_limit(character: Character<'_>) -> usize {
    let raised = character.stats.get("/equipment/attunement_limit");
    raised.map_or(ATTUNEMENT_LIMIT, |stat| {
        usize::try_from(stat.whole()).unwrap_or(0)
    })
}

/// Attunes to a magic item (SRD 5.2.1, Attunement).
pub(super) fn attune(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let thing = find(it.character, id)?;
    let cell = thing.cell("attuned");
    if thing.attuned {
        let message = format!("The character is attuned to {} already.", thing.name);
        return Err(Refusal::new(message, "").at(cell));
    }
    if !thing.requires_attunement {
        return Err(Refusal::new(
            format!("{} asks for no attunement.", thing.name),
            "Equip it.",
        )
        .at(cell));
    }
    let all = things(it.character);
    let attuned: Vec<&str> = all
        .iter()
        .filter(|other| other.attuned)
        .map(|other| other.name)
        .collect();
    let limit = attunement_limit(it.character);
    if attuned.len() >= limit {
        return Err(Refusal::new(
            format!(
                "The character is attuned to {} items, and {limit} are allowed.",
                attuned.len()
            ),
            format!("End one of these: {}.", attuned.join(", ")),
        )
        .at(cell));
    }
    it.title(format!("Attuned to {}", thing.name));
    it.set(cell, true);
    let now = attuned.len() + 1;
    it.line(
        "Attuned items",
        attuned.len(),
        now,
        format!("{limit} are allowed; it takes a short rest"),
    );
    Ok(())
}

/// Ends the attunement to an item.
pub(super) fn unattune(it: &mut Record<'_>, id: &str) -> Result<(), Refusal> {
    let thing = find(it.character, id)?;
    let cell = thing.cell("attuned");
    if !thing.attuned {
        let message = format!("The character is not attuned to {}.", thing.name);
        return Err(Refusal::new(message, "").at(cell));
    }
    let count = things(it.character)
        .iter()
        .filter(|other| other.attuned)
        .count();
    it.title(format!("No longer attuned to {}", thing.name));
    it.set(cell, false);
    it.line("Attuned items", count, count.saturating_sub(1), "");
    Ok(())
}

/// Puts a thing into a container, or takes it out.
pub(super) fn put(it: &mut Record<'_>, id: &str, container: Option<&str>) -> Result<(), Refusal> {
    let thing = find(it.character, id)?;
    let cell = thing.cell("container");
    if thing.container == container {
        let message = match container {
            Some(_) => format!("{} lies there already.", thing.name),
            None => format!("{} lies in no container.", thing.name),
        };
        return Err(Refusal::new(message, "").at(cell));
    }
    let Some(container) = container else {
        it.title(format!("Took out {}", thing.name));
        take_out(it, &thing);
        return Ok(());
    };
    let into = find(it.character, container)?;
    let all = things(it.character);
    let by_id: BTreeMap<&str, &Thing<'_>> = all.iter().map(|other| (other.id, other)).collect();
    let mut around = Some(&into);
    for depth in 0.. {
        let Some(at) = around else { break };
        if at.id == thing.id || depth >= MAX_NESTING - 1 {
            return Err(Refusal::new(
                format!("{} cannot lie in itself, or so deep.", thing.name),
                "Take the container out of it first.",
            )
            .at(cell));
        }
        around = at.container.and_then(|id| by_id.get(id).copied());
    }
    it.title(format!("Put {} into {}", thing.name, into.name));
    if thing.equipped {
        lay_down(it, &thing);
    }
    it.set(cell, into.id);
    let was = thing.container.and_then(|id| by_id.get(id));
    let was = was.map_or("carried".to_owned(), |other| format!("in {}", other.name));
    it.line(thing.name, was, format!("in {}", into.name), "");
    if let Some(capacity) = into.capacity_lb {
        let (before, after) = (into.contents_lb, into.contents_lb + thing.all_lb);
        let why = if after > capacity {
            format!("more than the {capacity} lb it holds")
        } else {
            format!("of {capacity} lb")
        };
        it.line(
            format!("In {}", into.name),
            format!("{before} lb"),
            format!("{} lb", crate::desk::hundredths(after)),
            why,
        );
    }
    Ok(())
}

/// Uses up some of a thing.
pub(super) fn use_up(it: &mut Record<'_>, id: &str, amount: i32) -> Result<(), Refusal> {
    within("amount", amount, 1, MAX_POINTS)?;
    let thing = find(it.character, id)?;
    if thing.quantity < amount {
        return Err(Refusal::new(
            format!(
                "There are {} of {} and not {amount}.",
                thing.quantity.max(0),
                thing.name
            ),
            "Use fewer.",
        )
        .at(thing.cell("quantity")));
    }
    it.title(format!("Used {amount} × {}", thing.name));
    change_quantity(it, &thing, -amount, "");
    Ok(())
}

/// Changes how many there are, between none and a million.
pub(super) fn change_quantity(it: &mut Record<'_>, thing: &Thing<'_>, more: i32, why: &str) {
    let after = thing.quantity.saturating_add(more).clamp(0, 1_000_000);
    it.set(thing.cell("quantity"), after);
    it.line(thing.name, thing.quantity, after, why);
}
