//! How a change request may move from state to state, and who may move it.

use crate::wire::{RequestAct, RequestState, Role};
use crate::{Code, Failure};

/// Who wants something of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asker {
    pub(super) role: Role,
    /// Whether it is the one who proposes.
    pub(super) author: bool,
}

impl Asker {
    pub(super) fn reviews(self) -> bool {
        self.role == Role::Dm
    }

    pub(super) fn writes(self) -> bool {
        self.author || self.role == Role::Dm
    }
}

/// Names a state in the document.
pub(super) fn name_of(state: RequestState) -> &'static str {
    match state {
        RequestState::Draft => "draft",
        RequestState::Open => "open",
        RequestState::ChangesRequested => "changes_requested",
        RequestState::Approved => "approved",
        RequestState::Merged => "merged",
        RequestState::Rejected => "rejected",
        RequestState::Withdrawn => "withdrawn",
    }
}

/// Reads a state; what a newer Forkbeard calls otherwise is open, so that nothing vanishes from sight.
pub(super) fn state_of(name: &str) -> RequestState {
    match name {
        "draft" => RequestState::Draft,
        "changes_requested" => RequestState::ChangesRequested,
        "approved" => RequestState::Approved,
        "merged" => RequestState::Merged,
        "rejected" => RequestState::Rejected,
        "withdrawn" => RequestState::Withdrawn,
        _ => RequestState::Open,
    }
}

/// Tells whether a request is over, at least for now.
pub(super) fn is_over(state: RequestState) -> bool {
    matches!(
        state,
        RequestState::Merged | RequestState::Rejected | RequestState::Withdrawn
    )
}

/// Gives the state after an act, or says why it cannot be done.
pub(super) fn after(
    state: RequestState,
    act: &RequestAct,
    asker: Asker,
) -> Result<RequestState, Failure> {
    use RequestState::{Approved, ChangesRequested, Draft, Merged, Open, Rejected, Withdrawn};
    let allowed = match act {
        RequestAct::Open | RequestAct::Withdraw | RequestAct::Describe { .. } => asker.writes(),
        RequestAct::TakeSuggestion { .. } => asker.writes(),
        RequestAct::Say { .. } | RequestAct::Settle { .. } => true,
        RequestAct::Merge => asker.writes(),
        RequestAct::Verdicts { .. }
        | RequestAct::Decide { .. }
        | RequestAct::Allow { .. }
        | RequestAct::Approve
        | RequestAct::AskForChanges { .. }
        | RequestAct::Reject { .. } => asker.reviews(),
    };
    if !allowed {
        return Err(if asker.reviews() || !needs_dm(act) {
            Failure::new(
                Code::NotAllowed,
                "Only whoever proposed this may do that.",
                "Say it in the talk; they will see it.",
            )
        } else {
            Failure::new(
                Code::NotAllowed,
                "Only the DM may do that.",
                "Change the seat if you are the DM, or say it in the talk.",
            )
        });
    }
    let next = match (state, act) {
        (Merged, RequestAct::Say { .. } | RequestAct::Settle { .. }) => Some(Merged),
        (Merged, _) => None,
        (Draft | ChangesRequested | Rejected | Withdrawn, RequestAct::Open) => Some(Open),
        (Open | Approved, RequestAct::Open) => None,
        (Rejected | Withdrawn, RequestAct::Withdraw) => None,
        (_, RequestAct::Withdraw) => Some(Withdrawn),
        (Open | ChangesRequested | Approved, RequestAct::Approve) => Some(Approved),
        (Open | Approved | ChangesRequested, RequestAct::AskForChanges { .. }) => {
            Some(ChangesRequested)
        }
        (Open | Approved | ChangesRequested, RequestAct::Reject { .. }) => Some(Rejected),
        (Open | Approved, RequestAct::Merge) => Some(Merged),
        (_, RequestAct::Approve | RequestAct::AskForChanges { .. } | RequestAct::Reject { .. }) => {
            None
        }
        (_, RequestAct::Merge) => None,
        // What is said of single changes is possible as long as anything can come of it.
        (Rejected | Withdrawn, RequestAct::Verdicts { .. } | RequestAct::Decide { .. }) => None,
        (Rejected | Withdrawn, RequestAct::Allow { .. } | RequestAct::TakeSuggestion { .. }) => {
            None
        }
        (same, _) => Some(same),
    };
    next.ok_or_else(|| {
        Failure::new(
            Code::Invalid,
            format!(
                "That is not possible while the request is {}.",
                words(state)
            ),
            match state {
                Merged => "What was merged can be undone on the character itself.",
                Rejected | Withdrawn => "Open it again first.",
                Draft => "Open it first.",
                Open | ChangesRequested | Approved => {
                    "Look at the request anew; it may have moved on."
                }
            },
        )
    })
}

fn needs_dm(act: &RequestAct) -> bool {
    matches!(
        act,
        RequestAct::Verdicts { .. }
            | RequestAct::Decide { .. }
            | RequestAct::Allow { .. }
            | RequestAct::Approve
            | RequestAct::AskForChanges { .. }
            | RequestAct::Reject { .. }
    )
}

/// Says a state within a sentence.
pub(super) fn words(state: RequestState) -> &'static str {
    match state {
        RequestState::Draft => "a draft",
        RequestState::Open => "open",
        RequestState::ChangesRequested => "waiting for changes",
        RequestState::Approved => "approved",
        RequestState::Merged => "merged",
        RequestState::Rejected => "rejected",
        RequestState::Withdrawn => "withdrawn",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DM: Asker = Asker {
        role: Role::Dm,
        author: false,
    };
    const AUTHOR: Asker = Asker {
        role: Role::Player,
        author: true,
    };
    const OTHER: Asker = Asker {
        role: Role::Player,
        author: false,
    };

    #[test]
    fn states_move_as_they_should_and_no_other_way() {
        use RequestState::{Approved, ChangesRequested, Draft, Merged, Open, Rejected, Withdrawn};
        let ask = RequestAct::AskForChanges {
            text: String::new(),
        };
        let reject = RequestAct::Reject {
            text: String::new(),
        };
        // From the state of the row, by the act of the column, to the state in the cell.
        let acts = [
            RequestAct::Open,
            RequestAct::Withdraw,
            RequestAct::Approve,
            ask,
            reject,
            RequestAct::Merge,
        ];
        #[rustfmt::skip]
        let table = [
            (Draft,            [Some(Open), Some(Withdrawn), None,           None,                   None,           None]),
            (Open,             [None,       Some(Withdrawn), Some(Approved), Some(ChangesRequested), Some(Rejected), Some(Merged)]),
            (ChangesRequested, [Some(Open), Some(Withdrawn), Some(Approved), Some(ChangesRequested), Some(Rejected), None]),
            (Approved,         [None,       Some(Withdrawn), Some(Approved), Some(ChangesRequested), Some(Rejected), Some(Merged)]),
            (Merged,           [None,       None,            None,           None,                   None,           None]),
            (Rejected,         [Some(Open), None,            None,           None,                   None,           None]),
            (Withdrawn,        [Some(Open), None,            None,           None,                   None,           None]),
        ];
        for (state, row) in table {
            for (act, expected) in acts.iter().zip(row) {
                assert_eq!(after(state, act, DM).ok(), expected, "{state:?} {act:?}");
            }
            assert_eq!(state_of(name_of(state)), state);
        }
    }

    #[test]
    fn players_propose_and_the_dm_decides() {
        let code = |act: &RequestAct, asker| {
            after(RequestState::Open, act, asker)
                .err()
                .map(|failure| failure.code)
        };
        assert_eq!(code(&RequestAct::Approve, AUTHOR), Some(Code::NotAllowed));
        assert_eq!(code(&RequestAct::Withdraw, AUTHOR), None);
        assert_eq!(code(&RequestAct::Withdraw, OTHER), Some(Code::NotAllowed));
        let say = RequestAct::Say {
            thread: None,
            path: None,
            text: "why?".to_owned(),
            suggest: None,
        };
        assert_eq!(code(&say, OTHER), None);
    }
}
