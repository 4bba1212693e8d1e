/** What a list of keyed things can do: add, move, copy, remove, fold, and walk by keys. */
import { tick } from 'svelte';
import { newId } from '../ids';
import { insertion, movement, removal, type Ranked } from '../keyed';
import type { Entry } from '../model';
import type { SheetPage } from '../page.svelte';
import { pointer } from '../path';
import { Reorder } from './reorder.svelte';

export interface ListParts {
  path: () => string;
  shown: () => readonly Entry<Ranked>[];
  whole: () => readonly Entry<Ranked>[];
  blank: () => Ranked;
  name: (thing: Ranked) => string;
  noun: () => string;
  element: () => HTMLElement | null;
}

export class ListState {
  readonly #page: SheetPage;
  readonly #parts: ListParts;
  readonly reorder = new Reorder((id, to) => this.#place(id, to));

  constructor(page: SheetPage, parts: ListParts) {
    this.#page = page;
    this.#parts = parts;
  }

  /** The rows' elements in their order. */
  readonly rows = (): HTMLElement[] => [
    ...(this.#parts.element()?.querySelectorAll<HTMLElement>(':scope > [data-row]') ?? []),
  ];

  /** Whether a dragged row would land above or below the row at an index. */
  landing(index: number): 'above' | 'below' | undefined {
    if (this.reorder.to !== index) return undefined;
    const from = this.#parts.shown().findIndex((entry) => entry.id === this.reorder.dragged);
    return from === index ? undefined : index > from ? 'below' : 'above';
  }

  /** Adds one and opens it, ready to be named. */
  add(): void {
    const id = newId();
    this.#page.fold(this.cellOf(id), true);
    void this.#page.doc.edit(insertion(this.#parts.path(), this.#parts.whole(), id, this.#parts.blank()));
    void this.#focus(id, 'input');
  }

  duplicate(id: string): void {
    const entry = this.#parts.whole().find((candidate) => candidate.id === id);
    if (!entry) return;
    const copy = newId();
    this.#page.fold(this.cellOf(copy), true);
    void this.#page.doc.edit(insertion(this.#parts.path(), this.#parts.whole(), copy, entry.thing, id));
    void this.#focus(copy, 'input');
  }

  remove(id: string): void {
    const shown = this.#parts.shown();
    const index = shown.findIndex((candidate) => candidate.id === id);
    const entry = shown[index];
    if (!entry) return;
    const name = this.#parts.name(entry.thing) || `the ${this.#parts.noun()}`;
    this.#page.fold(this.cellOf(id), false);
    void this.#page.tell(removal(this.#parts.path(), id), `Removed ${name}`);
    const next = shown[index + 1] ?? shown[index - 1];
    if (next) void this.#focus(next.id);
  }

  move(id: string, by: -1 | 1): void {
    const shown = this.#parts.shown();
    const to = shown.findIndex((candidate) => candidate.id === id) + by;
    if (to < 0 || to >= shown.length) return;
    this.#place(id, to);
    void this.#focus(id);
  }

  /** Folds a row and puts the focus back on it. */
  close(id: string): void {
    this.#page.fold(this.cellOf(id), false);
    void this.#focus(id);
  }

  keydown(event: KeyboardEvent, id: string): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
    if (step !== null && event.altKey) {
      if (this.#page.editable) this.move(id, step);
    } else if (step !== null) {
      const shown = this.#parts.shown();
      const next = shown[shown.findIndex((candidate) => candidate.id === id) + step];
      if (!next) return;
      void this.#focus(next.id);
    } else if (event.key === 'Delete' && this.#page.editable) this.remove(id);
    else return;
    event.preventDefault();
  }

  escape(event: KeyboardEvent, id: string): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    this.close(id);
  }

  /** Puts a row where another of the shown ones stands. */
  #place(id: string, to: number): void {
    const target = this.#parts.shown()[to];
    const whole = this.#parts.whole();
    const place = whole.findIndex((candidate) => candidate.id === target?.id);
    const changes = movement(this.#parts.path(), whole, id, place);
    if (place >= 0 && changes.length > 0) void this.#page.doc.edit(changes);
  }

  cellOf(id: string): string {
    return this.#parts.path() + pointer(id);
  }

  async #focus(id: string, within = '.main'): Promise<void> {
    await tick();
    const row = this.rows().find((candidate) => candidate.dataset.row === id);
    const target = row?.querySelector<HTMLElement>(within === '.main' ? '.main' : `.fields ${within}`);
    target?.focus();
    target?.scrollIntoView({ block: 'nearest' });
  }
}
