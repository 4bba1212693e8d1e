//! Checks the values of things by themselves: dice that can be rolled, damage types, schools, categories.

use sheet::vocabulary::{DAMAGE_TYPES, SCHOOLS};

use super::{Content, Problem};
use crate::dice::Expression;

/// Lists every value that is none of those there are.
pub(super) fn values(content: &Content) -> Vec<Problem> {
    let mut check = Check {
        place: String::new(),
        problems: Vec::new(),
    };
    for spell in content.spells.values() {
        check.place = format!("spell {}", spell.name);
        check.one_of("school", &spell.school, &SCHOOLS);
        for part in &spell.damage {
            check.damage(&part.dice, &part.r#type);
            if let Some(more) = &part.per_slot {
                check.dice(more);
            }
        }
        let more = [
            &spell.per_slot,
            &spell.healing,
            &spell.temporary,
            &spell.hit_points,
        ];
        for dice in more.into_iter().flatten().chain(&spell.cantrip_dice) {
            check.dice(dice);
        }
        for times in [&spell.times].into_iter().chain(&spell.cantrip_times) {
            check.within("number of beams, rays or darts", *times, 1);
        }
        check.within("number of them for a slot level", spell.times_per_slot, 0);
        if let Some(attack) = &spell.attack {
            check.one_of("attack", attack, &["melee", "ranged"]);
        }
    }
    for weapon in content.weapons.values() {
        check.place = format!("weapon {}", weapon.name);
        check.dice(&weapon.damage);
        if !weapon.versatile.is_empty() {
            check.dice(&weapon.versatile);
        }
        check.one_of("damage type", &weapon.damage_type, &DAMAGE_TYPES);
    }
    for creature in content.creatures.values() {
        check.place = format!("creature {}", creature.name);
        check.dice(&creature.hit_dice);
        for action in &creature.actions {
            for part in &action.damage {
                check.damage(&part.dice, &part.r#type);
            }
        }
    }
    for feat in content.feats.values() {
        check.place = format!("feat {}", feat.name);
        let known = ["origin", "general", "fighting_style", "epic_boon"];
        check.one_of("category", &feat.category, &known);
    }
    check.problems
}

struct Check {
    place: String,
    problems: Vec<Problem>,
}

impl Check {
    fn say(&mut self, message: String) {
        self.problems.push(Problem {
            file: String::new(),
            line: None,
            place: self.place.clone(),
            message,
        });
    }

    fn one_of(&mut self, what: &str, value: &str, known: &[&str]) {
        if !known.contains(&value) {
            let known = known.join(", ");
            self.say(format!(
                "the {what} `{value}` is none there is; one of {known}"
            ));
        }
    }

    /// Damage may be of one of several types: `fire/cold`.
    fn damage(&mut self, dice: &str, types: &str) {
        self.dice(dice);
        for kind in types.split('/') {
            self.one_of("damage type", kind, &DAMAGE_TYPES);
        }
    }

    fn within(&mut self, what: &str, number: i32, least: i32) {
        if !(least..=20).contains(&number) {
            self.say(format!("the {what} is {number}; it is {least} to 20"));
        }
    }

    fn dice(&mut self, dice: &str) {
        if let Err(error) = Expression::parse(dice) {
            self.say(format!(
                "`{dice}` are no dice: {error}; write them as `8d6` or `2d4+2`"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::super::read_pack;
    use super::Content;

    #[test]
    fn values_that_are_none_are_named() {
        let spell = |line: &str| {
            format!(
                "[[spell]]\nname = \"Odd\"\nlevel = 1\nschool = \"evocation\"\nclasses = [\"Wizard\"]\ntime = \"action\"\n\
                 range = \"self\"\ncomponents = \"V\"\nduration = \"instantaneous\"\ntext = \"Odd.\"\n{line}\n"
            )
        };
        for (line, says) in [
            ("", ""),
            (
                "damage = [{ dice = \"six dice\", type = \"fire\" }]",
                "`six dice` are no dice",
            ),
            (
                "damage = [{ dice = \"999999999d999999999\", type = \"fire\" }]",
                "are no dice",
            ),
            (
                "damage = [{ dice = \"1d6\", type = \"fire/itching\" }]",
                "the damage type `itching`",
            ),
            ("per_slot = \"1d\"", "`1d` are no dice"),
            ("temporary = \"2d4+\"", "`2d4+` are no dice"),
            ("times = 0", "beams, rays or darts is 0"),
            ("cantrip_times = [2, 99]", "beams, rays or darts is 99"),
            ("times_per_slot = -1", "for a slot level is -1"),
            (
                "damage = [{ dice = \"1d6\", type = \"fire\", per_slot = \"two\" }]",
                "`two` are no dice",
            ),
            ("attack = \"sideways\"", "the attack `sideways`"),
        ] {
            let mut content = Content::srd().clone();
            content.add(read_pack([("a", spell(line).as_str())]).unwrap());
            let found = content.problems();
            match says {
                "" => assert_eq!(found, []),
                says => {
                    assert_eq!(found.len(), 1, "{found:?}");
                    assert_eq!(found[0].place, "spell Odd");
                    assert!(found[0].message.contains(says), "{}", found[0].message);
                }
            }
        }
    }
}
