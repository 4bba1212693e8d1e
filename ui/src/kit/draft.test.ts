import { describe, expect, it } from 'vitest';
import { Draft } from './draft.svelte';

describe('Draft', () => {
  it('keeps what is typed while the value changes underneath', () => {
    let value = 'old';
    const draft = new Draft(() => value);
    expect(draft.shown).toBe('old');
    draft.set('typed');
    value = 'from elsewhere';
    expect(draft.shown).toBe('typed');
    draft.revert();
    expect(draft.shown).toBe('from elsewhere');
  });

  it('shows the draft until the receiver has answered: the old value never flickers back', async () => {
    let value = 'old';
    const draft = new Draft(() => value);
    draft.set('new');
    let answer: () => void = () => {};
    const committed = draft.commit(async (next) => {
      await new Promise<void>((done) => (answer = done));
      value = next;
    });
    expect(draft.pending).toBe(true);
    expect(draft.shown).toBe('new');
    answer();
    await committed;
    expect(draft.pending).toBe(false);
    expect(draft.shown).toBe('new');
  });

  it('brings the committed value back when it is refused', async () => {
    const draft = new Draft(() => 'old');
    draft.set('bad');
    await draft.commit(() => Promise.reject(new Error('no')));
    expect(draft.shown).toBe('old');
  });

  it('commits nothing that changes nothing', async () => {
    const draft = new Draft(() => 'same');
    let calls = 0;
    await draft.commit(() => (calls += 1));
    draft.set('same');
    await draft.commit(() => (calls += 1));
    expect(calls).toBe(0);
  });

  it('keeps what was typed on during the commit', async () => {
    const draft = new Draft(() => 'old');
    draft.set('first');
    const committed = draft.commit(() => Promise.resolve());
    draft.set('second');
    await committed;
    expect(draft.shown).toBe('second');
  });
});
