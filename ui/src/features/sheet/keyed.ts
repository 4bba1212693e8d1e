/** What can be done with a collection of ranked things: order, add, move, copy, remove; each answers with the edits to make. */
import type { CellEdit, Entry, Things } from './model';
import { pointer } from './path';
import { compareRanks, rankAfter, rankBetween } from './rank';

export interface Ranked {
  rank: string;
}

/** Lists by the collections they are of: what was not changed is the same list again, and nothing is drawn anew for it. */
const lists = new WeakMap<object, unknown>();

/** The things in the order a person gave them: by rank, then by id. */
export function ordered<T extends Ranked>(collection: Things<T> | undefined): readonly Entry<T>[] {
  if (!collection) return [];
  let list = lists.get(collection) as readonly Entry<T>[] | undefined;
  if (!list) lists.set(collection, (list = sorted(collection)));
  return list;
}

function sorted<T extends Ranked>(collection: Things<T>): readonly Entry<T>[] {
  return Object.entries(collection)
    .filter((entry): entry is [string, T] => entry[1] !== undefined)
    .map(([id, thing]) => ({ id, thing }))
    .sort((a, b) => compareRanks(a.thing.rank, b.thing.rank) || compareRanks(a.id, b.id));
}

/** Adds a thing at the end, or right after `behind`. */
export function insertion<T extends object>(
  path: string,
  list: readonly Entry<Ranked>[],
  id: string,
  thing: T,
  behind?: string,
): CellEdit[] {
  const index = behind === undefined ? -1 : list.findIndex((entry) => entry.id === behind);
  const rank =
    index < 0
      ? rankAfter(list.map((entry) => entry.thing.rank))
      : rankBetween(list[index]?.thing.rank ?? null, list[index + 1]?.thing.rank ?? null);
  return [{ op: 'set', path: path + pointer(id), value: { ...thing, rank } }];
}

/** Puts a thing at another place; where ranks are equal or absent, its neighbours get ranks of their own first. */
export function movement(path: string, list: readonly Entry<Ranked>[], id: string, to: number): CellEdit[] {
  const from = list.findIndex((entry) => entry.id === id);
  const place = Math.min(list.length - 1, Math.max(0, to));
  if (from < 0 || from === place) return [];
  const others = list.filter((entry) => entry.id !== id);
  const before = others[place - 1]?.thing.rank ?? null;
  const after = others[place]?.thing.rank ?? null;
  const roomy = (before === null || before !== '') && (after === null || (before ?? '') < after);
  if (roomy) return [setRank(path, id, rankBetween(before, after))];
  const moved = list[from];
  const whole = moved ? [...others.slice(0, place), moved, ...others.slice(place)] : others;
  let rank: string | null = null;
  return whole.map((entry) => {
    rank = rank === null ? 'V' : rankAfter([rank]);
    return setRank(path, entry.id, rank);
  });
}

export function removal(path: string, id: string): CellEdit[] {
  return [{ op: 'remove', path: path + pointer(id) }];
}

function setRank(path: string, id: string, rank: string): CellEdit {
  return { op: 'set', path: path + pointer(id, 'rank'), value: rank };
}

/** The members of a set of names, in the order of the alphabet. */
export function members(names: { [name in string]?: boolean } | undefined): string[] {
  return Object.entries(names ?? {})
    .filter(([, present]) => present === true)
    .map(([name]) => name)
    .sort((a, b) => a.localeCompare(b, 'en'));
}
