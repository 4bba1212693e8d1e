/** What is asked about lines and milestones right now: one dialog at a time, whatever screen asks for it. */

export type Ask =
  /** A what-if that begins at a version; where one stands, without one. */
  | { about: 'begin'; id: string; from?: { at: string; words: string } }
  /** The newest changes, to be moved onto a line of their own. */
  | { about: 'take'; id: string }
  | { about: 'rename'; id: string; branch: string }
  | { about: 'delete'; id: string; branch: string }
  | { about: 'tag'; id: string; at: string; words: string }
  /** Where a cell comes from. */
  | { about: 'blame'; id: string; cell: string; label: string };

export class Asks {
  now = $state.raw<Ask | null>(null);

  put(ask: Ask): void {
    this.now = ask;
  }

  close(): void {
    this.now = null;
  }
}

export const asks = new Asks();
