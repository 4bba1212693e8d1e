/** The lines of a character, and what can be done with them: each with its way back. */
import { beforeEach, describe, expect, test } from 'vitest';
import * as api from '~/api/history';
import * as past from '~/api/history.past';
import * as sheets from '~/api/sheet';
import { documents } from '~/features/sheet/documents.svelte';
import type { BranchLine } from '~/features/sheet/model';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { Branches, branchesOf, farOf, gitWords, wordOf } from './branches.svelte';
import {
  begin,
  bringIn,
  canBringIn,
  opensMerge,
  putAway,
  remove,
  rename,
  revert,
  setTag,
  switchTo,
  untag,
} from './line-deeds';
import { lineActions, lineEntries } from './lines/entries';

let host: FakeHost;
let id = '';
beforeEach(async () => {
  host = fakeHost();
  useHost(host);
  id = host.world.rows[0]?.id ?? '';
  for (const toast of [...toasts.list]) toasts.close(toast.id);
  await branchesOf(id).load();
  await documents.open(id).open();
  await documents.open(id).reload();
});

const branches = () => branchesOf(id);
const standing = () => branches().standing?.name;
/** Presses what the newest message offers. */
async function takeBack(): Promise<void> {
  const toast = toasts.list.at(-1);
  if (toast) await toasts.act(toast.id);
}

describe('words', () => {
  const branch = (rest: Partial<BranchLine>): BranchLine => ({
    name: 'twin-blades',
    title: 'twin blades',
    head: 'h',
    other_heads: [],
    version: 3,
    author: 'Maren',
    updated: '2026-11-20T20:00:00Z',
    ahead: 3,
    behind: 1,
    fork: null,
    archived: false,
    protected: false,
    conflicts: 0,
    request: null,
    ...rest,
  });
  test('of the table come first, those of versioning beside them', () => {
    expect(wordOf(branch({}))).toBe('what-if');
    expect(wordOf(branch({ request: 'r' }))).toBe('proposal');
    expect(gitWords(branch({}))).toBe('branch twin-blades: 3 commits ahead of main, 1 commit behind');
    expect(farOf(branch({}))).toBe('3 steps from main');
    expect(farOf(branch({ ahead: 0 }))).toBe('all of it is in main');
  });
});

test('who has no what-ifs is offered to begin one, and nothing else', async () => {
  const alone = new Branches(host.world.rows[1]?.id ?? '');
  await alone.load();
  expect(alone.any).toBe(false);
  const labels = lineEntries(alone, true).flatMap((entry) => (entry === 'separator' ? [] : [entry.label]));
  expect(labels).toEqual(['What if…', 'Make the last steps a proposal…', 'All lines in the history']);
});

test('switching changes the sheet on show, and can be taken back', async () => {
  const doc = documents.open(id);
  const before = doc.view?.sheet.identity.class_line;
  await switchTo(id, 'twin-blades');
  expect(standing()).toBe('twin-blades');
  expect(doc.view?.branch).toBe('twin-blades');
  expect(doc.view?.sheet.identity.class_line).not.toBe(before);
  await takeBack();
  expect(standing()).toBe('main');
  expect(doc.view?.sheet.identity.class_line).toBe(before);
});

test('what is changed on a what-if leaves main as it is', async () => {
  await switchTo(id, 'twin-blades', true);
  const doc = documents.open(id);
  await doc.set('/identity/alignment', 'Chaotic Good');
  await switchTo(id, 'main', true);
  expect(doc.value('/identity/alignment')).toBe('Neutral Good');
});

test('a what-if begins at a version and is gone when taken back', async () => {
  await begin({ id, title: 'Oath of Hask', from: null, take: null, switch: true });
  expect(standing()).toBe('oath-of-hask');
  await takeBack();
  expect(standing()).toBe('main');
  expect(branches().named('oath-of-hask')).toBeUndefined();
});

test('the last steps move off main onto a proposal', async () => {
  const before = (await past.life(id)).total;
  await begin({ id, title: 'Last two', from: null, take: 2, switch: false });
  expect((await past.life(id)).total).toBe(before - 2);
  expect(branches().named('last-two')).toMatchObject({ ahead: 2, behind: 0 });
});

test('renaming, putting away and deleting can be taken back', async () => {
  await rename(id, 'twin-blades', 'Two swords');
  expect(branches().titleOf('twin-blades')).toBe('Two swords');
  await takeBack();
  expect(branches().titleOf('twin-blades')).toBe('twin blades');
  await switchTo(id, 'twin-blades', true);
  await putAway(id, 'twin-blades', true);
  expect(standing()).toBe('main');
  expect(branches().open.map(({ name }) => name)).toEqual(['main']);
  await takeBack();
  expect(standing()).toBe('twin-blades');
  const head = branches().named('twin-blades')?.head;
  await remove(id, 'twin-blades');
  expect(branches().named('twin-blades')).toBeUndefined();
  await takeBack();
  expect(branches().named('twin-blades')?.head).toBe(head);
});

test('a name that is taken is refused in words, and nothing changes', async () => {
  expect(await begin({ id, title: 'Twin blades', from: null, take: null, switch: true })).toBe(false);
  expect(toasts.list.at(-1)).toMatchObject({ tone: 'problem', hint: 'Give it another name.' });
  expect(standing()).toBe('main');
});

test('milestones are set and taken away, each with its way back', async () => {
  const commit = documents.open(id).view?.commit ?? '';
  await setTag(id, commit, 'after the flood');
  expect(branches().tags[0]).toMatchObject({ name: 'after the flood', commit });
  await untag(id, branches().tags[0]?.id ?? '');
  expect(branches().tags.map(({ name }) => name)).not.toContain('after the flood');
  await takeBack();
  expect(branches().tags[0]).toMatchObject({ name: 'after the flood', commit });
});

test('a step of days ago is undone by itself: what came later stays', async () => {
  const doc = documents.open(id);
  const drunk = (await api.list({ id, from: null, limit: 50, cell: null })).groups
    .flatMap((group) => group.commits)
    .find(({ title }) => title === 'Added Poisoned');
  const notes = doc.value('/notes');
  expect(doc.value('/conditions/poisoned')).toBeDefined();
  await revert(id, drunk?.id ?? '', 'Added Poisoned');
  expect(doc.value('/conditions/poisoned')).toBeUndefined();
  expect(doc.value('/notes')).toBe(notes);
  await takeBack();
  expect(doc.value('/conditions/poisoned')).toBeDefined();
});

test('the palette switches to every other line, and offers the merge once somebody does it', async () => {
  const actions = () => lineActions(branches(), () => true).filter((one) => one.enabled?.() ?? true);
  expect(actions().map(({ label }) => label)).toContain('Switch to the what-if “twin blades”');
  expect(actions().map((one) => one.id)).not.toContain('lines.switch.main');
  await switchTo(id, 'twin-blades', true);
  const merge = (): boolean => actions().some((one) => one.id === 'lines.merge');
  expect(merge()).toBe(canBringIn());
  const asked: string[][] = [];
  opensMerge((...args) => asked.push(args));
  expect(merge()).toBe(true);
  bringIn(id, 'twin-blades', 'main');
  expect(asked).toEqual([[id, 'twin-blades', 'main']]);
  actions()
    .find((one) => one.id === 'lines.compare')
    ?.run();
  expect(router.route).toEqual({ screen: 'history', id, from: 'main', to: 'twin-blades' });
});

test('the demo ends where the sheet begins: every past leads to it', async () => {
  const view = await sheets.show(id);
  expect(view.sheet.identity.class_line).toBe('Ranger 4, Cleric 2');
  expect(view.source.equipment.currency.gp).toBe(412);
});
