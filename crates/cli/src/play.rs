//! Commands about play: what happens to a character at the table.

use std::collections::BTreeMap;

use ::sheet::vocabulary::{Ability, SKILLS};
use ::sheet::{CompleteSheet, SpellEntry};
use rules::Content;
use rules::content::key;
use rules::dice::Mode;
use rules::play::{Action, CastWith};
use services::{Code, Failure};

use crate::args::play::{
    AddOrRemove, Attack, Cast, Check, Condition, Convert, Damage, Playing, Points, Regain, Rest,
    RollSpell, ShortOrLong, Spend, Use,
};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;
use crate::sheet;

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Playing) -> Result<(), Trouble> {
    match wanted {
        Playing::Damage(Damage {
            name,
            amount,
            kind,
            critical,
            half,
        }) => act(session, &name, |_| {
            Ok(Action::Damage {
                amount,
                kind,
                critical,
                half,
            })
        }),
        Playing::Heal(Points { name, amount }) => {
            act(session, &name, |_| Ok(Action::Heal { amount }))
        }
        Playing::Temp(Points { name, amount }) => act(session, &name, |_| {
            Ok(Action::TemporaryHitPoints { amount })
        }),
        Playing::Condition(wanted) => act(session, &wanted.name, |sheet| condition(sheet, &wanted)),
        Playing::Cast(wanted) => act(session, &wanted.name, |sheet| cast(sheet, &wanted)),
        Playing::Spell(wanted) => act(session, &wanted.name, |sheet| roll_spell(sheet, &wanted)),
        Playing::Convert(wanted) => match &wanted.exchange {
            Some(named) => act(session, &wanted.name, |sheet| {
                convert(sheet, named, &wanted.slot)
            }),
            None => exchanges(session, &wanted),
        },
        Playing::Attack(wanted) => act(session, &wanted.name, |sheet| attack(sheet, &wanted)),
        Playing::Check(wanted) => act(session, &wanted.name, |_| check(&wanted)),
        Playing::Use(wanted) => act(session, &wanted.name, |sheet| make_use(sheet, &wanted)),
        Playing::Rest(wanted) => act(session, &wanted.name, |_| rest(&wanted)),
        Playing::Spend(Spend {
            name,
            resource,
            amount,
        }) => act(session, &name, |sheet| {
            let counter = counter(sheet, &resource)?;
            Ok(Action::Spend { counter, amount })
        }),
        Playing::Regain(Regain {
            name,
            resource,
            amount,
        }) => act(session, &name, |sheet| {
            let counter = counter(sheet, &resource)?;
            Ok(Action::Regain { counter, amount })
        }),
    }
}

/// Does one thing at the table and tells what came of it.
fn act(
    session: &mut Session<'_>,
    name: &str,
    action: impl FnOnce(&CompleteSheet) -> Result<Action, Failure>,
) -> Result<(), Trouble> {
    let (library, row) = session.find(name)?;
    let view = library.sheet().show(&row.id)?;
    let action = action(&view.sheet)?;
    let done = library.sheet().act(&row.id, &action)?;
    session.say(&done, |paper| print::play::done(paper, &row.handle, &done))?;
    match &done.edit {
        Some(edit) => sheet::refuse_conflict(edit),
        None => Ok(()),
    }
}

fn condition(sheet: &CompleteSheet, wanted: &Condition) -> Result<Action, Failure> {
    let wanted_key = key(&wanted.condition);
    if wanted.what == AddOrRemove::Add {
        // As the rules write it; what they do not know is written as it was typed.
        let known = Content::srd().conditions.get(&wanted_key);
        return Ok(Action::AddCondition {
            name: known.map_or_else(|| wanted.condition.clone(), |rule| rule.name.clone()),
            source: wanted.source.clone(),
            duration: wanted.duration.clone(),
            level: wanted.level,
        });
    }
    match wanted_key.as_str() {
        "concentration" => return Ok(Action::EndConcentration),
        "exhaustion" => {
            let delta = wanted.level.unwrap_or(1).saturating_neg();
            return Ok(Action::Exhaustion { delta });
        }
        _ => {}
    }
    let own = sheet.conditions.iter();
    let id = pick(
        own.map(|own| (own.id.as_str(), own.name.as_str())),
        &wanted.condition,
    )
    .ok_or_else(|| {
        missing(
            "condition",
            &wanted.condition,
            "`beard show NAME` lists them.",
        )
    })?;
    Ok(Action::RemoveCondition { id })
}

/// Lists what may be given for what.
fn exchanges(session: &mut Session<'_>, wanted: &Convert) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let view = library.sheet().show(&row.id)?;
    let exchanges = &view.sheet.actions.exchanges;
    session.say(exchanges, |paper| print::play::exchanges(paper, exchanges))?;
    Ok(())
}

/// Finds a spell of the character: of several of one name, the one that is at hand.
fn spell<'a>(sheet: &'a CompleteSheet, named: &str) -> Result<&'a SpellEntry, Failure> {
    let casters = sheet.spellcasting.casters.iter();
    let spells = casters.flat_map(|caster| &caster.spells);
    let same = |spell: &&SpellEntry| spell.id == named || key(&spell.name) == key(named);
    let found: Vec<&SpellEntry> = spells.map(|spell| &**spell).filter(same).collect();
    let ready = found
        .iter()
        .find(|spell| spell.prepared || spell.always_prepared);
    let found = ready.or(found.first()).copied();
    found.ok_or_else(|| {
        missing(
            "spell",
            named,
            "`beard show NAME` lists the character's spells.",
        )
    })
}

fn roll_spell(sheet: &CompleteSheet, wanted: &RollSpell) -> Result<Action, Failure> {
    let spell = spell(sheet, &wanted.spell)?;
    let place = wanted.part.map(|part| part - 1);
    let roll = usize::try_from(place.unwrap_or(0))
        .ok()
        .and_then(|at| spell.rolls.get(at));
    Ok(Action::RollSpell {
        spell: spell.id.clone(),
        level: wanted.level,
        roll: place,
        attack: !wanted.hit
            && !spell.attack.is_empty()
            && (place.is_none() || roll.is_some_and(|roll| roll.on_hit)),
        mode: wanted.d20.mode(),
        bonus: wanted.bonus.clone(),
        against: wanted.against,
        critical: wanted.critical,
    })
}

fn convert(sheet: &CompleteSheet, named: &str, about: &[String]) -> Result<Action, Failure> {
    let exchanges = sheet.actions.exchanges.iter();
    let exchange = pick(
        exchanges.map(|own| (own.id.as_str(), own.name.as_str())),
        named,
    )
    .ok_or_else(|| {
        missing(
            "exchange",
            named,
            "`beard convert NAME` lists what there is.",
        )
    })?;
    let mut slots: BTreeMap<String, i32> = BTreeMap::new();
    for text in about {
        let (level, count) = text.split_once('=').unwrap_or((text, "1"));
        let Ok(count) = count.trim().parse::<i32>() else {
            return Err(Failure::new(
                Code::Invalid,
                format!("`{}` names no spell slots.", print::words::line(text, 40)),
                "Give their level, and how many: `--slot 1=2`.",
            ));
        };
        let sum = slots.entry(level.trim().to_owned()).or_default();
        *sum = sum.saturating_add(count);
    }
    Ok(Action::Convert { exchange, slots })
}

fn cast(sheet: &CompleteSheet, wanted: &Cast) -> Result<Action, Failure> {
    let casting = &sheet.spellcasting;
    let spell = spell(sheet, &wanted.spell)?;
    let with = if let Some(level) = wanted.slot {
        CastWith::Slot { level }
    } else if let Some(resource) = &wanted.uses {
        CastWith::Uses {
            counter: counter(sheet, resource)?,
            amount: 1,
            level: None,
        }
    } else if wanted.pact {
        CastWith::Pact
    } else if wanted.ritual {
        CastWith::Ritual
    } else if wanted.free || spell.level == 0 {
        CastWith::Free
    } else {
        let left = |level: &i32| {
            let slots = casting.spell_slots.get(&level.to_string());
            slots.is_some_and(|slots| slots.current > 0)
        };
        let pact = casting.pact_slots.as_ref();
        match (spell.level..=9).find(left) {
            Some(level) => CastWith::Slot { level },
            None if pact.is_some() => CastWith::Pact,
            None => CastWith::Slot { level: spell.level },
        }
    };
    let attacks = wanted.roll && !spell.attack.is_empty();
    let rolled = wanted.attack || attacks || wanted.d20.mode() != Mode::Normal;
    Ok(Action::Cast {
        spell: spell.id.clone(),
        with,
        attack: rolled.then(|| wanted.d20.mode()),
        roll: wanted.roll,
    })
}

fn attack(sheet: &CompleteSheet, wanted: &Attack) -> Result<Action, Failure> {
    let weapons = sheet.actions.weapons.iter();
    let weapon = pick(
        weapons.map(|own| (own.id.as_str(), own.name.as_str())),
        &wanted.weapon,
    )
    .ok_or_else(|| {
        missing(
            "attack",
            &wanted.weapon,
            "`beard show NAME` lists the character's attacks.",
        )
    })?;
    let ammunition =
        match &wanted.ammunition {
            None => None,
            Some(name) => {
                let items = sheet.equipment.inventory.iter();
                let items = items.map(|own| (own.id.as_str(), own.name.as_str()));
                let magical = sheet.equipment.magical_items.iter();
                let magical = magical.map(|own| (own.id.as_str(), own.name.as_str()));
                let found = pick(items.chain(magical), name);
                Some(found.ok_or_else(|| {
                    missing("item", name, "`beard show NAME` lists what is carried.")
                })?)
            }
        };
    let mut entries = sheet.actions.weapons.iter();
    let entry = entries.find(|own| own.id == weapon);
    let mut riders = Vec::new();
    for named in &wanted.riders {
        let offered = entry.iter().flat_map(|own| &own.riders);
        let found = pick(
            offered.map(|own| (own.id.as_str(), own.name.as_str())),
            named,
        );
        riders.push(found.ok_or_else(|| {
            let hint = "`beard show NAME` lists what can be added to a hit.";
            missing("dice for this attack", named, hint)
        })?);
    }
    Ok(Action::Attack {
        weapon,
        mode: wanted.d20.mode(),
        bonus: wanted.bonus.clone(),
        two_handed: wanted.two_handed,
        against: wanted.against,
        critical_hits: wanted.critical_hits,
        ammunition,
        riders,
    })
}

fn make_use(sheet: &CompleteSheet, wanted: &Use) -> Result<Action, Failure> {
    let uses = &sheet.actions.uses;
    let found = pick(
        uses.iter().map(|own| (own.id.as_str(), own.name.as_str())),
        &wanted.what,
    );
    let id = found.ok_or_else(|| {
        let hint = match examples(uses.iter().map(|own| own.name.as_str())) {
            None => "Nothing of this character is used in this way.".to_owned(),
            Some(names) => format!("There are, for example, {names}."),
        };
        missing("use of a feature", &wanted.what, &hint)
    })?;
    Ok(Action::Use {
        id,
        amount: wanted.amount,
        slot: wanted.slot,
        other: wanted.other,
    })
}

fn check(wanted: &Check) -> Result<Action, Failure> {
    let what = wanted.what.join(" ");
    let (mode, bonus) = (wanted.d20.mode(), wanted.bonus.clone());
    let roll = |cell: String| Action::Roll {
        cell,
        mode,
        bonus: bonus.clone(),
        against: wanted.dc,
    };
    if what.starts_with('/') {
        return Ok(roll(what));
    }
    let wanted_key = key(&what);
    match wanted_key.as_str() {
        "initiative" => return Ok(roll("/combat/initiative".to_owned())),
        "death" | "death-save" => {
            return Ok(Action::DeathSave {
                face: None,
                mode,
                bonus,
            });
        }
        "concentration" | "concentration-save" => {
            let Some(dc) = wanted.dc else {
                return Err(Failure::new(
                    Code::Invalid,
                    "The save that keeps concentration up needs its DC.",
                    "Name it: `--dc 10`. It is half the damage, at least 10 and at most 30.",
                ));
            };
            return Ok(Action::ConcentrationSave {
                dc,
                face: None,
                mode,
                bonus,
            });
        }
        _ => {}
    }
    if let Some(skill) = SKILLS.iter().find(|skill| key(skill.name) == wanted_key) {
        return Ok(roll(format!("/statistics/skills/{}", skill.key)));
    }
    let (name, section) = match wanted_key.strip_suffix("-save") {
        Some(name) => (name, "saving_throws"),
        None => (
            wanted_key.strip_suffix("-check").unwrap_or(&wanted_key),
            "ability_modifiers",
        ),
    };
    let mut abilities = Ability::ALL.into_iter();
    let ability = abilities.find(|own| own.key() == name || own.key().get(..3) == Some(name));
    match ability {
        Some(ability) => Ok(roll(format!("/statistics/{section}/{}", ability.key()))),
        None => Err(missing(
            "skill, ability or save",
            &what,
            "`beard check --help` tells what can be rolled.",
        )),
    }
}

fn rest(wanted: &Rest) -> Result<Action, Failure> {
    let refused = |message: &str, hint: &str| Err(Failure::new(Code::Invalid, message, hint));
    if wanted.rest == ShortOrLong::Long {
        if !wanted.dice.is_empty() {
            return refused(
                "A long rest spends no hit dice; it brings them back.",
                "Leave `--dice` out.",
            );
        }
        return Ok(Action::LongRest { dawn: wanted.dawn });
    }
    if wanted.dawn {
        return refused("No dawn comes with a short rest.", "Leave `--dawn` out.");
    }
    let mut hit_dice: BTreeMap<String, i32> = BTreeMap::new();
    for text in &wanted.dice {
        let (die, count) = text.split_once('=').unwrap_or((text, "1"));
        let Ok(count) = count.trim().parse::<i32>() else {
            return Err(Failure::new(
                Code::Invalid,
                format!("`{}` names no hit dice.", print::words::line(text, 40)),
                "Give die and number: `--dice d8=2`.",
            ));
        };
        let spent = hit_dice.entry(die.trim().to_lowercase()).or_default();
        *spent = spent.saturating_add(count);
    }
    Ok(Action::ShortRest { hit_dice })
}

/// Finds the cell that counts something.
fn counter(sheet: &CompleteSheet, named: &str) -> Result<String, Failure> {
    if named.starts_with('/') {
        return Ok(named.to_owned());
    }
    let wanted = key(named);
    if wanted == "pact" {
        return Ok("/spellcasting/pact/used".to_owned());
    }
    if let Some(level) = wanted.strip_prefix("slot-") {
        return Ok(format!("/spellcasting/slots/{level}/used"));
    }
    if sheet.combat.hit_dice_total.contains_key(&wanted) {
        return Ok(format!("/combat/hit_dice_used/{wanted}"));
    }
    let features = sheet.actions.features.iter().filter_map(|feature| {
        let uses = feature.uses.as_ref()?;
        Some((
            feature.id.as_str(),
            feature.name.as_str(),
            uses.cell.clone(),
        ))
    });
    let items = sheet.equipment.magical_items.iter().filter_map(|item| {
        item.charges.as_ref()?;
        let cell = format!("/equipment/magical_items/{}/charges/used", item.id);
        Some((item.id.as_str(), item.name.as_str(), cell))
    });
    let counted: Vec<(&str, &str, String)> = features.chain(items).collect();
    let found = counted
        .iter()
        .find(|(id, name, _)| *id == named || key(name) == wanted || key(plain(name)) == wanted);
    match found {
        Some((.., cell)) => Ok(cell.clone()),
        None => {
            let hint = match examples(counted.iter().map(|(_, name, _)| *name)) {
                None => "Nothing of this character is counted but slots and hit dice.".to_owned(),
                Some(names) => format!("Counted are, for example, {names}."),
            };
            Err(missing("feature or item with uses", named, &hint))
        }
    }
}

/// Names some of several things, for a hint; none where there are none.
fn examples<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut names: Vec<String> = names
        .map(|name| format!("`{}`", print::words::line(name, 40)))
        .collect();
    names.dedup();
    names.truncate(8);
    (!names.is_empty()).then(|| names.join(", "))
}

/// Takes the parenthesis off a name: `Arcane Recovery (3)` is `Arcane Recovery`.
fn plain(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}

/// Finds a thing by its id, else by its name.
fn pick<'a>(things: impl Iterator<Item = (&'a str, &'a str)>, named: &str) -> Option<String> {
    let things: Vec<(&str, &str)> = things.collect();
    let by_id = things.iter().find(|(id, _)| *id == named);
    let by_name = || things.iter().find(|(_, name)| key(name) == key(named));
    by_id.or_else(by_name).map(|(id, _)| (*id).to_owned())
}

fn missing(what: &str, named: &str, hint: &str) -> Failure {
    Failure::new(
        Code::NotFound,
        format!(
            "The character has no {what} called `{}`.",
            print::words::line(named, 60)
        ),
        hint,
    )
}
