/** The report of an import that did not go through whole, until it has been read. */
import type { ImportReport } from '~/api/wire';

export class Imports {
  report = $state.raw<ImportReport | null>(null);
}

export const imports = new Imports();
