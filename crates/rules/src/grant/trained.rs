//! What a character is trained in: skills, saves, tools, languages, and what was picked of them.

use std::sync::Arc;

use sheet::source::{Training, TrainingKind};
use sheet::vocabulary::{Ability, Proficiency, SKILLS};

use super::amounts::label;
use super::apply::Work;
use super::owner::{Active, Made, Owner};
use crate::content::{Effect, Pool, key};

impl Work<'_, '_> {
    pub(super) fn skill(&mut self, skill: &str, owner: &Owner<'_>) {
        if !SKILLS.iter().any(|known| known.key == skill) {
            return;
        }
        let trained = Arc::make_mut(&mut self.worked.proficiencies)
            .skills
            .entry(skill.to_owned())
            .or_insert(Proficiency::None);
        if matches!(trained, Proficiency::None | Proficiency::Half) {
            *trained = Proficiency::Proficient;
        }
        self.reason(format!("skill.{skill}"), &label(owner));
    }

    fn expertise(&mut self, skill: &str, owner: &Owner<'_>) {
        if let Some(trained) = Arc::make_mut(&mut self.worked.proficiencies)
            .skills
            .get_mut(skill)
            && *trained == Proficiency::Proficient
        {
            *trained = Proficiency::Expertise;
            self.reason(format!("expertise.{skill}"), &label(owner));
        }
    }

    pub(super) fn save(&mut self, ability: Ability, why: &str) {
        Arc::make_mut(&mut self.worked.proficiencies)
            .saving_throws
            .0
            .insert(ability, true);
        self.reason(format!("save.{}", ability.key()), why);
    }

    pub(super) fn train(&mut self, kind: TrainingKind, name: &str, owner: &Owner<'_>) {
        let known = self.worked.proficiencies.training.iter();
        if known
            .map(|(_, training)| training)
            .any(|training| training.name.eq_ignore_ascii_case(name))
        {
            return;
        }
        let (id, rank) = self.id();
        let training = Training {
            rank,
            name: name.to_owned(),
            kind,
            source: label(owner),
        };
        Arc::make_mut(&mut self.worked.proficiencies)
            .training
            .0
            .insert(id, Arc::new(training));
    }

    pub(super) fn picks(&mut self, made: &Made<'_>) {
        let owner = &*made.owner;
        for pick in made
            .picks
            .iter()
            .take(usize::try_from(made.count).unwrap_or(0))
        {
            match &*made.from {
                Pool::Skills(_) => self.skill(pick, owner),
                Pool::Tools(_) => {
                    if let Some(gear) = self.content.gear.get(pick) {
                        self.train(TrainingKind::Tool, &gear.name, owner);
                    }
                }
                Pool::SkillsOrTools => match self.content.gear.get(pick) {
                    Some(gear) => self.train(TrainingKind::Tool, &gear.name, owner),
                    None => self.skill(pick, owner),
                },
                Pool::Languages(_) => {
                    if let Some(language) = self.content.languages.get(pick) {
                        Arc::make_mut(&mut self.worked.proficiencies)
                            .languages
                            .0
                            .insert(language.name.clone(), true);
                    }
                }
                Pool::Resistances(_) => {
                    self.worked
                        .combat
                        .defenses
                        .resistances
                        .0
                        .insert(pick.clone(), true);
                }
                Pool::WeaponMastery(_) => {
                    if let Some(weapon) = self.content.weapons.get(pick) {
                        Arc::make_mut(&mut self.worked.actions)
                            .weapon_masteries
                            .0
                            .insert(weapon.name.clone(), true);
                    }
                }
                Pool::Sizes(sizes) => {
                    if let Some(size) = sizes.iter().find(|size| key(size.name()) == *pick) {
                        self.worked.creature.size = *size;
                    }
                }
                _ => {}
            }
        }
    }

    /// Expertise and half proficiency come after all proficiencies are known.
    pub(super) fn half_proficiency(&mut self, active: &[Active<'_>], made: &[Made<'_>]) {
        for made in made {
            if let Pool::Expertise(_) = &*made.from {
                for pick in made
                    .picks
                    .iter()
                    .take(usize::try_from(made.count).unwrap_or(0))
                {
                    self.expertise(pick, &made.owner);
                }
            }
        }
        for active in active {
            if let Effect::Expertise { skills } = active.effect {
                for skill in skills {
                    self.expertise(skill, &active.owner);
                }
            }
        }
        for active in active {
            if let Effect::HalfProficiency = active.effect {
                for skill in SKILLS {
                    let trained = Arc::make_mut(&mut self.worked.proficiencies)
                        .skills
                        .entry(skill.key.to_owned())
                        .or_insert(Proficiency::None);
                    if *trained == Proficiency::None {
                        *trained = Proficiency::Half;
                        self.granted
                            .reasons
                            .insert(format!("skill.{}", skill.key), label(&active.owner));
                    }
                }
            }
        }
    }
}
