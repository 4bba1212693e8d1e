import { expect, test } from 'vitest';
import type { RollLine } from '../model';
import { areThese, costOfAll, exchanged, handedOut, kept, rolled, scoreEdits, STANDARD } from './scores';

const scores = { strength: 15, dexterity: 14, constitution: 13, intelligence: 12, wisdom: 10, charisma: 8 };

test('the highest score stays the highest when other values are handed out', () => {
  const given = handedOut({ ...scores, strength: 3, charisma: 18 }, [9, 16, 10, 11, 12, 13]);
  expect(given).toEqual({
    strength: 9,
    dexterity: 13,
    constitution: 12,
    intelligence: 11,
    wisdom: 10,
    charisma: 16,
  });
});

test('a value that somebody has is exchanged, and only what differs is written', () => {
  const next = exchanged(scores, 'charisma', 15);
  expect(next).toEqual({ ...scores, strength: 8, charisma: 15 });
  expect(areThese(next, STANDARD)).toBe(true);
  expect(scoreEdits(scores, next).map(({ path }) => path)).toEqual([
    '/abilities/scores/strength',
    '/abilities/scores/charisma',
  ]);
});

test('the standard array costs every point; what cannot be bought has no cost', () => {
  expect(costOfAll(scores)).toBe(27);
  expect(costOfAll({ ...scores, strength: 16 })).toBeUndefined();
});

test('dice are kept as they fell, and the lowest does not count', () => {
  const die = (face: number) => ({ sides: 6, face, value: face, rerolled: [], kept: true });
  const inner = {
    notation: '4d6',
    label: '',
    subtotal: 14,
    dice: [die(3), die(6), die(1), die(5)],
    parts: [],
  };
  const line: RollLine = {
    id: '',
    time: '',
    who: '',
    label: '',
    roll: { notation: '4d6kh3', total: 14, natural: null, terms: [{ ...inner, dice: [], parts: [inner] }] },
  };
  expect(kept(line)).toBe('3 6 1 5');
  const build = { packs: {}, scores_by: 'rolled' as const, rolls: { a: '3 6 1 5' }, choices: {}, used: {} };
  expect(rolled(build)).toEqual([{ faces: [6, 5, 3, 1], total: 14 }]);
});
