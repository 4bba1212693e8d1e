/** The conflicts that stand open on a sheet, and what decides them; one for each character. */
import * as api from '~/api/history';
import { documents } from '~/features/sheet/documents.svelte';
import { holds } from '~/features/sheet/path';
import { sectionOf } from '~/features/sheet/page.svelte';
import { asFailure } from '~/host/host';
import { counted } from '~/kit/format';
import { toasts } from '~/state/toasts.svelte';
import type { ConflictLine, Decision, Failure, Section, Strategy } from '~/features/sheet/model';
import { branchesOf } from '../branches.svelte';
import { takeBack } from '../line-deeds';
import { bySection } from '../sections';
import { decidedText } from './decide';
import { Walk } from './walk.svelte';

export class OpenConflicts {
  readonly id: string;
  readonly walk: Walk;
  /** Whether the resolver stands beside the sheet. */
  shown = $state(false);
  #lines = $state.raw<readonly ConflictLine[]>([]);
  #failure = $state.raw<Failure | null>(null);
  #decided = $state(0);
  #busy = $state(false);
  #turn = 0;
  #reading: Promise<void> = Promise.resolve();

  constructor(id: string) {
    this.id = id;
    this.walk = new Walk(
      () => this.#lines,
      (path, decision) => this.decide({ [path]: decision }),
    );
  }

  get lines(): readonly ConflictLine[] {
    return this.#lines;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** How many were decided since the resolver was opened. */
  get decided(): number {
    return this.#decided;
  }

  /** How many there were when the resolver was opened. */
  get all(): number {
    return this.#lines.length + this.#decided;
  }

  get sections() {
    return bySection(this.#lines);
  }

  /** What the two sides are called. */
  get sides(): { ours: string; theirs: string } {
    const [ours, theirs] = this.#lines[0]?.sides ?? [];
    return { ours: ours?.from ?? 'main', theirs: theirs?.from ?? 'the other' };
  }

  /** The conflict about a cell. */
  at(path: string): ConflictLine | undefined {
    return this.#lines.find((line) => line.path === path);
  }

  /** The conflicts about a thing or what it holds. */
  within(path: string): readonly ConflictLine[] {
    return this.#lines.filter((line) => holds(path, line.path));
  }

  /** How many wait in a part of the sheet. */
  inPart(part: Section): number {
    return this.#lines.filter(({ path }) => sectionOf(path) === part).length;
  }

  show(path?: string): void {
    this.shown = true;
    this.#decided = 0;
    this.walk.at = path ?? this.#lines[0]?.path ?? null;
  }

  hide(): void {
    this.shown = false;
    this.walk.typing = null;
  }

  /** Reads them anew; resolves once what was asked for last is here. */
  async load(): Promise<void> {
    let reading = (this.#reading = this.#read());
    await reading;
    while (reading !== this.#reading) await (reading = this.#reading);
  }

  async #read(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const lines = await api.conflicts(this.id);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#lines = lines;
      this.#failure = null;
      if (!this.walk.current) this.walk.at = lines[0]?.path ?? null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }

  /** There are none where one stands now. */
  clear(): void {
    this.#turn += 1;
    this.#lines = [];
    this.#failure = null;
  }

  /** Decides some, or with a strategy all that are left. Tells whether it was done. */
  async decide(
    decisions: Readonly<Record<string, Decision>>,
    strategy: Strategy | null = null,
  ): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      const before = this.#lines;
      const at = before.findIndex(({ path }) => path === this.walk.at);
      const doc = documents.open(this.id);
      const outcome = await doc.perform(() => api.resolve(this.id, { ...decisions }, strategy));
      if (outcome === null) return false;
      if (outcome.status === 'conflict') {
        toasts.problem(
          'Somebody changed the same thing a moment ago.',
          'Look at the conflict, and decide again.',
        );
        await this.load();
        return false;
      }
      await this.load();
      const done = before.length - this.#lines.length;
      this.#decided += Math.max(0, done);
      this.walk.typing = null;
      // On to the one that took its place.
      this.walk.at = this.#lines[Math.min(Math.max(at, 0), this.#lines.length - 1)]?.path ?? null;
      if (outcome.status === 'saved') {
        const made = outcome.view.commit;
        const told = words(before, decisions, done);
        toasts.show(told, { action: { label: 'Undo', run: () => this.#takeBack(made, told, done) } });
      }
      return true;
    } finally {
      this.#busy = false;
    }
  }

  /** Decides all of a section for one side, or as before. */
  decideSection(name: string, decision: Decision): Promise<boolean> {
    const lines = this.#lines.filter(({ section }) => section === name);
    return this.decide(Object.fromEntries(lines.map(({ path }) => [path, decision])));
  }

  async #takeBack(commit: string, title: string, count: number): Promise<void> {
    await takeBack(this.id, commit, title);
    await this.load();
    this.#decided = Math.max(0, this.#decided - count);
    if (this.#lines.length > 0) await branchesOf(this.id).load();
  }
}

function words(
  before: readonly ConflictLine[],
  decisions: Readonly<Record<string, Decision>>,
  done: number,
): string {
  const [only, ...others] = Object.entries(decisions);
  const line = only && others.length === 0 ? before.find(({ path }) => path === only[0]) : undefined;
  if (!line || !only) return `${counted(done, 'conflict')} decided`;
  return `${line.label}: ${decidedText(line, only[1]) || 'removed'}`;
}

const kept = new Map<string, OpenConflicts>();

/** The open conflicts of a character. */
export function conflictsOf(id: string): OpenConflicts {
  let open = kept.get(id);
  if (!open) kept.set(id, (open = new OpenConflicts(id)));
  return open;
}
