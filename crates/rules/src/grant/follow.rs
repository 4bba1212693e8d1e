//! Effects followed to their ends: what holds at the level of their owner, choices with their picks, and what those bring.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use sheet::source::Activation;
use sheet::vocabulary::Ability;

use super::owner::{Active, Made, Owner, Row};
use super::walk::Walk;
use crate::content::{Choice, Effect, Feat, Formula, Pool, key};

/// How deep a choice may offer a choice; a pack whose options offer each other ends here.
const MAX_DEPTH: usize = 8;

/// The choices that a background makes of its feat, for a feat that no background brought.
static NOTHING_FIXED: BTreeMap<String, Vec<String>> = BTreeMap::new();

impl<'c> Walk<'_, 'c> {
    pub(super) fn effects(&mut self, effects: &'c [Effect], owner: &Rc<Owner<'c>>, depth: usize) {
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
                    change: None,
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
            change,
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
        // What is picked beyond the number acts no more than what is not picked.
        let counted = usize::try_from(count).unwrap_or(0);
        for (place, pick) in picks.iter().enumerate().take(counted) {
            let source = &owner.source;
            let before = picks.iter().take(place);
            let time = before.filter(|other| *other == pick).count() + 1;
            match from {
                Pool::Feats(_) => {
                    if let Some(feat) = self.content.feats.get(pick) {
                        let under = Owner {
                            slot: slot.clone(),
                            ..Owner::clone(owner)
                        };
                        let under = Rc::new(under);
                        self.feat(feat, &under, source, &NOTHING_FIXED, time, depth + 1);
                    }
                }
                Pool::Options(group) => {
                    if let Some(option) = self.content.options.get(pick)
                        && option.group == *group
                    {
                        self.option(option, owner, &slot, time, depth + 1);
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
            change: *change,
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

    pub(super) fn feat(
        &mut self,
        feat: &'c Feat,
        under: &Rc<Owner<'c>>,
        source: &str,
        fixed: &'c BTreeMap<String, Vec<String>>,
        time: usize,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let feat_key = key(&feat.name);
        *self.out.taken.entry(feat_key.clone()).or_default() += 1;
        let slot = format!("{}.{feat_key}{}", under.slot, again(time));
        let owner = Rc::new(Owner {
            label: feat.name.clone(),
            source: source.to_owned(),
            caster: slot.clone(),
            cell: format!("/actions/features/{slot}"),
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
                            self.out.fixed.push((key(&option.name), Rc::clone(under)));
                            self.option(option, &owner, &slot, 1, depth + 1);
                        }
                    }
                }
                effect => self.effects(std::slice::from_ref(effect), &owner, depth),
            }
        }
    }

    fn option(
        &mut self,
        option: &'c Choice,
        under: &Rc<Owner<'c>>,
        slot: &str,
        time: usize,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            return;
        }
        let option_key = key(&option.name);
        *self.out.taken.entry(option_key.clone()).or_default() += 1;
        let slot = format!("{slot}.{option_key}{}", again(time));
        let owner = Rc::new(Owner {
            label: option.name.clone(),
            source: under.source.clone(),
            cell: format!("/actions/features/{slot}"),
            slot,
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

/// Tells apart what is taken several times in one slot: nothing for the first, `-2` for the second.
fn again(time: usize) -> String {
    if time > 1 {
        format!("-{time}")
    } else {
        String::new()
    }
}

/// Gives the level from which an effect holds.
fn level_of(effect: &Effect) -> i32 {
    match effect {
        Effect::Bonus { level, .. }
        | Effect::Advantage { level, .. }
        | Effect::Speed { level, .. }
        | Effect::Sense { level, .. }
        | Effect::Resistance { level, .. }
        | Effect::Immunity { level, .. }
        | Effect::Vulnerability { level, .. }
        | Effect::ConditionImmunity { level, .. }
        | Effect::ExtraDamage { level, .. }
        | Effect::SpellDamage { level, .. }
        | Effect::SpellHealing { level, .. }
        | Effect::SpellRange { level, .. }
        | Effect::Exchange { level, .. }
        | Effect::Use { level, .. }
        | Effect::Resource { level, .. }
        | Effect::Attacks { level, .. }
        | Effect::Spell { level, .. }
        | Effect::Choose { level, .. }
        | Effect::Attunement { level, .. } => *level,
        _ => 0,
    }
}
