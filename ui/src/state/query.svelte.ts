/**
 * One answer of the backend on show: loaded, kept while it is loaded again, and asked for anew when news concern it.
 *
 * Made in a component (or a class that a component makes), it ends with it:
 *
 *     const status = new Query({ load: () => health.status(), concerns: (event) => event.event === 'library_changed' });
 */
import { onDestroy } from 'svelte';
import type { Failure, LibraryEvent } from '~/api/wire';
import { asFailure } from '~/host/host';
import { events } from './events';

export interface QueryOptions<T> {
  load: () => Promise<T>;
  /** Tells whether news make the answer old. */
  concerns?: (event: LibraryEvent) => boolean;
}

export class Query<T> {
  readonly #options: QueryOptions<T>;
  #data = $state.raw<T | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #loading = $state(false);
  #turn = 0;

  constructor(options: QueryOptions<T>) {
    this.#options = options;
    const stop = events.on((event) => {
      if (options.concerns?.(event)) void this.refresh();
    });
    try {
      onDestroy(stop);
    } catch {
      // Outside a component it lives as long as the program.
    }
    void this.refresh();
  }

  /** The newest answer; stays while another is on its way, also when that fails. */
  get data(): T | undefined {
    return this.#data;
  }

  /** Why the newest question was refused, if it was. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Puts an answer that came by another way: a command that answers the new state. */
  set(data: T): void {
    this.#turn += 1;
    this.#data = data;
    this.#failure = undefined;
    this.#loading = false;
  }

  async refresh(): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      const data = await this.#options.load();
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#data = data;
      this.#failure = undefined;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }
}
