//! The whole character held against the rules: picks that nothing offers, spells, several classes, base scores.

use sheet::vocabulary::Ability;
use sheet::{Finding, Severity};

use super::Granted;
use super::legal::Judge;
use super::magic::caster_of;
use super::spells::{casting, highest};
use crate::content::{Effect, Spell, key};
use crate::desk::index;

impl Judge<'_, '_> {
    /// Picks in slots that nothing offers now: kept, and told.
    pub(super) fn strangers(&self, findings: &mut Vec<Finding>) {
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
    pub(super) fn spells(&self, granted: &Granted, findings: &mut Vec<Finding>) {
        let own = &self.worked.spellcasting;
        for taken in &self.walked.classes {
            let Some(casting) = casting(taken) else {
                continue;
            };
            let class = &taken.at.class.name;
            let caster = caster_of(self.worked, &key(class));
            let Some((id, caster)) = caster.and_then(|id| Some((id, own.casters.get(id)?))) else {
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
                let Some(known) = granted.spells.get(spell_id).map(|power| &power.spell) else {
                    continue;
                };
                let wrong = if known.level > highest {
                    format!(
                        "{class} {} has no slots of level {}",
                        taken.at.level, known.level
                    )
                } else if !on_lists(known, lists.iter().copied()) {
                    format!("it is not on the {} spell list", lists.join(" or "))
                } else {
                    continue;
                };
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
            let limit = granted.cantrips.get(id).copied().unwrap_or(0);
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
    pub(super) fn lists<'l>(&'l self, class: &'l str, list: Option<&'l str>) -> Vec<&'l str> {
        let mut lists = vec![list.unwrap_or(class)];
        let class = key(class);
        for active in &self.walked.active {
            if let Effect::SpellLists { lists: more } = active.effect
                && active.owner.caster == class
            {
                lists.extend(more.iter().map(String::as_str));
            }
        }
        lists
    }

    /// More than one class asks for 13 in the primary abilities of each (SRD 5.2.1, Multiclassing).
    pub(super) fn multiclass(&self, findings: &mut Vec<Finding>) {
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
    pub(super) fn scores(&self, findings: &mut Vec<Finding>) {
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
