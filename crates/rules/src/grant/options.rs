//! What may be chosen: the options of a slot or cell, each with the reason why it may not.

use sheet::vocabulary::{Ability, SKILLS};
use sheet::{ChoiceOption, Source};

use super::amounts::Known;
use super::legal::Judge;
use super::limits::{lacks, on_lists};
use super::owner::Made;
use super::spells::{casting, highest};
use super::{Granted, apply, walk};
use crate::content::{Content, Pool, Spell, is_called, key};
use crate::desk::index;

/// Lists what may be written into a cell that holds a choice, or the spells a caster may have; `None` if the cell offers
/// no choice.
pub(crate) fn options(source: &Source, content: &Content, cell: &str) -> Option<Vec<ChoiceOption>> {
    let walked = walk::walk(source, content);
    let mut granted = Granted::default();
    let worked = apply::apply(source, content, &walked, &mut granted);
    let mut desk = crate::desk::Desk::new(&worked, &granted, None);
    crate::abilities::derive(&mut desk);
    crate::proficiency::derive_bonus(&mut desk);
    let known = Known {
        level: desk.level,
        proficiency: desk.proficiency_bonus,
        scores: desk.scores,
        modifiers: desk.modifiers,
        walk: worked.combat.speeds.walk,
    };
    let judge = Judge::new(&worked, content, &walked, &known);
    if let Some(slot) = cell.strip_prefix("/build/choices/") {
        let made = walked.made.iter().find(|made| made.slot == slot)?;
        return Some(judge.of_pool(made));
    }
    if let Some(caster) = cell.strip_prefix("/spellcasting/casters/") {
        return judge.of_caster(caster);
    }
    judge.of_name(source, cell)
}

impl Judge<'_, '_> {
    /// Lists the options of a slot.
    fn of_pool(&self, made: &Made<'_>) -> Vec<ChoiceOption> {
        let content = self.content;
        let mut found: Vec<ChoiceOption> = Vec::new();
        let mut add = |id: &str, name: &str, text: &str, detail: String| {
            found.push(ChoiceOption {
                id: id.to_owned(),
                name: name.to_owned(),
                text: text.to_owned(),
                detail,
                ..ChoiceOption::default()
            });
        };
        let skills = |add: &mut dyn FnMut(&str, &str, &str, String)| {
            for skill in SKILLS {
                let text = content
                    .skills
                    .get(&key(skill.name))
                    .map_or("", |entry| entry.text.as_str());
                add(skill.key, skill.name, text, skill.ability.name().to_owned());
            }
        };
        let tools = |add: &mut dyn FnMut(&str, &str, &str, String)| {
            for (id, gear) in &content.gear {
                if self.tool(&[], id).is_none() {
                    add(id, &gear.name, &gear.text, gear.category.replace('_', " "));
                }
            }
        };
        match &*made.from {
            Pool::Skills(_) | Pool::Expertise(_) => skills(&mut add),
            Pool::Tools(_) => tools(&mut add),
            Pool::SkillsOrTools => {
                skills(&mut add);
                tools(&mut add);
            }
            Pool::Languages(_) => {
                for (id, entry) in &content.languages {
                    add(id, &entry.name, &entry.text, entry.category.clone());
                }
            }
            Pool::Abilities { .. } => {
                for ability in Ability::ALL {
                    let score = self.known.scores[index(ability)];
                    add(ability.key(), ability.name(), "", format!("now {score}"));
                }
            }
            Pool::SpellAbility(_) => {
                for ability in Ability::ALL {
                    let modifier = self.known.modifiers[index(ability)];
                    add(ability.key(), ability.name(), "", format!("{modifier:+}"));
                }
            }
            Pool::Feats(_) => {
                for (id, feat) in &content.feats {
                    add(
                        id,
                        &feat.name,
                        &feat.text,
                        format!("{} feat", feat.category.replace('_', " ")),
                    );
                }
            }
            Pool::Options(group) => {
                for (id, option) in content
                    .options
                    .iter()
                    .filter(|(_, option)| option.group == *group)
                {
                    let cost = option
                        .cost
                        .map_or_else(String::new, |cost| format!("costs {cost}"));
                    add(id, &option.name, &option.text, cost);
                }
            }
            Pool::Spells { .. } | Pool::KnownSpells { .. } => {
                let spells = content.spells.iter();
                found.extend(spells.map(|(id, spell)| of_spell(id, spell)));
            }
            Pool::WeaponMastery(_) | Pool::Weapons(_) => {
                for (id, weapon) in &content.weapons {
                    let text = content
                        .masteries
                        .get(&key(&weapon.mastery))
                        .map_or("", |entry| entry.text.as_str());
                    add(id, &weapon.name, text, weapon.mastery.clone());
                }
            }
            Pool::Resistances(of) => of
                .iter()
                .for_each(|kind| add(kind, kind, "", String::new())),
            Pool::Sizes(of) => of
                .iter()
                .for_each(|size| add(&key(size.name()), size.name(), "", String::new())),
            Pool::Subclass => {}
        }
        for option in &mut found {
            let before = made.picks.iter().filter(|pick| **pick == option.id).count();
            option.picked = before > 0;
            // What is picked is held against the rules as it stands, anything else as if it were added.
            let before = before.saturating_sub(usize::from(option.picked));
            option.barred = self.barred(made, &option.id, before).unwrap_or_default();
            option.most = self.most(made, &option.id);
            if !option.picked
                && option.barred.is_empty()
                && let Pool::Feats(_) = &*made.from
                && self.walked.taken.contains_key(&option.id)
                && !self.repeatable(made, &option.id)
            {
                option.barred = "it is taken already and can be taken once".to_owned();
            }
            if let Pool::Abilities { max, .. } = &*made.from
                && option.barred.is_empty()
            {
                let ability = Ability::ALL
                    .into_iter()
                    .find(|ability| ability.key() == option.id);
                if ability.is_some_and(|ability| self.score_under(made, ability, *max) >= *max)
                    && !option.picked
                {
                    option.barred = format!("it is {max} already");
                }
            }
        }
        // What belongs to the choice stays, with its reason; what is of another kind altogether is left out.
        found.retain(|option| {
            option.picked
                || !option.barred.starts_with("it is not ")
                    && !option.barred.starts_with("its level")
        });
        found
    }

    /// Works out a score as it stands when an increase up to `max` is chosen: without what comes later and goes beyond.
    fn score_under(&self, made: &Made<'_>, ability: Ability, max: i32) -> i32 {
        let abilities = &self.worked.abilities;
        let by_hand = abilities
            .increases
            .iter()
            .filter(|(id, increase)| !id.starts_with("given-") && increase.ability == Some(ability))
            .map(|(_, increase)| increase.amount);
        let chosen = self
            .walked
            .made
            .iter()
            .filter(|other| other.slot != made.slot)
            .filter(|other| matches!(&*other.from, Pool::Abilities { max: cap, .. } if *cap <= max))
            .flat_map(|other| {
                let counted = usize::try_from(other.count).unwrap_or(0);
                other.picks.iter().take(counted)
            })
            .filter(|pick| *pick == ability.key())
            .map(|_| 1);
        by_hand
            .chain(chosen)
            .fold(abilities.scores.of(ability), i32::saturating_add)
    }

    /// How often one thing may be picked in a slot.
    fn most(&self, made: &Made<'_>, pick: &str) -> i32 {
        let most = if self.repeatable(made, pick) {
            made.count
        } else {
            made.each.min(made.count)
        };
        most.max(1)
    }

    fn of_caster(&self, id: &str) -> Option<Vec<ChoiceOption>> {
        let caster = self.worked.spellcasting.casters.get(id)?;
        let taken = self
            .walked
            .classes
            .iter()
            .find(|taken| key(&taken.at.class.name) == key(&caster.class))?;
        let casting = casting(taken)?;
        let highest = highest(casting, taken.at.level);
        let lists = self.lists(&taken.at.class.name, casting.list.as_deref());
        let has = |spell: &str| {
            let mut own = self.worked.spellcasting.spells.iter();
            own.any(|(_, own)| own.caster.as_deref() == Some(id) && is_called(&own.name, spell))
        };
        let spells = self
            .content
            .spells
            .iter()
            .filter(|(_, spell)| on_lists(spell, lists.iter().copied()));
        Some(
            spells
                .map(|(spell_key, spell)| ChoiceOption {
                    barred: if spell.level > highest {
                        format!(
                            "{} {} has no slots of level {}",
                            taken.at.class.name, taken.at.level, spell.level
                        )
                    } else {
                        String::new()
                    },
                    picked: has(spell_key),
                    ..of_spell(spell_key, spell)
                })
                .collect(),
        )
    }

    /// Lists the names a cell such as species, class or subclass may hold.
    fn of_name(&self, source: &Source, cell: &str) -> Option<Vec<ChoiceOption>> {
        let option =
            |name: &str, text: &str, detail: String, written: &str, barred: Option<String>| {
                ChoiceOption {
                    id: name.to_owned(),
                    name: name.to_owned(),
                    text: text.to_owned(),
                    detail,
                    level: None,
                    picked: key(written) == key(name),
                    barred: barred.unwrap_or_default(),
                    most: 1,
                }
            };
        let content = self.content;
        match cell {
            "/identity/species" => Some(
                content
                    .species
                    .values()
                    .map(|species| {
                        let detail = format!("{} ft", species.speed);
                        option(
                            &species.name,
                            &species.text,
                            detail,
                            &source.identity.species,
                            None,
                        )
                    })
                    .collect(),
            ),
            "/identity/background" => Some(
                content
                    .backgrounds
                    .values()
                    .map(|background| {
                        option(
                            &background.name,
                            &background.text,
                            background.feat.clone(),
                            &source.identity.background,
                            None,
                        )
                    })
                    .collect(),
            ),
            _ => {
                let (id, what) = cell.strip_prefix("/levels/")?.split_once('/')?;
                let level = source.levels.get(id)?;
                match what {
                    "class" => Some(
                        content
                            .classes
                            .values()
                            .map(|class| {
                                let known = self
                                    .walked
                                    .classes
                                    .iter()
                                    .any(|taken| taken.at.class.name == class.name);
                                let others = self
                                    .walked
                                    .classes
                                    .iter()
                                    .filter(|taken| taken.at.class.name != class.name);
                                let alone = others.count() == 0 || known;
                                let lacking = (!alone)
                                    .then(|| {
                                        lacks(
                                            &class.multiclass.abilities,
                                            class.multiclass.any,
                                            &self.known.scores,
                                        )
                                    })
                                    .flatten();
                                option(
                                    &class.name,
                                    &class.text,
                                    format!("d{}", class.hit_die),
                                    &level.class,
                                    lacking,
                                )
                            })
                            .collect(),
                    ),
                    "subclass" => Some(
                        content
                            .subclasses
                            .values()
                            .filter(|subclass| key(&subclass.class) == key(&level.class))
                            .map(|subclass| {
                                option(
                                    &subclass.name,
                                    &subclass.text,
                                    subclass.class.clone(),
                                    &level.subclass,
                                    None,
                                )
                            })
                            .collect(),
                    ),
                    _ => None,
                }
            }
        }
    }
}

/// Offers a spell, as if nothing were against it.
fn of_spell(id: &str, spell: &Spell) -> ChoiceOption {
    ChoiceOption {
        id: id.to_owned(),
        name: spell.name.clone(),
        text: spell.text.clone(),
        detail: spell_detail(spell),
        level: Some(spell.level),
        barred: String::new(),
        picked: false,
        most: 1,
    }
}

fn spell_detail(spell: &Spell) -> String {
    if spell.level == 0 {
        format!("{} cantrip", spell.school)
    } else {
        format!("level {} {}", spell.level, spell.school)
    }
}
