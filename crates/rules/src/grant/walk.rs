//! The walk: which things of the content act on a character: its classes, species, background, items and conditions.

use std::rc::Rc;

use sheet::{Finding, Severity, Source};

use super::owner::{ClassAt, Owner, Row, Taken, Walked};
use super::rows::has_own_row;
use crate::content::{Content, Effect, Feature, key};

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

pub(super) struct Walk<'s, 'c> {
    pub(super) source: &'s Source,
    pub(super) content: &'c Content,
    pub(super) out: Walked<'c>,
    pub(super) level: i32,
}

impl<'c> Walk<'_, 'c> {
    pub(super) fn find(&mut self, cell: String, message: String, hint: &str) {
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
            cell: "/levels".to_owned(),
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
            let id = key(&feature.name);
            let slot = format!("{start}.{}.{id}", feature.level);
            let owner = Rc::new(Owner {
                label: feature.name.clone(),
                source: format!("{} {}", class.name, feature.level),
                cell: format!("/actions/features/{slot}"),
                slot,
                level: taken.at.level,
                class: Some(taken.at),
                caster: class_key.to_owned(),
            });
            self.feature(feature, id, owner, false);
        }
    }

    fn feature(&mut self, feature: &'c Feature, id: String, owner: Rc<Owner<'c>>, is_trait: bool) {
        *self.out.taken.entry(id).or_default() += 1;
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
            // A trait with uses of its own is shown among the features, which count them.
            let is_trait = !own.effects.iter().any(|effect| match effect {
                Effect::Resource { name, .. } => !has_own_row(name.as_deref(), &own.name),
                _ => false,
            });
            let list = if is_trait { "traits" } else { "features" };
            let id = key(&own.name);
            let slot = format!("{species_key}.{id}");
            let owner = Rc::new(Owner {
                label: own.name.clone(),
                source: species.name.clone(),
                cell: format!("/actions/{list}/{slot}"),
                slot,
                level: self.level,
                class: None,
                caster: species_key.clone(),
            });
            self.feature(own, id, owner, is_trait);
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
            cell: "/identity/background".to_owned(),
            level: self.level,
            class: None,
            caster: String::new(),
        });
        self.effects(&background.effects, &owner, 0);
        if let Some(feat) = self.content.feats.get(&key(&background.feat)) {
            self.feat(
                feat,
                &owner,
                &background.name,
                &background.feat_choices,
                1,
                0,
            );
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
                cell: format!("/equipment/magical_items/{id}"),
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
        let active = super::conditions::effects(self.source, self.content);
        self.out.active.extend(active);
    }
}
