/** Two to four versions beside each other: what they hold, which rows are shown, and where the keys stand. */
import * as api from '~/api/history';
import { asFailure } from '~/host/host';
import type { Board, BoardRow, Failure } from '~/features/sheet/model';
import { bySection } from '../sections';

export const FEWEST = 2;
export const MOST = 4;

export class WhatIfBoard {
  readonly id: string;
  /** Leaves out the rows that are the same in all columns. */
  only = $state(false);
  #board = $state.raw<Board | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #loading = $state(false);
  #at = $state.raw<{ path: string; column: number; row: number } | null>(null);
  #turn = 0;

  constructor(id: string) {
    this.id = id;
  }

  get board(): Board | null {
    return this.#board;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get loading(): boolean {
    return this.#loading;
  }

  get rows(): readonly BoardRow[] {
    const rows = this.#board?.rows ?? [];
    return this.only ? rows.filter(({ differs }) => differs) : rows;
  }

  get sections() {
    return bySection(this.rows);
  }

  /** How many rows differ. */
  get differing(): number {
    return this.#board?.rows.filter(({ differs }) => differs).length ?? 0;
  }

  /** The rows in the order in which they are drawn. */
  get drawn(): readonly BoardRow[] {
    return this.sections.flatMap(({ items }) => items);
  }

  /** Where the keys stand; the first cell while they stood nowhere yet, and what took its place where a row is gone. */
  get at(): { path: string; column: number } | null {
    const rows = this.drawn;
    const { path, column, row } = this.#at ?? { path: '', column: 0, row: 0 };
    const here = rows.find((one) => one.path === path) ?? rows[Math.min(row, rows.length - 1)];
    return here ? { path: here.path, column } : null;
  }

  stand(path: string, column: number): void {
    this.#at = { path, column, row: this.drawn.findIndex((row) => row.path === path) };
  }

  /** Goes on from where the keys stand; stays at the edges. */
  move(key: string): boolean {
    const rows = this.drawn;
    const here = this.at;
    const last = (this.#board?.sides.length ?? 1) - 1;
    if (!here) return false;
    const row = rows.findIndex(({ path }) => path === here.path);
    const to = {
      ArrowDown: [row + 1, here.column],
      ArrowUp: [row - 1, here.column],
      ArrowRight: [row, here.column + 1],
      ArrowLeft: [row, here.column - 1],
      Home: [row, 0],
      End: [row, last],
      PageDown: [row + 10, here.column],
      PageUp: [row - 10, here.column],
    }[key];
    if (!to) return false;
    const [nextRow = 0, nextColumn = 0] = to;
    const next = rows[Math.min(rows.length - 1, Math.max(0, nextRow))];
    if (next) this.stand(next.path, Math.min(last, Math.max(0, nextColumn)));
    return true;
  }

  /** The columns that a cell can be brought to: branches where it stands otherwise. */
  targets(row: BoardRow, column: number): { branch: string; title: string; column: number }[] {
    if (row.derived || !row.differs) return [];
    // Long texts may begin alike: what is shown of them tells nothing then.
    const alike = new Set(row.values).size === 1;
    return (this.#board?.sides ?? []).flatMap(({ branch, side }, index) =>
      index !== column && branch !== null && (alike || row.values[index] !== row.values[column])
        ? [{ branch, title: branch === side.name ? side.title : branch, column: index }]
        : [],
    );
  }

  async load(sides: readonly string[]): Promise<void> {
    const turn = ++this.#turn;
    this.#loading = true;
    try {
      const board = await api.board(this.id, [...sides]);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#board = board;
      this.#failure = null;
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.#failure = asFailure(thrown);
      this.#board = null;
    } finally {
      if (turn === this.#turn) this.#loading = false;
    }
  }
}

/** The sides with one put elsewhere, changed, added or taken away; as they were where that cannot be. */
export const sidesWith = {
  changed: (sides: readonly string[], at: number, to: string) =>
    sides.map((side, index) => (index === at ? to : side)),
  added: (sides: readonly string[], side: string) => (sides.length < MOST ? [...sides, side] : [...sides]),
  without: (sides: readonly string[], at: number) =>
    sides.length > FEWEST ? sides.filter((_, index) => index !== at) : [...sides],
  swapped: (sides: readonly string[], at: number) => {
    const [a, b] = [sides[at], sides[at + 1]];
    if (a === undefined || b === undefined) return [...sides];
    return sides.map((side, index) => (index === at ? b : index === at + 1 ? a : side));
  },
};
