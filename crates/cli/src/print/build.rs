//! What was built: choices made and open, options, levels.

use services::wire::{LevelPreview, SheetView};
use sheet::{ChoiceOption, ChoiceState};

use super::outcome::changes_table;
use super::paper::Paper;
use super::sheet::{findings, listed};
use super::table::{Edge, Table};
use super::words;
use crate::build::Spells;

/// Tells of a character that was built: who it is, what was chosen, what is open.
pub(crate) fn built(paper: &mut Paper, view: &SheetView) {
    super::roster::made(paper, &view.row);
    let identity = &view.sheet.identity;
    let who = [
        &identity.species,
        &identity.class_line,
        &identity.background,
    ];
    let who: Vec<String> = who.iter().map(|word| words::line(word, 60)).collect();
    paper.line(who.join(" · "));
    let choices: Vec<&ChoiceState> = view.sheet.choices.iter().collect();
    let mut table = Table::of(&[
        ("", Edge::Left, 22),
        ("", Edge::Left, 40),
        ("", Edge::Left, 70),
    ]);
    for choice in &choices {
        table.row([choice.source.clone(), choice.name.clone(), picked(choice)]);
    }
    paper.heading("Chosen");
    table.write(paper, 2);
    let mut own = Vec::new();
    for caster in &view.sheet.spellcasting.casters {
        let names = |cantrips: bool| -> Vec<String> {
            let spells = caster.spells.iter();
            spells
                .filter(|spell| (spell.level == 0) == cantrips)
                .map(|spell| spell.name.clone())
                .collect()
        };
        own.push((format!("{} cantrips", caster.class), names(true)));
        own.push((format!("{} spells", caster.class), names(false)));
    }
    let equipment = &view.sheet.equipment;
    let carried = equipment.inventory.iter();
    let carried = carried.map(|item| match item.quantity {
        1 => item.name.clone(),
        many => format!("{many} {}", item.name),
    });
    own.push(("Carries".to_owned(), carried.collect()));
    for (name, things) in own {
        if !things.is_empty() {
            paper.heading(&words::line(&name, 60));
            paper.paragraph(2, &listed(&things));
        }
    }
    findings(paper, view);
}

/// Lists choices with the cells that hold them, the open ones first.
pub(crate) fn choices(paper: &mut Paper, choices: &[&ChoiceState], casters: &[Spells<'_>]) {
    let (open, made): (Vec<&ChoiceState>, Vec<&ChoiceState>) =
        choices.iter().copied().partition(|choice| choice.open > 0);
    for (name, some) in [("Open", &open), ("Made", &made)] {
        if some.is_empty() {
            continue;
        }
        paper.bold(name);
        for choice in some {
            paper.line(format_args!(
                "  {} ({}): {}",
                words::line(&choice.name, 50),
                words::line(&choice.source, 30),
                picked(choice)
            ));
            paper.dim(format_args!("    {}", words::flat(&choice.cell)));
        }
    }
    if choices.is_empty() {
        paper.line("Nothing is to choose.");
    }
    if !casters.is_empty() {
        paper.bold("Spells");
    }
    for caster in casters {
        let of = |limit: Option<i32>| limit.map_or(String::new(), |limit| format!(" of {limit}"));
        paper.line(format_args!(
            "  {}: {}{} cantrips, {}{} prepared",
            words::line(caster.class, 30),
            caster.cantrips,
            of(caster.cantrip_limit),
            caster.prepared,
            of(caster.prepared_limit),
        ));
        paper.dim(format_args!("    {}", words::flat(&caster.cell)));
    }
}

/// Lists what may be picked, then what may not and why.
pub(crate) fn options(paper: &mut Paper, options: &[ChoiceOption]) {
    let mut table = Table::of(&[
        ("", Edge::Left, 1),
        ("", Edge::Left, 36),
        ("", Edge::Left, 30),
        ("", Edge::Left, 60),
    ]);
    let lawful = |option: &&ChoiceOption| option.barred.is_empty();
    let barred = |option: &&ChoiceOption| !option.barred.is_empty();
    let all = options.iter();
    for option in all.clone().filter(lawful).chain(all.filter(barred)) {
        let sign = match (option.picked, option.barred.is_empty()) {
            (true, _) => "✓",
            (false, true) => "",
            (false, false) => "×",
        };
        table.row([
            sign.to_owned(),
            option.name.clone(),
            option.detail.clone(),
            option.barred.clone(),
        ]);
    }
    table.write(paper, 0);
}

/// Tells which picks of a choice are not lawful.
pub(crate) fn legality(paper: &mut Paper, choice: &ChoiceState) {
    for pick in choice.picks.iter().filter(|pick| !pick.barred.is_empty()) {
        paper.entry(
            "not lawful",
            10,
            &words::flat(&format!("{}: {}", pick.name, pick.barred)),
        );
    }
}

/// Lists what is still to choose.
pub(crate) fn open(paper: &mut Paper, view: &SheetView) {
    let open: Vec<&ChoiceState> = view
        .sheet
        .choices
        .iter()
        .filter(|choice| choice.open > 0)
        .collect();
    if !open.is_empty() {
        paper.gap();
        choices(paper, &open, &[]);
    }
}

/// Tells what a level would change.
pub(crate) fn preview(paper: &mut Paper, preview: &LevelPreview) {
    changes_table(paper, &preview.changes, 0);
    if !preview.gains.is_empty() {
        paper.heading("Gained");
    }
    for gain in &preview.gains {
        paper.line(format_args!(
            "  {} ({})",
            words::line(&gain.name, 50),
            words::line(&gain.source, 30)
        ));
        paper.paragraph(4, &words::flat(&gain.text));
    }
    if !preview.choices.is_empty() {
        paper.heading("To choose");
    }
    for choice in &preview.choices {
        paper.line(format_args!(
            "  {} ({}): {}",
            words::line(&choice.name, 50),
            words::line(&choice.source, 30),
            picked(choice)
        ));
    }
}

/// Tells what was picked, and how many are open.
fn picked(choice: &ChoiceState) -> String {
    let mut parts: Vec<String> = choice.picks.iter().map(|pick| pick.name.clone()).collect();
    if choice.open > 0 {
        parts.push(format!("{} open", choice.open));
    }
    words::line(&parts.join(", "), 100)
}
