//! A sheet as a compact text: who, vitals, abilities, skills, attacks, things, spells.

use std::collections::BTreeMap;

use services::wire::SheetView;
use sheet::vocabulary::{Ability, Proficiency, SKILLS};
use sheet::{CombatSheet, CompleteSheet, Kind, Severity, Vitality};

use super::paper::Paper;
use super::table::{Column, Edge, Table};
use super::words::{self, capital, decimal, signed};
use super::{equipment, spellcasting, uses};

/// How many columns the names of entries take.
pub(crate) const NAMES: usize = 13;

/// Writes a sheet.
pub(crate) fn page(paper: &mut Paper, view: &SheetView) {
    let sheet = &view.sheet;
    head(paper, view);
    vitals(paper, sheet);
    abilities(paper, sheet);
    skills(paper, sheet);
    attacks(paper, sheet);
    uses::part(paper, &sheet.actions);
    features(paper, sheet);
    equipment::part(paper, &sheet.equipment);
    spellcasting::part(paper, &sheet.spellcasting);
    conditions(paper, sheet);
    notes(paper, sheet);
    findings(paper, view);
    foot(paper, view);
}

fn head(paper: &mut Paper, view: &SheetView) {
    let (sheet, identity, record) = (&view.sheet, &view.sheet.identity, &view.sheet.record);
    let version = format!("version {} ({})", sheet.version, words::short(&view.commit));
    paper.apart(&words::line(&record.display_name, 50), &version);
    let kind = match record.kind {
        Kind::Character => String::new(),
        other => capital(super::roster::kind(other)),
    };
    let creature = match record.kind {
        Kind::Character => String::new(),
        Kind::Npc | Kind::Monster => {
            format!(
                "{} {}",
                identity.size.name(),
                identity.creature_type.to_lowercase()
            )
        }
    };
    // Of one class the line says the level already.
    let level = if identity.class_levels.len() > 1 {
        format!("level {}", identity.level)
    } else {
        String::new()
    };
    paper.paragraph(
        0,
        &dotted(&[
            kind,
            creature,
            identity.species.clone(),
            identity.class_line.clone(),
            level,
            identity
                .challenge_rating
                .as_ref()
                .map(|cr| format!("CR {cr}"))
                .unwrap_or_default(),
            identity.background.clone(),
            identity.alignment.clone(),
        ]),
    );
    let own_name = identity.name.trim();
    let xp = match (identity.xp, identity.xp_for_next_level) {
        (0, None) => String::new(),
        (xp, None) => format!("{} XP", decimal(xp.into())),
        (xp, Some(next)) => format!("{} of {} XP", decimal(xp.into()), decimal(next.into())),
    };
    let who = match (
        record.kind,
        identity.player_name.as_str(),
        record.owner.as_str(),
    ) {
        (_, "", "") => String::new(),
        (Kind::Character, "", owner) => format!("played by {owner}"),
        (_, "", owner) => format!("run by {owner}"),
        (_, player, _) => format!("played by {player}"),
    };
    let line = dotted(&[
        if own_name == record.display_name {
            String::new()
        } else {
            own_name.to_owned()
        },
        who,
        xp,
        if identity.heroic_inspiration {
            "Heroic Inspiration".to_owned()
        } else {
            String::new()
        },
        if record.active {
            String::new()
        } else {
            "archived".to_owned()
        },
    ]);
    paper.paragraph(
        0,
        &format!(
            "`{}`{}{line}",
            record.handle,
            if line.is_empty() { "" } else { " · " }
        ),
    );
}

fn vitals(paper: &mut Paper, sheet: &CompleteSheet) {
    let (combat, statistics) = (&sheet.combat, &sheet.statistics);
    paper.heading("Vitals");
    let temporary = match combat.temporary_hp {
        0 => String::new(),
        more => format!(", {} temporary", signed(more)),
    };
    let life = match combat.life {
        Vitality::Up if combat.bloodied => ", bloodied",
        Vitality::Up => "",
        Vitality::Dying => ", dying",
        Vitality::Stable => ", stable",
        Vitality::Dead => ", dead",
    };
    paper.entry(
        "Hit points",
        NAMES,
        &format!(
            "{} of {}{temporary}{life}",
            combat.current_hp, combat.hp_maximum
        ),
    );
    paper.entry("Hit dice", NAMES, &hit_dice(combat));
    let saves = &combat.death_saves;
    if saves.successes + saves.failures > 0 {
        paper.entry(
            "Death saves",
            NAMES,
            &format!(
                "{}, {}",
                words::count(
                    saves.successes.unsigned_abs() as usize,
                    "success",
                    "successes"
                ),
                words::count(
                    saves.failures.unsigned_abs() as usize,
                    "failure",
                    "failures"
                ),
            ),
        );
    }
    paper.entry("Armor class", NAMES, &combat.armor_class.to_string());
    paper.entry("Initiative", NAMES, &signed(combat.initiative));
    paper.entry("Speed", NAMES, &speeds(combat));
    paper.entry("Proficiency", NAMES, &signed(statistics.proficiency_bonus));
    paper.entry(
        "Passive",
        NAMES,
        &format!(
            "Perception {}, Insight {}, Investigation {}",
            statistics.passive_perception,
            statistics.passive_insight,
            statistics.passive_investigation
        ),
    );
    if combat.exhaustion_level > 0 {
        let loses = format!(
            "{} ({} on D20 Tests)",
            combat.exhaustion_level,
            signed(combat.d20_penalty)
        );
        paper.entry("Exhaustion", NAMES, &loses);
    }
    paper.entry("Senses", NAMES, &senses(combat));
    for (name, list) in [
        ("Resistant", &combat.resistances),
        ("Immune", &combat.immunities),
        ("Vulnerable", &combat.vulnerabilities),
        ("Unaffected", &combat.condition_immunities),
    ] {
        paper.entry(name, NAMES, &listed(list));
    }
}

fn hit_dice(combat: &CombatSheet) -> String {
    let one = |(die, total): (&String, &i32)| {
        let left = combat.hit_dice_remaining.get(die).copied().unwrap_or(0);
        format!("{left} of {total} {die}")
    };
    combat
        .hit_dice_total
        .iter()
        .map(one)
        .collect::<Vec<_>>()
        .join(", ")
}

fn speeds(combat: &CombatSheet) -> String {
    let speeds = &combat.speeds;
    let mut said = vec![format!("{} ft", combat.speed)];
    for (name, feet) in [
        ("fly", speeds.fly),
        ("swim", speeds.swim),
        ("climb", speeds.climb),
        ("burrow", speeds.burrow),
    ] {
        if let Some(feet) = feet {
            let hover = if name == "fly" && speeds.hover {
                " (hover)"
            } else {
                ""
            };
            said.push(format!("{name} {feet} ft{hover}"));
        }
    }
    said.join(", ")
}

fn senses(combat: &CombatSheet) -> String {
    let senses = &combat.senses;
    [
        ("darkvision", senses.darkvision),
        ("blindsight", senses.blindsight),
        ("tremorsense", senses.tremorsense),
        ("truesight", senses.truesight),
    ]
    .iter()
    .filter_map(|(name, feet)| Some(format!("{name} {} ft", (*feet)?)))
    .collect::<Vec<_>>()
    .join(", ")
}

/// Marks how well something is trained.
fn mark(proficiency: Proficiency) -> &'static str {
    match proficiency {
        Proficiency::None => " ",
        Proficiency::Half => "◐",
        Proficiency::Proficient => "●",
        Proficiency::Expertise => "◆",
    }
}

fn abilities(paper: &mut Paper, sheet: &CompleteSheet) {
    let statistics = &sheet.statistics;
    paper.heading("Abilities");
    let column = |name: &'static str| -> Column { (name, Edge::Right, 6) };
    let mut table = Table::of(&[
        ("", Edge::Left, NAMES),
        column("Str"),
        column("Dex"),
        column("Con"),
        column("Int"),
        column("Wis"),
        column("Cha"),
    ]);
    let mut row = |name: &str, cell: &dyn Fn(Ability) -> String| {
        let [a, b, c, d, e, f] = Ability::ALL.map(cell);
        table.row([name.to_owned(), a, b, c, d, e, f]);
    };
    row("Score", &|ability| {
        statistics.ability_scores.of(ability).to_string()
    });
    row("Modifier", &|ability| {
        signed(statistics.ability_modifiers.of(ability))
    });
    row("Saving throw", &|ability| {
        let trained = statistics.saving_throw_proficiencies.contains(&ability);
        let save = signed(statistics.saving_throws.of(ability));
        if trained {
            format!("{} {save}", mark(Proficiency::Proficient))
        } else {
            save
        }
    });
    table.write(paper, 2);
}

fn skills(paper: &mut Paper, sheet: &CompleteSheet) {
    let statistics = &sheet.statistics;
    paper.heading("Skills");
    let trained = |key: &str| {
        statistics
            .skill_proficiencies
            .get(key)
            .copied()
            .unwrap_or(Proficiency::None)
    };
    let side = [
        ("", Edge::Left, 1),
        ("", Edge::Left, 16),
        ("", Edge::Right, 5),
    ];
    let mut table = Table::of(&[side, side, side].concat());
    for n in 0..SKILLS.len() / 3 {
        let cells = |column: usize| {
            let skill = SKILLS[column * SKILLS.len() / 3 + n];
            let bonus = statistics.skills.get(skill.key).copied().unwrap_or(0);
            // A sign that takes room keeps the columns of the marks, which may all be empty.
            [
                mark(trained(skill.key)).replace(' ', "·"),
                skill.name.to_owned(),
                signed(bonus),
            ]
        };
        let ([a, b, c], [d, e, f], [g, h, i]) = (cells(0), cells(1), cells(2));
        table.row([a, b, c, d, e, f, g, h, i]);
    }
    table.write(paper, 2);
    let marks: Vec<String> = [
        Proficiency::Half,
        Proficiency::Proficient,
        Proficiency::Expertise,
    ]
    .into_iter()
    .filter(|how| SKILLS.iter().any(|skill| trained(skill.key) == *how))
    .map(|how| format!("{} {}", mark(how), words::variant(&how)))
    .collect();
    if !marks.is_empty() {
        paper.dim(format_args!("  {}", marks.join("  ")));
    }
    paper.entry("Languages", NAMES, &listed(&statistics.languages));
    paper.entry(
        "Trained in",
        NAMES,
        &listed(&statistics.other_proficiencies),
    );
}

fn attacks(paper: &mut Paper, sheet: &CompleteSheet) {
    let actions = &sheet.actions;
    if actions.weapons.is_empty() {
        return;
    }
    paper.heading("Attacks");
    let mut table = Table::of(&[
        ("", Edge::Left, 24),
        ("To hit", Edge::Right, 6),
        ("Damage", Edge::Left, 40),
        ("Range", Edge::Left, 14),
        ("Mastery", Edge::Left, 10),
    ]);
    for weapon in &actions.weapons {
        let mut damage = [weapon.damage.as_str(), weapon.damage_type.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
            .replace('-', "−");
        if !weapon.versatile_damage.is_empty() {
            damage.push_str(&format!(
                ", two-handed {}",
                weapon.versatile_damage.replace('-', "−")
            ));
        }
        if !weapon.extra_damage.is_empty() {
            damage.push_str(&format!(", {}", weapon.extra_damage));
        }
        table.row([
            weapon.name.clone(),
            signed(weapon.attack_bonus),
            damage,
            weapon.range.clone(),
            weapon.mastery.clone(),
        ]);
    }
    table.write(paper, 2);
}

fn features(paper: &mut Paper, sheet: &CompleteSheet) {
    let actions = &sheet.actions;
    if actions.features.is_empty() && actions.traits.is_empty() {
        return;
    }
    paper.heading("Features and traits");
    let features = actions.features.iter().map(|feature| match &feature.uses {
        None => feature.name.clone(),
        Some(uses) => {
            let back = words::variant(&uses.recovery);
            let back = if back == "none" {
                String::new()
            } else {
                format!(", {back}")
            };
            format!("{} ({} of {}{back})", feature.name, uses.current, uses.max)
        }
    });
    paper.entry("Features", NAMES, &listed(&features.collect::<Vec<_>>()));
    let traits: Vec<String> = actions.traits.iter().map(|one| one.name.clone()).collect();
    paper.entry("Traits", NAMES, &listed(&traits));
}

fn conditions(paper: &mut Paper, sheet: &CompleteSheet) {
    if sheet.conditions.is_empty() {
        return;
    }
    paper.heading("Conditions");
    for condition in &sheet.conditions {
        let level = condition
            .level
            .map(|level| format!("level {level}"))
            .unwrap_or_default();
        let about = [
            &level,
            &condition.source,
            &condition.duration,
            &condition.notes,
        ];
        let about: Vec<String> = about
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect();
        let name = words::line(&condition.name, 40);
        let said = if about.is_empty() {
            name
        } else {
            format!("{name}: {}", listed(&about))
        };
        paper.paragraph(2, &said);
    }
}

fn notes(paper: &mut Paper, sheet: &CompleteSheet) {
    if sheet.notes.trim().is_empty() {
        return;
    }
    paper.heading("Notes");
    for paragraph in words::paragraphs(sheet.notes.trim()) {
        paper.paragraph(2, &paragraph);
    }
}

/// Writes what does not add up.
pub(crate) fn findings(paper: &mut Paper, view: &SheetView) {
    if view.findings.is_empty() && view.allowed.is_empty() {
        return;
    }
    paper.heading("To look at");
    for finding in view.findings.iter() {
        let name = match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        let said = format!(
            "{} ({})",
            words::flat(&finding.message),
            words::flat(&finding.cell)
        );
        paper.entry(name, NAMES, &capital(&said));
    }
    for one in &view.allowed {
        let said = format!(
            "{} ({}: {})",
            words::flat(&one.finding.message),
            words::line(&one.allowance.by, 30),
            words::flat(&one.allowance.reason)
        );
        paper.entry("allowed", NAMES, &capital(&said));
    }
}

fn foot(paper: &mut Paper, view: &SheetView) {
    paper.gap();
    let time = words::stamp(&view.sheet.last_updated);
    match view.sheet.audit_trail.first() {
        Some(last) => {
            let who = words::line(&last.author, 30);
            paper.dim(format_args!(
                "Changed {time} by {who}: {}",
                words::line(&last.detail, 60)
            ));
        }
        None => paper.dim(format_args!("Changed {time}")),
    }
}

/// Sets the texts that say something side by side with a dot between them.
fn dotted(texts: &[String]) -> String {
    let said: Vec<String> = texts
        .iter()
        .map(|text| words::flat(text.trim()))
        .filter(|text| !text.is_empty())
        .collect();
    said.join(" · ")
}

/// Sets texts side by side with a comma between them.
pub(crate) fn listed(texts: &[String]) -> String {
    texts
        .iter()
        .map(|text| words::line(text, 200))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Finds things by the id of what they lie in.
pub(crate) type Names<'a> = BTreeMap<&'a str, &'a str>;
