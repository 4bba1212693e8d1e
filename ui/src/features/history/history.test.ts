import { beforeEach, expect, test } from 'vitest';
import type { CommitLine, HistoryGroup } from '~/features/sheet/model';
import { fakeHost } from '~/host/fake';
import { useHost, type Host } from '~/host/host';
import { commitsOf, HistoryList, joined } from './history.svelte';
import { extent, told } from './lines';

const commit = (id: string): CommitLine => ({
  id,
  parent: null,
  version: 1,
  time: '2026-11-03T20:00:00Z',
  author: 'Maren',
  kind: 'edit',
  title: id,
  changes: [],
  change_count: 1,
});
const group = (from: string, to: string, author: string, ids: string[]): HistoryGroup => ({
  title: ids.join(),
  author,
  from: `2026-11-03T${from}:00Z`,
  to: `2026-11-03T${to}:00Z`,
  commits: ids.map(commit),
  change_count: ids.length,
});

test('a sitting that was cut by the end of a page becomes one again', () => {
  const whole = joined(
    [group('20:30', '21:00', 'Maren', ['d', 'c'])],
    [group('20:00', '20:20', 'Maren', ['b', 'a'])],
  );
  expect(whole).toHaveLength(1);
  expect(whole[0]).toMatchObject({
    from: '2026-11-03T20:00:00Z',
    to: '2026-11-03T21:00:00Z',
    change_count: 4,
  });
  expect(commitsOf(whole).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
});

test.each([
  ['another author', group('20:00', '20:20', 'DM', ['a'])],
  ['more than half an hour before', group('18:00', '19:00', 'Maren', ['a'])],
])('%s is another sitting', (_what, older) => {
  expect(joined([group('20:30', '21:00', 'Maren', ['b'])], [older])).toHaveLength(2);
});

test('what the rules made of a change stands apart from it', () => {
  const line = { path: '/a', label: 'A', before: '1', after: '2' };
  const parts = told([
    { ...line, tone: 'changed' },
    { ...line, tone: 'consequence', label: 'B' },
  ]);
  expect(parts.changes.map(({ label }) => label)).toEqual(['A']);
  expect(parts.consequences.map(({ label }) => label)).toEqual(['B']);
});

test.each([
  [3, 10, '3 steps, 10 values changed'],
  [1, 1, '1 value changed'],
  [2, 0, '2 steps'],
  [1, 0, ''],
])('a sitting of %d steps with %d changes says so', (steps, changed, words) => {
  expect(extent(steps, changed)).toBe(words);
});

let id = '';
let host: Host;
beforeEach(() => {
  const fake = fakeHost();
  host = fake;
  useHost(fake);
  id = fake.world.rows[0]?.id ?? '';
});

test('reads the newest first and can be narrowed to a cell and widened again', async () => {
  const list = new HistoryList(id);
  await list.load();
  const all = commitsOf(list.groups);
  expect(all[0]?.version).toBe(list.total);
  expect(list.hasMore).toBe(false);
  list.cell = '/combat/exhaustion';
  expect(list.loaded).toBe(false);
  await list.load();
  const some = commitsOf(list.groups);
  expect(some.length).toBeGreaterThan(0);
  expect(some.every(({ changes }) => changes.some(({ path }) => path.startsWith('/combat/exhaustion')))).toBe(
    true,
  );
  list.cell = null;
  await list.load();
  expect(commitsOf(list.groups)).toHaveLength(all.length);
});

test('goes on where the page before ended', async () => {
  const list = new HistoryList(id);
  const call = host.call.bind(host);
  // A backend with pages of three.
  useHost({
    ...host,
    call: (name, args) => call(name, name === 'history_list' ? { ...args, limit: 3 } : args),
  });
  await list.load();
  expect(commitsOf(list.groups)).toHaveLength(3);
  while (list.hasMore) await list.more();
  const versions = commitsOf(list.groups).map(({ version }) => version);
  expect(versions).toEqual([...versions].sort((a, b) => b - a));
  expect(versions.at(-1)).toBe(1);
});

test('a failure is told and what was read stays', async () => {
  const list = new HistoryList(id);
  await list.load();
  const { groups } = list;
  const down: Host = { ...host, call: () => Promise.reject(new Error('down')) };
  useHost(down);
  await list.load();
  expect(list.failure?.message).toBe('down');
  expect(list.groups).toBe(groups);
});
