import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { documents } from '../documents.svelte';
import type { ChoiceOption, CompendiumPage, CompendiumRow } from '../model';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';
import { baseOptions, onlyBase } from './bases';
import { Browser } from './browser.svelte';

let backend: FakeHost;
const user = userEvent.setup();

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  for (const toast of toasts.list) toasts.close(toast.id);
});

async function open(section: 'spells' | 'equipment') {
  const id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), section);
  await page.doc.open();
  await waitFor(() => expect(page.vocabulary.skills.length).toBeGreaterThan(0));
  render(Sheet, { props: { page } });
  return page;
}

const names = (things: { [id: string]: { name: string } | undefined }) =>
  Object.values(things).map((thing) => thing?.name);

test('spells are added one after the other by keys, each with a way back, and Escape goes back', async () => {
  const page = await open('spells');
  const opener = screen.getByRole('button', { name: 'Add from the compendium' });
  await user.click(opener);
  const panel = screen.getByRole('complementary', { name: 'Add spells' });
  const field = within(panel).getByRole('searchbox');
  await waitFor(() => expect(field).toHaveFocus());
  await user.click(within(panel).queryByRole('button', { name: 'Clear the search' }) ?? field);
  // Whatever the first caster's class narrows to is widened by the words alone.
  page.browsing = null;
  page.browse('spell');
  const list = await screen.findByRole('complementary', { name: 'Add spells' });
  await user.type(within(list).getByRole('searchbox'), 'cure wounds');
  const row = await within(list).findByRole('button', { name: /^Cure Wounds/ });
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(row).toHaveFocus());
  await user.keyboard('{Enter}');
  await waitFor(() => expect(names(page.source.spellcasting.spells)).toContain('Cure Wounds'));
  expect(toasts.list.at(-1)?.text).toBe('Added Cure Wounds');
  expect(row).toHaveTextContent('on the sheet');
  await toasts.list.at(-1)?.action?.run();
  expect(names(page.source.spellcasting.spells)).not.toContain('Cure Wounds');
  row.focus();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('complementary', { name: 'Add spells' })).toBeNull();
});

test('a wonder is added in its version and made of what was chosen', async () => {
  const page = await open('equipment');
  page.browse('magic_item');
  const panel = await screen.findByRole('complementary', { name: 'Add equipment' });
  await user.type(within(panel).getByRole('searchbox'), 'weapon, +1');
  await user.click(await within(panel).findByRole('button', { name: /^Weapon, \+1/ }));
  const form = await within(panel).findByRole('form', { name: /^Add Weapon/ });
  expect(within(form).getByRole('combobox', { name: /Version/ })).toHaveTextContent('+1');
  await waitFor(() => expect(within(form).getByText('Not said')).toBeVisible());
  await user.click(within(form).getByRole('button', { name: 'Add' }));
  await waitFor(() => expect(names(page.source.equipment.magical_items)).toContain('Weapon, +1'));
});

test('things are paid for if one asks, and what the purse cannot pay is told and not added', async () => {
  const page = await open('equipment');
  const browser = new Browser(page, 'item');
  await waitFor(() => expect(browser.list.total).toBeGreaterThan(0));
  const row = (id: string) => browser.list.item(browser.list.indexOf('item', id));
  const plate = row('plate-armor');
  const rope = row('rope');
  if (!plate || !rope) throw new Error('The compendium lacks armor and rope.');
  const { gp } = page.source.equipment.currency;
  expect(await browser.add(rope, { count: 2, variant: null, base: null, pay: true })).toBe(true);
  expect(page.source.equipment.currency.gp).toBeLessThan(gp);
  expect(toasts.list.at(-1)?.text).toBe('Added 2 × Rope');
  const before = Object.keys(page.source.equipment.inventory).length;
  expect(await browser.add(plate, { count: 100, variant: null, base: null, pay: true })).toBe(false);
  expect(toasts.list.at(-1)?.hint).toContain('without paying');
  expect(Object.keys(page.source.equipment.inventory)).toHaveLength(before);
  expect(browser.barred(rope)).toBe('');
});

test('under the rules a caster is offered its list, and what is barred says why', async () => {
  const page = await open('spells');
  page.view.sheet.built = true;
  const option = { text: '', detail: '', level: null, picked: false, most: 1 };
  const options: ChoiceOption[] = [
    { ...option, id: 'bless', name: 'Bless', barred: '' },
    { ...option, id: 'animate-dead', name: 'Animate Dead', barred: 'Cleric 2 has no slots of level 3' },
  ];
  const call = backend.call.bind(backend);
  backend.call = <T>(command: string, args?: Record<string, unknown>) =>
    command === 'sheet_options' ? Promise.resolve(options as T) : call<T>(command, args);
  const browser = new Browser(page, 'spell');
  await browser.learn();
  await waitFor(() => expect(browser.list.total).toBe(options.length));
  browser.own = false;
  expect(browser.list.total).toBeGreaterThan(options.length);
  const row = (id: string) => browser.list.item(browser.list.indexOf('spell', id)) as CompendiumRow;
  expect(browser.remark(row('animate-dead'))).toEqual({
    text: 'Cleric 2 has no slots of level 3',
    barred: true,
  });
  expect(browser.barred(row('bless'))).toBe('');
  expect(browser.barred(row('wish'))).toMatch(/^Not on the list of /);
});

test('what a wonder can be made of: what its words name first, the one named without being asked', async () => {
  const { rows } = await backend.call<CompendiumPage>('compendium_search', {
    query: { kinds: ['item'], limit: 500 },
  });
  const bows = baseOptions(rows, 'longbow or shortbow', 'weapon');
  expect(bows.filter(({ group }) => group === 'As it is told of').map(({ value }) => value)).toEqual([
    'Longbow',
    'Shortbow',
  ]);
  expect(onlyBase(bows)).toBe('');
  expect(onlyBase(baseOptions(rows, 'scale mail', 'armor'))).toBe('Scale Mail');
  const any = baseOptions(rows, 'any medium or heavy, except hide armor', 'armor');
  expect(new Set(any.map(({ group }) => group))).toEqual(new Set(['Of this sort']));
  expect(baseOptions(rows, 'any ammunition', 'weapon').map(({ value }) => value)).toEqual(['Arrows']);
});
