//! Limited uses, points, charges, slots: spending and regaining them; Heroic Inspiration.

use std::collections::BTreeSet;

use sheet::source::Recovery;

use super::Character;
use super::action::MAX_USES;
use super::outcome::Refusal;
use super::record::{Record, name_or, pointer, within};

/// The most slots of one level.
const MAX_SLOTS: i32 = 30;

const INSPIRATION: &str = "/identity/heroic_inspiration";

/// Something that is counted: its cell counts what is spent.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    pub(super) cell: String,
    pub(super) name: String,
    pub(super) max: i32,
    pub(super) left: i32,
    pub(super) recovery: Recovery,
    /// How many come back on a short rest, where that is not all or none.
    pub(super) short_rest: i32,
    /// How charges come back, in words; empty for what has no charges.
    pub(super) recharge: String,
}

impl Counter {
    fn new(cell: String, name: &str, max: i32, left: i32) -> Counter {
        let max = max.clamp(0, MAX_USES);
        Counter {
            cell,
            name: name.to_owned(),
            max,
            left: left.clamp(0, max),
            recovery: Recovery::None,
            short_rest: 0,
            recharge: String::new(),
        }
    }

    /// How many are spent.
    pub(super) fn spent(&self) -> i32 {
        self.max - self.left
    }
}

/// Lists uses of features and charges of items.
pub(super) fn counters(character: Character<'_>) -> Vec<Counter> {
    let sheet = character.sheet;
    let features = sheet.actions.features.iter().filter_map(|feature| {
        let uses = feature.uses.as_ref()?;
        let name = name_or(&feature.name, "Uses");
        Some(Counter {
            recovery: uses.recovery,
            short_rest: uses.short_rest,
            ..Counter::new(uses.cell.clone(), name, uses.max, uses.current)
        })
    });
    let items = sheet.equipment.magical_items.iter().filter_map(|item| {
        let charges = item.charges.as_ref()?;
        let cell = pointer(&["equipment", "magical_items", &item.id, "charges", "used"]);
        let name = name_or(&item.name, "Magic item");
        Some(Counter {
            recharge: charges.recharge.clone(),
            ..Counter::new(cell, name, charges.max, charges.current)
        })
    });
    // Several features may share one pool.
    let mut seen = BTreeSet::new();
    let all = features.chain(items);
    all.filter(|counter| seen.insert(counter.cell.clone()))
        .collect()
}

/// Lists spell slots and pact slots.
pub(super) fn slots(character: Character<'_>) -> Vec<Counter> {
    let casting = &character.sheet.spellcasting;
    let slots = casting.spell_slots.iter();
    let slots = slots.filter(|(level, _)| is_slot_level(level));
    let mut all: Vec<Counter> = slots
        .map(|(level, slots)| {
            let cell = pointer(&["spellcasting", "slots", level, "used"]);
            let name = format!("Level {level} spell slots");
            Counter::new(cell, &name, slots.max.min(MAX_SLOTS), slots.current)
        })
        .collect();
    all.extend(casting.pact_slots.as_ref().map(|pact| {
        let name = format!("Pact slots of level {}", pact.level);
        let cell = "/spellcasting/pact/used".to_owned();
        Counter::new(cell, &name, pact.max.min(MAX_SLOTS), pact.current)
    }));
    all
}

/// Makes one more spell slot of a level, which a long rest takes (SRD 5.2.1, Font of Magic).
pub(super) fn make_slot(
    it: &mut Record<'_>,
    slots: &Counter,
    level: &str,
    why: &str,
) -> Result<(), Refusal> {
    let made = created(it.character, level);
    if slots.max >= MAX_SLOTS {
        return Err(Refusal::new(
            format!("{}: there cannot be more than {MAX_SLOTS}.", slots.name),
            "Cast a spell first, or take a long rest.",
        )
        .at(&slots.cell));
    }
    it.set(
        pointer(&["spellcasting", "slots", level, "created"]),
        made.saturating_add(1),
    );
    it.line(&slots.name, slots.left, slots.left.saturating_add(1), why);
    Ok(())
}

fn created(character: Character<'_>, level: &str) -> i32 {
    let slots = character.sheet.spellcasting.spell_slots.get(level);
    slots.map_or(0, |slots| slots.created)
}

/// Brings spell slots and pact slots back to their number; those that were made besides are gone.
pub(super) fn renew_slots(it: &mut Record<'_>, why: &str) {
    for counter in slots(it.character) {
        let level = counter
            .cell
            .split('/')
            .nth(3)
            .unwrap_or_default()
            .to_owned();
        let made = created(it.character, &level);
        if made == 0 {
            give_back(it, &counter, counter.spent(), why);
            continue;
        }
        let max = counter.max.saturating_sub(made);
        if counter.spent() > 0 {
            it.set(&counter.cell, 0);
        }
        it.set(pointer(&["spellcasting", "slots", &level, "created"]), 0);
        let why = format!("{why}; {made} made besides are gone");
        it.line(&counter.name, counter.left, max, why);
    }
}

/// Tells whether a key of the slots names a spell level.
pub(super) fn is_slot_level(level: &str) -> bool {
    matches!(level.as_bytes(), [b'1'..=b'9'])
}

/// Lists hit dice, those whose spending a cell can count.
pub(super) fn hit_dice(character: Character<'_>) -> Vec<Counter> {
    let combat = &character.sheet.combat;
    let dice = combat.hit_dice_total.iter();
    dice.filter(|(die, _)| is_hit_die(die))
        .map(|(die, total)| {
            let left = combat.hit_dice_remaining.get(die).copied().unwrap_or(0);
            let cell = pointer(&["combat", "hit_dice_used", die]);
            // More than a hundred of one die cannot be counted as spent.
            let more = total.saturating_sub(100).max(0);
            let name = format!("Hit dice {die}");
            Counter::new(cell, &name, (*total).min(100), left.saturating_sub(more))
        })
        .collect()
}

/// Tells whether the source can count a die.
pub(super) fn is_hit_die(die: &str) -> bool {
    ["d4", "d6", "d8", "d10", "d12", "d20"].contains(&die)
}

/// Finds what a cell counts.
pub(super) fn find(character: Character<'_>, cell: &str) -> Result<Counter, Refusal> {
    let all = counters(character).into_iter();
    let mut all = all.chain(slots(character)).chain(hit_dice(character));
    all.find(|counter| counter.cell == cell).ok_or_else(|| {
        Refusal::new(
            "Nothing on the sheet is counted there.",
            "Name the counter of a feature, an item or a spell slot.",
        )
        .at(cell)
    })
}

/// Finds what a cell counts, with what the action at hand has taken of it already.
pub(super) fn find_now(it: &Record<'_>, cell: &str) -> Result<Counter, Refusal> {
    let counter = find(it.character, cell)?;
    Ok(match it.pending(cell) {
        Some(spent) => Counter {
            left: (counter.max - spent).clamp(0, counter.max),
            ..counter
        },
        None => counter,
    })
}

/// Spends some of a counter, or refuses.
pub(super) fn take(
    it: &mut Record<'_>,
    counter: &Counter,
    amount: i32,
    why: &str,
) -> Result<(), Refusal> {
    within("number of uses", amount, 1, MAX_USES)?;
    if amount > counter.left {
        let message = match counter.left {
            0 => format!("{}: none is left.", counter.name),
            left => format!(
                "{}: {left} of the {amount} that are needed are left.",
                counter.name
            ),
        };
        let hint = match counter.recovery {
            Recovery::ShortRest | Recovery::OneOnShortRest => "A short rest brings them back.",
            Recovery::LongRest => "A long rest brings them back.",
            Recovery::Dawn => "They come back at dawn.",
            _ => "",
        };
        return Err(Refusal::new(message, hint).at(&counter.cell));
    }
    let left = counter.left - amount;
    it.set(&counter.cell, counter.max - left);
    it.line(&counter.name, counter.left, left, why);
    Ok(())
}

/// Gives some of a counter back.
pub(super) fn give_back(it: &mut Record<'_>, counter: &Counter, amount: i32, why: &str) {
    let left = counter.left.saturating_add(amount.max(0)).min(counter.max);
    if left != counter.left {
        it.set(&counter.cell, counter.max - left);
        it.line(&counter.name, counter.left, left, why);
    }
}

/// Gives back of every counter what a rule says.
pub(super) fn come_back(it: &mut Record<'_>, why: &str, amount: impl Fn(&Counter) -> i32) {
    for counter in counters(it.character) {
        let amount = amount(&counter);
        give_back(it, &counter, amount, why);
    }
    // What is counted without a limit begins anew.
    for own in &it.character.sheet.actions.uses {
        let Some(tally) = &own.tally else { continue };
        let counter = Counter {
            recovery: tally.recovery,
            ..Counter::new(
                tally.cell.clone(),
                &own.name,
                MAX_USES,
                MAX_USES - tally.used,
            )
        };
        if tally.used > 0 && amount(&counter) > 0 {
            it.set(&tally.cell, 0);
            it.line(format!("{}, times used", own.name), tally.used, 0, why);
        }
    }
}

/// Spends uses, points, charges or slots.
pub(super) fn spend(it: &mut Record<'_>, cell: &str, amount: i32) -> Result<(), Refusal> {
    let counter = find(it.character, cell)?;
    take(it, &counter, amount, "")?;
    it.title(format!("{}: spent {amount}", counter.name));
    Ok(())
}

/// Regains uses, points, charges or slots.
pub(super) fn regain(it: &mut Record<'_>, cell: &str, amount: Option<i32>) -> Result<(), Refusal> {
    if let Some(amount) = amount {
        within("number of uses", amount, 1, MAX_USES)?;
    }
    let counter = find(it.character, cell)?;
    if counter.left == counter.max {
        let message = format!("{}: all {} are there.", counter.name, counter.max);
        return Err(Refusal::new(message, "").at(cell));
    }
    let gained = amount.unwrap_or(counter.max).min(counter.spent());
    it.title(format!("{}: regained {gained}", counter.name));
    give_back(it, &counter, gained, "");
    Ok(())
}

/// Gains Heroic Inspiration, of which nobody has more than one (SRD 5.2.1, Heroic Inspiration).
pub(super) fn gain_inspiration(it: &mut Record<'_>) -> Result<(), Refusal> {
    if it.character.sheet.identity.heroic_inspiration {
        return Err(Refusal::new(
            "The character has Heroic Inspiration already.",
            "Give it to another character.",
        )
        .at(INSPIRATION));
    }
    inspire(it, true, "Gained Heroic Inspiration");
    Ok(())
}

/// Spends Heroic Inspiration to roll a die again.
pub(super) fn spend_inspiration(it: &mut Record<'_>) -> Result<(), Refusal> {
    if !it.character.sheet.identity.heroic_inspiration {
        return Err(Refusal::new("The character has no Heroic Inspiration.", "").at(INSPIRATION));
    }
    inspire(it, false, "Spent Heroic Inspiration");
    Ok(())
}

fn inspire(it: &mut Record<'_>, has: bool, title: &str) {
    let word = |has: bool| if has { "yes" } else { "no" };
    it.title(title);
    it.set(INSPIRATION, has);
    it.line("Heroic Inspiration", word(!has), word(has), "");
}
