/** Versions side by side on the demo host, and single cells brought from one to the other. */
import type { Board, BoardRow, EditOutcome, SheetView, Source } from '~/features/sheet/model';
import { namesOf, pointer, read, withEdits } from '~/features/sheet/path';
import { sectionOf, sideOf, STATS, written } from './difference';
import { commit, docOf, resolve, tipOf, type Doc } from './lines-doc';
import { differing, label, short } from './lines-words';
import { called, edit } from './merging-plan';
import { derive } from './sheet-rules';
import { refuse, type Commands, type World } from './world';

/** What everybody asks for, differing or not. */
const ALWAYS = [
  '/combat/current_hp',
  '/combat/hp_maximum',
  '/combat/armor_class',
  '/combat/initiative',
  '/statistics/proficiency_bonus',
];
const ORDER = [
  'identity',
  'levels',
  'abilities',
  'proficiencies',
  'combat',
  'actions',
  'equipment',
  'spellcasting',
  'conditions',
  'notes',
  'record',
];

export default function boardCommands(world: World): Commands {
  return {
    history_board: ({ id, sides }) => boardOf(docOf(world, id), sides as string[]),
    history_pick: ({ id, onto, from, path }): EditOutcome => {
      world.writable();
      const doc = docOf(world, id);
      const branch =
        doc.branches.get(String(onto)) ??
        refuse({
          code: 'not_found',
          message: `There is no branch ${String(onto)}.`,
          hint: 'Choose one.',
          cell: null,
        });
      const source = resolve(doc, from).source;
      const tip = tipOf(doc, branch.name).source;
      const thing = pointer(...namesOf(String(path)).slice(0, 3));
      const cell = namesOf(String(path)).length > 3 && read(tip, thing) === undefined ? thing : String(path);
      const view = () => world.run('sheet_show', { id }) as SheetView;
      const made = edit(cell, read(source, cell));
      const next = withEdits(tip, [made]);
      if (JSON.stringify(next) === JSON.stringify(tip)) return { status: 'unchanged', view: view() };
      const done = commit(world, doc, next, [made], {
        branch: branch.name,
        title: `Picked ${label(cell, made.op === 'set' ? next : tip)} from ${sideOf(doc, from).title}`,
      });
      setTimeout(() =>
        world.emit({ event: 'document_changed', id: doc.row.id, branch: branch.name, commit: done.line.id }),
      );
      return { status: 'saved', view: view(), changes: done.line.changes, merged: [] };
    },
  };
}

function boardOf(doc: Doc, sides: string[]): Board {
  if (sides.length < 2 || sides.length > 4)
    refuse({
      code: 'invalid',
      message: 'A board holds two to four versions.',
      hint: 'Take away or add one.',
      cell: null,
    });
  const commits = sides.map((side) => resolve(doc, side));
  const trees = commits.map(({ source }) => source);
  const worked = trees.map((source) => derive(source));
  const [first] = trees as [Source];
  const cells = [...new Set(trees.slice(1).flatMap((tree) => differing(first, tree, '')))].filter(
    (path) => !path.startsWith('/conflicts') && !path.startsWith('/allowances'),
  );
  const rows: BoardRow[] = cells.map((path) => ({
    path,
    label: called(path, trees.find((tree) => read(tree, path) !== undefined) ?? first),
    section: sectionOf(path),
    derived: false,
    values: trees.map((tree) => {
      const value = read(tree, path);
      return value === undefined ? null : short(value);
    }),
    differs: true,
  }));
  const stats = [...new Set(worked.flatMap(({ stats: numbers }) => Object.keys(numbers)))];
  for (const path of stats) {
    const values = worked.map(({ stats: numbers }) => {
      const stat = numbers[path];
      return stat === undefined ? null : written(path, stat.value);
    });
    const differs = new Set(values).size > 1;
    if (differs || ALWAYS.includes(path))
      rows.push({
        path,
        label: STATS[path] ?? label(path, first),
        section: sectionOf(path),
        derived: true,
        values,
        differs,
      });
  }
  const place = (row: BoardRow) =>
    ORDER.indexOf(row.section) * 100 + ((ALWAYS.indexOf(row.path) + 100) % 100);
  rows.sort((a, b) => place(a) - place(b) || Number(a.derived) - Number(b.derived));
  return {
    id: doc.row.id,
    sides: sides.map((side, index) => {
      const at = commits[index];
      const named = doc.branches.get(side);
      const tip = named ?? [...doc.branches.values()].find(({ head }) => head === at?.line.id);
      return {
        side: sideOf(doc, side),
        branch: tip?.name ?? null,
        class_line: worked[index]?.sheet.identity.class_line ?? '',
        findings: worked[index]?.findings.length ?? 0,
      };
    }),
    rows,
  };
}
