import { describe, expect, it, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { RosterList } from './roster.svelte';
import { importSentence, lineOf, suggestHandle } from './words';

function listOver(host: FakeHost, filters = {}): { list: RosterList; call: ReturnType<typeof vi.spyOn> } {
  const call = vi.spyOn(host, 'call');
  useHost(host);
  const list = new RosterList(filters);
  list.start();
  return { list, call };
}

describe('RosterList', () => {
  it('fetches a page as it comes into sight, once', async () => {
    const { list, call } = listOver(fakeHost({ many: 1000 }), { archived: 'with' });
    await vi.waitFor(() => expect(list.total).toBe(1000));
    expect(list.item(0)).toBeDefined();
    expect(list.item(450)).toBeUndefined();
    list.want(440, 470);
    list.want(441, 471);
    await vi.waitFor(() => expect(list.item(450)).toBeDefined());
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('asks from the top when the question changes, and scrolls there', async () => {
    const { list } = listOver(fakeHost({ many: 1000 }));
    await vi.waitFor(() => expect(list.first).toBe(false));
    list.want(440, 470);
    const before = list.answered;
    list.change({ text: 'quill' });
    await vi.waitFor(() => expect(list.answered).not.toBe(before));
    expect(list.total).toBeLessThan(100);
    expect(list.item(0)?.display_name).toMatch(/quill/i);
  });

  it('keeps its place and its rows when a document changes', async () => {
    const host = fakeHost({ many: 300 });
    const { list } = listOver(host, { archived: 'with', sort: 'name' });
    const { events } = await import('~/state/events');
    await events.start();
    await vi.waitFor(() => expect(list.total).toBe(300));
    list.want(250, 270);
    await vi.waitFor(() => expect(list.item(260)).toBeDefined());
    const before = list.answered;
    const { id } = host.world.rows[0] ?? { id: '' };
    await host.call('roster_archive', { id });
    await vi.waitFor(() => expect(list.loading).toBe(false));
    expect(list.item(260)).toBeDefined();
    expect(list.answered).toBe(before);
  });

  it('shows only the answer to the newest question', async () => {
    const host = fakeHost();
    const { list } = listOver(host);
    await vi.waitFor(() => expect(list.first).toBe(false));
    const real = host.call.bind(host);
    let release: () => void = () => {};
    vi.spyOn(host, 'call').mockImplementationOnce(async (command, args) => {
      const answer = await real(command, args);
      await new Promise<void>((done) => (release = done));
      return answer as never;
    });
    list.change({ text: 'sorrel' });
    list.change({ text: 'brannoch' });
    await vi.waitFor(() => expect(list.item(0)?.handle).toBe('brannoch-ironvow'));
    release();
    await new Promise((done) => setTimeout(done));
    expect(list.item(0)?.handle).toBe('brannoch-ironvow');
  });

  it('tells why it could not be read, and recovers', async () => {
    useHost(fakeHost({ failing: true }));
    const list = new RosterList();
    await list.refresh();
    expect(list.failure?.message).toBe('The index did not answer.');
    useHost(fakeHost());
    await list.refresh();
    expect(list.failure).toBeUndefined();
    expect(list.total).toBe(11);
  });

  it('turns the order round on the second press, and begins with the largest where that matters', async () => {
    const { list } = listOver(fakeHost());
    list.sortBy('level');
    expect(list.filters).toMatchObject({ sort: 'level', descending: true });
    await vi.waitFor(() => expect(list.item(0)?.level).toBe(12));
    list.sortBy('level');
    expect(list.filters.descending).toBe(false);
    list.sortBy('name');
    expect(list.filters).toMatchObject({ sort: 'name', descending: false });
  });

  it('forgets filters when it shows the archived', async () => {
    const { list } = listOver(fakeHost(), { kinds: ['monster'] });
    list.setArchived('only');
    await vi.waitFor(() => expect(list.item(0)?.handle).toBe('wenna-tallow'));
    expect(list.filters.kinds).toEqual([]);
  });
});

describe('words of the roster', () => {
  it.each([
    ['Sorrel Quickfen', 'sorrel-quickfen'],
    ['Éowyn of the Mark', 'eowyn-of-the-mark'],
    ["D'Artagnan  the 3rd!", 'dartagnan-the-3rd'],
    ['…', ''],
  ])('suggests for %s the handle %s', (name, handle) => expect(suggestHandle(name)).toBe(handle));

  it('says in a line who it is', () => {
    const rows = fakeHost().world.rows;
    const line = (handle: string) => rows.filter((row) => row.handle === handle).map(lineOf)[0];
    expect(line('sorrel-quickfen')).toBe('Wood Elf · Ranger 4, Cleric 2');
    expect(line('ashwing-drake')).toBe('Monster · Dragon');
  });

  it('says in a sentence what an import did', () => {
    const one = { name: 'Pip', id: 'a', handle: 'pip' };
    expect(importSentence({ notices: [], characters: [{ ...one, result: { what: 'new' } }] })).toBe(
      'Pip came in.',
    );
    expect(
      importSentence({
        notices: [],
        characters: [
          { ...one, result: { what: 'new' } },
          { ...one, result: { what: 'copy' } },
          { ...one, result: { what: 'skipped' } },
        ],
      }),
    ).toBe('2 characters came in, 1 already there.');
    expect(importSentence({ notices: [], characters: [] })).toBe('The file held no characters.');
  });
});
