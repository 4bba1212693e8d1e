/** The log of everything that was done in the library, and the way back to any moment of it: on the demo host. */
import type { OperationPage, RestoreLine, RestorePreview } from '~/features/sheet/model';
import { docOf, logged, storeOf, tipOf, type Doc, type Operation } from './lines-doc';
import { refuse, type Commands, type World } from './world';

export default function logCommands(world: World): Commands {
  const log = (): Operation[] => {
    // The past of whoever was not looked at yet is part of it.
    for (const row of world.rows.slice(0, 12)) docOf(world, row.id);
    return storeOf(world).operations.sort((a, b) => Date.parse(b.line.time) - Date.parse(a.line.time));
  };
  const find = (operations: readonly Operation[], id: unknown): number => {
    const at = operations.findIndex(({ line }) => line.id === id);
    return at >= 0
      ? at
      : refuse({
          code: 'not_found',
          message: 'This is not in the log.',
          hint: 'Choose a line of the log.',
          cell: null,
        });
  };

  /** How each character stood after an operation: its newest line of the log up to it. */
  function then(operations: readonly Operation[], at: number): [doc: Doc, was: Operation | undefined][] {
    return [...storeOf(world).docs.values()].map((doc) => [
      doc,
      operations.slice(at).find((operation) => operation.doc === doc.row.id),
    ]);
  }

  function preview(id: unknown): RestorePreview {
    const operations = log();
    const at = find(operations, id);
    const lines = then(operations, at).flatMap(([doc, was]) => differences(doc, was));
    return { operation: (operations[at] as Operation).line, lines };
  }

  return {
    history_operations: ({ from, limit }): OperationPage => {
      const operations = log();
      const start = typeof from === 'string' ? find(operations, from) : 0;
      const size = Number(limit) || 50;
      return {
        operations: operations.slice(start, start + size).map(({ line }) => line),
        next: operations[start + size]?.line.id ?? null,
      };
    },
    history_restore_preview: ({ operation }) => preview(operation),
    history_restore: ({ operation }) => {
      world.writable();
      const told = preview(operation);
      const operations = log();
      const at = find(operations, operation);
      for (const [doc, was] of then(operations, at)) {
        if (differences(doc, was).length === 0) continue;
        if (was) {
          doc.branches = new Map(was.heads.map((branch) => [branch.name, { ...branch }]));
          doc.tags = [...was.tags];
        } else doc.row.active = false;
        if (!doc.branches.has(doc.standing)) doc.standing = 'main';
        logged(world, doc, `Restored: ${told.operation.title}`);
        const { id } = doc.row;
        const { standing: branch } = doc;
        const commit = tipOf(doc).line.id;
        setTimeout(() => world.emit({ event: 'document_changed', id, branch, commit }), 5);
      }
      return told;
    },
  };
}

function differences(doc: Doc, was: Operation | undefined): RestoreLine[] {
  const { id, display_name: name, active } = doc.row;
  if (!was) return active ? [{ id, name, branch: 'main', what: 'put away: it did not exist yet' }] : [];
  const lines: RestoreLine[] = [];
  for (const branch of was.heads) {
    const now = doc.branches.get(branch.name);
    const [to, from] = [doc.byId.get(branch.head)?.line, doc.byId.get(now?.head ?? '')?.line];
    if (!now) lines.push({ id, name, branch: branch.title, what: 'comes back' });
    else if (to && from && to.id !== from.id)
      lines.push({
        id,
        name,
        branch: branch.title,
        what:
          to.version < from.version
            ? `back to version ${to.version} of ${from.version}`
            : `on to version ${to.version} again`,
      });
  }
  for (const branch of doc.branches.values())
    if (!was.heads.some((one) => one.name === branch.name))
      lines.push({ id, name, branch: branch.title, what: 'deleted: it did not exist yet' });
  return lines;
}
