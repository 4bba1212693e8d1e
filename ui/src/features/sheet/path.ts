/** Cell paths: JSON Pointers into a character, and reading and changing what stands there without touching the original. */
import type { CellEdit } from './model';

/** Joins names to a path, escaping what a JSON Pointer asks for. */
export function pointer(...names: readonly string[]): string {
  return names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Takes a path apart into the names it leads along. */
export function namesOf(path: string): string[] {
  if (path === '') return [];
  return path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path of the cell that sets a derived cell by hand. */
export function overrideOf(cell: string): string {
  return pointer('overrides', cell);
}

/** Tells whether one path is the other, or leads to it. */
export function holds(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Reads what stands at a path; `undefined` where there is nothing. */
export function read(root: unknown, path: string): unknown {
  let at: unknown = root;
  for (const name of namesOf(path)) {
    if (!isBranch(at)) return undefined;
    at = at[name];
  }
  return at;
}

/** Gives a copy with the edits made; what they do not touch is shared with the original. */
export function withEdits<T>(root: T, edits: readonly CellEdit[]): T {
  return edits.reduce<T>((tree, edit) => change(tree, namesOf(edit.path), edit) as T, root);
}

function change(at: unknown, names: readonly string[], edit: CellEdit): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return edit.op === 'set' ? edit.value : undefined;
  if (edit.op === 'remove' && !isBranch(at)) return at;
  const copy: Branch = isBranch(at) ? { ...at } : {};
  if (rest.length > 0) copy[name] = change(copy[name], rest, edit);
  else if (edit.op === 'set') copy[name] = edit.value;
  else Reflect.deleteProperty(copy, name);
  return copy;
}

type Branch = { [name in string]?: unknown };

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
