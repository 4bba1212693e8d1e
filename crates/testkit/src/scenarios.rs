//! The scenarios of merging: plain text into trees and expectations. What the text misspells is refused, with its line.

use std::fmt;

use history::{CellPath, Edit, Tree};
use serde_json::Value;

/// One situation at a table.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its number and name.
    pub title: String,
    /// The version both sides grew from.
    pub base: Tree,
    /// What the one side made of it.
    pub ours: Tree,
    /// What the other side made of it.
    pub theirs: Tree,
    /// What is expected of the merge.
    pub expected: Vec<Expected>,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// A cell holds a value; `None` if nothing stands there.
    Value(CellPath, Option<Value>),
    /// A cell was settled by itself, told in the words of [`OUTCOMES`], with what follows them.
    Outcome(CellPath, String),
    /// A cell is in conflict.
    Open(CellPath),
    /// The rules find something at a cell that they found on neither side.
    Violation(CellPath),
}

/// The words for what a merge settles by itself.
pub const OUTCOMES: &[&str] = &[
    "added",
    "larger",
    "ordered",
    "moved",
    "move refused",
    "lost parent",
    "removed",
    "both happened",
    "woven",
    "both kept",
];

/// Says what a text of scenarios has wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    Story,
    Base,
    Ours,
    Theirs,
    Expect,
}

/// Reads scenarios, each beginning with a `## ` title; what stands before the first is an introduction.
///
/// # Errors
/// The first line that is neither story nor a step nor an expectation; a path that no cell can have, a value that its cell cannot hold, a
/// step that changes nothing, a scenario without both sides or without an expectation.
pub fn parse(text: &str, common: &Tree) -> Result<Vec<Scenario>, Mistake> {
    let mut found: Vec<Draft> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let wrong = |message: String| Mistake {
            line: at + 1,
            message,
        };
        if let Some(title) = line.strip_prefix("## ") {
            if let Some(before) = found.last() {
                before.whole().map_err(wrong)?;
            }
            if found.iter().any(|draft| draft.scenario.title == title) {
                return Err(wrong(format!("there are two scenarios `{title}`")));
            }
            found.push(Draft::new(title, common));
        } else if let Some(draft) = found.last_mut() {
            draft.line(line).map_err(wrong)?;
        }
    }
    if let Some(last) = found.last() {
        last.whole().map_err(|message| Mistake {
            line: text.lines().count(),
            message,
        })?;
    }
    Ok(found.into_iter().map(|draft| draft.scenario).collect())
}

struct Draft {
    scenario: Scenario,
    part: Part,
    steps: [usize; 2],
}

impl Draft {
    fn new(title: &str, common: &Tree) -> Draft {
        Draft {
            scenario: Scenario {
                title: title.to_owned(),
                base: common.clone(),
                ours: common.clone(),
                theirs: common.clone(),
                expected: Vec::new(),
            },
            part: Part::Story,
            steps: [0, 0],
        }
    }

    fn whole(&self) -> Result<(), String> {
        let title = &self.scenario.title;
        if self.steps.contains(&0) {
            return Err(format!("`{title}` has a side that does nothing"));
        }
        if self.scenario.expected.is_empty() {
            return Err(format!("`{title}` expects nothing"));
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> Result<(), String> {
        let head = line.split(':').next().unwrap_or_default();
        let next = match head {
            "base" if line == head => Some(Part::Base),
            "ours" => Some(Part::Ours),
            "theirs" => Some(Part::Theirs),
            "expect" if line == head => Some(Part::Expect),
            _ => None,
        };
        if let Some(next) = next {
            let after = match next {
                Part::Base => self.part == Part::Story,
                Part::Ours => matches!(self.part, Part::Story | Part::Base),
                Part::Theirs => self.part == Part::Ours,
                _ => self.part == Part::Theirs,
            };
            if !after {
                return Err(format!("`{head}` stands in the wrong place"));
            }
            self.part = next;
            if next == Part::Ours {
                self.scenario.ours = self.scenario.base.clone();
                self.scenario.theirs = self.scenario.base.clone();
            }
            return Ok(());
        }
        match self.part {
            _ if line.is_empty() => Ok(()),
            Part::Story if line.starts_with('/') => Err("a cell before `ours`".to_owned()),
            Part::Story => Ok(()),
            Part::Expect => {
                let expected = expectation(line)?;
                if self.scenario.expected.contains(&expected) {
                    return Err("is expected twice".to_owned());
                }
                self.scenario.expected.push(expected);
                Ok(())
            }
            Part::Base | Part::Ours | Part::Theirs => self.step(line),
        }
    }

    fn step(&mut self, line: &str) -> Result<(), String> {
        let tree = match self.part {
            Part::Ours => &mut self.scenario.ours,
            Part::Theirs => &mut self.scenario.theirs,
            _ => &mut self.scenario.base,
        };
        let (path, what) = cell(line)?;
        let edit = if let Some(value) = what.strip_prefix("= ") {
            let value = json(value)?;
            sheet::check_cell(&path, &value).map_err(|error| error.to_string())?;
            Edit::Set { path, value }
        } else if what == "removed" {
            Edit::Remove { path }
        } else {
            let amount: i64 = match what.split_once(' ') {
                Some(("+", amount)) => amount.parse().ok(),
                Some(("-", amount)) => amount.parse().ok().map(|amount: i64| -amount),
                _ => None,
            }
            .ok_or_else(|| format!("`{what}` is no step"))?;
            let before = tree.get(&path).map_or(Some(0), |value| value.as_i64());
            let value = before.ok_or("is raised but holds no whole number")? + amount;
            let value = Value::from(value);
            sheet::check_cell(&path, &value).map_err(|error| error.to_string())?;
            Edit::Set { path, value }
        };
        let next = history::edit(tree, [edit]).map_err(|error| error.to_string())?;
        // In the base a value is sometimes only pointed out; a side that does nothing is a slip.
        if next == *tree && self.part != Part::Base {
            return Err("changes nothing".to_owned());
        }
        *tree = next;
        match self.part {
            Part::Ours => self.steps[0] += 1,
            Part::Theirs => self.steps[1] += 1,
            _ => {}
        }
        Ok(())
    }
}

fn expectation(line: &str) -> Result<Expected, String> {
    if let Some(path) = line.strip_prefix("violation ") {
        return Ok(Expected::Violation(known(path)?));
    }
    if let Some((path, outcome)) = line.split_once(": ")
        && !path.contains(' ')
    {
        let path = known(path)?;
        if outcome == "open" {
            return Ok(Expected::Open(path));
        }
        let word = outcome.split(',').next().unwrap_or_default();
        if !OUTCOMES.contains(&word) {
            return Err(format!(
                "`{word}` is no outcome; there are: open, {}",
                OUTCOMES.join(", ")
            ));
        }
        return Ok(Expected::Outcome(path, outcome.to_owned()));
    }
    let (path, what) = cell(line)?;
    match what.strip_prefix("= ") {
        Some(value) => Ok(Expected::Value(path, Some(json(value)?))),
        None if what == "removed" => Ok(Expected::Value(path, None)),
        None => Err(format!("`{what}` is no expectation")),
    }
}

fn cell(line: &str) -> Result<(CellPath, &str), String> {
    let (path, what) = line
        .split_once(' ')
        .ok_or_else(|| format!("`{line}` is no step"))?;
    Ok((known(path)?, what.trim()))
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("`{text}` is not JSON: {error}"))
}

/// Reads the path of a cell that a character can have.
fn known(text: &str) -> Result<CellPath, String> {
    let path: CellPath = text.parse().map_err(|error| format!("`{text}`: {error}"))?;
    if path.is_root() || sheet::cell_spec(&path).is_none() {
        return Err(format!("there is no cell `{text}`"));
    }
    Ok(path)
}
