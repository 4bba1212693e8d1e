/** Files on their way in: what was looked at and waits for a word, and the report that has to be read. */
import * as exchange from '~/api/exchange';
import type { FileLook, FilePreview, ImportReport } from '~/api/wire';

/** The largest files that a drop on the window takes in, in bytes, all together. */
export const MOST_DROPPED = 64 * 1024 * 1024;

export class Imports {
  /** The report of an import that did not go through whole, until it has been read. */
  report = $state.raw<ImportReport | null>(null);
  /** Files that were looked at and wait to be taken in or left. */
  looks = $state.raw<readonly FileLook[] | null>(null);

  /** The files that wait and can be taken in. */
  get previews(): FilePreview[] {
    return (this.looks ?? []).flatMap((look) => (look.what === 'readable' ? [look.preview] : []));
  }

  /** Lets files wait where one is another program's, and so has something to tell; else takes them in. */
  async settle(looks: readonly FileLook[]): Promise<ImportReport | null> {
    const told = looks.some((look) => look.what === 'readable' && look.preview.report !== null);
    if (!told) return exchange.importLooked();
    this.looks = looks;
    return null;
  }

  /** Takes in what waits. */
  async takeIn(): Promise<ImportReport> {
    const report = await exchange.importLooked();
    this.looks = null;
    return report;
  }
}

export const imports = new Imports();
