import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import DropVeil from './DropVeil.svelte';

/** What the browser hands over with a drag; jsdom makes none itself. */
function carrying(...files: File[]) {
  const items = files.map((file) => ({ kind: 'file', type: file.type }));
  return { dataTransfer: { types: ['Files'], files, items } };
}

const sheet = new File(['{"format":"forkbeard"}'], 'pip.forkbeard');
const picture = new File(['x'], 'pip.png', { type: 'image/png' });

describe('DropVeil', () => {
  let call: ReturnType<typeof vi.fn>;
  beforeEach(() => {
    for (const toast of [...toasts.list]) toasts.close(toast.id);
    call = vi.fn().mockResolvedValue({ characters: [], notices: [] });
    useHost({ ...fakeHost(), call: call as never });
    render(DropVeil);
  });

  it('says what a drop would do while files hover, and is silent about pictures', async () => {
    await fireEvent.dragOver(document, carrying(picture));
    expect(screen.queryByText('Drop to bring characters or packs in')).toBeNull();
    await fireEvent.dragOver(document, carrying(sheet));
    expect(screen.getByText('Drop to bring characters or packs in')).toBeInTheDocument();
  });

  it('looks at the files that were dropped, pictures left out, and brings in its own', async () => {
    const preview = { file: '', format: 'forkbeard', characters: ['Pip'], report: null, portraits: [] };
    call.mockImplementation((command: string) =>
      Promise.resolve(
        command === 'exchange_look_at' ? [{ what: 'readable', preview }] : { characters: [], notices: [] },
      ),
    );
    Object.defineProperty(sheet, 'text', { value: () => Promise.resolve('the text') });
    const prevented = !(await fireEvent.drop(document, carrying(sheet, picture)));
    expect(prevented).toBe(true);
    await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(2));
    expect(call).toHaveBeenNthCalledWith(1, 'exchange_look_at', {
      files: [{ name: 'pip.forkbeard', text: 'the text' }],
    });
    expect(call.mock.calls[1]?.[0]).toBe('exchange_import');
  });

  it('takes the TOML files that were dropped together as one pack', async () => {
    call.mockImplementation((command: string) =>
      command === 'packs_list'
        ? Promise.resolve([])
        : Promise.resolve({ row: { id: 'x', name: 'The Quay', things: { feat: 2 } }, commit: 'c' }),
    );
    const text = (name: string) => {
      const file = new File([name], name);
      return Object.assign(file, { text: () => Promise.resolve(`# ${name}`) });
    };
    await fireEvent.drop(document, carrying(text('pack.toml'), text('Feats.TOML')));
    const files = [
      { name: 'pack.toml', text: '# pack.toml' },
      { name: 'Feats.TOML', text: '# Feats.TOML' },
    ];
    await vi.waitFor(() => expect(call).toHaveBeenCalledWith('packs_import', { files }));
    await vi.waitFor(() => expect(toasts.list.at(-1)?.text).toBe('The Quay is here: 2 things.'));
    router.go({ screen: 'library' });
  });

  it('refuses what is far too large before reading it', async () => {
    const huge = new File(['x'], 'huge.json');
    Object.defineProperty(huge, 'size', { value: 1e9 });
    await fireEvent.drop(document, carrying(huge));
    await vi.waitFor(() => expect(toasts.list.at(-1)?.text).toContain('too large'));
    expect(call).not.toHaveBeenCalled();
  });

  it('leaves alone what a field has taken already', async () => {
    const taken = (event: Event) => event.preventDefault();
    document.body.addEventListener('drop', taken, { once: true });
    await fireEvent.drop(document.body, carrying(sheet));
    expect(call).not.toHaveBeenCalled();
  });
});
