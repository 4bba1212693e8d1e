//! What was chosen put into the slots that the rules offer; ability scores taken apart into base and increases.

use std::sync::Arc;

use std::collections::BTreeSet;

use rules::content::{Effect, key};
use sheet::source::AbilityIncrease;
use sheet::vocabulary::{Ability, SKILLS};
use sheet::{ChoiceOption, ChoiceState};

use super::actor::scores;
use super::draft::Draft;
use super::evidence::{self, Evidence, Sort, is_kin};
use super::words;
use crate::cells;
use crate::json::{at, number, text};

/// Tells which parts of the file were chosen into slots.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// Ids in the file of spells that a choice brings.
    pub(super) spells: BTreeSet<String>,
}

/// How often the rules are asked for what is still open; each answer may open further choices.
const ROUNDS: usize = 24;

/// Fills the slots of a built character.
pub(super) fn read(draft: &mut Draft<'_>) -> Choices {
    let mut evidence = evidence::collect(draft);
    base_scores(draft, &evidence);
    let mut choices = Choices::default();
    let mut done = BTreeSet::new();
    for _ in 0..ROUNDS {
        let open: Vec<ChoiceState> = draft
            .derive()
            .sheet
            .choices
            .into_iter()
            .filter(|state| state.open > 0 && state.cell.starts_with("/build/choices/"))
            .filter(|state| !done.contains(&state.cell))
            .collect();
        if open.is_empty() {
            break;
        }
        for state in open {
            fill(draft, &state, &mut evidence, &mut choices);
            done.insert(state.cell);
        }
    }
    rest(draft, &evidence);
    left_open(draft);
    level_scores(draft);
    choices
}

/// Writes scores and increases of a sheet that is written by hand.
pub(super) fn by_hand(draft: &mut Draft<'_>) -> Choices {
    let evidence = evidence::collect(draft);
    base_scores(draft, &evidence);
    rest(draft, &evidence);
    level_scores(draft);
    Choices::default()
}

/// The base is what is written less all that was added to it.
fn base_scores(draft: &mut Draft<'_>, evidence: &[Evidence]) {
    let written = scores(draft.actor);
    for ability in Ability::ALL {
        let score = written.get(words::code(ability)).copied().unwrap_or(10);
        let base = score - evidence::assigned(evidence, ability);
        let cell = score_cell(&mut draft.source.abilities.scores, ability);
        *cell = base.clamp(1, 30);
    }
}

fn score_cell(scores: &mut sheet::source::AbilityScores, ability: Ability) -> &mut i32 {
    match ability {
        Ability::Strength => &mut scores.strength,
        Ability::Dexterity => &mut scores.dexterity,
        Ability::Constitution => &mut scores.constitution,
        Ability::Intelligence => &mut scores.intelligence,
        Ability::Wisdom => &mut scores.wisdom,
        Ability::Charisma => &mut scores.charisma,
    }
}

/// Answers one open choice with what the file records for it.
fn fill(
    draft: &mut Draft<'_>,
    state: &ChoiceState,
    evidence: &mut [Evidence],
    choices: &mut Choices,
) {
    let Some(slot) = state.cell.strip_prefix("/build/choices/") else {
        return;
    };
    let options =
        rules::options(&draft.source.whole(), draft.content, &state.cell).unwrap_or_default();
    let Some(sort) = sort_of(draft, slot, &options) else {
        return;
    };
    let mut ranked: Vec<(i32, usize, String)> = Vec::new();
    for (place, piece) in evidence.iter().enumerate() {
        if let Some(score) = fits(draft, slot, sort, piece)
            && let Some(id) = option_of(draft, slot, &options, piece, evidence)
        {
            ranked.push((-score, place, id));
        }
    }
    ranked.sort();
    let count = usize::try_from(state.open).unwrap_or(0);
    let mut picks: Vec<String> = state.picks.iter().map(|pick| pick.id.clone()).collect();
    let mut from = Vec::new();
    let mut added = 0;
    for (_, place, id) in ranked {
        if added == count {
            break;
        }
        // The same is picked twice only where points are shared out.
        if picks.contains(&id) && sort != Sort::Ability {
            continue;
        }
        if let Some(piece) = evidence.get_mut(place) {
            piece.used = sort != Sort::SpellAbility;
            if sort == Sort::Spell && !piece.item.is_empty() {
                choices.spells.insert(piece.item.clone());
            }
            from.push(piece.from.clone());
        }
        picks.push(id);
        added += 1;
    }
    if added == 0 {
        by_spells(draft, slot, state, &options);
        return;
    }
    draft
        .source
        .build
        .choices
        .insert(slot.to_owned(), picks.join(" "));
    from.dedup();
    let title = format!("{}: {}", state.source, state.name);
    draft.mapped(
        "Choices",
        &title,
        &from.join(", "),
        picks.join(", "),
        "The file records this choice, and the rules offer it.",
    );
}

/// An option that the file does not name shows in the spells it brings, as a druid's land does.
fn by_spells(draft: &mut Draft<'_>, slot: &str, state: &ChoiceState, options: &[ChoiceOption]) {
    let has: BTreeSet<String> = draft
        .actor
        .of_kind("spell")
        .filter(|spell| text(at(&spell.flags, "cachedFor")).is_empty())
        .filter(|spell| {
            number(spell.get("prepared")) == Some(2.0) || !spell.origin(false).is_empty()
        })
        .map(|spell| key(&spell.name))
        .collect();
    let count = |option: &ChoiceOption| {
        let known = draft.content.options.get(&option.id);
        let effects = known.into_iter().flat_map(|known| known.effects.iter());
        effects
            .filter(
                |effect| matches!(effect, Effect::Spell { spell, .. } if has.contains(&key(spell))),
            )
            .count()
    };
    let mut ranked: Vec<(usize, &str)> = options
        .iter()
        .map(|option| (count(option), option.id.as_str()))
        .collect();
    ranked.sort();
    let best = ranked.pop();
    let next = ranked.pop().map_or(0, |(count, _)| count);
    if let Some((count, id)) = best.filter(|(count, _)| *count >= 2 && *count > next) {
        let id = id.to_owned();
        draft
            .source
            .build
            .choices
            .insert(slot.to_owned(), id.clone());
        let title = format!("{}: {}", state.source, state.name);
        draft.mapped(
            "Choices",
            &title,
            "items",
            id,
            format!("The file does not name it; {count} of its spells are prepared there."),
        );
    }
}

/// Says what sort of thing a slot asks for, by what it offers.
fn sort_of(draft: &Draft<'_>, slot: &str, options: &[ChoiceOption]) -> Option<Sort> {
    let content = draft.content;
    let tail = slot.rsplit('.').next().unwrap_or_default();
    let all = |is: &dyn Fn(&str) -> bool| {
        !options.is_empty() && options.iter().all(|option| is(&option.id))
    };
    let is_ability = |id: &str| Ability::ALL.iter().any(|ability| ability.key() == id);
    let is_skill = |id: &str| SKILLS.iter().any(|skill| skill.key == id);
    Some(if all(&is_ability) {
        if tail == "spell-ability" {
            Sort::SpellAbility
        } else {
            Sort::Ability
        }
    } else if all(&is_skill) {
        if tail == "expertise" {
            Sort::Expertise
        } else {
            Sort::Skill
        }
    } else if all(&|id| is_skill(id) || content.gear.contains_key(id)) {
        if options.iter().any(|option| is_skill(&option.id)) {
            Sort::Skill
        } else {
            Sort::Tool
        }
    } else if all(&|id| content.feats.contains_key(id) || content.options.contains_key(id)) {
        Sort::Named
    } else if all(&|id| content.languages.contains_key(id)) {
        Sort::Language
    } else if all(&|id| content.spells.contains_key(id)) {
        Sort::Spell
    } else if all(&|id| content.weapons.contains_key(id)) {
        Sort::Weapon
    } else if all(&|id| sheet::vocabulary::DAMAGE_TYPES.contains(&id)) {
        Sort::Resistance
    } else {
        return None;
    })
}

/// Says how well a piece fits a slot; `None` where it does not.
fn fits(draft: &Draft<'_>, slot: &str, sort: Sort, piece: &Evidence) -> Option<i32> {
    let same_sort = piece.sort == sort
        || (sort == Sort::Skill && piece.sort == Sort::Tool)
        // An ancestry shows in the resistance it brings.
        || (sort == Sort::Named && piece.sort == Sort::Resistance && slot.contains("draconic-ancestry"));
    if piece.used || !same_sort {
        return None;
    }
    let segments: Vec<&str> = slot.split('.').collect();
    let start = segments.first().copied().unwrap_or_default();
    let level: Option<i32> = segments.get(1).and_then(|level| level.parse().ok());
    let lists = slot.ends_with(".list");
    let owned = segments.iter().skip(1).any(|segment| {
        *segment == piece.owner || lists && piece.ids.iter().any(|id| id == segment)
    });
    if !owned && !is_kin(draft, start, &piece.root) {
        return None;
    }
    let same_level = level == Some(piece.level);
    let by_level = sort == Sort::Ability || slot.ends_with(".feat");
    if by_level && !owned && level.is_some() && piece.level > 0 && !same_level {
        return None;
    }
    // Points of a background do not answer a class's improvement, nor those of one level another's.
    if sort == Sort::Ability && !owned && level.is_some() && !same_level {
        return None;
    }
    Some(4 * i32::from(start == piece.root) + 3 * i32::from(owned) + 2 * i32::from(same_level))
}

/// Finds the option that a piece means.
fn option_of(
    draft: &Draft<'_>,
    slot: &str,
    options: &[ChoiceOption],
    piece: &Evidence,
    evidence: &[Evidence],
) -> Option<String> {
    if piece.sort == Sort::Resistance && slot.contains("draconic-ancestry") {
        let brings = |id: &str| {
            draft.content.options.get(id).is_some_and(|option| {
                option.effects.iter().any(|effect| {
                    matches!(effect, Effect::Resistance { types, .. } if types.iter().any(|name| piece.ids.contains(name)))
                })
            })
        };
        return options
            .iter()
            .find(|option| brings(&option.id))
            .map(|option| option.id.clone());
    }
    if slot.ends_with("magic-initiate.list") {
        return spell_list(draft, options, piece, evidence);
    }
    let plain = |option: &ChoiceOption| key(option.name.split(" (").next().unwrap_or_default());
    let exact = piece
        .ids
        .iter()
        .find_map(|id| options.iter().find(|option| option.id == *id));
    let found = exact.or_else(|| {
        piece
            .ids
            .iter()
            .find_map(|id| options.iter().find(|option| plain(option) == *id))
    });
    found.map(|option| option.id.clone())
}

/// Says from which list the spells of Magic Initiate are, by the spells themselves.
fn spell_list(
    draft: &Draft<'_>,
    options: &[ChoiceOption],
    piece: &Evidence,
    evidence: &[Evidence],
) -> Option<String> {
    if !piece
        .ids
        .first()
        .is_some_and(|id| id.starts_with("magic-initiate"))
    {
        return None;
    }
    if let Some(option) = options
        .iter()
        .find(|option| piece.ids.first() == Some(&option.id))
    {
        return Some(option.id.clone());
    }
    let chosen: Vec<&str> = evidence
        .iter()
        .filter(|other| other.sort == Sort::Spell && other.owner.starts_with("magic-initiate"))
        .filter_map(|other| other.ids.first().map(String::as_str))
        .collect();
    let on_list = |option: &&ChoiceOption| {
        let list = option.name.split(['(', ')']).nth(1).unwrap_or_default();
        chosen.iter().all(|id| {
            draft.content.spells.get(*id).is_none_or(|spell| {
                spell
                    .classes
                    .iter()
                    .any(|class| class.eq_ignore_ascii_case(list))
            })
        })
    };
    (!chosen.is_empty())
        .then(|| options.iter().find(on_list).map(|option| option.id.clone()))
        .flatten()
}

/// Increases that no slot took are written out.
fn rest(draft: &mut Draft<'_>, evidence: &[Evidence]) {
    let mut sums: Vec<(String, Ability, i32)> = Vec::new();
    for piece in evidence
        .iter()
        .filter(|piece| piece.sort == Sort::Ability && !piece.used)
    {
        let ability = Ability::ALL
            .into_iter()
            .find(|ability| piece.ids.iter().any(|id| id == ability.key()));
        let Some(ability) = ability else { continue };
        let source = match piece.level {
            0 => piece.from.clone(),
            level => format!("{} {level}", piece.from),
        };
        match sums
            .iter_mut()
            .find(|(from, of, _)| *from == source && *of == ability)
        {
            Some((_, _, sum)) => *sum += 1,
            None => sums.push((source, ability, 1)),
        }
    }
    for (source, ability, amount) in sums {
        let (place, rank) = draft.next();
        let increase = AbilityIncrease {
            rank,
            ability: Some(ability),
            amount: amount.clamp(-10, 10),
            source: cells::name(&source),
        };
        draft
            .source
            .abilities
            .increases
            .0
            .insert(format!("increase-{place}"), Arc::new(increase));
        draft.understood(
            "Choices",
            &format!("{source}: {} +{amount}", ability.name()),
            "items",
            "/abilities/increases",
            "The increase is written out.",
        );
    }
}

fn left_open(draft: &mut Draft<'_>) {
    for state in draft.derive().sheet.choices {
        if state.open > 0 {
            let title = format!("{}: {}", state.source, state.name);
            draft.unused(
                "Choices",
                &title,
                "items",
                format!(
                    "{} of {} stay open: the file records nothing for it that the rules offer.",
                    state.open, state.count
                ),
            );
        }
    }
}

/// Makes the scores what the file says, whatever was added on the way.
fn level_scores(draft: &mut Draft<'_>) {
    let written = scores(draft.actor);
    let now = draft.derive().sheet.statistics.ability_scores.clone();
    for ability in Ability::ALL {
        let Some(wanted) = written.get(words::code(ability)).copied() else {
            draft.unused(
                "Abilities",
                ability.name(),
                "system.abilities",
                "The file has no score; 10 stands.",
            );
            continue;
        };
        let path = format!("abilities.{}.value", words::code(ability));
        let lacking = wanted - now.of(ability);
        if lacking != 0 {
            let cell = score_cell(&mut draft.source.abilities.scores, ability);
            let base = (*cell + lacking).clamp(1, 30);
            *cell = base;
            draft.understood(
                "Abilities",
                ability.name(),
                &path,
                "/abilities/scores",
                format!(
                    "What was added does not account for {wanted}; the base was set to {base}."
                ),
            );
            let now = draft.derive().sheet.statistics.ability_scores.of(ability);
            if now != wanted {
                draft.set_by_hand(
                    &format!("/statistics/ability_scores/{}", ability.key()),
                    wanted,
                    "As the imported file has it",
                );
            }
        } else {
            draft.understood(
                "Abilities",
                ability.name(),
                &path,
                "/abilities/scores",
                format!("{wanted}, as the file has it."),
            );
        }
    }
    for code in ["hon", "san"] {
        if let Some(score) = draft.actor.score(code) {
            draft.unused(
                "Abilities",
                code,
                &format!("abilities.{code}"),
                format!("The score {score} of an optional ability has no cell."),
            );
        }
    }
}
