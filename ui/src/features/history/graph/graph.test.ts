/** The drawn history: its sittings, its pages, where its lanes lie, and whether what is drawn hangs together. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { GraphRow } from '~/features/sheet/model';
import { fakeHost } from '~/host/fake';
import { useHost, type Host } from '~/host/host';
import { Graph, items } from './graph.svelte';
import { laneWidth, pathOf, widthOf, xOf } from './lanes';

const row = (id: string, time: string, author = 'Maren', session: string | null = null): GraphRow => ({
  commit: {
    id,
    parent: null,
    version: 1,
    time: `2026-11-03T${time}:00Z`,
    author,
    kind: 'edit',
    title: id,
    changes: [],
    change_count: 1,
  },
  parents: [],
  lane: 0,
  strokes: [],
  branches: [],
  tags: [],
  request: null,
  session,
});

describe('sittings', () => {
  const heads = (...rows: GraphRow[]) =>
    items(rows).flatMap((item) => (item.sort === 'head' ? [item.sitting.steps] : []));

  test('hold what one person did at one time', () => {
    expect(heads(row('c', '20:20'), row('b', '20:10'), row('a', '20:00'))).toEqual([3]);
  });
  test.each([
    ['another author', row('a', '20:00', 'DM')],
    ['another session', row('a', '20:00', 'Maren', 'session 12')],
    ['more than half an hour before', row('a', '19:30')],
  ])('%s begins another', (_what, older) => {
    expect(heads(row('b', '20:10'), older)).toEqual([1, 1]);
  });
  test('tell their day once', () => {
    const days = items([row('c', '20:20'), row('b', '20:10', 'DM'), { ...row('a', '10:00') }]);
    expect(days.flatMap((item) => (item.sort === 'head' ? [item.sitting.sameDay] : []))).toEqual([
      false,
      true,
      true,
    ]);
  });
  test('a step above a head draws its strokes over it', () => {
    const [, above, head, below] = items([row('b', '20:00'), row('a', '10:00')]);
    expect([above?.sort, head?.sort, below?.sort]).toEqual(['step', 'head', 'step']);
    expect(above).toMatchObject({ gap: true });
    expect(below).toMatchObject({ gap: false });
  });
});

describe('lanes', () => {
  test('stand side by side, and closer where there are many', () => {
    expect(xOf(1, 2)).toBeGreaterThan(xOf(0, 2));
    expect(laneWidth(20)).toBeLessThan(laneWidth(3));
    expect(widthOf(20)).toBeLessThan(20 * laneWidth(3));
  });
  test('a straight line is straight, one that changes lanes bends and ends in its lane', () => {
    expect(pathOf({ from: 0, to: 0 }, 2, 1)).toMatch(/^M[\d.]+ [\d.]+V[\d.]+$/);
    expect(pathOf({ from: 1, to: 0 }, 2, 2)).toContain(` ${xOf(0, 2)} `);
    expect(pathOf({ from: 0, to: 1 }, 2, 1)).toContain(`${xOf(1, 2)} `);
  });
});

let host: Host;
let id = '';
beforeEach(() => {
  const fake = fakeHost();
  host = fake;
  useHost(fake);
  id = fake.world.rows[0]?.id ?? '';
});

/** A backend with pages of a few rows. */
function small(limit: number): void {
  const call = host.call.bind(host);
  useHost({
    ...host,
    call: (name, args) => call(name, name === 'history_graph' ? { ...args, limit } : args),
  });
}

test('every stroke leads to the lane of the step below or goes on there', async () => {
  const graph = new Graph(id);
  await graph.load();
  await graph.reach(graph.length);
  expect(graph.rows.some((one) => one.parents.length > 1)).toBe(true);
  expect(graph.rows.some((one) => one.lane > 0)).toBe(true);
  let open: number[] = [];
  for (const [index, one] of graph.rows.entries()) {
    // Where a line comes from above it comes to this step or passes.
    for (const lane of open)
      expect(
        lane === one.lane || one.strokes.some(({ from, to }) => from === lane || to === lane),
        `row ${index}, lane ${lane}`,
      ).toBe(true);
    open = one.strokes.map(({ to }) => to);
  }
  expect(open).toEqual([]);
});

test('is read page by page as far as one scrolls, and no further', async () => {
  small(8);
  const graph = new Graph(id);
  await graph.load();
  expect(graph.rows).toHaveLength(8);
  expect(graph.length).toBeGreaterThan(graph.total);
  await graph.reach(graph.items.length + 2);
  expect(graph.rows).toHaveLength(16);
  await graph.reach(10_000);
  expect(graph.rows).toHaveLength(graph.total);
  expect(new Set(graph.rows.map(({ commit }) => commit.id)).size).toBe(graph.total);
});

test('whoever reads far below still sees the steps there after news', async () => {
  small(8);
  const graph = new Graph(id);
  await graph.load();
  await graph.reach(graph.items.length + 2);
  await graph.load();
  expect(graph.rows).toHaveLength(16);
});

test('a failure is told, and what was read stays', async () => {
  const graph = new Graph(id);
  await graph.load();
  const { rows } = graph;
  useHost({ ...host, call: () => Promise.reject(new Error('down')) });
  await graph.load();
  expect(graph.failure?.message).toBe('down');
  expect(graph.rows).toBe(rows);
});
