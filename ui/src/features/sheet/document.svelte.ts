/**
 * One open character: the sheet as the backend last sent it, with whatever is not saved yet laid over it.
 *
 * It lives as long as the window, not as long as a screen, so that leaving a screen in the middle of an edit loses nothing.
 */
import { tick } from 'svelte';
import * as api from '~/api/sheet';
import * as table from '~/api/sheet.play';
import { offerProposal } from '~/features/review/proposal';
import { asFailure } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import { namesOf, holds, pointer, read, withEdits } from './path';
import { EditQueue, type Edit } from './queue.svelte';
import type {
  Action,
  ActOutcome,
  CellEdit,
  ConflictCell,
  EditOutcome,
  Failure,
  MergedCell,
  SheetView,
  Source,
} from './model';

/** A deed that follows from what is on show when its turn has come; nothing where nothing is left to do. */
export type Decision = () => Action | null;

export type SaveState = 'saved' | 'saving' | 'unsaved' | 'undecided' | 'readonly';

export class SheetDocument {
  readonly id: string;
  readonly queue: EditQueue = new EditQueue({
    send: (edit) => this.#send(edit),
    receive: (outcome) => this.#take(outcome),
    merged: tellMerged,
  });
  #at: string | undefined;
  #view = $state.raw<SheetView | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #source = $derived(this.#view ? withEdits(this.#view.source, this.queue.unsaved) : null);
  #stepping = $state(false);
  #offer: number | null = null;
  /** What a typed-in cell was based on, if others changed the document since. */
  readonly #typing = new Map<string, string>();
  #loading: Promise<void> | null = null;
  /** The last of the deeds and steps, which follow one another. */
  #acting: Promise<unknown> = Promise.resolve();
  #beforeAct: readonly CellEdit[] = [];
  /** Counts the sheets that came back with edits. */
  #taken = 0;

  constructor(id: string, at?: string) {
    this.id = id;
    this.#at = at;
  }

  /** The version this looks at; absent: the newest, which can be edited. */
  get at(): string | undefined {
    return this.#at;
  }

  get view(): SheetView | null {
    return this.#view;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** What the player wrote, unsaved edits included. */
  get source(): Source | null {
    return this.#source;
  }

  get editable(): boolean {
    return this.at === undefined && (this.#view?.editable ?? false);
  }

  get state(): SaveState {
    if (this.queue.refused.length > 0) return 'unsaved';
    if (this.queue.held.length > 0) return 'undecided';
    if (this.queue.busy || this.#stepping) return 'saving';
    return this.editable ? 'saved' : 'readonly';
  }

  /** Loads the sheet unless it is there; joins a load that is under way. */
  open(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Reads the sheet again after news from elsewhere. Unsaved edits and whatever is being typed stay on top. */
  async refresh(commit: string): Promise<void> {
    if (this.at !== undefined) return;
    // What this window does itself is told to it as well, often before the answer, which brings the sheet along.
    await this.settled();
    // A reading under way may be of what stood before the news.
    await this.#loading;
    const before = this.#view?.commit;
    if (before === commit) return;
    await this.open();
    if (before !== undefined && before !== this.#view?.commit) this.#newsSince(before);
  }

  /** Resolves when nothing is on its way any more: no edit, no deed, no step. */
  async settled(): Promise<void> {
    do {
      await this.queue.idle();
      await this.#acting;
    } while (this.queue.busy || this.#stepping);
  }

  /** Reads the sheet anew: one stands on another line now. */
  async reload(): Promise<void> {
    if (this.at !== undefined) return;
    await this.settled();
    // A reading under way may still be of the line before.
    await this.#loading;
    await this.open();
  }

  /** Looks at another old version; the one before stays in sight until it comes. Of many asked for quickly the last counts. */
  async lookAt(commit: string): Promise<void> {
    if (this.#at === undefined) return;
    const late = this.#at !== commit;
    this.#at = commit;
    if (late) await this.#loading;
    if (this.#at === commit && this.#view?.commit !== commit) await this.open();
  }

  /** Tells that somebody types in a cell. */
  typing(path: string): void {
    if (!this.#typing.has(path)) this.#typing.set(path, '');
  }

  /** Tells that the typing ended without an edit. */
  stopTyping(path: string): void {
    this.#typing.delete(path);
  }

  set(path: string, value: unknown, options: Omit<Edit, 'key' | 'changes' | 'base'> = {}): Promise<boolean> {
    return this.edit([{ op: 'set', path, value }], options);
  }

  edit(changes: readonly CellEdit[], options: Omit<Edit, 'key' | 'changes' | 'base'> = {}): Promise<boolean> {
    const bases = changes.map((change) => this.#typing.get(change.path)).filter(Boolean);
    for (const change of changes) this.#typing.delete(change.path);
    return this.queue.push(changes, { ...options, base: bases[0] });
  }

  /** Does one thing at the table, after whatever was begun before it; nothing where it was refused, which is told. */
  act(action: Action | Decision): Promise<ActOutcome | null> {
    return this.#turn(() => this.#act(action));
  }

  #turn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#acting.then(run);
    this.#acting = turn;
    return turn;
  }

  /** The edits that would put back what the latest deed at the table changed. */
  get beforeAct(): readonly CellEdit[] {
    return this.#beforeAct;
  }

  /** The edits that would put cells back to what they are now. */
  inverse(changes: readonly CellEdit[]): CellEdit[] {
    return changes.map(({ path }) => {
      const value = this.value(path);
      return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
    });
  }

  /** Takes back one change: by undo while it is the newest, else as is said, such as by edits that put its cells back. */
  async takeBack(
    commit: string | undefined,
    otherwise: readonly CellEdit[] | (() => unknown),
  ): Promise<void> {
    // A deed that is still on its way is newer.
    const undone = await this.#turn(async () => {
      await this.queue.idle();
      if (commit === undefined || this.#view?.commit !== commit) return false;
      await this.#stepNow(() => api.undo(this.id));
      return true;
    });
    if (undone) return;
    if (typeof otherwise === 'function') await otherwise();
    else await this.edit(otherwise);
  }

  /** Takes back the latest change. */
  async undo(): Promise<void> {
    await this.#step('undo');
  }

  async redo(): Promise<void> {
    await this.#step('redo');
  }

  /** Puts everything back to a version. */
  async rollback(commit: string): Promise<EditOutcome | null> {
    return this.#stepped(() => api.rollback(this.id, commit));
  }

  /** What is wrong with what was typed into a cell, if it was refused. */
  failureAt(path: string): Failure | undefined {
    return this.queue.refused.find(({ failure, changes }) => {
      const cell = failure.cell ?? '';
      const touches = changes.some((change) => holds(change.path, path));
      return touches && (cell === '' || holds(cell, path) || holds(path, cell) || changes.length === 1);
    })?.failure;
  }

  /** The conflict at a cell, if there is one to decide. */
  conflictAt(path: string): { key: number; cell: ConflictCell } | undefined {
    for (const edit of this.queue.held) {
      const cell = edit.cells.find((candidate) => candidate.path === path);
      if (cell) return { key: edit.key, cell };
    }
    return undefined;
  }

  /** Reads a cell of the source, unsaved edits included. */
  value(path: string): unknown {
    return read(this.source, path);
  }

  /** Whether an edit of a cell is not saved yet: what the rules made of the cell is older than what it says. */
  unsavedAt(path: string): boolean {
    return this.queue.unsaved.some((change) => change.path === path);
  }

  /** Reads a number of the complete sheet. */
  stat(cell: string) {
    return this.#view?.stats[cell];
  }

  #take(outcome: EditOutcome): void {
    const before = this.#view;
    this.#view = outcome.view;
    this.#taken += 1;
    if (!before) return;
    const own = outcome.status === 'saved' ? 1 : 0;
    if (outcome.view.sheet.version > before.sheet.version + own) this.#newsSince(before.commit);
  }

  /** What is being typed now was thought of on the sheet before: it is sent on that, so that real conflicts show. */
  #newsSince(before: string): void {
    for (const [path, base] of this.#typing) if (base === '') this.#typing.set(path, before);
  }

  async #load(): Promise<void> {
    try {
      const taken = this.#taken;
      const view = await (this.at === undefined ? api.show(this.id) : api.showAt(this.id, this.at));
      // An edit may have been answered while this was on its way: its sheet is the newer.
      if (taken === this.#taken) this.#view = view;
      this.#failure = null;
    } catch (thrown) {
      this.#failure = asFailure(thrown);
    }
  }

  async #send({ changes, base, message }: Edit): Promise<EditOutcome> {
    const view = this.#view;
    if (!view) throw asFailure('The sheet is not loaded yet.');
    try {
      return await api.edit({
        id: this.id,
        branch: view.branch,
        base: base ?? view.commit,
        changes: [...changes],
        message: message ?? null,
      });
    } catch (thrown) {
      // It is kept like any other refused edit; where the DM has to see it first, that can be asked for at once.
      this.#offerProposal(asFailure(thrown), () => this.retry());
      throw thrown;
    }
  }

  /** Sends again what was refused, and waits for the answer. */
  async retry(): Promise<void> {
    this.queue.retry();
    await this.queue.idle();
  }

  #offerProposal(failure: Failure, again: () => unknown): boolean {
    return offerProposal(failure, this, () => this.#view?.row.display_name ?? '', again);
  }

  /** Remembers the message that offers to take the newest change back: once that is taken back, it has nothing to offer. */
  offered(toast: number | null): void {
    if (this.#offer !== null) toasts.close(this.#offer);
    this.#offer = toast;
  }

  async #act(asked: Action | Decision): Promise<ActOutcome | null> {
    await this.queue.idle();
    // What the deed before has changed is on show first.
    if (typeof asked === 'function') await tick();
    const action = typeof asked === 'function' ? asked() : asked;
    if (action === null) return null;
    this.#stepping = true;
    try {
      const then = this.#view?.source;
      const done = await table.act(this.id, action);
      const { edit } = done;
      if (edit?.status === 'saved')
        this.#beforeAct = edit.changes
          .filter((line) => line.tone !== 'consequence')
          .map(({ path }) => {
            const value = then === undefined ? undefined : read(then, path);
            return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
          });
      if (edit) {
        this.#take(edit);
        if (edit.status === 'saved') tellMerged(edit.merged);
        if (edit.status === 'conflict')
          toasts.problem('Somebody changed the same thing just now.', 'Look at the sheet, then do it again.');
      }
      return edit?.status === 'conflict' ? null : done;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!this.#offerProposal(failure, () => this.act(action)))
        toasts.problem(failure.message, failure.hint);
      return null;
    } finally {
      this.#stepping = false;
    }
  }

  async #step(direction: 'undo' | 'redo'): Promise<void> {
    let words: string | null | undefined;
    // Of two quick presses the second is about what the first has left.
    const outcome = await this.#turn(async () => {
      await this.queue.idle();
      words = direction === 'undo' ? this.#view?.undo : this.#view?.redo;
      return this.editable && words != null ? this.#stepNow(() => api[direction](this.id)) : null;
    });
    if (outcome?.status === 'conflict')
      toasts.problem(
        'This change cannot be taken back by itself: something it touched was changed again since.',
        'Open the history to go back to a whole version.',
      );
    else if (outcome) {
      if (this.#offer !== null) toasts.close(this.#offer);
      this.#offer = toasts.show(direction === 'undo' ? `Taken back: ${words}` : `Brought back: ${words}`, {
        action:
          direction === 'undo'
            ? { label: 'Redo', run: () => this.redo() }
            : { label: 'Undo', run: () => this.undo() },
      });
    }
  }

  /** Lets the services change the newest version and takes the sheet that comes back; a failure is shown. */
  perform(run: () => Promise<EditOutcome>): Promise<EditOutcome | null> {
    return this.#stepped(run);
  }

  #stepped(run: () => Promise<EditOutcome>): Promise<EditOutcome | null> {
    return this.#turn(() => this.#stepNow(run));
  }

  async #stepNow(run: () => Promise<EditOutcome>): Promise<EditOutcome | null> {
    await this.queue.idle();
    this.#stepping = true;
    try {
      const outcome = await run();
      this.#take(outcome);
      return outcome;
    } catch (thrown) {
      const failure = asFailure(thrown);
      if (!this.#offerProposal(failure, () => this.#stepped(run)))
        toasts.problem(failure.message, failure.hint);
      return null;
    } finally {
      this.#stepping = false;
    }
  }
}

function tellMerged(cells: readonly MergedCell[]): void {
  const [first] = cells;
  if (!first) return;
  const more = cells.length > 1 ? ` and ${cells.length - 1} more` : '';
  toasts.show(`Merged with another window: ${first.label}${more}`, { hint: first.how });
}

/** The path of a new entry's cell, as in `inside('/conditions', id, 'name')`. */
export function inside(path: string, ...names: readonly string[]): string {
  return path + pointer(...names);
}

/** The last name of a path, in words: where a label is missing. */
export function lastName(path: string): string {
  return (namesOf(path).at(-1) ?? 'Sheet').replaceAll('_', ' ');
}
