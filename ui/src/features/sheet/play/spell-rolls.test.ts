import { expect, test } from 'vitest';
import type { CasterEntry, SpellDice, SpellEntry, SpellRoll } from '../model';
import { atOnce, casterOf, draws, levels, savesOf, words } from './spell-rolls';

const dice = (level: number, text: string, times = 1): SpellDice => ({
  level,
  dice: text,
  bonus: 0,
  times,
  text,
});
const roll = (more: Partial<SpellRoll>): SpellRoll => ({
  kind: 'damage',
  damage_type: 'acid',
  when: '',
  on_save: 'all',
  on_hit: false,
  bonus_cell: null,
  once: [],
  at: [],
  ...more,
});
const arrow = {
  id: 'arrow',
  name: 'Acid Arrow',
  level: 2,
  saves: ['dexterity', 'constitution'],
  rolls: [
    roll({ on_hit: true, at: [dice(2, '4d4'), dice(3, '5d4')] }),
    roll({ when: 'later', at: [dice(2, '2d4')] }),
    roll({ kind: 'healing', damage_type: '', when: 'once', at: [dice(2, '1d8+3')] }),
    roll({ at: [dice(2, '')] }),
  ],
} as unknown as SpellEntry;

test('a spell rolls what its level gives, and nothing where it gives nothing yet', () => {
  expect(draws(arrow).map(words)).toEqual(['4d4 acid', '2d4 acid', '1d8+3 hit points']);
  expect(draws(arrow, 5).map(words)).toEqual(['5d4 acid', '2d4 acid', '1d8+3 hit points']);
  expect(draws(arrow).map(({ place }) => place)).toEqual([0, 1, 2]);
  expect(atOnce(arrow, 3).map(words)).toEqual(['5d4 acid']);
  expect(levels(arrow)).toEqual([2, 3]);
});

test('a spell nobody knows rolls nothing', () => {
  const own = { id: 'own', level: 1 } as SpellEntry;
  expect(draws(own)).toEqual([]);
  expect(savesOf(own)).toBe('');
});

test('saves and casters are found', () => {
  expect(savesOf(arrow)).toBe('Dex or Con');
  const caster = { id: 'w', spells: [arrow] } as unknown as CasterEntry;
  expect(casterOf([{ id: 'c', spells: [] } as unknown as CasterEntry, caster], arrow)).toBe(caster);
  expect(casterOf([], arrow)).toBeUndefined();
});
