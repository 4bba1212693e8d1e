/**
 * The lines of one character: its branches and milestones, and where one stands.
 *
 * One for each character and as long as the window lives, so that the sheet, the history and the palette tell the same.
 */
import * as api from '~/api/history.lines';
import { asFailure } from '~/host/host';
import { events } from '~/state/events';
import { counted } from '~/kit/format';
import type { BranchLine, Failure, Lines, TagLine } from '~/features/sheet/model';

export class Branches {
  readonly id: string;
  #lines = $state.raw<Lines | null>(null);
  #failure = $state.raw<Failure | null>(null);
  #turn = 0;

  constructor(id: string) {
    this.id = id;
  }

  get loaded(): boolean {
    return this.#lines !== null;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** All of them, `main` first, those that are put away last. */
  get all(): readonly BranchLine[] {
    return this.#lines?.branches ?? [];
  }

  /** Those that are not put away. */
  get open(): readonly BranchLine[] {
    return this.all.filter((branch) => !branch.archived);
  }

  get tags(): readonly TagLine[] {
    return this.#lines?.tags ?? [];
  }

  /** Where whoever sits here stands. */
  get standing(): BranchLine | undefined {
    return this.named(this.#lines?.standing ?? 'main');
  }

  /** Whether there is anything but `main`: who never branches never meets the word. */
  get any(): boolean {
    return this.all.length > 1;
  }

  named(name: string): BranchLine | undefined {
    return this.all.find((branch) => branch.name === name);
  }

  /** Finds a branch by its name, or by what people call it. */
  called(words: string): BranchLine | undefined {
    return this.named(words) ?? this.all.find((branch) => branch.title === words);
  }

  /** What a branch is called; its name, where it is not known. */
  titleOf(name: string): string {
    return this.named(name)?.title ?? name;
  }

  /** Takes what a command answered. */
  take(lines: Lines): void {
    this.#turn += 1;
    this.#lines = lines;
    this.#failure = null;
  }

  async load(): Promise<void> {
    const turn = ++this.#turn;
    try {
      const lines = await api.lines(this.id);
      // Only the newest question's answer counts.
      if (turn !== this.#turn) return;
      this.#lines = lines;
      this.#failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.#failure = asFailure(thrown);
    }
  }
}

const open = new Map<string, Branches>();
let listening = false;

/** The lines of a character, read now unless they were. */
export function branchesOf(id: string): Branches {
  if (!listening) {
    listening = true;
    events.on((event) => {
      if (event.event !== 'library_changed') void open.get(event.id)?.load();
      else for (const branches of open.values()) void branches.load();
    });
  }
  let branches = open.get(id);
  if (!branches) open.set(id, (branches = new Branches(id)));
  if (!branches.loaded) void branches.load();
  return branches;
}

/** The table's word for a branch. */
export function wordOf(branch: BranchLine): string {
  if (branch.name === 'main') return 'the sheet';
  return branch.request === null ? 'what-if' : 'proposal';
}

/** What a versioning tool would say of a branch. */
export function gitWords(branch: BranchLine): string {
  if (branch.name === 'main') return 'branch main';
  const behind = branch.behind > 0 ? `, ${counted(branch.behind, 'commit')} behind` : '';
  return `branch ${branch.name}: ${counted(branch.ahead, 'commit')} ahead of main${behind}`;
}

/** How far a branch is from `main`, as one says it at a table. */
export function farOf(branch: BranchLine): string {
  if (branch.name === 'main') return '';
  if (branch.ahead === 0) return branch.behind === 0 ? 'same as main' : 'all of it is in main';
  return `${counted(branch.ahead, 'step')} from main`;
}
