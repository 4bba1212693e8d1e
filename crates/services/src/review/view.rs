//! A request as whoever sits here sees it.

use history::{BranchName, CommitId, DocumentId, Tree};

use super::proposal::{Item, Proposal, Said};
use super::state::is_over;
use super::{Request, Reviews, talk};
use crate::Failure;
use crate::clock::moment;
use crate::history::difference::{nature, tell, two_layers};
use crate::history::sections::section_of;
use crate::text::count;
use crate::wire::{
    CellOwner, ConflictLine, ConflictSide, RequestRights, RequestRow, RequestState, RequestStep,
    RequestView, ReviewChange, ReviewSection, SideName, Verdict, Violation, Vital,
};
use crate::words::{label, show};

/// The most steps that are shown of the life of a request.
const MAX_STEPS: usize = 200;

/// The numbers that everybody asks for.
const VITALS: &[&str] = &[
    "/combat/hp_maximum",
    PROFICIENCY,
    "/combat/armor_class",
    "/statistics/passive_perception",
];

/// The cell of the number that is written with its sign.
const PROFICIENCY: &str = "/statistics/proficiency_bonus";

impl Reviews<'_> {
    /// Works out what a request comes to where its character stands now; one that is over as it was then.
    pub(super) fn proposal(&self, request: &Request) -> Result<Proposal, Failure> {
        let cells = &request.source.request;
        let character: DocumentId = cells.character.parse()?;
        let at = |commit: &str, branch: &BranchName| -> Result<(CommitId, Tree), Failure> {
            match commit.parse::<CommitId>() {
                Ok(commit) if is_over(request.state) => {
                    let commit = self.library.commit_of(character, commit)?.id;
                    Ok((commit, self.library.tree(commit)?))
                }
                _ => self.library.tip(character, branch),
            }
        };
        let target = at(&cells.base, &BranchName::main())?;
        let source = at(&cells.source, &cells.branch.parse()?)?;
        let joined = self.library.merged_lines(target.0, source.0)?.merge;
        let rules = self.library.table_rules()?;
        Proposal::of(target, source, joined, &request.source, &rules)
    }

    /// Shows a request in a list.
    pub(super) fn row(&self, request: &Request) -> Result<RequestRow, Failure> {
        let mut row = self.plain_row(request)?;
        if is_over(request.state) {
            return Ok(row);
        }
        // A branch that is gone takes nothing from the list; what can be said of the request is.
        let Ok(proposal) = self.proposal(request) else {
            return Ok(row);
        };
        let objections = self.objections(request, &proposal)?;
        self.count_up(&mut row, request, &proposal, &objections);
        Ok(row)
    }

    /// Shows what a request says of itself, whatever it comes to.
    fn plain_row(&self, request: &Request) -> Result<RequestRow, Failure> {
        let cells = &request.source.request;
        let character: DocumentId = cells.character.parse()?;
        Ok(RequestRow {
            id: request.document.to_string(),
            number: cells.number,
            title: request.source.record.display_name.clone(),
            character: self.library.row(character)?,
            branch: cells.branch.clone(),
            branch_title: self.library.branch_title(character, &cells.branch.parse()?),
            author: cells.author.clone(),
            state: request.state,
            fresh: true,
            changes: cells.changes,
            conflicts: 0,
            violations: 0,
            open_threads: count(
                request
                    .source
                    .threads
                    .values()
                    .filter(|one| !one.settled)
                    .count(),
            ),
            by_rule: false,
            opened: moment(cells.opened),
            updated: request.row.updated,
        })
    }

    /// Puts into the row of a request what it comes to.
    fn count_up(
        &self,
        row: &mut RequestRow,
        request: &Request,
        proposal: &Proposal,
        objections: &[Violation],
    ) {
        let seen = |item: &&Item| self.shows(item);
        row.changes = count(proposal.items.iter().filter(seen).count());
        let undecided = |item: &&Item| item.conflict.is_some() && !item.decided;
        row.conflicts = count(proposal.items.iter().filter(undecided).count());
        let open = objections.iter().filter(|one| one.allowed.is_none());
        row.violations = count(open.count());
        row.by_rule =
            !proposal.items.is_empty() && proposal.items.iter().all(Item::needs_no_verdict);
        row.fresh = self.is_fresh(request, proposal);
    }

    /// Tells whether whoever sits here may see a change: secrets are the DM's. They are merged all the same.
    fn shows(&self, item: &Item) -> bool {
        let path = &item.change.path;
        !self.library.hides(path) && (item.conflict.is_none() || !self.library.hides_conflict(path))
    }

    /// Tells whether what was approved is still what would be merged.
    pub(super) fn is_fresh(&self, request: &Request, proposal: &Proposal) -> bool {
        match &request.source.approval {
            Some(approval) if request.state == RequestState::Approved => {
                approval.hash == proposal.meaning()
            }
            _ => request.state != RequestState::Approved,
        }
    }

    /// Shows a request whole.
    pub(super) fn seen(&self, request: &Request) -> Result<RequestView, Failure> {
        let proposal = self.proposal(request)?;
        let (before, after) = (&proposal.target.1, &proposal.source.1);
        let result = proposal.result()?;
        let mut objections = self.objections(request, &proposal)?;
        let mut row = self.plain_row(request)?;
        let over = is_over(request.state);
        if !over {
            self.count_up(&mut row, request, &proposal, &objections);
        }
        let hindrances = self.hindrances(request, &proposal, &objections)?;
        let library = self.library;
        library.find_fixes(&mut objections, &result, &[before])?;
        let needs = self.needs(&proposal)?;
        let character: DocumentId = request.source.request.character.parse()?;
        let branch = request.source.request.branch.parse()?;
        let line = self.library.branch_title(character, &branch);
        let mut sections = self.sections(request, &proposal, &needs, &line);
        let (_, consequences) = two_layers(self.library, before, &result)?;
        for consequence in consequences {
            let section = section_in(&mut sections, &consequence.path);
            section.consequences.push(consequence);
        }
        let mut sections: Vec<_> = sections.into_values().collect();
        sections.retain(|section| !section.changes.is_empty() || !section.consequences.is_empty());
        let asker = self.asker(request);
        let in_play = matches!(request.state, RequestState::Open | RequestState::Approved);
        let rights = RequestRights {
            review: asker.reviews() && !over && request.state != RequestState::Draft,
            write: asker.writes() && request.state != RequestState::Merged,
            merge: asker.writes() && in_play && hindrances.is_empty(),
        };
        let seen = |item: &&Item| self.shows(item);
        let items: Vec<&Item> = proposal.items.iter().filter(seen).collect();
        let number =
            |wanted: fn(&Item) -> bool| count(items.iter().filter(|item| wanted(item)).count());
        let mut threads = talk::threads(&request.source, &[after, before]);
        threads.retain(|thread| {
            let cell = thread.path.as_ref().and_then(|path| path.parse().ok());
            cell.is_none_or(|cell| !self.library.hides(&cell))
        });
        Ok(RequestView {
            about: request.source.request.about.clone(),
            target: self.side(character, "main", "main", proposal.target.0)?,
            source: self.side(
                character,
                &request.source.request.branch,
                &line,
                proposal.source.0,
            )?,
            vitals: self.vitals(before, &result)?,
            accepted: number(Item::comes_in),
            rejected: number(|item| item.said == Said::Reject),
            undecided: number(Item::is_open),
            checks: self.checks(&proposal, &result, objections),
            threads,
            steps: self.steps(request)?,
            next: next_words(request, &proposal, &hindrances),
            merged: request
                .source
                .merged
                .as_ref()
                .map(|merged| merged.commit.clone()),
            hindrances: if over { Vec::new() } else { hindrances },
            row,
            sections,
            rights,
        })
    }

    fn sections(
        &self,
        request: &Request,
        proposal: &Proposal,
        needs: &[Vec<String>],
        line: &str,
    ) -> Sections {
        let trees = [&proposal.source.1, &proposal.target.1];
        let mut sections = Sections::new();
        for (item, needs) in proposal.items.iter().zip(needs) {
            let change = &item.change;
            if !self.shows(item) {
                continue;
            }
            let verdict = request.source.verdicts.get(&change.path.to_string());
            let shown = ReviewChange {
                change: tell(change, &proposal.target.1, &proposal.source.1),
                owner: item.owner,
                by_rule: item.by_rule.clone().or_else(|| {
                    // What is the player's or nobody's needs no verdict at all.
                    (item.owner != CellOwner::Dm).then(|| "no review needed".to_owned())
                }),
                verdict: match &item.said {
                    Said::Nothing => None,
                    Said::Accept => Some(Verdict::Accept),
                    Said::Reject => Some(Verdict::Reject),
                    Said::Edit(value) => Some(Verdict::Edit {
                        value: value.clone(),
                    }),
                },
                verdict_by: verdict.map(|cells| cells.by.clone()),
                needs: needs.clone(),
                decision: request
                    .source
                    .decisions
                    .get(&change.path.to_string())
                    .map(decision_of),
                conflict: item.conflict.as_ref().map(|conflict| ConflictLine {
                    path: change.path.to_string(),
                    label: label(&change.path, &trees),
                    section: section_of(&change.path.to_string()).1,
                    nature: nature(&change.path),
                    base_text: show(conflict.base.as_ref()),
                    base: conflict.base.clone(),
                    standing: show(conflict.ours()),
                    both: false,
                    sides: [
                        ("main", "", conflict.ours()),
                        (
                            line,
                            request.source.request.author.as_str(),
                            conflict.theirs(),
                        ),
                    ]
                    .into_iter()
                    .map(|(from, author, value)| ConflictSide {
                        from: from.to_owned(),
                        author: author.to_owned(),
                        text: show(value),
                        value: value.cloned(),
                    })
                    .collect(),
                }),
                settled: settled_words(&proposal.merge, &change.path),
            };
            section_in(&mut sections, &change.path.to_string())
                .changes
                .push(shown);
        }
        sections
    }

    fn side(
        &self,
        character: DocumentId,
        name: &str,
        title: &str,
        commit: CommitId,
    ) -> Result<SideName, Failure> {
        let says = self.library.commit_of(character, commit)?.says;
        Ok(SideName {
            name: name.to_owned(),
            title: title.to_owned(),
            commit: commit.to_string(),
            version: self.library.version_of(commit)?,
            time: says.time,
            author: says.author.name,
        })
    }

    fn vitals(&self, before: &Tree, after: &Tree) -> Result<Vec<Vital>, Failure> {
        let (Ok(was), Ok(now)) = (self.library.worked(before), self.library.worked(after)) else {
            return Ok(Vec::new());
        };
        let mut vitals: Vec<Vital> = VITALS
            .iter()
            .filter_map(|cell| {
                let number = |stat: Option<&sheet::Stat>| {
                    stat.map(|stat| match *cell {
                        PROFICIENCY => format!("{:+}", stat.value),
                        _ => crate::words::number(stat.value),
                    })
                };
                let then = number(now.stats.get(*cell))?;
                Some(Vital {
                    path: (*cell).to_owned(),
                    label: label(&cell.parse().ok()?, &[after]),
                    now: number(was.stats.get(*cell)).unwrap_or_default(),
                    then,
                })
            })
            .collect();
        // Of several casters the best, as the sheet shows it.
        let save = |worked: &crate::worked::Worked| worked.sheet.spellcasting.spell_save_dc;
        if let Some(then) = save(&now) {
            let place = vitals.len().min(3);
            let vital = Vital {
                path: "/spellcasting/spell_save_dc".to_owned(),
                label: "Spell save DC".to_owned(),
                now: save(&was).map(|dc| dc.to_string()).unwrap_or_default(),
                then: then.to_string(),
            };
            vitals.insert(place, vital);
        }
        let gold = |source: &sheet::Source| source.equipment.currency.gp.to_string();
        vitals.push(Vital {
            path: "/equipment/currency/gp".to_owned(),
            label: "Gold".to_owned(),
            now: gold(&was.source),
            then: gold(&now.source),
        });
        Ok(vitals)
    }

    /// Tells what happened to a request, oldest first.
    fn steps(&self, request: &Request) -> Result<Vec<RequestStep>, Failure> {
        let mut commits =
            self.library
                .vault
                .log(request.document, &BranchName::main(), None, MAX_STEPS)?;
        commits.reverse();
        Ok(commits
            .into_iter()
            .map(|commit| RequestStep {
                time: commit.says.time,
                author: commit.says.author.name,
                text: commit.says.message,
            })
            .collect())
    }
}

type Sections = std::collections::BTreeMap<(usize, String), ReviewSection>;

fn section_in<'a>(sections: &'a mut Sections, path: &str) -> &'a mut ReviewSection {
    let (at, name, title) = section_of(path);
    sections
        .entry((at, name.clone()))
        .or_insert_with(|| ReviewSection {
            name,
            title,
            changes: Vec::new(),
            consequences: Vec::new(),
        })
}

fn decision_of(cells: &sheet::DecisionCells) -> crate::wire::Decision {
    use crate::wire::Decision;
    match cells.take.as_str() {
        "base" => Decision::Base,
        "value" => Decision::Value {
            value: cells.value.clone(),
        },
        _ => Decision::Side { side: cells.side },
    }
}

/// Says how a cell that both lines had a part in was settled; nothing where only one had.
fn settled_words(merge: &history::Merge, path: &history::CellPath) -> String {
    use history::Outcome;
    let cell = merge.cells.iter().find(|cell| cell.path == *path);
    let words = match cell.map(|cell| &cell.outcome) {
        Some(Outcome::Added {
            clamped_from: None, ..
        }) => "both changes were added up",
        Some(Outcome::Added { .. }) => "both changes were added up and cut to what is possible",
        Some(Outcome::Larger) => "the larger stands",
        Some(Outcome::Ordered) => "moved by both; one place was chosen",
        Some(Outcome::Woven) => "both texts were woven together",
        Some(Outcome::BothKept) => "both texts stand, one after the other",
        _ => "",
    };
    words.to_owned()
}

fn next_words(request: &Request, proposal: &Proposal, hindrances: &[String]) -> String {
    let left_out = proposal
        .items
        .iter()
        .filter(|item| item.said == Said::Reject)
        .count();
    match request.state {
        RequestState::Draft => "A draft is seen by its author alone, until it is opened.".to_owned(),
        RequestState::ChangesRequested => {
            "The player changes the proposal and opens it again; what was said of changes that stay the same stays said."
                .to_owned()
        }
        RequestState::Merged => "It is in main. It can be undone there like any other step.".to_owned(),
        RequestState::Rejected | RequestState::Withdrawn => {
            "The proposal stands on its own line as it did; it can be opened again.".to_owned()
        }
        RequestState::Open | RequestState::Approved if hindrances.is_empty() => match left_out {
            0 => "Merging moves main to the merged sheet.".to_owned(),
            1 => "Merging moves main to the merged sheet and settles the one change that is declined, so it is not proposed again."
                .to_owned(),
            n => format!(
                "Merging moves main to the merged sheet and settles the {n} changes that are declined, so they are not proposed again."
            ),
        },
        RequestState::Open => {
            "The DM says what shall come in, and approves it. A long rest meanwhile does not void an approval; a change to the proposal does."
                .to_owned()
        }
        RequestState::Approved => {
            "It was approved, and something is in the way of merging it.".to_owned()
        }
    }
}
