/** What can be decided about a conflict, in the words of a table, and what it comes to. */
import type { ConflictLine, Decision } from '~/features/sheet/model';

/** Where a value comes from: told by a mark and a word, never by colour alone. */
export type OriginKind = 'base' | 'ours' | 'theirs' | 'both' | 'typed';

export interface Verb {
  /** What the button says before the value: `keep`, `take`. */
  word: string;
  /** The value that would stand; empty where it would be gone. */
  value: string;
  kind: OriginKind;
  decision: Decision;
  /** The key that chooses it. */
  keys: string;
}

/** The verbs of a conflict in the order of their keys: the own side, the others, as before, both. */
export function verbsOf(line: ConflictLine): Verb[] {
  const sides = line.sides.map((side, index): Verb => ({
    word: side.text === '' ? (index === 0 ? 'keep it removed' : 'remove') : index === 0 ? 'keep' : 'take',
    value: side.text,
    kind: index === 0 ? 'ours' : 'theirs',
    decision: { take: 'side', side: index },
    keys: String(index + 1),
  }));
  const verbs: Verb[] = [
    ...sides,
    {
      word: line.base_text === '' ? 'as before: nothing' : 'as before:',
      value: line.base_text,
      kind: 'base',
      decision: { take: 'base' },
      keys: String(sides.length + 1),
    },
  ];
  if (line.both)
    verbs.push({
      word: 'take both',
      value: '',
      kind: 'both',
      decision: { take: 'both' },
      keys: String(sides.length + 2),
    });
  return verbs;
}

export function sameDecision(a: Decision | undefined, b: Decision): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

/** Where the value that a decision gives comes from. */
export function originOf(decision: Decision): OriginKind {
  if (decision.take === 'side') return decision.side === 0 ? 'ours' : 'theirs';
  if (decision.take === 'value') return 'typed';
  return decision.take;
}

/** Whether another value can be typed: things with cells of their own are no words. */
export function typable(line: ConflictLine): boolean {
  const whole = [line.base, ...line.sides.map(({ value }) => value)];
  return whole.every((value) => value === null || typeof value !== 'object');
}

/** What was typed, as the cell holds it: a number where its values are numbers. */
export function typedValue(line: ConflictLine, text: string): Decision {
  const values = [line.base, ...line.sides.map(({ value }) => value)].filter((value) => value != null);
  const clean = text.trim();
  if (clean === '') return { take: 'value', value: null };
  const numbers = values.length > 0 && values.every((value) => typeof value === 'number');
  const number = Number(clean.replace('−', '-'));
  if (numbers && Number.isFinite(number)) return { take: 'value', value: number };
  if (values.length > 0 && values.every((value) => typeof value === 'boolean')) {
    if (/^(yes|true|on)$/i.test(clean)) return { take: 'value', value: true };
    if (/^(no|false|off)$/i.test(clean)) return { take: 'value', value: false };
  }
  return { take: 'value', value: clean };
}

/** What a decision comes to, in words. */
export function decidedText(line: ConflictLine, decision: Decision): string {
  if (decision.take === 'side') return line.sides[decision.side]?.text ?? '';
  if (decision.take === 'base') return line.base_text;
  if (decision.take === 'both') return line.sides.map(({ text }) => text).join(' and ');
  return decision.value == null ? '' : String(decision.value);
}
