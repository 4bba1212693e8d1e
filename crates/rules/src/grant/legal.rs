//! What may be chosen and why something may not: open choices, picks held against the rules, options with their reasons.

use std::collections::BTreeMap;

use sheet::vocabulary::{Ability, Proficiency, SKILLS};
use sheet::{ChoicePick, ChoiceState, Finding, Severity, Source};

use super::amounts::{Known, label};
use super::spells::{casting, highest};
use super::walk::{Made, Walked};
use super::weapons::is_trained;
use crate::content::{Content, Effect, Pool, Prerequisite, Spell, key};
use crate::desk::index;

/// Works out the state of every choice, and what is wrong with what was chosen.
pub(super) fn judge(
    worked: &Source,
    content: &Content,
    walked: &Walked<'_>,
    known: &Known,
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
    judge.spells(&mut findings);
    judge.multiclass(&mut findings);
    judge.scores(&mut findings);
    (choices, findings)
}

pub(super) struct Judge<'a, 'c> {
    pub(super) worked: &'a Source,
    pub(super) content: &'c Content,
    pub(super) walked: &'a Walked<'c>,
    pub(super) known: &'a Known,
    /// What gives a skill: slot and name of the giver.
    skills: BTreeMap<String, Vec<(String, String)>>,
}

impl<'a, 'c> Judge<'a, 'c> {
    pub(super) fn new(
        worked: &'a Source,
        content: &'c Content,
        walked: &'a Walked<'c>,
        known: &'a Known,
    ) -> Judge<'a, 'c> {
        let mut skills: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for active in &walked.active {
            if let Effect::Skills { skills: given } = active.effect {
                for skill in given {
                    let giver = (active.owner.slot.clone(), label(&active.owner));
                    skills.entry(skill.clone()).or_default().push(giver);
                }
            }
        }
        for made in &walked.made {
            if let Pool::Skills(_) | Pool::SkillsOrTools = &*made.from {
                for pick in &made.picks {
                    let giver = (made.slot.clone(), label(&made.owner));
                    skills.entry(pick.clone()).or_default().push(giver);
                }
            }
        }
        Judge {
            worked,
            content,
            walked,
            known,
            skills,
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
            Pool::Spells { .. } => content.spells.get(pick).map(|spell| spell.name.clone()),
            Pool::WeaponMastery(_) => content.weapons.get(pick).map(|weapon| weapon.name.clone()),
            Pool::Subclass | Pool::Resistances(_) | Pool::Sizes(_) => None,
        };
        found.unwrap_or_else(|| pick.to_owned())
    }

    /// Says why a pick is not lawful; `before` counts the same pick earlier in the slot.
    pub(super) fn barred(&self, made: &Made<'_>, pick: &str, before: usize) -> Option<String> {
        let content = self.content;
        if i32::try_from(before).unwrap_or(i32::MAX) >= made.each && !self.repeatable(made, pick) {
            return Some(if made.each == 1 {
                "it is picked already".to_owned()
            } else {
                format!("it may be picked {} times", made.each)
            });
        }
        match &*made.from {
            Pool::Skills(of) => self.skill(made, of, pick),
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
                    self.skill(made, &[], pick)
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
            Pool::WeaponMastery(of) => {
                let Some(weapon) = content.weapons.get(pick) else {
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
                (!fits).then(|| "you are not trained in the mastery of this weapon".to_owned())
            }
            Pool::Resistances(of) => (!of.iter().any(|kind| kind == pick))
                .then(|| "it is not among the types of this choice".to_owned()),
            Pool::Sizes(of) => (!of.iter().any(|size| key(size.name()) == pick))
                .then(|| "it is not among the sizes of this choice".to_owned()),
            Pool::Subclass => None,
        }
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

    fn skill(&self, made: &Made<'_>, of: &[String], pick: &str) -> Option<String> {
        if !SKILLS.iter().any(|skill| skill.key == pick) {
            return Some("there is no such skill".to_owned());
        }
        if !of.is_empty() && !of.iter().any(|skill| skill == pick) {
            return Some("it is not among the skills of this choice".to_owned());
        }
        let givers = self.skills.get(pick)?;
        let other = givers.iter().find(|(slot, _)| *slot != made.slot);
        other.map(|(_, giver)| format!("{giver} gives it already"))
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

    /// Picks in slots that nothing offers now: kept, and told.
    fn strangers(&self, findings: &mut Vec<Finding>) {
        for (slot, picks) in &self.worked.build.choices {
            let offered = self.walked.made.iter().any(|made| made.slot == *slot);
            // What starting equipment was taken is remembered beside the choices.
            if !offered && !slot.ends_with(".equipment") && !picks.trim().is_empty() {
                findings.push(Finding {
                    cell: format!("/build/choices/{slot}"),
                    severity: Severity::Note,
                    message: format!("The choice `{picks}` of `{slot}` is kept, but nothing offers it now."),
                    hint: "It counts again when the level or pack that offered it is back; or clear it.".to_owned(),
                });
            }
        }
    }

    /// Holds the spells of each class against its list, its levels and its limits.
    fn spells(&self, findings: &mut Vec<Finding>) {
        let own = &self.worked.spellcasting;
        for taken in &self.walked.classes {
            let Some(casting) = casting(taken) else {
                continue;
            };
            let class = &taken.at.class.name;
            let Some((id, caster)) = own
                .casters
                .iter()
                .find(|(_, caster)| key(&caster.class) == key(class))
            else {
                continue;
            };
            let highest = highest(casting, taken.at.level);
            let lists = self.lists(class, casting.list.as_deref());
            let mut cantrips = 0;
            for (spell_id, spell) in own
                .spells
                .iter()
                .filter(|(_, spell)| spell.caster.as_deref() == Some(id))
            {
                if spell_id.starts_with("given-") || spell.always_prepared {
                    continue;
                }
                if spell.level == 0 {
                    cantrips += 1;
                }
                let Some(known) = self.content.spells.get(&key(&spell.name)) else {
                    continue;
                };
                let wrong = if known.level > highest {
                    Some(format!(
                        "{class} {} has no slots of level {}",
                        taken.at.level, known.level
                    ))
                } else if !on_lists(known, lists.iter().map(String::as_str)) {
                    Some(format!(
                        "it is not on the {} spell list",
                        lists.join(" or ")
                    ))
                } else {
                    None
                };
                if let Some(wrong) = wrong {
                    findings.push(Finding {
                        cell: format!("/spellcasting/spells/{spell_id}"),
                        severity: Severity::Warning,
                        message: format!(
                            "{} is not lawful for {}: {wrong}.",
                            spell.name, caster.class
                        ),
                        hint: "Choose another, or keep it as a house rule.".to_owned(),
                    });
                }
            }
            let row = usize::try_from(taken.at.level.clamp(1, 20) - 1).unwrap_or(0);
            let more = self
                .walked
                .active
                .iter()
                .filter(|active| active.owner.caster == key(class));
            let more: i32 = more
                .map(|active| {
                    if let Effect::Cantrips { count } = active.effect {
                        *count
                    } else {
                        0
                    }
                })
                .sum();
            let limit = casting
                .cantrips
                .get(row)
                .copied()
                .unwrap_or(0)
                .saturating_add(more);
            if cantrips > limit {
                findings.push(Finding {
                    cell: format!("/spellcasting/casters/{id}"),
                    severity: Severity::Warning,
                    message: format!("{class} knows {cantrips} cantrips; {limit} are allowed."),
                    hint: "Take some back.".to_owned(),
                });
            }
        }
    }

    /// The spell lists a class prepares from.
    pub(super) fn lists(&self, class: &str, list: Option<&str>) -> Vec<String> {
        let mut lists = vec![list.unwrap_or(class).to_owned()];
        for active in self
            .walked
            .active
            .iter()
            .filter(|active| active.owner.caster == key(class))
        {
            if let Effect::SpellLists { lists: more } = active.effect {
                lists.extend(more.iter().cloned());
            }
        }
        lists
    }

    /// More than one class asks for 13 in the primary abilities of each (SRD 5.2.1, Multiclassing).
    fn multiclass(&self, findings: &mut Vec<Finding>) {
        if self.walked.classes.len() < 2 {
            return;
        }
        for taken in &self.walked.classes {
            let class = taken.at.class;
            if let Some(lacking) = lacks(
                &class.multiclass.abilities,
                class.multiclass.any,
                &self.known.scores,
            ) {
                findings.push(Finding {
                    cell: "/levels".to_owned(),
                    severity: Severity::Warning,
                    message: format!("More than one class with {}: {lacking}.", class.name),
                    hint: "Raise the score, or keep it as a house rule.".to_owned(),
                });
            }
        }
    }

    /// Holds the base scores against the way they were found.
    fn scores(&self, findings: &mut Vec<Finding>) {
        if let Some(message) =
            crate::scores::problem(&self.worked.build, &self.worked.abilities.scores)
        {
            findings.push(Finding {
                cell: "/abilities/scores".to_owned(),
                severity: Severity::Warning,
                message,
                hint: "Change the scores, or how they were found.".to_owned(),
            });
        }
    }
}

/// Says which ability falls short of 13.
pub(crate) fn lacks(abilities: &[Ability], any: bool, scores: &[i32; 6]) -> Option<String> {
    let short: Vec<&Ability> = abilities
        .iter()
        .filter(|ability| scores[index(**ability)] < 13)
        .collect();
    let enough = if any {
        short.len() < abilities.len()
    } else {
        short.is_empty()
    };
    if enough || abilities.is_empty() {
        return None;
    }
    let names: Vec<String> = short
        .iter()
        .map(|ability| format!("{} is {}", ability.name(), scores[index(**ability)]))
        .collect();
    Some(format!(
        "{} and should be 13",
        names.join(if any { " or " } else { ", " })
    ))
}

pub(super) fn on_lists<'l>(spell: &Spell, mut lists: impl Iterator<Item = &'l str>) -> bool {
    lists.any(|list| {
        spell
            .classes
            .iter()
            .any(|class| class.eq_ignore_ascii_case(list))
    })
}
