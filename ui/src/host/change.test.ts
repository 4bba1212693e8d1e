import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Change } from '~/api/wire';
import { changed } from './change';

interface Case {
  name: string;
  before: unknown;
  after: unknown;
  change: Change | null;
}

/** The very cases that the backend is held to. */
const cases = JSON.parse(
  readFileSync('../crates/services/src/difference.cases.json', 'utf8'),
) as readonly Case[];

describe('a change', () => {
  it.each(cases)('$name', ({ before, after, change }) => {
    const kept = structuredClone(before);
    // As text, so that the order of names counts too.
    expect(JSON.stringify(changed(before, change))).toBe(JSON.stringify(after));
    expect(before).toEqual(kept);
  });

  it('shares what it does not touch', () => {
    const before = {
      combat: { hp: 12 },
      spells: [
        { id: 'a', slots: { max: 4 } },
        { id: 'b', slots: { max: 2 } },
      ],
      notes: { text: '' },
    };
    const after = changed(before, {
      of: 'members',
      changed: {
        spells: {
          of: 'entries',
          entries: [
            { is: 'kept', from: 0, count: 1 },
            {
              is: 'changed',
              at: 1,
              change: { of: 'members', changed: { id: { of: 'value', value: 'c' } }, gone: [] },
            },
          ],
        },
      },
      gone: [],
    });
    expect(after.combat).toBe(before.combat);
    expect(after.notes).toBe(before.notes);
    expect(after.spells[0]).toBe(before.spells[0]);
    expect(after.spells[1]).not.toBe(before.spells[1]);
    expect(after.spells[1]?.slots).toBe(before.spells[1]?.slots);
    expect(changed(before, null)).toBe(before);
  });

  it('keeps a name that an object of its own has', () => {
    const before = JSON.parse('{"languages":{"Elvish":true}}') as { languages: object };
    const change = JSON.parse(
      '{"of":"members","changed":{"languages":{"of":"members","changed":{"__proto__":{"of":"value","value":true}},"gone":[]}},"gone":[]}',
    ) as Change;
    expect(Object.keys(changed(before, change).languages)).toEqual(['Elvish', '__proto__']);
  });
});
