/** Bringing one line into another: what it would make, what was decided so far, and doing it. */
import * as api from '~/api/history';
import { asFailure } from '~/host/host';
import { toasts } from '~/state/toasts.svelte';
import type {
  Decision,
  Failure,
  Fix,
  MergeAsk,
  MergeDone,
  MergeLine,
  MergePreview,
  Strategy,
} from '~/features/sheet/model';

type Decisions = Readonly<Record<string, Decision>>;

/** `record` with `key` set to `value`, or with `null` without it. */
function withOrWithout<T>(record: Record<string, T>, key: string, value: T | null): Record<string, T> {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(value === null ? others : [...others, [key, value] as const]);
}

export class Merging {
  readonly id: string;
  readonly from: string;
  readonly into: string;
  #preview = $state.raw<MergePreview | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #decisions = $state.raw<Decisions>({});
  #strategy = $state<Strategy | null>(null);
  #allow = $state.raw<Readonly<Record<string, string>>>({});
  #loading = $state(false);
  #busy = $state(false);
  #turn = 0;

  constructor(id: string, from: string, into: string) {
    this.id = id;
    this.from = from;
    this.into = into;
  }

  get preview(): MergePreview | null {
    return this.#preview;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** It is being written. */
  get busy(): boolean {
    return this.#busy;
  }

  get strategy(): Strategy | null {
    return this.#strategy;
  }

  get decisions(): Decisions {
    return this.#decisions;
  }

  get conflicts() {
    return this.#preview?.conflicts ?? [];
  }

  /** How many conflicts are decided, one by one or by what was chosen for the rest. */
  get resolved(): number {
    if (this.#strategy !== null) return this.conflicts.length;
    return this.conflicts.filter(({ path }) => this.#decisions[path] !== undefined).length;
  }

  get open(): number {
    return this.conflicts.length - this.resolved;
  }

  /** How many conflicts were not decided one by one: what a strategy is for. */
  get rest(): number {
    return this.conflicts.filter(({ path }) => this.#decisions[path] === undefined).length;
  }

  /** What both sides had a part in and that was settled without asking. */
  get settled(): readonly MergeLine[] {
    return (this.#preview?.lines ?? []).filter(({ by }) => !['ours', 'theirs', 'conflict'].includes(by));
  }

  /** What only the other side changed and was left out here. */
  get leftOut(): readonly MergeLine[] {
    return (this.#preview?.lines ?? []).filter(
      ({ by, path }) => by === 'theirs' && this.#decisions[path] !== undefined && !this.#mended(path),
    );
  }

  /** Cells that only the other side changed: they can be left out. */
  line(path: string): MergeLine | undefined {
    return this.#preview?.lines.find((line) => line.path === path);
  }

  /** Whether everything is settled and the rules have nothing against it: one press and out. */
  get clean(): boolean {
    const preview = this.#preview;
    return preview !== null && this.open === 0 && preview.violations.every(({ allowed }) => allowed !== null);
  }

  get ask(): MergeAsk {
    return {
      id: this.id,
      from: this.from,
      into: this.into,
      decisions: { ...this.#decisions },
      strategy: this.#strategy,
      allow: { ...this.#allow },
      message: '',
    };
  }

  /** Begins, or goes on where it was left; what was decided and does not fit what stands now is let go, and that is told. */
  async resume(): Promise<void> {
    if (await this.load()) return;
    const before = [this.#decisions, this.#strategy, this.#allow] as const;
    if (Object.keys(before[0]).length + Object.keys(before[2]).length === 0) return;
    [this.#decisions, this.#strategy, this.#allow] = [{}, null, {}];
    if (!(await this.load())) [this.#decisions, this.#strategy, this.#allow] = before;
  }

  async load(): Promise<boolean> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      const preview = await api.mergePreview(this.ask);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return true;
      this.#preview = preview;
      this.#failure = null;
      return true;
    } catch (thrown) {
      if (turn !== this.#turn) return true;
      const failure = asFailure(thrown);
      // What stands on show stays; what was asked for last is taken back by whoever asked.
      if (this.#preview === null) this.#failure = failure;
      else toasts.problem(failure.message, failure.hint);
      return false;
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }

  /** Decides a cell, or with `null` takes the decision back. Tells, as all of these, whether it could be. */
  decide(path: string, decision: Decision | null): Promise<boolean> {
    return this.#try(() => (this.#decisions = withOrWithout(this.#decisions, path, decision)));
  }

  /** Says how the conflicts are decided that are not decided singly; with `null` they are decided later. */
  choose(strategy: Strategy | null): Promise<boolean> {
    return this.#try(() => (this.#strategy = strategy));
  }

  /** Mends what the rules object to. */
  fix(fix: Fix): Promise<boolean> {
    const sets = Object.entries(fix.sets).map(([path, value]) => [path, { take: 'value', value }] as const);
    return this.#try(() => (this.#decisions = { ...this.#decisions, ...Object.fromEntries(sets) }));
  }

  /** Allows what the rules object to, or with `null` no longer. */
  allow(key: string, reason: string | null): Promise<boolean> {
    return this.#try(() => (this.#allow = withOrWithout(this.#allow, key, reason)));
  }

  /** Writes it. */
  async land(): Promise<MergeDone | null> {
    if (this.#busy) return null;
    this.#busy = true;
    try {
      // What was allowed and came to be mended otherwise is no objection any more.
      const objections = new Set(this.#preview?.violations.map(({ key }) => key));
      const allow = Object.fromEntries(Object.entries(this.#allow).filter(([key]) => objections.has(key)));
      const done = await api.merge({ ...this.ask, allow });
      begun.delete(nameOf(this.id, this.from, this.into));
      return done;
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.problem(failure.message, failure.hint);
      return null;
    } finally {
      this.#busy = false;
    }
  }

  /** Values that were mended stand in the checks, not among what was left out. */
  #mended(path: string): boolean {
    return this.#decisions[path]?.take === 'value';
  }

  /** Changes what is asked; where it is refused, all is as it was. */
  async #try(change: () => unknown): Promise<boolean> {
    const before = [this.#decisions, this.#strategy, this.#allow] as const;
    change();
    if (await this.load()) return true;
    [this.#decisions, this.#strategy, this.#allow] = before;
    this.#loading = false;
    return false;
  }
}

/** What was begun in this window and not brought in: whoever leaves in the middle finds the decisions again. */
const begun = new Map<string, Merging>();
const nameOf = (...names: readonly string[]) => names.join(' ');

export function mergingOf(id: string, from: string, into: string): Merging {
  const name = nameOf(id, from, into);
  let merging = begun.get(name);
  if (!merging) begun.set(name, (merging = new Merging(id, from, into)));
  return merging;
}
