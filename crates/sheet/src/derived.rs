//! The derived cells: which numbers are computed, and where each is set by hand.

use history::{CellPath, Pattern};
use std::sync::LazyLock;

/// The patterns of all cells that `rules` computes and explains.
const DERIVED: &[&str] = &[
    "/statistics/ability_scores/*",
    "/statistics/ability_modifiers/*",
    "/statistics/proficiency_bonus",
    "/statistics/saving_throws/*",
    "/statistics/skills/*",
    "/statistics/passive_perception",
    "/statistics/passive_insight",
    "/statistics/passive_investigation",
    "/combat/armor_class",
    "/combat/initiative",
    "/combat/speed",
    "/combat/fly_speed",
    "/combat/swim_speed",
    "/combat/climb_speed",
    "/combat/burrow_speed",
    "/combat/hp_maximum",
    "/combat/current_hp",
    "/actions/attacks_per_action",
    "/actions/uses/*/*",
    "/actions/weapons/*/attack_bonus",
    "/actions/weapons/*/damage_bonus",
    "/equipment/attunement_limit",
    "/equipment/carrying_capacity",
    "/equipment/current_load",
    "/spellcasting/casters/*/spell_save_dc",
    "/spellcasting/casters/*/spell_attack_bonus",
    "/spellcasting/spells/*/damage_bonus",
    "/spellcasting/spells/*/healing_bonus",
];

/// Tells whether a path names a number that is computed; such a number can be adjusted and overridden.
pub fn is_derived(path: &CellPath) -> bool {
    static PATTERNS: LazyLock<Vec<Pattern>> =
        LazyLock::new(|| DERIVED.iter().map(|text| Pattern::new(text)).collect());
    PATTERNS.iter().any(|pattern| pattern.matches(path))
}

/// Gives the cell at which a computed number is set by hand: an object `{value, note}`.
pub fn override_cell(derived: &CellPath) -> CellPath {
    CellPath::from_segments(["overrides".to_owned(), derived.to_string()])
}

pub(crate) fn is_derived_text(path: &str) -> bool {
    path.parse().is_ok_and(|path| is_derived(&path))
}

pub(crate) fn override_path_text(path: &str) -> String {
    path.parse()
        .map(|path| override_cell(&path).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_is_named_by_the_path_it_sets() {
        let armor_class: CellPath = "/combat/armor_class".parse().unwrap();
        assert!(is_derived(&armor_class));
        assert_eq!(
            override_cell(&armor_class).to_string(),
            "/overrides/~1combat~1armor_class"
        );
        assert!(!is_derived(&"/combat/damage_taken".parse().unwrap()));
    }
}
