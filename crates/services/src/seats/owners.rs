//! Who owns which cell, and which changes are accepted by rule: patterns over cell paths.

use history::CellPath;
use serde_json::Value;

use crate::wire::{AutoRule, CellOwner, OwnerRule, TableRules};

/// The most characters of a pattern.
const MAX_PATTERN: usize = 200;

/// As the game has it: what happens at the table is nobody's, who a character is the player's, what it can do and own the DM's.
const OWNERS: &[(&str, CellOwner, &[&str])] = &[
    (
        "Hit points, rests and conditions",
        CellOwner::Free,
        &[
            "/combat/damage_taken",
            "/combat/temporary_hp",
            "/combat/hit_dice_used/**",
            "/combat/death_saves/**",
            "/combat/exhaustion",
            "/combat/concentration",
            "/conditions/**",
            "/identity/heroic_inspiration",
        ],
    ),
    (
        "Slots, charges and uses",
        CellOwner::Free,
        &[
            "/spellcasting/slots/*/used",
            "/spellcasting/pact/used",
            "/build/used/**",
            "/actions/features/*/uses/used",
            "/equipment/magical_items/*/charges/used",
        ],
    ),
    (
        "What is worn, held, prepared and where it lies",
        CellOwner::Free,
        &[
            "/equipment/*/*/equipped",
            "/equipment/*/*/attuned",
            "/equipment/*/*/container",
            "/spellcasting/spells/*/prepared",
            "/**/rank",
        ],
    ),
    (
        "What happened, and what waits to be decided",
        CellOwner::Free,
        &["/events/**", "/conflicts/**"],
    ),
    ("Experience points", CellOwner::Dm, &["/identity/xp"]),
    (
        "Magic items",
        CellOwner::Dm,
        &["/equipment/magical_items/**"],
    ),
    ("Belongings and coins", CellOwner::Dm, &["/equipment/**"]),
    (
        "Levels and choices",
        CellOwner::Dm,
        &[
            "/levels/**",
            "/build/**",
            "/abilities/**",
            "/proficiencies/**",
            "/actions/**",
            "/spellcasting/**",
            "/combat/**",
            "/creature/**",
            "/identity/species",
            "/identity/background",
        ],
    ),
    (
        "House-rule exceptions",
        CellOwner::Dm,
        &["/overrides/**", "/adjustments/**", "/allowances/**"],
    ),
    (
        "Story, looks and voice",
        CellOwner::Player,
        &["/identity/**", "/record/**", "/notes", "/extra/**"],
    ),
];

/// Gives the owners as the game has them.
pub(crate) fn usual_owners() -> Vec<OwnerRule> {
    let rule = |name: &str, owner, pattern: &&str| OwnerRule {
        name: name.to_owned(),
        pattern: (*pattern).to_owned(),
        owner,
    };
    OWNERS
        .iter()
        .flat_map(|(name, owner, patterns)| patterns.iter().map(move |one| rule(name, *owner, one)))
        .collect()
}

/// Gives what is accepted by rule where a table said nothing else: nothing is in force, but the usual wishes are there.
pub(crate) fn usual_auto() -> Vec<AutoRule> {
    let rule = |name: &str, pattern: &str, most| AutoRule {
        name: name.to_owned(),
        pattern: pattern.to_owned(),
        most,
        active: false,
    };
    vec![
        rule(
            "Gold, up to 50 at a time",
            "/equipment/currency/gp",
            Some(50),
        ),
        rule("Silver", "/equipment/currency/sp", None),
        rule("Copper", "/equipment/currency/cp", None),
        rule("Ordinary belongings", "/equipment/inventory/**", None),
    ]
}

/// Matches paths: `*` for any one segment, `**` for any number of them, none too.
pub(crate) fn fits(pattern: &str, path: &CellPath) -> bool {
    let parts: Vec<&str> = pattern.split('/').skip(1).collect();
    let segments: Vec<&str> = path.segments().iter().map(String::as_str).collect();
    walk(&parts, &segments)
}

fn walk(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) if walk(rest, path) => true,
        (Some((&"**", _)), Some((_, below))) => walk(pattern, below),
        (Some((one, rest)), Some((segment, below))) if *one == "*" || one == segment => {
            walk(rest, below)
        }
        _ => false,
    }
}

/// Says what is wrong with a pattern; nothing if it can be used.
pub(crate) fn wrong_with(pattern: &str) -> Option<&'static str> {
    if !pattern.starts_with('/') || pattern.len() < 2 {
        return Some("A pattern begins with `/`, as in `/equipment/**`.");
    }
    if pattern.len() > MAX_PATTERN {
        return Some("A pattern has at most 200 characters.");
    }
    // Each `**` multiplies the ways to fit; two are enough for every wish.
    if pattern.split('/').filter(|part| *part == "**").count() > 2 {
        return Some("A pattern has at most two `**`.");
    }
    if pattern.split('/').skip(1).any(str::is_empty) {
        return Some("A pattern has a name, `*` or `**` between two `/`.");
    }
    None
}

/// Tells who owns a cell: the first rule that fits; what none fits is the player's.
pub(crate) fn owner_of(rules: &TableRules, path: &CellPath) -> CellOwner {
    rules
        .owners
        .iter()
        .find(|rule| fits(&rule.pattern, path))
        .map_or(CellOwner::Player, |rule| rule.owner)
}

/// Tells who owns what stands at a path, with all below: an entry as a whole is the DM's if any cell in it is.
pub(crate) fn owner_of_value(
    rules: &TableRules,
    path: &CellPath,
    value: Option<&Value>,
) -> CellOwner {
    let Some(Value::Object(map)) = value else {
        return owner_of(rules, path);
    };
    let own = owner_of(rules, path);
    map.iter()
        .map(|(key, value)| owner_of_value(rules, &path.child(key), Some(value)))
        .fold(own, stricter)
}

pub(crate) fn stricter(a: CellOwner, b: CellOwner) -> CellOwner {
    let weight = |owner| match owner {
        CellOwner::Free => 0,
        CellOwner::Player => 1,
        CellOwner::Dm => 2,
    };
    if weight(b) > weight(a) { b } else { a }
}

/// Names the rule by which a change is accepted without a verdict, if there is one.
pub(crate) fn accepting_rule(
    rules: &TableRules,
    path: &CellPath,
    before: Option<&Value>,
    after: Option<&Value>,
) -> Option<String> {
    let within = |most: Option<u32>| match most {
        None => true,
        Some(most) => {
            let number = |value: Option<&Value>| value.map_or(Some(0.0), Value::as_f64);
            match (number(before), number(after)) {
                (Some(before), Some(after)) => (after - before).abs() <= f64::from(most),
                _ => false,
            }
        }
    };
    rules
        .auto
        .iter()
        .find(|rule| rule.active && fits(&rule.pattern, path) && within(rule.most))
        .map(|rule| rule.name.clone())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(text: &str) -> CellPath {
        text.parse().unwrap()
    }

    fn usual() -> TableRules {
        TableRules {
            review: true,
            owners: usual_owners(),
            auto: usual_auto(),
        }
    }

    #[test]
    fn patterns_fit_segment_by_segment() {
        for (pattern, cell, expected) in [
            ("/notes", "/notes", true),
            ("/notes", "/notes/x", false),
            (
                "/equipment/*/*/equipped",
                "/equipment/inventory/a/equipped",
                true,
            ),
            (
                "/equipment/*/*/equipped",
                "/equipment/inventory/equipped",
                false,
            ),
            ("/levels/**", "/levels", true),
            ("/levels/**", "/levels/a/class", true),
            ("/levels/**", "/levelsx/a", false),
            ("/**/rank", "/levels/a/rank", true),
            ("/**/rank", "/rank", true),
            ("/**/rank", "/levels/a/ranks", false),
        ] {
            assert_eq!(fits(pattern, &path(cell)), expected, "{pattern} {cell}");
        }
    }

    #[test]
    fn every_section_of_the_sheet_has_an_owner() {
        let rules = usual();
        for (cell, owner) in [
            ("/combat/damage_taken", CellOwner::Free),
            ("/combat/hit_dice_used/d8", CellOwner::Free),
            ("/spellcasting/slots/1/used", CellOwner::Free),
            ("/spellcasting/slots/1/max", CellOwner::Dm),
            ("/spellcasting/spells/x/prepared", CellOwner::Free),
            ("/equipment/magical_items/x/charges/used", CellOwner::Free),
            ("/equipment/magical_items/x/name", CellOwner::Dm),
            ("/equipment/currency/gp", CellOwner::Dm),
            ("/identity/xp", CellOwner::Dm),
            ("/identity/species", CellOwner::Dm),
            ("/identity/personality/backstory", CellOwner::Player),
            ("/identity/name", CellOwner::Player),
            ("/levels/x/class", CellOwner::Dm),
            ("/overrides/~1combat~1armor_class/value", CellOwner::Dm),
            ("/notes", CellOwner::Player),
            ("/something/new", CellOwner::Player),
        ] {
            assert_eq!(owner_of(&rules, &path(cell)), owner, "{cell}");
        }
        for spec in sheet::cell_specs() {
            let known = rules
                .owners
                .iter()
                .any(|rule| fits(&rule.pattern, &path(&spec.pattern)));
            let whole = [
                "",
                "/identity",
                "/combat",
                "/equipment",
                "/record",
                "/format",
            ];
            assert!(
                known || whole.contains(&spec.pattern.as_str()),
                "{} has no owner",
                spec.pattern
            );
        }
    }

    #[test]
    fn a_new_magic_item_is_the_dms_although_its_charges_are_nobodys() {
        let item = json!({"name": "Wand", "charges": {"used": 1}});
        let at = path("/equipment/magical_items/w");
        assert_eq!(owner_of_value(&usual(), &at, Some(&item)), CellOwner::Dm);
        let condition = json!({"name": "Prone", "rank": "a"});
        let at = path("/conditions/p");
        assert_eq!(
            owner_of_value(&usual(), &at, Some(&condition)),
            CellOwner::Free
        );
    }

    #[test]
    fn a_rule_accepts_up_to_its_measure_and_only_while_in_force() {
        let mut rules = usual();
        let at = path("/equipment/currency/gp");
        let by = |rules: &TableRules, before: Option<Value>, after: Option<Value>| {
            accepting_rule(rules, &at, before.as_ref(), after.as_ref())
        };
        assert_eq!(by(&rules, Some(json!(60)), Some(json!(10))), None);
        rules.auto[0].active = true;
        assert!(by(&rules, Some(json!(60)), Some(json!(10))).is_some());
        assert!(by(&rules, Some(json!(61)), Some(json!(10))).is_none());
        assert!(by(&rules, None, Some(json!(50))).is_some());
        assert!(by(&rules, Some(json!("much")), Some(json!(50))).is_none());
    }

    #[test]
    fn patterns_that_could_take_forever_are_refused() {
        assert!(wrong_with("/a/**/b/**").is_none());
        for bad in ["", "/", "a/b", "/a//b", "/**/a/**/b/**"] {
            assert!(wrong_with(bad).is_some(), "{bad}");
        }
    }
}
