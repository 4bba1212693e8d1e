/** A sketch of the rules for the demo host: close enough to see every part of a sheet move. The real ones are the backend's. */
import type {
  Ability,
  CompleteSheet,
  Finding,
  ItemEntry,
  MagicItemEntry,
  Source,
  Stat,
  Term,
} from '~/features/sheet/model';
import { members, ordered } from '~/features/sheet/keyed';
import { buildFindings, cantripLimit, choicesOf, grown } from './build-rules';
import { featureUses, ridersOf } from './sheet-uses';
import { vocabulary } from './sheet-vocabulary';
import { slotsLeft, spellRolls } from './spell-rolls';
import { exchangesOf } from './table-convert';
import { lifeOf } from './table-death';
import { usesOf } from './table-supply';

export const ABILITIES: Ability[] = [
  'strength',
  'dexterity',
  'constitution',
  'intelligence',
  'wisdom',
  'charisma',
];
const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export interface Derived {
  sheet: CompleteSheet;
  stats: Record<string, Stat>;
  findings: Finding[];
}

export function derive(given: Source): Derived {
  const source = grown(given);
  const stats: Record<string, Stat> = {};
  const findings: Finding[] = [];
  const term = (label: string, value: number, source_cell: string | null = null, detail = ''): Term => ({
    label,
    value,
    detail,
    source_cell,
  });
  const put = (cell: string, terms: Term[], extra: Partial<Stat> = {}): number => {
    const adjusted = ordered(source.adjustments)
      .filter(({ thing }) => thing.cell === cell && thing.active)
      .map(({ id, thing }) => term(thing.source || 'Adjustment', thing.amount, `/adjustments/${id}`));
    const all = [...terms, ...adjusted];
    const computed = all.reduce((sum, part) => sum + part.value, 0);
    const override = source.overrides[cell];
    stats[cell] = {
      value: override?.value ?? computed,
      terms: all,
      computed: override ? computed : null,
      override_note: override?.note ?? null,
      alternatives: [],
      notes: [],
      ...extra,
    };
    return override?.value ?? computed;
  };
  const levels = ordered(source.levels);
  const level = levels.length;
  const classes: Record<string, number> = {};
  for (const { thing } of levels) classes[thing.class] = (classes[thing.class] ?? 0) + 1;
  const cr = source.creature.challenge_rating;
  const bonus = put('/statistics/proficiency_bonus', [
    level > 0 || cr === null
      ? term(`Level ${level}`, 2 + Math.floor(Math.max(0, level - 1) / 4), '/levels')
      : term(
          `Challenge rating ${cr}`,
          2 + Math.floor(Math.max(0, (Number(cr) || 0) - 1) / 4),
          '/creature/challenge_rating',
        ),
  ]);
  const six = (make: (ability: Ability) => number) =>
    Object.fromEntries(ABILITIES.map((ability) => [ability, make(ability)])) as Record<Ability, number>;
  const scores = six((ability) =>
    put(`/statistics/ability_scores/${ability}`, [
      term('Score', source.abilities.scores[ability], `/abilities/scores/${ability}`),
      ...ordered(source.abilities.increases)
        .filter(({ thing }) => thing.ability === ability)
        .map(({ id, thing }) => term(thing.source || 'Increase', thing.amount, `/abilities/increases/${id}`)),
    ]),
  );
  const mods = six((ability) =>
    put(`/statistics/ability_modifiers/${ability}`, [
      term(
        `${title(ability)} ${scores[ability]}`,
        Math.floor((scores[ability] - 10) / 2),
        `/statistics/ability_scores/${ability}`,
      ),
    ]),
  );
  const magic = ordered(source.equipment.magical_items).filter(({ thing }) =>
    thing.requires_attunement ? thing.attuned : thing.equipped,
  );
  const fromMagic = (
    key: 'armor_class' | 'saving_throws' | 'initiative' | 'spell_attack' | 'spell_save_dc',
  ) =>
    magic
      .filter(({ thing }) => thing.bonuses[key] !== 0)
      .map(({ id, thing }) =>
        term(
          thing.name,
          thing.bonuses[key],
          `/equipment/magical_items/${id}`,
          thing.requires_attunement ? 'attuned' : '',
        ),
      );
  const saves = six((ability) =>
    put(`/statistics/saving_throws/${ability}`, [
      term(title(ability), mods[ability], `/statistics/ability_modifiers/${ability}`),
      ...(source.proficiencies.saving_throws[ability]
        ? [term('Proficiency', bonus, '/statistics/proficiency_bonus')]
        : []),
      ...fromMagic('saving_throws'),
    ]),
  );
  const factor = { none: 0, half: 0.5, proficient: 1, expertise: 2 };
  const skills: Record<string, number> = {};
  for (const { key, ability } of vocabulary.skills) {
    const trained = source.proficiencies.skills[key] ?? 'none';
    const part = Math.floor(bonus * factor[trained]);
    skills[key] = put(`/statistics/skills/${key}`, [
      term(title(ability), mods[ability], `/statistics/ability_modifiers/${ability}`),
      ...(part ? [term(title(trained), part, '/statistics/proficiency_bonus')] : []),
    ]);
  }
  const passive = (key: string) =>
    put(`/statistics/passive_${key}`, [
      term('Base', 10),
      term(title(key), skills[key] ?? 0, `/statistics/skills/${key}`),
    ]);
  const [perception, insight, investigation] = [
    passive('perception'),
    passive('insight'),
    passive('investigation'),
  ];
  const die = (thing: { class: string; hit_die: number | null }) =>
    thing.hit_die ?? vocabulary.classes.find(({ name }) => name === thing.class)?.hit_die ?? 8;
  const dice: Record<string, number> = { ...source.creature.hit_dice } as Record<string, number>;
  const fixed = Object.entries(dice).reduce(
    (sum, [name, count]) => sum + Math.floor((count * (Number(name.slice(1)) + 1)) / 2),
    0,
  );
  const bodies = Object.values(dice).reduce((sum, count) => sum + count, 0) + level;
  for (const { thing } of levels) dice[`d${die(thing)}`] = (dice[`d${die(thing)}`] ?? 0) + 1;
  const maximum = put('/combat/hp_maximum', [
    ...(fixed ? [term('Hit dice', fixed, '/creature/hit_dice')] : []),
    ...levels.map(({ id, thing }, index) =>
      term(
        `${thing.class || 'Level'} ${index + 1}`,
        index === 0 ? die(thing) : (thing.hit_points ?? die(thing) / 2 + 1),
        `/levels/${id}`,
      ),
    ),
    term(
      'Constitution',
      mods.constitution * bodies,
      '/statistics/ability_modifiers/constitution',
      `${mods.constitution} for each of ${bodies}`,
    ),
    ...(source.combat.hp_maximum_bonus
      ? [term('Bonus', source.combat.hp_maximum_bonus, '/combat/hp_maximum_bonus')]
      : []),
  ]);
  const worn = ordered(source.equipment.inventory).find(
    ({ thing }) => thing.equipped && thing.armor && thing.armor.category !== 'shield',
  );
  const formula = ordered(source.combat.armor_formulas)[0];
  const armorClass = put(
    '/combat/armor_class',
    worn?.thing.armor
      ? [
          term(
            worn.thing.name,
            worn.thing.armor.base + worn.thing.armor.bonus,
            `/equipment/inventory/${worn.id}`,
          ),
          ...(worn.thing.armor.category === 'heavy'
            ? []
            : [
                term(
                  'Dexterity',
                  Math.min(mods.dexterity, worn.thing.armor.category === 'medium' ? 2 : 99),
                  '/statistics/ability_modifiers/dexterity',
                  'no cap in light armor',
                ),
              ]),
          ...fromMagic('armor_class'),
        ]
      : [
          term(
            formula?.thing.name || 'Unarmored',
            formula?.thing.base ?? 10,
            formula ? `/combat/armor_formulas/${formula.id}` : null,
          ),
          ...(!formula || formula.thing.abilities.dexterity
            ? [term('Dexterity', mods.dexterity, '/statistics/ability_modifiers/dexterity')]
            : []),
          ...fromMagic('armor_class'),
        ],
    worn
      ? {
          alternatives: [
            { label: 'Unarmored', value: 10 + mods.dexterity, detail: `10 + ${mods.dexterity}` },
          ],
        }
      : {},
  );
  const initiative = put('/combat/initiative', [
    term('Dexterity', mods.dexterity, '/statistics/ability_modifiers/dexterity'),
    ...fromMagic('initiative'),
  ]);
  const exhaustion = source.combat.exhaustion;
  const speed = put('/combat/speed', [
    term('Walking', source.combat.speeds.walk, '/combat/speeds/walk'),
    ...(exhaustion ? [term('Exhaustion', -5 * exhaustion, '/combat/exhaustion')] : []),
  ]);
  for (const way of ['fly', 'swim', 'climb', 'burrow'] as const)
    if (source.combat.speeds[way] !== null)
      put(`/combat/${way}_speed`, [term(title(way), source.combat.speeds[way], `/combat/speeds/${way}`)]);
  put('/combat/current_hp', [
    term('Maximum', maximum, '/combat/hp_maximum'),
    term('Damage taken', -Math.min(maximum, source.combat.damage_taken), '/combat/damage_taken'),
  ]);
  const riders = ridersOf(source);
  const weapons = ordered(source.actions.weapons).map(({ id, thing }) => {
    const ability: Ability =
      thing.ability ?? (thing.ranged || thing.properties.finesse ? 'dexterity' : 'strength');
    const attack_bonus = put(`/actions/weapons/${id}/attack_bonus`, [
      term(title(ability), mods[ability], `/statistics/ability_modifiers/${ability}`),
      ...(thing.proficient ? [term('Proficiency', bonus, '/statistics/proficiency_bonus')] : []),
      ...(thing.bonus_to_attack
        ? [term('Bonus', thing.bonus_to_attack, `/actions/weapons/${id}/bonus_to_attack`)]
        : []),
    ]);
    const damage_bonus = put(`/actions/weapons/${id}/damage_bonus`, [
      ...(thing.ability_to_damage
        ? [term(title(ability), mods[ability], `/statistics/ability_modifiers/${ability}`)]
        : []),
      ...(thing.bonus_to_damage
        ? [term('Bonus', thing.bonus_to_damage, `/actions/weapons/${id}/bonus_to_damage`)]
        : []),
    ]);
    const rolled = (text: string) =>
      text === ''
        ? ''
        : damage_bonus === 0
          ? text
          : `${text}${damage_bonus > 0 ? '+' : '−'}${Math.abs(damage_bonus)}`;
    const range = thing.range_ft
      ? `${thing.range_ft}${thing.long_range_ft ? `/${thing.long_range_ft}` : ''} ft`
      : thing.reach_ft
        ? `${thing.reach_ft} ft`
        : '';
    return {
      ...thing,
      id,
      ability,
      attack_bonus,
      damage_bonus,
      damage: rolled(thing.damage),
      versatile_damage: rolled(thing.versatile),
      range,
      properties: members(thing.properties),
      riders,
    };
  });
  const spells = ordered(source.spellcasting.spells);
  const casterList = ordered(source.spellcasting.casters);
  const casters = casterList.map(({ id, thing }, index) => {
    const mod = thing.ability ? mods[thing.ability] : 0;
    const own = spells.filter(
      ({ thing: spell }) =>
        (spell.caster ?? casterList[0]?.id) === id ||
        (index === 0 && spell.caster !== null && !(spell.caster in source.spellcasting.casters)),
    );
    const dc = put(`/spellcasting/casters/${id}/spell_save_dc`, [
      term('Base', 8),
      term('Proficiency', bonus, '/statistics/proficiency_bonus'),
      term(title(thing.ability ?? 'none'), mod),
      ...(thing.bonus_to_dc ? [term('Bonus', thing.bonus_to_dc)] : []),
      ...fromMagic('spell_save_dc'),
    ]);
    const attack = put(`/spellcasting/casters/${id}/spell_attack_bonus`, [
      term('Proficiency', bonus, '/statistics/proficiency_bonus'),
      term(title(thing.ability ?? 'none'), mod),
      ...(thing.bonus_to_attack ? [term('Bonus', thing.bonus_to_attack)] : []),
      ...fromMagic('spell_attack'),
    ]);
    return {
      id,
      class: thing.class,
      spellcasting_ability: thing.ability,
      spell_save_dc: dc,
      spell_attack_bonus: attack,
      prepared_limit: thing.prepared_limit,
      cantrip_limit: cantripLimit(given, thing.class),
      prepared_count: own.filter(
        ({ thing: spell }) => spell.prepared && !spell.always_prepared && spell.level > 0,
      ).length,
      spells: own
        .map(({ id: spell, thing: what }) => {
          const known = spellRolls(spell, what, mod, source);
          for (const { bonus_cell } of known.rolls ?? [])
            if (bonus_cell !== null) put(bonus_cell, [term(title(thing.ability ?? 'none'), mod)]);
          return { ...what, ...known, id: spell };
        })
        .sort((a, b) => a.level - b.level),
      notes: thing.notes,
    };
  });
  for (const caster of casters)
    if (caster.prepared_limit !== null && caster.prepared_count > caster.prepared_limit)
      findings.push({
        cell: `/spellcasting/casters/${caster.id}/prepared_limit`,
        severity: 'warning',
        message: `${caster.class} has ${caster.prepared_count} spells prepared; ${caster.prepared_limit} are allowed.`,
        hint: 'Unprepare some, or raise the limit.',
      });
  const carried = [...ordered(source.equipment.inventory), ...ordered(source.equipment.magical_items)];
  const contents = (id: string) =>
    carried
      .filter(({ thing }) => thing.container === id)
      .reduce((sum, { thing }) => sum + thing.quantity * thing.weight_lb, 0);
  const coins = Object.values(source.equipment.currency).reduce((sum, count) => sum + count, 0);
  const load =
    Math.round(
      (carried.reduce((sum, { thing }) => sum + thing.quantity * thing.weight_lb, 0) + coins / 50) * 100,
    ) / 100;
  put('/equipment/current_load', [
    term('Things', Math.round((load - coins / 50) * 100) / 100, '/equipment/inventory'),
    term('Coins', coins / 50, '/equipment/currency'),
  ]);
  const capacity = put('/equipment/carrying_capacity', [
    term(`Strength ${scores.strength} × 15`, scores.strength * 15, '/statistics/ability_scores/strength'),
  ]);
  put('/equipment/attunement_limit', [term('Everybody', 3)]);
  const attuned = carried.filter(({ thing }) => thing.attuned).length;
  if (attuned > 3)
    findings.push({
      cell: '/equipment/magical_items',
      severity: 'warning',
      message: `Attuned to ${attuned} items; three are allowed.`,
      hint: 'End an attunement.',
    });
  if (level === 0 && source.record.kind === 'character')
    findings.push({
      cell: '/levels',
      severity: 'note',
      message: 'No level was taken yet.',
      hint: 'Add the first under Character, Levels.',
    });
  if (source.identity.species === '' && source.record.kind === 'character')
    findings.push({
      cell: '/identity/species',
      severity: 'note',
      message: 'No species is written down.',
      hint: 'Choose one under Character.',
    });
  findings.push(...buildFindings(given));
  const entry = <T extends { quantity: number; weight_lb: number }>(id: string, thing: T) => ({
    ...thing,
    id,
    total_weight_lb: thing.quantity * thing.weight_lb,
    contents_lb: contents(id),
  });
  const used = (count: number, spent: number) => Math.max(0, count - spent);
  const { identity, creature, combat } = source;
  const classLine = Object.entries(classes)
    .filter(([name]) => name !== '')
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
  const trained = Object.fromEntries(
    vocabulary.skills.map(({ key }) => [key, source.proficiencies.skills[key] ?? 'none']),
  ) as CompleteSheet['statistics']['skill_proficiencies'];
  const current = Math.max(0, maximum - combat.damage_taken);
  const sheet: CompleteSheet = {
    identity: {
      ...identity,
      class_levels: classes,
      level,
      class_line: classLine,
      subclasses: {},
      size: creature.size,
      creature_type: creature.type,
      challenge_rating: cr,
      xp_for_next_level: level > 0 ? (vocabulary.xp_thresholds[level] ?? null) : null,
    },
    statistics: {
      ability_scores: scores,
      ability_modifiers: mods,
      proficiency_bonus: bonus,
      saving_throws: saves,
      skills,
      passive_perception: perception,
      other_proficiencies: ordered(source.proficiencies.training).map(({ thing }) => thing.name),
      languages: members(source.proficiencies.languages),
      passive_insight: insight,
      passive_investigation: investigation,
      saving_throw_proficiencies: ABILITIES.filter((ability) => source.proficiencies.saving_throws[ability]),
      skill_proficiencies: trained,
      training: ordered(source.proficiencies.training).map(({ id, thing }) => ({
        id,
        name: thing.name,
        kind: thing.kind,
        source: thing.source,
      })),
    },
    combat: {
      armor_class: armorClass,
      initiative,
      speed,
      hp_maximum: maximum,
      current_hp: current,
      temporary_hp: combat.temporary_hp,
      hit_dice_total: dice,
      hit_dice_remaining: Object.fromEntries(
        Object.entries(dice).map(([name, count]) => [name, used(count, combat.hit_dice_used[name] ?? 0)]),
      ),
      death_saves: combat.death_saves,
      life: lifeOf(source, current, maximum),
      exhaustion_level: exhaustion,
      speeds: { ...combat.speeds, walk: speed },
      senses: combat.senses,
      resistances: members(combat.defenses.resistances),
      immunities: members(combat.defenses.immunities),
      vulnerabilities: members(combat.defenses.vulnerabilities),
      condition_immunities: members(combat.defenses.condition_immunities),
      bloodied: current * 2 <= maximum,
      d20_penalty: -2 * exhaustion,
      concentration: combat.concentration,
    },
    actions: {
      weapons,
      exchanges: exchangesOf(source),
      weapon_masteries: members(source.actions.weapon_masteries),
      features: ordered(source.actions.features).map(({ id, thing }) => ({
        ...thing,
        id,
        uses: usesOf(id, thing.uses),
      })),
      traits: ordered(source.actions.traits).map(({ id, thing }) => ({ ...thing, id })),
      attacks_per_action: 1,
      critical_from: 20,
      uses: featureUses(source, mods.wisdom, bonus, put),
    },
    equipment: {
      inventory: ordered(source.equipment.inventory).map(({ id, thing }): ItemEntry => entry(id, thing)),
      currency: source.equipment.currency,
      magical_items: ordered(source.equipment.magical_items).map(({ id, thing }): MagicItemEntry => ({
        ...entry(id, thing),
        working: thing.requires_attunement ? thing.attuned : thing.equipped,
        charges:
          thing.charges.max > 0
            ? {
                max: thing.charges.max,
                current: used(thing.charges.max, thing.charges.used),
                recharge: thing.charges.recharge,
              }
            : null,
      })),
      carrying_capacity: capacity,
      current_load: load,
      attuned_count: attuned,
      wealth_cp: 0,
    },
    spellcasting: {
      spellcasting_ability: casters[0]?.spellcasting_ability ?? null,
      spell_save_dc: casters[0]?.spell_save_dc ?? null,
      spell_attack_bonus: casters[0]?.spell_attack_bonus ?? null,
      spell_slots: Object.fromEntries(
        Object.entries(source.spellcasting.slots).map(([name, slot]) => [name, slotsLeft(slot)]),
      ),
      spells_known: spells.map(({ thing }) => thing.name),
      spells_prepared: spells
        .filter(({ thing }) => thing.prepared || thing.always_prepared)
        .map(({ thing }) => thing.name),
      pact_slots:
        source.spellcasting.pact.max > 0
          ? {
              level: source.spellcasting.pact.level,
              max: source.spellcasting.pact.max,
              current: used(source.spellcasting.pact.max, source.spellcasting.pact.used),
            }
          : null,
      casters,
    },
    conditions: ordered(source.conditions).map(({ id, thing }) => ({ ...thing, id })),
    notes: source.notes,
    version: 1,
    last_updated: '',
    audit_trail: [],
    record: source.record,
    built: Object.keys(source.build.packs).length > 0,
    choices: choicesOf(given),
  };
  return { sheet, stats, findings };
}
