//! Rules content: classes, species, spells, items, creatures, as data.
//!
//! A *pack* is a set of TOML files in one format, the same for the SRD's content that stands in the program and for a
//! house's own. [`Content`] is what one or several packs make together: a later pack adds to an earlier one and replaces
//! what has the same kind and name.

mod circles;
mod compare;
pub mod effect;
pub mod exchange;
pub mod formula;
pub mod kinds;
pub mod named;
mod pack;
mod parts;
mod place;
pub mod pool;
mod problems;
pub mod spell;
pub mod target;
mod template;
pub mod things;
mod used;
mod values;
mod wiring;
mod written;
pub(crate) mod yields;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub use compare::{Difference, Fate, Field, compare};
pub use effect::Effect;
pub use exchange::{Gain, Price};
pub use formula::Formula;
pub(crate) use kinds::is_called;
pub use kinds::*;
pub use named::{Circumstance, Movement, SenseKind};
pub use pack::{KINDS, MAX_PACK_BYTES, PackFile, Problem, read_pack};
pub use pool::{Pool, SpellGroup};
pub use spell::{Spell, SpellDamage};
pub use target::{Target, Weapons};
pub use template::template;
pub use things::*;
pub use written::{Written, kind_of, written};
pub use yields::Yield;

/// Holds rules content by kind and id; see [`key`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// The packs it is made of, in the order in which they were added.
    pub packs: Vec<PackHead>,
    /// Classes.
    pub classes: BTreeMap<String, Arc<Class>>,
    /// Subclasses.
    pub subclasses: BTreeMap<String, Arc<Subclass>>,
    /// Species.
    pub species: BTreeMap<String, Arc<Species>>,
    /// Backgrounds.
    pub backgrounds: BTreeMap<String, Arc<Background>>,
    /// Feats.
    pub feats: BTreeMap<String, Arc<Feat>>,
    /// Options by id; several groups share one name space.
    pub options: BTreeMap<String, Arc<Choice>>,
    /// Spells.
    pub spells: BTreeMap<String, Arc<Spell>>,
    /// Weapons.
    pub weapons: BTreeMap<String, Arc<Weapon>>,
    /// Armor and shields.
    pub armor: BTreeMap<String, Arc<ArmorPiece>>,
    /// Gear.
    pub gear: BTreeMap<String, Arc<Gear>>,
    /// Magic items.
    pub magic_items: BTreeMap<String, Arc<MagicThing>>,
    /// Creatures.
    pub creatures: BTreeMap<String, Arc<Creature>>,
    /// Conditions.
    pub conditions: BTreeMap<String, Arc<ConditionRule>>,
    /// Languages.
    pub languages: BTreeMap<String, Arc<Entry>>,
    /// Weapon properties.
    pub properties: BTreeMap<String, Arc<Entry>>,
    /// Mastery properties.
    pub masteries: BTreeMap<String, Arc<Entry>>,
    /// Skills.
    pub skills: BTreeMap<String, Arc<Entry>>,
    /// The names of the packs that things come from, by kind and id; what the first pack brought is not in it.
    pub origins: BTreeMap<(&'static str, String), Arc<str>>,
}

impl Content {
    /// Gives the content that knows nothing: the formulas alone, and what the source spells out.
    pub fn none() -> Content {
        Content::default()
    }

    /// Gives the content of SRD 5.2.1 that stands in the program; read once.
    pub fn srd() -> &'static Content {
        static SRD: OnceLock<Content> = OnceLock::new();
        // A test holds the files of the program against every check, so that there is nothing to report here.
        SRD.get_or_init(|| Content::read_srd().unwrap_or_default())
    }

    /// Reads the content of SRD 5.2.1 anew from the files in the program; [`Content::srd`] is what to use.
    ///
    /// # Errors
    /// Files that cannot be read, which a test rules out.
    pub fn read_srd() -> Result<Content, Vec<Problem>> {
        let mut content = Content::none();
        content.add(pack::embedded()?);
        Ok(content)
    }

    /// Adds a pack; what has the same kind and id is replaced.
    pub fn add(&mut self, mut pack: PackFile) {
        for background in &mut pack.background {
            background.effects.insert(0, background.increases());
        }
        let first = self.packs.is_empty();
        let name = pack.pack.as_ref().map(|head| Arc::from(head.name.as_str()));
        let name = name.filter(|_| !first);
        if let Some(head) = pack.pack {
            self.packs.retain(|other| other.id != head.id);
            self.packs.push(head);
        }
        macro_rules! take {
            ($($list:ident => $map:ident),+ $(,)?) => {$(
                for thing in pack.$list {
                    let id = key(&thing.name);
                    if let Some(name) = &name {
                        self.origins.insert((stringify!($list), id.clone()), Arc::clone(name));
                    }
                    self.$map.insert(id, Arc::new(thing));
                }
            )+};
        }
        take!(
            class => classes, subclass => subclasses, species => species, background => backgrounds, feat => feats,
            option => options, spell => spells, weapon => weapons, armor => armor, gear => gear,
            magic_item => magic_items, creature => creatures, condition => conditions, language => languages,
            property => properties, mastery => masteries, skill => skills,
        );
    }

    /// Tells whether there is a thing of a kind, as tables are called, with an id.
    pub fn has(&self, kind: &str, id: &str) -> bool {
        macro_rules! look {
            ($($list:ident => $map:ident),+ $(,)?) => {
                match kind {
                    $(stringify!($list) => self.$map.contains_key(id),)+
                    _ => false,
                }
            };
        }
        look!(
            class => classes, subclass => subclasses, species => species, background => backgrounds, feat => feats,
            option => options, spell => spells, weapon => weapons, armor => armor, gear => gear,
            magic_item => magic_items, creature => creatures, condition => conditions, language => languages,
            property => properties, mastery => masteries, skill => skills,
        )
    }

    /// Lists what is wrong with the content as a whole: references to nothing, tables of the wrong length, formulas that
    /// use unknown names, things without a text, choices that lead back to themselves.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = problems::all(self);
        problems.extend(circles::circles(self));
        problems.extend(values::values(self));
        problems
    }
}
