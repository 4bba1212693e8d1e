//! The parts of the sheet that are shown as they were written, put in order.

use std::sync::Arc;

use sheet::source::{Feature, Recovery, Source, Trait};
use sheet::vocabulary::XP_THRESHOLDS;
use sheet::{
    ConditionEntry, FeatureEntry, IdentitySheet, Kind, Severity, TrainingEntry, TraitEntry,
    UsesLeft,
};

use crate::desk::Desk;
use crate::grant::UsesKnown;
use crate::kept::Kept;

pub(crate) fn identity(desk: &mut Desk<'_>) -> IdentitySheet {
    let source = desk.source;
    let identity = &source.identity;
    let levels = source.levels.ordered();
    let counted = sheet::class_levels(levels.iter().map(|(_, level)| level.class.as_str()));
    let named = counted.iter().filter(|(class, _)| !class.is_empty());
    let subclasses = levels
        .iter()
        .filter(|(_, level)| !level.class.trim().is_empty() && !level.subclass.trim().is_empty());
    let next = usize::try_from(desk.level)
        .ok()
        .filter(|level| *level > 0)
        .and_then(|level| XP_THRESHOLDS.get(level).copied());
    if let Some(next) = next
        && source.record.kind == Kind::Character
        && identity.xp >= next
    {
        let level = desk.level.saturating_add(1);
        desk.find(
            Severity::Note,
            "/identity/xp",
            format!(
                "{} experience points are enough for level {level}.",
                identity.xp
            ),
            "Add a level.",
        );
    }
    IdentitySheet {
        name: identity.name.clone(),
        player_name: identity.player_name.clone(),
        species: identity.species.clone(),
        class_levels: named
            .map(|(class, count)| ((*class).to_owned(), *count))
            .collect(),
        background: identity.background.clone(),
        alignment: identity.alignment.clone(),
        xp: identity.xp,
        heroic_inspiration: identity.heroic_inspiration,
        personality: identity.personality.clone(),
        appearance: identity.appearance.clone(),
        level: desk.level,
        class_line: sheet::class_line(&counted),
        // A later level says best which subclass it is.
        subclasses: subclasses
            .map(|(_, level)| {
                (
                    level.class.trim().to_owned(),
                    level.subclass.trim().to_owned(),
                )
            })
            .collect(),
        size: source.creature.size,
        creature_type: source.creature.r#type.clone(),
        challenge_rating: source.creature.challenge_rating.clone(),
        xp_for_next_level: next,
    }
}

pub(crate) fn training(source: &Source) -> Vec<TrainingEntry> {
    let training = source.proficiencies.training.ordered().into_iter();
    training
        .map(|(id, training)| TrainingEntry {
            id: id.to_owned(),
            name: training.name.clone(),
            kind: training.kind,
            source: training.source.clone(),
        })
        .collect()
}

pub(crate) fn features(desk: &Desk<'_>) -> Vec<Arc<FeatureEntry>> {
    let mut kept = Kept::new(
        desk.earlier,
        |source| &source.actions.features,
        |sheet| sheet.actions.features.iter().collect(),
    );
    let features = desk.source.actions.features.ordered().into_iter();
    features
        .map(|(id, own)| {
            // What is known of its uses comes from elsewhere, and may change while the feature itself stays as it is.
            let uses = uses_left(id, own, desk.granted.uses.get(id));
            let fits = |entry: &FeatureEntry| entry.uses == uses;
            kept.or_show(id, own, fits, || feature(id, own, uses.clone()))
        })
        .collect()
}

fn feature(id: &str, feature: &Feature, uses: Option<UsesLeft>) -> FeatureEntry {
    FeatureEntry {
        id: id.to_owned(),
        name: feature.name.clone(),
        source: feature.source.clone(),
        level: feature.level,
        description: feature.description.clone(),
        activation: feature.activation,
        uses,
    }
}

fn uses_left(id: &str, feature: &Feature, known: Option<&UsesKnown>) -> Option<UsesLeft> {
    let uses = &feature.uses;
    (uses.max > 0).then(|| UsesLeft {
        cell: match known {
            Some(known) => known.cell.clone(),
            None => format!("/actions/features/{id}/uses/used"),
        },
        max: uses.max,
        current: uses.max.saturating_sub(uses.used.max(0)).max(0),
        recovery: uses.recovery,
        short_rest: match known {
            Some(known) => known.short_rest,
            None => i32::from(uses.recovery == Recovery::OneOnShortRest),
        },
        die: known.map(|known| known.die.clone()).unwrap_or_default(),
    })
}

pub(crate) fn traits(desk: &Desk<'_>) -> Vec<Arc<TraitEntry>> {
    let mut kept = Kept::new(
        desk.earlier,
        |source| &source.actions.traits,
        |sheet| sheet.actions.traits.iter().collect(),
    );
    let traits = desk.source.actions.traits.ordered().into_iter();
    traits
        .map(|(id, own)| kept.or_show(id, own, |_| true, || show_trait(id, own)))
        .collect()
}

fn show_trait(id: &str, own: &Trait) -> TraitEntry {
    TraitEntry {
        id: id.to_owned(),
        name: own.name.clone(),
        source: own.source.clone(),
        description: own.description.clone(),
    }
}

pub(crate) fn conditions(source: &Source) -> Vec<ConditionEntry> {
    let conditions = source.conditions.ordered().into_iter();
    conditions
        .map(|(id, condition)| ConditionEntry {
            id: id.to_owned(),
            name: condition.name.clone(),
            source: condition.source.clone(),
            duration: condition.duration.clone(),
            level: condition.level,
            notes: condition.notes.clone(),
        })
        .collect()
}
