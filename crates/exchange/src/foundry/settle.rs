//! The end: bonuses that waited for their numbers, hit points held against what follows, the document made fit.

use rules::content::key;
use serde_json::Value;
use sheet::check_document;

use super::draft::{Draft, LaterTo};
use crate::Refusal;
use crate::json::{number, whole};
use crate::report::Fate;

pub(super) fn read(draft: &mut Draft<'_>) {
    lost_alert(draft);
    later(draft);
    hit_points(draft);
}

/// A feat that no slot could take still does what it says where the rules know it.
fn lost_alert(draft: &mut Draft<'_>) {
    let alert = draft
        .actor
        .of_kind("feat")
        .find(|thing| key(&thing.name) == "alert");
    let Some(alert) = alert else { return };
    let sheet = draft.derive().sheet;
    let given = draft.built
        && sheet
            .actions
            .features
            .iter()
            .any(|feature| key(&feature.name) == "alert" && feature.id != alert.id);
    if !given && alert.rules() == "2024" {
        draft.adjust(
            "/combat/initiative",
            sheet.statistics.proficiency_bonus,
            "Alert",
        );
        draft.understood(
            "Effects",
            "Alert",
            &alert.path,
            "/combat/initiative",
            "The proficiency bonus, as an adjustment: it does not grow by itself.",
        );
    }
}

fn later(draft: &mut Draft<'_>) {
    let waiting = std::mem::take(&mut draft.later);
    if waiting.is_empty() {
        return;
    }
    let sheet = draft.derive().sheet;
    for one in waiting {
        let cells: Vec<String> = match one.to {
            LaterTo::SpellAttack => sheet
                .spellcasting
                .casters
                .iter()
                .map(|caster| format!("/spellcasting/casters/{}/spell_attack_bonus", caster.id))
                .collect(),
            LaterTo::SpellDc => sheet
                .spellcasting
                .casters
                .iter()
                .map(|caster| format!("/spellcasting/casters/{}/spell_save_dc", caster.id))
                .collect(),
            to => {
                let ranged = matches!(to, LaterTo::RangedAttack | LaterTo::RangedDamage);
                let what = if matches!(to, LaterTo::MeleeAttack | LaterTo::RangedAttack) {
                    "attack_bonus"
                } else {
                    "damage_bonus"
                };
                let weapons = sheet
                    .actions
                    .weapons
                    .iter()
                    .filter(|weapon| weapon.ranged == ranged);
                weapons
                    .map(|weapon| format!("/actions/weapons/{}/{what}", weapon.id))
                    .collect()
            }
        };
        for cell in cells {
            draft.adjust(&cell, one.amount, &one.source);
        }
    }
}

/// What is left becomes damage taken; a maximum set by hand stays one.
fn hit_points(draft: &mut Draft<'_>) {
    let actor = draft.actor;
    let set = number(actor.get("attributes.hp.max"))
        .filter(|_| actor.kind == "character" || actor.level() > 0);
    if let Some(set) = set {
        let set = crate::json::bounded(set, 0, 1_000_000);
        let own = draft.source.combat.hp_maximum_bonus;
        let derived = draft.derive().sheet.combat.hp_maximum;
        if set > 0 && set != derived {
            draft.set_by_hand(
                "/combat/hp_maximum",
                set.saturating_add(own.min(0)),
                "As the imported file has it",
            );
            draft.understood(
                "Hit points",
                "Maximum",
                "attributes.hp.max",
                "/overrides",
                format!("{set} there, {derived} here; that number is set by hand."),
            );
        } else {
            draft.understood(
                "Hit points",
                "Maximum",
                "attributes.hp.max",
                "/combat/hp_maximum",
                format!("{derived}, as here."),
            );
        }
    }
    let maximum = draft.derive().sheet.combat.hp_maximum;
    match whole(actor.get("attributes.hp.value"), 0, 1_000_000) {
        Some(left) => {
            draft.source.combat.damage_taken = maximum.saturating_sub(left).clamp(0, 100_000);
            let taken = draft.source.combat.damage_taken;
            let why = if left > maximum {
                format!(
                    "{left} are left there and the maximum is {maximum} here: none is counted as lost."
                )
            } else {
                format!("{left} of {maximum} are left.")
            };
            draft.understood(
                "Hit points",
                "Current",
                "attributes.hp.value",
                "/combat/damage_taken",
                format!("{why} Damage taken: {taken}."),
            );
        }
        None => draft.unused(
            "Hit points",
            "Current",
            "attributes.hp.value",
            "The file has no number; the character is unhurt.",
        ),
    }
}

/// How many cells may be taken out before the document counts as unusable.
const MOST_MENDED: usize = 500;

/// Makes the document: what says nothing is left out, what no cell can hold is taken out and told.
pub(super) fn document(draft: &mut Draft<'_>) -> Result<Value, Refusal> {
    let mut value = serde_json::to_value(draft.source.whole()).map_err(|error| {
        Refusal::new(
            format!("The character cannot be written: {error}."),
            "Report this file.",
        )
    })?;
    prune(&mut value);
    for _ in 0..MOST_MENDED {
        let Err(error) = check_document(&value) else {
            return Ok(value);
        };
        draft.report.add(
            "Document",
            &error.cell,
            &error.cell,
            Fate::NotUsed,
            "",
            format!("The cell cannot hold it: {}. {}", error.message, error.hint),
        );
        if !take_out(&mut value, &error.cell) {
            break;
        }
    }
    Err(Refusal::new(
        "What the file holds cannot be made a character.",
        "Open the actor in Foundry, mend it, and export it again.",
    ))
}

/// Leaves out what every cell has by itself: nothing, no text, no members.
fn prune(value: &mut Value) {
    let Value::Object(map) = value else { return };
    for inner in map.values_mut() {
        prune(inner);
    }
    map.retain(|_, inner| match inner {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    });
}

fn take_out(value: &mut Value, cell: &str) -> bool {
    let Some((parent, name)) = cell.rsplit_once('/') else {
        return false;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    match value.pointer_mut(parent).and_then(Value::as_object_mut) {
        Some(map) => map.remove(&name).is_some(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out_and_what_cannot_stand_taken_out() {
        let mut value =
            serde_json::json!({"a": {"b": null, "c": {}}, "d": "", "e": 0, "f": {"g/h": 1}});
        prune(&mut value);
        assert_eq!(value, serde_json::json!({"e": 0, "f": {"g/h": 1}}));
        assert!(take_out(&mut value, "/f/g~1h"));
        assert!(!take_out(&mut value, "/f/x"));
        assert_eq!(value["f"], serde_json::json!({}));
    }
}
