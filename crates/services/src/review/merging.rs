//! Requests merged: what is accepted comes in, what is rejected is settled by it, and the queue of approved ones in its order.

use std::collections::BTreeMap;

use history::{Action, BranchName, CommitKind, DocumentId, Edit};
use serde_json::json;

use super::proposal::Proposal;
use super::state::name_of;
use super::{Request, Reviews};
use crate::history::with_allowed;
use crate::wire::{QueueDone, QueueLine, RequestAct, RequestState, Violation};
use crate::writing::{Draft, Move, TRIES, WriteError, too_busy};
use crate::{Code, Failure};

impl Reviews<'_> {
    /// Merges what is accepted: the commit has both lines as parents, so that what was rejected is not proposed again.
    pub(super) fn merged(&self, document: DocumentId) -> Result<(), Failure> {
        let character = self.read(document)?.source.request.character.parse()?;
        let _turn = self.library.turn(character);
        for _ in 0..TRIES {
            let request = self.read(document)?;
            super::state::after(request.state, &RequestAct::Merge, self.asker(&request))?;
            let proposal = self.proposal(&request)?;
            let objections = self.objections(&request, &proposal)?;
            let hindrances = self.hindrances(&request, &proposal, &objections)?;
            if let Some(first) = hindrances.into_iter().next() {
                return Err(Failure::new(
                    Code::Invalid,
                    first,
                    "Look at the request; it says what is to be done.",
                ));
            }
            match self.write_merge(&request, &proposal, &objections) {
                Ok(()) => return Ok(()),
                Err(WriteError::Moved) => {}
                Err(WriteError::Failure(failure)) => return Err(failure),
            }
        }
        Err(too_busy())
    }

    fn write_merge(
        &self,
        request: &Request,
        proposal: &Proposal,
        objections: &[Violation],
    ) -> Result<(), WriteError> {
        let character: DocumentId = request.source.request.character.parse().map_err(fails)?;
        let coming = proposal.with(|_, item| item.comes_in()).map_err(fails)?;
        // What was allowed of the proposal is allowed on the character from now on.
        let tree = with_allowed(&coming, objections).map_err(fails)?;
        let _naming = self
            .library
            .check_renamed(character, &proposal.target.1, &tree)
            .map_err(fails)?;
        let number = request.source.request.number;
        let title = &request.source.record.display_name;
        let kept = proposal
            .items
            .iter()
            .filter(|item| !item.comes_in())
            .count();
        let message = match kept {
            0 => format!("Request {number}: {title}"),
            kept => format!(
                "Request {number}, without {kept} of {}: {title}",
                proposal.items.len()
            ),
        };
        let parents = vec![proposal.target.0, proposal.source.0];
        let mut onto = Draft::on_main(character, parents, tree, CommitKind::Merge);
        onto.before = Some(vec![proposal.target.0]);
        onto.message = crate::text::line(&message, 200);
        let now = self.library.settings.clock.now().timestamp_millis();
        let by = self.library.author().name;
        let (at, request_tree) = self
            .library
            .tip(request.document, &BranchName::main())
            .map_err(fails)?;
        let set = |path: &[&str], value| Edit::Set {
            path: history::CellPath::from_segments(path.iter().copied()),
            value,
        };
        let document = request.document;
        let over = |commits: &[history::Commit]| {
            let commit = commits.first().map(|commit| commit.id.to_string());
            let edits = [
                set(&["request", "state"], json!(name_of(RequestState::Merged))),
                set(&["record", "active"], json!(false)),
                set(&["request", "changes"], json!(proposal.items.len())),
                set(&["request", "source"], json!(proposal.source.0.to_string())),
                set(&["request", "base"], json!(proposal.target.0.to_string())),
                set(
                    &["merged"],
                    json!({"commit": commit, "by": by, "time": now}),
                ),
            ];
            let tree = history::edit(&request_tree, edits)?;
            let mut draft = Draft::on_main(document, vec![at], tree, CommitKind::Edit);
            draft.message = match kept {
                0 => "Merged it".to_owned(),
                kept => format!(
                    "Merged it without {kept} of {} changes",
                    proposal.items.len()
                ),
            };
            Ok(draft)
        };
        let moves = vec![Move::Commit(onto), Move::After(Box::new(over))];
        self.library.write_moves(moves, Action::Merge)?;
        Ok(())
    }

    /// Merges every approved request in the order of approval, each checked again on where the character stands by then.
    ///
    /// # Errors
    /// A library that cannot be written; what hinders a single request stands in its line.
    pub fn queue(&self) -> Result<QueueDone, Failure> {
        self.library.timed("review.queue", || {
            let inbox = self.inbox()?;
            let mut done = Vec::new();
            let mut why: BTreeMap<String, String> = BTreeMap::new();
            for row in &inbox.queue {
                if let Err(failure) = self.done(row.id.parse()?, &RequestAct::Merge) {
                    if !matches!(
                        failure.code,
                        Code::Invalid | Code::NotAllowed | Code::Busy | Code::Conflict
                    ) {
                        return Err(failure);
                    }
                    why.insert(row.id.clone(), failure.message);
                }
                let now = self.read(row.id.parse()?)?;
                done.push(QueueLine {
                    merged: now.state == RequestState::Merged,
                    row: self.row(&now)?,
                    why: why.remove(&row.id).unwrap_or_default(),
                });
            }
            Ok(QueueDone { requests: done })
        })
    }
}

fn fails(error: impl Into<Failure>) -> WriteError {
    WriteError::Failure(error.into())
}
