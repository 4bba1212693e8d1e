/** What can be done with packs from anywhere: each tells what it did and offers the way back. */
import * as api from '~/api/packs';
import type { PackRow, PackView } from '~/api/wire';
import { attempt } from '~/features/roster/deeds';
import { counted } from '~/kit/format';
import { router, type Route } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { sizeOf } from './words';

/** The largest files that are taken in together, in bytes. */
const MOST = 64 * 1024 * 1024;

/** The place of a pack, or of one of its versions. */
export function placeOf(pack: string, { thing, version }: { thing?: string; version?: string } = {}): Route {
  return {
    screen: 'homebrew',
    pack,
    ...(thing === undefined ? {} : { thing }),
    ...(version === undefined ? {} : { version }),
  };
}

export function openAt(pack: Pick<PackRow, 'id'>, thing?: string): void {
  router.go(placeOf(pack.id, { thing }));
}

/** Makes an empty pack. */
export async function create(name: string): Promise<PackRow> {
  return (await api.create(name)).row;
}

/** Takes in the files of one pack. */
export function importFiles(files: readonly File[]): Promise<boolean> {
  return attempt(async () => {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > MOST)
      throw new Error(`These files are too large to be a pack (${Math.round(size / 1e6)} MB).`);
    const texts = await Promise.all(
      files.map(async (file) => ({ name: file.name, text: await file.text() })),
    );
    const before = await api.list();
    const view = await api.importTexts(texts);
    openAt(view.row);
    tellImport(
      view,
      before.find(({ id }) => id === view.row.id),
    );
  });
}

function tellImport({ row, commit }: PackView, before: PackRow | undefined): void {
  const held = counted(sizeOf(row.things), 'thing');
  if (!before) toasts.show(`${row.name} is here: ${held}.`);
  else if (before.commit === commit) toasts.show(`${row.name} is as these files say already.`);
  else
    toasts.show(`${row.name} has a newer version now: ${held}.`, {
      action: { label: 'Undo', run: () => attempt(() => api.rollback(row.id, before.commit)) },
    });
}

export function archive(pack: PackRow): Promise<boolean> {
  return attempt(async () => {
    await api.setActive(pack.id, false);
    toasts.show(`${pack.name} is archived.`, {
      action: { label: 'Undo', run: () => attempt(() => api.setActive(pack.id, true)) },
    });
  });
}

export function restore(pack: PackRow): Promise<boolean> {
  return attempt(async () => {
    await api.setActive(pack.id, true);
    toasts.show(`${pack.name} is in use again.`, {
      action: { label: 'Undo', run: () => attempt(() => api.setActive(pack.id, false)) },
    });
  });
}

export function exportOne(pack: PackRow): Promise<boolean> {
  return attempt(async () => {
    const path = await api.exportPack(pack.id);
    if (path !== null) toasts.show(`${pack.name} was written to ${path}.`);
  });
}
