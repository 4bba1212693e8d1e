import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { SheetDocument } from './document.svelte';
import type { ActOutcome, EditOutcome } from './model';

let backend: FakeHost;
let id = '';

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  id = backend.world.rows.find((row) => row.handle === 'sorrel-quickfen')?.id ?? '';
  for (const toast of toasts.list) toasts.close(toast.id);
});

async function opened(): Promise<SheetDocument> {
  const doc = new SheetDocument(id);
  await doc.open();
  return doc;
}

/** Another window changes a cell. */
async function elsewhere(path: string, value: unknown): Promise<string> {
  const view = await backend.call<{ commit: string }>('sheet_show', { id });
  const request = {
    id,
    branch: null,
    base: view.commit,
    changes: [{ op: 'set', path, value }],
    message: null,
  };
  const outcome = await backend.call<EditOutcome>('sheet_edit', { request });
  return outcome.view.commit;
}

test('an edit shows at once and is saved after', async () => {
  const doc = await opened();
  const before = doc.view?.sheet.version ?? 0;
  const result = doc.set('/identity/player_name', 'Iris');
  expect(doc.value('/identity/player_name')).toBe('Iris');
  expect(doc.state).toBe('saving');
  expect(await result).toBe(true);
  expect(doc.state).toBe('saved');
  expect(doc.view?.sheet.version).toBe(before + 1);
  expect(doc.view?.source.identity.player_name).toBe('Iris');
});

test('many quick edits of one cell end as the last, without a conflict', async () => {
  const doc = await opened();
  for (let gold = 1; gold <= 8; gold += 1) void doc.set('/equipment/currency/gp', gold);
  await doc.queue.idle();
  expect(doc.view?.source.equipment.currency.gp).toBe(8);
  expect(doc.queue.held).toHaveLength(0);
});

test('what is refused stays in its cell with what to do, until it is corrected', async () => {
  const doc = await opened();
  await doc.set('/record/handle', 'Not A Handle');
  expect(doc.state).toBe('unsaved');
  expect(doc.value('/record/handle')).toBe('Not A Handle');
  expect(doc.failureAt('/record/handle')?.hint).toContain('quickfen');
  expect(doc.failureAt('/record/owner')).toBeUndefined();
  await doc.set('/record/handle', 'a-handle');
  expect(doc.failureAt('/record/handle')).toBeUndefined();
  expect(doc.state).toBe('saved');
});

test('news from elsewhere arrive, and what is being typed meets them as a conflict', async () => {
  const doc = await opened();
  doc.typing('/identity/background');
  const commit = await elsewhere('/identity/background', 'Sage');
  await doc.refresh(commit);
  expect(doc.value('/identity/background')).toBe('Sage');
  await doc.set('/identity/background', 'Soldier');
  expect(doc.state).toBe('undecided');
  expect(doc.value('/identity/background')).toBe('Soldier');
  const conflict = doc.conflictAt('/identity/background');
  expect(conflict?.cell).toMatchObject({ base: 'Wayfarer', ours: 'Soldier', theirs: 'Sage' });
  doc.queue.decide(conflict?.key ?? 0, '/identity/background', 'mine');
  await doc.queue.idle();
  expect(doc.view?.source.identity.background).toBe('Soldier');
  expect(doc.state).toBe('saved');
});

test('a deed is not read again for the news of it, which come before its answer', async () => {
  const doc = await opened();
  const call = backend.call.bind(backend);
  const news: Promise<void>[] = [];
  const calls = vi.spyOn(backend, 'call').mockImplementation(async (command, args) => {
    const answer = await call(command, args);
    const { edit } = answer as ActOutcome;
    if (command === 'sheet_act' && edit) news.push(doc.refresh(edit.view.commit));
    return answer as never;
  });
  const before = doc.view?.sheet.version ?? 0;
  await doc.act({ do: 'damage', amount: 1, kind: null, critical: false, half: false });
  await Promise.all(news);
  expect(news).toHaveLength(1);
  expect(doc.view?.sheet.version).toBe(before + 1);
  expect(calls.mock.calls.map(([command]) => command)).toEqual(['sheet_act']);
});

test('what others did while a deed was on its way is read after it', async () => {
  const doc = await opened();
  const deed = doc.act({ do: 'exhaustion', delta: 2 });
  const commit = await elsewhere('/identity/alignment', 'Chaotic Good');
  await Promise.all([deed, doc.refresh(commit)]);
  expect(doc.view?.source.combat.exhaustion).toBe(2);
  expect(doc.view?.source.identity.alignment).toBe('Chaotic Good');
});

test('what others changed in other cells is no conflict', async () => {
  const doc = await opened();
  doc.typing('/identity/background');
  await doc.refresh(await elsewhere('/identity/alignment', 'Chaotic Good'));
  await doc.set('/identity/background', 'Soldier');
  expect(doc.queue.held).toHaveLength(0);
  expect(doc.view?.source.identity).toMatchObject({ background: 'Soldier', alignment: 'Chaotic Good' });
});

test('undo tells what it took back and offers the way forward again', async () => {
  const doc = await opened();
  await doc.set('/equipment/currency/gp', 1);
  await doc.undo();
  expect(doc.view?.source.equipment.currency.gp).toBe(412);
  expect(toasts.list.at(-1)?.text).toContain('Taken back');
  await toasts.list.at(-1)?.action?.run();
  expect(doc.view?.source.equipment.currency.gp).toBe(1);
});

test('one change is taken back by itself even when others came after it', async () => {
  const doc = await opened();
  const changes = [{ op: 'remove', path: '/equipment/inventory/rope' }] as const;
  const before = doc.inverse(changes);
  await doc.edit(changes);
  const commit = doc.view?.commit;
  await doc.set('/identity/alignment', 'Neutral');
  await doc.takeBack(commit, before);
  expect(doc.view?.source.equipment.inventory.rope?.name).toBe('Rope');
  expect(doc.view?.source.identity.alignment).toBe('Neutral');
});

test('the way back of a change takes back that change, not the deed that was begun before it was pressed', async () => {
  const doc = await opened();
  await doc.set('/equipment/currency/gp', 1);
  const commit = doc.view?.commit;
  const before = [{ op: 'set', path: '/equipment/currency/gp', value: 412 }] as const;
  const deed = doc.act({ do: 'exhaustion', delta: 2 });
  await Promise.all([deed, doc.takeBack(commit, before)]);
  expect(doc.view?.source.combat.exhaustion).toBe(2);
  expect(doc.view?.source.equipment.currency.gp).toBe(412);
});

test('undo pressed twice takes back two changes, and tells the second by its own name', async () => {
  const doc = await opened();
  await doc.set('/equipment/currency/gp', 1);
  await doc.set('/identity/alignment', 'Neutral');
  await Promise.all([doc.undo(), doc.undo()]);
  expect(doc.view?.source.equipment.currency.gp).toBe(412);
  expect(toasts.list.at(-1)?.text).toContain('Gold');
});

test('news that come while the sheet is read are not lost', async () => {
  const doc = new SheetDocument(id);
  const call = backend.call.bind(backend);
  let answer = () => {};
  const late = new Promise<void>((done) => (answer = done));
  const show = vi.spyOn(backend, 'call').mockImplementationOnce(async (command, args) => {
    const old = await call(command, args);
    await late;
    return old as never;
  });
  const opening = doc.open();
  const commit = await elsewhere('/identity/alignment', 'Chaotic Good');
  const refreshed = doc.refresh(commit);
  // The news wait for the reading that is under way.
  await new Promise((done) => setTimeout(done));
  answer();
  await Promise.all([opening, refreshed]);
  show.mockRestore();
  expect(doc.view?.source.identity.alignment).toBe('Chaotic Good');
});

test('an older version cannot be edited', async () => {
  const doc = await opened();
  const first = doc.view?.sheet.audit_trail.at(-1)?.commit ?? '';
  const then = new SheetDocument(id, first);
  await then.open();
  expect(then.view?.commit).toBe(first);
  expect(then.editable).toBe(false);
});

test('a sheet that is not there says so', async () => {
  const doc = new SheetDocument('nobody');
  await doc.open();
  expect(doc.view).toBeNull();
  expect(doc.failure?.code).toBe('not_found');
});
