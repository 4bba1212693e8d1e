/** Pictures of characters, asked for once and kept while the window is open. */
import { SvelteMap } from 'svelte/reactivity';
import * as assets from '~/api/assets';

export class Pictures {
  /** The edges in pixels that the backend keeps small versions of. */
  static readonly EDGES = [64, 160, 320, 640] as const;
  /** More than this many are let go, the first asked for first. */
  static readonly MOST = 600;
  readonly #urls = new SvelteMap<string, string | null>();
  readonly #asked = new Set<string>();

  /**
   * The address of a picture at least `size` pixels large, or nothing while it is not there. Reading it where it is shown
   * asks for it; meanwhile another size that has come already stands in, so that nothing flickers.
   */
  url(hash: string | null, size: number): string | null {
    if (hash === null) return null;
    const edge = Pictures.EDGES.find((candidate) => candidate >= size) ?? 640;
    const key = `${edge}/${hash}`;
    if (!this.#asked.has(key)) {
      this.#asked.add(key);
      // Not while the page is being drawn: state must not change under it.
      queueMicrotask(() => void this.#load(key, hash, edge));
    }
    return this.#urls.get(key) ?? this.#standIn(hash);
  }

  #standIn(hash: string): string | null {
    for (const edge of Pictures.EDGES) {
      const url = this.#urls.get(`${edge}/${hash}`);
      if (url) return url;
    }
    return null;
  }

  async #load(key: string, hash: string, edge: number): Promise<void> {
    try {
      this.#urls.set(key, await assets.thumbnail(hash, edge));
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
