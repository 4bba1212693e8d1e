import { render, screen, waitFor } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import type { Role, TableView } from '~/api/wire';
import { seats } from '~/features/seats/seats.svelte';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { documents } from '../documents.svelte';
import { SheetPage } from '../page.svelte';
import Sheet from '../Sheet.svelte';

async function shownTo(role: Role): Promise<void> {
  const backend = fakeHost();
  const call = backend.call.bind(backend);
  useHost({
    ...backend,
    call: async (name, args) => {
      const answer = await call(name, args);
      return name === 'seats_view' ? { ...(answer as TableView), role } : answer;
    },
  } as typeof backend);
  await seats.load();
  const id = backend.world.rows.find(({ handle }) => handle === 'sorrel-quickfen')?.id ?? '';
  const page = new SheetPage(documents.open(id), 'record');
  await page.doc.open();
  render(Sheet, { props: { page } });
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Persona' })).toBeVisible());
}

test('what a persona knows is the DM’s to see and to write', async () => {
  await shownTo('dm');
  expect(screen.getByText('System prompt')).toBeVisible();
});

test('players get no field that would write over it unseen', async () => {
  await shownTo('player');
  expect(screen.getByText('Manner and temper')).toBeVisible();
  expect(screen.queryByText('System prompt')).not.toBeInTheDocument();
});
