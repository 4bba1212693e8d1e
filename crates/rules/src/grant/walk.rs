//! The walk: which things of the content act on a character, each with its owner, choices followed to their ends.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use sheet::source::Activation;
use sheet::vocabulary::Ability;
use sheet::{Finding, Severity, Source};

use crate::content::{
    Choice, Class, Content, Effect, Feat, Feature, Formula, Pool, Species, Subclass, key,
};

/// How deep a choice may offer a choice; a pack whose options offer each other ends here.
const MAX_DEPTH: usize = 8;

/// The choices that a background makes of its feat, for a feat that no background brought.
static NOTHING_FIXED: BTreeMap<String, Vec<String>> = BTreeMap::new();

/// Says where an effect comes from.
#[derive(Debug, Clone)]
pub(crate) struct Owner<'c> {
    /// The name of the feature, trait, feat or option.
    pub(crate) label: String,
    /// What brought it: `Fighter 1`, `Elf`, `Sage`.
    pub(crate) source: String,
    /// The start of its slots, and the id of its row on the sheet.
    pub(crate) slot: String,
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
    /// Feats, options and features that are there, by id, with how often.
    pub(crate) taken: BTreeMap<String, i32>,
}

/// Collects what acts on a built character.
pub(crate) fn walk<'c>(source: &Source, content: &'c Content) -> Walked<'c> {
    let mut walk = Walk {
        source,
        content,
        out: Walked::default(),
        level: i32::try_from(source.levels.len()).unwrap_or(i32::MAX),
    };
    walk.packs();
    walk.classes();
    walk.species();
    walk.background();
    walk.items();
    walk.conditions();
    walk.out
}

struct Walk<'s, 'c> {
    source: &'s Source,
    content: &'c Content,
    out: Walked<'c>,
    level: i32,
}

impl<'c> Walk<'_, 'c> {
    fn find(&mut self, cell: String, message: String, hint: &str) {
        self.out.findings.push(Finding {
            cell,
            severity: Severity::Warning,
            message,
            hint: hint.to_owned(),
        });
    }

    /// Tells which packs are not there that the character was built on.
    fn packs(&mut self) {
        for (id, version) in &self.source.build.packs {
            if !self.content.packs.iter().any(|pack| pack.id == *id) {
                self.find(
                    format!("/build/packs/{}", id.replace('~', "~0").replace('/', "~1")),
                    format!("The pack `{id}` ({version}) is not there; what came from it is kept by name and does nothing."),
                    "Add the pack again.",
                );
            }
        }
    }

    fn classes(&mut self) {
        let content = self.content;
        let mut taken: Vec<(String, Taken<'c>)> = Vec::new();
        for (id, level) in self.source.levels.ordered() {
            let name = level.class.trim();
            if name.is_empty() {
                continue;
            }
            let class_key = key(name);
            let Some(class) = content.classes.get(&class_key) else {
                self.find(
                    format!("/levels/{id}/class"),
                    format!("No pack has a class called `{name}`; the level counts, its features are not known."),
                    "Add the pack that has it, or choose another class.",
                );
                continue;
            };
            let place = match taken.iter().position(|(known, _)| *known == class_key) {
                Some(place) => place,
                None => {
                    let at = ClassAt {
                        class,
                        subclass: None,
                        level: 0,
                    };
                    taken.push((
                        class_key,
                        Taken {
                            at,
                            subclass_level: None,
                            subclass: String::new(),
                        },
                    ));
                    taken.len() - 1
                }
            };
            if let Some((_, taken)) = taken.get_mut(place) {
                taken.at.level = taken.at.level.saturating_add(1);
                if taken.at.level == class.subclass_level {
                    taken.subclass_level = Some(id.to_owned());
                }
                if !level.subclass.trim().is_empty() {
                    level.subclass.trim().clone_into(&mut taken.subclass);
                }
            }
        }
        for (place, (class_key, mut taken)) in taken.into_iter().enumerate() {
            let class = taken.at.class;
            if !taken.subclass.is_empty() && taken.subclass_level.is_some() {
                match content.subclasses.get(&key(&taken.subclass)) {
                    Some(subclass) if key(&subclass.class) == class_key => {
                        taken.at.subclass = Some(subclass);
                    }
                    _ => {
                        let id = taken.subclass_level.clone().unwrap_or_default();
                        let message = format!(
                            "No pack has a subclass of {} called `{}`.",
                            class.name, taken.subclass
                        );
                        self.find(
                            format!("/levels/{id}/subclass"),
                            message,
                            "Choose another, or add the pack that has it.",
                        );
                    }
                }
            }
            self.class(place == 0, &class_key, &taken);
            self.out.classes.push(taken);
        }
    }

    fn class(&mut self, first: bool, class_key: &str, taken: &Taken<'c>) {
        let class = taken.at.class;
        let owner = Rc::new(Owner {
            label: class.name.clone(),
            source: format!("{} 1", class.name),
            slot: class_key.to_owned(),
            level: taken.at.level,
            class: Some(taken.at),
            caster: class_key.to_owned(),
        });
        let effects = if first { &class.first } else { &class.later };
        self.effects(effects, &owner, 0);
        let own = class
            .features
            .iter()
            .map(|feature| (feature, class_key.to_owned()));
        let sub = taken.at.subclass.into_iter().flat_map(|subclass| {
            let start = key(&subclass.name);
            subclass
                .features
                .iter()
                .map(move |feature| (feature, start.clone()))
        });
        let mut features: Vec<(&'c Feature, String)> = own.chain(sub).collect();
        features.retain(|(feature, _)| feature.level <= taken.at.level);
        features.sort_by_key(|(feature, _)| feature.level);
        for (feature, start) in features {
            let owner = Rc::new(Owner {
                label: feature.name.clone(),
                source: format!("{} {}", class.name, feature.level),
                slot: format!("{start}.{}.{}", feature.level, key(&feature.name)),
                level: taken.at.level,
                class: Some(taken.at),
                caster: class_key.to_owned(),
            });
            self.feature(feature, owner, false);
        }
    }

    fn feature(&mut self, feature: &'c Feature, owner: Rc<Owner<'c>>, is_trait: bool) {
        *self.out.taken.entry(key(&feature.name)).or_default() += 1;
        self.out.rows.push(Row {
            owner: Rc::clone(&owner),
            text: &feature.text,
            level: feature.level,
            activation: feature.activation,
            shows: feature.shows.as_deref(),
            is_trait,
        });
        self.effects(&feature.effects, &owner, 0);
    }

    fn species(&mut self) {
        let name = self.source.identity.species.trim();
        if name.is_empty() {
            return;
        }
        let species_key = key(name);
        let Some(species) = self.content.species.get(&species_key) else {
            self.find(
                "/identity/species".to_owned(),
                format!("No pack has a species called `{name}`; its traits are not known."),
                "Choose another, or add the pack that has it.",
            );
            return;
        };
        self.out.species = Some(species);
        for own in &species.traits {
            if own.level > self.level.max(1) {
                continue;
            }
            let owner = Rc::new(Owner {
                label: own.name.clone(),
                source: species.name.clone(),
                slot: format!("{species_key}.{}", key(&own.name)),
                level: self.level,
                class: None,
                caster: species_key.clone(),
            });
            self.feature(own, owner, true);
        }
    }

    fn background(&mut self) {
        let name = self.source.identity.background.trim();
        if name.is_empty() {
            return;
        }
        let background_key = key(name);
        let Some(background) = self.content.backgrounds.get(&background_key) else {
            self.find(
                "/identity/background".to_owned(),
                format!("No pack has a background called `{name}`; what it gives is not known."),
                "Choose another, or add the pack that has it.",
            );
            return;
        };
        let owner = Rc::new(Owner {
            label: background.name.clone(),
            source: background.name.clone(),
            slot: background_key.clone(),
            level: self.level,
            class: None,
            caster: String::new(),
        });
        self.effects(&background.effects, &owner, 0);
        if let Some(feat) = self.content.feats.get(&key(&background.feat)) {
            self.feat(feat, &owner, &background.name, &background.feat_choices, 0);
        }
    }

    /// Magic items whose numbers are not written by hand act by their content.
    fn items(&mut self) {
        for (id, item) in self.source.equipment.magical_items.ordered() {
            let by_hand = item.bonuses != sheet::source::Bonuses::default();
            if by_hand || !crate::desk::is_working(item) {
                continue;
            }
            let (name, variant) = match item.name.rsplit_once(", ") {
                Some((name, variant)) => (name, Some(variant)),
                None => (item.name.as_str(), None),
            };
            let known = |name: &str| self.content.magic_items.get(&key(name));
            let Some(thing) = known(&item.name).or_else(|| known(name)) else {
                continue;
            };
            let owner = Rc::new(Owner {
                label: item.name.clone(),
                source: item.name.clone(),
                slot: format!("item.{id}"),
                level: self.level,
                class: None,
                caster: format!("item-{id}"),
            });
            self.effects(&thing.effects, &owner, 0);
            let chosen = thing
                .variants
                .iter()
                .find(|v| variant.is_some_and(|name| key(name) == key(&v.name)));
            if let Some(variant) = chosen {
                self.effects(&variant.effects, &owner, 0);
            }
        }
    }

    fn conditions(&mut self) {
        for active in conditions(self.source, self.content) {
            self.out.active.push(active);
        }
    }

    fn effects(&mut self, effects: &'c [Effect], owner: &Rc<Owner<'c>>, depth: usize) {
        for effect in effects {
            if level_of(effect) > owner.level.max(1) {
                continue;
            }
            if let Effect::Choose { .. } = effect {
                self.choice(effect, owner, depth);
            } else if let Effect::SpellAbility { from } = effect
                && from.len() > 1
            {
                let slot = format!("{}.spell-ability", owner.slot);
                self.out.made.push(Made {
                    picks: self.source.build.picks(&slot).map(str::to_owned).collect(),
                    slot,
                    name: "Spellcasting ability",
                    from: Cow::Owned(Pool::SpellAbility(from.clone())),
                    count: 1,
                    each: 1,
                    owner: Rc::clone(owner),
                });
            } else {
                self.out.active.push(Active {
                    effect,
                    owner: Rc::clone(owner),
                });
            }
        }
    }

    fn choice(&mut self, effect: &'c Effect, owner: &Rc<Owner<'c>>, depth: usize) {
        let Effect::Choose {
            id,
            name,
            count,
            from,
            each,
            ..
        } = effect
        else {
            return;
        };
        // Stands by name in the level at which it is chosen.
        if *from == Pool::Subclass {
            return;
        }
        let slot = format!("{}.{id}", owner.slot);
        let count = self.count(count, owner, &slot);
        if count <= 0 {
            return;
        }
        let picks: Vec<String> = self.source.build.picks(&slot).map(str::to_owned).collect();
        for pick in &picks {
            let source = &owner.source;
            match from {
                Pool::Feats(_) => {
                    if let Some(feat) = self.content.feats.get(pick) {
                        let under = Owner {
                            slot: slot.clone(),
                            ..Owner::clone(owner)
                        };
                        self.feat(feat, &Rc::new(under), source, &NOTHING_FIXED, depth + 1);
                    }
                }
                Pool::Options(group) => {
                    if let Some(option) = self.content.options.get(pick)
                        && option.group == *group
                    {
                        self.option(option, owner, &slot, depth + 1);
                    }
                }
                _ => {}
            }
        }
        self.out.made.push(Made {
            slot,
            name,
            from: Cow::Borrowed(from),
            count,
            each: *each,
            picks,
            owner: Rc::clone(owner),
        });
    }

    /// Works out how many may be picked; abilities do not count yet, so their modifiers are those of the written scores.
    fn count(&mut self, count: &Formula, owner: &Owner<'_>, slot: &str) -> i32 {
        let scores = &self.source.abilities.scores;
        let level = self.level;
        let value = count.value(&|name| match name {
            "level" => Some(level),
            "class_level" => Some(owner.level),
            "pb" => Some(crate::bonus_of_level(level)),
            _ => {
                let ability = Ability::ALL
                    .into_iter()
                    .find(|ability| ability.key() == name);
                match ability {
                    Some(ability) => Some(crate::modifier(scores.of(ability))),
                    None => owner.class.and_then(|class| class.number(name)),
                }
            }
        });
        match value {
            Ok(value) => value.clamp(0, 100),
            Err(unknown) => {
                let message = format!(
                    "The count `{}` of `{}` has no value: {unknown}.",
                    count.text(),
                    owner.label
                );
                self.find(format!("/build/choices/{slot}"), message, "Mend the pack.");
                0
            }
        }
    }

    fn feat(
        &mut self,
        feat: &'c Feat,
        under: &Rc<Owner<'c>>,
        source: &str,
        fixed: &'c BTreeMap<String, Vec<String>>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let feat_key = key(&feat.name);
        *self.out.taken.entry(feat_key.clone()).or_default() += 1;
        let slot = format!("{}.{feat_key}", under.slot);
        let owner = Rc::new(Owner {
            label: feat.name.clone(),
            source: source.to_owned(),
            caster: slot.clone(),
            slot,
            level: self.level,
            class: under.class,
        });
        self.out.rows.push(Row {
            owner: Rc::clone(&owner),
            text: &feat.text,
            level: 1,
            activation: Activation::Passive,
            shows: None,
            is_trait: false,
        });
        if fixed.is_empty() {
            self.effects(&feat.effects, &owner, depth);
            return;
        }
        for effect in &feat.effects {
            match effect {
                Effect::Choose {
                    id,
                    from: Pool::Options(group),
                    ..
                } if fixed.contains_key(id) => {
                    // What the background decides is no choice, and its options hold.
                    for name in fixed.get(id).into_iter().flatten() {
                        if let Some(option) = self.content.options.get(&key(name))
                            && option.group == *group
                        {
                            let slot = format!("{}.{id}", owner.slot);
                            self.option(option, &owner, &slot, depth + 1);
                        }
                    }
                }
                effect => self.effects(std::slice::from_ref(effect), &owner, depth),
            }
        }
    }

    fn option(&mut self, option: &'c Choice, under: &Rc<Owner<'c>>, slot: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let option_key = key(&option.name);
        let count = self.out.taken.entry(option_key.clone()).or_default();
        *count += 1;
        let again = if *count > 1 {
            format!("-{count}")
        } else {
            String::new()
        };
        let owner = Rc::new(Owner {
            label: option.name.clone(),
            source: under.source.clone(),
            slot: format!("{slot}.{option_key}{again}"),
            level: under.level,
            class: under.class,
            caster: under.caster.clone(),
        });
        self.out.rows.push(Row {
            owner: Rc::clone(&owner),
            text: &option.text,
            level: 1,
            activation: Activation::Passive,
            shows: None,
            is_trait: false,
        });
        self.effects(&option.effects, &owner, depth);
    }
}

/// Lists the effects of the conditions on a character, those they bring with them too.
pub(crate) fn conditions<'c>(source: &Source, content: &'c Content) -> Vec<Active<'c>> {
    let mut active = Vec::new();
    let mut done: Vec<String> = Vec::new();
    for (id, condition) in source.conditions.ordered() {
        let mut waiting = vec![key(&condition.name)];
        while let Some(next) = waiting.pop() {
            let Some(rule) = content.conditions.get(&next) else {
                continue;
            };
            if done.contains(&next) {
                continue;
            }
            let owner = Rc::new(Owner {
                label: rule.name.clone(),
                source: condition.name.clone(),
                slot: format!("condition.{id}"),
                level: 20,
                class: None,
                caster: String::new(),
            });
            active.extend(rule.effects.iter().map(|effect| Active {
                effect,
                owner: Rc::clone(&owner),
            }));
            waiting.extend(rule.implies.iter().map(|name| key(name)));
            done.push(next);
        }
    }
    active
}

/// Gives the level from which an effect holds.
fn level_of(effect: &Effect) -> i32 {
    match effect {
        Effect::Bonus { level, .. }
        | Effect::Advantage { level, .. }
        | Effect::Speed { level, .. }
        | Effect::Sense { level, .. }
        | Effect::Resource { level, .. }
        | Effect::Attacks { level, .. }
        | Effect::Spell { level, .. }
        | Effect::Choose { level, .. }
        | Effect::Attunement { level, .. } => *level,
        _ => 0,
    }
}
