//! What is done with a request, but for merging it.

use std::sync::Arc;

use history::{Action, CellPath, DocumentId, Edit, Tree};
use serde_json::{Value, json};
use sheet::RequestSource;

use super::proposal::Proposal;
use super::state::{after, name_of};
use super::{Request, Reviews, titled, told};
use crate::wire::{
    CellEdit, Decision, EditOutcome, EditRequest, RequestAct, RequestState, Suggest, Verdict,
};
use crate::words::{label, show};
use crate::{Code, Failure};

/// The most threads of a request, and remarks of a thread.
const MAX_TALK: usize = 500;
/// The most characters of a remark.
const MAX_REMARK: usize = 10_000;
/// The most characters of a reason.
const MAX_REASON: usize = 1_000;

/// What becomes of a request's document.
struct Change {
    edits: Vec<Edit>,
    message: String,
}

impl Change {
    fn says(message: impl Into<String>) -> Change {
        Change {
            edits: Vec::new(),
            message: message.into(),
        }
    }

    fn set(mut self, path: &[&str], value: Value) -> Change {
        self.edits.push(Edit::Set {
            path: CellPath::from_segments(path.iter().copied()),
            value,
        });
        self
    }

    fn remove(mut self, path: &[&str]) -> Change {
        let path = CellPath::from_segments(path.iter().copied());
        self.edits.push(Edit::Remove { path });
        self
    }
}

impl Reviews<'_> {
    pub(super) fn done(&self, document: DocumentId, act: &RequestAct) -> Result<(), Failure> {
        if let RequestAct::Merge = act {
            return self.merged(document);
        }
        let request = self.read(document)?;
        if let RequestAct::TakeSuggestion { thread, remark } = act {
            after(request.state, act, self.asker(&request))?;
            self.take_suggestion(&request, thread, remark)?;
        }
        // Asked of the version that is written upon: what others did to the request meanwhile counts.
        self.write(&request, |request| {
            let next = after(request.state, act, self.asker(request))?;
            let mut change = self.change(request, act, next)?;
            if next != request.state {
                let active = !super::is_over(next);
                change = change
                    .set(&["request", "state"], json!(name_of(next)))
                    .set(&["record", "active"], json!(active));
                if next != RequestState::Approved {
                    change = change.remove(&["approval"]);
                }
            }
            Ok(change)
        })
    }

    /// Changes the document of a request, wherever it stands.
    fn write(
        &self,
        read: &Request,
        change: impl Fn(&Request) -> Result<Change, Failure>,
    ) -> Result<(), Failure> {
        let document = read.document;
        let missing = || Err(Failure::not_found("change request", &document.to_string()));
        self.library
            .amend_companion(document, missing, Action::Review, |tree: &Tree| {
                let now = Request::of_tree(Arc::clone(&read.row), tree);
                let Change { edits, message } = change(&now)?;
                Ok((history::edit(tree, edits)?, message))
            })?;
        Ok(())
    }

    fn change(
        &self,
        request: &Request,
        act: &RequestAct,
        next: RequestState,
    ) -> Result<Change, Failure> {
        let source = &request.source;
        let by = self.library.author().name;
        let now = self.library.settings.clock.now().timestamp_millis();
        Ok(match act {
            RequestAct::Open => {
                let change = Change::says(if request.state == RequestState::Draft {
                    "Opened it"
                } else {
                    "Opened it again"
                });
                if request.state == RequestState::Draft {
                    change.set(&["request", "opened"], json!(now))
                } else {
                    change
                }
            }
            RequestAct::Withdraw => self.closing(request, Change::says("Took it back")),
            RequestAct::Describe { title, about } => Change::says("Changed title and text")
                .set(&["record", "display_name"], json!(titled(title)?))
                .set(&["request", "about"], json!(told(about)?)),
            RequestAct::Verdicts { verdicts } => {
                let proposal = self.proposal(request)?;
                let mut change = Change::says(verdict_words(&proposal, verdicts.iter()));
                for (path, verdict) in verdicts {
                    let Some(verdict) = verdict else {
                        change = change.remove(&["verdicts", path]);
                        continue;
                    };
                    known(&proposal, path)?;
                    change =
                        change.set(&["verdicts", path], verdict_cells(path, verdict, &by, now)?);
                }
                change
            }
            RequestAct::Decide { decisions } => {
                let proposal = self.proposal(request)?;
                let mut change = Change::says("Decided a conflict");
                for (path, decision) in decisions {
                    let Some(decision) = decision else {
                        change = change.remove(&["decisions", path]);
                        continue;
                    };
                    let item = known(&proposal, path)?;
                    if item.conflict.is_none() {
                        return Err(Failure::invalid(
                            path.as_str(),
                            "There is no conflict in that cell.",
                            "Look at the request anew; it may have been settled meanwhile.",
                        ));
                    }
                    let cells = decision_cells(path, decision, 2, &by, now)?;
                    let label = label(&item.change.path, &[&proposal.source.1, &proposal.target.1]);
                    change.message = format!("Decided {label}");
                    change = change.set(&["decisions", path], cells);
                    // Who decides a conflict wants what was decided.
                    let accepts = verdict_cells(path, &Verdict::Accept, &by, now)?;
                    change = change.set(&["verdicts", path], accepts);
                }
                change
            }
            RequestAct::Say {
                thread,
                path,
                text,
                suggest,
            } => self.say(
                source,
                thread.as_deref(),
                path.as_deref(),
                text,
                suggest.as_ref(),
            )?,
            RequestAct::Settle { thread, settled } => {
                thread_of(source, thread)?;
                let message = if *settled {
                    "Settled a talk"
                } else {
                    "Opened a talk again"
                };
                Change::says(message).set(&["threads", thread, "settled"], json!(settled))
            }
            RequestAct::TakeSuggestion { thread, remark } => {
                let found = thread_of(source, thread)?.remarks.get(remark);
                let from = found.map_or("", |remark| remark.by.as_str());
                Change::says(format!("Took a suggestion of {from}"))
                    .set(
                        &["threads", thread, "remarks", remark, "taken_by"],
                        json!(by),
                    )
                    .set(&["threads", thread, "settled"], json!(true))
            }
            RequestAct::Allow { key, reason } => {
                let reason = reason.trim();
                if reason.chars().count() > MAX_REASON || reason.chars().any(char::is_control) {
                    return Err(Failure::new(
                        Code::TooLarge,
                        format!("A reason is one line of at most {MAX_REASON} characters."),
                        "Say it shorter; the talk has room for more.",
                    ));
                }
                if reason.is_empty() {
                    Change::says("No longer allows an exception").remove(&["allowances", key])
                } else {
                    let objections = self.objections(request, &self.proposal(request)?)?;
                    if !objections.iter().any(|one| one.key == *key) {
                        return Err(Failure::not_found("objection", key));
                    }
                    let cells = json!({"reason": reason, "by": by, "time": now});
                    Change::says(format!(
                        "Allowed an exception: {}",
                        crate::text::line(reason, 120)
                    ))
                    .set(&["allowances", key], cells)
                }
            }
            RequestAct::Approve => {
                let proposal = self.proposal(request)?;
                let open = proposal.items.iter().filter(|item| item.is_open()).count();
                if open > 0 {
                    return Err(undecided(open));
                }
                let approval = json!({"by": by, "hash": proposal.meaning(), "time": now});
                Change::says("Approved it").set(&["approval"], approval)
            }
            RequestAct::AskForChanges { text } | RequestAct::Reject { text } => {
                let message = match act {
                    RequestAct::Reject { .. } => "Rejected it",
                    _ => "Asked for changes",
                };
                let mut change = Change::says(message);
                if !text.trim().is_empty() {
                    change.edits = self.say(source, None, None, text, None)?.edits;
                }
                if next == RequestState::Rejected {
                    change = self.closing(request, change);
                }
                change
            }
            RequestAct::Merge => return Err(Failure::internal("a merge is written elsewhere")),
        })
    }

    /// Keeps what a list shows of a request that is over, so that it need not be worked out again.
    fn closing(&self, request: &Request, change: Change) -> Change {
        let Ok(proposal) = self.proposal(request) else {
            return change;
        };
        change
            .set(&["request", "changes"], json!(proposal.items.len()))
            .set(&["request", "source"], json!(proposal.source.0.to_string()))
            .set(&["request", "base"], json!(proposal.target.0.to_string()))
    }

    fn say(
        &self,
        source: &RequestSource,
        thread: Option<&str>,
        path: Option<&str>,
        text: &str,
        suggest: Option<&Suggest>,
    ) -> Result<Change, Failure> {
        let text = text.trim();
        let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
        let long = text.chars().count() > MAX_REMARK;
        if (text.is_empty() && suggest.is_none()) || long || text.chars().any(odd) {
            return Err(Failure::new(
                Code::Invalid,
                format!("A remark has 1 to {MAX_REMARK} characters, and no control characters."),
                "Long texts belong into the notes of the character.",
            ));
        }
        let clock = &self.library.settings.clock;
        let by = self.library.author().name;
        let now = clock.now().timestamp_millis();
        let about: String = match (thread, path) {
            (Some(thread), _) => {
                let found = thread_of(source, thread)?;
                if found.remarks.len() >= MAX_TALK {
                    return Err(too_much_talk());
                }
                found.path.clone()
            }
            (None, path) => {
                if source.threads.len() >= MAX_TALK {
                    return Err(too_much_talk());
                }
                if let Some(path) = path {
                    path.parse::<CellPath>()?;
                }
                path.unwrap_or_default().to_owned()
            }
        };
        let id = thread.map_or_else(|| clock.new_id().to_string(), str::to_owned);
        let remark = clock.new_id().to_string();
        let mut cells = json!({"by": by, "time": now, "text": text, "taken_by": ""});
        if let Some(suggest) = suggest {
            if about.is_empty() {
                return Err(Failure::new(
                    Code::Invalid,
                    "A value is suggested for a cell.",
                    "Say it on the change it is about.",
                ));
            }
            if let Some(value) = &suggest.value {
                sheet::check_cell(&about.parse()?, value)?;
            }
            cells["suggestion"] = match &suggest.value {
                Some(value) => json!({ "value": value }),
                None => json!({}),
            };
        }
        // The steps of a request are everybody's to read, what is said of a secret is not.
        let secret = about.parse().is_ok_and(|cell| sheet::is_secret(&cell));
        let message = match suggest {
            Some(_) if secret => "Suggested a value".to_owned(),
            None if secret => "Said something".to_owned(),
            Some(suggest) => format!("Suggested {}", or_nothing(&show(suggest.value.as_ref()))),
            None => format!("Said: {}", crate::text::line(text, 100)),
        };
        let mut change = Change::says(message);
        if thread.is_none() {
            let cells = json!({"path": about, "settled": false, "time": now});
            change = change.set(&["threads", &id], cells);
        }
        Ok(change
            .set(&["threads", &id, "remarks", &remark], cells)
            .set(&["threads", &id, "settled"], json!(false)))
    }

    /// Writes a suggested value on the proposed branch; the commit names who suggested it.
    fn take_suggestion(
        &self,
        request: &Request,
        thread: &str,
        remark: &str,
    ) -> Result<(), Failure> {
        let talk = thread_of(&request.source, thread)?;
        let found = talk.remarks.get(remark);
        let said = found.ok_or_else(|| Failure::not_found("remark", remark))?;
        let Some(suggestion) = &said.suggestion else {
            return Err(Failure::new(
                Code::Invalid,
                "That remark suggests no value.",
                "Only suggestions can be taken.",
            ));
        };
        if !said.taken_by.is_empty() {
            return Err(Failure::new(
                Code::Invalid,
                format!("{} took this suggestion already.", said.taken_by),
                "",
            ));
        }
        let character: DocumentId = request.source.request.character.parse()?;
        let (tip, tree) = self
            .library
            .tip(character, &request.source.request.branch.parse()?)?;
        let path = talk.path.clone();
        let label = label(&path.parse()?, &[&tree]);
        let edit = match &suggestion.value {
            Some(value) => CellEdit::Set {
                path,
                value: value.clone(),
            },
            None => CellEdit::Remove { path },
        };
        let outcome = self.library.sheet().edit(&EditRequest {
            id: character.to_string(),
            branch: Some(request.source.request.branch.clone()),
            base: tip.to_string(),
            changes: vec![edit],
            message: Some(crate::text::line(
                &format!("{label}, as {} suggested", said.by),
                200,
            )),
        })?;
        match outcome {
            EditOutcome::Saved { .. } | EditOutcome::Unchanged { .. } => Ok(()),
            EditOutcome::Conflict { .. } => Err(crate::writing::too_busy()),
        }
    }
}

pub(super) fn undecided(open: usize) -> Failure {
    let message = if open == 1 {
        "One change waits for a verdict.".to_owned()
    } else {
        format!("{open} changes wait for a verdict.")
    };
    Failure::new(Code::Invalid, message, "Accept or reject them first.")
}

fn too_much_talk() -> Failure {
    Failure::new(
        Code::TooLarge,
        format!("A request has at most {MAX_TALK} threads of {MAX_TALK} remarks."),
        "Talk it over at the table.",
    )
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() {
        "to leave it out"
    } else {
        text
    }
}

fn thread_of<'a>(
    source: &'a RequestSource,
    thread: &str,
) -> Result<&'a sheet::ThreadCells, Failure> {
    let found = source.threads.get(thread);
    found.ok_or_else(|| Failure::not_found("talk", thread))
}

fn known<'a>(proposal: &'a Proposal, path: &str) -> Result<&'a super::proposal::Item, Failure> {
    let wanted: CellPath = path.parse()?;
    let found = proposal
        .items
        .iter()
        .find(|item| item.change.path == wanted);
    found.ok_or_else(|| {
        Failure::invalid(
            path,
            "That cell is not among the changes.",
            "Look at the request anew; it may have moved on.",
        )
    })
}

fn verdict_cells(path: &str, verdict: &Verdict, by: &str, now: i64) -> Result<Value, Failure> {
    let mut cells = json!({"by": by, "time": now});
    cells["verdict"] = match verdict {
        Verdict::Accept => json!("accept"),
        Verdict::Reject => json!("reject"),
        Verdict::Edit { value } => {
            if let Some(value) = value {
                sheet::check_cell(&path.parse()?, value)?;
                cells["value"] = value.clone();
            }
            json!("edit")
        }
    };
    Ok(cells)
}

fn decision_cells(
    path: &str,
    decision: &Decision,
    sides: usize,
    by: &str,
    now: i64,
) -> Result<Value, Failure> {
    let mut cells = json!({"by": by, "time": now});
    cells["take"] = match decision {
        Decision::Base => json!("base"),
        Decision::Both => {
            return Err(Failure::invalid(
                path,
                "A proposal brings one value to a cell; both cannot stand.",
                "Choose one, or another value.",
            ));
        }
        Decision::Side { side } => {
            if *side as usize >= sides {
                return Err(Failure::invalid(
                    path,
                    format!("The conflict has {sides} sides."),
                    "They are counted from 0.",
                ));
            }
            cells["side"] = json!(side);
            json!("side")
        }
        Decision::Value { value } => {
            if let Some(value) = value {
                sheet::check_cell(&path.parse()?, value)?;
                cells["value"] = value.clone();
            }
            json!("value")
        }
    };
    Ok(cells)
}

/// Says which changes got which verdict.
fn verdict_words<'a>(
    proposal: &Proposal,
    verdicts: impl ExactSizeIterator<Item = (&'a String, &'a Option<Verdict>)>,
) -> String {
    let count = verdicts.len();
    let mut verbs: Vec<&str> = Vec::new();
    let mut only = None;
    for (path, verdict) in verdicts {
        let verb = match verdict {
            Some(Verdict::Accept) => "Accepted",
            Some(Verdict::Reject) => "Rejected",
            Some(Verdict::Edit { .. }) => "Changed",
            None => "Took the verdict back on",
        };
        if !verbs.contains(&verb) {
            verbs.push(verb);
        }
        only = path.parse::<CellPath>().ok();
    }
    let verb = match verbs.as_slice() {
        [verb] => *verb,
        _ => "Gave verdicts on",
    };
    match only {
        Some(path) if count == 1 => {
            format!(
                "{verb} {}",
                label(&path, &[&proposal.source.1, &proposal.target.1])
            )
        }
        _ => format!("{verb} {count} changes"),
    }
}
