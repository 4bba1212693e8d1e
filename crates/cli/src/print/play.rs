//! What came of an action at the table.

use ::sheet::{ExchangeEntry, ExchangeGain, ExchangeTime};
use rules::play::{Action, Prompt};
use services::wire::{ActOutcome, EditOutcome};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::{uses, words};

/// Writes what happened, item by item, with its rolls and what the rules ask for next; a conflict is told as an error.
pub(crate) fn done(paper: &mut Paper, handle: &str, done: &ActOutcome) {
    if let Some(EditOutcome::Conflict { .. }) = &done.edit {
        return;
    }
    let outcome = &done.outcome;
    paper.bold(words::line(&outcome.title, 100));
    let mut table = Table::of(&[
        ("", Edge::Left, 40),
        ("", Edge::Left, 40),
        ("", Edge::Left, 80),
    ]);
    for line in &outcome.lines {
        let what = match (line.before.as_str(), line.after.as_str()) {
            ("", after) => after.to_owned(),
            (before, "") => format!("{before} → none"),
            (before, after) => format!("{before} → {after}"),
        };
        table.row([line.what.clone(), what, line.why.clone()]);
    }
    table.write(paper, 2);
    for roll in &outcome.rolls {
        paper.dim(format_args!("  {}", super::roll::dice(roll)));
    }
    for prompt in &outcome.prompts {
        paper.line(format_args!(
            "Next: {}, DC {}{}",
            words::line(&prompt.title, 80),
            prompt.dc,
            answer(handle, prompt)
        ));
    }
    if let Some(EditOutcome::Saved { view, .. }) = &done.edit {
        paper.dim(format_args!(
            "version {} ({})",
            view.sheet.version,
            words::short(&view.commit)
        ));
    }
}

/// Gives the command that answers a prompt.
fn answer(handle: &str, prompt: &Prompt) -> String {
    match (&prompt.action, &prompt.cell) {
        (Action::ConcentrationSave { dc, .. }, _) => {
            format!(" (`beard check {handle} concentration --dc {dc}`)")
        }
        (Action::DeathSave { .. }, _) => format!(" (`beard check {handle} death`)"),
        (Action::Roll { .. }, Some(cell)) => {
            format!(" (`beard check {handle} {cell} --dc {}`)", prompt.dc)
        }
        _ => String::new(),
    }
}

/// Writes what may be given for what.
pub(crate) fn exchanges(paper: &mut Paper, exchanges: &[ExchangeEntry]) {
    if exchanges.is_empty() {
        paper.line("This character has nothing to exchange.");
        return;
    }
    let mut table = Table::of(&[
        ("exchange", Edge::Left, 48),
        ("gives", Edge::Left, 32),
        ("gets", Edge::Left, 60),
        ("when", Edge::Left, 16),
    ]);
    for exchange in exchanges {
        let when = match exchange.on {
            ExchangeTime::Any => "",
            ExchangeTime::ShortRest => "short rest",
            ExchangeTime::Initiative => "initiative",
        };
        table.row([
            exchange.name.clone(),
            uses::price(&exchange.pays, None),
            gain(&exchange.gains),
            when.to_owned(),
        ]);
    }
    table.write(paper, 0);
}

fn gain(gains: &ExchangeGain) -> String {
    match gains {
        ExchangeGain::Uses {
            name,
            amount,
            by_level,
            ..
        } => {
            let amount = amount.map_or("all".to_owned(), |amount| amount.to_string());
            let each = if *by_level { " for each level" } else { "" };
            format!("{amount} of {name}{each}")
        }
        ExchangeGain::UpTo { name, least, .. } => format!("{name} up to {least}"),
        ExchangeGain::Slot { level } => format!("a level {level} slot"),
        ExchangeGain::Slots { levels, most } => {
            format!("spent slots of {levels} levels together, none above {most}")
        }
        ExchangeGain::PactSlots { count: 1 } => "a pact slot".to_owned(),
        ExchangeGain::PactSlots { count } => format!("{count} pact slots"),
    }
}
