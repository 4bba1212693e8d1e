/** The ways a spell can be cast that the sheet has counters for. Whether one is lawful is said when it is done. */
import type { CastWith, CompleteSheet, SpellEntry } from '../model';
import { pointer } from '../path';

export interface Way {
  label: string;
  with: CastWith;
  /** Slots, uses or charges that are left; none is spent where this is absent. */
  left?: number;
}

/** The ways that most people want first: own slots by level, pact slots, as a ritual. */
export function waysToCast(sheet: CompleteSheet, spell: SpellEntry): Way[] {
  if (spell.level === 0) return [{ label: 'Cast', with: { by: 'free' } }];
  const { spell_slots, pact_slots } = sheet.spellcasting;
  const slots = Object.entries(spell_slots)
    .map(([level, slot]) => ({ level: Number(level), ...slot }))
    .filter(({ level, max }) => max > 0 && level >= spell.level)
    .sort((a, b) => a.level - b.level)
    .map(({ level, current }): Way => ({
      label: level === spell.level ? `Level ${level} slot` : `Level ${level} slot, cast higher`,
      with: { by: 'slot', level },
      left: current,
    }));
  const pact: Way[] =
    pact_slots && pact_slots.max > 0 && pact_slots.level >= spell.level
      ? [{ label: `Pact slot, level ${pact_slots.level}`, with: { by: 'pact' }, left: pact_slots.current }]
      : [];
  const ritual: Way[] = spell.ritual
    ? [{ label: 'As a ritual, ten minutes longer', with: { by: 'ritual' } }]
    : [];
  return [...slots, ...pact, ...ritual];
}

/** Ways besides: uses of features, charges of items, and for nothing. */
export function otherWays(sheet: CompleteSheet): Way[] {
  const features = sheet.actions.features.flatMap(({ name, uses }): Way[] =>
    uses
      ? [
          {
            label: name,
            with: { by: 'uses', counter: uses.cell, amount: 1, level: null },
            left: uses.current,
          },
        ]
      : [],
  );
  const items = sheet.equipment.magical_items.flatMap(({ id, name, charges }): Way[] =>
    charges
      ? [
          {
            label: `${name}, one charge`,
            with: {
              by: 'uses',
              counter: '/equipment/magical_items' + pointer(id, 'charges', 'used'),
              amount: 1,
              level: null,
            },
            left: charges.current,
          },
        ]
      : [],
  );
  // Several features may share one pool.
  const seen: string[] = [];
  return [...features, ...items].filter((way) => {
    if (way.with.by !== 'uses' || seen.includes(way.with.counter)) return false;
    seen.push(way.with.counter);
    return true;
  });
}

/** What a plain press on Cast does: the first way of which something is left. */
export function readyWay(ways: readonly Way[]): Way | undefined {
  return ways.find((way) => way.left === undefined || way.left > 0);
}
