/** What the commands of the demo host share: the rows, a clock, the library's condition, and the events. */
import type { CharacterRow, CompendiumEntry, Failure, LibraryEvent, LibraryStatus } from '~/api/wire';

export type Commands = Record<string, (args: Record<string, unknown>) => unknown>;

export interface World {
  rows: CharacterRow[];
  status: LibraryStatus;
  now: () => Date;
  /** Refuses when the library can only be read. */
  writable: () => void;
  /** Tells everybody that a document changed. */
  changed: (id: string) => void;
  emit: (event: LibraryEvent) => void;
  /** What the packs in use hold, as the compendium shows it. */
  packed: () => CompendiumEntry[];
  /** Runs a command of another area: an action at the table ends in an edit of the sheet. */
  run: (command: string, args: Record<string, unknown>) => unknown;
}

/** Throws a failure as the backend would. */
export function refuse(failure: Failure): never {
  throw failure;
}
