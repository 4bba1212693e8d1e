//! Initiative.

use sheet::vocabulary::Ability;

use crate::content::Target;
use crate::desk::{Desk, Sum};

/// Works out initiative, which is a Dexterity check.
pub(crate) fn derive(desk: &mut Desk<'_>) -> i32 {
    let mut sum = Sum::default();
    desk.ability_term(&mut sum, Ability::Dexterity);
    desk.item_terms(&mut sum, "initiative", |bonuses| bonuses.initiative);
    desk.item_terms(&mut sum, "ability_checks", |bonuses| bonuses.ability_checks);
    desk.given_terms(&mut sum, |target| match target {
        Target::Initiative | Target::Check(None) => true,
        Target::Check(Some(ability)) => ability == Ability::Dexterity,
        _ => false,
    });
    desk.exhaustion_term(&mut sum);
    desk.close("/combat/initiative".to_owned(), sum)
}
