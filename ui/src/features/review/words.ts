/** Says of change requests how they stand, in the words of a table. */
import type {
  CellChange,
  ConflictLine,
  Decision,
  RequestRow,
  RequestState,
  RequestView,
  ReviewChange,
  Verdict,
} from '~/api/wire';
import { counted } from '~/kit/format';

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

/** What a state is called, and how loudly. */
export const STATES: Record<RequestState, { words: string; tone: Tone }> = {
  draft: { words: 'draft', tone: 'plain' },
  open: { words: 'waits for the DM', tone: 'plain' },
  changes_requested: { words: 'changes asked for', tone: 'warn' },
  approved: { words: 'approved', tone: 'good' },
  merged: { words: 'merged', tone: 'good' },
  rejected: { words: 'rejected', tone: 'bad' },
  withdrawn: { words: 'taken back', tone: 'plain' },
};

export const OVER: readonly RequestState[] = ['merged', 'rejected', 'withdrawn'];

/** The last word of a line in the inbox: what matters most about the request. */
export function standing(row: RequestRow): { words: string; tone: Tone } {
  if (row.state === 'approved' && !row.fresh) return { words: 'changed since it was approved', tone: 'warn' };
  if (row.state !== 'open' && row.state !== 'approved') return STATES[row.state];
  if (row.conflicts > 0) return { words: counted(row.conflicts, 'conflict'), tone: 'warn' };
  if (row.violations > 0) return { words: counted(row.violations, 'objection'), tone: 'warn' };
  if (row.state === 'approved')
    return row.open_threads > 0
      ? { words: counted(row.open_threads, 'open talk'), tone: 'warn' }
      : STATES.approved;
  if (row.by_rule) return { words: 'accepted by rule', tone: 'plain' };
  if (row.open_threads > 0) return { words: counted(row.open_threads, 'open talk'), tone: 'plain' };
  return { words: 'all checks pass', tone: 'good' };
}

/** The first name of somebody, where a line is short. */
export function shortName(name: string): string {
  return name.split(/\s+/)[0] ?? name;
}

/** The second line of a request's head. */
export function extent(view: RequestView): string {
  const { row } = view;
  const parts = [
    row.changes === 0 ? 'no changes' : counted(row.changes, 'change'),
    ...(row.conflicts > 0 ? [counted(row.conflicts, 'conflict')] : []),
  ];
  return parts.join(', ');
}

/** Who said it, from where one sits. */
export function named(author: string, me: string): string {
  return author !== '' && author === me ? 'You' : author || 'Somebody';
}

/** How a change stands: what comes in, what does not, what waits. */
export type Fate = 'open' | 'accepted' | 'declined' | 'edited' | 'rule';

export function settles(one: ReviewChange): boolean {
  return one.conflict === null || one.decision !== null;
}

export function fateOf(one: ReviewChange): Fate {
  switch (one.verdict?.verdict) {
    case 'reject':
      return 'declined';
    case 'edit':
      return 'edited';
    case 'accept':
      return settles(one) ? 'accepted' : 'open';
    default:
      return one.by_rule !== null && settles(one) ? 'rule' : 'open';
  }
}

/** Why a change comes in without a verdict. */
export function freeWords(one: ReviewChange): string {
  if (one.owner === 'dm') return `by rule: ${one.by_rule ?? ''}`;
  return one.owner === 'player' ? 'the player’s own' : 'needs no review';
}

/** Whether a change comes in as it stands. */
export function comesIn(one: ReviewChange): boolean {
  return !['open', 'declined'].includes(fateOf(one));
}

/** A value as one says it. */
export function said(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value === 'object' && 'name' in value && typeof value.name === 'string') return value.name;
  return JSON.stringify(value);
}

/** The value that a verdict puts in place of the proposed one. */
export function editOf(verdict: Verdict | null): string | null {
  return verdict?.verdict === 'edit' ? said(verdict.value) : null;
}

/** The sort of field by which another value of a cell can be typed; nothing where it is a thing of many cells. */
export type Typed = 'number' | 'text' | 'long' | 'yes';

export function typedAs({ change }: ReviewChange): Typed | null {
  const value = change.after ?? change.before;
  if (change.nature === 'thing' || change.nature === 'order') return null;
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yes';
  if (typeof value !== 'string') return null;
  return change.nature === 'prose' || value.length > 80 ? 'long' : 'text';
}

/** Which column of a conflict was chosen: before, main's, the proposal's, both, or another value. */
export function chosen(decision: Decision | null): 'base' | 0 | 1 | 'both' | 'value' | null {
  if (decision === null) return null;
  return decision.take === 'side' ? (decision.side === 0 ? 0 : 1) : decision.take;
}

/** The words of a value on a button; long ones are called by where they come from. */
export function brief(text: string, otherwise: string): string {
  if (text === '') return 'nothing';
  return text.length <= 26 ? text : otherwise;
}

export interface ConflictVerb {
  /** Which column of the conflict it chooses. */
  key: NonNullable<ReturnType<typeof chosen>>;
  words: string;
  decision: Decision;
}

/** The verbs that decide a conflict, for one of its columns each; `source` is what the proposed line is called. */
export function verbsOf({ sides: [ours, theirs], both }: ConflictLine, source: string): ConflictVerb[] {
  return [
    {
      key: 0,
      words: `keep ${brief(ours?.text ?? '', 'what main has')}`,
      decision: { take: 'side', side: 0 },
    },
    {
      key: 1,
      words: `take ${brief(theirs?.text ?? '', `that of ${source}`)}`,
      decision: { take: 'side', side: 1 },
    },
    ...(both ? [{ key: 'both', words: 'both', decision: { take: 'both' } } satisfies ConflictVerb] : []),
    { key: 'base', words: 'as before', decision: { take: 'base' } },
  ];
}

type WordRun = CellChange['words'][number];

/** So much of what stays is shown around a change of prose, in characters; and so much of all of it at first. */
const AROUND = 90;
const EXCERPT = 900;

/** Prose as it is shown at first: of what stays only what stands around the changes, and not pages of it. */
export function excerpt(words: readonly WordRun[]): { runs: WordRun[]; cut: boolean } {
  const runs: WordRun[] = [];
  let cut = false;
  let room = EXCERPT;
  for (const [index, run] of words.entries()) {
    let { text } = run;
    const [first, last] = [index === 0, index === words.length - 1];
    if (run.fate === 'kept' && text.length > AROUND * 2 + 10) {
      const head = first ? '' : text.slice(0, AROUND).replace(/\S*$/, '');
      const tail = last ? '' : text.slice(-AROUND).replace(/^\S*/, '');
      text = `${head}…${tail}`;
      cut = true;
    }
    if (text.length > room) {
      runs.push({ ...run, text: `${text.slice(0, room).replace(/\S*$/, '')}…` });
      return { runs, cut: true };
    }
    room -= text.length;
    runs.push({ ...run, text });
  }
  return { runs, cut };
}
