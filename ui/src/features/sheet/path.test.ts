import { expect, test } from 'vitest';
import { holds, namesOf, overrideOf, pointer, read, withEdits } from './path';

test('a name with slashes and tildes comes back as it was', () => {
  const cell = '/statistics/skills/stealth';
  expect(overrideOf(cell)).toBe('/overrides/~1statistics~1skills~1stealth');
  expect(namesOf(overrideOf(cell))).toEqual(['overrides', cell]);
  expect(namesOf(pointer('a~1b', '/'))).toEqual(['a~1b', '/']);
});

test('an edit shares what it does not touch and leaves the original alone', () => {
  const before = {
    combat: { damage_taken: 3 },
    notes: 'x',
    equipment: { inventory: { rope: { quantity: 1 } } },
  };
  const after = withEdits(before, [
    { op: 'set', path: '/equipment/inventory/rope/quantity', value: 2 },
    { op: 'set', path: '/equipment/inventory/lamp/quantity', value: 1 },
  ]);
  expect(read(after, '/equipment/inventory/rope/quantity')).toBe(2);
  expect(read(after, '/equipment/inventory/lamp/quantity')).toBe(1);
  expect(after.combat).toBe(before.combat);
  expect(before.equipment.inventory.rope.quantity).toBe(1);
});

test('removing what is not there changes nothing', () => {
  const before = { conditions: { a: { name: 'Prone' } } };
  expect(withEdits(before, [{ op: 'remove', path: '/conditions/b' }])).toEqual(before);
  expect(withEdits(before, [{ op: 'remove', path: '/notes/deep/er' }]).conditions).toBe(before.conditions);
  expect(withEdits(before, [{ op: 'remove', path: '/conditions/a' }])).toEqual({ conditions: {} });
});

test('a path holds itself and what lies below it, not what merely begins alike', () => {
  expect(holds('/identity/name', '/identity/name')).toBe(true);
  expect(holds('/identity', '/identity/name')).toBe(true);
  expect(holds('/identity/name', '/identity/name_of_horse')).toBe(false);
});
