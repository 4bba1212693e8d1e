//! Checks of what effects name: what a choice is made from, a choice of the same thing, a resource, a table of dice.

use std::collections::BTreeSet;

use super::Content;
use super::effect::Effect;
use super::exchange::{Gain, Price};
use super::key;
use super::pool::Pool;
use super::problems::{Check, Tables};

impl Check<'_> {
    /// Holds an effect against those beside it, and against the resources of the content.
    pub(super) fn wiring(&mut self, effect: &Effect, beside: &[Effect], tables: &Tables<'_>) {
        match effect {
            Effect::ExtraDamage {
                dice,
                twice,
                spends,
                pays,
                ..
            } => {
                if dice.trim().is_empty() != *twice {
                    self.say("extra damage has dice of its own, or those of the weapon twice");
                }
                self.dice(dice, tables, &[]);
                if let Some(spends) = spends {
                    self.resource(spends);
                }
                self.price(pays);
            }
            Effect::BondedWeapon { weapon, .. } => {
                let fits = |pool: &Pool| matches!(pool, Pool::Weapons(_));
                self.choice(weapon, beside, "weapons", fits);
            }
            Effect::SpellDamage { spells, .. }
            | Effect::SpellHealing { spells, .. }
            | Effect::SpellRange { spells, .. } => {
                if let Some(chosen) = &spells.chosen {
                    let fits = |pool: &Pool| {
                        matches!(
                            pool,
                            Pool::KnownSpells { .. } | Pool::Spells { .. } | Pool::Resistances(_)
                        )
                    };
                    self.choice(chosen, beside, "spells or damage types", fits);
                }
            }
            Effect::Exchange {
                pays,
                gains,
                spends,
                ..
            } => {
                if let Some(spends) = spends {
                    self.resource(spends);
                }
                self.price(pays);
                match gains {
                    Gain::Uses {
                        of,
                        amount,
                        by_level,
                    } => {
                        self.resource(of);
                        if let Some(amount) = amount {
                            self.formula(amount, tables);
                        }
                        if *by_level && !matches!(pays, Price::Slot { .. }) {
                            self.say("what is gained by level costs a spell slot");
                        }
                    }
                    Gain::UpTo { of, least } => {
                        self.resource(of);
                        self.formula(least, tables);
                    }
                    Gain::Slot { level } if !(1..=9).contains(level) => {
                        self.say("the level of a spell slot is 1 to 9");
                    }
                    Gain::Slots { levels, .. } => self.formula(levels, tables),
                    Gain::PactSlots { count } => self.formula(count, tables),
                    Gain::Slot { .. } => {}
                }
            }
            Effect::Use { .. } => self.used(effect, beside, tables),
            _ => {}
        }
    }

    /// Holds what a choice is made from against the content.
    pub(super) fn pool(&mut self, pool: &Pool) {
        let content = self.content;
        match pool {
            Pool::Skills(skills) | Pool::Expertise(skills) => {
                for skill in skills {
                    self.skill(skill);
                }
            }
            Pool::Tools(categories) => {
                for category in categories {
                    if !content.gear.contains_key(&key(category)) {
                        self.category(category);
                    }
                }
            }
            Pool::Languages(names) => {
                for name in names {
                    self.known("language", name, &content.languages);
                }
            }
            Pool::Feats(category) => {
                if !content
                    .feats
                    .values()
                    .any(|feat| feat.category == *category)
                {
                    self.say(&format!("no feat is of the category `{category}`"));
                }
            }
            Pool::Options(group) => {
                if !content
                    .options
                    .values()
                    .any(|option| option.group == *group)
                {
                    self.say(&format!("no option is of the group `{group}`"));
                }
            }
            Pool::Spells { lists, .. } => {
                for list in lists {
                    self.known("class", list, &content.classes);
                }
            }
            Pool::SkillsOrTools
            | Pool::Abilities { .. }
            | Pool::KnownSpells { .. }
            | Pool::Weapons(_)
            | Pool::WeaponMastery(_)
            | Pool::Subclass
            | Pool::Resistances(_)
            | Pool::Sizes(_)
            | Pool::SpellAbility(_) => {}
        }
    }

    fn choice(&mut self, id: &str, beside: &[Effect], of: &str, fits: fn(&Pool) -> bool) {
        let mut beside = beside.iter();
        let there = beside.any(
            |other| matches!(other, Effect::Choose { id: own, from, .. } if own == id && fits(from)),
        );
        if !there {
            self.say(&format!(
                "an effect goes by the choice `{id}`, and beside it there is no such choice of {of}"
            ));
        }
    }

    /// Holds what something costs against what there is.
    pub(super) fn price(&mut self, price: &Price) {
        match price {
            Price::Uses { of, amount } => {
                self.resource(of);
                if *amount < 1 {
                    self.say("a price is at least 1");
                }
            }
            Price::Slot { least, most } if !(1..=9).contains(least) || most < least => {
                self.say("the level of a spell slot is 1 to 9");
            }
            _ => {}
        }
    }

    /// Resources of a class are shared by its features, and of several things that offer each other: any thing may have it.
    pub(super) fn resource(&mut self, id: &str) {
        if !self.resources.contains(id) {
            self.say(&format!("nothing grants the resource `{id}`"));
        }
    }
}

/// Collects the ids of everything that is counted: uses, points.
pub(super) fn resources(content: &Content) -> BTreeSet<&str> {
    let classes = content.classes.values().map(|class| &class.features);
    let subclasses = content.subclasses.values().map(|class| &class.features);
    let species = content.species.values().map(|species| &species.traits);
    let features = classes.chain(subclasses).chain(species).flatten();
    let features = features.map(|feature| &feature.effects);
    let feats = content.feats.values().map(|feat| &feat.effects);
    let options = content.options.values().map(|option| &option.effects);
    let items = content.magic_items.values().map(|item| &item.effects);
    let effects = features.chain(feats).chain(options).chain(items).flatten();
    effects
        .filter_map(|effect| match effect {
            Effect::Resource { id, .. } => Some(id.as_str()),
            _ => None,
        })
        .collect()
}
