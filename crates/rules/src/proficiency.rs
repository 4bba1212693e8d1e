//! Proficiency bonus, saving throws, skills and passive scores.

use sheet::Kind;
use sheet::vocabulary::{Ability, CHALLENGE_RATINGS, Proficiency, SKILLS, Skill};

use crate::content::Target;
use crate::desk::{Desk, Sum, name_or};

/// Gives the proficiency bonus of a character's level: +2 at 1 to 4, one more with every four levels.
pub fn bonus_of_level(level: i32) -> i32 {
    2 + (level.max(1) - 1) / 4
}

/// Gives the proficiency bonus of a challenge rating as it is written (`1/4`); `None` for what is none.
pub fn bonus_of_challenge_rating(rating: &str) -> Option<i32> {
    CHALLENGE_RATINGS
        .iter()
        .find(|(name, _)| *name == rating)
        .map(|(_, bonus)| *bonus)
}

pub(crate) fn derive_bonus(desk: &mut Desk<'_>) {
    let source = desk.source;
    let rating = source.creature.challenge_rating.as_deref();
    let by_rating = rating
        .and_then(|rating| bonus_of_challenge_rating(rating).map(|bonus| (rating, bonus)))
        .filter(|_| desk.level == 0 || source.record.kind != Kind::Character);
    let mut sum = Sum::default();
    match by_rating {
        Some((rating, bonus)) => {
            let cell = Some("/creature/challenge_rating".to_owned());
            sum.add(format!("Challenge rating {rating}"), bonus, "", cell);
        }
        None => {
            let label = match desk.level {
                0 => "No level yet".to_owned(),
                level => format!("Level {level}"),
            };
            sum.add(
                label,
                bonus_of_level(desk.level),
                "",
                Some("/levels".to_owned()),
            );
        }
    }
    desk.proficiency_bonus = desk.close("/statistics/proficiency_bonus".to_owned(), sum);
}

pub(crate) fn derive_saves(desk: &mut Desk<'_>) -> [i32; 6] {
    Ability::ALL.map(|ability| {
        let mut sum = Sum::default();
        desk.ability_term(&mut sum, ability);
        if desk.source.proficiencies.saving_throws.contains(&ability) {
            let why = desk.reason(&format!("save.{}", ability.key()));
            desk.proficiency_term(&mut sum, desk.proficiency_bonus, "Proficiency", why);
        }
        desk.item_terms(&mut sum, "saving_throws", |bonuses| bonuses.saving_throws);
        desk.given_terms(&mut sum, |target| match target {
            Target::Save(of) => of.is_none_or(|of| of == ability),
            Target::Concentration => ability == Ability::Constitution,
            _ => false,
        });
        desk.exhaustion_term(&mut sum);
        desk.close(format!("/statistics/saving_throws/{}", ability.key()), sum)
    })
}

/// Tells how well a skill is trained.
pub(crate) fn training(desk: &Desk<'_>, skill: &Skill) -> Proficiency {
    desk.source
        .proficiencies
        .skills
        .get(skill.key)
        .copied()
        .unwrap_or(Proficiency::None)
}

pub(crate) fn derive_skills(desk: &mut Desk<'_>) -> [i32; SKILLS.len()] {
    SKILLS.map(|skill| {
        let mut sum = Sum::default();
        desk.ability_term(&mut sum, skill.ability);
        let bonus = desk.proficiency_bonus;
        match training(desk, &skill) {
            Proficiency::None => {}
            Proficiency::Half => {
                let half = bonus.div_euclid(2);
                let why = desk.reason(&format!("skill.{}", skill.key));
                let why = if why.is_empty() {
                    "rounded down".to_owned()
                } else {
                    format!("{why}, rounded down")
                };
                desk.proficiency_term(&mut sum, half, "Half proficiency", &why);
            }
            Proficiency::Proficient => {
                let why = desk.reason(&format!("skill.{}", skill.key));
                desk.proficiency_term(&mut sum, bonus, "Proficiency", why);
            }
            Proficiency::Expertise => {
                let twice = bonus.saturating_mul(2);
                let why = desk.reason(&format!("expertise.{}", skill.key));
                let why = if why.is_empty() {
                    "twice the proficiency bonus"
                } else {
                    why
                };
                desk.proficiency_term(&mut sum, twice, "Expertise", why);
            }
        }
        desk.item_terms(&mut sum, "ability_checks", |bonuses| bonuses.ability_checks);
        desk.given_terms(&mut sum, |target| match target {
            Target::Skill(of) => of.is_none_or(|of| of == skill.key),
            Target::Check(of) => of.is_none_or(|of| of == skill.ability),
            _ => false,
        });
        desk.exhaustion_term(&mut sum);
        if skill.key == "stealth" {
            stealth_notes(desk, &mut sum);
        }
        desk.close(format!("/statistics/skills/{}", skill.key), sum)
    })
}

fn stealth_notes(desk: &Desk<'_>, sum: &mut Sum) {
    for worn in &desk.worn {
        if worn.armor.stealth_disadvantage {
            sum.notes
                .push(format!("Disadvantage: {}", name_or(worn.name, "armor")));
        }
    }
}

/// Works out a passive score: 10 and the skill's bonus.
pub(crate) fn derive_passive(desk: &mut Desk<'_>, skill: &str, bonus: i32) -> i32 {
    let name = SKILLS
        .iter()
        .find(|known| known.key == skill)
        .map_or(skill, |known| known.name);
    let mut sum = Sum::default();
    sum.add("Base", 10, "", None);
    sum.add(name, bonus, "", Some(format!("/statistics/skills/{skill}")));
    desk.given_terms(
        &mut sum,
        |target| matches!(target, Target::Passive(of) if of == skill),
    );
    desk.close(format!("/statistics/passive_{skill}"), sum)
}
