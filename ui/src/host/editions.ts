/**
 * The sheets that this window has, each with the name of the answer that brought it. The name goes with every call that answers
 * a sheet, and the backend may then answer with only what changed since.
 */
import type { ActOutcome, EditOutcome, SheetAnswer, SheetView, Told } from '~/api/wire';
import { changed } from './change';

interface Edition {
  readonly name: string;
  readonly view: SheetView;
}

/** Of more characters than this, the sheet that was asked for least recently comes whole again. */
const MOST = 16;
const latest = new Map<string, Edition>();

type Call<T> = (has: string | null) => Promise<T>;

/** Calls for the sheet of a character. */
export async function sheetOf(id: string, call: Call<SheetAnswer>): Promise<SheetView> {
  const had = latest.get(id);
  return taken(id, had, await call(had?.name ?? null));
}

/** Calls for an edit of a character. */
export async function editOf(id: string, call: Call<Told<EditOutcome>>): Promise<EditOutcome> {
  const had = latest.get(id);
  return edited(id, had, await call(had?.name ?? null));
}

/** Calls for something to be done at the table with a character. */
export async function deedOf(id: string, call: Call<Told<ActOutcome>>): Promise<ActOutcome> {
  const had = latest.get(id);
  const { outcome, edit } = await call(had?.name ?? null);
  return { outcome, edit: edit && edited(id, had, edit) };
}

function edited(id: string, had: Edition | undefined, outcome: Told<EditOutcome>): EditOutcome {
  return { ...outcome, view: taken(id, had, outcome.view) };
}

function taken(id: string, had: Edition | undefined, answer: SheetAnswer): SheetView {
  const edition = editionOf(had, answer);
  latest.delete(id);
  latest.set(id, edition);
  const [oldest] = latest.keys();
  if (latest.size > MOST && oldest !== undefined) latest.delete(oldest);
  return edition.view;
}

function editionOf(had: Edition | undefined, answer: SheetAnswer): Edition {
  if (!('since' in answer)) {
    const { edition: name, ...view } = answer;
    return { name, view };
  }
  // Nothing is shown rather than a wrong number.
  if (!had || had.name !== answer.since)
    throw new Error('The answer builds on a sheet that this window does not have.');
  return { name: answer.edition, view: changed(had.view, answer.change) };
}
