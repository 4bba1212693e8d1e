/** Sources of the demo host's characters: one written out in full, the others sketched, and one far too large. */
import {
  blankAdjustment,
  blankCaster,
  blankCondition,
  blankFeature,
  blankFormula,
  blankItem,
  blankLevel,
  blankMagicItem,
  blankSpell,
  blankTraining,
  blankTrait,
  blankWeapon,
} from '~/features/sheet/blanks';
import type { CharacterRow, Source } from '~/features/sheet/model';
import sorrel from './sorrel.json';

export function emptySource(): Source {
  return {
    format: 'forkbeard.character/1',
    record: {
      handle: '',
      display_name: '',
      kind: 'character',
      owner: '',
      active: true,
      avatar: null,
      persona: {
        personality: '',
        system_prompt: '',
        traits: {},
        voice: { name: '', language: '', pitch: null, rate: null, style: '', notes: '' },
      },
    },
    identity: {
      name: '',
      player_name: '',
      species: '',
      background: '',
      alignment: '',
      xp: 0,
      heroic_inspiration: false,
      personality: { traits: '', ideals: '', bonds: '', flaws: '', backstory: '' },
      appearance: {
        age: '',
        height: '',
        weight: '',
        eyes: '',
        skin: '',
        hair: '',
        portrait: null,
        notes: '',
      },
    },
    creature: { size: 'medium', type: '', challenge_rating: null, hit_dice: {} },
    build: { packs: {}, scores_by: 'free', rolls: {}, choices: {}, used: {} },
    levels: {},
    abilities: {
      scores: { strength: 10, dexterity: 10, constitution: 10, intelligence: 10, wisdom: 10, charisma: 10 },
      increases: {},
    },
    proficiencies: { saving_throws: {}, skills: {}, training: {}, languages: {} },
    combat: {
      damage_taken: 0,
      temporary_hp: 0,
      hp_maximum_bonus: 0,
      hit_dice_used: {},
      death_saves: { successes: 0, failures: 0 },
      exhaustion: 0,
      concentration: '',
      speeds: { walk: 30, fly: null, swim: null, climb: null, burrow: null, hover: false },
      senses: { darkvision: null, blindsight: null, tremorsense: null, truesight: null },
      armor_formulas: {},
      defenses: { resistances: {}, immunities: {}, vulnerabilities: {}, condition_immunities: {} },
    },
    actions: { weapons: {}, weapon_masteries: {}, features: {}, traits: {} },
    equipment: { inventory: {}, currency: { cp: 0, sp: 0, ep: 0, gp: 0, pp: 0 }, magical_items: {} },
    spellcasting: { casters: {}, slots: {}, pact: { level: 0, max: 0, used: 0 }, spells: {} },
    conditions: {},
    adjustments: {},
    overrides: {},
    notes: '',
  };
}

type Tree = { [name in string]?: unknown };

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lays what is written over what is not. */
function filled(blank: unknown, given: unknown): unknown {
  if (!isTree(blank) || !isTree(given)) return given === undefined ? blank : given;
  const result: Tree = { ...blank };
  for (const [name, value] of Object.entries(given)) result[name] = filled(blank[name], value);
  return result;
}

function each(things: object, blank: () => object): void {
  for (const [id, thing] of Object.entries(things)) Reflect.set(things, id, filled(blank(), thing));
}

/** Fills in what a document leaves out, as the backend does. */
export function completed(given: unknown): Source {
  const source = structuredClone(filled(emptySource(), given)) as Source;
  each(source.levels, blankLevel);
  each(source.proficiencies.training, blankTraining);
  each(source.combat.armor_formulas, blankFormula);
  each(source.actions.weapons, blankWeapon);
  each(source.actions.features, blankFeature);
  each(source.actions.traits, blankTrait);
  each(source.equipment.inventory, blankItem);
  each(source.equipment.magical_items, blankMagicItem);
  each(source.spellcasting.casters, blankCaster);
  each(source.spellcasting.spells, blankSpell);
  each(source.conditions, blankCondition);
  each(source.adjustments, blankAdjustment);
  return source;
}

/** Makes a source that fits a row of the library. */
export function sourceOf(row: CharacterRow): Source {
  if (row.handle === 'sorrel-quickfen') return completed(sorrel);
  if (row.handle === 'mother-of-mosses') return monster(row);
  const source = completed({
    record: { handle: row.handle, display_name: row.display_name, kind: row.kind, owner: row.owner },
    identity: { name: row.display_name, player_name: row.owner, species: row.species },
  });
  let place = 0;
  for (const [, name, count] of row.class_line.matchAll(/(\w+) (\d+)/g))
    for (let level = 0; level < Number(count); level += 1)
      source.levels[`level-${++place}`] = {
        ...blankLevel(),
        rank: String.fromCharCode(64 + place),
        class: name ?? '',
      };
  if (row.handle === 'old-thorvald') enlarge(source);
  if (row.handle === 'ysolde-of-the-seven-lamps') return learned(source);
  if (row.kind === 'npc')
    source.record.persona = {
      personality: 'Slow to speak. Knows every channel of the Fen, and what sleeps under which.',
      system_prompt: `You speak as ${row.display_name}. Keep to what a reedcutter would know.`,
      traits: { stubborn: true, superstitious: true },
      voice: { name: 'Gruff', language: 'en-GB', pitch: 0.8, rate: 0.9, style: 'gravel', notes: '' },
    };
  return source;
}

/** A wizard after a fight: slots are spent, and there is a way to have some back. */
function learned(source: Source): Source {
  return completed({
    ...source,
    abilities: { ...source.abilities, scores: { ...source.abilities.scores, intelligence: 18 } },
    actions: {
      ...source.actions,
      features: {
        recovery: {
          rank: 'A',
          name: 'Arcane Recovery',
          source: 'Wizard 1',
          activation: 'passive',
          description: 'Once a day a short rest brings spent slots back.',
          uses: { max: 1, used: 0, recovery: 'long_rest' },
        },
      },
    },
    spellcasting: {
      ...source.spellcasting,
      casters: { wizard: { rank: 'A', class: 'Wizard', ability: 'intelligence', prepared_limit: 10 } },
      slots: { '1': { max: 4, used: 2 }, '2': { max: 3, used: 1 }, '3': { max: 3, used: 3 } },
      spells: {
        lamp: { rank: 'A', name: 'Light', level: 0, caster: 'wizard' },
        shield: { rank: 'B', name: 'Shield', level: 1, caster: 'wizard', prepared: true },
        fire: { rank: 'C', name: 'Fireball', level: 3, caster: 'wizard', prepared: true },
      },
    },
  });
}

function monster(row: CharacterRow): Source {
  return completed({
    record: { handle: row.handle, display_name: row.display_name, kind: row.kind },
    identity: { name: row.display_name, alignment: 'Neutral Evil' },
    creature: { size: 'huge', type: 'Plant', challenge_rating: '9', hit_dice: { d12: 14 } },
    abilities: {
      scores: { strength: 21, dexterity: 8, constitution: 19, intelligence: 10, wisdom: 16, charisma: 14 },
    },
    proficiencies: {
      saving_throws: { constitution: true, wisdom: true },
      skills: { perception: 'proficient', stealth: 'expertise' },
      languages: { Sylvan: true, 'Deep Speech': true },
    },
    combat: {
      damage_taken: 32,
      speeds: { walk: 20, swim: 40 },
      senses: { blindsight: 60, tremorsense: 120 },
      armor_formulas: {
        bark: { rank: 'A', name: 'Natural armor', base: 16, abilities: {}, shield_allowed: false },
      },
      defenses: {
        resistances: { bludgeoning: true, piercing: true },
        immunities: { poison: true },
        vulnerabilities: { fire: true },
        condition_immunities: { poisoned: true, prone: true },
      },
    },
    actions: {
      weapons: {
        root: { rank: 'A', name: 'Root lash', damage: '3d8', damage_type: 'bludgeoning', reach_ft: 15 },
        spore: {
          rank: 'B',
          name: 'Spore bolt',
          damage: '4d6',
          damage_type: 'necrotic',
          ranged: true,
          range_ft: 60,
          ability: 'wisdom',
        },
      },
      features: {
        multi: {
          rank: 'A',
          name: 'Multiattack',
          activation: 'action',
          description: 'Three root lashes, or one lash and *Swallow the path*.',
        },
        swallow: {
          rank: 'B',
          name: 'Swallow the path',
          activation: 'action',
          uses: { max: 1, used: 0, recovery: 'other' },
          description: 'Recharges on 5–6. Ground within 60 ft becomes difficult terrain.',
        },
        regrow: {
          rank: 'C',
          name: 'Regrow',
          activation: 'legendary',
          uses: { max: 3, used: 1, recovery: 'turn' },
          description: 'Regains 10 hit points unless she took fire damage this round.',
        },
        grasp: {
          rank: 'D',
          name: 'Grasping roots',
          activation: 'reaction',
          description: 'When a creature moves away within reach, it makes a Strength save (DC 17) or stays.',
        },
      },
      traits: {
        false: {
          rank: 'A',
          name: 'False appearance',
          source: 'Plant',
          description: 'Motionless, she is a drowned hill.',
        },
        resist: {
          rank: 'B',
          name: 'Legendary resistance',
          source: '',
          description: 'Three times a day she may succeed on a failed save.',
        },
      },
    },
    notes: 'Found under the **causeway**, third span. Speaks only in questions.',
  });
}

/** As much as anybody could ever have: for layouts that must hold. */
function enlarge(source: Source): void {
  const long =
    'The Unreasonably Long and Winding Name of a Thing That Somebody Once Thought Would Be Funny to Write Down in Full Here';
  source.record.display_name = source.identity.name = `Thorvald ${long.slice(0, 111)}`;
  const rank = (index: number) =>
    `a${String.fromCharCode(65 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`;
  for (let index = 0; index < 120; index += 1)
    source.equipment.inventory[`item-${index}`] = {
      ...blankItem(),
      rank: rank(index),
      name: index % 17 === 3 ? long : `Thing number ${index + 1}`,
      quantity: (index * 7) % 12,
      weight_lb: (index % 9) / 2,
      kind: index % 30 === 0 ? 'container' : 'gear',
      capacity_lb: index % 30 === 0 ? 60 : null,
      container: index % 30 !== 0 && index % 3 === 0 ? `item-${Math.floor(index / 30) * 30}` : null,
    };
  source.spellcasting.casters.main = {
    ...blankCaster(),
    rank: 'A',
    class: 'Wizard',
    ability: 'intelligence',
    prepared_limit: 25,
  };
  for (let level = 1; level <= 9; level += 1)
    source.spellcasting.slots[level] = { max: 5 - Math.floor(level / 3), used: level % 3, created: 0 };
  for (let index = 0; index < 60; index += 1)
    source.spellcasting.spells[`spell-${index}`] = {
      ...blankSpell(),
      rank: rank(index),
      name: index % 13 === 5 ? long : `Spell of the ${index + 1}th page`,
      level: index % 10,
      school: ['evocation', 'abjuration', 'illusion'][index % 3] ?? '',
      prepared: index % 2 === 0,
      ritual: index % 5 === 0,
      concentration: index % 4 === 0,
      description: 'What it does, at some length, with **dice**.',
    };
  for (let index = 0; index < 18; index += 1) {
    source.conditions[`c-${index}`] = {
      ...blankCondition(),
      rank: rank(index),
      name: index === 3 ? long : `Condition ${index}`,
      duration: '10 minutes',
    };
    source.actions.features[`f-${index}`] = {
      ...blankFeature(),
      rank: rank(index),
      name: index === 2 ? long : `Feature ${index}`,
      source: 'Fighter',
      uses: { max: index % 4 === 0 ? 40 : index % 5, used: index % 2, recovery: 'long_rest' },
      description: `${long}. ${long}.`,
    };
    source.actions.weapons[`w-${index}`] = {
      ...blankWeapon(),
      rank: rank(index),
      name: index === 1 ? long : `Weapon ${index}`,
      damage: '2d6',
      damage_type: 'slashing',
    };
    source.proficiencies.languages[`Language ${index}`] = true;
    source.equipment.magical_items[`m-${index}`] = {
      ...blankMagicItem(),
      rank: rank(index),
      name: index === 1 ? long : `Wonder ${index}`,
      rarity: 'legendary',
      requires_attunement: true,
      attuned: index < 4,
      charges: { max: index === 0 ? 50 : index % 6, used: 1, recharge: '1d4 at dawn' },
    };
  }
  source.identity.personality.backstory = `${long}.\n\n`.repeat(30);
  source.notes = `# Notes\n\n${`${long}. `.repeat(60)}`;
}
