//! Reading a source anew after an edit: only what was edited is read, the rest is taken over.

use std::collections::BTreeSet;
use std::sync::Arc;

use history::{CellPath, Tree};
use serde::de::DeserializeOwned;

use super::{Actions, Equipment, Source, Spellcasting};
use crate::CellError;
use crate::keyed::Keyed;

impl Source {
    /// Reads the typed source from a document that came of this one by changes of the given cells.
    ///
    /// Gives what [`Source::from_tree`] gives, as long as the cells are all in which the two documents differ: reports of
    /// [`history::diff`] name them. Things and sections without a change are shared with `self`.
    ///
    /// # Errors
    /// See [`Source::from_tree`].
    pub fn after<'a>(
        &self,
        changed: impl IntoIterator<Item = &'a CellPath>,
        tree: &Tree,
    ) -> Result<Source, CellError> {
        match self.taken_over(changed, tree) {
            Some(source) => Ok(source),
            // Read whole, which also tells what is wrong and where.
            None => Source::from_tree(tree),
        }
    }

    /// Takes over what is the same and reads the rest; `None` where that is not so simple.
    fn taken_over<'a>(
        &self,
        changed: impl IntoIterator<Item = &'a CellPath>,
        tree: &Tree,
    ) -> Option<Source> {
        let (mut sections, mut things) = (BTreeSet::new(), BTreeSet::new());
        for path in changed {
            let segments = path.segments();
            let section = segments.first()?.as_str();
            match segments.get(1) {
                Some(collection) if collections(section).contains(&collection.as_str()) => {
                    things.insert((section, collection.as_str(), segments.get(2)?.as_str()));
                }
                // A section that came or went takes its collections with it.
                None if !collections(section).is_empty() => return None,
                _ => {
                    sections.insert(section);
                }
            }
        }
        let mut next = self.clone();
        for section in sections {
            next.read_section(section, tree)?;
        }
        for thing in things {
            next.read_thing(thing, tree)?;
        }
        Some(next)
    }

    /// Reads a section without the collections that are read thing by thing.
    fn read_section(&mut self, section: &str, tree: &Tree) -> Option<()> {
        match section {
            "record" => self.record = read(tree, section)?,
            "identity" => self.identity = read(tree, section)?,
            "creature" => self.creature = read(tree, section)?,
            "build" => self.build = read(tree, section)?,
            "levels" => self.levels = read(tree, section)?,
            "abilities" => self.abilities = read(tree, section)?,
            "proficiencies" => self.proficiencies = read(tree, section)?,
            "combat" => self.combat = read(tree, section)?,
            "conditions" => self.conditions = read(tree, section)?,
            "adjustments" => self.adjustments = read(tree, section)?,
            "overrides" => self.overrides = read(tree, section)?,
            "notes" => self.notes = read(tree, section)?,
            "events" => self.events = read(tree, section)?,
            "allowances" => self.allowances = read(tree, section)?,
            "conflicts" => self.conflicts = read(tree, section)?,
            "extra" => self.extra = read(tree, section)?,
            "actions" => {
                let own = &self.actions;
                self.actions = Arc::new(Actions {
                    weapons: own.weapons.clone(),
                    features: own.features.clone(),
                    traits: own.traits.clone(),
                    ..read(tree, section)?
                });
            }
            "equipment" => {
                let own = &self.equipment;
                self.equipment = Arc::new(Equipment {
                    inventory: own.inventory.clone(),
                    magical_items: own.magical_items.clone(),
                    ..read(tree, section)?
                });
            }
            "spellcasting" => {
                let own = &self.spellcasting;
                self.spellcasting = Arc::new(Spellcasting {
                    casters: own.casters.clone(),
                    spells: own.spells.clone(),
                    ..read(tree, section)?
                });
            }
            // The format, and whatever the types do not know.
            _ => return None,
        }
        Some(())
    }

    /// Reads one thing of a collection, or takes it out.
    fn read_thing(
        &mut self,
        (section, collection, id): (&str, &str, &str),
        tree: &Tree,
    ) -> Option<()> {
        let path = CellPath::from_segments([section, collection, id]);
        let json = tree.json_at(&path);
        let json = json.as_deref();
        match (section, collection) {
            ("actions", "weapons") => put(&mut Arc::make_mut(&mut self.actions).weapons, id, json),
            ("actions", "features") => {
                put(&mut Arc::make_mut(&mut self.actions).features, id, json)
            }
            ("actions", "traits") => put(&mut Arc::make_mut(&mut self.actions).traits, id, json),
            ("equipment", "inventory") => {
                put(&mut Arc::make_mut(&mut self.equipment).inventory, id, json)
            }
            ("equipment", "magical_items") => put(
                &mut Arc::make_mut(&mut self.equipment).magical_items,
                id,
                json,
            ),
            ("spellcasting", "casters") => {
                put(&mut Arc::make_mut(&mut self.spellcasting).casters, id, json)
            }
            ("spellcasting", "spells") => {
                put(&mut Arc::make_mut(&mut self.spellcasting).spells, id, json)
            }
            _ => None,
        }
    }
}

/// Names the collections of a section that are read thing by thing.
fn collections(section: &str) -> &'static [&'static str] {
    match section {
        "actions" => &["weapons", "features", "traits"],
        "equipment" => &["inventory", "magical_items"],
        "spellcasting" => &["casters", "spells"],
        _ => &[],
    }
}

fn read<T: DeserializeOwned + Default>(tree: &Tree, section: &str) -> Option<T> {
    match tree.section_json_without(section, collections(section)) {
        Some(json) => serde_json::from_slice(&json).ok(),
        None => Some(T::default()),
    }
}

fn put<T: DeserializeOwned>(things: &mut Keyed<T>, id: &str, json: Option<&[u8]>) -> Option<()> {
    match json {
        Some(json) => {
            let thing = serde_json::from_slice(json).ok()?;
            things.0.insert(id.to_owned(), Arc::new(thing));
        }
        None => {
            things.0.remove(id);
        }
    }
    Some(())
}
