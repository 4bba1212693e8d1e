/** The log of the library as it is read, newest first. */
import * as api from '~/api/history.past';
import { asFailure } from '~/host/host';
import type { Failure, OperationLine } from '~/features/sheet/model';

const PAGE = 100;

export class Log {
  #operations = $state.raw<readonly OperationLine[]>([]);
  #next = $state.raw<string | null>(null);
  #loaded = $state(false);
  #loading = $state(false);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;

  get operations(): readonly OperationLine[] {
    return this.#operations;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Reads the newest anew. */
  load(): Promise<void> {
    return this.#read(null, []);
  }

  async more(): Promise<void> {
    if (this.#next !== null && !this.#loading) await this.#read(this.#next, this.#operations);
  }

  async #read(from: string | null, before: readonly OperationLine[]): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      const page = await api.operations(from, PAGE);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#operations = [...before, ...page.operations];
      this.#next = page.next;
      this.#loaded = true;
      this.#failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }
}
