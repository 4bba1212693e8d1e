import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

describe('Toasts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('go by themselves, later when there is something to press', () => {
    const toasts = new Toasts();
    toasts.show('Saved.');
    toasts.show('Archived.', { action: { label: 'Undo', run: () => {} } });
    vi.advanceTimersByTime(Toasts.LASTS);
    expect(toasts.list.map((toast) => toast.text)).toEqual(['Archived.']);
    vi.advanceTimersByTime(Toasts.LASTS_WITH_ACTION - Toasts.LASTS);
    expect(toasts.list).toEqual([]);
  });

  it('stay while they are being read', () => {
    const toasts = new Toasts();
    toasts.show('Saved.');
    toasts.hold();
    vi.advanceTimersByTime(Toasts.LASTS * 3);
    expect(toasts.list).toHaveLength(1);
    toasts.release();
    vi.advanceTimersByTime(Toasts.LASTS);
    expect(toasts.list).toEqual([]);
  });

  it('never pile up beyond the limit: the oldest goes', () => {
    const toasts = new Toasts();
    for (const word of ['one', 'two', 'three', 'four', 'five']) toasts.show(word);
    expect(toasts.list.map((toast) => toast.text)).toEqual(['two', 'three', 'four', 'five']);
  });

  it('run their action once and close', async () => {
    const toasts = new Toasts();
    const undo = vi.fn();
    const id = toasts.show('Archived.', { action: { label: 'Undo', run: undo } });
    await toasts.act(id);
    await toasts.act(id);
    expect(undo).toHaveBeenCalledOnce();
    expect(toasts.list).toEqual([]);
  });

  it('tell in their place what became of an action that failed', async () => {
    const toasts = new Toasts();
    const refused = { code: 'internal', message: 'The disk is full.', hint: 'Make room.', cell: null };
    const id = toasts.show('Put back.', { action: { label: 'Undo', run: () => Promise.reject(refused) } });
    await toasts.act(id);
    expect(toasts.list).toMatchObject([{ tone: 'problem', text: 'The disk is full.', hint: 'Make room.' }]);
  });

  it('keep one that is told to stay', () => {
    const toasts = new Toasts();
    toasts.show('Read only.', { lasts: 0 });
    vi.advanceTimersByTime(3_600_000);
    expect(toasts.list).toHaveLength(1);
  });
});
