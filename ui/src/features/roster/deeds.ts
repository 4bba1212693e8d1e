/** What can be done with a character from anywhere: each tells what it did and offers the way back. */
import * as exchange from '~/api/exchange';
import * as roster from '~/api/roster';
import type { CharacterRow, FileLook, ImportReport } from '~/api/wire';
import { asFailure } from '~/host/host';
import { router } from '~/state/router.svelte';
import { toasts } from '~/state/toasts.svelte';
import { opened } from '~/state/opened.svelte';
import { imports, MOST_DROPPED } from './imports.svelte';
import { importSentence } from './words';

type Named = Pick<CharacterRow, 'id' | 'display_name' | 'avatar'>;

/** Runs a deed; a refusal is shown instead of thrown. Tells whether it was done. */
export async function attempt(deed: () => Promise<unknown>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (thrown) {
    const failure = asFailure(thrown);
    toasts.problem(failure.message, failure.hint);
    return false;
  }
}

export function open(character: Named, section?: string): void {
  opened.put(character);
  router.go({ screen: 'sheet', id: character.id, ...(section === undefined ? {} : { section }) });
}

export function showHistory(character: Named): void {
  opened.put(character);
  router.go({ screen: 'history', id: character.id });
}

/** Takes a character off the rail; from its own page one goes back to the library. */
export function close(character: Pick<Named, 'id'>): void {
  opened.close(character.id);
  const route = router.route;
  if ('id' in route && route.id === character.id) router.go({ screen: 'library' });
}

export function duplicate(character: Named): Promise<boolean> {
  return attempt(async () => {
    const { row } = await roster.duplicate(character.id);
    toasts.show(`Made “${row.display_name}”.`, { action: { label: 'Open', run: () => open(row) } });
  });
}

export function archive(character: Named): Promise<boolean> {
  return attempt(async () => {
    await roster.archive(character.id);
    opened.close(character.id);
    toasts.show(`${character.display_name} is archived.`, {
      action: { label: 'Undo', run: () => attempt(() => roster.restore(character.id)) },
    });
  });
}

export function restore(character: Named): Promise<boolean> {
  return attempt(async () => {
    await roster.restore(character.id);
    toasts.show(`${character.display_name} is back in play.`, {
      action: { label: 'Undo', run: () => attempt(() => roster.archive(character.id)) },
    });
  });
}

export function exportOne(character: Named): Promise<boolean> {
  return attempt(async () => {
    const path = await exchange.exportCharacter(character.id);
    if (path !== null) toasts.show(`${character.display_name} was written to ${path}.`);
  });
}

/** Lets the person choose files and brings them in. */
export function importFiles(): Promise<boolean> {
  return attempt(async () => settle(await exchange.lookChosen()));
}

/** Brings in what the desktop handed over: a double click on a document. */
export function importOpened(): Promise<boolean> {
  return attempt(async () => tell(await exchange.importOpened()));
}

export function importDemo(): Promise<boolean> {
  return attempt(async () => tell(await exchange.importDemo()));
}

/** Brings in what was dropped on the window; another program's files are shown first. */
export function importDropped(files: readonly File[]): Promise<boolean> {
  return attempt(async () => {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    if (size > MOST_DROPPED)
      throw new Error(
        `${files.length === 1 ? `“${files[0]?.name}” is` : 'These files are'} too large to be characters (${Math.round(size / 1e6)} MB).`,
      );
    const read = files.map(async (file) => ({ name: file.name, text: await file.text() }));
    await settle(await exchange.lookAt(await Promise.all(read)));
  });
}

async function settle(looks: readonly FileLook[] | null): Promise<void> {
  if (looks !== null) tell(await imports.settle(looks));
}

/** Takes in the files that were shown. */
export function takeIn(): Promise<boolean> {
  return attempt(async () => tell(await imports.takeIn()));
}

function tell(report: ImportReport | null): void {
  if (report === null) return;
  const only = report.characters.length === 1 ? report.characters[0] : undefined;
  const refused = report.notices.length > 0 || report.characters.some((one) => one.result.what === 'refused');
  const { id, name } = only ?? {};
  if (refused) {
    imports.report = report;
    return;
  }
  toasts.show(
    importSentence(report),
    id && name
      ? { action: { label: 'Open', run: () => open({ id, display_name: name, avatar: null }) } }
      : {},
  );
}
