/** Another program's file is shown part by part before it is taken in; one's own comes in at once. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { importDropped, importFiles } from './deeds';
import ImportPreview from './ImportPreview.svelte';
import { imports } from './imports.svelte';

let backend: FakeHost;
const user = userEvent.setup();
const file = (name: string, content: unknown) => {
  const made = new File([''], name);
  Object.defineProperty(made, 'text', { value: () => Promise.resolve(JSON.stringify(content)) });
  return made;
};
const names = () => backend.world.rows.map((row) => row.display_name);

beforeEach(() => {
  backend = fakeHost();
  useHost(backend);
  imports.looks = null;
  imports.report = null;
  for (const toast of toasts.list) toasts.close(toast.id);
  render(ImportPreview);
});

test('a chosen actor is told of by its parts, and comes in only when that is wanted', async () => {
  await importFiles();
  const dialog = await screen.findByRole('dialog', { name: 'Import Ulla Fenwick?' });
  expect(dialog).toHaveTextContent('It is built under the rules');
  expect(within(dialog).getByText('Smoked Eel')).toBeInTheDocument();
  expect(within(dialog).getByText('Longsword')).toBeInTheDocument();
  await user.click(within(dialog).getByRole('radio', { name: /Not used/ }));
  expect(within(dialog).queryByText('Longsword')).toBeNull();
  expect(within(dialog).getByText('Favorites')).toBeInTheDocument();
  expect(names()).not.toContain('Ulla Fenwick');
  await user.click(within(dialog).getByRole('button', { name: 'Import' }));
  await waitFor(() => expect(names()).toContain('Ulla Fenwick'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(toasts.list.at(-1)?.text).toBe('Ulla Fenwick came in.');
});

test('Cancel and Escape leave it out', async () => {
  const calls = vi.spyOn(backend, 'call');
  for (const leave of [
    () => user.click(screen.getByRole('button', { name: 'Cancel' })),
    () => user.keyboard('{Escape}'),
  ]) {
    await importDropped([file('fvtt-Actor-gren.json', { name: 'Gren', type: 'npc', system: {} })]);
    await screen.findByRole('dialog', { name: 'Import Gren?' });
    await leave();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
  expect(calls.mock.calls.map(([command]) => command)).toEqual(['exchange_look_at', 'exchange_look_at']);
  expect(names()).not.toContain('Gren');
});

test('what is Forkbeard’s own comes in without a question', async () => {
  await importDropped([file('pip.forkbeard', { format: 'forkbeard.character/1', name: 'Pip' })]);
  expect(imports.looks).toBeNull();
  expect(names()).toContain('Pip');
});

test('a file among others that cannot be read is told with its reason', async () => {
  await importDropped([
    file('fvtt-Actor-gren.json', { name: 'Gren', type: 'npc', system: {} }),
    file('shopping.json', ['milk']),
  ]);
  const dialog = await screen.findByRole('dialog', { name: 'Import Gren?' });
  expect(dialog).toHaveTextContent('shopping.json');
  expect(dialog).toHaveTextContent('This is not a file of Forkbeard characters.');
});
