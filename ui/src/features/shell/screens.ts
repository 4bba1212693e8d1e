/** The screens of a character: each feature brings its own. */
import type { Component } from 'svelte';

const found = import.meta.glob<{ default: Component<{ id: string }> }>(
  ['../sheet/SheetScreen.svelte', '../history/HistoryScreen.svelte'],
  {
    eager: true,
  },
);

/** The complete sheet of a character. */
export const SheetScreen = found['../sheet/SheetScreen.svelte']?.default;

/** What happened to a character. */
export const HistoryScreen = found['../history/HistoryScreen.svelte']?.default;
