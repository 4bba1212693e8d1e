/**
 * Sheets and their history for the demo host, in memory: edits, conflicts, undo, rollback, a past of several evenings.
 *
 * `?rival` in the address plays a second window that changes each cell a moment before the first edit of it arrives.
 */
import { withEdits, namesOf, holds, read } from '~/features/sheet/path';
import type {
  CellEdit,
  ChangeLine,
  CommitLine,
  EditOutcome,
  EditRequest,
  HistoryGroup,
  HistoryPage,
  SheetView,
  Source,
  Stat,
} from '~/features/sheet/model';
import { derive } from './sheet-rules';
import { completed, sourceOf } from './sheet-source';
import { vocabulary } from './sheet-vocabulary';
import { refuse, type Commands, type World } from './world';

interface Commit {
  line: CommitLine;
  source: Source;
  /** What an undo of this commit would restore, if it can be undone. */
  undoes: boolean;
}

interface Doc {
  commits: Commit[];
  undone: Commit[];
}

const SITTING = 30 * 60_000;

export default function sheetCommands(world: World): Commands {
  const docs = new Map<string, Doc>();
  const rival = typeof location !== 'undefined' && new URLSearchParams(location.search).has('rival');
  const rivalled = new Set<string>();
  const pictures = new Map<string, string>();
  let serial = 1;

  const rowOf = (id: unknown) =>
    world.rows.find((row) => row.id === id) ??
    refuse({
      code: 'not_found',
      message: 'There is no such character.',
      hint: 'Look through the library; it may have been archived or renamed.',
      cell: null,
    });

  function docOf(id: unknown): Doc {
    const row = rowOf(id);
    let doc = docs.get(row.id);
    if (!doc) {
      doc = { commits: [], undone: [] };
      docs.set(row.id, doc);
      const source = sourceOf(row);
      commit(doc, source, [], 'create', 'Created', world.now().getTime() - 12 * 864e5, row.owner || 'DM');
      if (row.version_number > 1) past(doc, row.owner || 'DM');
    }
    return doc;
  }

  function commit(
    doc: Doc,
    source: Source,
    edits: readonly CellEdit[],
    kind: string,
    title: string | null,
    time = world.now().getTime(),
    author = 'you',
  ): Commit {
    const before = doc.commits.at(-1);
    const changes = before ? lines(before.source, source, edits) : [];
    const direct = changes.filter((line) => line.tone !== 'consequence');
    const made: Commit = {
      source,
      undoes: kind === 'edit' || kind === 'rollback',
      line: {
        id: `${(serial++).toString(16).padStart(8, '0')}${'c0ffee'.repeat(9)}`.slice(0, 64),
        parent: before?.line.id ?? null,
        version: doc.commits.length + 1,
        time: new Date(time).toISOString(),
        author,
        kind,
        title: title ?? summary(changes),
        changes: changes.slice(0, 40),
        change_count: direct.length,
      },
    };
    doc.commits.push(made);
    return made;
  }

  function past(doc: Doc, author: string): void {
    const tip = () => doc.commits.at(-1)?.source as Source;
    const step = (daysAgo: number, minute: number, path: string, value: unknown, who = author) => {
      const edits: CellEdit[] = [{ op: 'set', path, value }];
      commit(
        doc,
        withEdits(tip(), edits),
        edits,
        'edit',
        null,
        world.now().getTime() - daysAgo * 864e5 + minute * 60_000,
        who,
      );
    };
    const hurt = tip().combat.damage_taken;
    const temporary = tip().combat.temporary_hp;
    const { gp } = tip().equipment.currency;
    step(9, 0, '/identity/personality/ideals', tip().identity.personality.ideals || 'Keep the lamp lit.');
    step(9, 4, '/equipment/currency/gp', gp + 60);
    step(9, 11, '/equipment/currency/gp', gp);
    step(5, 0, '/combat/damage_taken', hurt + 16, 'DM');
    step(5, 8, '/combat/damage_taken', hurt + 7);
    step(5, 21, '/combat/exhaustion', 1, 'DM');
    step(5, 40, '/combat/exhaustion', 0);
    step(1, 0, '/combat/temporary_hp', 8);
    step(1, 3, '/combat/temporary_hp', temporary);
    step(0.02, 0, '/combat/damage_taken', hurt);
  }

  function view(id: string, at?: Commit): SheetView {
    const doc = docOf(id);
    const tip = doc.commits.at(-1) as Commit;
    const shown = at ?? tip;
    const { sheet, stats, findings } = derive(shown.source);
    sheet.version = shown.line.version;
    sheet.last_updated = shown.line.time;
    sheet.audit_trail = doc.commits
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
    const target = [...doc.commits].reverse().find((made) => made.undoes);
    return {
      id,
      branch: 'main',
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
      doc.commits.find(({ line }) => line.id === request.base) ??
      refuse({
        code: 'not_found',
        message: 'This base is not a version of the character.',
        hint: 'Open the sheet again.',
        cell: null,
      });
    check(request.changes);
    if (rival) interfere(doc, request);
    const tip = doc.commits.at(-1) as Commit;
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
    const made = commit(doc, next, request.changes, 'edit', request.message);
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
    setTimeout(() => world.emit({ event: 'document_changed', id, branch: 'main', commit: made.line.id }), 5);
    return { status: 'saved', view: view(id), changes: made.line.changes, merged: [] };
  }

  function interfere(doc: Doc, request: EditRequest): void {
    for (const change of request.changes) {
      if (rivalled.has(change.path) || change.op === 'remove' || change.path.includes('/rank')) continue;
      rivalled.add(change.path);
      const tip = doc.commits.at(-1) as Commit;
      const now = read(tip.source, change.path);
      const value =
        typeof now === 'number'
          ? now + 3
          : typeof now === 'string'
            ? `${now} (from the other window)`
            : undefined;
      if (value === undefined) continue;
      const edits: CellEdit[] = [{ op: 'set', path: change.path, value }];
      commit(doc, withEdits(tip.source, edits), edits, 'edit', null, undefined, 'DM');
    }
  }

  function undo(id: string): EditOutcome {
    world.writable();
    const doc = docOf(id);
    const target = [...doc.commits].reverse().find((made) => made.undoes);
    if (!target)
      return refuse({
        code: 'nothing_to_undo',
        message: 'There is nothing to undo.',
        hint: 'This is how the character began.',
        cell: null,
      });
    target.undoes = false;
    doc.undone.push(target);
    return saved(id, commit(doc, revert(doc, target, true), [], 'undo', `Undid: ${target.line.title}`));
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
    return saved(id, commit(doc, revert(doc, target, false), [], 'redo', `Redid: ${target.line.title}`));
  }

  /** Takes the cells of a commit back to what they were before it (or forward again). */
  function revert(doc: Doc, target: Commit, back: boolean): Source {
    const before = doc.commits[target.line.version - 2]?.source ?? target.source;
    const to = back ? before : target.source;
    const edits = target.line.changes
      .filter((line) => line.tone !== 'consequence')
      .map(({ path }): CellEdit => {
        const value = read(to, path);
        return value === undefined ? { op: 'remove', path } : { op: 'set', path, value };
      });
    return withEdits((doc.commits.at(-1) as Commit).source, edits);
  }

  function history(doc: Doc, from: unknown, limit: number, cell: unknown): HistoryPage {
    const all = [...doc.commits].reverse().map(({ line }) => line);
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
    return { groups, next: all[start + (limit || 50)]?.id ?? null, total: doc.commits.length };
  }

  const find = (doc: Doc, id: unknown) =>
    doc.commits.find(({ line }) => line.id === id) ??
    refuse({
      code: 'not_found',
      message: 'This version is not one of this character.',
      hint: 'Choose one from its history.',
      cell: null,
    });

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
        commit(doc, target.source, [], 'rollback', `Back to version ${target.line.version}`),
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

function lines(before: Source, after: Source, edits: readonly CellEdit[]): ChangeLine[] {
  const paths = edits.length > 0 ? edits.map((edit) => edit.path) : differing(before, after, '');
  const direct = paths
    .map((path): ChangeLine => {
      const [old, now] = [read(before, path), read(after, path)];
      return {
        path,
        label: label(path, now === undefined ? before : after),
        tone:
          old === undefined
            ? 'added'
            : now === undefined
              ? 'removed'
              : path.endsWith('/rank')
                ? 'moved'
                : 'changed',
        before: short(old),
        after: short(now),
      };
    })
    .filter((line) => line.before !== line.after || line.tone !== 'changed');
  const [was, is] = [derive(before).stats, derive(after).stats];
  const consequences = [...Object.keys(was), ...Object.keys(is).filter((cell) => !(cell in was))]
    .filter((cell) => was[cell]?.value !== is[cell]?.value)
    .map((path): ChangeLine => ({
      path,
      label: label(path, after),
      tone: 'consequence',
      before: show(was[path]),
      after: show(is[path]),
    }));
  // Hit points first: they are what people look for.
  consequences.sort((x, y) => Number(y.label === 'HP') - Number(x.label === 'HP'));
  return [...direct, ...consequences];
}

const show = (stat: Stat | undefined) => (stat ? String(stat.value) : '');

function differing(a: unknown, b: unknown, path: string): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const tree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!tree(a) || !tree(b)) return [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
    differing(a[name], b[name], `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

function short(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return String(read(value, '/name') ?? read(value, '/class') ?? '…');
  return String(value).slice(0, 60);
}

function label(path: string, source: Source): string {
  if (path === '/combat/current_hp') return 'HP';
  const names = namesOf(path);
  const last = (names.at(-1) ?? '').replaceAll('_', ' ');
  const own = names.length > 2 ? read(source, `/${names.slice(0, 3).join('/')}/name`) : undefined;
  const words = last.charAt(0).toUpperCase() + last.slice(1);
  return typeof own === 'string' && own !== '' ? (names.length === 3 ? own : `${own}, ${last}`) : words;
}

function summary(changes: readonly ChangeLine[]): string {
  const line = changes.find((change) => change.path === '/combat/current_hp') ?? changes[0];
  if (!line) return 'No change';
  if (line.tone === 'added') return `Added ${line.after || line.label}`;
  if (line.tone === 'removed') return `Removed ${line.before || line.label}`;
  return `${line.label} ${line.before || '–'} → ${line.after || '–'}`;
}
