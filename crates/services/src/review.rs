//! Change requests: proposed by players, reviewed change by change, merged in whole or in part.
//!
//! A request is a document with a history of its own, which is its audit trail. What it comes to is worked out anew each time it
//! is looked at: the proposed branch merged onto where the target stands now.

mod acts;
mod checks;
mod merging;
mod proposal;
mod state;
mod talk;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use history::{Action, BranchName, CommitKind, DocumentId, MAIN, Tree};
use sheet::{DocumentKind, Record, RequestCells, RequestSource};
use vault::DocumentRow;

use crate::library::Library;
use crate::wire::{Inbox, NewRequest, RequestAct, RequestRow, RequestState, RequestView, Role};
use crate::writing::Draft;
use crate::{Code, Failure};
use state::{Asker, is_over, name_of, state_of};

/// The most characters of a request's title.
const MAX_TITLE: usize = 120;
/// The most bytes of what an author says of a request.
const MAX_ABOUT: usize = 64 << 10;
/// The most requests that are over and listed.
const MAX_OVER: usize = 100;
/// The most requests of a library that are not over.
const MAX_OPEN: usize = 200;

/// Serves change requests; made by [`Library::review`].
#[derive(Clone, Copy)]
pub struct Reviews<'a> {
    library: &'a Library,
}

/// The requests about a character, by what they propose and by what they became.
#[derive(Default)]
pub(crate) struct Proposed {
    /// Those that are not over, by the branch that they propose.
    pub(crate) by_branch: BTreeMap<String, DocumentId>,
    /// Those that were merged, by the commit.
    pub(crate) by_commit: BTreeMap<String, DocumentId>,
}

/// A request, read.
struct Request {
    document: DocumentId,
    source: RequestSource,
    state: RequestState,
    row: Arc<DocumentRow>,
}

impl Request {
    fn of_tree(row: Arc<DocumentRow>, tree: &Tree) -> Request {
        let source = RequestSource::of_tree(tree);
        Request {
            document: row.document,
            state: state_of(&source.request.state),
            source,
            row,
        }
    }
}

impl Library {
    /// Serves change requests.
    pub fn review(&self) -> Reviews<'_> {
        Reviews { library: self }
    }

    /// Gathers the requests about a character.
    pub(crate) fn requests_about(&self, character: DocumentId) -> Result<Proposed, Failure> {
        let mut proposed = Proposed::default();
        let wanted = character.to_string();
        for request in self.review().all()? {
            let says = &request.source.request;
            if says.character != wanted {
                continue;
            }
            if !is_over(request.state) {
                let branch = says.branch.clone();
                proposed.by_branch.insert(branch, request.document);
            } else if let Some(merged) = &request.source.merged {
                let commit = merged.commit.clone();
                proposed.by_commit.insert(commit, request.document);
            }
        }
        Ok(proposed)
    }

    /// Finds the request that proposes a branch of a character and is not over.
    pub(crate) fn request_of(
        &self,
        character: DocumentId,
        branch: &BranchName,
    ) -> Result<Option<DocumentId>, Failure> {
        let requests = self.review().all()?;
        let of = |one: &&Request| {
            one.source.request.character == character.to_string()
                && one.source.request.branch == branch.as_str()
                && !is_over(one.state)
        };
        Ok(requests.iter().find(of).map(|one| one.document))
    }
}

impl Reviews<'_> {
    /// Lists the requests as they concern whoever sits here.
    ///
    /// # Errors
    /// A library that cannot be read.
    pub fn inbox(&self) -> Result<Inbox, Failure> {
        self.library.timed("review.inbox", || {
            let role = self.library.role();
            let alone = self.library.seated()?.is_none();
            let mut inbox = Inbox {
                waiting: Vec::new(),
                others: Vec::new(),
                queue: Vec::new(),
                over: Vec::new(),
            };
            let mut requests = self.all()?;
            requests.sort_by_key(|one| (one.source.request.opened, one.source.request.number));
            for request in &requests {
                let own = self.is_author(request);
                if request.state == RequestState::Draft && !own && !alone {
                    continue;
                }
                if is_over(request.state) {
                    inbox.over.push(self.row(request)?);
                    continue;
                }
                let row = self.row(request)?;
                let waits = match request.state {
                    RequestState::Open => role == Role::Dm,
                    RequestState::Approved => role == Role::Dm && !row.fresh,
                    RequestState::Draft | RequestState::ChangesRequested => own || alone,
                    _ => false,
                };
                if request.state == RequestState::Approved && row.fresh {
                    inbox.queue.push(row);
                } else if waits {
                    inbox.waiting.push(row);
                } else {
                    inbox.others.push(row);
                }
            }
            inbox.over.reverse();
            inbox.over.truncate(MAX_OVER);
            let approved = |row: &RequestRow| {
                let request = requests
                    .iter()
                    .find(|one| one.document.to_string() == row.id);
                request
                    .and_then(|one| one.source.approval.as_ref())
                    .map(|one| one.time)
            };
            inbox.queue.sort_by_key(approved);
            Ok(inbox)
        })
    }

    /// Proposes a branch.
    ///
    /// # Errors
    /// A character or a branch that is not there; `main` itself; a branch that is proposed already; a title that does not fit.
    pub fn open(&self, ask: &NewRequest) -> Result<RequestView, Failure> {
        self.library.timed("review.open", || {
            let character: DocumentId = ask.character.parse()?;
            let branch: BranchName = ask.branch.parse()?;
            if branch == BranchName::main() {
                return Err(Failure::new(
                    Code::Invalid,
                    "What stands on the main line is not proposed any more.",
                    "Make the last edits a proposal: they move onto a line of their own.",
                ));
            }
            let (tip, _) = self.library.tip(character, &branch)?;
            self.library.tip(character, &BranchName::main())?;
            if let Some(other) = self.library.request_of(character, &branch)? {
                let number = self.read(other)?.source.request.number;
                return Err(Failure::new(
                    Code::Invalid,
                    format!("Request {number} proposes this line already."),
                    "What is added to the line is added to that request.",
                ));
            }
            let title = titled(&ask.title)?;
            let about = told(&ask.about)?;
            let all = self.all()?;
            if all.iter().filter(|one| !is_over(one.state)).count() >= MAX_OPEN {
                return Err(Failure::new(
                    Code::TooLarge,
                    format!("More than {MAX_OPEN} requests would wait."),
                    "Merge, reject or take back some first.",
                ));
            }
            let last = all.iter().map(|one| one.source.request.number).max();
            let number = last.unwrap_or(0).saturating_add(1);
            let clock = &self.library.settings.clock;
            let document = DocumentId(clock.new_id());
            let state = if ask.draft {
                RequestState::Draft
            } else {
                RequestState::Open
            };
            let source = RequestSource {
                record: Record {
                    kind: DocumentKind::Request.key().to_owned(),
                    handle: document.to_string(),
                    display_name: title.to_owned(),
                    active: true,
                },
                request: RequestCells {
                    number,
                    character: character.to_string(),
                    branch: branch.to_string(),
                    target: MAIN.to_owned(),
                    author: self.library.author().name,
                    state: name_of(state).to_owned(),
                    about: about.to_owned(),
                    opened: clock.now().timestamp_millis(),
                    ..RequestCells::default()
                },
                ..RequestSource::default()
            };
            let tree = Tree::from_value(serde_json::to_value(&source).map_err(Failure::internal)?)?;
            let mut draft = Draft::on_main(document, Vec::new(), tree, CommitKind::Create);
            draft.message = match state {
                RequestState::Draft => "Began a draft".to_owned(),
                _ => format!("Proposed {}", self.library.branch_title(character, &branch)),
            };
            tracing::debug!(%tip, "proposed");
            self.library
                .write(draft, Action::Review)
                .map_err(crate::writing::WriteError::into_failure)?;
            self.seen(&self.read(document)?)
        })
    }

    /// Shows a request whole.
    ///
    /// # Errors
    /// A request that is not there, or whose character is not.
    pub fn show(&self, id: &str) -> Result<RequestView, Failure> {
        self.library.timed("review.show", || {
            let request = self.read(id.parse()?)?;
            self.seen(&request)
        })
    }

    /// Does something with a request.
    ///
    /// # Errors
    /// What is not possible as it stands, what somebody else has to do, values that do not fit; for a merge whatever hinders it.
    pub fn act(&self, id: &str, act: &RequestAct) -> Result<RequestView, Failure> {
        self.library.timed("review.act", || {
            let document: DocumentId = id.parse()?;
            self.done(document, act)?;
            self.seen(&self.read(document)?)
        })
    }

    /// Finds a request by its id or its number.
    ///
    /// # Errors
    /// A name that no request has.
    pub fn find(&self, name: &str) -> Result<String, Failure> {
        let name = name.trim();
        let number = name.trim_start_matches('#').parse::<u32>().ok();
        let found = self.all()?.into_iter().find(|one| {
            one.document.to_string() == name || Some(one.source.request.number) == number
        });
        found
            .map(|one| one.document.to_string())
            .ok_or_else(|| Failure::not_found("change request", name))
    }

    /// Reads every request of the library.
    fn all(&self) -> Result<Vec<Request>, Failure> {
        let rows: Vec<_> = {
            let index = self.library.roster_index()?;
            index.of_kind(DocumentKind::Request).collect()
        };
        rows.into_iter().map(|row| self.read_row(row)).collect()
    }

    fn read(&self, document: DocumentId) -> Result<Request, Failure> {
        let row = self.library.vault.row(document)?;
        let is = |row: &Arc<DocumentRow>| {
            row.title
                .as_ref()
                .is_some_and(|title| title.kind == DocumentKind::Request)
        };
        match row.filter(is) {
            Some(row) => self.read_row(row),
            None => Err(Failure::not_found("change request", &document.to_string())),
        }
    }

    fn read_row(&self, row: Arc<DocumentRow>) -> Result<Request, Failure> {
        let (_, tree) = self.library.tip(row.document, &BranchName::main())?;
        Ok(Request::of_tree(row, &tree))
    }

    fn is_author(&self, request: &Request) -> bool {
        request.source.request.author == self.library.author().name
    }

    fn asker(&self, request: &Request) -> Asker {
        Asker {
            role: self.library.role(),
            author: self.is_author(request),
        }
    }
}

fn titled(title: &str) -> Result<&str, Failure> {
    let title = title.trim();
    let fits =
        (1..=MAX_TITLE).contains(&title.chars().count()) && !title.chars().any(char::is_control);
    if fits {
        return Ok(title);
    }
    Err(Failure::new(
        Code::Invalid,
        format!("The title of a request is one line of 1 to {MAX_TITLE} characters."),
        "Say in a few words what it is about: `Level 7, and the loot of Hollow Barrow`.",
    ))
}

fn told(about: &str) -> Result<&str, Failure> {
    let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
    if about.len() <= MAX_ABOUT && !about.chars().any(odd) {
        return Ok(about.trim());
    }
    Err(Failure::new(
        Code::TooLarge,
        format!(
            "A text has at most {} KB, and no control characters.",
            MAX_ABOUT >> 10
        ),
        "Long texts belong into the notes of the character.",
    ))
}
