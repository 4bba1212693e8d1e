//! Why something may not be picked: what a choice is made from, what is there already, what is asked for first.

use std::borrow::Cow;

use sheet::vocabulary::{Ability, Proficiency, SKILLS};

use super::amounts::label;
use super::legal::{Judge, kind_of};
use super::limits::on_lists;
use super::magic::{has_spell, reach};
use super::owner::Made;
use super::spells::{casting, highest};
use super::weapons::is_trained;
use crate::content::{Pool, Prerequisite, key};
use crate::desk::index;

impl Judge<'_, '_> {
    /// Says why a pick is not lawful; `before` counts the same pick earlier in the slot.
    pub(super) fn barred(&self, made: &Made<'_>, pick: &str, before: usize) -> Option<String> {
        if i32::try_from(before).unwrap_or(i32::MAX) >= made.each && !self.repeatable(made, pick) {
            return Some(if made.each == 1 {
                "it is picked already".to_owned()
            } else {
                format!("it may be picked {} times", made.each)
            });
        }
        self.unfit(made, pick).or_else(|| self.had(made, pick))
    }

    /// Says who gives a pick already. What is picked twice all the same, a language or a mastery, is a waste and nothing
    /// unlawful; of two options the later is told, of skills both: there it is often the earlier that is easily changed.
    fn had(&self, made: &Made<'_>, pick: &str) -> Option<String> {
        let kind = kind_of(self.content, &made.from, pick)?;
        let givers = self.givers.get(&(kind, Cow::Borrowed(pick)))?;
        let own = givers.iter().position(|giver| giver.slot == made.slot);
        let until = match (own, kind) {
            (None, _) | (_, "skill") => givers.len(),
            (Some(own), "option") => own,
            (Some(_), _) => 0,
        };
        let mut others = givers.iter().take(until);
        let other = others.find(|giver| giver.slot != made.slot)?;
        Some(format!("{} gives it already", label(other.owner)))
    }

    /// Says why a pick is not of a choice, or not open to the character.
    fn unfit(&self, made: &Made<'_>, pick: &str) -> Option<String> {
        let content = self.content;
        match &*made.from {
            Pool::Skills(of) => skill(of, pick),
            Pool::Expertise(of) => {
                if !of.is_empty() && !of.iter().any(|skill| skill == pick) {
                    return Some("it is not among the skills of this choice".to_owned());
                }
                let trained = self.worked.proficiencies.skills.get(pick);
                if !matches!(
                    trained,
                    Some(Proficiency::Proficient | Proficiency::Expertise)
                ) {
                    return Some("you are not proficient in it".to_owned());
                }
                let others = self
                    .walked
                    .made
                    .iter()
                    .filter(|other| other.slot != made.slot);
                let mut others = others.filter(|other| matches!(&*other.from, Pool::Expertise(_)));
                others
                    .any(|other| other.picks.iter().any(|own| own == pick))
                    .then(|| "it is expertise already".to_owned())
            }
            Pool::Tools(of) => self.tool(of, pick),
            Pool::SkillsOrTools => {
                if content.gear.contains_key(pick) {
                    self.tool(&[], pick)
                } else {
                    skill(&[], pick)
                }
            }
            Pool::Languages(of) => match content.languages.get(pick) {
                None => Some("no pack has this language".to_owned()),
                Some(entry)
                    if !of.is_empty() && !of.iter().any(|name| key(name) == key(&entry.name)) =>
                {
                    Some("it is not among the languages of this choice".to_owned())
                }
                Some(_) => None,
            },
            Pool::Abilities { of, .. } | Pool::SpellAbility(of) => {
                let ability = Ability::ALL
                    .into_iter()
                    .find(|ability| ability.key() == pick);
                match ability {
                    Some(ability) if of.is_empty() || of.contains(&ability) => None,
                    _ => Some("it is not among the abilities of this choice".to_owned()),
                }
            }
            Pool::Feats(category) => {
                let Some(feat) = content.feats.get(pick) else {
                    return Some("no pack has this feat".to_owned());
                };
                let fits = match category.as_str() {
                    "epic_boon" => {
                        matches!(feat.category.as_str(), "epic_boon" | "general" | "origin")
                    }
                    "general" => matches!(feat.category.as_str(), "general" | "origin"),
                    category => feat.category == category,
                };
                if !fits {
                    return Some(format!(
                        "it is not a feat of the category {}",
                        category.replace('_', " ")
                    ));
                }
                if !feat.repeatable && self.walked.taken.get(pick).copied().unwrap_or(0) > 1 {
                    return Some("it is taken already and can be taken once".to_owned());
                }
                self.prerequisite(&feat.prerequisite, made.owner.level)
            }
            Pool::Options(group) => {
                let Some(option) = content
                    .options
                    .get(pick)
                    .filter(|option| option.group == *group)
                else {
                    return Some("it is not among the options of this choice".to_owned());
                };
                self.prerequisite(&option.prerequisite, made.owner.level)
            }
            Pool::Spells {
                lists,
                least,
                most,
                schools,
                ritual,
                ..
            } => {
                let Some(spell) = content.spells.get(pick) else {
                    return Some("no pack has this spell".to_owned());
                };
                let most = most.unwrap_or_else(|| self.highest(made));
                if spell.level < *least || spell.level > most {
                    return Some(if *least == most {
                        format!("it is not of level {least}")
                    } else {
                        format!("its level is not {least} to {most}")
                    });
                }
                if *ritual && !spell.ritual {
                    return Some("it is no ritual".to_owned());
                }
                if !schools.is_empty()
                    && !schools
                        .iter()
                        .any(|school| school.eq_ignore_ascii_case(&spell.school))
                {
                    return Some(format!("it is not {}", schools.join(" or ")));
                }
                (!lists.is_empty() && !on_lists(spell, lists.iter().map(String::as_str)))
                    .then(|| format!("it is not on the {} spell list", lists.join(" or ")))
            }
            Pool::WeaponMastery(of) => self.weapon(
                of,
                pick,
                "you are not trained in the mastery of this weapon",
            ),
            Pool::Weapons(of) => {
                self.weapon(of, pick, "it is not among the weapons of this choice")
            }
            Pool::KnownSpells { .. } => self.known_spell(made, pick),
            Pool::Resistances(of) => (!of.iter().any(|kind| kind == pick))
                .then(|| "it is not among the types of this choice".to_owned()),
            Pool::Sizes(of) => (!of.iter().any(|size| key(size.name()) == pick))
                .then(|| "it is not among the sizes of this choice".to_owned()),
            Pool::Subclass => None,
        }
    }

    /// Says why a weapon is not of the kinds of a choice.
    fn weapon(&self, of: &[String], pick: &str, why: &str) -> Option<String> {
        let Some(weapon) = self.content.weapons.get(pick) else {
            return Some("no pack has this weapon".to_owned());
        };
        let fits = of.iter().any(|kind| match kind.as_str() {
            "simple" => !weapon.martial,
            "martial" => weapon.martial,
            "simple_melee" => !weapon.martial && !weapon.ranged,
            "martial_melee" => weapon.martial && !weapon.ranged,
            "proficient" => is_trained(self.worked, weapon),
            kind => key(kind) == pick,
        });
        (!fits).then(|| why.to_owned())
    }

    /// Says why a choice cannot be about a spell: it is not had, does not do what is asked for, or the same thing, taken
    /// several times, is about it already.
    fn known_spell(&self, made: &Made<'_>, pick: &str) -> Option<String> {
        let Pool::KnownSpells {
            least,
            most,
            damage,
            attack,
            reach_ft,
        } = &*made.from
        else {
            return None;
        };
        let Some(spell) = self.content.spells.get(pick) else {
            return Some("no pack has this spell".to_owned());
        };
        let class = made.owner.class.map_or("", |at| at.class.name.as_str());
        if !has_spell(self.worked, class, pick) {
            return Some(format!("it is not a {class} spell you have"));
        }
        if spell.level < *least || spell.level > *most {
            return Some(format!("its level is not {least} to {most}"));
        }
        if *damage && spell.damage.is_empty() {
            return Some("it is not a spell that deals damage".to_owned());
        }
        if *attack && spell.attack.is_none() {
            return Some("it is not a spell with an attack roll".to_owned());
        }
        if *reach_ft > 0 && reach(&spell.range).is_none_or(|feet| feet < *reach_ft) {
            return Some(format!("it is not a spell that reaches {reach_ft} ft"));
        }
        let earlier = self.walked.made.iter();
        let mut earlier = earlier.take_while(|other| other.slot != made.slot);
        earlier
            .any(|other| {
                other.owner.label == made.owner.label
                    && other.name == made.name
                    && other.picks.iter().any(|own| own == pick)
            })
            .then(|| format!("{} is about it already", made.owner.label))
    }

    pub(super) fn repeatable(&self, made: &Made<'_>, pick: &str) -> bool {
        match &*made.from {
            Pool::Options(_) => self
                .content
                .options
                .get(pick)
                .is_some_and(|option| option.repeatable),
            Pool::Feats(_) => self
                .content
                .feats
                .get(pick)
                .is_some_and(|feat| feat.repeatable),
            _ => false,
        }
    }

    pub(super) fn tool(&self, of: &[String], pick: &str) -> Option<String> {
        let Some(gear) = self.content.gear.get(pick) else {
            return Some("no pack has this tool".to_owned());
        };
        let tool = matches!(
            gear.category.as_str(),
            "artisans_tools" | "musical_instrument" | "gaming_set" | "tool"
        ) || gear.ability.is_some();
        let fits = if of.is_empty() {
            tool
        } else {
            of.iter()
                .any(|of| *of == gear.category || *of == gear.subcategory || key(of) == pick)
        };
        (!fits).then(|| "it is not among the tools of this choice".to_owned())
    }

    /// The highest spell level of the class a choice belongs to.
    fn highest(&self, made: &Made<'_>) -> i32 {
        let class = made.owner.class.map(|at| at.class.name.as_str());
        let taken = self
            .walked
            .classes
            .iter()
            .find(|taken| Some(taken.at.class.name.as_str()) == class);
        taken
            .and_then(|taken| Some(highest(casting(taken)?, taken.at.level)))
            .unwrap_or(9)
    }

    fn prerequisite(&self, asks: &Prerequisite, class_level: i32) -> Option<String> {
        let taken = |name: &str| self.walked.taken.contains_key(&key(name));
        if asks.level > self.known.level {
            return Some(format!("it asks for level {}", asks.level));
        }
        if asks.class_level > class_level {
            return Some(format!("it asks for class level {}", asks.class_level));
        }
        let score = |ability: &Ability| self.known.scores[index(*ability)];
        if !asks.abilities.is_empty()
            && !asks
                .abilities
                .iter()
                .any(|ability| score(ability) >= asks.score)
        {
            let names: Vec<&str> = asks
                .abilities
                .iter()
                .map(|ability| ability.name())
                .collect();
            return Some(format!(
                "it asks for {} {} or more",
                names.join(" or "),
                asks.score
            ));
        }
        if let Some(feature) = asks.feature.as_deref().filter(|feature| !taken(feature)) {
            return Some(format!("it asks for {feature}"));
        }
        if asks.spellcasting
            && !self
                .walked
                .classes
                .iter()
                .any(|taken| casting(taken).is_some())
        {
            return Some("it asks for Spellcasting or Pact Magic".to_owned());
        }
        let option = asks.option.as_deref().filter(|option| !taken(option));
        option.map(|option| format!("it asks for {option}"))
    }
}

fn skill(of: &[String], pick: &str) -> Option<String> {
    if !SKILLS.iter().any(|skill| skill.key == pick) {
        return Some("there is no such skill".to_owned());
    }
    (!of.is_empty() && !of.iter().any(|skill| skill == pick))
        .then(|| "it is not among the skills of this choice".to_owned())
}
