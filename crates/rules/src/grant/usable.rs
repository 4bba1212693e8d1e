//! What features do when they are used: their costs, and the terms of what they roll or yield.

use sheet::vocabulary::Ability;
use sheet::{ExchangePrice, Finding, Severity, Source, Tally, UseEntry, UseYield, YieldKind};

use super::Granted;
use super::amounts::Known;
use super::exchanges;
use super::owner::{Owner, Walked};
use crate::content::yields::{self, Dice};
use crate::content::{Effect, Formula, Yield};

/// A use whose numbers wait to be added up.
#[derive(Debug, Clone)]
pub(crate) struct Usable {
    /// All that is known of it; the amounts of its yields are 0.
    pub(crate) entry: UseEntry,
    /// The terms of each of its yields.
    pub(crate) terms: Vec<Terms>,
}

/// What the number of one yield is made of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    pub(crate) parts: Vec<UsePart>,
    /// What else to know of it.
    pub(crate) notes: Vec<String>,
}

/// One term of the number of a yield.
#[derive(Debug, Clone)]
pub(crate) struct UsePart {
    pub(crate) label: String,
    pub(crate) value: i32,
    /// The cell whose number it is, where it is nothing but that.
    pub(crate) cell: Option<String>,
}

/// Lists the uses; what costs something the character does not have is left out.
pub(super) fn apply(worked: &Source, walked: &Walked<'_>, known: &Known, granted: &mut Granted) {
    let mut found = Vec::new();
    for active in &walked.active {
        let Effect::Use {
            id,
            name,
            activation,
            spends,
            amount,
            most,
            pays,
            tally,
            only,
            on,
            bloodied,
            yields,
            ..
        } = active.effect
        else {
            continue;
        };
        let owner = &*active.owner;
        let amount = amount.as_ref();
        let amount = amount.map_or(1, |amount| known.value(amount, owner, granted).max(1));
        let cost = exchanges::cost(worked, granted, owner, spends.as_deref(), amount, pays);
        let Some(cost) = cost else { continue };
        let most = most.as_ref().filter(|_| spends.is_some());
        let most = most.map(|most| known.value(most, owner, granted).max(amount));
        let id = match id.as_str() {
            "" => owner.slot.clone(),
            id => format!("{}.{id}", owner.slot),
        };
        let tally = tally.map(|recovery| {
            let counter = format!("{id}.times");
            let used = worked.build.used.get(&counter).copied().unwrap_or(0).max(0);
            Tally {
                cell: format!("/build/used/{counter}"),
                used,
                recovery,
            }
        });
        let used = tally.as_ref().map_or(0, |tally| tally.used);
        let mut entry = UseEntry {
            id,
            name: name.as_ref().unwrap_or(&owner.label).clone(),
            source: owner.source.clone(),
            feature: owner.slot.clone(),
            activation: *activation,
            when: only.clone(),
            on: *on,
            bloodied: *bloodied,
            cost,
            most,
            tally,
            yields: Vec::new(),
        };
        let mut terms = Vec::new();
        for own in yields.iter().filter(|own| own.level <= owner.level) {
            let counter = match own.of {
                YieldKind::Uses => match exchanges::counted(worked, granted, owner, &own.name) {
                    Some((cell, name)) => Some((cell, name)),
                    None => continue,
                },
                _ => None,
            };
            let numbers = own_terms(own, owner, known, used, granted);
            let dice = dice(&own.dice, owner, known, granted);
            if dice.is_empty() && is_nothing(own, &numbers) {
                continue;
            }
            let cell = (own.of != YieldKind::State).then(|| {
                let key = key_of(&entry, own.of);
                format!("/actions/uses/{}/{key}", entry.id)
            });
            let (counter, counted) = counter.unzip();
            entry.yields.push(UseYield {
                of: own.of,
                name: counted.unwrap_or_else(|| called(own)),
                cell: cell.filter(|_| own.of != YieldKind::Uses),
                amount: 0,
                dice,
                roll: String::new(),
                types: own.types.clone(),
                ability: own.ability,
                half: own.half,
                to: own.to,
                each: own.each,
                counter,
            });
            terms.push(numbers);
        }
        // What only says when a feature is used, and spends its own uses alone, has its row among the features.
        if !entry.yields.is_empty() || entry.cost != ExchangePrice::Nothing {
            found.push(Usable { entry, terms });
        }
    }
    granted.usable = found;
}

/// Names a yield within its use: its sort, numbered from the second of a sort.
fn key_of(entry: &UseEntry, of: YieldKind) -> String {
    let word = match of {
        YieldKind::Healing => "healing",
        YieldKind::TemporaryHitPoints => "temporary_hit_points",
        YieldKind::HitPoints => "hit_points",
        YieldKind::Damage => "damage",
        YieldKind::Save => "save",
        YieldKind::OwnSave => "own_save",
        YieldKind::Number => "number",
        YieldKind::State => "state",
        YieldKind::Uses => "uses",
    };
    match entry.yields.iter().filter(|own| own.of == of).count() {
        0 => word.to_owned(),
        before => format!("{word}-{}", before + 1),
    }
}

/// Tells whether there is nothing to a number yet, as of a table that begins at a later level.
fn is_nothing(own: &Yield, terms: &Terms) -> bool {
    let sum: i64 = terms.parts.iter().map(|part| i64::from(part.value)).sum();
    let number = !matches!(own.of, YieldKind::State | YieldKind::Uses);
    number && sum <= 0
}

/// Calls a yield by its sort, unless the pack says better.
fn called(own: &Yield) -> String {
    if !own.name.is_empty() {
        return own.name.clone();
    }
    let ability = own.ability.map_or("", Ability::name);
    match own.of {
        YieldKind::Healing => "Healing".to_owned(),
        YieldKind::TemporaryHitPoints => "Temporary hit points".to_owned(),
        YieldKind::HitPoints => "Hit points left".to_owned(),
        YieldKind::Damage => "Damage".to_owned(),
        YieldKind::Save => format!("{ability} save DC").trim_start().to_owned(),
        YieldKind::OwnSave => format!("Own {ability} save, DC"),
        YieldKind::Number | YieldKind::State | YieldKind::Uses => String::new(),
    }
}

fn own_terms(
    own: &Yield,
    owner: &Owner<'_>,
    known: &Known,
    used: i32,
    granted: &mut Granted,
) -> Terms {
    let mut terms = Terms::default();
    if let Some(amount) = &own.amount {
        terms.parts = parts(amount, owner, known, used, granted);
    }
    if own.half {
        terms.notes.push("Half on a successful save".to_owned());
    }
    terms
}

/// Works out dice: a table of the class at its level, a formula before a die, or as they are written.
pub(super) fn dice(text: &str, owner: &Owner<'_>, known: &Known, granted: &mut Granted) -> String {
    let table = owner.class.and_then(|class| class.die(text.trim()));
    match yields::dice(table.unwrap_or(text)) {
        Ok(Dice::None) => String::new(),
        Ok(Dice::Plain(dice)) => dice.to_owned(),
        Ok(Dice::Counted(count, die)) => match known.value(&count, owner, granted).min(100) {
            count if count < 1 => String::new(),
            count => format!("{count}d{die}"),
        },
        Err(problem) => {
            granted.findings.push(Finding {
                cell: owner.cell.clone(),
                severity: Severity::Warning,
                message: format!("The dice of `{}` cannot be read: {problem}.", owner.label),
                hint: "They are left out; mend the pack.".to_owned(),
            });
            String::new()
        }
    }
}

fn parts(
    formula: &Formula,
    owner: &Owner<'_>,
    known: &Known,
    used: i32,
    granted: &mut Granted,
) -> Vec<UsePart> {
    let mut found = Vec::new();
    for part in formula.parts() {
        let value = part.value(&|name| match name {
            "used" => Some(used),
            // It is taken from its cell when the sheet is added up.
            "spell_dc" => Some(8),
            name => known.named(name, owner),
        });
        // A name that nobody knows is told once, for the whole formula.
        let Ok(value) = value else {
            known.value(formula, owner, granted);
            return Vec::new();
        };
        let words = part.words(&|name| spoken(name, owner));
        found.push(UsePart {
            label: if words.is_empty() {
                "Base".to_owned()
            } else {
                words
            },
            value,
            cell: part.name().and_then(|name| cell(name, owner)),
        });
    }
    found
}

/// Says a name of a formula in words.
fn spoken(name: &str, owner: &Owner<'_>) -> String {
    match name {
        "pb" => "Proficiency".to_owned(),
        "level" => "Character level".to_owned(),
        "class_level" => match owner.class {
            Some(at) => format!("{} level", at.class.name),
            None => "Character level".to_owned(),
        },
        "walk" => "Speed".to_owned(),
        "used" => "Times used".to_owned(),
        "spell_dc" => "Spell save DC".to_owned(),
        _ => {
            let (short, of) = match name.strip_prefix("score_") {
                Some(short) => (short, " score"),
                None => (name, ""),
            };
            let ability = Ability::ALL.into_iter().find(|own| own.key() == short);
            match ability {
                Some(ability) => format!("{}{of}", ability.name()),
                None => {
                    let mut words = name.replace('_', " ");
                    if let Some(first) = words.get_mut(..1) {
                        first.make_ascii_uppercase();
                    }
                    words
                }
            }
        }
    }
}

/// Gives the cell of a name of a formula, where it has one.
fn cell(name: &str, owner: &Owner<'_>) -> Option<String> {
    let of = |key: &str| Ability::ALL.into_iter().any(|own| own.key() == key);
    match name {
        "pb" => Some("/statistics/proficiency_bonus".to_owned()),
        "walk" => Some("/combat/speed".to_owned()),
        "spell_dc" => Some(format!(
            "/spellcasting/casters/{}/spell_save_dc",
            owner.caster
        )),
        name if of(name) => Some(format!("/statistics/ability_modifiers/{name}")),
        name => {
            let score = name.strip_prefix("score_").filter(|name| of(name))?;
            Some(format!("/statistics/ability_scores/{score}"))
        }
    }
}
