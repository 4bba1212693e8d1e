/** Finds things of the compendium for the palette. */
import BookMarked from '@lucide/svelte/icons/book-marked';
import * as compendium from '~/api/compendium';
import { fold } from '~/kit/options';
import type { PaletteItem } from '~/kit/palette';
import { router } from '~/state/router.svelte';
import { human } from '~/features/sheet/words';

/** A letter finds half the book. */
const SHORTEST = 2;

/** Finds things by their name; what merely speaks of the words is for the compendium's own page. */
export async function findThings(text: string): Promise<PaletteItem[]> {
  const words = fold(text.trim());
  if (words.length < SHORTEST) return [];
  const page = await compendium.search({ ...compendium.everything, text, limit: 30 });
  return page.rows
    .filter(({ name }) => words.split(/\s+/).every((word) => fold(name).includes(word)))
    .slice(0, 6)
    .map((row) => ({
      id: `thing.${row.kind}.${row.id}`,
      label: row.name,
      detail: human(row.detail),
      group: 'Compendium',
      icon: BookMarked,
      run: () => router.go({ screen: 'compendium', kind: row.kind, thing: row.id }),
    }));
}
