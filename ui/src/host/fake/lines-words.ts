/** What a change is called on the demo host: the cells that differ, their labels, their values on a line. */
import { namesOf, read } from '~/features/sheet/path';
import type { CellEdit, ChangeLine, Source, Stat } from '~/features/sheet/model';
import { derive } from './sheet-rules';

export function lines(before: Source, after: Source, edits: readonly CellEdit[]): ChangeLine[] {
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

export const show = (stat: Stat | undefined) => (stat ? String(stat.value) : '');

export function differing(a: unknown, b: unknown, path: string): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  const tree = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!tree(a) || !tree(b)) return [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((name) =>
    differing(a[name], b[name], `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
}

export function short(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return String(read(value, '/name') ?? read(value, '/class') ?? '…');
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
}

/** Cells that people call otherwise than the document does. */
const CALLED: Readonly<Record<string, string>> = {
  '/combat/current_hp': 'HP',
  '/combat/temporary_hp': 'Temporary HP',
  '/identity/xp': 'Experience',
  '/equipment/currency/cp': 'Copper',
  '/equipment/currency/sp': 'Silver',
  '/equipment/currency/ep': 'Electrum',
  '/equipment/currency/gp': 'Gold',
  '/equipment/currency/pp': 'Platinum',
};

export function label(path: string, source: Source): string {
  const called = CALLED[path];
  if (called !== undefined) return called;
  const [part, id] = namesOf(path);
  if (part === 'levels' && id !== undefined) return id.replace(/^level-/, 'Level ');
  const names = namesOf(path);
  const last = (names.at(-1) ?? '').replaceAll('_', ' ');
  const own = names.length > 2 ? read(source, `/${names.slice(0, 3).join('/')}/name`) : undefined;
  const words = last.charAt(0).toUpperCase() + last.slice(1);
  return typeof own === 'string' && own !== '' ? (names.length === 3 ? own : `${own}, ${last}`) : words;
}

export function summary(changes: readonly ChangeLine[]): string {
  const line = changes.find((change) => change.path === '/combat/current_hp') ?? changes[0];
  if (!line) return 'No change';
  if (line.tone === 'added') return `Added ${line.after || line.label}`;
  if (line.tone === 'removed') return `Removed ${line.before || line.label}`;
  return `${line.label} ${line.before || '–'} → ${line.after || '–'}`;
}
