/**
 * Sends the edits of one document one after another, each on the commit that the one before it made.
 *
 * An edit is in one of four places: waiting, on its way, refused (with the failure, kept for correction), or held (others
 * changed the same cells meanwhile, a person decides). What is in any of them is shown as if it were saved: nothing that
 * was typed is ever taken from the screen by news from elsewhere.
 */
import { read } from './path';
import type { CellEdit, ConflictCell, EditOutcome, Failure, MergedCell } from './model';

export interface Edit {
  readonly key: number;
  readonly changes: readonly CellEdit[];
  /** The commit that whoever made the edit was looking at; absent: the newest. */
  readonly base?: string;
  readonly message?: string;
}

export interface RefusedEdit extends Edit {
  readonly failure: Failure;
}

export interface HeldEdit extends Edit {
  readonly cells: readonly ConflictCell[];
}

/** How an edit ended; `false` means that it was not saved and is kept. */
export type Settled = boolean;

export interface Wire {
  send(edit: Edit): Promise<EditOutcome>;
  /** Takes the sheet that came back. */
  receive(outcome: EditOutcome): void;
  merged?(cells: readonly MergedCell[]): void;
}

export class EditQueue {
  readonly #wire: Wire;
  #waiting = $state.raw<readonly Edit[]>([]);
  #refused = $state.raw<readonly RefusedEdit[]>([]);
  #held = $state.raw<readonly HeldEdit[]>([]);
  #sending = false;
  #nextKey = 1;

  readonly #settlers = new Map<number, (saved: Settled) => void>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  get refused(): readonly RefusedEdit[] {
    return this.#refused;
  }

  get held(): readonly HeldEdit[] {
    return this.#held;
  }

  /** Edits that wait or are on their way. */
  get pending(): readonly Edit[] {
    return this.#waiting;
  }

  get busy(): boolean {
    return this.#waiting.length > 0;
  }

  /** Everything that is shown but not saved, in the order in which it was made. */
  get unsaved(): readonly CellEdit[] {
    return [...this.#refused, ...this.#held, ...this.#waiting]
      .sort((a, b) => a.key - b.key)
      .flatMap((edit) => edit.changes);
  }

  /** Adds an edit. A refused or held edit of the same single cell is replaced by it. */
  push(changes: readonly CellEdit[], options: Omit<Edit, 'key' | 'changes'> = {}): Promise<Settled> {
    if (changes.length === 0) return Promise.resolve(true);

    const paths = new Set(changes.map((change) => change.path));
    const replaced = (edit: Edit) => edit.changes.every((change) => paths.has(change.path));
    this.#refused = this.#refused.filter((edit) => !replaced(edit));
    const edit: Edit = { key: this.#nextKey++, changes, ...options };
    this.#waiting = [...this.#waiting, edit];
    const settled = new Promise<Settled>((settle) => this.#settlers.set(edit.key, settle));
    this.#sendNext();
    return settled;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#waiting.length > 0) {
      const last = this.#waiting.at(-1);
      if (!last) return;
      await new Promise<void>((done) => {
        const before = this.#settlers.get(last.key);
        this.#settlers.set(last.key, (saved) => {
          before?.(saved);
          done();
        });
      });
    }
  }

  /** Sends every refused edit again. */
  retry(): void {
    const again = this.#refused;
    this.#refused = [];
    for (const { changes, message } of again) void this.push(changes, { message });
  }

  /** Gives up the refused edits that touch a cell, or all of them. */
  dismiss(touches: (path: string) => boolean = () => true): void {
    this.#refused = this.#refused.filter((edit) => !edit.changes.some((change) => touches(change.path)));
  }

  /**
   * Decides one cell of a held edit. When the last is decided, what is left of the edit is sent on the newest commit.
   * A decision may also be a third value.
   */
  decide(key: number, path: string, decision: 'mine' | 'theirs' | { value: unknown }): void {
    const edit = this.#held.find((candidate) => candidate.key === key);
    if (!edit) return;
    const cells = edit.cells.filter((cell) => cell.path !== path);
    const changes = edit.changes.flatMap((change): CellEdit[] => {
      const isIt = change.path === path || path.startsWith(`${change.path}/`);
      if (!isIt || decision === 'mine') return [change];
      if (decision === 'theirs') return [];
      return [{ op: 'set', path, value: decision.value }];
    });
    this.#held =
      cells.length > 0
        ? this.#held.map((candidate) => (candidate === edit ? { ...edit, cells, changes } : candidate))
        : this.#held.filter((candidate) => candidate !== edit);
    if (cells.length === 0) void this.push(changes, { message: edit.message });
  }

  /** Sends the next, unless one is on its way. */
  #sendNext(): void {
    const [edit] = this.#waiting;
    if (this.#sending || !edit) return;
    this.#sending = true;
    void this.#send(edit).then((saved) => {
      this.#sending = false;
      this.#waiting = this.#waiting.filter((candidate) => candidate !== edit);
      // The next is on its way before anybody hears of this one, so that what they add stands behind it.
      this.#sendNext();
      this.#settlers.get(edit.key)?.(saved);
      this.#settlers.delete(edit.key);
    });
  }

  async #send(edit: Edit): Promise<Settled> {
    try {
      const outcome = await this.#wire.send(edit);
      this.#wire.receive(outcome);
      if (outcome.status === 'conflict') {
        this.#held = [...this.#held, { ...edit, cells: outcome.cells }];
        return false;
      }
      if (outcome.status === 'saved' && outcome.merged.length > 0) {
        this.#waiting = this.#waiting.map((one) => (one === edit ? one : afterMerge(one, edit, outcome)));
        this.#wire.merged?.(outcome.merged);
      }
      return true;
    } catch (failure) {
      this.#refused = [...this.#refused, { ...edit, failure: failure as Failure }];
      return false;
    }
  }
}

/**
 * Puts a waiting edit on what a merge made of the one before it. Its tallies were counted up from what was shown, and the
 * other side's share came only now: it is added, or the next answer would take it away again.
 */
function afterMerge(waiting: Edit, sent: Edit, outcome: EditOutcome & { status: 'saved' }): Edit {
  const added = outcome.merged.filter((cell) => cell.by === 'added').map((cell) => cell.path);
  const changes = waiting.changes.map((change): CellEdit => {
    if (change.op !== 'set' || !added.includes(change.path)) return change;
    const mine = sent.changes.findLast((one) => one.op === 'set' && one.path === change.path);
    const stands = read(outcome.view.source, change.path);
    const numbers = [change.value, mine?.op === 'set' ? mine.value : undefined, stands];
    if (!numbers.every((one) => typeof one === 'number')) return change;
    const [value = 0, asked = 0, got = 0] = numbers;
    return { ...change, value: value + (got - asked) };
  });
  return { ...waiting, changes };
}
