import { expect, test, vi } from 'vitest';
import type { CellEdit, EditOutcome, Failure, SheetView } from './model';
import { EditQueue, type Edit } from './queue.svelte';

const view = (commit: string) => ({ commit }) as SheetView;
const saved = (commit: string): EditOutcome => ({
  status: 'saved',
  view: view(commit),
  changes: [],
  merged: [],
});
const set = (path: string, value: unknown): CellEdit => ({ op: 'set', path, value });

/** A backend that answers when it is told to. */
function backend() {
  const sent: { edit: Edit; answer: (outcome: EditOutcome) => void; refuse: (failure: Failure) => void }[] =
    [];
  const received: string[] = [];
  const queue = new EditQueue({
    send: (edit) =>
      new Promise((answer, refuse) => {
        sent.push({ edit, answer, refuse });
      }),
    receive: (outcome) => received.push(outcome.view.commit),
  });
  return { queue, sent, received };
}

const refusal: Failure = {
  code: 'invalid',
  message: 'Too long.',
  hint: 'Shorten it.',
  cell: '/identity/name',
};
const settle = () => new Promise((done) => setTimeout(done));

test('edits go out one after another, and are shown until each is answered', async () => {
  const { queue, sent, received } = backend();
  void queue.push([set('/a', 1)]);
  void queue.push([set('/b', 2)]);
  expect(sent).toHaveLength(1);
  expect(queue.unsaved).toEqual([set('/a', 1), set('/b', 2)]);
  sent[0]?.answer(saved('c2'));
  await settle();
  expect(sent).toHaveLength(2);
  expect(queue.unsaved).toEqual([set('/b', 2)]);
  sent[1]?.answer(saved('c3'));
  await queue.idle();
  expect(received).toEqual(['c2', 'c3']);
  expect(queue.busy).toBe(false);
});

test('what is refused is kept with its reason, and a new try at the cell replaces it', async () => {
  const { queue, sent } = backend();
  const result = queue.push([set('/identity/name', 'x'.repeat(500))]);
  sent[0]?.refuse(refusal);
  expect(await result).toBe(false);
  expect(queue.refused[0]?.failure).toBe(refusal);
  expect(queue.unsaved).toHaveLength(1);
  void queue.push([set('/identity/name', 'short')]);
  expect(queue.refused).toHaveLength(0);
  sent[1]?.answer(saved('c2'));
  await queue.idle();
  expect(queue.unsaved).toEqual([]);
});

test('a refused edit does not hold up the next', async () => {
  const { queue, sent } = backend();
  void queue.push([set('/identity/name', '')]);
  void queue.push([set('/notes', 'still here')]);
  sent[0]?.refuse(refusal);
  await settle();
  expect(sent[1]?.edit.changes).toEqual([set('/notes', 'still here')]);
});

test('trying again sends what was refused; letting go forgets it', async () => {
  const { queue, sent } = backend();
  void queue.push([set('/a', 1)]);
  sent[0]?.refuse(refusal);
  await settle();
  queue.retry();
  expect(sent[1]?.edit.changes).toEqual([set('/a', 1)]);
  sent[1]?.refuse(refusal);
  await settle();
  queue.dismiss();
  expect(queue.unsaved).toEqual([]);
});

test('a conflict holds the edit, and mine is sent again on the newest commit', async () => {
  const { queue, sent } = backend();
  void queue.push([set('/a', 'mine')], { base: 'old' });
  sent[0]?.answer({
    status: 'conflict',
    view: view('theirs'),
    cells: [{ path: '/a', label: 'A', base: 'base', ours: 'mine', theirs: 'theirs' }],
  });
  await settle();
  const [held] = queue.held;
  expect(held?.cells).toHaveLength(1);
  expect(queue.unsaved).toEqual([set('/a', 'mine')]);
  queue.decide(held?.key ?? 0, '/a', 'mine');
  expect(sent[1]?.edit).toMatchObject({ changes: [set('/a', 'mine')] });
  expect(sent[1]?.edit.base).toBeUndefined();
});

test('with several conflicts nothing is sent until the last is decided, and theirs drops out', async () => {
  const { queue, sent } = backend();
  void queue.push([set('/a', 1), set('/b', 2), set('/c', 3)]);
  sent[0]?.answer({
    status: 'conflict',
    view: view('c2'),
    cells: ['/a', '/b'].map((path) => ({ path, label: path, base: 0, ours: 1, theirs: 9 })),
  });
  await settle();
  const key = queue.held[0]?.key ?? 0;
  queue.decide(key, '/a', 'theirs');
  expect(sent).toHaveLength(1);
  expect(queue.unsaved).toEqual([set('/b', 2), set('/c', 3)]);
  queue.decide(key, '/b', { value: 5 });
  expect(sent[1]?.edit.changes).toEqual([set('/b', 5), set('/c', 3)]);
});

test('taking theirs in the only cell sends nothing', async () => {
  const { queue, sent } = backend();
  void queue.push([set('/a', 1)]);
  sent[0]?.answer({
    status: 'conflict',
    view: view('c2'),
    cells: [{ path: '/a', label: 'A', base: 0, ours: 1, theirs: 2 }],
  });
  await settle();
  queue.decide(queue.held[0]?.key ?? 0, '/a', 'theirs');
  expect(sent).toHaveLength(1);
  expect(queue.held).toHaveLength(0);
});

test('who waits for the end of the queue is told after the last, not the first', async () => {
  const { queue, sent } = backend();
  const over = vi.fn();
  void queue.push([set('/a', 1)]);
  void queue.push([set('/b', 1)]);
  void queue.idle().then(over);
  sent[0]?.answer(saved('c2'));
  await settle();
  expect(over).not.toHaveBeenCalled();
  sent[1]?.answer(saved('c3'));
  await settle();
  expect(over).toHaveBeenCalled();
});

test('a tally that waits takes in what another window added meanwhile', async () => {
  const { queue, sent } = backend();
  // 5 were shown; four more, and then another three, before the first was answered.
  void queue.push([set('/combat/damage_taken', 9)]);
  void queue.push([set('/combat/damage_taken', 12)]);
  sent[0]?.answer({
    status: 'saved',
    view: { commit: 'c2', source: { combat: { damage_taken: 15 } } } as SheetView,
    changes: [],
    merged: [{ path: '/combat/damage_taken', label: 'Damage taken', by: 'added', how: 'both were added up' }],
  });
  await settle();
  expect(sent[1]?.edit.changes).toEqual([set('/combat/damage_taken', 18)]);
});
