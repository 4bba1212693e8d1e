/** Pictures of characters, asked for once and kept while the window is open. */
import { SvelteMap } from 'svelte/reactivity';
import * as assets from '~/api/assets';

export class Pictures {
  /** More than this many are let go, the longest unused first. */
  static readonly MOST = 600;
  readonly #urls = new SvelteMap<string, string | null>();
  readonly #asked = new Set<string>();

  /** The address of a picture, or nothing while it is not there. Reading it where it is shown asks for it. */
  url(hash: string | null, size: number): string | null {
    if (hash === null) return null;
    const key = `${size}/${hash}`;
    if (!this.#asked.has(key)) {
      this.#asked.add(key);
      // Not while the page is being drawn: state must not change under it.
      queueMicrotask(() => void this.#load(key, hash, size));
    }
    return this.#urls.get(key) ?? null;
  }

  async #load(key: string, hash: string, size: number): Promise<void> {
    try {
      this.#urls.set(key, await assets.thumbnail(hash, size));
    } catch {
      // The drawn initial stands in; the next start asks again.
      this.#urls.set(key, null);
    }
    const oldest = this.#asked.values().next().value;
    if (this.#asked.size > Pictures.MOST && oldest !== undefined) {
      this.#asked.delete(oldest);
      this.#urls.delete(oldest);
    }
  }
}

export const pictures = new Pictures();
