/**
 * What a list of the compendium asks for, and the parts of the answer that are in sight.
 *
 * A new question keeps the old rows on show until its answer has come, so that typing does not flicker. Only the newest
 * question's answers count.
 */
import { SvelteMap } from 'svelte/reactivity';
import * as compendium from '~/api/compendium';
import type { CompendiumPage, CompendiumRow, Facet, Failure } from '~/api/wire';
import { asFailure } from '~/host/host';

/** As many as the backend gives at once: a kind comes in one go, so that `keep` can look at all of it. */
const PAGE = 500;

export interface ListOptions {
  /** Only these kinds can be looked through; absent: all. */
  kinds?: readonly string[];
  tags?: readonly string[];
  /** Leaves things out by what only the owner knows; counts when all that was found fits one answer. */
  keep?: (row: CompendiumRow) => boolean;
}

export class CompendiumList {
  readonly kinds: readonly string[];
  readonly #keep: ((row: CompendiumRow) => boolean) | undefined;
  #text = $state('');
  #kind = $state<string | null>(null);
  #tags = $state.raw<readonly string[]>([]);
  readonly #pages = new SvelteMap<number, CompendiumRow[]>();
  readonly #asked = new Set<number>();
  #head = $state.raw<CompendiumPage | undefined>(undefined);
  #failure = $state.raw<Failure | undefined>(undefined);
  #question = 0;
  #answered = $state(0);
  /** The tags of each kind that was looked through, whatever else was asked. */
  readonly #known = new SvelteMap<string, Facet[]>();
  readonly #kept = $derived.by(() => {
    const rows = this.#pages.get(0) ?? [];
    return this.#keep && (this.#head?.total ?? 0) <= PAGE ? rows.filter(this.#keep) : null;
  });

  constructor({ kinds = [], tags = [], keep }: ListOptions = {}) {
    this.kinds = kinds;
    this.#keep = keep;
    this.#tags = tags;
    if (kinds.length > 0) this.#kind = kinds[0] ?? null;
  }

  get text(): string {
    return this.#text;
  }

  /** The kind that is looked through; none: all. */
  get kind(): string | null {
    return this.#kind;
  }

  get tags(): readonly string[] {
    return this.#tags;
  }

  get total(): number {
    return this.#kept?.length ?? this.#head?.total ?? 0;
  }

  /** How many of each kind words and tags find. */
  get facets(): readonly Facet[] {
    return this.#head?.kinds ?? [];
  }

  /** How many things there are of all kinds that can be looked through. */
  get everywhere(): number {
    const own = (facet: Facet) => this.kinds.length === 0 || this.kinds.includes(facet.name);
    return this.facets.filter(own).reduce((sum, { count }) => sum + count, 0);
  }

  /** The tags by which the present kind can be narrowed. */
  get tagFacets(): readonly Facet[] {
    return (this.#kind === null ? undefined : this.#known.get(this.#kind)) ?? [];
  }

  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether there is nothing to show yet. */
  get first(): boolean {
    return this.#head === undefined && this.#failure === undefined;
  }

  /** Changes with each answered question: the list scrolls to its top. */
  get answered(): number {
    return this.#answered;
  }

  get narrowed(): boolean {
    return this.#text.trim() !== '' || this.#tags.length > 0;
  }

  item = (index: number): CompendiumRow | undefined =>
    this.#kept ? this.#kept[index] : this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];

  /** The place of a thing among the rows that are here. */
  indexOf(kind: string, id: string): number {
    for (let index = 0; index < this.total; index += 1) {
      const row = this.item(index);
      if (row?.kind === kind && row.id === id) return index;
    }
    return -1;
  }

  /** Fetches what the rows `first` to `last` need. */
  want = (first: number, last: number): void => {
    if (this.#kept) return;
    for (let page = Math.floor(first / PAGE); page * PAGE < Math.min(last, this.total); page += 1)
      if (!this.#asked.has(page)) void this.#fetch(page, this.#question);
  };

  setText(text: string): void {
    this.#text = text;
    void this.refresh();
  }

  setKind(kind: string | null): void {
    if (kind === this.#kind) return;
    this.#kind = kind;
    // The tags of one kind say nothing of another.
    this.#tags = [];
    void this.refresh();
  }

  /** Puts one tag of a group in the place of the others; none takes them all away. */
  choose(group: readonly string[], tag: string): void {
    const others = this.#tags.filter((one) => !group.includes(one));
    this.#tags = tag === '' ? others : [...others, tag];
    void this.refresh();
  }

  toggle(tag: string): void {
    this.choose([tag], this.#tags.includes(tag) ? '' : tag);
  }

  clear(): void {
    this.#text = '';
    this.#tags = [];
    void this.refresh();
  }

  /** Asks anew. */
  async refresh(): Promise<void> {
    const question = ++this.#question;
    const kind = this.#kind;
    try {
      const [answer] = await Promise.all([this.#ask(0), this.#learn(kind)]);
      if (question !== this.#question) return;
      this.#asked.clear();
      this.#asked.add(0);
      this.#pages.clear();
      this.#pages.set(0, answer.rows);
      this.#head = answer;
      this.#failure = undefined;
      this.#answered = question;
    } catch (thrown) {
      if (question === this.#question) this.#failure = asFailure(thrown);
    }
  }

  #ask(page: number): Promise<CompendiumPage> {
    return compendium.search({
      text: this.#text,
      kinds: this.#kind === null ? [...this.kinds] : [this.#kind],
      tags: [...this.#tags],
      offset: page * PAGE,
      limit: PAGE,
    });
  }

  /** Finds out once by what a kind can be narrowed. */
  async #learn(kind: string | null): Promise<void> {
    if (kind === null || this.#known.has(kind)) return;
    const { tags } = await compendium.search({ ...compendium.everything, kinds: [kind], limit: 1 });
    this.#known.set(kind, tags);
  }

  async #fetch(page: number, question: number): Promise<void> {
    this.#asked.add(page);
    try {
      const answer = await this.#ask(page);
      if (question === this.#question) this.#pages.set(page, answer.rows);
    } catch {
      // The rows stay grey; coming into sight again asks again.
      if (question === this.#question) this.#asked.delete(page);
    }
  }
}
