//! Spellcasting: save DC and attack of each casting class, slots, prepared spells.

use std::collections::BTreeMap;
use std::sync::Arc;

use sheet::source::{Caster, Spell};
use sheet::vocabulary::Ability;
use sheet::{CasterEntry, PactLeft, Severity, SlotsLeft, SpellEntry, SpellcastingSheet};

use crate::content::{self, Target};
use crate::desk::{Desk, Sum, name_or};
use crate::grant::SpellPower;
use crate::kept::Kept;
use crate::spell_rolls::{self, Rolls};

pub(crate) fn derive(desk: &mut Desk<'_>) -> SpellcastingSheet {
    let casting = &desk.source.spellcasting;
    let casters = casting.casters.ordered();
    let mut spells: Vec<(&str, &Spell)> = casting.spells.iter().collect();
    // Within a level in the order a person gave; stable, and already ordered by id.
    spells.sort_by(|(_, a), (_, b)| a.level.cmp(&b.level).then_with(|| a.rank.cmp(&b.rank)));

    let first = casters.first().map_or("", |(id, _)| *id);
    let mut by_caster: BTreeMap<&str, Vec<(&str, &Spell)>> = BTreeMap::new();
    for (id, spell) in &spells {
        let named = spell
            .caster
            .as_deref()
            .filter(|id| casting.casters.get(id).is_some());
        by_caster
            .entry(named.unwrap_or(first))
            .or_default()
            .push((id, spell));
    }
    let mut kept = Kept::new(
        desk.earlier,
        |source| &source.spellcasting.spells,
        |sheet| {
            let casters = sheet.spellcasting.casters.iter();
            casters.flat_map(|caster| &caster.spells).collect()
        },
    );
    let mut shown: Vec<CasterEntry> = casters
        .iter()
        .map(|(id, caster)| {
            let spells = by_caster.remove(id).unwrap_or_default();
            show_caster(desk, &mut kept, id, caster, &spells)
        })
        .collect();
    // Spells without any casting class still are shown.
    if let Some(spells) = by_caster.remove("") {
        let caster = Caster::default();
        shown.push(show_caster(desk, &mut kept, "", &caster, &spells));
    }
    let main = shown.first();
    let ready = |spell: &Spell| spell.level == 0 || spell.prepared || spell.always_prepared;
    let pact = &casting.pact;
    SpellcastingSheet {
        spellcasting_ability: main.and_then(|caster| caster.spellcasting_ability),
        spell_save_dc: main.and_then(|caster| caster.spell_save_dc),
        spell_attack_bonus: main.and_then(|caster| caster.spell_attack_bonus),
        spell_slots: casting
            .slots
            .iter()
            .map(|(level, slots)| (level, slots, slots.max.saturating_add(slots.created.max(0))))
            .filter(|(.., max)| *max > 0)
            .map(|(level, slots, max)| {
                let left = SlotsLeft {
                    max,
                    current: left(max, slots.used),
                    created: slots.created.max(0),
                };
                (level.clone(), left)
            })
            .collect(),
        spells_known: spells.iter().map(|(_, spell)| spell.name.clone()).collect(),
        spells_prepared: spells
            .iter()
            .filter(|(_, spell)| ready(spell))
            .map(|(_, spell)| spell.name.clone())
            .collect(),
        pact_slots: (pact.max > 0 && pact.level > 0).then(|| PactLeft {
            level: pact.level,
            max: pact.max,
            current: left(pact.max, pact.used),
        }),
        casters: shown,
    }
}

fn left(max: i32, used: i32) -> i32 {
    max.saturating_sub(used.max(0)).max(0)
}

fn show_caster(
    desk: &mut Desk<'_>,
    kept: &mut Kept<'_, Spell, SpellEntry>,
    id: &str,
    caster: &Caster,
    spells: &[(&str, &Spell)],
) -> CasterEntry {
    let counts = |spell: &Spell| spell.level > 0 && spell.prepared && !spell.always_prepared;
    let prepared = spells.iter().filter(|(_, spell)| counts(spell)).count();
    let prepared = i32::try_from(prepared).unwrap_or(i32::MAX);
    if let Some(limit) = caster.prepared_limit
        && prepared > limit
    {
        let class = name_or(&caster.class, "This class");
        desk.find(
            Severity::Warning,
            format!("/spellcasting/casters/{id}/prepared_limit"),
            format!("{class} has {prepared} spells prepared; {limit} are allowed."),
            "Take some back, or raise the limit.",
        );
    }
    let built = desk.source.build.is_active();
    CasterEntry {
        id: id.to_owned(),
        class: caster.class.clone(),
        spellcasting_ability: caster.ability,
        spell_save_dc: caster
            .ability
            .map(|ability| save_dc(desk, id, caster, ability)),
        spell_attack_bonus: caster
            .ability
            .map(|ability| attack(desk, id, caster, ability)),
        prepared_limit: caster.prepared_limit,
        prepared_count: prepared,
        cantrip_limit: desk.granted.cantrips.get(id).copied(),
        spells: spells
            .iter()
            .map(|(id, spell)| {
                let granted = desk.granted;
                let power = granted.spells.get(*id);
                let rolls = power.map_or_else(Rolls::default, |power| {
                    spell_rolls::derive(desk, id, power, caster.ability)
                });
                // What a spell rolls follows from the whole character, not from what is written of the spell.
                let fits =
                    |entry: &SpellEntry| entry.known == power.is_some() && entry.rolls == rolls.all;
                let same = kept.same(id, spell, fits);
                same.unwrap_or_else(|| Arc::new(show_spell(id, spell, power, rolls, built)))
            })
            .collect(),
        notes: caster.notes.clone(),
    }
}

/// Works out the save DC: 8, the ability's modifier and the proficiency bonus.
fn save_dc(desk: &mut Desk<'_>, id: &str, caster: &Caster, ability: Ability) -> i32 {
    let mut sum = Sum::default();
    sum.add("Base", 8, "", None);
    desk.ability_term(&mut sum, ability);
    desk.proficiency_term(&mut sum, desk.proficiency_bonus, "Proficiency", "");
    let cell = Some(format!("/spellcasting/casters/{id}/bonus_to_dc"));
    sum.add_some("Bonus", caster.bonus_to_dc, "", cell);
    desk.item_terms(&mut sum, "spell_save_dc", |bonuses| bonuses.spell_save_dc);
    desk.given_terms_of(&caster.class, &mut sum, |target| target == Target::SpellDc);
    desk.close(format!("/spellcasting/casters/{id}/spell_save_dc"), sum)
}

fn attack(desk: &mut Desk<'_>, id: &str, caster: &Caster, ability: Ability) -> i32 {
    let mut sum = Sum::default();
    desk.ability_term(&mut sum, ability);
    desk.proficiency_term(&mut sum, desk.proficiency_bonus, "Proficiency", "");
    let cell = Some(format!("/spellcasting/casters/{id}/bonus_to_attack"));
    sum.add_some("Bonus", caster.bonus_to_attack, "", cell);
    desk.item_terms(&mut sum, "spell_attack", |bonuses| bonuses.spell_attack);
    desk.given_terms_of(&caster.class, &mut sum, |target| {
        target == Target::SpellAttack
    });
    desk.exhaustion_term(&mut sum);
    desk.close(
        format!("/spellcasting/casters/{id}/spell_attack_bonus"),
        sum,
    )
}

/// Shows a spell; what the sheet of a built character does not say itself is filled in from content.
fn show_spell(
    id: &str,
    spell: &Spell,
    power: Option<&SpellPower>,
    rolls: Rolls,
    built: bool,
) -> SpellEntry {
    let of = power.map(|power| &*power.spell);
    let filled = of.filter(|_| built);
    let or = |own: &String, fill: fn(&content::Spell) -> &String| {
        let fill = filled.filter(|_| own.is_empty()).map(fill);
        fill.unwrap_or(own).clone()
    };
    let mut description = or(&spell.description, |of| &of.text);
    if let Some(of) = filled.filter(|of| spell.description.is_empty() && !of.higher.is_empty()) {
        description.push_str("\n\n");
        description.push_str(&of.higher);
    }
    SpellEntry {
        known: of.is_some(),
        attack: of.and_then(|of| of.attack.clone()).unwrap_or_default(),
        saves: of.map_or(Vec::new(), |of| of.saves.clone()),
        rolls: rolls.all,
        damage: rolls.damage,
        damage_bonus: rolls.damage_bonus,
        healing: rolls.healing,
        healing_bonus: rolls.healing_bonus,
        id: id.to_owned(),
        name: spell.name.clone(),
        level: spell.level,
        school: or(&spell.school, |of| &of.school),
        prepared: spell.prepared,
        always_prepared: spell.always_prepared,
        ritual: spell.ritual || filled.is_some_and(|of| of.ritual),
        concentration: spell.concentration || filled.is_some_and(|of| of.concentration),
        casting_time: or(&spell.casting_time, |of| &of.time),
        range: or(&spell.range, |of| &of.range),
        components: or(&spell.components, |of| &of.components),
        duration: or(&spell.duration, |of| &of.duration),
        description,
        notes: spell.notes.clone(),
    }
}
