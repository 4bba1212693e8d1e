/** Characters with their lines on the demo host: commits, branches, milestones, where one stands, and what was done. */
import type {
  CellEdit,
  ChangeLine,
  CharacterRow,
  CommitLine,
  OperationLine,
  Source,
  TagLine,
} from '~/features/sheet/model';
import { read, withEdits } from '~/features/sheet/path';
import { lines, summary } from './lines-words';
import { longWinter } from './merging-past';
import { asSorrelBegan, bare, everything, longLife, past, sorrelsPast } from './lines-past';
import { sourceOf } from './sheet-source';
import { refuse, type World } from './world';

export interface Commit {
  line: CommitLine;
  source: Source;
  /** All parents, the line it lies on first. */
  parents: string[];
  /** Whether an undo takes it back. */
  undoes: boolean;
  session: string | null;
  request: string | null;
}

export interface Branch {
  name: string;
  title: string;
  head: string;
  archived: boolean;
  /** The change request that proposes it. */
  request: string | null;
}

export interface Doc {
  row: CharacterRow;
  /** Everything that was ever made, in the order of its making. */
  all: Commit[];
  byId: Map<string, Commit>;
  branches: Map<string, Branch>;
  tags: TagLine[];
  standing: string;
  undone: Commit[];
}

/** What was done in the library, with where the branches of the character stood after it. */
export interface Operation {
  line: OperationLine;
  doc: string;
  heads: Branch[];
  tags: TagLine[];
}

interface Store {
  docs: Map<string, Doc>;
  operations: Operation[];
  serial: number;
}

const stores = new WeakMap<World, Store>();

export function storeOf(world: World): Store {
  let store = stores.get(world);
  if (!store) stores.set(world, (store = { docs: new Map(), operations: [], serial: 1 }));
  return store;
}

export interface Step {
  kind?: string;
  title?: string | null;
  time?: number;
  author?: string;
  branch?: string;
  /** The other parents of a merge. */
  also?: string[];
  session?: string | null;
  request?: string | null;
  /** What it changed, where that need not be found out. */
  changes?: ChangeLine[];
}

export function rowOf(world: World, id: unknown): CharacterRow {
  return (
    world.rows.find((row) => row.id === id) ??
    refuse({
      code: 'not_found',
      message: 'There is no such character.',
      hint: 'Look through the library; it may have been archived or renamed.',
      cell: null,
    })
  );
}

/** Opens a character; the first time it gets a past. */
export function docOf(world: World, id: unknown): Doc {
  const row = rowOf(world, id);
  const store = storeOf(world);
  let doc = store.docs.get(row.id);
  if (doc) return doc;
  doc = {
    row,
    all: [],
    byId: new Map(),
    branches: new Map([['main', { name: 'main', title: 'main', head: '', archived: false, request: null }]]),
    tags: [],
    standing: 'main',
    undone: [],
  };
  store.docs.set(row.id, doc);
  const author = row.owner || 'DM';
  const now = sourceOf(row);
  const sorrel = row.handle === 'sorrel-quickfen';
  const enlarged = row.handle === 'old-thorvald';
  const days = sorrel ? 61 : 12;
  commit(world, doc, sorrel ? asSorrelBegan(now) : enlarged ? bare(now) : now, [], {
    kind: 'create',
    title: 'Created',
    time: world.now().getTime() - days * 864e5,
    author,
  });
  const deep = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('deep');
  if (sorrel && deep !== null) longLife(world, doc, author, Number(deep));
  if (enlarged)
    step(world, doc, everything(now), {
      title: 'Copied from the old sheet',
      author,
      time: world.now().getTime() - 11.5 * 864e5,
    });
  if (enlarged) longWinter(world, doc, author);
  if (sorrel) sorrelsPast(world, doc, author, now);
  else if (row.version_number > 1) past(world, doc, author);
  return doc;
}

/** The commits of a branch, oldest first. */
export function lineOf(doc: Doc, branch = doc.standing): Commit[] {
  const line: Commit[] = [];
  let at = doc.byId.get(doc.branches.get(branch)?.head ?? '');
  while (at) {
    line.push(at);
    at = doc.byId.get(at.parents[0] ?? '');
  }
  return line.reverse();
}

export function tipOf(doc: Doc, branch = doc.standing): Commit {
  return doc.byId.get(doc.branches.get(branch)?.head ?? '') as Commit;
}

/** Everything that a commit came of, itself too. */
export function cameOf(doc: Doc, id: string): Set<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    const made = doc.byId.get(next);
    if (!made) continue;
    found.add(next);
    open.push(...made.parents);
  }
  return found;
}

export function commit(
  world: World,
  doc: Doc,
  source: Source,
  edits: readonly CellEdit[],
  how: Step = {},
): Commit {
  const store = storeOf(world);
  const { kind = 'edit', author = 'you', branch = doc.standing } = how;
  const on = doc.branches.get(branch) as Branch;
  const before = doc.byId.get(on.head);
  const changes = how.changes ?? (before ? lines(before.source, source, edits) : []);
  const made: Commit = {
    source,
    parents: [...(before ? [before.line.id] : []), ...(how.also ?? [])],
    undoes: kind === 'edit' || kind === 'rollback',
    session: how.session ?? null,
    request: how.request ?? null,
    line: {
      id: idOf(store.serial++),
      parent: before?.line.id ?? null,
      version: (before?.line.version ?? 0) + 1,
      time: new Date(how.time ?? world.now().getTime()).toISOString(),
      author,
      kind,
      title: how.title ?? summary(changes),
      changes: changes.slice(0, 40),
      change_count: changes.filter((line) => line.tone !== 'consequence').length,
    },
  };
  doc.all.push(made);
  doc.byId.set(made.line.id, made);
  on.head = made.line.id;
  logged(world, doc, made.line.title, made.line.author, made.line.time);
  return made;
}

/** Changes cells on a branch, in words of its own. */
export function step(world: World, doc: Doc, edits: readonly CellEdit[], how: Step = {}): Commit {
  return commit(world, doc, withEdits(tipOf(doc, how.branch).source, edits), edits, how);
}

/** The newest sheet with the cells of a commit as they were before it, or as they came out of it. */
export function reverted(doc: Doc, target: Commit, back: boolean): Source {
  const before = doc.byId.get(target.parents[0] ?? '')?.source ?? target.source;
  const to = back ? before : target.source;
  const edits = target.line.changes
    .filter((line) => line.tone !== 'consequence')
    .map(({ path }): CellEdit => {
      const value = read(to, path);
      return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
    });
  return withEdits(tipOf(doc).source, edits);
}

/** Writes something into the log of the library. */
export function logged(world: World, doc: Doc, title: string, author = 'you', time?: string): void {
  const store = storeOf(world);
  store.operations.push({
    doc: doc.row.id,
    heads: [...doc.branches.values()].map((branch) => ({ ...branch })),
    tags: [...doc.tags],
    line: {
      id: `op${idOf(store.serial++).slice(0, 14)}`,
      time: time ?? world.now().toISOString(),
      author,
      title,
      about: [doc.row.display_name],
    },
  });
}

/** Finds a version by a branch, a tag, a commit or its beginning, or its number on the line one stands on. */
export function resolve(doc: Doc, name: unknown): Commit {
  const asked = String(name);
  const tag = doc.tags.find(({ id, name: words }) => id === asked || words === asked);
  const found =
    (doc.branches.has(asked) ? tipOf(doc, asked) : undefined) ??
    doc.byId.get(tag?.commit ?? asked) ??
    (/^[0-9a-f]{6,}$/.test(asked) ? doc.all.find(({ line }) => line.id.startsWith(asked)) : undefined) ??
    (/^\d+$/.test(asked) ? lineOf(doc)[Number(asked) - 1] : undefined);
  return (
    found ??
    refuse({
      code: 'not_found',
      message: 'This version is not one of this character.',
      hint: 'Choose one from its history.',
      cell: null,
    })
  );
}

/** A name of a commit that looks like one. */
function idOf(serial: number): string {
  let text = '';
  for (let seed = serial * 2654435761, part = 0; part < 8; part += 1) {
    seed = (Math.imul(seed ^ (seed >>> 15), 2246822519) + part * 3266489917) >>> 0;
    text += seed.toString(16).padStart(8, '0');
  }
  return text;
}
