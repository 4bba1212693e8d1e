/** The change requests as they concern whoever sits here: one list for the rail, the screen and the sheets. */
import * as api from '~/api/review';
import type { Failure, Inbox, QueueDone, RequestRow } from '~/api/wire';
import { asFailure } from '~/host/host';
import { counted } from '~/kit/format';
import { events } from '~/state/events';
import { toasts } from '~/state/toasts.svelte';

/** News come in bursts while somebody plays; the list can wait this long, in milliseconds. */
const WAITS = 300;

const NOTHING: Inbox = { waiting: [], others: [], queue: [], over: [] };

/** A branch that is to be proposed, or a request whose words are to be changed. */
export type Asked =
  | { about: 'propose'; character: string; name: string; branch: string }
  | { about: 'describe'; id: string; title: string; words: string };

export class Requests {
  #inbox = $state.raw<Inbox | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The queue is being merged. */
  merging = $state(false);
  /** What the dialog asks about, if it is open. */
  asked = $state.raw<Asked | null>(null);

  get inbox(): Inbox {
    return this.#inbox ?? NOTHING;
  }

  get loaded(): boolean {
    return this.#inbox !== null;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get any(): boolean {
    return this.all.length > 0;
  }

  /** How many wait for whoever sits here. */
  get waiting(): number {
    return this.inbox.waiting.length;
  }

  /** All of them in the order of the screen. */
  get all(): readonly RequestRow[] {
    const { waiting, queue, others, over } = this.inbox;
    return [...waiting, ...queue, ...others, ...over];
  }

  /** The one to look at first: what waits, else what is under way. */
  get first(): RequestRow | undefined {
    const { waiting, queue, others } = this.inbox;
    return waiting[0] ?? queue[0] ?? others[0];
  }

  /** The request under way that proposes a branch, if there is one. */
  of(character: string, branch: string): RequestRow | undefined {
    const { waiting, queue, others } = this.inbox;
    return [...waiting, ...queue, ...others].find(
      (row) => row.character.id === character && row.branch === branch,
    );
  }

  /** Begins to follow the library; the answer ends it. */
  watch(): () => void {
    void this.load();
    const stop = events.on(() => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.load(), WAITS);
    });
    return () => {
      clearTimeout(this.#timer);
      stop();
    };
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const inbox = await api.inbox();
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#inbox = inbox;
      this.#failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }

  /**
   * Merges all that is approved, in order; says what came in and what was in the way of the rest. `undo` takes what came in
   * out again, and is offered.
   */
  async mergeAll(undo?: (merged: readonly RequestRow[]) => unknown): Promise<QueueDone | null> {
    if (this.merging) return null;
    this.merging = true;
    try {
      const done = await api.queue();
      const merged = done.requests.filter((one) => one.merged);
      const left = done.requests.filter((one) => !one.merged);
      const [first] = left;
      toasts.show(
        merged.length === 0
          ? 'Nothing was merged.'
          : `${counted(merged.length, 'request')} merged${left.length > 0 ? `, ${left.length} left` : ''}.`,
        {
          tone: left.length > 0 ? 'problem' : 'plain',
          hint: first
            ? `${first.row.title}: ${first.why}`
            : 'Each can be undone in the history of its character.',
          action:
            undo && merged.length > 0
              ? { label: 'Undo', run: () => undo(merged.map((one) => one.row)) }
              : undefined,
        },
      );
      return done;
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
      return null;
    } finally {
      this.merging = false;
      await this.load();
    }
  }
}

export const requests = new Requests();
