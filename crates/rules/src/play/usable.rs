//! Uses of features: what they cost is paid, what they yield is rolled, and what is for the user happens to it.

use sheet::source::Activation;
use sheet::{ExchangePrice, Tally, UseEntry, UseYield, YieldKind, YieldTo};

use super::action::{MAX_DC, MAX_POINTS, MAX_TEMPORARY, MAX_USES};
use super::d20::{self, Test};
use super::health::{self, Health};
use super::outcome::{LineKind, Refusal};
use super::record::{Record, unreadable, within};
use super::{conditions, death, price, uses};
use crate::dice::{Expression, Mode};

/// Makes use of a feature.
pub(super) fn make_use(
    it: &mut Record<'_>,
    id: &str,
    amount: Option<i32>,
    slot: Option<i32>,
    other: bool,
) -> Result<(), Refusal> {
    let mut own = it.character.sheet.actions.uses.iter();
    let Some(entry) = own.find(|own| own.id == id) else {
        return Err(Refusal::new(
            "The character has no such use of a feature.",
            "It comes with a feature; look at what there is.",
        ));
    };
    match entry.activation {
        Activation::Action | Activation::BonusAction | Activation::Reaction => {
            conditions::refuse_incapacitated(it.character)?;
        }
        _ => death::refuse_dead(it.character)?,
    }
    let amount = chosen(entry, amount)?;
    refuse_futile(it, entry, other)?;
    let spent = price::pay(it, &entry.name, &entry.cost, amount, slot)?;
    if let Some(tally) = &entry.tally {
        count(it, entry, tally);
    }
    let mut told = Vec::new();
    for own in &entry.yields {
        let times = if own.each { spent } else { 1 };
        let user = match own.to {
            YieldTo::User => true,
            YieldTo::Anyone => !other,
            YieldTo::Other => false,
        };
        match give(it, entry, own, times, user)? {
            Given::Said(words) => told.push(words),
            Given::Nothing => {}
            Given::Failed => {
                told.push("the save fails".to_owned());
                break;
            }
        }
    }
    it.title(match told.is_empty() {
        true => format!("Used {}", entry.name),
        false => format!("{}: {}", entry.name, told.join(", ")),
    });
    Ok(())
}

/// Holds how much is to be spent against what may be chosen.
fn chosen(entry: &UseEntry, amount: Option<i32>) -> Result<Option<i32>, Refusal> {
    let (Some(amount), ExchangePrice::Uses { amount: least, .. }) = (amount, &entry.cost) else {
        return match amount {
            None => Ok(None),
            Some(_) => Err(Refusal::new(
                format!("{} does not cost uses or points.", entry.name),
                "Name no amount.",
            )),
        };
    };
    let most = entry.most.unwrap_or(*least);
    if !(*least..=most).contains(&amount) {
        let hint = match *least == most {
            true => format!("It costs {least}."),
            false => format!("It costs {least} to {most}."),
        };
        let message = format!("{} cannot be used for {amount}.", entry.name);
        return Err(Refusal::new(message, hint));
    }
    Ok(Some(amount))
}

/// Refuses what would cost something and change nothing.
fn refuse_futile(it: &Record<'_>, entry: &UseEntry, other: bool) -> Result<(), Refusal> {
    if entry.bloodied {
        let health = Health::of(it.character)?;
        let hurt = health.current > 0 && health.current <= health.maximum / 2;
        if !hurt {
            return Err(Refusal::new(
                format!("{} is for who is bloodied.", entry.name),
                format!(
                    "There are {} of {} hit points.",
                    health.current, health.maximum
                ),
            ));
        }
    }
    for own in &entry.yields {
        let user = own.to == YieldTo::User || (own.to == YieldTo::Anyone && !other);
        let alone = entry.yields.len() == 1;
        match own.of {
            YieldKind::HitPoints => {
                let health = Health::of(it.character)?;
                if health.current > 0 {
                    return Err(Refusal::new(
                        format!("{} is for who has fallen to 0 hit points.", entry.name),
                        format!("There are {} left.", health.current),
                    ));
                }
            }
            YieldKind::Healing if user && alone && Health::of(it.character)?.is_full() => {
                return Err(Refusal::new(
                    format!("{}: no hit points are missing.", entry.name),
                    "Keep it for later.",
                ));
            }
            YieldKind::State if user && conditions::is_under(it.character, &own.name) => {
                return Err(Refusal::new(
                    format!("{} is on already.", own.name),
                    "Remove the condition when it ends.",
                ));
            }
            _ => {}
        }
    }
    Ok(())
}

fn count(it: &mut Record<'_>, entry: &UseEntry, tally: &Tally) {
    let used = tally.used.clamp(0, MAX_USES);
    let now = used.saturating_add(1).min(MAX_USES);
    it.set(&tally.cell, now);
    it.line(format!("{}, times used", entry.name), used, now, "");
}

/// What came of one yield.
enum Given {
    /// In a few words, for the title.
    Said(String),
    Nothing,
    /// A save failed, and nothing follows.
    Failed,
}

fn give(
    it: &mut Record<'_>,
    entry: &UseEntry,
    own: &UseYield,
    times: i32,
    user: bool,
) -> Result<Given, Refusal> {
    match own.of {
        YieldKind::State => {
            if user {
                conditions::add(it, &own.name, &entry.name, "", None)?;
            } else {
                it.tell(own.name.clone(), "for somebody else");
            }
            Ok(Given::Nothing)
        }
        YieldKind::Uses => {
            let Some(counter) = &own.counter else {
                return Ok(Given::Nothing);
            };
            let counter = uses::find_now(it, counter)?;
            let amount = match own.amount {
                0 => counter.max,
                amount => amount.saturating_mul(times),
            };
            let back = amount.clamp(0, counter.spent());
            if back == 0 {
                it.tell(counter.name.clone(), "none is spent");
                return Ok(Given::Nothing);
            }
            uses::give_back(it, &counter, back, &entry.name);
            Ok(Given::Said(format!("{back} × {} back", counter.name)))
        }
        YieldKind::Save => {
            it.line_of(LineKind::Note, &own.name, "", own.amount, "");
            Ok(Given::Said(format!("{} {}", own.name, own.amount)))
        }
        YieldKind::OwnSave => own_save(it, own),
        YieldKind::HitPoints => {
            let points = own.amount.clamp(1, MAX_POINTS);
            let mut health = Health::now(it)?;
            health::restore(it, &mut health, points, &entry.name);
            let now = health.current;
            Ok(Given::Said(match now {
                1 => "1 hit point left".to_owned(),
                now => format!("{now} hit points left"),
            }))
        }
        YieldKind::Healing => {
            let points = rolled(it, own, times, LineKind::Roll)?;
            if user {
                let mut health = Health::now(it)?;
                let gained = health.healed(points) - health.current;
                let why = match gained < points {
                    true => "never beyond the maximum",
                    false => "",
                };
                if gained > 0 {
                    health::restore(it, &mut health, gained, why);
                } else {
                    it.tell("Hit points", "none are missing");
                }
                Ok(Given::Said(format!("regained {gained} hit points")))
            } else {
                Ok(Given::Said(format!("{points} healing for somebody else")))
            }
        }
        YieldKind::TemporaryHitPoints => {
            let points = rolled(it, own, times, LineKind::Roll)?.min(MAX_TEMPORARY);
            if user {
                health::gain_temporary(it, points);
            }
            let whom = if user { "" } else { " for somebody else" };
            Ok(Given::Said(format!("{points} temporary hit points{whom}")))
        }
        YieldKind::Damage => {
            let points = rolled(it, own, times, LineKind::Damage)?;
            let types = own.types.join(" or ");
            let of = if types.is_empty() { "" } else { " " };
            Ok(Given::Said(format!("{points}{of}{types} damage")))
        }
        YieldKind::Number => {
            let points = rolled(it, own, times, LineKind::Roll)?;
            Ok(Given::Said(format!("{points} {}", lower(&own.name))))
        }
    }
}

/// Writes a name as it stands within a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Rolls a yield with its terms, and tells it; never less than 0.
fn rolled(it: &mut Record<'_>, own: &UseYield, times: i32, kind: LineKind) -> Result<i32, Refusal> {
    let mut parts = match &own.cell {
        Some(cell) => d20::terms_of(it.character, cell)?,
        None => Vec::new(),
    };
    for (_, amount) in &mut parts {
        *amount = amount.saturating_mul(times);
    }
    let types = own.types.join(" or ");
    let told = |points: i32| format!("{points} {types}").trim_end().to_owned();
    if own.dice.is_empty() {
        let sum: i64 = parts.iter().map(|(_, amount)| i64::from(*amount)).sum();
        let points = i32::try_from(sum.clamp(0, i64::from(MAX_POINTS))).unwrap_or(0);
        let terms: Vec<String> = parts
            .iter()
            .map(|(label, amount)| format!("{amount} {label}"))
            .collect();
        it.line_of(kind, &own.name, "", told(points), terms.join(" + "));
        return Ok(points);
    }
    let dice = many(&own.dice, times);
    let base = Expression::parse(&dice).map_err(|error| unreadable(&dice, &error))?;
    let roll = it.roll(&d20::with_parts(&base, &parts)?);
    // Who is healed by dice gets something, whatever is taken off.
    let least = i32::from(matches!(
        own.of,
        YieldKind::Healing | YieldKind::TemporaryHitPoints
    ));
    let points = roll.total.clamp(least, MAX_POINTS);
    it.line_of(kind, &own.name, "", told(points), roll.notation);
    Ok(points)
}

/// Writes so many times as many dice: `1d8` three times is `3d8`.
fn many(dice: &str, times: i32) -> String {
    let counted = dice.split_once('d').and_then(|(count, die)| {
        let count: i32 = count.parse().ok()?;
        Some(format!("{}d{die}", count.saturating_mul(times.max(1))))
    });
    counted.unwrap_or_else(|| dice.to_owned())
}

/// Makes the user's own save.
fn own_save(it: &mut Record<'_>, own: &UseYield) -> Result<Given, Refusal> {
    let Some(ability) = own.ability else {
        return Ok(Given::Nothing);
    };
    within("DC", own.amount, 1, MAX_DC)?;
    let cell = format!("/statistics/saving_throws/{}", ability.key());
    let parts = d20::terms_of(it.character, &cell)?;
    let name = format!("{} save", ability.name());
    let Test { total, .. } = d20::throw(it, &name, &parts, Mode::Normal, None, None)?;
    d20::notes(it, &cell);
    let why = format!("{total} against DC {}", own.amount);
    if total < own.amount {
        it.verdict(LineKind::Failure, why);
        return Ok(Given::Failed);
    }
    it.verdict(LineKind::Success, why);
    Ok(Given::Nothing)
}
