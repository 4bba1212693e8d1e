/** Lays the things of a pack out as rows: a heading for each kind, the things of it under that. */
import type { PackThing } from '~/api/wire';
import { fold } from '~/kit/options';
import { inOrder } from './words';

export interface IndexRow {
  kind: string;
  /** None in a heading. */
  thing: PackThing | null;
}

/** `words` are folded already; each has to stand in the name or the text. */
export function rowsOf(things: readonly PackThing[], words: string): IndexRow[] {
  const wanted = words.split(/\s+/).filter(Boolean);
  const found = things.filter(({ name, text }) => {
    if (wanted.length === 0) return true;
    const said = fold(`${name} ${text}`);
    return wanted.every((word) => said.includes(word));
  });
  return inOrder(found.map(({ kind }) => kind)).flatMap((kind) => [
    { kind, thing: null },
    ...found.filter((thing) => thing.kind === kind).map((thing) => ({ kind, thing })),
  ]);
}
