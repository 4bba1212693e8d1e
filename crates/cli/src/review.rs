//! Commands about change requests.

use std::collections::BTreeMap;

use serde_json::Value;
use services::wire::{Decision, NewRequest, RequestAct, RequestView, Suggest, Thread, Verdict};
use services::{Failure, Library};

use crate::args::review::{RequestAction, Whose};
use crate::console::Trouble;
use crate::print;
use crate::session::Session;
use crate::sheet::value_of;

/// Does what was asked for.
pub(crate) fn obey(session: &mut Session<'_>, wanted: RequestAction) -> Result<(), Trouble> {
    let library = session.library()?;
    let review = library.review();
    let view = match wanted {
        RequestAction::List => {
            let inbox = review.inbox()?;
            return session.say(&inbox, |paper| print::review::inbox(paper, &inbox));
        }
        RequestAction::Queue => {
            let done = review.queue()?;
            return session.say(&done, |paper| print::review::queue(paper, &done));
        }
        RequestAction::Open {
            name,
            branch,
            title,
            about,
            draft,
        } => {
            let (_, row) = session.find(&name)?;
            let branch = match branch {
                Some(branch) => branch,
                None => library.history().lines(&row.id)?.standing,
            };
            review.open(&NewRequest {
                character: row.id,
                branch,
                title,
                about,
                draft,
            })?
        }
        RequestAction::Show { request } => review.show(&review.find(&request)?)?,
        other => {
            let (request, act) = act_of(&library, other)?;
            review.act(&request, &act)?
        }
    };
    session.say(&view, |paper| print::review::request(paper, &view))
}

/// Puts what was asked for as an act on a request.
fn act_of(library: &Library, wanted: RequestAction) -> Result<(String, RequestAct), Failure> {
    let review = library.review();
    let find = |request: &str| review.find(request);
    Ok(match wanted {
        RequestAction::Accept { request, cells } => {
            let id = find(&request)?;
            let cells = if cells.is_empty() {
                without_verdict(&review.show(&id)?)
            } else {
                cells
            };
            (id, verdicts(cells, &Verdict::Accept))
        }
        RequestAction::Decline { request, cells } => {
            (find(&request)?, verdicts(cells, &Verdict::Reject))
        }
        RequestAction::Edit {
            request,
            cell,
            value,
        } => {
            let value = value.map(|text| value_of(&cell, &text, false));
            (
                find(&request)?,
                verdicts(vec![cell], &Verdict::Edit { value }),
            )
        }
        RequestAction::Decide {
            request,
            cell,
            take,
        } => {
            let decision = match take {
                Whose::Main => Decision::Side { side: 0 },
                Whose::Proposed => Decision::Side { side: 1 },
                Whose::Base => Decision::Base,
            };
            let decisions = BTreeMap::from([(cell, Some(decision))]);
            (find(&request)?, RequestAct::Decide { decisions })
        }
        RequestAction::Say {
            request,
            text,
            on,
            suggest,
            to,
        } => {
            let id = find(&request)?;
            let thread = match to {
                Some(to) => Some(talk(&review.show(&id)?, &to)?.id),
                None => None,
            };
            let value = |text: String| -> Value {
                value_of(on.as_deref().unwrap_or_default(), &text, false)
            };
            let suggest = suggest.map(|text| Suggest {
                value: Some(value(text)),
            });
            let act = RequestAct::Say {
                thread,
                path: on.clone(),
                text,
                suggest,
            };
            (id, act)
        }
        RequestAction::Take {
            request,
            talk: name,
        } => {
            let id = find(&request)?;
            let thread = talk(&review.show(&id)?, &name)?;
            let mut remarks = thread.remarks.iter().rev();
            let remark = remarks.find(|remark| remark.suggestion.is_some());
            let remark = remark.ok_or_else(|| Failure::not_found("suggestion in talk", &name))?;
            let act = RequestAct::TakeSuggestion {
                remark: remark.id.clone(),
                thread: thread.id.clone(),
            };
            (id, act)
        }
        RequestAction::Settle {
            request,
            talk: name,
        } => {
            let id = find(&request)?;
            let thread = talk(&review.show(&id)?, &name)?.id;
            let settled = true;
            (id, RequestAct::Settle { thread, settled })
        }
        RequestAction::Allow {
            request,
            key,
            reason,
        } => (find(&request)?, RequestAct::Allow { key, reason }),
        RequestAction::Approve { request } => (find(&request)?, RequestAct::Approve),
        RequestAction::Ask { request, text } => {
            (find(&request)?, RequestAct::AskForChanges { text })
        }
        RequestAction::Reject { request, text } => (find(&request)?, RequestAct::Reject { text }),
        RequestAction::Withdraw { request } => (find(&request)?, RequestAct::Withdraw),
        RequestAction::Reopen { request } => (find(&request)?, RequestAct::Open),
        RequestAction::Merge { request } => (find(&request)?, RequestAct::Merge),
        RequestAction::List
        | RequestAction::Queue
        | RequestAction::Open { .. }
        | RequestAction::Show { .. } => {
            return Err(Failure::internal("asked for something that is no act"));
        }
    })
}

fn verdicts(cells: Vec<String>, verdict: &Verdict) -> RequestAct {
    let verdicts = cells
        .into_iter()
        .map(|cell| (cell, Some(verdict.clone())))
        .collect();
    RequestAct::Verdicts { verdicts }
}

fn without_verdict(view: &RequestView) -> Vec<String> {
    let changes = view.sections.iter().flat_map(|section| &section.changes);
    let open = changes.filter(|one| {
        one.verdict.is_none()
            && one.by_rule.is_none()
            && (one.conflict.is_none() || one.decision.is_some())
    });
    open.map(|one| one.change.path.clone()).collect()
}

fn talk(view: &RequestView, name: &str) -> Result<Thread, Failure> {
    // Ids made in the same moment begin alike: their ends tell them apart.
    let is = |thread: &&Thread| thread.id.starts_with(name) || thread.id.ends_with(name);
    let mut found = view.threads.iter().filter(is);
    match (found.next(), found.next()) {
        (Some(thread), None) => Ok(thread.clone()),
        _ => Err(Failure::not_found("talk", name)),
    }
}
