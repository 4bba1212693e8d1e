/** What the sample requests of the demo host are made of. */
import type {
  CellChange,
  CellOwner,
  Check,
  Consequence,
  RequestState,
  RequestStep,
  ReviewChange,
  Thread,
  Violation,
  Vital,
} from '~/api/wire';

export interface SampleSection {
  name: string;
  title: string;
  changes: ReviewChange[];
  consequences: Consequence[];
}

export interface Request {
  id: string;
  number: number;
  title: string;
  about: string;
  /** The handle of the character's owner and its name in the demo party. */
  character: string;
  branch: string;
  branchTitle: string;
  author: string;
  state: RequestState;
  fresh: boolean;
  opened: string;
  updated: string;
  sections: SampleSection[];
  checks: Check[];
  threads: Thread[];
  steps: RequestStep[];
  vitals: Vital[];
  merged: string | null;
}

export const HOUR = 36e5;

export function cell(path: string, label: string, over: Partial<CellChange> = {}): CellChange {
  return {
    path,
    label,
    tone: 'changed',
    nature: 'value',
    before: null,
    after: null,
    before_text: '',
    after_text: '',
    words: [],
    ...over,
  };
}

export function under(change: CellChange, owner: CellOwner, over: Partial<ReviewChange> = {}): ReviewChange {
  return {
    change,
    owner,
    by_rule: owner === 'dm' ? null : 'no review needed',
    verdict: null,
    verdict_by: null,
    needs: [],
    conflict: null,
    decision: null,
    settled: '',
    ...over,
  };
}

export function so(
  path: string,
  label: string,
  before: string,
  after: string,
  because: string[],
): Consequence {
  const stat = (value: string) => ({
    value: Number(value.replace('+', '')) || 0,
    terms: [],
    computed: null,
    override_note: null,
    alternatives: [],
    notes: [],
  });
  return {
    path,
    label,
    before,
    after,
    before_stat: before === '' ? null : stat(before),
    after_stat: after === '' ? null : stat(after),
    because,
  };
}

export const check = (text: string, passed = true, violation: Violation | null = null): Check => ({
  text,
  passed,
  violation,
});

/** A request whose changes are all that is told of it. */
export function simple(
  number: number,
  title: string,
  character: string,
  author: string,
  state: RequestState,
  opened: string,
  changes: ReviewChange[],
): Request {
  const sections = new Map<string, SampleSection>();
  for (const one of changes) {
    const name = one.change.path.split('/')[1] ?? '';
    const section = sections.get(name) ?? {
      name,
      title: name[0]?.toUpperCase() + name.slice(1),
      changes: [],
      consequences: [],
    };
    section.changes.push(one);
    sections.set(name, section);
  }
  return {
    id: `request-${number}`,
    number,
    title,
    about: '',
    character,
    branch: title
      .toLowerCase()
      .replaceAll(/[^a-z]+/g, '-')
      .slice(0, 40),
    branchTitle: title.toLowerCase().slice(0, 40),
    author,
    state,
    fresh: true,
    opened,
    updated: opened,
    sections: [...sections.values()],
    checks: [check('The rules have nothing against it')],
    threads: [],
    steps: [{ time: opened, author, text: `Proposed ${title.toLowerCase().slice(0, 40)}` }],
    vitals: sections.has('equipment')
      ? [
          { path: '/combat/armor_class', label: 'Armor class', now: '16', then: '18' },
          { path: '/equipment/currency/gp', label: 'Gold', now: '1512', then: '12' },
        ]
      : [],
    merged: null,
  };
}
