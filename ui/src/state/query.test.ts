import { describe, expect, it, vi } from 'vitest';
import { events } from './events';
import { Query } from './query.svelte';

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (thrown: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

describe('Query', () => {
  it('shows only the answer to the newest question', async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let asked = 0;
    const query = new Query({ load: () => (answers[asked++] as (typeof answers)[0]).promise });
    const second = query.refresh();
    answers[1]?.resolve('new');
    await second;
    answers[0]?.resolve('old');
    await Promise.resolve();
    expect(query.data).toBe('new');
    expect(query.loading).toBe(false);
  });

  it('keeps the answer on show when a later question is refused', async () => {
    const load = vi.fn().mockResolvedValueOnce('here').mockRejectedValueOnce('the framework said no');
    const query = new Query<string>({ load });
    await vi.waitFor(() => expect(query.data).toBe('here'));
    await query.refresh();
    expect(query.data).toBe('here');
    expect(query.failure).toMatchObject({ code: 'internal', message: 'the framework said no' });
  });

  it('asks again when news concern it, and only then', async () => {
    const load = vi.fn().mockResolvedValue(1);
    const query = new Query<number>({ load, concerns: (event) => event.event === 'library_changed' });
    await vi.waitFor(() => expect(query.data).toBe(1));
    events.tell({ event: 'document_changed', id: 'a', branch: 'main', commit: 'c' });
    expect(load).toHaveBeenCalledTimes(1);
    events.tell({ event: 'library_changed' });
    expect(load).toHaveBeenCalledTimes(2);
  });
});
