/** Hands the backend's news to whoever reads: one listener at the host, any number here. */
import type { LibraryEvent } from '~/api/wire';
import { host } from '~/host/host';

export class Events {
  readonly #hearers = new Set<(event: LibraryEvent) => void>();

  /** Begins to listen at the host. */
  async start(): Promise<() => void> {
    return host().listen<LibraryEvent>('library-event', (event) => this.tell(event));
  }

  on(hear: (event: LibraryEvent) => void): () => void {
    this.#hearers.add(hear);
    return () => {
      this.#hearers.delete(hear);
    };
  }

  tell(event: LibraryEvent): void {
    for (const hear of [...this.#hearers]) hear(event);
  }
}

export const events = new Events();
