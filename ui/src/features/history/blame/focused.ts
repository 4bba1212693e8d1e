/** Where the focused, or the pointed-at, cell of a sheet comes from. */
import { asks } from '../asks.svelte';
import type { SheetPage } from '~/features/sheet/page.svelte';
import { lastName } from '~/features/sheet/document.svelte';
import { cellName } from '~/features/sheet/record/names';
import { toasts } from '~/state/toasts.svelte';
import type { Action } from '~/state/actions.svelte';

/** The cell in which an element stands. */
export function cellAround(element: Element | null): string | undefined {
  return element?.closest<HTMLElement>('[data-cell]')?.dataset.cell;
}

export function askWhence(page: SheetPage, cell: string): void {
  const { source } = page.doc;
  const label = source ? cellName(cell, source) : lastName(cell);
  asks.put({ about: 'blame', id: page.doc.id, cell, label });
}

/** Alt+H on a field or a number; from the palette, the cell that had the focus last is meant. */
export function blameFocused(page: SheetPage): Action {
  return {
    id: 'sheet.whence',
    label: 'Where does the focused cell come from?',
    group: 'Sheet',
    keys: 'Alt+H',
    words: 'blame history who changed annotate',
    run: () => {
      const cell = cellAround(document.activeElement) ?? page.lastCell;
      if (cell === undefined) toasts.show('Put the focus on a field or a number first.');
      else askWhence(page, cell);
    },
  };
}
