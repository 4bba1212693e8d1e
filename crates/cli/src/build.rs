//! Commands about building: whole characters, levels, choices.

use ::sheet::{ChoiceOption, ChoiceState};
use rules::content::key;
use serde::Serialize;
use services::wire::{
    AddThing, CellEdit, EditOutcome, EditRequest, HitPoints, LevelUp, QuickCharacter, SheetView,
};
use services::{Code, Failure};

use crate::args::build::{Building, Choose};
use crate::args::{self, Who};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;
use crate::sheet;

/// The beginning of a cell that holds picks by their ids.
const SLOT: &str = "/build/choices/";
/// The beginning of the name under which a casting class offers its spells.
const CASTER: &str = "/spellcasting/casters/";

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: Building) -> Result<(), Trouble> {
    match wanted {
        Building::Build(wanted) => build(session, wanted),
        Building::LevelUp(wanted) => level_up(session, &wanted),
        Building::LevelDown(who) => level_down(session, &who),
        Building::Choices(wanted) => choices(session, &wanted),
        Building::Choose(wanted) => choose(session, &wanted),
    }
}

/// Builds a whole character.
fn build(session: &mut Session<'_>, wanted: args::build::Build) -> Result<(), Trouble> {
    let levels = match (&wanted.levels, wanted.class) {
        (Some(levels), _) => levels_of(levels)?,
        (None, class) => vec![class.unwrap_or_default(); wanted.level.into()],
    };
    let view = session.library()?.roster().quick(&QuickCharacter {
        display_name: wanted.name,
        owner: wanted.owner,
        levels,
        species: wanted.species,
        background: wanted.background,
    })?;
    session.say(&view, |paper| print::build::built(paper, &view))
}

/// Reads levels as `Fighter 5, Wizard 3`; a class without a number is one level.
fn levels_of(text: &str) -> Result<Vec<String>, Failure> {
    let mut levels = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (class, count) = match part.rsplit_once(char::is_whitespace) {
            Some((class, count)) if count.bytes().all(|c| c.is_ascii_digit()) => (class, count),
            _ => (part, "1"),
        };
        match count.parse::<usize>() {
            Ok(count @ 1..=20) if !class.is_empty() => {
                levels.extend(vec![class.trim().to_owned(); count]);
            }
            _ => {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("`{}` names no levels.", print::words::line(part, 40)),
                    "Give classes and numbers from 1 to 20: `\"Fighter 5, Wizard 3\"`.",
                ));
            }
        }
    }
    Ok(levels)
}

/// Adds a level, or shows what it would change.
fn level_up(session: &mut Session<'_>, wanted: &args::build::LevelUp) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    if wanted.preview {
        let preview = library.sheet().level_preview(&row.id, &wanted.class)?;
        return session.say(&preview, |paper| print::build::preview(paper, &preview));
    }
    let hit_points = match (wanted.roll, wanted.hp) {
        (true, _) => HitPoints::Rolled,
        (false, Some(value)) => HitPoints::Given { value },
        (false, None) => HitPoints::Fixed,
    };
    let outcome = library.sheet().level_up(&LevelUp {
        id: row.id,
        class: wanted.class.clone(),
        hit_points,
    })?;
    tell(session, &outcome)
}

/// Takes the last level away.
fn level_down(session: &mut Session<'_>, who: &Who) -> Result<(), Trouble> {
    let (library, row) = session.find(&who.name)?;
    let outcome = library.sheet().level_down(&row.id)?;
    tell(session, &outcome)
}

/// What a character chose and may choose.
#[derive(Serialize)]
struct Made<'v> {
    choices: Vec<&'v ChoiceState>,
    casters: Vec<Spells<'v>>,
}

/// How many spells a casting class has and may have.
#[derive(Serialize)]
pub(crate) struct Spells<'v> {
    /// The cell under which its spells are listed.
    pub(crate) cell: String,
    /// The class.
    pub(crate) class: &'v str,
    /// How many spells are prepared that count.
    pub(crate) prepared: i32,
    /// How many may be, where it is known.
    pub(crate) prepared_limit: Option<i32>,
    /// How many cantrips there are.
    pub(crate) cantrips: usize,
    /// How many there may be, where it is known.
    pub(crate) cantrip_limit: Option<i32>,
}

/// Lists what was chosen and what is open, or what may be picked.
fn choices(session: &mut Session<'_>, wanted: &args::build::Choices) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    if let Some(cell) = &wanted.cell {
        let options = library.sheet().options(&row.id, cell)?;
        return session.say(&options, |paper| print::build::options(paper, &options));
    }
    let view = library.sheet().show(&row.id)?;
    let choices = view.sheet.choices.iter();
    let choices = choices
        .filter(|choice| !wanted.open || choice.open > 0)
        .collect();
    let casters = view.sheet.spellcasting.casters.iter();
    let casters = casters
        // Only a class has a list to choose from; what a species or a feat gives is a choice of its own.
        .filter(|caster| caster.prepared_limit.is_some() || caster.cantrip_limit.is_some())
        .filter(|caster| view.sheet.built && !caster.id.is_empty())
        .map(|caster| Spells {
            cell: format!("{CASTER}{}", caster.id),
            class: &caster.class,
            prepared: caster.prepared_count,
            prepared_limit: caster.prepared_limit,
            cantrips: caster.spells.iter().filter(|s| s.level == 0).count(),
            cantrip_limit: caster.cantrip_limit,
        })
        .collect();
    let made = Made { choices, casters };
    session.say(&made, |paper| {
        print::build::choices(paper, &made.choices, &made.casters);
    })
}

/// Puts picks into a cell, and tells whether they are lawful.
fn choose(session: &mut Session<'_>, wanted: &Choose) -> Result<(), Trouble> {
    let (library, row) = session.find(&wanted.name)?;
    let options = library.sheet().options(&row.id, &wanted.cell)?;
    let picks = wanted
        .picks
        .iter()
        .map(|pick| option_of(&options, pick, wanted))
        .collect::<Result<Vec<_>, _>>()?;
    let outcome = if let Some(caster) = wanted.cell.strip_prefix(CASTER) {
        let spell = only(&picks, wanted)?;
        if !spell.barred.is_empty() {
            return Err(Failure::invalid(
                &wanted.cell,
                format!("{}: {}.", spell.name, spell.barred),
                "`beard choices NAME CELL` lists what may be picked.",
            )
            .into());
        }
        library.sheet().add_thing(&AddThing {
            id: row.id,
            kind: "spell".to_owned(),
            name: spell.name.clone(),
            count: 1,
            variant: None,
            base: None,
            caster: Some(caster.to_owned()),
            pay: false,
        })?
    } else {
        let value = if wanted.cell.starts_with(SLOT) {
            let ids: Vec<&str> = picks.iter().map(|pick| pick.id.as_str()).collect();
            ids.join(" ")
        } else {
            only(&picks, wanted)?.id.clone()
        };
        let base = library.sheet().show(&row.id)?.commit;
        library.sheet().edit(&EditRequest {
            id: row.id,
            branch: None,
            base,
            changes: vec![CellEdit::Set {
                path: wanted.cell.clone(),
                value: value.into(),
            }],
            message: None,
        })?
    };
    session.say(&outcome, |paper| {
        print::outcome::outcome(paper, &outcome);
        if let Some(view) = view_of(&outcome) {
            let own = view.sheet.choices.iter();
            for choice in own.filter(|choice| choice.cell == wanted.cell) {
                print::build::legality(paper, choice);
            }
            print::build::open(paper, view);
        }
    })?;
    sheet::refuse_conflict(&outcome)
}

fn option_of<'o>(
    options: &'o [ChoiceOption],
    pick: &str,
    wanted: &Choose,
) -> Result<&'o ChoiceOption, Failure> {
    let same =
        |option: &&ChoiceOption| key(&option.id) == key(pick) || key(&option.name) == key(pick);
    options.iter().find(same).ok_or_else(|| Failure {
        code: Code::NotFound,
        message: format!("`{}` cannot be picked there.", print::words::line(pick, 40)),
        hint: "`beard choices NAME CELL` lists what may be picked.".to_owned(),
        cell: Some(wanted.cell.clone()),
    })
}

fn only<'o>(picks: &[&'o ChoiceOption], wanted: &Choose) -> Result<&'o ChoiceOption, Failure> {
    match picks {
        [only] => Ok(only),
        several => Err(Failure::invalid(
            &wanted.cell,
            format!("{} things cannot be picked there at once.", several.len()),
            "Pick one; put a name of several words into quotes.",
        )),
    }
}

/// Prints what became of a change, and what is still to choose.
fn tell(session: &mut Session<'_>, outcome: &EditOutcome) -> Result<(), Trouble> {
    session.say(outcome, |paper| {
        print::outcome::outcome(paper, outcome);
        if let Some(view) = view_of(outcome) {
            print::build::open(paper, view);
        }
    })?;
    sheet::refuse_conflict(outcome)
}

fn view_of(outcome: &EditOutcome) -> Option<&SheetView> {
    match outcome {
        EditOutcome::Saved { view, .. } | EditOutcome::Unchanged { view } => Some(view),
        EditOutcome::Conflict { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_read_in_their_order() {
        for (text, levels) in [
            ("Fighter", &["Fighter"][..]),
            ("Fighter 2, Wizard 1", &["Fighter", "Fighter", "Wizard"]),
            (
                "wizard 1,Fighter,  wizard  1",
                &["wizard", "Fighter", "wizard"],
            ),
        ] {
            assert_eq!(levels_of(text).unwrap(), levels, "{text}");
        }
        for text in [
            "",
            "Fighter 0",
            "Fighter 21",
            "Fighter,",
            "Fighter 99999999999999999999",
        ] {
            let failure = levels_of(text).unwrap_err();
            assert_eq!(failure.code, Code::Invalid, "{text}");
        }
    }
}
