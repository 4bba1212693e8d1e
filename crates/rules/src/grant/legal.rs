//! The state of every choice: what is open, what is picked and whether it may be.

use std::borrow::Cow;
use std::collections::BTreeMap;

use sheet::source::TrainingKind;
use sheet::vocabulary::{Ability, SKILLS};
use sheet::{ChoicePick, ChoiceState, Finding, Severity, Source};

use super::Granted;
use super::amounts::Known;
use super::owner::{Made, Owner, Walked};
use crate::content::{Content, Effect, Pool, key};

/// Works out the state of every choice, and what is wrong with what was chosen.
pub(super) fn judge(
    worked: &Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
    granted: &Granted,
) -> (Vec<ChoiceState>, Vec<Finding>) {
    let judge = Judge::new(worked, content, walked, known);
    let mut choices = judge.named();
    let mut findings = Vec::new();
    for made in &walked.made {
        let state = judge.state(made);
        for pick in state.picks.iter().filter(|pick| !pick.barred.is_empty()) {
            findings.push(Finding {
                cell: state.cell.clone(),
                severity: Severity::Warning,
                message: format!(
                    "{} of {}: {} is not lawful: {}.",
                    state.name, state.source, pick.name, pick.barred
                ),
                hint: "Choose another, or keep it as a house rule.".to_owned(),
            });
        }
        let picked = i32::try_from(state.picks.len()).unwrap_or(i32::MAX);
        if picked > state.count {
            findings.push(Finding {
                cell: state.cell.clone(),
                severity: Severity::Warning,
                message: format!(
                    "{} of {}: {picked} are chosen of {}; only the first count.",
                    state.name, state.source, state.count
                ),
                hint: "Take some back.".to_owned(),
            });
        }
        choices.push(state);
    }
    judge.strangers(&mut findings);
    judge.spells(granted, &mut findings);
    judge.multiclass(&mut findings);
    judge.scores(&mut findings);
    (choices, findings)
}

pub(super) struct Judge<'a, 'c> {
    pub(super) worked: &'a Source,
    pub(super) content: &'c Content,
    pub(super) walked: &'a Walked<'c>,
    pub(super) known: &'a Known,
    /// What gives a thing that is had once: by kind and id, `language elvish`, those who give it in their order.
    pub(super) givers: BTreeMap<(&'static str, Cow<'a, str>), Vec<Giver<'a, 'c>>>,
}

/// Who gives a thing.
pub(super) struct Giver<'a, 'c> {
    /// Its slot; for what no choice gives, where it would begin.
    pub(super) slot: &'a str,
    pub(super) owner: &'a Owner<'c>,
}

/// Says of which kind a pick is that nobody has twice; nothing for what may be had twice, or has its own rule.
pub(super) fn kind_of(content: &Content, pool: &Pool, pick: &str) -> Option<&'static str> {
    match pool {
        Pool::Skills(_) => Some("skill"),
        Pool::SkillsOrTools if content.gear.contains_key(pick) => Some("tool"),
        Pool::SkillsOrTools => Some("skill"),
        Pool::Tools(_) => Some("tool"),
        Pool::Languages(_) => Some("language"),
        Pool::WeaponMastery(_) => Some("mastery"),
        Pool::Options(_) => {
            let option = content.options.get(pick);
            (!option.is_some_and(|option| option.repeatable)).then_some("option")
        }
        _ => None,
    }
}

impl<'a, 'c> Judge<'a, 'c> {
    pub(super) fn new(
        worked: &'a Source,
        content: &'c Content,
        walked: &'a Walked<'c>,
        known: &'a Known,
    ) -> Judge<'a, 'c> {
        let mut givers: BTreeMap<_, Vec<Giver<'a, 'c>>> = BTreeMap::new();
        let mut give = |kind, id: Cow<'a, str>, slot: &'a str, owner: &'a Owner<'c>| {
            let giver = Giver { slot, owner };
            givers.entry((kind, id)).or_default().push(giver);
        };
        for active in &walked.active {
            let owner = &active.owner;
            let (kind, names) = match active.effect {
                Effect::Skills { skills } => ("skill", skills),
                Effect::Languages { names } => ("language", names),
                Effect::Training {
                    kind: TrainingKind::Tool,
                    names,
                } => ("tool", names),
                _ => continue,
            };
            for name in names {
                let id = if kind == "skill" {
                    Cow::Borrowed(name.as_str())
                } else {
                    Cow::Owned(key(name))
                };
                give(kind, id, &owner.slot, owner);
            }
        }
        for (option, by) in &walked.fixed {
            give("option", Cow::Borrowed(option), "", by);
        }
        for made in &walked.made {
            for pick in &made.picks {
                if let Some(kind) = kind_of(content, &made.from, pick) {
                    give(kind, Cow::Borrowed(pick), &made.slot, &made.owner);
                }
            }
        }
        Judge {
            worked,
            content,
            walked,
            known,
            givers,
        }
    }

    fn state(&self, made: &Made<'_>) -> ChoiceState {
        let picks: Vec<ChoicePick> = made
            .picks
            .iter()
            .enumerate()
            .map(|(place, pick)| {
                let before = made
                    .picks
                    .iter()
                    .take(place)
                    .filter(|other| *other == pick)
                    .count();
                ChoicePick {
                    id: pick.clone(),
                    name: self.name(made, pick),
                    barred: self.barred(made, pick, before).unwrap_or_default(),
                }
            })
            .collect();
        let picked = i32::try_from(picks.len()).unwrap_or(i32::MAX);
        ChoiceState {
            cell: format!("/build/choices/{}", made.slot),
            name: if made.owner.label == made.owner.source
                || made
                    .owner
                    .class
                    .is_some_and(|at| at.class.name == made.owner.label)
            {
                made.name.to_owned()
            } else {
                format!("{}: {}", made.owner.label, made.name)
            },
            source: made.owner.source.clone(),
            level: made
                .owner
                .source
                .rsplit(' ')
                .next()
                .and_then(|level| level.parse().ok())
                .unwrap_or(1),
            count: made.count,
            picks,
            open: made.count.saturating_sub(picked).max(0),
            change_on: made.change,
        }
    }

    /// The choices that stand in cells by name: species, background, classes, subclasses.
    fn named(&self) -> Vec<ChoiceState> {
        let state = |cell: String, name: &str, source: &str, level: i32, written: &str| {
            let written = written.trim();
            let picks = (!written.is_empty()).then(|| ChoicePick {
                id: written.to_owned(),
                name: written.to_owned(),
                barred: String::new(),
            });
            ChoiceState {
                cell,
                name: name.to_owned(),
                source: source.to_owned(),
                level,
                count: 1,
                open: i32::from(picks.is_none()),
                picks: picks.into_iter().collect(),
                change_on: None,
            }
        };
        let identity = &self.worked.identity;
        let mut states = vec![
            state(
                "/identity/species".to_owned(),
                "Species",
                "Character",
                1,
                &identity.species,
            ),
            state(
                "/identity/background".to_owned(),
                "Background",
                "Character",
                1,
                &identity.background,
            ),
        ];
        for (place, (id, level)) in self.worked.levels.ordered().into_iter().enumerate() {
            if level.class.trim().is_empty() {
                let place = i32::try_from(place + 1).unwrap_or(i32::MAX);
                states.push(state(
                    format!("/levels/{id}/class"),
                    "Class",
                    &format!("Level {place}"),
                    place,
                    "",
                ));
            }
        }
        for taken in &self.walked.classes {
            if let Some(id) = &taken.subclass_level {
                let class = &taken.at.class;
                let source = format!("{} {}", class.name, class.subclass_level);
                states.push(state(
                    format!("/levels/{id}/subclass"),
                    "Subclass",
                    &source,
                    class.subclass_level,
                    &taken.subclass,
                ));
            }
        }
        states
    }

    /// Gives the name of a pick.
    fn name(&self, made: &Made<'_>, pick: &str) -> String {
        let content = self.content;
        let skill = || {
            SKILLS
                .iter()
                .find(|skill| skill.key == pick)
                .map(|skill| skill.name.to_owned())
        };
        let gear = || content.gear.get(pick).map(|gear| gear.name.clone());
        let ability = || {
            Ability::ALL
                .into_iter()
                .find(|ability| ability.key() == pick)
                .map(|ability| ability.name().to_owned())
        };
        let found = match &*made.from {
            Pool::Skills(_) | Pool::Expertise(_) => skill(),
            Pool::Tools(_) => gear(),
            Pool::SkillsOrTools => skill().or_else(gear),
            Pool::Languages(_) => content.languages.get(pick).map(|entry| entry.name.clone()),
            Pool::Abilities { .. } | Pool::SpellAbility(_) => ability(),
            Pool::Feats(_) => content.feats.get(pick).map(|feat| feat.name.clone()),
            Pool::Options(_) => content.options.get(pick).map(|option| option.name.clone()),
            Pool::Spells { .. } | Pool::KnownSpells { .. } => {
                content.spells.get(pick).map(|spell| spell.name.clone())
            }
            Pool::WeaponMastery(_) | Pool::Weapons(_) => {
                content.weapons.get(pick).map(|weapon| weapon.name.clone())
            }
            Pool::Subclass | Pool::Resistances(_) | Pool::Sizes(_) => None,
        };
        found.unwrap_or_else(|| pick.to_owned())
    }
}
