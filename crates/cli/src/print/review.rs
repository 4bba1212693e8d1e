//! Seats and change requests on paper.

use services::wire::{
    ChangeTone, Inbox, QueueDone, RequestRow, RequestState, RequestView, ReviewChange, Role,
    TableView, Verdict,
};

use super::paper::Paper;
use super::table::{Edge, Table};
use super::words;

/// Writes who may sit here, and how the table works.
pub(crate) fn table(paper: &mut Paper, view: &TableView) {
    if view.seats.is_empty() {
        paper.dim("Nobody has a seat; `beard seats add NAME --dm` makes the first. Without seats everybody may do everything.");
        return;
    }
    let mut table = Table::of(&[
        ("", Edge::Left, 2),
        ("NAME", Edge::Left, 40),
        ("ROLE", Edge::Left, 8),
        ("CHARACTERS", Edge::Right, 10),
    ]);
    for seat in &view.seats {
        let here = view.seated.as_ref() == Some(&seat.id);
        table.row([
            if here { "*" } else { "" }.to_owned(),
            seat.name.clone(),
            match seat.role {
                Role::Dm => "DM",
                Role::Player => "player",
            }
            .to_owned(),
            seat.characters.to_string(),
        ]);
    }
    table.write(paper, 0);
    paper.dim(if view.rules.review {
        "The DM reviews what players change of what is the DM's."
    } else {
        "Nobody reviews changes; `beard seats review on` asks for it."
    });
}

/// Writes the requests, by whom they wait for.
pub(crate) fn inbox(paper: &mut Paper, inbox: &Inbox) {
    let groups = [
        ("Waiting for you", &inbox.waiting),
        ("Waiting for others", &inbox.others),
        ("Approved, to be merged", &inbox.queue),
        ("Over", &inbox.over),
    ];
    if groups.iter().all(|(_, rows)| rows.is_empty()) {
        paper.dim("There are no change requests.");
    }
    for (title, rows) in groups {
        if rows.is_empty() {
            continue;
        }
        paper.line(format_args!("{title}"));
        let mut table = Table::of(&[
            ("#", Edge::Right, 4),
            ("TITLE", Edge::Left, 40),
            ("CHARACTER", Edge::Left, 24),
            ("BY", Edge::Left, 16),
            ("CHANGES", Edge::Right, 7),
            ("", Edge::Left, 36),
        ]);
        for row in rows {
            table.row([
                row.number.to_string(),
                row.title.clone(),
                row.character.display_name.clone(),
                row.author.clone(),
                row.changes.to_string(),
                state(row),
            ]);
        }
        table.write(paper, 2);
    }
}

/// Says how a request stands.
fn state(row: &RequestRow) -> String {
    let mut parts = vec![
        match row.state {
            RequestState::Draft => "draft",
            RequestState::Open => "open",
            RequestState::ChangesRequested => "changes asked for",
            RequestState::Approved if row.fresh => "approved",
            RequestState::Approved => "changed since it was approved",
            RequestState::Merged => "merged",
            RequestState::Rejected => "rejected",
            RequestState::Withdrawn => "withdrawn",
        }
        .to_owned(),
    ];
    for (number, one, many) in [
        (row.conflicts, "conflict", "conflicts"),
        (row.violations, "objection", "objections"),
        (row.open_threads, "talk open", "talks open"),
    ] {
        if number > 0 {
            parts.push(words::count(number as usize, one, many));
        }
    }
    parts.join(", ")
}

/// Writes a request whole.
pub(crate) fn request(paper: &mut Paper, view: &RequestView) {
    let row = &view.row;
    let head = format!("#{} {}", row.number, words::line(&row.title, 60));
    paper.apart(&head, &state(row));
    paper.dim(format_args!(
        "{}: {} proposes {}",
        words::line(&row.character.display_name, 40),
        words::line(&row.author, 40),
        words::line(&row.branch_title, 40)
    ));
    for paragraph in words::paragraphs(&view.about) {
        paper.paragraph(0, &paragraph);
    }
    for section in &view.sections {
        paper.gap();
        paper.line(format_args!("{}", section.title));
        for change in &section.changes {
            paper.paragraph(2, &said(change));
            for need in &change.needs {
                paper.paragraph(6, &format!("needs {need}"));
            }
        }
        for consequence in &section.consequences {
            let change = format!(
                "{} {} → {}",
                consequence.label, consequence.before, consequence.after
            );
            paper.paragraph(4, &format!("so {change}"));
        }
    }
    paper.gap();
    for check in &view.checks {
        let mark = if check.passed { "ok " } else { "!! " };
        paper.paragraph(0, &format!("{mark}{}", check.text));
        if let Some(violation) = &check.violation {
            match &violation.allowed {
                Some(allowed) => {
                    paper.paragraph(6, &format!("allowed by {}: {}", allowed.by, allowed.reason));
                }
                None => paper.paragraph(6, &format!("to allow it: {}", violation.key)),
            }
        }
    }
    for thread in &view.threads {
        paper.gap();
        let about = thread.label.as_deref().unwrap_or("the request");
        let settled = if thread.settled { ", settled" } else { "" };
        let name: String = thread.id.chars().rev().take(6).collect();
        let name: String = name.chars().rev().collect();
        paper.line(format_args!("Talk {name} on {about}{settled}"));
        for remark in &thread.remarks {
            paper.paragraph(2, &format!("{}: {}", remark.author, remark.text));
            if let Some(suggestion) = &remark.suggestion {
                let taken = suggestion.taken_by.as_ref();
                let taken = taken.map_or_else(String::new, |by| format!(", taken by {by}"));
                paper.paragraph(4, &format!("suggests {}{taken}", suggestion.text));
            }
        }
    }
    paper.gap();
    for hindrance in &view.hindrances {
        paper.paragraph(0, hindrance);
    }
    paper.dim(&view.next);
}

/// Says a change and what was said of it, on a line.
fn said(one: &ReviewChange) -> String {
    let change = &one.change;
    let what = match change.tone {
        ChangeTone::Added if change.after_text == change.label => "added".to_owned(),
        ChangeTone::Added => format!("{} added", change.after_text),
        ChangeTone::Removed => "removed".to_owned(),
        ChangeTone::Moved => "moved".to_owned(),
        _ => format!("{} → {}", change.before_text, change.after_text),
    };
    let verdict = match (&one.verdict, &one.by_rule) {
        (Some(Verdict::Accept), _) => "accepted",
        (Some(Verdict::Reject), _) => "declined",
        (Some(Verdict::Edit { .. }), _) => "accepted with another value",
        (None, Some(rule)) => rule.as_str(),
        (None, None) => "no verdict",
    };
    let conflict = match (&one.conflict, &one.decision) {
        (Some(_), None) => ", changed by both",
        (Some(_), Some(_)) => ", decided",
        _ => "",
    };
    format!(
        "{}: {what}  [{verdict}{conflict}]  {}",
        change.label, change.path
    )
}

/// Writes what became of the queue.
pub(crate) fn queue(paper: &mut Paper, done: &QueueDone) {
    if done.requests.is_empty() {
        paper.dim("No approved request waits.");
    }
    for line in &done.requests {
        let what = if line.merged { "merged" } else { &line.why };
        paper.paragraph(
            0,
            &format!("#{} {}: {what}", line.row.number, line.row.title),
        );
    }
}
