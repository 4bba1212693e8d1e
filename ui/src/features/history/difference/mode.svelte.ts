/** Which way of reading differences one chose last; kept while the window lives. */
import type { Action } from '~/state/actions.svelte';
import { MODES, modeOptions, type Mode } from './difference';

export class Reading {
  mode = $state<Mode>('sheet');

  next(): void {
    this.mode = MODES[(MODES.indexOf(this.mode) + 1) % MODES.length] ?? 'sheet';
  }
}

export const reading = new Reading();

/** 1, 2, 3 choose a way of reading, V goes round. */
export const readingActions: readonly Action[] = [
  ...modeOptions.map(({ value, label }, index) => ({
    id: `difference.${value}`,
    label: `Read the difference: ${label.toLowerCase()}`,
    group: 'Difference',
    keys: String(index + 1),
    run: () => (reading.mode = value),
  })),
  {
    id: 'difference.next',
    label: 'Read the difference another way',
    group: 'Difference',
    keys: 'v',
    run: () => reading.next(),
  },
];
