/** Who sits at this computer: one answer for the whole window, asked for anew whenever the library changes. */
import * as api from '~/api/seats';
import type { Failure, Role, Seat, TableRules, TableView } from '~/api/wire';
import { asFailure } from '~/host/host';
import { events } from '~/state/events';
import { toasts } from '~/state/toasts.svelte';

export class Seats {
  #view = $state.raw<TableView | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;
  /** The last change of the rules; they follow one another. */
  #amending: Promise<unknown> = Promise.resolve();

  get view(): TableView | null {
    return this.#view;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get list(): readonly Seat[] {
    return this.#view?.seats ?? [];
  }

  /** Whether there are seats: without, nothing of tables and reviews is on show. */
  get any(): boolean {
    return this.list.length > 0;
  }

  get seated(): Seat | undefined {
    return this.list.find((seat) => seat.id === this.#view?.seated);
  }

  /** The name that changes are signed with. */
  get author(): string {
    return this.#view?.author ?? '';
  }

  /** Whoever is alone at the computer may do what a DM may. */
  get role(): Role {
    return this.#view?.role ?? 'dm';
  }

  /** Whether players' changes of what is the DM's have to be proposed. */
  get reviewed(): boolean {
    return this.any && (this.#view?.rules.review ?? false);
  }

  /** Begins to follow the library; the answer ends it. */
  watch(): () => void {
    void this.load();
    return events.on((event) => {
      if (event.event === 'library_changed') void this.load();
    });
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const view = await api.view();
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#view = view;
      this.#failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }

  /** Sits down at a seat, or stands up without one; the message offers the way back. */
  async take(id: string | null): Promise<boolean> {
    const before = this.#view?.seated ?? null;
    if (before === id) return true;
    if (!(await this.change(() => api.take(id)))) return false;
    const seat = this.seated;
    toasts.show(
      seat ? `You sit as ${seat.name} now${seat.role === 'dm' ? ', the DM' : ''}.` : 'Nobody sits here now.',
      {
        action: { label: 'Undo', run: () => this.take(before) },
      },
    );
    return true;
  }

  add(name: string, role: Role): Promise<boolean> {
    return this.change(() => api.add(name, role));
  }

  edit(seat: Seat, name: string, role: Role): Promise<boolean> {
    return this.change(() => api.change(seat.id, name, role));
  }

  remove(seat: Seat): Promise<boolean> {
    return this.change(() => api.remove(seat.id));
  }

  /** Writes what is made of the rules as they stand when its turn has come: of two quick changes neither is lost. */
  amend(make: (rules: TableRules) => TableRules): Promise<boolean> {
    const turn = this.#amending.then(() => {
      const now = this.#view?.rules;
      return now !== undefined && this.change(() => api.setRules(make(now)));
    });
    this.#amending = turn;
    return turn;
  }

  /** Runs a command that answers the table; a refusal is told. */
  async change(run: () => Promise<TableView>): Promise<boolean> {
    try {
      const view = await run();
      this.#turn += 1;
      this.#view = view;
      this.#failure = null;
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
      return false;
    }
  }
}

export const seats = new Seats();
