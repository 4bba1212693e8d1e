//! Building: levels, choices, starting equipment and things from the compendium, each one change in the history.

use ::history::{Action as Deed, CommitKind, DocumentId, Edit};
use rules::build::{self, Added, CannotBuild, Write};
use rules::content::key;
use rules::dice::{Expression, SeededDice};
use rules::play::{Action, Character, act};
use sheet::{ChoiceOption, Source};

use super::Sheets;
use crate::library::Library;
use crate::packs::Known;
use crate::wire::{
    AddThing, EditOutcome, Gain, HitPoints, LevelPreview, LevelUp, StartOffer, StartWith,
};
use crate::words::consequence_lines;
use crate::worked::Worked;
use crate::{Code, Failure};

impl From<CannotBuild> for Failure {
    fn from(cannot: CannotBuild) -> Failure {
        Failure::new(Code::Invalid, cannot.message, cannot.hint)
    }
}

/// Gives the cells that follow from a version.
pub(crate) type Follows<'f> =
    dyn FnMut(&std::sync::Arc<Worked>) -> Result<Vec<Write>, Failure> + 'f;

impl Sheets<'_> {
    /// Lists what may be written into a cell that holds a choice, each option with the reason why it may not be.
    ///
    /// # Errors
    /// A character that is not there; a cell that offers no choice now.
    pub fn options(&self, id: &str, cell: &str) -> Result<Vec<ChoiceOption>, Failure> {
        self.library.timed("sheet.options", || {
            let worked = self.newest(id)?;
            rules::options(&worked.source, &self.library.rules_of(&worked), cell).ok_or_else(|| {
                Failure {
                    code: Code::NotFound,
                    message: format!("`{cell}` offers no choice now."),
                    hint: "What there is to choose is listed with the sheet.".to_owned(),
                    cell: Some(cell.to_owned()),
                }
            })
        })
    }

    /// Adds a level.
    ///
    /// # Errors
    /// A class that no pack has, a roll that is not on its die, a character of level 20.
    pub fn level_up(&self, asked: &LevelUp) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.level_up", || {
            let clock = &self.library.settings.clock;
            let rules = self.library.rules_of(&*self.newest(&asked.id)?);
            let die = rules
                .classes
                .get(&key(&asked.class))
                .map_or(8, |class| class.hit_die);
            let hit_points = match asked.hit_points {
                HitPoints::Fixed => None,
                HitPoints::Given { value } => Some(value),
                HitPoints::Rolled => {
                    let roll = Expression::parse(&format!("1d{die}")).map_err(Failure::internal)?;
                    Some(roll.roll(&mut self.library.dice()).total)
                }
            };
            let level = clock.new_id().to_string();
            let title = format!("Took a level of {}", asked.class.trim());
            self.change(&asked.id, CommitKind::LevelUp, &title, |worked| {
                Ok(build::level_up(
                    &worked.source,
                    &self.library.rules_of(worked),
                    &asked.class,
                    hit_points,
                    &level,
                )?)
            })
        })
    }

    /// Takes the last level away, and with it the picks that only it offered.
    ///
    /// # Errors
    /// A character with one level or none.
    pub fn level_down(&self, id: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.level_down", || {
            self.change(
                id,
                CommitKind::LevelUp,
                "Took the last level back",
                |worked| {
                    let rules = self.library.rules_of(worked);
                    Ok(build::level_down(&worked.source, &rules)?)
                },
            )
        })
    }

    /// Shows what a level would change, without writing anything.
    ///
    /// # Errors
    /// See [`Sheets::level_up`].
    pub fn level_preview(&self, id: &str, class: &str) -> Result<LevelPreview, Failure> {
        self.library.timed("sheet.level_preview", || {
            let (_, _, tree) = self.library.stood_on(id.parse()?)?;
            let worked = self.library.worked(&tree)?;
            let content = &*self.library.rules_of(&worked);
            let writes = build::level_up(&worked.source, content, class, None, "preview")?;
            let mut document = serde_json::to_value(&*worked.source).map_err(Failure::internal)?;
            build::carry_out(&mut document, &writes);
            let source = Source::from_value(&document)?;
            let after = rules::derive(&source, content);
            let had = |name: &str, source: &str| {
                let features = worked.sheet.actions.features.iter();
                features
                    .clone()
                    .any(|own| own.name == name && own.source == source)
            };
            let gains = after
                .sheet
                .actions
                .features
                .iter()
                .filter(|feature| !had(&feature.name, &feature.source))
                .map(|feature| Gain {
                    name: feature.name.clone(),
                    source: feature.source.clone(),
                    text: feature.description.clone(),
                })
                .collect();
            let before: Vec<_> = worked
                .sheet
                .choices
                .iter()
                .map(|choice| (&choice.cell, choice.count))
                .collect();
            let fresh =
                |choice: &sheet::ChoiceState| !before.contains(&(&choice.cell, choice.count));
            Ok(LevelPreview {
                changes: consequence_lines(&[], &worked.stats, &after.stats, &tree),
                gains,
                choices: after
                    .sheet
                    .choices
                    .iter()
                    .filter(|choice| fresh(choice))
                    .cloned()
                    .collect(),
            })
        })
    }

    /// Makes every open choice lawfully: by the quick build of the first class, else the first that may be.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn fill(&self, id: &str) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.fill", || {
            self.change(id, CommitKind::Edit, "Made the open choices", |worked| {
                Ok(build::fill(&worked.source, &self.library.rules_of(worked))?)
            })
        })
    }

    /// Lists what the class and the background of a character offer to start with.
    ///
    /// # Errors
    /// A character that is not there.
    pub fn start_offers(&self, id: &str) -> Result<Vec<StartOffer>, Failure> {
        self.library.timed("sheet.start_offers", || {
            let worked = self.newest(id)?;
            let rules = self.library.rules_of(&worked);
            let offers = build::start_offers(&worked.source, &rules).into_iter();
            let own = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
            let offers = offers.map(|offer| StartOffer {
                source: offer.source.to_owned(),
                option: offer.option.to_owned(),
                text: offer.text,
                open: offer.open.into_iter().map(own).collect(),
                taken: offer.taken,
            });
            Ok(offers.collect())
        })
    }

    /// Puts starting equipment into the inventory.
    ///
    /// # Errors
    /// An option that is not offered, or one of the same source that was taken before.
    pub fn start_with(&self, asked: &StartWith) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.start_with", || {
            let title = format!(
                "Took starting equipment {} of {}",
                asked.option, asked.source
            );
            self.change(&asked.id, CommitKind::Edit, &title, |worked| {
                let mut ids = || self.library.settings.clock.new_id().to_string();
                let way = (asked.source.as_str(), asked.option.as_str());
                let content = &*self.library.rules_of(worked);
                let writes =
                    build::start_with(&worked.source, content, way, &asked.picks, &mut ids)?;
                Ok(writes)
            })
        })
    }

    /// Puts a thing of the compendium on a sheet.
    ///
    /// # Errors
    /// A name that no pack has, a count below 1, too few coins to pay with.
    pub fn add_thing(&self, asked: &AddThing) -> Result<EditOutcome, Failure> {
        self.library.timed("sheet.add_thing", || {
            let title = format!("Added {}", asked.name);
            self.change(&asked.id, CommitKind::Edit, &title, |worked| {
                self.thing(worked, asked)
            })
        })
    }

    fn thing(&self, worked: &Worked, asked: &AddThing) -> Result<Vec<Write>, Failure> {
        let rules = self.library.rules_of(worked);
        let content = &*rules;
        let (name, count) = (asked.name.as_str(), asked.count);
        let first = || {
            let mut casters = worked.sheet.spellcasting.casters.iter();
            casters.find(|caster| !caster.id.is_empty())
        };
        let added = match asked.kind.as_str() {
            "item" => Added::Item { name, count },
            "magic_item" => Added::MagicItem {
                name,
                count,
                variant: asked.variant.as_deref(),
                base: asked.base.as_deref(),
            },
            "spell" => Added::Spell {
                name,
                caster: (asked.caster.as_deref()).or_else(|| first().map(|one| one.id.as_str())),
            },
            "condition" => Added::Condition { name },
            other => {
                return Err(Failure::new(
                    Code::Invalid,
                    format!("A `{other}` cannot be put on a sheet."),
                    "Items, magic items, spells and conditions can.",
                ));
            }
        };
        let id = self.library.settings.clock.new_id().to_string();
        let mut writes = build::add(&worked.source, content, added, &id)?;
        let bought = build::thing(content, name).filter(|_| asked.pay && asked.kind == "item");
        let price_cp = bought.map_or(0, |thing| build::price(thing, count));
        if price_cp > 0 {
            let character = Character {
                source: &worked.source,
                sheet: &worked.sheet,
                stats: &worked.stats,
            };
            let dice = &mut self.library.dice();
            writes.extend(act(character, &Action::Pay { price_cp }, dice)?.writes);
        }
        Ok(writes)
    }

    /// Works the newest version of the branch that is stood on out.
    pub(crate) fn newest(&self, id: &str) -> Result<std::sync::Arc<Worked>, Failure> {
        let document: DocumentId = id.parse()?;
        let (_, _, tree) = self.library.stood_on(document)?;
        self.library.worked(&tree)
    }

    /// Changes the newest version by the cells that the rules say.
    pub(crate) fn change(
        &self,
        id: &str,
        kind: CommitKind,
        title: &str,
        writes: impl FnOnce(&Worked) -> Result<Vec<Write>, Failure>,
    ) -> Result<EditOutcome, Failure> {
        let mut writes = Some(writes);
        self.change_at(id, kind, title, &mut |worked| match writes.take() {
            Some(writes) => writes(worked),
            None => Ok(Vec::new()),
        })
    }

    /// Changes the newest version by the cells that follow from it; what others change meanwhile is merged.
    pub(crate) fn change_at(
        &self,
        id: &str,
        kind: CommitKind,
        title: &str,
        writes: &mut Follows<'_>,
    ) -> Result<EditOutcome, Failure> {
        let document: DocumentId = id.parse()?;
        let (branch, _, tree) = self.library.stood_on(document)?;
        let worked = self.library.worked(&tree)?;
        let edits = writes(&worked)?
            .into_iter()
            .map(to_edit)
            .collect::<Result<Vec<_>, Failure>>()?;
        for edit in &edits {
            if let Edit::Set { path, value } = edit {
                sheet::check_cell(path, value)?;
            }
        }
        let ours = history::edit(&tree, edits)?;
        let title: String = title.chars().take(200).collect();
        self.land(document, &branch, &tree, &ours, kind, Deed::Edit, &title)
    }
}

impl Library {
    /// Gives the rules that hold for a character; one that is written by hand may take things from every pack in use.
    pub(crate) fn rules_of(&self, worked: &Worked) -> Known {
        let packs = &worked.source.build.packs;
        if packs.is_empty() {
            return self.content().unwrap_or(Known::Srd);
        }
        self.content_of(packs)
    }

    /// Gives dice that were never thrown before.
    pub(crate) fn dice(&self) -> SeededDice {
        // A version 7 id ends in 62 random bits.
        let (_, low) = self.settings.clock.new_id().as_u64_pair();
        let (high, _) = self.settings.clock.new_id().as_u64_pair();
        SeededDice::new(low ^ high.rotate_left(17))
    }
}

fn to_edit(write: Write) -> Result<Edit, Failure> {
    Ok(match write {
        Write::Set { cell, value } => Edit::Set {
            path: cell.parse()?,
            value,
        },
        Write::Remove { cell } => Edit::Remove {
            path: cell.parse()?,
        },
    })
}
