/** Finds packs for the palette. */
import NotebookPen from '@lucide/svelte/icons/notebook-pen';
import * as api from '~/api/packs';
import { fold } from '~/kit/options';
import type { PaletteItem } from '~/kit/palette';
import { openAt } from './deeds';
import { contents } from './words';

export async function findPacks(text: string): Promise<PaletteItem[]> {
  const words = fold(text.trim());
  if (words === '') return [];
  return (await api.list())
    .filter(({ name, pack }) => words.split(/\s+/).every((word) => fold(`${name} ${pack}`).includes(word)))
    .slice(0, 4)
    .map((row) => ({
      id: `pack.${row.id}`,
      label: row.name,
      detail: row.active ? contents(row.things) : 'archived',
      group: 'Homebrew',
      icon: NotebookPen,
      run: () => openAt(row),
    }));
}
