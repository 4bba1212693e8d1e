/** The log of the library, and the way back to any moment of it. */
import { render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import * as api from '~/api/history.past';
import * as sheets from '~/api/sheet';
import { fakeHost, type FakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { Log } from './log.svelte';
import LogScreen from './LogScreen.svelte';

let host: FakeHost;
let id = '';
beforeEach(() => {
  host = fakeHost();
  useHost(host);
  id = host.world.rows[0]?.id ?? '';
});

test('is read newest first, page by page, to its end', async () => {
  const log = new Log();
  await log.load();
  while (log.hasMore) await log.more();
  const times = log.operations.map(({ time }) => Date.parse(time));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(new Set(log.operations.map((one) => one.id)).size).toBe(log.operations.length);
});

test('a look at what would change, the way back, and the way back from that', async () => {
  const user = userEvent.setup();
  const before = (await sheets.show(id)).source.equipment.currency.gp;
  await api.operations(null, 1);
  const { commit, branch } = await sheets.show(id);
  await sheets.edit({
    id,
    branch,
    base: commit,
    changes: [{ op: 'set', path: '/equipment/currency/gp', value: 1 }],
    message: 'Lost the purse',
  });
  render(LogScreen);
  const rows = await screen.findAllByRole('button', { name: /^Back to here/ });
  await user.click(rows[0] as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText(/^back to version \d+ of \d+$/)).toBeInTheDocument();
  expect((await sheets.show(id)).source.equipment.currency.gp).toBe(1);
  await user.click(await within(dialog).findByRole('button', { name: 'Put it back' }));
  await expect.poll(async () => (await sheets.show(id)).source.equipment.currency.gp).toBe(before);
  const toast = toasts.list.at(-1);
  expect(toast?.action?.label).toBe('Undo');
  if (toast) await toasts.act(toast.id);
  expect((await sheets.show(id)).source.equipment.currency.gp).toBe(1);
});
