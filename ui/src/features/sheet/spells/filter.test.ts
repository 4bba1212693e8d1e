import { expect, test } from 'vitest';
import { blankSpell } from '../blanks';
import { byLevel, filtered, type SpellFilter } from './filter';

const spells = [
  { id: 'light', thing: { ...blankSpell(), name: 'Light', level: 0 } },
  {
    id: 'bless',
    thing: {
      ...blankSpell(),
      name: 'Bless',
      level: 1,
      caster: 'cleric',
      prepared: true,
      concentration: true,
    },
  },
  { id: 'alarm', thing: { ...blankSpell(), name: 'Alarm', level: 1, school: 'abjuration', ritual: true } },
  {
    id: 'mark',
    thing: { ...blankSpell(), name: "Hunter's Mark", level: 1, caster: 'ranger', always_prepared: true },
  },
];
const all: SpellFilter = { text: '', only: 'all', caster: 'all' };
const ids = (filter: Partial<SpellFilter>) =>
  filtered(spells, { ...all, ...filter }, 'cleric').map(({ id }) => id);

test('a spell without a caster belongs to the first', () => {
  expect(ids({ caster: 'cleric' })).toEqual(['light', 'bless', 'alarm']);
  expect(ids({ caster: 'ranger' })).toEqual(['mark']);
});

test('ready are cantrips, what is prepared and what always is', () => {
  expect(ids({ only: 'ready' })).toEqual(['light', 'bless', 'mark']);
  expect(ids({ only: 'ritual' })).toEqual(['alarm']);
});

test('words are looked for in names and schools', () => {
  expect(ids({ text: 'abju' })).toEqual(['alarm']);
  expect(ids({ text: 'BLESS' })).toEqual(['bless']);
});

test('levels come cantrips first', () => {
  expect(byLevel([...spells].reverse()).map(({ level, spells: of }) => [level, of.length])).toEqual([
    [0, 1],
    [1, 3],
  ]);
});
