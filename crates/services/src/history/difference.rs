//! How two versions differ, in two layers: what people changed, and what the rules made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use history::{CellPath, Change, ChangeKind, DocumentId, HunkKind, Policy, Tree, diff, word_hunks};
use serde_json::Value;
use sheet::CellKind;

use super::because::{Trial, causes};
use super::figures::{Figure, figures};
use super::sections::section_of;
use super::{Histories, sides::Named};
use crate::Failure;
use crate::library::Library;
use crate::text::count;
use crate::wire::{
    CellChange, CellNature, ChangeTone, Consequence, Difference, DifferenceSection, Role, WordFate,
    WordRun,
};
use crate::words::{label, show};
use crate::worked::Worked;

impl Histories<'_> {
    /// Tells how two versions of a character differ: what people changed, and what the rules made of it.
    ///
    /// A version is named by a branch, a commit, the beginning of one, or its number. What whoever sits here may not see is taken out
    /// of both versions before they are compared, and only counted.
    ///
    /// # Errors
    /// A version that is not this character's.
    pub fn difference(&self, id: &str, from: &str, to: &str) -> Result<Difference, Failure> {
        self.library.timed("history.difference", || {
            let document: DocumentId = id.parse()?;
            let from = self.library.side(document, from)?;
            let to = self.library.side(document, to)?;
            self.library.difference(from, to)
        })
    }
}

impl Library {
    /// Compares two named versions as whoever sits here may see them.
    pub(crate) fn difference(&self, from: Named, to: Named) -> Result<Difference, Failure> {
        let hidden = match self.viewer() {
            Role::Dm => 0,
            Role::Player => {
                let all = changes_between(&from.tree, &to.tree);
                count(all.iter().filter(|c| sheet::is_secret(&c.path)).count())
            }
        };
        let (before, after) = (self.seen(&from.tree), self.seen(&to.tree));
        let (changes, consequences) = two_layers(self, &before, &after)?;
        let counts = (count(changes.len()), count(consequences.len()));
        Ok(Difference {
            from: from.name,
            to: to.name,
            sections: in_sections(changes, consequences),
            changes: counts.0,
            consequences: counts.1,
            hidden,
        })
    }

    /// Gives a version as whoever sits here may see it.
    pub(crate) fn seen(&self, tree: &Tree) -> Tree {
        match self.viewer() {
            Role::Dm => tree.clone(),
            Role::Player => sheet::without_secrets(tree),
        }
    }
}

/// Works versions out.
pub(crate) trait Rules {
    /// Reads a version and derives all that follows from it.
    ///
    /// # Errors
    /// A version that cannot be read.
    fn work_out(&self, tree: &Tree) -> Result<Arc<Worked>, Failure>;

    /// Works out a version that came of another by some changes and that nobody will ask for again.
    ///
    /// # Errors
    /// A version that cannot be read.
    fn try_out(&self, before: &Worked, changes: &[Change], tree: &Tree) -> Result<Worked, Failure>;
}

impl Rules for Library {
    fn work_out(&self, tree: &Tree) -> Result<Arc<Worked>, Failure> {
        self.worked(tree)
    }

    fn try_out(&self, before: &Worked, changes: &[Change], tree: &Tree) -> Result<Worked, Failure> {
        self.tried(before, changes, tree)
    }
}

/// Tells what people changed between two versions, and what the rules made of it.
pub(crate) fn two_layers(
    rules: &dyn Rules,
    before: &Tree,
    after: &Tree,
) -> Result<(Vec<CellChange>, Vec<Consequence>), Failure> {
    let changes = changes_between(before, after);
    let told: Vec<CellChange> = changes
        .iter()
        .map(|change| tell(change, before, after))
        .collect();
    // A version that an older Forkbeard wrote may not work out; its cells can still be compared.
    let (Ok(was), Ok(now)) = (rules.work_out(before), rules.work_out(after)) else {
        return Ok((told, Vec::new()));
    };
    let (old, new) = (figures(&was), figures(&now));
    let mut consequences = Vec::new();
    let cells: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for cell in cells {
        let (was, now) = (old.get(cell), new.get(cell));
        let text =
            |figure: Option<&Figure>| figure.map(|figure| figure.text.clone()).unwrap_or_default();
        let (was_text, now_text) = (text(was), text(now));
        // The same number for other reasons is no news; nor is a bonus of nothing that came with a thing.
        let news = was_text != now_text
            && !(was.is_none() && now_text == "0")
            && !(now.is_none() && was_text == "0");
        let Some(figure) = now.or(was).filter(|_| news) else {
            continue;
        };
        let label = figure.label(cell, &[after, before]);
        if said(
            &told,
            cell,
            &label,
            &was_text,
            &now_text,
            figure.stat.is_some(),
        ) {
            continue;
        }
        consequences.push(Consequence {
            path: cell.clone(),
            label,
            before: was_text,
            after: now_text,
            before_stat: was.and_then(|figure| figure.stat.clone()),
            after_stat: now.and_then(|figure| figure.stat.clone()),
            because: Vec::new(),
        });
    }
    let trial = Trial {
        rules,
        after,
        worked: &now,
        changes: &changes,
    };
    causes(&trial, &mut consequences)?;
    Ok((told, consequences))
}

/// Tells whether a change says already what a figure would.
fn said(
    changes: &[CellChange],
    cell: &str,
    label: &str,
    before: &str,
    after: &str,
    is_number: bool,
) -> bool {
    changes.iter().any(|change| {
        let same = (
            change.label.as_str(),
            change.before_text.as_str(),
            change.after_text.as_str(),
        ) == (label, before, after);
        // A feature or a spell that somebody wrote into the sheet is no consequence of itself.
        same || (!is_number && within(cell, &change.path))
    })
}

fn within(inner: &str, outer: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Puts both layers into the sections of the sheet, in their order.
pub(crate) fn in_sections(
    changes: Vec<CellChange>,
    consequences: Vec<Consequence>,
) -> Vec<DifferenceSection> {
    let mut sections: BTreeMap<(usize, String), DifferenceSection> = BTreeMap::new();
    let mut section = |path: &str, put: &mut dyn FnMut(&mut DifferenceSection)| {
        let (at, name, title) = section_of(path);
        let entry = sections.entry((at, name.clone()));
        put(entry.or_insert_with(|| DifferenceSection {
            name,
            title,
            changes: Vec::new(),
            consequences: Vec::new(),
        }));
    };
    for change in changes {
        let path = change.path.clone();
        let mut change = Some(change);
        section(&path, &mut |section| section.changes.extend(change.take()));
    }
    for consequence in consequences {
        let path = consequence.path.clone();
        let mut consequence = Some(consequence);
        section(&path, &mut |section| {
            section.consequences.extend(consequence.take());
        });
    }
    let mut sections: Vec<_> = sections.into_values().collect();
    for section in &mut sections {
        // What a table asks for first stands first.
        section
            .consequences
            .sort_by_key(|line| match line.path.as_str() {
                "/identity/level" | "/combat/current_hp" => 0,
                "/combat/hp_maximum" => 1,
                "/combat/armor_class" => 2,
                _ => 3,
            });
    }
    sections
}

/// Compares two versions; of a section or a collection that came or went as a whole, the things in it are told one by one.
pub(crate) fn changes_between(before: &Tree, after: &Tree) -> Vec<Change> {
    one_by_one(diff(before, after))
}

/// Takes what came or went as a whole section or collection apart into the things in it.
pub(crate) fn one_by_one(changes: Vec<Change>) -> Vec<Change> {
    let mut out = Vec::with_capacity(changes.len());
    for change in changes {
        take_apart(change, &mut out);
    }
    out
}

fn take_apart(change: Change, out: &mut Vec<Change>) {
    let whole = match (&change.before, &change.after) {
        (None, Some(Value::Object(map))) | (Some(Value::Object(map)), None) if !map.is_empty() => {
            map.clone()
        }
        _ => return out.push(change),
    };
    let depth = change.path.segments().len();
    let in_entry = entry_depth(&change.path).is_some_and(|entry| depth >= entry);
    let kind = sheet::cell_spec(&change.path).map(|spec| spec.kind);
    let holds_cells = matches!(
        kind,
        Some(CellKind::Record | CellKind::Keyed | CellKind::Map | CellKind::Set)
    );
    if in_entry || !holds_cells {
        return out.push(change);
    }
    for (name, value) in whole {
        let (before, after) = match change.before {
            None => (None, Some(value)),
            Some(_) => (Some(value), None),
        };
        let path = change.path.child(&name);
        let kind = change.kind;
        take_apart(
            Change {
                path,
                kind,
                before,
                after,
            },
            out,
        );
    }
}

/// Finds how many segments the path of the keyed thing has that a cell is or lies in; `None` where it lies in none.
fn entry_depth(path: &CellPath) -> Option<usize> {
    let segments = path.segments();
    (1..segments.len())
        .find(|at| {
            let around = CellPath::from_segments(segments[..*at].to_vec());
            matches!(sheet::policies().of(&around), Policy::Keyed | Policy::Event)
        })
        .map(|at| at + 1)
}

/// Gives the thing that a cell is or lies in, or the cell itself where it lies in none.
pub(crate) fn thing_of(path: &CellPath) -> CellPath {
    match entry_depth(path) {
        Some(depth) => CellPath::from_segments(path.segments()[..depth].to_vec()),
        None => path.clone(),
    }
}

/// Says what sort of thing a cell is to a merge.
pub(crate) fn nature(path: &CellPath) -> CellNature {
    let policies = sheet::policies();
    match policies.of(path) {
        Policy::Choice => CellNature::Choice,
        Policy::Counter { .. } => CellNature::Counter,
        Policy::Maximum => CellNature::Maximum,
        Policy::Order => CellNature::Order,
        Policy::Parent => CellNature::Container,
        Policy::Prose => CellNature::Prose,
        Policy::Set => CellNature::Set,
        Policy::Keyed => CellNature::Thing,
        Policy::Event => CellNature::Event,
        Policy::Counted => CellNature::Value,
        Policy::Atomic => match path.parent().map(|around| policies.of(&around)) {
            Some(Policy::Keyed) => CellNature::Thing,
            Some(Policy::Event) => CellNature::Event,
            Some(Policy::Set) => CellNature::Set,
            _ => CellNature::Value,
        },
    }
}

/// Puts a change into words.
pub(crate) fn tell(change: &Change, before: &Tree, after: &Tree) -> CellChange {
    let nature = nature(&change.path);
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(str::to_owned);
    let words = match (nature, text(&change.before), text(&change.after)) {
        (CellNature::Prose, was, now) if was.is_some() || now.is_some() => {
            runs(&was.unwrap_or_default(), &now.unwrap_or_default())
        }
        _ => Vec::new(),
    };
    CellChange {
        path: change.path.to_string(),
        label: label(&change.path, &[after, before]),
        tone: match change.kind {
            ChangeKind::Added => ChangeTone::Added,
            ChangeKind::Removed => ChangeTone::Removed,
            ChangeKind::Changed => ChangeTone::Changed,
            ChangeKind::Moved => ChangeTone::Moved,
        },
        nature,
        before: change.before.clone(),
        after: change.after.clone(),
        before_text: in_words(change.before.as_ref(), nature, &[before, after]),
        after_text: in_words(change.after.as_ref(), nature, &[after, before]),
        words,
    }
}

/// Shows a value on a line; a container by its name.
pub(crate) fn in_words(value: Option<&Value>, nature: CellNature, trees: &[&Tree]) -> String {
    if let (CellNature::Container, Some(Value::String(id))) = (nature, value) {
        for collection in ["inventory", "magical_items"] {
            let entry = CellPath::from_segments(["equipment", collection, id]);
            if let Some(thing) = trees.iter().find_map(|tree| tree.get(&entry)) {
                return show(Some(&thing));
            }
        }
    }
    show(value)
}

/// Compares two texts by words.
pub(crate) fn runs(before: &str, after: &str) -> Vec<WordRun> {
    word_hunks(before, after)
        .into_iter()
        .map(|hunk| WordRun {
            fate: match hunk.kind {
                HunkKind::Equal => WordFate::Kept,
                HunkKind::Insert => WordFate::Added,
                HunkKind::Delete => WordFate::Removed,
            },
            text: hunk.text,
        })
        .collect()
}
