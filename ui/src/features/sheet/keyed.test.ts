import { expect, test } from 'vitest';
import { insertion, members, movement, ordered, removal } from './keyed';
import { withEdits } from './path';
import { compareRanks, rankAfter, rankBetween } from './rank';

type Things = { [id in string]: { rank: string; name?: string } };
const things = (ranks: { [id in string]: string }): Things =>
  Object.fromEntries(Object.entries(ranks).map(([id, rank]) => [id, { rank }]));
const after = (list: Things, edits: Parameters<typeof withEdits>[1]) =>
  ordered(withEdits({ list }, edits).list).map(({ id }) => id);

test('ranks are compared as bytes and there is always room between two', () => {
  let ranks = ['V'];
  for (let turn = 0; turn < 300; turn += 1) {
    const at = (turn * 7919) % (ranks.length + 1);
    const rank = rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null);
    ranks = [...ranks.slice(0, at), rank, ...ranks.slice(at)];
  }
  expect([...ranks].sort(compareRanks)).toEqual(ranks);
  expect(new Set(ranks).size).toBe(ranks.length);
});

test('appending gives growing ranks that stay short', () => {
  const ranks: string[] = [];
  for (let turn = 0; turn < 500; turn += 1) ranks.push(rankAfter(ranks));
  expect([...ranks].sort(compareRanks)).toEqual(ranks);
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(12);
});

test('ranks of foreign hands neither hang nor sort wrongly after what they follow', () => {
  for (const [low, high] of [
    ['1', '2'],
    ['z', 'a'],
    ['ü', null],
    ['', '0'],
  ] as const) {
    const rank = rankBetween(low, high);
    expect(rank.length).toBeGreaterThan(0);
  }
});

test('equal ranks fall back to the id', () => {
  expect(ordered(things({ b: 'V', a: 'V', c: '1' })).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});

test('a new thing comes last, a copy right behind its model', () => {
  const list = things({ a: '1', b: '2', c: '3' });
  expect(after(list, insertion('/list', ordered(list), 'new', { rank: '' }))).toEqual(['a', 'b', 'c', 'new']);
  expect(after(list, insertion('/list', ordered(list), 'copy', { rank: '' }, 'a'))).toEqual([
    'a',
    'copy',
    'b',
    'c',
  ]);
});

test.each([
  ['c', 0, ['c', 'a', 'b', 'd']],
  ['a', 3, ['b', 'c', 'd', 'a']],
  ['b', 2, ['a', 'c', 'b', 'd']],
  ['d', 99, ['a', 'b', 'c', 'd']],
])('moving %s to %i', (id, to, expected) => {
  const list = things({ a: '1', b: '2', c: '3', d: '4' });
  expect(after(list, movement('/list', ordered(list), id, to))).toEqual(expected);
});

test('a move touches one rank where there is room, and makes room where all are alike', () => {
  const roomy = things({ a: '1', b: '5', c: '9' });
  expect(movement('/list', ordered(roomy), 'c', 1)).toHaveLength(1);
  const alike = things({ a: '', b: '', c: '' });
  expect(after(alike, movement('/list', ordered(alike), 'c', 0))).toEqual(['c', 'a', 'b']);
});

test('a removed thing is gone, a member that is false was never there', () => {
  const list = things({ a: '1', b: '2' });
  expect(after(list, removal('/list', 'a'))).toEqual(['b']);
  expect(members({ Elvish: true, Common: true, Orc: false })).toEqual(['Common', 'Elvish']);
});
