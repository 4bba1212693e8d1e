import { expect, test } from 'vitest';
import { emptySource } from '~/host/fake/sheet-source';
import { damageEdits, healingEdits } from './hitpoints';

const combat = (damage_taken: number, temporary_hp: number) => ({
  ...emptySource().combat,
  damage_taken,
  temporary_hp,
});
const values = (edits: ReturnType<typeof damageEdits>) =>
  Object.fromEntries(
    edits.map((edit) => [edit.path.replace('/combat/', ''), edit.op === 'set' && edit.value]),
  );

test.each([
  ['temporary points go first', 3, 5, 4, { temporary_hp: 1 }],
  ['what they do not take is taken', 3, 5, 9, { temporary_hp: 0, damage_taken: 7 }],
  ['nobody is hurt below nothing', 40, 0, 500, { damage_taken: 49 }],
  ['more damage than the maximum, written by hand, does not shrink', 60, 0, 1, {}],
])('%s', (_what, taken, temporary, amount, expected) => {
  expect(values(damageEdits(combat(taken, temporary), 49, amount))).toEqual(expected);
});

test('healing stops at whole', () => {
  expect(values(healingEdits(combat(9, 0), 4))).toEqual({ damage_taken: 5 });
  expect(values(healingEdits(combat(9, 0), 40))).toEqual({ damage_taken: 0 });
  expect(healingEdits(combat(0, 0), 5)).toEqual([]);
});
