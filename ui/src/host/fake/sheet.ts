/**
 * Sheets and their history for the demo host, in memory: edits, conflicts, undo, rollback, a past of several evenings.
 *
 * `?rival` in the address plays a second window that changes each cell a moment before the first edit of it arrives.
 */
import { withEdits, holds, read } from '~/features/sheet/path';
import type {
  CellEdit,
  EditOutcome,
  EditRequest,
  HistoryGroup,
  HistoryPage,
  SheetView,
  Source,
} from '~/features/sheet/model';
import {
  docOf as theDoc,
  commit as make,
  lineOf,
  resolve,
  reverted,
  rowOf as theRow,
  tipOf,
  type Commit,
  type Doc,
  type Step,
} from './lines-doc';
import { label, lines } from './lines-words';
import { checkOwned } from './seats';
import { derive } from './sheet-rules';
import { completed } from './sheet-source';
import { vocabulary } from './sheet-vocabulary';
import { refuse, type Commands, type World } from './world';

const SITTING = 30 * 60_000;

export default function sheetCommands(world: World): Commands {
  const rival = typeof location !== 'undefined' && new URLSearchParams(location.search).has('rival');
  const rivalled = new Set<string>();
  const pictures = new Map<string, string>();
  let serial = 1;

  const rowOf = (id: unknown) => theRow(world, id);
  const docOf = (id: unknown) => theDoc(world, id);
  const commit = (doc: Doc, source: Source, edits: readonly CellEdit[], how: Step) =>
    make(world, doc, source, edits, how);

  function view(id: string, at?: Commit): SheetView {
    const doc = docOf(id);
    const tip = tipOf(doc);
    const shown = at ?? tip;
    const { sheet, stats, findings } = derive(shown.source);
    sheet.version = shown.line.version;
    sheet.last_updated = shown.line.time;
    sheet.audit_trail = lineOf(doc)
      .slice(0, shown.line.version)
      .reverse()
      .slice(0, 30)
      .map(({ line }) => ({
        timestamp: line.time,
        action: line.kind,
        author: line.author,
        detail: line.title,
        commit: line.id,
      }));
    const editable = shown === tip && world.status.state === 'open' && !world.status.read_only;
    const target = lineOf(doc).findLast((made) => made.undoes);
    return {
      id,
      branch: doc.standing,
      commit: shown.line.id,
      row: rowOf(id),
      source: shown.source,
      sheet,
      stats,
      findings,
      undo: editable ? (target?.line.title ?? null) : null,
      redo: editable ? (doc.undone.at(-1)?.line.title ?? null) : null,
      editable,
    };
  }

  function edit(request: EditRequest): EditOutcome {
    world.writable();
    const doc = docOf(request.id);
    const base =
      doc.byId.get(request.base) ??
      refuse({
        code: 'not_found',
        message: 'This base is not a version of the character.',
        hint: 'Open the sheet again.',
        cell: null,
      });
    check(request.changes);
    checkOwned(
      world,
      doc.standing,
      request.changes.map(({ path }) => path),
    );
    if (rival) interfere(doc, request);
    const tip = tipOf(doc);
    const cells =
      base === tip
        ? []
        : request.changes
            .map(({ path, ...change }) => ({
              path,
              label: label(path, tip.source),
              base: read(base.source, path) ?? null,
              ours: ('value' in change ? change.value : null) as unknown,
              theirs: read(tip.source, path) ?? null,
            }))
            .filter(
              (cell) =>
                JSON.stringify(cell.base) !== JSON.stringify(cell.theirs) &&
                JSON.stringify(cell.ours) !== JSON.stringify(cell.theirs),
            );
    if (cells.length > 0) return { status: 'conflict', view: view(request.id), cells };
    const next = completed(withEdits(tip.source, request.changes));
    if (JSON.stringify(next) === JSON.stringify(tip.source))
      return { status: 'unchanged', view: view(request.id) };
    const made = commit(doc, next, request.changes, { title: request.message });
    doc.undone = [];
    return saved(request.id, made);
  }

  function saved(id: string, made: Commit): EditOutcome {
    const row = rowOf(id);
    Object.assign(row, {
      version_number: made.line.version,
      updated: made.line.time,
      display_name: made.source.record.display_name || made.source.identity.name,
    });
    const { standing: branch } = docOf(id);
    setTimeout(() => world.emit({ event: 'document_changed', id, branch, commit: made.line.id }), 5);
    return { status: 'saved', view: view(id), changes: made.line.changes, merged: [] };
  }

  function interfere(doc: Doc, request: EditRequest): void {
    for (const change of request.changes) {
      if (rivalled.has(change.path) || change.op === 'remove' || change.path.includes('/rank')) continue;
      rivalled.add(change.path);
      const tip = tipOf(doc);
      const now = read(tip.source, change.path);
      const value =
        typeof now === 'number'
          ? now + 3
          : typeof now === 'string'
            ? `${now} (from the other window)`
            : undefined;
      if (value === undefined) continue;
      const edits: CellEdit[] = [{ op: 'set', path: change.path, value }];
      commit(doc, withEdits(tip.source, edits), edits, { author: 'DM' });
    }
  }

  function undo(id: string): EditOutcome {
    world.writable();
    const doc = docOf(id);
    const target = lineOf(doc).findLast((made) => made.undoes);
    if (!target)
      return refuse({
        code: 'nothing_to_undo',
        message: 'There is nothing to undo.',
        hint: 'This is how the character began.',
        cell: null,
      });
    target.undoes = false;
    doc.undone.push(target);
    return saved(
      id,
      commit(doc, reverted(doc, target, true), [], { kind: 'undo', title: `Undid: ${target.line.title}` }),
    );
  }

  function redo(id: string): EditOutcome {
    world.writable();
    const doc = docOf(id);
    const target = doc.undone.pop();
    if (!target)
      return refuse({
        code: 'nothing_to_undo',
        message: 'There is nothing to redo.',
        hint: 'Only what was undone last can be redone, until the next change.',
        cell: null,
      });
    target.undoes = true;
    return saved(
      id,
      commit(doc, reverted(doc, target, false), [], { kind: 'redo', title: `Redid: ${target.line.title}` }),
    );
  }

  function history(doc: Doc, from: unknown, limit: number, cell: unknown): HistoryPage {
    const all = lineOf(doc)
      .map(({ line }) => line)
      .reverse();
    const start = typeof from === 'string' ? all.findIndex((line) => line.id === from) : 0;
    const pageOf = all.slice(start, start + (limit || 50));
    const found =
      typeof cell === 'string'
        ? pageOf.filter((line) => line.changes.some(({ path }) => holds(path, cell) || holds(cell, path)))
        : pageOf;
    const groups: HistoryGroup[] = [];
    for (const line of found) {
      const last = groups.at(-1);
      if (last && last.author === line.author && Date.parse(last.from) - Date.parse(line.time) <= SITTING) {
        last.from = line.time;
        last.commits.push(line);
        last.change_count += line.change_count;
      } else
        groups.push({
          title: line.title,
          author: line.author,
          from: line.time,
          to: line.time,
          commits: [line],
          change_count: line.change_count,
        });
    }
    for (const group of groups) {
      const hp = group.commits
        .flatMap((line) => line.changes)
        .filter((line) => line.path === '/combat/current_hp');
      if (group.commits.length > 1 && hp.length > 0)
        group.title = `Session · HP ${hp.at(-1)?.before} → ${hp[0]?.after}`;
      else if (group.commits.length > 1) group.title = `${group.commits[0]?.title} and more`;
    }
    return { groups, next: all[start + (limit || 50)]?.id ?? null, total: all.length };
  }

  const find = resolve;

  return {
    sheet_show: ({ id }) => view(String(id)),
    sheet_show_at: ({ id, commit: at }) => view(String(id), find(docOf(id), at)),
    sheet_edit: ({ request }) => edit(request as EditRequest),
    sheet_undo: ({ id }) => undo(String(id)),
    sheet_redo: ({ id }) => redo(String(id)),
    sheet_rollback: ({ id, commit: to }) => {
      world.writable();
      const doc = docOf(id);
      const target = find(doc, to);
      return saved(
        String(id),
        commit(doc, target.source, [], {
          kind: 'rollback',
          title: `Back to version ${target.line.version}`,
        }),
      );
    },
    sheet_vocabulary: () => vocabulary,
    history_list: ({ id, from, limit, cell }) => history(docOf(id), from, Number(limit), cell),
    history_compare: ({ id, from, to }) =>
      lines(find(docOf(id), from).source, find(docOf(id), to).source, []),
    assets_put: ({ base64 }) => {
      const picture = String(base64);
      // How PNG and JPEG files begin.
      if (!/^(iVBOR|\/9j\/)/.test(picture))
        return refuse({
          code: 'invalid',
          message: 'This file is no picture that Forkbeard can read.',
          hint: 'Choose a PNG, JPEG, WebP or GIF.',
          cell: null,
        });
      const hash = (serial++).toString(16).padStart(64, '0');
      pictures.set(hash, `data:image/png;base64,${picture}`);
      return { hash, mime: 'image/png', width: 1, height: 1, bytes: picture.length };
    },
    assets_thumbnail: ({ hash }) => pictures.get(String(hash)) ?? null,
  };
}

/** A few of the limits, so that a refusal can be seen at its cell. */
function check(changes: readonly CellEdit[]): void {
  for (const change of changes) {
    if (change.op === 'remove') continue;
    const invalid = (message: string, hint: string) =>
      refuse({ code: 'invalid', message, hint, cell: change.path });
    const { value, path } = change;
    if (typeof value === 'string' && /\/name$/.test(path) && value.length > 120)
      invalid('This name is longer than 120 characters.', 'Shorten it.');
    if (path === '/record/handle' && !/^[a-z0-9-]{1,60}$/.test(String(value)))
      invalid('A handle has lower-case letters, digits and hyphens only.', 'For example sorrel-quickfen.');
    if (/\/damage$/.test(path) && !/^(\d+(d\d+)?([+-]\d+)?)?$/.test(String(value)))
      invalid('This is no damage roll.', 'Write dice like 1d8 or 2d6+1, or a plain number.');
  }
}
