/** A difference set out for reading: under each change what the rules made of it, and the numbers that everybody asks for. */
import type { CellChange, Consequence, Difference, DifferenceSection, Term } from '~/features/sheet/model';
import { writeText } from '~/features/sheet/words';

/** A change with what came of it. */
export interface Told {
  change: CellChange;
  /** What it brought about, alone or first among others. */
  so: readonly Consequence[];
}

export interface ToldSection {
  name: string;
  title: string;
  told: readonly Told[];
  /** What only several changes together brought about, or something that is not shown. */
  together: readonly Consequence[];
  /** How many numbers of this section moved, wherever they are told. */
  consequences: number;
}

/** Sets each consequence below the change that caused it; where several did, below the first of them. */
export function told(difference: Pick<Difference, 'sections'>): ToldSection[] {
  const bySource = new Map<string, Consequence[]>();
  const shown = new Set(difference.sections.flatMap(({ changes }) => changes.map(({ path }) => path)));
  const loose = new Set<Consequence>();
  for (const consequence of difference.sections.flatMap((section) => section.consequences)) {
    const cause = consequence.because.find((path) => shown.has(path));
    if (cause === undefined) loose.add(consequence);
    else bySource.set(cause, [...(bySource.get(cause) ?? []), consequence]);
  }
  return difference.sections
    .map((section: DifferenceSection) => ({
      name: section.name,
      title: section.title,
      told: section.changes.map((change) => ({ change, so: bySource.get(change.path) ?? [] })),
      together: section.consequences.filter((one) => loose.has(one)),
      consequences: section.consequences.length,
    }))
    .filter((section) => section.told.length > 0 || section.together.length > 0);
}

/** More things than this that came or went without further ado are named in a line together. */
const SINGLY = 6;

/** Takes apart what is told change by change from what came, or went, in numbers and had no consequence. */
export function bunched(changes: readonly Told[]): {
  singly: readonly Told[];
  bunches: readonly { tone: 'added' | 'removed'; changes: readonly CellChange[] }[];
} {
  const bunches = (['added', 'removed'] as const)
    .map((tone) => ({
      tone,
      changes: changes
        .filter(({ change, so }) => change.tone === tone && so.length === 0 && isPlain(change))
        .map(({ change }) => change),
    }))
    .filter((bunch) => bunch.changes.length > SINGLY);
  const gathered = new Set(bunches.flatMap((bunch) => bunch.changes));
  return { singly: changes.filter(({ change }) => !gathered.has(change)), bunches };
}

/** Whether there is nothing to tell of a thing but its name. */
function isPlain({ label, before_text: before, after_text: after, words }: CellChange): boolean {
  return words.length === 0 && [before, after].every((text) => text === '' || text === label);
}

/** What a number is called below the change of the thing that it belongs to. */
export function within(label: string, thing: string): string {
  const rest = label.startsWith(thing) ? /^[,:] (.+)$/.exec(label.slice(thing.length))?.[1] : undefined;
  return rest ?? label;
}

/** A term of a number as it was and as it is; absent on the side where it is not. */
export interface TermRow {
  label: string;
  detail: string;
  before: number | null;
  after: number | null;
}

/** Sets the terms of a number before and after beside each other, in the order of what it is made of now. */
export function termRows(before: readonly Term[], after: readonly Term[]): TermRow[] {
  const rest = [...before];
  const rows: TermRow[] = after.map((term) => {
    const at = rest.findIndex((one) => one.label === term.label && one.source_cell === term.source_cell);
    const was = at < 0 ? undefined : rest.splice(at, 1)[0];
    return { label: term.label, detail: term.detail, before: was?.value ?? null, after: term.value };
  });
  const gone = rest.map(({ label, detail, value }) => ({ label, detail, before: value, after: null }));
  return [...rows, ...gone];
}

/** The numbers that people ask for first, by their cells, in the order of the sheet's head. */
const VITALS: readonly [cell: string, label: string][] = [
  ['/combat/hp_maximum', 'hit point maximum'],
  ['/combat/current_hp', 'hit points'],
  ['/combat/armor_class', 'armor class'],
  ['/combat/initiative', 'initiative'],
  ['/combat/speed', 'speed'],
  ['/statistics/proficiency_bonus', 'proficiency'],
  ['/equipment/currency/gp', 'gold'],
];

export interface Vital {
  cell: string;
  label: string;
  before: string;
  after: string;
}

/** Those of the great numbers that differ. */
export function vitals(difference: Difference): Vital[] {
  const changed = new Map<string, { before: string; after: string }>();
  for (const { changes, consequences } of difference.sections) {
    for (const one of consequences) changed.set(one.path, one);
    for (const one of changes)
      if (!changed.has(one.path)) changed.set(one.path, { before: one.before_text, after: one.after_text });
  }
  return VITALS.flatMap(([cell, label]) => {
    const found = changed.get(cell);
    return found
      ? [{ cell, label, before: writeText(cell, found.before), after: writeText(cell, found.after) }]
      : [];
  }).slice(0, 6);
}

export const MODES = ['sheet', 'list', 'cells'] as const;
export type Mode = (typeof MODES)[number];

export const modeOptions: readonly { value: Mode; label: string }[] = [
  { value: 'sheet', label: 'On the sheet' },
  { value: 'list', label: 'List' },
  { value: 'cells', label: 'Cells' },
];

/** What stands in a cell, as it is stored. */
export function raw(value: unknown): string {
  return JSON.stringify(value, null, 2) ?? '';
}
