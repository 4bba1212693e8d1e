import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import * as api from '~/api/compendium';
import * as packs from '~/api/packs';
import type { CompendiumEntry } from '~/api/wire';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { router } from '~/state/router.svelte';
import { groupsOf, kindsOf } from './kinds';
import { CompendiumList } from './list.svelte';
import { findThings } from './palette';
import { creatureHead, levelTable, variantsOf } from './raw';
import CompendiumScreen from './CompendiumScreen.svelte';

let backend: FakeHost;
const user = userEvent.setup();
const entry = (kind: string, id: string) => backend.call<CompendiumEntry>('compendium_show', { kind, id });

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  router.go({ screen: 'compendium' });
});

test('a list is narrowed by kind, words and tags, and keeps what can be chosen', async () => {
  const list = new CompendiumList();
  await list.refresh();
  const all = list.total;
  expect(list.everywhere).toBe(all);
  list.setKind('spell');
  await waitFor(() => expect(list.total).toBeLessThan(all));
  const { groups, switches } = groupsOf('spell', list.tagFacets);
  expect(groups.map(({ name }) => name)).toEqual(['Level', 'Class', 'School', 'Damage', 'Save']);
  expect(switches).toEqual(['ritual', 'concentration']);
  const level = groups[0]?.options.map(({ value }) => value) ?? [];
  expect(level.slice(0, 4)).toEqual(['', 'cantrip', 'level 1', 'level 2']);
  list.choose(level, 'level 3');
  list.choose(level, 'level 2');
  list.toggle('concentration');
  await waitFor(() => expect(list.tags).toEqual(['level 2', 'concentration']));
  await waitFor(() => expect(list.item(0)?.tags).toContain('concentration'));
  for (let at = 0; at < list.total; at += 1) expect(list.item(at)?.tags).toContain('level 2');
  expect(groupsOf('spell', list.tagFacets).groups[0]?.options).toHaveLength(level.length);
  list.setKind('creature');
  expect(list.tags).toEqual([]);
});

test('only the newest question is answered, and a refusal is told', async () => {
  const list = new CompendiumList();
  list.setText('wolf');
  list.setText('fireball');
  await waitFor(() => expect(list.item(0)?.name).toBe('Fireball'));
  const call = backend.call.bind(backend);
  backend.call = () => Promise.reject(new Error('No answer.'));
  await list.refresh();
  expect(list.failure?.message).toBe('No answer.');
  expect(list.item(0)?.name).toBe('Fireball');
  backend.call = call;
  await list.refresh();
  expect(list.failure).toBeUndefined();
});

test('what only the owner knows leaves rows out', async () => {
  const list = new CompendiumList({ kinds: ['spell'], keep: (row) => row.name.startsWith('F') });
  await list.refresh();
  expect(list.total).toBeGreaterThan(2);
  expect(list.item(0)?.name).toMatch(/^F/);
  expect(list.indexOf('spell', 'fireball')).toBeGreaterThanOrEqual(0);
  expect(list.indexOf('spell', 'wish')).toBe(-1);
});

test('challenge ratings and rarities stand in their order, and unknown kinds come last', () => {
  const tags = ['CR 10', 'CR 1/4', 'CR 2', 'CR 0', 'dragon', 'beast'].map((name) => ({ name, count: 1 }));
  const { groups } = groupsOf('creature', tags);
  expect(groups.find(({ name }) => name === 'Challenge')?.options.map(({ value }) => value)).toEqual([
    '',
    'CR 0',
    'CR 1/4',
    'CR 2',
    'CR 10',
  ]);
  expect(groups[0]?.name).toBe('Type');
  expect(kindsOf([{ name: 'vehicle', count: 2 }]).at(-1)).toEqual({
    kind: 'vehicle',
    label: 'Vehicle',
    count: 2,
  });
});

test('what a pack writes is read where it is as expected, and left out where not', async () => {
  const head = creatureHead(await entry('creature', 'aboleth'));
  expect(head).toMatchObject({ line: 'Large aberration, lawful evil', legendaryUses: 3 });
  expect(head.scores).toEqual([21, 9, 15, 18, 15, 18]);
  const odd = { ...(await entry('creature', 'wolf')), raw: { scores: 'many', size: 4 } };
  expect(creatureHead(odd)).toEqual({ line: '', scores: [], saves: [], legendaryUses: null });
  const wizard = levelTable(await entry('class', 'wizard'));
  expect(wizard?.rows).toHaveLength(20);
  expect(wizard?.rows[0]?.features).toContain('Spellcasting');
  expect(levelTable({ ...(await entry('class', 'wizard')), raw: null })).toBeNull();
  const armor = variantsOf(await entry('magic_item', 'armor-of-resistance'));
  expect(armor.map(({ name }) => name)).toContain('Fire');
});

test('the page is searched, walked and read by keys alone', async () => {
  render(CompendiumScreen, { props: {} });
  const field = screen.getByRole('searchbox', { name: 'Search the compendium' });
  field.focus();
  await user.keyboard('fireb');
  const row = await screen.findByRole('button', { name: /^Fireball/ });
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Wolf/ })).toBeNull());
  await user.keyboard('{ArrowDown}');
  await waitFor(() => expect(row).toHaveFocus());
  expect(router.route).toEqual({ screen: 'compendium', kind: 'spell', thing: 'fireball' });
  await user.keyboard('{ArrowUp}');
  expect(field).toHaveFocus();
  await user.keyboard('{Escape}');
  expect(field).toHaveValue('');
});

test('an address shows its thing; a name in it leads on; an unknown one says so', async () => {
  const { rerender } = render(CompendiumScreen, { props: { kind: 'magic_item', thing: 'staff-of-fire' } });
  const article = await screen.findByRole('article');
  expect(within(article).getByRole('heading', { level: 2 })).toHaveTextContent('Staff of Fire');
  await user.click(within(article).getByRole('button', { name: 'Fireball (3)' }));
  expect(router.route).toEqual({ screen: 'compendium', kind: 'spell', thing: 'fireball' });
  await rerender({ kind: 'spell', thing: 'no-such-spell' });
  expect(await screen.findByRole('alert')).toHaveTextContent('Search for it by name.');
});

test('the palette finds things by their name only', async () => {
  expect(await findThings('f')).toEqual([]);
  const found = await findThings('misty');
  expect(found.map(({ label }) => label)).toEqual(['Misty Step']);
  found[0]?.run();
  expect(router.route).toEqual({ screen: 'compendium', kind: 'spell', thing: 'misty-step' });
});

test('what packs in use hold is found beside the rest, with the name of its pack', async () => {
  const { rows } = await api.search({ ...api.everything, text: 'lantern swarm' });
  expect(rows[0]).toMatchObject({ name: 'Lantern Swarm', kind: 'spell', pack: 'Tales of Lanternfall' });
  expect((await api.show('spell', rows[0]?.id ?? '')).row.name).toBe('Lantern Swarm');
  const pack = (await packs.list()).find(({ name }) => name === 'Tales of Lanternfall');
  await packs.setActive(pack?.id ?? '', false);
  expect((await api.search({ ...api.everything, text: 'lantern swarm' })).rows).toEqual([]);
});
