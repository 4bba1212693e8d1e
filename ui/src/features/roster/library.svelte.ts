/** What the library's screen keeps beside its list: its shape, its search field, and where the first row is. */
import { oneOf, Preference } from '~/state/preferences.svelte';
import { RosterList, startsDescending } from './roster.svelte';

const SORTS = oneOf('name', 'level', 'class', 'owner', 'updated', 'created');

export class LibraryScreen {
  readonly shape = new Preference('library.shape', 'cards', oneOf('cards', 'rows'));
  readonly #sort = new Preference('library.sort', 'updated', SORTS);
  readonly list: RosterList;
  searchField = $state<HTMLInputElement | null>(null);
  /** How far the list is scrolled, in pixels. */
  top = $state(0);
  rows = $state<{ focus: (index: number) => void } | null>(null);

  constructor() {
    const sort = this.#sort.value;
    this.list = new RosterList({ sort, descending: startsDescending(sort) });
  }

  /** Loads, listens, and remembers the order; the answer ends all of it. */
  start(): () => void {
    const stop = this.list.start();
    const end = $effect.root(() => {
      $effect(() => {
        this.#sort.value = this.list.filters.sort;
      });
    });
    return () => {
      stop();
      end();
    };
  }

  /** Shows the list as cards or as rows, from its top: the places differ. */
  show(shape: 'cards' | 'rows'): void {
    this.top = 0;
    this.shape.value = shape;
  }

  focusSearch(): void {
    this.searchField?.focus();
    this.searchField?.select();
  }

  focusFirst(): void {
    if (this.list.total > 0) this.rows?.focus(0);
  }
}
