/** Characters that come in from files and go out into files. */
import { host } from '~/host/host';
import type { ImportReport } from './wire';

/** Lets the person choose files and takes them in; answers nothing if they chose none. */
export function importChosen(): Promise<ImportReport | null> {
  return host().call('exchange_import');
}

/** Takes in the documents that the desktop handed over (a double click); answers nothing if none wait. */
export function importOpened(): Promise<ImportReport | null> {
  return host().call('exchange_import_opened');
}

/** Takes in a document that was dropped on the window. */
export function importText(text: string): Promise<ImportReport> {
  return host().call('exchange_import_text', { text });
}

/** Brings in the party that comes with Forkbeard. */
export function importDemo(): Promise<ImportReport> {
  return host().call('exchange_import_demo');
}

/** Writes one character to a file that the person chooses; answers where, or nothing if they chose none. */
export function exportCharacter(id: string): Promise<string | null> {
  return host().call('exchange_export', { id });
}
