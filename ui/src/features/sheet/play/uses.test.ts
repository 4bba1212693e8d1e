/** Uses of features as the table meets them: said in words, one press, one step back; dice that are added to a hit. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { dice } from '../dice/dice.svelte';
import { documents } from '../documents.svelte';
import type { UseEntry, UseYield } from '../model';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';
import { calledYield, costs, isChosen, underUse } from './uses';

const yields = (more: Partial<UseYield>): UseYield => ({
  of: 'healing',
  name: 'Healing',
  cell: '/actions/uses/x/healing',
  amount: 5,
  dice: '1d10',
  roll: '1d10+5',
  types: [],
  ability: null,
  half: false,
  to: 'user',
  each: false,
  counter: null,
  ...more,
});
const use = (more: Partial<UseEntry>): UseEntry => ({
  id: 'x',
  name: 'Second Wind',
  source: 'Fighter 1',
  feature: 'x',
  activation: 'bonus_action',
  when: '',
  on: 'any',
  bloodied: false,
  cost: { of: 'uses', counter: '/build/used/x', name: 'Second Wind', amount: 1 },
  most: null,
  tally: null,
  yields: [yields({})],
  ...more,
});

test('a use says when it is done, what gives it and what it costs', () => {
  expect(underUse(use({}))).toBe('bonus action · Fighter 1 · 1 Second Wind');
  expect(underUse(use({ activation: 'other', cost: { of: 'nothing' }, when: 'when you fall' }))).toBe(
    'Fighter 1 · when you fall',
  );
  expect(costs(use({ most: 25 }))).toBe('1 to 25 Second Wind');
  expect(costs(use({ cost: { of: 'hit_die' } }))).toBe('a hit die');
  expect(calledYield(yields({ of: 'damage', name: 'Damage', types: ['acid', 'fire'], half: true }))).toBe(
    'acid or fire damage, half on a save',
  );
  expect(calledYield(yields({ of: 'uses', name: 'Focus Points', roll: '' }))).toBe('all Focus Points back');
});

test('something is asked for only where there is something to choose', () => {
  expect(isChosen(use({}))).toBe(false);
  expect(isChosen(use({ most: 25 }))).toBe(true);
  expect(isChosen(use({ cost: { of: 'slot', least: 1, most: 3 } }))).toBe(true);
  expect(isChosen(use({ yields: [yields({ to: 'anyone' })] }))).toBe(true);
});

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  dice.open = false;
  dice.dismiss();
  dice.mode = 'normal';
  for (const toast of toasts.list) toasts.close(toast.id);
});

async function play() {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), 'play');
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  const { container } = render(Sheet, { props: { page } });
  return { page, container };
}

const acts = (calls: { mock: { calls: unknown[][] } }) =>
  calls.mock.calls
    .filter(([name]) => name === 'sheet_act')
    .map(([, args]) => (args as { action: unknown }).action);

test('one press pays, rolls and tells; undo takes all of it back', async () => {
  const { page } = await play();
  const calls = vi.spyOn(backend, 'call');
  const left = () =>
    page.sheet.actions.features.find(({ name }) => name === 'Channel Divinity')?.uses?.current;
  const before = left() ?? 0;
  await user.click(screen.getByRole('button', { name: 'Use Divine Spark: harm' }));
  await waitFor(() => expect(left()).toBe(before - 1));
  expect(acts(calls)).toEqual([
    { do: 'use', id: 'channel-divinity.harm', amount: null, slot: null, other: false },
  ]);
  await waitFor(() =>
    expect(toasts.list.at(-1)?.text).toMatch(
      /^Divine Spark: harm: Constitution save DC \d+, \d+ radiant damage$/,
    ),
  );
  const toast = toasts.list.at(-1);
  await waitFor(() => expect(dice.latest?.rolls).toHaveLength(1));
  await toast?.action?.run();
  await waitFor(() => expect(left()).toBe(before));
});

test('healing goes to whom it is for', async () => {
  const { page } = await play();
  await page.table.act({ do: 'damage', amount: 20, kind: null, critical: false, half: false });
  const hurt = page.sheet.combat.current_hp;
  await user.click(screen.getByRole('button', { name: 'Use Divine Spark: heal…' }));
  await user.click(await screen.findByLabelText('For somebody else'));
  await user.click(screen.getByText('Use Divine Spark: heal'));
  await waitFor(() => expect(toasts.list.at(-1)?.text).toMatch(/healing for somebody else$/));
  expect(page.sheet.combat.current_hp).toBe(hurt);
});

test('what is chosen for a use stays while the sheet changes, and it is used once', async () => {
  const { page } = await play();
  await user.click(screen.getByRole('button', { name: 'Use Divine Spark: heal…' }));
  const other = await screen.findByLabelText('For somebody else');
  await user.click(other);
  await page.table.act({ do: 'damage', amount: 20, kind: null, critical: false, half: false });
  expect(other).toBeChecked();
  const calls = vi.spyOn(backend, 'call');
  const verb = screen.getByText('Use Divine Spark: heal').closest('button');
  verb?.click();
  verb?.click();
  await waitFor(() => expect(screen.queryByLabelText('For somebody else')).toBeNull());
  expect(acts(calls)).toHaveLength(1);
});

test('the number of a use explains itself', async () => {
  await play();
  await user.click(screen.getByRole('button', { name: /^Turn Undead: Wisdom save DC \d+$/ }));
  const why = await screen.findByLabelText(/^Why Turn Undead: Wisdom save DC is \d+$/);
  expect(why).toHaveTextContent('Proficiency');
});

test('dice are added to the next hit once, and offered after a roll to hit', async () => {
  const { page } = await play();
  const calls = vi.spyOn(backend, 'call');
  const group = screen.getByRole('group', { name: /^Added to the next hit with Shortsword/ });
  const slayer = within(group).getByRole('button', { name: /^Colossus Slayer/ });
  await user.click(slayer);
  expect(slayer).toHaveAttribute('aria-pressed', 'true');
  await page.table.hurt('shortsword', false, false);
  expect(acts(calls).at(-1)).toEqual({
    do: 'weapon_damage',
    weapon: 'shortsword',
    two_handed: false,
    critical: false,
    riders: ['colossus'],
  });
  await waitFor(() => expect(slayer).toHaveAttribute('aria-pressed', 'false'));
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  await page.table.strike('shortsword', null);
  await waitFor(() =>
    expect(dice.latest?.next.map(({ label }) => label)).toEqual(['Damage', '+ Colossus Slayer']),
  );
});
