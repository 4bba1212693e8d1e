/**
 * Holds what a person is typing until it is committed, so that news from elsewhere cannot overwrite it.
 *
 * While there is no draft the field shows the given value. A commit keeps the draft on show until the receiver has
 * answered: the old value never flickers back.
 */
export class Draft<T> {
  readonly #value: () => T;
  readonly #same: (a: T, b: T) => boolean;
  #draft = $state.raw<{ value: T } | null>(null);
  #pending = $state(false);

  /** `value` reads the committed value; `same` tells whether a commit would change nothing. */
  constructor(value: () => T, same: (a: T, b: T) => boolean = Object.is) {
    this.#value = value;
    this.#same = same;
  }

  /** The value to show. */
  get shown(): T {
    return this.#draft === null ? this.#value() : this.#draft.value;
  }

  /** Whether something is typed that is not yet committed. */
  get dirty(): boolean {
    return this.#draft !== null && !this.#same(this.#draft.value, this.#value());
  }

  /** Whether a commit is under way. */
  get pending(): boolean {
    return this.#pending;
  }

  set(value: T): void {
    this.#draft = { value };
  }

  revert(): void {
    this.#draft = null;
  }

  /** Hands the draft to `commit`; a refusal brings the committed value back. The receiver tells the person why. */
  async commit(commit: (value: T) => unknown): Promise<void> {
    const held = this.#draft;
    if (held === null) return;
    if (!this.dirty) {
      this.#draft = null;
      return;
    }
    this.#pending = true;
    try {
      await commit(held.value);
    } catch {
      // Told by whoever handed us `commit`; here only the committed value comes back.
    } finally {
      this.#pending = false;
      // Typed on meanwhile: the newer draft stays.
      if (this.#draft === held) this.#draft = null;
    }
  }
}
