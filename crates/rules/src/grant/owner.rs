//! What the walk finds: things that act on a character, each with its owner, and the choices that are offered.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use sheet::Finding;
use sheet::source::{Activation, ChangeOn};

use crate::content::{Class, Effect, Pool, Species, Subclass};

#[derive(Debug, Clone)]
pub(crate) struct Owner<'c> {
    /// The name of the feature, trait, feat or option.
    pub(crate) label: String,
    /// What brought it: `Fighter 1`, `Elf`, `Sage`.
    pub(crate) source: String,
    /// The start of its slots, and the id of its row on the sheet.
    pub(crate) slot: String,
    /// The cell that says more about it, where what is wrong with it is told.
    pub(crate) cell: String,
    /// The level that its `level` and formulas are held against.
    pub(crate) level: i32,
    /// The class it belongs to.
    pub(crate) class: Option<ClassAt<'c>>,
    /// The caster its spells belong to, where that is not a class's.
    pub(crate) caster: String,
}

/// A class as a character has it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClassAt<'c> {
    pub(crate) class: &'c Class,
    pub(crate) subclass: Option<&'c Subclass>,
    /// Levels in the class, 1 to 20.
    pub(crate) level: i32,
}

impl<'c> ClassAt<'c> {
    fn row(self) -> usize {
        usize::try_from(self.level.clamp(1, 20) - 1).unwrap_or(0)
    }

    /// Reads a table of numbers of the class or subclass at the class level.
    pub(crate) fn number(self, table: &str) -> Option<i32> {
        let own = self
            .subclass
            .and_then(|subclass| subclass.tables.get(table));
        let table = own.or_else(|| self.class.tables.get(table))?;
        table.get(self.row()).copied()
    }

    /// Reads a table of dice of the class or subclass at the class level.
    pub(crate) fn die(self, table: &str) -> Option<&'c str> {
        let own = self.subclass.and_then(|subclass| subclass.dice.get(table));
        let table = own.or_else(|| self.class.dice.get(table))?;
        table.get(self.row()).map(String::as_str)
    }
}

/// One effect that holds now.
#[derive(Debug, Clone)]
pub(crate) struct Active<'c> {
    pub(crate) effect: &'c Effect,
    pub(crate) owner: Rc<Owner<'c>>,
}

/// One choice with its picks.
#[derive(Debug, Clone)]
pub(crate) struct Made<'c> {
    /// The slot: the key in `/build/choices`.
    pub(crate) slot: String,
    pub(crate) name: &'c str,
    pub(crate) from: Cow<'c, Pool>,
    pub(crate) count: i32,
    pub(crate) each: i32,
    /// When it may be made anew.
    pub(crate) change: Option<ChangeOn>,
    pub(crate) picks: Vec<String>,
    pub(crate) owner: Rc<Owner<'c>>,
}

/// One row of the features or traits.
#[derive(Debug, Clone)]
pub(crate) struct Row<'c> {
    pub(crate) owner: Rc<Owner<'c>>,
    pub(crate) text: &'c str,
    pub(crate) level: i32,
    pub(crate) activation: Activation,
    pub(crate) shows: Option<&'c str>,
    pub(crate) is_trait: bool,
}

/// One class of the character with the level at which its subclass is chosen.
#[derive(Debug, Clone)]
pub(crate) struct Taken<'c> {
    pub(crate) at: ClassAt<'c>,
    /// The id of the level at which the subclass is chosen, once it is reached.
    pub(crate) subclass_level: Option<String>,
    /// The subclass as it is written; may name nothing.
    pub(crate) subclass: String,
}

/// Holds everything that acts on a character.
#[derive(Debug, Default)]
pub(crate) struct Walked<'c> {
    pub(crate) active: Vec<Active<'c>>,
    pub(crate) made: Vec<Made<'c>>,
    pub(crate) rows: Vec<Row<'c>>,
    /// In the order in which they were first taken.
    pub(crate) classes: Vec<Taken<'c>>,
    pub(crate) species: Option<&'c Species>,
    pub(crate) findings: Vec<Finding>,
    /// Options that a background decides: id, and what decided.
    pub(crate) fixed: Vec<(String, Rc<Owner<'c>>)>,
    /// Feats, options and features that are there, by id, with how often.
    pub(crate) taken: BTreeMap<String, i32>,
}
