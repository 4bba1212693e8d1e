/** One thing of the compendium on show: loaded when asked for, the one before it kept on show until then. */
import * as compendium from '~/api/compendium';
import type { CompendiumEntry, Failure } from '~/api/wire';
import { asFailure } from '~/host/host';

export class ShownEntry {
  #entry = $state.raw<CompendiumEntry | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;
  #asked: { kind: string; id: string } | null = null;

  get entry(): CompendiumEntry | null {
    return this.#entry;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  show(thing: { kind: string; id: string } | null): void {
    if (thing?.kind === this.#asked?.kind && thing?.id === this.#asked?.id && !this.#failure) return;
    this.#asked = thing;
    void this.#load();
  }

  again(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const turn = ++this.#turn;
    const asked = this.#asked;
    if (asked === null) {
      this.#entry = null;
      this.#failure = null;
      return;
    }
    try {
      const entry = await compendium.show(asked.kind, asked.id);
      if (turn !== this.#turn) return;
      this.#entry = entry;
      this.#failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }
}
