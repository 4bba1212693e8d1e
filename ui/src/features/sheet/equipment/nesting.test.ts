import { expect, test } from 'vitest';
import { nested } from './nesting';

const thing = (id: string, container: string | null) => ({ id, thing: { rank: '', container } });
const told = (list: ReturnType<typeof thing>[], shut?: (id: string) => boolean) =>
  nested(list, shut).map(({ id, depth }) => '·'.repeat(depth) + id);

test('things stand below what they lie in, as deep as it goes', () => {
  const list = [
    thing('rope', 'pack'),
    thing('lamp', null),
    thing('pack', null),
    thing('pouch', 'pack'),
    thing('gem', 'pouch'),
  ];
  expect(told(list)).toEqual(['lamp', 'pack', '·rope', '·pouch', '··gem']);
});

test('a shut container hides what lies in it', () => {
  const list = [thing('pack', null), thing('pouch', 'pack'), thing('gem', 'pouch'), thing('lamp', null)];
  expect(told(list, (id) => id === 'pack')).toEqual(['pack', 'lamp']);
});

test('what lies in nothing that exists, in itself, or in a circle, is shown all the same', () => {
  const list = [thing('rope', 'gone'), thing('odd', 'odd'), thing('a', 'b'), thing('b', 'a')];
  expect(
    told(list)
      .map((line) => line.replaceAll('·', ''))
      .sort(),
  ).toEqual(['a', 'b', 'odd', 'rope']);
});
