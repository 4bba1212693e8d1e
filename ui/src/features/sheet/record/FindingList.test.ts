import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { documents } from '../documents.svelte';
import type { SheetView } from '../model';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

test('what somebody allowed stands beneath the findings and can be taken back', async () => {
  const backend = fakeHost();
  const call = backend.call.bind(backend);
  const finding = {
    cell: '/equipment/magical_items',
    severity: 'warning' as const,
    message: 'The character is attuned to 4 items; three are allowed.',
    hint: 'End an attunement.',
  };
  const allowance = { by: 'Nell', reason: 'The gods smile on her', time: '2026-11-20T20:00:00Z' };
  const changes = vi.fn();
  useHost({
    ...backend,
    call: async (name, args) => {
      if (name === 'sheet_edit') changes((args as { request: { changes: unknown } }).request.changes);
      const answer = await call(name, args);
      if (name !== 'sheet_show') return answer;
      return { ...(answer as SheetView), allowed: [{ key: 'abc', finding, allowance }] };
    },
  } as typeof backend);
  const id = backend.world.rows.find(({ handle }) => handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), 'record');
  await page.doc.open();
  render(Sheet, { props: { page } });
  expect(await screen.findByText(/attuned to 4 items/)).toHaveTextContent(
    'Nell allows it: The gods smile on her',
  );
  await userEvent.setup().click(screen.getByRole('button', { name: /^No longer allow: The character/ }));
  await waitFor(() => expect(changes).toHaveBeenCalledWith([{ op: 'remove', path: '/allowances/abc' }]));
});
