/**
 * The library's list: what is asked for, and the pages of the answer that are in sight.
 *
 * Any number of characters: pages are fetched as they come into sight and kept. A new question keeps the old rows on show
 * until the first page of the answer has come, so that typing does not flicker.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as roster from '~/api/roster';
import type { Archived, CharacterRow, Failure, Kind, ListQuery, RosterPage, SortBy } from '~/api/wire';
import { asFailure } from '~/host/host';
import { events } from '~/state/events';

export type Filters = Required<
  Pick<ListQuery, 'text' | 'kinds' | 'classes' | 'owners' | 'archived' | 'sort' | 'descending'>
>;

const PAGE = 100;

export class RosterList {
  #filters = $state<Filters>(without(roster.everything));
  readonly #pages = new SvelteMap<number, CharacterRow[]>();
  readonly #asked = new Set<number>();
  #head = $state.raw<RosterPage | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #loading = $state(true);
  #question = 0;
  #sight: [number, number] = [0, PAGE];
  #answered = $state(0);

  constructor(filters: Partial<Filters> = {}) {
    Object.assign(this.#filters, filters);
  }

  /** Asks the first question and hears the news; the answer ends both. */
  start(): () => void {
    void this.refresh();
    return events.on(() => void this.refresh());
  }

  get filters(): Readonly<Filters> {
    return this.#filters;
  }

  /** How many the question found. */
  get total(): number {
    return this.#head?.total ?? 0;
  }

  /** How many the library holds, whatever is asked. */
  get libraryTotal(): number | undefined {
    return this.#head?.library_total;
  }

  /** The kinds, classes and owners there are, with counts. */
  get facets(): Pick<RosterPage, 'kinds' | 'classes' | 'owners'> {
    return this.#head ?? { kinds: [], classes: [], owners: [] };
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether there is nothing to show yet. */
  get first(): boolean {
    return this.#head === undefined && this.#failure === undefined;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Changes with each answered question, not with a mere refresh: the list scrolls to its top. */
  get answered(): number {
    return this.#answered;
  }

  get narrowed(): boolean {
    const { text, kinds, classes, owners } = this.#filters;
    return text.trim() !== '' || kinds.length + classes.length + owners.length > 0;
  }

  item = (index: number): CharacterRow | undefined =>
    this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /** Fetches what the rows `first` to `last` need. */
  want = (first: number, last: number): void => {
    this.#sight = [first, last];
    for (const page of pagesOf(first, last)) {
      if (!this.#asked.has(page) && page * PAGE < this.total) void this.#fetch(page, this.#question);
    }
  };

  change(change: Partial<Filters>): void {
    Object.assign(this.#filters, change);
    void this.#ask(true);
  }

  /** Asks the same question again: something changed. What is on show stays until the answer is there. */
  refresh(): Promise<void> {
    return this.#ask(false);
  }

  clear(): void {
    this.change({ text: '', kinds: [], classes: [], owners: [] });
  }

  setKind(kind: Kind | 'all'): void {
    this.change({ kinds: kind === 'all' ? [] : [kind] });
  }

  setArchived(archived: Archived): void {
    // Filters of the one may not exist in the other.
    this.change({ archived, kinds: [], classes: [], owners: [] });
  }

  sortBy(sort: SortBy): void {
    const { sort: present, descending } = this.#filters;
    this.change({ sort, descending: sort === present ? !descending : startsDescending(sort) });
  }

  async #ask(anew: boolean): Promise<void> {
    const question = ++this.#question;
    this.#loading = true;
    const page = anew ? 0 : Math.floor(this.#sight[0] / PAGE);
    try {
      const answer = await roster.list({
        ...$state.snapshot(this.#filters),
        offset: page * PAGE,
        limit: PAGE,
      });
      if (question !== this.#question) return;
      this.#asked.clear();
      this.#asked.add(page);
      this.#pages.clear();
      this.#pages.set(page, answer.rows);
      this.#head = answer;
      this.#failure = undefined;
      if (anew) this.#answered = question;
      else this.want(...this.#sight);
    } catch (thrown) {
      if (question === this.#question) this.#failure = asFailure(thrown);
    } finally {
      if (question === this.#question) this.#loading = false;
    }
  }

  async #fetch(page: number, question: number): Promise<void> {
    this.#asked.add(page);
    try {
      const answer = await roster.list({
        ...$state.snapshot(this.#filters),
        offset: page * PAGE,
        limit: PAGE,
      });
      if (question === this.#question) this.#pages.set(page, answer.rows);
    } catch {
      // The rows stay grey; coming into sight again asks again.
      if (question === this.#question) this.#asked.delete(page);
    }
  }
}

/** Numbers and dates are wanted from the top. */
export function startsDescending(sort: SortBy): boolean {
  return sort === 'level' || sort === 'updated' || sort === 'created';
}

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last - 1) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}

function without(query: Required<ListQuery>): Filters {
  const { text, kinds, classes, owners, archived, sort, descending } = query;
  return { text, kinds, classes, owners, archived, sort, descending };
}
