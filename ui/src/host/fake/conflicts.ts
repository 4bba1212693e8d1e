/** Conflicts that were left open, on the demo host: listed, and decided one by one or all at once. */
import type { ConflictLine, Decision, EditOutcome, SheetView, Strategy } from '~/features/sheet/model';
import { read, withEdits } from '~/features/sheet/path';
import { short } from './lines-words';
import { commit, docOf, tipOf } from './lines-doc';
import { byStrategy, decided, edit, openIn, type Torn } from './merging-plan';
import { refuse, type Commands, type World } from './world';

export default function conflictCommands(world: World): Commands {
  return {
    history_conflicts: ({ id }): ConflictLine[] => {
      const doc = docOf(world, id);
      const { source } = tipOf(doc);
      return openIn(doc).map((line) => ({ ...line, standing: short(read(source, line.path)) }));
    },
    history_resolve: ({ id, decisions, strategy }): EditOutcome => {
      world.writable();
      const doc = docOf(world, id);
      const before = tipOf(doc).source as Torn;
      const open = { ...before.conflicts };
      const count = Object.keys(open).length;
      let tree: Torn = before;
      const settle = (path: string, decision: Decision) => {
        const line =
          open[path] ??
          refuse({
            code: 'not_found',
            message: 'There is no open conflict about this cell.',
            hint: 'Somebody may have decided it meanwhile.',
            cell: path,
          });
        tree = withEdits(tree, [edit(path, decided(line, decision))]);
        Reflect.deleteProperty(open, path);
      };
      for (const [path, decision] of Object.entries(decisions as Record<string, Decision>))
        settle(path, decision);
      const rest = byStrategy((strategy as Strategy | null) ?? null);
      if (rest) for (const path of Object.keys(open)) settle(path, rest);
      const left = Object.keys(open).length;
      const view = () => world.run('sheet_show', { id }) as SheetView;
      if (left === count) return { status: 'unchanged', view: view() };
      tree = { ...tree, conflicts: open };
      if (left === 0) Reflect.deleteProperty(tree, 'conflicts');
      const made = commit(world, doc, tree, [], {
        title:
          left > 0
            ? `Decided ${count - left} of ${count} conflicts`
            : count === 1
              ? 'Decided the conflict'
              : `Decided ${count} conflicts`,
      });
      setTimeout(() =>
        world.emit({ event: 'document_changed', id: doc.row.id, branch: doc.standing, commit: made.line.id }),
      );
      return { status: 'saved', view: view(), changes: made.line.changes, merged: [] };
    },
  };
}
