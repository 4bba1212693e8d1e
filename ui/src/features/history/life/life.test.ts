/** Moving through a character's life: its places and its milestones. */
import { beforeEach, expect, test } from 'vitest';
import { documents } from '~/features/sheet/documents.svelte';
import { fakeHost } from '~/host/fake';
import type { Life } from '~/features/sheet/model';
import { useHost, type Host } from '~/host/host';
import { Lifetime } from './life.svelte';

let host: Host;
let id = '';
beforeEach(() => {
  const fake = fakeHost();
  host = fake;
  useHost(fake);
  id = fake.world.rows[0]?.id ?? '';
});

async function lived(): Promise<Lifetime> {
  const life = new Lifetime(id, '');
  await life.load();
  life.go(life.points.length - 1);
  return life;
}

test('begins at the first version and ends today', async () => {
  const life = await lived();
  expect(life.today).toBe(true);
  expect(life.points[0]).toMatchObject({ version: 1, kind: 'create' });
  expect(life.points).toHaveLength(life.total);
  life.go(-5);
  expect(life.at).toBe(0);
  life.go(9999);
  expect(life.today).toBe(true);
});

test('steps from milestone to milestone', async () => {
  const life = await lived();
  life.go(life.marked(-1) ?? 0);
  expect(life.point?.mark).toBe('as of session 12');
  const here = life.at;
  life.go(life.marked(-1) ?? 0);
  expect(life.at).toBeLessThan(here);
  expect(life.marked(1)).toBe(here);
  life.go(0);
  expect(life.marked(-1)).toBeUndefined();
});

test('a version of another line has no place', async () => {
  const life = await lived();
  life.show('feedbeef');
  expect(life.at).toBe(-1);
  expect(life.point).toBeUndefined();
});

test('of a very long life a version without a place of its own stands at the one before it', async () => {
  const call = host.call.bind(host);
  useHost({
    ...host,
    call: async <T>(name: string, args?: Record<string, unknown>) => {
      const answer = await call<T>(name, args);
      if (name !== 'history_life') return answer;
      const life = answer as Life;
      return { ...life, points: life.points.filter((_, index) => index % 3 === 0) } as T;
    },
  });
  const life = await lived();
  life.show('feedbeef');
  life.numbered('feedbeef', 6);
  expect(life.points[life.at]?.version).toBe(4);
  expect(life.point).toBeUndefined();
});

test('of many versions asked for quickly the last is shown, and the one before until it comes', async () => {
  const life = await lived();
  const commits = life.points.map(({ commit }) => commit);
  const [first, second, third] = [commits[0] ?? '', commits[3] ?? '', commits[5] ?? ''];
  const doc = documents.openAt(id, first);
  await doc.open();
  expect(doc.view?.commit).toBe(first);
  const looks = [doc.lookAt(second), doc.lookAt(third)];
  expect(doc.view?.commit).toBe(first);
  await Promise.all(looks);
  expect(doc.view?.commit).toBe(third);
  expect(doc.editable).toBe(false);
});
