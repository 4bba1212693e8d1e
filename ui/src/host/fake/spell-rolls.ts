/** What a few well-known spells roll, for the demo host: enough that a row of each sort is seen and rolled. */
import type {
  Ability,
  CasterEntry,
  SlotCount,
  SlotsLeft,
  Source,
  Spell,
  SpellEntry,
  SpellRoll,
} from '~/features/sheet/model';

interface Known {
  attack?: 'melee' | 'ranged';
  saves?: Ability[];
  rolls: {
    kind?: SpellRoll['kind'];
    dice: (above: number) => string;
    times?: (above: number) => number;
    type?: string;
    when?: string;
    half?: boolean;
    grows?: boolean;
    modifier?: boolean;
  }[];
}

const KNOWN: Record<string, Known> = {
  'Acid Arrow': {
    attack: 'ranged',
    rolls: [
      { dice: (above) => `${4 + above}d4`, type: 'acid', grows: true },
      {
        dice: (above) => `${2 + above}d4`,
        type: 'acid',
        when: "as the target's next turn ends",
        grows: true,
      },
    ],
  },
  'Burning Hands': {
    saves: ['dexterity'],
    rolls: [{ dice: (above) => `${3 + above}d6`, type: 'fire', half: true, grows: true }],
  },
  'Cure Wounds': {
    rolls: [{ kind: 'healing', dice: (above) => `${2 + 2 * above}d8`, grows: true, modifier: true }],
  },
  'Eldritch Blast': { attack: 'ranged', rolls: [{ dice: () => '1d10', times: () => 2, type: 'force' }] },
  'Fire Bolt': { attack: 'ranged', rolls: [{ dice: () => '2d10', type: 'fire' }] },
  Fireball: {
    saves: ['dexterity'],
    rolls: [{ dice: (above) => `${8 + above}d6`, type: 'fire', half: true, grows: true }],
  },
  'Guiding Bolt': {
    attack: 'ranged',
    rolls: [{ dice: (above) => `${4 + above}d6`, type: 'radiant', grows: true }],
  },
  'Healing Word': {
    rolls: [{ kind: 'healing', dice: (above) => `${2 + 2 * above}d4`, grows: true, modifier: true }],
  },
  "Hunter's Mark": {
    rolls: [{ dice: () => '1d6', type: 'force', when: 'with each of your attacks that hits it' }],
  },
  'Magic Missile': {
    rolls: [{ dice: () => '1d4+1', times: (above) => 3 + above, type: 'force', grows: true }],
  },
  'Sacred Flame': { saves: ['dexterity'], rolls: [{ dice: () => '2d8', type: 'radiant' }] },
  'Scorching Ray': {
    attack: 'ranged',
    rolls: [{ dice: () => '2d6', times: (above) => 3 + above, type: 'fire', grows: true }],
  },
  'Spike Growth': {
    rolls: [{ dice: () => '2d4', type: 'piercing', when: 'for each 5 feet of a move there' }],
  },
};

/** What the sheet says of a spell besides what is written: its attack, its saves and its dice up to a level. */
export function spellRolls(
  id: string,
  spell: Spell,
  modifier: number,
  source: Source,
): Pick<SpellEntry, 'known' | 'attack' | 'saves' | 'rolls'> {
  const known = KNOWN[spell.name];
  if (!known) return { known: false, attack: '', saves: [], rolls: [] };
  const attack = known.attack ?? '';
  const { pact, slots } = source.spellcasting;
  const most = Math.max(
    pact.max > 0 ? pact.level : 0,
    ...Object.entries(slots).map(([level, slot]) => (slot && slot.max > 0 ? Number(level) : 0)),
  );
  const rolls = known.rolls.map((roll): SpellRoll => {
    const bonus = roll.modifier ? modifier : 0;
    const highest = roll.grows ? Math.max(spell.level, most) : spell.level;
    const at = Array.from({ length: highest - spell.level + 1 }, (_, above) => {
      const dice = roll.dice(above);
      const times = roll.times?.(above) ?? 1;
      const each = bonus === 0 ? dice : `${dice}${bonus > 0 ? '+' : ''}${bonus}`;
      return {
        level: spell.level + above,
        dice,
        bonus,
        times,
        text: times === 1 ? each : `${times} × ${each}`,
      };
    });
    return {
      kind: roll.kind ?? 'damage',
      damage_type: roll.type ?? '',
      when: roll.when ?? '',
      on_save: roll.half ? 'half' : known.saves ? 'none' : 'all',
      on_hit: attack !== '' && roll.when === undefined,
      bonus_cell: bonus === 0 ? null : `/spellcasting/spells/${id}/healing_bonus`,
      once: [],
      at,
    };
  });
  return { known: true, attack, saves: known.saves ?? [], rolls };
}

/** Slots of one level with those that were made besides. */
export function slotsLeft({ max, used, created = 0 }: SlotCount): SlotsLeft {
  const all = max + created;
  const left = { max: all, current: Math.max(0, all - used) };
  return created > 0 ? { ...left, created } : left;
}

/** Finds a spell with its caster. */
export function spellOf(
  casters: readonly CasterEntry[],
  id: string,
): { caster: CasterEntry; spell: SpellEntry } | undefined {
  for (const caster of casters) {
    const spell = caster.spells.find((own) => own.id === id);
    if (spell) return { caster, spell };
  }
  return undefined;
}
