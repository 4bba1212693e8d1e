/** Walking over conflicts by keys: n and p go on and back, numbers choose, c sets side by side, e takes another value. */
import { tick } from 'svelte';
import type { ConflictLine, Decision } from '~/features/sheet/model';
import type { Action } from '~/state/actions.svelte';
import { typable, verbsOf } from './decide';

export class Walk {
  /** The conflict that the keys speak to, by its cell. */
  at = $state<string | null>(null);
  typing = $state<string | null>(null);
  /** Those that are shown side by side. */
  #columns = $state.raw<readonly string[]>([]);
  readonly #lines: () => readonly ConflictLine[];
  readonly #decide: (path: string, decision: Decision) => unknown;

  constructor(lines: () => readonly ConflictLine[], decide: (path: string, decision: Decision) => unknown) {
    this.#lines = lines;
    this.#decide = decide;
  }

  get current(): ConflictLine | undefined {
    return this.#lines().find(({ path }) => path === this.at);
  }

  inColumns(path: string): boolean {
    return this.#columns.includes(path);
  }

  columns(path: string, on: boolean): void {
    const others = this.#columns.filter((one) => one !== path);
    this.#columns = on ? [...others, path] : others;
  }

  /** Begins or ends to type another value for a conflict; what is typed for another one goes on. */
  type(path: string, on: boolean): void {
    if (on) this.typing = path;
    else if (this.typing === path) this.typing = null;
  }

  /** Goes on by so many, round at the ends. */
  go(by: 1 | -1): void {
    const lines = this.#lines();
    const at = lines.findIndex(({ path }) => path === this.at);
    const next = at < 0 ? (by > 0 ? 0 : lines.length - 1) : (at + by + lines.length) % lines.length;
    this.at = lines[next]?.path ?? null;
    this.typing = null;
    // One that was folded away is drawn first.
    void tick().then(() => this.show());
  }

  /** Brings the conflict that the keys speak to into sight, with the focus on it. */
  show(): void {
    if (this.at === null) return;
    const element = document.querySelector<HTMLElement>(`[data-conflict="${CSS.escape(this.at)}"]`);
    element?.scrollIntoView({ block: 'nearest' });
    element?.querySelector<HTMLElement>('.name')?.focus({ preventScroll: true });
  }

  /** What the keys do here. */
  actions(group: string): Action[] {
    const some = () => this.#lines().length > 0;
    const chosen = () => this.current !== undefined;
    return [
      {
        id: 'conflicts.next',
        label: 'Next conflict',
        group,
        keys: 'n',
        enabled: some,
        run: () => this.go(1),
      },
      {
        id: 'conflicts.previous',
        label: 'Previous conflict',
        group,
        keys: 'p',
        enabled: some,
        run: () => this.go(-1),
      },
      ...[1, 2, 3, 4, 5].map((number): Action => ({
        id: `conflicts.choose.${number}`,
        label: ['Keep mine', 'Take theirs', 'As before', 'The fourth way', 'The fifth way'][number - 1] ?? '',
        group,
        keys: String(number),
        hidden: number > 3,
        enabled: () => this.current !== undefined && verbsOf(this.current).length >= number,
        run: () => {
          const line = this.current;
          const verb = line && verbsOf(line)[number - 1];
          if (line && verb) void this.#decide(line.path, verb.decision);
        },
      })),
      {
        id: 'conflicts.columns',
        label: 'Conflict side by side',
        group,
        keys: 'c',
        enabled: chosen,
        run: () => this.at !== null && this.columns(this.at, !this.inColumns(this.at)),
      },
      {
        id: 'conflicts.type',
        label: 'Another value',
        group,
        keys: 'e',
        enabled: () => this.current !== undefined && typable(this.current),
        run: () => (this.typing = this.at),
      },
    ];
  }
}
