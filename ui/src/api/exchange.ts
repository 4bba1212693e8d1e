/** Characters that come in from files and go out into files. */
import { host } from '~/host/host';
import type { DroppedFile, FileLook, ImportReport } from './wire';

/** Lets the person choose files and looks at each; answers nothing if they chose none. */
export function lookChosen(): Promise<FileLook[] | null> {
  return host().call('exchange_look');
}

/** Looks at documents that were dropped on the window. */
export function lookAt(files: readonly DroppedFile[]): Promise<FileLook[]> {
  return host().call('exchange_look_at', { files });
}

/** Takes in the files that were looked at last. */
export function importLooked(): Promise<ImportReport> {
  return host().call('exchange_import');
}

/** Takes in the documents that the desktop handed over (a double click); answers nothing if none wait. */
export function importOpened(): Promise<ImportReport | null> {
  return host().call('exchange_import_opened');
}

/** Brings in the party that comes with Forkbeard. */
export function importDemo(): Promise<ImportReport> {
  return host().call('exchange_import_demo');
}

/** Writes one character to a file that the person chooses; answers where, or nothing if they chose none. */
export function exportCharacter(id: string): Promise<string | null> {
  return host().call('exchange_export', { id });
}
