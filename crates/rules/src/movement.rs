//! Speeds.

use sheet::source::Speeds;
use sheet::vocabulary::Ability;

use crate::content::Target;
use crate::desk::{Desk, Sum, name_or};

/// Works out all speeds; a way of moving the creature has not got stays none.
pub(crate) fn derive(desk: &mut Desk<'_>) -> Speeds {
    let speeds = &desk.source.combat.speeds;
    let walk = speed(desk, "/combat/speed", "walk", speeds.walk);
    let mut other = |name: &str, feet: Option<i32>| {
        feet.map(|feet| speed(desk, &format!("/combat/{name}_speed"), name, feet))
    };
    Speeds {
        walk,
        fly: other("fly", speeds.fly),
        swim: other("swim", speeds.swim),
        climb: other("climb", speeds.climb),
        burrow: other("burrow", speeds.burrow),
        hover: speeds.hover,
    }
}

fn speed(desk: &mut Desk<'_>, cell: &str, name: &str, feet: i32) -> i32 {
    let mut sum = Sum::default();
    let why = desk.reason(&format!("speed.{name}"));
    sum.add(
        "Base speed",
        feet,
        why,
        Some(format!("/combat/speeds/{name}")),
    );
    if name == "walk" || desk.granted.as_walking.contains(name) {
        desk.item_terms(&mut sum, "speed", |bonuses| bonuses.speed);
        desk.given_terms(&mut sum, |target| target == Target::Speed);
    }
    let strength = desk.score(Ability::Strength);
    for worn in &desk.worn {
        if let Some(required) = worn.armor.strength_required
            && strength < required
        {
            let cell = Some(worn.cell("armor/strength_required"));
            let detail = format!("asks for Strength {required}");
            sum.add(name_or(worn.name, "Armor"), -10, detail, cell);
            break;
        }
    }
    if desk.exhaustion > 0 {
        let detail = format!("level {}, 5 ft less for each", desk.exhaustion);
        let from = Some("/combat/exhaustion".to_owned());
        sum.add("Exhaustion", -5 * desk.exhaustion, detail, from);
    }
    if let Some(condition) = &desk.granted.held {
        // A speed of 0 takes whatever would add to it (SRD 5.2.1, Rules Glossary, Grappled and its like).
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a cast from float saturates"
        )]
        let total = sum.total() as i32;
        sum.add_some(
            condition.clone(),
            total.max(0).saturating_neg(),
            "speed is 0",
            Some("/conditions".to_owned()),
        );
    }
    sum.never_below(0);
    desk.close(cell.to_owned(), sum)
}
