/** How two versions differ, in two layers, and where a cell comes from: on the demo host. */
import type {
  Blame,
  BlameStep,
  CellChange,
  CellEdit,
  CellNature,
  Consequence,
  Difference,
  DifferenceSection,
  SideName,
  Source,
  WordRun,
} from '~/features/sheet/model';
import { holds, namesOf, read, withEdits } from '~/features/sheet/path';
import { docOf, lineOf, resolve, type Commit, type Doc } from './lines-doc';
import { differing, label, short } from './lines-words';
import { derive } from './sheet-rules';
import type { Commands, World } from './world';

/** The sections in the order of the sheet, by the beginnings of their cells. */
const SECTIONS: readonly [name: string, title: string, prefixes: readonly string[]][] = [
  ['identity', 'Identity', ['/identity', '/creature']],
  ['levels', 'Levels', ['/levels', '/build']],
  ['abilities', 'Abilities', ['/abilities', '/statistics/ability', '/statistics/saving']],
  ['proficiencies', 'Skills and proficiencies', ['/proficiencies', '/statistics']],
  ['combat', 'Combat and health', ['/combat']],
  ['actions', 'Attacks and features', ['/actions']],
  ['equipment', 'Equipment', ['/equipment']],
  ['spellcasting', 'Spells', ['/spellcasting']],
  ['conditions', 'Conditions', ['/conditions']],
  ['notes', 'Notes', ['/notes']],
  ['record', 'Record', ['/record', '/overrides', '/adjustments', '']],
];

export default function differenceCommands(world: World): Commands {
  return {
    history_difference: ({ id, from, to }) => difference(docOf(world, id), from, to),
    history_blame: ({ id, cell, limit }) => blame(docOf(world, id), String(cell), Number(limit) || 20),
  };
}

export function sideOf(doc: Doc, name: unknown): SideName {
  const { line } = resolve(doc, name);
  const tag = doc.tags.find(({ id, name: words }) => id === name || words === name);
  const title = doc.branches.get(String(name))?.title ?? tag?.name ?? `version ${line.version}`;
  const { id: commit, version, time, author } = line;
  return { name: String(name), title, commit, version, time, author };
}

export function difference(doc: Doc, from: unknown, to: unknown): Difference {
  const [before, after] = [resolve(doc, from).source, resolve(doc, to).source];
  return between(before, after, sideOf(doc, from), sideOf(doc, to));
}

/** What is no part of the sheet that one reads: conflicts wait beside it. */
const BESIDE = /^\/(conflicts|allowances)/;

export function between(before: Source, after: Source, from: SideName, to: SideName): Difference {
  const changes = differing(before, after, '')
    .filter((path) => !BESIDE.test(path))
    .map((path) => changeOf(before, after, path));
  const consequences = consequencesOf(before, after, changes);
  const sections = SECTIONS.map(([name, title]): DifferenceSection => ({
    name,
    title,
    changes: changes.filter(({ path }) => sectionOf(path) === name),
    consequences: consequences.filter(({ path }) => sectionOf(path) === name),
  })).filter((section) => section.changes.length + section.consequences.length > 0);
  return { from, to, sections, changes: changes.length, consequences: consequences.length, hidden: 0 };
}

export function sectionOf(path: string): string {
  return (
    SECTIONS.find(([, , prefixes]) => prefixes.some((prefix) => path.startsWith(prefix)))?.[0] ?? 'record'
  );
}

function changeOf(before: Source, after: Source, path: string): CellChange {
  const [old, now] = [read(before, path), read(after, path)];
  const nature = natureOf(path, old ?? now);
  const order = path.endsWith('/rank');
  return {
    path,
    label: label(order ? path.slice(0, -5) : path, now === undefined ? before : after),
    tone: old === undefined ? 'added' : now === undefined ? 'removed' : order ? 'moved' : 'changed',
    nature,
    before: old ?? null,
    after: now ?? null,
    before_text: short(old),
    after_text: short(now),
    words: nature === 'prose' ? words(String(old ?? ''), String(now ?? '')) : [],
  };
}

export function natureOf(path: string, value: unknown): CellNature {
  if (/\/(notes|description|backstory|traits|ideals|bonds|flaws)$/.test(path) && typeof value === 'string')
    return 'prose';
  if (path.endsWith('/rank')) return 'order';
  if (path.endsWith('/container')) return 'container';
  if (typeof value === 'object') return 'thing';
  if (value === true) return 'set';
  if (/temporary_hp|exhaustion/.test(path)) return 'maximum';
  return typeof value === 'number' ? 'counter' : 'value';
}

function consequencesOf(before: Source, after: Source, changes: readonly CellChange[]): Consequence[] {
  const [was, is] = [derive(before).stats, derive(after).stats];
  const differs = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (cell) => was[cell]?.value !== is[cell]?.value,
  );
  // Without which change would a number be as it was? Asked of each, where they are few.
  const without = changes.slice(0, 24).map((change) => {
    const edit: CellEdit =
      change.before === null
        ? { op: 'remove', path: change.path }
        : { op: 'set', path: change.path, value: change.before };
    return { path: change.path, stats: derive(withEdits(after, [edit])).stats };
  });
  return differs.map((path) => ({
    path,
    label: STATS[path] ?? label(path, is[path] ? after : before),
    before: written(path, was[path]?.value),
    after: written(path, is[path]?.value),
    before_stat: was[path] ?? null,
    after_stat: is[path] ?? null,
    because: without
      .filter(({ stats }) => stats[path]?.value !== is[path]?.value)
      .map(({ path: change }) => change),
  }));
}

export const STATS: Record<string, string> = {
  '/combat/current_hp': 'Hit points',
  '/combat/hp_maximum': 'Hit point maximum',
  '/combat/armor_class': 'Armor class',
};

export function written(path: string, value: number | undefined): string {
  if (value === undefined) return '';
  const sign = /modifiers|saving_throws|skills|initiative|bonus/.test(path) && value >= 0 ? '+' : '';
  return `${sign}${String(Math.round(value * 100) / 100)}`.replace('-', '−');
}

/** Tells words that stayed from words that came and went, by the longest run they share. */
function words(before: string, after: string): WordRun[] {
  const [a, b] = [before, after].map((text) => text.split(/(?<=\s)/));
  if (!a || !b) return [];
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => table[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      (table[i] as number[])[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const runs: WordRun[] = [];
  const say = (fate: WordRun['fate'], text = '') => {
    const last = runs.at(-1);
    if (last?.fate === fate) last.text += text;
    else if (text !== '') runs.push({ fate, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      say('kept', a[i]);
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) say('removed', a[i++]);
    else say('added', b[j++]);
  }
  return runs;
}

function blame(doc: Doc, cell: string, limit: number): Blame {
  const line = lineOf(doc).reverse();
  const tip = line[0] as Commit;
  const stat = derive(tip.source).stats[cell];
  const steps = line.flatMap((made) => stepOf(doc, made, cell) ?? []);
  const rests = [
    ...new Set((stat?.terms ?? []).flatMap(({ source_cell: from }) => (from === null ? [] : [from]))),
  ].flatMap((from) => line.map((made) => stepOf(doc, made, from)).find(Boolean) ?? []);
  rests.sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  return {
    path: cell,
    label: STATS[cell] ?? label(cell, tip.source),
    derived: stat !== undefined,
    steps: steps.slice(0, limit),
    rests_on: rests,
    more: steps.length > limit,
  };
}

function stepOf(doc: Doc, made: Commit, cell: string): BlameStep | undefined {
  const { line } = made;
  const changed =
    line.changes.find(({ path }) => path === cell) ??
    line.changes.find(({ path }) => holds(path, cell) || holds(cell, path));
  const first = made.parents.length === 0 && read(made.source, cell) !== undefined;
  if (!changed && !first) return undefined;
  const before = doc.byId.get(made.parents[0] ?? '');
  const own = namesOf(cell).length > 0 && changed?.path !== cell;
  return {
    path: cell,
    label: STATS[cell] ?? label(cell, made.source),
    commit: line.id,
    version: line.version,
    time: line.time,
    author: line.author,
    title: line.title,
    session: made.session,
    before: own ? short(read(before?.source, cell)) : (changed?.before ?? ''),
    after: own ? short(read(made.source, cell)) : (changed?.after ?? ''),
  };
}
