import { expect, test } from 'vitest';
import { levelsOf, slotsBack, slotsGiven, spokenExchange } from './exchanges';

const slots = { 3: { max: 2, current: 2 }, 1: { max: 4, current: 1 }, 2: { max: 3, current: 0 } };

test('a slot is given of the levels that are taken, the lowest first', () => {
  expect(slotsGiven(slots, { of: 'slot', least: 1, most: 2 })).toEqual([
    { level: 1, left: 1 },
    { level: 2, left: 0 },
  ]);
  expect(slotsGiven(slots, { of: 'nothing' })).toEqual([]);
});

test('only spent slots come back, and none above the highest level', () => {
  expect(slotsBack(slots, { of: 'slots', levels: 3, most: 5 })).toEqual([
    { level: 1, spent: 3 },
    { level: 2, spent: 3 },
  ]);
  expect(slotsBack(slots, { of: 'slots', levels: 3, most: 1 })).toEqual([{ level: 1, spent: 3 }]);
  expect(slotsBack(slots, { of: 'pact_slots', count: 1 })).toEqual([]);
});

test('chosen slots count by their levels', () => {
  expect(levelsOf({ 1: 2, 3: 1 })).toBe(5);
  expect(levelsOf({})).toBe(0);
});

test('what is given and what comes of it is said in a line', () => {
  expect(
    spokenExchange({
      pays: { of: 'uses', counter: '/x', name: 'Sorcery Points', amount: 3 },
      gains: { of: 'slot', level: 2 },
    }),
  ).toBe('3 Sorcery Points → a level 2 slot');
  expect(spokenExchange({ pays: { of: 'nothing' }, gains: { of: 'slots', levels: 3, most: 5 } })).toBe(
    'slots of 3 levels together',
  );
});
