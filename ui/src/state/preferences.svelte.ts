/** Small habits of this window that are kept on this machine: how a list is shown, what is folded. Never data. */

export class Preference<T> {
  readonly #key: string;
  #value = $state() as T;

  /** `valid` refuses what an older version, or a hand, has left in the storage. */
  constructor(name: string, fallback: T, valid: (value: unknown) => value is T) {
    this.#key = `forkbeard.${name}`;
    this.#value = fallback;
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
      if (valid(kept)) this.#value = kept;
    } catch {
      // Nothing kept, or no storage: the fallback holds.
    }
  }

  get value(): T {
    return this.#value;
  }

  set value(value: T) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Holds for this window only.
    }
  }
}

/** Makes a check for one of a few words. */
export function oneOf<T extends string>(...words: T[]): (value: unknown) => value is T {
  return (value): value is T => words.some((word) => word === value);
}
