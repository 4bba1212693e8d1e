import { expect, test } from 'vitest';
import type { CompleteSheet, SpellEntry } from '../model';
import { otherWays, readyWay, waysToCast } from './casting';

const sheet = (
  slots: Record<string, [max: number, current: number]>,
  pact: [level: number, left: number] | null = null,
) =>
  ({
    spellcasting: {
      spell_slots: Object.fromEntries(
        Object.entries(slots).map(([level, [max, current]]) => [level, { max, current }]),
      ),
      pact_slots: pact && { level: pact[0], max: 2, current: pact[1] },
    },
    actions: {
      features: [
        { name: 'Favored Enemy', uses: { cell: '/actions/features/fe/uses/used', max: 2, current: 1 } },
        { name: 'Shares it', uses: { cell: '/actions/features/fe/uses/used', max: 2, current: 1 } },
        { name: 'Always on', uses: null },
      ],
    },
    equipment: {
      magical_items: [{ id: 'a/b', name: 'Wand', charges: { max: 7, current: 0, recharge: '' } }],
    },
  }) as unknown as CompleteSheet;
const spell = (level: number, ritual = false) => ({ id: 's', level, ritual }) as SpellEntry;

test('a cantrip needs nothing', () => {
  expect(waysToCast(sheet({}), spell(0)).map((way) => way.with)).toEqual([{ by: 'free' }]);
});

test('slots from the spell up, then the pact, then the ritual', () => {
  const ways = waysToCast(sheet({ 1: [4, 4], 3: [2, 1], 2: [3, 0] }, [3, 2]), spell(2, true));
  expect(ways.map((way) => way.with)).toEqual([
    { by: 'slot', level: 2 },
    { by: 'slot', level: 3 },
    { by: 'pact' },
    { by: 'ritual' },
  ]);
  expect(ways.map((way) => way.left)).toEqual([0, 1, 2, undefined]);
  expect(readyWay(ways)?.with).toEqual({ by: 'slot', level: 3 });
});

test('a pact that does not reach is not offered, and nothing left is nothing ready', () => {
  const ways = waysToCast(sheet({ 4: [1, 0] }, [3, 2]), spell(4));
  expect(ways.map((way) => way.with)).toEqual([{ by: 'slot', level: 4 }]);
  expect(readyWay(ways)).toBeUndefined();
});

test('one pool is one way, and names in cells are escaped', () => {
  expect(
    otherWays(sheet({})).map(({ label, left, with: how }) => [label, left, 'counter' in how && how.counter]),
  ).toEqual([
    ['Favored Enemy', 1, '/actions/features/fe/uses/used'],
    ['Wand, one charge', 0, '/equipment/magical_items/a~1b/charges/used'],
  ]);
});
