/** A demo host of its own for every test of a file: its events are heard, and no message of the test before is left. */
import { cleanup } from '@testing-library/svelte';
import { afterEach, beforeEach } from 'vitest';
import { fakeHost, type FakeHost, type FakeOptions } from '~/host/fake';
import { useHost } from '~/host/host';
import { events } from '~/state/events';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';

export interface Demo {
  /** The host of the test that runs. */
  readonly host: FakeHost;
  /** Plays another library in its place, for the rest of the test. */
  restart(options: FakeOptions): Promise<void>;
  /** The newest message. */
  toast(): (typeof toasts.list)[number] | undefined;
}

export function demoForEach(): Demo {
  let host: FakeHost;
  let stop: () => void = () => {};
  async function start(options?: FakeOptions): Promise<void> {
    stop();
    host = fakeHost(options);
    useHost(host);
    stop = await events.start();
  }
  beforeEach(async () => {
    await start();
    for (const toast of [...toasts.list]) toasts.close(toast.id);
  });
  afterEach(() => {
    cleanup();
    stop();
    router.go({ screen: 'library' });
  });
  return {
    get host() {
      return host;
    },
    restart: start,
    toast: () => toasts.list.at(-1),
  };
}
