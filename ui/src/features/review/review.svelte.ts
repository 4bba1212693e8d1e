/**
 * One change request on show: what it holds, which change the keyboard is at, and what is being written about it.
 *
 * Every act answers with the request as it stands then, so that what is on show is what was saved.
 */
import * as api from '~/api/review';
import type { Decision, Failure, Fix, RequestAct, RequestView, ReviewChange, Verdict } from '~/api/wire';
import { told, type ToldSection } from '~/features/history/difference/difference';
import { asFailure } from '~/host/host';
import { events } from '~/state/events';
import { toasts } from '~/state/toasts.svelte';
import { comesIn, fateOf } from './words';

/** What is being written below a change, or in the talk. */
export type Form = { path: string; kind: 'comment' | 'suggest' | 'leave' | 'edit' | 'decide' };

/** News come in bursts; what is on show follows after this long, in milliseconds. */
const WAITS = 250;

export class Review {
  readonly id: string;
  #view = $state.raw<RequestView | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Acts come one after the other: whoever is quick with the keys loses none. */
  #acting: Promise<unknown> = Promise.resolve();
  #begun = 0;
  /** An act is under way. */
  busy = $state(false);
  /** The path of the change that the keyboard is at. */
  at = $state<string | null>(null);
  form = $state.raw<Form | null>(null);
  /** The path of the change whose menu is open. */
  menu = $state<string | null>(null);
  /** Whether words are asked for before a verb is done. */
  asking = $state<'ask_for_changes' | 'reject' | null>(null);

  constructor(id: string) {
    this.id = id;
  }

  get view(): RequestView | null {
    return this.#view;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** The sections, each consequence told below the change that brought it about. */
  readonly sections: readonly ToldSection[] = $derived(
    told({
      sections: (this.#view?.sections ?? []).map((section) => ({
        ...section,
        changes: section.changes.map((one) => one.change),
      })),
    }),
  );

  readonly #byPath: ReadonlyMap<string, ReviewChange> = $derived(
    new Map(
      (this.#view?.sections ?? []).flatMap((section) =>
        section.changes.map((one) => [one.change.path, one] as const),
      ),
    ),
  );

  /** The changes in the order in which they stand on the page. */
  get changes(): readonly ReviewChange[] {
    return [...this.#byPath.values()];
  }

  change(path: string): ReviewChange | undefined {
    return this.#byPath.get(path);
  }

  get current(): ReviewChange | undefined {
    return this.at === null ? undefined : this.change(this.at);
  }

  /** What can be accepted at once: without a verdict, and no conflict. */
  get acceptable(): readonly ReviewChange[] {
    return this.changes.filter((one) => fateOf(one) === 'open' && one.conflict === null);
  }

  /** Conflicts that nobody decided, of what is not declined. */
  get undecided(): readonly ReviewChange[] {
    return this.changes.filter((one) => fateOf(one) === 'open' && one.conflict !== null);
  }

  /** Begins to follow the library; the answer ends it. */
  watch(): () => void {
    void this.load();
    const stop = events.on((event) => {
      const view = this.#view;
      const concerns =
        event.event === 'library_changed' ||
        !view ||
        event.id === this.id ||
        event.id === view.row.character.id;
      if (!concerns) return;
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
      const view = await api.show(this.id);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#take(view);
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }

  /** Does something with the request, after whatever was begun before it; a refusal is told. Tells whether it was done. */
  act(act: RequestAct): Promise<boolean> {
    this.#begun += 1;
    this.busy = true;
    const turn = this.#acting.then(() => this.#act(act));
    this.#acting = turn;
    return turn;
  }

  async #act(act: RequestAct): Promise<boolean> {
    try {
      const view = await api.act(this.id, act);
      this.#turn += 1;
      this.#take(view);
      return true;
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
      return false;
    } finally {
      this.#begun -= 1;
      this.busy = this.#begun > 0;
    }
  }

  #take(view: RequestView): void {
    this.#view = view;
    this.#failure = null;
    if (this.at !== null && !this.change(this.at)) this.at = null;
    if (this.form && !this.change(this.form.path)) this.form = null;
  }

  /** Gives verdicts, or takes them back. Asked for the one that stands, it is taken back: each verb is a switch. */
  verdict(path: string, verdict: Verdict): Promise<boolean> {
    const one = this.change(path);
    if (!one) return Promise.resolve(false);
    const stands = JSON.stringify(one.verdict) === JSON.stringify(verdict);
    return this.act({ act: 'verdicts', verdicts: { [path]: stands ? null : verdict } });
  }

  accept(paths: readonly string[]): Promise<boolean> {
    if (paths.length === 0) return Promise.resolve(false);
    const verdicts = Object.fromEntries(paths.map((path) => [path, { verdict: 'accept' } as const]));
    return this.act({ act: 'verdicts', verdicts });
  }

  acceptAll(): Promise<boolean> {
    return this.accept(this.acceptable.map((one) => one.change.path));
  }

  /** What a change needs and would not come in as it stands. */
  missing(one: ReviewChange): readonly ReviewChange[] {
    return one.needs.flatMap((path) => {
      const needed = this.change(path);
      return needed && !comesIn(needed) ? [needed] : [];
    });
  }

  decide(path: string, decision: Decision | null): Promise<boolean> {
    return this.act({ act: 'decide', decisions: { [path]: decision } });
  }

  /** Mends the result as the rules propose: what goes back to how it is on main is declined, the rest gets a value. */
  mend(fix: Fix): Promise<boolean> {
    const verdicts: Record<string, Verdict> = {};
    for (const [path, value] of Object.entries(fix.sets)) {
      const before = this.change(path)?.change.before ?? null;
      verdicts[path] =
        JSON.stringify(before) === JSON.stringify(value ?? null)
          ? { verdict: 'reject' }
          : { verdict: 'edit', value: value ?? null };
    }
    return this.act({ act: 'verdicts', verdicts });
  }

  /** Moves the keyboard to another change; tells where it came. */
  move(by: number): string | null {
    const paths = this.changes.map((one) => one.change.path);
    if (paths.length === 0) return null;
    const now = this.at === null ? -1 : paths.indexOf(this.at);
    const next =
      now < 0 ? (by > 0 ? 0 : paths.length - 1) : Math.min(Math.max(now + by, 0), paths.length - 1);
    this.at = paths[next] ?? null;
    return this.at;
  }

  write(path: string, kind: Form['kind']): void {
    this.at = path;
    this.form = { path, kind };
  }

  /** The talk about a change. */
  threadsOf(path: string) {
    return (this.#view?.threads ?? []).filter((thread) => thread.path === path);
  }
}
