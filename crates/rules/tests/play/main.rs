//! Play: each action as a table of what it meets and what comes of it; and the laws that no sequence of them breaks.
//!
//! Whatever an action writes is held against the schema, put into the document, read and derived again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod attacks;
mod casters;
mod casting;
mod conditions;
mod death;
mod deeds;
mod exchanges;
mod grown;
mod health;
mod items;
mod kinds;
mod laws;
mod money;
#[path = "../quick/mod.rs"]
mod quick;
mod rests;
mod riders;
mod spells;
mod tests_of_d20;
mod usable;
mod uses;
mod wire;

use std::sync::LazyLock;

use rules::build::{Write, carry_out};
use rules::dice::DiceSource;
use rules::play::{Action, Character, Outcome, Refusal, act};
use rules::{Content, Derived, derive};
use serde_json::{Value, json};
use sheet::{Source, UseEntry, UseYield};

/// Dice that fall as written; asked for more, they fail the test.
pub(crate) struct Scripted(pub(crate) Vec<u32>);

impl DiceSource for Scripted {
    fn roll(&mut self, sides: u32) -> u32 {
        assert!(!self.0.is_empty(), "a d{sides} too many was rolled");
        let face = self.0.remove(0);
        assert!(
            (1..=sides).contains(&face),
            "{face} is no face of a d{sides}"
        );
        face
    }
}

/// A character at the table: its document, and what follows from it.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) document: Value,
    pub(crate) source: Source,
    pub(crate) derived: Derived,
    content: &'static Content,
}

impl Table {
    /// A sheet written by hand.
    pub(crate) fn of(mut document: Value) -> Table {
        static NONE: LazyLock<Content> = LazyLock::new(Content::none);
        document["format"] = json!(sheet::FORMAT);
        Table::under(document, &NONE)
    }

    /// A sheet under the rules of content.
    pub(crate) fn under(document: Value, content: &'static Content) -> Table {
        sheet::check_document(&document).unwrap();
        let source = Source::from_value(&document).unwrap();
        let derived = derive(&source, content);
        Table {
            document,
            source,
            derived,
            content,
        }
    }

    pub(crate) fn act_with(
        &mut self,
        action: &Action,
        dice: &mut dyn DiceSource,
    ) -> Result<Outcome, Refusal> {
        let outcome = act(Character::of(&self.source, &self.derived), action, dice)?;
        assert!(!outcome.title.is_empty(), "{action:?} has no title");
        self.apply(&outcome.writes);
        Ok(outcome)
    }

    fn apply(&mut self, writes: &[Write]) {
        for (at, write) in writes.iter().enumerate() {
            let earlier = writes[..at].iter().map(Write::cell);
            assert!(
                earlier.into_iter().all(|cell| cell != write.cell()),
                "{} is written twice",
                write.cell()
            );
            if let Write::Set { cell, value } = write {
                let path = cell.parse().unwrap();
                sheet::check_cell(&path, value).unwrap_or_else(|error| panic!("{error}"));
            }
        }
        let mut document = self.document.clone();
        carry_out(&mut document, writes);
        *self = Table::under(document, self.content);
    }

    /// Does what is allowed, with dice that fall as written.
    pub(crate) fn act(&mut self, action: Action, dice: &[u32]) -> Outcome {
        let mut scripted = Scripted(dice.to_vec());
        let outcome = self
            .act_with(&action, &mut scripted)
            .unwrap_or_else(|refusal| panic!("{action:?}: {refusal}"));
        assert_eq!(
            scripted.0,
            [] as [u32; 0],
            "dice were left over: {action:?}"
        );
        outcome
    }

    /// Tries what is refused; gives the refusal in words.
    pub(crate) fn refuses(&mut self, action: Action) -> String {
        match self.act_with(&action, &mut Scripted(Vec::new())) {
            Ok(outcome) => panic!("{action:?} was done: {outcome:?}"),
            Err(refusal) => refusal.message,
        }
    }

    /// Reads a cell; `null` where there is none.
    pub(crate) fn cell(&self, path: &str) -> Value {
        self.document.pointer(path).cloned().unwrap_or(Value::Null)
    }

    pub(crate) fn hit_points(&self) -> i32 {
        self.derived.sheet.combat.current_hp
    }

    pub(crate) fn conditions(&self) -> Vec<&str> {
        let conditions = self.derived.sheet.conditions.iter();
        conditions
            .map(|condition| condition.name.as_str())
            .collect()
    }
}

/// Tells the lines of an outcome: `what: before > after (why)`.
pub(crate) fn told(outcome: &Outcome) -> Vec<String> {
    let line = |line: &rules::play::Line| {
        let mut text = line.what.clone();
        match (line.before.is_empty(), line.after.is_empty()) {
            (true, true) => {}
            (true, false) => text = format!("{text}: {}", line.after),
            _ => text = format!("{text}: {} > {}", line.before, line.after),
        }
        if !line.why.is_empty() {
            text = format!("{text} ({})", line.why);
        }
        text
    };
    outcome.lines.iter().map(line).collect()
}

pub(crate) fn damage(amount: i32) -> Action {
    Action::Damage {
        amount,
        kind: None,
        critical: false,
        half: false,
    }
}

/// A fighter of level 5 with Constitution 14: 44 hit points, Constitution save +5.
pub(crate) fn fighter(more: Value) -> Table {
    let levels: serde_json::Map<String, Value> = (1..=5)
        .map(|n| {
            let level = json!({"rank": n.to_string(), "class": "Fighter", "hit_die": 10});
            (format!("level-{n}"), level)
        })
        .collect();
    let mut document = json!({
        "levels": levels,
        "abilities": {"scores": {"strength": 16, "dexterity": 12, "constitution": 14}},
        "proficiencies": {"saving_throws": {"constitution": true, "strength": true}},
    });
    merge(&mut document, more);
    let table = Table::of(document);
    assert_eq!(table.derived.sheet.combat.hp_maximum, 44);
    table
}

/// A character of one class, as it is built of itself, with more laid over it.
pub(crate) fn built(class: &str, level: usize, more: &Value) -> Table {
    let mut document = quick::built(Content::srd(), class, level, "");
    merge(&mut document, more.clone());
    Table::under(document, Content::srd())
}

/// Finds a use of a feature by its name.
pub(crate) fn entry<'t>(table: &'t Table, name: &str) -> Option<&'t UseEntry> {
    let mut uses = table.derived.sheet.actions.uses.iter();
    uses.find(|own| own.name == name)
}

/// Tells what a use yields: `healing 1d10+5`.
pub(crate) fn yields(table: &Table, name: &str) -> Vec<String> {
    let Some(own) = entry(table, name) else {
        return Vec::new();
    };
    let tell = |own: &UseYield| {
        let types = own.types.join(" or ");
        format!("{} {} {types}", own.name, own.roll)
            .trim_end()
            .to_owned()
    };
    own.yields.iter().map(tell).collect()
}

/// Lays one document over another.
pub(crate) fn merge(document: &mut Value, more: Value) {
    match (document, more) {
        (Value::Object(document), Value::Object(more)) => {
            for (key, value) in more {
                merge(document.entry(key).or_insert(Value::Null), value);
            }
        }
        (document, more) => *document = more,
    }
}
