//! The one door: a source and rules content in, sheet, explanations and findings out.

use std::collections::BTreeMap;
use std::sync::Arc;

use sheet::source::AbilityScores;
use sheet::vocabulary::{Ability, SKILLS};
use sheet::{
    ActionsSheet, CombatSheet, CompleteSheet, Finding, SetOf, Source, Stat, StatisticsSheet,
};

use crate::content::Content;
use crate::desk::Desk;
use crate::grant;
use crate::kept::Earlier;
use crate::{
    armor_class, attacks, carrying, casting, health, initiative, movement, proficiency, shown,
};

/// Holds all that follows from a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// The complete sheet; version, time and audit trail are stamped by whoever knows them.
    pub sheet: CompleteSheet,
    /// The explanation of every computed number, by the path of its cell.
    pub stats: BTreeMap<String, Stat>,
    /// What looks wrong, half done, or points nowhere.
    pub findings: Vec<Finding>,
}

/// Works out the complete sheet of a character.
///
/// Never fails and never panics, whatever the source holds; what cannot be is told as a finding. The same source and
/// content always give the same result.
pub fn derive(source: &Source, content: &Content) -> Derived {
    work_out(source, content, None)
}

/// Works out the complete sheet of a character of which an earlier version is at hand.
///
/// Gives what [`derive()`] gives; what is shown of things that the two sources share is shared as well, which takes a fraction of
/// the time and of the memory. See [`Source::after`].
pub fn derive_after(earlier: Earlier<'_>, source: &Source, content: &Content) -> Derived {
    work_out(source, content, Some(earlier))
}

fn work_out<'a>(source: &'a Source, content: &Content, earlier: Option<Earlier<'a>>) -> Derived {
    let (worked, mut granted) = grant::grant(source, content);
    let worked: &Source = &worked;
    // What content gives may alter things on the way, differently in each version: then the same thing may be shown otherwise.
    let as_written = |source: &Source| !source.build.is_active();
    let earlier = earlier.filter(|earlier| as_written(source) && as_written(earlier.source));
    // What goes on the sheet as it is; no number needs it.
    let choices = std::mem::take(&mut granted.choices);
    let exchanges = std::mem::take(&mut granted.exchanges);
    let usable = std::mem::take(&mut granted.usable);
    let mut findings = sheet::validate(worked);
    findings.append(&mut granted.findings);
    let mut desk = Desk::new(worked, &granted, earlier);
    desk.findings = findings;
    // In the order in which the numbers need each other.
    crate::abilities::derive(&mut desk);
    proficiency::derive_bonus(&mut desk);
    let statistics = statistics(&mut desk);
    let combat = combat(&mut desk);
    let mut actions = ActionsSheet {
        weapons: attacks::derive(&mut desk),
        weapon_masteries: names(&worked.actions.weapon_masteries),
        features: shown::features(&desk),
        traits: shown::traits(&desk),
        attacks_per_action: attacks::number(&mut desk),
        critical_from: granted.critical,
        exchanges,
        uses: Vec::new(),
    };
    let identity = shown::identity(&mut desk);
    let equipment = carrying::derive(&mut desk);
    let spellcasting = casting::derive(&mut desk);
    actions.uses = crate::usable::derive(&mut desk, usable);
    let sheet = CompleteSheet {
        identity: Arc::new(identity),
        statistics: Arc::new(statistics),
        combat: Arc::new(combat),
        actions: Arc::new(actions),
        equipment: Arc::new(equipment),
        spellcasting: Arc::new(spellcasting),
        conditions: shown::conditions(source),
        notes: source.notes.clone(),
        version: 0,
        last_updated: String::new(),
        audit_trail: Vec::new(),
        record: source.record.clone(),
        built: source.build.is_active(),
        choices,
    };
    Derived {
        sheet,
        stats: desk.stats,
        findings: desk.findings,
    }
}

fn statistics(desk: &mut Desk<'_>) -> StatisticsSheet {
    let source = desk.source;
    let saves = proficiency::derive_saves(desk);
    let skills = proficiency::derive_skills(desk);
    let skills: BTreeMap<&str, i32> = SKILLS.iter().map(|skill| skill.key).zip(skills).collect();
    let mut passive = |skill: &str| {
        let bonus = skills.get(skill).copied().unwrap_or(0);
        proficiency::derive_passive(desk, skill, bonus)
    };
    let (perception, insight, investigation) = (
        passive("perception"),
        passive("insight"),
        passive("investigation"),
    );
    let training = shown::training(source);
    let trained = SKILLS
        .iter()
        .map(|skill| (skill.key.to_owned(), proficiency::training(desk, skill)));
    StatisticsSheet {
        ability_scores: six(desk.scores),
        ability_modifiers: six(desk.modifiers),
        proficiency_bonus: desk.proficiency_bonus,
        saving_throws: six(saves),
        skill_proficiencies: trained.collect(),
        skills: skills
            .into_iter()
            .map(|(skill, bonus)| (skill.to_owned(), bonus))
            .collect(),
        passive_perception: perception,
        other_proficiencies: training
            .iter()
            .map(|training| training.name.clone())
            .collect(),
        languages: names(&source.proficiencies.languages),
        passive_insight: insight,
        passive_investigation: investigation,
        saving_throw_proficiencies: source.proficiencies.saving_throws.iter().copied().collect(),
        training,
    }
}

fn combat(desk: &mut Desk<'_>) -> CombatSheet {
    let armor_class = armor_class::derive(desk);
    let initiative = initiative::derive(desk);
    let speeds = movement::derive(desk);
    let health = health::derive(desk);
    let life = health::life(desk, &health);
    let state = &desk.source.combat;
    CombatSheet {
        armor_class,
        initiative,
        speed: speeds.walk,
        bloodied: health.maximum > 0 && health.current <= health.maximum / 2,
        hp_maximum: health.maximum,
        current_hp: health.current,
        temporary_hp: state.temporary_hp,
        hit_dice_total: health.dice_total,
        hit_dice_remaining: health.dice_remaining,
        life,
        death_saves: state.death_saves.clone(),
        exhaustion_level: state.exhaustion,
        concentration: state.concentration.clone(),
        speeds,
        senses: state.senses.clone(),
        resistances: names(&state.defenses.resistances),
        immunities: names(&state.defenses.immunities),
        vulnerabilities: names(&state.defenses.vulnerabilities),
        condition_immunities: names(&state.defenses.condition_immunities),
        d20_penalty: -2 * desk.exhaustion,
    }
}

fn names(set: &SetOf<String>) -> Vec<String> {
    set.iter().cloned().collect()
}

fn six(numbers: [i32; 6]) -> AbilityScores {
    let of = |ability| numbers[crate::desk::index(ability)];
    AbilityScores {
        strength: of(Ability::Strength),
        dexterity: of(Ability::Dexterity),
        constitution: of(Ability::Constitution),
        intelligence: of(Ability::Intelligence),
        wisdom: of(Ability::Wisdom),
        charisma: of(Ability::Charisma),
    }
}
