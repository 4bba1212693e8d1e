/** What an action of the demo host comes to while it is worked out. */
import type { CellEdit, Line, LineKind, Prompt, Roll, SheetView } from '~/features/sheet/model';
import type { Part } from './table-dice';
import { refuse } from './world';

export interface Deed {
  view: SheetView;
  title: string;
  lines: Line[];
  edits: CellEdit[];
  rolls: Roll[];
  prompts: Prompt[];
}

export const no = (message: string, hint = '', cell: string | null = null): never =>
  refuse({ code: 'invalid', message, hint, cell });

export function say(
  deed: Deed,
  what: string,
  before: string | number,
  after: string | number,
  why = '',
  kind: LineKind = 'change',
): void {
  deed.lines.push({ kind, what, before: String(before), after: String(after), why });
}

export function set(deed: Deed, path: string, value: unknown): void {
  deed.edits = [...deed.edits.filter((edit) => edit.path !== path), { op: 'set', path, value }];
}

/** The terms of a number, as a roll takes them. */
export const partsOf = (deed: Deed, cell: string): Part[] =>
  (deed.view.stats[cell]?.terms ?? []).map(({ label, value }) => ({ label, value }));
