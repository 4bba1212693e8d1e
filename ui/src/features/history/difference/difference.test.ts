/** How a difference is set out, and what one sees of it. */
import { writeText } from '~/features/sheet/words';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { CellChange, Consequence, Difference, DifferenceSection } from '~/features/sheet/model';
import { bunched, raw, termRows, told, vitals, within } from './difference';
import DifferenceSheet from './DifferenceSheet.svelte';
import DifferenceView from './DifferenceView.svelte';
import { reading } from './mode.svelte';

const change = (path: string, rest: Partial<CellChange> = {}): CellChange => ({
  path,
  label: path,
  tone: 'changed',
  nature: 'value',
  before: 1,
  after: 2,
  before_text: '1',
  after_text: '2',
  words: [],
  ...rest,
});
const consequence = (path: string, because: string[], rest: Partial<Consequence> = {}): Consequence => ({
  path,
  label: path,
  before: '3',
  after: '4',
  before_stat: null,
  after_stat: null,
  because,
  ...rest,
});
const section = (
  name: string,
  changes: CellChange[],
  consequences: Consequence[] = [],
): DifferenceSection => ({
  name,
  title: name,
  changes,
  consequences,
});
const side = {
  name: 'main',
  title: 'main',
  commit: 'c',
  version: 1,
  time: '2026-11-20T20:00:00Z',
  author: 'Maren',
};
const difference = (...sections: DifferenceSection[]): Difference => ({
  from: side,
  to: { ...side, name: 'twin-blades', title: 'twin blades', commit: 'd' },
  sections,
  changes: sections.flatMap(({ changes }) => changes).length,
  consequences: sections.flatMap(({ consequences }) => consequences).length,
  hidden: 0,
});

describe('what came of a change', () => {
  test('stands below it, whatever section its number is of', () => {
    const [levels] = told(
      difference(
        section('levels', [change('/levels/7')]),
        section('combat', [], [consequence('/combat/hp_maximum', ['/levels/7'])]),
      ),
    );
    expect(levels?.told[0]?.so.map(({ path }) => path)).toEqual(['/combat/hp_maximum']);
  });

  test('of several changes stands below the first of them, and once', () => {
    const sections = told(
      difference(
        section('a', [change('/a'), change('/b')], [consequence('/c', ['/b', '/a'])]),
        section('d', [change('/d')]),
      ),
    );
    expect(sections.flatMap((one) => one.told.flatMap(({ so }) => so))).toHaveLength(1);
    expect(sections[0]?.told[1]?.so).toHaveLength(1);
  });

  test('that only all of them brought about, or one that is hidden, ends its own section', () => {
    const [combat] = told(
      difference(section('combat', [change('/a')], [consequence('/x', []), consequence('/y', ['/hidden'])])),
    );
    expect(combat?.together.map(({ path }) => path)).toEqual(['/x', '/y']);
  });
});

test('what is added to a roll is written with its sign, whatever else as it is', () => {
  expect(writeText('/statistics/proficiency_bonus', '3')).toBe('+3');
  expect(writeText('/statistics/ability_modifiers/charisma', '−1')).toBe('−1');
  expect(writeText('/combat/armor_class', '17')).toBe('17');
  expect(writeText('/statistics/proficiency_bonus', '')).toBe('');
});

test('the great numbers come from consequences first, then from cells', () => {
  const found = vitals(
    difference(
      section('equipment', [change('/equipment/currency/gp', { before_text: '412', after_text: '162' })]),
      section('combat', [], [consequence('/combat/armor_class', [], { before: '16', after: '17' })]),
    ),
  );
  expect(found.map(({ label, before, after }) => `${label} ${before} ${after}`)).toEqual([
    'armor class 16 17',
    'gold 412 162',
  ]);
});

test('many things that came without further ado are named together, few singly', () => {
  const things = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      change: change(`/i/${index}`, { tone: 'added', before_text: '', after_text: '' }),
      so: [],
    }));
  expect(bunched(things(6)).bunches).toEqual([]);
  const many = bunched([...things(9), { change: change('/z'), so: [] }]);
  expect(many.bunches[0]?.changes).toHaveLength(9);
  expect(many.singly.map(({ change: one }) => one.path)).toEqual(['/z']);
});

test('a number of a thing is called without the name of the thing', () => {
  expect(within('Longbow: attack bonus', 'Longbow')).toBe('attack bonus');
  expect(within('Longbow, damage', 'Longbow')).toBe('damage');
  expect(within('Longbows', 'Longbow')).toBe('Longbows');
});

test('the terms of a number stand beside each other, those that are gone at the end', () => {
  const term = (label: string, value: number) => ({ label, value, detail: '', source_cell: null });
  const rows = termRows(
    [term('Base', 10), term('Shield', 2), term('Ring', 1)],
    [term('Base', 16), term('Ring', 1), term('Cloak', 1)],
  );
  expect(rows.map(({ label, before, after }) => [label, before, after])).toEqual([
    ['Base', 10, 16],
    ['Ring', 1, 1],
    ['Cloak', null, 1],
    ['Shield', 2, null],
  ]);
});

test('what is stored is written as it is', () => {
  expect(raw({ a: 1 })).toBe('{\n  "a": 1\n}');
});

test('a consequence opens how it came about before and how it comes about now', async () => {
  const user = userEvent.setup();
  const stat = (value: number, label: string) => ({
    value,
    terms: [{ label, value, detail: '', source_cell: null }],
    computed: null,
    override_note: null,
    alternatives: [],
    notes: [],
  });
  render(DifferenceSheet, {
    difference: difference(
      section(
        'levels',
        [change('/levels/7', { label: 'Ranger' })],
        [
          consequence('/combat/hp_maximum', ['/levels/7'], {
            label: 'Hit points',
            before: '47',
            after: '55',
            before_stat: stat(47, 'Six levels'),
            after_stat: stat(55, 'Seven levels'),
          }),
        ],
      ),
    ),
  });
  await user.click(screen.getByRole('button', { name: /^Hit points from 47 .*55$/ }));
  expect(await screen.findByText('Six levels')).toBeInTheDocument();
  expect(screen.getByText('Seven levels')).toBeInTheDocument();
});

test('prose tells its words apart, also to those who do not see the colours', () => {
  render(DifferenceView, {
    difference: difference(
      section('notes', [
        change('/notes', {
          nature: 'prose',
          words: [
            { fate: 'kept', text: 'before the ' },
            { fate: 'removed', text: 'horns ' },
            { fate: 'added', text: 'drums ' },
          ],
        }),
      ]),
    ),
  });
  expect(document.querySelector('del')).toHaveTextContent('removed: horns');
  expect(document.querySelector('ins')).toHaveTextContent('added: drums');
});

test('the same difference is read as cells too, and none is said to be none', async () => {
  reading.mode = 'cells';
  const page = render(DifferenceView, { difference: difference(section('a', [change('/a/b')])) });
  expect(screen.getByText('/a/b', { selector: 'code' })).toBeInTheDocument();
  reading.mode = 'sheet';
  await page.rerender({ difference: difference() });
  expect(screen.getByText('Nothing differs')).toBeInTheDocument();
});
