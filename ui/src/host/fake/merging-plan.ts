/** Two lines of a character made one on the demo host: cell by cell, with what was decided, and what the rules say of it. */
import type {
  CellNature,
  ConflictLine,
  Decision,
  MergeAsk,
  MergeLine,
  SettledBy,
  Source,
  Strategy,
  Violation,
} from '~/features/sheet/model';
import { ordered } from '~/features/sheet/keyed';
import { holds, namesOf, read, withEdits } from '~/features/sheet/path';
import { natureOf, sectionOf } from './difference';
import { cameOf, lineOf, tipOf, type Commit, type Doc } from './lines-doc';
import { differing, label, short } from './lines-words';
import { refuse } from './world';

/** A sheet with the conflicts that stand open in it, by their cells. */
export type Torn = Source & { conflicts?: Record<string, ConflictLine> };

export interface Cell {
  path: string;
  by: SettledBy;
  how: string;
  base: unknown;
  ours: unknown;
  theirs: unknown;
  result: unknown;
}

export interface Plan {
  into: string;
  ours: Commit;
  theirs: Commit;
  base: Commit;
  cells: Cell[];
  /** What comes of it, conflicts that are left open included. */
  tree: Torn;
  conflicts: ConflictLine[];
}

const titleOf = (doc: Doc, branch: string) => doc.branches.get(branch)?.title ?? branch;

export function planOf(doc: Doc, ask: MergeAsk): Plan {
  const from = ask.from ?? '';
  const into = ask.into ?? doc.standing;
  for (const name of [from, into])
    if (!doc.branches.has(name))
      refuse({
        code: 'not_found',
        message: `There is no branch ${name}.`,
        hint: 'Choose one from the list.',
        cell: null,
      });
  const [ours, theirs] = [tipOf(doc, into), tipOf(doc, from)];
  const [mine, other] = [cameOf(doc, ours.line.id), cameOf(doc, theirs.line.id)];
  const base = doc.all.findLast(({ line }) => mine.has(line.id) && other.has(line.id)) ?? ours;
  const names = [titleOf(doc, into), titleOf(doc, from)] as const;
  const cells = settled(base.source, ours.source, theirs.source, names);
  const decisions = ask.decisions ?? {};
  let tree: Torn = withEdits(
    ours.source,
    cells.map(({ path, result }) => edit(path, result)),
  );
  const conflicts = cells
    .filter(({ by }) => by === 'conflict')
    .map((cell) => conflictOf(doc, cell, names, ours, theirs));
  const open: Record<string, ConflictLine> = { ...(ours.source as Torn).conflicts };
  for (const conflict of conflicts) {
    const decision = decisions[conflict.path] ?? byStrategy(ask.strategy ?? null);
    if (decision === undefined) open[conflict.path] = conflict;
    else tree = withEdits(tree, [edit(conflict.path, decided(conflict, decision))]);
    conflict.standing = short(read(tree, conflict.path));
  }
  for (const [path, decision] of Object.entries(decisions)) {
    if (!decision || conflicts.some((conflict) => conflict.path === path)) continue;
    tree = withEdits(tree, [edit(path, turned(decision, path, base.source, ours.source, theirs.source))]);
  }
  tree = { ...tree, conflicts: open };
  if (Object.keys(open).length === 0) Reflect.deleteProperty(tree, 'conflicts');
  return { into, ours, theirs, base, cells, tree, conflicts };
}

export function edit(path: string, value: unknown) {
  return value === undefined || value === null
    ? ({ op: 'remove', path } as const)
    : ({ op: 'set', path, value } as const);
}

export function byStrategy(strategy: Strategy | null): Decision | undefined {
  if (strategy === null) return undefined;
  return strategy === 'base' ? { take: 'base' } : { take: 'side', side: strategy === 'ours' ? 0 : 1 };
}

/** The value that a decision gives a conflict. */
export function decided(conflict: ConflictLine, decision: Decision): unknown {
  if (decision.take === 'base') return conflict.base;
  if (decision.take === 'side') return conflict.sides[decision.side]?.value;
  if (decision.take === 'both') return conflict.sides.map(({ value }) => String(value)).join('\n\n');
  const kind = typeof (conflict.base ?? conflict.sides[0]?.value);
  if (decision.value !== null && kind === 'number' && typeof decision.value !== 'number')
    refuse({
      code: 'invalid',
      message: `${conflict.label} is a number.`,
      hint: 'Write one, such as 12.',
      cell: conflict.path,
    });
  return decision.value;
}

function turned(decision: Decision, path: string, base: Source, ours: Source, theirs: Source): unknown {
  if (decision.take === 'value') return decision.value;
  if (decision.take === 'base') return read(base, path);
  return read(decision.take === 'side' && decision.side === 1 ? theirs : ours, path);
}

/** Settles every cell that either side touched, as the kind of the cell asks. */
function settled(base: Source, ours: Source, theirs: Source, names: readonly [string, string]): Cell[] {
  const own = (path: string) => !/^\/(conflicts|allowances)/.test(path);
  const [a, b] = [differing(base, ours, '').filter(own), differing(base, theirs, '').filter(own)];
  const cells = new Map<string, Cell>();
  const put = (path: string, by: SettledBy, how: string, result: unknown) =>
    cells.set(path, {
      path,
      by,
      how,
      base: read(base, path),
      ours: read(ours, path),
      theirs: read(theirs, path),
      result,
    });
  for (const path of a) {
    const met = b.filter((other) => holds(other, path) || holds(path, other));
    const whole = [path, ...met].sort((x, y) => x.length - y.length)[0] ?? path;
    if (met.length === 0) put(path, 'ours', `changed on ${names[0]} only`, read(ours, path));
    else if (met.every((other) => other === path)) both(path);
    else put(whole, 'conflict', 'removed on one side, changed on the other', read(ours, whole));
  }
  for (const path of b)
    if (!a.some((other) => holds(other, path) || holds(path, other)))
      put(path, 'theirs', `changed on ${names[1]} only`, read(theirs, path));

  function both(path: string): void {
    const [was, mine, other] = [read(base, path), read(ours, path), read(theirs, path)];
    const nature = natureOf(path, mine ?? other);
    if (nature === 'maximum') put(path, 'larger', 'the larger stands', Math.max(Number(mine), Number(other)));
    else if (nature === 'counter') counted(path, Number(was ?? 0), Number(mine), Number(other));
    else if (JSON.stringify(mine) === JSON.stringify(other)) put(path, 'same', 'changed alike on both', mine);
    else if (nature === 'order') put(path, 'placed', 'moved on both; one place was chosen', other);
    else if (nature === 'prose') prose(path, String(was ?? ''), String(mine ?? ''), String(other ?? ''));
    else put(path, 'conflict', 'changed differently on 2 sides', mine);
  }
  function counted(path: string, was: number, mine: number, other: number): void {
    const sum = mine + other - was;
    if (sum >= 0) put(path, 'added', 'both changes were added up', sum);
    else put(path, 'clamped', `both changes were added up to ${sum} and cut to what is possible`, 0);
  }
  function prose(path: string, was: string, mine: string, other: string): void {
    const [old, left, right] = [was, mine, other].map((text) => text.split('\n\n')) as [
      string[],
      string[],
      string[],
    ];
    let clash = false;
    const most = Math.max(old.length, left.length, right.length);
    const woven = Array.from({ length: most }, (_, at) => {
      if (left[at] === right[at] || right[at] === old[at]) return left[at];
      if (left[at] === old[at]) return right[at];
      clash = true;
      return [left[at], right[at]].filter(Boolean).join('\n\n');
    }).filter((text) => text !== undefined);
    put(
      path,
      clash ? 'both_kept' : 'woven',
      clash ? 'both texts stand, one after the other' : 'both texts were woven together',
      woven.join('\n\n'),
    );
  }
  return [...cells.values()];
}

/** A thing whose very name changed is called by what it is there for. */
export function called(path: string, source: Source): string {
  const names = namesOf(path);
  const id = (names[2] ?? '').replaceAll('-', ' ');
  return names.length === 4 && names[3] === 'name'
    ? id.charAt(0).toUpperCase() + id.slice(1)
    : label(path, source);
}

function conflictOf(
  doc: Doc,
  cell: Cell,
  names: readonly [string, string],
  ours: Commit,
  theirs: Commit,
): ConflictLine {
  const source = [ours.source, theirs.source].find((one) => read(one, cell.path) !== undefined);
  const side = (from: string, value: unknown, tip: Commit) => ({
    from,
    author: whoChanged(doc, tip, cell.path) ?? '',
    value: value ?? null,
    text: short(value),
  });
  return {
    path: cell.path,
    label: called(cell.path, source ?? ours.source),
    section: sectionOf(cell.path),
    nature: natureOf(cell.path, cell.base ?? cell.ours),
    base: cell.base ?? null,
    base_text: short(cell.base),
    sides: [side(names[0], cell.ours, ours), side(names[1], cell.theirs, theirs)],
    standing: short(cell.ours),
    both: [cell.ours, cell.theirs].every((value) => typeof value === 'string' && value.includes(' — ')),
  };
}

/** Who touched a cell last on the way to a version. */
function whoChanged(doc: Doc, tip: Commit, path: string): string | null {
  for (let at: Commit | undefined = tip; at; at = doc.byId.get(at.parents[0] ?? ''))
    if (at.line.changes.some((line) => holds(line.path, path) || holds(path, line.path)))
      return at.line.author;
  return null;
}

export function linesOfPlan(doc: Doc, plan: Plan): MergeLine[] {
  const text = (value: unknown) => (value === undefined || value === null ? null : short(value));
  return plan.cells.map((cell): MergeLine => {
    const nature: CellNature = natureOf(cell.path, cell.ours ?? cell.theirs ?? cell.base);
    const named = [plan.tree, plan.ours.source, plan.theirs.source].find(
      (source) => read(source, cell.path) !== undefined,
    );
    return {
      path: cell.path,
      label: called(cell.path, named ?? plan.tree),
      section: sectionOf(cell.path),
      nature,
      by: cell.by,
      how: cell.how,
      base: text(cell.base),
      ours: text(cell.ours),
      theirs: text(cell.theirs),
      result: text(read(plan.tree, cell.path)),
      ours_by: cell.by === 'theirs' ? null : whoChanged(doc, plan.ours, cell.path),
      theirs_by: cell.by === 'ours' ? null : whoChanged(doc, plan.theirs, cell.path),
    };
  });
}

const ATTUNED = 3;
const attunedIn = (source: Source) =>
  ordered(source.equipment.magical_items).filter(({ thing }) => thing.attuned);

/** What the rules object to in the result and that neither side had by itself. */
export function violationsOf(plan: Plan, ask: MergeAsk, now: Date): Violation[] {
  const [tree, ...sides] = [plan.tree, plan.ours.source, plan.theirs.source].map(attunedIn);
  if (!tree || tree.length <= ATTUNED || sides.some((side) => side.length > ATTUNED)) return [];
  const key = 'attunement-limit';
  const reason = ask.allow?.[key];
  return [
    {
      key,
      label: 'Magic items',
      finding: {
        cell: '/equipment/magical_items',
        severity: 'warning',
        message: `${tree.length} magic items are attuned; ${ATTUNED} can be.`,
        hint: 'End the attunement to one of them.',
      },
      fixes: tree.map(({ id, thing }) => ({
        label: `${thing.name}, attuned: no`,
        sets: { [`/equipment/magical_items/${id}/attuned`]: false },
      })),
      allowed: reason === undefined ? null : { by: 'you', reason, time: now.toISOString() },
    },
  ];
}

/** The newest of a line, for whoever asks how many conflicts stand open in it. */
export function openIn(doc: Doc, branch = doc.standing): ConflictLine[] {
  return Object.values((lineOf(doc, branch).at(-1)?.source as Torn | undefined)?.conflicts ?? {});
}
