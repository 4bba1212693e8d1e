/** What the shell hears: files that the desktop hands over. */
import { expect, test, vi } from 'vitest';
import { fakeHost } from '~/host/fake';
import { useHost } from '~/host/host';
import { events } from '~/state/events';
import { hearShell } from './frame.svelte';

test('what came while the library was closed is asked for once it opens', async () => {
  const backend = fakeHost();
  const call = backend.call.bind(backend);
  const asked = vi.fn();
  useHost({
    ...backend,
    call: (name, args) => {
      if (name === 'exchange_import_opened') asked();
      return call(name, args);
    },
  } as typeof backend);
  const end = await hearShell();
  expect(asked).toHaveBeenCalledTimes(1);
  events.tell({ event: 'library_changed' });
  expect(asked).toHaveBeenCalledTimes(2);
  end();
  events.tell({ event: 'library_changed' });
  expect(asked).toHaveBeenCalledTimes(2);
});
