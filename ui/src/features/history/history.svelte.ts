/** The history of one character as it is read: pages joined to one list, what is unfolded, and what it is filtered by. */
import { SvelteSet } from 'svelte/reactivity';
import * as api from '~/api/history';
import { asFailure } from '~/host/host';
import type { CommitLine, Failure, HistoryGroup, HistoryPage } from '~/features/sheet/model';

/** How many commits a page holds; with a filter more, as most are left out. */
const PAGE = 50;
const PAGE_FILTERED = 200;
/** A filter looks this many pages back before it asks whether to go on. */
const PAGES_AT_ONCE = 5;
/** Two commits further apart than this are of two sittings, as the backend has it. */
const SITTING = 30 * 60_000;

export class HistoryList {
  readonly id: string;
  readonly unfolded = new SvelteSet<string>();
  #groups = $state.raw<readonly HistoryGroup[]>([]);
  #next = $state.raw<string | null>(null);
  #total = $state(0);
  #loading = $state(false);
  #loaded = $state(false);
  #failure = $state.raw<Failure | null>(null);
  #cell = $state<string | null>(null);
  #turn = 0;

  constructor(id: string) {
    this.id = id;
  }

  get groups(): readonly HistoryGroup[] {
    return this.#groups;
  }

  /** How many versions there are in all. */
  get total(): number {
    return this.#total;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Whether the first page has come. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  /** The cell whose changes are shown; all where absent. */
  get cell(): string | null {
    return this.#cell;
  }

  set cell(cell: string | null) {
    if (cell === this.#cell) return;
    this.#cell = cell;
    this.#groups = [];
    this.#loaded = false;
    void this.load();
  }

  /** Reads the newest; as many as were on show, so that nothing jumps. */
  async load(): Promise<void> {
    const shown = commitsOf(this.#groups).length;
    await this.#read(null, Math.min(200, Math.max(this.#size, shown)), []);
  }

  async more(): Promise<void> {
    if (this.#next === null || this.#loading) return;
    await this.#read(this.#next, this.#size, this.#groups);
  }

  toggle(key: string): void {
    if (!this.unfolded.delete(key)) this.unfolded.add(key);
  }

  get #size(): number {
    return this.#cell === null ? PAGE : PAGE_FILTERED;
  }

  async #read(from: string | null, limit: number, before: readonly HistoryGroup[]): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      let groups = before;
      let at = from;
      for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
        const found: HistoryPage = await api.list({ id: this.id, from: at, limit, cell: this.#cell });
        // Only the newest question's answer counts.
        if (turn !== this.#turn) return;
        groups = joined(groups, found.groups);
        at = found.next;
        this.#groups = groups;
        this.#next = at;
        this.#total = found.total;
        this.#failure = null;
        if (at === null || this.#cell === null || commitsOf(found.groups).length > 0) break;
      }
      this.#loaded = true;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }
}

/** Joins two pages; a sitting that was cut by the page's end becomes one again. */
export function joined(before: readonly HistoryGroup[], after: readonly HistoryGroup[]): HistoryGroup[] {
  const last = before.at(-1);
  const first = after[0];
  if (!last || !first) return [...before, ...after];
  const near = Date.parse(last.from) - Date.parse(first.to) <= SITTING;
  if (last.author !== first.author || !near) return [...before, ...after];
  const whole: HistoryGroup = {
    ...last,
    from: first.from,
    commits: [...last.commits, ...first.commits],
    change_count: last.change_count + first.change_count,
  };
  return [...before.slice(0, -1), whole, ...after.slice(1)];
}

export function commitsOf(groups: readonly HistoryGroup[]): CommitLine[] {
  return groups.flatMap((group) => group.commits);
}
