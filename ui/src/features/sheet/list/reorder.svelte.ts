/**
 * Dragging a row of a list to another place, by pointer events: the platform's own drag and drop differs too much between
 * web views. The keyboard's way (Alt and an arrow) is the list's.
 */
export class Reorder {
  #dragged = $state<string | null>(null);
  #to = $state<number | null>(null);
  readonly #drop: (id: string, to: number) => void;

  constructor(drop: (id: string, to: number) => void) {
    this.#drop = drop;
  }

  /** The row that is being dragged. */
  get dragged(): string | null {
    return this.#dragged;
  }

  /** Where it would land: the index among the rows as they are now. */
  get to(): number | null {
    return this.#to;
  }

  /** Begins when the grip of a row is pressed; `rows` are the rows' elements in their order. */
  start(event: PointerEvent, id: string, rows: () => HTMLElement[]): void {
    if (event.button !== 0) return;
    event.preventDefault();
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    this.#dragged = id;
    const move = (moved: PointerEvent) => (this.#to = placeAt(moved.clientY, rows()));
    const end = (ended: PointerEvent) => {
      grip.removeEventListener('pointermove', move);
      grip.removeEventListener('pointerup', end);
      grip.removeEventListener('pointercancel', end);
      const to = this.#to;
      this.#dragged = null;
      this.#to = null;
      if (ended.type === 'pointerup' && to !== null) this.#drop(id, to);
    };
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', end);
    grip.addEventListener('pointercancel', end);
  }
}

/** The index of the row at a height: the last whose upper half lies above it. */
export function placeAt(y: number, rows: readonly HTMLElement[]): number {
  const after = rows.findIndex((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height;
  });
  return after === -1 ? rows.length - 1 : after;
}
