/** The drawn history as it is read: pages joined to one list, with a head above each sitting. */
import * as api from '~/api/history.past';
import { asFailure } from '~/host/host';
import { dayOf } from '../when';
import type { Failure, GraphPage, GraphRow } from '~/features/sheet/model';

/** The first page is a screenful and a little; later ones are larger, as one is scrolling then. */
const FIRST = 60;
const PAGE = 200;
/** Two steps further apart than this are of two sittings. */
const SITTING = 30 * 60_000;

/** A sitting: what one person did at one time. */
export interface Sitting {
  author: string;
  session: string | null;
  from: string;
  to: string;
  steps: number;
  changed: number;
  /** The sitting above is of the same day, which it tells already. */
  sameDay: boolean;
}

export type Item =
  | { sort: 'head'; key: string; sitting: Sitting; above: GraphRow | null }
  | { sort: 'step'; key: string; row: GraphRow; /** Whether a head stands below. */ gap: boolean };

/** Sets heads between the sittings. */
export function items(rows: readonly GraphRow[]): Item[] {
  const made: Item[] = [];
  let sitting: Sitting | undefined;
  let before: GraphRow | undefined;
  for (const row of rows) {
    const { commit, session } = row;
    const near = before !== undefined && Date.parse(before.commit.time) - Date.parse(commit.time) <= SITTING;
    if (sitting && near && sitting.author === commit.author && sitting.session === session) {
      sitting.from = commit.time;
      sitting.steps += 1;
      sitting.changed += commit.change_count;
    } else {
      const last = made.at(-1);
      if (last?.sort === 'step') last.gap = true;
      sitting = {
        author: commit.author,
        session,
        from: commit.time,
        to: commit.time,
        steps: 1,
        changed: commit.change_count,
        sameDay: before !== undefined && dayOf(before.commit.time) === dayOf(commit.time),
      };
      made.push({ sort: 'head', key: `sitting ${commit.id}`, sitting, above: before ?? null });
    }
    made.push({ sort: 'step', key: commit.id, row, gap: false });
    before = row;
  }
  return made;
}

export class Graph {
  readonly id: string;
  #rows = $state.raw<readonly GraphRow[]>([]);
  #next = $state.raw<string | null>(null);
  #total = $state(0);
  #lanes = $state(1);
  #loaded = $state(false);
  #failure = $state.raw<Failure | null>(null);
  #loading: Promise<void> | null = null;
  #turn = 0;
  #wanted = 0;
  readonly #items = $derived(items(this.#rows));
  /** The step that was chosen in the list; none yet: where one stands. */
  selected = $state<string | null>(null);

  constructor(id: string) {
    this.id = id;
  }

  get rows(): readonly GraphRow[] {
    return this.#rows;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  /** How long the list is: what is not read yet counts as steps only. */
  get length(): number {
    return this.#items.length + Math.max(0, this.#total - this.#rows.length);
  }

  /** How many steps there are in all. */
  get total(): number {
    return this.#total;
  }

  /** The most lanes that anything read so far needs. */
  get lanes(): number {
    return this.#lanes;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  rowOf(commit: string | null): GraphRow | undefined {
    return this.#rows.find((row) => row.commit.id === commit);
  }

  /** Reads the newest anew; as many as were read, so that nothing jumps. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = null;
    const shown = Math.min(PAGE, Math.max(FIRST, this.#rows.length));
    await this.#read(turn, null, shown, []);
    // Whoever reads far below goes on reading there.
    if (turn === this.#turn && this.#failure === null) await this.reach(this.#wanted);
  }

  /** Sees to it that the list is read down to an item, page after page. */
  async reach(index: number): Promise<void> {
    this.#wanted = index;
    this.#loading ??= this.#further().finally(() => (this.#loading = null));
    await this.#loading;
  }

  async #further(): Promise<void> {
    const turn = this.#turn;
    while (turn === this.#turn && this.#next !== null && this.#items.length <= this.#wanted) {
      const before = this.#rows.length;
      await this.#read(turn, this.#next, PAGE, this.#rows);
      if (this.#rows.length === before) return;
    }
  }

  async #read(turn: number, from: string | null, limit: number, before: readonly GraphRow[]): Promise<void> {
    try {
      const page: GraphPage = await api.graph(this.id, from, limit);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#rows = [...before, ...page.rows];
      this.#next = page.next;
      this.#total = page.total;
      this.#lanes = Math.max(before.length > 0 ? this.#lanes : 1, page.lanes);
      this.#failure = null;
      this.#loaded = true;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }
}
